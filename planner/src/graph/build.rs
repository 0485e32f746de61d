//! Definitions become a checked graph. All mistakes are reported at once, each with its place and, where a name is
//! wrong, the nearest that is right. A mistake is told once, where it was made: what only follows from it (columns of
//! an entity that has none, the counterpart of a relationship that is wrong) is not.

pub(super) mod counterparts;
mod options;
mod problems;

use super::places::{Location, Places};
use super::{
    ColumnDef, Direction, Entity, EntityDef, Index, IndexDef, KeyColumns, Relationship, RelationshipDef,
    RelationshipGraph, Secondary, SecondaryDef, TableStatistics, UniqueKey, Unreadable,
};
use crate::error::{Error, Errors, Result, code};
use crate::ids::{EntityId, RelationshipId};
use counterparts::not_counterparts;
use indexmap::IndexMap;
use options::{check_name, check_options, check_order_and_predicate};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::IntoNodeReferences;
use problems::{Problems, ProblemsAt};
use rustc_hash::{FxHashMap, FxHashSet};

/// Collects definitions; [`build`](Self::build) checks them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphBuilder {
    entities: Vec<EntityDef>,
    places: Places,
    incomplete: FxHashSet<Location>,
    unreadable: Vec<Unreadable>,
}

impl GraphBuilder {
    /// Adds an entity.
    #[must_use]
    pub fn entity(mut self, entity: EntityDef) -> Self {
        self.entities.push(entity);
        self
    }

    /// Says which tables and views of the database are no entities, since they cannot be read: errors about names tell.
    #[must_use]
    pub(super) fn unreadable(mut self, unreadable: Vec<Unreadable>) -> Self {
        self.unreadable = unreadable;
        self
    }

    /// Says where in a text the definitions stand, for errors.
    #[cfg(feature = "toml")]
    #[must_use]
    pub(super) fn places(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    /// Says of which relationships the direction or the target is not known, which has been told: the names in them are
    /// checked all the same. A target that is not known is empty.
    #[cfg(feature = "toml")]
    #[must_use]
    pub(super) fn incomplete(mut self, incomplete: FxHashSet<Location>) -> Self {
        self.incomplete = incomplete;
        self
    }

    /// Checks every definition.
    ///
    /// # Errors
    /// All mistakes of all definitions, with codes `E0201` to `E0204`; `E0109` for a predicate nested too deeply.
    pub fn build(self) -> Result<RelationshipGraph> {
        let mut problems = Problems { found: Vec::new(), places: self.places, incomplete: self.incomplete };
        let (mut graph, defs) = nodes(&self.entities, &mut problems);
        graph.unreadable = self.unreadable;
        let mut definitions = Definitions::default();
        for (index, def) in defs.into_iter().enumerate() {
            for relationship in &def.relationships {
                let place = Location::relationship(&def.name, &relationship.name);
                definitions.add(&mut graph, EntityId::new(index), relationship, place, &mut problems);
            }
        }
        definitions.link_back(&mut graph, &mut problems);
        graph.identities = graph.graph.node_references().map(|(node, entity)| identity(node, entity)).collect();
        Errors::check(problems.found, graph)
    }
}

/// A graph of the entities alone, and their definitions by [`EntityId`]: of two with one name the first stands.
fn nodes<'a>(defs: &'a [EntityDef], problems: &mut Problems) -> (RelationshipGraph, Vec<&'a EntityDef>) {
    let mut kept = Vec::with_capacity(defs.len());
    let mut graph = DiGraph::with_capacity(defs.len(), defs.iter().map(|d| d.relationships.len()).sum());
    let mut by_name = IndexMap::default();
    for def in defs {
        let place = Location::entity(&def.name);
        let mut problems = problems.at(&place);
        if def.name.is_empty() {
            problems.say(code::INCOMPLETE, "an entity without a name", "name it");
        }
        let entity = entity(def, &mut problems);
        if by_name.contains_key(&def.name) {
            problems.say(
                code::DUPLICATE_NAME,
                format!("entity `{}` is defined twice", def.name),
                "rename one of them, its `table` can stay",
            );
            continue;
        }
        let node: NodeIndex = graph.add_node(entity);
        by_name.insert(def.name.clone(), EntityId::new(node.index()));
        kept.push(def);
    }
    (
        RelationshipGraph {
            graph,
            by_name,
            unreadable: Vec::new(),
            leaving: Vec::new(),
            identities: Vec::new(),
            trusted: false,
            taken_names: defs.iter().map(|def| def.table.to_lowercase()).collect(),
            hiding: FxHashSet::default(),
        },
        kept,
    )
}

/// The step from the rows of an entity to themselves.
fn identity(node: NodeIndex, entity: &Entity) -> Relationship {
    let id = EntityId::new(node.index());
    Relationship {
        name: String::new(),
        source: id,
        target: id,
        direction: Direction::ManyToOne,
        source_key: entity.primary_key.clone(),
        target_key: entity.primary_key.clone(),
        secondary: None,
        casts: Vec::new(),
        back_populates: None,
        viewonly: true,
        order_by: Vec::new(),
        uselist: false,
        strategy: None,
        predicate: None,
        on_delete: None,
        trusted: Some(false),
        compares_alike: true,
    }
}

fn entity(def: &EntityDef, problems: &mut ProblemsAt<'_>) -> Entity {
    let EntityDef {
        name,
        schema,
        table,
        view,
        columns,
        primary_key,
        inexact_primary_key,
        row_id,
        indexes,
        unique_keys,
        relationships,
    } = def;
    let mut entity = Entity {
        name: name.clone(),
        schema: schema.clone(),
        table: table.clone(),
        view: *view,
        columns: IndexMap::default(),
        casts: Vec::new(),
        primary_key: KeyColumns::new(),
        inexact_primary_key: *inexact_primary_key,
        row_id: row_id.clone(),
        indexes: None,
        unique_keys: Vec::new(),
        statistics: TableStatistics::default(),
        relationships: IndexMap::with_capacity_and_hasher(relationships.len(), Default::default()),
    };
    for column in columns {
        if entity.columns.insert(column.name.clone(), ColumnDef::clone(column)).is_some() {
            problems.say(
                code::DUPLICATE_NAME,
                format!("column `{}` is defined twice", column.name),
                "drop one of them",
            );
        }
    }
    if columns.is_empty() {
        let help = if problems.problems.places.is_empty() {
            "add its columns with `column`"
        } else {
            "list its columns: `columns = [{ name = \"…\", type = \"…\" }]`"
        };
        problems.say(code::INCOMPLETE, format!("entity `{name}` has no columns"), help);
    }
    let index = |index: &IndexDef, problems: &mut ProblemsAt<'_>| {
        let IndexDef { columns, descending, order } = index;
        let columns = problems.key(&entity, "an index", columns);
        let descending = problems.key(&entity, "an index", descending);
        if let Some(other) = descending.iter().find(|column| !columns.contains(column)) {
            let message =
                format!("an index that descends by `{}`, which is none of its columns", entity.column(*other).name);
            problems.say(code::INCONSISTENT, message, "list it among the columns too");
        }
        Index { columns, descending, order: *order }
    };
    let known = indexes.as_ref().map(|all| all.iter().map(|def| index(def, problems)).collect());
    entity.indexes = known;
    entity.primary_key = problems.key(&entity, "the primary key", primary_key);
    for key in unique_keys {
        let columns = problems.key(&entity, "a unique key", &key.columns);
        if key.columns.is_empty() {
            problems.say(code::INCOMPLETE, "a unique key without columns", "name its columns");
        }
        entity.unique_keys.push(UniqueKey { columns, exact: key.exact, searched: key.searched });
    }
    entity
}

/// A relationship as it was defined.
struct Defined<'a> {
    place: Location,
    source: EntityId,
    /// `None` if there is no such entity.
    target: Option<EntityId>,
    def: &'a RelationshipDef,
    /// `None` if it is wrong, which has been told.
    edge: Option<RelationshipId>,
}

/// All relationships, the wrong ones too.
#[derive(Default)]
struct Definitions<'a> {
    list: Vec<Defined<'a>>,
    /// Positions in the list. Of two relationships with one name the first stands.
    by_name: FxHashMap<(EntityId, &'a str), usize>,
}

impl<'a> Definitions<'a> {
    /// Checks a relationship, and adds its edge if it can stand in the graph.
    fn add(
        &mut self,
        graph: &mut RelationshipGraph,
        source: EntityId,
        def: &'a RelationshipDef,
        place: Location,
        problems: &mut Problems,
    ) {
        let mut here = problems.at(&place);
        check_name(graph.entity(source), def, &mut here);
        let twice = !def.name.is_empty() && self.by_name.contains_key(&(source, def.name.as_str()));
        if twice {
            let message = format!("relationship `{}` of `{}` is defined twice", def.name, graph.entity(source).name);
            here.say(code::DUPLICATE_NAME, message, "rename one of them");
        }
        let incomplete = here.is_incomplete();
        if !incomplete {
            check_options(def, &mut here);
        }
        let edge = edge(graph, source, def, &mut here).filter(|_| !incomplete);
        if twice || def.name.is_empty() {
            return;
        }
        let edge = edge.map(|mut edge| {
            graph.cast_keys(&mut edge);
            add_edge(graph, edge)
        });
        self.by_name.insert((source, &def.name), self.list.len());
        self.list.push(Defined { place, source, target: graph.entity_id(&def.target), def, edge });
    }

    /// Resolves `back_populates` and checks that both sides say the same.
    fn link_back(&self, graph: &mut RelationshipGraph, problems: &mut Problems) {
        for (index, Defined { place, source, target, def, edge }) in self.list.iter().enumerate() {
            let (Some(name), Some(target)) = (&def.back_populates, *target) else { continue };
            let mut problems = problems.at(place);
            let target_name = graph.entity(target).name.clone();
            let Some(back) = self.by_name.get(&(target, name.as_str())).copied() else {
                if !self.is_claimed(*source, def) {
                    let message = format!("no relationship `{name}` on `{target_name}` to populate back");
                    let error = Error::input(code::UNDEFINED, message);
                    problems.add_about(Some(name), error.suggest(name, self.names(target)));
                }
                continue;
            };
            let other = &self.list[back];
            let (Some(id), Some(back_id)) = (*edge, other.edge) else { continue };
            if id == back_id {
                let message = format!("`{name}` is its own counterpart");
                let error = Error::input(code::INCONSISTENT, message);
                let help = "back_populates names the relationship that leads back, which is another one; drop it";
                problems.add_about(Some(name), error.help(help));
                continue;
            }
            let mutual = other.target == Some(*source) && other.def.back_populates.as_ref() == Some(&def.name);
            match not_counterparts(&graph.entity(*source).name, def, other.def) {
                // Both sides contradict each other: told once.
                Some(_) if mutual && problems.problems.is_told_at(other, &self.list[index], back < index) => {}
                Some(why) => problems.say(
                    code::INCONSISTENT,
                    format!("`{target_name}.{name}` is not this relationship seen from the other side: {why}"),
                    "back_populates joins two relationships over the same columns, in opposite directions",
                ),
                None if mutual => graph.graph[EdgeIndex::new(id.index())].back_populates = Some(back_id),
                // What the other side names instead does not exist, and that is told there.
                None if self.is_dangling(other) => {}
                None => problems.say(
                    code::INCONSISTENT,
                    format!("`{target_name}.{name}` does not name `{}` back", def.name),
                    format!("name `{}` there with `back_populates`", def.name),
                ),
            }
        }
    }

    /// The names of an entity's relationships.
    fn names(&self, entity: EntityId) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter(move |d| d.source == entity).map(|d| d.def.name.as_str())
    }

    /// Whether the relationship that this one names exists, names this one back, and starts at another entity than
    /// this one leads to: the contradiction is told there.
    fn is_claimed(&self, source: EntityId, def: &RelationshipDef) -> bool {
        self.list.iter().any(|other| {
            other.target == Some(source)
                && def.back_populates.as_ref() == Some(&other.def.name)
                && other.def.back_populates.as_ref() == Some(&def.name)
        })
    }

    /// Whether a relationship names a counterpart that does not exist.
    fn is_dangling(&self, defined: &Defined<'_>) -> bool {
        match (&defined.def.back_populates, defined.target) {
            (Some(name), Some(target)) => !self.by_name.contains_key(&(target, name.as_str())),
            _ => false,
        }
    }
}

/// Checks what one relationship refers to; `None` if it cannot stand in the graph.
fn edge(
    graph: &RelationshipGraph,
    source_id: EntityId,
    def: &RelationshipDef,
    problems: &mut ProblemsAt<'_>,
) -> Option<Relationship> {
    let source = graph.entity(source_id);
    let before = problems.problems.found.len();
    let source_key = problems.columns(source, def.pairs.iter().map(|(s, _)| s));
    let target_id = match def.target.as_str() {
        "" if problems.is_incomplete() => None,
        target => known_entity(graph, target, problems),
    };
    if let Some(target) = target_id {
        check_order_and_predicate(graph.entity(target), def, problems);
    }
    let through_link = def.direction == Direction::ManyToMany;
    if through_link != def.secondary.is_some() {
        // Told by `check_options`: whose columns the pairs name cannot be said.
        return None;
    }
    if def.pairs.is_empty() {
        problems.say(
            code::INCOMPLETE,
            format!("nothing says which columns relate `{}` to {}", source.name, target_words(def)),
            "give the pairs of key columns with `on`",
        );
    }
    let (target_key, secondary) = match &def.secondary {
        Some(secondary) => {
            let link_id = known_entity(graph, &secondary.entity, problems);
            let target_key = target_id.map(|target| {
                let pairs = &secondary.target_pairs;
                problems.columns(graph.entity(target), pairs.iter().map(|(t, _)| t))
            });
            let link = link_id.map(|link| link_columns(graph, link, def, secondary, problems));
            (target_key, Some(link?))
        }
        None => {
            let target = target_id.map(|target| graph.entity(target));
            (target.map(|target| problems.columns(target, def.pairs.iter().map(|(_, t)| t))), None)
        }
    };
    let (target_id, target_key) = (target_id?, target_key?);
    let pairs = def.pairs.len();
    let target_pairs = def.secondary.as_ref().map_or(pairs, |s| s.target_pairs.len());
    let link_is_whole = |s: &Secondary| s.source_columns.len() == pairs && s.target_columns.len() == target_pairs;
    let whole = source_key.len() == pairs && target_key.len() == target_pairs;
    if !whole || !secondary.as_ref().is_none_or(link_is_whole) || problems.problems.found.len() > before {
        return None;
    }
    Some(Relationship {
        name: def.name.clone(),
        source: source_id,
        target: target_id,
        direction: def.direction,
        source_key,
        target_key,
        secondary,
        casts: def.casts.clone(),
        back_populates: None,
        viewonly: def.viewonly,
        order_by: def.order_by.clone(),
        uselist: def.is_list(),
        strategy: def.strategy,
        predicate: def.predicate.clone(),
        on_delete: def.on_delete,
        trusted: def.trusted,
        // As far as the casts let it.
        compares_alike: false,
    })
}

fn known_entity(graph: &RelationshipGraph, name: &str, problems: &mut ProblemsAt<'_>) -> Option<EntityId> {
    let id = graph.entity_id(name);
    if id.is_none() {
        problems.add_about(Some(name), Error { code: code::UNDEFINED, ..graph.no_entity(name) });
    }
    id
}

/// The target's name, which is empty where it is not known.
fn target_words(def: &RelationshipDef) -> String {
    if def.target.is_empty() { "its target".to_owned() } else { format!("`{}`", def.target) }
}

/// The columns of the association table.
fn link_columns(
    graph: &RelationshipGraph,
    link_id: EntityId,
    def: &RelationshipDef,
    secondary: &SecondaryDef,
    problems: &mut ProblemsAt<'_>,
) -> Secondary {
    let link = graph.entity(link_id);
    if secondary.target_pairs.is_empty() {
        problems.say(
            code::INCOMPLETE,
            format!("nothing says how `{}` reaches {}", link.name, target_words(def)),
            "give the pairs (column of the target, column of the association table)",
        );
    }
    let target_columns = problems.columns(link, secondary.target_pairs.iter().map(|(_, l)| l));
    let source_columns = problems.columns(link, def.pairs.iter().map(|(_, l)| l));
    Secondary { entity: link_id, source_columns, target_columns, target_casts: secondary.target_casts.clone() }
}

fn add_edge(graph: &mut RelationshipGraph, edge: Relationship) -> RelationshipId {
    let (source, target) = (NodeIndex::new(edge.source.index()), NodeIndex::new(edge.target.index()));
    let name = edge.name.clone();
    let id = RelationshipId::new(graph.graph.add_edge(source, target, edge).index());
    graph.graph[source].relationships.insert(name, id);
    id
}
