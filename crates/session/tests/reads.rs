//! Plain text with numbers in it: which protocol would read them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Bench, SERIAL, profile};
use session::Input;
use session::query::{Answer, Query};

fn reads_as(lines: &[&str]) -> Option<String> {
    let mut bench = Bench::new(&profile(SERIAL, "name = \"text\"", ""));
    bench.input(Input::Open);
    bench.input(Input::Opened);
    for line in lines.iter().cycle().take(40) {
        bench.bytes(format!("{line}\r\n").as_bytes());
    }
    match bench.ask(Query::Status) {
        Answer::Status(status) => status.reads_as,
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_in_lines_are_noticed() {
    assert_eq!(reads_as(&["T=20.10 H=41.2"]).as_deref(), Some("pairs"));
    assert_eq!(reads_as(&["temp:21.5,hum:40"]).as_deref(), Some("pairs"));
    assert_eq!(reads_as(&["512"]).as_deref(), Some("pairs"));
    assert_eq!(reads_as(&["512\t7\t-3.5"]).as_deref(), Some("pairs"));
    assert_eq!(reads_as(&[r#"{"temp": 21.5, "on": true}"#]).as_deref(), Some("json"));
    assert_eq!(reads_as(&[">speed:1627551892437:1200§r/min|g"]).as_deref(), Some("teleplot"));
    // NMEA 0183: a position, as a receiver sends it.
    let gga = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";
    assert_eq!(reads_as(&[gga]).as_deref(), Some("nmea"));
}

#[test]
fn words_with_a_number_here_and_there_stay_text() {
    assert_eq!(reads_as(&["ready", "3 files copied", "user@board:~$ ls", "total 12"]), None);
    let boot = ["[    0.000000] Linux version 6.1.0", "Booting CPU0", "usb 1-1: new device", "mount: /dev/sda1"];
    assert_eq!(reads_as(&boot), None);
    assert_eq!(reads_as(&["", "  "]), None);
}
