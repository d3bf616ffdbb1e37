//! Parts of the console for the benches: from a chunk to columns (framer, decoder, store), and from columns to a plot.

mod plot;
mod receive;

use codec::{Kind, Value};
use plot::Plot;
use receive::Path;
use store::Time;
use wasm_bindgen::prelude::*;

/// A device's stream, being received.
#[wasm_bindgen]
pub struct Receiver(Path);

#[wasm_bindgen]
impl Receiver {
    /// The records of the bench `decode-fixed`.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Result<Receiver, JsError> {
        Path::new(64 << 20).map(Receiver).map_err(|why| JsError::new(&why))
    }

    /// Receives one chunk; returns the samples received so far.
    pub fn receive(&mut self, chunk: &[u8]) -> f64 {
        self.0.receive(chunk);
        self.0.samples() as f64
    }

    /// Spans and frames rejected.
    pub fn bad(&self) -> f64 {
        self.0.bad() as f64
    }

    /// The first values of an integer field.
    pub fn integers(&self, field: usize, count: usize) -> Vec<u64> {
        self.0.integers(field, count)
    }

    /// The first values of a field, as numbers.
    pub fn numbers(&self, field: usize, count: usize) -> Vec<f64> {
        self.0.numbers(field, count)
    }
}

/// A plot of a stream.
#[wasm_bindgen]
pub struct Plotter(Plot);

#[wasm_bindgen]
impl Plotter {
    /// Of so many channels.
    #[wasm_bindgen(constructor)]
    pub fn new(channels: usize) -> Plotter {
        Plotter(Plot::new(channels))
    }

    /// Appends rows, a millisecond apart: those of `cells`, over and over.
    pub fn stream(&mut self, rows: usize, cells: &[f32]) {
        let mut time = self.0.time();
        let mut rows = cells.chunks_exact(self.0.channels()).cycle().take(rows);
        self.0.append(Kind::F32, |values| {
            for (value, cell) in values.iter_mut().zip(rows.next()?) {
                *value = Value::F32(*cell);
            }
            time = time.plus_millis(1);
            Some(time)
        });
    }

    /// Appends rows at times in seconds; `cells` is column after column.
    pub fn load(&mut self, seconds: &[f64], cells: &[f64]) {
        let columns: Vec<&[f64]> = cells.chunks_exact(seconds.len().max(1)).collect();
        let mut rows = seconds.iter().enumerate();
        self.0.append(Kind::F64, |values| {
            let (row, at) = rows.next()?;
            for (value, column) in values.iter_mut().zip(&columns) {
                *value = column.get(row).copied().map_or(Value::Null, Value::F64);
            }
            Some(Time((at * 1e9) as i64))
        });
    }

    /// Paints the last `seconds`.
    pub fn draw(&mut self, canvas: &web_sys::HtmlCanvasElement, seconds: f64) {
        self.0.draw(canvas, (seconds * 1e9) as i64);
    }

    /// Samples held.
    pub fn samples(&self) -> f64 {
        self.0.samples() as f64
    }
}
