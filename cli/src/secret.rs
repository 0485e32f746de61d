//! No password among the arguments comes out. A connection string can stand where none belongs (in place of a file,
//! behind an option), in quotes, behind a blank, or misspelt, so that it is taken for the name of a file. Messages that
//! repeat an argument show no more of a URL than its scheme, and nothing of a name that looks like credentials and is no
//! file that exists. Plain names are shown. A file that is shown, since it has a mistake, can be one of settings: its
//! passwords are masked.

use crate::database::scheme;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

/// The text without what is secret in this program's arguments.
pub(crate) fn without_secrets(text: &str) -> Cow<'_, str> {
    without_secrets_of(text, std::env::args_os().skip(1))
}

/// Whether a name holds a password, as far as one can tell: an `@` behind a colon, as in `user:password@host`, or a key
/// that ends in `password` or the like, as in `host=h password=x` and in `password: x`.
pub(crate) fn looks_like_credentials(name: &str) -> bool {
    let decoded = decoded(name);
    [name, &decoded].into_iter().any(|name| has_user(name) || has_password(name))
}

fn has_user(name: &str) -> bool {
    name.split_once(':').is_some_and(|(_, behind)| behind.contains('@'))
}

fn has_password(name: &str) -> bool {
    passwords(name).next().is_some()
}

/// Where keys of passwords end, each behind its `=` or `:`.
fn passwords(text: &str) -> impl Iterator<Item = usize> {
    let is_of_password = |key: &str| {
        let before = |word: &str| {
            let (before, end) = key.split_at_checked(key.len().checked_sub(word.len())?)?;
            end.eq_ignore_ascii_case(word).then_some(before)
        };
        ["password", "passwd", "pwd", "passphrase"].iter().any(|word| before(word).is_some())
            || before("pass").is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    let keys = text.match_indices(['=', ':']);
    let keys = keys.map(|(at, _)| (at, text[..at].trim_end_matches(|c: char| c.is_whitespace() || is_quote(c))));
    keys.filter(move |(_, key)| is_of_password(key)).map(|(at, _)| at + 1)
}

/// A line with stars for the characters of its passwords, as many bytes as they have.
pub(crate) fn masked(line: &str) -> Cow<'_, str> {
    let mut secrets: Vec<(usize, usize)> = passwords(line).filter_map(|at| value(line, at)).collect();
    for (at, sign) in line.match_indices("://") {
        let start = at + sign.len();
        let end = line[start..].find(|c: char| c.is_whitespace() || is_quote(c)).map_or(line.len(), |end| start + end);
        let user = line[start..end].rfind('@').map(|end| (start, start + end));
        secrets.extend(user.and_then(|(start, end)| Some((start + line[start..end].find(':')? + 1, end))));
    }
    if secrets.is_empty() {
        return Cow::Borrowed(line);
    }
    let is_secret = |at: usize| secrets.iter().any(|(start, end)| (*start..*end).contains(&at));
    let star = |(at, c): (usize, char)| if is_secret(at) { "*".repeat(c.len_utf8()) } else { c.to_string() };
    Cow::Owned(line.char_indices().map(star).collect())
}

/// Where the value behind a key is, if it is one: a text in quotes, or a word.
fn value(line: &str, at: usize) -> Option<(usize, usize)> {
    let start = at + (line[at..].len() - line[at..].trim_start().len());
    let quote = line[start..].chars().next().filter(|c| is_quote(*c));
    let start = start + quote.map_or(0, char::len_utf8);
    let ends = |c: char| match quote {
        Some(quote) => c == quote,
        None => c.is_whitespace() || matches!(c, ',' | ';' | '&' | '}' | ')' | ']'),
    };
    let end = line[start..].find(ends).map_or(line.len(), |end| start + end);
    // Conditions and variables of a specification are none.
    let is_value = end > start && (quote.is_some() || !line[start..].starts_with(['{', '[', '$']));
    is_value.then_some((start, end))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// A text without percent-encoding, where it is ASCII.
pub(crate) fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii);
        match code {
            Some(code) => {
                decoded.push(char::from(code));
                decoded.push_str(&part[2..]);
            }
            None => {
                decoded.push('%');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

fn without_secrets_of(text: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    let mut hide = |secret: &str, shown: &str| {
        if !secret.is_empty() && text.contains(secret) {
            text = Cow::Owned(text.replace(secret, shown));
        }
    };
    for argument in arguments {
        let argument = argument.as_ref().to_string_lossy();
        match argument.split_once('=') {
            // A URL can stand in place of an option too, and clap tells options without their values.
            Some((option, value)) if option.starts_with('-') => {
                hide_secret(value, &mut hide);
                hide_secret(option.trim_start_matches('-'), &mut hide);
                hide_secret(argument.trim_start_matches('-'), &mut hide);
            }
            _ => {
                hide_secret(&argument, &mut hide);
                hide_secret(argument.trim_start_matches('-'), &mut hide);
            }
        }
    }
    text
}

/// Hides a value of an argument, if it is to be hidden, in all forms in which it can be told.
fn hide_secret(value: &str, hide: &mut impl FnMut(&str, &str)) {
    // What stands before a name of a file is not part of it.
    let name = value.strip_prefix('@').unwrap_or(value);
    let name = name.strip_prefix("sqlite:").unwrap_or(name);
    let bare = name.trim_matches(|c: char| c.is_whitespace() || is_quote(c));
    let (shown, rest) = match scheme(bare) {
        Some((_, "")) => return,
        Some((scheme, rest)) => (format!("{scheme}://..."), rest),
        None if looks_like_credentials(name) && !Path::new(name).exists() => ("...".to_owned(), bare),
        None => return,
    };
    for whole in [value, name, bare, &decoded(bare)] {
        hide(whole, &shown);
    }
    // A specification has its own colons, and words of it are told.
    if value.trim_start().starts_with('{') {
        return;
    }
    // Behind a mistake in it, it can be told in parts.
    for rest in [rest, &decoded(rest)] {
        let parts = rest.split(['/', '?', '&', '#', ';']);
        parts.filter(|part| part.contains('@') || has_password(part)).for_each(|part| hide(part, "..."));
    }
}

#[cfg(test)]
mod tests {
    use super::{masked, without_secrets_of};

    #[test]
    fn of_a_url_only_the_scheme_is_told() {
        let url = "postgres://me:sec ret@host/db?password=secret";
        for (text, arguments, expected) in [
            (
                "unexpected argument 'postgres://me:sec ret@host/db?password=secret'",
                [url],
                "unexpected argument 'postgres://...'",
            ),
            (
                "no file `postgres://me:sec ret@host/db?password=secret`",
                ["--graph=postgres://me:sec ret@host/db?password=secret"],
                "no file `postgres://...`",
            ),
            ("cannot reach `me:sec ret@host`", [url], "cannot reach `...`"),
            ("cannot reach `me:sec ret@host`", ["postgres://me:sec%20ret@host"], "cannot reach `...`"),
            ("`postgres://` alone names no database", ["postgres://"], "`postgres://` alone names no database"),
            ("no column `a`", ["{ a(where: {b: \"x://me@a\"}) }"], "no column `a`"),
            ("cannot open `\" mysql://u:p@h/d\"`", ["\" mysql://u:p@h/d\""], "cannot open `mysql://...`"),
        ] {
            assert_eq!(without_secrets_of(text, arguments), expected);
        }
    }

    #[test]
    fn what_looks_like_credentials_is_not_told() {
        for argument in [
            " postgres://u:SECRET@h/d",
            "'postgres://u:SECRET@h/d'",
            "postgres:/u:SECRET@h/d",
            "postgres:u:SECRET@h",
            "sqlite:postgres:/u:SECRET@h/d",
            "@mysql:u:SECRET@h",
            "u:SECRET@h",
            "mysql:\\\\u:SECRET@h",
            "postgres%3A%2F%2Fu%3ASECRET%40h",
            "host=h password=SECRET",
            "host=h Password = 'SECRET x'",
            "Server=h;Uid=u;Pwd=SECRET;",
            "SSLPASSWORD=SECRET",
            "h?password=SECRET",
            "PGPASSWORD=SECRET",
            "host: h, password: SECRET",
            "{\"host\": \"h\", \"password\": \"SECRET\"}",
            "host=h pass=SECRET",
            "-postgres://u:SECRET@h/d?a=b",
            "--mysql://u:SECRET@h/d",
        ] {
            for (option, before) in [("", ""), ("--graph=", ""), ("--trace=", "./")] {
                let name = argument.strip_prefix('@').unwrap_or(argument);
                let text = format!("cannot read `{before}{name}`: no such file, see {argument}");
                let told = without_secrets_of(&text, [format!("{option}{argument}")]).into_owned();
                assert!(!told.contains("SECRET") && told.contains("no such file"), "{argument}: {told}");
            }
        }
    }

    #[test]
    fn plain_names_are_told() {
        for argument in [
            "no/such.db",
            "a@b.db",
            "sqlite:a@b.db",
            "C:\\a\\b.db",
            "@none.graphql",
            "me@host:file",
            "a=b",
            "password.db",
            "compass=1",
        ] {
            let text = format!("cannot open `{argument}`");
            assert_eq!(without_secrets_of(&text, [argument]), text);
        }
    }

    #[test]
    fn passwords_of_a_line_are_masked() {
        for (line, expected) in [
            ("DATABASE_URL=postgres://u:hünter2@h/d", "DATABASE_URL=postgres://u:********@h/d"),
            ("url = \"mysql://u:a@b@h/d\" # me@h", "url = \"mysql://u:***@h/d\" # me@h"),
            ("DB_PASSWORD=hunter2", "DB_PASSWORD=*******"),
            ("Password = \"hunter 2\"", "Password = \"********\""),
            ("host=h password=hunter2 user=u", "host=h password=******* user=u"),
            ("  password: hunter2", "  password: *******"),
            ("{\"password\": \"x\", \"pwd\":1}", "{\"password\": \"*\", \"pwd\":*}"),
            ("{ a(where: {password: {like: $p}, b: 1}) { c } }", "{ a(where: {password: {like: $p}, b: 1}) { c } }"),
            ("post(limit: 1) { a@b }", "post(limit: 1) { a@b }"),
            ("https://h:1/p", "https://h:1/p"),
            ("", ""),
        ] {
            assert_eq!(masked(line), expected);
            assert_eq!(masked(line).len(), line.len());
        }
    }
}
