//! Telnet and TCP through a gateway, with other people's servers behind it.

use super::shell::{direct, line, prompt, sees, sees_line, types};
use crate::device::Far;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Files, Gateway, Peer, Proxy, Rude, closed_port, target};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const IAC: u8 = 255;
const DO: u8 = 253;
const WONT: u8 = 252;
const WILL: u8 = 251;

/// A folder of this scenario's own.
fn folder(stage: &Stage<'_>, name: &str) -> Result<PathBuf, Failure> {
    let folder = stage.site.target.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The console as the gateway serves it, with its list of targets before one.
fn at_gateway(stage: &mut Stage<'_>, gateway: &Gateway, kind: &str) -> Outcome {
    stage.origin = gateway.origin();
    stage.start()?;
    stage.tab.click("radio", kind)
}

/// What the nameplate says, among other things.
fn plate(stage: &mut Stage<'_>, part: &str) -> Outcome {
    stage.tab.reads("region", "Device", part, SOON).map(drop)
}

pub fn log_in(stage: &mut Stage<'_>) -> Outcome {
    let device = Rude::start(b"board login: ".to_vec())?;
    let gateway = Gateway::start(stage.site, 0, &target("board", "", "telnet", device.port))?;
    at_gateway(stage, &gateway, "Telnet")?;
    stage.tab.click("button", "Open board")?;
    stage.connected()?;
    stage.terminal("board login:")?;
    stage.send("root")?;
    let heard = |device: &Rude, part: &str| String::from_utf8_lossy(&device.received()).contains(part);
    stage.tab.wait("the name at the device", SOON, |_| Ok(heard(&device, "root").then_some(())))?;
    device.say(b"root\r\nPassword: ");
    stage.tab.says("The device asks for a password: this line is shown and kept nowhere.", SOON)?;
    let field = stage.tab.the("textbox", "Line to send")?;
    let kind = stage.tab.on(&field, "function () { return this.type }", json!([]))?;
    ensure!(kind == "password", "the password is shown as it is typed: the field is one of {kind}");
    stage.send("cellar door")?;
    stage.tab.wait("the password at the device", SOON, |_| Ok(heard(&device, "cellar door").then_some(())))?;
    device.say(b"\r\nWelcome.\r\n$ ");
    stage.terminal("Welcome.")?;
    let shown = stage.tab.eval("document.documentElement.outerHTML + JSON.stringify(localStorage)")?;
    ensure!(!shown.to_string().contains("cellar"), "the password is shown or kept");
    // The device ends it in order: what it was is said, and nobody logs in anew unasked.
    device.say(b"logout\r\n");
    stage.terminal("logout")?;
    device.hang_up();
    stage.tab.says("The device ended the session. Connect again to log in anew.", SOON)?;
    plate(stage, "Closed")?;
    std::thread::sleep(Duration::from_secs(2));
    plate(stage, "Closed")
}

pub fn shell(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "telnet-shell")?;
    let daemon = Peer::telnetd(&folder)?;
    let gateway = Gateway::start(stage.site, 0, &target("board", "Board in the lab", "telnet", daemon.port))?;
    at_gateway(stage, &gateway, "Telnet")?;
    stage.tab.reads("list", "Targets of this console's gateway", "Board in the lab · Telnet · Plain text", SOON)?;
    stage.tab.click("button", "Open board")?;
    stage.connected()?;
    plate(stage, "Telnet")?;
    plate(stage, "on the gateway's machine")?;
    plate(stage, "through this console's gateway")?;
    stage.tab.click("button", "Arrange Terminal")?;
    stage.tab.click("menuitem", "Maximise")?;
    direct(stage)?;
    prompt(stage)?;

    // The daemon echoes, so nothing stands there twice.
    line(stage, "echo $((6*7)) is the answer")?;
    sees_line(stage, "42 is the answer")?;
    sees_line(stage, "board$ echo $((6*7)) is the answer")?;
    line(stage, "echo $TERM")?;
    sees(stage, "the terminal's name", |lines| lines.iter().any(|line| line.to_lowercase() == "xterm-256color"))?;
    // Every byte arrives, 255 too.
    line(stage, "printf 'all:\\377\\377:%s\\n' there")?;
    sees_line(stage, "all:\u{fffd}\u{fffd}:there")?;

    // The device knows the panel's size, and each new one.
    let wide = size(stage)?;
    ensure!(wide > 80, "the maximised terminal has {wide} columns");
    window(stage, 700)?;
    let narrow = size(stage)?;
    ensure!(narrow < wide, "{narrow} columns in a narrower window, {wide} before");
    window(stage, 1280)?;

    line(stage, "seq 101 200 | less")?;
    sees(stage, "the first page", |lines| {
        lines.first().is_some_and(|first| first == "101") && lines.iter().any(|line| line == "123")
    })?;
    types(stage, "q")?;
    prompt(stage)?;
    line(stage, "vim -u NONE -N note.txt")?;
    sees(stage, "an empty file", |lines| lines.iter().filter(|line| *line == "~").count() > 15)?;
    types(stage, "ione two")?;
    sees(stage, "its mode", |lines| lines.iter().any(|line| line.starts_with("-- INSERT --")))?;
    stage.tab.key("Escape")?;
    line(stage, ":wq")?;
    prompt(stage)?;
    let written = std::fs::read_to_string(folder.join("note.txt"))?;
    ensure!(written == "one two\n", "the editor wrote {written:?}");
    line(stage, "sh -c 'echo it runs; sleep 600'")?;
    sees_line(stage, "it runs")?;
    stage.tab.press_keys("Control+c")?;
    prompt(stage)?;
    // The daemon marks its place in the stream with urgent data, which is none of the shell's.
    sees_line(stage, "^C")?;

    // What the daemon wanted to know of this computer it was not told, and that is to be seen.
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.reads("region", "Line", "NAWS", SOON)?;
    stage.tab.reads("region", "Line", "NEW-ENVIRON", SOON)?;
    stage.tab.reads("region", "Line", "has offered no serial port settings", SOON)?;
    stage.tab.eval("document.getElementById('terminal-lines').focus()")?;
    line(stage, "env")?;
    sees(stage, "the environment", |lines| lines.iter().any(|line| line.starts_with("TERM=")))?;
    stage.no_problems()
}

fn window(stage: &mut Stage<'_>, width: u32) -> Outcome {
    let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
    stage.tab.call("Emulation.setDeviceMetricsOverride", metrics).map(drop)
}

/// The columns that the device was told of, as its shell sees them.
fn size(stage: &mut Stage<'_>) -> Result<u32, Failure> {
    let mut columns = 0;
    stage.tab.wait("the size to be told", SOON, |tab| {
        std::thread::sleep(std::time::Duration::from_millis(400));
        tab.eval("document.getElementById('terminal-lines').focus()")?;
        for key in ["s", "t", "t", "y", " ", "s", "i", "z", "e", "Enter"] {
            tab.key(key)?;
        }
        std::thread::sleep(std::time::Duration::from_millis(600));
        let lines = super::shell::in_sight(tab)?;
        let seen = lines.iter().rev().find_map(|line| {
            let (rows, columns) = line.split_once(' ')?;
            rows.parse::<u32>().ok()?;
            columns.trim().parse::<u32>().ok()
        });
        let steady = seen.filter(|seen| *seen == columns);
        columns = seen.unwrap_or(0);
        Ok(steady)
    })
}

/// A serial port behind ser2net.
const PORT: &str = "name = \"Far port\"\n[link]\nkind = \"telnet\"\ntarget = \"port\"\nbaud = 9600\nparity = \"even\"\n\
                    [protocol]\nname = \"pairs\"\n";

pub fn com_port(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "telnet-com-port")?;
    let device = Far::new()?;
    let server = Peer::ser2net(&folder, device.path())?;
    let gateway = Gateway::start(stage.site, 0, &target("port", "Meter", "telnet", server.port))?;
    stage.origin = gateway.origin();
    stage.start()?;
    stage.keep(PORT)?;
    stage.tab.click("radio", "Telnet")?;
    stage.tab.choose_nth("Profile", 1, "Far port (yours)")?;
    stage.tab.fill("textbox", "Address", "port")?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    plate(stage, "9600 baud, 8E1")?;
    let runs_at = |stage: &mut Stage<'_>, wanted: &str| -> Outcome {
        stage.tab.wait(&format!("the port at {wanted}"), SOON, |_| {
            Ok(stty(device.path())?.starts_with(&format!("speed {wanted} baud")).then_some(()))
        })
    };
    runs_at(stage, "9600")?;
    device.say(b"volts:3.25\nodd:\xff\xff\n")?;
    stage.value_until("volts", |value| value == "3.25")?;
    stage.send("get volts")?;
    stage.tab.wait("the line at the far end", SOON, |_| Ok((device.heard() == b"get volts\n").then_some(())))?;

    stage.tab.click("button", "Signals and speed")?;
    stage.tab.reads("region", "Line", "COM-PORT", SOON)?;
    stage.tab.reads("region", "Line", "The port behind it runs at 9600 baud.", SOON)?;
    stage.tab.fill("combobox", "Speed in baud", "19200")?;
    stage.tab.click("button", "Set 19\u{2009}200 baud")?;
    runs_at(stage, "19200")?;
    stage.tab.reads("region", "Line", "The port behind it runs at 19\u{2009}200 baud.", SOON)?;
    plate(stage, "19\u{2009}200 baud, 8E1")?;
    stage.connected()?;
    stage.tab.click("button", "DTR off")?;
    stage.tab.reads("log", "Terminal", "DTR off", SOON)?;
    stage.tab.click("button", "Send break")?;
    stage.tab.reads("log", "Terminal", "break over", SOON)?;
    stage.no_problems()
}

/// What stty says of a line.
fn stty(line: &std::path::Path) -> Result<String, Failure> {
    let output = Command::new("stty").arg("-a").arg("-F").arg(line).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

const GAUGE: &str = "echo level:1\nwhile read line; do echo \"level:2\"; echo \"heard:${#line}\"; done\n";

pub fn tcp(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "tcp-device")?;
    let port = closed_port()?;
    let gateway = Gateway::start(stage.site, 0, &target("gauge", "", "tcp", port))?;
    at_gateway(stage, &gateway, "TCP")?;
    stage.tab.choose_nth("Profile", 1, "Name and value pairs")?;
    stage.tab.click("button", "Open gauge")?;
    // Nobody listens yet.
    stage.tab.says("The device did not accept the connection.", SOON)?;
    stage.tab.says("in the gateway's log", SOON)?;
    let device = Peer::tcp(&folder, port, GAUGE)?;
    stage.connected()?;
    stage.value_until("level", |value| value == "1")?;
    stage.send("twelve chars")?;
    stage.value_until("heard", |value| value == "12")?;
    drop(device);
    stage.tab.says("The device closed the connection.", SOON)?;
    let _device = Peer::tcp(&folder, port, GAUGE)?;
    stage.connected()?;
    stage.ledger_until("a gap", SOON, |ledger| ledger.gaps >= 1)?;
    stage.no_problems()
}

/// Says something by itself, and how long each line is that it hears.
const METER: &str = "(while sleep 0.3; do echo level:7; done) &\n\
                     while read line; do echo \"heard:${#line}\"; done\n";

pub fn serial(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "gateway-serial")?;
    let device = Peer::serial(&folder, METER)?;
    let target = format!(
        "[[target]]\nname = \"meter\"\ntitle = \"Meter in the cellar\"\nkind = \"serial\"\nport = \"{}\"\nbaud = 9600\n\
         verbs = [\"read\", \"write\"]\n",
        folder.join("port").display()
    );
    let gateway = Gateway::start(stage.site, 0, &target)?;
    at_gateway(stage, &gateway, "TCP")?;
    stage.tab.choose_nth("Profile", 1, "Name and value pairs")?;
    stage.tab.reads("list", "Targets of this console's gateway", "Meter in the cellar · Gateway serial", SOON)?;
    stage.tab.click("button", "Open meter")?;
    stage.connected()?;
    plate(stage, "Gateway serial")?;
    plate(stage, "on the gateway's machine")?;
    // Bytes both ways.
    stage.value_until("level", |value| value == "7")?;
    stage.send("twelve chars")?;
    stage.value_until("heard", |value| value == "12")?;
    let ledger = stage.ledger()?;
    ensure!(ledger.rejected == 0, "bytes of the port are rejected: {ledger:?}");
    // Pulled out, it is said as such, and comes back by itself.
    drop(device);
    stage.tab.says("The serial port is not there. Plug it in at the gateway.", SOON)?;
    let _device = Peer::serial(&folder, METER)?;
    stage.connected()?;
    stage.ledger_until("a gap", SOON, |ledger| ledger.gaps >= 1)?;
    stage.send("four")?;
    stage.value_until("heard", |value| value == "4")?;
    stage.no_problems()
}

pub fn hostile(stage: &mut Stage<'_>) -> Outcome {
    // Text with a doubled IAC, questions about this computer, an unending subnegotiation, a flood.
    let mut says =
        [b"hello \xff\xff", &[IAC, DO, 39, IAC, DO, 35, IAC, DO, 34, IAC, 250, 24, 1, IAC, 240][..]].concat();
    says.extend([IAC, 250, 44].iter().chain(&[7; 9000]).chain(&[IAC, 240]));
    says.extend((0..2000).flat_map(|n| [IAC, if n % 2 == 0 { WILL } else { WONT }, 1]));
    says.extend(b" world\r\n");
    let device = Rude::start(says)?;
    let gateway = Gateway::start(stage.site, 0, &target("rude", "", "telnet", device.port))?;
    at_gateway(stage, &gateway, "Telnet")?;
    stage.tab.click("button", "Open rude")?;
    stage.connected()?;
    stage.terminal("hello \u{fffd} world")?;
    stage.terminal("more than 64 Telnet questions in one second")?;
    stage.tab.reads("contentinfo", "Ledger", "Telnet questions not answered", SOON)?;
    stage.tab.reads("contentinfo", "Ledger", "unreadable piece", SOON)?;
    for option in [39, 35, 34] {
        let heard = device.received();
        ensure!(heard.windows(3).any(|answer| answer == [IAC, WONT, option]), "{option} was answered by {heard:?}");
    }
    // It goes on, and what is typed is shown here once the device does not echo.
    device.say(&[IAC, WONT, 1]);
    device.say(b"again\r\n");
    stage.terminal("again")?;
    stage.no_problems()
}

pub fn half_open(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "gateway-half-open")?;
    let device = Peer::tcp(&folder, closed_port()?, GAUGE)?;
    let gateway = Gateway::start(stage.site, 0, &target("gauge", "", "tcp", device.port))?;
    let network = Proxy::start(gateway.port)?;
    stage.origin = format!("http://127.0.0.1:{}", network.port);
    stage.start()?;
    stage.tab.click("radio", "TCP")?;
    stage.tab.click("button", "Open gauge")?;
    stage.connected()?;
    network.mute(true);
    stage.tab.says("The gateway does not answer any more", Duration::from_secs(60))?;
    network.mute(false);
    stage.connected()?;
    stage.ledger_until("a gap", SOON, |ledger| ledger.gaps >= 1)?;
    Ok(())
}

/// Tokens for everything, as the gateway's file has them.
const RIGHT: &str = "1c11e7f382856eaad5a6c9dad594284adb8248fae3e2a642624897c0b392d9c6";
const OTHER: &str = "e6dae5d753576207c6051310f5c122fe38af39cb9776a60decd9e1832c357777";

fn token_of(sha256: &str) -> String {
    format!("[[token]]\nname = \"lab\"\nsha256 = \"{sha256}\"\ntargets = [\"*\"]\nverbs = [\"read\", \"write\"]\n")
}

pub fn token(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "gateway-token")?;
    let device = Peer::tcp(&folder, closed_port()?, GAUGE)?;
    let tables = target("gauge", "", "tcp", device.port);
    let gateway = Gateway::start(stage.site, 0, &format!("{tables}{}", token_of(RIGHT)))?;
    // Whatever kind of link is chosen, the page asks for the token that shows what there is.
    at_gateway(stage, &gateway, "WebSocket")?;
    stage.tab.says("The gateway shows its targets to whoever has a token.", SOON)?;
    stage.tab.click("radio", "MQTT")?;
    stage.tab.says("The gateway shows its targets to whoever has a token.", SOON)?;
    stage.tab.fill("textbox", "Token for this gateway", "wrong")?;
    stage.tab.click("button", "Show the targets")?;
    stage.tab.says("The gateway does not know that token.", SOON)?;
    stage.tab.wait("the focus in the field", SOON, |tab| {
        Ok((tab.eval("document.activeElement.id")? == "targets-token").then_some(()))
    })?;
    stage.tab.fill("textbox", "Token for this gateway", "right-and-long-enough-for-a-token")?;
    stage.tab.click("button", "Show the targets")?;
    stage.tab.click("radio", "HTTP")?;
    stage.tab.click("button", "Open gauge")?;
    stage.connected()?;
    // The gateway comes back with another token: it is asked for once, and what is being typed stays.
    stage.tab.fill("textbox", "Line to send", "half a li")?;
    let port = gateway.port;
    drop(gateway);
    let _gateway = Gateway::start(stage.site, port, &format!("{tables}{}", token_of(OTHER)))?;
    stage.tab.says("The gateway wants a token that it knows", SOON * 2)?;
    stage.tab.fill("textbox", "Token for this gateway", "other-and-long-enough-for-a-token")?;
    stage.tab.click("button", "Connect with this token")?;
    stage.connected()?;
    let line = "document.getElementById('send-line').value";
    ensure!(stage.tab.eval(line)? == "half a li", "what was typed is gone");
    let kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href + document.cookie";
    let kept = stage.tab.eval(kept)?.to_string();
    ensure!(!kept.contains("long-enough"), "a token is kept: {kept}");
    Ok(())
}

pub fn without(stage: &mut Stage<'_>) -> Outcome {
    // `ferrule serve` by itself is a gateway with nothing behind it; a host that serves files only is none at all.
    stage.start()?;
    stage.tab.click("radio", "Telnet")?;
    stage.tab.says("The gateway has no Telnet or TCP target for this console.", SOON)?;
    stage.tab.fill("textbox", "Address", "10.0.0.7:23")?;
    stage.tab.click("button", "Open")?;
    stage.tab.says("as the gateway's file names it", SOON)?;
    let files = Files::start(&stage.site.dist)?;
    stage.origin = files.origin();
    stage.start()?;
    stage.tab.click("radio", "TCP")?;
    stage.tab.says("No browser opens Telnet or TCP: a gateway does", SOON)?;
    stage.tab.fill("textbox", "Address", "lab")?;
    stage.tab.click("button", "Open")?;
    stage.tab.says("is no gateway", SOON)?;
    Ok(())
}
