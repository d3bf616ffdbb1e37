//! Samples and rejected frames as JSON lines (RFC 8259), without loss: what a JSON number cannot carry is a string.

use codec::{Sample, Value};
use std::io::Write;

/// Largest magnitude up to which every integer is exact in a binary64, as JSON readers use it (RFC 8259, section 6).
const EXACT: u64 = 1 << 53;

/// Appends a sample's line.
pub(crate) fn sample(line: &mut Vec<u8>, at: u64, wire: usize, sample: &Sample<'_>) {
    put(line, format_args!("{{\"at\":{at},\"len\":{wire},\"message\":"));
    text(line, sample.schema.name);
    line.extend_from_slice(b",\"values\":{");
    let mut first = true;
    for (field, value) in sample.schema.fields.iter().zip(sample.values) {
        if matches!(value, Value::Null) {
            continue;
        }
        if !first {
            line.push(b',');
        }
        first = false;
        text(line, field.name);
        line.push(b':');
        put_value(line, value);
    }
    line.extend_from_slice(b"}}\n");
}

/// Appends a rejected frame's line.
pub(crate) fn rejected(line: &mut Vec<u8>, at: u64, wire: usize, why: &str) {
    put(line, format_args!("{{\"at\":{at},\"len\":{wire},\"bad\":"));
    text(line, why);
    line.extend_from_slice(b"}\n");
}

fn put_value(line: &mut Vec<u8>, value: &Value<'_>) {
    match *value {
        Value::Null => line.extend_from_slice(b"null"),
        Value::Bool(truth) => put(line, format_args!("{truth}")),
        Value::I64(number) if number.unsigned_abs() > EXACT => put(line, format_args!("\"{number}\"")),
        Value::I64(number) => put(line, format_args!("{number}")),
        Value::U64(number) if number > EXACT => put(line, format_args!("\"{number}\"")),
        Value::U64(number) => put(line, format_args!("{number}")),
        // Each in its own width: the digits that identify it among its like, and no more.
        Value::F32(number) => float(line, f64::from(number), format_args!("{number}"), format_args!("{number:e}")),
        Value::F64(number) => float(line, number, format_args!("{number}"), format_args!("{number:e}")),
        Value::Text(content) => text(line, content),
        Value::Bytes(bytes) => {
            line.push(b'"');
            for byte in bytes {
                put(line, format_args!("{byte:02x}"));
            }
            line.push(b'"');
        }
    }
}

fn float(line: &mut Vec<u8>, number: f64, plain: std::fmt::Arguments<'_>, scientific: std::fmt::Arguments<'_>) {
    let size = number.abs();
    if number.is_nan() {
        line.extend_from_slice(b"\"NaN\"");
    } else if number.is_infinite() {
        line.extend_from_slice(if number > 0.0 { b"\"Infinity\"" } else { b"\"-Infinity\"" });
    } else if number == 0.0 && number.is_sign_negative() {
        // Without the fraction a reader may take it for an integer and lose the sign.
        line.extend_from_slice(b"-0.0");
    } else if size != 0.0 && !(1e-5..1e16).contains(&size) {
        put(line, scientific);
    } else {
        put(line, plain);
    }
}

/// A string. Beyond what JSON demands, everything that could act on the terminal that shows the line is escaped: DEL,
/// the C1 controls, and the characters that change the direction of text.
fn text(line: &mut Vec<u8>, content: &str) {
    line.push(b'"');
    for character in content.chars() {
        match character {
            '"' => line.extend_from_slice(b"\\\""),
            '\\' => line.extend_from_slice(b"\\\\"),
            '\n' => line.extend_from_slice(b"\\n"),
            '\r' => line.extend_from_slice(b"\\r"),
            '\t' => line.extend_from_slice(b"\\t"),
            '\0'..='\x1f'
            | '\x7f'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => put(line, format_args!("\\u{:04x}", u32::from(character))),
            _ => line.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    line.push(b'"');
}

fn put(line: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = line.write_fmt(text);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use codec::{Field, Kind, Schema};

    fn written(value: Value<'_>) -> String {
        let mut line = Vec::new();
        put_value(&mut line, &value);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn integers_beyond_two_to_the_53_are_strings() {
        // F21
        assert_eq!(written(Value::U64(1 << 53)), "9007199254740992");
        assert_eq!(written(Value::U64((1 << 53) + 1)), "\"9007199254740993\"");
        assert_eq!(written(Value::I64(-(1 << 53))), "-9007199254740992");
        assert_eq!(written(Value::I64(i64::MIN)), "\"-9223372036854775808\"");
        assert_eq!(written(Value::U64(u64::MAX)), "\"18446744073709551615\"");
    }

    #[test]
    fn floats_keep_their_value_and_their_sign() {
        // F21
        assert_eq!(written(Value::F64(f64::NAN)), "\"NaN\"");
        assert_eq!(written(Value::F32(f32::INFINITY)), "\"Infinity\"");
        assert_eq!(written(Value::F64(f64::NEG_INFINITY)), "\"-Infinity\"");
        assert_eq!(written(Value::F64(-0.0)), "-0.0");
        assert_eq!(written(Value::F64(21.5)), "21.5");
        assert_eq!(written(Value::F64(40.0)), "40");
        assert_eq!(written(Value::F32(0.1)), "0.1");
        for number in [5e-324, f64::MAX, f64::MIN_POSITIVE, 1e16, 123_456_789.123_456_79, 1.0 / 3.0] {
            let read: f64 = written(Value::F64(number)).parse().unwrap();
            assert_eq!(read.to_bits(), number.to_bits());
        }
        assert!(written(Value::F64(f64::MAX)).len() < 30);
    }

    #[test]
    fn text_is_exact_and_does_nothing_to_a_terminal() {
        // F24
        let hostile = "\u{1b}[2J\u{9b}2J \"\\\u{202e}gnp.exe \u{7f}\0 é \u{1f600}";
        let line = written(Value::Text(hostile));
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), hostile);
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'));
    }

    #[test]
    fn a_line_is_one_object() {
        let fields = ["a", "b", "c.d"].map(|name| Field { name, kind: Kind::I64, unit: "" });
        let schema = Schema { index: 0, name: "m", fields: &fields };
        let values = [Value::I64(1), Value::Null, Value::Bytes(&[0, 255])];
        let mut line = Vec::new();
        sample(&mut line, 7, 9, &Sample { schema, values: &values });
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "{\"at\":7,\"len\":9,\"message\":\"m\",\"values\":{\"a\":1,\"c.d\":\"00ff\"}}\n"
        );
    }
}
