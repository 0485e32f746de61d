//! Single names: cleaned of what no GraphQL name can hold, and free where they are given.

use rustc_hash::FxHashSet;

/// Replaces every character outside `[0-9A-Za-z_]` by `_` and puts `_` before a leading digit. SQLite allows a table
/// without a name; it becomes `_`.
pub(super) fn clean(name: &str) -> String {
    let mut cleaned = String::with_capacity(name.len() + 1);
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        cleaned.push('_');
    }
    cleaned.extend(name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }));
    cleaned
}

/// A foreign key column's name without its suffix; none where it has no suffix, or where nothing is left.
pub(super) fn without_id(column: &str) -> Option<&str> {
    // `_ID` stands before `ID`, of which it is the longer form.
    ["_id", "_ID", "Id", "ID"].iter().find_map(|suffix| column.strip_suffix(suffix)).filter(|rest| !rest.is_empty())
}

/// The names that are in use in one place.
#[derive(Debug, Default)]
pub(super) struct Taken(FxHashSet<String>);

impl FromIterator<String> for Taken {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        Self(names.into_iter().collect())
    }
}

impl Taken {
    /// Takes `name`, or the first of `name_2`, `name_3`, … that is free.
    pub(super) fn numbered(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut number = 2_usize;
        while self.0.contains(&free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        self.0.insert(free.clone());
        free
    }

    /// Takes the first candidate that is free once cleaned, else the fallback with a number if it needs one.
    pub(super) fn first_free<'a>(&mut self, candidates: impl IntoIterator<Item = &'a str>, fallback: &str) -> String {
        let name = candidates.into_iter().map(clean).find(|name| !self.0.contains(name));
        self.numbered(&name.unwrap_or_else(|| clean(fallback)))
    }
}
