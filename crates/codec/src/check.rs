//! What must hold for any bytes at all: the properties that the fuzz targets run.

use crate::frame::{Delimiter, FRAMERS, Lines};
use crate::protocol::PROTOCOLS;
use crate::{Found, Framer, Sample, Setting, Settings};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// Spans add up to what was consumed, and do not depend on how the input is split. The first byte is the frame limit,
/// the second the length of the pieces.
pub fn framer(name: &str, data: &[u8]) {
    let Some((&[limit, piece], stream)) = data.split_first_chunk() else { return };
    for info in FRAMERS.iter().filter(|info| info.name == name) {
        let Ok(mut framer) = (info.build)(&Settings::default()) else { continue };
        let whole = spans(&mut *framer, stream, stream.len(), limit);
        assert_eq!(whole, spans(&mut *framer, stream, piece.into(), limit), "a split changed the spans");
    }
    if let ("lines", Some(delimiter)) = (name, Delimiter::exact(b"aab")) {
        let whole = spans(&mut Lines::new(delimiter), stream, stream.len(), limit);
        assert_eq!(whole, spans(&mut Lines::new(delimiter), stream, piece.into(), limit), "a split changed the spans");
    }
}

/// Every span, and the bytes of every frame.
fn spans(framer: &mut dyn Framer, stream: &[u8], piece: usize, limit: u8) -> Vec<(Found, Vec<u8>)> {
    let mut frame = vec![0; usize::from(limit).max(1)];
    let mut spans = Vec::new();
    let (mut taken, mut found_bytes) = (0usize, 0usize);
    let mut note = |found: Found, frame: &[u8], taken: usize| {
        let (len, wire) = match found {
            Found::Frame { len, wire } => (len, wire),
            Found::Bad { wire, .. } => (0, wire),
        };
        found_bytes = found_bytes.saturating_add(wire);
        assert_eq!(found_bytes, taken, "a span does not end where the input was consumed to");
        spans.push((found, frame.get(..len).unwrap_or_default().into()));
    };
    for mut chunk in stream.chunks(piece.max(1)) {
        while !chunk.is_empty() {
            let step = framer.feed(chunk, &mut frame);
            assert!(step.consumed > 0 || step.found.is_some(), "no progress");
            taken = taken.saturating_add(step.consumed);
            chunk = chunk.get(step.consumed..).unwrap_or_default();
            if let Some(found) = step.found {
                note(found, &frame, taken);
            }
        }
    }
    if let Some(found) = framer.end_of_input(&mut frame) {
        note(found, &frame, taken);
    }
    assert_eq!(found_bytes.saturating_add(framer.reset()), stream.len(), "bytes are unaccounted for");
    spans
}

/// A frame is good or rejected as a whole, and no sample has more values than fields. The data are one frame, and then
/// a stream in the protocol's usual framing.
pub fn protocol(name: &str, data: &[u8]) {
    for protocol in PROTOCOLS.iter().filter(|protocol| protocol.name == name) {
        let opened = protocol.open(&settings(name));
        assert_eq!(opened.as_ref().err(), None, "the settings of the check");
        let Ok(mut codec) = opened else { continue };
        let mut decode = |frame: &[u8]| {
            let mut samples = 0usize;
            let result = codec.decoder.decode(frame, &mut |sample: Sample<'_>| {
                samples = samples.saturating_add(1);
                assert!(sample.values.len() <= sample.schema.fields.len(), "a value without a field");
            });
            assert!(result.is_ok() || samples == 0, "a rejected frame gave a sample");
        };
        decode(data);
        let mut frame = vec![0; codec.limit_bytes];
        let mut rest = data;
        while !rest.is_empty() {
            let step = codec.framer.feed(rest, &mut frame);
            rest = rest.get(step.consumed..).unwrap_or_default();
            if let Some(Found::Frame { len, .. }) = step.found {
                decode(frame.get(..len).unwrap_or_default());
            }
        }
    }
}

type Pair = (&'static str, Setting);

fn text(value: &str) -> Setting {
    Setting::Text(value.into())
}

fn table(pairs: impl IntoIterator<Item = Pair>) -> Setting {
    Setting::Table(Settings(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect()))
}

fn field(name: &str, kind: &str, more: impl IntoIterator<Item = Pair>) -> Setting {
    table([("name", text(name)), ("type", text(kind))].into_iter().chain(more))
}

/// A message of every type, where a protocol needs one declared.
fn settings(protocol: &str) -> Settings {
    let fields = match protocol {
        "layout" => vec![
            field("a", "u24", [("endian", text("big"))]),
            field("b", "f32", [("count", Setting::Int(2))]),
            field("c", "i8", [("enum", Setting::List(vec![text("x"), text("y")]))]),
            field("d", "i16", [("scale", Setting::Float(0.1))]),
            field("e", "text", []),
            table([("type", text("checksum")), ("algorithm", text("xor8"))]),
        ],
        "postcard" => vec![
            field("a", "u16", []),
            field("b", "i128", []),
            field("c", "str", []),
            field("d", "option", [("of", text("f64"))]),
            field("e", "seq", [("of", field("", "seq", [("of", text("bool"))]))]),
            field("f", "map", [("of", field("", "enum", [("variants", variants())]))]),
            field("g", "char", []),
        ],
        _ => return Settings::default(),
    };
    let message = table([("name", text("m")), ("fields", Setting::List(fields))]);
    Settings(vec![("messages".into(), Setting::List(vec![message]))])
}

fn variants() -> Setting {
    Setting::List(vec![text("none"), table([("name", text("some")), ("of", text("i32"))])])
}

/// Any frame is wrapped so that it comes back.
pub fn wrap(name: &str, payload: &[u8]) {
    let Some(mut framer) = FRAMERS.iter().find(|info| info.name == name).and_then(build) else { return };
    let mut wire = vec![0; payload.len().saturating_mul(2).saturating_add(16)];
    let Ok(len) = framer.wrap(payload, &mut wire) else { return };
    let mut frame = vec![0; payload.len().max(1)];
    let step = framer.feed(wire.get(..len).unwrap_or_default(), &mut frame);
    assert_eq!(step.found, Some(Found::Frame { len: payload.len(), wire: len }), "what was wrapped did not come back");
    assert!(frame.starts_with(payload), "what was wrapped came back different");
}

fn build(info: &crate::FramerInfo) -> Option<Box<dyn Framer>> {
    (info.build)(&Settings::default()).ok()
}
