//! What things cost: instructions and allocations of the cases in `benches/budget.toml`, and the memory of whole loads.

use eagerly_tests::budget::{self, Allocations, Budget, Footprint};
use eagerly_tests::corpus::update;
use eagerly_tests::servers::could_not_run_with;
use std::sync::LazyLock;

/// Counted once for all tests.
static ALLOCATIONS: LazyLock<Result<Allocations, String>> = LazyLock::new(budget::allocations);

fn allocations() -> &'static Allocations {
    ALLOCATIONS.as_ref().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn no_case_costs_other_than_its_budget() {
    let valgrind = match budget::valgrind() {
        Ok(valgrind) => valgrind,
        Err(why) => return could_not_run_with("valgrind", &why),
    };
    let mut budget = Budget::parse(&std::fs::read_to_string(budget::path()).unwrap()).unwrap();
    let here = budget::made_with();
    let differences = budget.differences(&here);
    if !update() && !differences.is_empty() {
        return could_not_run_with("the toolchain of benches/budget.toml", &differences.join(", "));
    }
    let costs = budget::costs(&valgrind, allocations()).unwrap_or_else(|error| panic!("{error}"));
    if update() {
        budget.renew(&here, &costs);
        std::fs::write(budget::path(), budget.text()).unwrap();
    }
    budget.check(&costs).unwrap_or_else(|wrong| panic!("{wrong}"));
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
