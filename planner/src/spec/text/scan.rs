//! What the tokens alone tell, before there is a tree: characters that begin no token, broken strings and numbers,
//! brackets that do not match or nest too deeply, definitions that are no queries, and names without a value, which
//! the parser lets pass.
//!
//! The parser sees only queries of bounded depth, and a text in which every token can be read.

use std::borrow::Cow;
use std::ops::ControlFlow;

use apollo_parser::{Lexer, Token, TokenKind};

use super::{EXAMPLE, MAX_DEPTH, MAX_TOKENS};
use crate::error::{Error, code};
use crate::spec::problems::{Problems, shorten, span};

/// What the scan of a text found.
pub(super) struct Scan<'t> {
    /// The problems.
    pub(super) problems: Problems,
    /// The text for the parser, as long as the original; `None` if no parser could make sense of it.
    pub(super) text: Option<Cow<'t, str>>,
    /// Where the lexer found no token, in order.
    pub(super) stumbles: Vec<Stumble>,
    /// From where on brackets do not match.
    pub(super) mismatch: Option<usize>,
}

/// What is no token.
pub(super) struct Stumble {
    start: usize,
    /// How long the broken number or string is; 1 character for any other.
    length: usize,
    /// One past the last byte that the lexer took for a part of it, but for brackets.
    pub(super) end: usize,
}

/// Scans `text`.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let mut scanner = Scanner { text, ..Scanner::default() };
    for item in Lexer::new(text) {
        let flow = match item {
            Ok(token) => scanner.token(&token),
            Err(error) => scanner.stumble(&error),
        };
        if flow.is_break() {
            let Scanner { problems, stumbles, mismatch, .. } = scanner;
            return Scan { problems, text: None, stumbles, mismatch };
        }
    }
    scanner.finish()
}

/// Where the scan stands outside of all brackets.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Top {
    /// No definition was seen yet.
    #[default]
    Empty,
    /// Behind a definition.
    Between,
    /// In a query, or between its keyword and its braces.
    Query(Header),
    /// In something else, which is reported.
    Foreign,
}

/// What of `query Name($variable: Type)` was seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Header {
    Keyword,
    Name,
    Variables,
}

#[derive(Default)]
struct Scanner<'t> {
    text: &'t str,
    problems: Problems,
    /// Tokens that are not ignored, so far.
    tokens: usize,
    stumbles: Vec<Stumble>,
    /// Opening brackets that are not closed yet, each with its offset.
    open: Vec<(TokenKind, usize)>,
    /// How many of them are parentheses: inside of one, braces hold an object.
    parentheses: usize,
    mismatch: Option<usize>,
    /// Whether something other than queries stands outside of all brackets, so that the parser would get lost.
    foreign: bool,
    top: Top,
    /// The last token that is not ignored.
    previous: Option<TokenKind>,
    /// A name that a colon must follow.
    key: Option<(usize, &'t str)>,
    /// Names without a value, meaningless where brackets do not match.
    valueless: Problems,
}

impl<'t> Scanner<'t> {
    fn token(&mut self, token: &Token<'t>) -> ControlFlow<()> {
        let (kind, start) = (token.kind(), token.index());
        let ignored = matches!(kind, TokenKind::Whitespace | TokenKind::Comment | TokenKind::Comma | TokenKind::Eof);
        if ignored || self.stumbles.last().is_some_and(|last| start < last.end) {
            return ControlFlow::Continue(());
        }
        self.tokens += 1;
        if self.tokens > MAX_TOKENS {
            let error = Error::input(code::OUT_OF_RANGE, format!("more than {MAX_TOKENS} words and signs"));
            self.problems.push(error.span(span(start, start + 1)).help("pass long lists of values as variables"));
            return ControlFlow::Break(());
        }
        if let Some((at, name)) = self.key.take()
            && kind != TokenKind::Colon
        {
            let error = Error::input(code::SYNTAX, format!("`{}` has no value", shorten(name)));
            self.valueless.push(error.span(span(at, at + name.len())).help(format!("write `{}: …`", shorten(name))));
        }
        if self.open.is_empty() {
            self.top_level(token);
        }
        match kind {
            TokenKind::LCurly | TokenKind::LBracket | TokenKind::LParen => self.open(kind, start)?,
            TokenKind::RCurly => {
                if let ([(_, opening)], Some(TokenKind::LCurly)) = (self.open.as_slice(), self.previous) {
                    let error = Error::input(code::ROOT, "the specification has no root").help(EXAMPLE);
                    self.problems.push(error.span(span(*opening, start + 1)));
                    self.foreign = true;
                }
                self.close(TokenKind::LCurly, start);
            }
            TokenKind::RBracket => self.close(TokenKind::LBracket, start),
            TokenKind::RParen => self.close(TokenKind::LParen, start),
            TokenKind::StringValue if breaks_line(token.data()) => return self.broken_string(start),
            TokenKind::Name if self.expects_key() => self.key = Some((start, token.data())),
            _ => {}
        }
        self.previous = Some(kind);
        ControlFlow::Continue(())
    }

    /// Whether a name here is that of an argument or of an object's field.
    fn expects_key(&self) -> bool {
        use TokenKind::{At, Colon, Dollar, Eq, LCurly, LParen};
        let inside = match self.open.last() {
            // Parentheses outside of all braces hold definitions of variables.
            Some((LParen, _)) => self.open.len() > 1,
            Some((LCurly, _)) => self.parentheses > 0,
            _ => false,
        };
        inside && !matches!(self.previous, Some(Colon | Dollar | At | Eq))
    }

    /// A token outside of all brackets.
    fn top_level(&mut self, token: &Token<'t>) {
        let kind = token.kind();
        let error = match (self.top, kind) {
            // Their matching brackets are looked for elsewhere.
            (Top::Foreign, _) | (_, TokenKind::RCurly | TokenKind::RBracket | TokenKind::RParen) => return,
            (Top::Empty | Top::Between, TokenKind::Name) if token.data() == "query" => {
                self.top = Top::Query(Header::Keyword);
                return;
            }
            (Top::Query(Header::Keyword), TokenKind::Name) => {
                self.top = Top::Query(Header::Name);
                return;
            }
            (_, TokenKind::LCurly) => {
                self.top = Top::Query(Header::Variables);
                return;
            }
            (Top::Query(Header::Keyword | Header::Name), TokenKind::LParen) => {
                self.top = Top::Query(Header::Variables);
                return;
            }
            (Top::Query(_), _) => in_header(token),
            (Top::Empty | Top::Between, TokenKind::Name) => foreign(token.data()),
            (Top::Empty | Top::Between, _) => {
                let message = format!("a specification begins with `{{`, not with `{}`", shorten(token.data()));
                Error::input(code::SYNTAX, message).help(EXAMPLE)
            }
        };
        let name = if kind == TokenKind::At { self.name_length(token.index() + 1) } else { 0 };
        self.problems.push(error.span(span(token.index(), token.index() + token.data().len() + name)));
        self.top = Top::Foreign;
        self.foreign = true;
    }

    /// How long the name at `start` is.
    fn name_length(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
    }

    fn open(&mut self, kind: TokenKind, start: usize) -> ControlFlow<()> {
        if self.open.len() >= MAX_DEPTH {
            let error = Error::input(code::TOO_DEEP, format!("nested more than {MAX_DEPTH} brackets deep"));
            self.problems.push(error.span(span(start, start + 1)));
            return ControlFlow::Break(());
        }
        self.parentheses += usize::from(kind == TokenKind::LParen);
        self.open.push((kind, start));
        ControlFlow::Continue(())
    }

    /// A closing bracket, of the kind that `opening` opens.
    fn close(&mut self, opening: TokenKind, start: usize) {
        let Some(depth) = self.open.iter().rposition(|(kind, _)| *kind == opening) else {
            let bracket = self.text.get(start..=start).unwrap_or_default();
            let error = Error::input(code::SYNTAX, format!("`{bracket}` closes nothing"));
            self.problems.push(error.span(span(start, start + 1)));
            self.mismatch.get_or_insert(start);
            return;
        };
        self.never_closed(depth + 1, start);
        self.open.truncate(depth);
        self.parentheses = self.open.iter().filter(|(kind, _)| *kind == TokenKind::LParen).count();
        if depth == 0 && opening == TokenKind::LCurly {
            self.top = Top::Between;
        }
    }

    /// Reports, at the byte `end`, the brackets opened at `depth` and deeper.
    fn never_closed(&mut self, depth: usize, end: usize) {
        for (_, start) in self.open.iter().skip(depth) {
            let bracket = self.text.get(*start..=*start).unwrap_or_default();
            let error = Error::input(code::SYNTAX, format!("`{bracket}` is never closed"));
            self.problems.push(error.span(span(*start, start + 1)));
            self.mismatch.get_or_insert(end);
        }
    }

    /// What the lexer could not read.
    fn stumble(&mut self, error: &apollo_parser::Error) -> ControlFlow<()> {
        let (start, data) = (error.index(), error.data());
        let first = data.chars().next().unwrap_or_default();
        let broken = breaks_line(data) || matches!(error.message(), UNTERMINATED | UNTERMINATED_START);
        if first == '"' && broken {
            return self.broken_string(start);
        }
        self.key = None;
        self.foreign |= self.open.is_empty();
        if matches!(first, '"' | '-' | '0'..='9') || self.previous == Some(TokenKind::LCurly) {
            self.previous = None;
        }
        let mut end = start + data.len();
        // The lexer takes the character behind a broken number for a part of it, be it a bracket.
        if let Some((i, bracket)) = data.char_indices().next_back().filter(|_| first != '"') {
            end -= usize::from(matches!(bracket, '{' | '[' | '(' | '}' | ']' | ')'));
            match bracket {
                '{' => self.open(TokenKind::LCurly, start + i)?,
                '[' => self.open(TokenKind::LBracket, start + i)?,
                '(' => self.open(TokenKind::LParen, start + i)?,
                '}' => self.close(TokenKind::LCurly, start + i),
                ']' => self.close(TokenKind::LBracket, start + i),
                ')' => self.close(TokenKind::LParen, start + i),
                _ => {}
            }
        }
        if let Some(last) = self.stumbles.last_mut().filter(|last| start < last.end) {
            last.end = last.end.max(end);
            return ControlFlow::Continue(());
        }
        let rest = self.text.get(start..).unwrap_or_default();
        let length = match first {
            '"' => data.len(),
            '-' | '0'..='9' => rest.find(|c| !is_numeric(c)).unwrap_or(rest.len()),
            '.' => rest.find(|c| c != '.').unwrap_or(rest.len()),
            other => other.len_utf8(),
        };
        self.stumbles.push(Stumble { start, length, end: end.max(start + length) });
        let token = rest.get(..length).unwrap_or_default();
        self.problems.push(unreadable(error.message(), token).span(span(start, start + length)));
        if self.problems.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// A string that does not end on its line. What follows cannot be told from its text.
    fn broken_string(&mut self, start: usize) -> ControlFlow<()> {
        let rest = self.text.get(start..).unwrap_or_default();
        let (length, help) = if rest.starts_with("\"\"\"") {
            (3, "end it with `\"\"\"`")
        } else {
            (
                rest.find(['\n', '\r']).unwrap_or(rest.len()),
                "write `\\n`, or a block string in `\"\"\"`, for several lines",
            )
        };
        let error = Error::input(code::SYNTAX, "the string is not closed").help(help);
        self.problems.push(error.span(span(start, start + length)));
        ControlFlow::Break(())
    }

    fn finish(mut self) -> Scan<'t> {
        self.never_closed(0, self.text.len());
        if self.mismatch.is_none() {
            self.problems.append(std::mem::take(&mut self.valueless));
        }
        let mut readable = !self.foreign && !self.problems.is_full();
        if self.top == Top::Empty && self.problems.is_empty() {
            self.problems.push(Error::input(code::ROOT, "the specification is empty").help(EXAMPLE));
            readable = false;
        }
        let text = readable.then(|| repaired(self.text, &self.stumbles));
        Scan { problems: self.problems, text, stumbles: self.stumbles, mismatch: self.mismatch }
    }
}

/// `text` with something readable of the same length in place of `stumbles`, so that the parser does not take what
/// follows a broken value for the value.
fn repaired<'t>(text: &'t str, stumbles: &[Stumble]) -> Cow<'t, str> {
    let mut repaired = String::new();
    let mut copied = 0;
    for Stumble { start, length, end } in stumbles {
        repaired.push_str(text.get(copied..*start).unwrap_or_default());
        let fill = |filler, n| std::iter::repeat_n(filler, n);
        match text.as_bytes().get(*start) {
            Some(b'-' | b'0'..=b'9') => repaired.extend(fill('1', *length)),
            Some(b'"') => repaired.extend(fill('"', 1).chain(fill(' ', length.saturating_sub(2))).chain(fill('"', 1))),
            _ => repaired.extend(fill(' ', *length)),
        }
        repaired.extend(fill(' ', end - start - length));
        copied = *end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(repaired)
}

const UNTERMINATED: &str = "unterminated string value";
const UNTERMINATED_START: &str = "unexpected end of data while lexing string value";

/// Whether a string that is no block string holds a line break; the lexer overlooks one that comes first.
fn breaks_line(string: &str) -> bool {
    !string.starts_with("\"\"\"") && string.contains(['\n', '\r'])
}

/// Whether `c` belongs to a number, or to a mistaken one.
fn is_numeric(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')
}

/// The error for a token between `query` and its braces.
fn in_header(token: &Token<'_>) -> Error {
    match token.kind() {
        TokenKind::At => Error::input(code::MISPLACED, "a query has no directives")
            .help("a directive stands behind the relationship it is for"),
        _ => Error::input(code::SYNTAX, format!("expected `{{`, found `{}`", shorten(token.data()))).help(EXAMPLE),
    }
}

/// The error for a definition that begins with `keyword`.
fn foreign(keyword: &str) -> Error {
    match keyword {
        "mutation" | "subscription" => {
            Error::input(code::SYNTAX, format!("a specification only loads: there is no {keyword}"))
        }
        "fragment" => {
            Error::input(code::SYNTAX, "a specification has no fragments").help("write out what the fragment holds")
        }
        "directive" | "enum" | "extend" | "input" | "interface" | "scalar" | "schema" | "type" | "union" => {
            Error::input(code::SYNTAX, format!("a specification defines no types: found `{keyword}`")).help(EXAMPLE)
        }
        name => {
            let name = shorten(name);
            let message = format!("a specification begins with `{{`, not with `{name}`");
            Error::input(code::SYNTAX, message).help(format!("put braces around it: `{{ {name} … }}`"))
        }
    }
}

/// What to do about names that GraphQL has not.
const OTHER_NAMES: &str = r#"a name here has ASCII letters, digits and `_`; any name can be written as JSON: `{"post": {"fields": ["größe"]}}`"#;

/// The lexer's `message` about `token`, in our words.
fn unreadable(message: &str, token: &str) -> Error {
    let shown = shorten(token);
    let first = token.chars().next().unwrap_or_default();
    let (message, help) = match message {
        "unexpected escaped character" => (
            format!("unknown escape in {shown}"),
            Some(r#"the escapes are \" \\ \/ \b \f \n \r \t, \u0041 and \u{1F600}; a backslash is \\"#),
        ),
        "unpaired surrogate in unicode escape sequence" => {
            (format!("half of a surrogate pair in {shown}"), Some(r"write \u{1F600} for a character beyond \uFFFF"))
        }
        m if m.contains("unicode escape") => {
            (format!("unreadable \\u escape in {shown}"), Some(r"write \u0041, or \u{1F600} for any character"))
        }
        m if m.contains("leading zeroes") => (format!("`{shown}` has leading zeros"), Some("leave the zeros out")),
        _ if first == '-' || first.is_ascii_digit() => (format!("`{shown}` is not a number"), None),
        _ if first == '.' => (format!("unexpected `{shown}`"), None),
        _ if matches!(first, '\'' | '`' | '“' | '”' | '‘' | '’' | '„') => {
            (format!("unexpected character `{first}`"), Some("strings stand in double quotes: \"text\""))
        }
        _ if first.is_alphabetic() => (format!("unexpected character `{first}`"), Some(OTHER_NAMES)),
        _ => (format!("unexpected character `{}`", first.escape_debug()), None),
    };
    let error = Error::input(code::SYNTAX, message);
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}
