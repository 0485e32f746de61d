//! What an exact case loads: a tree of its own, whose values are rows of the table `v`. What is printed of them is known
//! once the database holds them, and only then there is a specification.

use super::{Case, Table};
use crate::oracle::exact::Printed;
use eagerly_planner::filter::{CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use eagerly_planner::graph::{Entity, Relationship, RelationshipGraph};
use eagerly_planner::spec::{At, Field, LoadSpec, Strategy};

/// A relationship of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rel {
    /// From `p` to the rows of `c` that hold its key.
    Children,
    /// Back.
    Parent,
    /// From `p` to the row of `p` whose key it holds.
    Up,
    /// Back.
    Down,
    /// From `p` through `l` to `c`.
    Linked,
    /// Back.
    Links,
}

impl Rel {
    pub(super) const ALL: [Self; 6] = [Self::Children, Self::Parent, Self::Up, Self::Down, Self::Linked, Self::Links];

    /// Where it starts.
    #[must_use]
    pub fn source(self) -> Table {
        match self {
            Self::Children | Self::Up | Self::Down | Self::Linked => Table::P,
            Self::Parent | Self::Links => Table::C,
        }
    }

    /// Where it leads.
    #[must_use]
    pub fn target(self) -> Table {
        match self {
            Self::Children | Self::Linked => Table::C,
            Self::Parent | Self::Up | Self::Down | Self::Links => Table::P,
        }
    }

    /// The name that a graph of the case's own gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Parent => "parent",
            Self::Up => "up",
            Self::Down => "down",
            Self::Linked => "linked",
            Self::Links => "links",
        }
    }
}

/// A load node.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// How it is reached; none for the root.
    pub rel: Option<Rel>,
    /// The columns that come out; `n` is the first.
    pub columns: Vec<&'static str>,
    /// Which rows.
    pub filter: Option<Cond>,
    /// Order terms, and whether descending.
    pub order: Vec<(&'static str, bool)>,
    /// Rows at most.
    pub limit: Option<u64>,
    /// Rows left out.
    pub offset: Option<u64>,
    /// Whether it drops parents.
    pub inner: bool,
    /// Levels below the first.
    pub recurse: Option<Option<u64>>,
    /// Its strategy as written.
    pub strategy: Option<Strategy>,
    /// What is below.
    pub nodes: Vec<Node>,
}

/// A condition; a value is that of a row of `v`.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// `column op value`
    Compare(&'static str, CompareOp, usize),
    /// `column in (values)`
    In(&'static str, Vec<usize>, bool),
    /// `column is null`
    Null(&'static str, bool),
    /// All.
    And(Vec<Cond>),
    /// One.
    Or(Vec<Cond>),
    /// Not.
    Not(Box<Cond>),
    /// On related rows.
    Related(Rel, Quantifier, Option<Box<Cond>>),
}

/// Choices, one after the other; 0 where they have ended.
pub(super) struct Picks<'p> {
    left: std::slice::Iter<'p, u8>,
}

impl<'p> Picks<'p> {
    pub(super) fn new(picks: &'p [u8]) -> Self {
        Self { left: picks.iter() }
    }

    /// One of that many.
    fn of(&mut self, many: usize) -> usize {
        usize::from(self.left.next().copied().unwrap_or(0)) % many
    }

    /// True once in that many.
    fn once_in(&mut self, many: usize) -> bool {
        self.of(many) == many - 1
    }
}

/// Levels of a tree.
const LEVELS: usize = 3;

pub(super) fn root(case: &Case, picks: &mut Picks<'_>) -> Node {
    let table = if picks.of(3) < 2 { Table::P } else { Table::C };
    node(case, table, None, 0, picks)
}

fn node(case: &Case, table: Table, rel: Option<Rel>, level: usize, picks: &mut Picks<'_>) -> Node {
    let all = case.columns(table);
    let mut columns = vec!["n"];
    columns.extend(all.iter().map(|column| column.name).filter(|name| *name != "n" && picks.of(2) == 1));
    let list = rel.is_none_or(|rel| case.is_list(rel));
    let ordered: Vec<&'static str> = all.iter().filter(|column| column.ordered()).map(|column| column.name).collect();
    let mut order: Vec<(&'static str, bool)> = Vec::new();
    let (mut limit, mut offset) = (None, None);
    if list {
        for _ in 0..picks.of(3) {
            let term = (ordered[picks.of(ordered.len())], picks.of(2) == 1);
            if order.iter().all(|other| other.0 != term.0) {
                order.push(term);
            }
        }
        limit = picks.once_in(4).then(|| 1 + picks.of(3) as u64);
        offset = picks.once_in(8).then(|| picks.of(3) as u64);
    }
    let filter = picks.once_in(3).then(|| cond(case, table, 0, picks));
    let recurse = match rel {
        // Rows without an identity do not end a cycle.
        Some(Rel::Up | Rel::Down) if !case.schema.primary_key(Table::P).is_empty() && picks.once_in(3) => {
            Some([Some(0), Some(1), Some(2), None][picks.of(4)])
        }
        _ => None,
    };
    let inner = rel.is_some() && picks.once_in(6);
    let strategies =
        [None, Some(Strategy::Selectin), Some(Strategy::Joined), Some(Strategy::Subquery), Some(Strategy::Auto)];
    let strategy = rel.and(strategies[picks.of(5)]);
    let mut nodes: Vec<Node> = Vec::new();
    if level < LEVELS {
        let of = if level == 0 { 1 + picks.of(2) } else { picks.of(3) };
        for _ in 0..of {
            let rels: Vec<Rel> = Rel::ALL.into_iter().filter(|r| case.has(*r) && r.source() == table).collect();
            let child = rels[picks.of(rels.len())];
            if nodes.iter().all(|node| node.rel != Some(child)) && (recurse.is_none() || rel != Some(child)) {
                nodes.push(node(case, child.target(), Some(child), level + 1, picks));
            }
        }
    }
    Node { rel, columns, filter, order, limit, offset, inner, recurse, strategy, nodes }
}

fn cond(case: &Case, table: Table, level: usize, picks: &mut Picks<'_>) -> Cond {
    let columns = case.columns(table);
    let column = &columns[picks.of(columns.len())];
    match picks.of(if level < 2 { 9 } else { 5 }) {
        kind @ 0..=3 if column.printed() => {
            if kind == 3 {
                let values = (0..1 + picks.of(3)).map(|_| picks.of(case.pool())).collect();
                return Cond::In(column.name, values, picks.once_in(3));
            }
            let operators = [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Ge, CompareOp::Gt, CompareOp::Le];
            let operators = if column.ordered() { &operators[..] } else { &operators[..2] };
            let operator = if kind == 0 { CompareOp::Eq } else { operators[picks.of(operators.len())] };
            Cond::Compare(column.name, operator, picks.of(case.pool()))
        }
        0..=4 => Cond::Null(column.name, picks.of(2) == 0),
        5 => Cond::Not(Box::new(cond(case, table, level + 1, picks))),
        6 => Cond::And((0..2).map(|_| cond(case, table, level + 1, picks)).collect()),
        7 => Cond::Or((0..2).map(|_| cond(case, table, level + 1, picks)).collect()),
        _ => {
            let rels: Vec<Rel> = Rel::ALL.into_iter().filter(|r| case.has(*r) && r.source() == table).collect();
            let rel = rels[picks.of(rels.len())];
            let last = if case.is_list(rel) { Quantifier::Any } else { Quantifier::Has };
            let quantifier = [Quantifier::Any, Quantifier::None, last][picks.of(3)];
            let inner = (picks.of(2) == 1).then(|| Box::new(cond(case, rel.target(), level + 1, picks)));
            Cond::Related(rel, quantifier, inner)
        }
    }
}

/// The specification, with the values as they are printed.
pub(super) fn specification(case: &Case, graph: &RelationshipGraph, printed: &Printed) -> LoadSpec {
    let spec = Spec { case, graph, printed };
    let table = case.root_table();
    LoadSpec::from(spec.field(&case.root, table, table.name()))
}

struct Spec<'s> {
    case: &'s Case,
    graph: &'s RelationshipGraph,
    printed: &'s Printed,
}

impl Spec<'_> {
    fn field(&self, node: &Node, table: Table, name: &str) -> Field {
        let mut field = Field::new(name);
        for column in &node.columns {
            field = field.load(Field::new(*column));
        }
        if let Some(filter) = &node.filter {
            field = field.filter(self.filter(filter, table));
        }
        let order = node.order.iter().map(|(name, descending)| format!("{}{name}", if *descending { "-" } else { "" }));
        if !node.order.is_empty() {
            field = field.order(order.collect::<Vec<_>>());
        }
        field = node.limit.into_iter().fold(field, Field::limit);
        field = node.offset.into_iter().fold(field, Field::offset);
        field = node.strategy.into_iter().fold(field, Field::strategy);
        if node.inner {
            field = field.inner();
        }
        field = match node.recurse {
            None => field,
            Some(None) => field.recurse(),
            Some(Some(depth)) => field.recurse_to(depth),
        };
        for child in &node.nodes {
            let rel = child.rel.expect("a relationship");
            field = field.load(self.field(child, rel.target(), &relationship(self.case, self.graph, rel).name));
        }
        field
    }

    fn filter(&self, cond: &Cond, table: Table) -> Filter {
        let all = |list: &[Cond]| list.iter().map(|cond| self.filter(cond, table)).collect();
        match cond {
            Cond::Compare(column, operator, value) => match self.printed.value(self.case, table, column, *value) {
                Some(value) => Filter::compare(*column, *operator, value),
                None => Filter::And(Vec::new()),
            },
            Cond::In(column, values, negated) => {
                let values = values.iter().filter_map(|value| self.printed.value(self.case, table, column, *value));
                let list = ListOperand::Values(values.map(Operand::Value).collect());
                let test = Comparison::In { list, negated: *negated };
                Filter::Column { name: (*column).to_owned(), test, at: At::default() }
            }
            Cond::Null(column, true) => Filter::is_null(*column),
            Cond::Null(column, false) => Filter::is_not_null(*column),
            Cond::And(list) => Filter::And(all(list)),
            Cond::Or(list) => Filter::Or(all(list)),
            Cond::Not(inner) => Filter::Not(Box::new(self.filter(inner, table))),
            Cond::Related(rel, quantifier, inner) => Filter::Relationship {
                name: relationship(self.case, self.graph, *rel).name.clone(),
                quantifier: *quantifier,
                filter: Box::new(
                    inner.as_ref().map_or(Filter::And(Vec::new()), |inner| self.filter(inner, rel.target())),
                ),
                at: At::default(),
            },
        }
    }
}

/// What a graph calls a relationship: it is found by its columns.
///
/// # Panics
/// When the graph has none.
#[must_use]
pub fn relationship<'g>(case: &Case, graph: &'g RelationshipGraph, rel: Rel) -> &'g Relationship {
    let entity = |table: Table| graph.entity(graph.entity_id(table.name()).expect("an entity"));
    let (source, target) = (entity(rel.source()), entity(rel.target()));
    let names = |entity: &Entity, columns: &[_]| entity.column_names(columns);
    let pairs = case.pairs(rel);
    let wanted =
        |side: fn(&(&'static str, &'static str)) -> &'static str| pairs.iter().map(side).collect::<Vec<_>>().join(", ");
    let found = source.relationships.values().map(|id| graph.relationship(*id)).find(|r| {
        graph.entity(r.target).name == target.name
            && r.secondary.is_some() == matches!(rel, Rel::Linked | Rel::Links)
            && (r.secondary.is_some()
                || (names(source, &r.source_key) == wanted(|pair| pair.1)
                    && names(target, &r.target_key) == wanted(|pair| pair.0)))
    });
    found.unwrap_or_else(|| panic!("no {rel:?} in {:?}", source.relationships))
}
