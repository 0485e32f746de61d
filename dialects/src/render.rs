//! A [`Query`] as a sea-query statement: the parts that all databases share. What differs is asked of a [`Flavor`].
//!
//! Tables are `t0` (the head), `t1` …; association tables `l0`, `l1` …; the key list is `k`. The compared column of a
//! relationship stands on the left, the key on the right, as a bare value unless both compare bytes of one type: the
//! database decides what is equal.

mod condition;
mod keys;

use crate::fragments;
use crate::template::Holes;
use eagerly_planner::batch::{
    Head, Join, KeyForm, KeySource, Keys, ListPiece, ListSource, Projection, Query, Slot, SortKey, SqlTemplate, Window,
};
use eagerly_planner::dialect::{Capabilities, Dialect, LimitPerKey};
use eagerly_planner::error::{Error, Result};
use eagerly_planner::graph::{Entity, Locator, Relationship, RelationshipGraph};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::{Ordering, Predicate};
use sea_query::{
    Alias, Cond, Expr, ExprTrait, IntoTableRef, JoinType, Order, OverStatement, QueryBuilder, SelectStatement,
    TableRef, WindowStatement,
};

/// What differs between databases.
pub(crate) trait Flavor {
    /// The schema of a table that names none.
    fn default_schema(&self) -> Option<&'static str>;

    /// A column as a bare value, for the right side of an equality.
    fn bare(&self, column: Expr) -> Expr;

    /// An EXISTS under an OFFSET.
    fn exists_under_offset(&self, exists: Expr) -> Expr {
        exists
    }

    /// A list of values, or of keys of so many parts, for `IN (SELECT …)`.
    fn values(&self, source: ListSource, width: usize) -> ListPiece;

    /// A key list as a table with an ordinal, for `FROM (SELECT …) AS k`.
    fn key_table(&self, width: usize) -> ListPiece;
}

/// The largest limit every database takes, where an offset needs one.
const NO_LIMIT: u64 = i64::MAX as u64;

/// Renders a query.
pub(crate) fn render<F: Flavor + Dialect, B: QueryBuilder>(
    flavor: &F,
    builder: B,
    graph: &RelationshipGraph,
    query: &Query,
) -> Result<SqlTemplate> {
    let offset = has_offset(&query.head);
    let mut renderer =
        Renderer { flavor, capabilities: flavor.capabilities(), graph, holes: Holes::default(), aliases: 0, offset };
    let statement = renderer.statement(query)?;
    let mut writer = renderer.holes.writer();
    statement.build_collect_into(builder, &mut writer);
    writer.finish().map_err(|value| Error::bug(format!("a value stands in the SQL: {value:?}")).into())
}

struct Renderer<'a, F> {
    flavor: &'a F,
    capabilities: &'a Capabilities,
    graph: &'a RelationshipGraph,
    holes: Holes,
    /// Aliases used by EXISTS so far.
    aliases: usize,
    /// Whether the head, or a question that is asked again for its keys, has an OFFSET.
    offset: bool,
}

fn has_offset(head: &Head) -> bool {
    let again = head.keys.as_ref().is_some_and(|keys| match &keys.source {
        KeySource::Subquery(query) => has_offset(&query.head),
        KeySource::List | KeySource::Whole | KeySource::Closure(_) => false,
    });
    again || head.window.is_some_and(|w| w.offset > 0)
}

/// The alias of a table of the statement.
fn alias(slot: Slot) -> String {
    format!("t{}", slot.0)
}

/// The alias of the association table before it.
fn through(slot: Slot) -> String {
    format!("l{}", slot.0)
}

/// Names are always owned: sea-query does not escape borrowed ones.
fn name(text: &str) -> Alias {
    Alias::new(text.to_owned())
}

fn column(entity: &Entity, alias: &str, id: ColumnId) -> Expr {
    named(alias, &entity.column(id).name)
}

fn named(alias: &str, column: &str) -> Expr {
    Expr::col((name(alias), name(column)))
}

fn direction(ordering: &Ordering) -> Order {
    if ordering.descending { Order::Desc } else { Order::Asc }
}

impl<F: Flavor> Renderer<'_, F> {
    fn table(&self, entity: &Entity, alias: &str) -> TableRef {
        match entity.schema.as_deref().or(self.flavor.default_schema()) {
            Some(schema) => (name(schema), name(&entity.table)).into_table_ref().alias(name(alias)),
            None => name(&entity.table).into_table_ref().alias(name(alias)),
        }
    }

    fn statement(&mut self, query: &Query) -> Result<SelectStatement> {
        let Query { head, joins, columns, order } = query;
        let mut select = SelectStatement::new();
        let names = HiddenNames::new(self.graph.entity(head.entity));
        self.head(&mut select, head, &names)?;
        for (index, join) in joins.iter().enumerate() {
            self.join(&mut select, join, Slot(index as u16 + 1));
        }
        for projection in columns {
            select.expr(self.projection(query, &names, *projection)?);
        }
        for SortKey { column, descending } in order {
            let direction = if *descending { Order::Desc } else { Order::Asc };
            select.order_by_expr(self.projection(query, &names, *column)?, direction);
        }
        Ok(select)
    }

    /// A column of the result, or one that orders it.
    fn projection(&self, query: &Query, names: &HiddenNames, projection: Projection) -> Result<Expr> {
        Ok(match projection {
            Projection::Column(slot, id) => {
                let join = usize::from(slot.0).checked_sub(1).and_then(|join| query.joins.get(join));
                let entity = join.map_or(query.head.entity, |join| self.graph.relationship(join.relationship).target);
                column(self.graph.entity(entity), &alias(slot), id)
            }
            Projection::Link(Slot::HEAD, id) if numbered(&query.head) => named("t0", &names.link(id)),
            Projection::Link(slot, id) => {
                let link = self.link_entity(query, slot).ok_or_else(|| Error::bug("a link column without a link"))?;
                column(link, &through(slot), id)
            }
            Projection::Ordinal if numbered(&query.head) => named("t0", &names.ordinal),
            Projection::Ordinal => named("k", fragments::ORDINAL),
        })
    }

    /// The association table by which a table of the statement is reached.
    fn link_entity(&self, query: &Query, slot: Slot) -> Option<&Entity> {
        let entity = match usize::from(slot.0).checked_sub(1) {
            None => query.head.keys.as_ref()?.link.as_ref()?.entity,
            Some(join) => self.graph.relationship(query.joins.get(join)?.relationship).secondary.as_ref()?.entity,
        };
        Some(self.graph.entity(entity))
    }

    /// FROM and WHERE of the head.
    fn head(&mut self, select: &mut SelectStatement, head: &Head, names: &HiddenNames) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        match (&head.keys, &head.window) {
            (None, window) if head.derived => {
                let mut inner = SelectStatement::new();
                inner.from(self.table(entity, "t0"));
                self.filter(&mut inner, entity, &head.filter);
                needs(&mut inner, entity, &head.needs);
                self.window(&mut inner, entity, "t0", &head.order, window.as_ref());
                select.from_subquery(inner, name("t0"));
            }
            (None, window) => {
                select.from(self.table(entity, "t0"));
                self.filter(select, entity, &head.filter);
                if let Some(window) = window {
                    limit(select, window);
                }
            }
            (Some(keys), None) => {
                self.keys(select, entity, keys, &head.filter)?;
                self.filter(select, entity, &head.filter);
            }
            (Some(keys), Some(window)) => match window.per_key {
                Some(LimitPerKey::CorrelatedKey) => self.correlated(select, head, keys, window)?,
                Some(LimitPerKey::RowNumber) | None => self.row_number(select, head, keys, window, names)?,
            },
        }
        Ok(())
    }

    fn filter(&mut self, select: &mut SelectStatement, entity: &Entity, filter: &Predicate) {
        if *filter != Predicate::TRUE {
            let condition = self.predicate(entity, "t0", filter);
            select.and_where(condition);
        }
    }

    fn window(
        &self,
        select: &mut SelectStatement,
        entity: &Entity,
        alias: &str,
        order: &[Ordering],
        window: Option<&Window>,
    ) {
        for ordering in order {
            select.order_by_expr(column(entity, alias, ordering.column), direction(ordering));
        }
        if let Some(window) = window {
            limit(select, window);
        }
    }

    /// A limit per key, driven by an index: `t0.id IN (SELECT w.id … WHERE w.fk = k.v0 ORDER BY … LIMIT n)`.
    fn correlated(&mut self, select: &mut SelectStatement, head: &Head, keys: &Keys, window: &Window) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        let (None, Some(locator)) = (&keys.link, entity.locator()) else {
            return Err(Error::bug("a correlated limit over rows that cannot be found again").into());
        };
        let columns = |alias: &str| match locator {
            Locator::PrimaryKey(columns) => columns.iter().map(|c| column(entity, alias, *c)).collect(),
            Locator::RowId(hidden) => vec![named(alias, hidden)],
        };
        self.key_table(select, keys.columns.len());
        let mut inner = SelectStatement::new();
        inner.exprs(columns("w")).from(self.table(entity, "w"));
        inner.cond_where(self.matches_keys(entity, "w", &keys.columns));
        if head.filter != Predicate::TRUE {
            let condition = self.predicate(entity, "w", &head.filter);
            inner.and_where(condition);
        }
        self.window(&mut inner, entity, "w", &head.order, Some(window));
        cross_join(select, self.table(entity, "t0"), Cond::all().add(tuple(columns("t0")).in_subquery(inner)));
        Ok(())
    }

    /// A limit per key by numbering every row of it.
    fn row_number(
        &mut self,
        select: &mut SelectStatement,
        head: &Head,
        keys: &Keys,
        window: &Window,
        names: &HiddenNames,
    ) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        let mut inner = SelectStatement::new();
        self.keys(&mut inner, entity, keys, &head.filter)?;
        self.filter(&mut inner, entity, &head.filter);
        needs(&mut inner, entity, &head.needs);
        if let Some(link) = &keys.link {
            for id in &head.link_needs {
                inner.expr_as(column(self.graph.entity(link.entity), "l0", *id), name(&names.link(*id)));
            }
        }
        let mut over = WindowStatement::new();
        match keys.form {
            KeyForm::Join => {
                inner.expr_as(named("k", fragments::ORDINAL), name(&names.ordinal));
                over.add_partition_by(named("k", fragments::ORDINAL));
            }
            KeyForm::In => keys.columns.iter().for_each(|c| {
                over.add_partition_by(column(entity, "t0", *c));
            }),
        }
        for ordering in &head.order {
            over.order_by_expr(column(entity, "t0", ordering.column), direction(ordering));
        }
        if let Some(link) = &keys.link {
            for ordering in &head.link_order {
                over.order_by_expr(column(self.graph.entity(link.entity), "l0", ordering.column), direction(ordering));
            }
        }
        inner.expr_window_as(Expr::cust("ROW_NUMBER()"), over, name(&names.number));
        select.from_subquery(inner, name("t0"));
        let number = || named("t0", &names.number);
        if window.offset > 0 {
            select.and_where(number().gt(literal(window.offset)));
        }
        if let Some(limit) = window.limit {
            select.and_where(number().lte(literal(Ord::min(window.offset.saturating_add(limit), NO_LIMIT))));
        }
        Ok(())
    }

    fn join(&mut self, select: &mut SelectStatement, join: &Join, slot: Slot) {
        let Join { parent, relationship, inner, filter } = join;
        let relationship = self.graph.relationship(*relationship);
        let target = self.graph.entity(relationship.target);
        let kind = if *inner { JoinType::InnerJoin } else { JoinType::LeftJoin };
        let (above, own, through) = (alias(*parent), alias(slot), through(slot));
        if let Some(secondary) = &relationship.secondary {
            let link = self.graph.entity(secondary.entity);
            let on = self.reaches_link(relationship, &above, &through);
            select.join(kind, self.table(link, &through), on);
        }
        let mut on = self.reaches_target(relationship, &above, &through, &own);
        if *filter != Predicate::TRUE {
            on = on.add(self.predicate(target, &own, filter));
        }
        select.join(kind, self.table(target, &own), on);
    }

    /// `link.source_columns = +source.key`
    fn reaches_link(&self, relationship: &Relationship, source: &str, link: &str) -> Cond {
        let Some(secondary) = &relationship.secondary else { return Cond::all() };
        let (from, through) = (self.graph.entity(relationship.source), self.graph.entity(secondary.entity));
        relationship
            .source_key
            .iter()
            .zip(&secondary.source_columns)
            .fold(Cond::all(), |on, (key, id)| on.add(self.equal((through, link, *id), (from, source, *key))))
    }

    /// `target.target_key = +source.key`, or `= +link.target_columns` where there is a link.
    fn reaches_target(&self, relationship: &Relationship, source: &str, link: &str, target: &str) -> Cond {
        let to = self.graph.entity(relationship.target);
        let (from, from_alias, keys) = match &relationship.secondary {
            Some(secondary) => (self.graph.entity(secondary.entity), link, &secondary.target_columns),
            None => (self.graph.entity(relationship.source), source, &relationship.source_key),
        };
        relationship
            .target_key
            .iter()
            .zip(keys)
            .fold(Cond::all(), |on, (id, key)| on.add(self.equal((to, target, *id), (from, from_alias, *key))))
    }

    /// `compared = key`. Where both compare bytes of one type the key may stay a plain column, so that the database can
    /// start from either side.
    fn equal(&self, compared: (&Entity, &str, ColumnId), key: (&Entity, &str, ColumnId)) -> Expr {
        column(compared.0, compared.1, compared.2).eq(self.key_side((compared.0, compared.2), key))
    }

    /// The key's side of an equality.
    fn key_side(&self, compared: (&Entity, ColumnId), key: (&Entity, &str, ColumnId)) -> Expr {
        let plain = self.capabilities.hashable(compared.0.column(compared.1), key.0.column(key.2));
        let right = column(key.0, key.1, key.2);
        if plain { right } else { self.flavor.bare(right) }
    }
}

/// Names of hidden columns that no column of the head has.
struct HiddenNames {
    ordinal: String,
    number: String,
    link: String,
}

impl HiddenNames {
    fn new(entity: &Entity) -> Self {
        let free = |wanted: &str| {
            let mut name = wanted.to_owned();
            let taken =
                |c: &String, name: &str| c.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
            while entity.columns.keys().any(|c| taken(c, &name)) {
                name.push('_');
            }
            name
        };
        Self { ordinal: free("eagerly_key"), number: free("eagerly_row"), link: free("eagerly_link") }
    }

    /// The name of a column of the association table.
    fn link(&self, id: ColumnId) -> String {
        format!("{}{}", self.link, id.index())
    }
}

/// Whether the head is a derived table of numbered rows.
fn numbered(head: &Head) -> bool {
    let per_key = head.window.and_then(|w| w.per_key);
    head.keys.is_some() && per_key.is_some_and(|t| t != LimitPerKey::CorrelatedKey)
}

/// A join whose left side stays outermost, so that each key is looked up by an index.
///
/// sea-query drops the condition of a CROSS JOIN, which it may well: it stands in WHERE.
fn cross_join(select: &mut SelectStatement, table: TableRef, on: Cond) {
    select.cross_join(table).cond_where(on);
}

/// `a`, or `(a, b)`
fn tuple(mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 { parts.swap_remove(0) } else { Expr::tuple(parts) }
}

/// `SELECT list`
fn subquery(list: Expr) -> SelectStatement {
    let mut select = SelectStatement::new();
    select.expr(list);
    select
}

fn needs(select: &mut SelectStatement, entity: &Entity, columns: &[ColumnId]) {
    for id in columns {
        select.expr(column(entity, "t0", *id));
    }
}

fn literal(number: u64) -> Expr {
    Expr::cust(number.to_string())
}

fn limit(select: &mut SelectStatement, window: &Window) {
    // An OFFSET needs a LIMIT on SQLite and MySQL.
    if window.limit.is_some() || window.offset > 0 {
        select.limit(window.limit.unwrap_or(NO_LIMIT));
    }
    if window.offset > 0 {
        select.offset(window.offset);
    }
}
