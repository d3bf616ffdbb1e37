//! The demo device, and what it can be asked to do wrong.

use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use std::time::Duration;

/// Opens the demo device from the start page.
pub fn open(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()
}

pub fn streams(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.tab.reads("region", "Device", "private to this tab and the device", SOON)?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.value_until("speed", |value| !value.is_empty())?;
    stage.value_until("state", |value| value == "ramping" || value == "running" || value == "idle")?;
    stage.terminal("motor drive ready")?;
    stage.plot_is_drawn()?;
    let ledger = stage.ledger()?;
    ensure!(ledger.rejected == 0 && ledger.skipped == 0, "a healthy device, and yet {ledger:?}");
    stage.tab.reads("contentinfo", "Ledger", "balanced", SOON)?;
    let origin = stage.site.origin.clone();
    let foreign = stage.tab.requests()?.into_iter().find(|url| !url.starts_with(&format!("{origin}/")) && !local(url));
    ensure!(foreign.is_none(), "a request to another origin: {}", foreign.unwrap_or_default());
    stage.no_problems()
}

/// Addresses that reach nobody.
pub(super) fn local(url: &str) -> bool {
    ["data:", "blob:"].iter().any(|scheme| url.starts_with(scheme))
}

pub fn commands(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.send("set speed 1500")?;
    stage.terminal("ok speed 1500")?;
    stage.value_until("speed_set", |value| number(value).is_some_and(|speed| (speed - 1500.0).abs() < 0.5))?;
    // The history brings the line back, and the device says what it does not understand.
    stage.tab.key("ArrowUp")?;
    stage.send("dance")?;
    stage.terminal("unknown command")?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Get limits")?;
    stage.tab.says("Get limits: answered after", SOON)?;
    stage.tab.fill("textbox", "speed in r/min", "4000")?;
    stage.tab.click("button", "Set speed")?;
    stage.tab.says("speed must be at most 3000", SOON)?;
    stage.tab.fill("textbox", "speed in r/min", "900")?;
    stage.tab.click("button", "Set speed")?;
    stage.terminal("ok speed 900")?;
    stage.no_problems()
}

/// The number a cell shows: with thin spaces between thousands and a true minus sign.
pub fn number(shown: &str) -> Option<f64> {
    let plain: String = shown.chars().filter(|c| c.is_ascii_digit() || ".-−".contains(*c)).collect();
    plain.replace('−', "-").parse().ok()
}

pub fn faults(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.tab.click("tab", "Commands")?;
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;

    stage.tab.click("button", "Fault: checksum")?;
    let ledger = stage.ledger_until("rejected frames", SOON, |ledger| ledger.rejected > 0)?;
    stage.ledger_until("good frames after bad ones", SOON, |now| now.frames > ledger.frames + 100)?;
    stage.tab.click("tab", "Rejected")?;
    stage.tab.says("checksum", SOON)?;
    stage.tab.click("tab", "Commands")?;

    stage.ledger_until("the end of the bad frames", SOON, |now| now.rejected + now.skipped >= 50 * 19)?;
    let before = stage.ledger()?;
    stage.tab.click("button", "Fault: garbage")?;
    let lost = |now: &crate::stage::Ledger| now.rejected + now.skipped;
    stage.ledger_until("2,048 bytes of garbage", SOON, |now| lost(now) >= lost(&before) + 2000)?;
    stage.tab.click("button", "Fault: truncate")?;
    let before = stage.ledger()?;
    stage.ledger_until("frames after the truncated one", SOON, |now| now.frames > before.frames + 100)?;

    let before = stage.ledger()?;
    stage.tab.click("button", "Fault: flood")?;
    stage.ledger_until("30,000 frames more", SOON, |now| now.frames > before.frames + 30_000)?;

    stage.tab.click("button", "Fault: disconnect")?;
    stage.tab.says("unplugged", SOON)?;
    let before = stage.ledger()?;
    // It comes back by itself within half a second, which is less than a busy machine takes to look for the button.
    if let Some(button) = stage.tab.find("button", "Try again now")? {
        let _ = stage.tab.press(&button);
    }
    stage.connected()?;
    stage.ledger_until("frames of the drive plugged in again", SOON, |now| now.frames > before.frames + 100)?;

    stage.tab.click("button", "Fault: silence")?;
    std::thread::sleep(Duration::from_millis(500));
    let before = stage.ledger()?;
    stage.tab.reads("region", "Device", "Connected", Duration::from_secs(1))?;
    stage.ledger_until("frames after the silence", SOON, |now| now.frames > before.frames + 100)?;
    stage.no_problems()
}

pub fn hostile(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.tab.click("tab", "Commands")?;
    let title = stage.tab.eval("document.title")?;
    stage.tab.click("button", "Fault: hostile")?;
    stage.terminal("<script>")?;
    stage.terminal("HYPERLINK")?;
    stage.value_until("text", |value| !value.is_empty())?;
    let script = "[...document.querySelectorAll('main *')].filter(e => e.matches('script, img, iframe, object, embed, b i, \
                  a[href^=javascript], a[href^=\"http\"], [onerror], [onload]')).map(e => e.outerHTML).join(' ')";
    let made = stage.tab.eval(script)?;
    ensure!(made.as_str() == Some(""), "the device made elements: {made}");
    ensure!(stage.tab.eval("document.title")? == title, "the device changed the title");
    // What hides in text must be shown as what it is.
    let shown = stage.tab.eval("document.querySelector('[role=log]').textContent")?;
    let hidden = ['\u{202e}', '\u{2066}', '\u{200b}', '\u{1b}', '\u{7}'];
    let found = shown.as_str().unwrap_or_default().chars().find(|c| hidden.contains(c));
    ensure!(found.is_none(), "the terminal contains {found:?} unseen");
    let out = stage.tab.eval("Number(document.querySelector('[data-out]').dataset.out)")?;
    ensure!(out.as_u64() == Some(0), "the console sent {out} bytes in answer to a device's query");
    stage.no_problems()
}

/// The heights of the lanes as the legend's rules divide them, and of the whole.
const DIVIDED: &str = "(() => { const legend = document.querySelector('.legend').getBoundingClientRect(); \
     return [...document.querySelectorAll('.legend-rule')].map(r => Math.round(r.getBoundingClientRect().top - legend.top)); })()";

pub fn lanes(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.plot_is_drawn()?;
    let before = stage.tab.eval(DIVIDED)?;
    let series = stage.tab.eval("document.querySelectorAll('.legend-row').length")?;
    let lanes = before.as_array().map_or(0, Vec::len) + 1;
    ensure!(lanes > 2, "too few lanes to hide one: {before}");
    // The first lane of the demo's profile has one series: with it hidden there is a lane less, and its row is still
    // there, under the focus.
    let first = "(() => { const row = document.querySelector('.legend-row'); row.focus(); return row.textContent; })()";
    let name = stage.tab.eval(first)?;
    let series_of = "[...document.querySelectorAll('.legend-row')].filter(r => r.querySelector('i').textContent === \
                     document.querySelector('.legend-row i').textContent).length";
    let alike = stage.tab.eval(series_of)?.as_u64().unwrap_or(0);
    for index in 0..alike {
        stage.tab.eval(&format!(
            "{{ const row = document.querySelectorAll('.legend-row')[{index}]; row.focus(); row.click(); }}"
        ))?;
    }
    let gone = stage.tab.wait("a lane less", SOON, |tab| {
        let now = tab.eval(DIVIDED)?;
        Ok((now.as_array().map_or(0, Vec::len) + 2 == lanes).then_some(now))
    })?;
    ensure!(gone[0].as_u64() > before[0].as_u64(), "the other lanes have no more room than before: {before}, {gone}");
    ensure!(stage.tab.eval("document.querySelectorAll('.legend-row').length")? == series, "a series left the list");
    let focused = stage.tab.eval("document.activeElement.getAttribute('aria-pressed')")?;
    ensure!(focused.as_str() == Some("false"), "the focus left what was toggled: {focused}");
    stage.plot_is_drawn()?;
    // All of them: it says so, and all can be shown again.
    stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=true]').forEach(row => row.click())")?;
    stage.tab.says("Every series is hidden. Choose one in the list", SOON)?;
    stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=false]').forEach(row => row.click())")?;
    let again = stage.tab.wait("every lane again", SOON, |tab| {
        let now = tab.eval(DIVIDED)?;
        Ok((now == before).then_some(now))
    })?;
    ensure!(again == before, "the lanes are not where they were: {before}, {again}, {name}");
    stage.plot_is_drawn()?;
    stage.no_problems()
}

pub fn not_sent(stage: &mut Stage<'_>) -> Outcome {
    open(stage)?;
    stage.tab.click("button", "Disconnect")?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    stage.send("get limits")?;
    stage.tab.says("Nothing was sent: the link is closed. Connect again, then send it.", SOON)?;
    let line = stage.tab.eval("document.getElementById('send-line').value")?;
    ensure!(line == "get limits", "the line that was not sent became {line}");
    stage.tab.click("button", "Connect again")?;
    stage.connected()?;
    stage.tab.eval("document.getElementById('send-line').focus()")?;
    stage.tab.key("Enter")?;
    stage.terminal("ok limits")?;
    let left = "document.getElementById('send-line').value + document.querySelector('.send-refused').innerText";
    ensure!(stage.tab.eval(left)? == "", "it was sent, and yet the page says otherwise");
    stage.no_problems()
}
