//! Both sides of our own over a simulated line, with simulated time: what is spoilt, lost or hostile never makes a wrong
//! file, never panics and never goes on for ever.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use proptest::prelude::*;
use transfer::{Ending, File, MAX_FILE_BYTES, Protocol, Transfer};

/// A line that loses or spoils a byte in so many, by a generator of its own.
struct Line {
    state: u32,
    one_in: u32,
}

impl Line {
    fn next(&mut self) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        self.state
    }

    fn carry(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        for byte in bytes {
            let dice = self.next();
            match dice {
                _ if self.one_in == 0 || !dice.is_multiple_of(self.one_in) => out.push(*byte),
                _ if dice & 0x1000_0000 != 0 => out.push(byte ^ (1 << (dice >> 8 & 7))),
                _ => {}
            }
        }
        out
    }
}

/// Runs both to their ends; gives what arrived.
fn meet(sender: &mut Transfer, receiver: &mut Transfer, line: &mut Line) -> Vec<File> {
    let (mut now, mut files) = (0, Vec::new());
    for _ in 0..2_000_000 {
        let mut quiet = true;
        if let Some(bytes) = sender.poll_bytes(now) {
            quiet = false;
            receiver.handle_bytes(now, &line.carry(&bytes));
        }
        while let Some(bytes) = receiver.poll_bytes(now) {
            quiet = false;
            sender.handle_bytes(now, &line.carry(&bytes));
        }
        files.extend(std::iter::from_fn(|| receiver.poll_file()));
        if quiet {
            let next = [sender.poll_timeout(), receiver.poll_timeout()].into_iter().flatten().min();
            let Some(next) = next else { return files };
            now = now.max(next);
            sender.handle_timeout(now);
            receiver.handle_timeout(now);
        }
    }
    panic!("it goes on for ever: {:?} {:?}", sender.progress(), receiver.progress());
}

fn protocols() -> impl Strategy<Value = Protocol> {
    prop::sample::select(Protocol::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn f1_whatever_the_line_does_a_file_that_arrives_is_the_file_that_was_sent(
        protocol in protocols(),
        files in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4000), 1..4),
        seed in 1u32..,
        one_in in prop::sample::select(vec![0u32, 20_000, 3000, 800]),
    ) {
        let files: Vec<File> = files
            .into_iter()
            .enumerate()
            .map(|(index, bytes)| File { name: format!("f{index}"), bytes, modified: None })
            .collect();
        let mut sender = Transfer::send(protocol, files.clone(), 0);
        let mut receiver = Transfer::receive(protocol, "f0", 0);
        let got = meet(&mut sender, &mut receiver, &mut Line { state: seed, one_in });
        let alone = matches!(protocol, Protocol::Xmodem | Protocol::Xmodem1k);
        if one_in == 0 {
            prop_assert_eq!(sender.ending(), Some(Ending::Complete));
            prop_assert_eq!(receiver.ending(), Some(Ending::Complete));
            prop_assert_eq!(got.len(), if alone { 1 } else { files.len() });
        }
        // A sum of eight bits finds one spoilt byte, not every two.
        for file in &got {
            let sent = files.iter().find(|sent| sent.name == file.name);
            prop_assert!(sent.is_some_and(|sent| if alone {
                file.bytes.starts_with(&sent.bytes) && file.bytes.len() < sent.bytes.len() + 1024
            } else {
                file.bytes == sent.bytes
            }), "{:?} differs", file.name);
        }
    }

    #[test]
    fn s29_no_bytes_of_a_device_make_a_panic_or_more_than_their_own_length(
        protocol in protocols(),
        pieces in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..300),
                prop::sample::select(vec![
                    b"**\x18B00000000000000\r\x8a\x11".to_vec(),
                    b"**\x18B0100000023be50\r\x8a\x11".to_vec(),
                    b"**\x18B0800000000022d\r\x8a".to_vec(),
                    b"*\x18C".to_vec(), b"*\x18A".to_vec(), b"\x18\x68".to_vec(), b"\x06C".to_vec(), b"G".to_vec(),
                    b"\x01\x00\xff".to_vec(), b"\x02\x01\xfe".to_vec(), b"\x04".to_vec(), b"\x15".to_vec(),
                ]),
            ],
            0..40,
        ),
        sends in any::<bool>(),
    ) {
        let file = File { name: "x".into(), bytes: vec![7; 5000], modified: None };
        let mut transfer =
            if sends { Transfer::send(protocol, vec![file], 0) } else { Transfer::receive(protocol, "", 0) };
        let mut now = 0;
        for piece in &pieces {
            prop_assert!(transfer.handle_bytes(now, piece) <= piece.len());
            for _ in 0..50 {
                if transfer.poll_bytes(now).is_none() {
                    break;
                }
            }
            now += 700;
            transfer.handle_timeout(now);
        }
        for _ in 0..500 {
            while transfer.poll_bytes(now).is_some() {}
            now = transfer.poll_timeout().unwrap_or(now).max(now);
            transfer.handle_timeout(now);
        }
        prop_assert!(transfer.ending().is_some(), "it waits for ever: {:?}", transfer.progress());
    }
}

/// The bytes of a sender's block 0 for this name and size.
fn block0(head: &[u8]) -> Vec<u8> {
    let mut data = head.to_vec();
    data.resize(128, 0);
    let crc = codec::checksum::Crc::<u16>::new(&codec::checksum::algorithm::CRC_16_XMODEM).checksum(&data);
    [&[1, 0, 255], data.as_slice(), &crc.to_be_bytes()].concat()
}

#[test]
fn s29_a_size_beyond_the_limit_is_refused_before_anything_is_kept() {
    let mut transfer = Transfer::receive(Protocol::Ymodem, "", 0);
    let size = MAX_FILE_BYTES + 1;
    transfer.handle_bytes(0, &block0(format!("big\0{size}").as_bytes()));
    transfer.handle_timeout(60_000);
    assert_eq!(transfer.ending(), Some(Ending::TooLarge));
    let said: Vec<u8> = std::iter::from_fn(|| transfer.poll_bytes(0)).flatten().collect();
    assert!(said.ends_with(&[8; 8]) && said.contains(&24), "the far end is told: {said:?}");
}

#[test]
fn a_name_of_the_device_is_stripped() {
    let mut transfer = Transfer::receive(Protocol::Ymodem, "", 0);
    transfer.handle_bytes(0, &block0(b"../../.ssh/authorized_keys\x0012"));
    assert_eq!(transfer.progress().file, "authorized_keys");
    assert_eq!(transfer.progress().size, Some(12));
}

#[test]
fn a_command_of_the_device_is_refused() {
    // ZCOMMAND as `sz -c "touch x"` sends it: header in hexadecimal digits, then the command as a subpacket.
    let crc = codec::checksum::Crc::<u16>::new(&codec::checksum::algorithm::CRC_16_XMODEM);
    let head = [18, 0, 0, 0, 0];
    let hex: String = head.iter().chain(&crc.checksum(&head).to_be_bytes()).map(|byte| format!("{byte:02x}")).collect();
    let check = crc.checksum(b"touch x\0k").to_be_bytes();
    let sent = [b"**\x18B", hex.as_bytes(), b"\r\x8a\x11touch x\0\x18k", &check].concat();
    let mut transfer = Transfer::receive(Protocol::Zmodem, "", 0);
    while transfer.poll_bytes(0).is_some() {}
    transfer.handle_bytes(0, &sent);
    let answer: Vec<u8> = std::iter::from_fn(|| transfer.poll_bytes(0)).flatten().collect();
    assert!(answer.starts_with(b"**\x18B0f01000000"), "ZCOMPL with a failure, not {}", answer.escape_ascii());
}

#[test]
fn bytes_after_the_end_are_not_the_transfers() {
    let mut transfer = Transfer::receive(Protocol::Zmodem, "", 0);
    let last = b"**\x18B0800000000022d\r\x8aOO$ ready\n";
    let taken = transfer.handle_bytes(0, last);
    assert_eq!(transfer.ending(), Some(Ending::Complete));
    assert_eq!(&last[taken..], b"$ ready\n");
}

#[test]
fn a_sender_that_goes_without_its_last_word_leaves_the_line_to_what_comes_next() {
    let last = b"**\x18B0800000000022d\r\x8a";
    for (next, given_back) in [(&b"$ ready\n"[..], true), (b"**\x18B0100000023be50\r\x8a\x11", false)] {
        let mut transfer = Transfer::receive(Protocol::Zmodem, "", 0);
        assert_eq!(transfer.handle_bytes(0, last), last.len());
        assert_eq!(transfer.ending(), None);
        let taken = transfer.handle_bytes(100, next);
        assert_eq!(transfer.ending(), Some(Ending::Complete), "{}", next.escape_ascii());
        assert_eq!(taken == 0, given_back, "{}", next.escape_ascii());
    }
    let mut transfer = Transfer::receive(Protocol::Zmodem, "", 0);
    transfer.handle_bytes(0, last);
    while transfer.poll_bytes(0).is_some() {}
    transfer.handle_bytes(100, last);
    assert!(transfer.poll_bytes(100).is_some_and(|bytes| bytes.starts_with(b"**\x18B08")), "it is said again");
    transfer.handle_timeout(500);
    assert_eq!(transfer.ending(), Some(Ending::Complete));
}

#[test]
fn nobody_at_the_other_end_is_said_after_a_minute_or_so() {
    for protocol in Protocol::ALL {
        for mut transfer in [Transfer::receive(protocol, "", 0), Transfer::send(protocol, Vec::new(), 0)] {
            let mut now = 0;
            while let Some(until) = transfer.poll_timeout() {
                now = until;
                transfer.handle_timeout(now);
                while transfer.poll_bytes(now).is_some() {}
            }
            assert_eq!(transfer.ending(), Some(Ending::NoAnswer), "{protocol:?}");
            assert!((50_000..100_000).contains(&now), "{protocol:?} gave up after {now} ms");
        }
    }
}
