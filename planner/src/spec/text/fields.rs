//! The tree of fields: an operation becomes the root [`Field`] with all below it.

use std::collections::BTreeSet;

use apollo_parser::cst::{self, CstNode};

use super::values::Entry;
use crate::error::{Error, Result, Span, code};
use crate::filter::At;
use crate::spec::forms::{Expected, wrong_count};
use crate::spec::problems::{Problems, shorten, span};
use crate::spec::scope::Scope;
use crate::spec::{Arguments, Field, OrderTerm, Parsed};

const ARGUMENTS: [&str; 4] = ["where", "order", "limit", "offset"];

/// Reads a tree that has no syntax error, and goes on after a problem.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    /// Output keys from the root to the field being read.
    path: Vec<&'t str>,
    pub(super) problems: Problems,
    pub(super) scope: Scope,
    /// Variables whose default values were refused.
    pub(super) defaulted: BTreeSet<&'t str>,
}

impl<'t> Reader<'t> {
    /// A reader of the tree of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            path: Vec::new(),
            problems: Problems::default(),
            scope: Scope::default(),
            defaulted: BTreeSet::new(),
        }
    }

    /// Reads a whole document: what can be read of it, and its problems.
    pub(super) fn read(mut self, document: &cst::Document) -> Result<Parsed> {
        let mut root = None;
        for (i, definition) in document.definitions().enumerate() {
            let cst::Definition::OperationDefinition(operation) = &definition else {
                let error = Error::input(code::SYNTAX, "a specification holds no definitions");
                self.report(self.span(&definition), error);
                continue;
            };
            if i > 0 {
                let start = self.span(operation).start as usize;
                let keyword = operation.operation_type().map_or(span(start, start + 1), |query| self.span(&query));
                let error = Error::input(code::ROOT, "there is a second query").help("load one root at a time");
                self.report(keyword, error);
            }
            let field = self.operation(operation);
            root = root.or(field);
        }
        let Some(root) = root else {
            self.problems.check(())?;
            return Err(Error::bug("a specification without a root was read").into());
        };
        Ok(Parsed { spec: root.into(), problems: self.problems.into_sorted() })
    }

    /// Adds a problem at `at`.
    pub(super) fn report(&mut self, at: Span, error: Error) {
        let path = if self.problems.is_full() { String::new() } else { self.path_text() };
        self.problems.push(error.span(at).path(path));
    }

    fn path_text(&self) -> String {
        self.path.iter().map(|key| shorten(key)).collect::<Vec<_>>().join(".")
    }

    /// The bytes of a node.
    pub(super) fn span(&self, node: &impl CstNode) -> Span {
        let range = node.syntax().text_range();
        span(range.start().into(), range.end().into())
    }

    /// The source of a node.
    pub(super) fn source(&self, node: &impl CstNode) -> &'t str {
        self.text.get(self.span(node).range()).unwrap_or_default()
    }

    fn operation(&mut self, operation: &cst::OperationDefinition) -> Option<Field> {
        if let Some(definitions) = operation.variable_definitions() {
            self.variable_definitions(&definitions);
        }
        let mut fields = self.selections(&operation.selection_set()?).into_iter();
        let root = fields.next();
        if let Some(second) = fields.next() {
            let error = Error::input(code::ROOT, format!("there is a second root, `{}`", shorten(&second.name)));
            self.report(second.at.0.unwrap_or_default(), error.help("load one root at a time"));
        }
        root
    }

    /// Definitions of variables tell editors their types; here the values that variables get have types of their own.
    fn variable_definitions(&mut self, list: &cst::VariableDefinitions) {
        let mut seen = BTreeSet::new();
        for definition in list.variable_definitions() {
            let Some(variable) = definition.variable() else { continue };
            let name = variable.name().map(|name| self.source(&name)).unwrap_or_default();
            if !seen.insert(name) {
                let error = Error::input(code::CONFLICT, format!("`${}` is defined twice", shorten(name)));
                self.report(self.span(&variable), error);
            }
            if let Some(default) = definition.default_value() {
                self.defaulted.insert(name);
                let error = Error::not_built("a default value of a variable");
                self.report(self.span(&default), error.help(format!("give `${}` its value", shorten(name))));
            }
            if let Some(directives) = definition.directives() {
                let error = Error::input(code::MISPLACED, "a variable has no directives");
                self.report(self.span(&directives), error);
            }
        }
    }

    fn selections(&mut self, set: &cst::SelectionSet) -> Vec<Field> {
        let mut fields = Vec::new();
        for selection in set.selections() {
            match &selection {
                cst::Selection::Field(field) => fields.extend(self.field(field)),
                cst::Selection::FragmentSpread(_) | cst::Selection::InlineFragment(_) => {
                    let error = Error::input(code::SYNTAX, "a specification has no fragments");
                    self.report(self.span(&selection), error.help("write out what the fragment holds"));
                }
            }
        }
        fields
    }

    fn field(&mut self, field: &cst::Field) -> Option<Field> {
        let name = field.name()?;
        let alias = field.alias().and_then(|alias| alias.name()).map(|alias| self.source(&alias));
        let is_root = self.path.is_empty();
        self.path.push(alias.unwrap_or(self.source(&name)));
        self.scope.enter(self.source(&name));
        let mut read = Field::new(self.source(&name));
        read.alias = alias.map(str::to_owned);
        read.at = At(Some(self.span(&name)));
        if let Some(arguments) = field.arguments() {
            read.arguments = self.arguments(&arguments);
        }
        if let Some(directives) = field.directives() {
            self.directives(&directives, is_root, &mut read);
        }
        read.fields = field.selection_set().map(|set| self.selections(&set));
        self.scope.leave();
        self.path.pop();
        Some(read)
    }

    fn arguments(&mut self, list: &cst::Arguments) -> Arguments {
        let mut arguments = Arguments { at: At(Some(self.span(list))), ..Arguments::default() };
        for Entry { name, at, value } in self.entries(list.arguments().map(|a| (a.name(), a.value()))) {
            match name {
                "where" => arguments.filter = self.object(name, &value).map(|object| self.filter(&object)),
                "order" => arguments.order = self.order(&value),
                "limit" => arguments.limit = self.count(name, &value),
                "offset" => arguments.offset = self.count(name, &value),
                _ => {
                    let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no argument `{}`", shorten(name)));
                    self.report(at, error.suggest(&shorten(name), ARGUMENTS));
                }
            }
        }
        arguments
    }

    /// `order`: a list of strings, or one string alone, as GraphQL takes any list.
    fn order(&mut self, value: &cst::Value) -> Vec<OrderTerm> {
        match value {
            cst::Value::ListValue(list) => list.values().filter_map(|value| self.order_term(&value)).collect(),
            value => self.order_term(value).into_iter().collect(),
        }
    }

    fn order_term(&mut self, value: &cst::Value) -> Option<OrderTerm> {
        let at = self.span(value);
        match value {
            cst::Value::StringValue(string) => {
                let term = OrderTerm::parse(&String::from(string), At(Some(at)));
                if !term.column.is_empty() {
                    return Some(term);
                }
                let message = format!("`order` takes names of columns, found {}", self.source(value));
                self.report(at, Error::input(code::ARGUMENT_TYPE, message).help("write `\"name\"`, or `\"-name\"`"));
            }
            cst::Value::Variable(_) => self.report(at, Error::not_built("a variable for `order`")),
            _ => self.wrong_type("order", Expected::Columns, value),
        }
        None
    }

    /// `limit`, `offset`, or the `depth` of a recursion.
    pub(super) fn count(&mut self, name: &str, value: &cst::Value) -> Option<u64> {
        let at = self.span(value);
        match value {
            cst::Value::IntValue(_) => {
                let source = self.source(value);
                let count = source.parse::<i64>().ok().and_then(|n| u64::try_from(n).ok());
                if count.is_none() {
                    self.report(at, wrong_count(name, source));
                }
                count
            }
            cst::Value::Variable(_) => {
                self.report(at, Error::not_built(format!("a variable for `{name}`")));
                None
            }
            _ => {
                self.wrong_type(name, Expected::Integer, value);
                None
            }
        }
    }
}
