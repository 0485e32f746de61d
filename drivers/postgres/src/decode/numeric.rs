//! `numeric` becomes its digits, all of them. No decimal library holds the 131 072 digits that PostgreSQL allows, and
//! its binary form is those digits, four at a time.

use super::take;
use std::fmt::Write as _;

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xc000;
const INFINITY: u16 = 0xd000;
const NEGATIVE_INFINITY: u16 = 0xf000;

/// Writes a number as PostgreSQL does, with as many decimals as it was given.
pub(super) fn write(bytes: &[u8], out: &mut String) -> Option<()> {
    let (count, bytes) = take(bytes)?;
    let (weight, bytes) = take(bytes)?;
    let (sign, bytes) = take(bytes)?;
    let (scale, digits) = take(bytes)?;
    let (groups, []) = digits.as_chunks::<2>() else { return None };
    if groups.len() != usize::from(u16::from_be_bytes(count)) {
        return None;
    }
    let (prefix, finite) = match u16::from_be_bytes(sign) {
        0 => ("", true),
        NEGATIVE => ("-", true),
        NAN => ("NaN", false),
        INFINITY => ("Infinity", false),
        NEGATIVE_INFINITY => ("-Infinity", false),
        _ => return None,
    };
    out.push_str(prefix);
    if !finite {
        return Some(());
    }
    // The first group stands for its digits times 10000 to the power of `weight`; groups of zeros are not sent.
    let weight = i32::from(i16::from_be_bytes(weight));
    let group = |power: i32| {
        let sent = usize::try_from(weight - power).ok().and_then(|place| groups.get(place));
        sent.map_or(0, |digits| u16::from_be_bytes(*digits))
    };
    let first = weight.max(0);
    write!(out, "{}", group(first)).ok()?;
    for power in (0..first).rev() {
        write!(out, "{:04}", group(power)).ok()?;
    }
    let scale = usize::from(u16::from_be_bytes(scale));
    if scale > 0 {
        out.push('.');
        let end = out.len() + scale;
        let mut power = -1;
        while out.len() < end {
            write!(out, "{:04}", group(power)).ok()?;
            power -= 1;
        }
        out.truncate(end);
    }
    Some(())
}
