//! The choices of a history: numbers that a seed draws, kept so that they can be replayed and made smaller.
//!
//! 0 is always the plainest choice. A list that has ended gives zeros, so any list of numbers is a history, and shrinking
//! is a search for a shorter list of smaller numbers (as in Hypothesis).

/// SplitMix64: small, and the same on every machine.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n.max(1))) as u32
    }
}

/// Choices that are drawn, or replayed.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    made: Vec<u32>,
    at: usize,
    random: Option<Random>,
}

/// More than a history makes: the list does not grow while memory is counted.
const ROOM: usize = 1 << 13;

impl Choices {
    /// Draws from a seed.
    pub(super) fn drawn(seed: u64) -> Self {
        Self { made: Vec::with_capacity(ROOM), at: 0, random: Some(Random::new(seed)) }
    }

    /// Replays a list.
    pub(super) fn replayed(made: &[u32]) -> Self {
        Self { made: made.to_vec(), at: 0, random: None }
    }

    /// A number below `n`, 0 where there is nothing to choose.
    pub(super) fn pick(&mut self, n: u32) -> u32 {
        if n < 2 {
            return 0;
        }
        let chosen = match (self.made.get(self.at), &mut self.random) {
            (Some(made), _) => *made % n,
            (None, Some(random)) => {
                let chosen = random.below(n);
                self.made.push(chosen);
                chosen
            }
            (None, None) => 0,
        };
        self.at += 1;
        chosen
    }

    /// One of these; the first is the plainest.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.pick(all.len() as u32) as usize]
    }

    /// True in `percent` of the cases.
    pub(super) fn sometimes(&mut self, percent: u32) -> bool {
        self.pick(100) >= 100 - percent
    }

    /// What was chosen so far.
    pub(super) fn made(&self) -> &[u32] {
        &self.made[..self.at.min(self.made.len())]
    }
}

/// Makes a list of choices smaller while `fails` holds: cuts its end, takes runs out, makes numbers smaller. It tries
/// `trials` lists at most.
pub(super) fn shrink(mut made: Vec<u32>, mut trials: u32, mut fails: impl FnMut(&[u32]) -> bool) -> Vec<u32> {
    let mut fails = |list: &[u32]| {
        trials = trials.saturating_sub(1);
        trials > 0 && fails(list)
    };
    loop {
        let before = made.clone();
        let mut length = 0;
        while length < made.len() {
            if fails(&made[..length]) {
                made.truncate(length);
                break;
            }
            length = (length * 2).max(1);
        }
        for width in [8, 4, 2, 1] {
            let mut at = made.len();
            while at >= width {
                at -= width;
                let shorter = [&made[..at], &made[at + width..]].concat();
                if fails(&shorter) {
                    made = shorter;
                    at = at.min(made.len());
                }
            }
        }
        for at in 0..made.len() {
            for smaller in [0, made[at] / 2, made[at].saturating_sub(1)] {
                let mut trial = made.clone();
                trial[at] = smaller;
                if smaller < made[at] && fails(&trial) {
                    made = trial;
                    break;
                }
            }
        }
        if made == before {
            return made;
        }
    }
}
