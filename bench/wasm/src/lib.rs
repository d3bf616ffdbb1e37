//! Parts of the console for the benches: from a chunk to columns (framer, decoder, store), and from columns to a plot;
//! and the tables.

mod plot;
mod receive;
mod table;
mod terminal;

use codec::{Kind, Value};
use js_sys::Uint8Array;
use plot::Plot;
use receive::Path;
use store::Time;
use wasm_bindgen::prelude::*;

/// A device's stream, being received.
#[wasm_bindgen]
pub struct Receiver {
    path: Path,
    /// One piece of the stream, copied out of the browser's memory.
    piece: Vec<u8>,
}

/// The store keeps some 160,000 records: more than the arrays the peers write to, over and over, and like them within
/// reach of a cache.
const BUDGET: usize = 8 << 20;

/// Bytes that come at once, as from a WebSocket that batches.
const PIECE: u32 = 64 << 10;

#[wasm_bindgen]
impl Receiver {
    /// The records of the bench `decode-fixed`.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Result<Receiver, JsError> {
        let path = Path::new(BUDGET).map_err(|why| JsError::new(&why))?;
        Ok(Receiver { path, piece: vec![0; PIECE as usize] })
    }

    /// Receives a stream, in pieces, each copied once into a buffer that is used again, as the worker's links do.
    /// Returns the samples received so far.
    pub fn receive(&mut self, stream: &Uint8Array) -> f64 {
        let mut at = 0;
        while at < stream.length() {
            let end = stream.length().min(at.saturating_add(PIECE));
            if let Some(piece) = self.piece.get_mut(..(end - at) as usize) {
                stream.subarray(at, end).copy_to(piece);
                self.path.receive(piece);
            }
            at = end;
        }
        self.path.samples() as f64
    }

    /// Spans and frames rejected.
    pub fn bad(&self) -> f64 {
        self.path.bad() as f64
    }

    /// The first values of an integer field.
    pub fn integers(&self, field: usize, count: usize) -> Vec<u64> {
        self.path.integers(field, count)
    }

    /// The first values of a field, as numbers.
    pub fn numbers(&self, field: usize, count: usize) -> Vec<f64> {
        self.path.numbers(field, count)
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
