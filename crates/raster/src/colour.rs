//! Colours, and how one covers another.

/// A colour, opaque: red, green, blue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// A pixel as a canvas takes it: red, green, blue, alpha, in that order in memory.
pub(crate) type Pixel = u32;

impl Rgb {
    #[inline]
    pub(crate) fn pixel(self) -> Pixel {
        let [red, green, blue] = self.0;
        Pixel::from_le_bytes([red, green, blue, 255])
    }

    /// This colour over a pixel, covering a part of it: 0 nothing, 1 all.
    #[inline]
    pub(crate) fn over(self, pixel: Pixel, part: f64) -> Pixel {
        let part = crate::whole(part * 256.0).clamp(0, 256);
        let [red, green, blue, _] = pixel.to_le_bytes();
        let mix = |new: u8, old: u8| {
            let mixed = i32::from(old) + (((i32::from(new) - i32::from(old)) * part) >> 8);
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        let [r, g, b] = self.0;
        Pixel::from_le_bytes([mix(r, red), mix(g, green), mix(b, blue), 255])
    }
}
