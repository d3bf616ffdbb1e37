//! A whole session of wired devices, during which every request and everything that is stored is watched: nothing of what
//! a device says, and nothing of what is said to it, leaves the tab or outlives it.

use super::{demo, offline};
use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// Counts, in each document, whatever could carry data out without being a request that the browser reports.
const WAYS_OUT: &str = "globalThis.waysOut = []; \
    for (const name of ['RTCPeerConnection', 'WebTransport', 'EventSource', 'SharedWorker', 'BroadcastChannel', 'WebSocketStream']) { \
    const real = globalThis[name]; if (real) globalThis[name] = new Proxy(real, { construct(target, given, made) { \
    waysOut.push(name); return Reflect.construct(target, given, made); } }); } \
    for (const name of ['sendBeacon', 'share', 'setAppBadge', 'registerProtocolHandler']) { const real = navigator[name]; \
    if (real) navigator[name] = function (...given) { waysOut.push(name); return real.apply(navigator, given); }; } \
    const write = navigator.clipboard?.writeText; if (write) navigator.clipboard.writeText = function (...given) { \
    waysOut.push('clipboard'); return write.apply(navigator.clipboard, given); };";

/// Everything this origin has stored, as one text: storage areas, databases, caches, files, cookies, addresses.
const STORED: &str = "(async () => { const all = []; \
    for (const area of [localStorage, sessionStorage]) for (let i = 0; i < area.length; i++) all.push(area.key(i), area.getItem(area.key(i))); \
    for (const { name, version } of await indexedDB.databases()) { all.push(name); const base = await new Promise((done, fail) => { \
    const asked = indexedDB.open(name, version); asked.onsuccess = () => done(asked.result); asked.onerror = fail; }); \
    for (const store of base.objectStoreNames) all.push(store, JSON.stringify(await new Promise((done, fail) => { \
    const asked = base.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); asked.onerror = fail; }))); base.close(); } \
    for (const name of await caches.keys()) { const cache = await caches.open(name); for (const request of await cache.keys()) { \
    const kept = await cache.match(request); all.push(name, request.url, JSON.stringify([...kept.headers]), new TextDecoder('latin1').decode(await kept.arrayBuffer())); } } \
    const walk = async folder => { for await (const [name, entry] of folder.entries()) { all.push(name); \
    if (entry.kind === 'directory') await walk(entry); else all.push(new TextDecoder('latin1').decode(await (await entry.getFile()).arrayBuffer())); } }; \
    await walk(await navigator.storage.getDirectory()); \
    all.push(document.cookie, location.href, document.referrer, name, JSON.stringify(history.state)); \
    for (const entry of performance.getEntries()) all.push(entry.name); return all.join('\\n'); })()";

/// What nobody could guess: it is found wherever it got to.
fn secret(salt: u64) -> String {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
    let mixed = (nanos ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    format!("zq{:010x}", mixed >> 24)
}

/// Storage as it is said to be written, besides what is found in it afterwards.
fn watch(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WAYS_OUT }))?;
    stage.tab.listen_to_service_worker()
}

fn stored(stage: &mut Stage<'_>) -> Result<String, Failure> {
    let stored = stage.tab.eval(STORED)?;
    let cookies = stage.tab.call("Network.getCookies", json!({}))?;
    Ok(format!("{}\n{cookies}", stored.as_str().ok_or("nothing to be read of what is stored")?))
}

pub fn nothing_leaves(stage: &mut Stage<'_>) -> Outcome {
    let release = offline::kept(stage)?;
    let (said, typed) = (secret(1), secret(2));
    watch(stage)?;
    // What is looked at can be found: a check of the check.
    let probe = secret(3);
    stage.tab.eval(&format!("localStorage.setItem('probe', '{probe}')"))?;
    ensure!(stored(stage)?.contains(&probe), "what is stored is not seen");
    stage.tab.eval("localStorage.removeItem('probe')")?;

    // A wired device that says it: in names, in values, in text, in what is no message at all.
    let device = Device::new(31)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Name and value pairs")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    for count in 0..40 {
        device.raw(format!("{said}:{count},t:{count}\nnote:{said}\nhello {said}\n\u{1b}]0;{said}\u{7}\n").as_bytes());
    }
    stage.terminal(&said)?;
    stage.tab.wait("its field among the values", SOON, |tab| {
        let shown = tab.eval("document.querySelector('table.values').innerText")?;
        Ok(shown.as_str().unwrap_or_default().contains(&said).then_some(()))
    })?;
    // A person at work on it, who types a password to the device.
    stage.send(&format!("wifi {typed}"))?;
    stage.tab.click("button", "As table")?;
    stage.tab.click("button", "As table")?;
    stage.tab.click("button", "Pause")?;
    for tab in ["Rejected", "Profile", "Commands"] {
        stage.tab.click("tab", tab)?;
    }
    stage.tab.wait("the password at the device", SOON, |_| Ok(device.received().contains(&typed).then_some(())))?;
    stage.tab.click("button", "Disconnect")?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    stage.tab.click("button", "Connect again")?;
    stage.connected()?;
    // The demo beside it.
    stage.tab.click("link", "Ferrule, start page")?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.send(&format!("hello {typed}"))?;
    stage.terminal(&typed)?;

    let ways: Value = stage.tab.eval("globalThis.waysOut")?;
    ensure!(ways == json!([]), "used was {ways}");
    let during = stored(stage)?;
    stage.tab.reload()?;
    stage.tab.the("button", "Try the demo device")?;
    let after = stored(stage)?;
    for (what, text) in [("while it was open", &during), ("after a reload", &after)] {
        for (whose, token) in [("the device said", &said), ("was typed to the device", &typed)] {
            let at = text.find(token.as_str());
            let near = at.map(|at| text.get(at.saturating_sub(80)..at + 40).unwrap_or_default());
            ensure!(at.is_none(), "what {whose} is stored, {what}: {near:?}");
        }
    }
    // Every request was for a file of the release, by its name and without anything added to it.
    let list = release.list()?;
    let files = list["files"].as_object().ok_or("the release names no files")?;
    let origin = release.origin();
    let own = ["demo", "targets", "release.json", "sw.js", "manifest.webmanifest", "nothing-here", "favicon.ico"];
    let requests = stage.tab.requests()?;
    ensure!(requests.iter().any(|url| url.ends_with("worker_bg.wasm")), "requests are not seen: {requests:?}");
    for url in requests {
        let path = url.strip_prefix(&format!("{origin}/")).map(|path| path.split('#').next().unwrap_or_default());
        let known = path.is_some_and(|path| files.contains_key(path) || own.contains(&path));
        ensure!(known || demo::local(&url), "a request for {url}");
    }
    Ok(())
}
