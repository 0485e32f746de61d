//! SQLite. Key lists are JSON in one bind (`json_each`); a limit per parent is a correlated key lookup that an index
//! drives; NULLs sort first ascending by themselves.

use crate::flavor::{Flavor, KeyPart, ListOfValues, in_list};
use crate::fragments::sqlite as fragments;
use crate::render::render;
use crate::template::Holes;
use eagerly_planner::batch::{ListPiece, ListSource, Piece, Query, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, Costs, Dialect, LimitPerKey};
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::graph::{ColumnDef, RelationshipGraph};
use sea_query::{Expr, SqliteQueryBuilder};

/// The SQLite dialect, for SQLite 3.25 (window functions) and later with its JSON functions.
#[derive(Clone, Debug)]
pub struct Sqlite {
    capabilities: Capabilities,
}

impl Sqlite {
    /// The dialect with the limits of SQLite as it is built by default.
    #[must_use]
    pub fn new() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.byte_collations = &["BINARY"];
        capabilities.default_collation_is_bytes = true;
        capabilities.max_join_tables = 64;
        capabilities.max_result_columns = 2_000;
        // A list is one bind, bounded by SQLITE_MAX_LENGTH (10^9 bytes) alone; this leaves room for memory.
        capabilities.max_list_keys = 4_000_000;
        capabilities.max_list_bytes = 256 << 20;
        capabilities.max_variables = 32_766;
        capabilities.recursive_queries = true;
        capabilities.documents = false;
        capabilities.keys_in_index_order = true;
        capabilities.limit_per_key = LimitPerKey::CorrelatedKey;
        capabilities.costs = in_process(capabilities.costs);
        Self { capabilities }
    }
}

impl Sqlite {
    /// Sets how many variables one statement takes, where it is not 32 766: ask `sqlite3_limit`.
    #[must_use]
    pub fn max_variables(mut self, variables: usize) -> Self {
        self.capabilities.max_variables = variables.max(1);
        self
    }

    /// Cuts lists of keys after so many keys.
    #[must_use]
    pub fn max_list_keys(mut self, keys: usize) -> Self {
        self.capabilities.max_list_keys = keys.max(1);
        self
    }
}

/// No network, so that statements and bytes cost next to nothing, and rows what it takes to find them. Measured with
/// SQLite 3.51.3 through rusqlite on a file, medians: a statement for one key 12 µs; 1 000 authors joined to as many posts
/// 0.19 ms more than the posts alone, 3 000 tags to links 0.50 ms; 1 000 authors by a list of keys 0.22 ms; 10 000 texts
/// of 200 bytes 0.2 ms more than ones of 10. What a target costs beside is the stitcher's part: 99 posts with 155 tags of
/// 297 links take 0.16 ms joined, and 0.20 with each tag once.
fn in_process(mut costs: Costs) -> Costs {
    costs.statement = 10_000;
    costs.wave = 0;
    costs.joined_row = 180;
    costs.found_row = 120;
    costs.key = 100;
    costs.target = 200;
    costs.kib = 100;
    costs
}

impl Default for Sqlite {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        let each = each(graph);
        let names = Names { each: each.unwrap_or(fragments::EACH) };
        let template = render(&names, &self.capabilities, SqliteQueryBuilder, graph, query)?;
        if each.is_none() && template.pieces.iter().any(|piece| matches!(piece, Piece::List(_))) {
            let message =
                "tables or views named `json_each`, in `main` and in `temp`, hide the function that reads lists";
            let error = Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message);
            return Err(error.help("drop or rename one of them, the temporary one for example").into());
        }
        Ok(template)
    }
}

/// The function that reads a list, by a name that no table and no view hides; none if there is no such name.
fn each(graph: &RelationshipGraph) -> Option<&'static str> {
    let (in_main, mut others) = (graph.is_taken(fragments::EACH), graph.hidden_in(fragments::EACH).peekable());
    if !in_main && others.peek().is_none() {
        return Some(fragments::EACH);
    }
    let in_temp = others.any(|schema| schema == "temp");
    let hidden = |schema: &str| if schema == "main" { in_main } else { in_temp };
    fragments::QUALIFIED_EACH.iter().find(|(schema, _)| !hidden(schema)).map(|(_, name)| *name)
}

/// SQLite's answers, by the names that a graph's tables take.
struct Names {
    /// The function that reads a list.
    each: &'static str,
}

impl Flavor for Names {
    fn default_schema(&self) -> Option<&'static str> {
        // Without it a temporary table of the same name would be read.
        Some("main")
    }

    fn compared_text(&self, text: Expr) -> Expr {
        // A cast keeps the collation of its column.
        Expr::cust_with_exprs("? COLLATE BINARY", [text])
    }

    fn bare(&self, column: Expr, _: &ColumnDef, _: &ColumnDef) -> Expr {
        self.bare_key(column)
    }

    fn bare_key(&self, column: Expr) -> Expr {
        // Without the sign the right side's affinity would take part: TEXT '02' would equal INTEGER 2.
        Expr::cust_with_exprs("+?", [column])
    }

    fn is_lost_in_derived(&self, name: &str) -> bool {
        // The derived table has the column, but the name stands for the value there, and behind an alias for nothing.
        name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false")
    }

    fn exists_under_offset(&self, exists: Expr) -> Expr {
        // SQLite 3.51 turns EXISTS into a join, whose OFFSET counts one row for every match: seen with 3.51.3, where
        // `WHERE EXISTS (two matches) LIMIT -1 OFFSET 1` over one row returns it. The sign keeps it an expression.
        Expr::cust_with_exprs("+?", [exists])
    }

    fn in_values(&self, column: Expr, _: &ColumnDef, list: ListOfValues, holes: &mut Holes) -> Expr {
        let values = fragments::list(self.each, ListSource::Bind(list.bind), 1).formed([list.form]);
        in_list(column, values, list.negated, holes)
    }

    fn key_list(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        fragments::list(self.each, ListSource::Keys, parts.len())
    }

    fn key_table(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        fragments::table(self.each, parts.len())
    }
}
