//! Text from outside (names in a database, arguments, file names) becomes text that a terminal shows and does not obey.

use std::borrow::Cow;

/// The text in one line: characters that would move the cursor, change colours, reorder the line or not be seen at all
/// become `\u{1b}`, `\n` and the like.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    replace(text, is_invisible)
}

/// As [`visible`], but ends of lines stay what they are.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    replace(text, |c| c != '\n' && is_invisible(c))
}

/// As [`visible`], but tabs stay what they are.
pub(crate) fn visible_source(line: &str) -> Cow<'_, str> {
    replace(line, |c| c != '\t' && is_invisible(c))
}

fn replace(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal would do something else than show the character: control characters, line and paragraph
/// separators, and the marks that reorder text or have no width.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_lines, visible_source};

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(visible("größe 表"), "größe 表");
        assert_eq!(visible("a\u{1b}[31m\n\u{9b}\u{202e}"), r"a\u{1b}[31m\n\u{9b}\u{202e}");
        assert_eq!(visible_lines("a\tb\nc\r"), "a\\tb\nc\\r");
        assert_eq!(visible_source("a\tb\r"), "a\tb\\r");
    }
}
