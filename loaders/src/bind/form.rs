//! A value becomes what its column takes: a time as it was printed, a float as it was printed, a year. What has another
//! form stays as it is, and the database decides what it means.

use super::written;
use eagerly_planner::batch::BindForm;
use eagerly_planner::value::{Value, ValueRef};
use std::borrow::Cow;

/// The value in a form; `None` if it stays as it is.
pub(super) fn formed(value: ValueRef<'_>, form: BindForm) -> Option<Value> {
    match (form, value) {
        (BindForm::Utc, ValueRef::Text(text)) => utc(text).map(Value::Text),
        (BindForm::Local, ValueRef::Text(text)) => local(text).map(Value::Text),
        (BindForm::UtcOffset, ValueRef::Text(text)) => written::instant(text).map(Value::Text),
        (BindForm::Iso, ValueRef::Text(text)) => written::local(text).map(Value::Text),
        (BindForm::Single, ValueRef::Float(float)) => single(float).map(Value::Float),
        (BindForm::Document, ValueRef::Boolean(boolean)) => Some(Value::Text(boolean.to_string())),
        (BindForm::Document, ValueRef::Integer(integer)) => Some(Value::Text(integer.to_string())),
        (BindForm::Document, ValueRef::Unsigned(integer)) => Some(Value::Text(integer.to_string())),
        (BindForm::Document, ValueRef::Float(float)) => Some(Value::Text(float.to_string())),
        (BindForm::Year, ValueRef::Integer(year @ (0 | 1901..=2155))) => Some(Value::Text(format!("{year:04}"))),
        _ => None,
    }
}

/// Whether only the settings of a session say what a value means.
pub(super) fn is_refused(value: ValueRef<'_>, form: BindForm) -> bool {
    match (form, value) {
        (BindForm::UtcOffset, ValueRef::Text(text)) => written::instant(text).is_none(),
        (BindForm::Iso, ValueRef::Text(text)) => written::local(text).is_none(),
        _ => false,
    }
}

/// The number that a float of four bytes is, if that is how it prints.
fn single(float: f64) -> Option<f64> {
    let single = float as f32;
    let prints = single.is_finite() && single.to_string().parse() == Ok(float);
    prints.then_some(f64::from(single))
}

/// A time of UTC without its offset, if the text has one.
fn utc(text: &str) -> Option<String> {
    let moment = Moment::read(text)?;
    let east = moment.east?;
    if east == 0 {
        // Zeros and days that no month has are values too.
        return Some(format!("{}T{}", moment.date, moment.time()));
    }
    let (year, month, day) = moment.calendar()?;
    let minutes = moment.minutes - east;
    let days = days(year, month, day) + minutes.div_euclid(DAY);
    let (year, month, day) = date(days);
    let minute = minutes.rem_euclid(DAY);
    let within = (0..=9_999).contains(&year);
    let (hour, minute, rest) = (minute / 60, minute % 60, moment.seconds);
    within.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}{rest}"))
}

/// A time without its offset, if the text has one.
fn local(text: &str) -> Option<String> {
    let moment = Moment::read(text)?;
    moment.east.map(|_| format!("{}T{}", moment.date, moment.time()))
}

/// Minutes.
const DAY: i64 = 1_440;

/// `2021-10-31T02:00:00.5+02:00`; without a time it is midnight.
struct Moment<'t> {
    /// `2021-10-31`
    date: &'t str,
    /// Minutes of the day.
    minutes: i64,
    /// `:00.5`, with the colon.
    seconds: Cow<'t, str>,
    /// Minutes to the east of UTC.
    east: Option<i64>,
}

impl<'t> Moment<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let date = text.get(..10)?;
        let mut parts = date.split('-');
        let mut part = |digits: usize| parts.next().filter(|p| p.len() == digits && is_digits(p));
        let _ = (part(4)?, part(2)?, part(2)?);
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(Self { date, minutes: 0, seconds: ":00".into(), east: None });
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (hour, rest) = two(rest)?;
        let (minute, mut rest) = two(rest.strip_prefix(':')?)?;
        let mut seconds = Cow::Borrowed(":00");
        if let Some(behind) = rest.strip_prefix(':') {
            let (_, after) = two(behind)?;
            let fraction = after.strip_prefix('.').map_or(0, |f| 1 + f.bytes().take_while(u8::is_ascii_digit).count());
            let (written, zone) = rest.split_at(3 + fraction);
            (seconds, rest) = (written.into(), zone);
        }
        Some(Self { date, minutes: hour * 60 + minute, seconds, east: offset(rest.trim_start_matches(' '))? })
    }

    fn time(&self) -> String {
        format!("{:02}:{:02}{}", self.minutes / 60, self.minutes % 60, self.seconds)
    }

    /// Year, month and day of a day that there is.
    fn calendar(&self) -> Option<(i64, i64, i64)> {
        let part = |range: std::ops::Range<usize>| self.date.get(range)?.parse::<i64>().ok();
        let read = (part(0..4)?, part(5..7)?, part(8..10)?);
        (date(days(read.0, read.1, read.2)) == read).then_some(read)
    }
}

/// Minutes to the east of UTC: `Z`, `+02`, `+0200`, `+02:00`; `Some(None)` for no offset.
fn offset(text: &str) -> Option<Option<i64>> {
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, rest) = two(text.strip_prefix(['+', '-'])?)?;
    let minutes = match rest.strip_prefix(':').unwrap_or(rest) {
        "" if rest.is_empty() => 0,
        minutes => two(minutes).filter(|(minutes, rest)| *minutes < 60 && rest.is_empty())?.0,
    };
    Some(Some(sign * (hours * 60 + minutes)))
}

/// A number of two digits, and what follows it.
fn two(text: &str) -> Option<(i64, &str)> {
    let digits = text.get(..2).filter(|digits| is_digits(digits))?;
    Some((digits.parse().ok()?, &text[2..]))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days since 1970-01-01 of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that a leap day is the last.
    let year = year - i64::from(month <= 2);
    let (era, month) = (year.div_euclid(400), (month + 9).rem_euclid(12));
    let of_era = year.rem_euclid(400);
    let day = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day - 719_468
}

/// The date of a day since 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_an_offset_become_those_of_utc() {
        for (printed, expected) in [
            ("2021-10-31T00:00:00+00:00", "2021-10-31T00:00:00"),
            ("2021-10-31T02:30:00.5+02:00", "2021-10-31T00:30:00.5"),
            ("2021-10-31 02:30:00.000001 +02:00", "2021-10-31T00:30:00.000001"),
            ("2021-10-31T00:00Z", "2021-10-31T00:00:00"),
            ("2021-10-31t00:00:00z", "2021-10-31T00:00:00"),
            ("2021-12-31T23:30:00-0545", "2022-01-01T05:15:00"),
            ("2024-03-01T00:00:00+05", "2024-02-29T19:00:00"),
            ("1970-01-01T00:00:01+14:00", "1969-12-31T10:00:01"),
            ("0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00"),
            ("2024-02-30T01:00:00Z", "2024-02-30T01:00:00"),
        ] {
            assert_eq!(utc(printed).as_deref(), Some(expected), "{printed}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "now",
            "2021-10-31",
            "2021-10-31T00:00:00",
            "2021-10-31T00:00:00 Europe/Berlin",
            "2021-10-31T0:00+00:00",
            "2024-02-30T00:00:00+01:00",
            "0000-01-01T00:00:00+01:00",
            "2021-10-31T00:00:00+",
            "2021-10-31T00:00:00+0:0",
            "2021-10-31T00:00:00+02:99",
            "2021-10-31T00:00:00+02:0012",
            "2021-10-31+02:00",
            "é2021-10-3",
            "+10000-01-01T00:00:00Z",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (year, month, day, expected) in
            [(1970, 1, 1, 0), (2000, 2, 29, 11_016), (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896)]
        {
            assert_eq!(days(year, month, day), expected);
            assert_eq!(date(expected), (year, month, day));
        }
    }

    #[test]
    fn what_prints_like_a_float_of_four_bytes_is_that_float() {
        for (printed, expected) in [
            (0.1, Some(f64::from(0.1_f32))),
            (3.4028235e38, Some(f64::from(f32::MAX))),
            (16_777_216.0, Some(16_777_216.0)),
            (1e-45, Some(f64::from(f32::from_bits(1)))),
            (-0.0, Some(-0.0)),
            (0.100000001, None),
            (1e39, None),
            (1e-50, None),
        ] {
            assert_eq!(single(printed), expected, "{printed}");
        }
    }

    #[test]
    fn years_have_four_digits() {
        assert_eq!(formed(ValueRef::Integer(0), BindForm::Year), Some(Value::from("0000")));
        assert_eq!(formed(ValueRef::Integer(2024), BindForm::Year), Some(Value::from("2024")));
        assert_eq!(formed(ValueRef::Integer(24), BindForm::Year), None);
    }

    #[test]
    fn numbers_and_booleans_are_documents() {
        for (value, document) in [
            (ValueRef::Integer(-5), "-5"),
            (ValueRef::from(u64::MAX), "18446744073709551615"),
            (ValueRef::Float(1.5), "1.5"),
            (ValueRef::Float(1e300), &format!("1{}", "0".repeat(300))),
            (ValueRef::Boolean(true), "true"),
        ] {
            assert_eq!(formed(value, BindForm::Document), Some(Value::from(document)));
        }
        assert_eq!(formed(ValueRef::Text("5"), BindForm::Document), None);
    }
}
