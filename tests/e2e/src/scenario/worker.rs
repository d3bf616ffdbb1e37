//! The worker dies: the page goes on with another one.

use super::demo;
use crate::device::Device;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::time::{Duration, Instant};

/// A message that claims to be 2 GiB long: the worker asks for more memory than there can be, which is a panic of the
/// program itself, and the trap that ends it.
pub const PANIC: &str = "setTimeout(() => { const data = new Uint8Array(1); \
                     Object.defineProperty(data, 'length', { value: 2 ** 31 }); self.onmessage({ data }); })";

/// An error without a panic, as a trap has it.
const ERROR: &str = "setTimeout(() => { throw new RuntimeError('unreachable executed'); }); \
                     var RuntimeError = WebAssembly.RuntimeError";

const STOPPED: &str = "The part of this page that holds the data stopped at";

/// Waits until another worker has taken over, which must not take long, and the link is open.
fn taken_over(stage: &mut Stage<'_>, workers: usize) -> Outcome {
    let begun = Instant::now();
    let limit = Duration::from_secs(10);
    stage.tab.wait("another worker", limit, |tab| Ok((tab.workers()? > workers).then_some(())))?;
    println!("   another worker after {} ms", begun.elapsed().as_millis());
    stage.tab.says(STOPPED, SOON)?;
    stage.connected()
}

pub fn panics(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    // A profile of the user's in force, and another one being written.
    let profile = stage.profile("demo")?.replacen("name = \"Motor drive\"", "name = \"Renamed drive\"", 1);
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &profile)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.reads("region", "Device", "Renamed drive", SOON)?;
    stage.tab.fill("textbox", "Profile as TOML", &format!("{profile}# a draft\n"))?;
    // A second session, which the user has closed.
    stage.tab.click("link", "Ferrule, start page")?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.tab.click("button", "Disconnect")?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    let sessions = stage.tab.all("link", "Point to point: *")?;
    stage.tab.press(sessions.first().ok_or("the first session is gone")?)?;
    stage.connected()?;
    stage.no_problems()?;
    // The plot stands still at data that will be gone, and a line is half typed.
    stage.tab.click("button", "Pause")?;
    stage.tab.fill("textbox", "Line to send", "get lim")?;

    let workers = stage.tab.workers()?;
    stage.tab.in_worker(PANIC)?;
    taken_over(stage, workers)?;
    let typed = "document.activeElement.id + ' ' + document.activeElement.value";
    stage.tab.wait("the half line under the focus", SOON, |tab| {
        Ok((tab.eval(typed)? == "send-line get lim").then_some(()))
    })?;
    let paused = stage.tab.the("button", "Pause")?;
    let paused = stage.tab.on(&paused, "function () { return this.getAttribute('aria-pressed'); }", json!([]))?;
    ensure!(paused == "false", "the plot stands still where there is nothing");
    stage.tab.says("The 2 sessions were opened again and go on. It said: capacity overflow (", SOON)?;
    stage.tab.reads("region", "Device", "Renamed drive", SOON)?;
    let ledger = stage.ledger_until("frames from the beginning", SOON, |ledger| ledger.frames >= 50)?;
    ensure!(ledger.rejected == 0, "the profile in force is another: {ledger:?}");
    stage.value_until("speed", |value| !value.is_empty())?;
    stage.plot_is_drawn()?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    stage.tab.click("tab", "Profile")?;
    let draft = stage.tab.eval("document.getElementById('profile-text').value.endsWith('# a draft\\n')")?;
    ensure!(draft.as_bool() == Some(true), "the draft is gone");
    // The death is complained of once or twice, and nothing else is.
    let problems = stage.tab.problems()?;
    let other = problems.iter().find(|said| !["panicked", "unreachable", "capacity"].iter().any(|w| said.contains(w)));
    ensure!(other.is_none(), "the browser complains also: {other:?}");
    stage.tab.click("button", "Dismiss")?;
    stage.tab.wait("the notice is gone", SOON, |tab| Ok(tab.find("button", "Dismiss")?.is_none().then_some(())))?;
    ensure!(stage.tab.workers()? == workers + 1, "one death, and {} workers more", stage.tab.workers()? - workers);
    // What the user closed stays closed, and opens when asked.
    let sessions = stage.tab.all("link", "Point to point: *")?;
    stage.tab.press(sessions.get(1).ok_or("the second session is gone")?)?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    stage.tab.click("button", "Connect again")?;
    stage.connected()?;
    stage.ledger_until("frames of the second", SOON, |ledger| ledger.frames > 10).map(drop)
}

pub fn keeps_failing(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    for _ in 0..3 {
        let workers = stage.tab.workers()?;
        stage.tab.in_worker(ERROR)?;
        taken_over(stage, workers)?;
    }
    let workers = stage.tab.workers()?;
    stage.tab.in_worker(ERROR)?;
    stage.tab.says("keeps stopping. Reload the page to start afresh. It said: ", SOON)?;
    stage.tab.says("unreachable executed", SOON)?;
    std::thread::sleep(Duration::from_secs(1));
    ensure!(stage.tab.workers()? == workers, "it was given up, and yet another was started");
    stage.tab.click("button", "Reload the page")?;
    stage.tab.the("button", "Try the demo device").map(drop)
}

pub fn with_a_port(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(11)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    for script in [PANIC, ERROR] {
        let workers = stage.tab.workers()?;
        stage.tab.in_worker(script)?;
        taken_over(stage, workers)?;
        stage.ledger_until("frames through the port opened again", SOON, |ledger| ledger.frames >= 100)?;
    }
    stage.tab.says("The session was opened again and goes on.", SOON)
}
