//! The properties of the fuzz targets, over their corpus and over random bytes, wherever the tests run.
#![allow(clippy::unwrap_used)]

use codec::{FRAMERS, PROTOCOLS, check};
use proptest::prelude::*;
use std::path::Path;

fn all(data: &[u8]) {
    for framer in FRAMERS {
        check::framer(framer.name, data);
    }
    for framing in ["cobs", "slip", "hdlc", "length", "fixed"] {
        check::wrap(framing, data);
    }
    for protocol in PROTOCOLS {
        check::protocol(protocol.name, data);
    }
}

#[test]
fn corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut seen = 0;
    for folder in std::fs::read_dir(corpus).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            all(&std::fs::read(file.unwrap().path()).unwrap());
            seen += 1;
        }
    }
    assert!(seen > 20);
}

/// Every framer and every protocol has its target.
#[test]
fn targets() {
    let targets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
    let framers = FRAMERS.iter().map(|framer| format!("framer_{}.rs", framer.name));
    for target in framers.chain(PROTOCOLS.iter().map(|protocol| format!("protocol_{}.rs", protocol.name))) {
        assert!(targets.join(&target).exists(), "{target}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(data in prop::collection::vec(prop_oneof![3 => any::<u8>(), 1 => 0u8..4, 1 => 0x20u8..0x7F], 0..300)) {
        all(&data);
    }
}
