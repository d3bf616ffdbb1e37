//! Every device of a broker in one table.

use super::mqtt::{folder, open};
use super::plot::download;
use crate::ensure;
use crate::failure::Outcome;
use crate::server::Broker;
use crate::stage::Stage;
use crate::tab::SOON;
use std::time::{Duration, Instant};

/// A profile of many, with commands.
fn profile(broker: &Broker) -> String {
    format!(
        r#"
name = "Water meters"
[link]
kind = "mqtt"
url = "{}"
topics = ["meters/{{device}}/state"]
[protocol]
name = "json"
[[fields]]
name = "flow"
unit = "L/h"
[fleet]
columns = ["zone", "flow"]
[fleet.presence]
topic = "meters/{{device}}/status"
[[commands]]
name = "Valve"
topic = "meters/{{device}}/set"
text = "valve {{open}}"
args = [{{ name = "open", kind = "integer", min = 0, max = 100 }}]
qos = 1
reply = {{ topic = "meters/{{device}}/ack", contains = "ok", within_millis = 4000 }}
[[commands]]
name = "Reset"
topic = "meters/{{device}}/reset"
text = "now"
dangerous = true
"#,
        broker.url()
    )
}

fn begin(stage: &mut Stage<'_>, broker: &Broker) -> Outcome {
    stage.start()?;
    stage.keep(&profile(broker))?;
    stage.tab.click("button", "Open")?;
    stage.connected()
}

/// The names of the rows that are there, in their order.
const ROWS: &str = "[...document.querySelectorAll('.fleet tbody th.fleet-name')].map(e => e.textContent).join(' ')";

pub(super) fn rows_are(stage: &mut Stage<'_>, expected: &str) -> Outcome {
    let until = Instant::now() + SOON;
    loop {
        let rows = stage.tab.eval(ROWS)?;
        if rows == expected {
            return Ok(());
        }
        ensure!(Instant::now() < until, "the rows are {rows}, not {expected}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub fn fleet(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "fleet"), None)?;
    let say = |device: &str, payload: &str| broker.publish(&format!("meters/{device}/state"), payload, &[]);
    broker.publish("meters/wm-4/state", "{\"flow\": 7, \"zone\": \"South\"}", &["-r"])?;
    stage.start()?;
    open(stage, &broker.url(), "meters/{device}/state")?;
    stage.connected()?;
    for (device, flow, zone) in [("wm-10", 30, "North"), ("wm-9", 340, "North"), ("wm-2", 46, "South")] {
        say(device, &format!("{{\"flow\": {flow}, \"zone\": {zone:?}}}"))?;
    }
    say("wm-3", "{oops")?;
    // Numbers in names count as numbers; what the broker kept says nothing of whether the device is there.
    rows_are(stage, "wm-2 wm-3 wm-4 wm-9 wm-10")?;
    stage.tab.reads("region", "Table of devices", "Not understood", SOON)?;
    stage.tab.the("button", "Silent: 1")?;
    stage.tab.the("button", "Connected: 3")?;
    stage.tab.click("button", "flow")?;
    rows_are(stage, "wm-4 wm-10 wm-2 wm-9 wm-3")?;
    stage.tab.click("button", "flow")?;
    rows_are(stage, "wm-9 wm-2 wm-10 wm-4 wm-3")?;
    // While the focus is among the rows they stand still, whatever comes.
    stage.tab.eval("document.querySelector('.fleet-row').focus()")?;
    say("wm-10", "{\"flow\": 900}")?;
    stage.tab.says("Order held, 1 would move.", SOON)?;
    rows_are(stage, "wm-9 wm-2 wm-10 wm-4 wm-3")?;
    stage.tab.click("button", "Sort again")?;
    rows_are(stage, "wm-10 wm-9 wm-2 wm-4 wm-3")?;
    stage.tab.fill("searchbox", "Filter devices", "flow > 40 north")?;
    rows_are(stage, "wm-10 wm-9")?;
    stage.tab.fill("searchbox", "Filter devices", "pressure > 1")?;
    stage.tab.says("there is no column `pressure`; there are: flow, zone", SOON)?;
    stage.tab.fill("searchbox", "Filter devices", "")?;
    stage.tab.choose("Group by", "zone")?;
    stage.tab.the("button", "North")?;
    stage.tab.click("button", "North")?;
    rows_are(stage, "wm-2 wm-4 wm-3")?;
    // A device by itself: its own session, with its own values.
    stage.tab.eval("document.querySelector('.fleet tbody th.fleet-name').closest('tr').focus()")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    say("wm-9", "{\"flow\": 1}")?;
    say("wm-2", "{\"flow\": 47.5}")?;
    stage.value_until("flow", |value| value.starts_with("47.5"))?;
    let ledger = stage.ledger()?;
    ensure!(ledger.frames == 1, "other devices are heard, too: {ledger:?}");
    // It is whole: what it said is drawn and written down.
    stage.terminal("meters/wm-2/state")?;
    say("wm-2", "{\"flow\": 48.5}")?;
    stage.plot_is_drawn()?;
    // And back, to the table as it was left.
    stage.tab.click("link", "Back to JSON messages")?;
    rows_are(stage, "wm-2 wm-4 wm-3")?;
    // Live sorting, with the pointer among the rows: nothing moves until it has left.
    stage.tab.choose("Group by", "nothing")?;
    stage.tab.click("button", "flow")?;
    rows_are(stage, "wm-9 wm-4 wm-2 wm-10 wm-3")?;
    let row = stage.tab.the("button", "wm-4")?;
    let [x, y, ..] = stage.tab.place(&row)?;
    stage.tab.mouse("mouseMoved", (x + 2.0, y + 2.0))?;
    for (device, flow) in [("wm-9", 5000), ("wm-2", -3), ("wm-11", -9)] {
        say(device, &format!("{{\"flow\": {flow}}}"))?;
    }
    stage.tab.says("Order held, 3 would move.", SOON)?;
    rows_are(stage, "wm-9 wm-4 wm-2 wm-10 wm-3 wm-11")?;
    stage.tab.mouse("mouseMoved", (2.0, 2.0))?;
    rows_are(stage, "wm-11 wm-2 wm-4 wm-10 wm-9 wm-3")?;
    Ok(())
}

/// Gives the row of that place the focus.
fn focus_row(stage: &mut Stage<'_>, device: &str) -> Outcome {
    let script = format!(
        "[...document.querySelectorAll('.fleet-row')].find(row => row.querySelector('.fleet-open')?.textContent === '{device}').focus()"
    );
    stage.tab.eval(&script).map(drop)
}

pub fn command(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "fleet-command"), None)?;
    begin(stage, &broker)?;
    for (device, flow) in [("wm-1", 10), ("wm-2", 20), ("wm-9", 30), ("wm-10", 40)] {
        broker.publish(&format!("meters/{device}/state"), &format!("{{\"flow\": {flow}}}"), &[])?;
    }
    rows_are(stage, "wm-1 wm-2 wm-9 wm-10")?;
    let mut devices = broker.answering(3, "wm-9")?;
    // By keys: the space bar selects a row, Shift and an arrow the next one, too.
    focus_row(stage, "wm-1")?;
    stage.tab.press_keys(" ")?;
    stage.tab.says("1 device selected", SOON)?;
    stage.tab.click("checkbox", "Select wm-2")?;
    stage.tab.click("checkbox", "Select wm-9")?;
    stage.tab.says("3 devices selected", SOON)?;
    std::thread::sleep(Duration::from_secs(1));
    stage.tab.fill("textbox", "open", "400")?;
    stage.tab.click("button", "Valve: send to 3 devices")?;
    stage.tab.says("open must be at most 100", SOON)?;
    stage.tab.fill("textbox", "open", "40")?;
    stage.tab.click("button", "Valve: send to 3 devices")?;
    stage.tab.says("Valve: 3 of 3 devices", SOON)?;
    stage.tab.the("button", "2 replied")?;
    stage.tab.the("button", "1 no reply")?;
    stage.tab.reads("region", "Table of devices", "ok valve 40", SOON)?;
    let _ = devices.kill();
    let _ = devices.wait();
    // Those that did not answer alone; all of them selected, and the table as a file.
    stage.tab.click("button", "1 no reply")?;
    rows_are(stage, "wm-9")?;
    stage.tab.click("button", "Export")?;
    stage.tab.the("menuitem", "Save as CSV")?;
    let (_, csv) = download(stage, "Save as CSV", "csv")?;
    let csv = String::from_utf8_lossy(&csv).into_owned();
    ensure!(
        csv.starts_with(
            "device,state,last seen,messages,rejected,missing,flow [L/h],Valve,milliseconds,reply\r\nwm-9,connected,"
        ) && csv.trim_end().ends_with(",30,no reply,,")
            && csv.lines().count() == 2,
        "the file has {csv:?}"
    );
    stage.tab.click("button", "1 no reply")?;
    stage.tab.click("button", "Select none")?;
    stage.tab.fill("searchbox", "Filter devices", "flow > 15")?;
    rows_are(stage, "wm-2 wm-9 wm-10")?;
    stage.tab.click("checkbox", "Select all 3 devices listed")?;
    stage.tab.says("3 devices selected", SOON)?;
    // One that does harm is armed, told to how many it goes, and goes out one a second until it is cancelled.
    let listener = broker.listen("meters/wm-2/reset")?;
    std::thread::sleep(Duration::from_secs(1));
    stage.tab.choose("Command to the selected devices", "Reset")?;
    stage.tab.click("button", "Reset: send to 3 devices")?;
    stage.tab.says("arm it, then send it", SOON)?;
    stage.tab.click("checkbox", "Arm Reset")?;
    stage.tab.says("Reset sends 3 bytes to meters/{device}/reset: “now”.", SOON)?;
    stage.tab.says("It goes to 3 devices, 1 a second at most", SOON)?;
    stage.tab.click("button", "Reset: send to 3 devices")?;
    stage.tab.click("button", "Cancel")?;
    stage.tab.wait("some that were not sent to", SOON, |tab| {
        let chips = tab.eval("document.querySelector('.fleet-came').innerText")?;
        Ok(chips.as_str().unwrap_or_default().contains("not sent").then_some(()))
    })?;
    let heard = listener.wait_with_output()?;
    ensure!(heard.stdout == b"now\n", "the first of them heard {:?}", String::from_utf8_lossy(&heard.stdout));
    stage.tab.click("button", "Dismiss results")?;
    // The same command to one of them from its own session.
    let listener = broker.listen("meters/+/set")?;
    focus_row(stage, "wm-10")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.fill("textbox", "open", "7")?;
    stage.tab.click("button", "Valve")?;
    let heard = listener.wait_with_output()?;
    ensure!(heard.stdout == b"valve 7\n", "the device heard {:?}", String::from_utf8_lossy(&heard.stdout));
    stage.terminal("meters/wm-10/set")?;
    stage.no_problems()
}

/// What the row of a device says.
fn row_says(stage: &mut Stage<'_>, device: &str, parts: &[&str]) -> Outcome {
    let script = format!(
        "[...document.querySelectorAll('.fleet-row')].find(row => row.querySelector('.fleet-open')?.textContent === '{device}')?.innerText ?? ''"
    );
    stage.tab.wait(&format!("{device} with {parts:?}"), SOON, |tab| {
        let row = tab.eval(&script)?;
        let row = row.as_str().unwrap_or_default().to_owned();
        Ok(parts.iter().all(|part| row.contains(part)).then_some(()))
    })
}

pub fn presence(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "fleet-presence"), None)?;
    broker.publish("meters/wm-1/state", "{\"flow\": 10, \"zone\": \"North\", \"battery\": 80}", &["-r"])?;
    broker.publish("meters/wm-1/status", "online", &["-r"])?;
    broker.publish("meters/wm-2/status", "offline", &["-r"])?;
    let mut mortal = broker.mortal("meters/wm-3/status", "offline")?;
    begin(stage, &broker)?;
    rows_are(stage, "wm-1 wm-2")?;
    // What was kept says of one that it is gone, and of the other only that it was there once.
    row_says(stage, "wm-1", &["Silent", "10", "retained"])?;
    row_says(stage, "wm-2", &["Offline", "retained"])?;
    broker.publish("meters/wm-1/status", "online", &[])?;
    row_says(stage, "wm-1", &["Connected"])?;
    broker.publish("meters/wm-3/status", "online", &[])?;
    row_says(stage, "wm-3", &["Connected"])?;
    // It dies without a word: the broker tells its last will.
    mortal.kill()?;
    mortal.wait()?;
    row_says(stage, "wm-3", &["Offline"])?;
    stage.tab.the("button", "Offline: 2")?;
    stage.tab.choose("Group by", "State")?;
    rows_are(stage, "wm-2 wm-3 wm-1")?;
    // The profile's columns stand first; the user's choice is there again in the next session.
    stage.tab.the("columnheader", "zone")?;
    ensure!(stage.tab.find("columnheader", "battery")?.is_none(), "a column that the profile does not name is shown");
    stage.tab.click("button", "Columns")?;
    stage.tab.click("menuitemcheckbox", "zone")?;
    stage.tab.click("button", "Columns")?;
    stage.tab.click("menuitemcheckbox", "battery")?;
    stage.tab.click("button", "Close session")?;
    stage.keep(&profile(&broker))?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    rows_are(stage, "wm-2 wm-3 wm-1")?;
    stage.tab.the("columnheader", "battery")?;
    ensure!(stage.tab.find("columnheader", "zone")?.is_none(), "a column that was hidden is shown again");
    Ok(())
}
