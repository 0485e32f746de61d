//! How deep a specification is nested: what walks its tree recurses, so that depth is looked at before anything else.

use super::{Field, Filter, LoadSpec};

/// The most load nodes from the root down, the root included, and the most conditions within each other, that are
/// compiled. What a node lists does not count: columns are no level. Deeper trees would recurse past a thread's stack; no
/// schema needs them.
pub(crate) const MAX_DEPTH: usize = 200;

impl LoadSpec {
    /// Whether nothing in it is nested deeper than [`MAX_DEPTH`].
    pub(crate) fn is_shallow(&self) -> bool {
        field(&self.root, 1)
    }
}

/// Names alone do not tell columns from relationships: what lists nothing may be a column, and the resolver decides.
fn field(at: &Field, depth: usize) -> bool {
    let is_leaf = at.fields.as_ref().is_none_or(Vec::is_empty);
    depth <= MAX_DEPTH + usize::from(is_leaf)
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
