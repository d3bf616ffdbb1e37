//! JSON Pointer (RFC 6901): a part of a JSON document, found without building the whole of it.
//!
//! The part is the document's own text: numbers keep their digits, whatever their size.

use crate::words::{Said, link as words};

/// A pointer, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    steps: Vec<String>,
}

impl Pointer {
    /// Reads one; an empty text means the whole document.
    ///
    /// # Errors
    /// It does not begin with a slash, or has a `~` that stands for nothing.
    pub fn parse(text: &str) -> Result<Pointer, Said> {
        if text.is_empty() {
            return Ok(Pointer { steps: Vec::new() });
        }
        let rest = text.strip_prefix('/').ok_or_else(|| words::pointer_slash(text))?;
        let step = |step: &str| {
            let stray = step.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
            // In this order: "~01" is "~1" and no slash (section 4).
            if stray { Err(words::pointer_tilde(text)) } else { Ok(step.replace("~1", "/").replace("~0", "~")) }
        };
        Ok(Pointer { steps: rest.split('/').map(step).collect::<Result<_, _>>()? })
    }

    /// The part of a document that it points at; `None` where there is none, or the document is none up to there.
    #[must_use]
    pub fn find<'a>(&self, document: &'a [u8]) -> Option<&'a [u8]> {
        let mut text = Text { rest: document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document) };
        for step in &self.steps {
            text.space();
            match text.next()? {
                b'{' => text.member(step)?,
                b'[' => text.item(step)?,
                _ => return None,
            }
        }
        text.space();
        let from = text.rest;
        text.value()?;
        from.get(..from.len().saturating_sub(text.rest.len()))
    }
}

/// What is left of a document.
struct Text<'a> {
    rest: &'a [u8],
}

impl<'a> Text<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    /// A mark after white space.
    fn mark(&mut self) -> Option<u8> {
        self.space();
        self.next()
    }

    /// To the value of that name, in an object that has begun. The first, where there are several.
    fn member(&mut self, name: &str) -> Option<()> {
        loop {
            if self.mark()? != b'"' {
                return None;
            }
            let key = self.string()?;
            if self.mark()? != b':' {
                return None;
            }
            if is_named(key, name) {
                return Some(());
            }
            self.value()?;
            if self.mark()? != b',' {
                return None;
            }
        }
    }

    /// To the item of that number, in an array that has begun. "-" is one that is not there yet (section 4).
    fn item(&mut self, number: &str) -> Option<()> {
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (number.len() > 1 && number.starts_with('0')) {
            return None;
        }
        for _ in 0..number.parse::<usize>().ok()? {
            self.value()?;
            if self.mark()? != b',' {
                return None;
            }
        }
        self.space();
        self.rest.first().filter(|byte| **byte != b']').map(|_| ())
    }

    /// The inside of a string whose first quotation mark is gone.
    fn string(&mut self) -> Option<&'a [u8]> {
        let inside = self.rest;
        loop {
            match self.next()? {
                b'"' => {
                    return inside.get(..inside.len().saturating_sub(self.rest.len()).saturating_sub(1));
                }
                b'\\' => drop(self.next()?),
                _ => {}
            }
        }
    }

    /// Over a value, however deep it is.
    fn value(&mut self) -> Option<()> {
        self.space();
        let mut depth = 0_usize;
        loop {
            match self.rest.first().copied() {
                Some(b'"') => {
                    self.next();
                    self.string()?;
                }
                Some(b'{' | b'[') => {
                    self.next();
                    depth = depth.saturating_add(1);
                    continue;
                }
                Some(b'}' | b']') if depth > 0 => {
                    self.next();
                    depth = depth.saturating_sub(1);
                }
                Some(b',' | b':' | b' ' | b'\n' | b'\r' | b'\t') if depth > 0 => {
                    self.next();
                    continue;
                }
                Some(b',' | b':' | b'}' | b']') | None => return None,
                Some(_) => {
                    let ends = |byte: &u8| b",:]}\"[{ \n\r\t".contains(byte);
                    let len = self.rest.iter().position(ends).unwrap_or(self.rest.len());
                    self.rest = self.rest.get(len..).unwrap_or_default();
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

/// Whether the inside of a string is that name; escapes are looked at only where there are any.
fn is_named(inside: &[u8], name: &str) -> bool {
    if !inside.contains(&b'\\') {
        return inside == name.as_bytes();
    }
    let whole = [b"\"", inside, b"\""].concat();
    serde_json::from_slice::<String>(&whole).is_ok_and(|text| text == name)
}
