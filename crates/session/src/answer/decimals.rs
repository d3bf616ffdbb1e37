//! How many decimals the readings of a field take, so that a whole one between fractions does not lose its own.

use crate::derive::Derive;
use crate::query::{Cell, Message, Reading};
use crate::screen::visible;

/// Decimals told of at most: beyond a billionth it is for whoever shows a number to choose.
const MOST: u8 = 9;
/// Readings need more than that, or have all the digits that numbers of their kind can have: they come out of a computation,
/// and are worth as many as their size makes sense of.
pub(crate) const ENDLESS: u8 = u8::MAX;

/// The decimals each field has ever needed, by table and field; what was looked at counts.
#[derive(Debug, Default)]
pub(crate) struct Decimals(Vec<Vec<u8>>);

impl Decimals {
    /// The decimals of a field, after its latest reading and its extremes were looked at.
    pub(crate) fn of(&mut self, table: usize, field: usize, value: &Cell, extent: Option<(f64, f64)>) -> u8 {
        let exact = match value {
            Cell::F32(_) => Exact::SINGLE,
            Cell::F64(_) => Exact::DOUBLE,
            _ => return 0,
        };
        if self.0.len() <= table {
            self.0.resize_with(table.saturating_add(1), Vec::new);
        }
        let Some(fields) = self.0.get_mut(table) else { return 0 };
        if fields.len() <= field {
            fields.resize(field.saturating_add(1), 0);
        }
        let Some(known) = fields.get_mut(field) else { return 0 };
        let latest = match value {
            Cell::F32(value) => f64::from(*value),
            Cell::F64(value) => *value,
            _ => return 0,
        };
        let (low, high) = extent.unwrap_or((latest, latest));
        for value in [latest, low, high] {
            *known = needed(value, exact, *known);
        }
        *known
    }
}

/// How exactly numbers of a kind are told.
#[derive(Clone, Copy)]
pub(crate) struct Exact {
    /// The part of a number below which two of them are the same.
    part: f64,
    /// Significant digits that a number which somebody wrote has at most.
    digits: u8,
}

impl Exact {
    /// IEEE 754 binary32: what it cannot tell apart is no digit of it.
    pub(crate) const SINGLE: Exact = Exact { part: f32::EPSILON as f64, digits: 6 };
    /// IEEE 754 binary64.
    pub(crate) const DOUBLE: Exact = Exact { part: 1e-12, digits: 13 };
}

/// The decimals that a value and those before it need.
pub(crate) fn needed(value: f64, exact: Exact, known: u8) -> u8 {
    if !value.is_finite() || known == ENDLESS {
        return known;
    }
    let enough = |decimals: &u8| {
        let scaled = value * 10f64.powi(i32::from(*decimals));
        (scaled - scaled.round()).abs() <= scaled.abs() * exact.part
    };
    let own = (0..=MOST)
        .find(enough)
        .filter(|own| *own == 0 || value.abs() < 10f64.powi(i32::from(exact.digits) - i32::from(*own)));
    own.map_or(ENDLESS, |own| own.max(known))
}

/// Significant digits that a result has at least, however few those of its inputs are: the average of ones and zeros.
const FEWEST: i32 = 3;

/// What is computed is told no more exactly than what it is computed of: the product of 24.02 and 0.832 is 19.98, whatever
/// a multiplication leaves behind. It has as many significant digits as the input that has the fewest; where it is of
/// their size, at least as many decimals as that which has the fewest of those.
pub(super) fn as_their_inputs(messages: &mut [Message], derive: &Derive) {
    for at in 0..messages.len() {
        let fields = messages.get(at).map_or(0, |message| message.fields.len());
        for field in 0..fields {
            let Some(most) = of_inputs(messages, derive, at, field) else { continue };
            if let Some(reading) = messages.get_mut(at).and_then(|message| message.fields.get_mut(field)) {
                reading.decimals = reading.decimals.min(most);
            }
        }
    }
}

/// The most decimals that a field makes sense with; `None` where it is no derived one, or its inputs have no end of theirs.
fn of_inputs(messages: &[Message], derive: &Derive, at: usize, field: usize) -> Option<u8> {
    let own = messages.get(at)?;
    let (source, names) = derive.inputs(&own.schema, field)?;
    let source = visible(source);
    let known = |name: &String| {
        let name = visible(name);
        let of = |message: &'_ Message| message.fields.iter().position(|reading| reading.name == name);
        let source = messages.iter().rev().find(|message| message.schema == source);
        // A derived field may stand on one before it.
        source.and_then(|message| message.fields.get(of(message)?)).or_else(|| own.fields.get(of(own)?))
    };
    let (mut fewest, mut digits, mut largest) = (MOST, i32::MAX, 0);
    for input in names.iter().filter_map(known).filter(|input| input.decimals != ENDLESS) {
        fewest = fewest.min(input.decimals);
        let before = before_the_point(input);
        digits = digits.min(before.saturating_add(i32::from(input.decimals)));
        largest = largest.max(before);
    }
    if digits == i32::MAX {
        return None;
    }
    let before = before_the_point(own.fields.get(field)?);
    // A small number spoils no sum.
    let least = if before <= largest.saturating_add(1) { i32::from(fewest) } else { 0 };
    // A fraction keeps one: without, it could not be told from a whole number.
    u8::try_from(digits.max(FEWEST).saturating_sub(before).max(least).clamp(1, i32::from(MOST))).ok()
}

/// Digits before the point of the largest reading; fewer than none where it begins with zeros after the point.
#[expect(clippy::cast_possible_truncation, reason = "the magnitude of a double is within four digits")]
fn before_the_point(reading: &Reading) -> i32 {
    let size = [reading.min, reading.max].into_iter().flatten().fold(0.0, |size: f64, end| size.max(end.abs()));
    if size.is_finite() && size > 0.0 { (size.log10().floor() as i32).saturating_add(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp)]
    use super::*;

    #[test]
    fn a_field_keeps_the_decimals_it_ever_needed() {
        let mut decimals = Decimals::default();
        let mut look = |value| decimals.of(2, 1, &Cell::F64(value), None);
        assert_eq!([18.0, 18.1, 18.0, 18.25, 19.0, f64::NAN].map(&mut look), [0, 1, 1, 2, 2, 2]);
        assert_eq!([50.123_456, 0.000_4].map(&mut look), [6, 6], "of a place, a metre is worth telling");
        assert_eq!(decimals.of(2, 0, &Cell::F64(1.5), Some((0.125, 4.0))), 3, "the extremes count");
        assert_eq!(decimals.of(0, 0, &Cell::U64(7), None), 0);
    }

    #[test]
    fn what_scaling_and_binary_fractions_leave_behind_is_no_digit() {
        assert_eq!(needed(1837.0 * 0.1, Exact::DOUBLE, 0), 1);
        assert_eq!(needed(24.1 * 1.5, Exact::DOUBLE, 0), 2);
        assert_eq!(needed(f64::from(20.1f32), Exact::SINGLE, 0), 1);
        assert_eq!(needed(f64::INFINITY, Exact::DOUBLE, 0), 0);
        assert_eq!(needed(1e300, Exact::DOUBLE, 0), 0);
    }

    #[test]
    fn what_comes_out_of_a_computation_has_no_end() {
        assert_eq!(needed(1.0 / 3.0, Exact::DOUBLE, 0), ENDLESS);
        assert_eq!(needed(f64::from(0.3f32.sin()), Exact::SINGLE, 0), ENDLESS);
        assert_eq!(needed(1_764_329_000.123, Exact::DOUBLE, 0), 3, "seconds since 1970");
        assert_eq!(needed(12_345_678.9, Exact::DOUBLE, 0), 1, "a meter's count");
        assert_eq!(needed(0.000_123_45, Exact::DOUBLE, 0), 8);
        assert_eq!(needed(2.0, Exact::DOUBLE, ENDLESS), ENDLESS);
    }
}
