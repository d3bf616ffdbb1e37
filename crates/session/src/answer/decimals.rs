//! How many decimals the readings of a field take, so that a whole one between fractions does not lose its own.

use crate::query::Cell;

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
