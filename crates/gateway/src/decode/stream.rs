//! A stream of bytes through framer and decoder, with every byte accounted for.

use super::json;
use codec::{Codec, Found, FrameError};
use session::derive::Derive;
use std::fmt::Display;
use std::io::{self, Write};

/// A codec at work, the frame it is on, and what became of the bytes so far.
pub(crate) struct Stream {
    codec: Codec,
    derive: Derive,
    frame: Vec<u8>,
    line: Vec<u8>,
    /// Bytes taken.
    taken: u64,
    /// Bytes in spans that have ended: the offset of the next span.
    ended: u64,
    good: u64,
    rejected_bytes: u64,
    frames: u64,
    samples: u64,
    rejected: u64,
}

impl Stream {
    pub(crate) fn new(codec: Codec, derive: Derive) -> Self {
        Stream {
            frame: vec![0; codec.limit_bytes],
            codec,
            derive,
            line: Vec::new(),
            taken: 0,
            ended: 0,
            good: 0,
            rejected_bytes: 0,
            frames: 0,
            samples: 0,
            rejected: 0,
        }
    }

    /// Takes all of `bytes`; writes a line for each sample and each rejected frame that ended in them.
    ///
    /// # Errors
    /// Those of `output`.
    pub(crate) fn feed(&mut self, mut bytes: &[u8], output: &mut dyn Write) -> io::Result<()> {
        while !bytes.is_empty() {
            let step = self.codec.framer.feed(bytes, &mut self.frame);
            bytes = bytes.get(step.consumed..).unwrap_or_default();
            self.taken = self.taken.saturating_add(step.consumed as u64);
            if let Some(found) = step.found {
                self.found(found, output)?;
            }
        }
        Ok(())
    }

    /// The input has ended: so has a frame that may do without its delimiter there.
    ///
    /// # Errors
    /// Those of `output`.
    pub(crate) fn finish(&mut self, output: &mut dyn Write) -> io::Result<()> {
        while let Some(found) = self.codec.framer.end_of_input(&mut self.frame) {
            self.found(found, output)?;
        }
        Ok(())
    }

    /// What became of every byte, as one JSON object.
    pub(crate) fn stats(&self) -> String {
        let skipped = self.ended.saturating_sub(self.good).saturating_sub(self.rejected_bytes);
        let pending = self.taken.saturating_sub(self.ended);
        let Self { taken, frames, samples, rejected, good, rejected_bytes, .. } = self;
        format!(
            r#"{{"bytes_in":{taken},"frames":{frames},"samples":{samples},"rejected":{rejected},"bytes":{{"good":{good},"rejected":{rejected_bytes},"skipped":{skipped},"pending":{pending}}}}}"#
        )
    }

    fn found(&mut self, found: Found, output: &mut dyn Write) -> io::Result<()> {
        match found {
            Found::Frame { len, wire } => self.decode(len, wire, output),
            Found::Bad { why: FrameError::Skipped, wire } => {
                self.ended = self.ended.saturating_add(wire as u64);
                Ok(())
            }
            Found::Bad { why, wire } => self.reject(&why, wire, output),
        }
    }

    fn decode(&mut self, len: usize, wire: usize, output: &mut dyn Write) -> io::Result<()> {
        let frame = self.frame.get(..len).unwrap_or_default();
        let (at, line, samples, derive) = (self.ended, &mut self.line, &mut self.samples, &mut self.derive);
        line.clear();
        let decoded = self.codec.decoder.decode(frame, &mut |sample| {
            *samples = samples.saturating_add(1);
            json::sample(line, at, wire, &sample);
            // A capture does not tell when its bytes came.
            derive.sample(None, &sample, &mut |derived| json::sample(line, at, wire, &derived));
        });
        match decoded {
            Ok(()) => {
                self.frames = self.frames.saturating_add(1);
                self.good = self.good.saturating_add(wire as u64);
                self.ended = self.ended.saturating_add(wire as u64);
                output.write_all(&self.line)
            }
            Err(why) => self.reject(&why, wire, output),
        }
    }

    fn reject(&mut self, why: &dyn Display, wire: usize, output: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        json::rejected(&mut self.line, self.ended, wire, &why.to_string());
        self.rejected = self.rejected.saturating_add(1);
        self.rejected_bytes = self.rejected_bytes.saturating_add(wire as u64);
        self.ended = self.ended.saturating_add(wire as u64);
        output.write_all(&self.line)
    }
}
