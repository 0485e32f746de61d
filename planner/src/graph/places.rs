//! Where a text defines the parts of a graph, so that errors of the checked graph point into it. A graph that was not
//! read from a text has no places.

use crate::error::Span;
use rustc_hash::FxHashMap;

/// An entity, or a relationship of it, by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Location {
    entity: String,
    relationship: Option<String>,
}

impl Location {
    pub(super) fn entity(name: &str) -> Self {
        Self { entity: name.to_owned(), relationship: None }
    }

    pub(super) fn relationship(entity: &str, name: &str) -> Self {
        Self { entity: entity.to_owned(), relationship: Some(name.to_owned()) }
    }

    /// What errors show.
    pub(super) fn path(&self) -> String {
        match &self.relationship {
            None => self.entity.clone(),
            Some(name) => format!("{}.{name}", self.entity),
        }
    }
}

/// The places of names in the definitions of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Places(FxHashMap<Location, Names>);

/// A definition's own place, and the names in it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Names {
    own: Span,
    within: Vec<(String, Span)>,
}

impl Places {
    /// Whether the definitions were not read from a text.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A definition begins at `span`.
    #[cfg(feature = "toml")]
    pub(super) fn define(&mut self, location: Location, span: Span) {
        self.0.entry(location).or_default().own = span;
    }

    /// A definition has a name in it.
    #[cfg(feature = "toml")]
    pub(super) fn name(&mut self, location: &Location, name: &str, span: Span) {
        if let Some(names) = self.0.get_mut(location) {
            names.within.push((name.to_owned(), span));
        }
    }

    /// The place of a name within a definition; without one, the definition's own.
    pub(super) fn find(&self, location: &Location, name: Option<&str>) -> Option<Span> {
        let names = self.0.get(location)?;
        let within = name.and_then(|name| names.within.iter().find(|(known, _)| known == name));
        Some(within.map_or(names.own, |(_, span)| *span))
    }
}
