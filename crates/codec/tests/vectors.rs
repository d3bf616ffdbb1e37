//! Bytes from other people's documents and programs: frames, samples, errors and where every byte went.
//!
//! `tests/vectors/<protocol>/<case>.hex` holds the bytes, its first line their source; `<case>.toml` the protocol's
//! settings, if any; `<case>.txt` what comes of it. `UPDATE=1 cargo test -p codec --test vectors` rewrites that.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{Codec, Found, FrameError, PROTOCOLS, Protocol};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn folder(protocol: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(protocol)
}

fn cases(protocol: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder(protocol)).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ext| ext == "hex")).collect();
    cases.sort();
    cases
}

/// One line for each frame and each span that is none, with its offset and length on the wire; then the sums.
fn run(codec: &mut Codec, input: &[u8], piece: usize) -> String {
    let mut frame = vec![0; codec.limit_bytes];
    let (mut out, mut at) = (String::new(), 0);
    let [mut good, mut rejected, mut skipped] = [0; 3];
    let mut note = |found: Found, frame: &[u8], codec: &mut Codec| {
        let (Found::Frame { wire, .. } | Found::Bad { wire, .. }) = found;
        let rows = match found {
            Found::Frame { len, .. } => common::decode(codec, &frame[..len]),
            Found::Bad { why, .. } => vec![format!("bad: {why}")],
        };
        match found {
            Found::Bad { why: FrameError::Skipped, .. } => skipped += wire,
            Found::Frame { .. } if !rows.iter().any(|row| row.starts_with("rejected: ")) => good += wire,
            _ => rejected += wire,
        }
        let said = if rows.is_empty() { "nothing".into() } else { rows.join("\n    ") };
        writeln!(out, "{at}+{wire} {said}").unwrap();
        at += wire;
    };
    for mut chunk in input.chunks(piece) {
        while !chunk.is_empty() {
            let step = codec.framer.feed(chunk, &mut frame);
            chunk = &chunk[step.consumed..];
            if let Some(found) = step.found {
                note(found, &frame, codec);
            }
        }
    }
    while let Some(found) = codec.framer.end_of_input(&mut frame) {
        note(found, &frame, codec);
    }
    let pending = codec.framer.reset();
    assert_eq!(good + rejected + skipped + pending, input.len(), "bytes are unaccounted for");
    writeln!(out, "good {good}, rejected {rejected}, skipped {skipped}, pending {pending}").unwrap();
    out
}

#[test]
fn every_case() {
    for protocol in PROTOCOLS {
        for path in cases(protocol.name) {
            let text = fs::read_to_string(&path).unwrap();
            let (source, bytes) = text.split_once('\n').unwrap();
            assert!(source.starts_with("# ") && source.len() > 20, "{path:?} names no source");
            let settings = fs::read_to_string(path.with_extension("toml")).unwrap_or_default();
            let open = || Protocol::find(protocol.name).unwrap().open(&common::toml(&settings)).unwrap();
            let input = common::hex(bytes);
            let got = run(&mut open(), &input, input.len());
            for piece in [1, 2, 3, 7, 64] {
                assert_eq!(run(&mut open(), &input, piece), got, "{path:?} in pieces of {piece}");
            }
            let expected = path.with_extension("txt");
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&expected, &got).unwrap();
            }
            assert_eq!(got, fs::read_to_string(&expected).unwrap_or_default(), "{path:?}");
        }
    }
}

#[test]
fn every_protocol_has_a_case() {
    for protocol in PROTOCOLS {
        assert!(!cases(protocol.name).is_empty(), "{} has no vector", protocol.name);
    }
}
