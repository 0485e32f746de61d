//! `eagerly inspect`: the graph that a database's catalog gives, with a graph file over it, or that of a graph file
//! alone; one format per file.

mod dot;
mod json;
mod mermaid;
mod text;

use crate::args::{self, InspectFormat};
use crate::database::Address;
use crate::graph::{self, GraphSource};
use crate::report::Failure;
use crate::visible::visible;
use eagerly::RelationshipGraph;
use eagerly::ids::RelationshipId;
use std::collections::HashSet;
use std::io::Write as _;

/// The graph in the format asked for.
///
/// # Errors
/// What the database refuses; every mistake of the graph file; a condition that the format cannot say.
pub(crate) fn run(args: &args::Inspect) -> std::result::Result<Vec<u8>, Failure> {
    let file = args.graph.as_deref().map(GraphSource::read).transpose()?;
    if args.database.is_none() {
        args::refuse_schemas(&args.schemas)?;
    }
    let graph = match (&args.database, &file) {
        (Some(database), file) => {
            graph::of(&Address::of(database)?.describe(&args.schemas)?.0, file.as_ref(), args.trust_keys)?
        }
        (None, Some(file)) => file.alone(args.trust_keys)?,
        (None, None) => return Err(eagerly::error::Error::bug("an inspection without its arguments").into()),
    };
    warn(&graph);
    let text = match args.format {
        InspectFormat::Text => text::Text(&graph).to_string(),
        InspectFormat::Toml => graph.to_toml()?,
        InspectFormat::Json => json::json(&graph)?,
        InspectFormat::Dot => dot::Dot(&graph).to_string(),
        InspectFormat::Mermaid => mermaid::Mermaid(&graph).to_string(),
    };
    Ok(text.into_bytes())
}

/// Says on stderr what of the database is no entity, since it cannot be read. That is no error: the rest can be loaded.
fn warn(graph: &RelationshipGraph) {
    for table in graph.unreadable() {
        let help = table.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let text = format!("warning: the {} `{}` cannot be read: {}{help}", table.kind(), table.name, table.why);
        // There is nobody left to tell of a failure to write.
        let _ = writeln!(std::io::stderr().lock(), "{}", visible(&text));
    }
}

/// Relationships as lines of a drawing: one for two that are counterparts, the first of which is told.
fn drawn(graph: &RelationshipGraph) -> impl Iterator<Item = RelationshipId> {
    let mut told = HashSet::new();
    graph.relationships().filter_map(move |(id, relationship)| {
        let back = relationship.back_populates;
        told.insert(id);
        (!back.is_some_and(|back| told.contains(&back))).then_some(id)
    })
}

/// How many rows stand at one end of a drawn relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Exactly one.
    One,
    /// None or one.
    ZeroOrOne,
    /// Any number.
    Many,
}

/// The ends of a relationship: at its source, at its target.
fn ends(graph: &RelationshipGraph, id: RelationshipId) -> (End, End) {
    use eagerly::graph::Direction;
    let relationship = graph.relationship(id);
    let at_target = reached(graph, id);
    let at_source = match (relationship.back_populates, relationship.direction) {
        (Some(back), _) => reached(graph, back),
        (None, Direction::ManyToOne | Direction::ManyToMany) => End::Many,
        // The target holds the foreign key, and it may be NULL.
        (None, _) => one(relationship.target_key.iter().map(|c| graph.entity(relationship.target).column(*c).nullable)),
    };
    (at_source, at_target)
}

/// How many rows a row of the source reaches.
fn reached(graph: &RelationshipGraph, id: RelationshipId) -> End {
    use eagerly::graph::Direction;
    let relationship = graph.relationship(id);
    if relationship.is_to_many() {
        End::Many
    } else if relationship.direction == Direction::ManyToOne && relationship.predicate.is_none() {
        one(relationship.source_key.iter().map(|c| graph.entity(relationship.source).column(*c).nullable))
    } else {
        End::ZeroOrOne
    }
}

fn one(mut nullable: impl Iterator<Item = bool>) -> End {
    if nullable.any(|nullable| nullable) { End::ZeroOrOne } else { End::One }
}
