//! Profiles: what is read, and the line of every mistake.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_possible_truncation)]

use session::link::{Link, Parity, Serial};
use session::profile::{ArgKind, Body, Ending, Layout, Reply};
use session::query::Cell;
use session::{Profile, ProfileError};

const WHOLE: &str = r#"name = "Motor drive"
about = "A drive."
[link]
kind = "serial"
baud = 921600
data_bits = 7
parity = "even"
stop_bits = 2
flow = "hardware"
buffer_bytes = 262144
dtr = true
vendor = 0x10c4
product = 0xea60
[protocol]
name = "pairs"
framing = "lines"
[terminal]
ending = "crlf"
message = "log"
[memory]
budget_mib = 64
[[fields]]
name = "temp"
unit = "Cel"
[[commands]]
name = "Set speed"
text = "speed {speed} {{{mode}}}"
args = [{ name = "speed", unit = "r/min", min = 0, max = 3000, default = 1000 }, { name = "mode", kind = "text" }]
reply = { contains = "ok", within_millis = 500 }
[layout]
plot = ["drive.speed"]
span_s = 10
"#;

#[test]
fn everything_a_profile_says_is_read_and_its_text_is_kept() {
    let profile = Profile::parse(WHOLE).unwrap();
    assert_eq!((profile.name.as_str(), profile.about.as_str()), ("Motor drive", "A drive."));
    let Link::Serial(serial) = &profile.link else { panic!() };
    let line = serial.line;
    assert_eq!((line.baud, line.data_bits, line.parity, line.stop_bits), (921_600, 7, Parity::Even, 2));
    assert_eq!((line.hardware_flow, serial.buffer_bytes), (true, 262_144));
    assert_eq!((serial.dtr, serial.rts), (Some(true), None));
    assert_eq!((serial.port.vendor, serial.port.product), (Some(0x10c4), Some(0xea60)));
    assert_eq!((profile.protocol.as_str(), profile.ending), ("pairs", Ending::CrLf));
    assert_eq!((profile.log_message.as_deref(), profile.budget_mib), (Some("log"), 64));
    assert_eq!(profile.unit("any", "temp"), Some("Cel"));
    let command = profile.command("Set speed").unwrap();
    assert_eq!(command.body, Body::Text("speed {speed} {{{mode}}}".into()));
    assert_eq!((command.args[0].kind, command.args[1].kind), (ArgKind::Number, ArgKind::Text));
    assert_eq!((command.args[0].min, command.args[0].max), (Some(0.0), Some(3000.0)));
    assert_eq!(command.args[0].default, Some(Cell::F64(1000.0)));
    assert_eq!(command.reply, Some(Reply { contains: "ok".into(), topic: None, within_millis: 500 }));
    assert_eq!(profile.layout, Layout { plot: vec!["drive.speed".into()], span_s: 10, device_time: false });
    assert_eq!(profile.to_toml(), WHOLE);
    assert_eq!(Profile::parse(profile.to_toml()).unwrap(), profile);
}

#[test]
fn what_is_not_said_has_a_default() {
    let text = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n";
    let profile = Profile::parse(text).unwrap();
    assert_eq!(profile.link, Link::Serial(Serial::default()));
    assert_eq!((profile.ending, profile.budget_mib, profile.layout.span_s), (Ending::Lf, 256, 30));
}

/// The error of a text in which the line that holds `<<` is the wrong one.
fn error(text: &str) -> (ProfileError, u32) {
    let line = text.lines().position(|line| line.contains("<<")).map_or(0, |line| line as u32 + 1);
    (Profile::parse(&text.replace("<<", "")).unwrap_err(), line)
}

#[test]
fn every_mistake_is_refused_with_its_line_and_a_reason() {
    let head = "name = \"x\"\n[link]\nkind = \"serial\"\n";
    let tail = "[protocol]\nname = \"pairs\"\n";
    let after = |rest: &str| format!("{head}{tail}{rest}");
    let link = |rest: &str| format!("name = \"x\"\n[link]\n{rest}\n{tail}");
    let command = |rest: &str| after(&format!("[[commands]]\nname = \"c\"\n{rest}\n"));
    let cases: Vec<(String, &str)> = vec![
        // TOML's grammar.
        ("name = \"x\"\n[link\n<<kind = 1\n".replace("<<kind", "kind").replace("[link\n", "[link<<\n"), "not TOML"),
        (format!("{head}<<baud = = 5\n{tail}"), "not TOML"),
        (format!("{head}baud = 5\n<<baud = 6\n{tail}"), "not TOML"),
        // Unknown keys, with a suggestion.
        (format!("{head}<<baut = 9600\n{tail}"), "did you mean `baud`?"),
        (format!("<<nme = \"x\"\n{head}{tail}"), "did you mean `name`?"),
        (after("[terminal]\n<<endings = \"lf\"\n"), "did you mean `ending`?"),
        (after("[memory]\n<<quite_another = 1\n"), "known: budget_mib"),
        (after("[layout]\n<<plots = []\n"), "did you mean `plot`?"),
        (after("[[fields]]\nname = \"t\"\n<<units = \"Cel\"\n"), "did you mean `unit`?"),
        // Wrong types.
        (format!("{head}<<baud = \"fast\"\n{tail}"), "whole number from 1 to 4294967295"),
        (format!("{head}<<dtr = 1\n{tail}"), "true or false"),
        ("<<name = 5\n[link]\nkind = \"demo\"\n[protocol]\nname = \"text\"\n".into(), "must be text"),
        (after("[layout]\nplot = [\"a\",\n<<5]\n"), "list of texts"),
        // Missing.
        (format!("name = \"x\"\n<<[link]\nbaud = 5\n{tail}"), "needs the key `kind`"),
        (format!("{head}<<[protocol]\nframing = \"lines\"\n"), "needs the key `name`"),
        // Words.
        (link("<<kind = \"canbus\""), "one of demo, serial, websocket, http"),
        (format!("{head}<<parity = \"mark\"\n{tail}"), "one of none, even, odd"),
        (link("kind = \"websocket\"\n<<url = \"http://x\""), "ws:// or wss://"),
        (link("kind = \"http\"\nurl = \"/x\"\n<<command_url = \"ftp://x\""), "http://, https:// or /"),
        (link("kind = \"http\"\nurl = \"/x\"\n<<interval_millis = 1"), "from 10 to 86400000"),
        (link("kind = \"websocket\"\nurl = \"ws://x\"\n<<silence_s = 0"), "from 1 to 86400"),
        (link("kind = \"serial\"\n<<silence_s = 5"), "has no key `silence_s`"),
        // The protocol's own.
        (format!("{head}[protocol]\n<<name = \"pair\"\n"), "did you mean `pairs`?"),
        (format!("{head}[protocol]\nname = \"pairs\"\n<<framing = \"line\"\n"), "line"),
        (format!("{head}[protocol]\nname = \"pairs\"\n\n<<limit_bytes = 0\n"), "limit_bytes"),
        (format!("{head}[protocol]\nname = \"pairs\"\nframing = \"lines\"\n<<delimitr = \";\"\n"), "delimit"),
        (format!("{head}[protocol]\nname = \"pairs\"\n<<since = 1979-05-27\n"), "date"),
        // Commands.
        (command("<<text = \"go {speeed}\"\nargs = [{ name = \"speed\" }]"), "did you mean `speed`?"),
        (command("<<text = \"go {\""), "brace"),
        (command("text = \"go\"\n<<dangerous = \"yes\""), "true or false"),
        (command("text = \"go\"\n<<reply = { contains = \"\" }"), "must not be empty"),
        (command("text = \"a {x}\"\n<<args = [{ name = \"x\", min = 5, max = 1 }]"), "above"),
        (command("text = \"a {x}\"\n<<args = [{ name = \"x\", kind = \"integer\", default = 1.5 }]"), "whole number"),
        (after("[[commands]]\n<<name = \"c\"\n"), "either `text`, `message` or `hex`"),
        (after("[[commands]]\n<<name = \"c\"\ntext = \"a\"\nmessage = \"b\"\n"), "either `text`, `message` or `hex`"),
        (command("text = \"a\"\n[[commands]]\n<<name = \"c\"\ntext = \"b\""), "two commands"),
    ];
    for (text, reason) in cases {
        let (error, line) = error(&text);
        assert_eq!(error.line, line, "{error}\n{text}");
        assert!(error.reason.to_string().contains(reason), "{error}\n{text}");
    }
}

/// A drive in a declared layout, a postcard message that grows, and columns with names.
const LAYOUT: &str = r#"name = "layout"
discriminator = "u8"
messages = [
  { id = 1, name = "drive", fields = [{ name = "speed", type = "i16" }, { name = "phase", type = "u16", count = 3 }] },
  { id = 2, name = "log", fields = [{ name = "text", type = "text" }] },
]
commands = [{ id = 3, name = "set", fields = [{ name = "speed", type = "i16" }] }]
"#;
const POSTCARD: &str = r#"name = "postcard"
messages = [{ name = "m", fields = [
  { name = "temp", type = "f32" },
  { name = "list", type = "seq", of = "u8" },
  { name = "mode", type = "enum", variants = ["idle", { name = "run", fields = [{ name = "speed", type = "u16" }] }] },
  { name = "maybe", type = "option", of = { type = "struct", fields = [{ name = "x", type = "u8" }] } },
] }]
"#;
const COLUMNS: &str = "name = \"csv\"\nmessage = \"imu\"\nnames = [\"ax\", \"ay\", \"ax\"]\n";
const PAIRS: &str = "name = \"pairs\"\n";

#[test]
fn names_of_messages_and_fields_are_those_the_protocol_declares() {
    let text =
        |protocol: &str, rest: &str| format!("name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\n{protocol}{rest}\n");
    let plot = |name: &str| format!("[layout]\nplot = [\n<<\"{name}\"]");
    let unit = |name: &str| format!("[[fields]]\n<<name = \"{name}\"\nunit = \"V\"");
    let log = |name: &str| format!("[terminal]\n<<message = \"{name}\"");
    let sends = |name: &str| format!("[[commands]]\nname = \"c\"\n<<message = \"{name}\"");
    for (protocol, good) in [
        (
            LAYOUT,
            vec![plot("drive.speed"), plot("speed"), plot("drive.phase.2"), unit("phase.0"), log("log"), sends("set")],
        ),
        (POSTCARD, vec![plot("m.temp"), plot("list.17"), plot("m.mode.run.speed"), plot("maybe.x"), unit("mode")]),
        (COLUMNS, vec![plot("imu.ay"), plot("ax.3"), unit("ax")]),
        (PAIRS, vec![plot("whatever.comes"), unit("x"), log("any"), sends("line")]),
    ] {
        for rest in good {
            let text = text(protocol, &rest).replace("<<", "");
            assert!(Profile::parse(&text).is_ok(), "{:?}\n{text}", Profile::parse(&text));
        }
    }
    for (protocol, rest, reason) in [
        (LAYOUT, plot("drive.sped"), "no message has a field `drive.sped`; did you mean `drive.speed`?"),
        (LAYOUT, plot("sped"), "no message has a field `sped`; did you mean `speed`?"),
        (LAYOUT, plot("log.speed"), "no message has a field `log.speed`; known: drive.speed, drive.phase.0, "),
        (LAYOUT, plot("phase"), "no message has a field `phase`; did you mean `phase.0`?"),
        (LAYOUT, unit("drive.phase.3"), "did you mean `drive.phase.0`?"),
        (LAYOUT, log("logs"), "the protocol declares no message `logs`; did you mean `log`?"),
        (PAIRS, sends("lin"), "did you mean `line`?"),
        (LAYOUT, sends("sett"), "the protocol has no message `sett` to send; did you mean `set`?"),
        (POSTCARD, plot("humidity"), "known: m.temp, m.mode, m.maybe.x, m.list.…, m.mode.…"),
        (POSTCARD, plot("m.list"), "no message has a field `m.list`; did you mean `m.list.…`?"),
        (POSTCARD, plot("m.temp.1"), "did you mean `m.temp`?"),
        (COLUMNS, plot("imu.az"), "did you mean `imu.ax`?"),
    ] {
        let text = text(protocol, &rest);
        let (error, line) = error(&text);
        assert_eq!(error.line, line, "{error}\n{text}");
        assert!(error.reason.to_string().contains(reason), "{error}\n{text}");
    }
}

#[test]
fn a_reason_lists_the_names_while_they_are_few() {
    let fields: Vec<String> = (0..40).map(|n| format!("{{ name = \"channel{n:02}\", type = \"u8\" }}")).collect();
    let protocol = format!("name = \"layout\"\nmessages = [{{ name = \"m\", fields = [{}] }}]", fields.join(", "));
    let text =
        format!("name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\n{protocol}\n[layout]\nplot = [\"volts\"]\n");
    let reason = Profile::parse(&text).unwrap_err().reason;
    assert!(reason.to_string().contains("known: m.channel00, "), "{reason}");
    assert!(reason.to_string().ends_with("m.channel11, and 28 more"), "{reason}");
}

#[test]
fn f10_settings_the_browser_would_refuse_are_refused_here_with_words() {
    let cases = [
        ("baud = 0", "`baud` must be a whole number from 1 to 4294967295, not 0"),
        ("baud = 4294967296", "`baud` must be a whole number from 1 to 4294967295, not 4294967296"),
        ("buffer_bytes = 0", "`buffer_bytes` must be a whole number from 1 to 16777216, not 0"),
        ("buffer_bytes = 16777217", "`buffer_bytes` must be a whole number from 1 to 16777216, not 16777217"),
        ("data_bits = 9", "`data_bits` must be a whole number from 7 to 8, not 9"),
    ];
    for (line, reason) in cases {
        let text = format!("name = \"x\"\n[link]\nkind = \"serial\"\n{line}\n[protocol]\nname = \"text\"\n");
        let error = Profile::parse(&text).unwrap_err();
        assert_eq!((error.line, error.reason.to_string().as_str()), (4, reason));
    }
    // The same for a link that was changed in a form.
    let with = |change: fn(&mut Serial)| {
        let mut serial = Serial::default();
        change(&mut serial);
        Link::Serial(serial).check()
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert!(with(|serial| serial.line.baud = 0).unwrap_err().to_string().contains("4294967295"));
    assert!(with(|serial| serial.buffer_bytes = 0).unwrap_err().to_string().contains("16 MiB"));
    assert!(with(|serial| serial.buffer_bytes = (16 << 20) + 1).unwrap_err().to_string().contains("16 MiB"));
    assert!(with(|serial| serial.line.stop_bits = 3).is_err());
}

#[test]
fn an_empty_text_and_a_huge_one_are_refused() {
    assert!(Profile::parse("").is_err());
    assert!(Profile::parse(&"#\n".repeat(1 << 20)).unwrap_err().reason.to_string().contains("1 MiB"));
    assert!(Profile::parse(&"a=[".repeat(10_000)).is_err());
}
