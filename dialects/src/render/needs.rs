//! What a query reads: every column that its SQL names, also within its keys, conditions and joins. A dialect says what
//! has to hold while such columns are read.

use super::Renderer;
use crate::flavor::{Flavor, Needs};
use eagerly_planner::batch::{Head, Join, KeyQuery, KeySource, Keys, Projection, Query, SortKey};
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::graph::{Entity, Locator, Relationship};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::Predicate;

impl<F: Flavor> Renderer<'_, F> {
    /// What has to hold while a query runs.
    pub(super) fn needs_of(&self, query: &Query) -> Needs {
        let mut reads = Reads { renderer: self, needs: Needs::default() };
        if self.flavor.says_settings() {
            reads.query(query);
        }
        reads.needs
    }

    /// Refuses keys that would be sent in a form which does not tell them apart.
    ///
    /// # Errors
    /// `E0302` with the column and the reason.
    pub(super) fn check_keys(&self, query: &Query) -> Result<()> {
        let Some(keys) = &query.head.keys else { return Ok(()) };
        if matches!(keys.source, KeySource::Subquery(_) | KeySource::Whole) {
            return Ok(());
        }
        for held in &keys.held_by {
            let entity = self.graph.entity(held.entity);
            for column in held.columns.iter().map(|id| entity.column(*id)) {
                if let Some(reason) = self.flavor.inexact(column) {
                    let message = format!("`{}.{}` is no key that can be sent: {reason}", entity.name, column.name);
                    let error = Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message);
                    return Err(error.help("a to-one is loaded without keys by `@joined`").into());
                }
            }
        }
        Ok(())
    }
}

struct Reads<'r, 'a, F> {
    renderer: &'r Renderer<'a, F>,
    needs: Needs,
}

impl<F: Flavor> Reads<'_, '_, F> {
    fn columns<'c>(&mut self, entity: &Entity, columns: impl IntoIterator<Item = &'c ColumnId>) {
        for id in columns {
            let column = entity.column(entity.stored(*id));
            self.needs |= self.renderer.flavor.needs(column);
            if entity.view || column.generated {
                self.needs |= self.renderer.flavor.needs_computed();
            }
        }
    }

    fn query(&mut self, query: &Query) {
        let Query { head, joins, columns, order } = query;
        self.head(head);
        for Join { parent: _, relationship, inner: _, filter } in joins {
            let relationship = self.renderer.graph.relationship(*relationship);
            self.relationship(relationship);
            self.predicate(self.renderer.graph.entity(relationship.target), filter);
        }
        let sorted = order.iter().map(|SortKey { column, descending: _ }| column);
        for projection in columns.iter().chain(sorted) {
            let renderer = self.renderer;
            match projection {
                Projection::Column(slot, id) => self.columns(renderer.entity(query, *slot), [id]),
                Projection::Link(slot, id) => {
                    if let Some(link) = renderer.link_entity(query, *slot) {
                        self.columns(link, [id]);
                    }
                }
                Projection::Ordinal => {}
            }
        }
    }

    fn head(&mut self, head: &Head) {
        let Head { entity, keys, filter, order, link_order, window, derived: _, needs, link_needs } = head;
        let entity = self.renderer.graph.entity(*entity);
        self.predicate(entity, filter);
        self.columns(entity, order.iter().map(|o| &o.column));
        self.columns(entity, needs);
        if let (Some(_), Some(Locator::PrimaryKey(columns))) = (window, entity.locator()) {
            self.columns(entity, columns);
        }
        let Some(keys) = keys else { return };
        self.keys(entity, keys);
        if let Some(link) = &keys.link {
            let link = self.renderer.graph.entity(link.entity);
            self.columns(link, link_order.iter().map(|o| &o.column));
            self.columns(link, link_needs);
        }
    }

    fn keys(&mut self, entity: &Entity, keys: &Keys) {
        let Keys { link, columns, form: _, source, held_by } = keys;
        let graph = self.renderer.graph;
        let compared = link.as_ref().map_or(entity, |link| graph.entity(link.entity));
        self.columns(compared, columns);
        for id in columns {
            self.within(compared, *id, compared.column(*id).collation.as_deref());
        }
        for held in held_by {
            self.columns(graph.entity(held.entity), &held.columns);
        }
        if let Some(link) = link {
            self.columns(entity, link.pairs.iter().map(|(column, _)| column));
            self.columns(graph.entity(link.entity), link.pairs.iter().map(|(_, column)| column));
        }
        match source {
            KeySource::List | KeySource::Whole => {}
            KeySource::Subquery(query) => {
                let KeyQuery { head, columns } = query.as_ref();
                self.columns(graph.entity(head.entity), columns);
                self.head(head);
            }
            KeySource::Closure(closure) => {
                self.needs.endless = true;
                self.columns(entity, &closure.follow);
            }
        }
    }

    fn relationship(&mut self, relationship: &Relationship) {
        let graph = self.renderer.graph;
        self.columns(graph.entity(relationship.source), &relationship.source_key);
        self.columns(graph.entity(relationship.target), &relationship.target_key);
        if let Some(secondary) = &relationship.secondary {
            let link = graph.entity(secondary.entity);
            self.columns(link, secondary.source_columns.iter().chain(&secondary.target_columns));
        }
    }

    fn predicate(&mut self, entity: &Entity, predicate: &Predicate) {
        match predicate {
            Predicate::Constant(_) => {}
            Predicate::And(parts) | Predicate::Or(parts) => parts.iter().for_each(|p| self.predicate(entity, p)),
            Predicate::Not(inner) => self.predicate(entity, inner),
            Predicate::Compare { column, op: _, value: _ }
            | Predicate::In { column, list: _, negated: _ }
            | Predicate::IsNull { column, negated: _ } => self.columns(entity, [column]),
            Predicate::Exists { relationship, filter, negated: _ } => {
                let relationship = self.renderer.graph.relationship(*relationship);
                self.relationship(relationship);
                self.exists(relationship);
                self.predicate(self.renderer.graph.entity(relationship.target), filter);
            }
        }
    }

    /// The keys of a row, as the subquery over its related rows compares them.
    fn exists(&mut self, relationship: &Relationship) {
        let graph = self.renderer.graph;
        let source = graph.entity(relationship.source);
        let (compared, columns) = match &relationship.secondary {
            Some(secondary) => (graph.entity(secondary.entity), &secondary.source_columns),
            None => (graph.entity(relationship.target), &relationship.target_key),
        };
        for (id, compared_id) in relationship.source_key.iter().zip(columns) {
            self.within(source, *id, compared.column(*compared_id).collation.as_deref());
        }
    }

    fn within(&mut self, entity: &Entity, id: ColumnId, collation: Option<&str>) {
        self.needs |= self.renderer.flavor.needs_within(entity.column(entity.stored(id)), collation);
    }
}
