//! What every test of a session needs: profiles, a clock, and the outputs of one input.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

use session::query::{Answer, Cell, Mark, Message, Query, Screen, Status};
use session::wire::Event;
use session::{CloseKind, CloseReason, Input, Output, Profile, Session, Time};

pub(crate) fn millis(millis: i64) -> Time {
    // Any instant will do, if it is not the epoch.
    Time(1_700_000_000_000_000_000).plus_millis(millis)
}

pub(crate) fn profile(link: &str, protocol: &str, rest: &str) -> Profile {
    let text = format!("name = \"test\"\n[link]\n{link}\n[protocol]\n{protocol}\n{rest}");
    Profile::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) const SERIAL: &str = "kind = \"serial\"";
pub(crate) const SOCKET: &str = "kind = \"websocket\"\nurl = \"ws://127.0.0.1:9/\"";

pub(crate) fn pairs() -> Profile {
    profile(SERIAL, "name = \"pairs\"", "")
}

/// A binary protocol with a log, over COBS.
pub(crate) fn layout() -> Profile {
    let protocol = r#"
name = "layout"
framing = "cobs"
endian = "little"
discriminator = "u8"
crc = "CRC-16/IBM-3740"
[[protocol.messages]]
id = 1
name = "drive"
fields = [ { name = "speed", type = "i16", scale = 0.1, unit = "r/min" }, { name = "torque", type = "f32" } ]
[[protocol.messages]]
id = 4
name = "log"
fields = [ { name = "level", type = "u8", enum = { 0 = "info", 2 = "error" } }, { name = "text", type = "text" } ]
"#;
    profile(SERIAL, protocol, "")
}

/// A session and what it said.
pub(crate) struct Bench {
    pub session: Session,
    pub now: Time,
    pub outputs: Vec<Output>,
}

impl Bench {
    pub(crate) fn new(profile: &Profile) -> Bench {
        Bench { session: Session::new(profile, millis(0)).unwrap(), now: millis(0), outputs: Vec::new() }
    }

    /// With its link open.
    pub(crate) fn open(profile: &Profile) -> Bench {
        let mut bench = Bench::new(profile);
        assert_eq!(bench.input(Input::Open), [Output::Open]);
        assert_eq!(bench.input(Input::Opened), [Output::Event(Event::Opened)]);
        bench
    }

    pub(crate) fn at(&mut self, millis_since: i64) -> &mut Bench {
        self.now = millis(millis_since);
        self
    }

    /// One input, and every output drained; the ledger must balance after every one (R1).
    pub(crate) fn input(&mut self, input: Input<'_>) -> Vec<Output> {
        self.session.handle_input(self.now, input);
        let counters = self.session.counters();
        assert!(counters.balanced(), "{counters:?}");
        let outputs: Vec<Output> = std::iter::from_fn(|| self.session.poll_output()).collect();
        self.outputs.extend(outputs.iter().cloned());
        outputs
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Vec<Output> {
        self.input(Input::Bytes { bytes, message_end: false })
    }

    pub(crate) fn message(&mut self, bytes: &[u8]) -> Vec<Output> {
        self.input(Input::Bytes { bytes, message_end: true })
    }

    pub(crate) fn closed(&mut self, kind: CloseKind, why: &str) -> Vec<Output> {
        self.input(Input::Closed(CloseReason { kind, why: why.into(), retry: true, after_millis: 0 }))
    }

    pub(crate) fn ask(&mut self, query: Query) -> Answer {
        // A number of its own each time: never "unchanged".
        self.session.answer(self.now, &[]);
        self.session.answer(self.now, &[(1, query)]).answers.remove(0).1
    }

    pub(crate) fn status(&mut self) -> Status {
        match self.ask(Query::Status) {
            Answer::Status(status) => *status,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn values(&mut self) -> Vec<Message> {
        match self.ask(Query::Values) {
            Answer::Values(messages) => messages,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn value(&mut self, field: &str) -> Cell {
        let messages = self.values();
        let mut fields = messages.iter().flat_map(|message| &message.fields);
        fields.find(|reading| reading.name == field).map(|reading| reading.value.clone()).unwrap_or(Cell::Null)
    }

    pub(crate) fn screen(&mut self) -> Screen {
        match self.ask(Query::Screen { from: Some(0), rows: 400 }) {
            Answer::Screen(screen) => screen,
            other => panic!("{other:?}"),
        }
    }

    /// The terminal's lines with their marks.
    pub(crate) fn lines(&mut self) -> Vec<(Mark, String)> {
        let lines = self.screen().lines;
        lines.into_iter().map(|line| (line.mark, line.runs.into_iter().map(|run| run.text).collect())).collect()
    }

    pub(crate) fn rejected(&mut self) -> Vec<session::query::Rejected> {
        match self.ask(Query::Rejected { count: 100 }) {
            Answer::Rejected(rejected) => rejected,
            other => panic!("{other:?}"),
        }
    }
}

/// A payload as COBS puts it on the wire (Cheshire and Baker 1999), written plainly.
pub(crate) fn cobs(payload: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    let mut rest = payload;
    loop {
        let run = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len()).min(254);
        wire.push(run as u8 + 1);
        wire.extend(&rest[..run]);
        let ended = run == rest.len();
        let zero = run < 254 && !ended;
        rest = &rest[run + usize::from(zero)..];
        if ended {
            break;
        }
        if rest.is_empty() && !zero {
            break;
        }
    }
    wire.push(0);
    wire
}

/// CRC-16/IBM-3740 (poly 0x1021, init 0xffff), bit by bit.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    let mut crc = 0xffffu16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
    }
    crc
}

/// A frame of `layout()`: the message and its check sequence, little-endian, in COBS.
pub(crate) fn frame(message: &[u8]) -> Vec<u8> {
    cobs(&[message, &crc(message).to_le_bytes()].concat())
}

pub(crate) fn drive(speed: i16, torque: f32) -> Vec<u8> {
    frame(&[&[1u8][..], &speed.to_le_bytes(), &torque.to_le_bytes()].concat())
}

pub(crate) fn log(level: u8, text: &str) -> Vec<u8> {
    frame(&[&[4u8, level][..], text.as_bytes()].concat())
}
