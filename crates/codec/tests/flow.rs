//! Layouts in which the data say how long a text is, or how often a group comes: F18 among them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{DecodeError, EncodeError, Value};
use common::{decode, hex, profile};
use proptest::prelude::*;

const SATELLITES: &str = r#"
name = "layout"
[[messages]]
name = "NAV-SAT"
fields = [
  { name = "iTOW", type = "u32", unit = "ms" }, { name = "version", type = "u8" }, { name = "numSvs", type = "u8" },
  { type = "pad", count = 2 },
  { name = "sv", type = "group", count = "numSvs", fields = [
    { name = "gnss", type = "u8", enum = { 0 = "GPS", 2 = "Galileo" } }, { name = "id", type = "u8" },
    { name = "cno", type = "u8", unit = "dB[Hz]" }, { name = "elev", type = "i8" }, { name = "azim", type = "i16" },
    { name = "prRes", type = "i16", scale = 0.1, unit = "m" },
    { name = "flags", type = "u32", bits = [{ name = "quality", width = 3 }, { name = "used" }, { name = "health", width = 2 }] },
  ] },
]
"#;

/// pyubx2 1.4.0, UBX-NAV-SAT with three satellites and with none.
#[test]
fn a_group_comes_as_often_as_a_field_before_it_says() {
    let mut codec = profile(SATELLITES).unwrap();
    let three = hex("08330718 01 03 0000 000c2c43d300feff1f000000 022400a50000000001000000 06ff150567017e0024000000");
    assert_eq!(
        decode(&mut codec, &three),
        ["NAV-SAT iTOW=U64(403125000) version=U64(1) numSvs=U64(3) \
          sv.0.gnss=Text(\"GPS\") sv.0.id=U64(12) sv.0.cno=U64(44) sv.0.elev=I64(67) sv.0.azim=I64(211) \
          sv.0.prRes=F64(-0.2) sv.0.flags.quality=U64(7) sv.0.flags.used=Bool(true) sv.0.flags.health=U64(1) \
          sv.1.gnss=Text(\"Galileo\") sv.1.id=U64(36) sv.1.cno=U64(0) sv.1.elev=I64(-91) sv.1.azim=I64(0) \
          sv.1.prRes=F64(0.0) sv.1.flags.quality=U64(1) sv.1.flags.used=Bool(false) sv.1.flags.health=U64(0) \
          sv.2.gnss=Text(\"unknown (6)\") sv.2.id=U64(255) sv.2.cno=U64(21) sv.2.elev=I64(5) sv.2.azim=I64(359) \
          sv.2.prRes=F64(12.6) sv.2.flags.quality=U64(4) sv.2.flags.used=Bool(false) sv.2.flags.health=U64(2)"]
    );
    // Of satellites that are gone nothing is said, and their fields stay.
    let none = hex("e803000001000000");
    assert_eq!(decode(&mut codec, &none), ["NAV-SAT iTOW=U64(1000) version=U64(1) numSvs=U64(0)"]);
    assert_eq!(codec.decoder.bytes_of(&three, "NAV-SAT", 4), Some(9..10));
    let mut known = Vec::new();
    assert!(codec.decoder.declared(&mut |field| known.push((field.field.to_owned(), field.open))));
    assert!(known.contains(&("sv".into(), true)) && known.contains(&("numSvs".into(), false)), "{known:?}");
}

/// F18: more is announced than there is, or than there could be; nothing is made of it, no field either.
#[test]
fn f18_a_count_or_a_length_that_lies_is_refused_before_anything_is_made_of_it() {
    let mut codec = profile(SATELLITES).unwrap();
    let lie = hex("e803000001ff0000 000c2c43d300feff1f000000");
    assert_eq!(codec.decoder.decode(&lie, &mut |_| {}), Err(DecodeError::TooShort { need: 8 + 255 * 12, got: 20 }));
    let less = hex("e803000001000000 000c2c43d300feff1f000000");
    assert_eq!(codec.decoder.decode(&less, &mut |_| {}), Err(DecodeError::TooLong { need: 8, got: 20 }));
    assert_eq!(decode(&mut codec, &hex("e803000001000000")), ["NAV-SAT iTOW=U64(1000) version=U64(1) numSvs=U64(0)"]);
    let text =
        "name = \"layout\"\n[[messages]]\nname = \"m\"\nfields = [{ name = \"s\", type = \"text\", length = \"u32\" }]";
    let mut codec = profile(text).unwrap();
    let why = codec.decoder.decode(&hex("ffffffff 41"), &mut |_| {});
    assert!(matches!(why, Err(DecodeError::TooShort { need, got: 5 }) if need > 1 << 31), "{why:?}");
    let signed = text.replace(
        "{ name = \"s\", type = \"text\", length = \"u32\" }",
        "{ name = \"n\", type = \"i8\" }, { name = \"b\", type = \"u8\", count = \"n\" }",
    );
    assert!(profile(&signed).unwrap().decoder.decode(&hex("ff 01 02"), &mut |_| {}).is_err());
}

const CONNECT: &str = r#"
name = "layout"
endian = "big"
[[messages]]
name = "connect"
fields = [
  { name = "protocol", type = "text", length = "u16" }, { name = "level", type = "u8" }, { name = "flags", type = "u8" },
  { name = "keep", type = "u16", unit = "s" }, { name = "client", type = "text", length = "u16" },
  { name = "user", type = "text", length = "u16" }, { name = "password", type = "bytes", length = "u16" },
]
"#;

/// paho-mqtt 2.2.0: the CONNECT packet of MQTT 3.1.1 (OASIS, section 3.1) behind its fixed header.
#[test]
fn texts_with_their_length_in_front() {
    let mut codec = profile(CONNECT).unwrap();
    let frame = hex("00044d51545404c2003c0008626f696c65722d3700036d61740006733363726574");
    assert_eq!(
        decode(&mut codec, &frame),
        ["connect protocol=Text(\"MQTT\") level=U64(4) flags=U64(194) keep=U64(60) client=Text(\"boiler-7\") \
          user=Text(\"mat\") password=Bytes([115, 51, 99, 114, 101, 116])"]
    );
    let args = [
        Value::Text("MQTT"),
        Value::U64(4),
        Value::U64(194),
        Value::U64(60),
        Value::Text("boiler-7"),
        Value::Text("mat"),
        Value::Bytes(b"s3cret"),
    ];
    let mut wire = [0; 64];
    let len = codec.encoder.encode("connect", &args, &mut wire).unwrap();
    assert_eq!(wire[..len], frame);
    assert_eq!(
        codec.encoder.encode("connect", &args, &mut wire[..9]),
        Err(EncodeError::BufferTooSmall { need: frame.len() })
    );
    assert_eq!(codec.encoder.encode("connect", &args[..6], &mut wire), Err(EncodeError::Argument { index: 6 }));
    let long = profile(&CONNECT.replace("u16\" }, { name = \"level", "u8\" }, { name = \"level")).unwrap();
    let text = "x".repeat(256);
    let args: Vec<_> = [Value::Text(&text)].into_iter().chain(args.into_iter().skip(1)).collect();
    assert_eq!(long.encoder.encode("connect", &args, &mut [0; 512]), Err(EncodeError::Argument { index: 0 }));
}

const TFTP: &str = r#"
name = "layout"
endian = "big"
discriminator = "u16"
[[messages]]
id = 1
name = "read"
fields = [
  { name = "file", type = "text", until = "\\0" }, { name = "mode", type = "text", until = "\\0" },
  { name = "option", type = "group", count = "rest", fields = [
    { name = "name", type = "text", until = "\\0" }, { name = "value", type = "text", until = "\\0" },
  ] },
]
[[messages]]
id = 5
name = "error"
fields = [{ name = "code", type = "u16" }, { name = "text", type = "text", until = "\\0" }]
"#;

/// tftpy 0.8.7: RRQ with an option, ERROR (RFC 1350, section 5; RFC 2347).
#[test]
fn texts_up_to_a_nul_and_a_group_up_to_the_end() {
    let mut codec = profile(TFTP).unwrap();
    let read = hex("00016669726d776172652e62696e006f6374657400626c6b73697a650035313200");
    assert_eq!(
        decode(&mut codec, &read),
        [
            "read file=Text(\"firmware.bin\") mode=Text(\"octet\") option.0.name=Text(\"blksize\") option.0.value=Text(\"512\")"
        ]
    );
    let error = hex("0005000146696c65206e6f7420666f756e6400");
    assert_eq!(decode(&mut codec, &error), ["error code=U64(1) text=Text(\"File not found\")"]);
    let mut wire = [0; 64];
    let args = [Value::U64(1), Value::Text("File not found")];
    let len = codec.encoder.encode("error", &args, &mut wire).unwrap();
    assert_eq!(wire[..len], error);
    // A text with what ends it would arrive as another.
    let ends = [Value::U64(1), Value::Text("a\0b")];
    assert_eq!(codec.encoder.encode("error", &ends, &mut wire), Err(EncodeError::Argument { index: 1 }));
    // A group without a number is only received.
    let sent: Vec<&str> = codec.encoder.commands().iter().map(|command| command.name).collect();
    assert_eq!(sent, ["error"]);
    for cut in 3..read.len() - 1 {
        let result = codec.decoder.decode(&read[..cut], &mut |_| {});
        assert!(result.is_err() || read[cut - 1] == 0, "{cut}");
    }
    // F24: what is no UTF-8.
    assert_eq!(decode(&mut codec, &hex("0005 0001 61ff62 00")), ["error code=U64(1) text=Text(\"a\u{FFFD}b\")"]);
}

/// Groups in groups, arrays, the rest before a check sequence, and a check sequence in the middle.
#[test]
fn groups_within_groups_and_what_follows_them() {
    let text = r#"
name = "layout"
crc = "sum8"
[[messages]]
name = "pack"
fields = [
  { name = "n", type = "u8", bits = [{ name = "strings", width = 4 }] },
  { name = "string", type = "group", count = "n.strings", fields = [
    { name = "cells", type = "u8" }, { name = "cell", type = "u16", scale = 0.001, unit = "V", count = "cells" },
    { name = "label", type = "text", count = 3 },
  ] },
  { type = "checksum", algorithm = "xor8" },
  { name = "note", type = "text" },
  { type = "const", value = "0x55" },
]
"#;
    let mut codec = profile(text).unwrap();
    let mut frame = hex("02 02 e80c 100e 413100 00 423200");
    frame.push(frame.iter().fold(0, |sum, byte| sum ^ byte));
    frame.extend_from_slice(b"ok\x55");
    frame.push(frame.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte)));
    assert_eq!(
        decode(&mut codec, &frame),
        [
            "pack n.strings=U64(2) note=Text(\"ok\") string.0.cells=U64(2) string.0.cell.0=F64(3.304) string.0.cell.1=F64(3.6) \
          string.0.label=Text(\"A1\") string.1.cells=U64(0) string.1.label=Text(\"B2\")"
        ]
    );
    let mut wrong = frame.clone();
    wrong[2] ^= 1;
    let last = wrong.len() - 1;
    wrong[last] = wrong[..last].iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    assert!(matches!(codec.decoder.decode(&wrong, &mut |_| {}), Err(DecodeError::Checksum { bytes: 1, .. })));
}

#[test]
fn mistakes_have_their_path() {
    let error = |fields: &str| {
        let text = format!("name = \"layout\"\n[[messages]]\nname = \"m\"\nfields = [{fields}]");
        profile(&text).err().unwrap().to_string()
    };
    assert_eq!(
        error(
            "{ name = \"g\", type = \"group\", count = \"n\", fields = [{ name = \"a\", type = \"u8\" }] }, { name = \"n\", type = \"u8\" }"
        ),
        "messages[0].fields[0].count: no integer \"n\" stands before it; a number, the name of such a field or \"rest\" is wanted"
    );
    assert_eq!(
        error("{ name = \"a\", type = \"u8\", length = \"u8\" }"),
        "messages[0].fields[0].type: only text and bytes have a `length` or an `until`; a number or a group has a `count`"
    );
    assert!(
        error("{ name = \"a\", type = \"text\", length = \"f32\" }")
            .starts_with("messages[0].fields[0].length: unknown type \"f32\"")
    );
    assert!(
        error("{ name = \"a\", type = \"text\", length = \"u8\", until = \"x\" }")
            .contains("one of `count`, `length` and `until`")
    );
    let twice = "{ name = \"a\", type = \"text\" }, { name = \"b\", type = \"text\", until = \"\\\\0\" }";
    assert!(error(twice).contains("only one field can take the rest"), "{}", error(twice));
    let inner = "{ name = \"n\", type = \"u8\" }, { name = \"g\", type = \"group\", count = \"n\", fields = [{ name = \"a\", type = \"u8\" }, { name = \"a\", type = \"u8\" }] }";
    assert!(error(inner).contains("is the name of two fields"), "{}", error(inner));
    let text = "name = \"layout\"\n[[messages]]\nname = \"m\"\nfields = [{ name = \"n\", type = \"u8\" }]\n[[commands]]\nname = \"c\"\n\
                fields = [{ name = \"n\", type = \"u8\" }, { name = \"b\", type = \"u8\", count = \"n\" }]";
    assert_eq!(
        profile(text).err().unwrap().to_string(),
        "commands[0].fields: how often something comes in a command must be a number"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes are a message or are refused, and then nothing is said.
    #[test]
    fn any_bytes(frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 1..4), which in 0usize..3) {
        let mut codec = profile([SATELLITES, CONNECT, TFTP][which]).unwrap();
        for frame in frames {
            let mut samples = 0;
            let result = codec.decoder.decode(&frame, &mut |sample| {
                assert!(sample.values.len() <= sample.schema.fields.len());
                samples += 1;
            });
            prop_assert_eq!(samples, usize::from(result.is_ok()));
        }
    }
}
