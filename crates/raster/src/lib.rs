//! Plots as pixels: what a plot has thousands of, grid and series, is drawn here, by plain code. A browser without a GPU
//! takes many times longer to stroke the same lines, and no two browsers colour the same pixels.
//!
//! A series has a [`Column`] for each pixel of the screen: first, smallest, largest and last value. A line through these
//! covers the same pixels as one through every sample (Jugel et al., "M4", VLDB 2014). A [`Picture`] remembers what it
//! showed: where the next scene has moved on by whole columns, the pixels are moved, and only columns that changed are
//! drawn again. What comes out is always, to the pixel, what a new picture would show; a property test compares the two.
#![no_std]
extern crate alloc;

mod change;
mod colour;
mod hull;
mod line;
mod part;
mod picture;
mod scene;

pub use colour::Rgb;
pub use picture::Picture;
pub use scene::{Beside, Ends, Lane, Line, Scene};
pub use store::EnvelopeColumn as Column;

/// A length or place in whole pixels, towards zero; what is beyond the range, or no number, is at its end.
#[expect(clippy::cast_possible_truncation, reason = "it saturates, and that is what is wanted")]
#[inline]
pub(crate) fn whole(pixels: f64) -> i32 {
    pixels as i32
}

/// The same as an index; nothing is before the first.
#[inline]
pub(crate) fn index(pixels: f64) -> usize {
    usize::try_from(whole(pixels).max(0)).unwrap_or(0)
}

/// The first whole pixel not before a place that is not negative.
#[inline]
pub(crate) fn above(pixels: f64) -> usize {
    let below = index(pixels);
    if f64::from(u32::try_from(below).unwrap_or(u32::MAX)) < pixels { below.saturating_add(1) } else { below }
}
