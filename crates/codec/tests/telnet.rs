//! Telnet beside what RFC 854, 855, 1073, 1091, 1143 and 2217 print, and what hostile devices send.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use codec::telnet::{Heard, LeftOut, Line, LineSetting, MAX_SUBNEGOTIATION, Modem, Reported, Telnet, TelnetOption};

const IAC: u8 = 255;
const DONT: u8 = 254;
const DO: u8 = 253;
const WONT: u8 = 252;
const WILL: u8 = 251;
const SB: u8 = 250;
const SE: u8 = 240;

#[derive(Debug, Default, PartialEq, Clone)]
struct Seen {
    data: Vec<u8>,
    answers: Vec<u8>,
    agreed: Vec<(TelnetOption, bool, bool)>,
    reported: Vec<Reported>,
    left_out: Vec<LeftOut>,
    refused: Vec<(u8, bool)>,
    declined: Vec<(TelnetOption, bool)>,
}

impl Seen {
    fn take(&mut self, telnet: &mut Telnet, bytes: &[u8]) {
        telnet.receive(bytes, 0, &mut |heard| match heard {
            Heard::Data(data) => self.data.extend_from_slice(data),
            Heard::Answer(answer) => self.answers.extend_from_slice(answer),
            Heard::Agreed { option, ours, on } => self.agreed.push((option, ours, on)),
            Heard::Reported(reported) => self.reported.push(reported),
            Heard::LeftOut(why) => self.left_out.push(why),
            Heard::Refused { code, ours } => self.refused.push((code, ours)),
            Heard::Declined { option, ours } => self.declined.push((option, ours)),
        });
    }
}

fn heard(telnet: &mut Telnet, bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    seen.take(telnet, bytes);
    seen
}

fn sent(telnet: &Telnet, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    telnet.escape(data, &mut |bytes| out.extend_from_slice(bytes));
    out
}

fn begun(com_port: bool) -> (Telnet, Vec<u8>) {
    let mut telnet = Telnet::new(80, 24, com_port);
    let mut out = Vec::new();
    telnet.begin(&mut |bytes| out.extend_from_slice(bytes));
    (telnet, out)
}

/// What a Linux telnetd (inetutils) opens with, then a login prompt with a doubled IAC in it.
fn greeting() -> Vec<u8> {
    let mut bytes = Vec::new();
    for option in [24, 32, 35, 39] {
        bytes.extend([IAC, DO, option]);
    }
    bytes.extend([IAC, SB, 24, 1, IAC, SE]);
    bytes.extend([IAC, WILL, 3, IAC, DO, 1, IAC, DO, 31, IAC, WILL, 5, IAC, WILL, 1]);
    bytes.extend(b"debian\r\0\r\nlogin: \xff\xff");
    bytes
}

#[test]
fn f48_pieces_end_anywhere() {
    let bytes = greeting();
    let whole = heard(&mut Telnet::new(80, 24, false), &bytes);
    assert_eq!(whole.data, b"debian\r\r\nlogin: \xff");
    for at in 0..=bytes.len() {
        let mut telnet = Telnet::new(80, 24, false);
        let mut seen = Seen::default();
        seen.take(&mut telnet, &bytes[..at]);
        seen.take(&mut telnet, &bytes[at..]);
        assert_eq!(seen, whole, "cut at {at}");
    }
    let mut telnet = Telnet::new(80, 24, false);
    let mut seen = Seen::default();
    bytes.iter().for_each(|byte| seen.take(&mut telnet, &[*byte]));
    assert_eq!(seen, whole);
}

#[test]
fn s13_nothing_is_told_about_this_computer() {
    let mut telnet = Telnet::new(80, 24, false);
    // X-DISPLAY, AUTHENTICATION, ENCRYPT, NEW-ENVIRON, LINEMODE, ENVIRON, terminal speed; and COM-PORT, which was not wanted.
    for option in [35, 37, 38, 39, 34, 36, 32, 44] {
        assert_eq!(heard(&mut telnet, &[IAC, DO, option]).answers, [IAC, WONT, option]);
        assert_eq!(heard(&mut telnet, &[IAC, WILL, option]).answers, [IAC, DONT, option]);
        // Off already: no answer (RFC 1143).
        assert!(heard(&mut telnet, &[IAC, DONT, option, IAC, WONT, option]).answers.is_empty());
    }
    // Asked outright, without any agreement: NEW-ENVIRON SEND USER, and LINEMODE with special characters.
    let seen =
        heard(&mut telnet, &[IAC, SB, 39, 1, 0, b'U', b'S', b'E', b'R', IAC, SE, IAC, SB, 34, 3, 1, 2, 3, IAC, SE]);
    assert_eq!((seen.answers.len(), seen.left_out), (0, vec![LeftOut::Unreadable; 2]));
}

#[test]
fn terminal_and_window_are_told_where_agreed() {
    let mut telnet = Telnet::new(255, 24, false);
    let seen = heard(&mut telnet, &[IAC, DO, 24, IAC, SB, 24, 1, IAC, SE]);
    let mut expected = vec![IAC, WILL, 24, IAC, SB, 24, 0];
    expected.extend(b"XTERM-256COLOR");
    expected.extend([IAC, SE]);
    assert_eq!(seen.answers, expected);
    // RFC 1073: the size follows the agreement, and its 255 is doubled (RFC 855).
    let seen = heard(&mut telnet, &[IAC, DO, 31]);
    assert_eq!(seen.answers, [IAC, WILL, 31, IAC, SB, 31, 0, IAC, IAC, 0, 24, IAC, SE]);
    let mut out = Vec::new();
    telnet.resize(120, 30, &mut |bytes| out.extend_from_slice(bytes));
    assert_eq!(out, [IAC, SB, 31, 0, 120, 0, 30, IAC, SE]);
}

#[test]
fn f48_a_window_of_nothing_is_not_told() {
    let mut telnet = Telnet::new(0, 0, false);
    assert_eq!(heard(&mut telnet, &[IAC, DO, 31]).answers, [IAC, WILL, 31]);
}

#[test]
fn f48_a_flood_of_questions_is_answered_in_part() {
    let mut telnet = Telnet::new(80, 24, false);
    let flood: Vec<u8> = (0..1000).flat_map(|i| [IAC, if i % 2 == 0 { WILL } else { WONT }, 1]).collect();
    let seen = heard(&mut telnet, &flood);
    assert_eq!(seen.answers.len(), 64 * 3);
    assert_eq!(seen.left_out, vec![LeftOut::Flood; 1000 - 64]);
    let mut answers = 0;
    telnet
        .receive(&[IAC, DO, 3], 1_000_000_000, &mut |heard| answers += usize::from(matches!(heard, Heard::Answer(_))));
    assert_eq!(answers, 1, "the next second begins anew");
}

#[test]
fn f48_a_subnegotiation_without_end_or_without_measure() {
    let mut telnet = Telnet::new(80, 24, false);
    let mut bytes = vec![IAC, SB, 24];
    bytes.extend(vec![0x41; MAX_SUBNEGOTIATION + 1]);
    bytes.extend([IAC, SE, b'o', b'k']);
    let seen = heard(&mut telnet, &bytes);
    assert_eq!((seen.data.as_slice(), seen.left_out), (b"ok".as_slice(), vec![LeftOut::TooLong]));
    // The end is lost: the next command is a command again.
    let seen = heard(&mut telnet, &[IAC, SB, 24, 1, IAC, WILL, 1, b'x']);
    assert_eq!((seen.data.as_slice(), seen.left_out), (b"x".as_slice(), vec![LeftOut::NoEnd]));
    assert_eq!(seen.answers, [IAC, DO, 1]);
}

#[test]
fn data_go_out_as_they_were() {
    let (mut telnet, asked) = begun(false);
    assert_eq!(asked, [IAC, WILL, 3, IAC, DO, 3, IAC, WILL, 0, IAC, DO, 0]);
    assert_eq!(sent(&telnet, b"a\xffb\r"), b"a\xff\xffb\r\0");
    assert_eq!(sent(&telnet, b"a\r\nb\n"), b"a\r\nb\n");
    // With BINARY agreed a carriage return is a byte like any other (RFC 856).
    heard(&mut telnet, &[IAC, DO, 0, IAC, WILL, 0]);
    assert_eq!(sent(&telnet, b"a\r\xff"), b"a\r\xff\xff");
    assert_eq!(heard(&mut telnet, b"\r\0\xff\xff").data, b"\r\0\xff");
}

#[test]
fn a_serial_port_behind_the_device() {
    let (mut telnet, asked) = begun(true);
    assert!(asked.ends_with(&[IAC, WILL, 44]));
    let set = |telnet: &mut Telnet, setting| {
        let mut out = Vec::new();
        telnet.set_line(setting, &mut |bytes| out.extend_from_slice(bytes)).then_some(out)
    };
    assert_eq!(set(&mut telnet, LineSetting::Baud(9600)), None, "not agreed on yet");
    assert_eq!(heard(&mut telnet, &[IAC, DO, 44]).agreed, [(TelnetOption::ComPort, true, true)]);
    // 65,535 baud: both of its last bytes are IAC and are doubled.
    assert_eq!(
        set(&mut telnet, LineSetting::Baud(65_535)).unwrap(),
        [IAC, SB, 44, 1, 0, 0, IAC, IAC, IAC, IAC, IAC, SE]
    );
    assert_eq!(set(&mut telnet, LineSetting::Dtr(true)).unwrap(), [IAC, SB, 44, 5, 8, IAC, SE]);
    let reported = heard(
        &mut telnet,
        &[
            IAC, SB, 44, 101, 0, 0, 0x25, 0x80, IAC, SE, IAC, SB, 44, 107, 0xb0, IAC, SE, IAC, SB, 44, 106, 0x08, IAC,
            SE,
        ],
    )
    .reported;
    let modem = Modem { dcd: true, ri: false, dsr: true, cts: true };
    let line = Line { framing: true, ..Line::default() };
    assert_eq!(reported, [Reported::Baud(9600), Reported::Modem(modem), Reported::Line(line)]);
    let seen = heard(&mut telnet, &[IAC, SB, 44, 101, 1, IAC, SE]);
    assert_eq!(seen.left_out, [LeftOut::Unreadable]);
}

#[test]
fn what_either_side_does_not_want_is_told() {
    let (mut telnet, _) = begun(true);
    // DONT COM-PORT: there is no serial port behind it. DO NEW-ENVIRON and WILL ENCRYPT are none of ours.
    let seen = heard(&mut telnet, &[IAC, DONT, 44, IAC, DO, 39, IAC, WILL, 38, IAC, DONT, 39]);
    assert_eq!(seen.declined, [(TelnetOption::ComPort, true)]);
    assert_eq!(seen.refused, [(39, true), (38, false)]);
    assert!(seen.agreed.is_empty());
}
