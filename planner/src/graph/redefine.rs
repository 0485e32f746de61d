//! A checked graph becomes definitions again: what builds an equal graph.

use super::{
    ColumnDef, Entity, EntityDef, IndexDef, KeyColumns, Relationship, RelationshipDef, RelationshipGraph, SecondaryDef,
    UniqueDef,
};

impl RelationshipGraph {
    /// The definitions of which this graph could have been built.
    ///
    /// ```
    /// use eagerly_planner::graph::{ColumnDef, ColumnType, EntityDef, RelationshipGraph};
    ///
    /// let tag = EntityDef::new("tag").column(ColumnDef::new("id", ColumnType::Integer)).primary_key(["id"]);
    /// let graph = RelationshipGraph::builder().entity(tag.clone()).build()?;
    /// assert_eq!(graph.to_definitions(), [tag]);
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    #[must_use]
    pub fn to_definitions(&self) -> Vec<EntityDef> {
        self.entities().map(|(_, entity)| self.entity_definition(entity)).collect()
    }

    fn entity_definition(&self, entity: &Entity) -> EntityDef {
        let Entity {
            name,
            schema,
            table,
            view,
            columns,
            // Of the relationships that compare so.
            casts: _,
            primary_key,
            inexact_primary_key,
            row_id,
            indexes,
            unique_keys,
            // Counted, not defined.
            statistics: _,
            relationships,
        } = entity;
        let unique =
            |key: &super::UniqueKey| UniqueDef::new(names(entity, &key.columns), key.exact).searched(key.searched);
        let index = |index: &super::Index| {
            let [columns, descending] = [&index.columns, &index.descending].map(|columns| names(entity, columns));
            IndexDef::new(columns).descending(descending).order(index.order)
        };
        EntityDef {
            name: name.clone(),
            schema: schema.clone(),
            table: table.clone(),
            view: *view,
            columns: columns.values().map(ColumnDef::clone).collect(),
            primary_key: names(entity, primary_key),
            inexact_primary_key: *inexact_primary_key,
            row_id: row_id.clone(),
            indexes: indexes.as_ref().map(|all| all.iter().map(index).collect()),
            unique_keys: unique_keys.iter().map(unique).collect(),
            relationships: relationships
                .values()
                .map(|id| self.relationship_definition(self.relationship(*id)))
                .collect(),
        }
    }

    fn relationship_definition(&self, relationship: &Relationship) -> RelationshipDef {
        let Relationship {
            name,
            source,
            target,
            direction,
            source_key,
            target_key,
            secondary,
            casts,
            back_populates,
            viewonly,
            order_by,
            uselist,
            strategy,
            predicate,
            on_delete,
            trusted,
            compares_alike: _,
        } = relationship;
        let (source, target) = (self.entity(*source), self.entity(*target));
        let (pairs, secondary) = match secondary {
            None => (pairs((source, source_key), (target, target_key)), None),
            Some(through) => {
                let link = self.entity(through.entity);
                let target_pairs = pairs((target, target_key), (link, &through.target_columns));
                let target_casts = through.target_casts.clone();
                let secondary = SecondaryDef { entity: link.name.clone(), target_pairs, target_casts };
                (pairs((source, source_key), (link, &through.source_columns)), Some(secondary))
            }
        };
        RelationshipDef {
            name: name.clone(),
            target: target.name.clone(),
            direction: *direction,
            pairs,
            casts: casts.clone(),
            secondary,
            back_populates: back_populates.map(|back| self.relationship(back).name.clone()),
            viewonly: *viewonly,
            order_by: order_by.clone(),
            uselist: (*uselist != direction.is_to_many()).then_some(*uselist),
            strategy: *strategy,
            predicate: predicate.clone(),
            on_delete: *on_delete,
            trusted: *trusted,
        }
    }
}

fn names(entity: &Entity, columns: &KeyColumns) -> Vec<String> {
    columns.iter().map(|column| entity.column(entity.stored(*column)).name.clone()).collect()
}

fn pairs((left, of_left): (&Entity, &KeyColumns), (right, of_right): (&Entity, &KeyColumns)) -> Vec<(String, String)> {
    names(left, of_left).into_iter().zip(names(right, of_right)).collect()
}
