//! Names become ids: a [`LoadSpec`] and a graph give a [`LogicalPlan`]. Reports every mistake of the specification at
//! once. Decides nothing about strategies.

mod fields;
mod filters;
mod path;

use self::path::Path;
use super::{LoadNode, LogicalPlan, Ordering, Predicate};
use crate::error::{Error, Errors, Result, code};
use crate::filter::At;
use crate::graph::{Entity, Relationship, RelationshipGraph};
use crate::ids::{EntityId, LoadNodeId, RelationshipId};
use crate::spec::depth::MAX_DEPTH;
use crate::spec::{Field, LoadSpec, OrderTerm, Strategy};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::cmp::Ordering::{Equal, Greater, Less};

/// Problems told of one specification.
const MAX_LISTED: usize = 100;

/// Resolves every name of `spec`.
pub(crate) fn resolve(graph: &RelationshipGraph, spec: &LoadSpec) -> Result<LogicalPlan> {
    let mut resolver = Resolver {
        graph,
        plan: LogicalPlan { nodes: Vec::new(), constants: Vec::new(), notes: Vec::new(), at_once: false },
        problems: Vec::new(),
        // What is too deep is refused before its values matter.
        numbering: if spec.is_shallow() { spec.numbering() } else { Vec::new() }.into_iter(),
        predicates: FxHashMap::default(),
        path: Path::default(),
    };
    resolver.root(&spec.root);
    Errors::check(resolver.problems, resolver.plan)
}

struct Resolver<'a> {
    graph: &'a RelationshipGraph,
    plan: LogicalPlan,
    problems: Vec<Error>,
    /// The number of the first value of each condition, in the order in which they are met.
    numbering: std::vec::IntoIter<usize>,
    /// Resolved predicates of relationships, so that equal ones bind equal constants.
    predicates: FxHashMap<RelationshipId, Predicate>,
    path: Path,
}

impl<'a> Resolver<'a> {
    fn say(&mut self, error: Error, at: At) {
        let error = error.path(self.path.as_str()).span(at.0);
        self.push(error);
    }

    fn push(&mut self, error: Error) {
        match self.problems.len().cmp(&MAX_LISTED) {
            Less => self.problems.push(error),
            Equal => {
                let message = format!("there are more problems than these {MAX_LISTED}");
                self.problems.push(Error::input(error.code, message));
            }
            Greater => {}
        }
    }

    fn root(&mut self, field: &Field) {
        self.path.push(field.key());
        if field.strategy.is_some() || field.inner {
            let error = Error::input(code::MISPLACED, "a strategy on the root")
                .help("the root is always loaded by a statement of its own: put the directive on a relationship");
            self.say(error, field.at);
        }
        for (at, name) in
            [(field.recurse.as_ref().map(|r| r.at), "@recurse"), (field.link.as_ref().map(|l| l.at), "@link")]
        {
            if let Some(at) = at {
                let error = Error::input(code::MISPLACED, format!("`{name}` on the root, which is no relationship"));
                self.say(error, at);
            }
        }
        match self.graph.entity_id(&field.name) {
            Some(entity) => {
                self.node(field, None, entity, None);
            }
            None => self.say(self.graph.no_entity(&field.name), field.at),
        }
    }

    /// Resolves a root or relationship and all below it.
    fn node(
        &mut self,
        field: &Field,
        parent: Option<LoadNodeId>,
        entity: EntityId,
        relationship: Option<RelationshipId>,
    ) -> Option<LoadNodeId> {
        if self.path.len() > MAX_DEPTH {
            let message = format!("more than {} relationships within each other", MAX_DEPTH - 1);
            let error = Error::input(code::TOO_DEEP, message);
            let error = error.path(self.path.first(3)).span(field.at.0);
            self.push(error);
            return None;
        }
        let via = relationship.map(|id| self.graph.relationship(id));
        let to_many = via.is_none_or(Relationship::is_to_many);
        let id = LoadNodeId::new(self.plan.nodes.len());
        let strategy = via.map_or(Strategy::Selectin, |via| field.strategy.or(via.strategy).unwrap_or(Strategy::Auto));
        let (recursion, link) = (self.recursion(field, via), self.link(field, via));
        self.plan.nodes.push(LoadNode {
            id,
            parent,
            entity,
            relationship,
            path: self.path.as_str().to_owned(),
            strategy,
            auto: strategy == Strategy::Auto,
            loaded: strategy.is_eager() && parent.is_none_or(|p| self.plan.node(p).loaded),
            recursion,
            link,
            inner: field.inner,
            inner_join: false,
            filter: Predicate::TRUE,
            partial: field.arguments.limit.is_some() || field.arguments.offset.is_some_and(|o| o > 0),
            order: Vec::new(),
            link_order: Vec::new(),
            limit: field.arguments.limit,
            offset: field.arguments.offset.unwrap_or(0),
            to_many,
            output: Vec::new(),
            fetch: Vec::new(),
            children: SmallVec::new(),
            empty: false,
            derived: None,
            completes: false,
            links_alone: false,
            always_matches: false,
            derived_if_trusted: false,
        });
        let filter = self.arguments(&field.arguments, entity, to_many);
        let own = relationship.map_or(Predicate::TRUE, |id| self.relationship_predicate(id));
        let order = self.order(field, entity, via);
        let link_order = self.link_order(&order, id, via);
        let node = self.plan.node_mut(id);
        node.partial |= filter != Predicate::TRUE;
        node.filter = own.and(filter);
        node.order = order;
        node.link_order = link_order;
        self.note_unordered(id, via);
        self.fields(field, id, entity);
        Some(id)
    }

    /// The whole order: as asked, else as the relationship says, then the tie-break.
    fn order(&mut self, field: &Field, entity: EntityId, via: Option<&Relationship>) -> Vec<Ordering> {
        let definition = self.graph.entity(entity);
        let asked = &field.arguments.order;
        let terms = if asked.is_empty() { via.map_or(&[][..], |r| &r.order_by) } else { asked };
        let mut order: Vec<Ordering> = Vec::with_capacity(terms.len() + 1);
        // The rows of one parent are equal in the columns by which it finds them: these order nothing, and to ask for it
        // would make another question of the same one.
        let of_key = |column| via.is_some_and(|r| r.secondary.is_none() && r.target_key.contains(&column));
        for OrderTerm { column: name, descending, at } in terms {
            match definition.column_id(name) {
                Some(column) if of_key(column) => {}
                // A column that stands twice is decided by its first place.
                Some(column) if order.iter().any(|o| o.column == column) => {}
                Some(column) => order.push(Ordering { column, descending: *descending }),
                None => self.say(no_column(definition, name), *at),
            }
        }
        let unique = via.is_some_and(|r| r.finds_one(definition));
        if !unique {
            let descending = terms.last().is_some_and(|t| t.descending);
            tie_break(definition, descending, &mut order);
        }
        order
    }

    /// A target that is linked twice comes twice: what its links say needs an order too, the tie-break's.
    fn link_order(&self, order: &[Ordering], id: LoadNodeId, via: Option<&Relationship>) -> Vec<Ordering> {
        let mut ties = Vec::new();
        if let (Some(_), Some(secondary)) = (&self.plan.node(id).link, via.and_then(|via| via.secondary.as_ref())) {
            let descending = order.last().is_some_and(|o| o.descending);
            tie_break(self.graph.entity(secondary.entity), descending, &mut ties);
        }
        ties
    }

    /// Says which columns break no ties, where ties are broken by all columns.
    fn note_unordered(&mut self, id: LoadNodeId, via: Option<&Relationship>) {
        let node = self.plan.node(id);
        let rows = (!node.order.is_empty()).then_some(node.entity);
        let links =
            node.link.as_ref().and(via).and_then(|via| via.secondary.as_ref()).map(|secondary| secondary.entity);
        for entity in rows.into_iter().chain(links) {
            let entity = self.graph.entity(entity);
            if !entity.primary_key.is_empty() {
                continue;
            }
            let columns = entity.columns.values().filter(|column| !column.ordered);
            let names = columns.map(|column| format!("`{}.{}`", entity.name, column.name)).collect::<Vec<_>>();
            match names.len() {
                0 => {}
                1 => self.plan.note(id, format!("the type of {} has no order: it breaks no ties", names[0])),
                _ => self.plan.note(id, format!("the types of {} have no order: they break no ties", names.join(", "))),
            }
        }
    }
}

fn no_column(entity: &Entity, name: &str) -> Error {
    let message = format!("no column `{name}` on `{}`", entity.name);
    let error = Error::input(code::UNKNOWN_COLUMN, message).no_name(&entity.name, name);
    error.suggest(name, entity.columns.keys().map(String::as_str))
}

/// Adds the primary key, so that the order is total. Without one, adds all columns whose type has an order.
fn tie_break(entity: &Entity, descending: bool, order: &mut Vec<Ordering>) {
    let add = |order: &mut Vec<Ordering>, column| {
        if !order.iter().any(|o| o.column == column) {
            order.push(Ordering { column, descending });
        }
    };
    if entity.primary_key.is_empty() {
        entity.column_ids().filter(|c| entity.column(*c).ordered).for_each(|c| add(order, c));
    } else {
        entity.primary_key.iter().for_each(|c| add(order, *c));
    }
}
