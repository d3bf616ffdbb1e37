//! A session whose device speaks Telnet behind a gateway: what reaches the one, and what the other is sent.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use session::link::{Line, Parity};
use session::query::{Answer, Cell, LinkState, Query, Reached};
use session::signal::{Inputs, Signal};
use session::telnet::{Asked, Conversation};
use session::tunnel::TargetKind;
use session::{CloseKind, CloseReason, Input, Language, Output, Profile};

const IAC: u8 = 255;
const DONT: u8 = 254;
const DO: u8 = 253;
const WONT: u8 = 252;
const WILL: u8 = 251;
const SB: u8 = 250;
const SE: u8 = 240;
const NAWS: u8 = 31;
const COM_PORT: u8 = 44;

const TELNET: &str = "kind = \"telnet\"\ntarget = \"lab\"";

/// A session, the conversation before it, and everything the device was sent.
struct Wire {
    bench: Bench,
    conversation: Conversation,
    sent: Vec<u8>,
}

impl Wire {
    fn open(link: &str, write: bool) -> Wire {
        let profile = profile(link, "name = \"text\"", "");
        let line = match &profile.link {
            session::link::Link::Tunnel(tunnel) => tunnel.line,
            other => panic!("{other:?}"),
        };
        let mut wire = Wire {
            bench: Bench::new(&profile),
            conversation: Conversation::new(line, write, false, Language::English),
            sent: Vec::new(),
        };
        wire.bench.input(Input::Open);
        wire.input(Input::Opened);
        let reached = wire.conversation.reached();
        wire.input(Input::Reached(reached));
        wire.conversation.begin(&mut wire.sent);
        wire
    }

    /// One input of the session, and its outputs carried out.
    fn input(&mut self, input: Input<'_>) {
        for output in self.bench.input(input) {
            match output {
                Output::Transmit(bytes) => self.conversation.escape(&bytes, &mut self.sent),
                Output::Window { columns, rows } => self.conversation.resize(columns, rows, &mut self.sent),
                _ => {}
            }
        }
    }

    /// Bytes of the device; what it is sent for them.
    fn hear(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.sent.clear();
        let bench = &mut self.bench;
        self.conversation.receive(bench.now, bytes, &mut self.sent, &mut |input| drop(bench.input(input)));
        self.sent.clone()
    }

    fn lines(&mut self) -> Vec<String> {
        self.bench.lines().into_iter().map(|(_, line)| line.trim_end().to_owned()).collect()
    }
}

fn subnegotiation(option: u8, body: &[u8]) -> Vec<u8> {
    [&[IAC, SB, option], body, &[IAC, SE]].concat()
}

#[test]
fn f48_a_greeting_in_pieces_of_one_byte_is_text_and_its_questions_are_answered() {
    let mut wire = Wire::open(TELNET, true);
    let greeting = [&[IAC, DO, 24, IAC, DO, NAWS, IAC, WILL, 1][..], b"login: \xff\xff\r\n"].concat();
    let mut answers = Vec::new();
    for byte in greeting {
        answers.extend(wire.hear(&[byte]));
    }
    let window = subnegotiation(NAWS, &[0, 132, 0, 24]);
    let expected = [&[IAC, WILL, 24, IAC, WILL, NAWS], &window[..], &[IAC, DO, 1]].concat();
    assert_eq!(answers, expected);
    assert_eq!(wire.lines(), ["login: \u{fffd}"]);
    assert!(wire.bench.status().reached.unwrap().terms.unwrap().echoes());
}

#[test]
fn the_device_is_told_the_terminal_s_size_whenever_it_changes() {
    let mut wire = Wire::open(TELNET, true);
    wire.hear(&[IAC, DO, NAWS]);
    wire.sent.clear();
    let reader = session::query::Reader { rows: 30, columns: Some(80), ..session::query::Reader::default() };
    wire.bench.ask(session::query::Query::Terminal(Box::new(reader)));
    wire.input(Input::Timeout);
    assert_eq!(wire.sent, subnegotiation(NAWS, &[0, 80, 0, 24]));
    wire.sent.clear();
    wire.input(Input::Timeout);
    assert!(wire.sent.is_empty(), "once for each size");
}

#[test]
fn s13_nothing_of_this_computer_is_told_and_what_was_refused_is_shown() {
    let mut wire = Wire::open(TELNET, true);
    let asked = [39, 37, 38, 34, 35, 36, 32];
    for option in asked {
        assert_eq!(wire.hear(&[IAC, DO, option]), [IAC, WONT, option]);
        assert_eq!(wire.hear(&[IAC, WILL, option]), [IAC, DONT, option]);
    }
    assert!(wire.hear(&subnegotiation(39, b"\x01\x00USER\x03\x01")).is_empty());
    let terms = wire.bench.status().reached.unwrap().terms.unwrap();
    assert_eq!(terms.refused, asked.map(|option| (option, 2)));
    assert_eq!(wire.bench.status().counters.telnet_unreadable, 1);
}

#[test]
fn f48_a_flood_of_questions_is_counted_and_said_once() {
    let mut wire = Wire::open(TELNET, true);
    let flood: Vec<u8> = (0..5000).flat_map(|n| [IAC, if n % 2 == 0 { WILL } else { WONT }, 1]).collect();
    assert!(wire.hear(&flood).len() <= 64 * 3);
    wire.hear(&flood);
    assert_eq!(wire.bench.status().counters.telnet_flood, 10_000 - 64);
    let said = wire.lines().iter().filter(|line| line.contains("Telnet questions")).count();
    assert_eq!(said, 1);
}

#[test]
fn what_is_typed_is_shown_here_where_the_device_does_not_echo() {
    let mut wire = Wire::open(TELNET, true);
    wire.hear(b"> ");
    wire.input(Input::Keys(b"lx"));
    wire.input(Input::Keys(b"\x7f"));
    wire.input(Input::Keys(b"s\r"));
    assert_eq!(wire.lines(), ["> ls"]);
    wire.hear(&[IAC, WILL, 1]);
    wire.input(Input::Keys(b"secret\r"));
    assert_eq!(wire.lines(), ["> ls"], "the device echoes, or does not");
}

#[test]
fn what_the_device_echoes_does_not_stand_there_twice() {
    let mut wire = Wire::open(TELNET, true);
    wire.hear(b"> ");
    wire.input(Input::Send { bytes: b"ls\n", wrap: false });
    assert_eq!(wire.lines(), [">", "ls"]);
    wire.hear(&[IAC, WILL, 1]);
    wire.hear(b"> ");
    wire.input(Input::Send { bytes: b"pwd\n", wrap: false });
    wire.hear(b"pwd\r\n/home\r\n");
    assert_eq!(wire.lines(), [">", "ls", "> pwd", "/home"]);
    // The server of a port says so and echoes nothing by itself.
    let mut port = Wire::open(&format!("{TELNET}\nbaud = 9600"), true);
    port.hear(&[IAC, WILL, 1]);
    port.input(Input::Send { bytes: b"get volts\n", wrap: false });
    port.hear(b"3.3\r\n");
    assert_eq!(port.lines(), ["get volts", "3.3"]);
    port.input(Input::Send { bytes: b"reset\n", wrap: false });
    port.bench.at(60_000).input(Input::Timeout);
    assert_eq!(port.lines(), ["get volts", "3.3", "reset"], "nothing came at all");
}

#[test]
fn s14_a_password_that_the_device_asks_for_is_sent_and_stands_nowhere() {
    const SECRET: &[u8] = b"Canary-9";
    for echoes in [true, false] {
        for by_keys in [true, false] {
            let mut wire = Wire::open(TELNET, true);
            if echoes {
                wire.hear(&[IAC, WILL, 1]);
            }
            wire.hear(b"login: ");
            assert!(!wire.bench.status().asks_secret);
            wire.input(Input::Send { bytes: b"root\n", wrap: false });
            wire.hear(b"root\r\nPassw");
            wire.hear(b"ord: ");
            assert!(wire.bench.status().asks_secret);
            if by_keys {
                SECRET.chunks(1).for_each(|key| wire.input(Input::Keys(key)));
                wire.input(Input::Keys(b"\r"));
            } else {
                wire.input(Input::Send { bytes: &[SECRET, b"\n"].concat(), wrap: false });
            }
            assert!(!wire.bench.status().asks_secret, "it is answered");
            assert!(wire.sent.windows(SECRET.len()).any(|sent| sent == SECRET), "it has gone out");
            // The page hides what was typed at the question, though the device spoke meanwhile.
            wire.hear(b"\r\nlate news\r\n");
            wire.input(Input::SendSecret(b"Canary-8\n"));
            let lines = wire.lines().join("\n");
            assert!(!lines.contains("Canary"), "{lines}");
            let mut hex = |text: &str| {
                let asked = Query::FindBytes { bytes: text.as_bytes().to_vec(), from: 0, back: false };
                matches!(wire.bench.ask(asked), Answer::FoundBytes(Some(_)))
            };
            assert!(!["Canary", "nary", "C"].iter().any(|part| hex(part)), "Hex has it");
            assert!(hex("late news") && hex("root"), "what is no secret is kept");
        }
    }
}

#[test]
fn a_serial_port_behind_the_device_is_set_as_the_profile_says_and_told_as_a_wire_would_be() {
    let link = format!("{TELNET}\nbaud = 9600\nparity = \"even\"");
    let mut wire = Wire::open(&link, true);
    assert!(wire.sent.ends_with(&[IAC, WILL, COM_PORT]));
    let set = |body: &[u8]| subnegotiation(COM_PORT, body);
    let expected = [
        set(&[1, 0, 0, 0x25, 0x80]),
        set(&[2, 8]),
        set(&[3, 3]),
        set(&[4, 1]),
        set(&[5, 1]),
        set(&[11, 0xf0]),
        set(&[10, 0b1_1110]),
    ];
    assert_eq!(wire.hear(&[IAC, DO, COM_PORT]), expected.concat());
    // It runs at another speed, CTS and DCD are on, and a parity error came with an overrun.
    wire.hear(&[set(&[101, 0, 0, 0x4b, 0]), set(&[107, 0x90]), set(&[106, 0b110])].concat());
    let status = wire.bench.status();
    let terms = status.reached.unwrap().terms.unwrap();
    assert_eq!((terms.com_port, terms.baud), (Some(true), Some(19_200)));
    assert_eq!((status.counters.line_parity, status.counters.line_overruns), (1, 1));
    let inputs = wire.conversation.signals().inputs;
    assert_eq!(inputs, Some(Inputs { cts: true, dsr: false, dcd: true, ri: false }));
    // The signals of this side, and another speed, while it stays open.
    let mut out = Vec::new();
    assert_eq!(wire.conversation.ask(Signal::Dtr(false), &mut out), Asked::Done);
    assert_eq!(wire.conversation.ask(Signal::SendBreak, &mut out), Asked::BreakBegun);
    assert_eq!(wire.conversation.ask(Signal::Break(false), &mut out), Asked::Done);
    let line = Line { baud: 9600, parity: Parity::Even, ..Line::default() };
    wire.conversation.set_line(Line { baud: 115_200, ..line }, &mut out);
    assert_eq!(out, [set(&[5, 9]), set(&[5, 5]), set(&[5, 6]), set(&[1, 0, 1, 0xc2, 0])].concat());
    // Section 3: SET-DATASIZE, SET-PARITY and SET-STOPSIZE, and none of what stays.
    out.clear();
    wire.conversation
        .set_line(Line { baud: 115_200, data_bits: 7, parity: Parity::Odd, stop_bits: 2, ..line }, &mut out);
    assert_eq!(out, [set(&[1, 0, 1, 0xc2, 0]), set(&[2, 7]), set(&[3, 2]), set(&[4, 2])].concat());
    assert_eq!(wire.conversation.signals().dtr, Some(false));
    assert!(!wire.conversation.signals().breaking);
}

#[test]
fn without_a_serial_port_a_break_is_telnets_own_and_the_rest_is_said() {
    let mut wire = Wire::open(&format!("{TELNET}\nbaud = 9600"), true);
    wire.hear(&[IAC, DONT, COM_PORT]);
    assert_eq!(wire.bench.status().reached.unwrap().terms.unwrap().com_port, Some(false));
    let mut out = Vec::new();
    assert_eq!(wire.conversation.ask(Signal::SendBreak, &mut out), Asked::Done);
    assert_eq!(out, [IAC, 243]);
    wire.conversation.ask(Signal::Rts(true), &mut out);
    assert_eq!(out, [IAC, 243]);
    assert!(wire.conversation.signals().failed.contains("RFC 2217"));
}

#[test]
fn through_a_gateway_that_lets_read_only_nothing_is_sent() {
    let mut wire = Wire::open(TELNET, false);
    wire.input(Input::Send { bytes: b"reboot\n", wrap: false });
    wire.input(Input::Keys(b"x"));
    assert!(wire.sent.is_empty());
    assert_eq!(wire.bench.status().counters.refused, 2);
}

#[test]
fn f26_a_token_that_has_run_out_is_asked_for_and_nothing_is_tried_meanwhile() {
    let mut wire = Wire::open(TELNET, true);
    let why = "The gateway wants a token that it knows.";
    wire.input(Input::Closed(CloseReason { kind: CloseKind::Token, why: why.into(), retry: false, after_millis: 0 }));
    let status = wire.bench.status();
    assert_eq!((status.ended, status.reached), (Some(CloseKind::Token), None));
    assert_eq!(status.state, LinkState::Closed { why: why.into() });
    assert_eq!(wire.bench.session.poll_timeout(), None);
}

#[test]
fn f29_what_the_gateway_gave_up_is_counted_and_marked() {
    let mut bench = Bench::open(&profile("kind = \"tcp\"\ntarget = \"gauge\"", "name = \"pairs\"", ""));
    let reached = Reached { kind: TargetKind::Tcp, write: true, local: true, terms: None };
    bench.input(Input::Reached(reached));
    bench.bytes(b"speed:1\nspee");
    bench.input(Input::GivenUp(70_000));
    bench.bytes(b"speed:3\n");
    let counters = bench.status().counters;
    assert_eq!((counters.given_up, counters.gaps, counters.frames), (70_000, 1, 2));
    assert_eq!(bench.value("speed"), Cell::F64(3.0));
}

#[test]
fn a_profile_names_a_target_and_never_a_token() {
    let wrong = |link: &str| {
        let text = format!("name = \"x\"\n[link]\n{link}\n[protocol]\nname = \"text\"\n");
        Profile::parse(&text).unwrap_err()
    };
    for (link, line, says) in [
        ("kind = \"telnet\"", 2, "needs the key `target`"),
        ("kind = \"tcp\"\ntarget = \"10.0.0.7:23\"", 4, "as the gateway's file names it"),
        ("kind = \"tcp\"\ntarget = \"a\"\ngateway = \"ws://gate\"", 5, "https:// or http:// and a host"),
        ("kind = \"tcp\"\ntarget = \"a\"\nbaud = 9600", 5, "has no key `baud`"),
        ("kind = \"telnet\"\ntarget = \"a\"\ntoken = \"secret\"", 5, "has no key `token`"),
        ("kind = \"telnet\"\ntarget = \"a\"\ndata_bits = 9", 5, "from 5 to 8"),
    ] {
        let error = wrong(link);
        assert!(error.line == line && error.to_string().contains(says), "{link}: {error}");
    }
}
