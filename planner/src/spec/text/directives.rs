//! Directives: how a relationship is loaded, and what else comes out or stays out.

use apollo_parser::cst;

use super::fields::Reader;
use super::values::Entry;
use crate::error::{Error, Span, code};
use crate::filter::At;
use crate::spec::forms::{Expected, unknown_strategy};
use crate::spec::problems::{shorten, span};
use crate::spec::{ColumnList, Field, Recurse, Strategy};

/// A directive.
struct Directive {
    /// Its name with the `@`.
    name: &'static str,
    meaning: Meaning,
    /// The one argument it takes, if it takes one.
    argument: Option<&'static str>,
}

/// What a directive sets.
#[derive(Clone, Copy)]
enum Meaning {
    Strategy(Strategy),
    Recurse,
    Default,
    Link,
    Except,
}

const fn strategy(name: &'static str, strategy: Strategy, argument: Option<&'static str>) -> Directive {
    Directive { name, meaning: Meaning::Strategy(strategy), argument }
}

const fn option(name: &'static str, meaning: Meaning, argument: &'static str) -> Directive {
    Directive { name, meaning, argument: Some(argument) }
}

/// Every directive. A suggestion that lists some begins at the top.
const DIRECTIVES: [Directive; 11] = [
    strategy("@selectin", Strategy::Selectin, None),
    strategy("@joined", Strategy::Joined, Some("inner")),
    strategy("@subquery", Strategy::Subquery, None),
    strategy("@auto", Strategy::Auto, None),
    strategy("@lazy", Strategy::Lazy, Some("one")),
    strategy("@raise", Strategy::Raise, None),
    strategy("@noload", Strategy::NoLoad, None),
    option("@except", Meaning::Except, "columns"),
    option("@default", Meaning::Default, "strategy"),
    option("@recurse", Meaning::Recurse, "depth"),
    option("@link", Meaning::Link, "columns"),
];

impl Directive {
    /// What to write on the root instead, where the directive has no meaning.
    fn misplaced_on_root(&self) -> Option<&'static str> {
        match self.meaning {
            Meaning::Strategy(_) => Some("the root is always loaded by a statement of its own"),
            Meaning::Recurse | Meaning::Link => Some("put it on a relationship"),
            Meaning::Default | Meaning::Except => None,
        }
    }

    /// What it looks like with the argument that it cannot do without.
    fn example(&self) -> Option<&'static str> {
        match self.meaning {
            Meaning::Strategy(_) | Meaning::Recurse => None,
            Meaning::Default => Some("@default(strategy: raise)"),
            Meaning::Link => Some("@link(columns: [\"name\"])"),
            Meaning::Except => Some("@except(columns: [\"name\"])"),
        }
    }
}

impl<'t> Reader<'t> {
    /// Sets what the directives of `field` say.
    pub(super) fn directives(&mut self, list: &cst::Directives, is_root: bool, field: &mut Field) {
        let mut seen: Vec<&Directive> = Vec::new();
        for node in list.directives() {
            let Some(name) = node.name() else { continue };
            let at = span(self.span(&node).start as usize, self.span(&name).end as usize);
            let name = self.source(&name);
            let Some(known) = DIRECTIVES.iter().find(|known| known.name.strip_prefix('@') == Some(name)) else {
                let shown = format!("@{}", shorten(name));
                let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no directive `{shown}`"));
                self.report(at, error.suggest(&shown, DIRECTIVES.iter().map(|known| known.name)));
                continue;
            };
            let is_strategy = |d: &Directive| matches!(d.meaning, Meaning::Strategy(_));
            if let Some(help) = known.misplaced_on_root().filter(|_| is_root) {
                let message = format!("`{}` on the root, which is no relationship", known.name);
                self.report(at, Error::input(code::MISPLACED, message).help(help));
            } else if seen.iter().any(|before| before.name == known.name) {
                self.report(at, Error::input(code::CONFLICT, format!("`{}` is given twice", known.name)));
            } else if let Some(before) = seen.iter().find(|d| is_strategy(d) && is_strategy(known)) {
                let error = Error::input(code::CONFLICT, format!("`{}` after `{}`", known.name, before.name));
                self.report(at, error.help("a relationship is loaded by one strategy"));
            } else {
                self.directive(known, &node, at, field);
            }
            seen.push(known);
        }
    }

    /// Sets what one directive says.
    fn directive(&mut self, known: &Directive, node: &cst::Directive, at: Span, field: &mut Field) {
        let argument = self.argument(known, node, at);
        let place = At(Some(at));
        match (known.meaning, argument) {
            (Meaning::Strategy(strategy), argument) => {
                let set = argument.and_then(|Entry { name, value, .. }| self.boolean(name, &value)) == Some(true);
                (field.strategy, field.inner) = match strategy {
                    Strategy::Lazy if set => (Some(Strategy::LazyOne), false),
                    strategy => (Some(strategy), set && strategy == Strategy::Joined),
                };
            }
            (Meaning::Recurse, argument) => {
                let depth = argument.and_then(|Entry { name, value, .. }| self.count(name, &value));
                field.recurse = Some(Recurse { depth, at: place });
            }
            (Meaning::Default, Some(argument)) => field.default_strategy = self.strategy(&argument),
            (Meaning::Link, Some(argument)) => {
                field.link = Some(ColumnList { columns: self.columns(&argument), at: place });
            }
            (Meaning::Except, Some(argument)) => {
                field.except = Some(ColumnList { columns: self.columns(&argument), at: place });
            }
            // What is missing or unknown is reported.
            (Meaning::Default | Meaning::Link | Meaning::Except, None) => {}
        }
    }

    /// The argument of a directive; reports the ones that it does not have, and the lack of one that it needs.
    fn argument(&mut self, known: &Directive, node: &cst::Directive, at: Span) -> Option<Entry<'t>> {
        let mut found = None;
        let mut told = false;
        let arguments = node.arguments();
        let pairs = arguments.iter().flat_map(cst::Arguments::arguments).map(|a| (a.name(), a.value()));
        for entry in self.entries(pairs) {
            if known.argument == Some(entry.name) {
                found = Some(entry);
                continue;
            }
            let shown = shorten(entry.name);
            let error = Error::input(code::UNKNOWN_ARGUMENT, format!("`{}` has no argument `{shown}`", known.name));
            let error = match known.argument {
                Some(argument) => error.suggest(&shown, [argument]),
                None => error.help(format!("write `{}` alone", known.name)),
            };
            self.report(entry.at, error);
            told = true;
        }
        if let (None, false, Some(argument), Some(example)) = (&found, told, known.argument, known.example()) {
            let error = Error::input(code::ARGUMENT_TYPE, format!("`{}` needs `{argument}`", known.name));
            self.report(at, error.help(format!("write `{example}`")));
        }
        found
    }

    /// The strategy that `@default` names: a bare name, or a string.
    fn strategy(&mut self, argument: &Entry<'t>) -> Option<Strategy> {
        let name = match &argument.value {
            cst::Value::EnumValue(value) => self.source(&value.name()?).to_owned(),
            cst::Value::StringValue(value) => String::from(value),
            value => {
                self.wrong_type(argument.name, Expected::Strategy, value);
                return None;
            }
        };
        let strategy = Strategy::named(&name);
        if strategy.is_none() {
            self.report(self.span(&argument.value), unknown_strategy(&name));
        }
        strategy
    }

    /// Names of columns: a list of strings, or one string alone, as GraphQL takes any list.
    fn columns(&mut self, argument: &Entry<'t>) -> Vec<String> {
        match &argument.value {
            cst::Value::ListValue(list) => {
                list.values().filter_map(|value| self.column(argument.name, &value)).collect()
            }
            value => self.column(argument.name, value).into_iter().collect(),
        }
    }

    fn column(&mut self, argument: &str, value: &cst::Value) -> Option<String> {
        if let cst::Value::StringValue(string) = value {
            return Some(string.into());
        }
        self.wrong_type(argument, Expected::Columns, value);
        None
    }
}
