//! Limits: of a root, and per key.

use super::{HiddenNames, Renderer, column, cross_join, literal, name, named, tuple};
use crate::flavor::Flavor;
use crate::fragments;
use eagerly_planner::batch::{Head, KeyForm, Keys, Window};
use eagerly_planner::dialect::LimitPerKey;
use eagerly_planner::error::{Error, Result};
use eagerly_planner::graph::{Entity, Locator, Ordered};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::Ordering;
use sea_query::{
    CaseStatement, Cond, Expr, ExprTrait, JoinType, OverStatement, SelectStatement, UnionType, WindowStatement,
};

/// The largest limit every database takes, where an offset needs one.
const NO_LIMIT: u64 = i64::MAX as u64;

/// Columns of an order for whose NULLs there are branches: each doubles them.
const MAX_SPLIT: usize = 2;

/// Whether the head is a derived table, which hands out the columns of the association table under hidden names.
pub(super) fn is_derived(head: &Head) -> bool {
    is_numbered(head) || head.keys.is_some() && per_key(head) == Some(LimitPerKey::Lateral)
}

/// Whether the head is a root that is a derived table for its limit.
pub(super) fn is_derived_root(head: &Head) -> bool {
    head.keys.is_none() && head.derived
}

/// Whether the head is a derived table of numbered rows.
pub(super) fn is_numbered(head: &Head) -> bool {
    head.keys.is_some() && per_key(head) == Some(LimitPerKey::RowNumber)
}

fn per_key(head: &Head) -> Option<LimitPerKey> {
    head.window.map(|window| window.per_key.unwrap_or(LimitPerKey::RowNumber))
}

impl<F: Flavor> Renderer<'_, F> {
    /// A root.
    pub(super) fn unkeyed(&mut self, select: &mut SelectStatement, head: &Head, window: Option<&Window>) {
        let entity = self.graph.entity(head.entity);
        let split = window.map_or_else(Vec::new, |window| self.split(entity, &[], &head.order, window));
        if head.derived || !split.is_empty() {
            let rows = |renderer: &mut Self| {
                let mut rows = SelectStatement::new();
                rows.from(renderer.table(entity, "t0"));
                renderer.filter(&mut rows, entity, &head.filter);
                renderer.needs(&mut rows, entity, &head.needs);
                rows
            };
            let limited = match window {
                Some(window) => self.first(rows, entity, head, window, &split),
                None => rows(self),
            };
            select.from_subquery(limited, name("t0"));
            return;
        }
        select.from(self.table(entity, "t0"));
        self.filter(select, entity, &head.filter);
        if let Some(window) = window {
            limit(select, window);
        }
    }

    /// A limit per key, driven by an index: `t0.id IN (SELECT w.id … WHERE w.fk = k.v0 ORDER BY … LIMIT n)`.
    pub(super) fn correlated(
        &mut self,
        select: &mut SelectStatement,
        head: &Head,
        keys: &Keys,
        window: &Window,
    ) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        let (None, Some(locator)) = (&keys.link, entity.locator()) else {
            return Err(Error::bug("a correlated limit over rows that cannot be found again").into());
        };
        let columns = |alias: &str| match locator {
            Locator::PrimaryKey(columns) => columns.iter().map(|c| column(entity, alias, *c)).collect(),
            Locator::RowId(hidden) => vec![named(alias, hidden)],
        };
        self.key_table(select, entity, keys);
        let mut inner = SelectStatement::new();
        inner.exprs(columns("w"));
        self.rows_of_key(&mut inner, entity, keys, head);
        self.order_by_all(&mut inner, entity, "w", &head.order);
        limit(&mut inner, window);
        cross_join(select, self.table(entity, "t0"), Cond::all().add(tuple(columns("t0")).in_subquery(inner)));
        Ok(())
    }

    /// A limit per key by one look-up for each place:
    /// `k STRAIGHT_JOIN (SELECT 0 AS n UNION ALL …) AS s STRAIGHT_JOIN t0 ON t0.id = CASE WHEN s.n = 0 THEN (SELECT w.id …
    /// LIMIT 1 OFFSET 0) … END`. The order of the tables is the order in which they are read.
    pub(super) fn places(
        &mut self,
        select: &mut SelectStatement,
        head: &Head,
        keys: &Keys,
        window: &Window,
    ) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        let (None, Some(Locator::PrimaryKey([id])), Some(places)) = (&keys.link, entity.locator(), window.limit) else {
            return Err(Error::bug("places of rows that cannot be found again").into());
        };
        self.key_table(select, entity, keys);
        let number = |place: u64| SelectStatement::new().expr_as(literal(place), name(PLACE)).take();
        let mut numbers = number(0);
        (1..places).for_each(|place| {
            numbers.union(UnionType::All, number(place));
        });
        let mut case = CaseStatement::new();
        for place in 0..places {
            let mut one = SelectStatement::new();
            one.expr(column(entity, "w", *id));
            self.rows_of_key(&mut one, entity, keys, head);
            self.order_by_key_first(&mut one, entity, &keys.columns, &head.order);
            limit(&mut one, &Window { limit: Some(1), offset: window.offset.saturating_add(place), per_key: None });
            case = case.case(named("s", PLACE).eq(literal(place)), Expr::SubQuery(None, Box::new(one.into())));
        }
        select.join_subquery(JoinType::StraightJoin, numbers, name("s"), Expr::cust("1 = 1"));
        let found = column(entity, "t0", *id).eq(case);
        select.join(JoinType::StraightJoin, self.table(entity, "t0"), found);
        Ok(())
    }

    /// Orders by the columns of the key first, as the index has them. They are the same in all rows of one key, but MySQL
    /// takes them for no constants, and sorts unless the order names the first columns of the index too.
    fn order_by_key_first(&self, select: &mut SelectStatement, entity: &Entity, key: &[ColumnId], order: &[Ordering]) {
        let columns: Vec<Ordered> = order.iter().map(|ordering| (ordering.column, ordering.descending)).collect();
        let index = entity.index_in_order(key, &columns, self.capabilities.indexes_end_with_primary_key);
        let key = index.unwrap_or_default();
        for (id, descending) in &key {
            self.order_by(select, column(entity, "w", *id), *descending, false);
        }
        let is_key = |ordering: &&Ordering| key.iter().any(|(column, _)| *column == ordering.column);
        let rest: Vec<Ordering> = order.iter().filter(|ordering| !is_key(ordering)).copied().collect();
        self.order_by_all(select, entity, "w", &rest);
    }

    /// `FROM head AS w WHERE w.fk = k.v0 AND filter`
    fn rows_of_key(&mut self, select: &mut SelectStatement, entity: &Entity, keys: &Keys, head: &Head) {
        select.from(self.table(entity, "w")).cond_where(self.matches_keys(entity, "w", &keys.columns));
        let around = std::mem::replace(&mut self.in_subquery, true);
        self.filter_as(select, entity, "w", &head.filter);
        self.in_subquery = around;
    }

    /// A limit per key by a lateral join to the key's first rows.
    pub(super) fn lateral(
        &mut self,
        select: &mut SelectStatement,
        head: &Head,
        keys: &Keys,
        window: &Window,
        names: &HiddenNames<'_>,
    ) {
        let entity = self.graph.entity(head.entity);
        self.key_table(select, entity, keys);
        let rows = |renderer: &mut Self| {
            let mut rows = SelectStatement::new();
            renderer.found_by_key(&mut rows, entity, keys);
            renderer.filter(&mut rows, entity, &head.filter);
            renderer.needs(&mut rows, entity, &head.needs);
            renderer.link_needs(&mut rows, head, keys, names);
            rows
        };
        let equal: &[ColumnId] = if keys.link.is_some() { &[] } else { &keys.columns };
        let split = match keys.link {
            Some(_) => Vec::new(),
            None => self.split(entity, equal, &head.order, window),
        };
        let mut first = self.first(rows, entity, head, window, &split);
        if let Some(link) = &keys.link {
            // Behind the order of the rows, and before the limit, which SQL writes last whenever it is said.
            self.order_by_all(&mut first, self.graph.entity(link.entity), "l0", &head.link_order);
        }
        select.join_lateral(JoinType::InnerJoin, first, name("t0"), Expr::cust("TRUE"));
    }

    /// The columns of an order whose NULLs are found by a branch of their own, so that an index drives each branch: where
    /// the database sorts NULLs otherwise than asked, and an index has the order behind what is equal. No index finds the
    /// NULLs of a composite type.
    fn split(&self, entity: &Entity, equal: &[ColumnId], order: &[Ordering], window: &Window) -> Vec<ColumnId> {
        let Some(first) = order.first().filter(|_| window.limit.is_some()) else { return Vec::new() };
        let clause = |ordering: &&Ordering| {
            entity.column(ordering.column).nullable && self.flavor.nulls(ordering.descending).is_some()
        };
        if !order.iter().any(|o| clause(&o)) || !entity.index_orders(equal, first.column) {
            return Vec::new();
        }
        let splits = |ordering: &&Ordering| clause(ordering) && !entity.column(ordering.column).composite;
        order.iter().filter(splits).map(|o| o.column).take(MAX_SPLIT).collect()
    }

    /// The first rows by the order of a head. With columns to split by: the first of those in which a column is NULL,
    /// and of those in which it is not, and of them the first.
    fn first(
        &mut self,
        rows: impl Fn(&mut Self) -> SelectStatement,
        entity: &Entity,
        head: &Head,
        window: &Window,
        split: &[ColumnId],
    ) -> SelectStatement {
        let mut first = SelectStatement::new();
        if split.is_empty() {
            first = rows(self);
        } else {
            let most =
                Window { limit: window.limit.map(|l| l.saturating_add(window.offset)), offset: 0, per_key: None };
            let mut branches: Option<SelectStatement> = None;
            for branch in 0..1_usize << split.len() {
                let mut rows = rows(self);
                for (at, id) in split.iter().enumerate() {
                    let column = column(entity, "t0", *id);
                    rows.and_where(if branch >> at & 1 == 0 { column.is_null() } else { column.is_not_null() });
                }
                for Ordering { column: id, descending, .. } in &head.order {
                    // A column that is NULL throughout is named too: the index that has it first is the one to use.
                    let nullable = entity.column(*id).nullable && !split.contains(id);
                    self.order_by(&mut rows, column(entity, "t0", *id), *descending, nullable);
                }
                limit(&mut rows, &most);
                let whole = SelectStatement::new().expr(Expr::cust("*")).from_subquery(rows, name("b")).take();
                match &mut branches {
                    None => branches = Some(whole),
                    Some(branches) => {
                        branches.union(UnionType::All, whole);
                    }
                }
            }
            first.expr(Expr::cust("*")).from_subquery(branches.unwrap_or_default(), name("t0"));
        }
        self.order_by_all(&mut first, entity, "t0", &head.order);
        limit(&mut first, window);
        first
    }

    /// The columns of the association table that are used outside, under hidden names.
    fn link_needs(&self, select: &mut SelectStatement, head: &Head, keys: &Keys, names: &HiddenNames<'_>) {
        let Some(link) = &keys.link else { return };
        for id in &head.link_needs {
            select.expr_as(self.column(self.graph.entity(link.entity), "l0", *id), name(&names.link(*id)));
        }
    }

    /// A limit per key by numbering every row of it.
    pub(super) fn row_number(
        &mut self,
        select: &mut SelectStatement,
        head: &Head,
        keys: &Keys,
        window: &Window,
        names: &HiddenNames<'_>,
    ) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        let mut inner = SelectStatement::new();
        self.keys(&mut inner, entity, keys, &head.filter)?;
        self.filter(&mut inner, entity, &head.filter);
        self.needs(&mut inner, entity, &head.needs);
        self.link_needs(&mut inner, head, keys, names);
        let mut over = WindowStatement::new();
        match keys.form {
            KeyForm::Join => {
                inner.expr_as(named("k", fragments::ORDINAL), name(&names.ordinal()));
                over.add_partition_by(named("k", fragments::ORDINAL));
            }
            KeyForm::In => keys.columns.iter().for_each(|c| {
                let column = self.column(entity, "t0", *c);
                if let Some(apart) = self.flavor.tells_apart(&column, entity.column(*c)) {
                    over.add_partition_by(apart);
                }
                over.add_partition_by(column);
            }),
        }
        self.order_by_all(&mut over, entity, "t0", &head.order);
        if let Some(link) = &keys.link {
            self.order_by_all(&mut over, self.graph.entity(link.entity), "l0", &head.link_order);
        }
        inner.expr_window_as(Expr::cust(self.flavor.row_number()), over, name(&names.number()));
        select.from_subquery(inner, name("t0"));
        let number = || named("t0", &names.number());
        if window.offset > 0 {
            select.and_where(number().gt(literal(window.offset)));
        }
        if let Some(limit) = window.limit {
            select.and_where(number().lte(literal(Ord::min(window.offset.saturating_add(limit), NO_LIMIT))));
        }
        Ok(())
    }
}

/// The column that numbers places.
const PLACE: &str = "n";

fn limit(select: &mut SelectStatement, window: &Window) {
    // An OFFSET needs a LIMIT on SQLite and MySQL.
    if window.limit.is_some() || window.offset > 0 {
        select.limit(window.limit.unwrap_or(NO_LIMIT));
    }
    if window.offset > 0 {
        select.offset(window.offset);
    }
}
