//! Arguments and conditions: columns, relationships and numbered binds.

use super::{Resolver, no_column};
use crate::error::{Error, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use crate::ids::{EntityId, ParamId, RelationshipId};
use crate::logical::{Bind, Predicate, is_null};
use crate::spec::Arguments;
use crate::spec::depth::{self, MAX_DEPTH};
use crate::spec::shape::{Same, each_compared, same_filter};

impl Resolver<'_> {
    pub(super) fn arguments(&mut self, arguments: &Arguments, entity: EntityId, to_many: bool) -> Predicate {
        let Arguments { filter, order, limit, offset, at } = arguments;
        if !to_many {
            for (given, name) in
                [(!order.is_empty(), "order"), (limit.is_some(), "limit"), (offset.is_some(), "offset")]
            {
                if given {
                    let error = Error::input(code::MISPLACED, format!("`{name}` on a to-one relationship"))
                        .help("a to-one relationship takes `where` only");
                    self.say(error, *at);
                }
            }
        }
        for (value, name) in [(limit, "limit"), (offset, "offset")] {
            if value.is_some_and(|v| i64::try_from(v).is_err()) {
                let error = Error::input(code::OUT_OF_RANGE, format!("`{name}` is larger than {}", i64::MAX));
                self.say(error, *at);
            }
        }
        let Some(filter) = filter else { return Predicate::TRUE };
        if !depth::is_shallow(filter) {
            let error = Error::input(code::TOO_DEEP, format!("more than {MAX_DEPTH} levels of conditions"));
            self.say(error.help("flatten the condition"), *at);
            return Predicate::TRUE;
        }
        // Taken even if a mistake ends the resolution early, so that numbers and values never part.
        let first = self.numbering.next().unwrap_or_default();
        let mut binds = (first..).map(|number| Bind::Spec(ParamId::new(number)));
        let before = self.problems.len();
        let predicate = self.predicate(filter, entity, &mut binds);
        // What has no place of its own stands somewhere in the arguments.
        for problem in self.problems.iter_mut().skip(before).filter(|p| p.at.span.is_none()) {
            problem.at.span = at.0;
        }
        predicate
    }

    pub(super) fn relationship_predicate(&mut self, id: RelationshipId) -> Predicate {
        if let Some(known) = self.predicates.get(&id) {
            return known.clone();
        }
        let relationship = self.graph.relationship(id);
        let predicate = relationship.predicate.as_ref().map_or(Predicate::TRUE, |filter| {
            if let Some(same) = self.same_predicate(relationship.target, filter) {
                return same;
            }
            let first = self.plan.constants.len();
            each_compared(filter, &mut |compared| self.plan.constants.push(compared.to_bind()));
            let mut binds = (first..self.plan.constants.len()).map(|i| Bind::Graph(ParamId::new(i)));
            self.predicate(filter, relationship.target, &mut binds)
        });
        self.predicates.insert(id, predicate.clone());
        predicate
    }

    /// The predicate of another relationship to that entity that says the same: both bind the same constants.
    fn same_predicate(&self, target: EntityId, filter: &Filter) -> Option<Predicate> {
        let same = self.predicates.iter().find(|(id, _)| {
            let other = self.graph.relationship(**id);
            other.target == target && other.predicate.as_ref().is_some_and(|p| same_filter(p, filter, Same::Whole))
        });
        same.map(|(_, predicate)| predicate.clone())
    }

    /// Resolves a filter; `binds` yields one bind for each operand and list, in order.
    fn predicate(&mut self, filter: &Filter, entity: EntityId, binds: &mut dyn Iterator<Item = Bind>) -> Predicate {
        match filter {
            Filter::And(all) => {
                let parts: Vec<_> = all.iter().map(|f| self.predicate(f, entity, binds)).collect();
                Predicate::all(parts)
            }
            Filter::Or(all) => {
                let parts: Vec<_> = all.iter().map(|f| self.predicate(f, entity, binds)).collect();
                Predicate::any(parts)
            }
            Filter::Not(inner) => self.predicate(inner, entity, binds).negate(),
            Filter::Column { name, test, at } => self.column_test(entity, name, test, *at, binds),
            Filter::Relationship { name, quantifier, filter, at } => {
                self.exists(entity, name, *quantifier, filter, *at, binds)
            }
        }
    }

    fn column_test(
        &mut self,
        entity: EntityId,
        name: &str,
        test: &Comparison,
        at: At,
        binds: &mut dyn Iterator<Item = Bind>,
    ) -> Predicate {
        // The bind is taken before any mistake is reported, so that the next operand gets its own.
        let bind = match test {
            Comparison::Compare(..) | Comparison::In { .. } => binds.next(),
            Comparison::IsNull(_) | Comparison::IsNullVariable(_) => None,
        };
        let definition = self.graph.entity(entity);
        let Some(column) = definition.column_id(name) else {
            let error = if definition.relationships.contains_key(name) {
                Error::input(code::UNKNOWN_COLUMN, format!("`{name}` is a relationship of `{}`", definition.name))
                    .help(format!("ask for related rows: `{name}: {{any: {{…}}}}`"))
            } else {
                no_column(definition, name)
            };
            self.say(error, at);
            return Predicate::TRUE;
        };
        match (test, bind) {
            (Comparison::IsNull(null), _) => Predicate::IsNull { column, negated: !null },
            (Comparison::Compare(op, Operand::Value(value)), Some(bind)) => match op {
                CompareOp::Eq if is_null(value) => Predicate::IsNull { column, negated: false },
                CompareOp::Ne if is_null(value) => Predicate::IsNull { column, negated: true },
                _ => Predicate::Compare { column, op: *op, value: bind },
            },
            (Comparison::In { list: ListOperand::Values(values), negated }, Some(list)) => {
                for operand in values {
                    if let Operand::Variable(variable) = operand {
                        self.no_value(variable, at);
                    }
                }
                if values.is_empty() {
                    Predicate::Constant(*negated)
                } else {
                    Predicate::In { column, list, negated: *negated }
                }
            }
            (Comparison::IsNullVariable(variable), _)
            | (Comparison::Compare(_, Operand::Variable(variable)), _)
            | (Comparison::In { list: ListOperand::Variable(variable), .. }, _) => {
                self.no_value(variable, at);
                Predicate::TRUE
            }
            (_, None) => {
                self.say(Error::bug("a filter has more operands than numbers"), at);
                Predicate::TRUE
            }
        }
    }

    fn no_value(&mut self, variable: &str, at: At) {
        let error = Error::input(code::VARIABLE, format!("the variable `${variable}` has no value"))
            .help("bind its value to the specification, with `--var` in the program");
        self.say(error, at);
    }

    fn exists(
        &mut self,
        entity: EntityId,
        name: &str,
        quantifier: Quantifier,
        filter: &Filter,
        at: At,
        binds: &mut dyn Iterator<Item = Bind>,
    ) -> Predicate {
        let definition = self.graph.entity(entity);
        let Some(id) = definition.relationships.get(name).copied() else {
            let error = if let Some(column) = definition.column_id(name) {
                let message = format!("`{name}` is a column of `{}`", definition.name);
                let along = self.along(definition, column);
                let help = along.unwrap_or_else(|| "`any`, `none` and `has` ask for related rows".to_owned());
                Error::input(code::UNKNOWN_RELATIONSHIP, message).help(help)
            } else {
                let message = format!("no relationship `{name}` on `{}`", definition.name);
                Error::input(code::UNKNOWN_RELATIONSHIP, message)
                    .suggest(name, definition.relationships.keys().map(String::as_str))
            };
            self.say(error, at);
            return Predicate::TRUE;
        };
        let relationship = self.graph.relationship(id);
        if quantifier == Quantifier::Has && relationship.is_to_many() {
            let error =
                Error::input(code::MISPLACED, format!("`has` on the to-many relationship `{name}`")).help("use `any`");
            self.say(error, at);
        }
        let inner = self.predicate(filter, relationship.target, binds);
        let filter = self.relationship_predicate(id).and(inner);
        let negated = quantifier == Quantifier::None;
        match filter {
            Predicate::Constant(false) => Predicate::Constant(negated),
            filter => Predicate::Exists { relationship: id, filter: Box::new(filter), negated },
        }
    }
}
