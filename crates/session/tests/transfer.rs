//! File transfers within a session: nothing begins by itself, the ledger stays balanced, frames go on afterwards.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

mod common;

use common::*;
use session::query::{Answer, Cell, Query, Transferring};
use session::transfer::{Ending, File, Offer, Protocol, Transfer};
use session::wire::Event;
use session::{CloseKind, Input, Output};

fn file(name: &str, len: usize) -> File {
    File { name: name.into(), bytes: (0..len).map(|n| (n * 7 % 251) as u8).collect(), modified: None }
}

fn transferring(bench: &mut Bench) -> Option<Transferring> {
    match bench.ask(Query::Transfer) {
        Answer::Transfer(state) => state.map(|state| *state),
        other => panic!("{other:?}"),
    }
}

fn events(outputs: &[Output]) -> Vec<Event> {
    outputs
        .iter()
        .filter_map(|output| if let Output::Event(event) = output { Some(event.clone()) } else { None })
        .collect()
}

/// Runs until neither has anything to say; returns what the session told the page.
fn meet(bench: &mut Bench, device: &mut Transfer, mut outputs: Vec<Output>) -> Vec<Event> {
    let mut told = Vec::new();
    loop {
        told.extend(events(&outputs));
        let (mut next, mut quiet) = (Vec::new(), true);
        for output in outputs {
            if let Output::Transmit(bytes) = output {
                device.handle_bytes(0, &bytes);
                next.extend(bench.input(Input::Transmitted(bytes.len())));
            }
        }
        for _ in 0..8 {
            if let Some(bytes) = device.poll_bytes(0) {
                quiet = false;
                next.extend(bench.bytes(&bytes));
            }
        }
        if next.is_empty() && quiet {
            return told;
        }
        outputs = next;
    }
}

#[test]
fn r1_a_received_file_is_the_pages_its_bytes_are_in_the_ledger_and_frames_go_on() {
    let mut bench = Bench::open(&pairs());
    bench.bytes(b"temp:1\ntemp:2");
    let sent = [file("../log.txt", 20_000), file("empty", 0)];
    let mut device = Transfer::send(Protocol::Zmodem, sent.to_vec(), 0);
    let begun = bench.input(Input::ReceiveFiles { protocol: Protocol::Zmodem, name: "" });
    let told = meet(&mut bench, &mut device, begun);
    let names: Vec<(&str, usize)> = told
        .iter()
        .filter_map(|event| {
            if let Event::Received { file } = event { Some((file.name.as_str(), file.bytes.len())) } else { None }
        })
        .collect();
    assert_eq!(names, [("log.txt", 20_000), ("empty", 0)]);
    assert!(
        matches!(told.last(), Some(Event::TransferEnded { progress }) if progress.ending == Some(Ending::Complete))
    );
    let counters = bench.session.counters();
    assert!(
        counters.bytes_transferred > 20_000 && counters.bytes_good == counters.bytes_transferred + 7,
        "{counters:?}"
    );
    assert_eq!(counters.bytes_skipped, 6, "the half line before it");
    bench.bytes(b"temp:3\n");
    assert_eq!(bench.value("temp"), Cell::F64(3.0));
    let last = transferring(&mut bench).unwrap();
    assert_eq!((last.progress.files_done, last.progress.corrected), (2, 0));
    assert!(bench.lines().iter().any(|(_, line)| line == "ZMODEM: complete, 2 files"), "{:?}", bench.lines());
}

#[test]
fn files_are_sent_a_little_at_a_time_as_the_device_takes_them() {
    let mut bench = Bench::open(&pairs());
    let sent = file("new.hex", 100_000);
    let mut device = Transfer::receive(Protocol::Zmodem, "", 0);
    let mut outputs = bench.input(Input::SendFiles { protocol: Protocol::Zmodem, files: vec![sent.clone()] });
    while let Some(bytes) = device.poll_bytes(0) {
        outputs.extend(bench.bytes(&bytes));
    }
    let told = meet(&mut bench, &mut device, outputs);
    assert!(
        matches!(told.last(), Some(Event::TransferEnded { progress }) if progress.ending == Some(Ending::Complete))
    );
    assert_eq!(device.poll_file().unwrap().bytes, sent.bytes);
    // Without a word that bytes left, little is handed out.
    let mut bench = Bench::open(&pairs());
    let mut device = Transfer::receive(Protocol::Zmodem, "", 0);
    let mut out = bench.input(Input::SendFiles { protocol: Protocol::Zmodem, files: vec![sent] });
    for _ in 0..10 {
        for output in std::mem::take(&mut out) {
            if let Output::Transmit(bytes) = output {
                device.handle_bytes(0, &bytes);
            }
        }
        while let Some(bytes) = device.poll_bytes(0) {
            out.extend(bench.bytes(&bytes));
        }
    }
    let handed: usize =
        bench.outputs.iter().map(|o| if let Output::Transmit(bytes) = o { bytes.len() } else { 0 }).sum();
    assert!((4000..12_000).contains(&handed), "{handed} bytes are on their way");
}

#[test]
fn a_device_begins_nothing_its_offer_is_told_once() {
    let mut bench = Bench::open(&pairs());
    let hail = b"rz\r**\x18B00000000000000\r\x8a\x11";
    let offered = |offer| [Output::Event(Event::Offered { offer })];
    assert_eq!(bench.bytes(&hail[..7]), []);
    assert_eq!(bench.bytes(&hail[7..]), offered(Some(Offer::Sends)));
    assert_eq!(bench.bytes(hail), [], "nothing is sent, and nothing said twice");
    assert_eq!(bench.input(Input::DismissOffer), offered(None));
    assert_eq!(bench.at(30_000).bytes(hail), [], "it was let pass");
    assert_eq!(bench.at(61_000).bytes(hail), offered(Some(Offer::Sends)));
    assert_eq!(bench.session.counters().bytes_transferred, 0);
    assert_eq!(bench.session.counters().bytes_out, 0);
}

#[test]
fn f5_a_link_that_goes_ends_the_transfer_and_the_next_can_begin() {
    let mut bench = Bench::open(&pairs());
    bench.input(Input::ReceiveFiles { protocol: Protocol::Ymodem, name: "" });
    let told = events(&bench.closed(CloseKind::Lost, "The device is gone."));
    assert!(
        matches!(&told[0], Event::TransferEnded { progress } if progress.ending == Some(Ending::LinkClosed)),
        "{told:?}"
    );
    let refused = events(&bench.input(Input::ReceiveFiles { protocol: Protocol::Ymodem, name: "" }));
    assert!(matches!(&refused[..], [Event::Refused { why, line: false }] if why.contains("not open")), "{refused:?}");
    bench.input(Input::Open);
    bench.input(Input::Opened);
    let begun = events(&bench.input(Input::ReceiveFiles { protocol: Protocol::Ymodem, name: "" }));
    assert_eq!(begun, [Event::TransferBegan]);
    assert!(transferring(&mut bench).unwrap().progress.ending.is_none());
}

#[test]
fn nothing_else_is_sent_meanwhile_and_a_cancel_is_told_to_the_device() {
    let mut bench = Bench::open(&pairs());
    bench.input(Input::ReceiveFiles { protocol: Protocol::Zmodem, name: "" });
    let refused = events(&bench.input(Input::Send { bytes: b"hello\n", wrap: false }));
    assert!(matches!(&refused[..], [Event::Refused { line: true, .. }]), "{refused:?}");
    let out = bench.input(Input::CancelTransfer);
    assert!(matches!(&out[..], [Output::Transmit(bytes)] if bytes.starts_with(&[24; 5])), "{out:?}");
    bench.at(100).bytes(b"what was on its way");
    let told = events(&bench.at(600).input(Input::Timeout));
    assert!(matches!(&told[..], [Event::TransferEnded { progress }] if progress.ending == Some(Ending::Cancelled)));
    bench.bytes(b"temp:5\n");
    assert_eq!(bench.value("temp"), Cell::F64(5.0));
    assert_eq!(bench.session.counters().bytes_skipped, 0);
}

#[test]
fn f13_a_device_that_takes_nothing_ends_it() {
    let mut bench = Bench::open(&pairs());
    let out = bench.input(Input::SendFiles { protocol: Protocol::Zmodem, files: vec![file("x", 10)] });
    let [Output::Event(Event::TransferBegan), Output::Transmit(bytes)] = &out[..] else { panic!("{out:?}") };
    let told = events(&bench.input(Input::NotTransmitted { len: bytes.len(), why: "It takes nothing." }));
    assert!(matches!(&told[..], [Event::TransferEnded { progress }] if progress.ending == Some(Ending::NotTaken)));
}

/// The line through the plot does not cross what was taken for the transfer's.
#[test]
fn a_transfer_is_a_gap_in_what_a_streaming_device_says_and_none_in_what_a_quiet_one_does() {
    // By the second, seldom, and not at all.
    for (streams, speaks) in [(true, true), (false, true), (false, false)] {
        let mut bench = Bench::open(&pairs());
        bench.at(0).bytes(b"a:1\n");
        if streams {
            (1..30).for_each(|n| drop(bench.at(n * 100).bytes(b"a:1\n")));
        }
        let at = 3000 + if streams { 0 } else { 60_000 };
        bench.at(at).input(Input::ReceiveFiles { protocol: Protocol::Xmodem, name: "a.bin" });
        if speaks {
            bench.at(at + 100).bytes(b"a:2\n");
        }
        bench.at(at + 2000).input(Input::CancelTransfer);
        for later in 0..100 {
            bench.at(at + 2000 + later * 100).input(Input::Timeout);
        }
        bench.at(at + 20_000).bytes(b"a:3\n");
        assert_eq!(bench.session.counters().gaps, u64::from(speaks), "streaming: {streams}");
    }
}

#[test]
fn nobody_answers_and_it_is_said() {
    let mut bench = Bench::open(&pairs());
    bench.input(Input::ReceiveFiles { protocol: Protocol::Xmodem, name: "boot.bin" });
    let mut told = Vec::new();
    for _ in 0..40 {
        let Some(until) = bench.session.poll_timeout() else { break };
        bench.now = bench.now.max(until);
        told.extend(events(&bench.input(Input::Timeout)));
    }
    assert!(
        matches!(&told[..], [Event::TransferEnded { progress }] if progress.ending == Some(Ending::NoAnswer)),
        "{told:?}"
    );
}

#[test]
fn a_receiver_that_did_not_hear_of_the_cancel_is_told_when_it_asks_until_something_else_is_sent() {
    let told = |outputs: Vec<Output>| {
        outputs.iter().any(|output| matches!(output, Output::Transmit(bytes) if bytes.starts_with(&[24; 5])))
    };
    let cancelled = || {
        let mut bench = Bench::open(&pairs());
        bench.input(Input::SendFiles { protocol: Protocol::Zmodem, files: vec![file("x", 10)] });
        bench.input(Input::CancelTransfer);
        let mut events = Vec::new();
        while let Some(until) = bench.session.poll_timeout()
            && !events.iter().any(|event| matches!(event, Event::TransferEnded { .. }))
        {
            bench.now = bench.now.max(until);
            events.extend(self::events(&bench.input(Input::Timeout)));
        }
        bench
    };
    let asks = b"**\x18B0100000023be50\r\x8a\x11";
    let mut bench = cancelled();
    let outputs = bench.bytes(asks);
    assert!(events(&outputs).is_empty(), "it is no offer: {outputs:?}");
    assert!(told(outputs));
    // What is typed now may begin another transfer.
    let mut bench = cancelled();
    bench.input(Input::Send { bytes: b"rz\n", wrap: false });
    let outputs = bench.bytes(asks);
    assert_eq!(events(&outputs), [Event::Offered { offer: Some(Offer::Receives) }]);
    assert!(!told(outputs));
}

#[test]
fn f5_what_a_lost_link_left_of_a_file_is_kept_and_the_rest_comes_when_it_is_offered_again() {
    let mut bench = Bench::open(&pairs());
    let sent = file("log.bin", 60_000);
    let mut device = Transfer::send(Protocol::Zmodem, vec![sent.clone()], 0);
    let mut outputs = bench.input(Input::ReceiveFiles { protocol: Protocol::Zmodem, name: "" });
    // Until some of it is there.
    while transferring(&mut bench).is_none_or(|now| now.progress.done < 20_000) {
        for output in std::mem::take(&mut outputs) {
            if let Output::Transmit(bytes) = output {
                device.handle_bytes(0, &bytes);
                outputs.extend(bench.input(Input::Transmitted(bytes.len())));
            }
        }
        if let Some(bytes) = device.poll_bytes(0) {
            outputs.extend(bench.bytes(&bytes));
        }
    }
    let ended = events(&bench.closed(CloseKind::Lost, "The device is gone."));
    let Event::TransferEnded { progress } = &ended[0] else { panic!("{ended:?}") };
    assert!(progress.kept >= 20_000 && progress.kept == progress.done, "{progress:?}");
    bench.input(Input::Open);
    bench.input(Input::Opened);
    let before = bench.session.counters().bytes_transferred;
    let mut device = Transfer::send(Protocol::Zmodem, vec![sent.clone()], 0);
    let begun = bench.input(Input::ReceiveFiles { protocol: Protocol::Zmodem, name: "" });
    let told = meet(&mut bench, &mut device, begun);
    let got = told.iter().find_map(|event| if let Event::Received { file } = event { Some(file) } else { None });
    assert!(got.is_some_and(|got| got.bytes == sent.bytes), "the whole file");
    let came = bench.session.counters().bytes_transferred - before;
    assert!((39_000..45_000).contains(&came), "only the rest came, not {came} bytes");
    let last = transferring(&mut bench).unwrap().progress;
    assert_eq!((last.resumed, last.kept, last.ending), (progress.kept, 0, Some(Ending::Complete)));
}
