//! Dates and times of conditions become ISO 8601 in full, which PostgreSQL reads alike under every `DateStyle` and
//! `TimeZone`.
//!
//! Whatever a load prints is accepted, and so are PostgreSQL's own spellings of it: a space for the `T`, `BC`, years of
//! five digits, offsets of hours alone or with seconds, `infinity`. Whether there is such a day or hour is for the
//! database to say. Everything else has no meaning here: names of months and zones, `01/02/2024`, `now`, AM and PM.

/// An instant, or a time of day with an offset; without an offset it is one of UTC. `None` for other text.
pub(super) fn instant(text: &str) -> Option<String> {
    iso(text, "+00:00")
}

/// A date or a time without a zone. It may have an offset, which PostgreSQL ignores. `None` for other text.
pub(super) fn local(text: &str) -> Option<String> {
    iso(text, "")
}

/// ISO 8601 in full: `2024-1-2 1:02` becomes `2024-01-02T01:02:00` and the default offset.
fn iso(text: &str, default_offset: &str) -> Option<String> {
    let text = text.trim();
    if ["infinity", "+infinity", "-infinity", "epoch"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(text.to_owned());
    }
    let (text, stated) = era(text);
    let (date, rest) = match date(text) {
        Some((Date { is_before_christ: true, .. }, _)) if stated.is_some() => return None,
        Some((date, rest)) => (Some(date), rest),
        None => (None, text),
    };
    let era = match (stated, &date) {
        (Some(era), _) => era,
        (None, Some(Date { is_before_christ: true, .. })) => " BC",
        _ => "",
    };
    let Some(Date { text: date, .. }) = date else {
        return time_of_day(rest, default_offset).filter(|_| stated.is_none());
    };
    if !rest.is_empty() {
        let time = time_of_day(rest.strip_prefix(['T', 't', ' '])?.trim_start(), default_offset)?;
        return Some(format!("{date}T{time}{era}"));
    }
    let midnight = if default_offset.is_empty() { "" } else { "T00:00:00" };
    Some(format!("{date}{midnight}{default_offset}{era}"))
}

/// Text without its era, and the era as PostgreSQL reads it: ` BC`, or nothing for AD.
fn era(text: &str) -> (&str, Option<&'static str>) {
    let Some(at) = text.len().checked_sub(3).filter(|at| text.is_char_boundary(*at)) else { return (text, None) };
    let (before, era) = text.split_at(at);
    match era {
        _ if era.eq_ignore_ascii_case(" bc") => (before.trim_end(), Some(" BC")),
        _ if era.eq_ignore_ascii_case(" ad") => (before.trim_end(), Some("")),
        _ => (text, None),
    }
}

/// A date without its era: `2024-01-02`, `12024-01-02`.
struct Date {
    text: String,
    is_before_christ: bool,
}

/// A date that begins with its year, and what follows: `2024-01-02`, `+12024-1-2`, `2024/01/02`, `20240102`. As in ISO
/// 8601, the year 0 is 1 BC.
fn date(text: &str) -> Option<(Date, &str)> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'));
    let (year, rest) = digits(sign.and_then(|sign| text.strip_prefix(sign)).unwrap_or(text));
    let Some(separator) = rest.chars().next().filter(|separator| matches!(separator, '-' | '/')) else {
        let text = || format!("{}-{}-{}", &year[..4], &year[4..6], &year[6..]);
        let is_compact = year.len() == 8 && sign.is_none();
        return is_compact.then(|| (Date { text: text(), is_before_christ: false }, rest));
    };
    let (month, rest) = digits(rest.strip_prefix(separator)?);
    let (day, rest) = digits(rest.strip_prefix(separator)?);
    let fits = (4..=7).contains(&year.len()) && [month, day].iter().all(|part| matches!(part.len(), 1 | 2));
    let year: u32 = year.parse().ok().filter(|_| fits)?;
    let is_before_christ = sign == Some('-') || year == 0;
    let year = if is_before_christ { year + 1 } else { year };
    Some((Date { text: format!("{year:04}-{month:0>2}-{day:0>2}"), is_before_christ }, rest))
}

/// A time of day with its offset, or the default one: `1:02`, `01:02:03.5+02`, `010203 Z`.
fn time_of_day(text: &str, default_offset: &str) -> Option<String> {
    let (time, rest) = time(text)?;
    let rest = rest.trim_start();
    let offset = if rest.is_empty() { default_offset.to_owned() } else { offset(rest)? };
    Some(time + &offset)
}

/// A time of day without an offset, and what follows.
fn time(text: &str) -> Option<(String, &str)> {
    let (hour, rest) = digits(text);
    let (hour, minute, second, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (minute, rest) = digits(rest);
            let (second, rest) = rest.strip_prefix(':').map_or(("00", rest), digits);
            (hour, minute, second, rest)
        }
        None if hour.len() == 6 => (&hour[..2], &hour[2..4], &hour[4..], rest),
        // With a fraction it would be a year and its day.
        None if hour.len() == 4 && !rest.starts_with('.') => (&hour[..2], &hour[2..], "00", rest),
        None => return None,
    };
    if ![hour, minute, second].iter().all(|part| matches!(part.len(), 1 | 2)) {
        return None;
    }
    let (fraction, rest) = match rest.strip_prefix('.').map(digits) {
        Some(("", rest)) => (String::new(), rest),
        Some((fraction, rest)) => (format!(".{fraction}"), rest),
        None => (String::new(), rest),
    };
    Some((format!("{hour:0>2}:{minute:0>2}:{second:0>2}{fraction}"), rest))
}

/// An offset from UTC in full: `+2` becomes `+02:00`, and `Z` becomes `+00:00`.
fn offset(text: &str) -> Option<String> {
    if ["z", "utc", "gmt"].iter().any(|utc| text.eq_ignore_ascii_case(utc)) {
        return Some("+00:00".to_owned());
    }
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let (hour, mut rest) = digits(text.strip_prefix(sign)?);
    match (hour.len(), rest) {
        (1 | 2, "") => return Some(format!("{sign}{hour:0>2}:00")),
        (4, "") => return Some(format!("{sign}{}:{}", &hour[..2], &hour[2..])),
        (1 | 2, _) => {}
        _ => return None,
    }
    let mut written = format!("{sign}{hour:0>2}");
    for _ in ["minutes", "seconds"] {
        let Some((part, behind)) = rest.strip_prefix(':').map(digits) else { break };
        if part.len() != 2 {
            return None;
        }
        written = written + ":" + part;
        rest = behind;
    }
    rest.is_empty().then_some(written)
}

/// The digits at the beginning of a text, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_one_form() {
        for (written, expected) in [
            ("2021-10-31T00:00:00", "2021-10-31T00:00:00+00:00"),
            ("2021-10-31 01:02:03.25", "2021-10-31T01:02:03.25+00:00"),
            (" 2021-10-31 ", "2021-10-31T00:00:00+00:00"),
            ("2024-1-2 1:02", "2024-01-02T01:02:00+00:00"),
            ("20240101T010000Z", "2024-01-01T01:00:00+00:00"),
            ("20240101", "2024-01-01T00:00:00+00:00"),
            ("2024/01/02 24:00:00", "2024-01-02T24:00:00+00:00"),
            ("12024-01-01 00:00:00", "12024-01-01T00:00:00+00:00"),
            ("+12024-01-01T00:00:00+00:00", "12024-01-01T00:00:00+00:00"),
            ("-0043-03-15T12:00:00+00:00", "0044-03-15T12:00:00+00:00 BC"),
            ("0000-02-29", "0001-02-29T00:00:00+00:00 BC"),
            ("0044-03-15 BC", "0044-03-15T00:00:00+00:00 BC"),
            ("0044-03-15T12:00:00+00:00 BC", "0044-03-15T12:00:00+00:00 BC"),
            ("2024-01-01 AD", "2024-01-01T00:00:00+00:00"),
            ("2024-01-01 00:00:00 +2", "2024-01-01T00:00:00+02:00"),
            ("2024-01-01T00:00:00-0330", "2024-01-01T00:00:00-03:30"),
            ("2024-01-01T00:00:00+02:00:30", "2024-01-01T00:00:00+02:00:30"),
            ("04:05", "04:05:00+00:00"),
            ("04:05:06.7-08", "04:05:06.7-08:00"),
            ("24:00:00+15:59:59", "24:00:00+15:59:59"),
            ("-Infinity", "-Infinity"),
            ("epoch", "epoch"),
        ] {
            assert_eq!(instant(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_settings_would_read_has_no_form() {
        for written in [
            "",
            "now",
            "today",
            "01/02/2024",
            "1-2-2024",
            "24-01-02",
            "2024-01/02",
            "Oct 27 2024",
            "2024-01-01 EST",
            "2024-01-01 00:00:00 Europe/Berlin",
            "2024-01-01 00:00:00 EST",
            "2024-01-01T",
            "2024-01-01+02:00",
            "2024.123",
            "J2451187",
            "-0043-03-15 BC",
            "0000-03-15 AD",
            "04:05:06 BC",
            "2024-01-01 10:00 PM",
            "2024-01-01T00:00:00+",
            "2024-01-01T00:00:00+02:0",
            "2024-01-01T00:00:00+200",
            "2024-01-01T00:00:00+02:00:00:00",
            "99999999999-01-01",
            "é",
            "bé BC",
            "٢٠٢٤-٠١-٠١",
        ] {
            assert_eq!((instant(written), local(written)), (None, None), "{written}");
        }
    }

    #[test]
    fn times_without_a_zone_stay_without_one() {
        for (written, expected) in [
            ("2024-01-02", "2024-01-02"),
            ("2024-1-2 1:02", "2024-01-02T01:02:00"),
            ("2024-01-02T01:02:03+05:00", "2024-01-02T01:02:03+05:00"),
            ("-0043-03-15", "0044-03-15 BC"),
            ("+12024-01-01T24:00:00", "12024-01-01T24:00:00"),
            ("04:05:06.7", "04:05:06.7"),
            ("0405", "04:05:00"),
            ("infinity", "infinity"),
        ] {
            assert_eq!(local(written).as_deref(), Some(expected), "{written}");
        }
    }
}
