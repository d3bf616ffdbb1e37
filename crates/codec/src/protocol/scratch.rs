//! A vector of values that keeps its memory from frame to frame.

use crate::Value;
use alloc::vec::Vec;

/// Memory for the values of one sample, lent to each frame in turn.
#[derive(Debug, Default)]
pub(crate) struct Scratch(Vec<Value<'static>>);

impl Scratch {
    /// The memory, empty, for values that live as long as a frame.
    pub(crate) fn take<'a>(&mut self) -> Vec<Value<'a>> {
        relabel(core::mem::take(&mut self.0))
    }

    /// Takes the memory back.
    pub(crate) fn put(&mut self, values: Vec<Value<'_>>) {
        self.0 = relabel(values);
    }
}

/// The same memory under another lifetime. `collect` from a vector's own iterator reuses its memory;
/// should it ever not, this is slower and still right.
fn relabel<'b>(mut values: Vec<Value<'_>>) -> Vec<Value<'b>> {
    values.clear();
    values.into_iter().map(|_| Value::Null).collect()
}
