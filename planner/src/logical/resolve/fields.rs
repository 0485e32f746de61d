//! What comes out of a row: its columns and relationships, and the keys that directives add.

use super::{Resolver, no_column};
use crate::error::{Error, code};
use crate::filter::At;
use crate::graph::{Direction, Entity, Relationship};
use crate::ids::{ColumnId, EntityId, LoadNodeId, RelationshipId};
use crate::logical::{LINK_KEY, LinkColumn, Output, Recursion};
use crate::spec::Field;
use rustc_hash::FxHashSet;

impl Resolver<'_> {
    pub(super) fn fields(&mut self, field: &Field, id: LoadNodeId, entity: EntityId) {
        let definition = self.graph.entity(entity);
        let listed = field.fields.as_deref().unwrap_or_default();
        let mut output = self.all_columns(field, entity);
        for child in listed {
            if let Some(column) = definition.column_id(&child.name) {
                self.path.push(child.key());
                self.check_plain(child, definition, column);
                self.path.pop();
                let ty = definition.column(column).ty;
                output.push((Output::Column { key: child.key().to_owned(), column, ty }, child.at));
            } else if let Some(relationship) = definition.relationships.get(&child.name).copied() {
                output.extend(self.child(child, id, relationship).map(|output| (output, child.at)));
            } else {
                let error = match child.is_plain() {
                    true => self.graph.no_column_or_relationship(entity, &child.name),
                    false => self.graph.no_relationship(entity, &child.name),
                };
                self.say(error, child.at);
            }
        }
        if let Some(strategy) = field.default_strategy {
            for (name, relationship) in &definition.relationships {
                // A recursion carries its own relationship. What does not come out gets in nobody's way.
                let again = field.recurse.is_some() && field.name == *name;
                let hidden = !strategy.is_eager() && output.iter().any(|(output, _)| output.key() == name);
                if !again && !hidden && !listed.iter().any(|field| field.name == *name) {
                    let unlisted = Field { at: field.at, ..Field::new(name).strategy(strategy) };
                    output.extend(self.child(&unlisted, id, *relationship).map(|output| (output, field.at)));
                }
            }
        }
        self.check_keys(&output, id, field);
        self.plan.node_mut(id).output = output.into_iter().map(|(output, _)| output).collect();
    }

    fn child(&mut self, child: &Field, parent: LoadNodeId, relationship: RelationshipId) -> Option<Output> {
        self.path.push(child.key());
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
    pub(super) fn recursion(&mut self, field: &Field, via: Option<&Relationship>) -> Option<Recursion> {
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
    pub(super) fn link(&mut self, field: &Field, via: Option<&Relationship>) -> Option<Vec<LinkColumn>> {
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
    fn check_plain(&mut self, field: &Field, definition: &Entity, column: ColumnId) {
        let what = if field.fields.is_some() {
            "braces"
        } else if !field.arguments.is_empty() {
            "arguments"
        } else if !field.is_plain() {
            "a directive"
        } else {
            return;
        };
        let error = Error::input(code::MISPLACED, format!("{what} on the column `{}`", field.name));
        let help = self.along(definition, column);
        let help = help.unwrap_or_else(|| "only relationships take arguments, directives and braces".to_owned());
        self.say(error.help(help), field.at);
    }

    /// Names the relationship of a column: one that refers to another table has often taken its name.
    pub(super) fn along(&self, definition: &Entity, column: ColumnId) -> Option<String> {
        let relationships = definition.relationships.values().map(|id| self.graph.relationship(*id));
        let along = |r: &&Relationship| r.direction == Direction::ManyToOne && r.source_key.contains(&column);
        let relationship = relationships.filter(along).min_by_key(|r| r.source_key.len())?;
        Some(format!("the relationship along it is `{}`", relationship.name))
    }

    /// Keys of one object are distinct, those that a recursion and a link add included.
    fn check_keys(&mut self, output: &[(Output, At)], id: LoadNodeId, field: &Field) {
        let node = self.plan.node(id);
        let recursion = node.recursion.as_ref().map(|r| (r.key.clone(), field.recurse.as_ref().map(|r| r.at)));
        let link = node.link.as_ref().map(|_| (LINK_KEY.to_owned(), field.link.as_ref().map(|l| l.at)));
        let added = [recursion, link].into_iter().flatten().map(|(key, at)| (key, at.unwrap_or_default()));
        let added: Vec<(String, At)> = added.collect();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        seen.reserve(output.len() + added.len());
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
