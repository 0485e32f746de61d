//! A [`Query`] as a sea-query statement: the parts that all databases share. What differs is asked of a [`Flavor`].
//!
//! Tables are `t0` (the head), `t1` …; association tables `l0`, `l1` …; the key list is `k`. The compared column of a
//! relationship stands on the left, the key on the right, as a bare value unless both compare bytes of one type: the
//! database decides what is equal.

mod condition;
mod keys;
mod needs;
mod tables;
mod window;

use crate::flavor::Flavor;
use crate::fragments;
use crate::template::Holes;
use eagerly_planner::batch::{Head, Join, KeySource, Projection, Query, Slot, SortKey, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, LimitPerKey};
use eagerly_planner::error::{Error, Result};
use eagerly_planner::graph::{ColumnDef, Entity, Relationship, RelationshipGraph};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::{Ordering, Predicate};
use sea_query::{
    Cond, DynIden, Expr, ExprTrait, IntoTableRef, JoinType, Order, OrderedStatement, QueryBuilder, SelectStatement,
    TableRef,
};
use std::borrow::Cow;

/// Renders a query.
pub(crate) fn render<F: Flavor, B: QueryBuilder>(
    flavor: &F,
    capabilities: &Capabilities,
    builder: B,
    graph: &RelationshipGraph,
    query: &Query,
) -> Result<SqlTemplate> {
    let offset = has_offset(&query.head);
    let in_written_order = tables::unordered(graph, query) > capabilities.max_unordered_tables;
    let mut renderer = Renderer {
        flavor,
        capabilities,
        graph,
        holes: Holes::default(),
        aliases: 0,
        derived: false,
        offset,
        in_written_order,
        in_outer_join: false,
        below_not: false,
        in_subquery: false,
    };
    let statement = renderer.statement(query)?;
    renderer.check_keys(query)?;
    let opening = flavor.opening(renderer.needs_of(query));
    let mut writer = renderer.holes.writer(flavor.marks(), opening);
    statement.build_collect_into(builder, &mut writer);
    writer.finish()
}

struct Renderer<'a, F> {
    flavor: &'a F,
    capabilities: &'a Capabilities,
    graph: &'a RelationshipGraph,
    holes: Holes,
    /// Aliases used by EXISTS so far.
    aliases: usize,
    /// Whether `t0` is a derived table where columns are named now.
    derived: bool,
    /// Whether the head, or a question that is asked again for its keys, has an OFFSET.
    offset: bool,
    /// Whether the server must not look for an order of the tables: inner joins keep theirs, each EXISTS stays by itself.
    in_written_order: bool,
    /// Whether a condition of a left join is being written.
    in_outer_join: bool,
    /// Whether a condition below a NOT is being written.
    below_not: bool,
    /// Whether a condition of a subquery is being written, which compares keys with a row outside of it.
    in_subquery: bool,
}

fn has_offset(head: &Head) -> bool {
    let again = head.keys.as_ref().is_some_and(|keys| match &keys.source {
        KeySource::Subquery(query) => has_offset(&query.head),
        KeySource::List | KeySource::Whole | KeySource::Closure(_) => false,
    });
    again || head.window.is_some_and(|w| w.offset > 0)
}

/// Aliases of nearly all statements, which take no copies.
const TABLES: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];
const LINKS: [&str; 8] = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7"];
const KEYS: &str = "k";

/// The alias of a table of the statement.
fn alias(slot: Slot) -> Cow<'static, str> {
    let known = TABLES.get(usize::from(slot.0)).copied();
    known.map_or_else(|| format!("t{}", slot.0).into(), Cow::Borrowed)
}

/// The alias of the association table before it.
fn through(slot: Slot) -> Cow<'static, str> {
    let known = LINKS.get(usize::from(slot.0)).copied();
    known.map_or_else(|| format!("l{}", slot.0).into(), Cow::Borrowed)
}

/// Names are always owned: sea-query does not escape borrowed ones.
fn name(text: &str) -> DynIden {
    DynIden::from(text.to_owned())
}

/// An alias of ours, which needs no escapes.
fn alias_name(alias: &str) -> DynIden {
    let mut known = TABLES.iter().chain(&LINKS).chain([&KEYS]);
    known.find(|known| **known == alias).map_or_else(|| name(alias), |known| DynIden::from(*known))
}

fn column(entity: &Entity, alias: &str, id: ColumnId) -> Expr {
    named(alias, &entity.column(id).name)
}

fn named(alias: &str, column: &str) -> Expr {
    Expr::col((alias_name(alias), name(column)))
}

impl<F: Flavor> Renderer<'_, F> {
    fn table(&self, entity: &Entity, alias: &str) -> TableRef {
        match entity.schema.as_deref().or(self.flavor.default_schema()) {
            Some(schema) => (name(schema), name(&entity.table)).into_table_ref().alias(alias_name(alias)),
            None => name(&entity.table).into_table_ref().alias(alias_name(alias)),
        }
    }

    /// A stored column, which a derived table can hand out under another name.
    fn stored(&self, entity: &Entity, alias: &str, id: ColumnId) -> Expr {
        if self.derived && alias == TABLES[0] && self.flavor.is_lost_in_derived(&entity.column(id).name) {
            return named(alias, &HiddenNames::new(entity).column(id));
        }
        column(entity, alias, id)
    }

    /// The columns of the head that a derived table hands out: those that are cast, as they are stored.
    fn needs(&self, select: &mut SelectStatement, entity: &Entity, columns: &[ColumnId]) {
        let mut stored: Vec<ColumnId> = columns.iter().map(|id| entity.stored(*id)).collect();
        if stored.as_slice() != columns {
            stored.sort_unstable();
            stored.dedup();
        }
        for id in stored {
            let column = column(entity, TABLES[0], id);
            if self.flavor.is_lost_in_derived(&entity.column(id).name) {
                select.expr_as(column, name(&HiddenNames::new(entity).column(id)));
            } else {
                select.expr(column);
            }
        }
    }

    fn statement(&mut self, query: &Query) -> Result<SelectStatement> {
        let Query { head, joins, columns, order } = query;
        let mut select = SelectStatement::new();
        let names = HiddenNames::new(self.graph.entity(head.entity));
        self.head(&mut select, head, &names)?;
        self.derived = window::is_derived(head) || window::is_derived_root(head);
        for (index, join) in joins.iter().enumerate() {
            self.join(&mut select, join, Slot(index as u16 + 1));
        }
        for projection in columns {
            let column = self.projection(query, &names, *projection)?;
            let def = self.definition(query, *projection);
            select.expr(match def {
                Some(def) => self.flavor.selected(column, def),
                None => column,
            });
        }
        for SortKey { column, descending } in order {
            let def = self.definition(query, *column);
            let nullable = def.is_none_or(|def| def.nullable) || self.can_be_absent(query, *column);
            let column = self.projection(query, &names, *column)?;
            self.order_by(&mut select, column, *descending, nullable);
        }
        Ok(select)
    }

    /// The entity of a table of the statement.
    fn entity(&self, query: &Query, slot: Slot) -> &Entity {
        let join = usize::from(slot.0).checked_sub(1).and_then(|join| query.joins.get(join));
        let entity = join.map_or(query.head.entity, |join| self.graph.relationship(join.relationship).target);
        self.graph.entity(entity)
    }

    /// What a column of the result is; `None` for an ordinal.
    fn definition(&self, query: &Query, projection: Projection) -> Option<&ColumnDef> {
        match projection {
            Projection::Column(slot, id) => Some(self.entity(query, slot).column(id)),
            Projection::Link(slot, id) => Some(self.link_entity(query, slot)?.column(id)),
            Projection::Ordinal => None,
        }
    }

    /// Whether an outer join can leave the column NULL.
    fn can_be_absent(&self, query: &Query, projection: Projection) -> bool {
        let (Projection::Column(slot, _) | Projection::Link(slot, _)) = projection else { return false };
        let join = |slot: Slot| usize::from(slot.0).checked_sub(1).and_then(|join| query.joins.get(join));
        std::iter::successors(join(slot), |above| join(above.parent)).any(|join| !join.inner)
    }

    /// Orders by a column; NULLs come first ascending, last descending.
    fn order_by(&self, select: &mut impl OrderedStatement, column: Expr, descending: bool, nullable: bool) {
        let direction = if descending { Order::Desc } else { Order::Asc };
        match self.flavor.nulls(descending).filter(|_| nullable) {
            Some(nulls) => select.order_by_expr_with_nulls(column, direction, nulls),
            None => select.order_by_expr(column, direction),
        };
    }

    /// Orders by columns of an entity.
    fn order_by_all(&self, select: &mut impl OrderedStatement, entity: &Entity, alias: &str, order: &[Ordering]) {
        for Ordering { column: id, descending, .. } in order {
            self.order_by(select, self.column(entity, alias, *id), *descending, entity.column(*id).nullable);
        }
    }

    /// A column of the result, or one that orders it.
    fn projection(&self, query: &Query, names: &HiddenNames<'_>, projection: Projection) -> Result<Expr> {
        Ok(match projection {
            Projection::Column(slot, id) => match self.held_by_link(query, slot, id) {
                Some((link, held_by)) => self.column(link, &through(slot), held_by),
                None => self.column(self.entity(query, slot), &alias(slot), id),
            },
            Projection::Link(Slot::HEAD, id) if window::is_derived(&query.head) => named("t0", &names.link(id)),
            Projection::Link(slot, id) => {
                let link = self.link_entity(query, slot).ok_or_else(|| Error::bug("a link column without a link"))?;
                self.column(link, &through(slot), id)
            }
            Projection::Ordinal if window::is_numbered(&query.head) => named("t0", &names.ordinal()),
            Projection::Ordinal => named("k", fragments::ORDINAL),
        })
    }

    /// The column of an association table that stands for one of the head, where the head is not read.
    fn held_by_link(&self, query: &Query, slot: Slot, id: ColumnId) -> Option<(&Entity, ColumnId)> {
        let link = query.head.keys.as_ref()?.link.as_ref().filter(|link| link.alone && slot == Slot::HEAD)?;
        let (_, held_by) = link.pairs.iter().find(|(target, _)| *target == id)?;
        Some((self.graph.entity(link.entity), *held_by))
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
    fn head(&mut self, select: &mut SelectStatement, head: &Head, names: &HiddenNames<'_>) -> Result<()> {
        let entity = self.graph.entity(head.entity);
        match (&head.keys, &head.window) {
            (None, window) => self.unkeyed(select, head, window.as_ref()),
            (Some(keys), None) => {
                self.keys(select, entity, keys, &head.filter)?;
                self.filter(select, entity, &head.filter);
            }
            (Some(keys), Some(window)) => match window.per_key {
                Some(LimitPerKey::CorrelatedKey) => self.correlated(select, head, keys, window)?,
                Some(LimitPerKey::Places) => self.places(select, head, keys, window)?,
                Some(LimitPerKey::Lateral) => self.lateral(select, head, keys, window, names),
                Some(LimitPerKey::RowNumber) | None => self.row_number(select, head, keys, window, names)?,
            },
        }
        Ok(())
    }

    fn filter(&mut self, select: &mut SelectStatement, entity: &Entity, filter: &Predicate) {
        self.filter_as(select, entity, "t0", filter);
    }

    fn filter_as(&mut self, select: &mut SelectStatement, entity: &Entity, alias: &str, filter: &Predicate) {
        if *filter != Predicate::TRUE {
            let condition = self.predicate(entity, alias, filter);
            select.and_where(condition);
        }
    }

    fn join(&mut self, select: &mut SelectStatement, join: &Join, slot: Slot) {
        let Join { parent, relationship, inner, filter } = join;
        let relationship = self.graph.relationship(*relationship);
        let target = self.graph.entity(relationship.target);
        let kind = match *inner {
            true if self.in_written_order => self.flavor.join_in_written_order(),
            true => JoinType::InnerJoin,
            false => JoinType::LeftJoin,
        };
        let (above, own, through) = (alias(*parent), alias(slot), through(slot));
        if let Some(secondary) = &relationship.secondary {
            let link = self.graph.entity(secondary.entity);
            let on = self.reaches_link(relationship, &above, &through);
            select.join(kind, self.table(link, &through), on);
        }
        let mut on = self.reaches_target(relationship, &above, &through, &own);
        if *filter != Predicate::TRUE {
            self.in_outer_join = !*inner;
            on = on.add(self.predicate(target, &own, filter));
            self.in_outer_join = false;
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

    /// A column, or what is cast of it.
    fn column(&self, entity: &Entity, alias: &str, id: ColumnId) -> Expr {
        match entity.cast_from(id) {
            Some(stored) => self.flavor.as_text(self.stored(entity, alias, stored), entity.column(stored)),
            None => self.stored(entity, alias, id),
        }
    }

    /// A column on the left side of an equality.
    fn compared(&self, entity: &Entity, alias: &str, id: ColumnId) -> Expr {
        let column = self.column(entity, alias, id);
        if entity.cast_from(id).is_some() { self.flavor.compared_text(column) } else { column }
    }

    /// `compared = key`. Where both compare bytes of one type the key may stay a plain column, so that the database can
    /// start from either side. Columns whose text is inexact are compared by their numbers too.
    fn equal(&self, compared: (&Entity, &str, ColumnId), key: (&Entity, &str, ColumnId)) -> Expr {
        let left = || self.compared(compared.0, compared.1, compared.2);
        let right = self.key_side((compared.0, compared.2), key);
        let (def, held_by) = (compared.0.column(compared.2), key.0.column(key.2));
        if self.flavor.inexact(def).is_none() || def.native != held_by.native {
            return left().eq(right);
        }
        // MySQL's hash join compares what both print; the numbers behind it tell them apart.
        let numbers = [left(), column(key.0, key.1, key.2)];
        left().eq(right).and(Expr::cust_with_exprs("? + 0 = ? + 0", numbers))
    }

    /// The key's side of an equality.
    fn key_side(&self, compared: (&Entity, ColumnId), key: (&Entity, &str, ColumnId)) -> Expr {
        let (held_by, compared) = (key.0.column(key.2), compared.0.column(compared.1));
        let right = self.column(key.0, key.1, key.2);
        if self.capabilities.hashable(compared, held_by) { right } else { self.flavor.bare(right, held_by, compared) }
    }
}

/// Names of hidden columns that no column of the head has.
#[derive(Clone, Copy)]
struct HiddenNames<'a>(&'a Entity);

impl<'a> HiddenNames<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self(entity)
    }

    /// The wanted name, or one that begins with it.
    fn free(self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let taken = |c: &String, name: &str| c.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        while self.0.columns.keys().any(|c| taken(c, &name)) {
            name.push('_');
        }
        name
    }

    fn ordinal(self) -> String {
        self.free("eagerly_key")
    }

    fn number(self) -> String {
        self.free("eagerly_row")
    }

    /// The name of a column that has to have another one.
    fn column(self, id: ColumnId) -> String {
        format!("{}{}", self.free("eagerly_column"), id.index())
    }

    /// The name of the `n`-th part of a key.
    fn key(self, n: usize) -> String {
        format!("{}{n}", self.free("eagerly_part"))
    }

    /// The name of a column of the association table.
    fn link(self, id: ColumnId) -> String {
        format!("{}{}", self.free("eagerly_link"), id.index())
    }
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

fn literal(number: u64) -> Expr {
    Expr::cust(number.to_string())
}
