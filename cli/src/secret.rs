//! A URL among the arguments can hold a password, and can stand where none belongs: in place of a file, or behind an
//! option. Messages that repeat an argument show no more of it than its scheme.

use crate::database::scheme;
use std::borrow::Cow;
use std::ffi::OsStr;

/// The text without the URLs of this program's arguments.
pub(crate) fn without_urls(text: &str) -> Cow<'_, str> {
    without_urls_of(text, std::env::args_os())
}

fn without_urls_of(text: &str, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for argument in arguments {
        let argument = argument.as_ref().to_string_lossy();
        let value = match argument.split_once('=') {
            Some((option, value)) if option.starts_with('-') => value,
            _ => &*argument,
        };
        if let Some((scheme, rest)) = scheme(value).filter(|(_, rest)| !rest.is_empty()) {
            if text.contains(value) {
                text = Cow::Owned(text.replace(value, &format!("{scheme}://...")));
            }
            // Behind a mistake in it, a URL can be told in parts.
            for part in rest.split(['/', '?', '&', '#']).filter(|part| part.contains('@')) {
                if text.contains(part) {
                    text = Cow::Owned(text.replace(part, "..."));
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_urls_of;

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
            ("`postgres://` alone names no database", ["postgres://"], "`postgres://` alone names no database"),
            ("no column `a`", ["{ a(where: {b: \"x://me@a\"}) }"], "no column `a`"),
        ] {
            assert_eq!(without_urls_of(text, arguments), expected);
        }
    }
}
