//! Devices behind HTTP and WebSocket, on servers of other people's making.

use super::demo::number;
use super::network::open;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::Node;
use crate::stage::Stage;
use crate::tab::SOON;

/// The device, with a profile for it that has these lines in `[link]` and these after `[protocol]`.
fn device(stage: &mut Stage<'_>, name: &str, link: &str, rest: &str) -> Result<Node, Failure> {
    let packages = crate::axe::packages(&stage.site.here, &stage.site.target)?;
    let node = Node::start(&stage.site.target.join(name), &packages)?;
    stage.start()?;
    let kind = if link.contains("ws://") { "websocket" } else { "http" };
    stage.keep(&format!("name = \"Gauge\"\n[link]\nkind = \"{kind}\"\n{link}\n[protocol]\nname = \"json\"\n{rest}"))?;
    Ok(node)
}

/// Types its address, and opens it with that profile.
fn go(stage: &mut Stage<'_>, kind: &str, url: &str) -> Outcome {
    open(stage, kind, url, "Gauge (yours)")
}

const HTTP: &str = "url = \"http://gauge.example/\"\ninterval_millis = 100";

/// Waits until the device was asked something.
fn was_asked(stage: &mut Stage<'_>, node: &Node, what: &str) -> Outcome {
    stage.tab.wait(what, SOON, |_| Ok(node.asked().iter().any(|line| line.contains(what)).then_some(())))
}

/// Waits until the ledger says it, in words.
fn told(stage: &mut Stage<'_>, part: &str) -> Outcome {
    stage.tab.says(part, SOON)
}

pub fn selector(stage: &mut Stage<'_>) -> Outcome {
    let link = format!("{HTTP}\nselect = \"/sensors/0\"\nheaders = {{ X-Key = \"hush\" }}");
    let commands = "framing = \"whole\"\n[[commands]]\nname = \"Relay\"\nmethod = \"PUT\"\npath = \"/relay/{n}?for=5s\"\n\
                    text = '{{\"n\":{n}}}'\nargs = [{ name = \"n\", kind = \"integer\", default = 3 }]\n";
    let node = device(stage, "http-selector", &link, commands)?;
    // What is asked for is what was typed, to the byte: a signature of it would not hold otherwise.
    go(stage, "HTTP", &node.http("/sensors?unit=%C2%B0C&at=now"))?;
    stage.connected()?;
    stage.value_until("temp", |value| number(value).is_some_and(|temp| (20.0..30.0).contains(&temp)))?;
    stage.value_until("name", |value| value == "boiler")?;
    let ledger = stage.ledger_until("10 answers", SOON, |ledger| ledger.frames >= 10)?;
    ensure!(ledger.rejected + ledger.skipped == 0, "parts of answers, and yet {ledger:?}");
    ensure!(stage.value("noise.0.temp")?.is_none(), "what was not selected is there");
    was_asked(stage, &node, "GET /sensors?unit=%C2%B0C&at=now x-key=hush")?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Relay")?;
    was_asked(stage, &node, "PUT /relay/3?for=5s x-key=hush {\"n\":3}")?;
    stage.no_problems()
}

/// Who takes plain text for a device that sends numbers is told so where they are missed, and has them at once.
pub fn numbers(stage: &mut Stage<'_>) -> Outcome {
    let packages = crate::axe::packages(&stage.site.here, &stage.site.target)?;
    let node = Node::start(&stage.site.target.join("plain-numbers"), &packages)?;
    stage.start()?;
    stage.keep(&format!(
        "name = \"Gauge\"\n[link]\nkind = \"http\"\n{HTTP}\nmode = \"stream\"\n[protocol]\nname = \"text\"\n"
    ))?;
    go(stage, "HTTP", &node.http("/lines"))?;
    stage.connected()?;
    stage.tab.says("These lines have numbers in them.", SOON)?;
    stage.tab.click("button", "Read them as JSON objects")?;
    stage.value_until("temp", |value| number(value).is_some())?;
    stage.plot_is_drawn()
}

/// What a device says to a command while it is in the middle of an answer is a message of its own, and spoils neither.
pub fn halves(stage: &mut Stage<'_>) -> Outcome {
    let commands = "framing = \"whole\"\n[[commands]]\nname = \"Bump\"\npath = \"/restart\"\n";
    let node = device(stage, "http-halves", HTTP, commands)?;
    go(stage, "HTTP", &node.http("/halves"))?;
    stage.connected()?;
    stage.value_until("name", |value| value == "boiler")?;
    stage.tab.click("tab", "Commands")?;
    let before = stage.ledger()?.frames;
    for _ in 0..6 {
        stage.tab.click("button", "Bump")?;
    }
    stage.value_until("done", |value| value != "–")?;
    let ledger = stage.ledger_until("all answers", SOON, |ledger| ledger.frames >= before + 8)?;
    ensure!(ledger.rejected + ledger.skipped == 0, "one answer in another: {ledger:?}");
    stage.no_problems()
}

/// Fills in what a device wants to know, and tries it.
pub(super) fn log_in(stage: &mut Stage<'_>, user: &str, password: &str) -> Outcome {
    if !user.is_empty() {
        stage.tab.fill("textbox", "User name", user)?;
    }
    stage.tab.fill("textbox", "Password", password)?;
    stage.tab.click("button", "Log in and connect")
}

pub fn log_ins(stage: &mut Stage<'_>) -> Outcome {
    let link = format!("{HTTP}\nselect = \"/sensors/0\"\nheaders = {{ X-Key = \"hush\" }}");
    let node = device(stage, "http-login", &link, "framing = \"whole\"\n")?;
    let stored = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href";
    let keeps = |stage: &mut Stage<'_>, secret: &str| {
        let kept = stage.tab.eval(stored)?.to_string();
        Ok::<bool, Failure>(kept.contains(secret))
    };
    ensure!(!keeps(stage, "hush")?, "the key is kept");
    go(stage, "HTTP", &node.http("/locked"))?;
    told(stage, "wants to know who asks")?;
    log_in(stage, "meter", "wrong")?;
    was_asked(stage, &node, "authorization=Basic bWV0ZXI6d3Jvbmc=")?;
    log_in(stage, "meter", "cellar door")?;
    stage.connected()?;
    stage.value_until("name", |value| value == "boiler")?;
    was_asked(stage, &node, "GET /locked x-key=hush authorization=Basic bWV0ZXI6Y2VsbGFyIGRvb3I=")?;
    ensure!(!keeps(stage, "cellar")?, "the password is kept");
    stage.close_session()?;
    // After a reload the key of the profile is asked for.
    stage.tab.reload()?;
    go(stage, "HTTP", &node.http("/sensors"))?;
    told(stage, "is a secret of this profile, which the browser does not keep")?;
    log_in(stage, "", "murmur")?;
    stage.connected()?;
    was_asked(stage, &node, "GET /sensors x-key=murmur")?;
    ensure!(!keeps(stage, "murmur")?, "the key is kept");
    stage.close_session()?;
    two_places(stage, &node)
}

/// Readings of one origin and commands to another: each is told its own secret, and neither that of the other.
fn two_places(stage: &mut Stage<'_>, node: &Node) -> Outcome {
    let url = node.http("/sensors");
    let commands = node.http("/relay?token=").replace("127.0.0.1", "localhost");
    stage.keep(&format!(
        "name = \"Pair\"\n[link]\nkind = \"http\"\nurl = \"{url}\"\ncommand_url = \"{commands}\"\n\
         headers = {{ X-Key = \"\" }}\n[protocol]\nname = \"json\"\nframing = \"whole\"\n\
         [[commands]]\nname = \"Relay\"\nmethod = \"PUT\"\ntext = \"on\"\n"
    ))?;
    open(stage, "HTTP", &url, "Pair (yours)")?;
    told(stage, "X-Key for 127.0.0.1:")?;
    log_in(stage, "", "mine")?;
    told(stage, "token for localhost:")?;
    // How long what was typed counts as tried.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let said = stage.tab.eval("document.querySelector('.log-in').textContent")?.to_string();
    ensure!(!said.contains("were refused"), "nothing was refused, the next one is asked for: {said}");
    log_in(stage, "", "yours")?;
    stage.connected()?;
    was_asked(stage, node, "GET /sensors x-key=mine")?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Relay")?;
    was_asked(stage, node, "PUT /relay?token=yours on")?;
    ensure!(!node.asked().iter().any(|line| line.contains("token=mine")), "one's secret went to the other");
    Ok(())
}

pub fn refused(stage: &mut Stage<'_>) -> Outcome {
    let commands =
        "framing = \"whole\"\n[[commands]]\nname = \"Relay\"\nmethod = \"PUT\"\npath = \"/forbidden\"\ntext = \"1\"\n";
    let node = device(stage, "http-refused", HTTP, commands)?;
    go(stage, "HTTP", &node.http("/simple"))?;
    stage.connected()?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Relay")?;
    was_asked(stage, &node, "PUT /forbidden 1")?;
    // It is said which it was and what was answered; the link goes on.
    told(stage, "/forbidden said 403 Forbidden: the device forbids it")?;
    told(stage, "answered 403")?;
    let before = stage.ledger()?;
    stage.ledger_until("more answers", SOON, |ledger| ledger.frames >= before.frames + 3)?;
    stage.connected()
}

pub fn conditional(stage: &mut Stage<'_>) -> Outcome {
    let node = device(
        stage,
        "http-conditional",
        HTTP,
        "framing = \"whole\"\n[[commands]]\nname = \"Bump\"\npath = \"/restart\"\n",
    )?;
    go(stage, "HTTP", &node.http("/tagged"))?;
    stage.connected()?;
    stage.value_until("version", |value| value == "1")?;
    was_asked(stage, &node, "if-none-match=\"v1\"")?;
    told(stage, "answers unchanged")?;
    let before = stage.ledger()?;
    ensure!(before.frames <= 2, "what has not changed is a sample: {before:?}");
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Bump")?;
    stage.value_until("version", |value| value == "2")?;
    was_asked(stage, &node, "if-none-match=\"v2\"")?;
    stage.close_session()?;
    // Where another page may not ask so, it is asked plainly, and said.
    go(stage, "HTTP", &node.http("/simple"))?;
    stage.connected()?;
    stage.terminal("each answer counts as new")?;
    stage.ledger_until("10 answers", SOON, |ledger| ledger.frames >= 10)?;
    stage.close_session()?;
    // Who asks to be left alone is, for as long as it says.
    go(stage, "HTTP", &node.http("/busy"))?;
    told(stage, "was asked too often")?;
    let count = |node: &Node| node.asked().iter().filter(|line| line.starts_with("GET /busy")).count();
    std::thread::sleep(std::time::Duration::from_millis(2000));
    ensure!(count(&node) == 1, "it was asked {} times before its time", count(&node));
    stage.connected()
}

pub fn events(stage: &mut Stage<'_>) -> Outcome {
    let rest = "[[topic]]\nfilter = \"raw\"\n[topic.protocol]\nname = \"csv\"\nnames = [\"serial\", \"kind\"]\n";
    let node = device(stage, "http-sse", "url = \"http://gauge.example/\"\nmode = \"events\"\nsilence_s = 30", rest)?;
    go(stage, "HTTP", &node.http("/events"))?;
    stage.connected()?;
    stage.value_until("temp", |value| number(value).is_some())?;
    // The name of an event has chosen its protocol, and stands before its data.
    stage.value_until("kind", |value| value == "7")?;
    stage.terminal("raw 3;7")?;
    // The server ends its answer; it is asked for what comes after the last event.
    was_asked(stage, &node, "last-event-id=6")?;
    stage.connected()?;
    stage.value_until("number", |value| number(value).is_some_and(|count| count > 9.0))?;
    let ledger = stage.ledger_until("events", SOON, |ledger| ledger.frames >= 12)?;
    ensure!(ledger.rejected == 0 && ledger.gaps == 1, "{ledger:?}");
    let words = stage.tab.eval("document.querySelector('[role=log]').innerText")?;
    let words = words.as_str().unwrap_or_default();
    ensure!(words.matches("\"number\": 6,").count() <= 1, "an event came twice");
    Ok(())
}

pub fn lines(stage: &mut Stage<'_>) -> Outcome {
    let node =
        device(stage, "http-ndjson", "url = \"http://gauge.example/\"\nmode = \"stream\"", "framing = \"lines\"\n")?;
    go(stage, "HTTP", &node.http("/lines"))?;
    stage.connected()?;
    stage.value_until("count", |value| number(value).is_some_and(|count| count > 20.0))?;
    let ledger = stage.ledger()?;
    // One line is longer than limit_bytes: it is rejected, and what follows is read.
    ensure!(ledger.rejected + ledger.skipped >= 70_000, "the line that is too long is not counted: {ledger:?}");
    told(stage, "oversize frame")?;
    ensure!(node.asked().iter().filter(|line| line.starts_with("GET /lines")).count() == 1, "asked more than once");
    stage.no_problems()
}

pub fn redirect(stage: &mut Stage<'_>) -> Outcome {
    let node = device(stage, "http-redirect", HTTP, "framing = \"whole\"\n")?;
    go(stage, "HTTP", &node.http("/elsewhere"))?;
    told(stage, "redirects to another address, and that is not followed")?;
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let asked = node.asked();
    ensure!(!asked.iter().any(|line| line.contains("/sensors")), "it was followed: {asked:?}");
    ensure!(asked.len() == 1, "what is refused is tried again by itself: {asked:?}");
    Ok(())
}

pub fn subprotocol(stage: &mut Stage<'_>) -> Outcome {
    let link = "url = \"ws://gauge.example/\"\nsubprotocols = [\"meter.v3\", \"meter.v2\"]\nsends = \"text\"";
    let node = device(stage, "websocket-subprotocol", link, "framing = \"whole\"\n")?;
    go(stage, "WebSocket", &node.ws("/"))?;
    stage.connected()?;
    stage.terminal("the device chose the subprotocol meter.v2")?;
    stage.value_until("temp", |value| number(value).is_some())?;
    stage.send("{\"on\": true}")?;
    was_asked(stage, &node, "SAID text {\"on\": true}")?;
    stage.no_problems()?;
    // One that it does not know: it is refused, and which were offered is said.
    stage.close_session()?;
    stage.keep("name = \"Other\"\n[link]\nkind = \"websocket\"\nurl = \"ws://gauge.example/\"\nsubprotocols = [\"meter.v9\"]\n[protocol]\nname = \"json\"\nframing = \"whole\"\n")?;
    open(stage, "WebSocket", &node.ws("/"), "Other (yours)")?;
    told(stage, "It must choose one of these subprotocols: meter.v9.")
}

pub fn heartbeat(stage: &mut Stage<'_>) -> Outcome {
    let link = "url = \"ws://gauge.example/\"\nsends = \"text\"\nping = '{\"ask\":\"alive\"}'\npong = '{\"alive\":true}'\nping_s = 4";
    let node = device(stage, "websocket-heartbeat", link, "framing = \"whole\"\n")?;
    // It says nothing but the answer: that is enough, and it is no data.
    go(stage, "WebSocket", &node.ws("/quiet"))?;
    stage.connected()?;
    let pings = |node: &Node| node.asked().iter().filter(|line| line.contains("SAID text {\"ask\":\"alive\"}")).count();
    stage.tab.wait("three pings", SOON, |_| Ok((pings(&node) >= 3).then_some(())))?;
    let ledger = stage.ledger()?;
    ensure!(ledger.frames == 0 && ledger.good > 0 && ledger.gaps == 0, "{ledger:?}");
    ensure!(node.asked().iter().filter(|line| line.starts_with("WS ")).count() == 1, "it was opened again");
    stage.close_session()?;
    drop(node);
    // One that dies without a word is missed after two pings, and opened again.
    let node = device(stage, "websocket-heartbeat", link, "framing = \"whole\"\n")?;
    go(stage, "WebSocket", &node.ws("/dying"))?;
    stage.connected()?;
    stage.ledger_until("the gap", SOON, |ledger| ledger.gaps == 1)?;
    let before = stage.ledger()?;
    stage.ledger_until("data again", SOON, |ledger| ledger.frames > before.frames + 5)?;
    stage.no_problems()
}
