//! Worlds whose texts are points in time, so that binds have a form: as on MySQL, whose text of a time has no offset, the
//! database holds `2024-03-01T10:00:00`, and the specification says `2024-03-01T12:30:00+02:30`.

use eagerly::batch::{BindForm, Piece, SqlTemplate};
use eagerly::spec::{Comparison, Field, Filter, ListOperand, LoadSpec, Operand};
use eagerly::value::Value;

/// The point in time that stands for a text, in UTC.
struct Instant {
    day: u64,
    minute: u64,
    second: u64,
}

impl Instant {
    /// The same for the same text. A pattern of LIKE has none.
    fn of(text: &str) -> Option<Self> {
        // FNV-1a: the same on every machine.
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
        let (day, minute, second) = (hash % 29, hash / 29 % 1_440, hash / 41_760 % 60);
        (!text.contains(['%', '_'])).then_some(Self { day, minute, second })
    }

    /// `2024-03-01T10:00:00`, some minutes later than it is.
    fn later(&self, minutes: u64) -> String {
        // From the last day of a February to the last one of March, so that an offset leads over days and months.
        let minute = self.minute + minutes;
        let (day, minute) = (self.day + minute / 1_440, minute % 1_440);
        let (month, day) = if day == 0 { (2, 29) } else { (3, day) };
        format!("2024-{month:02}-{day:02}T{:02}:{:02}:{:02}", minute / 60, minute % 60, self.second)
    }
}

/// Statements of `INSERT` with times in place of texts.
pub(super) fn in_rows(rows: &[String]) -> Vec<String> {
    rows.iter().map(|sql| in_literals(sql)).collect()
}

fn in_literals(sql: &str) -> String {
    let (mut written, mut rest) = (String::new(), sql);
    while let Some(start) = rest.find(['\'', '"']) {
        let quote = &rest[start..=start];
        let mut end = start + 1;
        // A doubled quote is one of the text.
        while let Some(at) = rest[end..].find(quote) {
            end += at + 1;
            if !rest[end..].starts_with(quote) {
                break;
            }
            end += 1;
        }
        let (before, quoted) = (&rest[..start], &rest[start..end]);
        written.push_str(before);
        let is_text = quote == "'" && !before.ends_with(['x', 'X']);
        match Instant::of(&quoted[1..quoted.len() - 1].replace("''", "'")).filter(|_| is_text) {
            Some(instant) => written.push_str(&format!("'{}'", instant.later(0))),
            None => written.push_str(quoted),
        }
        rest = &rest[end..];
    }
    written + rest
}

/// A specification with times in place of texts, as the database writes them.
pub(super) fn in_spec(spec: &LoadSpec) -> LoadSpec {
    let mut spec = spec.clone();
    field(spec.root_mut(), &|text| Some(Instant::of(text)?.later(0)));
    spec
}

/// The specification of a world of times, whose values say offsets.
pub(super) fn with_offsets(spec: &LoadSpec) -> LoadSpec {
    let mut spec = spec.clone();
    field(spec.root_mut(), &|text| {
        let (date, time) = text.strip_prefix("2024-0")?.split_once('T')?;
        let number = |text: &str| text.parse::<u64>().ok();
        let (month, day) = date.split_once('-')?;
        let [hour, minute, second] = [0, 3, 6].map(|at| time.get(at..at + 2).and_then(number));
        let minute = hour? * 60 + minute?;
        let instant = Instant { day: if month == "2" { 0 } else { number(day)? }, minute, second: second? };
        let offset = minute % 7 * 90;
        Some(format!("{}+{:02}:{:02}", instant.later(offset), offset / 60, offset % 60))
    });
    spec
}

/// Binds become what MySQL's TIMESTAMP takes.
pub(super) fn formed(mut template: SqlTemplate) -> SqlTemplate {
    for piece in &mut template.pieces {
        match piece {
            Piece::Param(bind) => *piece = Piece::Formed(*bind, BindForm::Utc),
            Piece::List(list) if list.forms.is_empty() => list.forms = vec![BindForm::Utc; list.width],
            _ => {}
        }
    }
    template
}

fn field(of: &mut Field, change: &dyn Fn(&str) -> Option<String>) {
    of.arguments.filter.iter_mut().for_each(|all| filter(all, change));
    of.fields.iter_mut().flatten().for_each(|below| field(below, change));
}

fn filter(of: &mut Filter, change: &dyn Fn(&str) -> Option<String>) {
    let value = |value: &mut Value| {
        if let Value::Text(text) = value
            && let Some(changed) = change(text)
        {
            *text = changed;
        }
    };
    match of {
        Filter::And(all) | Filter::Or(all) => all.iter_mut().for_each(|one| filter(one, change)),
        Filter::Not(inner) => filter(inner, change),
        Filter::Relationship { filter: below, .. } => filter(below, change),
        Filter::Column { test: Comparison::Compare(_, Operand::Value(one)), .. } => value(one),
        Filter::Column { test: Comparison::In { list: ListOperand::Values(all), .. }, .. } => {
            for operand in all {
                if let Operand::Value(one) = operand {
                    value(one);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_times_and_nothing_else_does() {
        let time = |text: &str| format!("'{}'", Instant::of(text).unwrap().later(0));
        let sql = "INSERT INTO \"it's\" VALUES ('a', X'61', 'it''s', '', 'a%', 1)";
        let expected =
            format!("INSERT INTO \"it's\" VALUES ({}, X'61', {}, {}, 'a%', 1)", time("a"), time("it's"), time(""));
        assert_eq!(in_literals(sql), expected);
    }

    #[test]
    fn an_offset_leads_over_days_and_months() {
        let instant = Instant { day: 0, minute: 1_439, second: 5 };
        assert_eq!([0, 90].map(|minutes| instant.later(minutes)), ["2024-02-29T23:59:05", "2024-03-01T01:29:05"]);
    }
}
