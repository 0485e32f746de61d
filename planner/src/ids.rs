//! Ids: `u32` newtypes that index arenas. `Debug` prints `batch#3`.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $label:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub struct $name(u32);

        impl $name {
            /// The id of the arena's element at `index`.
            ///
            /// Arenas here are bounded by the size of a schema or of a specification, far below `u32::MAX`.
            #[must_use]
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }

            /// The position in the arena.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($label, "#{}"), self.0)
            }
        }
    };
}

id!(
    /// An entity of a [`RelationshipGraph`](crate::graph::RelationshipGraph).
    EntityId, "entity"
);
id!(
    /// A column of one entity, by its position in the table.
    ColumnId, "column"
);
id!(
    /// A relationship of a [`RelationshipGraph`](crate::graph::RelationshipGraph).
    RelationshipId, "relationship"
);
id!(
    /// A position in a load specification: the root, or a relationship below it.
    LoadNodeId, "node"
);
id!(
    /// A batch of a [`BatchPlan`](crate::batch::BatchPlan).
    BatchId, "batch"
);
id!(
    /// A value of the specification that is bound when the plan runs.
    ParamId, "param"
);
