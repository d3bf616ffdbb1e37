//! How many decimals the readings of a field take, so that a whole one between fractions does not lose its own.

use crate::query::Cell;

/// Decimals told of at most: nobody reads more of a number that is not written with a power of ten.
pub(crate) const MOST: u8 = 6;

/// The decimals each field has ever needed, by table and field; what was looked at counts.
#[derive(Debug, Default)]
pub(crate) struct Decimals(Vec<Vec<u8>>);

impl Decimals {
    /// The decimals of a field, after its latest reading and its extremes were looked at.
    pub(crate) fn of(&mut self, table: usize, field: usize, value: &Cell, extent: Option<(f64, f64)>) -> u8 {
        let exact = match value {
            // What a binary32 cannot tell apart is no digit of it.
            Cell::F32(_) => f64::from(f32::EPSILON),
            Cell::F64(_) => 1e-12,
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

/// The fewest decimals, from `least` on, that give the value back to within a part of it.
fn needed(value: f64, exact: f64, least: u8) -> u8 {
    let enough = |decimals: &u8| {
        let scaled = value * 10f64.powi(i32::from(*decimals));
        (scaled - scaled.round()).abs() <= scaled.abs() * exact
    };
    if value.is_finite() { (least..MOST).find(enough).unwrap_or(MOST) } else { least }
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
        assert_eq!(decimals.of(2, 0, &Cell::F64(1.5), Some((0.125, 4.0))), 3, "the extremes count");
        assert_eq!(decimals.of(0, 0, &Cell::U64(7), None), 0);
    }

    #[test]
    fn what_scaling_and_binary_fractions_leave_behind_is_no_digit() {
        assert_eq!(needed(1837.0 * 0.1, 1e-12, 0), 1);
        assert_eq!(needed(24.1 * 1.5, 1e-12, 0), 2);
        assert_eq!(needed(f64::from(20.1f32), f64::from(f32::EPSILON), 0), 1);
        assert_eq!(needed(1.0 / 3.0, 1e-12, 0), MOST);
        assert_eq!(needed(f64::INFINITY, 1e-12, 0), 0);
        assert_eq!(needed(1e300, 1e-12, 0), 0);
    }
}
