//! What the frames of a project are cut by, and how they are read.

use super::text;
use crate::import::pair;
use crate::words::{Said, import as words};
use serde_json::Value;

/// What a frame is cut by, and how it is read.
pub(super) struct Frame {
    pub(super) framing: String,
    /// The check sequence, where a profile can have it.
    pub(super) check: String,
    /// What stands between two values; `None` for bytes.
    pub(super) separator: Option<String>,
}

/// The check sequences of Serial Studio (`app/src/IO/Checksum.cpp`): its own name, that of the same algorithm in the
/// catalogue, and the order of the bytes. Two of its names are those of other algorithms elsewhere.
const CHECKS: &[(&str, &str, &str)] = &[
    ("XOR-8", "xor8", "big"),
    ("MOD-256", "sum8", "big"),
    ("CRC-8", "CRC-8/NRSC-5", "big"),
    ("CRC-16", "CRC-16/IBM-3740", "big"),
    ("CRC-16-MODBUS", "CRC-16/MODBUS", "little"),
    ("CRC-16-CCITT", "CRC-16/XMODEM", "big"),
    ("Fletcher-16", "fletcher16", "big"),
    ("CRC-32", "CRC-32/ISO-HDLC", "big"),
    ("Adler-32", "adler32", "big"),
];

/// The bytes of a delimiter, at most.
const LONGEST: usize = 8;

/// How frames are found (`frameDetection`: 0 by their end, 1 by start and end, 2 not at all, 3 by their start) and read.
pub(super) fn frame(source: &Value, project: &Value, left: &mut Vec<Said>) -> Frame {
    let hex = source.get("hexadecimalDelimiters").and_then(Value::as_bool).unwrap_or(false);
    let detection = source.get("frameDetection").and_then(Value::as_u64).unwrap_or(1);
    // What is not looked for need not be short enough.
    let mut delimiter = |key: &str, of: &[u64]| {
        let word = text(source, key).filter(|_| of.contains(&detection)).unwrap_or_default();
        let delimiter = delimiter(word, hex);
        let fits = len(&delimiter) <= LONGEST;
        if !fits {
            left.push(words::long_delimiter(word, LONGEST));
        }
        if fits { delimiter } else { String::new() }
    };
    let (start, end) = (delimiter("frameStart", &[1, 3]), delimiter("frameEnd", &[0, 1]));
    let framing = match (start.is_empty(), end.is_empty()) {
        (true, false) => format!("framing = \"lines\"\n{}", pair("delimiter", &end)),
        (false, false) => format!("framing = \"sync\"\n{}{}", pair("sync", &start), pair("end", &end)),
        (false, true) => format!("framing = \"sync\"\n{}", pair("sync", &start)),
        (true, true) => {
            left.push(words::no_delimiter());
            "framing = \"gap\"\n".to_owned()
        }
    };
    let decoder = ["decoder", "decoderMethod"].iter().find_map(|key| source.get(*key).and_then(Value::as_u64));
    let bytes = decoder.unwrap_or(0) != 0;
    let named = text(source, "checksumAlgorithm").or_else(|| text(source, "checksum")).unwrap_or_default();
    let check = CHECKS.iter().find(|(name, ..)| *name == named);
    // Only where the next start ends a frame does the check sequence stand in it, and not behind its end.
    let check = match check.filter(|_| bytes && !start.is_empty() && end.is_empty()) {
        Some((_, name, endian)) => pair("crc", name) + &pair("crc_endian", endian),
        None => {
            if !named.is_empty() {
                left.push(words::check(named));
            }
            String::new()
        }
    };
    if bytes {
        left.push(words::decoder());
        return Frame { framing, check, separator: None };
    }
    let separator = separator(source, left).or_else(|| separator(project, left));
    let separator = separator.unwrap_or_else(|| ",".to_owned());
    Frame { framing, check, separator: Some(separator) }
}

/// Bytes that a delimiter stands for.
fn len(delimiter: &str) -> usize {
    if let Some(digits) = delimiter.strip_prefix("0x") {
        return digits.len() / 2;
    }
    let mut rest = delimiter.chars();
    let mut len = 0usize;
    while let Some(char) = rest.next() {
        match char {
            '\\' if rest.next() == Some('x') => {
                rest.nth(1);
                len += 1;
            }
            '\\' => len += 1,
            char => len += char.len_utf8(),
        }
    }
    len
}

/// A delimiter with its escapes, or as hex.
fn delimiter(word: &str, hex: bool) -> String {
    let digits: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    if hex
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && digits.len().is_multiple_of(2)
    {
        return format!("0x{}", digits.to_lowercase());
    }
    word.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t").replace('\0', "\\0")
}

/// What the parser splits a frame by, where that is all it does or can be told.
fn separator(source: &Value, left: &mut Vec<Said>) -> Option<String> {
    if text(source, "frameParserTemplate") == Some("delimited") {
        let params = source.get("frameParserParams")?;
        return text(params, "separator").filter(|word| !word.is_empty()).map(|word| delimiter(word, false));
    }
    // Up to release 3.0 the separator has a place of its own, and the program is given it.
    let own = text(source, "separator").filter(|word| !word.is_empty());
    let code = text(source, "frameParserCode").or_else(|| text(source, "frameParser")).filter(|code| !code.is_empty());
    let Some(code) = code else { return own.map(|word| delimiter(word, false)) };
    let code = without_comments(code);
    let squeezed: String = code.split_whitespace().collect::<Vec<_>>().concat();
    if let Some(own) = own
        && squeezed.contains(".split(separator)")
    {
        let plain = "functionparse(frame,separator){returnframe.split(separator)";
        if squeezed.trim_end_matches(['}', ';']) != plain {
            left.push(words::separator(own));
        }
        return Some(delimiter(own, false));
    }
    let inside = squeezed.split_once(".split(").map(|(_, rest)| rest);
    let quoted = inside.and_then(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        rest.get(1..)?.split_once(quote)
    });
    let Some((found, after)) = quoted.filter(|(word, _)| !word.is_empty()) else {
        left.push(words::commas());
        return Some(",".to_owned());
    };
    let plain = squeezed.starts_with("functionparse(frame") && squeezed.contains("{returnframe.split(");
    if !plain || !after.trim_end_matches('}').trim_end_matches(';').ends_with(')') {
        left.push(words::separator(found));
    }
    Some(found.to_owned())
}

fn without_comments(code: &str) -> String {
    let mut plain = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    plain.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}
