//! A graph as an entity relationship diagram for Mermaid.
//!
//! Names of entities stand in double quotes, in which Mermaid takes no quote, percent sign or backslash, nor a line's
//! end: those are written as its character entities (`#quot;`). Names of columns cannot be quoted: one that is no plain
//! word is shown as one, with the exact name as a comment beside it.

use super::{End, drawn, ends};
use crate::visible::visible;
use eagerly::RelationshipGraph;
use eagerly::graph::{Direction, Entity, Relationship};
use eagerly::ids::{ColumnId, RelationshipId};
use std::fmt::{self, Display, Formatter};

/// A graph in the language of Mermaid.
pub(super) struct Mermaid<'a>(pub(super) &'a RelationshipGraph);

impl Display for Mermaid<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let graph = self.0;
        writeln!(f, "erDiagram")?;
        for (_, entity) in graph.entities() {
            writeln!(f, "  {} {{", quoted(&entity.name))?;
            for id in entity.column_ids() {
                column(f, graph, entity, id)?;
            }
            writeln!(f, "  }}")?;
        }
        for id in drawn(graph) {
            line(f, graph, id)?;
        }
        Ok(())
    }
}

fn column(f: &mut Formatter<'_>, graph: &RelationshipGraph, entity: &Entity, id: ColumnId) -> fmt::Result {
    let column = entity.column(id);
    let word = word(&column.name);
    write!(f, "    {} {word}", column.ty.name())?;
    let mut ways = entity.relationships.values().map(|id| graph.relationship(*id));
    let refers = ways
        .any(|way| way.direction == Direction::ManyToOne && way.source_key.iter().any(|key| entity.stored(*key) == id));
    let unique = entity.unique_keys.iter().any(|key| key.columns.as_slice() == [id]);
    let keys = [(entity.primary_key.contains(&id), "PK"), (refers, "FK"), (unique, "UK")];
    let keys: Vec<&str> = keys.into_iter().filter(|(is, _)| *is).map(|(_, key)| key).collect();
    if !keys.is_empty() {
        write!(f, " {}", keys.join(", "))?;
    }
    if word != column.name {
        write!(f, " {}", quoted(&column.name))?;
    }
    writeln!(f)
}

fn line(f: &mut Formatter<'_>, graph: &RelationshipGraph, id: RelationshipId) -> fmt::Result {
    let Relationship { name, source, target, back_populates, .. } = graph.relationship(id);
    let (source, target) = (graph.entity(*source), graph.entity(*target));
    let back = back_populates.map(|back| format!(" / {}", graph.relationship(back).name)).unwrap_or_default();
    let (left, right) = ends(graph, id);
    let left = match left {
        End::One => "||",
        End::ZeroOrOne => "|o",
        End::Many => "}o",
    };
    let right = match right {
        End::One => "||",
        End::ZeroOrOne => "o|",
        End::Many => "o{",
    };
    let label = quoted(&format!("{name}{back}"));
    writeln!(f, "  {} {left}--{right} {} : {label}", quoted(&source.name), quoted(&target.name))
}

/// A name as Mermaid's word for a column: letters, digits and `_`, and none of its own words.
fn word(name: &str) -> String {
    let mut word: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let reserved = ["PK", "FK", "UK"].contains(&word.as_str());
    if reserved || !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        word.insert(0, '_');
    }
    word
}

/// A string in double quotes. An empty one is none to Mermaid.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in visible(text).chars() {
        match c {
            '"' => quoted.push_str("#quot;"),
            '&' => quoted.push_str("#amp;"),
            '#' => quoted.push_str("#35;"),
            '%' => quoted.push_str("#37;"),
            ';' => quoted.push_str("#59;"),
            '\\' => quoted.push_str("#92;"),
            '<' => quoted.push_str("#lt;"),
            '>' => quoted.push_str("#gt;"),
            c => quoted.push(c),
        }
    }
    if quoted.len() == 1 {
        quoted.push(' ');
    }
    quoted.push('"');
    quoted
}
