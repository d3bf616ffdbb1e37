use super::pattern::advance;
use crate::frame::{Found, FrameError, Framer, Step, WrapError};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// LF, CR LF or a lone CR, whichever comes. Wraps with LF.
    Auto,
    /// Exactly these bytes.
    Exact {
        /// The bytes; the first `len` count.
        bytes: [u8; 8],
        /// How many: 1 to 8.
        len: u8,
    },
}

impl Delimiter {
    /// LF, 0x0A.
    pub const LF: Self = Self::Exact { bytes: [b'\n', 0, 0, 0, 0, 0, 0, 0], len: 1 };
    /// CR, 0x0D.
    pub const CR: Self = Self::Exact { bytes: [b'\r', 0, 0, 0, 0, 0, 0, 0], len: 1 };
    /// CR LF.
    pub const CRLF: Self = Self::Exact { bytes: [b'\r', b'\n', 0, 0, 0, 0, 0, 0], len: 2 };

    /// These bytes; `None` unless there are 1 to 8.
    #[must_use]
    pub fn exact(delimiter: &[u8]) -> Option<Self> {
        let mut bytes = [0; 8];
        bytes.get_mut(..delimiter.len())?.copy_from_slice(delimiter);
        let len = u8::try_from(delimiter.len()).ok().filter(|&len| len > 0)?;
        Some(Self::Exact { bytes, len })
    }

    /// What a line is ended with when it is sent.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Auto => b"\n",
            Self::Exact { bytes, len } => bytes.get(..usize::from(*len)).unwrap_or_default(),
        }
    }
}

/// Lines of text, or anything else that ends with a delimiter. The delimiter is not part of the frame;
/// an empty line is a frame of length 0.
#[derive(Clone, Debug)]
pub struct Lines {
    delimiter: Delimiter,
    /// Bytes of the frame so far.
    len: usize,
    /// Bytes on the wire since the last span.
    wire: usize,
    /// Bytes of the delimiter matched, not (yet) part of the frame.
    matched: usize,
    /// The line has passed the limit; its rest is skipped.
    skipping: bool,
    /// The line was ended at its CR by `finish`: an LF that follows belongs to no line.
    ended_at_cr: bool,
}

impl Lines {
    /// At the beginning of a line.
    #[must_use]
    pub const fn new(delimiter: Delimiter) -> Self {
        Self { delimiter, len: 0, wire: 0, matched: 0, skipping: false, ended_at_cr: false }
    }

    /// Ends the span at the last byte counted in `wire`.
    fn end(&mut self) -> Found {
        let Self { delimiter, len, wire, skipping, .. } = *self;
        *self = Self::new(delimiter);
        if skipping { Found::Bad { why: FrameError::Skipped, wire } } else { Found::Frame { len, wire } }
    }

    /// Adds bytes to the frame; false when they do not fit. A skipped line takes and drops everything.
    fn put(&mut self, bytes: &[u8], frame: &mut [u8]) -> bool {
        if self.skipping {
            return true;
        }
        let Some(free) = frame.get_mut(self.len..self.len + bytes.len()) else { return false };
        free.copy_from_slice(bytes);
        self.len += bytes.len();
        true
    }

    fn oversize(&mut self) -> Found {
        self.skipping = true;
        Found::Bad { why: FrameError::Oversize, wire: core::mem::take(&mut self.wire) }
    }

    /// Skipped bytes in pieces no longer than a frame, so that they do not stay pending without end.
    fn piece(&mut self, limit: usize) -> Option<Found> {
        if !self.skipping || self.wire < limit.max(1) {
            return None;
        }
        Some(Found::Bad { why: FrameError::Skipped, wire: core::mem::take(&mut self.wire) })
    }

    /// Takes bytes that are plain text up to the limit; the number taken, and the span if the limit is passed.
    fn plain(&mut self, bytes: &[u8], frame: &mut [u8]) -> (usize, Option<Found>) {
        if self.skipping {
            let taken = bytes.len().min(frame.len().saturating_sub(self.wire).max(1));
            self.wire += taken;
            return (taken, self.piece(frame.len()));
        }
        let free = frame.len().saturating_sub(self.len);
        if bytes.len() <= free {
            self.put(bytes, frame);
            self.wire += bytes.len();
            return (bytes.len(), None);
        }
        self.wire += free + 1;
        (free + 1, Some(self.oversize()))
    }

    fn feed_auto(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        if core::mem::take(&mut self.ended_at_cr) && input.first() == Some(&b'\n') {
            return Step { consumed: 1, found: Some(Found::Bad { why: FrameError::Skipped, wire: 1 }) };
        }
        if self.matched > 0 {
            let consumed = usize::from(input.first() == Some(&b'\n'));
            self.wire += consumed;
            return Step { consumed, found: Some(self.end()) };
        }
        let run = memchr::memchr2(b'\n', b'\r', input).unwrap_or(input.len());
        let (plain, rest) = input.split_at_checked(run).unwrap_or((input, &[]));
        let (taken, found) = self.plain(plain, frame);
        if found.is_some() {
            return Step { consumed: taken, found };
        }
        let (ending, found) = match rest {
            [] => (0, false),
            [b'\n', ..] => (1, true),
            [_, b'\n', ..] => (2, true),
            [_] => (1, false),
            [_, _, ..] => (1, true),
        };
        self.wire += ending;
        self.matched = usize::from(ending == 1 && !found);
        Step { consumed: taken + ending, found: found.then(|| self.end()) }
    }

    fn feed_byte(&mut self, delimiter: u8, input: &[u8], frame: &mut [u8]) -> Step {
        let run = memchr::memchr(delimiter, input);
        let plain = input.get(..run.unwrap_or(input.len())).unwrap_or_default();
        let (taken, found) = self.plain(plain, frame);
        if found.is_some() || run.is_none() {
            return Step { consumed: taken, found };
        }
        self.wire += 1;
        Step { consumed: taken + 1, found: Some(self.end()) }
    }

    /// What is matched of a delimiter of several bytes is held back, and given to the frame once it turns out to be text.
    fn feed_bytes(&mut self, delimiter: &[u8], input: &[u8], frame: &mut [u8]) -> Step {
        for (index, &byte) in input.iter().enumerate() {
            let consumed = index + 1;
            self.wire += 1;
            let advance = advance(delimiter, &mut self.matched, byte);
            let fits = self.put(delimiter.get(..advance.released).unwrap_or_default(), frame)
                && (!advance.plain || self.put(&[byte], frame));
            if !fits {
                return Step { consumed, found: Some(self.oversize()) };
            }
            if self.matched == delimiter.len() {
                return Step { consumed, found: Some(self.end()) };
            }
            if let Some(found) = self.piece(frame.len()) {
                return Step { consumed, found: Some(found) };
            }
        }
        Step { consumed: input.len(), found: None }
    }
}

impl Framer for Lines {
    fn feed(&mut self, input: &[u8], frame: &mut [u8]) -> Step {
        if input.is_empty() {
            return Step { consumed: 0, found: None };
        }
        let delimiter = self.delimiter;
        match delimiter.as_bytes() {
            _ if delimiter == Delimiter::Auto => self.feed_auto(input, frame),
            &[byte] => self.feed_byte(byte, input, frame),
            bytes => self.feed_bytes(bytes, input, frame),
        }
    }

    /// A line that ended with CR need not wait any longer for an LF; any other unfinished line stays pending.
    fn finish(&mut self, _frame: &mut [u8]) -> Option<Found> {
        if self.delimiter != Delimiter::Auto || self.matched == 0 {
            return None;
        }
        let found = self.end();
        self.ended_at_cr = true;
        Some(found)
    }

    /// The last line need not have its delimiter; the beginning of one that did not come whole is text.
    fn end_of_input(&mut self, frame: &mut [u8]) -> Option<Found> {
        let delimiter = self.delimiter;
        let held = if delimiter == Delimiter::Auto { 0 } else { self.matched };
        let fits = self.put(delimiter.as_bytes().get(..held).unwrap_or_default(), frame);
        let found = match (self.wire, fits) {
            (0, _) => None,
            (_, true) => Some(self.end()),
            (_, false) => Some(self.oversize()),
        };
        self.reset();
        found
    }

    fn reset(&mut self) -> usize {
        let pending = self.wire;
        *self = Self::new(self.delimiter);
        pending
    }

    fn wrap(&self, payload: &[u8], wire: &mut [u8]) -> Result<usize, WrapError> {
        let ending = self.delimiter.as_bytes();
        super::carries(payload, ending, ending)?;
        if let (Delimiter::Auto, Some(at)) = (self.delimiter, memchr::memchr(b'\r', payload)) {
            return Err(WrapError::Ends { at });
        }
        super::join(wire, &[payload, self.delimiter.as_bytes()])
    }
}
