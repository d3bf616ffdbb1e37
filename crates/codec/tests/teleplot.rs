//! Teleplot's flags, through the table as a profile opens them; its lines are in `tests/vectors/teleplot`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{Protocol, Setting, Settings};
use common::rows;

/// README, "Prevent auto-plot of telemetry", with its two lines; a time is what a value goes by, and is none itself.
#[test]
fn what_is_flagged_np_is_not_plotted_by_itself() {
    let mut codec = Protocol::find("teleplot").unwrap().open(&Settings::default()).unwrap();
    let lines = [
        ">myValue:1627551892437:1234|np",
        ">trajectory:12.3:45.6|xy,np",
        ">shown:1627551892437:1§rad|g",
        ">later:1",
        ">later:2|np",
        ">first: 1 | xy , np ",
    ];
    for line in lines {
        let _ = codec.decoder.decode(line.as_bytes(), &mut |_| {});
    }
    let said = |(message, field): (&str, &str)| codec.decoder.unplotted(message, field);
    let quiet = [("myValue", "myValue"), ("myValue", "myValue.time"), ("shown", "shown.time")];
    assert_eq!(quiet.map(said), [true; 3]);
    assert_eq!([("teleplot", "trajectory.x"), ("teleplot", "trajectory.y")].map(said), [true; 2]);
    let shown = [("shown", "shown"), ("teleplot", "later"), ("teleplot", "nothing"), ("other", "myValue")];
    assert_eq!(shown.map(said), [false; 4], "it is settled by the line that comes first");
}

/// Flags change nothing of a value, known or not, and stand behind the unit.
#[test]
fn flags_are_no_part_of_a_value() {
    for flags in ["", "|", "|g", "|np", "|np,g", "|unknown"] {
        let line = format!(">a:1627551892437:1.5§km²{flags}\n");
        assert_eq!(rows("teleplot", &[], line.as_bytes()), ["a a=F64(1.5) a.time=F64(1627551892437.0)"], "{flags}");
    }
    assert_eq!(rows("teleplot", &[], b">state:a|b|t,np\n"), ["teleplot state=Text(\"a|b\")"]);
}

/// README, "Publishing multiple points": a name whose points tell their times has a message, and so an order, of its own.
#[test]
fn a_name_that_tells_times_is_a_message_of_its_own() {
    let lines = b">a:0:1;10:2\n>b:0:5\n>plain:3\n>plain:20:4\n>way:1:2:30|xy\n>teleplot:0:1\n";
    let said = rows("teleplot", &[], lines);
    let wanted = [
        "a a=F64(1.0) a.time=F64(0.0)",
        "a a=F64(2.0) a.time=F64(10.0)",
        "b b=F64(5.0) b.time=F64(0.0)",
        "teleplot plain=F64(3.0)",
        "teleplot plain=F64(4.0) plain.time=F64(20.0)",
        "way way.x=F64(1.0) way.y=F64(2.0) way.time=F64(30.0)",
        "teleplot plain=Null plain.time=Null teleplot=F64(1.0) teleplot.time=F64(0.0)",
    ];
    assert_eq!(said, wanted);
}

/// However many names a device makes up, none of its values is lost for it.
#[test]
fn names_without_end_end_in_the_common_message() {
    let lines: String = (0..1030).map(|n| format!(">n{n}:5:{n}\n")).collect();
    let said = rows("teleplot", &[], lines.as_bytes());
    assert_eq!(said.len(), 1030);
    assert!(said[1023].starts_with("n1023 ") && said[1024].starts_with("teleplot n1024="), "{:?}", &said[1023..1025]);
}

/// README, "Telemetry Format": a packet of UDP may hold several lines, and so may a broker's message.
#[test]
fn a_frame_of_several_lines_is_good_as_a_whole_or_rejected_as_a_whole() {
    let said = |text: &str| {
        let whole = Settings(vec![("framing".into(), Setting::Text("whole".into()))]);
        let mut codec = Protocol::find("teleplot").unwrap().open(&whole).unwrap();
        common::decode(&mut codec, text.as_bytes())
    };
    assert_eq!(said(">a:1\r\nboot: ok\n>b:2|np\n"), ["teleplot a=F64(1.0)", "teleplot a=Null b=F64(2.0)"]);
    assert_eq!(said(">a:1\n>b:nonsense:1:2\n"), ["rejected: not understood at byte 0"]);
}
