//! Whether the database can compare the columns that the relationships of a graph file relate. What it cannot compare is
//! told where the file says it, before anything is asked.

use super::GraphFile;
use super::build::Problems;
use crate::error::{Error, code};
use crate::graph::casts::cast_of;
use crate::graph::places::Location;
use crate::graph::{Cast, Catalog, ColumnDef, EntityDef, RelationshipDef};

/// Reports the pairs of all relationships that the catalog alone does not have.
pub(super) fn check(
    file: &GraphFile,
    catalog: &Catalog,
    database: &[EntityDef],
    entities: &[EntityDef],
    problems: &mut Problems<'_>,
) {
    let named = file.entities.iter().map(|part| part.name.as_str());
    let check = Check { catalog, database, entities, named: named.collect() };
    for entity in entities {
        for relationship in entity.relationships.iter().filter(|r| !check.is_the_databases(entity, r)) {
            let location = Location::relationship(&entity.name, &relationship.name);
            for (name, error) in check.relationship(entity, relationship) {
                problems.add(&location, Some(&name), error);
            }
        }
    }
}

struct Check<'a> {
    catalog: &'a Catalog,
    database: &'a [EntityDef],
    entities: &'a [EntityDef],
    /// The entities of the file.
    named: Vec<&'a str>,
}

/// An entity and one of its columns.
type Side<'a> = (&'a EntityDef, &'a str);

impl Check<'_> {
    /// Whether it stands as the database's foreign key has it, between tables that the file does not change.
    fn is_the_databases(&self, entity: &EntityDef, relationship: &RelationshipDef) -> bool {
        let link = relationship.secondary.as_ref().map(|secondary| secondary.entity.as_str());
        let stays = |name: &str| !self.named.contains(&name) || find(self.database, name) == find(self.entities, name);
        let known = find(self.database, &entity.name)
            .and_then(|known| known.relationships.iter().find(|known| known.name == relationship.name));
        let same = |known: &RelationshipDef| {
            known.pairs == relationship.pairs
                && known.secondary == relationship.secondary
                && known.target == relationship.target
        };
        known.is_some_and(same)
            && [Some(&*entity.name), Some(&*relationship.target), link].into_iter().flatten().all(stays)
    }

    /// What cannot be compared, each with the name in the file that it is told at.
    fn relationship(&self, entity: &EntityDef, relationship: &RelationshipDef) -> Vec<(String, Error)> {
        let Some(target) = find(self.entities, &relationship.target) else { return Vec::new() };
        let RelationshipDef { pairs, casts, secondary, .. } = relationship;
        let Some(secondary) = secondary else {
            return self.pairs(pairs, casts, |(own, there)| ((target, there), (entity, own)));
        };
        let Some(link) = find(self.entities, &secondary.entity) else { return Vec::new() };
        let mut found = self.pairs(pairs, casts, |(own, there)| ((link, there), (entity, own)));
        let (pairs, casts) = (&secondary.target_pairs, &secondary.target_casts);
        found.extend(self.pairs(pairs, casts, |(of_target, of_link)| ((target, of_target), (link, of_link))));
        found
    }

    /// The pairs that are not cast, as (compared, key).
    fn pairs<'p>(
        &self,
        pairs: &'p [(String, String)],
        casts: &[Option<Cast>],
        sides: impl Fn((&'p str, &'p str)) -> (Side<'p>, Side<'p>),
    ) -> Vec<(String, Error)> {
        let uncast = pairs.iter().enumerate().filter(|(at, _)| cast_of(casts, *at).is_none());
        let told = uncast.filter_map(|(_, (left, right))| {
            let (compared, key) = sides((left, right));
            let (of_compared, of_key) = (self.column(compared)?, self.column(key)?);
            if self.catalog.comparisons.allow(of_compared, of_key) {
                return None;
            }
            let said = |(entity, column): Side<'_>, def: &ColumnDef| {
                let ty = def.native.as_deref().unwrap_or_else(|| def.ty.name());
                format!("`{}.{column}` is {ty}", entity.name)
            };
            let message =
                format!("{} and {}: the database cannot compare them", said(key, of_key), said(compared, of_compared));
            let help = format!(
                "relate columns of types that compare, or compare both as text: \
                 `{{ {left} = {{ column = \"{right}\", cast = \"text\" }} }}`"
            );
            Some((right.clone(), Error::input(code::INCONSISTENT, message).help(help)))
        });
        told.collect()
    }

    /// The column as the database has it, whatever type the file gives it.
    fn column(&self, (entity, name): Side<'_>) -> Option<&ColumnDef> {
        let schema = |entity: &EntityDef| self.catalog.schema_name(entity.schema.as_deref()).map(str::to_owned);
        let is_its = |table: &&EntityDef| table.table == entity.table && schema(table) == schema(entity);
        let table = self.database.iter().find(is_its)?;
        table.columns.iter().find(|column| column.name == name)
    }
}

fn find<'e>(entities: &'e [EntityDef], name: &str) -> Option<&'e EntityDef> {
    entities.iter().find(|entity| entity.name == name)
}
