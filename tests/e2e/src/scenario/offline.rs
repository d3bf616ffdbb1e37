//! The console kept in the browser: started without a server, brought up to date, taken away again.

use super::demo;
use super::screens::Findings;
use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::release::Release;
use crate::stage::Stage;
use crate::tab::{SOON, text};
use serde_json::{Value, json};
use std::time::Duration;

/// Serves a release of the scenario's own, opens it, and waits until it is kept.
pub(super) fn kept<'s>(stage: &mut Stage<'s>) -> Result<Release<'s>, Failure> {
    let release = Release::serve(stage.site)?;
    stage.origin = release.origin();
    stage.start()?;
    let identity = text(&release.list()?["release"]);
    stage.tab.wait("the release is kept", SOON, |tab| {
        let current = text(&tab.eval(CURRENT)?);
        Ok((current == identity).then_some(()))
    })?;
    Ok(release)
}

/// The identity of the release that is answered from.
const CURRENT: &str =
    "caches.open('ferrule').then(c => c.match('state')).then(r => r && r.json()).then(s => s?.current?.release ?? '')";

/// What is kept, by the caches' names.
const CACHES: &str = "caches.keys().then(names => names.sort().join(' '))";

/// Has the service worker ask its server for a new release, and waits until it has done with it.
const CHECK: &str = "navigator.serviceWorker.ready.then(r => new Promise(done => { const { port1, port2 } = new \
    MessageChannel(); port1.onmessage = e => done(e.data); r.active.postMessage('check'); \
    r.active.postMessage('state', [port2]); }))";

/// The server is stopped and the network gone.
fn cut(stage: &mut Stage<'_>, release: &mut Release<'_>) -> Outcome {
    release.stop();
    network(stage, false)
}

fn network(stage: &mut Stage<'_>, there: bool) -> Outcome {
    let conditions = json!({ "offline": !there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    stage.tab.call("Network.emulateNetworkConditions", conditions).map(drop)
}

/// Loads the page anew and waits for it.
fn again(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.reload()?;
    stage.tab.the("button", "Try the demo device").map(drop)
}

fn demo_streams(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.value_until("speed", |value| !value.is_empty())?;
    stage.plot_is_drawn()
}

pub fn installable(stage: &mut Stage<'_>) -> Outcome {
    let release = Release::serve(stage.site)?;
    // What a browser installs is never of a private window, and a scenario's own context is one.
    let cdp = &mut *stage.tab.cdp;
    let target = text(&cdp.call("", "Target.createTarget", json!({ "url": release.origin() }))?["targetId"]);
    let attach = json!({ "targetId": target, "flatten": true });
    let session = text(&cdp.call("", "Target.attachToTarget", attach)?["sessionId"]);
    let limit = std::time::Instant::now() + SOON;
    let outcome = loop {
        // The first page of a new tab gives way to the one that was asked for, and takes the answer with it.
        let errors = cdp
            .call(&session, "Page.getInstallabilityErrors", json!({}))
            .map(|found| found["installabilityErrors"].clone());
        let manifest = cdp.call(&session, "Page.getAppManifest", json!({}));
        let why = match (errors, manifest) {
            (Ok(errors), Ok(manifest)) if errors == json!([]) && !text(&manifest["data"]).is_empty() => {
                break Ok(manifest);
            }
            (errors, manifest) => format!("it cannot be installed: {errors:?}, {manifest:?}"),
        };
        if std::time::Instant::now() > limit {
            break Err(Failure(why));
        }
        std::thread::sleep(Duration::from_millis(100));
    };
    let fetched = "Promise.all(['icons/192.png', 'icons/512.png', 'icons/maskable-512.png', 'screens/device-light.png', \
        'screens/device-phone.png'].map(p => fetch(p).then(r => r.blob()).then(createImageBitmap).then(b => b.width)))";
    let evaluate = json!({ "expression": fetched, "awaitPromise": true, "returnByValue": true });
    let widths = cdp.call(&session, "Runtime.evaluate", evaluate)?["result"]["value"].clone();
    let everything = json!({ "origin": release.origin(), "storageTypes": "all" });
    let _ = cdp.call("", "Storage.clearDataForOrigin", everything);
    let _ = cdp.call("", "Target.closeTarget", json!({ "targetId": target }));
    let manifest = outcome?;
    ensure!(manifest["errors"] == json!([]), "the manifest has errors: {}", manifest["errors"]);
    let said: Value = serde_json::from_str(manifest["data"].as_str().unwrap_or_default())?;
    ensure!(said["display"] == "standalone" && said["file_handlers"].is_array(), "the manifest says {said}");
    ensure!(widths == json!([192, 512, 512, 1280, 780]), "its pictures are {widths} wide");
    Ok(())
}

pub fn starts(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    cut(stage, &mut release)?;
    again(stage)?;
    demo_streams(stage)?;
    // By another way in as well, and in another language.
    let origin = stage.origin.clone();
    stage.tab.go(&format!("{origin}/index.html#/demo"))?;
    stage.connected()?;
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    // What the release does not have is not made up.
    let nothing = stage.tab.eval("fetch('nothing-here').then(r => r.status, () => 'no network')")?;
    ensure!(nothing == "no network", "a file that does not exist is answered with {nothing}");
    Ok(())
}

pub fn with_a_port(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    cut(stage, &mut release)?;
    let device = Device::new(21)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.send("set speed 1200")?;
    stage.terminal("ok speed 1200")?;
    ensure!(device.received() == "set speed 1200\n", "the device received {:?}", device.received());
    Ok(())
}

/// The page's mark, and whether it is the page that was marked by a scenario.
const MARKS: &str =
    "(document.querySelector('meta[name=mark]')?.content ?? 'first') + (globalThis.same ? ' same' : ' anew')";

pub fn update(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    demo_streams(stage)?;
    stage.tab.eval("globalThis.same = true")?;
    release.publish("second")?;
    let heard = stage.tab.eval(CHECK)?;
    ensure!(heard == "ready", "the service worker says {heard}");
    stage.tab.says("A new version of Ferrule is ready. It waits while a session is open", SOON)?;
    let mut found = Findings::new(stage)?;
    found.look(stage, "a release that waits")?;
    found.none()?;
    let beside = stage.tab.open_beside(&format!("{}/#/demo", release.origin()))?;
    let tabs = "navigator.locks.query().then(l => l.held.filter(l => l.name === 'ferrule: a session is open').length)";
    stage.tab.wait("a session in another tab", SOON, |tab| Ok((tab.eval(tabs)? == 2).then_some(())))?;
    // Allowed: and still it waits, and the session goes on.
    stage.tab.click("button", "Update when idle")?;
    stage.tab.says("as soon as every session is closed", SOON)?;
    let before = stage.ledger()?;
    stage.ledger_until("frames all the while", SOON, |now| now.frames > before.frames + 200)?;
    // Not even asked directly does the service worker give way.
    stage.tab.eval("navigator.serviceWorker.ready.then(r => r.active.postMessage('take'))")?;
    std::thread::sleep(Duration::from_millis(500));
    ensure!(stage.tab.eval(MARKS)? == "first same", "the page was loaded anew under a session");
    let first = text(&stage.tab.eval(CURRENT)?);
    stage.close_session()?;
    stage.tab.says("a session is open in another tab", SOON)?;
    ensure!(stage.tab.eval(MARKS)? == "first same", "the page was loaded anew under another tab's session");
    ensure!(text(&stage.tab.eval(CURRENT)?) == first, "the release changed under another tab's session");
    stage.tab.close_beside(&beside)?;
    stage
        .tab
        .wait("the page of the second release", SOON, |tab| Ok((tab.eval(MARKS)? == "second anew").then_some(())))?;
    stage.tab.the("button", "Try the demo device")?;
    // The one before is gone, the new one is whole.
    let identity = text(&release.list()?["release"]);
    let names = text(&stage.tab.eval(CACHES)?);
    ensure!(names == format!("ferrule ferrule-{identity}"), "kept is {names}");
    cut(stage, &mut release)?;
    again(stage)?;
    ensure!(stage.tab.eval(MARKS)? == "second anew", "without a network it is another release");
    demo_streams(stage)
}

pub fn half(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    let before = text(&stage.tab.eval(CACHES)?);
    // The new release names a file that the server does not have as it says.
    let mut list = release.list()?;
    list["release"] = json!("0123456789abcdef");
    list["files"]["worker_bg.wasm"] = json!(format!("{}=", "A".repeat(43)));
    release.publish_list(&list)?;
    let heard = stage.tab.eval(CHECK)?;
    ensure!(heard == "none", "half a release waits to take over: {heard}");
    let after = text(&stage.tab.eval(CACHES)?);
    ensure!(after == before, "kept is {after}, it was {before}");
    ensure!(stage.tab.find("button", "Update when idle")?.is_none(), "half a release is offered");
    cut(stage, &mut release)?;
    again(stage)?;
    demo_streams(stage)
}

pub fn damaged(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    let spoil = "caches.open('ferrule-' + NAME).then(c => c.match('worker_bg.wasm').then(r => r.arrayBuffer()).then(b => { \
                 new Uint8Array(b)[b.byteLength >> 1] ^= 1; return c.put('worker_bg.wasm', new Response(b, { headers: { \
                 'Content-Type': 'application/wasm' } })); }))";
    let identity = text(&release.list()?["release"]);
    let spoil = spoil.replace("NAME", &format!("'{identity}'"));
    // With the server there, what is damaged is fetched again.
    stage.tab.eval(&spoil)?;
    again(stage)?;
    cut(stage, &mut release)?;
    again(stage)?;
    demo_streams(stage)?;
    // Without it, words take the place of half a console.
    stage.tab.eval(&spoil)?;
    stage.tab.reload()?;
    stage.tab.says("Ferrule cannot start", SOON)?;
    stage.tab.says("Connect to the network, then load this page again.", SOON)?;
    release.go_on()?;
    network(stage, true)?;
    again(stage)?;
    demo_streams(stage)
}

/// How many caches and service workers there are.
const LEFT: &str =
    "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(l => l.map(l => l.length).join())";

pub fn withdrawn(stage: &mut Stage<'_>) -> Outcome {
    let mut release = kept(stage)?;
    let list = release.list()?;
    demo_streams(stage)?;
    stage.tab.eval("globalThis.same = true")?;
    release.publish_list(&json!({ "kill": true }))?;
    stage.tab.eval("navigator.serviceWorker.ready.then(r => r.active.postMessage('check'))")?;
    stage.tab.says("The server withdrew the copy of Ferrule kept in this browser", SOON)?;
    let left = stage.tab.eval(LEFT)?;
    ensure!(left == "0,0", "caches and service workers left: {left}");
    // The session goes on, and nothing was loaded anew.
    let before = stage.ledger()?;
    stage.ledger_until("frames all the while", SOON, |now| now.frames > before.frames + 200)?;
    ensure!(stage.tab.eval(MARKS)? == "first same", "the page was loaded anew");
    stage.tab.click("button", "Dismiss")?;
    // From now on the page is the server's, and it is not kept again while it is withdrawn.
    again(stage)?;
    gone_for_good(stage)?;
    demo_streams(stage)?;
    // Kept again; and this time it is a page being opened that learns of it, before it can hear anything.
    release.publish_list(&list)?;
    again(stage)?;
    let identity = text(&list["release"]);
    stage
        .tab
        .wait("the release is kept again", SOON, |tab| Ok((tab.eval(CURRENT)? == identity.as_str()).then_some(())))?;
    again(stage)?;
    stage.tab.wait("a page from what is kept", SOON, |tab| {
        Ok((tab.eval("navigator.serviceWorker.controller !== null")? == true).then_some(()))
    })?;
    release.publish_list(&json!({ "kill": true }))?;
    again(stage)?;
    stage.tab.says("The server withdrew the copy of Ferrule kept in this browser", SOON)?;
    gone_for_good(stage)?;
    demo_streams(stage)?;
    again(stage)?;
    gone_for_good(stage)
}

/// Neither caches nor service workers are left, nor come again once the page has settled.
fn gone_for_good(stage: &mut Stage<'_>) -> Outcome {
    std::thread::sleep(Duration::from_secs(4));
    let left = stage.tab.eval(LEFT)?;
    ensure!(left == "0,0", "caches and service workers left: {left}");
    Ok(())
}

/// A file opened with the installed console, as the system hands it over: the launch queue is the browser's own, and what
/// it would be told by the system is said by the scenario.
const LAUNCH: &str = "Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer(consumer) { \
    globalThis.opened = text => consumer({ files: [{ name: 'bench.toml', getFile: async () => new File([text], 'bench.toml') }] }); } } });";

pub fn opened_file(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    let there = stage.tab.eval("typeof launchQueue?.setConsumer")?;
    ensure!(there == "function", "this browser has no launch queue: {there}");
    stage.tab.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LAUNCH }))?;
    demo::open(stage)?;
    let before = stage.tab.requests()?.len();
    let open = |stage: &mut Stage<'_>, profile: &str| stage.tab.eval(&format!("opened({})", json!(profile))).map(drop);
    open(
        stage,
        "name = \"Opened file\"\n[link]\nkind = \"websocket\"\nurl = \"ws://127.0.0.1:9/\"\n[protocol]\nname = \"json\"\n",
    )?;
    stage.tab.reads("heading", "Opened file", "Opened file", SOON)?;
    stage.tab.says("127.0.0.1:9", SOON)?;
    // Nothing was opened by it, and the session that was open goes on.
    let requests = stage.tab.requests()?.split_off(before);
    ensure!(!requests.iter().any(|url| url.starts_with("ws:")), "it was opened: {requests:?}");
    let sessions = stage.tab.all("link", "Point to point: *")?;
    ensure!(sessions.len() == 1, "{} sessions are open", sessions.len());
    // What is no profile says so.
    open(stage, "<h1>no profile</h1>")?;
    stage.tab.says("Line 1", SOON)?;
    // What is too large for one is not cut to one that would do.
    stage.tab.eval("opened('name = \"Cut\"\\n[link]\\nkind = \"serial\"\\n[protocol]\\nname = \"json\"\\n'.padEnd(1100000, '\\n'))")?;
    stage.tab.says("bench.toml was not opened: it is larger than 1 MiB", SOON)?;
    ensure!(stage.tab.find("heading", "Cut")?.is_none(), "a file was cut and shown");
    stage.tab.click("button", "Dismiss")?;
    let sessions = stage.tab.all("link", "Point to point: *")?;
    stage.tab.press(sessions.first().ok_or("the session is gone")?)?;
    stage.tab.the("contentinfo", "Ledger")?;
    let now = stage.ledger()?;
    stage.ledger_until("frames all the while", SOON, |ledger| ledger.frames > now.frames + 100).map(drop)
}

pub fn hidden(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(22)?;
    stage.open_wired(&device)?;
    stage.tab.eval(
        "globalThis.states = []; addEventListener('visibilitychange', () => states.push(document.visibilityState))",
    )?;
    // For comparison, what would have to fetch the bytes in a page that goes by a timer, or by its frames.
    stage.tab.eval(
        "globalThis.ticks = 0; globalThis.frames = 0; setInterval(() => ticks++, 50); \
         (function frame() { frames++; requestAnimationFrame(frame) })(); 0",
    )?;
    // Whoever drives a browser keeps its pages from being hidden; not now.
    stage.tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": false }))?;
    device.rate(5_000);
    device.go();
    let beside = stage.tab.open_in_front("about:blank")?;
    stage
        .tab
        .wait("the tab is hidden", SOON, |tab| Ok((tab.eval("document.visibilityState")? == "hidden").then_some(())))?;
    let before = device.bytes();
    let count = |stage: &mut Stage<'_>| stage.tab.eval("[ticks, frames].join()");
    let ticked = numbers(&count(stage)?);
    // Longer than any timer or frame that a hidden tab is allowed; and for a while it would be frozen, if it may be.
    std::thread::sleep(Duration::from_secs(8));
    stage.tab.call("Page.setWebLifecycleState", json!({ "state": "frozen" }))?;
    std::thread::sleep(Duration::from_secs(3));
    stage.tab.call("Page.setWebLifecycleState", json!({ "state": "active" }))?;
    std::thread::sleep(Duration::from_secs(2));
    ensure!(device.bytes() > before + 500_000, "a hidden tab took {} bytes only", device.bytes() - before);
    // Of 260 ticks and 780 frames in thirteen seconds there were next to none.
    let now = numbers(&count(stage)?);
    let [ticks, frames] = [0, 1].map(|n| now.get(n).unwrap_or(&0) - ticked.get(n).unwrap_or(&0));
    ensure!(ticks < 60 && frames < 60, "this browser holds back neither timers ({ticks}) nor frames ({frames})");
    stage.tab.close_beside(&beside)?;
    stage.tab.call("Page.bringToFront", json!({}))?;
    stage.tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
    let (bytes, frames) = device.rest()?;
    let ledger = stage.ledger_until("every byte", SOON, |ledger| ledger.bytes_in >= bytes)?;
    ensure!(ledger.bytes_in == bytes && ledger.frames == frames, "{frames} frames in {bytes} bytes sent: {ledger:?}");
    let states = stage.tab.eval("states.join()")?;
    ensure!(text(&states).starts_with("hidden"), "it was {states}");
    Ok(())
}

/// Numbers between commas.
fn numbers(answer: &serde_json::Value) -> Vec<i64> {
    text(answer).split(',').filter_map(|number| number.parse().ok()).collect()
}
