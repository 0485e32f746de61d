//! A generator of specifications over a database that exists: whatever graph is given, any part of it can be asked for,
//! and conditions compare with values that stand in the tables, so that they match.
//!
//! Everything generated is valid. A collection that could unfold into too many rows gets a limit, or is left out, so that
//! the oracle, which sends one query per row, stays quick.

use super::Case;
use crate::database::{Backend, Cell, Database, Piece, Place};
use eagerly_planner::graph::{ColumnDef, ColumnType, Entity, Relationship, RelationshipGraph};
use eagerly_planner::spec::{
    Arguments, At, ColumnList, CompareOp, Comparison, Field, Filter, ListOperand, LoadSpec, Operand, OrderTerm,
    Quantifier, Recurse, Strategy as Loading,
};
use eagerly_planner::value::Value;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::collections::HashSet;

/// Relationships below each other.
const DEPTH: usize = 3;

/// Objects that one path may unfold into, by the largest fan-out of its relationships.
const OBJECTS: u64 = 200;

/// Rows that the oracle may read for one path.
const ROWS_READ: u64 = 8_000;

/// Rows that one statement may return if every collection is joined.
const ROWS_JOINED: u64 = 4_000;

/// Levels that a recursion to the end is taken to have: the trees that this is used on have fewer.
const LEVELS: u64 = 4;

/// Values kept of each column.
const VALUES: usize = 12;

/// What the generator knows of the rows in a database.
#[derive(Clone, Debug)]
pub struct Samples {
    /// Whether the database compares a column with values of its own type alone.
    strict: bool,
    /// By entity and column: some values, NULL among them if the column has any.
    values: Vec<Vec<Vec<Value>>>,
    /// By relationship: the most rows that belong to one parent.
    fan_out: Vec<u64>,
}

impl Samples {
    /// Reads them from the database that the graph describes.
    ///
    /// # Panics
    /// When the database refuses.
    #[must_use]
    pub fn read(database: &dyn Database, graph: &RelationshipGraph) -> Self {
        let of = |entity: &Entity| entity.columns.values().map(|column| values(database, entity, column)).collect();
        let values = graph.entities().map(|(_, entity)| of(entity));
        let fan_out = graph.relationships().map(|(_, r)| fan_out(database, graph, r));
        let strict = database.backend() == Backend::Postgres;
        Self { strict, values: values.collect(), fan_out: fan_out.collect() }
    }
}

/// Some values of a column, spread over all of them, and the same in every run.
fn values(database: &dyn Database, entity: &Entity, column: &ColumnDef) -> Vec<Value> {
    let (table, name) = (database.table(entity), database.column(Place { alias: "t0", entity, column }));
    let order = database.direction(false);
    let distinct = rows(database, &format!("SELECT DISTINCT {name} FROM {table} AS t0 ORDER BY {name}{order}"));
    let every = distinct.iter().filter(|row| row[0] != Cell::Null).count() / VALUES + 1;
    distinct.into_iter().step_by(every).flatten().map(literal).collect()
}

fn rows(database: &dyn Database, sql: &str) -> Vec<Vec<Cell>> {
    database.rows(&[Piece::Text(sql.to_owned())])
}

/// A value as a condition has it.
fn literal(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Boolean(b) => Value::Boolean(b),
        Cell::Integer(n) => i64::try_from(n).map_or_else(|_| Value::from(n as u64), Value::Integer),
        Cell::Float(x) => Value::Float(x),
        // As it is printed.
        Cell::Single(x) => Value::Float(x.to_string().parse().expect("a float")),
        Cell::Decimal(digits) => Value::Float(digits.parse().expect("digits")),
        Cell::Text(text) | Cell::Moment(text) => Value::Text(text),
        Cell::Instant(text) => Value::Text(text.replacen(' ', "T", 1) + "+00:00"),
        Cell::Padded(text) => Value::Text(text.trim_end().to_owned()),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
    }
}

fn fan_out(database: &dyn Database, graph: &RelationshipGraph, relationship: &Relationship) -> u64 {
    if !relationship.uselist {
        return 1;
    }
    let (entity, key) = match &relationship.secondary {
        Some(secondary) => (graph.entity(secondary.entity), &secondary.source_columns),
        None => (graph.entity(relationship.target), &relationship.target_key),
    };
    let key: Vec<String> = key.iter().map(|c| database.quote(&entity.column(*c).name)).collect();
    let counts = format!("SELECT count(*) AS n FROM {} GROUP BY {}", database.table(entity), key.join(", "));
    let most = rows(database, &format!("SELECT coalesce(max(n), 0) FROM ({counts}) AS c"));
    match most[0][0] {
        Cell::Integer(most) => u64::try_from(most).expect("a count"),
        ref other => panic!("{other:?} is no count"),
    }
}

/// Specifications over a graph: up to three levels below a root of a few rows.
///
/// # Panics
/// When the graph has no entities.
pub fn specs(graph: &RelationshipGraph, samples: &Samples) -> BoxedStrategy<LoadSpec> {
    let over = Over { graph, samples };
    // From the leaves up: every relationship, with those of its target below it.
    let mut below: Vec<BoxedStrategy<Field>> = Vec::new();
    for _ in 0..DEPTH {
        below = graph.relationships().map(|(_, r)| over.relationship(r, &below)).collect();
    }
    let roots: Vec<_> = graph.entities().map(|(_, entity)| over.root(entity, &below)).collect();
    assert!(!roots.is_empty(), "a graph without entities");
    let (graph, samples) = (graph.clone(), samples.clone());
    let bounded = move |root| {
        let mut spec = LoadSpec::from(root);
        let root = graph.entity_id(&spec.root.name).expect("roots are entities");
        let rows = spec.root.arguments.limit.unwrap_or(u64::MAX);
        let over = Over { graph: &graph, samples: &samples };
        over.bound(graph.entity(root), spec.root_mut(), rows, &mut rows.max(1));
        spec
    };
    proptest::strategy::Union::new(roots).prop_map(bounded).boxed()
}

/// A specification as a Rust expression, to be pasted into a regression test.
#[must_use]
pub fn shown(spec: &LoadSpec) -> String {
    let case = Case { graph: Vec::new(), ddl: Vec::new(), rows: Vec::new(), spec: spec.clone() };
    let text = format!("{case:?}");
    let spec = text.split_once("spec: ").map_or(text.as_str(), |(_, spec)| spec);
    spec.trim_end().trim_end_matches(['\n', '}']).trim_end_matches(',').to_owned()
}

struct Over<'a> {
    graph: &'a RelationshipGraph,
    samples: &'a Samples,
}

impl Over<'_> {
    fn root(&self, entity: &Entity, below: &[BoxedStrategy<Field>]) -> BoxedStrategy<Field> {
        let window = (1_u64..=4, option::weighted(0.4, 0_u64..=40)).prop_map(|(limit, offset)| (Some(limit), offset));
        let plain = Field::new(&entity.name);
        let rows = (self.filter(entity, true, 20), order(entity), window.boxed());
        (rows, self.fields(entity, below, 1..=3))
            .prop_map(move |((filter, order, (limit, offset)), fields)| {
                let arguments = Arguments { filter, order, limit, offset, at: At::default() };
                Field { arguments, fields, ..plain.clone() }
            })
            .boxed()
    }

    /// A relationship with `below` under it. A to-one takes a filter only.
    fn relationship(&self, relationship: &Relationship, below: &[BoxedStrategy<Field>]) -> BoxedStrategy<Field> {
        let target = self.graph.entity(relationship.target);
        let (order, window) = if relationship.uselist {
            let window = (option::weighted(0.35, 0_u64..=5), option::weighted(0.15, 0_u64..=3)).boxed();
            (order(target), window)
        } else {
            (Just(Vec::new()).boxed(), Just((None, None)).boxed())
        };
        let eager = [Loading::Selectin, Loading::Joined, Loading::Subquery, Loading::Auto];
        let loading = select([None].into_iter().chain(eager.map(Some)).collect::<Vec<_>>());
        let options = (loading, prop::bool::weighted(0.1), self.recursion(relationship), self.link(relationship));
        let plain = Field::new(&relationship.name);
        (options, self.filter(target, true, 20), order, window, self.fields(target, below, 0..=2))
            .prop_map(move |((strategy, inner, recurse, link), filter, order, (limit, offset), fields)| {
                let arguments = Arguments { filter, order, limit, offset, at: At::default() };
                Field { arguments, strategy, inner, recurse, link, fields, ..plain.clone() }
            })
            .boxed()
    }

    /// Half of what can be followed is.
    fn recursion(&self, relationship: &Relationship) -> BoxedStrategy<Option<Recurse>> {
        if relationship.source != relationship.target || !self.graph.entity(relationship.target).has_identity() {
            return Just(None).boxed();
        }
        let depth = option::weighted(0.5, 0_u64..=2);
        option::weighted(0.5, depth.prop_map(|depth| Recurse { depth, at: At::default() })).boxed()
    }

    /// Any columns of an association table.
    fn link(&self, relationship: &Relationship) -> BoxedStrategy<Option<ColumnList>> {
        let Some(secondary) = &relationship.secondary else { return Just(None).boxed() };
        let names: Vec<String> = self.graph.entity(secondary.entity).columns.keys().cloned().collect();
        let most = names.len();
        let some = subsequence(names, 0..=most).prop_shuffle();
        option::weighted(0.4, some.prop_map(|columns| ColumnList { columns, at: At::default() })).boxed()
    }

    /// Columns, or none for all, and relationships among them.
    fn fields(
        &self,
        entity: &Entity,
        below: &[BoxedStrategy<Field>],
        children: std::ops::RangeInclusive<usize>,
    ) -> BoxedStrategy<Option<Vec<Field>>> {
        let names: Vec<String> = entity.columns.keys().cloned().collect();
        let some = subsequence(names.clone(), 1..=names.len().min(4)).prop_shuffle();
        let columns = prop_oneof![1 => Just(Vec::new()), 2 => some];
        let aliased = vec(prop::bool::weighted(0.15), 4);
        let offered: Vec<_> = entity.relationships.values().filter_map(|r| below.get(r.index()).cloned()).collect();
        let related = if offered.is_empty() {
            Just(Vec::new()).boxed()
        } else {
            let child = (any::<Index>(), prop::bool::weighted(0.25), proptest::strategy::Union::new(offered));
            vec(child, children).boxed()
        };
        let taken: HashSet<String> = names.into_iter().collect();
        (columns, aliased, related)
            .prop_map(move |(columns, aliased, related)| {
                let mut fields: Vec<Field> = Vec::new();
                for (index, (name, aliased)) in columns.iter().zip(aliased).enumerate() {
                    let column = Field::new(name);
                    fields.push(if aliased { column.alias(format!("c{index}")) } else { column });
                }
                for (number, (place, aliased, mut child)) in related.into_iter().enumerate() {
                    // Two fields cannot come out under one key.
                    let twice = taken.contains(&child.name) || fields.iter().any(|f| f.key() == child.name);
                    if aliased || twice {
                        child.alias = Some(format!("{}_{number}", child.name));
                    }
                    fields.insert(place.index(fields.len() + 1), child);
                }
                Some(fields).filter(|fields| !fields.is_empty())
            })
            .boxed()
    }

    /// A condition in `percent` of the cases.
    fn filter(&self, entity: &Entity, related: bool, percent: u32) -> BoxedStrategy<Option<Filter>> {
        option::weighted(f64::from(percent) / 100.0, self.condition(entity, related)).boxed()
    }

    fn condition(&self, entity: &Entity, related: bool) -> BoxedStrategy<Filter> {
        let tests: Vec<_> = entity.columns.keys().map(|name| self.test(entity, name)).collect();
        let column = proptest::strategy::Union::new(tests).boxed();
        let exists: Vec<_> = entity.relationships.values().filter(|_| related).map(|id| self.exists(*id)).collect();
        let leaf = if exists.is_empty() {
            column
        } else {
            prop_oneof![3 => column, 1 => proptest::strategy::Union::new(exists)].boxed()
        };
        prop_oneof![
            6 => leaf.clone(),
            1 => leaf.clone().prop_map(|inner| Filter::Not(Box::new(inner))),
            1 => vec(leaf.clone(), 0..=3).prop_map(Filter::And),
            2 => vec(leaf, 0..=3).prop_map(Filter::Or),
        ]
        .boxed()
    }

    fn exists(&self, id: eagerly_planner::ids::RelationshipId) -> BoxedStrategy<Filter> {
        let relationship = self.graph.relationship(id);
        let one = if relationship.uselist { Quantifier::Any } else { Quantifier::Has };
        let inner = self.condition(self.graph.entity(relationship.target), false);
        let inner = prop_oneof![1 => Just(Filter::And(Vec::new())), 3 => inner];
        let name = relationship.name.clone();
        (select(vec![Quantifier::Any, Quantifier::None, one]), inner)
            .prop_map(move |(quantifier, inner)| Filter::Relationship {
                name: name.clone(),
                quantifier,
                filter: Box::new(inner),
                at: At::default(),
            })
            .boxed()
    }

    /// A test of one column against values that stand in it.
    fn test(&self, entity: &Entity, name: &str) -> BoxedStrategy<Filter> {
        let (id, column) = (self.graph.entity_id(&entity.name), entity.column_id(name));
        let known = id.zip(column).map(|(e, c)| self.samples.values[e.index()][c.index()].clone());
        let mut known = known.unwrap_or_default();
        let ty = entity.columns[name].ty;
        let is_number = matches!(ty, ColumnType::Integer | ColumnType::Decimal | ColumnType::Float);
        let can_like = !self.samples.strict || ty == ColumnType::Text;
        known.push(if is_number || !self.samples.strict { Value::Integer(0) } else { Value::Null });
        let prefixes: Vec<String> = known
            .iter()
            .filter_map(|value| match value {
                Value::Text(text) => Some(format!("%{}%", text.chars().take(3).collect::<String>())),
                _ => None,
            })
            .collect();
        let operators = vec![CompareOp::Eq, CompareOp::Ge, CompareOp::Ne, CompareOp::Lt, CompareOp::Gt, CompareOp::Le];
        let compare = (select(operators), select(known.clone()))
            .prop_map(|(op, value)| Comparison::Compare(op, Operand::Value(value)));
        let most = known.len().min(5);
        let list = (subsequence(known, 0..=most), prop::bool::weighted(0.3)).prop_map(|(values, negated)| {
            let values = values.into_iter().map(Operand::Value).collect();
            Comparison::In { list: ListOperand::Values(values), negated }
        });
        let patterns = if prefixes.is_empty() { vec!["%1%".to_owned()] } else { prefixes };
        let like = (select(vec![CompareOp::Like, CompareOp::NotLike]), select(patterns))
            .prop_map(|(op, pattern)| Comparison::Compare(op, Operand::Value(Value::Text(pattern))));
        let name = name.to_owned();
        let like = if can_like { like.boxed() } else { compare.clone().boxed() };
        prop_oneof![4 => compare, 2 => list, 1 => like, 1 => any::<bool>().prop_map(Comparison::IsNull)]
            .prop_map(move |test| Filter::Column { name: name.clone(), test, at: At::default() })
            .boxed()
    }

    /// Limits collections below `field`, which stands for `rows` rows, until all that is loaded stays small. `joined` is
    /// the product of the collections so far, which one statement returns if all of them are joined.
    fn bound(&self, entity: &Entity, field: &mut Field, rows: u64, joined: &mut u64) {
        let fan_out = |child: &Field| entity.relationships.get(&child.name).map(|id| self.samples.fan_out[id.index()]);
        if let Some(fields) = &mut field.fields {
            // The oracle reads every related row before it cuts the window.
            fields.retain(|child| fan_out(child).is_none_or(|most| rows.saturating_mul(most) <= ROWS_READ));
        }
        field.fields = field.fields.take().filter(|fields| !fields.is_empty());
        let key = field.recurse.as_ref().map(|_| field.key().to_owned());
        for child in field.fields.iter_mut().flatten() {
            if key.as_deref() == Some(child.key()) {
                // The next level of the recursion comes out under this key.
                child.alias = Some(format!("{}_below", child.name));
            }
            let Some(id) = entity.relationships.get(&child.name) else { continue };
            let relationship = self.graph.relationship(*id);
            let mut most = self.samples.fan_out[id.index()].min(child.arguments.limit.unwrap_or(u64::MAX));
            let room = (OBJECTS / rows.max(1)).min(ROWS_JOINED / *joined).max(1);
            if let Some(recurse) = &mut child.recurse {
                let levels = recurse.depth.unwrap_or(LEVELS) + 1;
                let unfolded =
                    |levels| (1..=levels).map(|n| most.saturating_pow(n as u32)).fold(0, u64::saturating_add);
                match (1..=levels).rev().find(|levels| unfolded(*levels) <= room) {
                    Some(fits) if fits == levels => most = unfolded(levels),
                    Some(fits) => (recurse.depth, most) = (Some(fits - 1), unfolded(fits)),
                    None => child.recurse = None,
                }
            }
            if relationship.uselist && most > room {
                child.arguments.limit = Some(room);
                most = room;
            }
            *joined = joined.saturating_mul(most.max(1));
            self.bound(self.graph.entity(relationship.target), child, rows.saturating_mul(most), joined);
        }
    }
}

/// Order terms; a column stands in it once.
fn order(entity: &Entity) -> BoxedStrategy<Vec<OrderTerm>> {
    let names: Vec<String> = entity.columns.keys().cloned().collect();
    let most = names.len().min(2);
    let some = (subsequence(names, 1..=most).prop_shuffle(), any::<[bool; 2]>()).prop_map(|(columns, descending)| {
        let terms = columns.into_iter().zip(descending);
        terms.map(|(column, descending)| OrderTerm { column, descending, at: At::default() }).collect()
    });
    prop_oneof![3 => Just(Vec::new()), 2 => some].boxed()
}
