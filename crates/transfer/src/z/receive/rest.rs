//! The rest of a file that was broken off. Nothing is taken on trust: the sender is asked for the check sequence of what is
//! there (section 11.14, ZCRC with a count of bytes), and if it answers with another or does not, the file begins anew.

use super::{Receive, SILENCE, State};
use crate::Millis;
use crate::line::Line;
use crate::progress::Part;
use crate::z::{CRC32, Header, kind};

/// How long the check sequence may take: a slow device reads the file for it.
const CHECK: Millis = 20_000;

/// What is there of a file.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    pub(crate) part: Option<Part>,
}

impl Receive {
    fn there(&self) -> &[u8] {
        self.rest.part.as_ref().map(|part| part.file.bytes.as_slice()).unwrap_or_default()
    }

    /// Asks whether what is there is how the file begins.
    pub(super) fn check(&mut self, now: Millis, line: &mut Line) {
        self.state = State::Checking;
        let len = u32::try_from(self.there().len()).unwrap_or(u32::MAX);
        line.out.push_back(Header::at(kind::ZCRC, len).hex());
        line.wait(now, CHECK);
    }

    /// The sender says the check sequence of that many bytes.
    pub(super) fn checked(&mut self, now: Millis, sequence: u32, line: &mut Line) {
        let same = CRC32.checksum(self.there()) == sequence;
        self.begin_at(now, if same { self.there().len() } else { 0 }, line);
    }

    /// The file begins, with so many bytes of it there.
    pub(super) fn begin_at(&mut self, now: Millis, there: usize, line: &mut Line) {
        let part = self.rest.part.take_if(|part| part.is_of(&self.file, self.size));
        if let (Some(part), 1..) = (part, there) {
            self.file.bytes = part.file.bytes;
            (line.progress.done, line.progress.resumed) = (there as u64, there as u64);
        }
        self.state = State::Within;
        self.in_place = false;
        self.errors = 0;
        line.out.push_back(Header::at(kind::ZRPOS, self.position()).hex());
        self.asked = Some(now);
        line.wait(now, SILENCE);
    }

    /// What came of the file under way.
    pub(crate) fn take_begun(&mut self) -> Option<Part> {
        let whole = self.state != State::Within || self.file.bytes.is_empty();
        let size = self.size.filter(|_| !whole)?;
        let empty = crate::progress::File { name: "".into(), bytes: alloc::vec::Vec::new(), modified: None };
        Some(Part { file: core::mem::replace(&mut self.file, empty), size })
    }
}
