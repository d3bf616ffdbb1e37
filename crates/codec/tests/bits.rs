//! Bits of integers, and groups of fields, in declared layouts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{EncodeError, Value};
use common::{decode, hex, profile};

const STATUS: &str = r#"
name = "layout"
[[messages]]
name = "status"
fields = [
  { name = "flags", type = "u16", endian = "big", bits = [
    { name = "ready" },
    { name = "mode", width = 3, enum = ["off", "idle", "run"] },
    { width = 2 },
    { name = "trim", width = 4, signed = true, scale = 0.5, unit = "V" },
    { name = "code", at = 12, width = 4 },
  ] },
  { name = "axis", type = "group", count = 2, fields = [
    { name = "position", type = "i16", unit = "mm" },
    { name = "io", type = "u8", bits = [{ name = "home" }, { name = "end", at = 7 }] },
    { name = "gains", type = "group", fields = [{ name = "p", type = "u8" }, { type = "pad" }] },
  ] },
]
"#;

/// Python 3: `struct.pack(">H", 0b1010_00_1110_00_010_1)`, then `struct.pack("<hBBx", -2, 0x81, 7)` and `(3, 0x80, 8)`.
#[test]
fn bits_and_groups() {
    let mut codec = profile(STATUS).unwrap();
    let frame = hex("a385 feff810700 0300800800");
    let said = "status flags.ready=Bool(true) flags.mode=Text(\"run\") flags.trim=F64(-1.0) flags.code=U64(10) \
                axis.0.position=I64(-2) axis.0.io.home=Bool(true) axis.0.io.end=Bool(true) axis.0.gains.p=U64(7) \
                axis.1.position=I64(3) axis.1.io.home=Bool(false) axis.1.io.end=Bool(true) axis.1.gains.p=U64(8)";
    assert_eq!(decode(&mut codec, &frame), [said]);
    let mut values = Vec::new();
    codec
        .decoder
        .decode(&frame, &mut |sample| values.extend(sample.values.iter().map(|value| format!("{value:?}"))))
        .unwrap();
    let args = [
        Value::Bool(true),
        Value::Text("run"),
        Value::F64(-1.0),
        Value::U64(10),
        Value::I64(-2),
        Value::Bool(true),
        Value::Bool(true),
        Value::U64(7),
        Value::I64(3),
        Value::Bool(false),
        Value::Bool(true),
        Value::U64(8),
    ];
    let mut payload = [0; 32];
    let len = codec.encoder.encode("status", &args, &mut payload).unwrap();
    assert_eq!(&payload[..len], frame);
    // Four bits hold no 16, and an unknown mode says its number.
    let wide = args.map(|arg| if arg == Value::U64(10) { Value::U64(16) } else { arg });
    assert_eq!(codec.encoder.encode("status", &wide, &mut payload), Err(EncodeError::Argument { index: 3 }));
    assert!(decode(&mut codec, &hex("a38f feff810700 0300800800"))[0].contains("flags.mode=Text(\"unknown (7)\")"));
}

#[test]
fn bits_and_groups_that_do_not_fit() {
    let error = |field: &str| {
        profile(&format!("name = \"layout\"\n[[messages]]\nname = \"m\"\nfields = [{field}]"))
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        error("{ name = \"a\", type = \"u8\", bits = [{ name = \"x\", at = 6, width = 3 }] }"),
        "messages[0].fields[0].bits[0].width: bits 6 to 8 do not stand in 8"
    );
    assert!(error("{ name = \"a\", type = \"f32\", bits = [{ name = \"x\" }] }").contains("only an integer has bits"));
    assert!(error("{ name = \"a\", type = \"group\", count = 3 }").contains("a group needs fields"));
    let endless = "{ name = \"a\", type = \"group\", count = 4000, fields = [{ name = \"b\", type = \"group\", count = 4000, \
                   fields = [{ name = \"c\", type = \"u8\" }] }] }";
    assert!(error(endless).contains("a message has at most 4096 fields"), "{}", error(endless));
    assert!(
        error("{ name = \"a\", type = \"group\", fields = [{ name = \"b\", type = \"u9\" }] }")
            .starts_with("messages[0].fields[0].fields[0].type")
    );
}
