//! What MySQL and MariaDB share: key lists are JSON in one bind (`JSON_TABLE`); a limit per parent looks up place by
//! place; NULLs sort first ascending by themselves.

use crate::flavor::{Flavor, KeyPart, subquery};
use crate::fragments::mysql::{self as fragments, Part};
use crate::template::Holes;
use eagerly_planner::batch::{ListPiece, ListSource};
use eagerly_planner::dialect::{Capabilities, LimitPerKey};
use eagerly_planner::graph::{ColumnDef, ColumnType};
use eagerly_planner::logical::Bind;
use sea_query::{Alias, Expr, JoinType, SelectStatement};

/// What both can do.
pub(crate) fn capabilities() -> Capabilities {
    let mut capabilities = Capabilities::default();
    capabilities.default_collation_is_bytes = false;
    capabilities.max_join_tables = 61;
    // MySQL 9.7 plans inner joins of 7 tables in 20 ms, 9 in 100, 10 in 700, 11 in 3.5 s; MariaDB 10.11 13 in 1.1 s.
    capabilities.max_unordered_tables = 7;
    capabilities.max_result_columns = 4_096;
    // Beyond, the temporary table of the list outgrows memory.
    capabilities.max_list_keys = 10_000;
    // A quarter of MariaDB's default for `max_allowed_packet`.
    capabilities.max_list_bytes = 4 << 20;
    capabilities.max_variables = 65_535;
    capabilities.recursive_queries = true;
    capabilities.typed_keys = true;
    capabilities.typed_columns = true;
    capabilities.quote = '`';
    // Leaves room for four parts of the longest encoding.
    capabilities.index_prefix = Some(191);
    capabilities.bare_columns = false;
    capabilities.indexes_end_with_primary_key = true;
    capabilities.limit_per_key = LimitPerKey::Places;
    capabilities
}

/// The family's answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    /// The collation of what is cast to text: the connection's own would decide otherwise.
    pub(crate) cast: &'static str,
}

impl Flavor for Family {
    fn as_text(&self, column: Expr) -> Expr {
        Expr::cust_with_exprs(format!("CAST(? AS CHAR CHARACTER SET utf8mb4) COLLATE {}", self.cast), [column])
    }

    fn bare(&self, column: Expr, held_by: &ColumnDef, compared: &ColumnDef) -> Expr {
        match (&held_by.collation, &compared.collation) {
            (Some(from), Some(to)) if from != to => {
                let (from, to) = (word(from), word(to));
                let collate = format!("COLLATE {to}");
                if charset(&from) == charset(&to) {
                    Expr::cust_with_exprs(format!("? {collate}"), [column])
                } else {
                    Expr::cust_with_exprs(format!("CONVERT(? USING {}) {collate}", charset(&to)), [column])
                }
            }
            _ => column,
        }
    }

    fn join_in_written_order(&self) -> JoinType {
        JoinType::StraightJoin
    }

    fn exists_by_itself(&self, exists: Expr) -> Expr {
        // Only a condition becomes a join. `NO_SEMIJOIN` says the same on MySQL alone, in a comment that clients drop;
        // `IS TRUE` and `+EXISTS` are seen through (MySQL 9.7).
        Expr::cust_with_exprs("(? = 1)", [exists])
    }

    fn in_values(&self, column: Expr, _: &ColumnDef, list: Bind, negated: bool, holes: &mut Holes) -> Expr {
        let list = holes.list(fragments::values(ListSource::Bind(list)));
        Expr::cust_with_exprs(if negated { "? NOT IN ?" } else { "? IN ?" }, [column, list])
    }

    fn key_list(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        fragments::rows(&parts.iter().map(part).collect::<Vec<_>>())
    }

    fn key_table(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        fragments::table(&parts.iter().map(part).collect::<Vec<_>>())
    }

    fn limited(&self, limited: SelectStatement) -> SelectStatement {
        // LIMIT must not stand in a subquery behind IN, but in a table that it reads.
        let mut whole = subquery(Expr::cust("*"));
        whole.from_subquery(limited, Alias::new("w"));
        whole
    }
}

/// The type of a part of a key, which must hold every value of the columns that it comes from.
fn part(part: &KeyPart<'_>) -> Part {
    let Some(held_by) = part.held_by.first() else { return text(part.compared) };
    let plain = |ty: &str| Part { ty: ty.to_owned(), hex: false };
    match held_by.ty {
        ColumnType::Integer | ColumnType::Boolean => {
            let unsigned =
                |c: &&ColumnDef| native(c).is_some_and(|ty| ty.contains("unsigned") || ty.starts_with("bit"));
            match part.held_by.iter().filter(|c| unsigned(c)).count() {
                0 => plain("bigint"),
                all if all == part.held_by.len() => plain("bigint unsigned"),
                _ => plain("decimal(20,0)"),
            }
        }
        // A float of four bytes is not the double that prints like it.
        ColumnType::Float if part.held_by.iter().all(|c| native(c).is_some_and(|ty| ty.starts_with("float"))) => {
            plain("float")
        }
        ColumnType::Float => plain("double"),
        ColumnType::Decimal => {
            let digits = native(held_by).and_then(|ty| Some(ty.get(..=ty.find(')')?)?.to_owned()));
            Part { ty: digits.unwrap_or_else(|| "decimal(65,30)".to_owned()), hex: false }
        }
        ColumnType::Date => plain("date"),
        ColumnType::Time => plain("time(6)"),
        ColumnType::Timestamp => plain("datetime(6)"),
        // MariaDB takes UNHEX of a longtext to be empty (10.11: its length and one overflows).
        ColumnType::Bytes => Part { ty: "mediumtext CHARACTER SET ascii".to_owned(), hex: true },
        _ => text(part.compared),
    }
}

/// Text that is compared as a column compares.
fn text(compared: &ColumnDef) -> Part {
    let ty = match compared.collation.as_deref().map(word) {
        Some(collation) => format!("longtext CHARACTER SET {} COLLATE {collation}", charset(&collation)),
        None => "longtext CHARACTER SET utf8mb4".to_owned(),
    };
    Part { ty, hex: false }
}

fn native(column: &ColumnDef) -> Option<&str> {
    column.native.as_deref()
}

/// The character set of a collation, by which its name starts.
fn charset(collation: &str) -> &str {
    match collation.split('_').next() {
        // MariaDB's collations of no character set in particular.
        None | Some("" | "uca1400") => "utf8mb4",
        Some(charset) => charset,
    }
}

/// A name without what no name of a collation holds: it stands in SQL without quotes.
fn word(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}
