//! What MySQL and MariaDB share: key lists are JSON in one bind (`JSON_TABLE`); a limit per parent looks up place by
//! place; NULLs sort first ascending by themselves.

use crate::flavor::{Flavor, KeyPart, ListOfValues, Needs, Opening, in_list, subquery};
use crate::fragments::mysql::{self as fragments, Part};
use crate::template::Holes;
use eagerly_planner::batch::{BindForm, ListPiece, ListSource};
use eagerly_planner::dialect::{Capabilities, LimitPerKey};
use eagerly_planner::graph::{ColumnDef, ColumnType};
use eagerly_planner::logical::Bind;
use sea_query::{Alias, Expr, ExprTrait, JoinType, SelectStatement};

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

/// How a statement says under which settings it runs. Both are the statement's alone: the session's come back by
/// themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Settings {
    /// `SET STATEMENT … FOR SELECT`
    Statement,
    /// `SELECT /*+ SET_VAR(…) */`
    Hint,
}

/// The family's answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    /// The collation of what is cast to text: the connection's own would decide otherwise.
    pub(crate) cast: &'static str,
    pub(crate) settings: Settings,
}

/// Settings under which the columns of a statement are read and compared as they are stored, whatever the session's are.
const UTC: &str = "time_zone = '+00:00'";
/// No mode that takes zero dates or what stands behind a `char` for something else, and the one that knows any date.
const EXACT: &str = "sql_mode = 'ALLOW_INVALID_DATES'";
/// MySQL sorts no row of JSON, or of a table in FROM, that is longer than its sort buffer, which is a quarter of a megabyte
/// by default. This one takes what a packet takes by default; memory is taken as it is needed (since MySQL 8.0.12).
/// MariaDB sorts such rows by their places.
const LONG: &str = "sort_buffer_size = 67108864";

/// Types whose values can be longer than a sort buffer.
const LONG_TYPES: &[&str] = &["json", "longtext", "mediumtext", "longblob", "mediumblob"];

/// MariaDB remembers what a subquery was for a row, and takes it for rows whose columns are equal by their own collation,
/// whatever the subquery compares them by.
const UNCACHED: &str = "optimizer_switch = 'subquery_cache=off'";

impl Settings {
    /// The largest number of levels of a recursion. By default it is 1 000: MySQL refuses more, MariaDB leaves them out with
    /// a warning that nobody sees.
    const fn endless(self) -> &'static str {
        match self {
            Self::Statement => "max_recursive_iterations = 4294967295",
            Self::Hint => "cte_max_recursion_depth = 4294967295",
        }
    }
}

impl Flavor for Family {
    fn as_text(&self, column: Expr, _: &ColumnDef) -> Expr {
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
            // MySQL's hash join puts an integer into the type of a decimal, where what is too large becomes its largest
            // value (9.7): the key's type has room for both.
            _ if matches!(self.settings, Settings::Hint) && is_mixed(held_by, compared) => match held_by.ty {
                ColumnType::Decimal => Expr::cust_with_exprs("(? + 0)", [column]),
                _ => Expr::cust_with_exprs("CAST(? AS DECIMAL(65,30))", [column]),
            },
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

    fn subquery_by_itself(&self, mut subquery: SelectStatement) -> SelectStatement {
        // A derived table with DISTINCT is not merged, and IN does not count its values. STRAIGHT_JOIN within the subqueries
        // would not do: of eight within each other, MySQL 9.7 still takes 0.9 s.
        self.limited(subquery.distinct().take())
    }

    fn bind_form(&self, compared: &ColumnDef) -> BindForm {
        form(compared)
    }

    fn is_null(&self, column: Expr, _: &ColumnDef) -> Expr {
        // `IS NULL` finds the row that was inserted last where `sql_auto_is_null` is set, and zero dates in a column that
        // is NOT NULL, though not within a left join.
        Expr::cust_with_exprs("? <=> NULL", [column])
    }

    fn is_not_null(&self, column: Expr, _: &ColumnDef, below_not: bool) -> Expr {
        if below_not { Expr::cust_with_exprs("NOT (? <=> NULL)", [column]) } else { column.is_not_null() }
    }

    fn like_escape(&self) -> Option<&'static str> {
        // In the mode NO_BACKSLASH_ESCAPES there would be none, and a backslash in quotes has two spellings.
        Some("ESCAPE x'5C'")
    }

    fn compared_within(&self, column: Expr, compared: &ColumnDef) -> Expr {
        // MariaDB puts the value in the column's place where a key is compared with it, and then finds that no year of the
        // row outside is equal to it (10.11, 11.8: `e.year = t.year AND e.year = 1999`).
        let is_year = matches!(self.settings, Settings::Statement) && is(compared, "year");
        if is_year { Expr::cust_with_exprs("(? + 0)", [column]) } else { column }
    }

    fn in_values(&self, column: Expr, compared: &ColumnDef, list: ListOfValues, holes: &mut Holes) -> Expr {
        if compared.ty == ColumnType::Decimal && matches!(self.settings, Settings::Statement) {
            // MariaDB compares a decimal with a list of texts as doubles, though not with one text.
            return in_list(column, decimals(compared, list.bind), list.negated, holes);
        }
        let values = holes.list(fragments::values(ListSource::Bind(list.bind)).formed([list.form]));
        Expr::cust_with_exprs(if list.negated { "? NOT IN ?" } else { "? IN ?" }, [column, values])
    }

    fn inexact(&self, column: &ColumnDef) -> Option<&'static str> {
        let inexact = column.ty == ColumnType::Other && (is(column, "enum(") || is(column, "set("));
        inexact.then_some("its empty member prints as the value that is no member")
    }

    fn says_settings(&self) -> bool {
        true
    }

    fn needs(&self, column: &ColumnDef) -> Needs {
        // Without a name of the database's own, a point in time is either.
        let moment = column.ty == ColumnType::Timestamp;
        let utc = moment && (is(column, "timestamp") || column.native.is_none());
        let exact = moment || column.ty == ColumnType::Date || is(column, "char");
        let long = matches!(self.settings, Settings::Hint) && LONG_TYPES.iter().any(|ty| is(column, ty));
        Needs { utc, exact, long, ..Needs::default() }
    }

    fn needs_computed(&self) -> Needs {
        Needs { utc: true, ..Needs::default() }
    }

    fn needs_within(&self, column: &ColumnDef, collation: Option<&str>) -> Needs {
        let differs = column.collation.is_some() && column.collation.as_deref() != collation;
        Needs { uncached: differs && matches!(self.settings, Settings::Statement), ..Needs::default() }
    }

    fn tells_apart(&self, text: &Expr, column: &ColumnDef) -> Option<Expr> {
        let told = matches!(self.settings, Settings::Hint) || !is_long(column);
        (!told).then(|| Expr::cust_with_exprs("SHA2(?, 256)", [text.clone()]))
    }

    fn opening(&self, needs: Needs) -> Opening {
        let endless = self.settings.endless();
        let all = [
            (needs.utc, UTC),
            (needs.exact, EXACT),
            (needs.long, LONG),
            (needs.endless, endless),
            (needs.uncached, UNCACHED),
        ];
        let all: Vec<&str> = all.into_iter().filter_map(|(needed, setting)| needed.then_some(setting)).collect();
        if all.is_empty() {
            return Opening::default();
        }
        match self.settings {
            Settings::Statement => {
                Opening { before: format!("SET STATEMENT {} FOR ", all.join(", ")), hint: String::new() }
            }
            Settings::Hint => {
                let all: Vec<String> = all.iter().map(|setting| format!("SET_VAR({setting})")).collect();
                Opening { before: String::new(), hint: format!("/*+ {} */ ", all.join(" ")) }
            }
        }
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
    let plain = |ty: &str| Part { ty: ty.to_owned(), hex: false, form: form(held_by) };
    match held_by.ty {
        // As in `bare`. More than 35 digits before the point are beyond every integer.
        ColumnType::Integer | ColumnType::Decimal
            if is_mixed(held_by, part.compared) && digits_before(held_by) <= 35 =>
        {
            plain("decimal(65,30)")
        }
        ColumnType::Integer | ColumnType::Boolean => {
            let unsigned =
                |c: &&ColumnDef| native(c).is_some_and(|ty| ty.contains("unsigned") || ty.starts_with("bit"));
            match part.held_by.iter().filter(|c| unsigned(c)).count() {
                0 => plain("bigint"),
                all if all == part.held_by.len() => plain("bigint unsigned"),
                _ => plain("decimal(20,0)"),
            }
        }
        // A float of four bytes is sent as the double that it is: MySQL takes its largest for too large as its own text.
        ColumnType::Float => plain("double"),
        ColumnType::Decimal => {
            let digits = native(held_by).and_then(|ty| Some(ty.get(..=ty.find(')')?)?.to_owned()));
            plain(&digits.unwrap_or_else(|| "decimal(65,30)".to_owned()))
        }
        ColumnType::Date => plain("date"),
        ColumnType::Time => plain("time(6)"),
        ColumnType::Timestamp => plain("datetime(6)"),
        // MariaDB takes UNHEX of a longtext to be empty (10.11: its length and one overflows).
        ColumnType::Bytes => Part { ty: "mediumtext CHARACTER SET ascii".to_owned(), hex: true, form: BindForm::AsIs },
        _ => Part { form: form(held_by), ..text(part.compared) },
    }
}

/// Whether one of two columns is a decimal, and the other an integer.
fn is_mixed(one: &ColumnDef, other: &ColumnDef) -> bool {
    matches!(
        (one.ty, other.ty),
        (ColumnType::Decimal, ColumnType::Integer) | (ColumnType::Integer, ColumnType::Decimal)
    )
}

/// The digits before the point that a decimal has at most; none for an integer.
fn digits_before(column: &ColumnDef) -> usize {
    if column.ty != ColumnType::Decimal {
        return 0;
    }
    let digits = native(column).and_then(|ty| ty.split_once('(')?.1.split(')').next()).unwrap_or_default();
    let mut digits = digits.split(',').map(|digits| digits.trim().parse::<usize>());
    let (all, behind) = (digits.next().and_then(Result::ok), digits.next().and_then(Result::ok));
    all.map_or(35, |all| all.saturating_sub(behind.unwrap_or(0)))
}

/// A list of values for a decimal column. What no decimal is, and what the type would round, is equal to none.
fn decimals(column: &ColumnDef, bind: Bind) -> ListPiece {
    let scale = 65_usize.saturating_sub(digits_before(column)).min(30);
    let table = format!(
        "JSON_TABLE(?, '$[*]' COLUMNS(v0 decimal(65,{scale}) PATH '$', v1 longtext CHARACTER SET utf8mb4 PATH '$')) AS j"
    );
    ListPiece::json_hex(ListSource::Bind(bind), 1, format!("j.v0 FROM {table} WHERE j.v0 = j.v1"))
}

/// Text that is compared as a column compares.
fn text(compared: &ColumnDef) -> Part {
    let ty = match compared.collation.as_deref().map(word) {
        Some(collation) => format!("longtext CHARACTER SET {} COLLATE {collation}", charset(&collation)),
        None => "longtext CHARACTER SET utf8mb4".to_owned(),
    };
    Part { ty, hex: false, form: BindForm::AsIs }
}

/// What a printed value of a column becomes when it is bound.
fn form(column: &ColumnDef) -> BindForm {
    match column.ty {
        ColumnType::Timestamp if is(column, "timestamp") || column.native.is_none() => BindForm::Utc,
        ColumnType::Timestamp => BindForm::Local,
        ColumnType::Float if is(column, "float") => BindForm::Single,
        _ if is(column, "year") => BindForm::Year,
        _ => BindForm::AsIs,
    }
}

/// Whether a column holds text or bytes that MariaDB may sort by their beginning alone: it takes 1 024 bytes, four for a
/// character.
fn is_long(column: &ColumnDef) -> bool {
    if !matches!(column.ty, ColumnType::Text | ColumnType::Bytes | ColumnType::Json) {
        return false;
    }
    let length = native(column).and_then(|ty| ty.split_once('(')?.1.split(')').next()?.parse::<usize>().ok());
    let most = if column.ty == ColumnType::Bytes { 1_024 } else { 256 };
    length.is_none_or(|length| length > most) && !is(column, "enum") && !is(column, "set")
}

/// Whether the server's name of a column's type starts so.
fn is(column: &ColumnDef, name: &str) -> bool {
    native(column).and_then(|ty| ty.get(..name.len())).is_some_and(|start| start.eq_ignore_ascii_case(name))
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
