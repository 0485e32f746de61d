//! Compiles a plan where there is time for it, stores it as JSON, and runs what is read back with other values: no
//! planner, no dialect, and no catalog is needed where it runs.
//!
//! ```sh
//! cargo run --example stored_plan
//! ```
#![allow(clippy::print_stdout)]

use eagerly::batch::BatchPlan;
use eagerly::{LoadSpec, Plan, Planner, Sqlite};
use std::sync::Arc;

/// The posts of one author; the name is a value of the plan, and not a part of it.
fn posts_of(author: &str) -> eagerly::error::Result<LoadSpec> {
    LoadSpec::parse(&format!(r#"{{ author(where: {{name: "{author}"}}) {{ name post {{ title tag {{ slug }} }} }} }}"#))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connection = rusqlite::Connection::open_in_memory()?;
    connection.execute_batch(include_str!("../docs/blog.sql"))?;

    // While building, say.
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection)?, Sqlite::new());
    let stored: String = planner.compile(&posts_of("Ada")?)?.batches().to_json()?;
    println!("{} bytes of JSON", stored.len());

    // Later, elsewhere. What is read is checked: a plan that was edited or cut is an error.
    let batches = Arc::new(BatchPlan::from_json(&stored)?);
    for author in ["Ada", "Grace"] {
        let plan = Plan::stored(Arc::clone(&batches), &posts_of(author)?)?;
        println!("{}", eagerly_rusqlite::load(&connection, &plan)?.to_json()?);
    }
    Ok(())
}
