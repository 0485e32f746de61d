//! The arguments `--graph`, a file of entities and relationships, and `--trust-keys`. The text of the file is kept, since
//! errors point into it.

use crate::report::Failure;
use crate::spec::Source;
use eagerly::RelationshipGraph;
use eagerly::error::Errors;
use eagerly::graph::{Catalog, GraphFile};
use std::path::Path;

/// A graph file and its text.
#[derive(Debug)]
pub(crate) struct GraphSource {
    source: Source,
    file: GraphFile,
}

impl GraphSource {
    /// Reads a graph file.
    ///
    /// # Errors
    /// `E0002` for what cannot be read; every mistake of the text.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let source = Source::of_file(path, "graph file")?;
        match GraphFile::parse(&source.text) {
            Ok(file) => Ok(Self { source, file }),
            Err(errors) => Err(Failure::of_source(errors, source)),
        }
    }

    /// The graph of the file alone.
    ///
    /// # Errors
    /// Every mistake of the definitions.
    pub(crate) fn alone(&self, trust_keys: bool) -> Result<RelationshipGraph, Failure> {
        let graph = self.file.build().map_err(|errors| self.failure(errors))?;
        Ok(trusting(graph, trust_keys))
    }

    /// A failure whose errors point into the file.
    fn failure(&self, errors: Errors) -> Failure {
        Failure::of_source(errors, self.source.clone())
    }
}

/// The graph of a database's catalog, with the file over it if there is one.
///
/// # Errors
/// A schema that has no graph; every mistake of the file, also what it says of the database and is not so.
pub(crate) fn of(
    catalog: &Catalog,
    file: Option<&GraphSource>,
    trust_keys: bool,
) -> Result<RelationshipGraph, Failure> {
    let graph = match file {
        Some(file) => file.file.over(catalog).map_err(|errors| file.failure(errors))?,
        None => RelationshipGraph::from_catalog(catalog)?,
    };
    Ok(trusting(graph, trust_keys))
}

/// The graph under `--trust-keys`.
fn trusting(graph: RelationshipGraph, trust_keys: bool) -> RelationshipGraph {
    if trust_keys { graph.with_trusted_keys() } else { graph }
}
