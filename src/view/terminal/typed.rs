//! What a typed line is on the wire: text, hexadecimal bytes, or text with escapes.

use crate::words::send as words;

/// How a typed line is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is, with the line ending.
    #[default]
    Text,
    /// With `\n`, `\x1b` and the like, and the line ending.
    Escapes,
    /// Bytes as hexadecimal digits, and nothing else.
    Hex,
}

impl Form {
    pub(super) const ALL: [Form; 3] = [Form::Text, Form::Escapes, Form::Hex];

    /// Its key in the document.
    pub(super) fn key(self) -> &'static str {
        match self {
            Form::Text => "text",
            Form::Escapes => "escapes",
            Form::Hex => "hex",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Form::Text => words::form_text(),
            Form::Escapes => words::form_escapes(),
            Form::Hex => words::form_hex(),
        }
    }

    /// The bytes of a line, without its ending.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what would be right.
    pub(super) fn bytes(self, line: &str) -> Result<Vec<u8>, String> {
        match self {
            Form::Text => Ok(line.as_bytes().to_vec()),
            Form::Escapes => escapes(line),
            Form::Hex => hex(line),
        }
    }

    /// Whether the line ending is sent after it.
    pub(super) fn ends(self) -> bool {
        self != Form::Hex
    }
}

/// Pairs of digits, apart or not; `0x` before them, and commas between them, are overlooked.
pub(super) fn hex(line: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for word in line.split(|ch: char| ch.is_whitespace() || ch == ',' || ch == ':') {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        if let Some(wrong) = digits.chars().find(|ch| !ch.is_ascii_hexdigit()) {
            return Err(words::no_hex(wrong.to_string()));
        }
        // A digit by itself is a byte, as in `0xA`.
        let digits = if digits.len() == 1 { format!("0{digits}") } else { digits.to_owned() };
        if digits.len() % 2 != 0 {
            return Err(words::odd_hex(word.to_owned()));
        }
        let pairs = (0..digits.len()).step_by(2).filter_map(|at| digits.get(at..at + 2));
        bytes.extend(pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()));
    }
    Ok(bytes)
}

fn escapes(line: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        let (head, escape) = rest.split_at(at);
        bytes.extend_from_slice(head.as_bytes());
        let mut chars = escape.chars().skip(1);
        let simple = match chars.next() {
            Some('n') => Some(b'\n'),
            Some('r') => Some(b'\r'),
            Some('t') => Some(b'\t'),
            Some('0') => Some(0),
            Some('a') => Some(7),
            Some('b') => Some(8),
            Some('e') => Some(0x1b),
            Some('\\') => Some(b'\\'),
            _ => None,
        };
        if let Some(byte) = simple {
            bytes.push(byte);
            rest = escape.get(2..).unwrap_or_default();
            continue;
        }
        let code = escape.strip_prefix("\\x").and_then(|rest| rest.get(..2));
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = escape.get(4..).unwrap_or_default();
            continue;
        }
        let inner = escape.strip_prefix("\\u{").and_then(|rest| rest.split_once('}'));
        let Some((ch, after)) =
            inner.and_then(|(code, after)| Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, after)))
        else {
            return Err(words::no_escape(escape.chars().take(4).collect()));
        };
        bytes.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// What stands before a paste where the device's program wants that (xterm's mode 2004).
const BEGIN: &[u8] = b"\x1b[200~";
/// What stands after it.
pub(super) const END: &[u8] = b"\x1b[201~";

/// Lines of [`pasted`] as one paste between marks; Enter is between them, and after the last if the text had it there.
pub(super) fn bracketed(lines: &[String], ended: bool) -> Vec<Vec<u8>> {
    let mut pieces: Vec<Vec<u8>> = lines.iter().map(|line| [line.as_bytes(), b"\r"].concat()).collect();
    if let Some(first) = pieces.first_mut() {
        first.splice(..0, BEGIN.iter().copied());
    }
    if let Some(last) = pieces.last_mut() {
        if !ended {
            last.pop();
        }
        last.extend_from_slice(END);
    }
    pieces
}

/// The lines of a text that was pasted, without their endings. What could be taken for a key or an escape sequence of a
/// terminal is taken out of it (faults S25), the marks of a paste as a whole; how many control characters that were is
/// told.
pub(super) fn pasted(text: &str) -> (Vec<String>, usize) {
    let (begin, end) = ("\x1b[200~", "\x1b[201~");
    let mut removed = text.matches(begin).count() + text.matches(end).count();
    let text = text.replace(begin, "").replace(end, "").replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let clean: String = line.chars().filter(|ch| !ch.is_control() || *ch == '\t').collect();
            removed += line.chars().count() - clean.chars().count();
            clean
        })
        .collect();
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    (lines, removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_read_however_it_is_written() {
        for line in ["de ad BE ef", "0xde,0xad, 0xBE 0xef", "deadbeef", "DE:AD:be:ef", " 0xdead  beef "] {
            assert_eq!(Form::Hex.bytes(line), Ok(vec![0xde, 0xad, 0xbe, 0xef]), "{line}");
        }
        assert_eq!(Form::Hex.bytes("1 0x2"), Ok(vec![1, 2]));
        assert!(Form::Hex.bytes("12 xy").is_err_and(|why| why.contains('x')));
        assert!(Form::Hex.bytes("123").is_err());
        assert_eq!(Form::Hex.bytes(""), Ok(Vec::new()));
    }

    #[test]
    fn escapes_are_read_as_in_c_and_rust() {
        assert_eq!(Form::Escapes.bytes(r"a\x1b[2J\r\n\t\0\\é\u{20ac}"), Ok("a\x1b[2J\r\n\t\0\\é€".as_bytes().to_vec()));
        assert_eq!(Form::Text.bytes(r"a\n"), Ok(br"a\n".to_vec()));
        for wrong in [r"\q", r"\x1", r"\xzz", r"\u{110000}", r"\", r"\xé1"] {
            assert!(Form::Escapes.bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn s25_pasted_text_is_lines_without_controls() {
        assert_eq!(pasted("a\r\nb\rc\n\n"), (vec!["a".into(), "b".into(), "c".into(), String::new()], 0));
        let (lines, removed) = pasted("a\x1b[201~rm -rf\x03\n\tb");
        assert_eq!((lines, removed), (vec!["arm -rf".to_owned(), "\tb".to_owned()], 2));
    }

    #[test]
    fn s25_a_paste_between_marks_cannot_end_itself() {
        let of = |text: &str, ended| String::from_utf8(bracketed(&pasted(text).0, ended).concat()).unwrap_or_default();
        assert_eq!(of("one", false), "\x1b[200~one\x1b[201~");
        assert_eq!(of("one\r\ntwo\n", true), "\x1b[200~one\rtwo\r\x1b[201~");
        for hostile in ["a\x1b[201~\nreboot\n", "a\x1b\x1b[201~[201~\nreboot", "a\u{9b}201~\nreboot\x1b[20\x1b[200~1~"]
        {
            let sent = of(hostile, false);
            assert_eq!(sent.matches('\x1b').count(), 2, "{sent:?}");
            assert!(!sent.contains('\u{9b}') && sent.ends_with("\x1b[201~"), "{sent:?}");
        }
    }
}
