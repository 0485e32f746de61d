//! What things cost: instructions and allocations of the cases in `benches/budget.toml`, and the memory of whole loads.

use eagerly_tests::budget::{self, Allocations, Budget, Costs, Footprint};
use eagerly_tests::corpus::update;
use eagerly_tests::servers::could_not_run_with;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Counted once for all tests.
static ALLOCATIONS: LazyLock<Result<Allocations, String>> = LazyLock::new(budget::allocations);

fn allocations() -> &'static Allocations {
    ALLOCATIONS.as_ref().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn no_case_costs_other_than_its_budget() {
    let mut budget = Budget::parse(&std::fs::read_to_string(budget::path()).unwrap()).unwrap();
    let here = budget::made_with();
    let differences = if update() { BTreeMap::new() } else { budget.differences(&here) };
    let mut costs = allocations().costs();
    let counted = count_instructions(&differences, &mut costs);
    Budget::comparable(&differences, &mut costs);
    if update() && counted.is_ok() {
        budget.renew(&here, &costs);
        std::fs::write(budget::path(), budget.text()).unwrap();
    }
    budget.check(&costs).unwrap_or_else(|wrong| panic!("{wrong}"));
    if let Err((program, why)) = counted {
        could_not_run_with(program, &why);
    }
}

/// Counts instructions, or says what is missing and why; all else of a case is compared then too.
fn count_instructions(
    differences: &BTreeMap<&'static str, String>,
    costs: &mut Costs,
) -> Result<(), (&'static str, String)> {
    let told: Vec<&str> = differences.values().map(String::as_str).collect();
    if !told.is_empty() {
        return Err(("the toolchain of benches/budget.toml", told.join(", ")));
    }
    let valgrind = budget::valgrind().map_err(|why| ("valgrind", why))?;
    budget::count_instructions(&valgrind, costs).unwrap_or_else(|error| panic!("{error}"));
    Ok(())
}

/// The peak of a load is at most so many times the raw size of what it stores: what stands beside the cells (edges, keys
/// and their lists) is a small part of long rows, and a larger one of short ones.
#[test]
fn a_load_holds_little_more_than_its_cells() {
    let wrong: Vec<String> = allocations().footprints.iter().filter_map(too_large).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(allocations().footprints.len(), 8, "two sizes, two bodies, with and without keys");
}

fn too_large(load: &Footprint) -> Option<String> {
    let tenths = if load.body == 200 { 15 } else { 25 };
    let times = load.peak as f64 / load.raw as f64;
    (load.peak * 10 > load.raw * tenths).then(|| format!("{load:?}: {times:.2} times, not {}", tenths as f64 / 10.0))
}

/// Four times the rows take as many allocations, but for those of blocks that hold 64 KiB or more.
#[test]
fn nothing_is_allocated_by_row_by_text_or_by_edge() {
    let loads = &allocations().footprints;
    for small in loads.iter().filter(|load| load.posts == 10_000) {
        let alike =
            |load: &&Footprint| load.posts > small.posts && (load.body, load.keyed) == (small.body, small.keyed);
        let large = loads.iter().find(alike).unwrap();
        let most = small.allocations + (large.raw - small.raw) / (64 << 10) + 64;
        assert!(large.allocations <= most, "{large:?} where {small:?}: at most {most} allocations");
        assert!(small.allocations <= 512, "{small:?}: a load has some, whatever it reads");
    }
}
