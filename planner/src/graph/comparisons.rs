//! Which types of a database can be compared: what a driver has found in the catalog, and what a graph file may relate.

use super::ColumnDef;
use rustc_hash::FxHashSet;

/// The types that a database compares by `=`. By default everything can be compared, as on SQLite, MySQL and MariaDB.
///
/// ```
/// use eagerly_planner::graph::{ColumnDef, ColumnType, Comparisons};
///
/// let comparisons = Comparisons::new(["integer", "text"], [("integer", "integer"), ("text", "text")]);
/// let [id, text] = [("integer", ColumnType::Integer), ("text", ColumnType::Text)]
///     .map(|(native, ty)| ColumnDef::new("id", ty).native(native));
/// assert!(comparisons.allow(&id, &id) && !comparisons.allow(&id, &text));
/// assert!(Comparisons::default().allow(&id, &text));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparisons {
    types: FxHashSet<String>,
    pairs: FxHashSet<(String, String)>,
}

impl Comparisons {
    /// These types are known, as [`ColumnDef::native`] names them; of their pairs (compared column, key) only these have
    /// an `=`.
    #[must_use]
    pub fn new<S: Into<String>>(types: impl IntoIterator<Item = S>, pairs: impl IntoIterator<Item = (S, S)>) -> Self {
        let pairs = pairs.into_iter().map(|(compared, key)| (compared.into(), key.into()));
        Self { types: types.into_iter().map(Into::into).collect(), pairs: pairs.collect() }
    }

    /// Whether `compared = key` means something. A column of a type that is not known is let through.
    #[must_use]
    pub fn allow(&self, compared: &ColumnDef, key: &ColumnDef) -> bool {
        let (Some(compared), Some(key)) = (&compared.native, &key.native) else { return true };
        let known = self.types.contains(compared) && self.types.contains(key);
        !known || self.pairs.contains(&(compared.clone(), key.clone()))
    }
}
