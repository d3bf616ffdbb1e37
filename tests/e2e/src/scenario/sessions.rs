//! Several sessions side by side: each is left and found as it was, and the bar tells of all.

use super::{demo, network};
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};

/// What the user set up in a workspace, as the page shows it.
const LEFT: &str = "(() => { const find = (s) => document.querySelector(s); \
     const pressed = (s) => [...document.querySelectorAll(s)].map(e => e.getAttribute('aria-pressed')); \
     return { line: find('#send-line').value, ending: find('[aria-label=\"Line ending\"]').value, \
     series: [...document.querySelectorAll('.legend-row')].map(r => r.querySelector('.legend-name').textContent), \
     shown: pressed('.legend-row'), tools: pressed('.work-plot .panel-tools [aria-pressed]'), \
     terminal: pressed('.work-term .panel-tools [aria-pressed]'), note: find('.work-plot .panel-note').textContent, \
     tab: find('.place[aria-label=Details] [aria-selected=true]').textContent }; })()";

/// A tab behind another draws no frames: what was to be done in the next one finds its session gone by then.
pub fn behind(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Profile")?;
    stage.start_another()?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    stage.tab.click("tab", "Hex")?;
    // Whoever drives a browser keeps its pages from being hidden; not now.
    stage.tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": false }))?;
    let front = stage.tab.open_in_front("about:blank")?;
    for address in ["#/session/1", "#/session/2", "#/timeline", "#/session/1", "#/doctor/2", "#/session/2", "#/gallery"]
    {
        stage.tab.eval(&format!("location.hash = '{address}'"))?;
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    stage.tab.close_beside(&front)?;
    stage.tab.call("Page.bringToFront", json!({}))?;
    stage.tab.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
    stage.tab.reads("list", "Profiles", "u-blox GNSS", SOON)?;
    visit(stage, "Point to point: *", 0)?;
    stage.plot_is_drawn()?;
    stage.no_problems()
}

pub fn kept(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.plot_is_drawn()?;
    let untouched = stage.tab.eval(LEFT)?;
    stage.tab.choose("Line ending", "CR LF")?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    stage.tab.click("button", "Plot i_bus")?;
    stage.tab.eval("document.querySelectorAll('.legend-row')[1].click()")?;
    stage.tab.click("button", "Times")?;
    stage.tab.click("button", "Zoom in")?;
    stage.tab.click("button", "Pause")?;
    stage.tab.fill("textbox", "speed in r/min", "1234")?;
    stage.tab.click("tab", "Rejected")?;
    stage.tab.fill("textbox", "Line to send", "half a li")?;
    let set_up = stage.tab.wait("the plot as it was set up", SOON, |tab| {
        let now = tab.eval(LEFT)?;
        let series = |state: &Value| state["series"].as_array().map_or(0, Vec::len);
        let paused = now["note"].as_str().is_some_and(|note| note.starts_with("paused · "));
        Ok((paused && series(&now) == series(&untouched) + 1).then_some(now))
    })?;

    stage.tab.click("link", "Ferrule, start page")?;
    // Clicked twice, it opens once.
    stage.tab.double_click("button", "Try the demo device")?;
    stage.connected()?;
    stage.plot_is_drawn()?;
    let sessions = stage.tab.eval("document.querySelectorAll('.sessions-name').length")?;
    ensure!(sessions == 2, "there are {sessions} sessions");
    let other = stage.tab.eval(LEFT)?;
    for what in ["ending", "terminal"] {
        ensure!(other[what] == set_up[what], "the {what} chosen last does not come with the profile: {other}");
    }
    for what in ["line", "tools", "tab"] {
        ensure!(other[what] == untouched[what], "the second session has the first one's {what}: {other}");
    }

    visit(stage, "Point to point: *", 0)?;
    stage.plot_is_drawn()?;
    let found = stage.tab.wait("the first session as it was left", SOON, |tab| {
        let now = tab.eval(LEFT)?;
        Ok((now["series"] == set_up["series"]).then_some(now))
    })?;
    ensure!(found == set_up, "left as {set_up}, and found as {found}");
    stage.tab.eval("document.getElementById('send-line').focus()")?;
    stage.tab.key("ArrowUp")?;
    let line = stage.tab.eval("document.getElementById('send-line').value")?;
    ensure!(line == json!("get limits"), "the history begins with {line}");
    stage.tab.click("tab", "Commands")?;
    let field = stage.tab.the("textbox", "speed in r/min")?;
    let speed = stage.tab.on(&field, "function () { return this.value; }", json!([]))?;
    ensure!(speed == json!("1234"), "the command's field holds {speed}");
    stage.no_problems()
}

/// Shows the session whose link in the bar has that name and place.
fn visit(stage: &mut Stage<'_>, name: &str, nth: usize) -> Outcome {
    let links = stage.tab.all("link", name)?;
    stage.tab.press(links.get(nth).ok_or("the session is not in the bar")?)?;
    stage.connected()
}

pub fn bar(stage: &mut Stage<'_>) -> Outcome {
    let hidden = SocketDevice::start(Kind::Text, 0)?;
    let shown = SocketDevice::start(Kind::Text, 0)?;
    for device in [&hidden, &shown] {
        stage.start_another()?;
        network::open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), network::JSON)?;
        stage.connected()?;
    }
    let says = |stage: &mut Stage<'_>, device: &SocketDevice, state: &str| {
        let place = format!("127.0.0.1:{}", device.port);
        stage.tab.wait(&format!("the tab of {place} says {state}"), SOON, |tab| {
            let tabs = tab.all("link", "Network:*")?;
            Ok(tabs.iter().any(|tab| tab.name.contains(&place) && tab.name.ends_with(state)).then_some(()))
        })
    };
    says(stage, &hidden, "Connected")?;
    hidden.leave();
    says(stage, &hidden, "Waiting")?;
    says(stage, &shown, "Connected")?;
    hidden.come_back();
    says(stage, &hidden, "Connected")?;
    Ok(())
}

/// Whether what a selector finds lies in the window as a whole, and nothing lies over its middle.
fn in_sight(stage: &mut Stage<'_>, selector: &str) -> Result<bool, Failure> {
    let script = format!(
        "(() => {{ const e = document.querySelector({}); const r = e.getBoundingClientRect(); \
         const over = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); \
         return r.left >= 0 && r.right <= innerWidth && r.width > 40 && e.contains(over); }})()",
        json!(selector)
    );
    Ok(stage.tab.eval(&script)? == true)
}

pub fn many(stage: &mut Stage<'_>) -> Outcome {
    const COUNT: usize = 16;
    for _ in 0..COUNT {
        stage.start_another()?;
        stage.tab.click("button", "Try the demo device")?;
        stage.connected()?;
    }
    for width in [1280, 400, 320] {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 640 });
        stage.tab.call("Emulation.setDeviceMetricsOverride", metrics)?;
        for id in [1, COUNT / 2, COUNT, 2] {
            stage.tab.eval(&format!("location.hash = '#/session/{id}'"))?;
            for selector in ["nav [aria-current=page]", "nav > a[href='#/']"] {
                let what = format!("{selector} of session {id} in a window of {width} pixels");
                stage.tab.wait(&what, SOON, |tab| {
                    let address =
                        format!("document.querySelector('nav [aria-current=page]').hash === '#/session/{id}'");
                    Ok((tab.eval(&address)? == true).then_some(()))
                })?;
                let end = std::time::Instant::now() + SOON;
                while !in_sight(stage, selector)? {
                    ensure!(std::time::Instant::now() < end, "not in sight: {what}");
                    std::thread::sleep(std::time::Duration::from_millis(50));
                }
            }
        }
    }
    stage.no_problems()
}
