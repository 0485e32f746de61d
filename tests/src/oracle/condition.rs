//! Conditions of the oracle: a filter becomes SQL text with bound values, a filter on related rows a correlated EXISTS.
//! `t0` is the table that is read, `t1` the one inside its EXISTS, and so on; `l0`, `l1` are association tables.

use super::Oracle;
use super::sql::Sql;
use crate::database::{Cell, Place};
use eagerly_planner::graph::{ColumnDef, Entity, Relationship};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::spec::{CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use eagerly_planner::value::Value;

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
        let (alias, link_alias) = (format!("t{depth}"), format!("l{depth}"));
        let from = format!("{} AS {alias}", self.database.table(target));
        let looked_up: Vec<String> = if let Some(secondary) = &relationship.secondary {
            let link = self.graph.entity(secondary.entity);
            let pairs = relationship.target_key.iter().zip(&secondary.target_columns);
            let on = pairs.map(|(t, l)| {
                let key = self.key((&link_alias, link, *l), (&alias, target, *t));
                format!("{} = {key}", self.compared(&alias, target, *t))
            });
            let on = on.collect::<Vec<_>>().join(" AND ");
            sql.push(&format!("{} AS {link_alias} JOIN {from} ON {on}", self.database.table(link)));
            secondary.source_columns.iter().map(|c| self.compared(&link_alias, link, *c)).collect()
        } else {
            sql.push(&from);
            relationship.target_key.iter().map(|c| self.compared(&alias, target, *c)).collect()
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

    /// A column on the left of an equality, as text where the relationship compares text.
    pub(super) fn compared(&self, alias: &str, entity: &Entity, id: ColumnId) -> String {
        match entity.cast_from(id) {
            Some(stored) => self.database.text(Place { alias, entity, column: entity.column(stored) }),
            None => self.column(alias, entity, entity.column(id)),
        }
    }

    /// A key on the right of an equality with a column.
    fn key(&self, (alias, entity, id): (&str, &Entity, ColumnId), target: (&str, &Entity, ColumnId)) -> String {
        let source = Place { alias, entity, column: entity.column(entity.stored(id)) };
        let (alias, entity, of_target) = target;
        let target = Place { alias, entity, column: entity.column(entity.stored(of_target)) };
        match (source.entity.cast_from(id), target.entity.cast_from(of_target)) {
            (None, None) => self.database.key(source, target),
            // What is compared is text already, and so is the key.
            (None, Some(_)) => self.database.key(source, source),
            (Some(_), Some(_)) => self.database.text(source),
            (Some(_), None) => self.database.text_key(source, target),
        }
    }

    /// The column in which a relationship looks for a key of its source.
    fn looked_up(&self, relationship: &Relationship, key: usize) -> (&str, &Entity, ColumnId) {
        let (alias, entity, columns) = match &relationship.secondary {
            Some(secondary) => ("l", self.graph.entity(secondary.entity), &secondary.source_columns),
            None => ("t", self.graph.entity(relationship.target), &relationship.target_key),
        };
        (alias, entity, columns[key])
    }

    /// A filter on the table `t<depth>`, in parentheses.
    pub(super) fn condition(&self, sql: &mut Sql, entity: &Entity, depth: usize, filter: &Filter) {
        sql.push("(");
        match filter {
            Filter::And(all) if all.is_empty() => sql.push("1 = 1"),
            Filter::Or(any) if any.is_empty() => sql.push("FALSE"),
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
                self.comparison(sql, &self.column(&format!("t{depth}"), entity, def), def, test);
            }
            Filter::Relationship { name, quantifier, filter, .. } => {
                let relationship = self.find(entity, name);
                let exists = if *quantifier == Quantifier::None { "NOT " } else { self.database.before_exists() };
                sql.push(&format!("{exists}EXISTS (SELECT 1 FROM "));
                let alias = format!("t{depth}");
                self.related(sql, relationship, depth + 1, &|sql, key| {
                    let source = (alias.as_str(), entity, relationship.source_key[key]);
                    sql.push(&self.key(source, self.looked_up(relationship, key)));
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

impl Oracle<'_> {
    /// `column op ?`; equal to NULL is IS NULL, not equal to NULL is IS NOT NULL.
    fn comparison(&self, sql: &mut Sql, column: &str, def: &ColumnDef, test: &Comparison) {
        match test {
            Comparison::IsNull(true) | Comparison::Compare(CompareOp::Eq, Operand::Value(Value::Null)) => {
                sql.push(&format!("{column} IS NULL"));
            }
            Comparison::IsNull(false) | Comparison::Compare(CompareOp::Ne, Operand::Value(Value::Null)) => {
                sql.push(&format!("{column} IS NOT NULL"));
            }
            Comparison::Compare(op, operand) => {
                sql.push(&format!("{column} {} ", operator(*op)));
                sql.bind(self.cell(operand, def));
            }
            Comparison::In { list: ListOperand::Values(values), negated } if values.is_empty() => {
                sql.push(if *negated { "1 = 1" } else { "1 = 0" });
            }
            Comparison::In { list: ListOperand::Values(values), negated } => {
                sql.push(&format!("{column} {} (", if *negated { "NOT IN" } else { "IN" }));
                for (i, value) in values.iter().enumerate() {
                    sql.push(if i == 0 { "" } else { ", " });
                    sql.bind(self.cell(value, def));
                }
                sql.push(")");
            }
            other => panic!("the oracle does not know {other:?}"),
        }
    }

    /// A value of a condition. The number that prints like a float of four bytes is that float.
    fn cell(&self, operand: &Operand, column: &ColumnDef) -> Cell {
        match operand {
            Operand::Value(Value::Null) => Cell::Null,
            Operand::Value(Value::Boolean(b)) => Cell::Boolean(*b),
            Operand::Value(Value::Integer(n)) => Cell::Integer((*n).into()),
            Operand::Value(Value::Unsigned(n)) => Cell::Integer(n.get().into()),
            Operand::Value(Value::Float(x)) => match *x as f32 {
                single if is_single(column) && single.to_string().parse() == Ok(*x) => Cell::Single(single),
                _ => Cell::Float(*x),
            },
            Operand::Value(Value::Text(text)) => Cell::Text(self.database.meant(text, column)),
            Operand::Value(Value::Bytes(bytes)) => Cell::Bytes(bytes.clone()),
            other => panic!("the oracle does not know {other:?}"),
        }
    }
}

/// A float of four bytes.
fn is_single(column: &ColumnDef) -> bool {
    matches!(column.native.as_deref(), Some("float" | "float4"))
}
