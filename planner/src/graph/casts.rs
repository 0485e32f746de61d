//! Pairs of key columns that are compared as text: `cast = "text"`, for ids that are stored as another type.
//!
//! Each side that is no text becomes a column of its own, which the database computes from the one that is stored:
//! `CAST(id AS TEXT)`. It has a [`ColumnId`] behind those of the table's columns, so that keys, lists, joins and
//! conditions treat it like any other; no specification can name it, and it never comes out. It compares byte by byte. A
//! side that is text stays the column that it is, with its collation and its indexes; an enum is none.
//!
//! ```text
//! section.refs  on = { id = { column = "referenced_id", cast = "text" } }
//! section: id integer, name text, and "id as text"     section.refs: "id as text" = sref.referenced_id
//! ```
//!
//! No index serves a column that is cast, and no key makes it unique: SQLite prints different floats alike.

use super::{
    ColumnDef, ColumnType, Entity, KeyColumns, Relationship, RelationshipDef, RelationshipGraph, SecondaryDef,
};
use crate::ids::{ColumnId, EntityId};
use petgraph::graph::NodeIndex;

/// What both columns of a pair are cast to before they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cast {
    /// Text.
    Text,
}

impl Cast {
    /// Every cast, in the order of help texts.
    pub const ALL: [Self; 1] = [Self::Text];

    /// The name that is shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
        }
    }
}

/// A column that the database computes by a cast of another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CastColumn {
    /// The column of the table.
    of: ColumnId,
    /// What it is: its name is for people.
    def: ColumnDef,
}

/// The cast of a pair in a list that may be shorter than the pairs.
pub(super) fn cast_of(casts: &[Option<Cast>], pair: usize) -> Option<Cast> {
    casts.get(pair).copied().flatten()
}

impl RelationshipDef {
    /// Adds a pair of key columns, one of the source and one of the target, that are compared as text.
    ///
    /// ```
    /// use eagerly_planner::graph::{Cast, RelationshipDef};
    ///
    /// let refs = RelationshipDef::one_to_many("refs", "sref").on_as("id", "referenced_id", Cast::Text);
    /// assert_eq!(refs.casts, [Some(Cast::Text)]);
    /// ```
    #[must_use]
    pub fn on_as(mut self, source: impl Into<String>, target: impl Into<String>, cast: Cast) -> Self {
        self.casts.resize(self.pairs.len(), None);
        self.casts.push(Some(cast));
        self.on(source, target)
    }

    /// Compares every pair that was given as this type, those of the association table too.
    #[must_use]
    pub fn cast(mut self, cast: Cast) -> Self {
        self.cast_all(cast);
        self
    }

    pub(super) fn cast_all(&mut self, cast: Cast) {
        self.casts = vec![Some(cast); self.pairs.len()];
        if let Some(SecondaryDef { target_pairs, target_casts, .. }) = &mut self.secondary {
            *target_casts = vec![Some(cast); target_pairs.len()];
        }
    }
}

impl Entity {
    /// The columns that the database computes from those of the table, behind which their ids stand.
    pub(super) fn computed(&self, id: ColumnId) -> Option<&ColumnDef> {
        self.cast(id).map(|cast| &cast.def)
    }

    fn cast(&self, id: ColumnId) -> Option<&CastColumn> {
        id.index().checked_sub(self.columns.len()).and_then(|at| self.casts.get(at))
    }

    /// The column of the table that is cast, if the id is that of a cast.
    #[must_use]
    pub fn cast_from(&self, id: ColumnId) -> Option<ColumnId> {
        self.cast(id).map(|cast| cast.of)
    }

    /// The column of the table: that which is cast, or the column itself.
    #[must_use]
    pub fn stored(&self, id: ColumnId) -> ColumnId {
        self.cast_from(id).unwrap_or(id)
    }

    /// Columns by id, those that are cast too.
    pub(crate) fn column_count(&self) -> usize {
        self.columns.len() + self.casts.len()
    }

    /// The column as text: itself where it is text.
    fn as_text(&mut self, id: ColumnId) -> ColumnId {
        let column = self.column(id);
        if is_text(column) {
            return id;
        }
        if let Some(known) = self.casts.iter().position(|cast| cast.of == id) {
            return ColumnId::new(self.columns.len() + known);
        }
        let mut def = ColumnDef::new(format!("{} as text", column.name), ColumnType::Text).native("text");
        // Bytes that are no text, and types whose text nobody knows, can be NULL as text.
        def.nullable = column.nullable || matches!(column.ty, ColumnType::Bytes | ColumnType::Other);
        self.casts.push(CastColumn { of: id, def });
        ColumnId::new(self.column_count() - 1)
    }
}

/// Native types that are text as it stands, without a length.
const TEXTS: [&str; 13] = [
    "text",
    "character varying",
    "character",
    "varchar",
    "char",
    "bpchar",
    "citext",
    "tinytext",
    "mediumtext",
    "longtext",
    "nvarchar",
    "nchar",
    "clob",
];

/// Whether a column compares with text as it is: not an enum, which shows as text.
fn is_text(column: &ColumnDef) -> bool {
    let plain = |native: &str| {
        // A type of an extension can have its schema before it.
        let word = native.split('(').next().and_then(|name| name.rsplit('.').next()).unwrap_or(native).trim();
        TEXTS.iter().any(|text| text.eq_ignore_ascii_case(word))
    };
    column.ty == ColumnType::Text && column.native.as_deref().is_none_or(plain)
}

impl Relationship {
    /// Whether source and target key are of types that compare alike.
    pub(super) fn compares_alike_in(&self, graph: &RelationshipGraph) -> bool {
        let ty = |entity: EntityId, column: &ColumnId| graph.entity(entity).column(*column).ty;
        let mut pairs = self.source_key.iter().zip(&self.target_key);
        pairs.all(|(source, target)| ty(self.source, source).compares_like(ty(self.target, target)))
    }
}

impl RelationshipGraph {
    /// Lets a relationship compare by the columns that its casts need.
    pub(super) fn cast_keys(&mut self, relationship: &mut Relationship) {
        let Relationship { source, target, source_key, target_key, secondary, casts, .. } = relationship;
        match secondary {
            None => {
                self.cast_key(*source, source_key, casts);
                self.cast_key(*target, target_key, casts);
            }
            Some(link) => {
                self.cast_key(*source, source_key, casts);
                self.cast_key(link.entity, &mut link.source_columns, casts);
                self.cast_key(link.entity, &mut link.target_columns, &link.target_casts);
                self.cast_key(*target, target_key, &link.target_casts);
            }
        }
        relationship.compares_alike = relationship.compares_alike_in(self);
    }

    fn cast_key(&mut self, entity: EntityId, columns: &mut KeyColumns, casts: &[Option<Cast>]) {
        for (pair, column) in columns.iter_mut().enumerate() {
            match cast_of(casts, pair) {
                None => {}
                Some(Cast::Text) => *column = self.graph[NodeIndex::new(entity.index())].as_text(*column),
            }
        }
    }

    /// The collation of what is cast to text, which differs between databases.
    pub(crate) fn collates_casts_by(&self, collation: Option<&str>) -> bool {
        let mut casts = self.graph.node_weights().flat_map(|entity| &entity.casts);
        casts.all(|cast| cast.def.collation.as_deref() == collation)
    }

    /// Names the collation of what is cast to text.
    pub(crate) fn collate_casts(&mut self, collation: Option<&str>) {
        for cast in self.graph.node_weights_mut().flat_map(|entity| &mut entity.casts) {
            cast.def.collation = collation.map(str::to_owned);
        }
    }
}
