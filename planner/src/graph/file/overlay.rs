//! A graph file over a database's catalog. The catalog is named first, by the contract; the file changes what it finds
//! under those names.

use super::build::{Problems, change, change_column, stated, whole_column};
use super::{EntityPart, GraphFile, RelationshipPart, compared};
use crate::error::{Error, Result, code};
use crate::graph::build::counterparts::not_counterparts;
use crate::graph::places::Location;
use crate::graph::{Catalog, ColumnDef, ColumnType, EntityDef, RelationshipGraph};
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

pub(super) fn over(file: &GraphFile, catalog: &Catalog) -> Result<RelationshipGraph> {
    let mut entities = RelationshipGraph::definitions(catalog);
    let database = entities.clone();
    let mut problems = Problems::new(&file.places, true);
    for part in &file.entities {
        let known = entities.iter().position(|entity| entity.name == part.name);
        let mut entity = match known {
            Some(known) => entities[known].clone(),
            None => EntityDef::new(&part.name),
        };
        let stays = known.is_some_and(|_| is_table(part, known, &entity, &entity, catalog));
        if !stays {
            match database.iter().find(|table| is_table(part, known, &entity, table, catalog)) {
                Some(table) => {
                    let (name, relationships) = (entity.name, entity.relationships);
                    entity = EntityDef { name, relationships, ..table.clone() };
                }
                None => {
                    no_table(part, &database, catalog, &mut problems);
                    // Only what the file says can be checked.
                    entity.columns.clear();
                }
            }
        }
        let missing = entity.columns.is_empty();
        change_columns(part, missing, &mut entity, &mut problems);
        // The schema is the table's own; it is named where that has to be.
        let schema = entity.schema.clone().filter(|_| !missing);
        change(part, &mut entity);
        if !missing {
            entity.schema = schema;
        }
        for (name, relationship) in &part.relationships {
            problems.change(part, name, relationship, &mut entity);
        }
        match known {
            Some(known) => entities[known] = entity,
            None => entities.push(entity),
        }
    }
    lead_back(file, &mut entities);
    compared::check(file, catalog, &database, &entities, &mut problems);
    Ok(stated(file, problems.and_build(entities, catalog)?))
}

/// Whether `table` is what the file maps the entity to. Where it names no table, the entity's own stays; where it names no
/// schema, that of an entity that is known, and for a new one any: the first that was read comes first.
fn is_table(part: &EntityPart, known: Option<usize>, entity: &EntityDef, table: &EntityDef, catalog: &Catalog) -> bool {
    let name = part.table.as_ref().unwrap_or(&entity.table);
    let schema_of = |schema: &'_ Option<String>| catalog.schema_name(schema.as_deref()).map(str::to_owned);
    let same_schema = match (&part.schema, known) {
        (Some(_), _) => schema_of(&part.schema) == schema_of(&table.schema),
        (None, Some(_)) => entity.schema == table.schema,
        (None, None) => true,
    };
    *name == table.table && same_schema
}

fn no_table(part: &EntityPart, database: &[EntityDef], catalog: &Catalog, problems: &mut Problems<'_>) {
    let location = Location::entity(&part.name);
    let name = part.table.as_ref().unwrap_or(&part.name);
    if let Some(schema) = &part.schema
        && !database.iter().any(|table| catalog.schema_name(table.schema.as_deref()) == Some(schema))
    {
        let error = Error::input(code::UNDEFINED, format!("no schema `{schema}` was read from the database"));
        let help = "read it too, with `--schema`; leave `schema` out; or plan without the database";
        return problems.add(&location, Some(schema), error.help(help));
    }
    let error = Error::input(code::UNDEFINED, format!("no table or view `{name}` in the database"));
    problems.add(&location, Some(name), error.suggest(name, database.iter().map(|table| table.table.as_str())));
}

/// Changes the columns of a table; of one that is `missing` the file's columns are all there is.
fn change_columns(part: &EntityPart, missing: bool, entity: &mut EntityDef, problems: &mut Problems<'_>) {
    for column in &part.columns {
        if missing {
            entity.columns.push(whole_column(part, column, problems));
        } else if let Some(known) = entity.columns.iter_mut().find(|known| known.name == column.name) {
            change_column(column, known);
        } else {
            let message = format!("no column `{}` in the table `{}` of the database", column.name, entity.table);
            let error = Error::input(code::UNDEFINED, message);
            let error = error.suggest(&column.name, entity.columns.iter().map(|known| known.name.as_str()));
            problems.add(&Location::entity(&part.name), Some(&column.name), error);
            // What else names it is not wrong for that.
            entity.columns.push(ColumnDef::new(&column.name, ColumnType::Other));
        }
    }
}

/// Lets the database's own relationships follow the file: one that the file names as a counterpart leads back to the
/// file's, and one whose counterpart does not lead back any more has none.
fn lead_back(file: &GraphFile, entities: &mut [EntityDef]) {
    let given = given(file);
    let is_given = |entity: &str, name: &str| given.contains(&(entity, name));
    for Way { from, name, to, back } in ways(entities).iter().filter(|way| is_given(&way.from, &way.name)) {
        if !is_given(to, back) {
            let target = entities.iter_mut().filter(|entity| entity.name == *to);
            for relationship in target.flat_map(|entity| &mut entity.relationships) {
                if relationship.name == *back && relationship.target == *from {
                    relationship.back_populates = Some(name.clone());
                }
            }
        }
    }
    part_ways(file, entities);
    let ways = ways(entities);
    for entity in entities {
        for relationship in entity.relationships.iter_mut().filter(|r| !is_given(&entity.name, &r.name)) {
            let Some(back) = relationship.back_populates.take() else { continue };
            let (from, name) = (relationship.target.clone(), back.clone());
            let there = Way { from, name, to: entity.name.clone(), back: relationship.name.clone() };
            relationship.back_populates = ways.contains(&there).then_some(back);
        }
    }
}

/// A relationship of the database whose columns or direction the file changes has a counterpart as long as that still is
/// the same seen from the other side.
fn part_ways(file: &GraphFile, entities: &mut [EntityDef]) {
    for part in &file.entities {
        for (name, change) in &part.relationships {
            let RelationshipPart::Given(given) = change else { continue };
            if given.names_its_counterpart() || !given.relates_anew() {
                continue;
            }
            let find = |entity: &str, name: &str| {
                let entity = entities.iter().find(|known| known.name == entity)?;
                entity.relationships.iter().find(|known| known.name == name)
            };
            let Some(this) = find(&part.name, name) else { continue };
            let back = this.back_populates.as_deref().and_then(|back| find(&this.target, back));
            if back.is_none_or(|back| not_counterparts(&part.name, this, back).is_none()) {
                continue;
            }
            for entity in entities.iter_mut().filter(|known| known.name == part.name) {
                entity.relationships.iter_mut().filter(|r| r.name == *name).for_each(|r| r.back_populates = None);
            }
        }
    }
}

/// The relationships of which the file says what leads back.
fn given(file: &GraphFile) -> FxHashSet<(&str, &str)> {
    let mut given = FxHashSet::default();
    for part in &file.entities {
        for (name, change) in &part.relationships {
            if matches!(change, RelationshipPart::Given(given) if given.names_its_counterpart()) {
                given.insert((part.name.as_str(), name.as_str()));
            }
        }
    }
    given
}

/// A relationship that names its counterpart.
#[derive(PartialEq, Eq, Hash)]
struct Way {
    from: String,
    name: String,
    to: String,
    back: String,
}

fn ways(entities: &[EntityDef]) -> IndexSet<Way, FxBuildHasher> {
    let mut ways = IndexSet::default();
    for entity in entities {
        for relationship in &entity.relationships {
            if let Some(back) = relationship.back_populates.clone() {
                let (from, name) = (entity.name.clone(), relationship.name.clone());
                ways.insert(Way { from, name, to: relationship.target.clone(), back });
            }
        }
    }
    ways
}
