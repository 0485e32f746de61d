//! The fewest batches for one group of knots: quick assignments first, then, where none of them meets the bound, a
//! branch and bound over the waves.
//!
//! A question that is asked in a wave is asked for every knot that can take part: a knot that moves to an earlier wave
//! never is in the way of another. And a question that nothing forces is asked only where it lets something below go
//! on: otherwise it can wait one more wave. So the choice is, wave by wave, which of a few questions to ask early.

use rustc_hash::FxHashMap;

/// Knots that one search may have, and waves: it is as deep as there are waves.
const MOST: usize = 256;

/// A node whose question is asked elsewhere too.
#[derive(Clone, Debug)]
pub(super) struct Knot {
    /// The node.
    pub(super) node: usize,
    /// The nearest knot above it in the part, and how many waves lie between.
    pub(super) above: Option<(usize, u32)>,
    /// Its first possible wave.
    pub(super) earliest: u32,
    /// Waves that must follow it.
    pub(super) height: u32,
    /// Its question.
    pub(super) question: u32,
}

/// Knots that are related; those above stand before those below.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) knots: Vec<Knot>,
    /// By question, numbered as they were first met: its knots.
    questions: Vec<Vec<usize>>,
    numbers: FxHashMap<u32, usize>,
    /// For each knot, whether another stands below it.
    leads_on: Vec<bool>,
    /// For each knot, the nearest knot of its question above it.
    same_above: Vec<Option<usize>>,
}

/// Waves of the knots of a part.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) waves: Vec<u32>,
    pub(super) cost: usize,
    pub(super) minimal: bool,
}

impl Part {
    /// Adds a knot; its place.
    pub(super) fn add(&mut self, knot: Knot) -> usize {
        let place = self.knots.len();
        let number = *self.numbers.entry(knot.question).or_insert(self.questions.len());
        if number == self.questions.len() {
            self.questions.push(Vec::new());
        }
        // The latest waves of knots are ordered as their heights are, whatever the last wave is.
        let asked = &mut self.questions[number];
        let at = asked.partition_point(|other| self.knots[*other].height >= knot.height);
        asked.insert(at, place);
        let above = std::iter::successors(knot.above, |(above, _)| self.knots[*above].above);
        self.same_above.push(above.map(|(above, _)| above).find(|a| self.knots[*a].question == knot.question));
        if let Some((above, _)) = knot.above {
            self.leads_on[above] = true;
        }
        self.leads_on.push(false);
        self.knots.push(knot);
        place
    }

    /// The fewest pairs (question, wave) within so many waves.
    pub(super) fn solve(&self, horizon: u32, steps: &mut u64) -> Found {
        let mut best = self.found(self.knots.iter().map(|knot| knot.earliest).collect());
        let bound = self.bound(&self.earliest(1, &vec![0; self.knots.len()]), &vec![0; self.knots.len()], horizon);
        for other in [Self::downwards, Self::upwards] {
            let cost = self.knots.len() as u64 * u64::from(horizon);
            // Where every wave is possible and there are many of both, even this would be long.
            if best.cost > bound && (cost <= *steps || horizon as usize <= MOST) {
                *steps = steps.saturating_sub(cost);
                let found = self.found(other(self, horizon));
                best = if found.cost < best.cost { found } else { best };
            }
        }
        best.minimal = best.cost <= bound;
        if !best.minimal && self.knots.len() <= MOST && horizon as usize <= MOST {
            let waves = vec![0; self.knots.len()];
            let mut search = Search { part: self, horizon, waves, best, seen: FxHashMap::default(), steps };
            search.wave(1, 0);
            search.best.minimal = *search.steps > 0;
            best = search.best;
        }
        best
    }

    fn found(&self, waves: Vec<u32>) -> Found {
        let mut pairs: Vec<_> = self.knots.iter().zip(&waves).map(|(knot, wave)| (knot.question, *wave)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Found { waves, cost: pairs.len(), minimal: false }
    }

    /// The last wave that a knot can have.
    fn latest(&self, knot: usize, horizon: u32) -> u32 {
        horizon - self.knots[knot].height
    }

    /// The first wave from `wave` on that each knot can have, given those that have one (not 0).
    fn earliest(&self, wave: u32, waves: &[u32]) -> Vec<u32> {
        let mut earliest: Vec<u32> = Vec::with_capacity(self.knots.len());
        for knot in &self.knots {
            let after = knot.above.map_or(0, |(above, apart)| {
                let above = if waves[above] > 0 { waves[above] } else { earliest[above] };
                above + apart
            });
            earliest.push(after.max(knot.earliest).max(wave));
        }
        earliest
    }

    /// The fewest batches for the knots without a wave: for each question the fewest waves that meet all intervals, and
    /// no fewer than knots of it stand above each other.
    fn bound(&self, earliest: &[u32], waves: &[u32], horizon: u32) -> usize {
        let mut chains: Vec<usize> = Vec::with_capacity(self.knots.len());
        for (place, above) in self.same_above.iter().enumerate() {
            chains.push(above.map_or(0, |above| chains[above]) + usize::from(waves[place] == 0));
        }
        let fewest = self.questions.iter().map(|asked| {
            let (mut points, mut last) = (0, 0);
            for knot in asked.iter().copied().filter(|knot| waves[*knot] == 0) {
                if earliest[knot] > last {
                    (points, last) = (points + 1, self.latest(knot, horizon));
                }
            }
            points.max(asked.iter().map(|knot| chains[*knot]).max().unwrap_or(0))
        });
        fewest.sum()
    }

    /// From the first wave on, each question as late as it can be, and then for all that it can be asked for.
    fn downwards(&self, horizon: u32) -> Vec<u32> {
        let mut waves: Vec<u32> = vec![0; self.knots.len()];
        for wave in 1..=horizon {
            let ready = |waves: &[u32], knot: usize| {
                let Knot { above, earliest, .. } = &self.knots[knot];
                let after = above.is_none_or(|(above, apart)| waves[above] > 0 && waves[above] + apart <= wave);
                waves[knot] == 0 && after && *earliest <= wave
            };
            self.fire(wave, &mut waves, ready, |knot| self.latest(knot, horizon) == wave);
        }
        waves
    }

    /// The same from the last wave on, each question as early as it can be.
    fn upwards(&self, horizon: u32) -> Vec<u32> {
        let mut waves: Vec<u32> = vec![0; self.knots.len()];
        for wave in (1..=horizon).rev() {
            // The last wave that what stands below leaves to each knot; none while that has no wave itself.
            let mut latest: Vec<u32> = (0..self.knots.len()).map(|knot| self.latest(knot, horizon)).collect();
            for (place, knot) in self.knots.iter().enumerate() {
                if let Some((above, apart)) = knot.above {
                    latest[above] = latest[above].min(waves[place].saturating_sub(apart));
                }
            }
            let ready = |waves: &[u32], knot: usize| waves[knot] == 0 && latest[knot] >= wave;
            self.fire(wave, &mut waves, ready, |knot| self.knots[knot].earliest == wave);
        }
        waves
    }

    /// Gives a wave to all knots that are ready and whose question must be asked in it.
    fn fire(&self, wave: u32, waves: &mut [u32], ready: impl Fn(&[u32], usize) -> bool, must: impl Fn(usize) -> bool) {
        for asked in &self.questions {
            if asked.iter().any(|knot| must(*knot) && ready(waves, *knot)) {
                for knot in asked.iter().copied() {
                    if ready(waves, knot) {
                        waves[knot] = wave;
                    }
                }
            }
        }
    }
}

/// A walk over the waves that keeps the best assignment.
struct Search<'a> {
    part: &'a Part,
    horizon: u32,
    /// By knot; 0 for those that have none yet.
    waves: Vec<u32>,
    best: Found,
    /// What is left to do from a wave on, with the fewest batches that led to it.
    seen: FxHashMap<Box<[u32]>, usize>,
    steps: &'a mut u64,
}

impl Search<'_> {
    /// Tries all that can be done from a wave on; `cost` batches stand before it.
    fn wave(&mut self, wave: u32, cost: usize) {
        let part = self.part;
        *self.steps = self.steps.saturating_sub(part.knots.len() as u64);
        if *self.steps == 0 {
            return;
        }
        let earliest = part.earliest(wave, &self.waves);
        if cost + part.bound(&earliest, &self.waves, self.horizon) >= self.best.cost {
            return;
        }
        if self.waves.iter().all(|wave| *wave > 0) {
            self.best = Found { waves: self.waves.clone(), cost, minimal: false };
            return;
        }
        let left = earliest.iter().zip(&self.waves).map(|(earliest, wave)| if *wave > 0 { 0 } else { *earliest });
        let state = std::iter::once(wave).chain(left).collect();
        let known = self.seen.entry(state).or_insert(usize::MAX);
        if *known <= cost {
            return;
        }
        *known = cost;
        let ready = |knot: &usize| self.waves[*knot] == 0 && earliest[*knot] == wave;
        let (mut now, mut optional) = (Vec::new(), Vec::new());
        for asked in &part.questions {
            let able: Vec<usize> = asked.iter().copied().filter(ready).collect();
            if able.iter().any(|knot| part.latest(*knot, self.horizon) == wave) {
                now.push(able);
            } else if able.iter().any(|knot| part.leads_on[*knot]) {
                optional.push(able);
            }
        }
        now.iter().for_each(|able| self.set(able, wave));
        self.choose(wave, cost + now.len(), &optional);
        now.iter().for_each(|able| self.set(able, 0));
    }

    /// Tries every choice of questions that may be asked now or later.
    fn choose(&mut self, wave: u32, cost: usize, optional: &[Vec<usize>]) {
        let Some((first, rest)) = optional.split_first() else { return self.wave(wave + 1, cost) };
        self.choose(wave, cost, rest);
        if cost + 1 < self.best.cost {
            self.set(first, wave);
            self.choose(wave, cost + 1, rest);
            self.set(first, 0);
        }
    }

    fn set(&mut self, knots: &[usize], wave: u32) {
        knots.iter().for_each(|knot| self.waves[*knot] = wave);
    }
}
