//! A graph file alone: each of its definitions has to be whole.

use super::{ColumnPart, EntityPart, Given, GraphFile, Pairs, RelationshipPart};
use crate::error::{Error, Errors, Result, code, is_like};
use crate::graph::places::{Location, Places};
use crate::graph::{
    Catalog, ColumnDef, ColumnType, Direction, EntityDef, GraphBuilder, RelationshipDef, RelationshipGraph,
    SecondaryDef,
};
use rustc_hash::FxHashSet;

pub(super) fn alone(file: &GraphFile) -> Result<RelationshipGraph> {
    let mut problems = Problems::new(&file.places, false);
    let entities = file.entities.iter().map(|part| {
        let mut entity = EntityDef::new(&part.name);
        entity.columns = part.columns.iter().map(|column| whole_column(part, column, &mut problems)).collect();
        change(part, &mut entity);
        for (name, relationship) in &part.relationships {
            problems.change(part, name, relationship, &mut entity);
        }
        entity
    });
    let entities: Vec<EntityDef> = entities.collect();
    Ok(stated(file, problems.and_build(entities, &Catalog::default())?))
}

/// The graph with what the file says of the rows of its tables, and of its keys as a whole.
pub(super) fn stated(file: &GraphFile, graph: RelationshipGraph) -> RelationshipGraph {
    let graph = if file.trusted { graph.with_trusted_keys() } else { graph };
    file.entities.iter().fold(graph, |graph, part| graph.with_more_statistics(&part.name, &part.statistics))
}

/// What was found before the graph is checked as a whole.
pub(super) struct Problems<'f> {
    places: &'f Places,
    found: Vec<Error>,
    /// Whether there are definitions that the file can change.
    over_database: bool,
    /// Relationships of which something is not known that the checks of a graph need.
    incomplete: FxHashSet<Location>,
}

impl<'f> Problems<'f> {
    pub(super) fn new(places: &'f Places, over_database: bool) -> Self {
        Self { places, over_database, found: Vec::new(), incomplete: FxHashSet::default() }
    }

    /// Adds an error about a name at a definition.
    pub(super) fn add(&mut self, location: &Location, name: Option<&str>, error: Error) {
        self.found.push(error.path(location.path()).span(self.places.find(location, name)));
    }

    /// The checked graph, or its problems behind those that were found already.
    pub(super) fn and_build(mut self, entities: Vec<EntityDef>, catalog: &Catalog) -> Result<RelationshipGraph> {
        let builder = RelationshipGraph::builder().unreadable(catalog.unreadable.clone());
        let builder = entities.into_iter().fold(builder, GraphBuilder::entity);
        let built = match builder.places(self.places.clone()).incomplete(std::mem::take(&mut self.incomplete)).build() {
            Ok(graph) => Some(graph.of_catalog(catalog)),
            Err(errors) => {
                // A table that the database does not have has no columns either.
                let follows = |error: &Error, found: &[Error]| {
                    let missing = |known: &Error| known.code == code::UNDEFINED && known.at.path == error.at.path;
                    error.code == code::INCOMPLETE && found.iter().any(missing)
                };
                let new: Vec<Error> = errors.into_iter().filter(|error| !follows(error, &self.found)).collect();
                self.found.extend(new);
                None
            }
        };
        // As they stand in the text; those without a place come last.
        self.found.sort_by_key(|error| error.at.span.map_or(u32::MAX, |span| span.start));
        Errors::check(self.found, ())?;
        built.ok_or_else(|| Error::bug("a graph was refused without a problem").into())
    }

    /// Changes, adds or drops one relationship of an entity.
    pub(super) fn change(&mut self, part: &EntityPart, name: &str, change: &RelationshipPart, entity: &mut EntityDef) {
        let location = Location::relationship(&part.name, name);
        let known = entity.relationships.iter().position(|r| r.name == name);
        match (change, known) {
            (RelationshipPart::Dropped, Some(known)) => {
                entity.relationships.remove(known);
            }
            (RelationshipPart::Dropped, None) => {
                let error =
                    Error::input(code::UNDEFINED, format!("no relationship `{name}` on `{}` to drop", part.name));
                let all = entity.relationships.iter().map(|r| r.name.as_str());
                self.add(&location, None, error.suggest(name, all));
            }
            (RelationshipPart::Given(given), Some(known)) if given.target.is_none() => {
                options(given, &mut entity.relationships[known]);
                self.check_secondary(&location, given, &entity.relationships[known]);
            }
            (RelationshipPart::Given(given), None) if self.over_database && is_change(given, name, entity) => {
                let message = format!("no relationship `{name}` on `{}` to change", part.name);
                let error = Error::input(code::UNDEFINED, message);
                let all = entity.relationships.iter().map(|r| r.name.as_str());
                self.add(&location, None, error.suggest(name, all));
            }
            (RelationshipPart::Given(given), known) => {
                let def = self.whole(&location, name, given);
                self.check_secondary(&location, given, &def);
                match known {
                    Some(known) => entity.relationships[known] = def,
                    None => entity.relationships.push(def),
                }
            }
        }
    }

    /// A relationship of which nothing else is known. What it lacks is told; the rest of it is checked all the same, and
    /// what names it as a counterpart is not wrong for that.
    fn whole(&mut self, location: &Location, name: &str, given: &Given) -> RelationshipDef {
        let direction = given.direction.or(given.secondary.is_some().then_some(Direction::ManyToMany));
        let mut missing = |what: &str, help: &str| {
            let error = Error::input(code::INCOMPLETE, format!("a relationship without a {what}"));
            self.add(location, None, error.help(help));
        };
        if given.target.is_none() {
            missing("target", "name the entity it leads to with `target`");
        }
        if direction.is_none() {
            missing("direction", "give `direction`, \"many-to-one\" or \"one-to-many\" for example");
        }
        if given.target.is_none() || direction.is_none() {
            self.incomplete.insert(location.clone());
        }
        let (direction, target) = (direction.unwrap_or(Direction::OneToMany), given.target.clone().unwrap_or_default());
        let mut def = RelationshipDef::new(direction, name, target);
        options(given, &mut def);
        def
    }

    fn check_secondary(&mut self, location: &Location, given: &Given, def: &RelationshipDef) {
        if given.target_pairs.is_some() && def.secondary.is_none() {
            let error = Error::input(code::INCONSISTENT, "`target_on` without an association table");
            self.add(location, None, error.help("name the association table with `secondary`, or drop `target_on`"));
        }
    }
}

/// Whether what the file says of a relationship that is not there is meant to change one: it defines none, or its name is
/// nearly that of one that is there.
fn is_change(given: &Given, name: &str, entity: &EntityDef) -> bool {
    let near = || entity.relationships.iter().any(|known| is_like(name, &known.name));
    let changes = !given.defines() || given.direction.is_none() && near();
    given.target.is_none() && changes
}

/// Sets what the file gives of an entity; its columns and relationships aside.
pub(super) fn change(part: &EntityPart, entity: &mut EntityDef) {
    let EntityPart {
        name: _,
        schema,
        table,
        view,
        columns: _,
        primary_key,
        inexact_primary_key,
        row_id,
        indexes,
        unique_keys,
        statistics: _,
        relationships: _,
    } = part;
    set(&mut entity.table, table);
    set(&mut entity.view, view);
    set(&mut entity.primary_key, primary_key);
    set(&mut entity.inexact_primary_key, inexact_primary_key);
    set(&mut entity.unique_keys, unique_keys);
    set_some(&mut entity.schema, schema);
    set_some(&mut entity.row_id, row_id);
    set_some(&mut entity.indexes, indexes);
}

/// Sets what the file gives of a column.
pub(super) fn change_column(part: &ColumnPart, column: &mut ColumnDef) {
    let ColumnPart { name: _, ty, native, nullable, collation, generated, ordered, composite, settings } = part;
    set(&mut column.ty, ty);
    set_some(&mut column.native, native);
    set(&mut column.nullable, nullable);
    set(&mut column.generated, generated);
    set(&mut column.ordered, ordered);
    set(&mut column.composite, composite);
    set_some(&mut column.settings, settings);
    set_some(&mut column.collation, collation);
}

/// A column of which nothing else is known.
pub(super) fn whole_column(entity: &EntityPart, part: &ColumnPart, problems: &mut Problems<'_>) -> ColumnDef {
    let mut column = ColumnDef::new(&part.name, ColumnType::Other);
    change_column(part, &mut column);
    if part.ty.is_none() {
        let error = Error::input(code::INCOMPLETE, format!("column `{}` has no type", part.name));
        let error = error.help("give its `type`, \"integer\" for example");
        problems.add(&Location::entity(&entity.name), Some(&part.name), error);
    }
    column
}

/// Sets what the file gives of a relationship.
fn options(given: &Given, def: &mut RelationshipDef) {
    let Given {
        target,
        direction,
        pairs,
        secondary,
        target_pairs,
        cast,
        back_populates,
        viewonly,
        order_by,
        uselist,
        strategy,
        predicate,
        on_delete,
        trusted,
    } = given;
    set(&mut def.target, target);
    set(&mut def.direction, direction);
    if let Some(Pairs { columns, casts }) = pairs {
        def.pairs.clone_from(columns);
        def.casts.clone_from(casts);
    }
    if let Some(entity) = secondary {
        let known = def.secondary.take();
        let (target_pairs, target_casts) =
            known.map(|known| (known.target_pairs, known.target_casts)).unwrap_or_default();
        def.secondary = Some(SecondaryDef { entity: entity.clone(), target_pairs, target_casts });
    }
    if let (Some(known), Some(Pairs { columns, casts })) = (&mut def.secondary, target_pairs) {
        known.target_pairs.clone_from(columns);
        known.target_casts.clone_from(casts);
    }
    if let Some(cast) = cast {
        def.cast_all(*cast);
    }
    set_some(&mut def.back_populates, back_populates);
    set(&mut def.viewonly, viewonly);
    set(&mut def.order_by, order_by);
    set_some(&mut def.uselist, uselist);
    set_some(&mut def.strategy, strategy);
    set_some(&mut def.predicate, predicate);
    set_some(&mut def.on_delete, on_delete);
    set_some(&mut def.trusted, trusted);
}

fn set<T: Clone>(to: &mut T, given: &Option<T>) {
    if let Some(given) = given {
        to.clone_from(given);
    }
}

fn set_some<T: Clone>(to: &mut Option<T>, given: &Option<T>) {
    if given.is_some() {
        to.clone_from(given);
    }
}
