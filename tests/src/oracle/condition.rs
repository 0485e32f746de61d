//! Conditions of the oracle: a filter becomes SQL text with bound values, a filter on related rows a correlated EXISTS.
//! `t0` is the table that is read, `t1` the one inside its EXISTS, and so on; `l0`, `l1` are association tables.

use super::Oracle;
use super::sql::{Sql, column, table};
use eagerly_planner::graph::{Entity, Relationship};
use eagerly_planner::spec::{CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use eagerly_planner::value::Value;
use rusqlite::types::Value as Cell;

impl Oracle<'_> {
    /// `<tables of the relationship> WHERE <its columns equal the parent's key> AND <its predicate>`. `key` writes
    /// the parent's key of that position, always on the right: the target's column decides how values compare.
    pub(super) fn related(
        &self,
        sql: &mut Sql,
        relationship: &Relationship,
        depth: usize,
        key: &dyn Fn(&mut Sql, usize),
    ) {
        let target = self.graph.entity(relationship.target);
        let from = format!("{} AS t{depth}", table(target));
        let looked_up: Vec<String> = if let Some(secondary) = &relationship.secondary {
            let link = self.graph.entity(secondary.entity);
            let on = relationship.target_key.iter().zip(&secondary.target_columns);
            let on: Vec<String> = on
                .map(|(t, l)| {
                    format!("{} = +{}", column("t", depth, target.column(*t)), column("l", depth, link.column(*l)))
                })
                .collect();
            sql.push(&format!("{} AS l{depth} JOIN {from} ON {}", table(link), on.join(" AND ")));
            secondary.source_columns.iter().map(|c| column("l", depth, link.column(*c))).collect()
        } else {
            sql.push(&from);
            relationship.target_key.iter().map(|c| column("t", depth, target.column(*c))).collect()
        };
        for (i, looked_up) in looked_up.iter().enumerate() {
            sql.push(&format!(" {} {looked_up} = ", if i == 0 { "WHERE" } else { "AND" }));
            key(sql, i);
        }
        if let Some(predicate) = &relationship.predicate {
            sql.push(" AND ");
            self.condition(sql, target, depth, predicate);
        }
    }

    /// A filter on the table `t<depth>`, in parentheses.
    pub(super) fn condition(&self, sql: &mut Sql, entity: &Entity, depth: usize, filter: &Filter) {
        sql.push("(");
        match filter {
            Filter::And(all) if all.is_empty() => sql.push("1"),
            Filter::Or(any) if any.is_empty() => sql.push("0"),
            Filter::And(list) | Filter::Or(list) => {
                let operator = if matches!(filter, Filter::And(_)) { " AND " } else { " OR " };
                for (i, part) in list.iter().enumerate() {
                    sql.push(if i == 0 { "" } else { operator });
                    self.condition(sql, entity, depth, part);
                }
            }
            Filter::Not(inner) => {
                sql.push("NOT ");
                self.condition(sql, entity, depth, inner);
            }
            Filter::Column { name, test, .. } => {
                let def = entity.columns.get(name).unwrap_or_else(|| panic!("no column {}.{name}", entity.name));
                comparison(sql, &column("t", depth, def), test);
            }
            Filter::Relationship { name, quantifier, filter, .. } => {
                // The `+` keeps SQLite 3.51 from turning EXISTS into a join: in 3.51.3 an OFFSET then counts the rows
                // inside EXISTS, and earlier releases have other mistakes there.
                let relationship = self.find(entity, name);
                sql.push(if *quantifier == Quantifier::None { "NOT EXISTS (" } else { "+EXISTS (" });
                sql.push("SELECT 1 FROM ");
                self.related(sql, relationship, depth + 1, &|sql, key| {
                    sql.push(&format!("+{}", column("t", depth, entity.column(relationship.source_key[key]))));
                });
                sql.push(" AND ");
                self.condition(sql, self.graph.entity(relationship.target), depth + 1, filter);
                sql.push(")");
            }
            other => panic!("the oracle does not know {other:?}"),
        }
        sql.push(")");
    }
}

/// `column op ?`; equal to NULL is IS NULL, not equal to NULL is IS NOT NULL.
fn comparison(sql: &mut Sql, column: &str, test: &Comparison) {
    match test {
        Comparison::IsNull(true) | Comparison::Compare(CompareOp::Eq, Operand::Value(Value::Null)) => {
            sql.push(&format!("{column} IS NULL"));
        }
        Comparison::IsNull(false) | Comparison::Compare(CompareOp::Ne, Operand::Value(Value::Null)) => {
            sql.push(&format!("{column} IS NOT NULL"));
        }
        Comparison::Compare(op, operand) => {
            sql.push(&format!("{column} {} ", operator(*op)));
            sql.bind(cell(operand));
        }
        Comparison::In { list: ListOperand::Values(values), negated } if values.is_empty() => {
            sql.push(if *negated { "1" } else { "0" });
        }
        Comparison::In { list: ListOperand::Values(values), negated } => {
            sql.push(&format!("{column} {} (", if *negated { "NOT IN" } else { "IN" }));
            for (i, value) in values.iter().enumerate() {
                sql.push(if i == 0 { "" } else { ", " });
                sql.bind(cell(value));
            }
            sql.push(")");
        }
        other => panic!("the oracle does not know {other:?}"),
    }
}

fn operator(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "=",
        CompareOp::Ne => "<>",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        CompareOp::Like => "LIKE",
        CompareOp::NotLike => "NOT LIKE",
    }
}

/// A value as it is bound; SQLite has no booleans.
fn cell(operand: &Operand) -> Cell {
    match operand {
        Operand::Value(Value::Null) => Cell::Null,
        Operand::Value(Value::Boolean(b)) => Cell::Integer(i64::from(*b)),
        Operand::Value(Value::Integer(n)) => Cell::Integer(*n),
        Operand::Value(Value::Float(x)) => Cell::Real(*x),
        Operand::Value(Value::Text(text)) => Cell::Text(text.clone()),
        Operand::Value(Value::Bytes(bytes)) => Cell::Blob(bytes.clone()),
        other => panic!("the oracle does not know {other:?}"),
    }
}
