//! What `auto` weighs where statistics say how many rows there are. A plan costs
//!
//! ```text
//! bytes of all results and key lists  +  16 KiB for each statement  +  64 KiB for each wave
//! ```
//!
//! The constants are the bytes that a server sends in the time that a statement and a round trip take besides: half a
//! millisecond of latency in a data centre is 64 KiB at one gigabit a second, and to parse, plan and dispatch one more
//! statement takes about a quarter of that. In process both are smaller, but so is what is gained: a choice that is
//! near the border matters little there.
//!
//! Both sides of a choice are compared in bytes, as integers: the same statistics give the same choice.

/// One more statement, in bytes.
pub(crate) const STATEMENT: u64 = 16 << 10;

/// One more dependent round trip, in bytes.
pub(crate) const WAVE: u64 = 64 << 10;

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
    /// Whether a statement of its own costs less: `targets × (width + key) + parents × key + statement (+ wave)` against
    /// `parents × width`.
    pub(crate) fn splits(self) -> bool {
        let Self { parents, targets, width, adds_wave } = self;
        let joined = product(parents, width);
        // The list of keys, the foreign key that each parent then has to bring, and the targets.
        let split = product(targets, width.saturating_add(KEY))
            .saturating_add(product(parents, KEY))
            .saturating_add(u128::from(STATEMENT + if adds_wave { WAVE } else { 0 }));
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
    /// What is spared besides where it has a statement of its own, in bytes ([`Repeated::spares`]).
    pub(crate) spared: u128,
}

impl Collection {
    /// Whether the join costs less: `children × parent's width` repeated, and what a split would spare, against
    /// `(parents + children) × key + statement (+ wave)`.
    ///
    /// Averages hide the one parent with a million children. A parent that is no wider than a child is repeated for at
    /// most as many bytes as the children take, however they are spread; no wider one is ever joined.
    pub(crate) fn joins(self) -> bool {
        let Self { parents, children, parent_width, width, adds_wave, spared } = self;
        let repeated = product(children, parent_width).saturating_add(spared);
        let split = product(parents.saturating_add(children), KEY)
            .saturating_add(u128::from(STATEMENT + if adds_wave { WAVE } else { 0 }));
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
}

impl Repeated {
    /// What a statement of their own spares, in bytes: `links × width` less `targets × (width + 2 × key) + statement
    /// (+ wave)`; 0 where it costs more. The key comes with each link either way; the statement sends it and gets it back.
    pub(crate) fn spares(self) -> u128 {
        let Self { links, targets, width, key, adds_wave } = self;
        let split = product(targets, width.saturating_add(key.saturating_mul(2)))
            .saturating_add(u128::from(STATEMENT + if adds_wave { WAVE } else { 0 }));
        product(links, width).saturating_sub(split)
    }
}

fn product(rows: u64, width: u64) -> u128 {
    u128::from(rows) * u128::from(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_one(parents: u64, targets: u64, width: u64, adds_wave: bool) -> bool {
        ToOne { parents, targets, width, adds_wave }.splits()
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
        Collection { parents, children, parent_width, width, adds_wave, spared: 0 }.joins()
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
            Collection { parents: 10, children: 30, parent_width: 40, width: 40, adds_wave: true, spared }.joins()
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
        let splits =
            |links, targets, width, adds_wave| Repeated { links, targets, width, key: 8, adds_wave }.spares() > 0;
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
}
