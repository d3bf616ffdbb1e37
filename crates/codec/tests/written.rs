//! csv and json: what is written as text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use common::{decode, open, profile, rows, run};
use proptest::prelude::*;

#[test]
fn rows_without_names() {
    let want = ["csv c1=F64(21.5) c2=F64(-40.0)"];
    for line in ["21.5,-40", "21.5;-40", "21.5\t-40", " 21.5   -40 ", "21.5, -40"] {
        assert_eq!(rows("csv", &[], format!("{line}\r\n").as_bytes()), want, "{line}");
    }
    assert_eq!(rows("csv", &[("separator", "|")], b"21.5|-40\n"), want);
    assert_eq!(
        rows("csv", &[("message", "row")], b"1,,3\n2\n"),
        ["row c1=F64(1.0) c2=Null c3=F64(3.0)", "row c1=F64(2.0)"]
    );
    let mut named = profile("name = \"csv\"\nnames = [\"t\", \"rh\"]").unwrap();
    assert_eq!(run(&mut named, b"1,2,3\n", 1), ["csv t=F64(1.0) rh=F64(2.0) c3=F64(3.0)"]);
}

#[test]
fn header() {
    let want = ["csv t=F64(1.0) rh=F64(2.5)", "csv t=F64(3.0) rh=F64(4.0)"];
    assert_eq!(rows("csv", &[], b"t,rh\n1,2.5\nt,rh\n3,4\n"), want);
    assert_eq!(rows("csv", &[("header", "yes")], b"t,rh\n1,2.5\n3,4\n"), want);
    assert_eq!(rows("csv", &[("header", "yes")], b"1,2\n5,6\n"), ["csv 1=F64(5.0) 2=F64(6.0)"]);
    assert_eq!(rows("csv", &[("header", "no")], b"a,b\n"), ["csv c1=Text(\"a\") c2=Text(\"b\")"]);
    let renamed = ["csv c1=F64(1.0) c2=F64(2.5)", "csv c1=Null c2=Null temp=F64(3.0) hum=F64(4.0)"];
    assert_eq!(rows("csv", &[], b"1,2.5\ntemp,hum\n3,4\n"), renamed);
    // A sentence between the names and the first row, or before them, is none.
    assert_eq!(rows("csv", &[], b"t,rh\nsensor ready\n1,2.5\n3,4\n"), want);
    for between in ["sensor ready, calibrating", "ok, ready to go", "Init done; go", "ready", "Starting..."] {
        assert_eq!(rows("csv", &[], format!("{between}\nt,rh\n{between}\n1,2.5\n3,4\n").as_bytes()), want, "{between}");
    }
    let late = ["csv c1=F64(42.0)", "csv c1=Null t=F64(1.0) rh=F64(2.5)"];
    assert_eq!(rows("csv", &[], b"t,rh\n42\n1,2.5\n"), late);
    assert_eq!(rows("csv", &[], b"t rh\nStarting...\n1 2.5\n3 4\n"), want);
    assert_eq!(rows("csv", &[], b"a, b\nt, rh\n1, 2.5\n3, 4\n"), want, "of two the last");
    let trailing = ["csv t=F64(0.0) T=F64(21.0) c3=Null", "csv t=F64(1.0) T=F64(22.0) c3=Null"];
    assert_eq!(rows("csv", &[], b"t,T,\n0,21.0,\n1,22.0,\n"), trailing, "a comma at every end");
    let many = [b"hello,world\n".as_slice(), &b"1,2,3\n".repeat(5), b"1,2\n"].concat();
    assert_eq!(rows("csv", &[], &many).last().unwrap(), "csv c1=F64(1.0) c2=F64(2.0)");
    assert_eq!(rows("csv", &[("header", "yes")], b"a,a,\n1,2,3\n"), ["csv a=F64(1.0) a.2=F64(2.0) c3=F64(3.0)"]);
    assert!(open("csv", &[("header", "maybe")]).is_err());
}

#[test]
fn a_decimal_comma_is_understood_where_no_comma_separates() {
    let want = ["csv t=F64(0.5) u=F64(-1250.0)", "csv t=F64(1.0) u=Null"];
    assert_eq!(rows("csv", &[], b"t;u\n0,5;-1,25E3\n1;\n"), want);
    assert_eq!(rows("csv", &[], b"0,5\t2\n"), ["csv c1=F64(0.5) c2=F64(2.0)"]);
    assert_eq!(rows("csv", &[("separator", "|")], b"0,5|x,y\n"), ["csv c1=F64(0.5) c2=Text(\"x,y\")"]);
    // Of thousands, and where a comma separates, nobody can tell.
    assert_eq!(rows("csv", &[], b"1,234,567;2\n"), ["csv c1=Text(\"1,234,567\") c2=F64(2.0)"]);
    assert_eq!(rows("csv", &[], b"0,5\n"), ["csv c1=F64(0.0) c2=F64(5.0)"]);
}

/// RFC 4180, section 2, rules 5 to 7 (within a line).
#[test]
fn quotes() {
    let row = b"\"aaa\",\"b \"\"bb\",\"c,c\",1\n";
    assert_eq!(rows("csv", &[], row), ["csv c1=Text(\"aaa\") c2=Text(\"b \\\"bb\") c3=Text(\"c,c\") c4=F64(1.0)"]);
}

#[test]
fn words_among_numbers() {
    let got = rows("csv", &[], b"1,2\nbooting again\n3,ERR\n4,5\n");
    let want = [
        "csv c1=F64(1.0) c2=F64(2.0)",
        "rejected: not understood at byte 0",
        "csv c1=F64(3.0) c2=Text(\"ERR\")",
        "csv c1=F64(4.0) c2=F64(5.0)",
    ];
    assert_eq!(got, want);
}

/// RFC 8259, section 13, the first example.
#[test]
fn the_rfc_s_object() {
    let text = r#"{"Image": {"Width": 800, "Height": 600, "Title": "View from 15th Floor",
        "Thumbnail": {"Url": "http://www.example.com/image/481989943", "Height": 125, "Width": 100},
        "Animated" : false, "IDs": [116, 943, 234, 38793]}}"#;
    assert_eq!(
        rows("json", &[("framing", "whole")], text.as_bytes()),
        ["json Image.Width=F64(800.0) Image.Height=F64(600.0) Image.Title=Text(\"View from 15th Floor\") \
          Image.Thumbnail.Url=Text(\"http://www.example.com/image/481989943\") Image.Thumbnail.Height=F64(125.0) \
          Image.Thumbnail.Width=F64(100.0) Image.Animated=Bool(false) Image.IDs.0=F64(116.0) Image.IDs.1=F64(943.0) \
          Image.IDs.2=F64(234.0) Image.IDs.3=F64(38793.0)"]
    );
}

/// RFC 8259, section 13: an array of objects is as many samples; three values alone.
#[test]
fn arrays_and_values() {
    let got =
        rows("json", &[], b"[{\"Latitude\": 37.7668, \"City\": \"SAN FRANCISCO\"}, {\"Latitude\": 37.371991}]\n\n{}\n");
    assert_eq!(got, ["json Latitude=F64(37.7668) City=Text(\"SAN FRANCISCO\")", "json Latitude=F64(37.371991)"]);
    assert_eq!(
        rows("json", &[], b"\"Hello world!\"\n42\ntrue\n[1,2]\n"),
        [
            "json value=Text(\"Hello world!\")",
            "json value=F64(42.0)",
            "json value=Bool(true)",
            "json value=Null 0=F64(1.0) 1=F64(2.0)"
        ]
    );
}

/// F21: integers to the last digit, doubles to the last bit.
#[test]
fn exact_numbers() {
    let got = rows("json", &[("message", "m")], b"{\"a\":18446744073709551615,\"b\":-9223372036854775808,\"c\":-0.0,\"d\":5e-324,\"e\":9007199254740993,\"f\":1.7976931348623157e308,\"g\":0.1,\"h\":8.41e21}\n");
    assert_eq!(
        got,
        ["m a=U64(18446744073709551615) b=I64(-9223372036854775808) c=F64(-0.0) d=F64(5e-324) \
        e=U64(9007199254740993) f=F64(1.7976931348623157e308) g=F64(0.1) h=F64(8.41e21)"]
    );
}

/// F21: a number beyond a double is infinite in every text protocol, and the rest of its frame is good.
#[test]
fn numbers_beyond_a_double() {
    let want = |protocol: &str| [format!("{protocol} a=F64(inf) b=F64(-inf) c=F64(2.5)")];
    assert_eq!(rows("json", &[], b"{\"a\":1e400,\"b\":-1e400,\"c\":2.5}\n"), want("json"));
    assert_eq!(rows("pairs", &[], b"a:1e400,b:-1e400,c:2.5\n"), want("pairs"));
    assert_eq!(rows("csv", &[], b"a,b,c\n1e400,-1e400,2.5\n"), want("csv"));
    // In a string it is text, and where the grammar is broken it does not mend that.
    assert_eq!(
        rows("json", &[], b"{\"1e999\":\"1e400 \\\"-1e400\",\"x\":-1E999}\n")[0],
        r#"json 1e999=Text("1e400 \"-1e400") x=F64(-inf)"#
    );
    for broken in ["[1e400,]", "[01e400]", "[1.e400]", "[+1e400]", "[1e400", "[1e400]]", "[- 1e400]"] {
        assert!(rows("json", &[], format!("{broken}\n").as_bytes())[0].starts_with("rejected"), "{broken}");
    }
}

/// F18, F24, S29: nesting is bounded, invalid UTF-8 is replaced, errors say where, a bad document emits nothing.
#[test]
fn bad_documents() {
    let mut codec = open("json", &[]).unwrap();
    let nested = |depth: usize| [b"[".repeat(depth), b"1".to_vec(), b"]".repeat(depth)].concat();
    assert_eq!(decode(&mut codec, &nested(63)).len(), 1);
    assert!(decode(&mut codec, &nested(65))[0].starts_with("rejected: too many items or too deep"));
    assert!(decode(&mut codec, &b"[".repeat(100_000))[0].starts_with("rejected: too many items or too deep"));
    assert_eq!(decode(&mut codec, b"{\"a\":1,}"), ["rejected: not understood at byte 7"]);
    assert_eq!(decode(&mut codec, b"[{\"a\":1},{\"b\":]"), ["rejected: not understood at byte 14"]);
    assert_eq!(decode(&mut open("json", &[]).unwrap(), b"{\"a\":\"x\xFF\"}"), ["json a=Text(\"x\u{FFFD}\")"]);
}

/// What there is too much of is said as it is, and what fits goes on.
#[test]
fn more_fields_than_a_message_can_have() {
    let frame = |protocol: &str, names: std::ops::Range<usize>| match protocol {
        "json" => format!("{{{}}}", names.map(|name| format!("\"k{name}\":1")).collect::<Vec<_>>().join(",")),
        _ => names.map(|name| format!("k{name}:1")).collect::<Vec<_>>().join(","),
    };
    let rejected = "rejected: one field more than the 4096 a message can have, at byte ";
    for protocol in ["json", "pairs"] {
        let mut codec = open(protocol, &[]).unwrap();
        assert!(decode(&mut codec, frame(protocol, 0..4096).as_bytes())[0].contains(" k4095=F64(1.0)"), "{protocol}");
        let beyond = decode(&mut codec, frame(protocol, 4095..4097).as_bytes());
        assert!(beyond[0].starts_with(rejected), "{protocol}: {beyond:?}");
        assert!(
            decode(&mut codec, frame(protocol, 4000..4096).as_bytes())[0].ends_with(" k4095=F64(1.0)"),
            "{protocol}"
        );
        let equal = vec![frame(protocol, 0..1).trim_matches(['{', '}']).to_owned(); 5000].join(",");
        let equal = if protocol == "json" { format!("{{{equal}}}") } else { equal };
        let said = decode(&mut open(protocol, &[]).unwrap(), equal.as_bytes());
        assert!(said[0].starts_with(rejected), "{protocol}: {said:?}");
    }
    let long = |len: usize| format!("{{\"{}\":1}}", "x".repeat(len));
    let mut codec = open("json", &[]).unwrap();
    assert_eq!(decode(&mut codec, long(256).as_bytes()).len(), 1);
    assert_eq!(decode(&mut codec, long(257).as_bytes()), ["rejected: a name longer than 256 bytes, at byte 261"]);
}

/// A name given twice is a field each time, in pairs as in JSON.
#[test]
fn equal_names_in_a_line() {
    let got = rows("pairs", &[], b"t:1,t:2\nt:3,u:4,t.2:5,t:6\nt:7\n");
    let want =
        ["pairs t=F64(1.0) t.2=F64(2.0)", "pairs t=F64(3.0) t.2=F64(5.0) u=F64(4.0) t.3=F64(6.0)", "pairs t=F64(7.0)"];
    assert_eq!(got, want);
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[a-c]{1,2}[:=][-0-9.e]{0,5}",
        "[-0-9.]{1,4}[,; \t]",
        "[{}\\[\\]\",:0-9a-b ]{1,9}",
        "\r?\n",
        "\\{\"a\":\\{\"b\":-?[0-9]{1,20}\\}\\}\n"
    ]
    .prop_map(String::into_bytes);
    let piece = prop_oneof![8 => piece, 1 => prop::collection::vec(any::<u8>(), 1..9)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any split of the stream gives the same samples; nothing panics.
    #[test]
    fn any_split(input in line(), piece in 1..50usize) {
        for protocol in ["text", "csv", "pairs", "json"] {
            let whole = rows(protocol, &[], &input);
            prop_assert_eq!(run(&mut open(protocol, &[]).unwrap(), &input, piece), whole, "{}", protocol);
        }
    }

    /// What serde_json reads as a number, the table has exactly.
    #[test]
    fn numbers(value in any::<f64>(), integer in any::<i64>()) {
        prop_assume!(value.is_finite());
        for protocol in ["json", "pairs", "csv"] {
            let line = match protocol {
                "json" => format!("{{\"v\":{value:?}}}"),
                "pairs" => format!("v:{value:e}"),
                _ => format!("v\n{value:e}"),
            };
            let got = rows(protocol, &[], format!("{line}\n").as_bytes());
            prop_assert_eq!(&got, &[format!("{protocol} v=F64({value:?})")]);
        }
        let got = rows("pairs", &[], format!("v={integer}\n").as_bytes());
        let digits = got[0].trim_start_matches(|c: char| c != '(').trim_matches(['(', ')']).trim_end_matches(".0");
        prop_assert_eq!(digits.parse::<f64>().unwrap(), integer as f64);
        if integer.unsigned_abs() > 1 << 53 {
            prop_assert_eq!(digits, integer.to_string());
        }
    }
}

/// What a board says before its rows names them only if it has as many words, separated alike; and what it says in between
/// renames nothing that has a name.
#[test]
fn a_line_of_names_is_one_by_the_row_behind_it() {
    let got = rows("csv", &[], b"Hello from Arduino\nInit done\n1.0,2.0,3.0\n");
    assert_eq!(got, ["csv c1=F64(1.0) c2=F64(2.0) c3=F64(3.0)"]);
    let got = rows("csv", &[], b"1.0,2.0,3.0\nERROR, sensor, lost\n4,5,6\n");
    assert_eq!(got[2], "csv c1=F64(4.0) c2=F64(5.0) c3=F64(6.0)", "{got:?}");
    let got = rows("csv", &[], b"Booting, please wait\nt,rh\n1,2\nERROR, lost\n3,4\n-,-\n");
    let want = [
        "csv t=F64(1.0) rh=F64(2.0)",
        "rejected: not understood at byte 0",
        "csv t=F64(3.0) rh=F64(4.0)",
        "csv t=Null rh=Null",
    ];
    assert_eq!(got, want);
}
