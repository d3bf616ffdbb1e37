//! What is typed as an address: what is refused, what is remembered, and that secrets are neither shown nor kept.

use super::network::{JSON, QUIET, open};
use crate::ensure;
use crate::failure::Outcome;
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;

pub fn refused(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    for (kind, wrong, why) in [
        ("WebSocket", "ws://a b", "\"a b\" is no host"),
        ("WebSocket", "ws://127.0.0.1:99999", "\"127.0.0.1:99999\" is no host"),
        ("WebSocket", "word", "must begin with ws:// or wss://"),
        ("WebSocket", "ws://user:canary@127.0.0.1/", "Take out what stands before the @"),
        ("HTTP", "http://", "names no host"),
        ("HTTP", "http://user:canary@127.0.0.1/", "Take out what stands before the @"),
    ] {
        open(stage, kind, wrong, JSON)?;
        stage.tab.says(why, SOON)?;
        let told = "(() => { const field = document.activeElement; const by = field.getAttribute('aria-describedby'); \
                    return [field.id, field.getAttribute('aria-invalid'), \
                    by.split(' ').map(id => document.getElementById(id).innerText).join(' ').trim()]; })()";
        let told = stage.tab.eval(told)?;
        ensure!(told[0] == "address" && told[1] == "true", "{wrong}: the mistake is not at the field: {told}");
        ensure!(told[2].as_str().is_some_and(|said| said.contains(why)), "{wrong}: the field says {told}");
        ensure!(!told[2].as_str().unwrap_or_default().contains("canary"), "{wrong}: the password is shown: {told}");
    }
    ensure!(stage.tab.all("link", "Network*")?.is_empty(), "a session was opened");
    // The kind follows a scheme that is typed.
    stage.tab.fill("textbox", "Address", "https://127.0.0.1/")?;
    let kind = stage.tab.eval("document.querySelector('input[name=kind]:checked').value")?;
    ensure!(kind == "http", "https:// was typed, and the kind is {kind}");
    // Schemes are the same in capitals.
    open(stage, "WebSocket", &format!("WS://127.0.0.1:{}/", device.port), JSON)?;
    stage.connected()?;
    stage.no_problems()
}

pub fn secrets(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/data?token=canary&canary", device.port), JSON)?;
    stage.tab.reads("region", "Device", &format!("127.0.0.1:{}/data", device.port), SOON)?;
    stage.connected()?;
    stage.ledger_until("20 frames", SOON, |ledger| ledger.frames >= 20)?;
    device.cut();
    stage.terminal(&format!("(ws://127.0.0.1:{}/data?token=…&…, code 1006)", device.port))?;
    // It comes back with the whole address.
    stage.tab.wait("a second connection", SOON, |_| Ok((device.accepted() > 1).then_some(())))?;
    stage.connected()?;
    unseen(stage)?;
    stage.tab.click("link", "Ferrule, start page")?;
    stage.tab.says("Addresses with a query are never kept", SOON)?;
    unseen(stage)
}

/// The secret is neither on the page, nor in its title or address, nor kept.
fn unseen(stage: &mut Stage<'_>) -> Outcome {
    let script = "[document.title, location.href, document.documentElement.outerHTML, JSON.stringify(localStorage), \
                  ...[...document.querySelectorAll('input')].map(i => i.value)].findIndex(s => s.includes('canary'))";
    let found = stage.tab.eval(script)?;
    ensure!(found.as_i64() == Some(-1), "the secret is in place {found}");
    Ok(())
}

pub fn remembered(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    let address = format!("ws://127.0.0.1:{}/", device.port);
    stage.start()?;
    stage.keep(QUIET)?;
    open(stage, "WebSocket", &address, "Gauge (yours)")?;
    stage.connected()?;
    stage.tab.reload()?;
    stage.start()?;
    stage.tab.reads("list", "Addresses you opened before", "Gauge", SOON)?;
    stage.tab.click("button", &format!("Open {address}"))?;
    stage.connected()?;
    stage.tab.reads("region", "Device", "Gauge", SOON)?;
    stage.no_problems()
}
