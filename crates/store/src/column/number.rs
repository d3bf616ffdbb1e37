//! Numeric cells with the smallest and largest of every block.

use crate::segment::BLOCK;
use alloc::{collections::TryReserveError, vec::Vec};

/// A type of cell that can be compared and drawn.
pub(crate) trait Number: Copy + PartialOrd + Default {
    /// Not greater than any other.
    const LEAST: Self;
    /// Not smaller than any other.
    const GREATEST: Self;
    /// What compares in the same order and in vector registers: WebAssembly compares only signed 64-bit lanes.
    type Key: Copy + PartialOrd;
    fn key(self) -> Self::Key;
    fn from_key(key: Self::Key) -> Self;
    /// Whether it is neither NaN nor infinite.
    fn is_finite(self) -> bool;
    /// For drawing; rounds to nearest where 53 bits are too few.
    fn to_f64(self) -> f64;
}

macro_rules! number {
    ($($type:ty: $least:expr, $greatest:expr, $to_key:ident -> $key:ident -> $from_key:ident, $cell:ident => $to_f64:expr, $finite:expr;)*) => {$(
        impl Number for $type {
            const LEAST: Self = $least;
            const GREATEST: Self = $greatest;
            type Key = $key;
            #[inline]
            fn key(self) -> $key {
                $to_key(self)
            }
            #[inline]
            fn from_key(key: $key) -> Self {
                $from_key(key)
            }
            #[inline]
            fn is_finite(self) -> bool {
                let $cell = self;
                $finite
            }
            #[inline]
            fn to_f64(self) -> f64 {
                let $cell = self;
                $to_f64
            }
        }
    )*};
}

number! {
    bool: false, true, same -> bool -> same, cell => f64::from(u8::from(cell)), finite(cell);
    i64: i64::MIN, i64::MAX, same -> i64 -> same, cell => cell as f64, finite(cell);
    u64: u64::MIN, u64::MAX, signed -> i64 -> unsigned, cell => cell as f64, finite(cell);
    f32: f32::NEG_INFINITY, f32::INFINITY, same -> f32 -> same, cell => f64::from(cell), cell.is_finite();
    f64: f64::NEG_INFINITY, f64::INFINITY, same -> f64 -> same, cell => cell, cell.is_finite();
}

/// Every integer is.
#[inline]
fn finite<T>(_: T) -> bool {
    true
}

#[inline]
fn same<T>(cell: T) -> T {
    cell
}

/// With its highest bit flipped, so that signed order is unsigned order.
#[inline]
fn signed(cell: u64) -> i64 {
    (cell ^ (1 << 63)).cast_signed()
}

#[inline]
fn unsigned(key: i64) -> u64 {
    key.cast_unsigned() ^ (1 << 63)
}

/// Whether it cannot be drawn: NaN, or infinite.
#[inline]
pub(crate) fn is_odd<T: Number>(cell: T) -> bool {
    !cell.is_finite()
}

/// Smallest and largest of some cells, NaN and Null left out. Empty where `min > max`. What is drawn leaves out the
/// infinite as well.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent<T> {
    pub(crate) min: T,
    pub(crate) max: T,
}

impl<T: Number> Extent<T> {
    pub(crate) const EMPTY: Self = Self { min: T::GREATEST, max: T::LEAST };

    pub(crate) fn is_empty(&self) -> bool {
        self.min > self.max
    }

    #[inline]
    pub(crate) fn add(&mut self, cell: T) {
        // Every comparison with NaN is false, which leaves it out.
        self.min = lesser(cell, self.min);
        self.max = greater(cell, self.max);
    }

    /// Adds a cell that can be drawn.
    #[inline]
    pub(crate) fn add_drawn(&mut self, cell: T) {
        if cell.is_finite() {
            self.add(cell);
        }
    }

    #[inline]
    pub(crate) fn join(&mut self, other: Self) {
        self.min = lesser(other.min, self.min);
        self.max = greater(other.max, self.max);
    }

    /// Of a run of cells.
    #[inline]
    pub(crate) fn of(cells: &[T]) -> Self {
        let Some(end) = cells.last_chunk::<LANES>() else {
            let mut all = Self::EMPTY;
            cells.iter().for_each(|cell| all.add(*cell));
            return all;
        };
        // The chunks and the last cells overlap, which changes neither smallest nor largest.
        let [[a, b, c, d, e, f, g, h], max] = lanes(cells.as_chunks::<LANES>().0, end);
        let min = lesser(lesser(lesser(a, b), lesser(c, d)), lesser(lesser(e, f), lesser(g, h)));
        let [a, b, c, d, e, f, g, h] = max;
        let max = greater(greater(greater(a, b), greater(c, d)), greater(greater(e, f), greater(g, h)));
        Self { min, max }
    }
}

/// The first if it is smaller than the second, else the second: a NaN in the first is passed over.
#[inline]
fn lesser<T: PartialOrd>(a: T, b: T) -> T {
    if a < b { a } else { b }
}

/// The first if it is larger than the second, else the second: a NaN in the first is passed over.
#[inline]
fn greater<T: PartialOrd>(a: T, b: T) -> T {
    if a > b { a } else { b }
}

const LANES: usize = 8;

/// Smallest and largest of each lane. A function of its own that returns arrays, because then the compiler uses vector
/// registers; inlined it does not.
#[inline(never)]
fn lanes<T: Number>(chunks: &[[T; LANES]], end: &[T; LANES]) -> [[T; LANES]; 2] {
    let (mut min, mut max) = ([T::GREATEST.key(); LANES], [T::LEAST.key(); LANES]);
    for chunk in chunks {
        for (lane, cell) in min.iter_mut().zip(chunk) {
            *lane = lesser(cell.key(), *lane);
        }
        for (lane, cell) in max.iter_mut().zip(chunk) {
            *lane = greater(cell.key(), *lane);
        }
    }
    for (lane, cell) in min.iter_mut().zip(end) {
        *lane = lesser(cell.key(), *lane);
    }
    for (lane, cell) in max.iter_mut().zip(end) {
        *lane = greater(cell.key(), *lane);
    }
    [min.map(T::from_key), max.map(T::from_key)]
}

/// The cells of one column in one segment.
#[derive(Clone, Debug)]
pub(crate) struct Numbers<T> {
    pub(crate) cells: Vec<T>,
    /// One for every complete block, of what can be drawn.
    pub(crate) blocks: Vec<Extent<T>>,
    /// Of all complete blocks, of what can be drawn.
    pub(crate) drawn: Extent<T>,
    /// Of all complete blocks, the infinite too.
    pub(crate) whole: Extent<T>,
}

impl<T: Number> Numbers<T> {
    pub(crate) const fn new() -> Self {
        Self { cells: Vec::new(), blocks: Vec::new(), drawn: Extent::EMPTY, whole: Extent::EMPTY }
    }

    /// Makes room for `rows` cells in all.
    pub(crate) fn reserve(&mut self, rows: usize) -> Result<(), TryReserveError> {
        self.cells.try_reserve_exact(rows.saturating_sub(self.cells.len()))?;
        self.blocks.try_reserve_exact((rows / BLOCK).saturating_sub(self.blocks.len()))
    }

    /// Appends if there is room; never allocates.
    #[inline]
    pub(crate) fn push(&mut self, cell: T) -> bool {
        let room = self.cells.len() < self.cells.capacity();
        if room {
            self.cells.push(cell);
        }
        room
    }

    /// Summarises the block that has just become complete; `nulls` has a bit for each Null in it. Returns whether
    /// something in it cannot be drawn.
    pub(crate) fn end_block(&mut self, nulls: u64) -> bool {
        let start = self.blocks.len().saturating_mul(BLOCK);
        let Some(cells) = self.cells.get(start..start.saturating_add(BLOCK)) else { return false };
        let odd = cells.iter().fold(false, |any, cell| any | is_odd(*cell));
        if nulls == 0 && !odd {
            let extent = Extent::of(cells);
            self.drawn.join(extent);
            self.whole.join(extent);
            self.blocks.push(extent);
            return false;
        }
        let mut odd = false;
        let mut extent = Extent::EMPTY;
        for (_, cell) in cells.iter().enumerate().filter(|(i, _)| (nulls >> i) & 1 == 0) {
            odd |= is_odd(*cell);
            extent.add_drawn(*cell);
            self.whole.add(*cell);
        }
        self.drawn.join(extent);
        self.blocks.push(extent);
        odd
    }

    pub(crate) fn bytes(&self) -> usize {
        let cells = self.cells.capacity().saturating_mul(size_of::<T>());
        cells.saturating_add(self.blocks.capacity().saturating_mul(size_of::<Extent<T>>()))
    }
}
