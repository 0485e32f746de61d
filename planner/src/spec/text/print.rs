//! A [`LoadSpec`] becomes text that reads back as the same specification.

use super::MAX_DEPTH;
use crate::ensure;
use crate::error::{Error, Result, code};
use crate::spec::written::{Form, Tree, check, conditions};
use crate::spec::{Arguments, Field, LoadSpec, Recurse, Strategy};

#[cfg_attr(docsrs, doc(cfg(feature = "text")))]
impl LoadSpec {
    /// Writes the specification as text that [`parse`](Self::parse) reads back as the same specification.
    ///
    /// ```
    /// use eagerly_planner::spec::{Filter, LoadSpec, joined};
    ///
    /// let author = joined("author").inner().filter(Filter::eq("name", "Ann")).load_only(["name"]);
    /// let spec = LoadSpec::new("post").order(["-created_at"]).limit(10).load_only(["title"]).load(author);
    /// let text = r#"{
    ///   post(order: ["-created_at"], limit: 10) {
    ///     title
    ///     author(where: {name: "Ann"}) @joined(inner: true) {
    ///       name
    ///     }
    ///   }
    /// }
    /// "#;
    /// assert_eq!(spec.to_text()?, text);
    /// assert_eq!(LoadSpec::parse(text)?, spec);
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// An empty list of fields is written as none: both ask for all columns.
    ///
    /// # Errors
    ///
    /// All that the text form cannot say, `E0302` where JSON can: names that are no GraphQL names, bytes, `inner` under
    /// another strategy than `joined`, an ascending order by a column whose name is empty or begins with `-`. What no
    /// form can say: `E0110` for a condition on a column named `and`, `or` or `not`, `E0107` for floats that are not
    /// finite and for numbers of rows beyond `i64`, `E0106` for LIKE with anything but text, `E0111` for a strategy on
    /// the root. `E0109` for what is nested too deeply to be read back.
    pub fn to_text(&self) -> Result<String> {
        check(self, Form::Text)?;
        let mut printer = Printer { text: "{\n".to_owned(), deepest: 0, bytes: false };
        printer.field(&self.root, 1);
        printer.text.push_str("}\n");
        if printer.deepest > MAX_DEPTH {
            let message = format!("the text would nest {} brackets, more than {MAX_DEPTH}", printer.deepest);
            return Err(Error::input(code::TOO_DEEP, message).path(self.root.key()).into());
        }
        ensure!(!printer.bytes, "bytes passed the check of what text can say");
        Ok(printer.text)
    }
}

struct Printer {
    text: String,
    /// The most brackets that are open at once.
    deepest: usize,
    /// Whether there were bytes, which the check refuses.
    bytes: bool,
}

impl Printer {
    /// A field inside of `level` braces.
    fn field(&mut self, field: &Field, level: usize) {
        let Field { name, alias, arguments, strategy, inner, except, default_strategy, recurse, link, fields, at: _ } =
            field;
        let indent = "  ".repeat(level);
        self.text.push_str(&indent);
        if let Some(alias) = alias {
            self.text.push_str(alias);
            self.text.push_str(": ");
        }
        self.text.push_str(name);
        self.pairs(&self::arguments(arguments), level);
        if let Some(strategy) = strategy {
            self.directive(strategy.name(), &inner_of(*strategy, *inner), level);
        }
        if let Some(Recurse { depth, at: _ }) = recurse {
            let depth = depth.map(|depth| ("depth", Tree::count(depth)));
            self.directive("recurse", depth.as_slice(), level);
        }
        for (name, list) in [("link", link), ("except", except)] {
            if let Some(list) = list {
                self.directive(name, &[("columns", Tree::texts(&list.columns))], level);
            }
        }
        if let Some(strategy) = default_strategy {
            self.directive("default", &[("strategy", Tree::Name(strategy.name()))], level);
        }
        let fields = fields.as_deref().unwrap_or_default();
        if !fields.is_empty() {
            self.text.push_str(" {\n");
            fields.iter().for_each(|field| self.field(field, level + 1));
            self.text.push_str(&indent);
            self.text.push('}');
        }
        self.text.push('\n');
        self.deepest = self.deepest.max(level);
    }

    fn directive(&mut self, name: &str, arguments: &[(&str, Tree<'_>)], level: usize) {
        self.text.push_str(" @");
        self.text.push_str(name);
        self.pairs(arguments, level);
    }

    /// Arguments in parentheses, nothing for none.
    fn pairs(&mut self, pairs: &[(&str, Tree<'_>)], level: usize) {
        for (i, (name, value)) in pairs.iter().enumerate() {
            self.text.push_str(if i == 0 { "(" } else { ", " });
            self.text.push_str(name);
            self.text.push_str(": ");
            self.deepest = self.deepest.max(level + 1 + value.depth(0));
            self.value(value);
        }
        if !pairs.is_empty() {
            self.text.push(')');
        }
    }

    fn value(&mut self, value: &Tree<'_>) {
        match value {
            Tree::Null => self.text.push_str("null"),
            Tree::Boolean(boolean) => self.text.push_str(if *boolean { "true" } else { "false" }),
            Tree::Integer(integer) => self.text.push_str(&integer.to_string()),
            // Always with a point or an exponent, and as many digits as it takes to read it back.
            Tree::Float(float) => self.text.push_str(&format!("{float:?}")),
            Tree::Text(text) => self.string(text),
            Tree::Name(name) => self.text.push_str(name),
            Tree::Bytes(_) => self.bytes = true,
            Tree::Variable(name) => {
                self.text.push('$');
                self.text.push_str(name);
            }
            Tree::List(values) => {
                self.text.push('[');
                for (i, value) in values.iter().enumerate() {
                    self.text.push_str(if i == 0 { "" } else { ", " });
                    self.value(value);
                }
                self.text.push(']');
            }
            Tree::Object(pairs) => {
                self.text.push('{');
                for (i, (name, value)) in pairs.iter().enumerate() {
                    self.text.push_str(if i == 0 { "" } else { ", " });
                    self.text.push_str(name);
                    self.text.push_str(": ");
                    self.value(value);
                }
                self.text.push('}');
            }
        }
    }

    /// A string in double quotes, with escapes for what cannot be seen.
    fn string(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                // A byte order mark, and what ends a line elsewhere, hide in an editor.
                c if c.is_control() || matches!(c, '\u{FEFF}' | '\u{2028}' | '\u{2029}') => {
                    self.text.push_str(&format!("\\u{:04X}", u32::from(c)));
                }
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

fn inner_of(strategy: Strategy, inner: bool) -> Vec<(&'static str, Tree<'static>)> {
    if inner && strategy == Strategy::Joined { vec![("inner", Tree::Boolean(true))] } else { Vec::new() }
}

fn arguments(arguments: &Arguments) -> Vec<(&str, Tree<'_>)> {
    let Arguments { filter, order, limit, offset, at: _ } = arguments;
    let mut pairs = Vec::new();
    pairs.extend(filter.as_ref().map(|filter| ("where", Tree::Object(conditions(filter)))));
    if !order.is_empty() {
        pairs.push(("order", Tree::List(order.iter().map(|term| Tree::Text(term.text().into())).collect())));
    }
    pairs.extend(limit.map(|limit| ("limit", Tree::count(limit))));
    pairs.extend(offset.map(|offset| ("offset", Tree::count(offset))));
    pairs
}
