//! Which names a mistake in a condition stands under: a reader knows no graph, and so not whether they exist. Where the
//! last of them does not, that is the mistake.

// A build can have neither written form.
#![cfg_attr(not(any(feature = "text", feature = "serde")), allow(dead_code))]

use super::problems::Problems;
use crate::error::{About, Error};
use crate::graph::RelationshipGraph;
use crate::ids::EntityId;

/// The root and the relationships that lead to what is being read.
#[derive(Debug, Default)]
pub(crate) struct Scope(Vec<String>);

impl Scope {
    /// Goes below a root or a relationship.
    pub(crate) fn enter(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    /// Comes back.
    pub(crate) fn leave(&mut self) {
        self.0.pop();
    }

    /// Marks the problems from the number `first` on as ones of the condition on `name`, but those of conditions within it.
    pub(crate) fn mark(&self, problems: &mut Problems, first: usize, name: &str) {
        for problem in problems.since(first) {
            let operator = match problem.about.take().map(|about| *about) {
                None => None,
                Some(About::NoOperator(operator)) => Some(operator),
                Some(about) => {
                    problem.about = Some(Box::new(about));
                    continue;
                }
            };
            let names = self.0.iter().map(String::as_str).chain([name]).map(str::to_owned).collect();
            problem.about = Some(Box::new(About::Within { names, operator }));
        }
    }
}

/// The problems of a text, where `resolved` are those of its names: what stands under a name that does not exist is that
/// name's mistake, told once.
pub(crate) fn by_graph(graph: &RelationshipGraph, problems: &[Error], resolved: &[Error]) -> Vec<Error> {
    let mut told: Vec<Error> = Vec::with_capacity(problems.len());
    for problem in problems {
        let Some((name, above)) = within(problem) else {
            told.push(problem.clone());
            continue;
        };
        let mut above = above.iter();
        let root = above.next().and_then(|root| graph.entity_id(root));
        let leads = |entity, name: &String| Some(graph.relationship(graph.relationship_id(entity, name)?).target);
        // What is not found above has been told by the resolver.
        let Some(entity) = above.try_fold(root, |entity, name| Some(leads(entity?, name))).flatten() else { continue };
        let definition = graph.entity(entity);
        if definition.columns.contains_key(name) || definition.relationships.contains_key(name) {
            told.push(as_related(graph, leads(entity, name), name, problem));
            continue;
        }
        let unknown = graph.no_column_or_relationship(entity, name);
        let is_told = |known: &Error| known.about == unknown.about;
        if !resolved.iter().chain(&told).any(is_told) {
            told.push(Error { at: problem.at.clone(), ..unknown });
        }
    }
    told
}

/// The last name that a mistake in a condition stands under, and those above it.
fn within(problem: &Error) -> Option<(&String, &[String])> {
    match problem.about.as_deref()? {
        About::Within { names, .. } => names.split_last(),
        About::NoName { .. } | About::NoOperator(_) => None,
    }
}

/// A problem of the condition on a relationship to `target`. What is no operator there, and a name of the target, was meant
/// for the rows that are related.
fn as_related(graph: &RelationshipGraph, target: Option<EntityId>, name: &str, problem: &Error) -> Error {
    let operator = match problem.about.as_deref() {
        Some(About::Within { operator, .. }) => operator.as_deref(),
        _ => None,
    };
    let is_of_target = |operator: &&str| {
        target.map(|target| graph.entity(target)).is_some_and(|target| {
            target.columns.contains_key(*operator) || target.relationships.contains_key(*operator)
        })
    };
    match operator.filter(is_of_target) {
        Some(operator) => problem.clone().help(format!("ask for related rows: `{name}: {{any: {{{operator}: …}}}}`")),
        None => problem.clone(),
    }
}
