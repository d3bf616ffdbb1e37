//! Spectra.

use super::figures::newest;
use crate::Session;
use crate::query::{FieldId, Spectrum};
use rustfft::algorithm::Radix4;
use rustfft::num_complex::Complex;
use rustfft::{Fft as _, FftDirection};
use std::f64::consts::TAU;
use store::{Table, Time, TimeBase};

/// Samples transformed at most, and at least.
const MAX_SAMPLES: usize = 16_384;
const MIN_SAMPLES: usize = 8;

impl Session {
    /// `None` where there are too few samples.
    pub(super) fn spectrum(&self, base: TimeBase, field: FieldId, (from, to): (Time, Time)) -> Option<Spectrum> {
        let table = self.data.store.tables().get(usize::from(field.table))?;
        let (times, numbers, all) = run(base, table, usize::from(field.field), from, to);
        let rate_hz = rate(&times)?;
        Some(spectrum(&numbers, rate_hz, all.saturating_sub(numbers.len() as u64)))
    }
}

/// The newest samples of a span without a gap among them, and how many samples were looked at.
fn run(base: TimeBase, table: &Table, field: usize, from: Time, to: Time) -> (Vec<i64>, Vec<f64>, u64) {
    // Rows without this field are passed over, so there may be more of them than samples wanted.
    let rows = newest(table.rows_within_by(base, from..to), 8 * MAX_SAMPLES as u64);
    let mut rows_of = Vec::new();
    let (mut times, mut numbers) = (Vec::new(), Vec::new());
    table.numbers_by(base, field, rows, |row, time, number| {
        rows_of.push(row);
        times.push(time.0);
        numbers.push(number);
    });
    let all = numbers.len() as u64;
    let start = numbers.len().saturating_sub(MAX_SAMPLES);
    // From the newest back to the first that is not joined to the one before it.
    let begin = (start.saturating_add(1)..numbers.len())
        .rev()
        .find(|at| rows_of.get(*at).is_some_and(|row| table.is_broken(field, *row)))
        .unwrap_or(start);
    times.drain(..begin);
    numbers.drain(..begin);
    (times, numbers, all)
}

/// Samples per second: the slope of the line through number and time that fits best. Single times are those of chunks.
/// `None` where there are too few, or no time passes.
fn rate(times: &[i64]) -> Option<f64> {
    let (first, count) = (*times.first()?, times.len());
    if count < MIN_SAMPLES {
        return None;
    }
    let middle = (count as f64 - 1.0) / 2.0;
    let (mut products, mut squares) = (0.0, 0.0);
    for (index, time) in times.iter().enumerate() {
        let apart = index as f64 - middle;
        products += apart * (time.saturating_sub(first) as f64 / 1e9);
        squares += apart * apart;
    }
    let interval = products / squares;
    (interval > 0.0).then(|| 1.0 / interval)
}

/// The amplitudes of equally spaced samples: their mean taken away, a periodic Hann window, zeros up to a power of two.
fn spectrum(numbers: &[f64], rate_hz: f64, unused: u64) -> Spectrum {
    let count = numbers.len();
    // Squares of very large numbers are infinite, those of very small ones nothing. A power of two changes no digit.
    let unit = power_of_two(numbers.iter().fold(0.0, |top, number| number.abs().max(top)));
    let numbers: Vec<f64> = numbers.iter().map(|number| number / unit).collect();
    // From the first on: numbers far from zero would lose what they differ by.
    let first = numbers.first().copied().unwrap_or(0.0);
    let mean = first + numbers.iter().map(|number| number - first).sum::<f64>() / count as f64;
    let size = count.next_power_of_two();
    let mut window_sum = 0.0;
    let windowed = numbers.iter().enumerate().map(|(index, number)| {
        let weight = 0.5 - 0.5 * (TAU * index as f64 / count as f64).cos();
        window_sum += weight;
        (number - mean) * weight
    });
    let windowed: Vec<f64> = windowed.collect();
    let mut buffer: Vec<Complex<f64>> = windowed.iter().map(|number| Complex::new(*number, 0.0)).collect();
    buffer.resize(size, Complex::new(0.0, 0.0));
    Radix4::new(size, FftDirection::Forward).process(&mut buffer);
    let half = size / 2;
    let exact: Vec<f64> = buffer.iter().take(half.saturating_add(1)).map(|bin| 2.0 * bin.norm() / window_sum).collect();
    let step_hz = rate_hz / size as f64;
    let sized = |amplitude: f64| (amplitude * unit).min(f64::MAX);
    let amplitudes = exact.iter().map(|amplitude| sized(*amplitude)).collect();
    let between = |at: f64| 2.0 * amplitude_at(&windowed, at / size as f64) / window_sum;
    let peak = peak(&exact, between).map(|(at, amplitude)| (at * step_hz, sized(amplitude)));
    Spectrum { rate_hz, used: count as u64, unused, step_hz, peak, amplitudes }
}

/// A power of two near a number that is not negative; 1 for zero.
fn power_of_two(size: f64) -> f64 {
    // The exponent alone: a number without its digits (IEEE 754, binary64). Subnormal numbers have none of their own.
    let power = f64::from_bits(size.to_bits() & 0x7ff0_0000_0000_0000);
    if power > 0.0 && power.is_finite() {
        power
    } else if size > 0.0 {
        f64::MIN_POSITIVE
    } else {
        1.0
    }
}

/// The size of the transform of samples at a frequency, in turns from one sample to the next.
fn amplitude_at(numbers: &[f64], turns: f64) -> f64 {
    let (sine, cosine) = (-TAU * turns).sin_cos();
    let step = Complex::new(cosine, sine);
    let mut sum = Complex::new(0.0, 0.0);
    // Turned step by step, and set right now and then: each step rounds.
    for (chunk, numbers) in numbers.chunks(256).enumerate() {
        let (sine, cosine) = (-TAU * turns * (chunk * 256) as f64).sin_cos();
        let mut turned = Complex::new(cosine, sine);
        for number in numbers {
            sum += turned * *number;
            turned *= step;
        }
    }
    sum.norm()
}

/// The largest amplitude beyond 0 Hz and its place in steps: the parabola through the logarithms of the largest and its
/// neighbours leads near it, and one through what is there to it.
fn peak(amplitudes: &[f64], between: impl Fn(f64) -> f64) -> Option<(f64, f64)> {
    let inner = amplitudes.iter().enumerate().skip(1);
    let (at, top) = inner.fold((0, 0.0), |best, (at, value)| if *value > best.1 { (at, *value) } else { best });
    if top <= 0.0 {
        return None;
    }
    let log =
        |at: Option<usize>| at.and_then(|at| amplitudes.get(at)).filter(|value| **value > 0.0).map(|value| value.ln());
    let sides = log(at.checked_sub(1)).zip(log(at.checked_add(1)));
    let middle = top.ln();
    let top_of = |left: f64, middle: f64, right: f64| {
        let bend = left - 2.0 * middle + right;
        if bend < 0.0 { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) } else { 0.0 }
    };
    let Some((left, right)) = sides else { return Some((at as f64, top)) };
    let near = at as f64 + top_of(left, middle, right);
    let [left, middle, right] = [near - NEAR, near, near + NEAR].map(&between);
    let found = near + NEAR * top_of(left, middle, right);
    Some((found, between(found)))
}

/// How far beside a peak its form is looked at, in steps.
const NEAR: f64 = 0.1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_the_samples_however_they_come_in_chunks() {
        let times: Vec<i64> = (0..1000).map(|index| index / 7 * 7 * 10_000_000).collect();
        let found = rate(&times).unwrap_or_default();
        assert!((found - 100.0).abs() < 0.05, "{found}");
        assert_eq!(rate(&[5; 100]), None);
        assert_eq!(rate(&[1, 2, 3]), None);
    }

    #[test]
    fn a_sine_between_two_steps_is_found_with_its_amplitude() {
        let numbers: Vec<f64> =
            (0..1000).map(|index| 7.0 + 3.0 * (TAU * 12.345 * index as f64 / 1000.0).sin()).collect();
        let (hertz, amplitude) = spectrum(&numbers, 1000.0, 0).peak.unwrap_or_default();
        assert!((hertz - 12.345).abs() < 0.005 && (amplitude - 3.0).abs() < 0.003, "{hertz} Hz, {amplitude}");
        let numbers: Vec<f64> = (0..2000).map(|index| 3.0 * (TAU * 5.0 * f64::from(index) / 100.0).sin()).collect();
        let (hertz, amplitude) = spectrum(&numbers, 100.0, 0).peak.unwrap_or_default();
        assert!((hertz - 5.0).abs() < 0.0005 && (amplitude - 3.0).abs() < 0.003, "{hertz} Hz, {amplitude}");
        assert_eq!(spectrum(&[5.0; 64], 1.0, 0).peak, None, "nothing rises");
    }

    #[test]
    fn f21_the_size_of_the_numbers_changes_nothing_but_the_amplitudes() {
        let wave = |index: i32| (TAU * 12.5 * f64::from(index) / 1000.0).sin();
        for (middle, size) in [(0.0, 1e300), (1e308, 7e307), (0.0, 1e-300), (5.0, 1e-12), (0.0, 1e-310)] {
            let numbers: Vec<f64> = (0..1024).map(|index| middle + size * wave(index)).collect();
            let found = spectrum(&numbers, 1000.0, 0);
            let (hertz, amplitude) = found.peak.unwrap_or_default();
            assert!((hertz - 12.5).abs() < 0.05, "{size}: {hertz} Hz");
            assert!((amplitude / size - 1.0).abs() < 0.04, "{size}: {amplitude}");
            assert!(found.amplitudes.iter().all(|amplitude| amplitude.is_finite()), "{size}");
        }
    }
}
