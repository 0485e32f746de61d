//! What came out, counted in the result: objects, and the queries of a loader that loads each relationship when it is
//! touched, with one query per row.

use eagerly::batch::PlannedNode;
use eagerly::{ResultGraph, RowRef};

/// Counts of one result.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Objects that come out.
    objects: usize,
    /// Paths of relationships, and how many rows were asked for each.
    asked: Vec<(String, usize)>,
}

impl Tally {
    /// Counts a result.
    pub(super) fn of(result: &ResultGraph) -> Self {
        let mut tally = Self::default();
        let root = result.plan().nodes.first().map_or("", |root| root.path.as_str());
        for row in result.roots() {
            tally.count(row, root);
        }
        tally
    }

    /// Counts an object and those below it, as deep as the specification.
    fn count(&mut self, row: RowRef<'_>, path: &str) {
        self.objects += 1;
        for key in row.keys() {
            if let Ok(Some(target)) = row.one(key) {
                let path = self.ask(path, key);
                self.count(target, &path);
            } else if let Ok(targets) = row.many(key) {
                let path = self.ask(path, key);
                for target in targets {
                    self.count(target, &path);
                }
            }
        }
    }

    fn ask(&mut self, path: &str, key: &str) -> String {
        let path = format!("{path}.{key}");
        match self.asked.iter_mut().find(|(known, _)| *known == path) {
            Some((_, times)) => *times += 1,
            None => self.asked.push((path.clone(), 1)),
        }
        path
    }

    /// How many rows are stored, and how many objects they become.
    pub(super) fn stored(&self, result: &ResultGraph) -> String {
        let entities = result.plan().entities.iter().map(|entity| (result.stored_rows(&entity.name), &entity.name));
        let stored: Vec<_> = entities.filter(|(rows, _)| *rows > 0).collect();
        let rows: usize = stored.iter().map(|(rows, _)| rows).sum();
        let each = stored.iter().map(|(rows, name)| format!("{rows} {name}")).collect::<Vec<_>>().join(", ");
        format!("{rows} rows stored ({each}), {} objects come out", self.objects)
    }

    /// The statements that were sent, and those of a loader that sends one per row.
    pub(super) fn comparison(&self, result: &ResultGraph, sent: usize) -> String {
        let all: usize = self.asked.iter().map(|(_, times)| times).sum();
        let each = self.asked.iter().map(|(path, times)| format!(" + {times} for {path}")).collect::<String>();
        let root = result.plan().nodes.first().map_or("", |root| root.path.as_str());
        let remembered: usize = self.asked.iter().map(|(path, times)| distinct(result, path, *times)).sum();
        let mut text = format!("{sent} instead of {}, with one query per row: 1 for {root}{each}", 1 + all);
        if remembered < all {
            text.push_str(&format!("\n(instead of {} where that loader remembers the rows it has)", 1 + remembered));
        }
        text
    }
}

/// The queries for one relationship if no row is asked for twice: a to-one asks for each target once.
fn distinct(result: &ResultGraph, path: &str, times: usize) -> usize {
    let plan = result.plan();
    let to_one = |node: &&PlannedNode| node.path == path && !node.to_many;
    let target = plan.nodes.iter().find(to_one).map(|node| &plan.entity(node.entity).name);
    target.map_or(times, |name| times.min(result.stored_rows(name)))
}
