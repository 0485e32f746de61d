//! Dates, times and intervals become ISO 8601 text. Infinite ones are `infinity` and `-infinity`, as PostgreSQL writes
//! them in JSON; a year before 1 is 0 or negative, and one beyond 9999 has its sign, as ISO 8601 wants both.

use super::{array, calendar, take};
use std::fmt::Write as _;

const DAY: i64 = 86_400_000_000;

/// A date from its days since 2000-01-01.
pub(super) fn date(days: i32, out: &mut String) -> Option<()> {
    match days {
        i32::MAX => out.push_str("infinity"),
        i32::MIN => out.push_str("-infinity"),
        _ => return calendar_date(days.into(), out),
    }
    Some(())
}

/// A point in time from its microseconds since 2000-01-01, with the zone's sign behind it.
pub(super) fn timestamp(micros: i64, zone: &str, out: &mut String) -> Option<()> {
    match micros {
        i64::MAX => out.push_str("infinity"),
        i64::MIN => out.push_str("-infinity"),
        _ => {
            calendar_date(micros.div_euclid(DAY), out)?;
            out.push('T');
            time(micros.rem_euclid(DAY), out)?;
            out.push_str(zone);
        }
    }
    Some(())
}

fn calendar_date(days: i64, out: &mut String) -> Option<()> {
    let (year, month, day) = calendar::date(days);
    let sign = match year {
        ..0 => "-",
        0..=9_999 => "",
        10_000.. => "+",
    };
    write!(out, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs()).ok()
}

/// A time of day from its microseconds: up to 24:00:00, which PostgreSQL allows.
pub(super) fn time(micros: i64, out: &mut String) -> Option<()> {
    let seconds = u64::try_from(micros).ok()? / 1_000_000;
    write!(out, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60).ok()?;
    fraction(micros.unsigned_abs() % 1_000_000, out)
}

/// Microseconds behind seconds, without trailing zeros; nothing for none.
fn fraction(micros: u64, out: &mut String) -> Option<()> {
    if micros > 0 {
        write!(out, ".{micros:06}").ok()?;
        out.truncate(out.trim_end_matches('0').len());
    }
    Some(())
}

/// A time of day, and its zone in seconds to the west.
pub(super) fn time_with_zone(bytes: &[u8], out: &mut String) -> Option<()> {
    let (micros, west) = take(bytes)?;
    time(i64::from_be_bytes(micros), out)?;
    let west = i32::from_be_bytes(array(west)?);
    let (sign, offset) = (if west > 0 { '-' } else { '+' }, west.unsigned_abs());
    write!(out, "{sign}{:02}:{:02}", offset / 3_600, offset / 60 % 60).ok()?;
    if offset % 60 > 0 {
        write!(out, ":{:02}", offset % 60).ok()?;
    }
    Some(())
}

/// A duration: months, days and time apart, each with its own sign, as PostgreSQL keeps them.
pub(super) fn interval(bytes: &[u8], out: &mut String) -> Option<()> {
    let (micros, bytes) = take(bytes)?;
    let (days, months) = take(bytes)?;
    let (micros, days, months) =
        (i64::from_be_bytes(micros), i32::from_be_bytes(days), i32::from_be_bytes(array(months)?));
    let whole = match (micros, days, months) {
        (i64::MAX, i32::MAX, i32::MAX) => Some("infinity"),
        (i64::MIN, i32::MIN, i32::MIN) => Some("-infinity"),
        (0, 0, 0) => Some("PT0S"),
        _ => None,
    };
    out.push_str(whole.unwrap_or("P"));
    if whole.is_some() {
        return Some(());
    }
    part((months / 12).into(), 'Y', out)?;
    part((months % 12).into(), 'M', out)?;
    part(days.into(), 'D', out)?;
    if micros == 0 {
        return Some(());
    }
    let seconds = micros / 1_000_000;
    out.push('T');
    part(seconds / 3_600, 'H', out)?;
    part(seconds / 60 % 60, 'M', out)?;
    if micros % 60_000_000 == 0 {
        return Some(());
    }
    let sign = if micros < 0 { "-" } else { "" };
    write!(out, "{sign}{}", (seconds % 60).unsigned_abs()).ok()?;
    fraction(micros.unsigned_abs() % 1_000_000, out)?;
    out.push('S');
    Some(())
}

/// A part of a duration, left out if there is none of it.
fn part(n: i64, unit: char, out: &mut String) -> Option<()> {
    if n == 0 { Some(()) } else { write!(out, "{n}{unit}").ok() }
}
