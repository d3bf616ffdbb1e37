//! Declared layouts: F17, F18, F19, F21.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::checksum::{Crc, algorithm};
use codec::{DecodeError, EncodeError, Framer, Frames, Value};
use common::{decode, hex, profile, row};
use proptest::prelude::*;

const NUMBERS: &str = r#"
name = "layout"
[[messages]]
name = "n"
fields = [
  { name = "a", type = "u24", endian = "big" }, { name = "b", type = "i24" }, { type = "pad" },
  { name = "c", type = "i40" }, { name = "d", type = "u48", endian = "big" }, { name = "e", type = "i56" },
  { name = "f", type = "u64" }, { name = "g", type = "i64", endian = "big" }, { name = "h", type = "bool" },
  { name = "i", type = "f32", count = 2 }, { name = "j", type = "f64", endian = "big" },
  { name = "k", type = "i16", scale = 0.1 }, { name = "l", type = "u8", scale = 0.5, offset = -40, unit = "Cel" },
]
"#;

/// Python 3: `int.to_bytes`, `struct.pack("<Q", 2**64-1)`, `(">q", -2**63)`, `("<ff", nan, -0.0)`, `(">d", 5e-324)`.
#[test]
fn widths_signs_and_orders() {
    let mut codec = profile(NUMBERS).unwrap();
    let frame = hex("010203 feffff 00 00000000ff 000000000102 ffffffffffffff ffffffffffffffff 8000000000000000 02 \
         0000c07f 00000080 0000000000000001 0300 ff");
    assert_eq!(
        decode(&mut codec, &frame),
        ["n a=U64(66051) b=I64(-2) c=I64(-4294967296) d=U64(258) e=I64(-1) f=U64(18446744073709551615) \
          g=I64(-9223372036854775808) h=Bool(true) i.0=F32(NaN) i.1=F32(-0.0) j=F64(5e-324) k=F64(0.3) l=F64(87.5)"]
    );
    let need = frame.len();
    for len in 0..need {
        assert_eq!(codec.decoder.decode(&frame[..len], &mut |_| {}), Err(DecodeError::TooShort { need, got: len }));
    }
    let long = [&frame[..], &[0]].concat();
    assert_eq!(codec.decoder.decode(&long, &mut |_| {}), Err(DecodeError::TooLong { need, got: need + 1 }));
}

const DRIVE: &str = r#"
name = "layout"
framing = "cobs"
discriminator = "u8"
crc = "CRC-16/IBM-3740"
[[messages]]
id = 1
name = "drive"
fields = [{ name = "speed", type = "i16", scale = 0.1, unit = "r/min" }]
[[messages]]
id = 4
name = "log"
fields = [
  { name = "level", type = "u8", enum = { 0 = "info", 2 = "error" } },
  { name = "text", type = "text" },
  { type = "checksum", algorithm = "CRC-8/SMBUS", from = 1 },
]
[[commands]]
id = 9
name = "set"
fields = [{ type = "const", value = "0xAA55" }, { name = "speed", type = "i16", scale = 0.1 },
  { name = "mode", type = "u8", enum = ["off", "on"] }, { name = "tag", type = "text", count = 4 }]
"#;

/// The check sequence at the end, by the `crc` crate.
fn seal(mut frame: Vec<u8>) -> Vec<u8> {
    let sum = Crc::<u16>::new(&algorithm::CRC_16_IBM_3740).checksum(&frame);
    frame.extend_from_slice(&sum.to_le_bytes());
    frame
}

fn log(level: u8, text: &[u8]) -> Vec<u8> {
    let mut frame = [&[4, level], text].concat();
    frame.push(Crc::<u8>::new(&algorithm::CRC_8_SMBUS).checksum(&frame[1..]));
    seal(frame)
}

/// F19: what the profile does not know is named, and what it knows decodes on.
#[test]
fn variants() {
    let mut codec = profile(DRIVE).unwrap();
    assert_eq!(decode(&mut codec, &seal(hex("01 8403"))), ["drive speed=F64(90.0)"]);
    assert_eq!(
        decode(&mut codec, &log(2, b"over\xFFheat")),
        ["log level=Text(\"error\") text=Text(\"over\u{FFFD}heat\")"]
    );
    assert_eq!(decode(&mut codec, &log(0, b"")), ["log level=Text(\"info\") text=Text(\"\")"]);
    // F19: a label this profile does not know, a message it does not know.
    assert_eq!(decode(&mut codec, &log(7, b"x\xFF")), ["log level=Text(\"unknown (7)\") text=Text(\"x\u{FFFD}\")"]);
    assert_eq!(decode(&mut codec, &seal(hex("07 00"))), ["rejected: unknown message 7"]);
    assert_eq!(decode(&mut codec, b""), ["rejected: too short: 0 bytes, at least 2 needed"]);
    assert_eq!(decode(&mut codec, &seal(vec![])), ["rejected: too short: 0 bytes, at least 1 needed"]);
}

/// F17: every single and every double bit error is found.
#[test]
fn flipped_bits() {
    let mut codec = profile(DRIVE).unwrap();
    for good in [seal(hex("01 8403")), log(2, b"over heat")] {
        let bits = good.len() * 8;
        for first in 0..bits {
            for second in first..bits {
                let mut frame = good.clone();
                frame[first / 8] ^= 1 << (first % 8);
                if second != first {
                    frame[second / 8] ^= 1 << (second % 8);
                }
                let result = codec.decoder.decode(&frame, &mut |_| {});
                assert!(matches!(result, Err(DecodeError::Checksum { .. })), "bits {first} and {second}: {result:?}");
            }
        }
    }
}

#[test]
fn commands() {
    let codec = profile(DRIVE).unwrap();
    let names: Vec<_> = codec.encoder.commands().iter().map(|command| command.name).collect();
    assert_eq!(names, ["set", "drive", "log"]);
    let mut payload = [0; 64];
    let args = [Value::F64(-90.04), Value::Text("on"), Value::Text("abc")];
    let len = codec.encoder.encode("set", &args, &mut payload).unwrap();
    assert_eq!(payload[..len], seal(hex("09 aa55 7cfc 01 61626300")));
    let wrong = |args: &[Value<'_>]| codec.encoder.encode("set", args, &mut [0; 64]);
    assert_eq!(wrong(&[Value::F64(4000.0), args[1], args[2]]), Err(EncodeError::Argument { index: 0 }));
    assert_eq!(wrong(&[args[0], Value::Text("maybe"), args[2]]), Err(EncodeError::Argument { index: 1 }));
    assert_eq!(wrong(&[args[0], args[1], Value::Text("abcde")]), Err(EncodeError::Argument { index: 2 }));
    assert_eq!(wrong(&args[..2]), Err(EncodeError::Argument { index: 2 }));
    assert_eq!(codec.encoder.encode("get", &[], &mut payload), Err(EncodeError::UnknownCommand));
    let small = codec.encoder.encode("set", &args, &mut payload[..len - 1]);
    assert_eq!(small, Err(EncodeError::BufferTooSmall { need: len }));
    // What is sent can be read.
    let mut codec = profile(DRIVE).unwrap();
    let args = [Value::Text("error"), Value::Text("hot")];
    let len = codec.encoder.encode("log", &args, &mut payload).unwrap();
    assert_eq!(decode(&mut codec, &payload[..len]), ["log level=Text(\"error\") text=Text(\"hot\")"]);
}

#[test]
fn settings_that_do_not_fit() {
    let error = |text: &str| profile(&format!("name = \"layout\"\n{text}")).err().unwrap().to_string();
    let field = |field: &str| error(&format!("messages = [{{ name = \"m\", fields = [{{ {field} }}] }}]"));
    assert_eq!(error(""), "messages: at least one message must be declared");
    assert_eq!(
        field("name = \"a\", type = \"u23\""),
        "messages[0].fields[0].type: unknown type \"u23\"; did you mean \"u24\"?"
    );
    assert_eq!(field("nam = \"a\""), "messages[0].fields[0].nam: unknown key \"nam\"; did you mean \"name\"?");
    assert_eq!(field("name = \"a\", type = \"u8\", scale = 0"), "messages[0].fields[0].scale: must not be 0");
    assert_eq!(
        field("type = \"checksum\", algorithm = \"CRC-16/IBM-3741\""),
        "messages[0].fields[0].algorithm: unknown checksum \"CRC-16/IBM-3741\"; did you mean \"CRC-16/IBM-3740\"?"
    );
    assert_eq!(
        field("name = \"a\", type = \"u8\", enum = { 256 = \"x\" }"),
        "messages[0].fields[0].enum.256: not a value of this type"
    );
    assert_eq!(field("name = \"a\", type = \"u8\", count = -1"), "messages[0].fields[0].count: must be 1 to 16777216");
    assert_eq!(
        field("name = \"a\", type = \"u8\", count = 16777216"),
        "messages[0].fields[0].count: a message has at most 4096 fields"
    );
    assert_eq!(
        error("messages = [{ name = \"a\", fields = [] }, { name = \"b\", fields = [] }]"),
        "discriminator: several messages need one, such as \"u8\": a number before each that is its `id`"
    );
    assert_eq!(error("messages = [{ name = \"\", fields = [] }]"), "messages[0].name: a message needs a name");
    assert_eq!(
        error("discriminator = \"u8\"\nmessages = [{ name = \"a\", id = 256, fields = [] }]"),
        "messages[0].id: 256 does not fit the discriminator"
    );
}

const RECORD: &str = r#"
name = "layout"
discriminator = "u8"
crc = "CRC-16/XMODEM"
crc_endian = "big"
[[messages]]
id = 0
name = "record"
fields = [{ name = "a", type = "u32" }, { name = "b", type = "u64", endian = "big" }, { name = "c", type = "f32", count = 4 },
  { name = "d", type = "i16", scale = 0.01 }, { name = "e", type = "i24" }, { name = "f", type = "bool" }, { name = "g", type = "f64" }]
[[messages]]
id = 1
name = "other"
fields = [{ name = "x", type = "bytes", count = 42 }]
"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A run gives what one frame at a time gives, whatever is broken in it.
    #[test]
    fn runs(frames in prop::collection::vec((prop::array::uniform32(any::<u8>()), 0..8u8, 0..20u8), 1..400)) {
        let mut codec = profile(RECORD).unwrap();
        let mut payloads = Vec::new();
        for (random, id, broken) in frames {
            let mut frame = [&[u8::from(id == 0)], &random[..], &random[..10]].concat();
            let sum = Crc::<u16>::new(&algorithm::CRC_16_XMODEM).checksum(&frame);
            frame.extend_from_slice(&sum.to_be_bytes());
            if broken == 0 {
                frame[usize::from(random[0]) % 45] ^= 1;
            }
            payloads.push(frame);
        }
        let one: Vec<String> = payloads.iter().flat_map(|payload| decode(&mut codec, payload)).collect();
        let mut stream = Vec::new();
        for payload in &payloads {
            let mut wire = [0; 64];
            let len = codec.framer.wrap(payload, &mut wire).unwrap();
            stream.extend_from_slice(&wire[..len]);
        }
        let mut memory = vec![0; stream.len()];
        let mut frames = Frames::new(&mut memory, 1000);
        let taken = codec::frame::Cobs::new().feed_many(&stream, &mut frames);
        prop_assert_eq!(taken, stream.len());
        let (mut many, mut at, mut in_runs) = (Vec::new(), 0, 0);
        while at < frames.run().count {
            let rows = codec.decoder.decode_many(&frames, at, &mut |samples| {
                for index in 0..samples.rows {
                    let values: Vec<Value<'_>> = samples.columns.iter().map(|cells| match cells {
                        codec::Cells::Bool(cells) => Value::Bool(cells[index]),
                        codec::Cells::I64(cells) => Value::I64(cells[index]),
                        codec::Cells::U64(cells) => Value::U64(cells[index]),
                        codec::Cells::F32(cells) => Value::F32(cells[index]),
                        codec::Cells::F64(cells) => Value::F64(cells[index]),
                    }).collect();
                    many.push(row(&codec::Sample { schema: samples.schema, values: &values }));
                }
            });
            in_runs += rows;
            at += rows;
            if rows == 0 {
                many.extend(decode(&mut codec, frames.payload(at).unwrap()));
                at += 1;
            }
        }
        prop_assert_eq!(&many, &one);
        prop_assert_eq!(in_runs, one.iter().filter(|row| row.starts_with("record")).count());
    }

    #[test]
    fn any_bytes(frame in prop::collection::vec(any::<u8>(), 0..80)) {
        for text in [NUMBERS, DRIVE, RECORD] {
            let mut codec = profile(text).unwrap();
            decode(&mut codec, &frame);
            decode(&mut codec, &seal(frame.clone()));
        }
    }
}
