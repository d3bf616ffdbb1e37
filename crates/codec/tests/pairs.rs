//! Pairs and text, through the table as a profile opens them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use common::{open, rows};

#[test]
fn the_issue_s_example() {
    assert_eq!(rows("pairs", &[], b"temp:21.5,hum:40\n"), ["pairs temp=F64(21.5) hum=F64(40.0)"]);
}

/// The cases of the plotter's own tests (arduino-serial-plotter-webapp, `src/msgAggregatorWorker.test.ts`): comma, space and
/// tab, with and without one at the end, LF and CR LF; one value, several, and labelled ones.
#[test]
fn what_the_arduino_plotter_takes() {
    for separator in [" ", "\t", ","] {
        for trailing in ["", separator] {
            for ending in ["\n", "\r\n"] {
                let lines =
                    |lines: &[String]| lines.iter().map(|line| format!("{line}{trailing}{ending}")).collect::<String>();
                let single = lines(&["1".into(), "-1.5".into()]);
                assert_eq!(
                    rows("pairs", &[], single.as_bytes()),
                    ["pairs value 1=F64(1.0)", "pairs value 1=F64(-1.5)"]
                );
                let several = lines(&[format!("1{separator}2"), format!("3{separator}4")]);
                let want = ["pairs value 1=F64(1.0) value 2=F64(2.0)", "pairs value 1=F64(3.0) value 2=F64(4.0)"];
                assert_eq!(rows("pairs", &[], several.as_bytes()), want, "{several:?}");
                let labelled = lines(&[format!("label_1:1{separator}label_2:2")]);
                assert_eq!(rows("pairs", &[], labelled.as_bytes()), ["pairs label_1=F64(1.0) label_2=F64(2.0)"]);
            }
        }
    }
}

#[test]
fn values_without_a_name_have_that_of_their_place() {
    let row = |line: &str| rows("pairs", &[], format!("{line}\n").as_bytes()).concat();
    assert_eq!(row("temp:21.5,3,hum:40"), "pairs temp=F64(21.5) value 2=F64(3.0) hum=F64(40.0)");
    assert_eq!(row("1\t\t2"), "pairs value 1=F64(1.0) value 2=F64(2.0)");
    assert_eq!(row("1,,3"), "pairs value 1=F64(1.0) value 3=F64(3.0)");
    assert_eq!(row(" 1;  2; nan"), "pairs value 1=F64(1.0) value 2=F64(2.0) value 3=F64(NaN)");
    // Readings of which one is none.
    for (broken, at) in [("1,2,ok", 4), ("3 rows", 0)] {
        assert_eq!(row(broken), format!("rejected: not understood at byte {at}"), "{broken}");
    }
    assert_eq!(rows("pairs", &[("assign", ":")], b"1,2\n"), ["rejected: not understood at byte 0"]);
}

/// What people print behind a number is its unit, and the number is one.
#[test]
fn a_unit_behind_a_number_is_its_unit() {
    let row = |line: &str| rows("pairs", &[], format!("{line}\n").as_bytes()).concat();
    assert_eq!(row("temp=22.5°C,hum: 40 %"), "pairs temp=F64(22.5) hum=F64(40.0)");
    assert_eq!(row("T: 21.5 C H: 40%"), "pairs T=F64(21.5) H=F64(40.0)");
    assert_eq!(row("v=-1.5e3m/s"), "pairs v=F64(-1500.0)");
    let mut codec = open("pairs", &[]).unwrap();
    let mut units = Vec::new();
    codec
        .decoder
        .decode("temp=22.5°C,speed:1200 rpm,n:3".as_bytes(), &mut |sample| {
            units = sample.schema.fields.iter().map(|field| field.unit.to_owned()).collect();
        })
        .unwrap();
    assert_eq!(units, ["°C", "rpm", ""]);
    // Another unit is another reading; a number without one is of the field's.
    let row = |lines: &str| rows("pairs", &[], lines.as_bytes()).last().unwrap().clone();
    assert_eq!(row("f=950Hz\nf=1.1kHz\n"), "pairs f=Null f [kHz]=F64(1.1)");
    assert_eq!(row("t=22.5°C\nt=23\n"), "pairs t=F64(23.0)");
    // Letters that may be digits are a unit where they are known to be one.
    assert_eq!(row("id=1A\nid=7F\n"), "pairs id=Text(\"7F\")");
    assert_eq!(row("i=0.5A\ni=1A\n"), "pairs i=F64(1.0)");
    // No units: a number to another base, a time of day, an address, a version, a sentence.
    for text in ["a=0xFF", "a=12h30", "a=10.0.0.1", "a=1.2.3-rc", "a=3 of the four"] {
        let text = format!("{text}\n");
        assert!(row(&text).starts_with("pairs a=Text("), "{text}: {}", row(&text));
    }
}

/// F17: the usual sketch prints its log among its numbers; what is no text at all is rejected.
#[test]
fn f17_a_line_of_a_log_is_no_fault_and_no_field() {
    let row = |line: &str| rows("pairs", &[], format!("{line}\n").as_bytes()).concat();
    let esp = "\u{1b}[0;31mE (5000) pump: stall at 12.5\u{1b}[0m";
    for log in [
        "hello",
        "boot 1",
        "Setup done",
        "[wifi] connecting...",
        "[12:00:01] heap low",
        "I (12) boot: v1.2",
        "[  1234][I][main.cpp:42] setup(): free: 21844",
        "[ 60123][E][WiFiGeneric.cpp:740] _eventCallback(): reason: 201",
        esp,
        "--- ready ---",
        "Warning: low voltage",
        "ERROR : 3 of 4 cells, cause: unknown",
        "note: see manual, page 4",
        "info:",
    ] {
        assert_eq!(row(log), "", "{log}");
    }
    let boot = "ets Jul 29 2019 12:21:46\n\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\nconfigsip: 0, SPIWP:0xee\n\
                clk_drv:0x00,q_drv:0x00,d_drv:0x00\nmode:DIO, clock div:1\nload:0x3fff0030,len:1184\nho 0 tail 12 room 4\n\
                entry 0x400805e4\nmode: 3";
    assert_eq!(row(boot), "pairs mode=F64(3.0)", "the text of the boot ROM, and no more");
    for noise in ["\u{0}\u{fffd} rst:0x1", "a\u{fffd}b", "\u{fffd}\u{fffd}:5"] {
        assert_eq!(row(noise), "rejected: not understood at byte 0", "{noise}");
    }
    assert_eq!(
        row("\u{1b}[32mtemp:21,hum:40\u{1b}[0m"),
        "pairs temp=F64(21.0) hum=F64(40.0)",
        "a colour is no part of it"
    );
    // A number is a reading, whatever it is called, and so is what stands beside one.
    assert_eq!(row("error: 0.5, output: 2"), "pairs error=F64(0.5) output=F64(2.0)");
    assert_eq!(row("error:none,temp:21"), "pairs error=Text(\"none\") temp=F64(21.0)");
    assert_eq!(row("errors: none"), "pairs errors=Text(\"none\")");
    // What was written by a rule of one's own is no log.
    assert_eq!(rows("pairs", &[("assign", ":")], b"warning: low\n"), ["pairs warning=Text(\"low\")"]);
    assert_eq!(rows("pairs", &[("assign", ":")], b"hello\n"), ["rejected: not understood at byte 0"]);
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
        ["pairs state=Text(\"idle\") on=Bool(true) t=Text(\"12:30:05\")", "pairs state=Null on=Null t=Text(\"x\")"]
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
    let known = "lines, cobs, slip, hdlc, length, fixed, sync, gap, ve-direct, whole";
    assert_eq!(error(&[("framing", "ethernet")]), format!("framing: unknown framing \"ethernet\"; one of {known}"));
    assert_eq!(error(&[("limit_bytes", "0")]), "limit_bytes: must be 1 to 16777216");
    assert_eq!(
        error(&[("framing", "whole"), ("delimiter", ";")]).split(';').next(),
        Some("delimiter: unknown key \"delimiter\"")
    );
    assert!(error(&[("delimiter", "")]).starts_with("delimiter: \"\" is not 1 to 8 bytes"));
}

/// What sketches print before their readings, and around and between them.
#[test]
fn what_stands_around_readings_is_no_part_of_their_names() {
    let row = |line: &str| rows("pairs", &[], format!("{line}\n").as_bytes()).concat();
    let before = [
        "[1021] ",
        "[  1021] ",
        "1021 ",
        "1021: ",
        "1021ms ",
        "12:00:13 ",
        "[12:00:13.103] ",
        "2026-11-29 12:00:13,123 ",
    ];
    for before in before.into_iter().chain(["2026-11-29T12:00:13+01:00 ", "12:00:13.103 -> "]) {
        assert_eq!(row(&format!("{before}w=3.5, t=4.5")), "pairs w=F64(3.5) t=F64(4.5)", "{before}");
    }
    assert_eq!(row("12:00:13.103 -> 512"), "pairs value 1=F64(512.0)");
    assert_eq!(row("12:00:13.103 -> T=ERR"), "pairs T=Text(\"ERR\")");
    assert_eq!(row("date=2026-11-29 12:00:13 T=21"), "pairs date=Text(\"2026-11-29 12:00:13\") T=F64(21.0)");
    assert_eq!(row("mode: auto|manual, T: 3"), "pairs mode=Text(\"auto|manual\") T=F64(3.0)");
    for around in ["<w=3.5, t=4.5>", "{w: 3.5, t: 4.5}", "w: 3.5 | t: 4.5", "| w=3.5 | t=4.5 |"] {
        assert_eq!(row(around), "pairs w=F64(3.5) t=F64(4.5)", "{around}");
    }
    assert_eq!(row("Temp: 21.3 C | Hum: 40 %"), "pairs Temp=F64(21.3) Hum=F64(40.0)");
    assert_eq!(row("T=21.3*C"), "pairs T=F64(21.3)");
    // A bar beside words, numbers without names, and a log with its time stay what they are.
    assert_eq!(row("mode: a | b"), "pairs mode=Text(\"a | b\")");
    assert_eq!(row("12 34"), "pairs value 1=F64(12.0) value 2=F64(34.0)");
    assert_eq!(row("[12:00:01] wifi: connected"), "");
}

/// A value may have colons in it; what has no reading has none.
#[test]
fn a_value_ends_where_the_next_name_begins() {
    let row = |line: &str| rows("pairs", &[], format!("{line}\n").as_bytes()).concat();
    assert_eq!(row("time=12:30:05 T=21"), "pairs time=Text(\"12:30:05\") T=F64(21.0)");
    assert_eq!(row("time: 12:30:05 T: 21"), "pairs time=Text(\"12:30:05\") T=F64(21.0)");
    let mac = "pairs mac=Text(\"24:0A:C4:00:00:01\") rssi=F64(-70.0)";
    assert_eq!(row("mac=24:0A:C4:00:00:01 rssi=-70dBm"), mac);
    assert_eq!(row("temp : 21 hum : 40"), "pairs temp=F64(21.0) hum=F64(40.0)");
    assert_eq!(row("0:12 1:15 2:17"), "pairs 0=F64(12.0) 1=F64(15.0) 2=F64(17.0)");
    assert_eq!(row("1:20 a:30"), "pairs 1=F64(20.0) a=F64(30.0)");
    assert_eq!(row("T=- H=40"), "pairs H=F64(40.0)");
    assert_eq!(row("T=N/A, H=40"), "pairs H=F64(40.0)");
}

/// A number before a name is none of it where it counts, and is one where it tells readings apart.
#[test]
fn a_number_before_a_name_counts_or_tells_readings_apart() {
    let all = |lines: &[String]| rows("pairs", &[], lines.concat().as_bytes());
    let counted: Vec<String> = (1..40).chain(1..40).map(|n| format!("#{n} w: 3\n")).collect();
    let last = all(&counted);
    assert_eq!(last.last().unwrap(), "pairs #1 w=Null #2 w=Null w=F64(3.0)", "also after the device started anew");
    let apart: Vec<String> = (0..20).map(|n| format!("#{} temp: {n}\n", 1 + n % 2)).collect();
    assert_eq!(all(&apart).last().unwrap(), "pairs #1 temp=Null #2 temp=F64(19.0)");
    let bands: Vec<String> = ["2.4 GHz: -60\n", "5 GHz: -70\n"].repeat(4).iter().map(ToString::to_string).collect();
    assert_eq!(all(&bands).last().unwrap(), "pairs 2.4 GHz=Null 5 GHz=F64(-70.0)");
    let averages = vec!["1 min avg: 0.5, 5 min avg: 0.6\n".to_owned(); 4];
    assert_eq!(all(&averages).last().unwrap(), "pairs 1 min avg=F64(0.5) 5 min avg=F64(0.6)");
    assert_eq!(all(&["192.168.1.1 rtt=3\n".to_owned()]), ["pairs 192.168.1.1 rtt=F64(3.0)"]);
}
