//! The simulated drive with the profile that ships for it, healthy and with every fault it knows.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Cell, Mark};
use session::wire::Event;
use session::{CloseKind, Input, Output, Profile};
use sim::{Drive, FAULTS};

struct Rig {
    bench: Bench,
    drive: Drive,
    millis: i64,
}

impl Rig {
    fn new() -> Rig {
        let profile = Profile::parse(include_str!("../../../profiles/demo.toml")).unwrap();
        Rig { bench: Bench::open(&profile), drive: Drive::new(7), millis: 0 }
    }

    /// Lets so many milliseconds pass, ten at a time, in chunks of all sizes.
    fn pass(&mut self, millis: i64) -> Vec<Output> {
        let mut outputs = Vec::new();
        for _ in 0..millis / 10 {
            self.millis += 10;
            let mut bytes = Vec::new();
            self.bench.at(self.millis);
            self.drive.poll(self.bench.now.0, &mut bytes);
            let cut = (self.millis as usize / 10 * 7) % (bytes.len() + 1);
            outputs.extend(self.bench.bytes(&bytes[..cut]));
            outputs.extend(self.bench.bytes(&bytes[cut..]));
            if self.drive.gone() {
                outputs.extend(self.bench.closed(CloseKind::Lost, "The device has been lost."));
            }
            outputs.extend(self.bench.input(Input::Timeout));
        }
        outputs
    }

    fn text(&mut self) -> String {
        self.bench.lines().into_iter().map(|(_, line)| line + "\n").collect()
    }
}

#[test]
fn the_drive_is_decoded_and_answers_a_command() {
    let mut rig = Rig::new();
    rig.pass(2000);
    let status = rig.bench.status();
    assert_eq!((status.counters.rejected(), status.counters.bytes_skipped), (0, 0));
    assert!((90.0..130.0).contains(&status.frames_per_second), "{}", status.frames_per_second);
    let names: Vec<String> = rig.bench.values().into_iter().map(|message| message.name).collect();
    for name in ["drive", "thermal", "status", "log"] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    let outputs = rig.bench.input(Input::Command { name: "Set speed", args: &[Cell::F64(1200.0)] });
    let [Output::Transmit(bytes)] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(bytes, b"set speed 1200\n");
    let now = rig.bench.now.0;
    rig.drive.receive(now, bytes);
    let outputs = rig.pass(500);
    let replied = |output: &Output| matches!(output, Output::Event(Event::Replied { name, .. }) if name == "Set speed");
    assert!(outputs.iter().any(replied), "{outputs:?}");
    assert!(rig.bench.lines().contains(&(Mark::Sent, "set speed 1200".into())));
    rig.pass(5000);
    assert_eq!(rig.bench.value("speed_set"), Cell::F64(1200.0));
}

#[test]
fn r1_every_fault_leaves_the_ledger_balanced_and_the_frames_after_it_good() {
    for (fault, _) in FAULTS {
        let mut rig = Rig::new();
        rig.pass(500);
        let now = rig.bench.now.0;
        rig.drive.fault(now, fault).unwrap();
        rig.pass(1000);
        if *fault == "disconnect" {
            assert!(rig.drive.gone());
            assert!(rig.text().contains("connection lost"));
            // Another drive, as the worker opens the link again.
            rig.drive = Drive::new(8);
            rig.bench.input(Input::Open);
            rig.bench.input(Input::Opened);
        }
        let before = rig.bench.session.counters();
        rig.pass(3500);
        let after = rig.bench.session.counters();
        assert!(after.frames >= before.frames + 40, "{fault}: {before:?} {after:?}");
        match *fault {
            "checksum" => assert!(after.rejected() >= 40, "{after:?}"),
            "garbage" | "truncate" => assert!(after.bytes_rejected + after.bytes_skipped > 0, "{after:?}"),
            "flood" => assert!(after.frames > 10_000, "{after:?}"),
            _ => {}
        }
    }
}

#[test]
fn s1_s5_s20_f24_a_hostile_log_is_text_and_nothing_goes_back() {
    let mut rig = Rig::new();
    rig.pass(100);
    let now = rig.bench.now.0;
    rig.drive.fault(now, "hostile").unwrap();
    let outputs = rig.pass(3000);
    assert!(!outputs.iter().any(|output| matches!(output, Output::Transmit(_))), "{outputs:?}");
    let text = rig.text();
    assert!(text.contains("<script>document.title='owned'</script>"), "{text}");
    assert!(text.contains("‹U+202E›") && text.contains("‹U+200B›"), "{text}");
    assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{1b}', '\u{7}']), "{text}");
    assert!(!text.contains("b3duZWQ="), "a clipboard request is not text: {text}");
}
