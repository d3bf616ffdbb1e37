//! Teleplot's flags, through the table as a profile opens them; its lines are in `tests/vectors/teleplot`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
use codec::{Protocol, Settings};
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
    let said = |field: &str| codec.decoder.unplotted("teleplot", field);
    let quiet = ["myValue", "myValue.time", "trajectory.x", "trajectory.y", "shown.time"];
    assert_eq!(quiet.map(said), [true; 5]);
    assert_eq!(["shown", "later", "nothing"].map(said), [false; 3], "it is settled by the line that comes first");
    assert!(!codec.decoder.unplotted("other", "myValue"));
}

/// Flags change nothing of a value, known or not, and stand behind the unit.
#[test]
fn flags_are_no_part_of_a_value() {
    for flags in ["", "|", "|g", "|np", "|np,g", "|unknown"] {
        let line = format!(">a:1627551892437:1.5§km²{flags}\n");
        assert_eq!(
            rows("teleplot", &[], line.as_bytes()),
            ["teleplot a=F64(1.5) a.time=F64(1627551892437.0)"],
            "{flags}"
        );
    }
    assert_eq!(rows("teleplot", &[], b">state:a|b|t,np\n"), ["teleplot state=Text(\"a|b\")"]);
}
