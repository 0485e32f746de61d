//! Where a hash map agrees with the database about which keys are equal, and what follows for rows that a join repeats.

use crate::dialect::Capabilities;
use crate::graph::{Direction, Entity, Relationship, RelationshipGraph};
use crate::ids::{ColumnId, EntityId};
use smallvec::SmallVec;

/// Whether the keys that a batch of the relationship binds are compared as bytes, those of the source with the target's or
/// with the association table's, and as a whole.
pub(crate) fn keys_hash(graph: &RelationshipGraph, capabilities: &Capabilities, relationship: &Relationship) -> bool {
    let source = graph.entity(relationship.source);
    let (compared, columns) = match &relationship.secondary {
        Some(secondary) => (graph.entity(secondary.entity), &secondary.source_columns),
        None => (graph.entity(relationship.target), &relationship.target_key),
    };
    let mut pairs = relationship.source_key.iter().zip(columns);
    is_comparable_tuple(graph, relationship)
        && pairs.all(|(s, c)| capabilities.hashable(source.column(*s), compared.column(*c)))
}

/// Whether the database compares the keys of a relationship as a whole, as `IN` does: PostgreSQL compares a tuple by the
/// order of its types, and some have none.
pub(crate) fn is_comparable_tuple(graph: &RelationshipGraph, relationship: &Relationship) -> bool {
    let ordered = |entity: EntityId, columns: &[ColumnId]| {
        columns.len() < 2 || columns.iter().all(|column| graph.entity(entity).column(*column).ordered)
    };
    let linked = relationship.secondary.as_ref().is_none_or(|secondary| {
        ordered(secondary.entity, &secondary.source_columns) && ordered(secondary.entity, &secondary.target_columns)
    });
    linked
        && ordered(relationship.source, &relationship.source_key)
        && ordered(relationship.target, &relationship.target_key)
}

/// Whether a to-one leads to the row whose key its source holds, and to no other: nothing narrows or shares it, and both
/// sides are compared as bytes.
pub(crate) fn leads_to_one(
    graph: &RelationshipGraph,
    capabilities: &Capabilities,
    relationship: &Relationship,
) -> bool {
    relationship.finds_one(graph.entity(relationship.target)) && keys_hash(graph, capabilities, relationship)
}

/// Who says that the target of every key of a relationship that is not NULL exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The graph does: plans rely on it.
    Given,
    /// Nobody does, and `trusted` could: explain says what it would save.
    Possible,
}

/// What trust would save, as explain says it: ``with `trusted`, needs no join: post(author_id) is its key``. Every
/// compilation writes such notes: one allocation each.
pub(crate) fn trust_note(saves: &str, source: &Entity, key: &[ColumnId], why: &str) -> String {
    let mut note = String::with_capacity(96);
    for part in ["with `trusted`, ", saves, ": ", &source.name, "("] {
        note.push_str(part);
    }
    for (index, column) in key.iter().enumerate() {
        note.push_str(if index == 0 { "" } else { ", " });
        note.push_str(&source.column(*column).name);
    }
    note.push_str(") is ");
    note.push_str(why);
    note
}

/// Whether the targets of a relationship are trusted to exist. A foreign key of the catalog proves nothing: replication,
/// disabled triggers and switched-off checks leave orphans under keys that the database calls valid.
pub(crate) fn trust(graph: &RelationshipGraph, relationship: &Relationship) -> Option<Trust> {
    if relationship.direction != Direction::ManyToOne || relationship.secondary.is_some() {
        return None;
    }
    match (graph.is_trusted(relationship), relationship.trusted) {
        (true, _) => Some(Trust::Given),
        (false, Some(false)) => None,
        (false, _) => Some(Trust::Possible),
    }
}

/// Whether one row of the target can belong to several rows of the source, and so come several times.
pub(crate) fn is_shared(graph: &RelationshipGraph, capabilities: &Capabilities, relationship: &Relationship) -> bool {
    let one_parent = matches!(relationship.direction, Direction::OneToMany | Direction::OneToOne);
    !one_parent || !keys_hash(graph, capabilities, relationship)
}

/// Whether two rows stand in the relationship once at most, so that a pair seen twice is a repetition of the join and
/// not a second link row.
pub(crate) fn pairs_are_unique(
    graph: &RelationshipGraph,
    capabilities: &Capabilities,
    relationship: &Relationship,
) -> bool {
    let Some(secondary) = &relationship.secondary else { return true };
    let (link, target) = (graph.entity(secondary.entity), graph.entity(relationship.target));
    let linked: Vec<_> = secondary.source_columns.iter().chain(&secondary.target_columns).copied().collect();
    let mut pairs = relationship.target_key.iter().zip(&secondary.target_columns);
    let reaches_by_bytes = pairs.all(|(t, l)| capabilities.hashable(target.column(*t), link.column(*l)));
    link.is_unique(&linked) && reaches_by_bytes && keys_hash(graph, capabilities, relationship)
}

/// The type that the keys of a batch have in SQL, as far as it keeps keys of several sources out of one list: sources
/// unite where it is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum KeyType<'a> {
    /// Keys carry their own types, or have that of the column that they are compared with.
    Compared,
    /// The native types and collations of the source's columns.
    Native(SmallVec<[(Option<&'a str>, Option<&'a str>); 2]>),
}

/// The type of a relationship's keys in a list.
pub(crate) fn key_type<'a>(
    graph: &'a RelationshipGraph,
    capabilities: &Capabilities,
    relationship: &'a Relationship,
) -> KeyType<'a> {
    if !capabilities.typed_keys || keys_hash(graph, capabilities, relationship) {
        return KeyType::Compared;
    }
    let source = graph.entity(relationship.source);
    let columns = relationship.source_key.iter().map(|c| source.column(*c));
    KeyType::Native(columns.map(|c| (c.native.as_deref(), c.collation.as_deref())).collect())
}
