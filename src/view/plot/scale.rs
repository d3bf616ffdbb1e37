//! Ranges and ticks in steps that people count in.

use raster::Ends;

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

/// What a range is at least long, as a part of the numbers: below, they differ by what a double rounds.
const FLAT: f64 = 1e-14;
/// Characters of a tick's text at most, its sign left out: the axis has room for no more.
const WIDE: i32 = 7;

impl Scale {
    /// A scale that holds the values, with about so many ticks; its ends are ticks, so it changes only now and then.
    #[must_use]
    pub fn around(min: f64, max: f64, ticks: f64) -> Scale {
        let (min, max) = if min.is_finite() && max.is_finite() && min <= max { (min, max) } else { (0.0, 1.0) };
        // Halves: the widest range is more than a double.
        let (min, max) = if max / 2.0 - min / 2.0 < min.abs().max(max.abs()) * (FLAT / 2.0) + 1e-300 {
            let around = if min == 0.0 { 1.0 } else { min.abs() * 0.1 };
            (min - around, max + around)
        } else {
            (min, max)
        };
        let step = step_for(min, max, ticks);
        let half = step / 2.0;
        let (low, high) = ((min / half).floor() * half, (max / half).ceil() * half);
        // Where the half step is near the last digit of a double, the product may be rounded past the values.
        Scale { low: low.min(min).max(f64::MIN), high: high.max(max).min(f64::MAX), step }
    }

    /// The same range as long as it holds the values and is not far too large: it does not jump for every extreme.
    #[must_use]
    pub fn settled(self, before: Option<Scale>) -> Scale {
        let Some(before) = before else { return self };
        let holds = before.low <= self.low && before.high >= self.high;
        let near = self.half() > 0.55 * before.half();
        let alike = (self.step - before.step).abs() < before.step * 1e-9;
        if holds && near && alike { before } else { self }
    }

    /// A range that was chosen, with about so many ticks.
    #[must_use]
    pub fn fixed(low: f64, high: f64, ticks: f64) -> Scale {
        Scale { low, high, step: step_for(low, high, ticks) }
    }

    /// Half of its length.
    fn half(self) -> f64 {
        self.high / 2.0 - self.low / 2.0
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
        self.ends().part(value)
    }

    /// Its two ends.
    #[must_use]
    pub fn ends(self) -> Ends {
        Ends::new(self.low, self.high)
    }

    /// What the ticks are counted from where they differ by too little to be written in full: their common part, and the
    /// power of ten that it is a multiple of.
    fn base(self) -> Option<(f64, f64)> {
        let size = self.low.abs().max(self.high.abs());
        let digits = magnitude(size) - magnitude(self.step);
        let long = if PLAIN.contains(&size) {
            magnitude(size).max(0) + 1 + (-magnitude(self.step)).max(0) > WIDE
        } else {
            digits > 2
        };
        let unit = 10f64.powi(magnitude(self.half()).saturating_add(1));
        let base = (self.low / 2.0 / unit + self.high / 2.0 / unit).round() * unit;
        (long && base.is_finite() && base != 0.0).then_some((base, unit))
    }

    /// The common part of the ticks as text, where [`Scale::label`] leaves it out.
    #[must_use]
    pub fn offset(self) -> Option<String> {
        let (base, unit) = self.base()?;
        let text = if (1e-3..1e16).contains(&base.abs()) {
            format!("{base:.*}", (-magnitude(unit)).clamp(0, 20) as usize)
        } else {
            format!("{base:.*e}", (magnitude(base.abs()) - magnitude(unit)).clamp(0, 17) as usize)
        };
        Some(short(&text))
    }

    /// A tick as text, with the decimals that its step needs; counted from the common part where there is one.
    #[must_use]
    pub fn label(self, tick: f64) -> String {
        let Some((base, _)) = self.base() else { return self.plain(tick) };
        let apart = Scale { low: self.low - base, high: self.high - base, step: self.step };
        // The difference has the rounding of both: a tick is a whole number of steps.
        let text = apart.plain(((tick - base) / self.step).round() * self.step);
        if tick > base && text != "0" { format!("+{text}") } else { text }
    }

    fn plain(self, tick: f64) -> String {
        let tick = if tick.abs() < self.step * 1e-6 { 0.0 } else { tick };
        let size = self.low.abs().max(self.high.abs());
        if tick == 0.0 && !PLAIN.contains(&size) {
            return "0".to_owned();
        }
        if !PLAIN.contains(&size) && size > 0.0 {
            let decimals = (magnitude(size) - magnitude(self.step)).clamp(0, 2) as usize;
            return short(&format!("{tick:.decimals$e}"));
        }
        let decimals = (-self.step.log10().floor()).clamp(0.0, 6.0) as usize;
        let text = format!("{:.decimals$}", tick.abs());
        if tick < 0.0 { format!("\u{2212}{text}") } else { text }
    }
}

/// A number without the zeros at its end, with a true minus sign.
fn short(text: &str) -> String {
    let (number, power) = text.split_once('e').map_or((text, None), |(number, power)| (number, Some(power)));
    let number = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    let text = power.map_or_else(|| number.to_owned(), |power| format!("{number}e{power}"));
    text.replace('-', "\u{2212}")
}

/// Sizes that are written without a power of ten.
const PLAIN: std::ops::Range<f64> = 1e-3..1e7;

/// The power of ten of a number's first digit.
fn magnitude(size: f64) -> i32 {
    // A step of 1 may be a little less.
    (size.max(1e-300).log10() + 1e-9).floor() as i32
}

fn step_for(low: f64, high: f64, ticks: f64) -> f64 {
    step_near((high / 2.0 - low / 2.0) / ticks.max(1.0) * 2.0)
}

/// 1, 2 or 5 times a power of ten, not below the wish.
fn step_near(wish: f64) -> f64 {
    let wish = wish.clamp(1e-300, 1e308);
    let power = 10f64.powf(wish.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= wish * 0.999).unwrap_or(wish)
}

/// The moments to label between two instants, at most about so many, in nanoseconds. They are in steps of clocks, where a
/// zone is given; else in those that people count in.
#[must_use]
pub fn moments(from: i64, to: i64, zone_seconds: Option<i64>, about: f64) -> (Vec<i64>, usize) {
    const SECOND: i64 = 1_000_000_000;
    const LONG: [i64; 14] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 21_600];
    let wish = (to.saturating_sub(from) as f64 / about.max(1.0)).max(1.0);
    let step = if wish < SECOND as f64 || zone_seconds.is_none() {
        step_near(wish) as i64
    } else {
        let long = LONG.into_iter().map(|seconds| seconds * SECOND).find(|step| *step as f64 >= wish);
        long.unwrap_or_else(|| (wish / (86_400.0 * 1e9)).ceil() as i64 * 86_400 * SECOND)
    }
    .max(1);
    let zone = zone_seconds.unwrap_or_default().saturating_mul(SECOND);
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
        let small = [(0.0, 1.0), (-3.2, 11.7), (89.9, 91.3), (1e-6, 2e-6), (5.0, 5.0), (0.0, 0.0), (-1e12, 1e12)];
        let wide = [(5.0 - 1e-12, 5.0 + 1e-12), (1e300, 3e300), (-1e300, 1e-300), (f64::MIN, f64::MAX), (0.0, 1e-290)];
        for (min, max) in small.into_iter().chain(wide) {
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
    fn f21_numbers_that_differ_by_little_are_told_apart_and_so_are_their_ticks() {
        let (low, high) = (5.0 - 1e-12, 5.0 + 1e-12);
        let scale = Scale::around(low, high, 4.0);
        assert!(scale.fraction(low) < 0.15 && scale.fraction(high) > 0.85, "{scale:?}");
        assert!((scale.fraction(5.0) - 0.5).abs() < 0.01, "{scale:?}");
        assert_eq!(scale.offset().as_deref(), Some("5"));
        let labels = |scale: Scale| scale.ticks().map(|tick| scale.label(tick)).collect::<Vec<_>>();
        assert_eq!(
            labels(scale),
            ["\u{2212}1e\u{2212}12", "\u{2212}5e\u{2212}13", "0", "+5e\u{2212}13", "+1e\u{2212}12"]
        );
        let counter = Scale::fixed(1_700_000_000.0, 1_700_000_020.0, 4.0);
        assert_eq!(counter.offset().as_deref(), Some("1700000000"));
        assert_eq!(labels(counter), ["0", "+5", "+10", "+15", "+20"]);
        assert_eq!(Scale::fixed(1e300, 1.000_02e300, 4.0).offset().as_deref(), Some("1e300"));
        for scale in [Scale::fixed(0.0, 1.0, 4.0), Scale::fixed(-1e300, 1e300, 4.0), Scale::fixed(1999.0, 2001.0, 4.0)]
        {
            assert_eq!(scale.offset(), None, "{scale:?}");
            let mut all = labels(scale);
            all.dedup();
            assert_eq!(all.len(), labels(scale).len(), "{all:?}");
        }
    }

    #[test]
    fn f21_the_widest_range_has_room_for_every_number() {
        let scale = Scale::around(f64::MIN, f64::MAX, 4.0);
        for (value, part) in [(f64::MIN, 0.0), (0.0, 0.5), (f64::MAX, 1.0)] {
            assert!((scale.fraction(value) - part).abs() < 1e-9, "{value}");
        }
        assert!(Scale::fixed(0.0, 1e-310, 4.0).fraction(1e-310).is_finite(), "of ends next to one another, too");
        assert!(scale.ticks().all(f64::is_finite) && scale.ticks().count() > 2, "{scale:?}");
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
        let (at, decimals) = moments(1_500_000_000, 31_500_000_000, Some(0), 6.0);
        assert_eq!(at, [5, 10, 15, 20, 25, 30].map(|second| second * 1_000_000_000));
        assert_eq!(decimals, 0);
        let (at, decimals) = moments(0, 100_000_000, Some(0), 5.0);
        assert_eq!(at.first(), Some(&20_000_000));
        assert_eq!(decimals, 2);
    }
}
