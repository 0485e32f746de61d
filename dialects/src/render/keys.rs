//! How rows are found by keys: a list that is bound, the parent's question asked again, or a list with all that is
//! reached from it.

use super::window::{is_derived, is_derived_root};
use super::{HiddenNames, Renderer, column, cross_join, literal, name, named, tuple};
use crate::flavor::{Flavor, KeyPart, subquery};
use crate::fragments;
use eagerly_planner::batch::{Closure, KeyForm, KeyQuery, KeySource, Keys, Link};
use eagerly_planner::error::Result;
use eagerly_planner::graph::{Entity, RelationshipGraph};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::Predicate;
use sea_query::{CommonTableExpression, Cond, Expr, ExprTrait, JoinType, SelectStatement, UnionType, WithClause};

impl<F: Flavor> Renderer<'_, F> {
    /// The head's rows by their keys: FROM, and in the `IN` form WHERE.
    pub(super) fn keys(
        &mut self,
        select: &mut SelectStatement,
        entity: &Entity,
        keys: &Keys,
        filter: &Predicate,
    ) -> Result<()> {
        let Keys { link, columns, form, source: _, held_by: _ } = keys;
        match form {
            KeyForm::In => {
                let (compared, compared_alias) = match link {
                    Some(link) => (self.graph.entity(link.entity), "l0"),
                    None => (entity, "t0"),
                };
                match link {
                    Some(link) => {
                        select.from(self.table(compared, "l0"));
                        if !link.alone {
                            select.join(JoinType::InnerJoin, self.table(entity, "t0"), self.linked(entity, link));
                        }
                    }
                    None => {
                        select.from(self.table(entity, "t0"));
                    }
                }
                let key: Vec<Expr> = columns.iter().map(|c| self.compared(compared, compared_alias, *c)).collect();
                let found = match &keys.source {
                    KeySource::Whole => {
                        let parts = key.into_iter().zip(columns).filter(|(_, id)| compared.column(**id).nullable);
                        let not_null =
                            parts.map(|(part, id)| self.flavor.is_not_null(part, compared.column(*id), false));
                        not_null.reduce(ExprTrait::and)
                    }
                    KeySource::List => {
                        Some(self.flavor.in_keys(tuple(key), &parts(self.graph, entity, keys), &mut self.holes))
                    }
                    KeySource::Subquery(query) => Some(tuple(key).in_subquery(self.key_query(query, entity, keys)?)),
                    KeySource::Closure(closure) => {
                        Some(tuple(key).in_subquery(self.closure(entity, keys, closure, filter)))
                    }
                };
                if let Some(found) = found {
                    select.and_where(found);
                }
                // A join would find nothing for NULL.
                let pairs = link.iter().filter(|link| link.alone).flat_map(|link| &link.pairs);
                for (_, id) in pairs.filter(|(_, id)| compared.column(*id).nullable) {
                    let part = column(compared, compared_alias, *id);
                    select.and_where(self.flavor.is_not_null(part, compared.column(*id), false));
                }
            }
            KeyForm::Join => {
                self.key_table(select, entity, keys);
                self.found_by_keys(select, entity, keys);
            }
        }
        Ok(())
    }

    /// `CROSS JOIN head AS t0 WHERE t0.column = +k.v0`, through the association table where there is one.
    fn found_by_keys(&self, select: &mut SelectStatement, entity: &Entity, keys: &Keys) {
        match &keys.link {
            Some(link) => {
                let linked = self.graph.entity(link.entity);
                let on = self.matches_keys(linked, "l0", &keys.columns);
                cross_join(select, self.table(linked, "l0"), on);
                let on = self.linked(entity, link);
                cross_join(select, self.table(entity, "t0"), on);
            }
            None => {
                let on = self.matches_keys(entity, "t0", &keys.columns);
                cross_join(select, self.table(entity, "t0"), on);
            }
        }
    }

    /// `t0.target_key = +l0.target_columns`
    fn linked(&self, entity: &Entity, link: &Link) -> Cond {
        let linked = self.graph.entity(link.entity);
        link.pairs.iter().fold(Cond::all(), |on, (target, through)| {
            on.add(self.equal((entity, "t0", *target), (linked, "l0", *through)))
        })
    }

    /// `FROM head AS t0 WHERE t0.column = k.v0`, through the association table where there is one; `k` stands outside.
    pub(super) fn found_by_key(&self, select: &mut SelectStatement, entity: &Entity, keys: &Keys) {
        match &keys.link {
            Some(link) => {
                let linked = self.graph.entity(link.entity);
                select.from(self.table(linked, "l0"));
                select.join(JoinType::InnerJoin, self.table(entity, "t0"), self.linked(entity, link));
                select.cond_where(self.matches_keys(linked, "l0", &keys.columns));
            }
            None => {
                select.from(self.table(entity, "t0")).cond_where(self.matches_keys(entity, "t0", &keys.columns));
            }
        }
    }

    /// `FROM (keys) AS k`
    pub(super) fn key_table(&mut self, select: &mut SelectStatement, entity: &Entity, keys: &Keys) {
        let list = self.flavor.key_table(&parts(self.graph, entity, keys));
        let list = self.holes.list(list);
        select.from_subquery(subquery(list), name("k"));
    }

    /// `alias.column = +k.v0 AND …`
    pub(super) fn matches_keys(&self, entity: &Entity, alias: &str, columns: &[ColumnId]) -> Cond {
        columns.iter().enumerate().fold(Cond::all(), |on, (n, id)| {
            let key = self.flavor.bare_key(named("k", &fragments::key_column(n)));
            on.add(self.compared(entity, alias, *id).eq(key))
        })
    }

    /// `SELECT t0.key FROM parent AS t0 WHERE …`: its names hide those of the statement around it.
    fn key_query(&mut self, query: &KeyQuery, found: &Entity, keys: &Keys) -> Result<SelectStatement> {
        let KeyQuery { head, columns } = query;
        let parent = self.graph.entity(head.entity);
        let compared = keys.link.as_ref().map_or(found, |link| self.graph.entity(link.entity));
        let mut select = SelectStatement::new();
        let names = HiddenNames::new(parent);
        let around = std::mem::take(&mut self.derived);
        self.head(&mut select, head, &names)?;
        self.derived = is_derived(head) || is_derived_root(head);
        for (n, (key, compared_column)) in columns.iter().zip(&keys.columns).enumerate() {
            let side = self.key_side((compared, *compared_column), (parent, "t0", *key));
            if columns[..n].contains(key) {
                // A limit can make a derived table of it, which needs a name for each column.
                select.expr_as(side, name(&names.key(n)));
            } else {
                select.expr(side);
            }
        }
        self.order_by_all(&mut select, parent, "t0", &head.order);
        self.derived = around;
        Ok(match head.window {
            Some(_) => self.flavor.limited(select),
            None if self.in_written_order => self.flavor.subquery_by_itself(select),
            None => select,
        })
    }

    /// `WITH RECURSIVE k AS (list UNION SELECT t0.follow FROM k, head AS t0 WHERE t0.column = k.key) SELECT k.key`.
    /// UNION keeps each key once: cycles end.
    fn closure(&mut self, entity: &Entity, keys: &Keys, closure: &Closure, filter: &Predicate) -> SelectStatement {
        let Closure { follow, levels } = closure;
        let width = keys.columns.len();
        let list = self.flavor.key_list(&parts(self.graph, entity, keys));
        let list = subquery(self.holes.list(list));
        let mut start = SelectStatement::new();
        match levels {
            None => start = list,
            Some(_) => {
                start.expr(Expr::cust("*")).expr(literal(0)).from_subquery(list, name("v"));
            }
        }
        let mut next = SelectStatement::new();
        next.exprs(follow.iter().map(|c| self.column(entity, "t0", *c))).from(name("k"));
        if let Some(levels) = levels {
            next.expr(named("k", LEVEL).add(literal(1))).and_where(named("k", LEVEL).lt(literal(*levels)));
        }
        self.found_by_keys(&mut next, entity, keys);
        self.filter(&mut next, entity, filter);
        start.union(UnionType::Distinct, next);
        let mut table = CommonTableExpression::new();
        let columns = (0..width).map(fragments::key_column).chain(levels.map(|_| LEVEL.to_owned()));
        table.table_name(name("k")).columns(columns.map(|c| name(&c))).query(start);
        let mut found = SelectStatement::new();
        found.exprs((0..width).map(|n| named("k", &fragments::key_column(n)))).from(name("k"));
        found.with_cte(WithClause::new().recursive(true).cte(table).to_owned());
        found
    }
}

/// The parts of the keys.
fn parts<'g>(graph: &'g RelationshipGraph, entity: &'g Entity, keys: &Keys) -> Vec<KeyPart<'g>> {
    let compared = keys.link.as_ref().map_or(entity, |link| graph.entity(link.entity));
    let part = |(n, id): (usize, &ColumnId)| {
        let held_by = keys.held_by.iter().filter_map(|held| Some((held, *held.columns.get(n)?)));
        let held_by = held_by.map(|(held, id)| graph.entity(held.entity).column(id)).collect();
        KeyPart { held_by, compared: compared.column(*id) }
    };
    keys.columns.iter().enumerate().map(part).collect()
}

/// The column of a closure that counts levels.
const LEVEL: &str = "n";
