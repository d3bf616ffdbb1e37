//! Columnar, typed, bounded memory for decoded samples and raw bytes.
#![no_std]
extern crate alloc;

mod time;

pub use time::Time;
