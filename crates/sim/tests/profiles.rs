//! The profiles that ship, fed with what their devices send.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use session::query::{Answer, Cell, Message, Query, Reading, Status};
use session::{Input, Profile, Session, Time};
use sim::Drive;
use std::fs;
use std::path::{Path, PathBuf};

const SECOND: i64 = 1_000_000_000;
const START: i64 = 1_700_000_000 * SECOND;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profiles")
}

fn profile(id: &str) -> Profile {
    let text = fs::read_to_string(folder().join(format!("{id}.toml"))).unwrap();
    Profile::parse(&text).unwrap_or_else(|error| panic!("profiles/{id}.toml: {error}"))
}

/// A session that has received these bytes, in chunks of that size.
fn fed(id: &str, bytes: &[u8], chunk: usize) -> Session {
    let mut session = Session::new(&profile(id), Time(START)).unwrap();
    session.handle_input(Time(START), Input::Opened);
    for (index, bytes) in bytes.chunks(chunk).enumerate() {
        let message_end = (index + 1) * chunk >= bytes.len();
        session.handle_input(Time(START + 1000 * index as i64), Input::Bytes { bytes, message_end });
        while session.poll_output().is_some() {}
    }
    session
}

fn status(session: &mut Session) -> Status {
    match session.answer(Time(START + SECOND), &[(1, Query::Status)]).answers.remove(0).1 {
        Answer::Status(status) => *status,
        other => panic!("{other:?}"),
    }
}

fn values(session: &mut Session) -> Vec<Message> {
    match session.answer(Time(START + SECOND), &[(2, Query::Values)]).answers.remove(0).1 {
        Answer::Values(messages) => messages,
        other => panic!("{other:?}"),
    }
}

fn reading<'m>(messages: &'m [Message], message: &str, field: &str) -> &'m Reading {
    let found = messages.iter().find(|known| known.name == message).expect(message);
    found.fields.iter().find(|known| known.name == field).expect(field)
}

fn number(cell: &Cell) -> f64 {
    match cell {
        Cell::I64(value) => *value as f64,
        Cell::U64(value) => *value as f64,
        Cell::F32(value) => f64::from(*value),
        Cell::F64(value) => *value,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn every_profile_that_ships_can_be_used() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(!profile(&id).name.is_empty());
        count += 1;
    }
    assert!(count >= 5);
}

/// Every key of docs/profiles.md is there, and what it shows can be used.
#[test]
fn the_documented_profile_can_be_used() {
    let text = fs::read_to_string(folder().join("../docs/profiles.md")).unwrap();
    let example = text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let profile = Profile::parse(example).unwrap_or_else(|error| panic!("docs/profiles.md: {error}"));
    assert_eq!((profile.derived.len(), profile.commands.len()), (3, 2));
}

/// The documented macro, and what is said of one whose steps are a list.
#[test]
fn the_documented_macro_can_be_run() {
    let text = fs::read_to_string(folder().join("../docs/profiles.md")).unwrap();
    let example = text.split("```toml\n").find(|part| part.starts_with("[[macros]]")).unwrap();
    let steps = example.split("```").next().unwrap();
    let with = |steps: &str| {
        Profile::parse(&format!("name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n{steps}"))
    };
    let profile = with(steps).unwrap_or_else(|error| panic!("docs/profiles.md: {error}"));
    assert_eq!(profile.macros.first().map(|run| run.steps.lines().count()), Some(6));
    let listed = with("[[macros]]\nname = \"x\"\nsteps = [\"send a\", \"wait 1 s\"]\n").unwrap_err().to_string();
    assert!(listed.contains("one text") && listed.contains("'''") && listed.contains("one step a line"), "{listed}");
}

/// The drive's bytes are stuffed and summed by other code than the codec's.
#[test]
fn the_demo_profile_understands_all_that_the_drive_sends() {
    let mut drive = Drive::new(11);
    let mut bytes = Vec::new();
    drive.receive(START, b"set speed 1500\n");
    (0..600).for_each(|step| drive.poll(START + step * SECOND / 100, &mut bytes));
    for chunk in [1, 7, 4096] {
        let mut session = fed("demo", &bytes, chunk);
        let counters = status(&mut session).counters;
        assert!(counters.balanced());
        assert_eq!((counters.frames, counters.rejected(), counters.bytes_skipped), (drive.frames(), 0, 0));
        let messages = values(&mut session);
        let names: Vec<&str> = messages.iter().map(|message| message.name.as_str()).collect();
        assert!(["drive", "thermal", "status", "log"].iter().all(|name| names.contains(name)), "{names:?}");
        assert!((number(&reading(&messages, "drive", "speed").value) - 1500.0).abs() < 30.0);
        assert_eq!(number(&reading(&messages, "drive", "speed_set").value), 1500.0);
        assert_eq!(reading(&messages, "drive", "v_bus").unit, "V");
        assert!((number(&reading(&messages, "thermal", "ambient").value) - 23.5).abs() < 1.0);
        assert_eq!(reading(&messages, "status", "state").value, Cell::Text("running".into()));
        assert_eq!(reading(&messages, "log", "text").value, Cell::Text("ok speed 1500 r/min".into()));
    }
}

#[test]
fn every_fault_of_the_drive_is_counted_and_survived() {
    for (name, _) in sim::FAULTS {
        let mut drive = Drive::new(12);
        let mut bytes = Vec::new();
        (0..100).for_each(|step| drive.poll(START + step * SECOND / 100, &mut bytes));
        drive.fault(START + SECOND, name).unwrap();
        (100..600).for_each(|step| drive.poll(START + step * SECOND / 100, &mut bytes));
        let counters = status(&mut fed("demo", &bytes, 333)).counters;
        assert!(counters.balanced(), "{name}");
        assert_eq!(counters.bytes_in, bytes.len() as u64, "{name}");
        assert_eq!(counters.frames, drive.frames(), "{name}");
        assert_eq!(counters.rejected() > 0, matches!(*name, "garbage" | "checksum" | "truncate"), "{name}");
    }
}

/// The answer is the example of airgradienthq/arduino, docs/local-server.md, shortened.
#[test]
fn the_airgradient_profile_understands_the_documented_answer() {
    let answer = br#"{"wifi": -46, "serialno": "ecda3b1eaaaf", "rco2": 447, "pm02": 7, "atmp": 25.87, "rhum": 43,
                      "model": "I-9PSL", "monitorDisplayCompensatedValues": true}"#;
    let messages = values(&mut fed("airgradient", answer, answer.len()));
    let co2 = reading(&messages, "air", "rco2");
    assert_eq!((number(&co2.value), co2.unit.as_str()), (447.0, "[ppm]"));
    assert_eq!(number(&reading(&messages, "air", "atmp").value), 25.87);
    assert_eq!(reading(&messages, "air", "serialno").value, Cell::Text("ecda3b1eaaaf".into()));
}

/// A line as the sketch of the SparkFun Razor IMU M0 prints it: ten columns, a comma and a blank between.
#[test]
fn the_razor_profile_understands_a_line() {
    let line = b"92154, -0.01, 0.04, 1.00, 0.31, -0.67, 0.12, 24.60, -3.75, -41.25\r\n";
    let messages = values(&mut fed("razor-imu", line, 5));
    let down = reading(&messages, "imu", "az");
    assert_eq!((number(&down.value), down.unit.as_str()), (1.0, "[g]"));
    assert_eq!(number(&reading(&messages, "imu", "mz").value), -41.25);
}

/// pyubx2 1.4.0: NAV-PVT, and CFG-MSG with its answer ACK-ACK; an NMEA line between them.
#[test]
fn the_ublox_profile_understands_ubx_between_nmea() {
    let pvt = b"\xb5\x62\x01\x07\x5c\x00\x18\x48\x0a\x18\xea\x07\x0b\x18\x10\x02\x07\x07\x15\x00\x00\x00\xa7\xfe\xff\xff\x03\x01\x00\
        \x0e\x42\x3d\x1b\x05\x22\x23\x2f\x1c\x13\x94\x06\x00\xe0\xd9\x05\x00\xd2\x04\x00\x00\xe5\x06\x00\x00\xf4\xff\xff\xff\x22\x00\
        \x00\x00\x05\x00\x00\x00\x24\x00\x00\x00\xff\xfd\xa6\x00\x57\x00\x00\x00\xd0\x12\x13\x00\x85\x00\x00\x00\x00\x00\x00\x00\xff\
        \xfd\xa6\x00\x00\x00\x00\x00\x90\x17";
    let ack = b"\xb5\x62\x05\x01\x02\x00\x06\x01\x0f\x38";
    let nmea = b"$GNTXT,01,01,02,u-blox AG*4E\r\n";
    let bytes = [&nmea[..], pvt, nmea, ack].concat();
    for chunk in [1, 7, 4096] {
        let mut session = fed("ublox", &bytes, chunk);
        let counters = status(&mut session).counters;
        assert_eq!((counters.frames, counters.rejected(), counters.bytes_skipped), (2, 0, 2 * nmea.len() as u64));
        let messages = values(&mut session);
        assert_eq!(number(&reading(&messages, "NAV-PVT", "lat").value), 47.285_123_4);
        assert_eq!(number(&reading(&messages, "NAV-PVT", "headMot").value), 109.439_99);
        assert_eq!(number(&reading(&messages, "NAV-PVT", "pDOP").value), 1.33);
        assert_eq!(reading(&messages, "NAV-PVT", "fixType").value, Cell::Text("3D".into()));
        assert_eq!(reading(&messages, "NAV-PVT", "valid.fullyResolved").value, Cell::Bool(true));
        assert_eq!(number(&reading(&messages, "ACK-ACK", "clsID").value), 6.0);
        session.handle_input(Time(START), Input::Command { name: "Report position", args: &[Cell::I64(1)] });
        let sent = std::iter::from_fn(|| session.poll_output()).find_map(|output| match output {
            session::Output::Transmit(wire) => Some(wire),
            _ => None,
        });
        assert_eq!(sent.as_deref(), Some(&b"\xb5\x62\x06\x01\x03\x00\x01\x07\x01\x13\x51"[..]));
    }
}

/// pyubx2 1.4.0: NAV-SAT with three satellites and with none, MON-VER with two extensions, and the two polls.
#[test]
fn the_ublox_profile_understands_satellites_and_versions() {
    let three = b"\xb5\x62\x01\x35\x2c\x00\x08\x33\x07\x18\x01\x03\x00\x00\x00\x0c\x2c\x43\xd3\x00\xfe\xff\x1f\x00\x00\x00\x02\x24\x00\
        \xa5\x00\x00\x00\x00\x01\x00\x00\x00\x06\xff\x15\x05\x67\x01\x7e\x00\x24\x00\x00\x00\x1f\xed";
    let none = b"\xb5\x62\x01\x35\x08\x00\xe8\x03\x00\x00\x01\x00\x00\x00\x2a\xfc";
    let mut version = b"\xb5\x62\x0a\x04\x64\x00".to_vec();
    for (text, len) in [("EXT CORE 3.01 (107888)", 30), ("00080000", 10), ("FWVER=TIM 1.10", 30), ("PROTVER=22.00", 30)]
    {
        version.extend(text.bytes().chain(std::iter::repeat(0)).take(len));
    }
    version.extend(b"\xb9\xda");
    for chunk in [1, 4096] {
        let mut session = fed("ublox", &[&three[..], &version, none].concat(), chunk);
        let counters = status(&mut session).counters;
        assert_eq!((counters.frames, counters.rejected()), (3, 0));
        let messages = values(&mut session);
        assert_eq!(number(&reading(&messages, "NAV-SAT", "numSvs").value), 0.0);
        assert_eq!(reading(&messages, "MON-VER", "swVersion").value, Cell::Text("EXT CORE 3.01 (107888)".into()));
        assert_eq!(reading(&messages, "MON-VER", "extension.1.text").value, Cell::Text("PROTVER=22.00".into()));
        let mut session = fed("ublox", three, chunk);
        let messages = values(&mut session);
        assert_eq!(reading(&messages, "NAV-SAT", "sv.2.gnssId").value, Cell::Text("GLONASS".into()));
        assert_eq!(number(&reading(&messages, "NAV-SAT", "sv.1.elev").value), -91.0);
        assert_eq!(number(&reading(&messages, "NAV-SAT", "sv.2.azim").value), 359.0);
        for (name, wire) in [
            ("Ask for the satellites", b"\xb5\x62\x01\x35\x00\x00\x36\xa3"),
            ("Ask for the version", b"\xb5\x62\x0a\x04\x00\x00\x0e\x34"),
        ] {
            session.handle_input(Time(START), Input::Command { name, args: &[] });
            let sent = std::iter::from_fn(|| session.poll_output()).find_map(|output| match output {
                session::Output::Transmit(wire) => Some(wire),
                _ => None,
            });
            assert_eq!(sent.as_deref(), Some(&wire[..]));
        }
    }
}

/// What firmware/ sent in QEMU after a reset: its greeting, two waves, a status; then its answer to a ping.
#[test]
fn the_firmware_profile_understands_what_the_board_sent() {
    let bytes = b"\x02\x02\x11\x0fgenerator ready\0\
        \x01\x01\x03\x92\xa8\n=\xa9\xdf\x7f?\xf0m\x1b=\0\
        \x02\x01\x01\x01\x03\x80?\x01\x01\x03?d\x01\x01\0\
        \x02\x02\t\x07ok pong\0";
    let mut session = fed("firmware", bytes, 3);
    let counters = status(&mut session).counters;
    assert_eq!((counters.frames, counters.rejected(), counters.bytes_pending), (4, 0, 0));
    let messages = values(&mut session);
    assert!((number(&reading(&messages, "wave", "cosine").value) - 0.9995).abs() < 1e-4);
    assert_eq!(number(&reading(&messages, "status", "amplitude").value), 1.0);
    assert_eq!(number(&reading(&messages, "status", "rate").value), 100.0);
    assert_eq!(reading(&messages, "log", "text").value, Cell::Text("ok pong".into()));
    assert_eq!(reading(&messages, "log", "level").value, Cell::Text("info".into()));
}

/// Sentences of gpsd's "NMEA Revealed" as pynmea2 1.19.0 reads them, between lines of a log and one whose sum is wrong.
#[test]
fn the_nmea_profile_understands_sentences_and_counts_a_wrong_sum() {
    let bytes = b"boot: antenna open\r\n$GNGGA,001043.00,4404.14036,N,12118.85961,W,1,12,0.98,1113.0,M,-21.3,M,,*47\r\n\
        $GNRMC,001031.00,A,4404.13993,N,12118.86023,W,0.146,,100117,,,A*7B\r\n$GPGBS,235458.00,1.4,1.3,3.1,03,,-21.4,3.8*5B\r\n\
        $GNGSA,A,3,80,71,73,79,69,,,,,,,,1.83,1.09,1.47*17\r\n$GPVTG,220.86,T,,M,2.550,N,4.724,K,A*35\r\n";
    for chunk in [1, 7, 4096] {
        let mut session = fed("nmea", bytes, chunk);
        let counters = status(&mut session).counters;
        assert_eq!((counters.frames, counters.bad_checksum, counters.rejected()), (5, 1, 1));
        let messages = values(&mut session);
        assert!((number(&reading(&messages, "GGA", "lat").value) - 44.069_006).abs() < 1e-7);
        assert!((number(&reading(&messages, "GGA", "lon").value) + 121.314_326_833).abs() < 1e-7);
        assert_eq!(reading(&messages, "GGA", "lat").decimals, 6, "a place is told to a decimetre");
        assert_eq!(reading(&messages, "RMC", "time").value, Cell::Text("00:10:31.00".into()));
        let speed = reading(&messages, "RMC", "speed");
        assert_eq!((number(&speed.value), speed.unit.as_str()), (0.146, "[kn_i]"));
        assert_eq!(reading(&messages, "GSA", "fix").value, Cell::Text("3D".into()));
        assert_eq!(number(&reading(&messages, "GSA", "GLONASS").value), 5.0);
        assert!(messages.iter().all(|message| message.name != "VTG"), "its sum is wrong");
    }
}
