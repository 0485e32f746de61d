//! What `ANALYZE` has counted, from `sqlite_stat1`: rows, and how often the values of an index repeat. SQLite does not
//! count widths; a row's width is known only where somebody has written `sz=` there.

use super::keys::Indexed;
use eagerly::graph::{CatalogTable, TableStatistics};
use rusqlite::{Connection, Result};
use std::collections::HashMap;

/// The rows of `sqlite_stat1` by table: index, none for the table itself, and what is known of it.
pub(super) type Counted = HashMap<String, Vec<(Option<String>, String)>>;

/// Reads what was counted in the schema `main`; nothing where nobody ever has. A row that is not text is none of
/// SQLite's own.
pub(super) fn counted(connection: &Connection) -> Result<Counted> {
    let mut counted = Counted::new();
    let exists = "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = 'sqlite_stat1'";
    if connection.query_row(exists, [], |row| row.get::<_, i64>(0))? == 0 {
        return Ok(counted);
    }
    let mut statement = connection.prepare("SELECT tbl, idx, stat FROM main.sqlite_stat1 ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let (Ok(table), Ok(index), Ok(stat)) = (row.get::<_, String>(0), row.get(1), row.get(2)) {
            counted.entry(table).or_default().push((index, stat));
        }
    }
    Ok(counted)
}

/// What was counted of a table with these indexes.
pub(super) fn statistics(
    counted: &[(Option<String>, String)],
    table: &CatalogTable,
    indexes: &[Indexed],
) -> TableStatistics {
    let mut statistics = TableStatistics::new();
    for (name, stat) in counted {
        let mut words = stat.split_ascii_whitespace();
        let Some(rows) = words.next().and_then(|word| word.parse::<u64>().ok()) else { continue };
        let columns: &[String] = match name {
            None => &[],
            // The key of a table without rowid goes by the table's name.
            Some(name) if *name == table.name => &table.primary_key,
            Some(name) => match indexes.iter().find(|index| index.name == *name) {
                Some(index) => &index.columns,
                // A partial index has some of the rows, and one on expressions says nothing of columns.
                None => continue,
            },
        };
        statistics.rows = Some(rows);
        if name.is_none() {
            let width = words.find_map(|word| word.strip_prefix("sz="));
            statistics.row_width = width.and_then(|bytes| bytes.parse().ok());
            continue;
        }
        // The n-th number says in how many rows the first n columns are the same, on average.
        for (count, repeats) in words.map_while(|word| word.parse::<u64>().ok()).enumerate().take(columns.len()) {
            let columns = &columns[..=count];
            if !statistics.distinct.iter().any(|(known, _)| known == columns) {
                statistics.distinct.push((columns.to_vec(), rows.div_ceil(repeats.max(1))));
            }
        }
    }
    statistics
}
