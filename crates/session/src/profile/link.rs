//! `[link]`.

pub(super) mod mqtt;

use super::ProfileError;
use super::read::Section;
use crate::link::{
    COMMAND_METHODS, Demo, Http, Line, Link, MAX_BUFFER_BYTES, METHODS, Mode, PING_S, Parity, Ping, Port, Serial,
    Tunnel, WebSocket,
};
use crate::tunnel::TargetKind;

pub(super) fn read(section: &Section<'_>) -> Result<Link, ProfileError> {
    let kinds = [
        ("demo", 0),
        ("serial", 1),
        ("websocket", 2),
        ("http", 3),
        ("tcp", 4),
        ("telnet", 5),
        ("gateway-serial", 6),
        ("mqtt", 7),
        ("ftp", 8),
    ];
    let kind = section.required_text("kind").and_then(|_| section.choice("kind", &kinds))?;
    match kind {
        Some(1) => serial(section),
        Some(2) => websocket(section),
        Some(3) => http(section),
        Some(4) => tunnel(section, TargetKind::Tcp),
        Some(5) => tunnel(section, TargetKind::Telnet),
        Some(6) => tunnel(section, TargetKind::Serial),
        Some(7) => mqtt::read(section),
        Some(8) => tunnel(section, TargetKind::Ftp),
        _ => demo(section),
    }
}

/// How long a link may bring nothing; only a WebSocket can be gone without a word.
pub(super) fn silence(section: &Section<'_>, link: &Link) -> Result<Option<u32>, ProfileError> {
    let pinged = match link {
        // Who is asked and says nothing twice is gone (faults F25).
        Link::WebSocket(WebSocket { ping: Some(ping), .. }) => Some(ping.every_s.saturating_mul(2)),
        _ => None,
    };
    Ok(section.whole("silence_s", 1, 86_400)?.or(pinged))
}

fn demo(section: &Section<'_>) -> Result<Link, ProfileError> {
    section.only(&["kind", "rate_hz"])?;
    let rate_hz = section.whole("rate_hz", 1, 1_000_000)?.unwrap_or(100);
    Ok(Link::Demo(Demo { rate_hz }))
}

fn serial(section: &Section<'_>) -> Result<Link, ProfileError> {
    section.only(&[
        "kind",
        "baud",
        "data_bits",
        "parity",
        "stop_bits",
        "flow",
        "buffer_bytes",
        "dtr",
        "rts",
        "vendor",
        "product",
    ])?;
    let default = Serial::default();
    let port =
        Port { vendor: section.whole("vendor", 0, u16::MAX)?, product: section.whole("product", 0, u16::MAX)?, nth: 0 };
    Ok(Link::Serial(Serial {
        line: line(section, 7)?,
        buffer_bytes: section.whole("buffer_bytes", 1, MAX_BUFFER_BYTES)?.unwrap_or(default.buffer_bytes),
        dtr: section.truth("dtr")?,
        rts: section.truth("rts")?,
        port,
    }))
}

const PARITIES: [(&str, Parity); 3] = [("none", Parity::None), ("even", Parity::Even), ("odd", Parity::Odd)];
const FLOWS: [(&str, bool); 2] = [("none", false), ("hardware", true)];

fn line(section: &Section<'_>, least_data_bits: u8) -> Result<Line, ProfileError> {
    let default = Line::default();
    Ok(Line {
        baud: section.whole("baud", 1, u32::MAX)?.unwrap_or(default.baud),
        data_bits: section.whole("data_bits", least_data_bits, 8)?.unwrap_or(default.data_bits),
        parity: section.choice("parity", &PARITIES)?.unwrap_or_default(),
        stop_bits: section.whole("stop_bits", 1, 2)?.unwrap_or(default.stop_bits),
        hardware_flow: section.choice("flow", &FLOWS)?.unwrap_or(false),
    })
}

/// The keys of a serial port behind a Telnet device: any of them asks for one.
const LINE: [&str; 5] = ["baud", "data_bits", "parity", "stop_bits", "flow"];

fn tunnel(section: &Section<'_>, kind: TargetKind) -> Result<Link, ProfileError> {
    let telnet = kind == TargetKind::Telnet;
    let own = ["kind", "target", "gateway"].into_iter();
    // A server with files says nothing of its own accord.
    let silence = (kind != TargetKind::Ftp).then_some("silence_s");
    let keys: Vec<&str> = own.chain(silence).chain(LINE.into_iter().filter(|_| telnet)).collect();
    section.only(&keys)?;
    let gateway = section.text("gateway")?;
    let mut link = Tunnel { kind, target: section.required_text("target")?, gateway, line: None, file: None };
    if telnet && LINE.iter().any(|key| section.raw(key).is_some()) {
        link.line = Some(line(section, 5)?);
    }
    // Whether the name or the gateway is what is wrong.
    let named = Link::Tunnel(Tunnel { gateway: None, ..link.clone() });
    let at = if named.check().is_err() { "target" } else { "gateway" };
    let link = Link::Tunnel(link);
    link.check().map_err(|reason| section.error_at(at, reason))?;
    Ok(link)
}

fn websocket(section: &Section<'_>) -> Result<Link, ProfileError> {
    section.only(&["kind", "url", "subprotocols", "silence_s", "sends", "ping", "ping_s", "pong"])?;
    let subprotocols = section.texts("subprotocols")?.unwrap_or_default();
    let text = section.choice("sends", &[("binary", false), ("text", true)])?.unwrap_or(false);
    let every_s = section.whole("ping_s", 1, 3600)?;
    let answer = section.text("pong")?;
    let ping = if section.raw("ping").is_some() || every_s.is_some() || answer.is_some() {
        let says = section.required_text("ping")?;
        Some(Ping { says, answer: answer.unwrap_or_default(), every_s: every_s.unwrap_or(PING_S) })
    } else {
        None
    };
    let socket = WebSocket { url: section.required_text("url")?, subprotocols, text, ping };
    socket.check().map_err(|(key, reason)| section.error_at(key, reason))?;
    Ok(Link::WebSocket(socket))
}

fn http(section: &Section<'_>) -> Result<Link, ProfileError> {
    section.only(&[
        "kind",
        "url",
        "mode",
        "interval_millis",
        "method",
        "headers",
        "body",
        "select",
        "command_url",
        "command_method",
        "silence_s",
    ])?;
    let modes = [("poll", Mode::Poll), ("events", Mode::Events), ("stream", Mode::Stream)];
    let mut http = Http::new(section.required_text("url")?);
    http.mode = section.choice("mode", &modes)?.unwrap_or_default();
    http.interval_millis = section.whole("interval_millis", 10, 86_400_000)?.unwrap_or(http.interval_millis);
    http.method = section.choice("method", &METHODS.map(|one| (one, one)))?.unwrap_or("GET").into();
    http.command_method =
        section.choice("command_method", &COMMAND_METHODS.map(|one| (one, one)))?.unwrap_or("POST").into();
    http.headers = pairs(section, "headers")?;
    http.body = section.text("body")?.unwrap_or_default();
    http.select = section.text("select")?.unwrap_or_default();
    http.command_url = section.text("command_url")?;
    http.check().map_err(|(key, reason)| section.error_at(key, reason))?;
    Ok(Link::Http(http))
}

/// A table of texts as pairs, in the order of their names.
pub(super) fn pairs(section: &Section<'_>, key: &str) -> Result<Vec<(String, String)>, ProfileError> {
    let Some(table) = section.section(key)? else { return Ok(Vec::new()) };
    let mut names: Vec<String> = table.table().keys().map(|name| name.get_ref().to_string()).collect();
    // By name, whichever order the reader of TOML keeps.
    names.sort();
    names.into_iter().map(|name| table.text(&name).map(|text| (name, text.unwrap_or_default()))).collect()
}
