//! sea-query's output with our holes in it: a writer that keeps text and binds apart, so that no marker ever stands in
//! the text, whatever an identifier contains.

use crate::flavor::Opening;
use eagerly_planner::batch::{BindForm, ListPiece, Marks, Piece, SqlTemplate};
use eagerly_planner::error::{Error, Result};
use eagerly_planner::logical::Bind;
use sea_query::{Expr, QueryBuilder, SqlWriter, Value};
use std::fmt::{self, Write};

/// A hole of the statement under construction.
#[derive(Clone, Debug)]
enum Hole {
    Param(Bind, BindForm),
    List(ListPiece),
}

/// The holes handed out so far.
#[derive(Debug, Default)]
pub(crate) struct Holes {
    holes: Vec<Hole>,
}

impl Holes {
    /// An expression for a bound value.
    pub(crate) fn param(&mut self, bind: Bind, form: BindForm) -> Expr {
        self.hole(Hole::Param(bind, form))
    }

    /// An expression for a list.
    pub(crate) fn list(&mut self, list: ListPiece) -> Expr {
        self.hole(Hole::List(list))
    }

    fn hole(&mut self, hole: Hole) -> Expr {
        self.holes.push(hole);
        // A hole travels through sea-query as the number of a value: real values never go through its tree.
        Expr::Value(Value::BigInt(Some(self.holes.len() as i64 - 1)))
    }

    /// Starts the template in which these holes are found, with an opening around the word SELECT.
    pub(crate) fn writer(self, marks: Marks, opening: Opening) -> TemplateWriter {
        let text = String::with_capacity(256);
        TemplateWriter { marks, holes: self.holes, pieces: Vec::new(), text, lost: None, opening }
    }
}

/// How every statement starts.
const SELECT: &str = "SELECT ";

/// Collects the pieces of a template.
pub(crate) struct TemplateWriter {
    marks: Marks,
    holes: Vec<Hole>,
    pieces: Vec<Piece>,
    text: String,
    lost: Option<Value>,
    opening: Opening,
}

impl TemplateWriter {
    /// The template.
    ///
    /// # Errors
    /// [`Error::bug`] for a value that is no hole of ours, and for an opening that found no SELECT to stand around:
    /// without its settings the statement would read other values.
    pub(crate) fn finish(mut self) -> Result<SqlTemplate> {
        self.flush();
        if let Some(value) = self.lost {
            return Err(Error::bug(format!("a value stands in the SQL: {value:?}")).into());
        }
        let Opening { before, hint } = &self.opening;
        if !(before.is_empty() && hint.is_empty()) {
            let Some(Piece::Text(first)) = self.pieces.first_mut() else {
                return Err(Error::bug("a statement with settings does not begin with text").into());
            };
            let Some(rest) = first.strip_prefix(SELECT) else {
                return Err(Error::bug(format!("a statement with settings does not begin with SELECT: {first}")).into());
            };
            *first = format!("{before}{SELECT}{hint}{rest}");
        }
        Ok(SqlTemplate::marked(self.pieces, self.marks))
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            // What follows a bind is short.
            let text = std::mem::replace(&mut self.text, String::with_capacity(64));
            self.pieces.push(Piece::Text(text));
        }
    }
}

impl Write for TemplateWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        Ok(())
    }

    // Names come sign by sign.
    fn write_char(&mut self, sign: char) -> fmt::Result {
        self.text.push(sign);
        Ok(())
    }
}

impl fmt::Display for TemplateWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl SqlWriter for TemplateWriter {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, _: &T) {
        let hole = match value {
            // Limits and offsets are part of a plan's shape, and so of its text.
            Value::BigUnsigned(Some(number)) => {
                self.text.push_str(&number.to_string());
                return;
            }
            Value::BigInt(Some(number)) => usize::try_from(number).ok().and_then(|n| self.holes.get(n)).cloned(),
            _ => None,
        };
        match hole {
            Some(hole) => {
                self.flush();
                self.pieces.push(match hole {
                    Hole::Param(bind, BindForm::AsIs) => Piece::Param(bind),
                    Hole::Param(bind, form) => Piece::Formed(bind, form),
                    Hole::List(list) => Piece::List(list),
                });
            }
            None => self.lost = Some(value),
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eagerly_planner::error::ErrorKind;
    use sea_query::{CommonTableExpression, MysqlQueryBuilder, SelectStatement, WithClause};

    fn finished(statement: &SelectStatement, opening: Opening) -> Result<SqlTemplate> {
        let mut writer = Holes::default().writer(Marks::Question, opening);
        statement.build_collect_into(MysqlQueryBuilder, &mut writer);
        writer.finish()
    }

    #[test]
    fn an_opening_stands_in_the_statement_or_is_a_bug() {
        let opening = |before: &str, hint: &str| Opening { before: before.to_owned(), hint: hint.to_owned() };
        let plain = SelectStatement::new().expr(Expr::cust("1")).take();
        let table = CommonTableExpression::new().query(plain.clone()).table_name("k").to_owned();
        let with = plain.clone().with_cte(WithClause::new().cte(table).to_owned()).take();
        let sql = |statement, opening| finished(statement, opening).map(|template| template.text.to_string());
        assert_eq!(sql(&plain, opening("SET x FOR ", "/*+ y */ ")).unwrap(), "SET x FOR SELECT /*+ y */ 1");
        assert!(sql(&with, Opening::default()).unwrap().starts_with("WITH "));
        for opening in [opening("SET x FOR ", ""), opening("", "/*+ y */ ")] {
            let error = sql(&with, opening).unwrap_err();
            assert_eq!(error.first().kind, ErrorKind::Bug);
        }
    }

    #[test]
    fn a_value_in_the_sql_is_a_bug() {
        for value in [Value::Int(Some(1)), Value::BigInt(Some(1)), Value::from("text")] {
            let statement = SelectStatement::new().expr(Expr::Value(value)).take();
            let error = finished(&statement, Opening::default()).unwrap_err();
            assert_eq!(error.first().kind, ErrorKind::Bug);
        }
    }
}
