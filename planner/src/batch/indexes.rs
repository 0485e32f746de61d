//! The indexes that a plan's statements search by and that their tables do not have, each with the statement that makes
//! it.
//!
//! Searched are the columns that key lists, joins and EXISTS compare. Nothing is said of a view, which cannot have an
//! index, and of a table of whose indexes nothing is known. One index that starts with any of the columns is enough.

use super::{Batch, Head, KeySource, Keys, Query};
use crate::dialect::Capabilities;
use crate::graph::{ColumnDef, ColumnType, Entity, KeyColumns, Relationship, RelationshipGraph};
use crate::ids::{BatchId, EntityId};
use crate::logical::{Note, Predicate};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet, FxHasher};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};

/// The longest name of an index: PostgreSQL's limit in bytes, the shortest of all.
const MAX_NAME: usize = 63;

/// An index that a plan searches by and that is not there.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingIndex {
    /// The batches that search by it.
    pub batches: SmallVec<[BatchId; 1]>,
    /// Its table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The statement that makes it.
    pub create: String,
    /// Whether a batch searches by it now. Otherwise the batches read the whole table, since all parents are asked for:
    /// the same load for fewer parents searches.
    pub searched: bool,
}

/// The indexes that these batches miss, in the order of the batches.
/// No index serves a column that is cast to be compared: notes say so.
pub(super) fn missing(
    graph: &RelationshipGraph,
    capabilities: &Capabilities,
    batches: &[Batch],
) -> (Vec<MissingIndex>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut found: IndexMap<(Option<&str>, &str, KeyColumns), MissingIndex, FxBuildHasher> = IndexMap::default();
    let mut names: FxHashSet<String> = FxHashSet::default();
    for batch in batches {
        let mut searched = Searched { graph, found: Vec::new() };
        searched.query(&batch.query);
        for (id, columns, now) in searched.found {
            let entity = graph.entity(id);
            let columns = unserved(entity, columns, &batch.name, &mut notes);
            if columns.is_empty() || entity.view || entity.is_indexed(&columns) {
                continue;
            }
            let key = (entity.schema.as_deref(), entity.table.as_str(), columns.clone());
            let index = found.entry(key).or_insert_with(|| {
                let name = name(graph, entity, &columns, &mut names);
                let create = create(capabilities, entity, &columns, &name);
                let names = columns.iter().map(|c| entity.column(*c).name.clone());
                MissingIndex {
                    batches: SmallVec::new(),
                    table: entity.table.clone(),
                    columns: names.collect(),
                    create,
                    searched: false,
                }
            });
            index.searched |= now;
            if !index.batches.contains(&batch.id) {
                index.batches.push(batch.id);
            }
        }
    }
    (found.into_values().collect(), notes)
}

/// The columns without those that are cast, of which a note tells once for each batch.
fn unserved(entity: &Entity, columns: KeyColumns, batch: &str, notes: &mut Vec<Note>) -> KeyColumns {
    for stored in columns.iter().filter_map(|column| entity.cast_from(*column)) {
        let column = &entity.column(stored).name;
        let text = format!("no index serves {}.{column}, which is cast to be compared", entity.name);
        let note = Note { path: batch.to_owned(), text };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    columns.into_iter().filter(|column| entity.cast_from(*column).is_none()).collect()
}

/// The lists of columns that a statement looks rows up by.
struct Searched<'g> {
    graph: &'g RelationshipGraph,
    /// Each with whether it is searched by now, or would be if fewer parents were asked for.
    found: Vec<(EntityId, KeyColumns, bool)>,
}

impl Searched<'_> {
    fn query(&mut self, query: &Query) {
        let Query { head, joins, columns: _, order: _ } = query;
        self.head(head);
        for join in joins {
            self.relationship(self.graph.relationship(join.relationship));
            self.predicate(&join.filter);
        }
    }

    fn head(&mut self, head: &Head) {
        if let Some(keys) = &head.keys {
            self.keys(head.entity, keys);
        }
        self.predicate(&head.filter);
    }

    fn keys(&mut self, entity: EntityId, keys: &Keys) {
        let Keys { link, columns, form: _, source, held_by: _ } = keys;
        let searches = *source != KeySource::Whole;
        self.found.push((link.as_ref().map_or(entity, |link| link.entity), columns.clone(), searches));
        if let Some(link) = link.as_ref().filter(|link| !link.alone) {
            self.found.push((entity, link.pairs.iter().map(|(target, _)| *target).collect(), true));
        }
        match source {
            KeySource::List | KeySource::Whole | KeySource::Closure(_) => {}
            KeySource::Subquery(question) => self.head(&question.head),
        }
    }

    /// What a join or an EXISTS compares on the way to the target.
    fn relationship(&mut self, relationship: &Relationship) {
        if let Some(secondary) = &relationship.secondary {
            self.found.push((secondary.entity, secondary.source_columns.clone(), true));
        }
        self.found.push((relationship.target, relationship.target_key.clone(), true));
    }

    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|part| self.predicate(part)),
            Predicate::Not(inner) => self.predicate(inner),
            Predicate::Exists { relationship, filter, negated: _ } => {
                self.relationship(self.graph.relationship(*relationship));
                self.predicate(filter);
            }
            Predicate::Constant(_) | Predicate::Compare { .. } | Predicate::In { .. } | Predicate::IsNull { .. } => {}
        }
    }
}

/// `CREATE INDEX "post_author_id_idx" ON "post" ("author_id")`
fn create(capabilities: &Capabilities, entity: &Entity, columns: &KeyColumns, name: &str) -> String {
    let Entity { schema, table, .. } = entity;
    let quoted = |name: &str| {
        let quote = capabilities.quote;
        format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")))
    };
    let parts = columns.iter().map(|c| {
        let column = entity.column(*c);
        match capabilities.index_prefix.filter(|longest| needs_prefix(column, *longest)) {
            Some(prefix) => format!("{}({prefix})", quoted(&column.name)),
            None => quoted(&column.name),
        }
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let schema = schema.as_ref().map(|schema| format!("{}.", quoted(schema))).unwrap_or_default();
    let name = quoted(name);
    format!("CREATE INDEX {name} ON {schema}{} ({parts})", quoted(table))
}

/// `<table>_<columns>_idx`, short enough, and not one that is taken, by this plan or in the database.
fn name(graph: &RelationshipGraph, entity: &Entity, columns: &KeyColumns, given: &mut FxHashSet<String>) -> String {
    let columns: Vec<&str> = columns.iter().map(|c| entity.column(*c).name.as_str()).collect();
    let stem = format!("{}_{}", entity.table, columns.join("_"));
    // Names that are cut or taken, and pairs of table and columns that read alike, are told apart by a hash.
    let marked = |attempt: u32| {
        let mut hasher = FxHasher::default();
        (&entity.table, &columns).hash(&mut hasher);
        if attempt > 0 {
            attempt.hash(&mut hasher);
        }
        let mark = format!("_{:08x}_idx", hasher.finish() >> 32);
        let end = (0..=stem.len().min(MAX_NAME - mark.len())).rev().find(|end| stem.is_char_boundary(*end));
        format!("{}{mark}", &stem[..end.unwrap_or(0)])
    };
    let plain = Some(format!("{stem}_idx")).filter(|name| name.len() <= MAX_NAME);
    let mut names = plain.into_iter().chain((0..).map(marked));
    let free = |name: &String| !given.contains(name) && !graph.is_taken(name);
    let name = names.find(free).unwrap_or_else(|| stem.clone());
    given.insert(name.clone());
    name
}

/// Whether only a prefix of the column can stand in an index, where values of so many characters are the longest.
fn needs_prefix(column: &ColumnDef, longest: u32) -> bool {
    let Some(native) = &column.native else { return false };
    let (name, length) = native.split_once('(').unwrap_or((native, ""));
    let short = || length.split_once(')').and_then(|(n, _)| n.parse::<u32>().ok()).is_some_and(|n| n <= longest);
    match column.ty {
        ColumnType::Text => !matches!(name, "enum" | "set") && !short(),
        ColumnType::Bytes => !short(),
        _ => false,
    }
}
