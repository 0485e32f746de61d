//! The text of a graph file becomes its definitions, or all of its mistakes at once. Names are not looked up here.

use super::tree::{Item, Text, Tree, syntax};
use super::{ColumnPart, EntityPart, Given, GraphFile, Pairs, RelationshipPart, condition};
use crate::error::{Error, Errors, Result, Span, code};
use crate::filter::At;
use crate::graph::places::{Location, Places};
use crate::graph::{Cast, ColumnType, Direction, IndexDef, IndexOrder, OnDelete, TableStatistics, UniqueDef};
use crate::spec::{OrderTerm, Strategy};
use toml::de::{DeTable, DeValue};

/// The longest text, in bytes.
const MAX_BYTES: usize = 16 << 20;

const ENTITY: [&str; 12] = [
    "schema",
    "table",
    "view",
    "columns",
    "primary_key",
    "inexact_primary_key",
    "row_id",
    "indexes",
    "unique",
    "rows",
    "row_width",
    "relationship",
];

const COLUMN: [&str; 11] = [
    "name",
    "type",
    "native",
    "nullable",
    "collation",
    "generated",
    "ordered",
    "composite",
    "settings",
    "width",
    "distinct",
];

const RELATIONSHIP: [&str; 14] = [
    "direction",
    "target",
    "on",
    "secondary",
    "target_on",
    "cast",
    "back_populates",
    "viewonly",
    "order_by",
    "uselist",
    "strategy",
    "where",
    "on_delete",
    "trusted",
];

/// Reads a file.
pub(super) fn file(text: &str) -> Result<GraphFile> {
    if text.len() > MAX_BYTES {
        let message = format!("the graph file has {} bytes, more than {MAX_BYTES}", text.len());
        return Err(Error::input(code::OUT_OF_RANGE, message).into());
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    // What is recovered from a syntax error is not what was meant, and would be told of wrongly.
    Errors::check(syntax(text, &errors), ())?;
    let tree = Tree { source: text, problems: Vec::new(), path: String::new() };
    let mut reader = Reader { tree, places: Places::default(), here: Location::entity("") };
    let trusted = reader.tree.boolean(root.get_ref(), "trusted").unwrap_or(false);
    let entities = reader.entities(root.get_ref());
    Errors::check(reader.tree.problems, GraphFile { trusted, entities, places: reader.places })
}

struct Reader<'t> {
    tree: Tree<'t>,
    places: Places,
    here: Location,
}

impl Reader<'_> {
    fn entities(&mut self, root: &DeTable<'_>) -> Vec<EntityPart> {
        self.tree.known(root, &["trusted", "entity"]);
        let Some(all) = root.get("entity").and_then(|item| self.tree.table("entity", "tables of entities", item))
        else {
            return Vec::new();
        };
        let mut entities = Vec::with_capacity(all.len());
        for (name, item) in all {
            let at = name.span();
            let name: &str = name.get_ref();
            self.define(Location::entity(name), at.into());
            let Some(table) = self.tree.table(name, "a table", item) else { continue };
            entities.push(self.entity(name, table));
        }
        entities
    }

    /// What is read from now on is this definition.
    fn define(&mut self, location: Location, at: Span) {
        self.tree.path = location.path();
        self.places.define(location.clone(), at);
        self.here = location;
    }

    /// A name within the definition.
    fn named(&mut self, Text { text, at }: Text) -> String {
        self.places.name(&self.here, &text, at);
        text
    }

    fn name(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let text = self.tree.text(table, key)?;
        Some(self.named(text))
    }

    fn names(&mut self, table: &DeTable<'_>, key: &str) -> Option<Vec<String>> {
        let item = table.get(key)?;
        self.key(key, "a list of column names", item)
    }

    /// The columns of a key or an index, each of which stands there once.
    fn key(&mut self, key: &str, expected: &str, item: Item<'_>) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for name in self.tree.strings(key, expected, item)? {
            if names.contains(&name.text) {
                self.tree.twice("column", &name);
            } else {
                names.push(self.named(name));
            }
        }
        Some(names)
    }

    fn entity(&mut self, name: &str, table: &DeTable<'_>) -> EntityPart {
        self.tree.known(table, &ENTITY);
        let mut statistics = TableStatistics::new();
        statistics.rows = self.tree.count(table, "rows");
        statistics.row_width = self.tree.count(table, "row_width");
        EntityPart {
            name: name.to_owned(),
            columns: self.columns(table, &mut statistics),
            statistics,
            schema: self.name(table, "schema"),
            table: self.name(table, "table"),
            view: self.tree.boolean(table, "view"),
            primary_key: self.names(table, "primary_key"),
            inexact_primary_key: self.tree.boolean(table, "inexact_primary_key"),
            row_id: self.name(table, "row_id"),
            indexes: self.indexes(table),
            unique_keys: self.unique_keys(table),
            relationships: self.relationships(name, table),
        }
    }

    fn columns(&mut self, table: &DeTable<'_>, statistics: &mut TableStatistics) -> Vec<ColumnPart> {
        let expected = "a list of tables `{ name = \"…\", type = \"…\" }`";
        let mut columns: Vec<ColumnPart> = Vec::new();
        for item in self.tree.list(table, "columns", expected).unwrap_or_default() {
            let Some(table) = self.tree.table("columns", expected, item) else { continue };
            self.tree.known(table, &COLUMN);
            let Some(name) = self.tree.text(table, "name") else {
                if !table.contains_key("name") {
                    let error = Error::input(code::INCOMPLETE, "a column without a name");
                    self.tree.report(item.span(), error.help("name it with `name`"));
                }
                continue;
            };
            if columns.iter().any(|column| column.name == name.text) {
                self.tree.twice("column", &name);
                continue;
            }
            let width = self.tree.count(table, "width");
            statistics.column_widths.extend(width.map(|bytes| (name.text.clone(), bytes)));
            let distinct = self.tree.count(table, "distinct");
            statistics.distinct.extend(distinct.map(|count| (vec![name.text.clone()], count)));
            columns.push(ColumnPart {
                name: self.named(name),
                ty: self.tree.one_of(table, "type", &ColumnType::ALL, ColumnType::name),
                native: self.tree.text(table, "native").map(|native| native.text),
                nullable: self.tree.boolean(table, "nullable"),
                collation: self.tree.text(table, "collation").map(|collation| collation.text),
                generated: self.tree.boolean(table, "generated"),
                ordered: self.tree.boolean(table, "ordered"),
                composite: self.tree.boolean(table, "composite"),
                settings: self.settings(table),
            });
        }
        columns
    }

    fn settings(&mut self, table: &DeTable<'_>) -> Option<Vec<String>> {
        let names = self.tree.strings("settings", "a list of names of settings", table.get("settings")?)?;
        Some(names.into_iter().map(|name| name.text).collect())
    }

    fn indexes(&mut self, table: &DeTable<'_>) -> Option<Vec<IndexDef>> {
        let expected =
            "a list of lists of column names, or of tables `{ columns = […], descending = […], order = \"…\" }`";
        let list = self.tree.list(table, "indexes", expected)?;
        let index = |item: Item<'_>| {
            let DeValue::Table(table) = item.get_ref() else {
                return Some(IndexDef::new(self.key("indexes", expected, item)?));
            };
            self.tree.known(table, &["columns", "descending", "order"]);
            let [columns, descending] = ["columns", "descending"].map(|key| self.names(table, key).unwrap_or_default());
            let order = self.tree.one_of(table, "order", &IndexOrder::ALL, IndexOrder::name).unwrap_or_default();
            Some(IndexDef::new(columns).descending(descending).order(order))
        };
        Some(list.into_iter().filter_map(index).collect())
    }

    fn unique_keys(&mut self, table: &DeTable<'_>) -> Option<Vec<UniqueDef>> {
        let expected = "a list of lists of column names, or of tables `{ columns = […], exact = … }`";
        let list = self.tree.list(table, "unique", expected)?;
        let key = |item: Item<'_>| {
            if let DeValue::Table(table) = item.get_ref() {
                self.tree.known(table, &["columns", "exact", "searched"]);
                let exact = self.tree.boolean(table, "exact").unwrap_or(true);
                let searched = self.tree.boolean(table, "searched").unwrap_or(exact);
                let columns = self.names(table, "columns").unwrap_or_default();
                return Some(UniqueDef::new(columns, exact).searched(searched));
            }
            Some(UniqueDef::new(self.key("unique", expected, item)?, true))
        };
        Some(list.into_iter().filter_map(key).collect())
    }

    fn relationships(&mut self, entity: &str, table: &DeTable<'_>) -> Vec<(String, RelationshipPart)> {
        let expected = "tables of relationships";
        let all = table.get("relationship").and_then(|item| self.tree.table("relationship", expected, item));
        let mut relationships = Vec::new();
        for (name, item) in all.into_iter().flatten() {
            let at = name.span();
            let name: &str = name.get_ref();
            self.define(Location::relationship(entity, name), at.into());
            let part = match item.get_ref() {
                DeValue::Boolean(false) => RelationshipPart::Dropped,
                _ => match self.tree.table(name, "a table, or false to drop it", item) {
                    Some(table) => RelationshipPart::Given(Box::new(self.relationship(table))),
                    None => continue,
                },
            };
            relationships.push((name.to_owned(), part));
        }
        relationships
    }

    fn relationship(&mut self, table: &DeTable<'_>) -> Given {
        self.tree.known(table, &RELATIONSHIP);
        Given {
            target: self.name(table, "target"),
            direction: self.tree.one_of(table, "direction", &Direction::ALL, Direction::name),
            pairs: self.pairs(table, "on"),
            secondary: self.name(table, "secondary"),
            target_pairs: self.pairs(table, "target_on"),
            cast: self.tree.one_of(table, "cast", &Cast::ALL, Cast::name),
            back_populates: self.name(table, "back_populates"),
            viewonly: self.tree.boolean(table, "viewonly"),
            order_by: self.order(table),
            uselist: self.tree.boolean(table, "uselist"),
            strategy: self.tree.one_of(table, "strategy", &Strategy::ALL, Strategy::name),
            predicate: table.get("where").and_then(|item| {
                let (places, here) = (&mut self.places, &self.here);
                condition::read(&mut self.tree, item, &mut |name| places.name(here, &name.text, name.at))
            }),
            on_delete: self.tree.one_of(table, "on_delete", &OnDelete::ALL, OnDelete::name),
            trusted: self.tree.boolean(table, "trusted"),
        }
    }

    /// Pairs of columns: a table, or a list of lists of two.
    fn pairs(&mut self, table: &DeTable<'_>, key: &str) -> Option<Pairs> {
        let expected = "pairs of columns: `{ here = \"there\" }`, or `[[\"here\", \"there\"]]`";
        let item = table.get(key)?;
        let mut pairs = Pairs::default();
        match item.get_ref() {
            DeValue::Table(table) => {
                for (left, right) in table {
                    let left = Text { text: left.get_ref().to_string(), at: left.span().into() };
                    self.pair(&mut pairs, key, expected, left, right);
                }
            }
            DeValue::Array(list) => {
                for item in list {
                    let Some(names) = item.get_ref().as_array() else {
                        self.tree.wrong(key, expected, item);
                        return None;
                    };
                    let [left, right] = names.iter().collect::<Vec<_>>()[..] else {
                        self.tree.wrong(key, expected, item);
                        continue;
                    };
                    let Some(left) = self.tree.string(key, expected, left) else { continue };
                    self.pair(&mut pairs, key, expected, left, right);
                }
            }
            _ => {
                self.tree.wrong(key, expected, item);
                return None;
            }
        }
        // Without casts at the end, as definitions have them.
        let cast = pairs.casts.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        pairs.casts.truncate(cast);
        Some(pairs)
    }

    /// A pair whose right side is a name, or a table of a name and a cast.
    fn pair(&mut self, pairs: &mut Pairs, key: &str, expected: &str, left: Text, right: Item<'_>) {
        let (name, cast) = match right.get_ref() {
            DeValue::Table(table) => {
                self.tree.known(table, &["column", "cast"]);
                if !table.contains_key("column") {
                    let error = Error::input(code::INCOMPLETE, "a pair without its second column");
                    self.tree.report(right.span(), error.help("name it with `column`"));
                }
                let cast = self.tree.one_of(table, "cast", &Cast::ALL, Cast::name);
                (self.tree.text(table, "column"), cast)
            }
            _ => (self.tree.string(key, expected, right), None),
        };
        let Some(name) = name else { return };
        let columns = (self.named(left), self.named(name));
        pairs.columns.push(columns);
        pairs.casts.push(cast);
    }

    /// Columns, a leading `-` for descending; a table where the name itself begins with one.
    fn order(&mut self, table: &DeTable<'_>) -> Option<Vec<OrderTerm>> {
        let expected = "a list of column names, `-name` for descending";
        let list = self.tree.list(table, "order_by", expected)?;
        let term = |item: Item<'_>| {
            if let DeValue::Table(table) = item.get_ref() {
                self.tree.known(table, &["column", "descending"]);
                let descending = self.tree.boolean(table, "descending").unwrap_or(false);
                let column = self.name(table, "column")?;
                return Some(OrderTerm { column, descending, at: At::default() });
            }
            let Text { text, at } = self.tree.string("order_by", expected, item)?;
            let term = OrderTerm::parse(&text, At::default());
            self.named(Text { text: term.column.clone(), at });
            Some(term)
        };
        Some(list.into_iter().filter_map(term).collect())
    }
}
