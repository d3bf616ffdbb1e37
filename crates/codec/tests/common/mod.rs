//! Bytes in, one line of text a sample or a rejection out.
#![allow(dead_code, unreachable_pub, clippy::cast_possible_truncation, clippy::unwrap_used, clippy::indexing_slicing)]

pub mod spans;

use codec::{Codec, Found, FrameError, Protocol, Sample, Setting, SettingError, Settings};

/// Opens a protocol with text parameters, as a command line gives them.
pub fn open(protocol: &str, settings: &[(&str, &str)]) -> Result<Codec, SettingError> {
    let settings = settings.iter().map(|(key, value)| (key.to_string(), Setting::Text(value.to_string())));
    Protocol::find(protocol).unwrap().open(&Settings(settings.collect()))
}

/// A sample as text: message, then field=value.
pub fn row(sample: &Sample<'_>) -> String {
    let mut text = sample.schema.name.to_string();
    for (field, value) in sample.schema.fields.iter().zip(sample.values) {
        text += &format!(" {}={value:?}", field.name);
    }
    text
}

/// What a protocol makes of a stream that comes in pieces of `piece` bytes.
pub fn run(codec: &mut Codec, input: &[u8], piece: usize) -> Vec<String> {
    let mut frame = vec![0; codec.limit_bytes];
    let mut out = Vec::new();
    let mut found = |found: Found, frame: &[u8], codec: &mut Codec| match found {
        Found::Frame { len, .. } => {
            let mut rows = Vec::new();
            match codec.decoder.decode(&frame[..len], &mut |sample| rows.push(row(&sample))) {
                Ok(()) => out.append(&mut rows),
                Err(why) => {
                    assert!(rows.is_empty(), "a rejected frame emitted samples");
                    out.push(format!("rejected: {why}"));
                }
            }
        }
        Found::Bad { why: FrameError::Skipped, .. } => {}
        Found::Bad { why, .. } => out.push(format!("bad: {why}")),
    };
    for mut chunk in input.chunks(piece.max(1)) {
        while !chunk.is_empty() {
            let step = codec.framer.feed(chunk, &mut frame);
            chunk = &chunk[step.consumed..];
            if let Some(span) = step.found {
                found(span, &frame, codec);
            }
        }
    }
    if let Some(span) = codec.framer.finish(&mut frame) {
        found(span, &frame, codec);
    }
    out
}

/// The same in one piece, with a protocol opened for it.
pub fn rows(protocol: &str, settings: &[(&str, &str)], input: &[u8]) -> Vec<String> {
    run(&mut open(protocol, settings).unwrap(), input, input.len())
}

/// Settings as a profile writes them.
pub fn toml(text: &str) -> Settings {
    match setting(&toml::Value::Table(text.parse().unwrap())) {
        Setting::Table(settings) => settings,
        _ => Settings::default(),
    }
}

fn setting(value: &toml::Value) -> Setting {
    match value {
        toml::Value::Boolean(value) => Setting::Bool(*value),
        toml::Value::Integer(value) => Setting::Int(*value),
        toml::Value::Float(value) => Setting::Float(*value),
        toml::Value::String(value) => Setting::Text(value.clone()),
        toml::Value::Datetime(value) => Setting::Text(value.to_string()),
        toml::Value::Array(list) => Setting::List(list.iter().map(setting).collect()),
        toml::Value::Table(table) => {
            Setting::Table(Settings(table.iter().map(|(key, value)| (key.clone(), setting(value))).collect()))
        }
    }
}

/// Opens a protocol as a profile does; `name` names it.
pub fn profile(text: &str) -> Result<Codec, SettingError> {
    let settings = toml(text);
    Protocol::find(settings.text("name").unwrap().unwrap()).unwrap().open(&settings)
}

/// What one frame says: its samples, or why it is rejected.
pub fn decode(codec: &mut Codec, frame: &[u8]) -> Vec<String> {
    let mut rows = Vec::new();
    match codec.decoder.decode(frame, &mut |sample| rows.push(row(&sample))) {
        Ok(()) => rows,
        Err(why) => vec![format!("rejected: {why}")],
    }
}

/// Bytes of "01 a2", blanks aside.
pub fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
