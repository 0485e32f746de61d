//! A simulator: whole histories of I/O, each from one seed, against a database that exists only in memory.
//!
//! A seed gives a world (schema, data, specification and what the oracle loads, `world.rs`), a recipe (dialect, strategy,
//! limits, connections, what goes wrong, `recipe.rs`) and the order of all events (`host.rs`). The same seed gives the same
//! history on every machine: there is no clock, no thread and no order of a hash map in it.
//!
//! Every history ends in the oracle's graph or in an error that names a path. Beside that, a run that has failed gives and
//! takes nothing; statements, keys, waves and rows are within the plan's bounds; the same answers in another order give the
//! same graph; all memory is given back; a load that fails leaves its session as it was, and can be made again. Where
//! statements see different moments of the data there is no graph of the oracle: what comes out has the specification's
//! shape, and all else holds.
//!
//! Eight seeds in a row share a world, so that a history costs less than its database.

mod choices;
mod dialect;
mod faults;
mod host;
mod instants;
mod loads;
mod recipe;
mod sessions;
mod shape;
mod told;
mod walk;
mod world;

pub use told::{Told, many};

use self::choices::Choices;
use self::host::Host;
use self::recipe::Recipe;
use self::world::World;
use crate::generate::Case;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many seeds share a world.
const WORLD: u64 = 8;

/// Runs a closure, and says how many bytes it has kept.
pub type Measure = fn(&mut dyn FnMut()) -> i64;

/// Histories one after the other.
pub struct Simulator {
    measure: Option<Measure>,
    world: Option<(u64, World)>,
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").finish_non_exhaustive()
    }
}

/// What a history came to, without its failure.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Statements that its longest load has sent.
    pub statements: u32,
    /// What it was, in words to count.
    pub traits: Vec<String>,
}

impl Simulator {
    /// A simulator; memory is counted where something counts it.
    #[must_use]
    pub fn new(measure: Option<Measure>) -> Self {
        Self { measure, world: None }
    }

    /// The history of a seed.
    ///
    /// # Errors
    /// What must not be.
    pub fn history(&mut self, seed: u64) -> Result<Done, String> {
        let number = seed / WORLD;
        if self.world.as_ref().is_none_or(|(of, _)| *of != number) {
            self.world = None;
            let case = world::tree(number).current();
            self.world = Some((number, World::new(case, number)));
        }
        let Some((_, world)) = &self.world else { return Err("no world".into()) };
        caught(|| history(world, &mut Choices::drawn(seed), self.measure, None))
    }

    /// The history of a world and of choices that somebody else has made; shown if it fails.
    #[must_use]
    pub fn replay(&self, world: u64, made: &[u32]) -> Option<String> {
        let of = World::new(world::tree(world).current(), world);
        caught(|| history(&of, &mut Choices::replayed(made), self.measure, None)).err()?;
        Some(self.shown(world.wrapping_mul(WORLD), &of, made))
    }

    /// The events of the history of a seed, and how it ends.
    #[must_use]
    pub fn events(&self, seed: u64) -> String {
        let number = seed / WORLD;
        let world = World::new(world::tree(number).current(), number);
        let mut trace = Vec::new();
        let ended = caught(|| history(&world, &mut Choices::drawn(seed), self.measure, Some(&mut trace)));
        format!("{:?}\n{}\n{ended:?}\n", world.case, trace.join("\n"))
    }

    /// The smallest history like that of a seed that fails, as text; `None` if it does not fail.
    #[must_use]
    pub fn explain(&self, seed: u64) -> Option<String> {
        let number = seed / WORLD;
        let mut tree = world::tree(number);
        let mut choices = Choices::drawn(seed);
        caught(|| history(&World::new(tree.current(), number), &mut choices, self.measure, None)).err()?;
        let mut made = choices.made().to_vec();
        let fails = |case: Case, made: &[u32]| {
            let world = catch_unwind(|| World::new(case, number));
            world.is_ok_and(|world| {
                caught(|| history(&world, &mut Choices::replayed(made), self.measure, None)).is_err()
            })
        };
        for _ in 0..2 {
            made = choices::shrink(made, 600, |trial| fails(tree.current(), trial));
            let mut trials = 600;
            let mut simpler = tree.simplify();
            while simpler && trials > 0 {
                trials -= 1;
                simpler = if fails(tree.current(), &made) { tree.simplify() } else { tree.complicate() };
            }
            while !fails(tree.current(), &made) && tree.complicate() {}
        }
        Some(self.shown(seed, &World::new(tree.current(), number), &made))
    }

    fn shown(&self, seed: u64, world: &World, made: &[u32]) -> String {
        let mut trace = Vec::new();
        // Memory is not counted while events are written.
        let ended = caught(|| history(world, &mut Choices::replayed(made), self.measure, None));
        let _ = caught(|| history(world, &mut Choices::replayed(made), None, Some(&mut trace)));
        let recipe = Recipe::draw(&mut Choices::replayed(made));
        let changes = if recipe.is_torn() { world.changes(recipe.torn) } else { Vec::new() };
        let plan =
            recipe.planner(world).and_then(|p| p.compile(&recipe.treatment.apply(&world.graph, &world.case.spec)));
        let plan = plan.map_or_else(|e| e.to_string(), |plan| plan.explain());
        format!(
            "{}\n\nthe smallest history like that of seed {seed}:\n{:#?}\nlater: {changes:#?}\n{recipe:#?}\n{plan}\n\
             expected: {}\nchoices: {made:?}\nevents, each at its tick:\n{}\n\nagain: {}",
            ended.err().unwrap_or_else(|| "it does not fail any more".into()),
            world.case,
            world.expected,
            trace.join("\n"),
            again(seed),
        )
    }
}

/// The command that shows the history of a seed again.
fn again(seed: u64) -> String {
    format!("EAGERLY_SEED={seed} cargo test -p eagerly-tests --test simulate")
}

/// A panic is a failure like others.
fn caught(of: impl FnOnce() -> Result<Done, String>) -> Result<Done, String> {
    catch_unwind(AssertUnwindSafe(of)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("?");
        Err(format!("a panic: {text}"))
    })
}

fn history(
    world: &World,
    choices: &mut Choices,
    measure: Option<Measure>,
    trace: Option<&mut Vec<String>>,
) -> Result<Done, String> {
    let recipe = Recipe::draw(choices);
    let planner = recipe.planner(world).map_err(|e| e.to_string())?;
    let mut spec = recipe.treatment.apply(&world.graph, &world.case.spec);
    if recipe.binds_instants(world) {
        spec = instants::with_offsets(&spec);
    }
    let moments = choices.pick(u32::MAX);
    let mut host = Host::new(world, &recipe, choices, moments);
    host.trace = trace.is_some().then(Vec::new);
    let held = match recipe.session {
        true => sessions::history(&mut host, &planner, &spec, recipe.fault),
        false => planner
            .compile(&spec)
            .map_err(|e| e.to_string())
            .and_then(|plan| loads::history(&mut host, &plan, moments, measure)),
    };
    if let (Some(trace), Some(events)) = (trace, host.trace.take()) {
        trace.extend(events);
    }
    held?;
    Ok(Done { statements: host.longest, traits: recipe.traits(host.happened) })
}

/// Compares a result with the oracle's, however it is read.
fn same_json(graph: &eagerly::ResultGraph, world: &World) -> Result<String, String> {
    let json = graph.to_json().map_err(|e| e.to_string())?;
    if json != world.expected {
        let read: serde_json::Value = serde_json::from_str(&json).map_err(|e| format!("no JSON: {e}: {json}"))?;
        // As text, since the order of keys counts.
        let again = read.to_string();
        if again != world.expected {
            return Err(format!("another result than the oracle's: {json}"));
        }
    }
    walk::check(graph, &world.json)?;
    Ok(json)
}
