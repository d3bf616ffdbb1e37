//! Ranges and ticks in steps that people count in.

/// A range of values and the step of its ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// From tick to tick.
    pub step: f64,
}

impl Scale {
    /// A scale that holds the values, with about so many ticks; its ends are ticks, so it changes only now and then.
    #[must_use]
    pub fn around(min: f64, max: f64, ticks: f64) -> Scale {
        let (min, max) = if min.is_finite() && max.is_finite() && min <= max { (min, max) } else { (0.0, 1.0) };
        let (min, max) = if max - min < min.abs().max(max.abs()) * 1e-9 + 1e-300 {
            let around = if min == 0.0 { 1.0 } else { min.abs() * 0.1 };
            (min - around, max + around)
        } else {
            (min, max)
        };
        let step = step_near((max - min) / ticks.max(1.0));
        let half = step / 2.0;
        Scale { low: (min / half).floor() * half, high: (max / half).ceil() * half, step }
    }

    /// The same range as long as it holds the values and is not far too large: it does not jump for every extreme.
    #[must_use]
    pub fn settled(self, before: Option<Scale>) -> Scale {
        let Some(before) = before else { return self };
        let holds = before.low <= self.low && before.high >= self.high;
        let near = self.high - self.low > 0.55 * (before.high - before.low);
        let alike = (self.step - before.step).abs() < before.step * 1e-9;
        if holds && near && alike { before } else { self }
    }

    /// A range that was chosen, with about so many ticks.
    #[must_use]
    pub fn fixed(low: f64, high: f64, ticks: f64) -> Scale {
        Scale { low, high, step: step_near((high - low) / ticks.max(1.0)) }
    }

    /// The ticks within, lowest first.
    pub fn ticks(self) -> impl Iterator<Item = f64> {
        let first = (self.low / self.step).ceil();
        let last = (self.high / self.step + 1e-9).floor();
        let count = ((last - first).max(0.0) as usize).min(50);
        (0..=count).map(move |index| (first + index as f64) * self.step)
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper.
    #[must_use]
    pub fn fraction(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// A tick as text, with the decimals that its step needs.
    #[must_use]
    pub fn label(self, tick: f64) -> String {
        let tick = if tick.abs() < self.step * 1e-6 { 0.0 } else { tick };
        let size = self.low.abs().max(self.high.abs());
        if tick == 0.0 && !(1e-3..1e7).contains(&size) {
            return "0".to_owned();
        }
        if size >= 1e7 || (size < 1e-3 && size > 0.0) {
            return format!("{tick:.1e}").replace('-', "\u{2212}");
        }
        let decimals = (-self.step.log10().floor()).clamp(0.0, 6.0) as usize;
        let text = format!("{:.decimals$}", tick.abs());
        if tick < 0.0 { format!("\u{2212}{text}") } else { text }
    }
}

/// 1, 2 or 5 times a power of ten, not below the wish.
fn step_near(wish: f64) -> f64 {
    let wish = if wish.is_finite() { wish.max(1e-300) } else { 1e300 };
    let power = 10f64.powf(wish.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= wish * 0.999).unwrap_or(wish)
}

/// The moments to label between two instants, at most about so many, in steps of clocks; nanoseconds.
#[must_use]
pub fn moments(from: i64, to: i64, zone_seconds: i64, about: f64) -> (Vec<i64>, usize) {
    const SECOND: i64 = 1_000_000_000;
    const LONG: [i64; 14] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 21_600];
    let wish = (to.saturating_sub(from) as f64 / about.max(1.0)).max(1.0);
    let step = if wish < SECOND as f64 {
        step_near(wish) as i64
    } else {
        let long = LONG.into_iter().map(|seconds| seconds * SECOND).find(|step| *step as f64 >= wish);
        long.unwrap_or_else(|| (wish / (86_400.0 * 1e9)).ceil() as i64 * 86_400 * SECOND)
    }
    .max(1);
    let zone = zone_seconds.saturating_mul(SECOND);
    let first = from.saturating_add(zone).div_euclid(step).saturating_add(1).saturating_mul(step).saturating_sub(zone);
    let moments = (0..64).map(|index| first.saturating_add(step.saturating_mul(index))).take_while(|at| *at < to);
    let decimals = if step >= SECOND { 0 } else { (9.0 - (step as f64).log10().floor()).clamp(1.0, 9.0) as usize };
    (moments.collect(), decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_its_values_and_counts_in_round_steps() {
        for (min, max) in [(0.0, 1.0), (-3.2, 11.7), (89.9, 91.3), (1e-6, 2e-6), (5.0, 5.0), (0.0, 0.0), (-1e12, 1e12)]
        {
            let scale = Scale::around(min, max, 4.0);
            assert!(scale.low <= min && scale.high >= max, "{scale:?}");
            let ticks: Vec<_> = scale.ticks().collect();
            assert!((1..=12).contains(&ticks.len()), "{min} {max} {ticks:?}");
        }
        assert_eq!(Scale::around(0.0, 10.0, 4.0).ticks().collect::<Vec<_>>(), [0.0, 5.0, 10.0]);
    }

    #[test]
    fn f21_no_range_of_odd_numbers_breaks_it() {
        for (min, max) in [(f64::NAN, 1.0), (f64::NEG_INFINITY, f64::INFINITY), (2.0, 1.0), (f64::MIN, f64::MAX)] {
            let scale = Scale::around(min, max, 4.0);
            assert!(scale.ticks().count() < 60);
        }
    }

    #[test]
    fn a_scale_stays_while_it_fits() {
        let first = Scale::around(0.0, 10.0, 4.0);
        assert_eq!(Scale::around(0.5, 9.4, 4.0).settled(Some(first)), first);
        assert!(Scale::around(0.5, 10.4, 4.0).settled(Some(first)).high > 10.0, "it holds what there is");
        assert!(Scale::around(4.0, 5.0, 4.0).settled(Some(first)).high < 10.0, "far too large");
        let fixed = Scale::fixed(-1.0, 3.0, 4.0);
        assert_eq!(fixed.ticks().collect::<Vec<_>>(), [-1.0, 0.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn moments_fall_on_round_clock_times() {
        let (at, decimals) = moments(1_500_000_000, 31_500_000_000, 0, 6.0);
        assert_eq!(at, [5, 10, 15, 20, 25, 30].map(|second| second * 1_000_000_000));
        assert_eq!(decimals, 0);
        let (at, decimals) = moments(0, 100_000_000, 0, 5.0);
        assert_eq!(at.first(), Some(&20_000_000));
        assert_eq!(decimals, 2);
    }
}
