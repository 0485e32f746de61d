//! The mistakes of a graph's definitions: each is told once, at its place.

use super::Defined;
use crate::error::{Code, Error, code};
use crate::graph::places::{Location, Places};
use crate::graph::{Entity, KeyColumns};
use rustc_hash::FxHashSet;

/// The mistakes found so far, and where we are.
pub(super) struct Problems {
    pub(super) found: Vec<Error>,
    pub(super) places: Places,
    pub(super) incomplete: FxHashSet<Location>,
}

/// The same, with the place at which a mistake is told.
pub(super) struct ProblemsAt<'a> {
    pub(super) problems: &'a mut Problems,
    pub(super) place: &'a Location,
}

impl Problems {
    /// Whether what two relationships contradict each other in is told at `a` and not at `b`: at the one that stands in
    /// the text, else at the first.
    pub(super) fn is_told_at(&self, a: &Defined<'_>, b: &Defined<'_>, a_is_first: bool) -> bool {
        let stands = |defined: &Defined<'_>| self.places.find(&defined.place, None).is_some();
        match (stands(a), stands(b)) {
            (true, false) => true,
            (false, true) => false,
            _ => a_is_first,
        }
    }

    pub(super) fn at<'a>(&'a mut self, place: &'a Location) -> ProblemsAt<'a> {
        ProblemsAt { problems: self, place }
    }
}

impl ProblemsAt<'_> {
    pub(super) fn add(&mut self, error: Error) {
        self.add_about(None, error);
    }

    /// Adds an error about a name that the definition holds, and that may have a place of its own in a text.
    pub(super) fn add_about(&mut self, name: Option<&str>, error: Error) {
        let span = self.problems.places.find(self.place, name);
        self.problems.found.push(error.path(self.place.path()).span(span));
    }

    /// Whether what is being checked lacks something, which has been told.
    pub(super) fn is_incomplete(&self) -> bool {
        self.problems.incomplete.contains(self.place)
    }

    /// Resolves the columns of a key; one that is listed twice is reported.
    pub(super) fn key(&mut self, entity: &Entity, what: &str, names: &[String]) -> KeyColumns {
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                let message = format!("column `{name}` stands twice in {what}");
                self.add_about(Some(name), Error::input(code::DUPLICATE_NAME, message).help("drop one of them"));
            }
        }
        self.columns(entity, names)
    }

    pub(super) fn say(&mut self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.add(Error::input(code, message).help(help));
    }

    /// Resolves column names; those that do not exist are reported and left out.
    pub(super) fn columns<'n>(&mut self, entity: &Entity, names: impl IntoIterator<Item = &'n String>) -> KeyColumns {
        names.into_iter().filter_map(|name| self.column(entity, name)).collect()
    }

    pub(super) fn column(&mut self, entity: &Entity, name: &str) -> Option<crate::ids::ColumnId> {
        let id = entity.column_id(name);
        // An entity without columns has been told of.
        if id.is_none() && !entity.columns.is_empty() {
            let message = format!("no column `{name}` on `{}`", entity.name);
            let error = Error::input(code::UNDEFINED, message);
            self.add_about(Some(name), error.suggest(name, entity.columns.keys().map(String::as_str)));
        }
        id
    }
}
