//! A sine and its cosine as a rotating pointer, and some noise.

pub struct Generator {
    /// V.
    pub amplitude: f32,
    /// Hz.
    pub frequency: f32,
    x: f32,
    y: f32,
    random: u32,
}

impl Generator {
    pub fn new() -> Self {
        Self { amplitude: 1.0, frequency: 0.5, x: 1.0, y: 0.0, random: 0x2545_F491 }
    }

    /// Turns the pointer by the time that passed, in s; returns sine and cosine in V.
    pub fn advance(&mut self, seconds: f32) -> (f32, f32) {
        // Small steps keep the two terms of the series good enough: an angle under 0.1 is wrong by less than 1e-7.
        let mut angle = core::f32::consts::TAU * self.frequency * seconds;
        while angle > 0.0 {
            let step = angle.min(0.1);
            angle -= step;
            let square = step * step;
            let (sine, cosine) = (step * (1.0 - square / 6.0), 1.0 - square / 2.0 * (1.0 - square / 12.0));
            (self.x, self.y) = (self.x * cosine - self.y * sine, self.x * sine + self.y * cosine);
            // Back to length 1: one step of Newton's method, enough for the error of one turn.
            let stretch = 1.5 - 0.5 * (self.x * self.x + self.y * self.y);
            (self.x, self.y) = (self.x * stretch, self.y * stretch);
        }
        (self.amplitude * self.y, self.amplitude * self.x)
    }

    /// Between -0.05 and 0.05 V (Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003).
    pub fn noise(&mut self) -> f32 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 17;
        self.random ^= self.random << 5;
        ((self.random >> 8) as f32 / 16_777_216.0 - 0.5) * 0.1
    }
}
