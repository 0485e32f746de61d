//! A set of row numbers.

/// A set of row numbers.
#[derive(Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// All numbers below one.
    pub(crate) fn below(numbers: usize) -> Self {
        let mut words = vec![u64::MAX; numbers / 64];
        if !numbers.is_multiple_of(64) {
            words.push((1 << (numbers % 64)) - 1);
        }
        Self(words)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    #[inline]
    pub(crate) fn get(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(crate) fn set(&mut self, number: u32) {
        let word = number as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_below_a_number_are_in() {
        for numbers in [0, 1, 63, 64, 65, 200] {
            let bits = Bits::below(numbers as usize);
            assert!((0..numbers).all(|number| bits.get(number)) && !bits.get(numbers) && !bits.get(numbers + 64));
        }
    }
}
