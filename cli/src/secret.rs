//! No password among the arguments comes out. A connection string can stand where none belongs (in place of a file,
//! behind an option), in quotes, behind a blank, or misspelt, so that it is taken for the name of a file. Messages that
//! repeat an argument show no more of a URL than its scheme, and nothing of a name that looks like credentials and is no
//! file that exists. Plain names are shown.

use crate::database::scheme;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

/// The text without what is secret in this program's arguments.
pub(crate) fn without_secrets(text: &str) -> Cow<'_, str> {
    without_secrets_of(text, std::env::args_os().skip(1))
}

/// Whether a name holds a password, as far as one can tell: an `@` behind a colon, as in `user:password@host`, or a key
/// that ends in `password` or the like, as in `host=h password=x`.
pub(crate) fn looks_like_credentials(name: &str) -> bool {
    let decoded = decoded(name);
    [name, &decoded].into_iter().any(|name| has_user(name) || has_password(name))
}

fn has_user(name: &str) -> bool {
    name.split_once(':').is_some_and(|(_, behind)| behind.contains('@'))
}

fn has_password(name: &str) -> bool {
    let name = name.to_lowercase();
    let keys =
        name.match_indices('=').map(|(at, _)| name[..at].trim_end_matches(|c: char| c.is_whitespace() || is_quote(c)));
    keys.into_iter().any(|key| ["password", "passwd", "pwd", "passphrase"].iter().any(|word| key.ends_with(word)))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// A text without percent-encoding, where it is ASCII.
fn decoded(text: &str) -> String {
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
        let value = match argument.split_once('=') {
            Some((option, value)) if option.starts_with('-') => value,
            _ => &*argument,
        };
        // A specification has its own colons, and comes out as the text that it is.
        if value.trim_start().starts_with('{') {
            continue;
        }
        // What stands before a name of a file is not part of it.
        let name = value.strip_prefix('@').unwrap_or(value);
        let name = name.strip_prefix("sqlite:").unwrap_or(name);
        let bare = name.trim_matches(|c: char| c.is_whitespace() || is_quote(c));
        let (shown, rest) = match scheme(bare) {
            Some((_, "")) => continue,
            Some((scheme, rest)) => (format!("{scheme}://..."), rest),
            None if looks_like_credentials(name) && !Path::new(name).exists() => ("...".to_owned(), bare),
            None => continue,
        };
        for whole in [value, name, bare, &decoded(bare)] {
            hide(whole, &shown);
        }
        // Behind a mistake in it, it can be told in parts.
        for rest in [rest, &decoded(rest)] {
            let parts = rest.split(['/', '?', '&', '#', ';']);
            parts.filter(|part| part.contains('@') || has_password(part)).for_each(|part| hide(part, "..."));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_secrets_of;

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
        ] {
            let text = format!("cannot open `{argument}`");
            assert_eq!(without_secrets_of(&text, [argument]), text);
        }
    }
}
