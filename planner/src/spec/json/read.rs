//! The tree of fields: the object of a specification becomes the root [`Field`] with all below it.

use super::EXAMPLE;
use super::node::Node;
use crate::error::{Error, Result, closest, code};
use crate::filter::At;
use crate::spec::forms::{Expected, unknown_strategy, wrong_count};
use crate::spec::problems::{Problems, shorten};
use crate::spec::scope::Scope;
use crate::spec::{ColumnList, Field, OrderTerm, Parsed, Recurse, Strategy};
use std::collections::BTreeSet;

/// The keys of a field, the most asked for first.
const KEYS: [&str; 13] = [
    "name", "fields", "where", "order", "limit", "offset", "strategy", "inner", "alias", "except", "default",
    "recurse", "link",
];

/// The keys that a root does not have.
const NOT_ON_ROOT: [&str; 4] = ["strategy", "inner", "recurse", "link"];

/// The key and value pairs of an object.
pub(super) type Pairs = Vec<(String, Node)>;

/// Reads a value that is JSON, and goes on after a problem.
pub(super) struct Reader {
    /// Output keys from the root to the field being read, and keys of its `where`.
    path: Vec<String>,
    pub(super) problems: Problems,
    pub(super) scope: Scope,
}

impl Reader {
    /// A reader that was told of some problems before.
    pub(super) fn new(before: Vec<Error>) -> Self {
        let mut problems = Problems::default();
        before.into_iter().for_each(|problem| problems.push(problem));
        Self { path: Vec::new(), problems, scope: Scope::default() }
    }

    /// Reads a whole specification: what can be read of it, and its problems.
    pub(super) fn read(mut self, node: Node) -> Result<Parsed> {
        let kind = node.kind();
        let Node::Object(pairs) = node else {
            let message = format!("a specification is an object with the root entity as its key, found {kind}");
            return Err(Error::input(code::ROOT, message).help(EXAMPLE).into());
        };
        let mut roots = pairs.into_iter();
        let Some((name, options)) = roots.next() else {
            return Err(Error::input(code::ROOT, "the specification has no root").help(EXAMPLE).into());
        };
        for (second, _) in roots {
            let error = Error::input(code::ROOT, format!("there is a second root, `{}`", shorten(&second)));
            self.report(error.help("load one root at a time"));
        }
        let mut root = Field::new(name);
        match options {
            Node::Object(pairs) => self.options(&mut root, pairs, true),
            other => self.wrong_type(&root.name, Expected::Object, &other),
        }
        Ok(Parsed { spec: root.into(), problems: self.problems.into_sorted() })
    }

    /// Adds a problem of what is being read.
    pub(super) fn report(&mut self, error: Error) {
        let path = self.path.iter().map(|key| shorten(key)).collect::<Vec<_>>().join(".");
        self.problems.push(error.path(path));
    }

    /// Reports a `node` of a type that `name` does not take.
    pub(super) fn wrong_type(&mut self, name: &str, expected: Expected, node: &Node) {
        self.report(expected.error(name, node.kind()));
    }

    /// Runs `read` one step further down the path.
    pub(super) fn within<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step.to_owned());
        let read = read(self);
        self.path.pop();
        read
    }

    /// The pairs of an object, without those whose key was there before.
    pub(super) fn unique(&mut self, pairs: Pairs) -> Pairs {
        let mut seen = BTreeSet::new();
        let is_new = |(key, _): &(String, Node)| {
            let new = seen.insert(key.clone());
            if !new {
                self.report(Error::input(code::CONFLICT, format!("`{}` is given twice", shorten(key))));
            }
            new
        };
        pairs.into_iter().filter(is_new).collect()
    }

    /// The name of a field, `"title"` or an object with a name, and what else the object says.
    fn field(&mut self, node: Node, index: usize) -> Option<(String, Pairs)> {
        let mut pairs = match node {
            Node::Text(name) => return Some((name, Vec::new())),
            Node::Object(pairs) => pairs,
            other => {
                let message = format!("`fields` takes names and objects, found {}", other.kind());
                self.report(
                    Error::input(code::ARGUMENT_TYPE, message).help(r#"write `"title"` or `{"name": "author"}`"#),
                );
                return None;
            }
        };
        let Some(at) = pairs.iter().position(|(key, _)| key == "name") else {
            let message = format!("field {index} has no `name`");
            self.report(Error::input(code::ARGUMENT_TYPE, message).help(r#"write `{"name": "author"}`"#));
            return None;
        };
        let (_, name) = pairs.remove(at);
        Some((self.text("name", name)?, pairs))
    }

    /// Sets what the keys of an object say of a field; its name was taken out before. This and [`fields`](Self::fields)
    /// call each other for each level of relationships: their frames are kept small, since the levels share one stack.
    fn options(&mut self, field: &mut Field, pairs: Pairs, is_root: bool) {
        self.path.push(output_key(field, &pairs));
        self.scope.enter(&field.name);
        for (key, node) in self.unique(pairs) {
            match key.as_str() {
                "fields" => self.fields(field, node),
                key if is_root && NOT_ON_ROOT.contains(&key) => self.not_on_root(key),
                key => self.option(field, key, node, is_root),
            }
        }
        self.scope.leave();
        self.path.pop();
    }

    fn not_on_root(&mut self, key: &str) {
        let error = Error::input(code::MISPLACED, format!("`{key}` on the root, which is no relationship"));
        self.report(error.help("put it on a relationship"));
    }

    fn option(&mut self, field: &mut Field, key: &str, node: Node, is_root: bool) {
        match key {
            "alias" => field.alias = self.text(key, node),
            "strategy" => field.strategy = self.strategy(key, node),
            "inner" => field.inner = self.boolean(key, &node) == Some(true),
            "where" => {
                field.arguments.filter = self.object(key, node).map(|pairs| self.within(key, |r| r.filter(pairs)));
            }
            "order" => field.arguments.order = self.order(node),
            "limit" => field.arguments.limit = self.count(key, &node),
            "offset" => field.arguments.offset = self.count(key, &node),
            "except" => field.except = Some(self.columns(key, node)),
            "default" => field.default_strategy = self.strategy(key, node),
            "recurse" => field.recurse = self.recurse(node),
            "link" => field.link = Some(self.columns(key, node)),
            // A second one; the first was taken out.
            "name" if !is_root => self.report(Error::input(code::CONFLICT, "`name` is given twice")),
            _ => {
                let known = KEYS.into_iter().filter(|key| !is_root || *key != "name" && !NOT_ON_ROOT.contains(key));
                self.report(unknown_key(key, &known.collect::<Vec<_>>()));
            }
        }
    }

    fn fields(&mut self, field: &mut Field, node: Node) {
        let Node::List(nodes) = node else {
            field.fields = None;
            return self.wrong_type("fields", Expected::List, &node);
        };
        let fields = field.fields.insert(Vec::with_capacity(nodes.len()));
        for (index, node) in nodes.into_iter().enumerate() {
            let Some((name, pairs)) = self.field(node, index + 1) else { continue };
            fields.push(Field::new(name));
            if let Some(field) = fields.last_mut().filter(|_| !pairs.is_empty()) {
                self.options(field, pairs, false);
            }
        }
    }

    /// `order`: a list, or one column alone.
    fn order(&mut self, node: Node) -> Vec<OrderTerm> {
        let nodes = if let Node::List(nodes) = node { nodes } else { vec![node] };
        nodes.into_iter().filter_map(|node| self.order_term(node)).collect()
    }

    fn order_term(&mut self, node: Node) -> Option<OrderTerm> {
        let pairs = match node {
            Node::Text(text) => {
                let term = OrderTerm::parse(&text, At::default());
                if !term.column.is_empty() {
                    return Some(term);
                }
                let error = Error::input(code::ARGUMENT_TYPE, "`order` takes names of columns, found an empty one");
                self.report(error.help(r#"write `"name"`, or `"-name"`"#));
                return None;
            }
            Node::Object(pairs) => pairs,
            other => {
                self.wrong_type("order", Expected::Columns, &other);
                return None;
            }
        };
        let (mut column, mut descending, mut wrong) = (None, false, false);
        for (key, node) in self.unique(pairs) {
            match key.as_str() {
                "column" => (column, wrong) = (self.text(&key, node), true),
                "descending" => descending = self.boolean(&key, &node) == Some(true),
                _ => {
                    let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no key `{}`", shorten(&key)));
                    self.report(error.suggest(&shorten(&key), ["column", "descending"]));
                    wrong = true;
                }
            }
        }
        if column.is_none() && !wrong {
            let error = Error::input(code::ARGUMENT_TYPE, "an object in `order` needs `column`");
            self.report(error.help(r#"write `{"column": "name", "descending": true}`"#));
        }
        Some(OrderTerm { column: column?, descending, at: At::default() })
    }

    /// `recurse`: true, or an object with a depth.
    fn recurse(&mut self, node: Node) -> Option<Recurse> {
        let mut recurse = Recurse::default();
        match node {
            Node::Boolean(wanted) => return wanted.then_some(recurse),
            Node::Object(pairs) => {
                for (key, node) in self.unique(pairs) {
                    if key == "depth" {
                        recurse.depth = self.count(&key, &node);
                        continue;
                    }
                    let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no key `{}`", shorten(&key)));
                    self.report(error.suggest(&shorten(&key), ["depth"]));
                }
            }
            other => {
                let message = format!("`recurse` takes true or an object, found {}", other.kind());
                self.report(Error::input(code::ARGUMENT_TYPE, message).help(r#"write `{"depth": 2}`"#));
                return None;
            }
        }
        Some(recurse)
    }

    /// Names of columns: a list of strings, or one string alone.
    fn columns(&mut self, key: &str, node: Node) -> ColumnList {
        let nodes = if let Node::List(nodes) = node { nodes } else { vec![node] };
        let mut list = ColumnList::default();
        for node in nodes {
            match node {
                Node::Text(column) => list.columns.push(column),
                other => self.wrong_type(key, Expected::Columns, &other),
            }
        }
        list
    }

    fn strategy(&mut self, key: &str, node: Node) -> Option<Strategy> {
        let Node::Text(name) = node else {
            self.wrong_type(key, Expected::Strategy, &node);
            return None;
        };
        let strategy = Strategy::named(&name);
        if strategy.is_none() {
            self.report(unknown_strategy(&name));
        }
        strategy
    }

    /// A number of rows or levels.
    fn count(&mut self, key: &str, node: &Node) -> Option<u64> {
        let error = match node {
            Node::Integer(count) => match u64::try_from(*count) {
                Ok(count) => return Some(count),
                Err(_) => wrong_count(key, &count.to_string()),
            },
            Node::Long(digits) => wrong_count(key, digits),
            Node::Object(_) if node.kind() == "a variable" => Error::not_built(format!("a variable for `{key}`")),
            _ => Expected::Integer.error(key, node.kind()),
        };
        self.report(error);
        None
    }

    fn text(&mut self, key: &str, node: Node) -> Option<String> {
        if let Node::Text(text) = node {
            return Some(text);
        }
        self.wrong_type(key, Expected::Pattern, &node);
        None
    }

    pub(super) fn boolean(&mut self, key: &str, node: &Node) -> Option<bool> {
        if let Node::Boolean(boolean) = node {
            return Some(*boolean);
        }
        self.wrong_type(key, Expected::Boolean, node);
        None
    }

    /// An object of conditions. A key that begins with `$` is a column here, where no value can stand.
    pub(super) fn object(&mut self, key: &str, node: Node) -> Option<Pairs> {
        if let Node::Object(pairs) = node {
            return Some(pairs);
        }
        self.wrong_type(key, Expected::Object, &node);
        None
    }
}

/// The key under which a field comes out.
fn output_key(field: &Field, pairs: &Pairs) -> String {
    let alias = pairs.iter().find_map(|(key, node)| match node {
        Node::Text(alias) if key == "alias" => Some(alias),
        _ => None,
    });
    alias.unwrap_or(&field.name).clone()
}

/// The error for a key of a field that there is not: with the one that was meant, or all.
fn unknown_key(key: &str, known: &[&str]) -> Error {
    let error = Error::input(code::UNKNOWN_ARGUMENT, format!("no key `{}`", shorten(key)));
    // The words of other languages.
    let meant = match key {
        "as" => Some("alias"),
        "filter" => Some("where"),
        "columns" | "select" => Some("fields"),
        "order_by" | "orderBy" => Some("order"),
        _ => closest(&shorten(key), known),
    };
    match meant {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help(format!("there are `{}`", known.join("`, `"))),
    }
}
