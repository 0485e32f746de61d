//! A graph as a drawing for Graphviz: a table for each entity, a line for each relationship and its counterpart.
//!
//! petgraph's `Dot` knows no HTML-like labels and draws each edge for itself, so the few lines of syntax are written
//! here. Entities have numbers for names, since Graphviz takes some names for its own (`%…`); what they are called stands in
//! their labels, escaped by [`html`], as the lines' labels are by [`quoted`].

use super::{End, drawn, ends};
use crate::visible::visible;
use eagerly::RelationshipGraph;
use eagerly::graph::{Entity, Relationship};
use eagerly::ids::{ColumnId, EntityId, RelationshipId};
use std::fmt::{self, Display, Formatter};

/// A graph in the language of Graphviz.
pub(super) struct Dot<'a>(pub(super) &'a RelationshipGraph);

impl Display for Dot<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let graph = self.0;
        writeln!(f, "digraph \"entities\" {{")?;
        writeln!(f, "  graph [rankdir=LR];")?;
        writeln!(f, "  node [shape=plain];")?;
        writeln!(f, "  edge [dir=both];")?;
        for (id, entity) in graph.entities() {
            writeln!(f, "  {} [label=<{}>];", node(id), label(graph, entity))?;
        }
        for id in drawn(graph) {
            edge(f, graph, id)?;
        }
        writeln!(f, "}}")
    }
}

/// The entity's table: its name, then each column with its type, in bold if it is of the primary key.
fn label(graph: &RelationshipGraph, entity: &Entity) -> String {
    let mut label = "<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\">".to_owned();
    let view = if entity.view { " (view)" } else { "" };
    label.push_str(&format!("<TR><TD COLSPAN=\"2\" BGCOLOR=\"lightgray\">{}{view}</TD></TR>", html(&entity.name)));
    for id in entity.column_ids() {
        let column = entity.column(id);
        let name = match html(&column.name) {
            name if entity.primary_key.contains(&id) => format!("<B>{name}</B>"),
            name => name,
        };
        let null = if column.nullable { " null" } else { "" };
        let key = if refers(graph, entity, id) { " &#8594;" } else { "" };
        label.push_str(&format!(
            "<TR><TD ALIGN=\"LEFT\">{name}{key}</TD><TD ALIGN=\"LEFT\">{}{null}</TD></TR>",
            column.ty.name()
        ));
    }
    label.push_str("</TABLE>");
    label
}

/// Whether a many-to-one goes from the column.
fn refers(graph: &RelationshipGraph, entity: &Entity, column: ColumnId) -> bool {
    let mut ways = entity.relationships.values().map(|id| graph.relationship(*id));
    ways.any(|way| {
        way.direction == eagerly::graph::Direction::ManyToOne
            && way.source_key.iter().any(|key| entity.stored(*key) == column)
    })
}

fn edge(f: &mut Formatter<'_>, graph: &RelationshipGraph, id: RelationshipId) -> fmt::Result {
    let relationship = graph.relationship(id);
    let Relationship { name, source, target, secondary, back_populates, .. } = relationship;
    let (tail, head) = ends(graph, id);
    let back = back_populates.map(|back| format!(" / {}", graph.relationship(back).name)).unwrap_or_default();
    let style = if secondary.is_some() { ", style=dashed" } else { "" };
    writeln!(
        f,
        "  {} -> {} [label={}, arrowtail={}, arrowhead={}{style}];",
        node(*source),
        node(*target),
        quoted(&format!("{name}{back}")),
        arrow(tail),
        arrow(head),
    )
}

fn node(id: EntityId) -> String {
    format!("e{}", id.index())
}

const fn arrow(end: End) -> &'static str {
    match end {
        End::One => "teetee",
        End::ZeroOrOne => "teeodot",
        End::Many => "crowodot",
    }
}

/// A string in double quotes. Backslashes are doubled, since labels read escapes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", characters(text).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Text in an HTML-like label. What has no text has a blank, since an empty element is no syntax.
fn html(text: &str) -> String {
    let text = characters(text);
    if text.is_empty() {
        return " ".to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text without the characters that XML, which Graphviz reads labels as, cannot hold.
fn characters(text: &str) -> String {
    let not_xml = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    visible(text).chars().map(|c| if not_xml(c) { '\u{fffd}' } else { c }).collect()
}
