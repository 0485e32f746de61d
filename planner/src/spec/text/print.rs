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
            self.directive(directive_of(*strategy), argument_of(*strategy, *inner).as_slice(), level);
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
            Tree::Unsigned(integer) => self.text.push_str(&integer.to_string()),
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

fn directive_of(strategy: Strategy) -> &'static str {
    if strategy == Strategy::LazyOne { Strategy::Lazy.name() } else { strategy.name() }
}

fn argument_of(strategy: Strategy, inner: bool) -> Option<(&'static str, Tree<'static>)> {
    let argument = match strategy {
        Strategy::Joined if inner => "inner",
        Strategy::LazyOne => "one",
        _ => return None,
    };
    Some((argument, Tree::Boolean(true)))
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

#[cfg(test)]
mod tests {
    use crate::error::code;
    use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand};
    use crate::spec::{Field, LoadSpec, OrderTerm, Strategy, auto, joined, lazy, relationship, selectin, subquery};
    use crate::value::Value;

    /// The text of a filter, as it stands in parentheses.
    fn text(filter: Filter) -> String {
        let spec = LoadSpec::new("p").filter(filter);
        let text = spec.to_text().unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(LoadSpec::parse(&text), Ok(spec), "{text}");
        let inside = text.strip_prefix("{\n  p(where: ").and_then(|text| text.strip_suffix(")\n}\n"));
        inside.unwrap_or_else(|| panic!("{text}")).to_owned()
    }

    fn codes(spec: &LoadSpec) -> Vec<(&'static str, String)> {
        spec.to_text().err().into_iter().flatten().map(|error| (error.code, error.at.path)).collect()
    }

    #[test]
    fn every_option() {
        let spec = LoadSpec::new("post")
            .order(["-created_at", "a b"])
            .offset(3)
            .except(["body"])
            .default_strategy(Strategy::Raise)
            .load(joined("author").inner().default_strategy(Strategy::Selectin).load(lazy("posts")))
            .load(selectin("tags").alias("t").limit(1).link(["at"]).load_only(["name"]))
            .load(subquery("replies").recurse())
            .load(auto("replies").alias("two").recurse_to(2).except([""; 0]));
        let text = r#"{
  post(order: ["-created_at", "a b"], offset: 3) @except(columns: ["body"]) @default(strategy: raise) {
    author @joined(inner: true) @default(strategy: selectin) {
      posts @lazy
    }
    t: tags(limit: 1) @selectin @link(columns: ["at"]) {
      name
    }
    replies @subquery @recurse
    two: replies @auto @recurse(depth: 2) @except(columns: [])
  }
}
"#;
        assert_eq!(spec.to_text().as_deref(), Ok(text));
        assert_eq!(LoadSpec::parse(text), Ok(spec));
        let mut empty = LoadSpec::new("post");
        empty.root_mut().fields = Some(Vec::new());
        assert_eq!(empty.to_text().as_deref(), Ok("{\n  post\n}\n"));
    }

    #[test]
    fn filters() {
        let (a, b) = (|| Filter::eq("a", 1), || Filter::compare("b", CompareOp::Ge, 2.0));
        assert_eq!(text(a()), "{a: 1}");
        assert_eq!(text(b()), "{b: {ge: 2.0}}");
        assert_eq!(text(Filter::And(vec![])), "{}");
        assert_eq!(text(Filter::And(vec![a()])), "{and: [{a: 1}]}");
        assert_eq!(text(a().and(b())), "{a: 1, b: {ge: 2.0}}");
        assert_eq!(text(a().and(a())), "{and: [{a: 1}, {a: 1}]}");
        assert_eq!(text(a().and(b()).and(a())), "{and: [{a: 1}, {b: {ge: 2.0}}, {a: 1}]}");
        assert_eq!(text(b().and(Filter::compare("b", CompareOp::Lt, 3))), "{b: {ge: 2.0, lt: 3}}");
        assert_eq!(text(b().and(Filter::eq("b", 3))), "{b: {ge: 2.0, eq: 3}}");
        assert_eq!(
            text(Filter::And(vec![Filter::And(vec![a(), b()]), b()])),
            "{and: [{a: 1}, {b: {ge: 2.0}}], b: {ge: 2.0}}"
        );
        assert_eq!(text(Filter::And(vec![Filter::And(vec![]), Filter::And(vec![])])), "{and: [{}, {}]}");
        assert_eq!(text(Filter::Or(vec![])), "{or: []}");
        assert_eq!(text(a().or(Filter::Not(Box::new(b())))), "{or: [{a: 1}, {not: {b: {ge: 2.0}}}]}");
        let related = Filter::any("r", Filter::And(vec![])).and(Filter::none("r", a()));
        assert_eq!(text(related), "{r: {any: {}, none: {a: 1}}}");
        assert_eq!(text(Filter::eq("r", 1).and(Filter::any("r", a()))), "{and: [{r: 1}, {r: {any: {a: 1}}}]}");
        let x = || Operand::Variable("x".into());
        let list = ListOperand::Values(vec![x(), Operand::Value(Value::Null)]);
        let column = |test| Filter::Column { name: "c".into(), test, at: At::default() };
        assert_eq!(text(column(Comparison::In { list, negated: true })), "{c: {not_in: [$x, null]}}");
        assert_eq!(text(column(Comparison::Compare(CompareOp::Eq, x()))), "{c: $x}");
        assert_eq!(text(Filter::is_not_null("c").and(Filter::like("c", "%"))), "{c: {is_null: false, like: \"%\"}}");
    }

    #[test]
    fn values() {
        let value = |value: Value| text(Filter::eq("a", value));
        assert_eq!(value(i64::MIN.into()), "{a: -9223372036854775808}");
        assert_eq!(value(Value::from(u64::MAX)), "{a: 18446744073709551615}");
        assert_eq!(value(1.0.into()), "{a: 1.0}");
        assert_eq!(value((-0.0).into()), "{a: -0.0}");
        assert_eq!(value(1e300.into()), "{a: 1e300}");
        assert_eq!(value(5e-324.into()), "{a: 5e-324}");
        assert_eq!(value(f64::MAX.into()), "{a: 1.7976931348623157e308}");
        assert_eq!(
            value("a\"\\\n\r\t\0\u{7f}\u{85}ä😀\u{feff}".into()),
            r#"{a: "a\"\\\n\r\t\u0000\u007F\u0085ä😀\uFEFF"}"#
        );
    }

    #[test]
    fn what_cannot_be_written() {
        let place =
            |path: &str, codes: &[&'static str]| codes.iter().map(|c| (*c, path.to_owned())).collect::<Vec<_>>();
        let spec = |field: Field| LoadSpec::new("p").load(field);
        let filter = |filter| LoadSpec::new("p").filter(filter);
        for name in ["a b", "", "1a", "ä", "a-b"] {
            assert_eq!(codes(&spec(Field::new(name))), place(&format!("p.{name}"), &[code::NOT_SUPPORTED]));
            assert_eq!(codes(&spec(Field::new("a").alias(name))), place(&format!("p.{name}"), &[code::NOT_SUPPORTED]));
            assert_eq!(codes(&filter(Filter::eq(name, 1))), place("p", &[code::NOT_SUPPORTED]));
        }
        assert_eq!(codes(&filter(Filter::eq("a", vec![1_u8]))), place("p", &[code::NOT_SUPPORTED]));
        assert_eq!(codes(&filter(Filter::eq("and", 1))), place("p", &[code::CONFLICT]));
        assert_eq!(codes(&filter(Filter::any("not", Filter::And(vec![])))), place("p", &[code::CONFLICT]));
        assert_eq!(codes(&filter(Filter::eq("a", f64::NAN))), place("p", &[code::OUT_OF_RANGE]));
        assert_eq!(codes(&filter(Filter::compare("a", CompareOp::NotLike, 1))), place("p", &[code::ARGUMENT_TYPE]));
        assert_eq!(codes(&LoadSpec::new("p").limit(u64::MAX)), place("p", &[code::OUT_OF_RANGE]));
        assert_eq!(codes(&LoadSpec::from(joined("p"))), place("p", &[code::MISPLACED]));
        assert_eq!(codes(&spec(selectin("a").inner())), place("p.a", &[code::NOT_SUPPORTED]));
        assert_eq!(codes(&spec(relationship("a").recurse_to(u64::MAX))), place("p.a", &[code::OUT_OF_RANGE]));
        for column in ["", "-a"] {
            let mut spec = LoadSpec::new("p");
            spec.root_mut().arguments.order =
                vec![OrderTerm { column: column.into(), descending: false, at: At::default() }];
            assert_eq!(codes(&spec), place("p", &[code::NOT_SUPPORTED]));
        }
        let error = spec(Field::new("a b")).to_text().unwrap_err();
        assert_eq!(error.to_string(), "E0302: the text form cannot write the name `a b` (at p.a b); the JSON form can");
    }

    #[test]
    fn depth() {
        let filter = |n| (0..n).fold(Filter::And(vec![]), |inner, _| Filter::any("a", inner));
        let spec = LoadSpec::new("p").filter(filter(126));
        assert_eq!(spec.to_text().map(|text| LoadSpec::parse(&text)), Ok(Ok(spec)));
        assert_eq!(codes(&LoadSpec::new("p").filter(filter(127))), [(code::TOO_DEEP, "p".to_owned())]);
        let deep = (0..10_000).fold(Field::new("p"), |inner, _| Field::new("p").load(inner));
        assert_eq!(codes(&LoadSpec::from(deep)), [(code::TOO_DEEP, "p".to_owned())]);
    }
}
