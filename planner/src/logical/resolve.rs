//! Names become ids: a [`LoadSpec`] and a graph give a [`LogicalPlan`]. Reports every mistake of the specification at
//! once. Decides nothing about strategies.

use super::predicate::{Bind, Predicate};
use super::{LINK_KEY, LinkColumn, LoadNode, LogicalPlan, Ordering, Output, Recursion};
use crate::error::{Error, Errors, Result, code};
use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
use crate::graph::{Entity, Relationship, RelationshipGraph};
use crate::ids::{EntityId, LoadNodeId, ParamId, RelationshipId};
use crate::spec::depth::{self, MAX_DEPTH};
use crate::spec::shape::{BindValue, filter_values};
use crate::spec::{Arguments, Field, LoadSpec, OrderTerm, Strategy};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::cmp::Ordering::{Equal, Greater, Less};

/// Problems told of one specification.
const MAX_LISTED: usize = 100;

/// Resolves every name of `spec`.
pub(crate) fn resolve(graph: &RelationshipGraph, spec: &LoadSpec) -> Result<LogicalPlan> {
    let mut resolver = Resolver {
        graph,
        plan: LogicalPlan { nodes: Vec::new(), constants: Vec::new(), notes: Vec::new() },
        problems: Vec::new(),
        values: 0,
        predicates: FxHashMap::default(),
        path: Vec::new(),
    };
    resolver.root(&spec.root);
    Errors::check(resolver.problems, resolver.plan)
}

struct Resolver<'a> {
    graph: &'a RelationshipGraph,
    plan: LogicalPlan,
    problems: Vec<Error>,
    /// How many values of the specification have been numbered.
    values: usize,
    /// Resolved predicates of relationships, so that equal ones bind equal constants.
    predicates: FxHashMap<RelationshipId, Predicate>,
    path: Vec<String>,
}

impl<'a> Resolver<'a> {
    fn say(&mut self, error: Error, at: At) {
        let path = self.path.join(".");
        self.push(error.path(path).span(at.0));
    }

    fn push(&mut self, error: Error) {
        match self.problems.len().cmp(&MAX_LISTED) {
            Less => self.problems.push(error),
            Equal => {
                let message = format!("there are more problems than these {MAX_LISTED}");
                self.problems.push(Error::input(error.code, message));
            }
            Greater => {}
        }
    }

    fn root(&mut self, field: &Field) {
        self.path.push(field.key().to_owned());
        if field.strategy.is_some() || field.inner {
            let error = Error::input(code::MISPLACED, "a strategy on the root")
                .help("the root is always loaded by a statement of its own: put the directive on a relationship");
            self.say(error, field.at);
        }
        for (at, name) in
            [(field.recurse.as_ref().map(|r| r.at), "@recurse"), (field.link.as_ref().map(|l| l.at), "@link")]
        {
            if let Some(at) = at {
                let error = Error::input(code::MISPLACED, format!("`{name}` on the root, which is no relationship"));
                self.say(error, at);
            }
        }
        match self.graph.entity_id(&field.name) {
            Some(entity) => {
                self.node(field, None, entity, None);
            }
            None => self.say(self.graph.no_entity(&field.name), field.at),
        }
    }

    /// Resolves a root or relationship and all below it.
    fn node(
        &mut self,
        field: &Field,
        parent: Option<LoadNodeId>,
        entity: EntityId,
        relationship: Option<RelationshipId>,
    ) -> Option<LoadNodeId> {
        if self.path.len() > MAX_DEPTH {
            let error = Error::input(code::TOO_DEEP, format!("more than {MAX_DEPTH} levels of relationships"));
            let path = self.path[..3].join(".");
            self.push(error.path(path).span(field.at.0));
            return None;
        }
        let via = relationship.map(|id| self.graph.relationship(id));
        let to_many = via.is_none_or(Relationship::is_to_many);
        let id = LoadNodeId::new(self.plan.nodes.len());
        let strategy = via.map_or(Strategy::Selectin, |via| field.strategy.or(via.strategy).unwrap_or(Strategy::Auto));
        let (recursion, link) = (self.recursion(field, via), self.link(field, via));
        self.plan.nodes.push(LoadNode {
            id,
            parent,
            entity,
            relationship,
            path: self.path.join("."),
            strategy,
            loaded: strategy.is_eager() && parent.is_none_or(|p| self.plan.node(p).loaded),
            recursion,
            link,
            inner: field.inner,
            inner_join: false,
            filter: Predicate::TRUE,
            partial: field.arguments.limit.is_some() || field.arguments.offset.is_some_and(|o| o > 0),
            order: Vec::new(),
            limit: field.arguments.limit,
            offset: field.arguments.offset.unwrap_or(0),
            to_many,
            output: Vec::new(),
            fetch: Vec::new(),
            children: SmallVec::new(),
            empty: false,
        });
        let filter = self.arguments(&field.arguments, entity, to_many);
        let own = relationship.map_or(Predicate::TRUE, |id| self.relationship_predicate(id));
        let order = self.order(field, entity, via);
        let node = self.plan.node_mut(id);
        node.partial |= filter != Predicate::TRUE;
        node.filter = own.and(filter);
        node.order = order;
        self.fields(field, id, entity);
        Some(id)
    }

    fn arguments(&mut self, arguments: &Arguments, entity: EntityId, to_many: bool) -> Predicate {
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
        let first = self.values;
        let mut number = |_: &BindValue| {
            let bind = Bind::Spec(ParamId::new(self.values));
            self.values += 1;
            bind
        };
        // Numbered even if a mistake ends the resolution early, so that numbers and values never part.
        let mut listed = Vec::new();
        filter_values(filter, &mut listed);
        let binds: Vec<Bind> = listed.iter().map(&mut number).collect();
        debug_assert_eq!(first + binds.len(), self.values);
        let before = self.problems.len();
        let predicate = self.predicate(filter, entity, &mut binds.into_iter());
        // What has no place of its own stands somewhere in the arguments.
        for problem in self.problems.iter_mut().skip(before).filter(|p| p.at.span.is_none()) {
            problem.at.span = at.0;
        }
        predicate
    }

    fn relationship_predicate(&mut self, id: RelationshipId) -> Predicate {
        if let Some(known) = self.predicates.get(&id) {
            return known.clone();
        }
        let relationship = self.graph.relationship(id);
        let predicate = relationship.predicate.as_ref().map_or(Predicate::TRUE, |filter| {
            let first = self.plan.constants.len();
            filter_values(filter, &mut self.plan.constants);
            let mut binds = (first..self.plan.constants.len()).map(|i| Bind::Graph(ParamId::new(i)));
            self.predicate(filter, relationship.target, &mut binds)
        });
        self.predicates.insert(id, predicate.clone());
        predicate
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
            Comparison::IsNull(_) => None,
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
                CompareOp::Eq if super::is_null(value) => Predicate::IsNull { column, negated: false },
                CompareOp::Ne if super::is_null(value) => Predicate::IsNull { column, negated: true },
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
            (Comparison::Compare(_, Operand::Variable(variable)), _)
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
            let error = if definition.columns.contains_key(name) {
                Error::input(code::UNKNOWN_RELATIONSHIP, format!("`{name}` is a column of `{}`", definition.name))
                    .help("`any`, `none` and `has` ask for related rows")
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

    /// The whole order: as asked, else as the relationship says, then the tie-break.
    fn order(&mut self, field: &Field, entity: EntityId, via: Option<&Relationship>) -> Vec<Ordering> {
        let definition = self.graph.entity(entity);
        let asked = &field.arguments.order;
        let terms = if asked.is_empty() { via.map_or(&[][..], |r| &r.order_by) } else { asked };
        let mut order: Vec<Ordering> = Vec::with_capacity(terms.len() + 1);
        for OrderTerm { column: name, descending, at } in terms {
            match definition.column_id(name) {
                // A column that stands twice is decided by its first place.
                Some(column) if order.iter().any(|o| o.column == column) => {}
                Some(column) => order.push(Ordering { column, descending: *descending }),
                None => self.say(no_column(definition, name), *at),
            }
        }
        let unique = via.is_some_and(|r| r.finds_one(definition));
        if !unique {
            let descending = terms.last().is_some_and(|t| t.descending);
            tie_break(definition, descending, &mut order);
        }
        order
    }

    fn fields(&mut self, field: &Field, id: LoadNodeId, entity: EntityId) {
        let definition = self.graph.entity(entity);
        let listed = field.fields.as_deref().unwrap_or_default();
        let mut output = self.all_columns(field, entity);
        for child in listed {
            if let Some(column) = definition.column_id(&child.name) {
                self.path.push(child.key().to_owned());
                self.check_plain(child);
                self.path.pop();
                let ty = definition.column(column).ty;
                output.push((Output::Column { key: child.key().to_owned(), column, ty }, child.at));
            } else if let Some(relationship) = definition.relationships.get(&child.name).copied() {
                output.extend(self.child(child, id, relationship).map(|output| (output, child.at)));
            } else {
                self.say(self.graph.no_relationship(entity, &child.name), child.at);
            }
        }
        if let Some(strategy) = field.default_strategy {
            for (name, relationship) in &definition.relationships {
                if !listed.iter().any(|field| field.name == *name) {
                    let unlisted = Field { at: field.at, ..Field::new(name).strategy(strategy) };
                    output.extend(self.child(&unlisted, id, *relationship).map(|output| (output, field.at)));
                }
            }
        }
        self.check_keys(&output, id, field);
        self.plan.node_mut(id).output = output.into_iter().map(|(output, _)| output).collect();
    }

    fn child(&mut self, child: &Field, parent: LoadNodeId, relationship: RelationshipId) -> Option<Output> {
        self.path.push(child.key().to_owned());
        let target = self.graph.relationship(relationship).target;
        let node = self.node(child, Some(parent), target, Some(relationship));
        self.path.pop();
        let node = node?;
        self.plan.node_mut(parent).children.push(node);
        Some(Output::Node { key: child.key().to_owned(), node })
    }

    /// What comes out where no column is listed: all columns, or all but those of `@except`.
    fn all_columns(&mut self, field: &Field, entity: EntityId) -> Vec<(Output, At)> {
        let definition = self.graph.entity(entity);
        let listed = field.fields.iter().flatten().find(|f| definition.columns.contains_key(&f.name));
        if let Some(except) = &field.except {
            for name in &except.columns {
                if !definition.columns.contains_key(name) {
                    self.say(no_column(definition, name), except.at);
                }
            }
            if let Some(listed) = listed {
                let error = Error::input(code::CONFLICT, format!("`@except` beside the column `{}`", listed.name));
                self.say(error.help("list the columns to load, or those to leave out"), except.at);
            }
        }
        if listed.is_some() {
            return Vec::new();
        }
        let left_out = |name: &String| field.except.as_ref().is_some_and(|except| except.columns.contains(name));
        let kept = definition.column_ids().filter(|id| !left_out(&definition.column(*id).name));
        let output = kept.map(|column| {
            let def = definition.column(column);
            (Output::Column { key: def.name.clone(), column, ty: def.ty }, At::default())
        });
        output.collect()
    }

    /// `@recurse`, which asks for a relationship of an entity to itself.
    fn recursion(&mut self, field: &Field, via: Option<&Relationship>) -> Option<Recursion> {
        let (recurse, via) = (field.recurse.as_ref()?, via?);
        if via.source != via.target {
            let (source, target) = (self.graph.entity(via.source), self.graph.entity(via.target));
            let message =
                format!("`@recurse` on `{}`, which leads from `{}` to `{}`", via.name, source.name, target.name);
            let error = Error::input(code::MISPLACED, message);
            self.say(error.help("a recursion follows a relationship of an entity to itself"), recurse.at);
        }
        Some(Recursion { key: field.key().to_owned(), depth: recurse.depth })
    }

    /// `@link`, which asks for an association table.
    fn link(&mut self, field: &Field, via: Option<&Relationship>) -> Option<Vec<LinkColumn>> {
        let (link, via) = (field.link.as_ref()?, via?);
        let Some(secondary) = &via.secondary else {
            let message = format!("`@link` on `{}`, which has no association table", via.name);
            let error = Error::input(code::MISPLACED, message);
            self.say(error.help("only a many-to-many relationship has rows that link"), link.at);
            return None;
        };
        let definition = self.graph.entity(secondary.entity);
        let mut columns: Vec<LinkColumn> = Vec::new();
        for name in &link.columns {
            if columns.iter().any(|known| known.name == *name) {
                let error = Error::input(code::DUPLICATE_KEY, format!("`{name}` stands twice in `@link`"));
                self.say(error.help("drop one of them"), link.at);
            } else if let Some(column) = definition.column_id(name) {
                columns.push(LinkColumn { name: name.clone(), column, ty: definition.column(column).ty });
            } else {
                self.say(no_column(definition, name), link.at);
            }
        }
        Some(columns)
    }

    /// A column takes an alias and nothing else.
    fn check_plain(&mut self, field: &Field) {
        let what = if field.fields.is_some() {
            "braces"
        } else if !field.arguments.is_empty() {
            "arguments"
        } else if !field.is_plain() {
            "a directive"
        } else {
            return;
        };
        let error = Error::input(code::MISPLACED, format!("{what} on the column `{}`", field.name))
            .help("only relationships take arguments, directives and braces");
        self.say(error, field.at);
    }

    /// Keys of one object are distinct, those that a recursion and a link add included.
    fn check_keys(&mut self, output: &[(Output, At)], id: LoadNodeId, field: &Field) {
        let node = self.plan.node(id);
        let recursion = node.recursion.as_ref().map(|r| (r.key.clone(), field.recurse.as_ref().map(|r| r.at)));
        let link = node.link.as_ref().map(|_| (LINK_KEY.to_owned(), field.link.as_ref().map(|l| l.at)));
        let added = [recursion, link].into_iter().flatten().map(|(key, at)| (key, at.unwrap_or_default()));
        let added: Vec<(String, At)> = added.collect();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let listed = output.iter().map(|(output, at)| (output.key(), *at));
        for (key, at) in listed.chain(added.iter().map(|(key, at)| (key.as_str(), *at))) {
            if !seen.insert(key) {
                let name = &self.graph.entity(self.plan.node(id).entity).name;
                let error = Error::input(code::DUPLICATE_KEY, format!("`{key}` of `{name}` comes out twice"));
                let help = match added.iter().any(|(added, _)| added == key) {
                    true => format!("give the field that is listed an alias: `other: {key}`"),
                    false => format!("give one of them an alias: `other: {key}`"),
                };
                self.say(error.help(help), at);
            }
        }
    }
}

fn no_column(entity: &Entity, name: &str) -> Error {
    let message = format!("no column `{name}` on `{}`", entity.name);
    Error::input(code::UNKNOWN_COLUMN, message).suggest(name, entity.columns.keys().map(String::as_str))
}

/// Adds the primary key, or all columns where there is none, so that the order is total.
fn tie_break(entity: &Entity, descending: bool, order: &mut Vec<Ordering>) {
    let add = |order: &mut Vec<Ordering>, column| {
        if !order.iter().any(|o| o.column == column) {
            order.push(Ordering { column, descending });
        }
    };
    if entity.primary_key.is_empty() {
        entity.column_ids().for_each(|c| add(order, c));
    } else {
        entity.primary_key.iter().for_each(|c| add(order, *c));
    }
}
