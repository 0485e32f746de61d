//! Definitions become a checked graph. All mistakes are reported at once, each with its place and, where a name is
//! wrong, the nearest that is right.

use super::{
    ColumnDef, Direction, Entity, EntityDef, KeyColumns, Relationship, RelationshipDef, RelationshipGraph, Secondary,
    UniqueKey,
};
use crate::error::{Code, Error, Errors, Result, code};
use crate::filter::{Comparison, Filter};
use crate::ids::{EntityId, RelationshipId};
use indexmap::IndexMap;
use petgraph::graph::{DiGraph, NodeIndex};

/// Collects definitions; [`build`](Self::build) checks them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphBuilder {
    entities: Vec<EntityDef>,
}

impl GraphBuilder {
    /// Adds an entity.
    #[must_use]
    pub fn entity(mut self, entity: EntityDef) -> Self {
        self.entities.push(entity);
        self
    }

    /// Checks every definition.
    ///
    /// # Errors
    /// All mistakes of all definitions, with codes `E0201` to `E0204`.
    pub fn build(self) -> Result<RelationshipGraph> {
        let mut problems = Problems::default();
        let mut graph = nodes(&self.entities, &mut problems);
        let mut definitions = Vec::new();
        for def in &self.entities {
            let Some(source) = graph.entity_id(&def.name) else { continue };
            for relationship in &def.relationships {
                let place = format!("{}.{}", def.name, relationship.name);
                if let Some(edge) = edge(&graph, source, relationship, &mut problems.at(&place)) {
                    add_edge(&mut graph, edge);
                    definitions.push((place, relationship));
                }
            }
        }
        link_back(&mut graph, &definitions, &mut problems);
        Errors::check(problems.found, graph)
    }
}

/// The mistakes found so far, and where we are.
#[derive(Default)]
struct Problems {
    found: Vec<Error>,
}

struct ProblemsAt<'a> {
    problems: &'a mut Problems,
    place: &'a str,
}

impl Problems {
    fn at<'a>(&'a mut self, place: &'a str) -> ProblemsAt<'a> {
        ProblemsAt { problems: self, place }
    }
}

impl ProblemsAt<'_> {
    fn add(&mut self, error: Error) {
        self.problems.found.push(error.path(self.place));
    }

    fn say(&mut self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.add(Error::input(code, message).help(help));
    }

    /// Resolves column names; those that do not exist are reported and left out.
    fn columns<'n>(&mut self, entity: &Entity, names: impl IntoIterator<Item = &'n String>) -> KeyColumns {
        names.into_iter().filter_map(|name| self.column(entity, name)).collect()
    }

    fn column(&mut self, entity: &Entity, name: &str) -> Option<crate::ids::ColumnId> {
        let id = entity.column_id(name);
        if id.is_none() {
            let message = format!("no column `{name}` on `{}`", entity.name);
            self.add(Error::input(code::UNDEFINED, message).suggest(name, entity.columns.keys().map(String::as_str)));
        }
        id
    }
}

/// A graph of the entities alone.
fn nodes(defs: &[EntityDef], problems: &mut Problems) -> RelationshipGraph {
    let mut graph = DiGraph::with_capacity(defs.len(), defs.iter().map(|d| d.relationships.len()).sum());
    let mut by_name = IndexMap::default();
    for def in defs {
        let mut problems = problems.at(&def.name);
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
    }
    RelationshipGraph { graph, by_name }
}

fn entity(def: &EntityDef, problems: &mut ProblemsAt<'_>) -> Entity {
    let EntityDef { name, schema, table, view, columns, primary_key, inexact_primary_key, unique_keys, relationships } =
        def;
    let mut entity = Entity {
        name: name.clone(),
        schema: schema.clone(),
        table: table.clone(),
        view: *view,
        columns: IndexMap::default(),
        primary_key: KeyColumns::new(),
        inexact_primary_key: *inexact_primary_key,
        unique_keys: Vec::new(),
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
        problems.say(code::INCOMPLETE, format!("entity `{name}` has no columns"), "add its columns with `column`");
    }
    entity.primary_key = problems.columns(&entity, primary_key);
    for key in unique_keys {
        let columns = problems.columns(&entity, &key.columns);
        if key.columns.is_empty() {
            problems.say(code::INCOMPLETE, "a unique key without columns", "name its columns");
        }
        entity.unique_keys.push(UniqueKey { columns, exact: key.exact });
    }
    entity
}

/// Checks one relationship; `None` if it cannot stand in the graph.
fn edge(
    graph: &RelationshipGraph,
    source_id: EntityId,
    def: &RelationshipDef,
    problems: &mut ProblemsAt<'_>,
) -> Option<Relationship> {
    let source = graph.entity(source_id);
    check_name(source, def, problems);
    check_options(def, problems);
    let Some(target_id) = graph.entity_id(&def.target) else {
        problems.add(Error { code: code::UNDEFINED, ..graph.no_entity(&def.target) });
        return None;
    };
    let target = graph.entity(target_id);
    let before = problems.problems.found.len();
    let source_key = problems.columns(source, def.pairs.iter().map(|(s, _)| s));
    let (target_key, secondary) = match (&def.secondary, def.direction) {
        (Some(secondary), Direction::ManyToMany) => {
            let Some(link_id) = graph.entity_id(&secondary.entity) else {
                problems.add(Error { code: code::UNDEFINED, ..graph.no_entity(&secondary.entity) });
                return None;
            };
            let link = graph.entity(link_id);
            if secondary.target_pairs.is_empty() {
                problems.say(
                    code::INCOMPLETE,
                    format!("nothing says how `{}` reaches `{}`", link.name, target.name),
                    "give the pairs (column of the target, column of the association table)",
                );
            }
            let target_key = problems.columns(target, secondary.target_pairs.iter().map(|(t, _)| t));
            let target_columns = problems.columns(link, secondary.target_pairs.iter().map(|(_, l)| l));
            let source_columns = problems.columns(link, def.pairs.iter().map(|(_, l)| l));
            (target_key, Some(Secondary { entity: link_id, source_columns, target_columns }))
        }
        _ => (problems.columns(target, def.pairs.iter().map(|(_, t)| t)), None),
    };
    if def.pairs.is_empty() {
        problems.say(
            code::INCOMPLETE,
            format!("nothing says which columns relate `{}` to `{}`", source.name, target.name),
            "give the pairs of key columns",
        );
    }
    check_order_and_predicate(target, def, problems);
    if problems.problems.found.len() > before {
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
        back_populates: None,
        viewonly: def.viewonly,
        order_by: def.order_by.clone(),
        uselist: def.uselist.unwrap_or(matches!(def.direction, Direction::OneToMany | Direction::ManyToMany)),
        strategy: def.strategy,
        predicate: def.predicate.clone(),
        on_delete: def.on_delete,
    })
}

fn check_name(source: &Entity, def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    if def.name.is_empty() {
        problems.say(code::INCOMPLETE, format!("a relationship of `{}` without a name", source.name), "name it");
    }
    if source.columns.contains_key(&def.name) {
        problems.say(
            code::DUPLICATE_NAME,
            format!("`{}` is a column of `{}` too", def.name, source.name),
            "rename the relationship: both would come out under one key",
        );
    }
    if source.relationships.contains_key(&def.name) {
        problems.say(
            code::DUPLICATE_NAME,
            format!("relationship `{}` of `{}` is defined twice", def.name, source.name),
            "rename one of them",
        );
    }
}

fn check_options(def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    match (&def.secondary, def.direction) {
        (None, Direction::ManyToMany) => {
            problems.say(code::INCOMPLETE, "a many-to-many without an association table", "name it with `secondary`");
        }
        (Some(secondary), direction) if direction != Direction::ManyToMany => problems.say(
            code::INCONSISTENT,
            format!("`{}` goes through `{}`, but is {}", def.name, secondary.entity, direction.name()),
            "make it many-to-many, or drop `secondary`",
        ),
        _ => {}
    }
    if def.direction == Direction::ManyToOne && def.uselist == Some(true) {
        problems.say(
            code::INCONSISTENT,
            "a many-to-one cannot be a list",
            "drop `uselist`, or define the relationship as one-to-many",
        );
    }
    if def.viewonly && def.on_delete.is_some() {
        problems.say(
            code::INCONSISTENT,
            "a viewonly relationship has no action on deletion",
            "drop `on_delete` or `viewonly`",
        );
    }
    let list = def.uselist.unwrap_or(matches!(def.direction, Direction::OneToMany | Direction::ManyToMany));
    if !def.order_by.is_empty() && !list {
        problems.say(code::INCONSISTENT, "an order on what is not a list", "drop `order_by`");
    }
}

fn check_order_and_predicate(target: &Entity, def: &RelationshipDef, problems: &mut ProblemsAt<'_>) {
    for term in &def.order_by {
        problems.column(target, &term.column);
    }
    if let Some(predicate) = &def.predicate {
        check_predicate(target, predicate, problems);
    }
}

/// A predicate is a condition on the target's own columns, with literal values.
fn check_predicate(target: &Entity, filter: &Filter, problems: &mut ProblemsAt<'_>) {
    match filter {
        Filter::And(all) | Filter::Or(all) => all.iter().for_each(|f| check_predicate(target, f, problems)),
        Filter::Not(inner) => check_predicate(target, inner, problems),
        Filter::Column { name, test, at: _ } => {
            problems.column(target, name);
            if has_variable(test) {
                problems.say(
                    code::INCONSISTENT,
                    format!("the predicate compares `{name}` with a variable"),
                    "a relationship's predicate is part of the graph: give it a value",
                );
            }
        }
        Filter::Relationship { name, .. } => problems.say(
            code::INCONSISTENT,
            format!("the predicate asks for the relationship `{name}`"),
            "a relationship's predicate can test columns of its target only",
        ),
    }
}

fn has_variable(test: &Comparison) -> bool {
    use crate::filter::{ListOperand, Operand};
    match test {
        Comparison::Compare(_, operand) => matches!(operand, Operand::Variable(_)),
        Comparison::In { list: ListOperand::Variable(_), .. } => true,
        Comparison::In { list: ListOperand::Values(values), .. } => {
            values.iter().any(|v| matches!(v, Operand::Variable(_)))
        }
        Comparison::IsNull(_) => false,
    }
}

fn add_edge(graph: &mut RelationshipGraph, edge: Relationship) {
    let (source, target) = (NodeIndex::new(edge.source.index()), NodeIndex::new(edge.target.index()));
    let name = edge.name.clone();
    let id = RelationshipId::new(graph.graph.add_edge(source, target, edge).index());
    graph.graph[source].relationships.insert(name, id);
}

/// Resolves `back_populates` and checks that both sides say the same.
fn link_back(graph: &mut RelationshipGraph, definitions: &[(String, &RelationshipDef)], problems: &mut Problems) {
    for (index, (place, def)) in definitions.iter().enumerate() {
        let Some(name) = &def.back_populates else { continue };
        let id = RelationshipId::new(index);
        let mut problems = problems.at(place);
        let this = graph.relationship(id);
        let target = graph.entity(this.target);
        let Some(back) = target.relationships.get(name).copied() else {
            let message = format!("no relationship `{name}` on `{}` to populate back", target.name);
            let known = target.relationships.keys().map(String::as_str);
            problems.add(Error::input(code::UNDEFINED, message).suggest(name, known));
            continue;
        };
        if let Some(why) = not_counterparts(graph, id, back) {
            problems.say(
                code::INCONSISTENT,
                format!("`{}.{name}` is not this relationship seen from the other side: {why}", target.name),
                "back_populates joins two relationships over the same columns, in opposite directions",
            );
        } else if definitions[back.index()].1.back_populates.as_deref() != Some(def.name.as_str()) {
            problems.say(
                code::INCONSISTENT,
                format!("`{}.{name}` does not name `{}` back", target.name, def.name),
                format!("add `back_populates(\"{}\")` there", def.name),
            );
        } else {
            let edge = petgraph::graph::EdgeIndex::new(index);
            graph.graph[edge].back_populates = Some(back);
        }
    }
}

/// Why two relationships are not one seen from both sides.
fn not_counterparts(graph: &RelationshipGraph, this: RelationshipId, back: RelationshipId) -> Option<&'static str> {
    let (this, back) = (graph.relationship(this), graph.relationship(back));
    let directions = match this.direction {
        Direction::ManyToOne => matches!(back.direction, Direction::OneToMany | Direction::OneToOne),
        Direction::OneToMany => back.direction == Direction::ManyToOne,
        Direction::OneToOne => matches!(back.direction, Direction::ManyToOne | Direction::OneToOne),
        Direction::ManyToMany => back.direction == Direction::ManyToMany,
    };
    let mirrored = match (&this.secondary, &back.secondary) {
        (Some(a), Some(b)) => {
            a.entity == b.entity
                && same_pairs(&a.source_columns, &this.source_key, &b.target_columns, &back.target_key)
                && same_pairs(&a.target_columns, &this.target_key, &b.source_columns, &back.source_key)
        }
        _ => same_pairs(&this.source_key, &this.target_key, &back.target_key, &back.source_key),
    };
    if back.target != this.source {
        Some("it leads to another entity")
    } else if !directions {
        Some("the directions do not fit")
    } else if !mirrored {
        Some("it uses other columns")
    } else {
        None
    }
}

/// Whether two lists of column pairs are equal as sets.
fn same_pairs(a_left: &KeyColumns, a_right: &KeyColumns, b_left: &KeyColumns, b_right: &KeyColumns) -> bool {
    let within = |l: &KeyColumns, r: &KeyColumns, ol: &KeyColumns, or: &KeyColumns| {
        l.iter().zip(r).all(|pair| ol.iter().zip(or).any(|other| pair == other))
    };
    a_left.len() == b_left.len() && within(a_left, a_right, b_left, b_right) && within(b_left, b_right, a_left, a_right)
}
