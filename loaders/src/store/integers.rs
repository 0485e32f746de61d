//! Integer keys, each with a number. Consecutive keys that are numbered in their order need nothing but the first; dense
//! ones are found by index, in pages; sparse ones by one open-addressing table.

use super::ids::{Id, Opt};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Keys of a page, as a power of two.
const SHIFT: u32 = 9;
const PAGE: usize = 1 << SHIFT;

/// Bytes of pages that a key may take before a table takes less.
const BYTES_A_KEY: usize = 32;

/// Pages that are never too many.
const FEW_PAGES: usize = 16;

/// Keys of a table move into pages where so many integers lie between the ends for each key: pages then hold them all.
const DENSE: u64 = 4;

/// A map from integers to numbers `N`.
#[derive(Debug)]
pub(crate) struct Integers<N> {
    count: u32,
    form: Form<N>,
}

#[derive(Debug)]
enum Form<N> {
    /// The number of `first + n` is `n`.
    Run {
        first: i64,
    },
    Pages(Pages<N>),
    Table(Table<N>),
}

/// The numbers of keys that are far from each other.
#[derive(Debug)]
struct Table<N> {
    numbers: HashTable<(i64, N)>,
    lowest: i64,
    highest: i64,
}

impl<N> Default for Integers<N> {
    fn default() -> Self {
        Self { count: 0, form: Form::Run { first: 0 } }
    }
}

/// The numbers of keys near each other.
#[derive(Debug)]
struct Pages<N> {
    /// The number of the first page: its keys divided by their number on a page.
    first: i64,
    /// `None` where no key is.
    pages: Vec<Option<Page<N>>>,
    filled: usize,
}

type Page<N> = Box<[Opt<N>; PAGE]>;

impl<N: Id> Integers<N> {
    /// So many consecutive keys.
    pub(crate) fn of_run(first: i64, count: u32) -> Self {
        Self { count, form: Form::Run { first } }
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> u32 {
        self.count
    }

    /// The number of a key.
    #[inline]
    pub(crate) fn get(&self, key: i64) -> Option<N> {
        match &self.form {
            Form::Run { first } => {
                let distance = key.wrapping_sub(*first) as u64;
                (distance < u64::from(self.count)).then(|| N::from_u32(distance as u32))
            }
            Form::Pages(pages) => pages.get(key),
            Form::Table(table) => table.numbers.find(hash(key), |(known, _)| *known == key).map(|(_, number)| *number),
        }
    }

    /// The key of a number, where that is known without the place that the number stands for.
    #[inline]
    pub(crate) fn run(&self) -> Option<i64> {
        match self.form {
            Form::Run { first } => Some(first),
            Form::Pages(_) | Form::Table(_) => None,
        }
    }

    /// Gives a key that is new its number.
    #[inline]
    pub(crate) fn insert(&mut self, key: i64, number: N) {
        if let Form::Run { first } = &mut self.form
            && number.to_u32() == self.count
        {
            if self.count == 0 {
                *first = key;
            }
            if key.wrapping_sub(*first) as u64 == u64::from(number.to_u32()) && key >= *first {
                self.count += 1;
                return;
            }
        }
        self.insert_slow(key, number);
    }

    fn insert_slow(&mut self, key: i64, number: N) {
        if let Form::Run { first } = self.form {
            let mut pages = Pages::new();
            // Consecutive keys are never too sparse.
            let count = self.count as usize;
            (0..self.count).for_each(|n| _ = pages.insert(first.wrapping_add(n.into()), N::from_u32(n), count));
            self.form = Form::Pages(pages);
        }
        self.count += 1;
        if let Form::Pages(pages) = &mut self.form {
            if pages.insert(key, number, self.count as usize) {
                return;
            }
            let mut table = Table::with_capacity(self.count as usize);
            pages.each(|key, number| table.insert(key, number));
            self.form = Form::Table(table);
        }
        if let Form::Table(table) = &mut self.form {
            table.insert(key, number);
            // Keys in any order are dense only once most of them are there; it is looked at as often as the table grows.
            let span = table.highest.abs_diff(table.lowest);
            if self.count.is_power_of_two() && span / DENSE < u64::from(self.count) {
                let mut pages = Pages::new();
                let count = self.count as usize;
                table.numbers.iter().for_each(|(key, number)| _ = pages.insert(*key, *number, count));
                self.form = Form::Pages(pages);
            }
        }
    }

    /// Calls for every key with its number.
    pub(crate) fn each(&self, mut call: impl FnMut(i64, N)) {
        match &self.form {
            Form::Run { first } => (0..self.count).for_each(|n| call(first.wrapping_add(n.into()), N::from_u32(n))),
            Form::Pages(pages) => pages.each(call),
            Form::Table(table) => table.numbers.iter().for_each(|(key, number)| call(*key, *number)),
        }
    }
}

impl<N: Id> Table<N> {
    fn with_capacity(keys: usize) -> Self {
        Self { numbers: HashTable::with_capacity(keys), lowest: i64::MAX, highest: i64::MIN }
    }

    fn insert(&mut self, key: i64, number: N) {
        self.lowest = self.lowest.min(key);
        self.highest = self.highest.max(key);
        self.numbers.insert_unique(hash(key), (key, number), |(key, _)| hash(*key));
    }
}

impl<N: Id> Pages<N> {
    fn new() -> Self {
        Self { first: 0, pages: Vec::new(), filled: 0 }
    }

    #[inline]
    fn get(&self, key: i64) -> Option<N> {
        let page = (key >> SHIFT).wrapping_sub(self.first) as u64;
        let page = self.pages.get(usize::try_from(page).ok()?)?.as_ref()?;
        page[key as usize % PAGE].get()
    }

    /// Gives a key its number; whether the pages are still worth their memory.
    fn insert(&mut self, key: i64, number: N, count: usize) -> bool {
        let page = key >> SHIFT;
        if self.pages.is_empty() {
            self.first = page;
        }
        let last = self.first + self.pages.len() as i64 - 1;
        let most = (count * BYTES_A_KEY / (4 * PAGE)).max(FEW_PAGES);
        // The list of pages may be longer than what is on it, but not without end.
        let length = page.abs_diff(self.first).max(page.abs_diff(last)) as u128 + 1;
        let is_new = page < self.first || page > last || self.pages[(page - self.first) as usize].is_none();
        if is_new && (self.filled == most || length > 16 * most as u128) {
            return false;
        }
        if page < self.first {
            self.pages.splice(..0, (page..self.first).map(|_| None));
            self.first = page;
        }
        let place = (page - self.first) as usize;
        if place >= self.pages.len() {
            self.pages.resize_with(place + 1, || None);
        }
        let numbers = self.pages[place].get_or_insert_with(|| {
            self.filled += 1;
            Box::new([Opt::none(); PAGE])
        });
        numbers[key as usize % PAGE] = Opt::some(number);
        true
    }

    fn each(&self, mut call: impl FnMut(i64, N)) {
        for (page, numbers) in (self.first..).zip(&self.pages).filter_map(|(page, n)| Some((page, n.as_ref()?))) {
            for (at, number) in numbers.iter().enumerate().filter_map(|(at, number)| Some((at, number.get()?))) {
                call((page << SHIFT) + at as i64, number);
            }
        }
    }
}

fn hash(key: i64) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::ids::Slot;
    use super::*;

    /// Inserts keys in their order and looks for all, and for what is beside them.
    fn check(name: &str, keys: impl Iterator<Item = i64> + Clone) -> Integers<Slot> {
        let mut integers = Integers::default();
        for (number, key) in keys.clone().enumerate() {
            assert_eq!(integers.get(key), None, "{name}: {key}");
            integers.insert(key, Slot::new(number));
        }
        let all: std::collections::BTreeMap<i64, Slot> = keys.zip((0..).map(Slot::new)).collect();
        for (key, number) in &all {
            assert_eq!(integers.get(*key), Some(*number), "{name}: {key}");
            for beside in [key.wrapping_sub(1), key.wrapping_add(1), key.wrapping_add(PAGE as i64)] {
                assert_eq!(integers.get(beside), all.get(&beside).copied(), "{name}: {beside}");
            }
        }
        let mut seen = std::collections::BTreeMap::new();
        integers.each(|key, number| _ = seen.insert(key, number));
        assert_eq!((seen, integers.len() as usize), (all.clone(), all.len()), "{name}");
        integers
    }

    #[test]
    fn keys_are_found_in_every_form() {
        assert!(matches!(check("none", std::iter::empty()).form, Form::Run { .. }));
        assert!(matches!(check("run", -5..2_000).form, Form::Run { first: -5 }));
        assert!(matches!(check("last", i64::MAX - 3..=i64::MAX).form, Form::Run { .. }));
        assert!(matches!(check("hole", (1..700).chain(701..5_000)).form, Form::Pages(_)));
        assert!(matches!(check("backwards", (-3_000..3_000).rev()).form, Form::Pages(_)));
        for dense in [1_009, 10_007, 100_003] {
            assert!(matches!(check("shuffled", (0..dense).map(|i| i * 7_919 % dense)).form, Form::Pages(_)), "{dense}");
        }
        for end in [i64::MIN..i64::MIN + 3_000, i64::MAX - 3_000..i64::MAX] {
            assert!(matches!(check("ends, backwards", end.rev()).form, Form::Pages(_)));
        }
        assert!(matches!(check("sparse", (0..5_000).map(|i| i * 100_003)).form, Form::Table(_)));
        assert!(matches!(check("ends", [0, i64::MAX, i64::MIN, -1, 1].into_iter()).form, Form::Table(_)));
        assert!(matches!(check("dense, then sparse", (0..3_000).chain([1 << 40, 1 << 50])).form, Form::Table(_)));
    }
}
