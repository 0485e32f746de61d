//! What benchmarks and budgets share: pieces of work. Data, plans and all that is done once are prepared outside of what
//! is measured.

pub mod plan;
