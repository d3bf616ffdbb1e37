//! Lines with a check sequence written as text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use common::{open, rows};

/// pynmea2 1.19.0 and the examples of its documentation: sentences with their sums (IEC 61162-1).
const GGA: &str = "$GPGGA,184353.07,1929.045,S,02410.506,E,1,04,2.6,100.00,M,-33.9,M,,0000*6D";

#[test]
fn f17_a_line_whose_sum_is_wrong_is_rejected_with_both_numbers() {
    let nmea = [("checksum", "xor8")];
    let said = rows("csv", &nmea, format!("{GGA}\r\n").as_bytes());
    assert!(
        said[0].starts_with("csv c1=Text(\"GPGGA\") c2=F64(184353.07)") && said[0].ends_with("c15=F64(0.0)"),
        "{said:?}"
    );
    let text = |line: &str| rows("text", &nmea, format!("{line}\r\n").as_bytes()).concat();
    assert_eq!(text(&GGA.replace("1929", "1928")), "rejected: checksum 6d, expected 6c");
    assert_eq!(
        text("!AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0*7d"),
        "text line=Text(\"AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0\")"
    );
    assert_eq!(text("t=1*xy"), "rejected: no checksum, where there must be one");
    assert_eq!(text("*1"), "rejected: no checksum, where there must be one");
    let lenient = [("checksum", "xor8"), ("checksum_missing", "accepted")];
    assert_eq!(
        rows("pairs", &lenient, b"t:1\n$t:2*7E\n$t:3*7D\n"),
        ["pairs t=F64(1.0)", "rejected: checksum 7e, expected 7c", "pairs t=F64(3.0)"]
    );
}

#[test]
fn a_line_that_is_sent_gets_its_sum() {
    let codec = open("text", &[("checksum", "xor8"), ("delimiter", "crlf")]).unwrap();
    let mut wire = [0; 128];
    let mut sent = |line: &str| {
        let len = codec.framer.wrap(line.as_bytes(), &mut wire).unwrap();
        String::from_utf8(wire[..len].to_vec()).unwrap()
    };
    assert_eq!(sent(GGA.split('*').next().unwrap()), format!("{GGA}\r\n"));
    assert_eq!(sent(GGA), format!("{GGA}\r\n"), "it has one");
    let wide = open("text", &[("checksum", "CRC-16/MODBUS")]).unwrap();
    let len = wide.framer.wrap(b"123456789", &mut wire).unwrap();
    assert_eq!(&wire[..len], b"123456789*4B37\n");
    assert!(open("text", &[("checksum", "nmea")]).err().unwrap().to_string().starts_with("checksum: unknown checksum"));
}
