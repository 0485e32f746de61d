//! What `auto` weighs where statistics say how many rows there are: the time that a plan takes, by the [`Costs`] of the
//! database: of its statements and waves, of rows that joins and lists of keys find, and of the bytes of all results and
//! lists.
//!
//! Both sides of a choice are compared as integers: the same statistics give the same choice.

use crate::dialect::Costs;

/// A key in a list, in bytes.
const KEY: u64 = 8;

/// A to-one whose targets could come joined to each row of the parent, or once each by a statement of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToOne {
    /// The parent's rows.
    pub(crate) parents: u64,
    /// The different targets that they lead to.
    pub(crate) targets: u64,
    /// The bytes read of a target.
    pub(crate) width: u64,
    /// Whether a statement of its own adds a wave.
    pub(crate) adds_wave: bool,
}

impl ToOne {
    /// Whether a statement of its own costs less: `targets × (width + key) + parents × key` bytes, the targets found by
    /// their keys and the statement (and the wave), against `parents × width` bytes and as many rows joined.
    pub(crate) fn splits(self, costs: &Costs) -> bool {
        let Self { parents, targets, width, adds_wave } = self;
        let joined = bytes(costs, parents, width).saturating_add(times(parents, costs.joined_row));
        // The list of keys, the foreign key that each parent then has to bring, and the targets.
        let split = bytes(costs, targets, width.saturating_add(KEY))
            .saturating_add(bytes(costs, parents, KEY))
            .saturating_add(times(targets, of_target(costs)))
            .saturating_add(statement(costs, adds_wave));
        split < joined
    }
}

/// A collection that could come joined to its parents, which repeats them, or by a statement of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Collection {
    /// The parent's rows.
    pub(crate) parents: u64,
    /// The rows of the collection, over all parents.
    pub(crate) children: u64,
    /// The bytes read of a parent.
    pub(crate) parent_width: u64,
    /// The bytes read of a row of the collection.
    pub(crate) width: u64,
    /// Whether a statement of its own adds a wave.
    pub(crate) adds_wave: bool,
    /// What is spared besides where it has a statement of its own ([`Repeated::spares`]).
    pub(crate) spared: u128,
}

impl Collection {
    /// Whether the join costs less: `children × parent's width` bytes repeated, the children joined, and what a split would
    /// spare, against `(parents + children) × key` bytes, the children found by keys and the statement (and the wave).
    ///
    /// Averages hide the one parent with a million children. A parent that is no wider than a child is repeated for at
    /// most as many bytes as the children take, however they are spread; no wider one is ever joined.
    pub(crate) fn joins(self, costs: &Costs) -> bool {
        let Self { parents, children, parent_width, width, adds_wave, spared } = self;
        let repeated = bytes(costs, children, parent_width)
            .saturating_add(times(children, costs.joined_row))
            .saturating_add(spared);
        let split = bytes(costs, parents.saturating_add(children), KEY)
            .saturating_add(times(parents, costs.key))
            .saturating_add(times(children, costs.found_row))
            .saturating_add(statement(costs, adds_wave));
        parent_width <= width && repeated < split
    }
}

/// A collection through an association table, of which each target could come once for each row of the table, or all but
/// its key by a statement of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Repeated {
    /// The rows of the association table that lead to targets.
    pub(crate) links: u64,
    /// The different targets that they lead to.
    pub(crate) targets: u64,
    /// The bytes read of a target, its key aside.
    pub(crate) width: u64,
    /// The bytes of its key.
    pub(crate) key: u64,
    /// Whether a statement of its own adds a wave.
    pub(crate) adds_wave: bool,
    /// Whether the links need not be joined to the targets then.
    pub(crate) links_alone: bool,
}

impl Repeated {
    /// What a statement of their own spares: `links × width` bytes, and as many rows joined where the links do alone, less
    /// `targets × (width + 2 × key)` bytes, the targets found by their keys and the statement (and the wave); 0 where it
    /// costs more. The key comes with each link either way; the statement sends it and gets it back.
    pub(crate) fn spares(self, costs: &Costs) -> u128 {
        let Self { links, targets, width, key, adds_wave, links_alone } = self;
        let split = bytes(costs, targets, width.saturating_add(key.saturating_mul(2)))
            .saturating_add(times(targets, of_target(costs)))
            .saturating_add(statement(costs, adds_wave));
        let joined = if links_alone { times(links, costs.joined_row) } else { 0 };
        bytes(costs, links, width).saturating_add(joined).saturating_sub(split)
    }
}

/// Nanoseconds by 1024, as everything here: no KiB is rounded.
fn bytes(costs: &Costs, rows: u64, width: u64) -> u128 {
    (u128::from(rows) * u128::from(width)).saturating_mul(u128::from(costs.kib))
}

fn times(rows: u64, each: u64) -> u128 {
    (u128::from(rows) * u128::from(each)).saturating_mul(1024)
}

/// A target that comes once, by a key of a list.
fn of_target(costs: &Costs) -> u64 {
    costs.found_row.saturating_add(costs.key).saturating_add(costs.target)
}

fn statement(costs: &Costs, adds_wave: bool) -> u128 {
    times(1, costs.statement.saturating_add(if adds_wave { costs.wave } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A statement and a wave on the network, in bytes.
    const STATEMENT: u64 = 16 << 10;
    const WAVE: u64 = 64 << 10;
    const NETWORK: &Costs = &Costs::NETWORK;
    /// A database in process.
    const LOCAL: &Costs =
        &Costs { statement: 10_000, wave: 0, joined_row: 180, found_row: 120, key: 100, target: 200, kib: 100 };

    fn to_one(parents: u64, targets: u64, width: u64, adds_wave: bool) -> bool {
        ToOne { parents, targets, width, adds_wave }.splits(NETWORK)
    }

    #[test]
    fn wide_targets_that_repeat_are_split() {
        assert!(to_one(1_000_000, 50, 2_000, true));
        // Narrow ones, and ones that do not repeat, are not.
        assert!(!to_one(1_000_000, 50, 8, true));
        assert!(!to_one(1_000_000, 1_000_000, 2_000, true));
        assert!(!to_one(10, 1, 2_000, true));
    }

    #[test]
    fn a_to_one_splits_where_it_saves_more_than_a_statement_and_a_wave() {
        // One target of 100 bytes: joined 100 n, split 108 + 8 n + 16 384 (+ 65 536).
        let border = |fixed: u64| (108 + fixed) / 92;
        for (adds_wave, fixed) in [(false, STATEMENT), (true, STATEMENT + WAVE)] {
            assert!(!to_one(border(fixed), 1, 100, adds_wave), "{adds_wave}");
            assert!(to_one(border(fixed) + 1, 1, 100, adds_wave), "{adds_wave}");
        }
    }

    fn collection(parents: u64, children: u64, parent_width: u64, width: u64, adds_wave: bool) -> bool {
        Collection { parents, children, parent_width, width, adds_wave, spared: 0 }.joins(NETWORK)
    }

    #[test]
    fn a_collection_joins_where_it_repeats_less_than_a_statement_and_a_wave_cost() {
        // One parent of 108 bytes: repeated 108 n, split 8 (n + 1) + 16 384 (+ 65 536).
        for (adds_wave, fixed) in [(false, STATEMENT), (true, STATEMENT + WAVE)] {
            let border = (8 + fixed).div_ceil(100);
            assert!(collection(1, border - 1, 108, 108, adds_wave), "{adds_wave}");
            assert!(!collection(1, border, 108, 108, adds_wave), "{adds_wave}");
        }
    }

    #[test]
    fn a_collection_does_not_join_where_its_targets_come_once_for_less() {
        let joins = |spared| {
            Collection {
                parents: 10,
                children: 30,
                parent_width: 40,
                width: 40,
                adds_wave: true,
                spared: spared * 8_192,
            }
            .joins(NETWORK)
        };
        let costs = (10 + 30) * 8 + u128::from(STATEMENT + WAVE) - 30 * 40;
        assert!(joins(costs - 1) && !joins(costs));
    }

    #[test]
    fn wide_parents_are_never_repeated() {
        assert!(collection(10, 30, 40, 40, true));
        assert!(!collection(10, 30, 41, 40, true));
    }

    #[test]
    fn targets_come_once_where_that_saves_more_than_a_statement_and_a_wave() {
        let splits = |links, targets, width, adds_wave| {
            Repeated { links, targets, width, key: 8, adds_wave, links_alone: true }.spares(NETWORK) > 0
        };
        // One target of 100 bytes: repeated 100 n, split 116 + 16 384 (+ 65 536).
        for (adds_wave, fixed) in [(false, STATEMENT), (true, STATEMENT + WAVE)] {
            let border = (116 + fixed) / 100;
            assert!(!splits(border, 1, 100, adds_wave), "{adds_wave}");
            assert!(splits(border + 1, 1, 100, adds_wave), "{adds_wave}");
        }
        // Narrow ones, and ones that do not repeat, are not split.
        assert!(!splits(1_000_000, 900_000, 8, true));
        assert!(!splits(1_000_000, 1_000_000, 2_000, true));
        assert!(splits(u64::MAX, 1, u64::MAX, true));
    }

    #[test]
    fn sizes_beyond_64_bits_are_weighed() {
        assert!(to_one(u64::MAX, 1, u64::MAX, true));
        assert!(!collection(u64::MAX, u64::MAX, u64::MAX, u64::MAX, true));
    }

    #[test]
    fn in_process_a_row_costs_more_than_its_bytes_and_a_statement_little() {
        let to_one = |parents, targets| ToOne { parents, targets, width: 20, adds_wave: true }.splits(LOCAL);
        assert!(to_one(10_000, 1_000) && to_one(100, 10));
        assert!(!to_one(10_000, 10_000) && !to_one(10, 1));
        let once = |links, targets, links_alone| {
            Repeated { links, targets, width: 20, key: 8, adds_wave: true, links_alone }.spares(LOCAL) > 0
        };
        assert!(once(30_000, 200, true) && !once(30, 20, true) && !once(30_000, 30_000, true));
        // Where the join stays, only bytes are spared.
        assert!(!once(3_000, 200, false));
        let joins = |parents, children| {
            Collection { parents, children, parent_width: 20, width: 20, adds_wave: true, spared: 0 }.joins(LOCAL)
        };
        assert!(joins(1, 3) && joins(10, 30) && !joins(1_000, 3_000));
    }
}
