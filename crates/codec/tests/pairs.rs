//! Pairs and text, through the table as a profile opens them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use common::{open, rows};

#[test]
fn the_issue_s_example() {
    assert_eq!(rows("pairs", &[], b"temp:21.5,hum:40\n"), ["pairs temp=F64(21.5) hum=F64(40.0)"]);
}

#[test]
fn separators() {
    let want = ["pairs a b=F64(1.0) c=F64(-2.5)".replace("a b", "a")];
    assert_eq!(want[0], "pairs a=F64(1.0) c=F64(-2.5)");
    for line in ["a:1,c:-2.5", "a=1; c=-2.5", "a:1\tc:-2.5", "a: 1 c: -2.5", " a :1 , c : -2.5,", "a: 1, c: -2.5 \r"] {
        assert_eq!(rows("pairs", &[], format!("{line}\n").as_bytes()), want, "{line}");
    }
    assert_eq!(rows("pairs", &[("assign", " "), ("separator", "|")], b"a 1|c -2.5\n"), want);
    assert_eq!(rows("pairs", &[("assign", "->"), ("separator", "\\t")], b"a->1\tc->-2.5\n"), want);
}

/// F21: what a double cannot hold stays an integer; everything else is the nearest double.
#[test]
fn extreme_numbers() {
    let line =
        b"a:18446744073709551615,b:-9223372036854775808,c:9007199254740993,d:nan,e:-inf,f:-0.0,g:5e-324,h:1e-320\n";
    assert_eq!(
        rows("pairs", &[], line)[0],
        "pairs a=U64(18446744073709551615) b=I64(-9223372036854775808) c=U64(9007199254740993) d=F64(NaN) e=F64(-inf) \
         f=F64(-0.0) g=F64(5e-324) h=F64(1e-320)"
    );
}

#[test]
fn text_beside_numbers() {
    assert_eq!(
        rows("pairs", &[], b"state:idle,on:true,t:12:30:05\n\nnothing here\nt:x\n"),
        [
            "pairs state=Text(\"idle\") on=Bool(true) t=Text(\"12:30:05\")",
            "rejected: not understood at byte 0",
            "pairs state=Null on=Null t=Text(\"x\")"
        ]
    );
}

/// F24: invalid UTF-8 becomes U+FFFD; NUL and controls stay.
#[test]
fn lines_as_they_are() {
    assert_eq!(
        rows("text", &[], b"a\xFFb\n\n\xE2\x82\xAC\0\n"),
        ["text line=Text(\"a\u{FFFD}b\")", "text line=Text(\"\")", "text line=Text(\"\u{20AC}\\0\")"]
    );
}

#[test]
fn settings_that_do_not_fit() {
    let error = |pairs: &[(&str, &str)]| open("pairs", pairs).err().unwrap().to_string();
    assert_eq!(error(&[("seperator", ",")]), "seperator: unknown key \"seperator\"; did you mean \"separator\"?");
    let known = "lines, cobs, slip, hdlc, length, fixed, sync, gap, whole";
    assert_eq!(error(&[("framing", "ethernet")]), format!("framing: unknown framing \"ethernet\"; one of {known}"));
    assert_eq!(error(&[("limit_bytes", "0")]), "limit_bytes: must be 1 to 16777216");
    assert_eq!(
        error(&[("framing", "whole"), ("delimiter", ";")]).split(';').next(),
        Some("delimiter: unknown key \"delimiter\"")
    );
    assert!(error(&[("delimiter", "")]).starts_with("delimiter: \"\" is not 1 to 8 bytes"));
}
