//! The choices behind a case: small numbers and short lists, nothing that can be invalid. They are resolved modulo
//! what there is to choose from, so whatever proptest shrinks stays a valid case; 0 is always the plainest choice.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A choice, resolved modulo the number of things there are.
pub(super) type Pick = u8;

/// Cells of a row, resolved modulo the values of their columns.
pub(super) type Cells = Vec<Pick>;

#[derive(Clone, Debug)]
pub(super) struct RawCase {
    pub(super) entities: Vec<RawEntity>,
    pub(super) foreign_keys: Vec<RawForeignKey>,
    pub(super) links: Vec<RawLink>,
    pub(super) root: RawNode,
}

#[derive(Clone, Debug)]
pub(super) struct RawEntity {
    pub(super) names: Pick,
    pub(super) column_names: Pick,
    pub(super) key: Pick,
    pub(super) key_collation: Pick,
    pub(super) name_collation: Pick,
    pub(super) unique: Pick,
    pub(super) extra: Pick,
    pub(super) without_rowid: bool,
    pub(super) rows: Vec<Cells>,
}

/// Columns of one entity that hold the key of another, and a relationship on each side.
#[derive(Clone, Debug)]
pub(super) struct RawForeignKey {
    pub(super) from: Pick,
    pub(super) to: Pick,
    /// Both are one entity.
    pub(super) to_itself: bool,
    pub(super) referenced: Pick,
    pub(super) declared: Pick,
    pub(super) collation: Pick,
    pub(super) unique: Pick,
    pub(super) not_null: bool,
    /// The graph states that no key dangles, and none does.
    pub(super) trusted: bool,
    pub(super) index: bool,
    pub(super) reverse: Pick,
    pub(super) forward_options: RawOptions,
    pub(super) reverse_options: RawOptions,
}

/// An association table, and a many-to-many on each side.
#[derive(Clone, Debug)]
pub(super) struct RawLink {
    pub(super) left: Pick,
    pub(super) right: Pick,
    /// Both are one entity.
    pub(super) to_itself: bool,
    pub(super) referenced: Pick,
    pub(super) key: Pick,
    /// A column of its own.
    pub(super) extra: Pick,
    pub(super) declared: Pick,
    pub(super) collation: Pick,
    pub(super) names: Pick,
    pub(super) single: bool,
    pub(super) left_options: RawOptions,
    pub(super) right_options: RawOptions,
    pub(super) rows: Vec<Cells>,
}

/// What a relationship's definition can say beside its keys.
#[derive(Clone, Debug)]
pub(super) struct RawOptions {
    pub(super) strategy: Pick,
    pub(super) order: Vec<(Pick, bool)>,
    pub(super) predicate: Option<RawFilter>,
}

/// A load node; of the root, `target` chooses the entity.
#[derive(Clone, Debug)]
pub(super) struct RawNode {
    pub(super) target: Pick,
    pub(super) alias: bool,
    /// To where its parent was reached from, where that is possible.
    pub(super) back: bool,
    /// Only the columns by which a to-one is found.
    pub(super) key_only: bool,
    pub(super) strategy: Pick,
    /// Under a strategy that does not load; 0 is none.
    pub(super) unloaded: Pick,
    pub(super) inner: bool,
    /// The strategy of what is not listed; 0 is none.
    pub(super) default: Pick,
    /// Followed by itself, where that is possible, and how often.
    pub(super) recurse: Option<Option<u64>>,
    /// Columns of the association table's row, where there is one.
    pub(super) link: Option<Vec<Pick>>,
    /// Columns, and whether under an alias; none for all.
    pub(super) columns: Vec<(Pick, bool)>,
    /// Columns to leave out, where none is listed.
    pub(super) except: Vec<Pick>,
    pub(super) filter: Option<RawFilter>,
    pub(super) order: Vec<(Pick, bool)>,
    pub(super) limit: Option<u64>,
    pub(super) offset: Option<u64>,
    /// Relationships, each with its place among the fields.
    pub(super) children: Vec<(Pick, RawNode)>,
}

#[derive(Clone, Debug)]
pub(super) enum RawFilter {
    Compare { column: Pick, operator: Pick, value: Pick },
    In { column: Pick, values: Vec<Pick>, negated: bool },
    IsNull { column: Pick, null: bool },
    Not(Box<RawFilter>),
    And(Vec<RawFilter>),
    Or(Vec<RawFilter>),
    Related { relationship: Pick, quantifier: Pick, filter: Box<RawFilter> },
}

pub(super) fn case() -> impl Strategy<Value = RawCase> {
    (vec(entity(), 2..=4), vec(foreign_key(), 1..=5), vec(link(), 0..=3), root())
        .prop_map(|(entities, foreign_keys, links, root)| RawCase { entities, foreign_keys, links, root })
}

/// A choice that is 0 except in `percent` of the cases.
fn rare(percent: u32) -> BoxedStrategy<Pick> {
    prop_oneof![100 - percent => Just(0), percent => any::<Pick>()].boxed()
}

fn sometimes(percent: u32) -> BoxedStrategy<bool> {
    prop::bool::weighted(f64::from(percent) / 100.0).boxed()
}

fn rows() -> impl Strategy<Value = Vec<Cells>> {
    let some = vec(vec(any::<Pick>(), 16), 1..=9);
    (some, sometimes(6)).prop_map(|(rows, empty)| if empty { Vec::new() } else { rows })
}

fn entity() -> impl Strategy<Value = RawEntity> {
    let choices = (rare(20), rare(20), any::<Pick>(), rare(30), rare(30), rare(50), any::<Pick>(), sometimes(10));
    (choices, rows()).prop_map(|(choices, rows)| {
        let (names, column_names, key, key_collation, name_collation, unique, extra, without_rowid) = choices;
        RawEntity { names, column_names, key, key_collation, name_collation, unique, extra, without_rowid, rows }
    })
}

fn foreign_key() -> impl Strategy<Value = RawForeignKey> {
    let columns = (any::<Pick>(), any::<Pick>(), rare(40), rare(35), rare(45), rare(25), sometimes(10), sometimes(30));
    let reverse = (any::<Pick>(), sometimes(35), sometimes(40));
    (columns, reverse, options(), options()).prop_map(|(columns, reverse, forward_options, reverse_options)| {
        let (from, to, referenced, declared, collation, unique, not_null, index) = columns;
        let (reverse, to_itself, trusted) = reverse;
        RawForeignKey {
            from,
            to,
            to_itself,
            referenced,
            declared,
            collation,
            unique,
            not_null,
            trusted,
            index,
            reverse,
            forward_options,
            reverse_options,
        }
    })
}

fn link() -> impl Strategy<Value = RawLink> {
    let columns = (any::<Pick>(), any::<Pick>(), rare(20), any::<Pick>(), rare(30), rare(40), rare(20), sometimes(8));
    let extra = (any::<Pick>(), sometimes(30));
    (columns, extra, options(), options(), rows()).prop_map(|(columns, extra, left_options, right_options, rows)| {
        let (left, right, referenced, key, declared, collation, names, single) = columns;
        let (extra, to_itself) = extra;
        RawLink {
            left,
            right,
            to_itself,
            referenced,
            key,
            extra,
            declared,
            collation,
            names,
            single,
            left_options,
            right_options,
            rows,
        }
    })
}

fn options() -> impl Strategy<Value = RawOptions> {
    (rare(15), order(15), option::weighted(0.1, filter(1))).prop_map(|(strategy, order, predicate)| RawOptions {
        strategy,
        order,
        predicate,
    })
}

fn order(percent: u32) -> BoxedStrategy<Vec<(Pick, bool)>> {
    let some = vec((any::<Pick>(), any::<bool>()), 1..=2);
    prop_oneof![100 - percent => Just(Vec::new()), percent => some].boxed()
}

fn root() -> BoxedStrategy<RawNode> {
    let child = (any::<Pick>(), node(2));
    shape(18, vec(child, 1..=3).boxed())
}

fn node(levels_below: u32) -> BoxedStrategy<RawNode> {
    let children = if levels_below == 0 {
        Just(Vec::new()).boxed()
    } else {
        vec((any::<Pick>(), node(levels_below - 1)), 0..=2).boxed()
    };
    shape(25, children)
}

fn shape(filtered: u32, children: BoxedStrategy<Vec<(Pick, RawNode)>>) -> BoxedStrategy<RawNode> {
    let filter = option::weighted(f64::from(filtered) / 100.0, filter(2));
    let options = (any::<Pick>(), sometimes(30), any::<Pick>(), sometimes(8), sometimes(35), sometimes(35));
    let columns = prop_oneof![1 => Just(Vec::new()), 2 => vec((any::<Pick>(), sometimes(15)), 1..=3)];
    let except = prop_oneof![3 => Just(Vec::new()), 1 => vec(any::<Pick>(), 1..=2)];
    let recurse = option::weighted(0.35, option::weighted(0.4, 0..=3_u64));
    let link = option::weighted(0.3, vec(any::<Pick>(), 0..=4));
    let directives = (rare(2), rare(14), recurse, link, except);
    let limit = prop::sample::select(vec![1_u64, 2, 1, 3, 1, 2, 0]);
    let window = (option::weighted(0.35, limit), option::weighted(0.15, 0..=2_u64));
    (options, directives, columns, filter, order(40), window, children)
        .prop_map(|(options, directives, columns, filter, order, (limit, offset), children)| {
            let (target, alias, strategy, inner, back, key_only) = options;
            let (unloaded, default, recurse, link, except) = directives;
            RawNode {
                target,
                alias,
                back,
                key_only,
                strategy,
                unloaded,
                inner,
                default,
                recurse,
                link,
                columns,
                except,
                filter,
                order,
                limit,
                offset,
                children,
            }
        })
        .boxed()
}

fn filter(depth: u32) -> BoxedStrategy<RawFilter> {
    let leaf = prop_oneof![
        6 => any::<(Pick, Pick, Pick)>()
            .prop_map(|(column, operator, value)| RawFilter::Compare { column, operator, value }),
        2 => (any::<Pick>(), vec(any::<Pick>(), 0..=4), any::<bool>())
            .prop_map(|(column, values, negated)| RawFilter::In { column, values, negated }),
        1 => any::<(Pick, bool)>().prop_map(|(column, null)| RawFilter::IsNull { column, null }),
    ];
    leaf.prop_recursive(depth, 8, 3, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|f| RawFilter::Not(Box::new(f))),
            1 => vec(inner.clone(), 0..=3).prop_map(RawFilter::And),
            1 => vec(inner.clone(), 0..=3).prop_map(RawFilter::Or),
            2 => (any::<(Pick, Pick)>(), inner).prop_map(|((relationship, quantifier), filter)| {
                RawFilter::Related { relationship, quantifier, filter: Box::new(filter) }
            }),
        ]
    })
    .boxed()
}
