//! A graph becomes the text of a graph file. Names and values are escaped by toml_writer; the layout, one line for a
//! column and none for what is as usual, is ours.

use super::condition;
use crate::error::Result;
use crate::filter::Filter;
use crate::graph::casts::cast_of;
use crate::graph::{
    Cast, ColumnDef, EntityDef, IndexDef, IndexOrder, RelationshipDef, RelationshipGraph, SecondaryDef, UniqueDef,
};
use crate::spec::OrderTerm;
use std::fmt::Write as _;
use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

/// A value on one line.
#[derive(Clone, Debug)]
pub(super) struct Inline(String);

impl Inline {
    pub(super) fn text(text: &str) -> Self {
        Self(visible(&TomlStringBuilder::new(text).as_basic().to_toml_value()))
    }

    pub(super) fn boolean(boolean: bool) -> Self {
        Self(boolean.to_string())
    }

    pub(super) fn integer(integer: i64) -> Self {
        Self(integer.to_toml_value())
    }

    pub(super) fn float(float: f64) -> Self {
        Self(float.to_toml_value())
    }

    pub(super) fn list(all: impl IntoIterator<Item = Self>) -> Self {
        let all: Vec<String> = all.into_iter().map(|value| value.0).collect();
        Self(format!("[{}]", all.join(", ")))
    }

    pub(super) fn table(all: impl IntoIterator<Item = (String, Self)>) -> Self {
        let all: Vec<String> = all.into_iter().map(|(key, value)| format!("{key} = {}", value.0)).collect();
        if all.is_empty() { Self("{}".to_owned()) } else { Self(format!("{{ {} }}", all.join(", "))) }
    }

    fn names(names: &[String]) -> Self {
        Self::list(names.iter().map(|name| Self::text(name)))
    }
}

/// A key, in double quotes if it needs any.
pub(super) fn key(name: &str) -> String {
    let key = TomlKeyBuilder::new(name);
    visible(&key.as_unquoted().unwrap_or_else(|| key.as_basic()).to_toml_key())
}

/// Escapes what a terminal would obey and toml_writer leaves as it is: all of it stands in double quotes.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {
                let _ = write!(shown, "\\u{:04X}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

#[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
impl Filter {
    /// The condition as a graph file has it, on one line.
    ///
    /// ```
    /// use eagerly_planner::filter::Filter;
    ///
    /// assert_eq!(Filter::is_in("unit price", [1, 2]).to_toml()?, r#"{ "unit price" = { in = [1, 2] } }"#);
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    ///
    /// # Errors
    /// `E0302` for what TOML cannot say: null but as `is_null`, bytes, a column called `and`, `or` or `not`, a
    /// condition on related rows.
    pub fn to_toml(&self) -> Result<String> {
        Ok(condition::write(self)?.0)
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
impl RelationshipGraph {
    /// The graph as the text of a graph file: alone it gives this graph, and over the database of which this graph was
    /// read it changes nothing.
    ///
    /// # Errors
    /// `E0302` for a relationship's condition that TOML cannot say: one with bytes, or on a column called `and`.
    pub fn to_toml(&self) -> Result<String> {
        let mut text = String::new();
        if self.trusted {
            line(&mut text, "trusted", &Inline::boolean(true));
        }
        for entity in self.to_definitions() {
            let separator = if text.is_empty() { "" } else { "\n" };
            text.push_str(separator);
            write_entity(&mut text, &entity)?;
        }
        Ok(text)
    }
}

/// Adds `key = value`.
fn line(text: &mut String, key: &str, value: &Inline) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{key} = {}", value.0);
}

fn write_entity(text: &mut String, entity: &EntityDef) -> Result<()> {
    let EntityDef {
        name,
        schema,
        table,
        view,
        columns,
        primary_key,
        inexact_primary_key,
        row_id,
        indexes,
        unique_keys,
        relationships,
    } = entity;
    let _ = writeln!(text, "[entity.{}]", key(name));
    if let Some(schema) = schema {
        line(text, "schema", &Inline::text(schema));
    }
    if table != name {
        line(text, "table", &Inline::text(table));
    }
    if *view {
        line(text, "view", &Inline::boolean(true));
    }
    text.push_str("columns = [\n");
    for column in columns {
        let _ = writeln!(text, "  {},", inline_column(column).0);
    }
    text.push_str("]\n");
    line(text, "primary_key", &Inline::names(primary_key));
    if *inexact_primary_key {
        line(text, "inexact_primary_key", &Inline::boolean(true));
    }
    if !unique_keys.is_empty() {
        line(text, "unique", &Inline::list(unique_keys.iter().map(inline_unique)));
    }
    if let Some(indexes) = indexes {
        line(text, "indexes", &Inline::list(indexes.iter().map(inline_index)));
    }
    if let Some(row_id) = row_id {
        line(text, "row_id", &Inline::text(row_id));
    }
    for relationship in relationships {
        write_relationship(text, name, relationship)?;
    }
    Ok(())
}

fn inline_column(column: &ColumnDef) -> Inline {
    let ColumnDef { name, ty, native, nullable, collation, generated, ordered, composite, settings } = column;
    let mut keys = vec![("name", Inline::text(name)), ("type", Inline::text(ty.name()))];
    if let Some(native) = native {
        keys.push(("native", Inline::text(native)));
    }
    if *nullable {
        keys.push(("nullable", Inline::boolean(true)));
    }
    if let Some(collation) = collation {
        keys.push(("collation", Inline::text(collation)));
    }
    if *generated {
        keys.push(("generated", Inline::boolean(true)));
    }
    if !*ordered {
        keys.push(("ordered", Inline::boolean(false)));
    }
    if *composite {
        keys.push(("composite", Inline::boolean(true)));
    }
    if let Some(settings) = settings {
        keys.push(("settings", Inline::names(settings)));
    }
    Inline::table(keys.into_iter().map(|(key, value)| (key.to_owned(), value)))
}

fn inline_unique(unique: &UniqueDef) -> Inline {
    let UniqueDef { columns, exact, searched } = unique;
    let mut keys = vec![("columns", Inline::names(columns))];
    if !*exact {
        keys.push(("exact", Inline::boolean(false)));
    }
    if searched != exact {
        keys.push(("searched", Inline::boolean(*searched)));
    }
    short_table(keys)
}

fn inline_index(index: &IndexDef) -> Inline {
    let IndexDef { columns, descending, order } = index;
    let mut keys = vec![("columns", Inline::names(columns))];
    if !descending.is_empty() {
        keys.push(("descending", Inline::names(descending)));
    }
    if *order != IndexOrder::Whole {
        keys.push(("order", Inline::text(order.name())));
    }
    short_table(keys)
}

/// A table, or the value of its first key if that stands alone.
fn short_table(mut keys: Vec<(&str, Inline)>) -> Inline {
    match keys.len() {
        1 => keys.swap_remove(0).1,
        _ => Inline::table(keys.into_iter().map(|(key, value)| (key.to_owned(), value))),
    }
}

fn write_relationship(text: &mut String, entity: &str, relationship: &RelationshipDef) -> Result<()> {
    let RelationshipDef {
        name,
        target,
        direction,
        pairs,
        casts,
        secondary,
        back_populates,
        viewonly,
        order_by,
        uselist,
        strategy,
        predicate,
        on_delete,
        trusted,
    } = relationship;
    let _ = writeln!(text, "\n[entity.{}.relationship.{}]", key(entity), key(name));
    line(text, "direction", &Inline::text(direction.name()));
    line(text, "target", &Inline::text(target));
    if let Some(SecondaryDef { entity, .. }) = secondary {
        line(text, "secondary", &Inline::text(entity));
    }
    line(text, "on", &inline_pairs(pairs, casts));
    if let Some(SecondaryDef { target_pairs, target_casts, .. }) = secondary {
        line(text, "target_on", &inline_pairs(target_pairs, target_casts));
    }
    if let Some(back) = back_populates {
        line(text, "back_populates", &Inline::text(back));
    }
    if *viewonly {
        line(text, "viewonly", &Inline::boolean(true));
    }
    if !order_by.is_empty() {
        line(text, "order_by", &Inline::list(order_by.iter().map(inline_term)));
    }
    if let Some(list) = uselist {
        line(text, "uselist", &Inline::boolean(*list));
    }
    if let Some(strategy) = strategy {
        line(text, "strategy", &Inline::text(strategy.name()));
    }
    if let Some(predicate) = predicate {
        line(text, "where", &condition::write(predicate)?);
    }
    if let Some(action) = on_delete {
        line(text, "on_delete", &Inline::text(action.name()));
    }
    if let Some(trusted) = trusted {
        line(text, "trusted", &Inline::boolean(*trusted));
    }
    Ok(())
}

/// A table for one pair; a list for more, since their order counts, and TOML's tables have none.
fn inline_pairs(pairs: &[(String, String)], casts: &[Option<Cast>]) -> Inline {
    let right = |at: usize, name: &str| match cast_of(casts, at) {
        None => Inline::text(name),
        Some(cast) => {
            Inline::table([("column".to_owned(), Inline::text(name)), ("cast".to_owned(), Inline::text(cast.name()))])
        }
    };
    match pairs {
        [(left, name)] => Inline::table([(key(left), right(0, name))]),
        pairs => Inline::list(
            pairs.iter().enumerate().map(|(at, (left, name))| Inline::list([Inline::text(left), right(at, name)])),
        ),
    }
}

fn inline_term(term: &OrderTerm) -> Inline {
    let OrderTerm { column, descending, at: _ } = term;
    match (descending, column.starts_with('-')) {
        (true, _) => Inline::text(&format!("-{column}")),
        (false, false) => Inline::text(column),
        (false, true) => Inline::table([("column".to_owned(), Inline::text(column))]),
    }
}
