//! Where keys are found: integers by themselves, all others by their hash.

use super::ids::Id;
use super::integers::Integers;
use hashbrown::HashTable;

/// An index of keys that are stored elsewhere: their numbers `N`.
#[derive(Debug)]
pub(crate) enum Index<N> {
    /// Every key is one integer.
    Integers(Integers<N>),
    /// Numbers by the hashes of their keys.
    Hashed(HashTable<N>),
}

impl<N: Id> Default for Index<N> {
    fn default() -> Self {
        Self::Integers(Integers::default())
    }
}

impl<N: Id> Index<N> {
    /// Adds a key that is new and not one integer. What was integers so far is hashed from now on.
    pub(crate) fn insert_hashed(
        &mut self,
        hash: u64,
        number: N,
        hash_integer: impl Fn(i64) -> u64,
        hash_number: impl Fn(N) -> u64,
    ) {
        let hash_number = |number: &N| hash_number(*number);
        match self {
            Self::Hashed(table) => _ = table.insert_unique(hash, number, hash_number),
            Self::Integers(integers) => {
                let mut table = HashTable::with_capacity(integers.len() as usize + 1);
                integers.each(|key, known| _ = table.insert_unique(hash_integer(key), known, hash_number));
                table.insert_unique(hash, number, hash_number);
                *self = Self::Hashed(table);
            }
        }
    }
}
