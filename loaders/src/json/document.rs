//! A document that is stored as JSON comes out as it is: numbers keep their digits, and keys their order and their
//! doubles. Only the white space between its parts goes, since a line end there would end an object of one line each.

use serde::de::IgnoredAny;

/// The parts of a document between its white space; none for a text that is no JSON.
pub(super) fn parts(text: &str) -> Option<impl Iterator<Item = &str>> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let (mut quoted, mut escaped) = (false, false);
    let is_space = move |c: char| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ => return !quoted && matches!(c, ' ' | '\t' | '\n' | '\r'),
        }
        false
    };
    Some(text.split(is_space).filter(|part| !part.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn only_white_space_between_parts_goes() {
        for (text, expected) in [
            ("1", "1"),
            (" { \"a b\" :\n[ 1 ,\t2 ]\r\n} ", "{\"a b\":[1,2]}"),
            (r#"{"a": "x \" y\\", "b": " \\\" "}"#, r#"{"a":"x \" y\\","b":" \\\" "}"#),
            (
                r#"{"b": 1, "a": 12345678901234567890.10, "b": 1e400}"#,
                r#"{"b":1,"a":12345678901234567890.10,"b":1e400}"#,
            ),
            ("\"\\ud800 é\u{2028}\"", "\"\\ud800 é\u{2028}\""),
        ] {
            assert_eq!(parts(text).unwrap().collect::<String>(), expected, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(parts(&deep).unwrap().collect::<String>(), deep);
    }

    #[test]
    fn what_is_no_json_has_no_parts() {
        for text in ["", " ", "{a: 1}", "[1,]", "1 2", "\"a\nb\"", "NaN", "'a'", "{"] {
            assert!(parts(text).is_none(), "{text}");
        }
    }
}
