//! Blocks of code, by what stands behind their fence:
//!
//! | info | what is checked |
//! |---|---|
//! | `graphql` | a specification; `# --var NAME=JSON` in it gives a variable its value |
//! | `json spec` | a specification as JSON; the same as that of the `graphql` above it, if there is one in the section |
//! | `json` | what the specification above it loads, under every strategy |
//! | `text` | what the specification, or the graph file, above it is refused with |
//! | `toml` | a graph file over the blog; the specifications below it in the section use it |
//! | `toml alone` | a graph file without a database; likewise, but nothing is loaded |
//!
//! `console`, `sh`, `sql` and `rust` are none of ours.

use super::markdown::{Block, Document};
use crate::contract;
use eagerly::error::Errors;
use eagerly::graph::GraphFile;
use eagerly::spec::{Parsed, variables_from_json};
use eagerly::{LoadSpec, Planner, RelationshipGraph, Sqlite};
use eagerly_tests::corpus::{database, reflect};

/// What the blocks of a section above the next one say.
struct Section {
    number: usize,
    graph: Result<RelationshipGraph, Errors>,
    spec: Option<Result<LoadSpec, Errors>>,
}

/// Checks the examples of a document, and counts them.
pub(super) fn check(document: &Document, count: &mut usize) -> Vec<String> {
    let mut problems = Vec::new();
    let mut section: Option<Section> = None;
    let mut blocks = document.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        let here = match section.take() {
            Some(here) if here.number == block.section => here,
            _ => Section { number: block.section, graph: Ok(reflect(&database(contract::BLOG))), spec: None },
        };
        let here = section.insert(here);
        *count += usize::from(!matches!(block.info.as_str(), "console" | "sh" | "sql" | "rust"));
        let shown = blocks.peek().is_some_and(|next| next.section == block.section);
        if let Err(problem) = here.block(block, shown) {
            problems.push(format!("{}:{}: {problem}", document.name, block.line));
        }
    }
    problems
}

impl Section {
    fn block(&mut self, block: &Block, has_next: bool) -> Result<(), String> {
        match block.info.as_str() {
            "graphql" => {
                let spec = LoadSpec::parse_all(&block.text).and_then(|parsed| self.compiled(&parsed, &block.text));
                self.spec = Some(spec);
                if has_next { Ok(()) } else { Err("nothing shows what it loads".to_owned()) }
            }
            "json spec" => {
                let spec = LoadSpec::from_json_all(&block.text).and_then(|parsed| self.compiled(&parsed, ""));
                match (&self.spec, &spec) {
                    (Some(Ok(text)), Ok(json)) if text != json => Err(format!("{json:?}\nis not\n{text:?}")),
                    _ => {
                        self.spec = Some(spec);
                        Ok(())
                    }
                }
            }
            "json" => self.loads(&block.text),
            "text" => self.refused(&block.text),
            "toml" => {
                let catalog = eagerly_rusqlite::catalog(&database(contract::BLOG)).unwrap();
                self.graph(GraphFile::parse(&block.text).and_then(|file| file.over(&catalog)), has_next)
            }
            "toml alone" => self.graph(GraphFile::parse(&block.text).and_then(|file| file.build()), has_next),
            "console" | "sh" | "sql" | "rust" => Ok(()),
            other => Err(format!("a block of `{other}`")),
        }
    }

    /// The specification with the values of its comments, once it is seen to compile.
    fn compiled(&self, parsed: &Parsed, text: &str) -> Result<LoadSpec, Errors> {
        let given = text.lines().filter_map(|line| line.trim().strip_prefix("# --var ")?.split_once('='));
        let spec = parsed.spec.bind(&variables_from_json(given)?)?;
        if let Ok(graph) = &self.graph {
            let parsed = Parsed { spec: spec.clone(), problems: parsed.problems.clone() };
            Planner::new(graph.clone(), Sqlite::new()).compile_parsed(&parsed)?;
        }
        Ok(spec)
    }

    fn graph(&mut self, graph: Result<RelationshipGraph, Errors>, has_next: bool) -> Result<(), String> {
        self.graph = graph;
        self.spec = None;
        match &self.graph {
            // What refuses it is shown next.
            Err(errors) if !has_next => Err(errors.to_string()),
            _ => Ok(()),
        }
    }

    fn loads(&self, expected: &str) -> Result<(), String> {
        let told = |errors: &Errors| errors.to_string();
        let graph = self.graph.as_ref().map_err(told)?;
        let spec = self.spec.as_ref().ok_or("no specification above it")?.as_ref().map_err(told)?;
        let expected: serde_json::Value = serde_json::from_str(expected).map_err(|error| error.to_string())?;
        let loaded = contract::load(&database(contract::BLOG), graph, spec);
        if *expected.to_string() == *loaded { Ok(()) } else { Err(format!("it loads\n{loaded}")) }
    }

    fn refused(&self, expected: &str) -> Result<(), String> {
        let errors = match (&self.spec, &self.graph) {
            (Some(Err(errors)), _) | (None, Err(errors)) => errors.to_string(),
            _ => return Err("nothing is refused".to_owned()),
        };
        if errors == expected.trim_end() { Ok(()) } else { Err(format!("it is refused with\n{errors}")) }
    }
}
