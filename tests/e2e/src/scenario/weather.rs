//! The same network as bad as it gets, under a WebSocket, a broker and a gateway: slices, latency, throttling, resets, and
//! an end in the middle of a message.

use super::network::{JSON, open};
use crate::ensure;
use crate::failure::Outcome;
use crate::server::{Broker, Gateway, Kind, Peer, Proxy, SocketDevice, closed_port, target};
use crate::stage::Stage;
use crate::tab::SOON;
use std::time::Duration;

/// Cut, then reset; each time it comes back by itself, and the gap is marked.
fn lost_and_back(stage: &mut Stage<'_>, proxy: &Proxy) -> Outcome {
    for round in 0..2 {
        let before = stage.ledger()?;
        if round == 0 {
            proxy.cut()
        } else {
            proxy.reset()?
        }
        stage.ledger_until("the gap, and data again", SOON, |now| {
            now.gaps > before.gaps && now.frames > before.frames
        })?;
        stage.connected()?;
    }
    Ok(())
}

pub fn websocket(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Binary, 0)?;
    let proxy = Proxy::start(device.port)?;
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    proxy.narrow(1, 0);
    open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", proxy.port), "Wired drive (yours)")?;
    stage.connected()?;
    // Every byte in a packet of its own: it is as if they had come together.
    let ledger = stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    ensure!(ledger.rejected + ledger.skipped == 0, "cut to single bytes: {ledger:?}");
    // Two seconds late, and unevenly: what is sent is answered late, and not lost.
    proxy.narrow(0, 0);
    proxy.slow(2000, 700);
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    ensure!(device.received() == "get limits\n", "the device received {:?}", device.received());
    // A kilobyte a second, where the device says more: the page is as it was, and nothing is spoilt.
    proxy.slow(0, 0);
    proxy.narrow(64, 1000);
    let before = stage.ledger()?;
    stage.ledger_until("what trickles in", SOON, |now| now.frames > before.frames)?;
    stage.tab.click("tab", "Rejected")?;
    let after = stage.ledger()?;
    ensure!(after.rejected == 0 && after.gaps == before.gaps, "a slow network spoilt something: {after:?}");
    proxy.narrow(0, 0);
    lost_and_back(stage, &proxy)
}

pub fn mqtt(stage: &mut Stage<'_>) -> Outcome {
    let folder = stage.site.target.join("mqtt-weather");
    let _ = std::fs::remove_dir_all(&folder);
    let broker = Broker::mosquitto(&folder, None)?;
    let proxy = Proxy::start(broker.port)?;
    proxy.narrow(1, 0);
    proxy.slow(20, 30);
    stage.start()?;
    stage.tab.click("radio", "MQTT")?;
    stage.tab.choose_nth("Profile", 1, JSON)?;
    stage.tab.fill("textbox", "Address", &format!("ws://127.0.0.1:{}/", proxy.port))?;
    stage.tab.fill("textbox", "Topics", "meters/+/state")?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    let publish = |count: u32| broker.publish("meters/7/state", &format!("{{\"temp\": {count}}}"), &["-q", "1"]);
    std::thread::sleep(Duration::from_secs(2));
    for count in 1..=5 {
        publish(count)?;
    }
    let ledger = stage.ledger_until("five messages", SOON, |ledger| ledger.frames >= 5)?;
    ensure!(ledger.frames == 5 && ledger.rejected == 0, "{ledger:?}");
    for round in 0..2 {
        let before = stage.ledger()?;
        if round == 0 {
            proxy.cut()
        } else {
            proxy.reset()?
        }
        stage.ledger_until("the gap", SOON, |now| now.gaps > before.gaps)?;
        stage.connected()?;
        std::thread::sleep(Duration::from_secs(2));
        publish(70 + round)?;
        stage.value_until("temp", |value| value.starts_with(&(70 + round).to_string()))?;
    }
    Ok(())
}

pub fn gateway(stage: &mut Stage<'_>) -> Outcome {
    let folder = stage.site.target.join("gateway-weather");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let script = "i=0; while :; do i=$((i+1)); echo \"{\\\"count\\\": $i, \\\"pad\\\": \\\"0123456789\\\"}\"; sleep 0.05; done\n";
    let device = Peer::tcp(&folder, closed_port()?, script)?;
    let gateway = Gateway::start(stage.site, 0, &target("meter", "Meter", "tcp", device.port))?;
    // Between the page and the gateway: the console itself comes through it as well.
    let proxy = Proxy::start(gateway.port)?;
    stage.origin = format!("http://127.0.0.1:{}", proxy.port);
    stage.start()?;
    stage.keep(
        "name = \"Meter\"\n[link]\nkind = \"tcp\"\ntarget = \"meter\"\n[protocol]\nname = \"json\"\nframing = \"lines\"\n",
    )?;
    stage.tab.click("radio", "TCP")?;
    stage.tab.choose_nth("Profile", 1, "Meter (yours)")?;
    stage.tab.click("button", "Open meter")?;
    stage.connected()?;
    proxy.narrow(1, 0);
    let before = stage.ledger()?;
    let ledger = stage.ledger_until("30 frames in slices", SOON, |now| now.frames > before.frames + 30)?;
    ensure!(ledger.rejected == 0, "cut to single bytes: {ledger:?}");
    proxy.narrow(0, 0);
    proxy.slow(300, 200);
    let before = stage.ledger()?;
    stage.ledger_until("20 frames, late", SOON, |now| now.frames > before.frames + 20)?;
    proxy.slow(0, 0);
    lost_and_back(stage, &proxy)
}
