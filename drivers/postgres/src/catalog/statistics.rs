//! What `ANALYZE` has counted: the rows of a table, and the width and the different values of its columns.

use super::rows::Column;
use eagerly::graph::TableStatistics;

/// What is known of a table with so many rows, none if it was never counted.
pub(super) fn statistics(rows: i64, columns: &[Column]) -> TableStatistics {
    // An empty table and one that was never counted are both 0 before PostgreSQL 14.
    let Some(rows) = u64::try_from(rows).ok().filter(|rows| *rows > 0) else { return TableStatistics::new() };
    let mut statistics = TableStatistics::new().rows(rows);
    for Column { name, width, distinct, .. } in columns {
        if let Some(width) = width.and_then(|width| u64::try_from(width).ok()) {
            statistics = statistics.column_width(name, width);
        }
        // 0 is not known, and less is a part of the rows.
        let distinct = distinct.filter(|n| *n != 0.0).map(|n| if n < 0.0 { -n * rows as f64 } else { n });
        if let Some(distinct) = distinct {
            statistics = statistics.distinct([name], (distinct.round() as u64).max(1));
        }
    }
    statistics
}
