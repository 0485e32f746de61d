//! As much of Markdown as the documents use: headings, paragraphs, lists, tables with one line for a row, and fenced
//! blocks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A document, taken apart.
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// Everything that is no block of code.
    pub(super) units: Vec<Unit>,
    pub(super) blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Heading,
    Paragraph,
    Item,
    /// A row, and its place in its table.
    Row(usize),
}

/// A heading, a paragraph, an item or a row.
#[derive(Debug)]
pub(super) struct Unit {
    kind: Kind,
    pub(super) line: usize,
    pub(super) text: String,
}

/// A fenced block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) line: usize,
    /// How many headings stand above it.
    pub(super) section: usize,
    pub(super) info: String,
    pub(super) text: String,
}

impl Document {
    pub(super) fn read(path: &Path) -> Self {
        Self::parse(path, &std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{e} in {}", path.display())))
    }

    pub(super) fn parse(path: &Path, text: &str) -> Self {
        let mut document = Self {
            path: path.to_owned(),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            units: Vec::new(),
            blocks: Vec::new(),
        };
        let (mut section, mut inside, mut continues) = (0, false, false);
        for (index, line) in text.lines().enumerate() {
            let at = index + 1;
            if let Some(info) = line.trim_start().strip_prefix("```") {
                if !inside {
                    let info = info.to_owned();
                    document.blocks.push(Block { line: at, section, info, text: String::new() });
                }
                (inside, continues) = (!inside, false);
            } else if inside {
                document.blocks.iter_mut().next_back().into_iter().for_each(|b| b.text.push_str(&format!("{line}\n")));
            } else {
                section += usize::from(line.starts_with('#'));
                continues = document.line(at, line, continues);
            }
        }
        assert!(!inside, "{}: a block that does not end", document.name);
        document
    }

    /// Adds a line outside of blocks; whether the next one can belong to it.
    fn line(&mut self, at: usize, line: &str, continues: bool) -> bool {
        let text = line.trim();
        let is_item = text.starts_with("- ") || text.split_once(". ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
        let kind = match self.units.last() {
            _ if text.is_empty() => return false,
            _ if text.starts_with('#') => Kind::Heading,
            Some(Unit { kind: Kind::Row(place), .. }) if text.starts_with('|') && continues => Kind::Row(place + 1),
            _ if text.starts_with('|') => Kind::Row(0),
            _ if is_item => Kind::Item,
            _ => Kind::Paragraph,
        };
        match self.units.last_mut() {
            Some(last) if kind == Kind::Paragraph && continues && last.kind != Kind::Heading => {
                last.text = format!("{} {text}", last.text);
            }
            _ => self.units.push(Unit { kind, line: at, text: text.to_owned() }),
        }
        true
    }

    /// What has to be tested.
    pub(super) fn rules(&self) -> impl Iterator<Item = &Unit> {
        let lead = self.units.iter().position(|unit| unit.kind == Kind::Paragraph);
        self.units
            .iter()
            .enumerate()
            .filter(move |(index, unit)| {
                let introduces = unit.without_comments().ends_with(':');
                let is_head = matches!(unit.kind, Kind::Heading | Kind::Row(0 | 1));
                Some(*index) != lead && !is_head && !introduces && !unit.text.contains("<!-- no rule -->")
            })
            .map(|(_, unit)| unit)
    }

    /// Targets of links, with their lines.
    pub(super) fn links(&self) -> Vec<(usize, String)> {
        let mut links = Vec::new();
        for unit in &self.units {
            for after in unit.text.split("](").skip(1) {
                links.push((unit.line, after.split(')').next().unwrap_or_default().to_owned()));
            }
        }
        links
    }

    /// What a link can lead to: headings, as their anchors are written.
    pub(super) fn anchors(&self) -> BTreeSet<String> {
        let headings = self.units.iter().filter(|unit| unit.kind == Kind::Heading);
        let anchor = |unit: &Unit| {
            let kept = unit.text.trim_start_matches('#').trim().to_lowercase();
            kept.chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .collect::<String>()
                .replace(' ', "-")
        };
        headings.map(anchor).collect()
    }
}

impl Unit {
    /// The tests that it names.
    pub(super) fn tests(&self) -> Vec<String> {
        let comments = self.text.split("<!-- test:").skip(1).filter_map(|rest| rest.split("-->").next());
        comments.flat_map(|names| names.split(',')).map(|name| name.trim().to_owned()).collect()
    }

    fn without_comments(&self) -> String {
        let mut parts = self.text.split("<!--");
        let first = parts.next().unwrap_or_default().to_owned();
        let rest = parts.filter_map(|part| part.split_once("-->").map(|(_, behind)| behind));
        rest.fold(first, |text, part| text + part).trim().to_owned()
    }
}
