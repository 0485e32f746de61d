//! What differs between databases, as questions that the renderer asks.

use crate::template::Holes;
use eagerly_planner::batch::{BindForm, ListPiece, Marks};
use eagerly_planner::graph::ColumnDef;
use eagerly_planner::logical::Bind;
use sea_query::{Expr, ExprTrait, JoinType, NullOrdering, SelectStatement};
use smallvec::SmallVec;

/// One part of the keys of a list: the columns that hold it, and the column that it is compared with.
#[derive(Debug)]
pub(crate) struct KeyPart<'a> {
    pub(crate) held_by: SmallVec<[&'a ColumnDef; 1]>,
    pub(crate) compared: &'a ColumnDef,
}

/// A list of values that a column is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListOfValues {
    pub(crate) bind: Bind,
    /// What each value becomes.
    pub(crate) form: BindForm,
    /// NOT IN.
    pub(crate) negated: bool,
}

/// What differs between databases.
pub(crate) trait Flavor {
    /// How binds are marked.
    fn marks(&self) -> Marks {
        Marks::Question
    }

    /// The schema of a table that names none.
    fn default_schema(&self) -> Option<&'static str> {
        None
    }

    /// Whether statements say settings: some column [needs](Self::needs) them.
    fn says_settings(&self) -> bool {
        false
    }

    /// A column as a driver can read it.
    fn selected(&self, column: Expr, _: &ColumnDef) -> Expr {
        column
    }

    /// A column as text.
    fn as_text(&self, column: Expr, _: &ColumnDef) -> Expr {
        Expr::cust_with_exprs("CAST(? AS TEXT)", [column])
    }

    /// A column as text on the left side of an equality, where it compares byte by byte.
    fn compared_text(&self, text: Expr) -> Expr {
        text
    }

    /// A column as a bare value, for the right side of an equality with `compared`.
    fn bare(&self, column: Expr, held_by: &ColumnDef, compared: &ColumnDef) -> Expr;

    /// Whether a derived table hands out a column of that name under no name by which it is found.
    fn is_lost_in_derived(&self, _name: &str) -> bool {
        false
    }

    /// A column of a key list as a bare value.
    fn bare_key(&self, key: Expr) -> Expr {
        key
    }

    /// Where NULLs have to be put by a clause, so that they come first ascending and last descending.
    fn nulls(&self, _descending: bool) -> Option<NullOrdering> {
        None
    }

    /// The function that numbers rows.
    fn row_number(&self) -> &'static str {
        "ROW_NUMBER()"
    }

    /// An EXISTS under an OFFSET.
    fn exists_under_offset(&self, exists: Expr) -> Expr {
        exists
    }

    /// An inner join in a statement with more tables than the server should try orders of.
    fn join_in_written_order(&self) -> JoinType {
        JoinType::InnerJoin
    }

    /// An EXISTS that the server evaluates for each row, and does not turn into a join.
    fn exists_by_itself(&self, exists: Expr) -> Expr {
        exists
    }

    /// A subquery behind IN that the server plans by itself, and does not turn into a join with the tables around it.
    fn subquery_by_itself(&self, subquery: SelectStatement) -> SelectStatement {
        subquery
    }

    /// A column of a subquery that is compared with a value.
    fn compared_within(&self, column: Expr, _: &ColumnDef) -> Expr {
        column
    }

    /// A bound value, to be compared with a column.
    fn value(&self, value: Expr, _compared: &ColumnDef) -> Expr {
        value
    }

    /// What a value becomes when it is bound to be compared with a column.
    fn bind_form(&self, _compared: &ColumnDef) -> BindForm {
        BindForm::AsIs
    }

    /// `column IS NULL`, in SQL that finds NULL and nothing else.
    fn is_null(&self, column: Expr, _: &ColumnDef) -> Expr {
        column.is_null()
    }

    /// `column IS NOT NULL`; below a NOT, the server may read it as its opposite.
    fn is_not_null(&self, column: Expr, _: &ColumnDef, _below_not: bool) -> Expr {
        column.is_not_null()
    }

    /// What stands behind the pattern of LIKE, so that its escape is a backslash whatever the session says.
    fn like_escape(&self) -> Option<&'static str> {
        None
    }

    /// `column IN (list of values)`; `compared` is the column.
    fn in_values(&self, column: Expr, compared: &ColumnDef, list: ListOfValues, holes: &mut Holes) -> Expr;

    /// `columns IN (list of keys)`
    fn in_keys(&self, columns: Expr, parts: &[KeyPart<'_>], holes: &mut Holes) -> Expr {
        let list = holes.list(self.key_list(parts));
        columns.in_subquery(subquery(list))
    }

    /// A list of keys, behind SELECT.
    fn key_list(&self, parts: &[KeyPart<'_>]) -> ListPiece;

    /// A key list as a table with an ordinal, behind SELECT.
    fn key_table(&self, parts: &[KeyPart<'_>]) -> ListPiece;

    /// Why a column is no key that can be sent: its printed values do not tell all that it stores apart.
    fn inexact(&self, _: &ColumnDef) -> Option<&'static str> {
        None
    }

    /// What has to hold while a statement runs that reads a column.
    fn needs(&self, _: &ColumnDef) -> Needs {
        Needs::default()
    }

    /// What has to hold while a statement runs that reads a view or a generated column, which the server computes from others.
    fn needs_computed(&self) -> Needs {
        Needs::default()
    }

    /// What has to hold while a subquery compares a column of the statement around it under a collation.
    fn needs_within(&self, _: &ColumnDef, _collation: Option<&str>) -> Needs {
        Needs::default()
    }

    /// What tells long values of a column apart, where the server numbers rows together whose values begin alike.
    fn tells_apart(&self, _: &Expr, _: &ColumnDef) -> Option<Expr> {
        None
    }

    /// The statement's SQL around its first SELECT, so that what it needs holds.
    fn opening(&self, _: Needs) -> Opening {
        Opening::default()
    }

    /// A subquery behind IN that has a LIMIT.
    fn limited(&self, subquery: SelectStatement) -> SelectStatement {
        subquery
    }
}

/// What has to hold while a statement runs, whatever the session says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// Times are those of UTC.
    pub(crate) utc: bool,
    /// Every value that is stored is one: zero dates, text without blanks behind it.
    pub(crate) exact: bool,
    /// Rows of any length can be sorted.
    pub(crate) long: bool,
    /// A recursion ends where the data does.
    pub(crate) endless: bool,
    /// Each row's subquery is evaluated, and not taken from a row that a column's own collation takes for equal.
    pub(crate) uncached: bool,
}

impl std::ops::BitOrAssign for Needs {
    fn bitor_assign(&mut self, other: Self) {
        self.utc |= other.utc;
        self.exact |= other.exact;
        self.long |= other.long;
        self.endless |= other.endless;
        self.uncached |= other.uncached;
    }
}

/// The beginning of a statement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// Before SELECT.
    pub(crate) before: String,
    /// Behind SELECT.
    pub(crate) hint: String,
}

/// `SELECT list`
pub(crate) fn subquery(list: Expr) -> SelectStatement {
    let mut select = SelectStatement::new();
    select.expr(list);
    select
}

/// `column IN (SELECT list)`
pub(crate) fn in_list(column: Expr, list: ListPiece, negated: bool, holes: &mut Holes) -> Expr {
    let list = subquery(holes.list(list));
    if negated { column.not_in_subquery(list) } else { column.in_subquery(list) }
}
