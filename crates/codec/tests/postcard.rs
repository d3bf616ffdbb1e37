//! Postcard by a declared schema, against the `postcard` crate: F18, F19, F21.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{DecodeError, EncodeError, Value};
use common::{decode, hex, profile};
use proptest::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

const ALL: &str = r#"
name = "postcard"
[[messages]]
name = "all"
fields = [
  { name = "flag", type = "bool" }, { name = "a", type = "u8" }, { name = "b", type = "i8" }, { name = "c", type = "u16" },
  { name = "d", type = "i32" }, { name = "e", type = "u64" }, { name = "f", type = "i64" }, { name = "g", type = "u128" },
  { name = "h", type = "i128" }, { name = "x", type = "f32", unit = "m" }, { name = "y", type = "f64" },
  { name = "letter", type = "char" }, { name = "text", type = "str" }, { name = "raw", type = "bytes" },
  { name = "nothing", type = "unit" }, { name = "some", type = "option", of = "u32" }, { name = "there", type = "option", of = "unit" },
  { name = "list", type = "seq", of = "i16" }, { name = "three", type = "array", of = "u8", len = 3 },
  { name = "pair", type = "tuple", of = ["u8", "str"] },
  { name = "imu", type = "struct", fields = [{ name = "ax", type = "f32" }, { name = "ay", type = "f32" }] },
  { name = "mode", type = "enum", variants = ["Idle", { name = "Run", of = "u32" }, { name = "Move", of = ["u8", "u8"] },
    { name = "Fault", fields = [{ name = "code", type = "u16" }] }] },
  { name = "map", type = "map", of = "u32" },
  { name = "groups", type = "seq", of = { type = "struct", fields = [{ name = "n", type = "u8" }] } },
]
"#;

#[derive(Serialize)]
enum Mode {
    Idle,
    Run(u32),
    Move(u8, u8),
    Fault { code: u16 },
}

#[derive(Serialize)]
struct Imu {
    ax: f32,
    ay: f32,
}

#[derive(Serialize)]
struct Group {
    n: u8,
}

#[derive(Serialize)]
struct All {
    flag: bool,
    a: u8,
    b: i8,
    c: u16,
    d: i32,
    e: u64,
    f: i64,
    g: u128,
    h: i128,
    x: f32,
    y: f64,
    letter: char,
    text: &'static str,
    raw: Vec<u8>,
    nothing: (),
    some: Option<u32>,
    there: Option<()>,
    list: Vec<i16>,
    three: [u8; 3],
    pair: (u8, &'static str),
    imu: Imu,
    mode: Mode,
    map: BTreeMap<&'static str, u32>,
    groups: Vec<Group>,
}

fn all(mode: Mode) -> All {
    All {
        flag: true,
        a: 255,
        b: -128,
        c: 65535,
        d: i32::MIN,
        e: u64::MAX,
        f: i64::MIN,
        g: u128::MAX,
        h: i128::MIN,
        x: f32::from_bits(1),
        y: f64::NEG_INFINITY,
        letter: '\u{20AC}',
        text: "gr\u{FC}n",
        raw: vec![0, 255],
        nothing: (),
        some: Some(7),
        there: Some(()),
        list: vec![-1, 300],
        three: [1, 2, 3],
        pair: (9, "p"),
        imu: Imu { ax: -0.0, ay: 1.5 },
        mode,
        map: BTreeMap::from([("one", 1), ("two", 2)]),
        groups: vec![Group { n: 4 }],
    }
}

const HEAD: &str = "all flag=Bool(true) a=U64(255) b=I64(-128) c=U64(65535) d=I64(-2147483648) e=U64(18446744073709551615) \
    f=I64(-9223372036854775808) g=Text(\"340282366920938463463374607431768211455\") \
    h=Text(\"-170141183460469231731687303715884105728\") x=F32(1e-45) y=F64(-inf) letter=Text(\"\u{20AC}\") \
    text=Text(\"gr\u{FC}n\") raw=Bytes([0, 255]) some=U64(7) there=Bool(true) three.0=U64(1) three.1=U64(2) three.2=U64(3) \
    pair.0=U64(9) pair.1=Text(\"p\") imu.ax=F32(-0.0) imu.ay=F32(1.5)";
const TAIL: &str = "list.0=I64(-1) list.1=I64(300)";

#[test]
fn every_type() {
    let mut codec = profile(ALL).unwrap();
    let mut said = |mode| decode(&mut codec, &postcard::to_allocvec(&all(mode)).unwrap())[0].clone();
    let map = "map.one=U64(1) map.two=U64(2) groups.0.n=U64(4)";
    assert_eq!(said(Mode::Idle), format!("{HEAD} mode=Text(\"Idle\") {TAIL} {map}"));
    // What a variant holds are fields of their own, added when the variant is first met.
    assert_eq!(said(Mode::Run(8)), format!("{HEAD} mode=Text(\"Run\") {TAIL} {map} mode.Run=U64(8)"));
    assert_eq!(
        said(Mode::Move(1, 2)),
        format!("{HEAD} mode=Text(\"Move\") {TAIL} {map} mode.Run=Null mode.Move.0=U64(1) mode.Move.1=U64(2)")
    );
    assert!(said(Mode::Fault { code: 3 }).ends_with("mode.Move.1=Null mode.Fault.code=U64(3)"));
}

/// F18: every truncation is an error, and so is a byte too many.
#[test]
fn truncated() {
    let mut codec = profile(ALL).unwrap();
    let frame = postcard::to_allocvec(&all(Mode::Run(300))).unwrap();
    for len in 0..frame.len() {
        assert!(matches!(codec.decoder.decode(&frame[..len], &mut |_| {}), Err(DecodeError::TooShort { .. })), "{len}");
    }
    let need = frame.len();
    let long = [&frame[..], &[0]].concat();
    assert_eq!(codec.decoder.decode(&long, &mut |_| {}), Err(DecodeError::TooLong { need, got: need + 1 }));
}

fn one(kind: &str, frame: &str) -> String {
    let text = format!("name = \"postcard\"\nmessages = [{{ name = \"m\", fields = [{{ name = \"v\", {kind} }}] }}]");
    decode(&mut profile(&text).unwrap(), &hex(frame)).remove(0)
}

/// The Postcard Wire Specification, "Varint Encoded Integers" and "Signed Integer Encoding": the tables of examples.
#[test]
fn the_specification_s_integers() {
    for (bytes, value) in [("00", 0), ("7f", 127), ("8001", 128), ("ff7f", 16383), ("808001", 16384), ("ffff03", 65535)]
    {
        assert_eq!(one("type = \"u16\"", bytes), format!("m v=U64({value})"));
    }
    for (bytes, value) in
        [("00", 0), ("01", -1), ("02", 1), ("fe01", 127), ("ff01", -128), ("feff03", 32767), ("ffff03", -32768)]
    {
        assert_eq!(one("type = \"i16\"", bytes), format!("m v=I64({value})"));
    }
    // The specification's own words: a sequence of the form [0x80, 0x00] is read as 0, and no more bits than the type has.
    assert_eq!(one("type = \"u16\"", "8000"), "m v=U64(0)");
    assert_eq!(one("type = \"u16\"", "ffff04"), "rejected: not understood at byte 0");
}

/// F18: lengths and varints that lie.
#[test]
fn lies() {
    assert_eq!(one("type = \"u64\"", "8080808080808080808001"), "rejected: not understood at byte 0");
    assert_eq!(one("type = \"u64\"", "ffffffffffffffffff01"), "m v=U64(18446744073709551615)");
    assert_eq!(one("type = \"u64\"", "ffffffffffffffffff02"), "rejected: not understood at byte 0");
    for kind in ["type = \"str\"", "type = \"bytes\"", "type = \"seq\", of = \"u8\"", "type = \"map\", of = \"u8\""] {
        assert!(one(kind, "ffffffff0f01").starts_with("rejected: too short"), "{kind}");
    }
    assert_eq!(one("type = \"seq\", of = \"unit\"", "ffffffff0f"), "rejected: too many items or too deep at byte 0");
    assert_eq!(one("type = \"bool\"", "02"), "rejected: not understood at byte 0");
    assert_eq!(one("type = \"option\", of = \"u8\"", "0201"), "rejected: not understood at byte 0");
    assert_eq!(one("type = \"str\"", "03 61ff62"), "m v=Text(\"a\u{FFFD}b\")");
}

/// F18: lists of empty lists have places without end; at some point the frame is refused, and known ones still decode.
#[test]
fn lists_of_lists() {
    let kind = "type = \"seq\", of = { type = \"seq\", of = { type = \"seq\", of = \"u8\" } }";
    let text = format!("name = \"postcard\"\nmessages = [{{ name = \"m\", fields = [{{ name = \"v\", {kind} }}] }}]");
    let mut codec = profile(&text).unwrap();
    let good = |codec: &mut codec::Codec| decode(codec, &hex("01 01 01 05"));
    assert_eq!(good(&mut codec), ["m v.0.0.0=U64(5)"]);
    let mut refused = 0;
    for outer in 0..40u8 {
        // The lists before are empty; the last has 4,000 empty lists.
        let mut frame = vec![outer + 1];
        frame.extend(std::iter::repeat_n(0, outer.into()));
        frame.extend([0xA0, 0x1F]);
        frame.extend([0; 4000]);
        let said = decode(&mut codec, &frame).remove(0);
        refused += u8::from(said == "rejected: too many items or too deep at byte 0");
    }
    assert!((20..40).contains(&refused), "{refused}");
    assert_eq!(good(&mut codec), ["m v.0.0.0=U64(5)"]);
}

/// F19: an enum without data can be newer than the profile; one with data cannot be read on.
#[test]
fn unknown_variants() {
    assert_eq!(one("type = \"enum\", variants = [\"a\", \"b\"]", "07"), "m v=Text(\"unknown (7)\")");
    assert_eq!(
        one("type = \"enum\", variants = [\"a\", { name = \"b\", of = \"u8\" }]", "07"),
        "rejected: unknown message 7"
    );
}

const LINK: &str = r#"
name = "postcard"
discriminator = "varint"
crc = "CRC-32/ISO-HDLC"
messages = [{ name = "log", id = 0, fields = [{ name = "text", type = "str" }] }, { name = "t", id = 300, fields = [{ name = "v", type = "i8" }] }]
commands = [{ name = "Set", id = 1, fields = [{ name = "speed", type = "i32" }, { name = "ramp", type = "option", of = "f32" },
  { name = "mode", type = "enum", variants = ["Off", "On"] }] }]
"#;

#[derive(Serialize)]
enum Onoff {
    #[expect(dead_code, reason = "the first variant, so that the second is number 1")]
    Off,
    On,
}

#[derive(Serialize)]
enum Down {
    #[expect(dead_code, reason = "as above")]
    Log,
    Set {
        speed: i32,
        ramp: Option<f32>,
        mode: Onoff,
    },
}

#[test]
fn messages_and_commands() {
    let crc = codec::checksum::Crc::<u32>::new(&codec::checksum::algorithm::CRC_32_ISO_HDLC);
    let seal = |mut frame: Vec<u8>| {
        let sum = crc.checksum(&frame);
        frame.extend_from_slice(&sum.to_le_bytes());
        frame
    };
    let mut codec = profile(LINK).unwrap();
    assert_eq!(decode(&mut codec, &seal(hex("00 026869"))), ["log text=Text(\"hi\")"]);
    assert_eq!(decode(&mut codec, &seal(hex("ac02 ff"))), ["t v=I64(-1)"]);
    assert_eq!(decode(&mut codec, &seal(hex("05"))), ["rejected: unknown message 5"]);
    let mut broken = seal(hex("ac02 ff"));
    broken[1] ^= 4;
    assert!(decode(&mut codec, &broken)[0].starts_with("rejected: checksum"));

    let mut payload = [0; 64];
    for (ramp, arg) in [(Some(0.5), Value::F64(0.5)), (None, Value::Null)] {
        let theirs = seal(postcard::to_allocvec(&Down::Set { speed: -1500, ramp, mode: Onoff::On }).unwrap());
        let len = codec.encoder.encode("Set", &[Value::F64(-1500.0), arg, Value::Text("On")], &mut payload).unwrap();
        assert_eq!(payload[..len], theirs);
    }
    let wrong = |args: &[Value<'_>]| codec.encoder.encode("Set", args, &mut [0; 64]);
    let (speed, on) = (Value::I64(1), Value::Text("On"));
    assert_eq!(wrong(&[Value::F64(0.5), Value::Null, on]), Err(EncodeError::Argument { index: 0 }));
    assert_eq!(wrong(&[speed, Value::Text("fast"), on]), Err(EncodeError::Argument { index: 1 }));
    assert_eq!(wrong(&[speed, Value::Null, Value::Text("on?")]), Err(EncodeError::Argument { index: 2 }));
    assert_eq!(wrong(&[speed]), Err(EncodeError::Argument { index: 1 }));
}

#[test]
fn settings_that_do_not_fit() {
    let error = |fields: &str| {
        profile(&format!("name = \"postcard\"\nmessages = [{{ name = \"m\", fields = [{fields}] }}]"))
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        error("{ name = \"a\", type = \"u31\" }"),
        "messages[0].fields[0].type: unknown type \"u31\"; did you mean \"u32\"?"
    );
    assert_eq!(
        error("{ name = \"a\", type = \"seq\", of = { type = \"tuple\", of = [\"u8\", \"seq\"] } }"),
        "messages[0].fields[0].of.of[1]: seq needs a table: { type = \"seq\", … }"
    );
    assert_eq!(
        error("{ name = \"a\", type = \"enum\", variants = [\"x\", { nam = \"y\" }] }"),
        "messages[0].fields[0].variants[1].nam: unknown key \"nam\"; did you mean \"name\"?"
    );
    let deep =
        format!("{{ name = \"a\", {}type = \"u8\"{} }}", "type = \"option\", of = { ".repeat(70), " }".repeat(70));
    assert!(error(&deep).ends_with("types are nested deeper than 64"), "{}", error(&deep));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Never a panic, never more memory than the frame can ask for.
    #[test]
    fn any_bytes(frame in prop::collection::vec(prop_oneof![0u8..4, any::<u8>()], 0..200)) {
        decode(&mut profile(ALL).unwrap(), &frame);
        decode(&mut profile(LINK).unwrap(), &frame);
        one("type = \"seq\", of = { type = \"map\", of = { type = \"seq\", of = \"u8\" } }", &frame.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
}
