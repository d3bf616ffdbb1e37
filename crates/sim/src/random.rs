//! Pseudo-random numbers that are the same everywhere.

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator; equal seeds give equal numbers.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `limit`; 0 if `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.bits().checked_rem(limit).unwrap_or(0)
    }

    /// A random byte.
    pub fn byte(&mut self) -> u8 {
        self.bits().to_le_bytes()[0]
    }

    /// A number near 0 with standard deviation 1, never beyond ±6 (Irwin–Hall: twelve uniform numbers).
    pub fn noise(&mut self) -> f64 {
        let sum: u32 = (0..3)
            .map(|_| {
                let [a, b, c, d, e, f, g, h] = self.bits().to_le_bytes();
                [[a, b], [c, d], [e, f], [g, h]].iter().map(|two| u32::from(u16::from_le_bytes(*two))).sum::<u32>()
            })
            .sum();
        f64::from(sum) / 65536.0 - 6.0
    }
}
