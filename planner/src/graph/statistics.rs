//! Statistics: how many rows a table has, how wide they are, and how many values its columns hold. Plain data, given by
//! the caller or read from a database's catalog, and part of the graph: a planner holds one graph, so that each of its
//! plans was made for the statistics that it holds, and the same ones give the same plan.
//!
//! What is not known is `None` and is never guessed; a database that never counted its rows has no statistics here.
//!
//! ```
//! use eagerly_planner::graph::{ColumnDef, ColumnType::*, EntityDef, RelationshipGraph, TableStatistics};
//!
//! let tag = EntityDef::new("tag").column(ColumnDef::new("id", Integer)).column(ColumnDef::new("name", Text));
//! let graph = RelationshipGraph::builder().entity(tag).build()?;
//! let graph = graph.with_statistics("tag", &TableStatistics::new().rows(50).column_width("name", 12))?;
//! let tag = graph.entity(graph.entity_id("tag").ok_or(eagerly_planner::error::Error::bug("no tag"))?);
//! assert_eq!(tag.statistics.rows, Some(50));
//! # Ok::<(), eagerly_planner::error::Errors>(())
//! ```

use super::{Catalog, ColumnDef, ColumnType, Entity, Relationship, RelationshipGraph};
use crate::error::{Error, Errors, Result, code};
use crate::ids::{ColumnId, EntityId};
use rustc_hash::FxHashMap;

/// What is known of the rows of a table: counts and average widths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableStatistics {
    /// Its rows.
    pub rows: Option<u64>,
    /// The bytes of a row, on average.
    pub row_width: Option<u64>,
    /// The bytes of a value of some columns, on average.
    pub column_widths: Vec<(String, u64)>,
    /// How many combinations of values some lists of columns hold.
    pub distinct: Vec<(Vec<String>, u64)>,
}

impl TableStatistics {
    /// Nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the number of rows.
    #[must_use]
    pub fn rows(mut self, rows: u64) -> Self {
        self.rows = Some(rows);
        self
    }

    /// Sets the bytes of a row.
    #[must_use]
    pub fn row_width(mut self, bytes: u64) -> Self {
        self.row_width = Some(bytes);
        self
    }

    /// Sets the bytes of a column's values.
    #[must_use]
    pub fn column_width(mut self, column: impl Into<String>, bytes: u64) -> Self {
        self.column_widths.push((column.into(), bytes));
        self
    }

    /// Sets how many combinations of values these columns hold.
    #[must_use]
    pub fn distinct<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>, count: u64) -> Self {
        self.distinct.push((columns.into_iter().map(Into::into).collect(), count));
        self
    }
}

/// The bytes of a value whose type has one width.
const fn fixed_width(column: &ColumnDef) -> Option<u64> {
    match column.ty {
        ColumnType::Boolean => Some(1),
        ColumnType::Integer | ColumnType::Float | ColumnType::Date | ColumnType::Time | ColumnType::Timestamp => {
            Some(8)
        }
        ColumnType::Uuid => Some(16),
        _ => None,
    }
}

impl Entity {
    /// The combinations of values that these columns hold, in any order; those of a key are its rows.
    #[must_use]
    pub fn distinct(&self, columns: &[ColumnId]) -> Option<u64> {
        let TableStatistics { rows, distinct, .. } = &self.statistics;
        if self.is_unique(columns) {
            return *rows;
        }
        let same = |names: &Vec<String>| {
            names.len() == columns.len() && columns.iter().all(|c| names.contains(&self.column(*c).name))
        };
        let count = distinct.iter().find(|(names, _)| same(names)).map(|(_, count)| *count)?;
        Some(rows.map_or(count, |rows| count.min(rows)))
    }

    /// The bytes of these columns of a row, on average. A column whose width is not known and whose type has none gets
    /// its share of what the row's width leaves.
    #[must_use]
    pub fn width(&self, columns: &[ColumnId]) -> Option<u64> {
        columns.iter().try_fold(0_u64, |sum, column| Some(sum.saturating_add(self.column_width(*column)?)))
    }

    /// The bytes of these columns of a row at least: of those whose width is known.
    #[must_use]
    pub fn least_width(&self, columns: &[ColumnId]) -> u64 {
        columns.iter().filter_map(|column| self.column_width(*column)).fold(0, u64::saturating_add)
    }

    fn column_width(&self, id: ColumnId) -> Option<u64> {
        let known = |id: ColumnId| {
            let column = self.column(id);
            let counted = self.statistics.column_widths.iter().find(|(name, _)| *name == column.name);
            counted.map(|(_, bytes)| *bytes).or_else(|| fixed_width(column))
        };
        known(id).or_else(|| {
            let open = self.column_ids().filter(|c| known(*c).is_none()).count() as u64;
            let taken = self.column_ids().filter_map(known).fold(0, u64::saturating_add);
            Some(self.statistics.row_width?.saturating_sub(taken).div_ceil(open.max(1)))
        })
    }
}

impl RelationshipGraph {
    /// The graph with other statistics of an entity's table, which all entities of that table share.
    ///
    /// # Errors
    /// An entity or columns that do not exist.
    pub fn with_statistics(mut self, entity: &str, statistics: &TableStatistics) -> Result<Self> {
        let Some(id) = self.entity_id(entity) else {
            let error = Error::input(code::UNDEFINED, format!("no entity `{entity}` to have statistics"));
            return Err(error.suggest(entity, self.by_name.keys().map(String::as_str)).into());
        };
        let known = self.entity(id);
        let named = statistics.column_widths.iter().map(|(name, _)| name);
        let named = named.chain(statistics.distinct.iter().flat_map(|(names, _)| names));
        let missing = named.filter(|name| known.column_id(name).is_none()).map(|name| {
            let error = Error::input(code::UNDEFINED, format!("no column `{name}` on `{entity}` to have statistics"));
            error.suggest(name, known.columns.keys().map(String::as_str))
        });
        Errors::check(missing.collect(), ())?;
        self.set_statistics(id, statistics);
        Ok(self)
    }

    /// Sets them for every entity of the table.
    fn set_statistics(&mut self, id: EntityId, statistics: &TableStatistics) {
        let (schema, table) = (self.entity(id).schema.clone(), self.entity(id).table.clone());
        for entity in self.graph.node_weights_mut().filter(|e| e.schema == schema && e.table == table) {
            entity.statistics = statistics.clone();
        }
    }

    /// The graph with what is given of an entity's table in place of what is known; the rest stays.
    #[cfg(feature = "toml")]
    pub(super) fn with_more_statistics(mut self, entity: &str, given: &TableStatistics) -> Self {
        let TableStatistics { rows, row_width, column_widths, distinct } = given;
        if let Some(id) = self.entity_id(entity).filter(|_| *given != TableStatistics::default()) {
            let mut known = self.entity(id).statistics.clone();
            known.rows = rows.or(known.rows);
            known.row_width = row_width.or(known.row_width);
            known.column_widths.retain(|(column, _)| !column_widths.iter().any(|(given, _)| given == column));
            known.column_widths.extend(column_widths.iter().cloned());
            known.distinct.retain(|(columns, _)| !distinct.iter().any(|(given, _)| given == columns));
            known.distinct.extend(distinct.iter().cloned());
            self.set_statistics(id, &known);
        }
        self
    }

    /// The graph with the statistics of a catalog's tables.
    pub(super) fn with_statistics_of(mut self, catalog: &Catalog) -> Self {
        let counted: FxHashMap<(Option<&str>, &str), &TableStatistics> =
            catalog.tables.iter().map(|t| ((t.schema.as_deref(), t.name.as_str()), &t.statistics)).collect();
        for entity in self.graph.node_weights_mut() {
            if let Some(statistics) = counted.get(&(entity.schema.as_deref(), entity.table.as_str())) {
                entity.statistics = TableStatistics::clone(statistics);
            }
        }
        self
    }

    /// How many pairs of rows stand in the relationship for so many rows of its source: rows of its target, once for each
    /// source row that leads to it. The relationship's own condition is not counted.
    #[must_use]
    pub fn related_rows(&self, relationship: &Relationship, sources: u64) -> Option<u64> {
        let (source, target) = (self.entity(relationship.source), self.entity(relationship.target));
        if relationship.finds_one(target) {
            return Some(sources);
        }
        let (found, by) = match &relationship.secondary {
            Some(secondary) => (self.entity(secondary.entity), &secondary.source_columns),
            None => (target, &relationship.target_key),
        };
        // Rows of the source that have any related row; where that is not known, all of them.
        let owners = found.distinct(by).or(source.statistics.rows)?;
        let pairs = u128::from(sources) * u128::from(found.statistics.rows?);
        Some(u64::try_from(pairs.div_ceil(u128::from(owners.max(1)))).unwrap_or(u64::MAX))
    }

    /// How many different rows of its target so many rows of its source lead to, at most.
    #[must_use]
    pub fn related_targets(&self, relationship: &Relationship, sources: u64) -> Option<u64> {
        let (source, target) = (self.entity(relationship.source), self.entity(relationship.target));
        let pairs = self.related_rows(relationship, sources);
        let referenced = match &relationship.secondary {
            Some(secondary) => self.entity(secondary.entity).distinct(&secondary.target_columns),
            None => source.distinct(&relationship.source_key).filter(|_| relationship.finds_one(target)),
        };
        let known = [referenced, target.statistics.rows].into_iter().flatten().min()?;
        Some(pairs.map_or(known, |pairs| pairs.min(known)))
    }
}

/// Whether statistics say that all rows of the source lead to at least half of the target's rows, so that reading the
/// whole target costs no more than twice of what is needed. False where that is not known.
#[must_use]
pub fn most_targets_are_needed(graph: &RelationshipGraph, relationship: &Relationship) -> bool {
    let rows = graph.entity(relationship.target).statistics.rows.filter(|rows| *rows > 0);
    let sources = graph.entity(relationship.source).statistics.rows;
    let referenced = match &relationship.secondary {
        Some(secondary) => graph.entity(secondary.entity).distinct(&secondary.target_columns),
        None => graph.entity(relationship.source).distinct(&relationship.source_key),
    };
    let needed = sources.zip(referenced).map(|(sources, referenced)| match relationship.secondary {
        Some(_) => referenced,
        None => referenced.min(sources),
    });
    rows.zip(needed).is_some_and(|(rows, needed)| needed.saturating_mul(2) >= rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{EntityDef, RelationshipDef};

    /// Posts with an author and tags; the rows of each table, and the distinct values of its keys, where they are given.
    fn graph(counted: &[(&str, TableStatistics)]) -> RelationshipGraph {
        let entity = |name: &str, columns: &[&str]| {
            let columns = columns.iter().map(|column| ColumnDef::new(*column, ColumnType::Integer));
            columns.fold(EntityDef::new(name), EntityDef::column).primary_key(["id"])
        };
        let author = entity("author", &["id"]);
        let author = author.relationship(RelationshipDef::one_to_many("posts", "post").on("id", "author_id"));
        let tags = RelationshipDef::many_to_many("tags", "tag");
        let post = entity("post", &["id", "author_id"])
            .relationship(RelationshipDef::many_to_one("author", "author").on("author_id", "id"))
            .relationship(tags.secondary("post_tag", [("id", "post_id")], [("id", "tag_id")]));
        let link = entity("post_tag", &["post_id", "tag_id", "id"]);
        let builder = RelationshipGraph::builder().entity(author).entity(post).entity(entity("tag", &["id"]));
        let graph = builder.entity(link).build().unwrap();
        counted.iter().fold(graph, |graph, (entity, counts)| graph.with_statistics(entity, counts).unwrap())
    }

    fn relationship<'g>(graph: &'g RelationshipGraph, entity: &str, name: &str) -> &'g Relationship {
        let entity = graph.entity_id(entity).unwrap();
        graph.relationship(graph.relationship_id(entity, name).unwrap())
    }

    fn rows(n: u64) -> TableStatistics {
        TableStatistics::new().rows(n)
    }

    #[test]
    fn related_rows_follow_the_fan_out() {
        let posts = rows(1_000).distinct(["author_id"], 40);
        let links = rows(3_000).distinct(["post_id"], 1_000).distinct(["tag_id"], 7);
        let graph = graph(&[("author", rows(50)), ("post", posts), ("tag", rows(10)), ("post_tag", links)]);
        let [author, posts, tags] = [("post", "author"), ("author", "posts"), ("post", "tags")]
            .map(|(entity, name)| relationship(&graph, entity, name));
        // 25 posts of each author who has any, 3 tags of each post.
        assert_eq!([10, 0].map(|n| graph.related_rows(posts, n)), [Some(250), Some(0)]);
        assert_eq!(graph.related_rows(tags, 10), Some(30));
        assert_eq!([10, 100].map(|n| graph.related_rows(author, n)), [Some(10), Some(100)]);
        // No more targets than rows lead to, than are referenced, than there are.
        assert_eq!([10, 100].map(|n| graph.related_targets(author, n)), [Some(10), Some(40)]);
        assert_eq!([1, 100].map(|n| graph.related_targets(tags, n)), [Some(3), Some(7)]);
        assert_eq!(graph.related_targets(posts, 100), Some(1_000));
        assert_eq!(graph.related_rows(posts, u64::MAX), Some(u64::MAX));
    }

    #[test]
    fn what_was_not_counted_is_not_known() {
        let graph = graph(&[("author", rows(50))]);
        let [author, posts] = [("post", "author"), ("author", "posts")].map(|(e, name)| relationship(&graph, e, name));
        assert_eq!(graph.related_rows(posts, 10), None);
        assert_eq!(graph.related_targets(author, 1_000), Some(50));
        assert!(!most_targets_are_needed(&graph, author));
    }

    #[test]
    fn most_targets_are_needed_from_half_of_them_on() {
        let needed = |authors: u64, posts: u64, referenced: u64| {
            let posts = rows(posts).distinct(["author_id"], referenced);
            let graph = graph(&[("author", rows(authors)), ("post", posts)]);
            most_targets_are_needed(&graph, relationship(&graph, "post", "author"))
        };
        assert!(needed(100, 1_000, 50));
        assert!(!needed(100, 1_000, 49));
        assert!(!needed(100, 20, 60), "no more than there are posts");
        assert!(!needed(0, 1_000, 50), "an empty table is one that nobody has counted");
    }
}
