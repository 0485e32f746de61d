//! What statements, rows and bytes cost on a database, as far as `auto` weighs them.

/// Times in nanoseconds. Only their ratios matter, and only roughly: a choice near the border gains little either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Costs {
    /// One more statement: sent or prepared, planned, begun and ended.
    pub statement: u64,
    /// One more dependent round trip. In process there is none.
    pub wave: u64,
    /// A row that a join finds for each row of another table.
    pub joined_row: u64,
    /// A row that is found by a key of a list.
    pub found_row: u64,
    /// A key of a list: written, read and sorted.
    pub key: u64,
    /// What a row that comes once by a statement of its own costs beside: its key is taken from the rows that lead to it,
    /// and it is found again by it.
    pub target: u64,
    /// A KiB of results and of lists.
    pub kib: u64,
}

impl Costs {
    /// A server at the other end of a network: a KiB takes 8 µs at one gigabit a second, a round trip half a millisecond,
    /// and to parse, plan and dispatch one more statement a quarter of that. What a row costs beside its bytes is less.
    pub const NETWORK: Self =
        Self { statement: 131_072, wave: 524_288, joined_row: 0, found_row: 0, key: 0, target: 0, kib: 8_192 };
}
