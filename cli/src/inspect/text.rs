//! A graph as text. Every line says what it is and, where it has a name, whose it is, so that `grep` finds whole answers;
//! columns are aligned within an entity. How many rows a table has is told where the database has counted them.
//!
//! ```text
//! entity posts  about 1200 rows
//!   column  posts.id         integer  not null
//!   column  posts.author_id  integer  null
//!   primary key  posts (id)
//!   relation  posts.author  many-to-one   authors  posts.author_id = authors.id  back authors.posts
//!   relation  posts.tags    many-to-many  tags[]   posts.id = post_tag.post_id, post_tag.tag_id = tags.id
//!   foreign key  posts (invoice_id)  billing.invoice (id)  not read, so no relationship
//! ```

use crate::visible::visible;
use eagerly::RelationshipGraph;
use eagerly::graph::{ColumnDef, Entity, KeyColumns, LeavingKey, OnDelete, Relationship, Secondary, UniqueKey};
use eagerly::ids::EntityId;
use std::fmt::{self, Display, Formatter};
use unicode_width::UnicodeWidthStr;

/// A graph as text.
pub(super) struct Text<'a>(pub(super) &'a RelationshipGraph);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let graph = self.0;
        for (_, entity) in graph.entities() {
            write!(f, "entity {}", visible(&entity.name))?;
            if entity.table != entity.name || entity.schema.is_some() {
                let schema = entity.schema.as_ref().map(|schema| format!("{}.", quoted(schema))).unwrap_or_default();
                write!(f, "  table {schema}{}", quoted(&entity.table))?;
            }
            write!(f, "{}", if entity.view { "  (view)" } else { "" })?;
            match entity.statistics.rows {
                Some(rows) => writeln!(f, "  about {rows} rows")?,
                None => writeln!(f)?,
            }
            aligned(f, entity.columns.values().map(|c| column(entity, c)))?;
            let keys = entity.unique_keys.iter().map(|key| unique_key(entity, key));
            let primary =
                (!entity.primary_key.is_empty()).then(|| key_line("primary key", entity, &entity.primary_key));
            aligned(f, primary.into_iter().chain(keys))?;
            let relationships = entity.relationships.values().map(|id| relationship(graph, graph.relationship(*id)));
            aligned(f, relationships)?;
            let leaving = graph.leaving().iter().filter(|key| key.is_of(entity));
            aligned(f, leaving.map(|key| leaving_key(entity, key)))?;
            writeln!(f)?;
        }
        let names = |entities: &[EntityId]| {
            entities.iter().map(|id| visible(&graph.entity(*id).name)).collect::<Vec<_>>().join(", ")
        };
        for cycle in graph.cycles() {
            writeln!(f, "cycle {}", names(&cycle))?;
        }
        match graph.dependency_order().as_slice() {
            [] => writeln!(f, "no tables and no views"),
            order => writeln!(f, "load order {}", names(order)),
        }
    }
}

fn column(entity: &Entity, column: &ColumnDef) -> Vec<String> {
    let mut more = Vec::new();
    if let Some(collation) = &column.collation {
        more.push(format!("collate {}", visible(collation)));
    }
    if column.generated {
        more.push("generated".to_owned());
    }
    vec![
        "column".to_owned(),
        qualified(entity, &column.name),
        column.ty.name().to_owned(),
        if column.nullable { "null" } else { "not null" }.to_owned(),
        more.join("  "),
    ]
}

fn unique_key(entity: &Entity, key: &UniqueKey) -> Vec<String> {
    let mut line = key_line("unique", entity, &key.columns);
    if !key.exact {
        line.push("by another collation than the columns have".to_owned());
    }
    line
}

fn key_line(what: &str, entity: &Entity, columns: &KeyColumns) -> Vec<String> {
    let names = entity.column_names(columns);
    vec![what.to_owned(), format!("{} ({})", visible(&entity.name), visible(&names))]
}

fn relationship(graph: &RelationshipGraph, relationship: &Relationship) -> Vec<String> {
    let (source, target) = (graph.entity(relationship.source), graph.entity(relationship.target));
    let list = if relationship.is_to_many() { "[]" } else { "" };
    let mut more = Vec::new();
    if let Some(back) = relationship.back_populates {
        more.push(format!("back {}", qualified(target, &graph.relationship(back).name)));
    }
    if let Some(action) = relationship.on_delete.filter(|action| *action != OnDelete::NoAction) {
        more.push(format!("on delete {}", action.name()));
    }
    if relationship.viewonly {
        more.push("viewonly".to_owned());
    }
    if graph.is_trusted(relationship) {
        more.push("trusted".to_owned());
    }
    if let Some(strategy) = relationship.strategy {
        more.push(strategy.name().to_owned());
    }
    if !relationship.order_by.is_empty() {
        let terms =
            relationship.order_by.iter().map(|t| format!("{}{}", if t.descending { "-" } else { "" }, t.column));
        more.push(format!("order {}", visible(&terms.collect::<Vec<_>>().join(", "))));
    }
    if let Some(predicate) = &relationship.predicate {
        let condition = predicate.to_toml().unwrap_or_else(|_| "a condition".to_owned());
        more.push(format!("where {}", visible(&condition)));
    }
    vec![
        "relation".to_owned(),
        qualified(source, &relationship.name),
        relationship.direction.name().to_owned(),
        format!("{}{list}", visible(&target.name)),
        condition(graph, relationship),
        more.join("  "),
    ]
}

/// A foreign key that leads to what was not read, with its target's qualified name.
fn leaving_key(entity: &Entity, key: &LeavingKey) -> Vec<String> {
    let LeavingKey { columns, target_schema, target, target_columns, .. } = key;
    vec![
        "foreign key".to_owned(),
        format!("{} ({})", visible(&entity.name), visible(&columns.join(", "))),
        format!("{}.{} ({})", visible(target_schema), visible(target), visible(&target_columns.join(", "))),
        "not read, so no relationship".to_owned(),
    ]
}

/// The pairs of key columns; those of an association table stand between the two sides.
fn condition(graph: &RelationshipGraph, relationship: &Relationship) -> String {
    let (source, target) = (graph.entity(relationship.source), graph.entity(relationship.target));
    let pairs = |left: &Entity, of_left: &KeyColumns, right: &Entity, of_right: &KeyColumns| {
        let pair = |(l, r): (&_, &_)| {
            let (l, r) = (&left.column(*l).name, &right.column(*r).name);
            format!("{} = {}", qualified(left, l), qualified(right, r))
        };
        of_left.iter().zip(of_right).map(pair).collect::<Vec<_>>()
    };
    let Relationship { source_key, target_key, secondary, .. } = relationship;
    let Some(Secondary { entity, source_columns, target_columns, .. }) = secondary else {
        return pairs(source, source_key, target, target_key).join(", ");
    };
    let link = graph.entity(*entity);
    let mut all = pairs(source, source_key, link, source_columns);
    all.extend(pairs(link, target_columns, target, target_key));
    all.join(", ")
}

fn qualified(entity: &Entity, name: &str) -> String {
    format!("{}.{}", visible(&entity.name), visible(name))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", visible(name).replace('"', "\"\""))
}

/// Writes rows of cells in columns, indented.
fn aligned(f: &mut Formatter<'_>, rows: impl Iterator<Item = Vec<String>>) -> fmt::Result {
    let rows: Vec<Vec<String>> = rows.collect();
    let cells = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..cells).map(width).collect();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str("  ");
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}
