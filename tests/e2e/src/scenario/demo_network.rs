//! The simulated network of `ferrule serve --demo`, by clicking.

use crate::ensure;
use crate::failure::Outcome;
use crate::scenario::demo::number;
use crate::scenario::fleet::rows_are;
use crate::scenario::shell::direct;
use crate::server::Served;
use crate::stage::Stage;
use crate::tab::SOON;

const NAMES: &str = "[...document.querySelectorAll('ul[aria-label=\"Demo network\"] .known-name b')].map(e => e.textContent)\
                     .join(', ')";

/// Opens one of the list, from wherever the page is.
fn open(stage: &mut Stage<'_>, name: &str) -> Outcome {
    stage.start_another()?;
    stage.tab.click("button", &format!("Open {name}"))?;
    stage.connected()
}

pub fn clicks(stage: &mut Stage<'_>) -> Outcome {
    // Without it the start page has no such list.
    stage.start()?;
    ensure!(stage.tab.find("list", "Demo network")?.is_none(), "there is a demo network that nobody offers");
    let words = ["--listen".as_ref(), "127.0.0.1:0".as_ref(), "--demo".as_ref(), "60".as_ref()];
    let served = Served::start_with(&stage.site.ferrule, &stage.site.dist, &words)?;
    stage.origin = served.origin.clone();
    stage.start()?;
    stage.tab.the("list", "Demo network")?;
    let names = stage.tab.eval(NAMES)?.as_str().unwrap_or_default().to_owned();
    let expected = "Demo building, Demo weather station, Demo weather events, Demo weather lines, Demo power supply, \
                    Demo boiler, Demo bench supply, Demo data logger";
    ensure!(names == expected, "the list has {names}");

    // The fleet, live; one of its devices is opened and commanded.
    stage.tab.click("button", "Open Demo building")?;
    stage.connected()?;
    stage.tab.fill("searchbox", "Filter devices", "pump")?;
    let pumps: Vec<String> = (1..=12).map(|number| format!("pump-{number:03}")).collect();
    rows_are(stage, &pumps.join(" "))?;
    stage.tab.reads("region", "Table of devices", "Connected", SOON)?;
    stage.tab.eval("document.querySelector('.fleet tbody th.fleet-name').closest('tr').focus()")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    stage.value_until("pressure", |value| number(value).is_some_and(|bar| (0.8..4.2).contains(&bar)))?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Switch the output")?;
    stage.tab.says("Switch the output: answered after", SOON)?;
    stage.terminal("site/pump-001/reply")?;
    stage.terminal("output off")?;

    // A request each second, and one that commands.
    open(stage, "Demo weather station")?;
    stage
        .value_until("air.temperature", |value| number(value).is_some_and(|celsius| (5.0..13.0).contains(&celsius)))?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Switch the heater")?;
    stage.tab.says("Switch the heater: answered after", SOON)?;

    // The same told unasked: as events, and as lines of one answer.
    for name in ["Demo weather events", "Demo weather lines"] {
        open(stage, name)?;
        stage.value_until("wind.direction", |value| {
            number(value).is_some_and(|degrees| (0.0..360.0).contains(&degrees))
        })?;
        let ledger = stage.ledger()?;
        ensure!(ledger.rejected == 0, "of {name} something is rejected: {ledger:?}");
    }

    // Ten readings a second; a voltage is set, and read.
    open(stage, "Demo power supply")?;
    stage.value_until("voltage", |value| number(value).is_some_and(|volts| (volts - 12.0).abs() < 0.2))?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Set the voltage")?;
    stage.tab.says("Set the voltage: answered after", SOON)?;
    stage.value_until("voltage", |value| number(value).is_some_and(|volts| (volts - 5.0).abs() < 0.2))?;
    stage.plot_is_drawn()?;

    // The shell, through the gateway: it echoes what is typed.
    open(stage, "Demo boiler")?;
    stage.tab.reads("region", "Device", "through this console's gateway", SOON)?;
    stage.send("status")?;
    stage.value_until("water", |value| number(value).is_some_and(|celsius| (40.0..86.0).contains(&celsius)))?;
    direct(stage)?;
    super::shell::line(stage, "set target 70")?;
    super::shell::sees_line(stage, "bc4> set target 70")?;
    super::shell::sees_line(stage, "ok target 70")?;
    let ledger = stage.ledger()?;
    ensure!(ledger.rejected == 0, "text of the shell is rejected: {ledger:?}");

    // Lines over plain TCP, through the gateway, both ways.
    open(stage, "Demo bench supply")?;
    stage.value_until("voltage", |value| number(value).is_some_and(|volts| (volts - 12.0).abs() < 0.2))?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Set the voltage")?;
    stage.tab.says("Set the voltage: answered after", SOON)?;
    stage.value_until("voltage", |value| number(value).is_some_and(|volts| (volts - 5.0).abs() < 0.2))?;

    // A data logger's file, opened as a log and drawn by the times in it: a day, not the moment in which it came.
    open(stage, "Demo data logger")?;
    stage.tab.reads("region", "Files", "TODAY.CSV", SOON)?;
    stage.tab.click("button", "Open TODAY.CSV")?;
    stage.value_until("battery", |value| number(value).is_some_and(|volts| (11.0..14.0).contains(&volts)))?;
    stage.plot_is_drawn()?;
    stage.tab.wait("a plot of more than seconds", SOON, |tab| {
        let note = tab.eval("document.querySelector('#plot-title + .panel-note')?.textContent ?? ''")?;
        Ok((!note.as_str().unwrap_or_default().contains(" ms ·")).then_some(()))
    })?;
    stage.no_problems()
}
