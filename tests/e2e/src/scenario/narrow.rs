//! Large text in a narrow window, and targets for fingers.

use super::demo;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::Served;
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;

/// What stands out of the window to the right, unless a scroll bar of its own leads there.
const OUTSIDE: &str = "(() => { const wide = document.documentElement.clientWidth; \
     const own = e => { for (let p = e.parentElement; p; p = p.parentElement) \
     if (getComputedStyle(p).overflowX !== 'visible') return true; return false; }; \
     return document.documentElement.scrollWidth <= wide ? '' : [...document.querySelectorAll('body *')].filter(e => \
     e.getBoundingClientRect().right > wide + 1 && !own(e)).map(e => e.tagName + '.' + e.className).slice(0, 9).join(' '); })()";

/// Controls that are smaller than 44 by 44; what a label covers counts with it, and a link in running text does not.
const SMALL: &str = "[...document.querySelectorAll('button, select, a, input, summary')].map(e => \
     e.matches('label input') ? e.closest('label') : e).map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => \
     r.width > 1 && !e.matches('.skip') && (r.height < 43.5 || r.width < 43.5)).map(([e, r]) => e.tagName + '.' + \
     e.className + ' ' + Math.round(r.width) + ' x ' + Math.round(r.height)).join(', ')";

fn window(stage: &mut Stage<'_>, width: u32, coarse: bool) -> Outcome {
    let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": coarse });
    stage.tab.call("Emulation.setDeviceMetricsOverride", metrics)?;
    // Whose browser is told of fingers has a coarse pointer.
    stage.tab.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": coarse, "maxTouchPoints": 5 }))?;
    Ok(())
}

pub fn reflows(stage: &mut Stage<'_>) -> Outcome {
    window(stage, 320, false)?;
    stage.start()?;
    stage.tab.eval("document.documentElement.style.fontSize = '200%'")?;
    let outside = stage.tab.eval(OUTSIDE)?;
    ensure!(outside == "", "the start page is wider than 320 px: {outside}");
    demo::open(stage)?;
    stage.tab.eval("document.documentElement.style.fontSize = '200%'")?;
    let outside = stage.tab.eval(OUTSIDE)?;
    ensure!(outside == "", "the workspace is wider than 320 px: {outside}");
    Ok(())
}

/// Lines of the terminal that lie on another.
const OVERLAPPING: &str = "(() => { const all = [...document.querySelectorAll('.term-lines .term-line')].map(e => \
     e.getBoundingClientRect()).sort((a, b) => a.top - b.top); return all.length < 4 ? 'only ' + all.length + ' lines' : \
     all.slice(1).filter((r, i) => r.top < all[i].bottom - 0.6).length + ''; })()";

/// What of the nameplate, of the values and of the terminal's times does not have the room that it needs.
const CUT: &str = "[...document.querySelectorAll('.plate dd, .plate h1, .plate p, .values :is(td, th), .term-line time')].filter(e => \
     e.clientWidth > 1 && !e.matches('.values-long') && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.tagName + '.' + \
     e.className + ' ' + e.textContent).slice(0, 9).join(', ')";

/// Who has text twice as large in the browser has it so in every panel: no line of the terminal lies on another, read back or at its
/// end, and nothing is cut.
pub fn large(stage: &mut Stage<'_>) -> Outcome {
    let sizes = json!({ "fontSizes": { "standard": 32, "fixed": 26 } });
    for width in [1280, 390] {
        window(stage, width, false)?;
        stage.tab.call("Page.setFontSizes", sizes.clone())?;
        stage.start()?;
        let outside = stage.tab.eval(OUTSIDE)?;
        ensure!(outside == "", "the start page is wider than {width} px: {outside}");
        demo::open(stage)?;
        stage.value_until("winding", |value| value != "–")?;
        let size = stage.tab.eval("getComputedStyle(document.querySelector('.term')).fontSize")?;
        ensure!(size == "24px", "the terminal's text is {size} large");
        for _ in 0..30 {
            stage.send("get limits")?;
        }
        stage.terminal("ok limits")?;
        for way in ["at its end", "read back"] {
            if way == "read back" {
                stage.tab.eval("document.getElementById('terminal-lines').scrollTop = 300")?;
                stage.tab.the("button", "Follow the end")?;
                std::thread::sleep(std::time::Duration::from_millis(400));
            }
            let overlapping = stage.tab.eval(OVERLAPPING)?;
            ensure!(overlapping == "0", "{width} px wide, {way}, lines of the terminal on another: {overlapping}");
            let cut = stage.tab.eval(CUT)?;
            ensure!(cut == "", "{width} px wide, {way}, cut: {cut}");
        }
        let outside = stage.tab.eval(OUTSIDE)?;
        ensure!(outside == "", "the workspace is wider than {width} px: {outside}");
    }
    stage.no_problems()
}

/// Controls in the heads of panels whose words stand out of them, or that lie on another. Tabs have a bar that scrolls.
const CROWDED: &str = "[...document.querySelectorAll('.panel-head, .place-head, .term-bar')].flatMap(head => { const all = \
     [...head.querySelectorAll('button:not([role=tab]), select, input')].filter(e => e.getBoundingClientRect().width > 1); const box = e => \
     e.getBoundingClientRect(); return all.filter(e => e.matches('button') && e.scrollWidth > e.clientWidth + 1 || \
     box(e).right > innerWidth + 1 || all.some(o => o !== e && box(o).left < box(e).right - 1 && box(e).left < box(o).right - 1 && \
     box(o).top < box(e).bottom - 1 && box(e).top < box(o).bottom - 1)).map(e => (e.ariaLabel ?? e.textContent) + ' in ' + \
     head.className); }).join(', ')";

pub fn fleet(stage: &mut Stage<'_>) -> Outcome {
    let words = ["--listen".as_ref(), "127.0.0.1:0".as_ref(), "--demo".as_ref(), "60".as_ref()];
    let served = Served::start_with(&stage.site.ferrule, &stage.site.dist, &words)?;
    stage.origin = served.origin.clone();
    window(stage, 390, true)?;
    stage.start()?;
    stage.tab.click("button", "Open Demo building")?;
    stage.connected()?;
    stage.tab.fill("searchbox", "Filter devices", "name:pump && pressure > 0")?;
    stage.tab.reads("region", "Table of devices", "pump-001", SOON)?;
    // What it is called and how it is with it never goes, and nothing stands outside the window.
    stage.tab.reads("region", "Table of devices", "Connected", SOON)?;
    let outside = stage.tab.eval(OUTSIDE)?;
    ensure!(outside == "", "the fleet is wider than 390 px: {outside}");
    stage.tab.eval("document.querySelector('.fleet tbody th.fleet-name').closest('tr').focus()")?;
    stage.tab.key("Enter")?;
    stage.connected()?;
    stage.tab.reads("heading", "pump-001", "pump-001", SOON)?;
    let outside = stage.tab.eval(OUTSIDE)?;
    ensure!(outside == "", "one device is wider than 390 px: {outside}");
    stage.tab.click("link", "Back to Demo building")
}

pub fn german(stage: &mut Stage<'_>) -> Outcome {
    super::german::speaks_german(stage)?;
    for width in [320, 360, 390] {
        window(stage, width, false)?;
        let url = format!("{}/", stage.site.origin);
        stage.tab.go(&url)?;
        stage.tab.wait("the start page", crate::tab::SOON, |tab| tab.find("button", "Einstellungen"))?;
        stage.tab.eval("location.hash = '#/demo'")?;
        stage.tab.wait("the workspace", crate::tab::SOON, |tab| tab.find("button", "Ansichten"))?;
        let crowded = stage.tab.eval(CROWDED)?;
        ensure!(crowded == "", "{width} px wide: {crowded}");
        for tab in &stage.tab.all("tab", "*")? {
            stage.tab.press(tab)?;
            let crowded = stage.tab.eval(CROWDED)?;
            ensure!(crowded == "", "{width} px wide, {}: {crowded}", tab.name);
        }
    }
    Ok(())
}

pub fn fingers(stage: &mut Stage<'_>) -> Outcome {
    for width in [390, 1280] {
        window(stage, width, true)?;
        stage.start()?;
        let small = stage.tab.eval(SMALL)?;
        ensure!(small == "", "on the start page, {width} px wide, too small for a finger: {small}");
        demo::open(stage)?;
        stage.tab.click("tab", "Commands")?;
        stage.plot_is_drawn()?;
        let small = stage.tab.eval(SMALL)?;
        ensure!(small == "", "in the workspace, {width} px wide, too small for a finger: {small}");
        if width == 390 {
            on_the_plot(stage)?;
        }
    }
    Ok(())
}

/// The middle of the plot, in CSS pixels, once it is in sight.
fn plot_at(stage: &mut Stage<'_>) -> Result<(f64, f64), Failure> {
    let place = "(() => { const c = document.querySelector('.plot canvas'); c.scrollIntoView({ block: 'center' }); \
                 const r = c.getBoundingClientRect(); return [(r.left + r.right) / 2, (r.top + r.bottom) / 2]; })()";
    let at = stage.tab.eval(place)?;
    at[0].as_f64().zip(at[1].as_f64()).ok_or_else(|| "the plot has no place".into())
}

fn touch(stage: &mut Stage<'_>, kind: &str, fingers: &[(f64, f64)]) -> Outcome {
    let points: Vec<_> = fingers.iter().zip(0..).map(|((x, y), id)| json!({ "x": x, "y": y, "id": id })).collect();
    stage.tab.call("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).map(drop)
}

/// What the plot's head says of it.
fn note(stage: &mut Stage<'_>) -> Result<String, Failure> {
    let note = stage.tab.eval("document.querySelector('.work-plot .panel-note').textContent")?;
    Ok(note.as_str().unwrap_or_default().to_owned())
}

/// How much time the plot shows, in seconds, as its head says it.
fn shown_s(stage: &mut Stage<'_>) -> Result<f64, Failure> {
    let note = note(stage)?;
    let words = note.trim_start_matches("paused · ");
    let mut parts = words.split_whitespace();
    let number = parts.next().and_then(|number| number.parse::<f64>().ok());
    let seconds = number.zip(parts.next()).map(|(number, unit)| if unit == "min" { number * 60.0 } else { number });
    seconds.ok_or_else(|| format!("the plot's head says {words:?}").into())
}

/// Two fingers that go apart show less time, and stop it; one that rests sets a cursor; one that wipes moves nothing else.
fn on_the_plot(stage: &mut Stage<'_>) -> Outcome {
    let before = shown_s(stage)?;
    let (x, y) = plot_at(stage)?;
    touch(stage, "touchStart", &[(x - 20.0, y)])?;
    touch(stage, "touchMove", &[(x + 40.0, y)])?;
    touch(stage, "touchEnd", &[])?;
    ensure!(!note(stage)?.contains("paused"), "one finger moved the plot and not the cursor");
    let (x, y) = plot_at(stage)?;
    touch(stage, "touchStart", &[(x - 15.0, y), (x + 15.0, y)])?;
    for step in 1..=6 {
        let by = 15.0 + f64::from(step) * 10.0;
        touch(stage, "touchMove", &[(x - by, y), (x + by, y)])?;
    }
    touch(stage, "touchEnd", &[])?;
    // A narrow head has no room for what it says.
    let head = "document.querySelector('.work-plot .panel-note').textContent.startsWith('paused')";
    stage.tab.wait("a plot that stands still", SOON, |tab| Ok((tab.eval(head)? == true).then_some(())))?;
    let after = shown_s(stage)?;
    ensure!(after < before * 0.7, "fingers that went apart left {after} s of {before}");
    let (x, y) = plot_at(stage)?;
    touch(stage, "touchStart", &[(x, y)])?;
    stage.tab.reads("region", "Cursors and statistics", "A ", SOON)?;
    touch(stage, "touchEnd", &[])?;
    let (x, y) = plot_at(stage)?;
    touch(stage, "touchStart", &[(x + 30.0, y)])?;
    stage.tab.reads("region", "Cursors and statistics", "1/Δt", SOON)?;
    touch(stage, "touchEnd", &[])
}
