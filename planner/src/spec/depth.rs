//! How deep a specification is nested: what walks its tree recurses, so that depth is looked at before anything else.

use super::{Field, Filter, LoadSpec};

/// The deepest nesting of relationships, and of conditions in a filter, that is compiled. Deeper trees would recurse
/// past a thread's stack; no schema needs them.
pub(crate) const MAX_DEPTH: usize = 200;

impl LoadSpec {
    /// Whether nothing in it is nested deeper than [`MAX_DEPTH`].
    pub(crate) fn is_shallow(&self) -> bool {
        field(&self.root, 1)
    }
}

fn field(at: &Field, depth: usize) -> bool {
    depth <= MAX_DEPTH
        && at.arguments.filter.as_ref().is_none_or(is_shallow)
        && at.fields.iter().flatten().all(|f| field(f, depth + 1))
}

/// Whether no condition of a filter is nested deeper than [`MAX_DEPTH`].
pub(crate) fn is_shallow(at: &Filter) -> bool {
    filter(at, 0)
}

fn filter(at: &Filter, depth: usize) -> bool {
    depth <= MAX_DEPTH
        && match at {
            Filter::And(all) | Filter::Or(all) => all.iter().all(|f| filter(f, depth + 1)),
            Filter::Not(inner) => filter(inner, depth + 1),
            Filter::Relationship { filter: inner, .. } => filter(inner, depth + 1),
            Filter::Column { .. } => true,
        }
}
