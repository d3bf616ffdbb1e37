//! Server-Sent Events: the format of an event stream (WHATWG HTML, section 9.2.6), in whatever pieces it comes.

/// The longest line and the most data of one event, in bytes.
pub const MAX_EVENT: usize = 1 << 20;
/// The longest name, and the longest id that is remembered.
const MAX_NAME: usize = 256;

/// What a stream says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// An event.
    Event {
        /// Its name; `message` where it has none.
        name: &'a str,
        /// Its data, without the last line break.
        data: &'a [u8],
    },
    /// An event was longer than [`MAX_EVENT`], and is left out.
    TooLong,
}

/// An event stream that is being read.
#[derive(Clone, Debug, Default)]
pub struct Events {
    line: Vec<u8>,
    /// The line has outgrown its bound; what is left of it is passed over.
    over: bool,
    /// The last byte was a carriage return: a line feed right after it ends no line.
    returned: bool,
    /// A first line was read: before it there may be a byte order mark.
    begun: bool,
    name: Vec<u8>,
    data: Vec<u8>,
    spoilt: bool,
    id: String,
    last_id: String,
    retry_millis: Option<u32>,
}

impl Events {
    /// A stream that goes on after the event of this id; empty for none.
    #[must_use]
    pub fn after(last_id: &str) -> Events {
        Events { id: last_id.to_owned(), last_id: last_id.to_owned(), ..Events::default() }
    }

    /// The id of the last event, which the server is told when it is asked again.
    #[must_use]
    pub fn last_id(&self) -> &str {
        &self.last_id
    }

    /// How long the server wants to be left alone after the stream has ended, in milliseconds, where it said so.
    #[must_use]
    pub fn retry_millis(&self) -> Option<u32> {
        self.retry_millis
    }

    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8], mut found: impl FnMut(Found<'_>)) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            if std::mem::take(&mut self.returned) && *first == b'\n' {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            let end = memchr::memchr2(b'\n', b'\r', rest);
            let (piece, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
            if self.line.len().saturating_add(piece.len()) > MAX_EVENT {
                self.over = true;
                self.line.clear();
            } else if !self.over {
                self.line.extend_from_slice(piece);
            }
            rest = after.get(1..).unwrap_or_default();
            if end.is_some() {
                self.returned = after.first() == Some(&b'\r');
                self.end_line(&mut found);
            }
        }
    }

    fn end_line(&mut self, found: &mut impl FnMut(Found<'_>)) {
        let mut line = std::mem::take(&mut self.line);
        let text = if std::mem::replace(&mut self.begun, true) {
            line.as_slice()
        } else {
            line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line)
        };
        if std::mem::take(&mut self.over) {
            self.spoilt = true;
        } else if text.is_empty() {
            self.dispatch(found);
        } else {
            self.field(text);
        }
        line.clear();
        self.line = line;
    }

    fn field(&mut self, line: &[u8]) {
        let at = memchr::memchr(b':', line).unwrap_or(line.len());
        let (name, value) = line.split_at_checked(at).unwrap_or((line, &[]));
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"event" => self.name = value.get(..value.len().min(MAX_NAME)).unwrap_or_default().to_vec(),
            b"data" => {
                if self.data.len().saturating_add(value.len()) >= MAX_EVENT {
                    self.spoilt = true;
                } else {
                    self.data.extend_from_slice(value);
                    self.data.push(b'\n');
                }
            }
            // What would not go into a header field is no id of ours: another line there would be another field.
            b"id" if !value.contains(&0) && value.len() <= MAX_NAME => {
                self.id = String::from_utf8_lossy(value).into_owned();
            }
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry_millis = std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok());
            }
            // A comment, or a field that is not known.
            _ => {}
        }
    }

    fn dispatch(&mut self, found: &mut impl FnMut(Found<'_>)) {
        self.last_id.clone_from(&self.id);
        if std::mem::take(&mut self.spoilt) {
            found(Found::TooLong);
        } else if let Some((_, data)) = self.data.split_last() {
            let name = String::from_utf8_lossy(&self.name);
            let name = if name.is_empty() { "message" } else { &name };
            found(Found::Event { name, data });
        }
        self.data.clear();
        self.name.clear();
    }
}
