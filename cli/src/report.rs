//! Errors become reports on stderr, by miette: code, message, the place in the specification or the graph file, help;
//! one report each.
//!
//! Colours only on a terminal, and not with `NO_COLOR`; drawing characters beyond ASCII only on a terminal that has
//! them. Lines are not wrapped, so that what is searched for stands in one.

use crate::guard;
use crate::secret::without_secrets;
use crate::snippet::Snippet;
use crate::spec::Source;
use crate::visible::visible_lines;
use eagerly::error::{Error, ErrorKind, Errors, Place};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use std::fmt::{self, Display, Formatter, Write as _};
use std::io::{IsTerminal, Write as _};

/// Reports of one run; the others are counted.
const MOST: usize = 100;

/// Characters shown of a message or of its help.
const LONGEST: usize = 2_000;

/// Why a command failed, and the text that its errors point into: a specification, or a graph file.
#[derive(Debug)]
pub(crate) struct Failure {
    errors: Errors,
    source: Option<Source>,
}

impl From<Errors> for Failure {
    fn from(errors: Errors) -> Self {
        Self { errors, source: None }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Errors::from(error).into()
    }
}

impl Failure {
    /// A failure with the text it is about.
    pub(crate) fn of_source(errors: Errors, source: Source) -> Self {
        Self { errors, source: Some(source) }
    }

    /// The failure, about `source` if it is about no text yet.
    pub(crate) fn about(self, source: Source) -> Self {
        Self { errors: self.errors, source: self.source.or(Some(source)) }
    }

    /// The errors, if they are about no text.
    pub(crate) fn errors_without_source(self) -> Result<Errors, Self> {
        if self.source.is_none() { Ok(self.errors) } else { Err(self) }
    }

    /// The errors.
    #[cfg(test)]
    pub(crate) fn errors(&self) -> &Errors {
        &self.errors
    }

    /// The program's exit code.
    pub(crate) fn code(&self) -> u8 {
        match self.errors.first().kind {
            ErrorKind::Input | ErrorKind::Unsupported => 2,
            ErrorKind::Database => 3,
            ErrorKind::Limit => 4,
            // `Bug`, and kinds that this program does not know.
            _ => 70,
        }
    }

    /// Writes every error to stderr.
    pub(crate) fn report(&self) {
        // Should the drawing fail, the errors are told without it.
        let text = guard::caught(|| Ok(self.text(&theme()))).unwrap_or_else(|_| format!("{}\n", self.errors));
        // There is nobody left to tell of a failure to write.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    fn text(&self, theme: &GraphicalTheme) -> String {
        let handler = GraphicalReportHandler::new_themed(theme.clone()).with_links(false).with_wrap_lines(false);
        let errors = self.errors.all();
        let mut text = String::new();
        for error in errors.iter().take(MOST) {
            let report = Report::new(error, self.source.as_ref());
            let start = text.len();
            if handler.render_report(&mut text, &report).is_err() {
                // Whatever the drawing cannot show, the error itself is told.
                text.truncate(start);
                let _ = writeln!(text, "{error}");
            }
            text.push('\n');
        }
        match errors.len() {
            1 => {}
            n if n <= MOST => text.push_str(&format!("{n} problems\n")),
            n => text.push_str(&format!("{n} problems, of which the first {MOST} are shown\n")),
        }
        text
    }
}

/// One error, as miette wants it.
#[derive(Debug)]
struct Report<'a> {
    error: &'a Error,
    snippet: Option<Snippet>,
}

impl<'a> Report<'a> {
    fn new(error: &'a Error, source: Option<&Source>) -> Self {
        let snippet = source.zip(error.at.span).map(|(source, span)| Snippet::new(source, span));
        Self { error, snippet }
    }
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Error { message, at, .. } = self.error;
        let Place { path, .. } = &**at;
        f.write_str(&short(message))?;
        // The mark in the text says it otherwise.
        if self.snippet.is_none() && !path.is_empty() {
            write!(f, " (at {})", short(path))?;
        }
        Ok(())
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.error.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.error.help.as_ref().map(|help| Box::new(short(help)) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let snippet = self.snippet.as_ref()?;
        Some(Box::new(std::iter::once(snippet.label(&short(&self.error.at.path)))))
    }
}

/// A text that a terminal shows and does not obey, and not too much of it.
fn short(text: &str) -> String {
    let text = &*without_secrets(text);
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}...", visible_lines(&text[..cut])),
        None => visible_lines(text).into_owned(),
    }
}

fn theme() -> GraphicalTheme {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let terminal = std::io::stderr().is_terminal();
    let coloured = terminal && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb");
    let drawn = terminal && supports_unicode::on(supports_unicode::Stream::Stderr);
    GraphicalTheme {
        characters: if drawn { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if coloured { ThemeStyles::ansi() } else { ThemeStyles::none() },
    }
}

#[cfg(test)]
mod tests {
    use super::Failure;
    use crate::spec::Source;
    use eagerly::error::{Error, ErrorKind, Errors, Span, code};
    use miette::{GraphicalTheme, ThemeCharacters, ThemeStyles};
    use std::process::ExitCode;

    fn ascii(errors: Vec<Error>, text: &str) -> String {
        let spec = Source { name: "<spec>".to_owned(), text: text.to_owned(), file: None };
        let errors = Errors::check(errors, ()).unwrap_err();
        let styles = ThemeStyles::none();
        Failure::of_source(errors, spec).text(&GraphicalTheme { characters: ThemeCharacters::ascii(), styles })
    }

    #[test]
    fn a_report_has_code_message_place_path_and_help() {
        let error = Error::input(code::UNKNOWN_COLUMN, "no column `nam` on `post`");
        let error = error.path("post").span(Span::from(9..12)).help("did you mean `name`?");
        let other = Error::input(code::CONFLICT, "twice").path("post.tags");
        let expected = "\
E0104

  x no column `nam` on `post`
   ,-[<spec>:2:1]
 1 | { post {
 2 | nam
   : ^|^
   :  `-- at post
 3 | } }
   `----
  help: did you mean `name`?

E0110

  x twice (at post.tags)

2 problems
";
        assert_eq!(ascii(vec![error, other], "{ post {\nnam\n} }"), expected);
    }

    #[test]
    fn every_place_of_every_text_can_be_drawn() {
        for text in ["", "\n", "a", "a\n", "\r\n", "a\r\n\r\n", "\tä\nö\t\n", "\n\n\n", "表\u{1b}[3\u{301}\r\rx", "\r"]
        {
            for start in 0..text.len() + 2 {
                for end in 0..text.len() + 2 {
                    let error = Error::input(code::SYNTAX, "wrong").path("a").span(Span::from(start..end));
                    let report = ascii(vec![error], text);
                    assert!(
                        report.contains("[<spec>:") && report.contains("at a"),
                        "{text:?} {start}..{end}\n{report}"
                    );
                }
            }
        }
    }

    #[test]
    fn kinds_have_their_exit_codes() {
        let exit = |kind| format!("{:?}", ExitCode::from(Failure::from(Error::new(kind, "E", "")).code()));
        for (kind, code) in [
            (ErrorKind::Input, 2),
            (ErrorKind::Unsupported, 2),
            (ErrorKind::Database, 3),
            (ErrorKind::Limit, 4),
            (ErrorKind::Bug, 70),
        ] {
            assert!(exit(kind).contains(&format!("({code})")), "{}", exit(kind));
        }
    }
}
