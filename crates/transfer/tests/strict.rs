//! Bytes of a far end, written by hand after the protocols' documents: what is to be refused, repeated or given up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use transfer::{Ending, File, Protocol, Transfer};

const ACK: u8 = 0x06;
const NAK: u8 = 0x15;
const EOT: u8 = 0x04;
const ZDLE: u8 = 0x18;

/// CRC-16/XMODEM, bit by bit.
fn crc(bytes: &[u8]) -> [u8; 2] {
    let mut crc = 0u16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
        }
    }
    crc.to_be_bytes()
}

/// A block of 128 bytes (XMODEM/YMODEM protocol reference, section 7).
fn block(number: u8, complement: u8, fill: u8) -> Vec<u8> {
    let data = [fill; 128];
    [&[1, number, complement], data.as_slice(), &crc(&data)].concat()
}

/// A header in hexadecimal digits (ZMODEM, section 7.3).
fn header(kind: u8, data: [u8; 4]) -> Vec<u8> {
    let body = [&[kind], data.as_slice()].concat();
    let digits: String = body.iter().chain(&crc(&body)).map(|byte| format!("{byte:02x}")).collect();
    [b"**\x18B", digits.as_bytes(), b"\r\n\x11"].concat()
}

/// A subpacket after such a header, the end of its frame.
fn subpacket(data: &[u8]) -> Vec<u8> {
    let end = b'k';
    let check = crc(&[data, &[end]].concat());
    let mut out = data.to_vec();
    out.extend([ZDLE, end]);
    for byte in check {
        // Control characters go escaped (section 7.2).
        if byte & 0x60 == 0 { out.extend([ZDLE, byte ^ 0x40]) } else { out.push(byte) }
    }
    out
}

fn said(transfer: &mut Transfer, now: u64) -> Vec<u8> {
    std::iter::from_fn(|| transfer.poll_bytes(now)).flatten().collect()
}

#[test]
fn a_byte_that_looks_like_the_end_does_not_end_an_xmodem_file() {
    let mut receiver = Transfer::receive(Protocol::Xmodem, "f", 0);
    assert_eq!(said(&mut receiver, 0), b"C");
    receiver.handle_bytes(10, &block(1, !1, b'a'));
    assert_eq!(said(&mut receiver, 10), [ACK]);
    receiver.handle_bytes(20, &[EOT]);
    assert_eq!(said(&mut receiver, 20), [NAK], "the first end is asked about");
    receiver.handle_bytes(30, &block(2, !2, b'b'));
    assert_eq!(said(&mut receiver, 30), [ACK]);
    receiver.handle_bytes(40, &[EOT]);
    receiver.handle_bytes(50, &[EOT]);
    assert_eq!(said(&mut receiver, 50), [NAK, ACK]);
    let file = receiver.poll_file().expect("a file");
    assert_eq!(file.bytes, [[b'a'; 128], [b'b'; 128]].concat());
}

#[test]
fn an_end_that_a_sender_says_only_once_is_believed_when_nothing_follows() {
    let mut receiver = Transfer::receive(Protocol::Xmodem, "f", 0);
    receiver.handle_bytes(10, &[block(1, !1, b'a'), vec![EOT]].concat());
    assert_eq!(said(&mut receiver, 10), [b'C', ACK, NAK]);
    receiver.handle_timeout(2900);
    assert!(receiver.poll_file().is_none(), "a sender may take a moment");
    receiver.handle_timeout(3100);
    assert_eq!(said(&mut receiver, 3100), [ACK]);
    assert_eq!(receiver.ending(), Some(Ending::Complete));
    assert_eq!(receiver.poll_file().map(|file| file.bytes), Some(vec![b'a'; 128]));

    // The rest of a block whose first byte was spoilt: it is asked for, and is no end.
    let mut receiver = Transfer::receive(Protocol::Xmodem, "f", 0);
    receiver.handle_bytes(10, &block(1, !1, b'a'));
    receiver.handle_bytes(20, &[EOT]);
    receiver.handle_bytes(30, &block(2, !2, b'b')[1..]);
    receiver.handle_timeout(400);
    assert_eq!(said(&mut receiver, 400).last(), Some(&NAK));
    receiver.handle_timeout(60_000);
    assert_eq!((receiver.ending(), receiver.poll_file()), (None, None), "a part was kept as the whole");
}

#[test]
fn a_block_whose_number_and_complement_disagree_is_asked_for_again() {
    let mut receiver = Transfer::receive(Protocol::Xmodem, "f", 0);
    said(&mut receiver, 0);
    receiver.handle_bytes(10, &block(1, !2, b'x'));
    assert!(said(&mut receiver, 10).is_empty(), "not before the line is at rest");
    let rest = receiver.poll_timeout().expect("a rest");
    receiver.handle_timeout(rest);
    assert_eq!(said(&mut receiver, rest), [NAK]);
    receiver.handle_bytes(rest, &block(1, !1, b'a'));
    receiver.handle_bytes(rest, &[EOT, EOT]);
    assert_eq!(receiver.poll_file().expect("a file").bytes, [b'a'; 128]);
}

/// A ZMODEM receiver that was offered a file and asked for its beginning.
fn offered() -> Transfer {
    let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
    said(&mut receiver, 0);
    receiver.handle_bytes(1, &[header(4, [0; 4]), subpacket(b"log.bin\x00500")].concat());
    let answer = said(&mut receiver, 1);
    assert!(answer.starts_with(b"**\x18B09"), "it asks for the beginning: {answer:?}");
    receiver
}

#[test]
fn f5_a_sender_that_is_started_anew_in_the_middle_is_answered_and_only_the_rest_is_sent() {
    // Wherever it died: between two subpackets, or within one, behind an escape or in its check sequence.
    let next = subpacket(b"w\x18rld");
    for died in 0..next.len() {
        started_anew(&next[..died]);
    }
}

fn started_anew(before: &[u8]) {
    let mut receiver = offered();
    receiver.handle_bytes(
        2,
        &[header(10, [0; 4]), subpacket(b"hello"), header(10, [5, 0, 0, 0]), before.to_vec()].concat(),
    );
    said(&mut receiver, 2);
    // ZRQINIT, as another process of the same program begins: it is invited (ZRINIT).
    receiver.handle_bytes(3000, &[b"rz\r".to_vec(), header(0, [0; 4])].concat());
    let answer = said(&mut receiver, 3000);
    assert!(answer.windows(6).any(|six| six == b"**\x18B01"), "died behind {before:?}: {answer:?}");
    // It offers the same file: is what is there its beginning (ZCRC of five bytes)?
    receiver.handle_bytes(3001, &[header(4, [0; 4]), subpacket(b"log.bin\x00500")].concat());
    let answer = said(&mut receiver, 3001);
    assert!(answer.starts_with(b"**\x18B0d05000000"), "{answer:?}");
    // CRC-32 of "hello", as `crc32` of zlib has it.
    receiver.handle_bytes(3002, &header(13, 0x3610_a686_u32.to_le_bytes()));
    let answer = said(&mut receiver, 3002);
    assert!(answer.starts_with(b"**\x18B0905000000"), "it goes on from there: {answer:?}");
    assert_eq!(receiver.ending(), None);
}

/// F5: a receiver that is started anew while a file is sent to it is offered the file again, and says from where on.
#[test]
fn f5_a_receiver_that_is_started_anew_in_the_middle_is_offered_the_file_again() {
    let file = File { name: "log.bin".into(), bytes: vec![7; 100_000], modified: None };
    let mut sender = Transfer::send(Protocol::Zmodem, vec![file], 0);
    said(&mut sender, 0);
    // ZRINIT with full duplex, overlapped, CRC-32; then ZRPOS 0.
    let waits = header(1, [0, 0, 0, 0x23]);
    sender.handle_bytes(1, &waits);
    let offer = said(&mut sender, 1);
    assert!(offer.windows(7).any(|seven| seven == b"log.bin"), "{offer:?}");
    sender.handle_bytes(2, &header(9, [0; 4]));
    assert!(!said(&mut sender, 2).is_empty(), "it sends the file");
    // What was said before the offer came is no new beginning.
    sender.handle_bytes(500, &waits);
    assert!(!said(&mut sender, 500).windows(7).any(|seven| seven == b"log.bin"));
    sender.handle_bytes(5000, &waits);
    let offer = said(&mut sender, 5000);
    assert!(offer.windows(7).any(|seven| seven == b"log.bin"), "{offer:?}");
    // The new one has 50,000 bytes of it.
    sender.handle_bytes(5001, &header(9, 50_000_u32.to_le_bytes()));
    assert!(!said(&mut sender, 5001).is_empty());
    assert_eq!(sender.ending(), None);
}

#[test]
fn f1_a_sender_that_never_goes_where_it_was_asked_to_is_given_up() {
    let mut receiver = offered();
    let mut now = 10;
    let told = (0..40).any(|_| {
        now += 2000;
        receiver.handle_bytes(now, &[header(10, [99, 0, 0, 0]), subpacket(b"elsewhere")].concat());
        said(&mut receiver, now).windows(5).any(|five| five == [ZDLE; 5])
    });
    assert!(told, "the sender is told");
    while let Some(until) = receiver.poll_timeout() {
        receiver.handle_timeout(until);
    }
    assert_eq!(receiver.ending(), Some(Ending::TooManyErrors));
    assert!(receiver.poll_file().is_none());
}

#[test]
fn what_a_sender_wants_to_be_interrupted_with_has_no_break_and_no_pause_in_it() {
    let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
    said(&mut receiver, 0);
    receiver.handle_bytes(1, &[header(2, [0; 4]), subpacket(b"\x1d\xdd\xdeX\x00")].concat());
    receiver.handle_bytes(2, &[header(4, [0; 4]), subpacket(b"log.bin\x00500")].concat());
    said(&mut receiver, 2);
    receiver.handle_bytes(5000, &header(10, [99, 0, 0, 0]));
    let asked = said(&mut receiver, 5000);
    assert!(asked.starts_with(b"\x1dX**\x18B09"), "{asked:?}");
}

#[test]
fn flow_control_that_the_line_puts_within_an_escape_is_no_data() {
    let bytes: Vec<u8> = (0..=255).cycle().take(3000).collect();
    let file = File { name: "all.bin".into(), bytes: bytes.clone(), modified: None };
    let mut sender = Transfer::send(Protocol::Zmodem, vec![file], 0);
    let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
    let (mut put_in, mut now) = (0, 0);
    for _ in 0..1000 {
        now += 1;
        let sent = said(&mut sender, now);
        let mut line = Vec::new();
        for (index, byte) in sent.iter().enumerate() {
            line.push(*byte);
            let next = sent.get(index + 1).copied().unwrap_or(b'A');
            // Not where ZDLE begins a header.
            if *byte == ZDLE && !matches!(next, b'A' | b'B' | b'C') {
                line.push([0x11, 0x13, 0x91, 0x93][put_in % 4]);
                put_in += 1;
            }
        }
        receiver.handle_bytes(now, &line);
        sender.handle_bytes(now, &said(&mut receiver, now));
    }
    assert!(put_in > 50, "{put_in}");
    assert_eq!(receiver.poll_file().expect("a file").bytes, bytes);
    assert_eq!(receiver.progress().corrected, 0, "nothing was asked for twice");
}

/// What rx of lrzsz 0.12.21 does on a terminal: it takes the end and is gone, and a second one would log the shell out.
#[test]
fn a_receiver_that_leaves_without_a_word_gets_no_second_end() {
    let file = File { name: "f".into(), bytes: vec![b'a'; 100], modified: None };
    let ended = || {
        let mut sender = Transfer::send(Protocol::Xmodem, vec![file.clone()], 0);
        sender.handle_bytes(0, &[NAK]);
        assert_eq!(said(&mut sender, 0).len(), 132);
        sender.handle_bytes(0, &[ACK]);
        assert_eq!(said(&mut sender, 0), [EOT]);
        sender
    };
    for prompt in [b"\r\nboard$ " as &[u8], b"\x1b[?2004hboard$ "] {
        let mut sender = ended();
        assert_eq!(sender.handle_bytes(50, prompt), 0, "it is the terminal's");
        assert_eq!((sender.ending(), sender.progress().files_done), (Some(Ending::Complete), 1));
        sender.handle_timeout(60_000);
        assert!(said(&mut sender, 60_000).is_empty());
    }
    assert_eq!(ended().handle_bytes(50, b"# "), 1);
    // A refusal of the end of which one bit has turned is not a shell.
    for bit in 0..8 {
        let mut sender = ended();
        sender.handle_bytes(50, &[NAK ^ (1 << bit)]);
        assert_eq!(sender.ending(), None, "bit {bit}");
        sender.handle_bytes(3050, &[NAK]);
        assert_eq!(said(&mut sender, 3050), [EOT]);
        sender.handle_bytes(3060, &[ACK]);
        assert_eq!(sender.ending(), Some(Ending::Complete));
    }
}

/// What programs say that are told to end: ten cancels, ten backspaces (`canit` of lrzsz).
const ENDED: &[u8] = b"\x18\x18\x18\x18\x18\x18\x18\x18\x18\x18\x08\x08\x08\x08\x08\x08\x08\x08\x08\x08";

#[test]
fn a_device_that_breaks_off_is_heard_in_every_protocol_both_ways_and_within_a_block() {
    let file = |len| File { name: "f".into(), bytes: vec![b'a'; len], modified: None };
    for protocol in Protocol::ALL {
        for sends in [true, false] {
            // A pair of our own runs until the data flow; then the device says that it ends, in the middle of what it sends.
            let (mut here, mut device) = if sends {
                (Transfer::send(protocol, vec![file(200_000)], 0), Transfer::receive(protocol, "f", 0))
            } else {
                (Transfer::receive(protocol, "f", 0), Transfer::send(protocol, vec![file(200_000)], 0))
            };
            let mut now = 0;
            while here.progress().done < 5000 {
                now += 1;
                let told = here.poll_bytes(now).unwrap_or_default();
                device.handle_bytes(now, &told);
                let said = device.poll_bytes(now).unwrap_or_default();
                here.handle_bytes(now, &said);
                assert!(now < 10_000, "{protocol:?} sends {sends}: {:?}", here.progress());
            }
            if !sends {
                let told: Vec<u8> = said(&mut here, now);
                device.handle_bytes(now, &told);
                let block = device.poll_bytes(now).expect("a block");
                here.handle_bytes(now, &block[..block.len() / 2]);
            }
            here.handle_bytes(now, ENDED);
            here.handle_bytes(now + 5, b"rz: caught signal 15; exiting\r\nboard$ ");
            while let Some(until) = here.poll_timeout() {
                now = until;
                here.handle_timeout(now);
            }
            assert_eq!(here.ending(), Some(Ending::CancelledByDevice), "{protocol:?} sends {sends}");
            assert!(now < 20_000, "{protocol:?} sends {sends}: not before {now} ms");
            assert_eq!(said(&mut here, now).iter().filter(|byte| **byte == ZDLE).count(), 0, "it need not be told");
        }
    }
}

#[test]
fn a_receiver_that_speaks_no_word_of_zmodem_any_more_is_sent_no_more_than_a_window() {
    let file = File { name: "f".into(), bytes: vec![b'a'; 2_000_000], modified: None };
    for (says, most) in [(&b""[..], 12_000), (b"Killed\r\nboard$ ", 3000)] {
        let mut sender = Transfer::send(Protocol::Zmodem, vec![file.clone()], 0);
        let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
        let mut now = 0;
        while sender.progress().done < 50_000 {
            now += 1;
            receiver.handle_bytes(now, &sender.poll_bytes(now).unwrap_or_default());
            sender.handle_bytes(now, &said(&mut receiver, now));
        }
        sender.handle_bytes(now, says);
        let (begun, mut poured) = (now, 0);
        loop {
            poured += said(&mut sender, now).len();
            let Some(until) = sender.poll_timeout() else { break };
            now = until;
            sender.handle_timeout(now);
        }
        assert_eq!(sender.ending(), Some(Ending::NoAnswer));
        assert!(poured < most, "{poured} bytes are poured into a shell that said {says:?}");
        let most = if says.is_empty() { 35_000 } else { 12_000 };
        assert!((10_000..most).contains(&(now - begun)), "after {} ms", now - begun);
    }
}

#[test]
fn on_a_slow_line_less_is_on_its_way_than_on_a_quick_one() {
    let file = File { name: "f".into(), bytes: vec![b'a'; 2_000_000], modified: None };
    // Bytes a millisecond, and the most that may be unconfirmed once that is known: a quarter of a second, or 3 KiB.
    for (speed, least, most) in [(1, 1000, 4200), (11, 2000, 4200), (24, 5000, 8300), (1000, 7000, 9300)] {
        let mut sender = Transfer::send(Protocol::Zmodem, vec![file.clone()], 0);
        let mut receiver = Transfer::receive(Protocol::Zmodem, "", 0);
        let (mut now, mut line, mut seen, mut taken) = (0, std::collections::VecDeque::new(), 0, 0);
        while sender.progress().done < 200_000 && now < 400_000 {
            now += 1;
            // As in a session: no more than 8 KiB wait for the line.
            while line.len() < 8192
                && let Some(bytes) = sender.poll_bytes(now)
            {
                line.extend(bytes);
            }
            let leaves: Vec<u8> = line.drain(..line.len().min(speed)).collect();
            taken += leaves.len();
            receiver.handle_bytes(now, &leaves);
            sender.handle_bytes(now, &said(&mut receiver, now));
            receiver.handle_timeout(now);
            if sender.progress().done > 50_000 {
                seen = seen.max(sender.progress().unconfirmed);
            }
        }
        assert_eq!(sender.progress().corrected, 0, "{speed}");
        assert!((least..most).contains(&seen), "at {speed} bytes a millisecond up to {seen} are unconfirmed");
        let full = taken as f64 / (now as f64 * speed as f64);
        assert!(speed > 500 || full > 0.97, "the line is kept busy at {speed} bytes a millisecond: {full}");
    }
}

#[test]
fn a_receiver_that_asks_for_nothing_but_another_protocol_is_no_answer() {
    // `rb` hears ZMODEM's call, and asks with C; a YMODEM sender is asked by nobody.
    let file = File { name: "f".into(), bytes: vec![b'a'; 2000], modified: None };
    for (protocol, asks) in [(Protocol::Zmodem, &b"C"[..]), (Protocol::Ymodem, b"**\x18B0100000023be50\r\x8a\x11")] {
        let mut sender = Transfer::send(protocol, vec![file.clone()], 0);
        while let Some(now) = sender.poll_timeout() {
            sender.handle_timeout(now);
            said(&mut sender, now);
            sender.handle_bytes(now, asks);
        }
        assert_eq!(sender.ending(), Some(Ending::NoAnswer), "{protocol:?}");
        assert!(!sender.progress().heard, "{protocol:?}: the sentence is that nobody answered");
    }
}

/// Block 0 of YMODEM (section 5).
fn name(text: &str) -> Vec<u8> {
    let mut data = text.as_bytes().to_vec();
    data.resize(128, 0);
    [&[1, 0, 255], data.as_slice(), &crc(&data)].concat()
}

/// A stream of one file of 128 bytes, whose name says so much more; all of it has come.
fn streamed(more: &str) -> Transfer {
    let mut receiver = Transfer::receive(Protocol::YmodemG, "", 0);
    receiver.handle_bytes(10, &name(&format!("a.bin\0128 0{more}")));
    receiver.handle_bytes(20, &[block(1, !1, b'a'), vec![EOT]].concat());
    assert_eq!(receiver.poll_file().map(|file| file.bytes), Some(vec![b'a'; 128]));
    assert_eq!(said(&mut receiver, 20), [b'G', ACK, b'G', ACK, b'G']);
    receiver
}

/// What nobody answers for a minute.
fn left_alone(mut receiver: Transfer) -> (Option<Ending>, u64) {
    let mut now = 20;
    while receiver.ending().is_none() && now < 120_000 {
        now += 100;
        receiver.handle_timeout(now);
    }
    (receiver.ending(), now)
}

#[test]
fn a_stream_whose_last_word_was_thrown_away_with_the_terminal_is_complete_if_the_sender_counted_its_files() {
    let last = " 100644 0 1 128";
    let (ending, took) = left_alone(streamed(last));
    assert_eq!(ending, Some(Ending::Complete));
    assert!(took < 10_000, "after {took} ms");
    let mut receiver = streamed(last);
    assert_eq!(receiver.handle_bytes(30, b"\r\n\x1b[?2004hboard$ "), 2, "what the shell says is the terminal's");
    assert_eq!(receiver.ending(), Some(Ending::Complete));
    let mut receiver = streamed(last);
    receiver.handle_bytes(30, &name(""));
    assert_eq!(receiver.ending(), Some(Ending::Complete), "its last word, where it is heard");

    let (ending, took) = left_alone(streamed(""));
    assert_eq!(ending, Some(Ending::NotClosed), "nobody said that it was all");
    assert!(took < 10_000, "after {took} ms");
    let mut receiver = streamed("");
    receiver.handle_bytes(30, b"board$ ");
    assert_eq!(receiver.ending(), None, "it may be noise");
    assert_eq!(left_alone(streamed(" 100644 0 2 300")).0, Some(Ending::NoAnswer), "one more was announced");
}
