//! Conditions: a [`Predicate`] as an expression, and what it asks of related rows as EXISTS.

use super::{Renderer, column};
use crate::flavor::{Flavor, ListOfValues};
use eagerly_planner::batch::{BindForm, Marks};
use eagerly_planner::filter::CompareOp;
use eagerly_planner::graph::{Entity, Relationship};
use eagerly_planner::ids::ColumnId;
use eagerly_planner::logical::Predicate;
use sea_query::{BinOper, Expr, ExprTrait, JoinType, SelectStatement};

impl<F: Flavor> Renderer<'_, F> {
    pub(super) fn predicate(&mut self, entity: &Entity, alias: &str, predicate: &Predicate) -> Expr {
        match predicate {
            Predicate::Constant(true) => Expr::cust("1 = 1"),
            Predicate::Constant(false) => Expr::cust("1 = 0"),
            Predicate::And(all) => self.chain(entity, alias, all, Expr::and),
            Predicate::Or(all) => self.chain(entity, alias, all, Expr::or),
            Predicate::Not(inner) => self.negated(entity, alias, inner),
            Predicate::Compare { column: id, op, value } => {
                let compared = column(entity, alias, *id);
                let pattern = match op {
                    CompareOp::Like => Some("LIKE"),
                    CompareOp::NotLike => Some("NOT LIKE"),
                    _ => None,
                };
                match (pattern, self.flavor.like_escape()) {
                    (Some(like), Some(escape)) => {
                        let value = self.holes.param(*value, BindForm::AsIs);
                        Expr::cust_with_exprs(format!("? {like} ? {escape}"), [compared, value])
                    }
                    (Some(_), None) => compared.binary(operator(*op), self.holes.param(*value, BindForm::AsIs)),
                    (None, _) => {
                        let def = entity.column(*id);
                        let value = self.holes.param(*value, self.flavor.bind_form(def));
                        let compared = self.compared_with_value(entity, alias, *id);
                        compared.binary(operator(*op), self.flavor.value(value, def))
                    }
                }
            }
            Predicate::In { column: id, list, negated } => {
                let def = entity.column(*id);
                let list = ListOfValues { bind: *list, form: self.flavor.bind_form(def), negated: *negated };
                self.flavor.in_values(self.compared_with_value(entity, alias, *id), def, list, &mut self.holes)
            }
            Predicate::IsNull { column: id, negated: false } => {
                self.flavor.is_null(column(entity, alias, *id), entity.column(*id))
            }
            Predicate::IsNull { column: id, negated: true } => {
                self.flavor.is_not_null(column(entity, alias, *id), entity.column(*id), self.below_not)
            }
            Predicate::Exists { relationship, filter, negated } => {
                let relationship = self.graph.relationship(*relationship);
                let exists = self.exists(relationship, alias, filter);
                if *negated { exists.not() } else { exists }
            }
        }
    }

    /// A column that is compared with a value.
    fn compared_with_value(&self, entity: &Entity, alias: &str, id: ColumnId) -> Expr {
        let compared = column(entity, alias, id);
        if self.in_subquery { self.flavor.compared_within(compared, entity.column(id)) } else { compared }
    }

    /// `NOT (…)`: in MySQL's and MariaDB's mode HIGH_NOT_PRECEDENCE, NOT binds before what stands behind it.
    fn negated(&mut self, entity: &Entity, alias: &str, inner: &Predicate) -> Expr {
        let around = std::mem::replace(&mut self.below_not, true);
        let (pattern, inner) = (self.flavor.marks(), self.predicate(entity, alias, inner));
        self.below_not = around;
        let pattern = if pattern == Marks::Dollar { "NOT ($1)" } else { "NOT (?)" };
        Expr::cust_with_exprs(pattern, [inner])
    }

    fn chain(&mut self, entity: &Entity, alias: &str, parts: &[Predicate], join: fn(Expr, Expr) -> Expr) -> Expr {
        let parts: Vec<Expr> = parts.iter().map(|p| self.predicate(entity, alias, p)).collect();
        balanced(parts, join).unwrap_or_else(|| Expr::cust("1 = 1"))
    }

    fn exists(&mut self, relationship: &Relationship, source: &str, filter: &Predicate) -> Expr {
        let target = self.graph.entity(relationship.target);
        let (in_outer_join, below_not) = (std::mem::take(&mut self.in_outer_join), std::mem::take(&mut self.below_not));
        let (own, through) = (format!("e{}", self.aliases), format!("x{}", self.aliases));
        self.aliases += 1;
        let mut select = SelectStatement::new();
        select.expr(Expr::cust("1"));
        let reaches = self.reaches_target(relationship, source, &through, &own);
        match &relationship.secondary {
            Some(secondary) => {
                select.from(self.table(self.graph.entity(secondary.entity), &through));
                select.join(JoinType::InnerJoin, self.table(target, &own), reaches);
                select.cond_where(self.reaches_link(relationship, source, &through));
            }
            None => {
                select.from(self.table(target, &own)).cond_where(reaches);
            }
        }
        if *filter != Predicate::TRUE {
            let around = std::mem::replace(&mut self.in_subquery, true);
            let condition = self.predicate(target, &own, filter);
            self.in_subquery = around;
            select.and_where(condition);
        }
        (self.in_outer_join, self.below_not) = (in_outer_join, below_not);
        let exists = Expr::exists(select);
        if self.in_written_order || in_outer_join && !self.capabilities.exists_in_outer_join {
            return self.flavor.exists_by_itself(exists);
        }
        if self.offset { self.flavor.exists_under_offset(exists) } else { exists }
    }
}

/// A chain as a balanced tree: sea-query walks it, and SQLite bounds its depth (1 000).
fn balanced(mut parts: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Option<Expr> {
    while parts.len() > 2 {
        let mut pairs = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(first) = rest.next() {
            pairs.push(match rest.next() {
                Some(second) => join(first, second),
                None => first,
            });
        }
        parts = pairs;
    }
    parts.into_iter().reduce(join)
}

fn operator(op: CompareOp) -> BinOper {
    match op {
        CompareOp::Ne => BinOper::NotEqual,
        CompareOp::Lt => BinOper::SmallerThan,
        CompareOp::Le => BinOper::SmallerThanOrEqual,
        CompareOp::Gt => BinOper::GreaterThan,
        CompareOp::Ge => BinOper::GreaterThanOrEqual,
        CompareOp::Like => BinOper::Like,
        CompareOp::NotLike => BinOper::NotLike,
        CompareOp::Eq => BinOper::Equal,
    }
}
