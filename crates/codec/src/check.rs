//! What must hold for any bytes at all: the properties that the fuzz targets run.

mod settings;

use crate::frame::FRAMERS;
use crate::protocol::PROTOCOLS;
use crate::{Found, Framer, Sample};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
pub use settings::framer_settings;
use settings::protocol_settings;

/// Spans add up to what was consumed, and do not depend on how the input is split. The first byte is the frame limit,
/// the second the length of the pieces.
pub fn framer(name: &str, data: &[u8]) {
    let Some((&[limit, piece], stream)) = data.split_first_chunk() else { return };
    for mut framer in framers(name) {
        let whole = spans(&mut *framer, stream, stream.len(), limit);
        assert_eq!(whole, spans(&mut *framer, stream, piece.into(), limit), "a split changed the spans");
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
        assert!(found_bytes <= taken, "a span ends beyond what was consumed");
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
    while let Some(found) = framer.end_of_input(&mut frame) {
        note(found, &frame, taken);
    }
    assert_eq!(found_bytes.saturating_add(framer.reset()), stream.len(), "bytes are unaccounted for");
    spans
}

/// A frame is good or rejected as a whole, and no sample has more values than fields. The data are one frame, and then
/// a stream in the protocol's usual framing.
pub fn protocol(name: &str, data: &[u8]) {
    let protocols = PROTOCOLS.iter().filter(|protocol| protocol.name == name);
    let variants = protocol_settings(name);
    for (protocol, settings) in protocols.flat_map(|protocol| variants.iter().map(move |settings| (protocol, settings)))
    {
        let opened = protocol.open(settings);
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

/// Any frame is wrapped so that it comes back: for framings whose frames may hold any bytes.
pub fn wrap(name: &str, payload: &[u8]) {
    for mut framer in framers(name) {
        let mut wire = vec![0; payload.len().saturating_mul(2).saturating_add(32)];
        let Ok(len) = framer.wrap(payload, &mut wire) else { continue };
        let mut frame = vec![0; payload.len().max(1)];
        let step = framer.feed(wire.get(..len).unwrap_or_default(), &mut frame);
        let found = Some(Found::Frame { len: payload.len(), wire: len });
        assert_eq!(step.found.or_else(|| framer.end_of_input(&mut frame)), found, "what was wrapped did not come back");
        assert!(frame.starts_with(payload), "what was wrapped came back different");
    }
}

/// A framer in each of its variants.
fn framers(name: &str) -> impl Iterator<Item = Box<dyn Framer>> {
    let infos = FRAMERS.iter().filter(move |info| info.name == name);
    infos.flat_map(|info| framer_settings(info.name).into_iter().filter_map(|settings| (info.build)(&settings).ok()))
}
