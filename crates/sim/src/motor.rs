//! The machine behind the drive: a permanent-magnet motor with a speed controller, a load and some heat.
//!
//! Only sums, products and quotients, so that every machine computes the same bits.

use crate::random::Random;

/// Speeds the drive accepts, in r/min.
pub(crate) const SPEED_MAX: f64 = 3000.0;
/// The current the controller may ask for, in A.
pub(crate) const CURRENT_MAX: f64 = 8.0;

const TORQUE_PER_AMPERE: f64 = 0.055; // N.m/A
const VOLT_PER_SPEED: f64 = 20.0 / 3000.0; // V per r/min
const RESISTANCE: f64 = 0.4; // Ohm
const INERTIA: f64 = 1.2e-4; // N.m per (r/min)/s
const FRICTION: f64 = 2.0e-5; // N.m per r/min
const RAMP: f64 = 900.0; // r/min per s
const STEP: f64 = 0.002; // s: the longest the integration takes at once

/// Programme of the automatic mode: seconds, speed in r/min, load torque in N.m.
const PROGRAMME: &[(f64, f64, f64)] = &[
    (6.0, 1200.0, 0.05),
    (5.0, 1800.0, 0.05),
    (6.0, 1800.0, 0.28),
    (5.0, 600.0, 0.12),
    (4.0, 2400.0, 0.08),
    (6.0, 2400.0, 0.22),
    (5.0, 900.0, 0.18),
    (3.0, 0.0, 0.0),
];

/// What the drive is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Idle,
    Ramping,
    Running,
}

#[derive(Clone, Debug)]
pub(crate) struct Motor {
    pub(crate) target: f64,
    pub(crate) set: f64,
    pub(crate) speed: f64,
    pub(crate) i_q: f64,
    pub(crate) load: f64,
    pub(crate) winding: f64,
    pub(crate) board: f64,
    pub(crate) ambient: f64,
    pub(crate) automatic: bool,
    integral: f64,
    phase: usize,
    phase_left: f64,
}

impl Motor {
    pub(crate) fn new() -> Self {
        Self {
            target: 0.0,
            set: 0.0,
            speed: 0.0,
            i_q: 0.0,
            load: 0.0,
            winding: 31.0,
            board: 29.0,
            ambient: 23.5,
            automatic: true,
            integral: 0.0,
            phase: PROGRAMME.len(),
            phase_left: 0.0,
        }
    }

    /// Lets `seconds` pass. Returns what the programme began, if it began something.
    pub(crate) fn advance(&mut self, seconds: f64, random: &mut Random) -> Option<String> {
        let news = self.follow_programme(seconds);
        let mut left = seconds.clamp(0.0, 1.0);
        while left > 0.0 {
            let dt = left.min(STEP);
            self.step(dt, random);
            left -= dt;
        }
        news
    }

    fn follow_programme(&mut self, seconds: f64) -> Option<String> {
        if !self.automatic {
            return None;
        }
        self.phase_left -= seconds;
        if self.phase_left > 0.0 {
            return None;
        }
        self.phase = if self.phase >= PROGRAMME.len().saturating_sub(1) { 0 } else { self.phase.saturating_add(1) };
        let (length, speed, load) = *PROGRAMME.get(self.phase)?;
        let text = if (speed - self.target).abs() > 0.5 {
            format!("programme: speed {speed} r/min")
        } else {
            format!("programme: load {load} N.m")
        };
        (self.phase_left, self.target, self.load) = (length, speed, load);
        Some(text)
    }

    fn step(&mut self, dt: f64, random: &mut Random) {
        let towards = (self.target - self.set).clamp(-RAMP * dt, RAMP * dt);
        self.set += towards;
        let error = self.set - self.speed;
        self.integral = (self.integral + error * 0.08 * dt).clamp(-CURRENT_MAX, CURRENT_MAX);
        self.i_q = (error * 0.03 + self.integral).clamp(-CURRENT_MAX, CURRENT_MAX);
        let turbulence = random.noise() * 0.004;
        let opposing = if self.speed > 1.0 { self.load + turbulence } else { 0.0 };
        let torque = self.i_q * TORQUE_PER_AMPERE - opposing - self.speed * FRICTION;
        self.speed += torque / INERTIA * dt;
        let loss = self.i_q * self.i_q * RESISTANCE;
        self.winding += (self.ambient + 8.0 + loss * 4.0 - self.winding) * dt / 45.0;
        self.board += (self.ambient + 5.0 + loss * 1.2 - self.board) * dt / 30.0;
        self.ambient += (23.5 - self.ambient) * dt / 200.0 + random.noise() * 0.0004;
    }

    pub(crate) fn torque(&self) -> f64 {
        self.i_q * TORQUE_PER_AMPERE
    }

    /// Share of the bus voltage at the motor, 0 to 1.
    pub(crate) fn duty(&self) -> f64 {
        ((self.speed * VOLT_PER_SPEED + self.i_q * RESISTANCE) / 24.0).clamp(0.0, 1.0)
    }

    pub(crate) fn state(&self) -> State {
        if (self.set - self.target).abs() > 0.5 {
            State::Ramping
        } else if self.target == 0.0 && self.speed.abs() < 5.0 {
            State::Idle
        } else {
            State::Running
        }
    }
}
