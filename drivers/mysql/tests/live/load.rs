//! Planners and plans for the database of a connection.

use eagerly::{LoadSpec, Plan, Planner};
use eagerly_mysql::{Connection, dialect, reflect};

/// Every statement by the keys of its parents, so that waves depend on each other.
pub(crate) async fn planner(connection: &mut Connection) -> Planner {
    whole_planner(connection).await.without_passes(&["whole_table"]).unwrap()
}

/// With every pass.
pub(crate) async fn whole_planner(connection: &mut Connection) -> Planner {
    let graph = reflect(connection).await.unwrap_or_else(|errors| panic!("{errors}"));
    Planner::new(graph, dialect(connection))
}

pub(crate) fn plan(planner: &Planner, spec: &str) -> Plan {
    let spec = LoadSpec::parse(spec).unwrap_or_else(|errors| panic!("{errors}"));
    planner.compile(&spec).unwrap_or_else(|errors| panic!("{errors}"))
}
