//! Large text in a narrow window, and targets for fingers.

use super::demo;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
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
    }
    Ok(())
}
