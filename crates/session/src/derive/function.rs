//! The functions of expressions.

use super::expression::truth;

/// What a function keeps from one sample to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Memory {
    begun: bool,
    clock: f64,
    value: f64,
    result: f64,
}

/// One row of [`FUNCTIONS`].
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    /// How it is written.
    pub(super) usage: &'static str,
    pub(super) takes: usize,
    /// Which of its values must be above 0, if it is always the same number.
    pub(super) positive: Option<usize>,
    /// Whether it keeps anything.
    pub(super) remembers: bool,
    /// Whether it is asked also where a value of its is missing, as it may do without; else nothing comes of it.
    pub(super) asks: bool,
    /// Its values, the time in seconds, what it keeps.
    pub(super) act: fn(&[f64], f64, &mut Memory) -> f64,
}

impl Function {
    /// Its result; none where a value is missing that it needs, and then it keeps nothing either.
    pub(super) fn call(&self, values: &[f64], seconds: f64, memory: &mut Memory) -> f64 {
        if !self.asks && values.iter().any(|value| value.is_nan()) {
            return f64::NAN;
        }
        (self.act)(values, seconds, memory)
    }
}

macro_rules! plain {
    ($name:literal, $act:expr) => {
        Function {
            name: $name,
            usage: concat!($name, "(x)"),
            takes: 1,
            positive: None,
            remembers: false,
            asks: false,
            act: |x, _, _| {
                let act: fn(f64) -> f64 = $act;
                x.first().map_or(f64::NAN, |x| act(*x))
            },
        }
    };
    ($name:literal, $usage:literal, $takes:literal, $act:expr) => {
        plain!($name, $usage, $takes, false, $act)
    };
    ($name:literal, $usage:literal, $takes:literal, $asks:literal, $act:expr) => {
        Function {
            name: $name,
            usage: $usage,
            takes: $takes,
            positive: None,
            remembers: false,
            asks: $asks,
            act: |x, _, _| {
                let act: fn([f64; $takes]) -> f64 = $act;
                x.first_chunk().map_or(f64::NAN, |x| act(*x))
            },
        }
    };
}

/// Functions that know time: with the arrival's, or with a clock of the device's own as last value.
macro_rules! timed {
    ($name:literal, $usage:literal, $takes:literal, $act:expr) => {
        timed!($name, $usage, $takes, None, $act)
    };
    ($name:literal, $usage:literal, $takes:literal, $positive:expr, $act:expr) => {
        Function {
            name: $name,
            usage: $usage,
            takes: $takes,
            positive: $positive,
            remembers: true,
            asks: false,
            act: |x, seconds, memory| {
                let act: fn([f64; $takes], f64, &mut Memory) -> f64 = $act;
                x.first_chunk().map_or(f64::NAN, |x| act(*x, seconds, memory))
            },
        }
    };
}

/// Every function; one that can be written in two ways stands twice, one after the other.
pub(super) static FUNCTIONS: &[Function] = &[
    plain!("abs", f64::abs),
    plain!("sqrt", f64::sqrt),
    plain!("exp", f64::exp),
    plain!("ln", f64::ln),
    plain!("log10", f64::log10),
    plain!("sin", f64::sin),
    plain!("cos", f64::cos),
    plain!("tan", f64::tan),
    plain!("asin", f64::asin),
    plain!("acos", f64::acos),
    plain!("atan", f64::atan),
    plain!("atan2", "atan2(y, x)", 2, |[y, x]| y.atan2(x)),
    plain!("hypot", "hypot(x, y)", 2, |[x, y]| x.hypot(y)),
    plain!("round", f64::round),
    plain!("floor", f64::floor),
    plain!("ceil", f64::ceil),
    plain!("sign", |x| if x == 0.0 { 0.0 } else { x.signum() }),
    plain!("min", "min(a, b)", 2, |[a, b]| a.min(b)),
    plain!("max", "max(a, b)", 2, |[a, b]| a.max(b)),
    plain!("clamp", "clamp(x, low, high)", 3, |[x, low, high]| x.max(low).min(high)),
    // Of the two that it chooses from, the other may be missing.
    plain!("if", "if(condition, then, else)", 3, true, |[is, then, or]| match is {
        is if is.is_nan() => f64::NAN,
        0.0 => or,
        _ => then,
    }),
    plain!("bit", "bit(x, number)", 2, |[x, number]| match (x / number.exp2()).floor() % 2.0 {
        bit if bit.is_nan() => f64::NAN,
        bit => truth(bit != 0.0),
    }),
    plain!("known", "known(x)", 1, true, |[x]| truth(!x.is_nan())),
    plain!("coalesce", "coalesce(x, instead)", 2, true, |[x, instead]| if x.is_nan() { instead } else { x }),
    timed!("delta", "delta(x)", 1, |[x], _, memory| {
        let before = memory.next(x, 0.0);
        before.map_or(f64::NAN, |(value, _)| x - value)
    }),
    timed!("rate", "rate(x)", 1, |[x], seconds, memory| memory.rate(x, seconds)),
    timed!("rate", "rate(x, clock)", 2, |[x, clock], _, memory| memory.rate(x, clock)),
    timed!("average", "average(x, seconds)", 2, Some(1), |[x, span], seconds, memory| memory.average(x, span, seconds)),
    timed!("average", "average(x, span, clock)", 3, Some(1), |[x, span, clock], _, memory| memory
        .average(x, span, clock)),
    timed!("integral", "integral(x)", 1, |[x], seconds, memory| memory.integral(x, seconds)),
    timed!("integral", "integral(x, clock)", 2, |[x, clock], _, memory| memory.integral(x, clock)),
    timed!("unwrap", "unwrap(x, modulus)", 2, Some(1), |[x, modulus], _, memory| memory.unwrap(x, modulus)),
];

impl Memory {
    /// The value and the clock before these, which are kept.
    fn next(&mut self, value: f64, clock: f64) -> Option<(f64, f64)> {
        let before = self.begun.then_some((self.value, self.clock));
        (self.begun, self.value, self.clock) = (true, value, clock);
        before
    }

    /// Samples that came at one instant share its rate: what came together says nothing of the time between. A clock
    /// that went back (the device restarted, or its counter wrapped) says nothing of it either.
    fn rate(&mut self, x: f64, clock: f64) -> f64 {
        if self.begun && (clock - self.clock).abs() == 0.0 {
            return self.result;
        }
        self.result = match self.next(x, clock) {
            Some((value, before)) if clock > before => (x - value) / (clock - before),
            _ => f64::NAN,
        };
        self.result
    }

    /// Of the first order: an old value counts 1/e after `span`.
    fn average(&mut self, x: f64, span: f64, clock: f64) -> f64 {
        if clock.is_nan() {
            return f64::NAN;
        }
        self.result = match self.next(x, clock) {
            Some((_, before)) if span > 0.0 => {
                let share = 1.0 - (-(clock - before).max(0.0) / span).exp();
                self.result + share * (x - self.result)
            }
            _ => x,
        };
        self.result
    }

    /// By trapezoids; a clock that goes back adds nothing.
    fn integral(&mut self, x: f64, clock: f64) -> f64 {
        if clock.is_nan() {
            return f64::NAN;
        }
        if let Some((value, before)) = self.next(x, clock) {
            self.result += 0.5 * (x + value) * (clock - before).max(0.0);
        }
        self.result
    }

    /// Goes on where a counter begins again at 0; a step back by less than half the modulus is a step back.
    fn unwrap(&mut self, x: f64, modulus: f64) -> f64 {
        let step = self.next(x, 0.0).map_or(x, |(value, _)| {
            let step = x - value;
            if step < -modulus / 2.0 {
                step + modulus
            } else if step > modulus / 2.0 {
                step - modulus
            } else {
                step
            }
        });
        self.result += step;
        self.result
    }
}
