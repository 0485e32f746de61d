//! What petgraph answers about a relationship graph: paths, cycles, an order of the entities.

use super::{Direction, Entity, Relationship, RelationshipGraph, Unreadable};
use crate::error::{Error, Errors, Result, code};
use crate::ids::{EntityId, RelationshipId};
use petgraph::algo::{astar, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

impl RelationshipGraph {
    /// Resolves `entity.relationship.relationship…` to the relationships along the way.
    ///
    /// # Errors
    /// The first name that does not exist, with the nearest one that does.
    pub fn resolve_path(&self, path: &str) -> Result<Vec<RelationshipId>> {
        let mut names = path.split('.');
        let root = names.next().unwrap_or_default();
        let mut at = self.entity_id(root).ok_or_else(|| Errors::from(self.no_entity(root)))?;
        names
            .map(|name| {
                let id = self.relationship_id(at, name).ok_or_else(|| self.no_relationship(at, name).path(path))?;
                at = self.relationship(id).target;
                Ok(id)
            })
            .collect()
    }

    /// The error for an entity that does not exist.
    #[must_use]
    pub fn no_entity(&self, name: &str) -> Error {
        let error = Error::input(code::UNKNOWN_ENTITY, format!("no entity `{name}`"));
        if let Some(table) = self.unreadable.iter().find(|table| table.name == name) {
            let Unreadable { view: _, name: _, why, help } = table;
            let help = help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            return error.help(format!("the {} of that name cannot be read: {why}{help}", table.kind()));
        }
        if self.by_name.is_empty() {
            return error.help("there are no entities: the database has no tables");
        }
        error.suggest(name, self.by_name.keys().map(String::as_str))
    }

    /// The fewest relationships that lead from one entity to another; `None` if no path does, an empty one if both
    /// are one.
    #[must_use]
    pub fn shortest_path(&self, from: EntityId, to: EntityId) -> Option<Vec<RelationshipId>> {
        let goal = NodeIndex::new(to.index());
        let (_, nodes) = astar(&self.graph, NodeIndex::new(from.index()), |n| n == goal, |_| 1_u32, |_| 0)?;
        nodes.windows(2).map(|w| self.graph.find_edge(w[0], w[1]).map(|e| RelationshipId::new(e.index()))).collect()
    }

    /// Groups of entities whose foreign keys form a cycle, self-references included; members in the order of their
    /// definition.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<EntityId>> {
        let keys = EdgeFiltered::from_fn(&self.graph, |e| e.weight().direction == Direction::ManyToOne);
        let mut cycles: Vec<Vec<EntityId>> = tarjan_scc(&keys)
            .into_iter()
            .filter(|group| group.len() > 1 || self.refers_to_itself(group[0]))
            .map(|mut group| {
                group.sort();
                group.into_iter().map(|n| EntityId::new(n.index())).collect()
            })
            .collect();
        cycles.sort();
        cycles
    }

    fn refers_to_itself(&self, node: NodeIndex) -> bool {
        self.graph.edges(node).any(|e| e.target() == node && e.weight().direction == Direction::ManyToOne)
    }

    /// All entities, each behind those its foreign keys point at; within a cycle in the order of their definition.
    /// Rows inserted in this order find their parents.
    #[must_use]
    pub fn dependency_order(&self) -> Vec<EntityId> {
        // Tarjan's components come in reverse topological order: what an edge points at comes first.
        let keys: EdgeFiltered<&DiGraph<Entity, Relationship>, _> =
            EdgeFiltered::from_fn(&self.graph, |e| e.weight().direction == Direction::ManyToOne);
        let mut order = Vec::with_capacity(self.graph.node_count());
        for mut group in tarjan_scc(&keys) {
            group.sort();
            order.extend(group.into_iter().map(|n| EntityId::new(n.index())));
        }
        order
    }
}
