//! The drive as a receiver sees it, unstuffed by the `cobs` crate and checked by hand.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use crc::{CRC_16_IBM_3740, Crc};
use sim::{Drive, FAULTS, UnknownFault};

const SECOND: i64 = 1_000_000_000;
const START: i64 = 1_700_000_000 * SECOND;

/// Payloads of the good frames without their check sequence, and how many others there are.
fn frames(bytes: &[u8]) -> (Vec<Vec<u8>>, usize) {
    let (mut good, mut bad) = (Vec::new(), 0);
    let crc = Crc::<u16>::new(&CRC_16_IBM_3740);
    let mut chunks: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
    let rest = chunks.pop().unwrap();
    bad += usize::from(!rest.is_empty());
    for chunk in chunks.into_iter().filter(|chunk| !chunk.is_empty()) {
        let Ok(mut frame) = cobs::decode_vec(chunk) else {
            bad += 1;
            continue;
        };
        let sum = frame.split_off(frame.len().saturating_sub(2));
        if sum == crc.checksum(&frame).to_le_bytes() { good.push(frame) } else { bad += 1 }
    }
    (good, bad)
}

fn texts(frames: &[Vec<u8>]) -> Vec<String> {
    frames.iter().filter(|f| f[0] == 4).map(|f| String::from_utf8(f[2..].to_vec()).unwrap()).collect()
}

fn run(drive: &mut Drive, from: i64, seconds: i64) -> Vec<u8> {
    let mut out = Vec::new();
    for step in 0..seconds * 50 {
        drive.poll(from + step * SECOND / 50, &mut out);
    }
    out
}

#[test]
fn sends_its_telemetry_at_the_promised_rates() {
    let mut drive = Drive::new(1);
    let out = run(&mut drive, START, 10);
    let (good, bad) = frames(&out);
    assert_eq!((good.len() as u64, bad), (drive.frames(), 0));
    let count = |id| good.iter().filter(|f| f[0] == id).count();
    assert_eq!((count(1), count(2), count(3)), (999, 100, 10)); // the last poll was 20 ms before the end
    assert!(texts(&good)[0].contains("ready"));
    assert!(good.iter().filter(|f| f[0] == 1).all(|f| f.len() == 17));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let one = run(&mut Drive::new(7), START, 5);
    assert_eq!(one, run(&mut Drive::new(7), START, 5));
    assert_ne!(one, run(&mut Drive::new(8), START, 5));
}

#[test]
fn the_speed_follows_the_command() {
    let mut drive = Drive::new(1);
    drive.receive(START, b"set speed 15");
    drive.receive(START, b"00\r\n");
    let (good, _) = frames(&run(&mut drive, START, 8));
    assert!(texts(&good).contains(&"ok speed 1500 r/min".into()));
    let last = good.iter().rfind(|f| f[0] == 1).unwrap();
    let speed = f64::from(i16::from_le_bytes([last[3], last[4]])) * 0.1;
    assert!((speed - 1500.0).abs() < 30.0, "{speed}");
}

#[test]
fn every_line_gets_an_answer_in_words() {
    let cases = [
        ("get limits", "ok limits"),
        ("stop", "ok stopping"),
        ("auto", "ok programme"),
        ("rate 200", "ok rate 200 Hz"),
        ("help", "set speed N"),
        ("fault checksum", "ok fault checksum"),
        ("set speed 4000", "error: speed 4000 is out of range, 0 to 3000 r/min"),
        ("set speed NaN", "error: speed NaN is out of range"),
        ("set speed fast", "error: \"fast\" is not a number"),
        ("rate 0", "error: rate takes"),
        ("fault coffee", "error: fault takes one of: garbage"),
        ("dance", "error: unknown command \"dance\"; try: help"),
        ("", "error: empty line"),
    ];
    for (line, expected) in cases {
        let mut drive = Drive::new(1);
        drive.receive(START, format!("{line}\n").as_bytes());
        let (good, bad) = frames(&run(&mut drive, START, 2));
        assert_eq!(bad, if line == "fault checksum" { 50 } else { 0 }, "{line}");
        assert!(texts(&good).iter().any(|text| text.starts_with(expected)), "{line}: {:?}", texts(&good));
    }
}

#[test]
fn an_endless_line_costs_no_memory() {
    let mut drive = Drive::new(1);
    (0..10_000).for_each(|_| drive.receive(START, &[b'x'; 1000]));
    drive.receive(START, b"\nget limits\n");
    let (good, _) = frames(&run(&mut drive, START, 1));
    assert!(texts(&good).iter().any(|text| text.contains("at most 256")));
    assert!(texts(&good).iter().any(|text| text.starts_with("ok limits")));
}

#[test]
fn every_fault_does_what_it_says() {
    for (name, _) in FAULTS {
        let mut drive = Drive::new(3);
        let before = run(&mut drive, START, 1);
        drive.fault(START + SECOND, name).unwrap();
        let after = run(&mut drive, START + SECOND, 10);
        let (good, bad) = frames(&[before, after.clone()].concat());
        assert_eq!(good.len() as u64, drive.frames(), "{name}");
        assert_eq!(drive.gone(), *name == "disconnect", "{name}");
        let telemetry = good.iter().filter(|f| f[0] == 1).count();
        match *name {
            "garbage" => assert!(bad > 1 && drive.spoiled() == 1, "{bad}"),
            "checksum" => assert_eq!((bad, drive.spoiled()), (50, 50)),
            "truncate" => assert_eq!((bad, drive.spoiled()), (1, 2)),
            "silence" => assert!((770..830).contains(&telemetry), "{telemetry}"),
            "flood" => assert!((50_500..50_700).contains(&telemetry), "{telemetry}"),
            "disconnect" => assert!(bad == 1 && after.len() < 20, "{}", after.len()),
            "hostile" => assert!(texts(&good).iter().any(|text| text.contains("<script>"))),
            other => panic!("{other} is not tested"),
        }
    }
    assert_eq!(Drive::new(1).fault(START, "coffee"), Err(UnknownFault));
}

#[test]
fn a_late_poll_finds_one_second() {
    let mut drive = Drive::new(1);
    let mut out = Vec::new();
    drive.poll(START, &mut out);
    out.clear();
    drive.poll(START + 3600 * SECOND, &mut out);
    let (good, bad) = frames(&out);
    assert_eq!(bad, 0);
    assert_eq!(good.iter().filter(|f| f[0] == 1).count(), 101);
    assert!(drive.due() > START + 3600 * SECOND);
}
