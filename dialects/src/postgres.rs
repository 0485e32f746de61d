//! PostgreSQL. Key lists are arrays, one bind for each column; a limit per parent is a lateral join that an index
//! drives; NULLs are put first ascending by a clause, where a column can hold them.

mod text;

use crate::flavor::{Flavor, KeyPart, ListOfValues, in_list, subquery};
use crate::fragments::postgres as fragments;
use crate::render::render;
use crate::template::Holes;
use eagerly_planner::batch::{BindForm, ListPiece, ListSource, Marks, Query, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, Dialect, LimitPerKey};
use eagerly_planner::error::Result;
use eagerly_planner::graph::{ColumnDef, ColumnType, RelationshipGraph};
use sea_query::{Expr, ExprTrait, NullOrdering, PostgresQueryBuilder};
use text::Writer;

/// Types whose equality is not that of the bytes of their text. A reflected column names them as its collation, which
/// no hash map knows; SQL must not.
const BY_TYPE: [&str; 2] = ["citext", "bpchar"];

/// The PostgreSQL dialect, for PostgreSQL 12 and later.
#[derive(Clone, Debug)]
pub struct Postgres {
    capabilities: Capabilities,
}

impl Postgres {
    /// The dialect with PostgreSQL's own limits.
    #[must_use]
    pub fn new() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.byte_collations = &["C", "POSIX", "ucs_basic"];
        // Every collation that a database can have by default is deterministic: equal is equal byte by byte.
        capabilities.default_collation_is_bytes = true;
        capabilities.max_join_tables = 100;
        // PostgreSQL 18 plans 20 EXISTS in 45 ms and 60 in 360; each by itself in 2 and 15.
        capabilities.max_unordered_tables = 12;
        capabilities.max_result_columns = 1_664;
        // One bind of a gigabyte at most; this leaves room for memory.
        capabilities.max_list_keys = 1_000_000;
        capabilities.max_list_bytes = 128 << 20;
        capabilities.max_variables = 65_535;
        capabilities.recursive_queries = true;
        capabilities.typed_keys = true;
        capabilities.typed_columns = true;
        capabilities.limit_per_key = LimitPerKey::Lateral;
        Self { capabilities }
    }

    /// Cuts lists of keys after so many keys.
    #[must_use]
    pub fn max_list_keys(mut self, keys: usize) -> Self {
        self.capabilities.max_list_keys = keys.max(1);
        self
    }
}

impl Default for Postgres {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        render(self, &self.capabilities, PostgresQueryBuilder, graph, query)
    }
}

impl Flavor for Postgres {
    fn marks(&self) -> Marks {
        Marks::Dollar
    }

    fn selected(&self, column: Expr, def: &ColumnDef) -> Expr {
        // Arrays, ranges, geometry and types of extensions have a text form that everyone can read.
        let native = def.native.as_deref();
        let readable = def.ty != ColumnType::Other || builtin(def) == Some("interval");
        if readable { column } else { Expr::cust_with_exprs(text::exact(native, def.settings.as_deref()), [column]) }
    }

    fn as_text(&self, column: Expr, def: &ColumnDef) -> Expr {
        // One text in every session.
        let native = def.native.as_deref();
        let cast = || Expr::cust_with_exprs("CAST($1 AS pg_catalog.text)", [column.clone()]);
        let settings: &[&str] = match def.ty {
            ColumnType::Float => &["extra_float_digits"],
            ColumnType::Timestamp if builtin(def) == Some("timestamp with time zone") => &["DateStyle", "TimeZone"],
            ColumnType::Date | ColumnType::Timestamp => &["DateStyle"],
            ColumnType::Bytes => &["bytea_output"],
            ColumnType::Other if builtin(def) == Some("interval") => &["IntervalStyle"],
            ColumnType::Other => match def.settings.as_deref() {
                Some(settings) if !settings.is_empty() => {
                    return Expr::cust_with_exprs(text::exact(native, Some(settings)), [column]);
                }
                _ => return cast(),
            },
            _ => return cast(),
        };
        let settings: Vec<String> = settings.iter().map(|&name| name.to_owned()).collect();
        Expr::cust_with_exprs(text::exact(native, Some(&settings)), [column])
    }

    fn bare(&self, column: Expr, held_by: &ColumnDef, compared: &ColumnDef) -> Expr {
        let mut key = column;
        if let Some(ty) = own_equality(compared).filter(|ty| own_equality(held_by) != Some(*ty)) {
            // An extension can stand outside of the search path.
            let ty = native(compared).unwrap_or(ty);
            key = Expr::cust_with_exprs(format!("$1::{ty}"), [key]);
        }
        let (from, to) = (collation(held_by), collation(compared));
        if from == to { key } else { Expr::cust_with_exprs(format!("$1{}", collate(to)), [key]) }
    }

    fn row_number(&self) -> &'static str {
        // A function of that name elsewhere in the search path could be no window function.
        "pg_catalog.row_number()"
    }

    fn nulls(&self, descending: bool) -> Option<NullOrdering> {
        Some(if descending { NullOrdering::Last } else { NullOrdering::First })
    }

    fn exists_by_itself(&self, exists: Expr) -> Expr {
        // Only a condition becomes a join.
        Expr::cust_with_exprs("($1 = TRUE)", [exists])
    }

    fn value(&self, value: Expr, compared: &ColumnDef) -> Expr {
        match as_compared(compared) {
            // Once for the statement, so that an index serves it.
            Some(native) if text::is_read_by_settings(native, compared.settings.as_deref()) => {
                let parsed = text::parsed("$1::pg_catalog.text", native, compared.settings.as_deref(), Writer::User);
                Expr::cust_with_exprs(format!("(SELECT {parsed})"), [value])
            }
            Some(native) => Expr::cust_with_exprs(format!("$1::{native}"), [value]),
            None => value,
        }
    }

    fn bind_form(&self, compared: &ColumnDef) -> BindForm {
        match (builtin(compared), compared.ty) {
            (Some("timestamp with time zone" | "time with time zone"), _) => BindForm::UtcOffset,
            (Some("real"), _) => BindForm::Single,
            (_, ColumnType::Date | ColumnType::Time | ColumnType::Timestamp) => BindForm::Iso,
            (_, ColumnType::Json) => BindForm::Document,
            _ => BindForm::AsIs,
        }
    }

    fn is_null(&self, column: Expr, def: &ColumnDef) -> Expr {
        // A composite value with NULL in each field `IS NULL`, and one with NULL in any is not `NOT NULL`.
        if def.composite { Expr::cust_with_exprs("$1 IS NOT DISTINCT FROM NULL", [column]) } else { column.is_null() }
    }

    fn is_not_null(&self, column: Expr, def: &ColumnDef, _: bool) -> Expr {
        if def.composite { Expr::cust_with_exprs("$1 IS DISTINCT FROM NULL", [column]) } else { column.is_not_null() }
    }

    fn in_values(&self, column: Expr, compared: &ColumnDef, list: ListOfValues, holes: &mut Holes) -> Expr {
        let (source, form) = (ListSource::Bind(list.bind), list.form);
        if let Some(native) = as_compared(compared) {
            let read = |_, text: String| text::parsed(&text, native, compared.settings.as_deref(), Writer::User);
            let rows = fragments::rows(source, &["::pg_catalog.text[]".to_owned()], read);
            return in_list(column, rows.formed([form]), list.negated, holes);
        }
        let values = holes.list(fragments::array(source).formed([form]));
        let test = if list.negated { "$1 <> ALL($2)" } else { "$1 = ANY($2)" };
        Expr::cust_with_exprs(test, [column, values])
    }

    fn in_keys(&self, columns: Expr, parts: &[KeyPart<'_>], holes: &mut Holes) -> Expr {
        match parts {
            [part] if in_text(part).is_none() => {
                let list = holes.list(fragments::keys(&casts(part)));
                Expr::cust_with_exprs("$1 = ANY($2)", [columns, list])
            }
            _ => {
                let casts: Vec<String> = parts.iter().map(casts).collect();
                let rows = fragments::rows(ListSource::Keys, &casts, |n, key| read(&parts[n], key));
                columns.in_subquery(subquery(holes.list(rows)))
            }
        }
    }

    fn key_list(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        // In a recursion the first member decides the collation, and the second must have the same.
        let collated = |n: usize, key: String| {
            let name = parts[n].held_by.first().and_then(|column| collation(column));
            name.map_or(key.clone(), |name| key + &collate(Some(name)))
        };
        let casts: Vec<String> = parts.iter().map(casts).collect();
        fragments::rows(ListSource::Keys, &casts, collated)
    }

    fn key_table(&self, parts: &[KeyPart<'_>]) -> ListPiece {
        let casts: Vec<String> = parts.iter().map(casts).collect();
        fragments::table(&casts, |n, key| read(&parts[n], key))
    }
}

/// The column, and its type, whose keys go in a list of texts, since it has no arrays, or arrays that would be taken apart.
fn in_text<'a>(part: &KeyPart<'a>) -> Option<(&'a ColumnDef, &'a str)> {
    let held_by = part.held_by.first().copied().filter(|column| column.ty == ColumnType::Other)?;
    Some((held_by, native(held_by)?))
}

/// A key of a list, as its type.
fn read(part: &KeyPart<'_>, key: String) -> String {
    match in_text(part) {
        Some((column, native)) => text::parsed(&key, native, column.settings.as_deref(), Writer::Library),
        None => key,
    }
}

/// The type that a value has to be cast to where it is compared with a column: text without a type would be a row or an
/// array of whatever type, or a number where names of objects stand. What is compared with a `cidr` is an `inet`, and a
/// number is not cast to bits, which it does not equal.
fn as_compared(column: &ColumnDef) -> Option<&str> {
    let as_it_is = matches!(builtin(column), Some("cidr" | "\"bit\"" | "bit varying"));
    let other = column.ty == ColumnType::Other && !as_it_is;
    // Nor a mark of an expression of sea-query's.
    native(column).filter(|native| other && !native.contains('$'))
}

/// The casts from an array parameter to the keys of a part: `::bigint[]`.
fn casts(part: &KeyPart<'_>) -> String {
    let Some(held_by) = part.held_by.first() else { return array_of(part.compared) };
    let all = |test: &dyn Fn(&ColumnDef) -> bool| part.held_by.iter().copied().chain([part.compared]).all(test);
    let plain =
        |c: &ColumnDef| own_equality(c).is_none() && matches!(builtin(c), None | Some("text" | "character varying"));
    match held_by.ty {
        _ if in_text(part).is_some() => "::pg_catalog.text[]".to_owned(),
        // One type on both sides: PostgreSQL hashes a long list only then (90 000 rows and 10 000 keys: 12 ms, not 6 s).
        ColumnType::Integer if all(&|c| c.native.is_some() && c.native == part.compared.native) => array_of(held_by),
        // The widest of a class, where all are of it: keys of several columns share a list.
        ColumnType::Integer if all(&|c| c.ty == ColumnType::Integer) => "::bigint[]".to_owned(),
        ColumnType::Text if all(&plain) => "::pg_catalog.text[]".to_owned(),
        // Text takes the type of the compared column, as a literal does; without its padding.
        ColumnType::Text => {
            let padded = if own_equality(held_by) == Some("bpchar") { "::pg_catalog.bpchar[]" } else { "" };
            format!("{padded}{}", array_of(part.compared))
        }
        // Everything else keeps its type.
        _ => array_of(held_by),
    }
}

/// The name of a column's type, to be compared with names of PostgreSQL's own types.
fn builtin(column: &ColumnDef) -> Option<&str> {
    column.native.as_deref().map(text::of_catalog)
}

fn native(column: &ColumnDef) -> Option<&str> {
    // A mark of a bind must not stand in a name.
    column.native.as_deref().filter(|native| !native.contains('?'))
}

/// `::type[]`; where no driver has named the type, the widest of its class.
fn array_of(column: &ColumnDef) -> String {
    let by_class = match column.ty {
        ColumnType::Boolean => "boolean",
        ColumnType::Integer => "bigint",
        ColumnType::Float => "double precision",
        ColumnType::Decimal => "numeric",
        ColumnType::Bytes => "bytea",
        ColumnType::Uuid => "uuid",
        ColumnType::Date => "date",
        ColumnType::Time => "time",
        ColumnType::Timestamp => "timestamp",
        _ => "text",
    };
    format!("::{}[]", native(column).unwrap_or(by_class))
}

/// The type of a column whose equality is its own.
fn own_equality(column: &ColumnDef) -> Option<&'static str> {
    by_type(column).0
}

/// The collation of a column, where it is not the database's.
fn collation(column: &ColumnDef) -> Option<&str> {
    by_type(column).1
}

/// What a reflected column says of how it compares: `citext`, `bpchar C`, `C`.
fn by_type(column: &ColumnDef) -> (Option<&'static str>, Option<&str>) {
    let Some(name) = column.collation.as_deref() else { return (None, None) };
    let (word, rest) = name.split_once(' ').map_or((name, None), |(word, rest)| (word, Some(rest)));
    match BY_TYPE.into_iter().find(|ty| *ty == word) {
        Some(ty) => (Some(ty), rest),
        None => (None, Some(name)),
    }
}

/// ` COLLATE "name"`; a name with a schema comes in quotes.
fn collate(name: Option<&str>) -> String {
    if let Some(quoted) = name.filter(|name| name.starts_with('"')) {
        return format!(" COLLATE {quoted}");
    }
    format!(" COLLATE \"{}\"", name.unwrap_or("default").replace('"', "\"\""))
}
