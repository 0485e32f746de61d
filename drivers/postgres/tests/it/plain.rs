//! Plans of the driver's tests: every statement by the keys of its parents, so that waves depend on each other.

use eagerly::{LoadSpec, Plan, Planner, Postgres, RelationshipGraph};

pub(crate) fn plan(graph: RelationshipGraph, spec: &str) -> Plan {
    let planner = Planner::new(graph, Postgres::new()).without_passes(&["whole_table"]).unwrap();
    planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap_or_else(|errors| panic!("{errors}"))
}
