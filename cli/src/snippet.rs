//! A place in a specification becomes the few lines that a report shows: the line of the place, and the ones around it.
//!
//! A specification can be one line of 16 MiB and have a hundred problems, so long lines are cut around the place; what
//! a terminal would obey is spelled out; a place of several lines is marked on its first one. A file of settings can stand
//! where a specification or a graph file belongs: passwords are masked.

use crate::secret::masked;
use crate::spec::Source;
use crate::visible::{visible, visible_source};
use eagerly::error::Span;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Characters shown of the marked text, and on either side of it.
const WIDTH: usize = 80;

/// Bytes of a line around the place that are looked at.
const NEAR: usize = 4096;

/// Stands for what was cut.
const CUT: &str = "...";

/// The lines around a place, and where the place is in them.
#[derive(Debug)]
pub(crate) struct Snippet {
    name: String,
    text: String,
    /// The number of the first line, from 0.
    first_line: usize,
    lines: usize,
    label: SourceSpan,
    /// Where the place is in the whole text, from 0.
    line: usize,
    column: usize,
}

impl Snippet {
    /// The lines around `span`.
    pub(crate) fn new(source: &Source, span: Span) -> Self {
        let text = source.text.as_str();
        let start = text.floor_char_boundary(span.range().start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
        // A place at the very end of a line can stand behind what was trimmed.
        let start = start.min(line_end);
        let end = text.floor_char_boundary(span.range().end).clamp(start, line_end);

        let mut shown = String::new();
        let line = text[..line_start].matches('\n').count();
        let (mut first_line, mut lines) = (line, 1);
        if let Some(before) = text[..line_start].lines().next_back() {
            shown.push_str(&beside(before));
            shown.push('\n');
            (first_line, lines) = (line - 1, 2);
        }
        let from = text.floor_char_boundary(start.saturating_sub(NEAR)).max(line_start);
        let to = text.floor_char_boundary(start + NEAR).clamp(start, line_end);
        let (near, start_in, end_in) = (masked(&text[from..to]), start - from, end.min(to) - from);
        shown.push_str(&last(&near[..start_in], WIDTH));
        let marked = first(&near[start_in..end_in], WIDTH);
        let label = SourceSpan::from((shown.len(), marked.len()));
        shown.push_str(&marked);
        shown.push_str(&first(&near[end_in..], WIDTH));
        if start == line_end {
            // Behind the last character there is nothing to draw the mark under.
            shown.push(' ');
        }
        if let Some(after) = text[line_end..].lines().nth(1) {
            shown.push('\n');
            shown.push_str(&beside(after));
            lines += 1;
        }
        let column = text[line_start..start].chars().count();
        Self { name: visible(&source.name).into_owned(), text: shown, first_line, lines, label, line, column }
    }

    /// The mark on the place.
    pub(crate) fn label(&self, path: &str) -> LabeledSpan {
        let text = (!path.is_empty()).then(|| format!("at {path}"));
        LabeledSpan::new_with_span(text, self.label)
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        context: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context it is asked where the mark is, for the head of the snippet.
        let (line, column) = if context == 0 { (self.line, self.column) } else { (self.first_line, 0) };
        let whole = SourceSpan::from((0, self.text.len()));
        let (name, data) = (self.name.clone(), self.text.as_bytes());
        Ok(Box::new(MietteSpanContents::new_named(name, data, whole, line, column, self.lines)))
    }
}

/// A line before or behind the one of the place.
fn beside(line: &str) -> String {
    first(&masked(&line[..line.floor_char_boundary(NEAR)]), 2 * WIDTH)
}

/// The first characters of a line.
fn first(line: &str, characters: usize) -> String {
    match line.char_indices().nth(characters) {
        Some((cut, _)) => format!("{}{CUT}", visible_source(&line[..cut])),
        None => visible_source(line).into_owned(),
    }
}

/// The last characters of a line.
fn last(line: &str, characters: usize) -> String {
    match line.char_indices().rev().nth(characters) {
        Some((before, c)) => format!("{CUT}{}", visible_source(&line[before + c.len_utf8()..])),
        None => visible_source(line).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Snippet;
    use crate::spec::Source;
    use eagerly::error::Span;
    use miette::SourceCode;
    use std::ops::Range;

    fn snippet(text: &str, place: Range<usize>) -> Snippet {
        Snippet::new(&Source { name: "<spec>".to_owned(), text: text.to_owned(), file: None }, Span::from(place))
    }

    fn marked(snippet: &Snippet) -> &str {
        &snippet.text[snippet.label.offset()..snippet.label.offset() + snippet.label.len()]
    }

    #[test]
    fn one_line_around_the_place() {
        let text = "a\nb\r\n\tccc d\r\ne\nf";
        let place = text.find("cc").unwrap();
        let snippet = snippet(text, place..place + 3);
        assert_eq!((snippet.text.as_str(), marked(&snippet)), ("b\n\tccc d\ne", "ccc"));
        assert_eq!((snippet.first_line, snippet.lines, snippet.line, snippet.column), (1, 3, 2, 1));
        let head = snippet.read_span(&snippet.label, 0, 0).unwrap();
        assert_eq!((head.line(), head.column()), (2, 1));
    }

    #[test]
    fn long_lines_are_cut_and_what_is_not_seen_is_spelled_out() {
        let text = format!("{}\u{1b}[31m{}", "ä".repeat(500), "ß".repeat(500));
        let snippet = snippet(&text, 1000..1005);
        assert_eq!(marked(&snippet), r"\u{1b}[31m");
        assert_eq!(snippet.text, format!(r"...{}\u{{1b}}[31m{}...", "ä".repeat(80), "ß".repeat(80)));
        assert_eq!(snippet.column, 500);
    }

    #[test]
    fn places_at_every_edge_have_a_line() {
        for text in ["", "\n", "a", "a\n", "\r\n", "a\r\n\r\n", "ä\nö\n", "\n\n\n"] {
            for start in 0..text.len() + 3 {
                for end in 0..text.len() + 3 {
                    let snippet = snippet(text, start..end);
                    let end = snippet.label.offset() + snippet.label.len();
                    assert!(end <= snippet.text.len() && !snippet.text.is_empty(), "{text:?} {snippet:?}");
                    assert!(!marked(&snippet).contains('\n'), "{text:?} {snippet:?}");
                }
            }
        }
    }
}
