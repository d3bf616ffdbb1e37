//! Tiles of the dashboard: whole at every size, changed without a jump, there again after a reload.

use super::dashboard::ALONE;
use super::demo;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};

/// A dashboard with each kind of tile as small as a profile can say: one by one.
fn smallest() -> String {
    let kinds = [
        ("number", "field = \"drive.speed\"", ""),
        ("number", "field = \"drive.uptime\"", "A long reading with its unit"),
        ("gauge", "field = \"drive.speed\"\nmin = 0\nmax = 3500\nband = [-inf, 100]", ""),
        ("bar", "field = \"drive.v_bus\"\nmin = 18\nmax = 30\nband = [29, 30]", ""),
        ("lamp", "field = \"status.state\"\non = [\"running\"]", ""),
        ("plot", "field = \"drive.speed\"", ""),
        ("log", "", "What it says"),
        ("button", "command = \"Stop\"", ""),
    ];
    let tile = |(index, (kind, keys, label)): (usize, &(&str, &str, &str))| {
        let label = if label.is_empty() { kind } else { label };
        format!("\n[[tile]]\nkind = \"{kind}\"\nlabel = \"{label}\"\n{keys}\nat = [{}, 0, 1, 1]\n", index)
    };
    kinds.iter().enumerate().map(tile).collect()
}

/// What is cut, of each tile and of each text of it that must be whole.
const CUT: &str = "[...document.querySelectorAll('.tile')].flatMap(tile => [tile, ...tile.querySelectorAll( \
    '.tile-read, .tile-read b, .tile-age, .flag, .state, .tile-press')].filter(e => { const box = e.getBoundingClientRect(), \
    of = tile.getBoundingClientRect(); return box.width > 0 && (getComputedStyle(e).display !== 'inline' && \
    (e.scrollWidth > e.clientWidth + 1 || (e.scrollHeight > e.clientHeight + 1 && !e.matches('.tile-button'))) || \
    box.right > of.right + 1 || box.bottom > of.bottom + 1 && !tile.matches('.tile-button')); }).map(e => \
    tile.querySelector('h3').textContent + ': ' + e.className + ' ' + [e.scrollWidth, e.clientWidth, e.scrollHeight, \
    e.clientHeight].join(' '))).join('; ')";

pub fn sizes(stage: &mut Stage<'_>) -> Outcome {
    let text = stage.profile("demo")?;
    let (before, rest) = text.split_once("[[tile]]").ok_or("the demo has no tile")?;
    let (_, words) = rest.split_once("\n[words.de]").ok_or("the demo has no words")?;
    let derived = "\n[[derived]]\nmessage = \"drive\"\nname = \"uptime\"\nunit = \"mA/s\"\nexpression = \"speed_set / 3 + 9123456\"\n";
    let tiles = smallest().replace("drive.uptime", "drive derived.uptime");
    let profile = format!("{before}{tiles}{derived}\n[words.de]{words}");
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &profile)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("In force.", SOON)?;
    stage.tab.eval(ALONE)?;
    stage.tab.reads("region", "number", "now", SOON)?;
    stage.tab.reads("region", "A long reading with its unit", "now", SOON)?;
    for width in [1440, 1000, 760, 390] {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        stage.tab.call("Emulation.setDeviceMetricsOverride", metrics)?;
        stage.tab.pump()?;
        let cut = stage.tab.eval(CUT)?;
        ensure!(cut == "", "cut at {width} px: {cut}");
    }
    stage.no_problems()
}

/// Where the tiles stand in the page, without the edit's own marks.
const PLACES: &str = "[...document.querySelectorAll('.tile')].map(t => { const b = t.getBoundingClientRect(); \
    return [Math.round(b.x), Math.round(b.y)].join(); }).join(' ')";

pub fn edited(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(ALONE)?;
    stage.tab.click("button", "Edit")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    let places = stage.tab.eval(PLACES)?;
    let focus = "[...document.querySelectorAll('.tile')].find(t => t.ariaLabel.startsWith('LABEL')).focus()";
    stage.tab.eval(&focus.replace("LABEL", "Power in"))?;
    stage.tab.the("form", "Tile Power in")?;
    ensure!(stage.tab.eval(PLACES)? == places, "the tiles moved when one was chosen");
    // Taken back and made again; the form of the tile stays.
    stage.tab.press_keys("Shift+ArrowDown")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 5 high")?;
    stage.tab.press_keys("Control+z")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.tab.the("form", "Tile Power in")?;
    stage.tab.press_keys("Control+y")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 5 high")?;
    stage.tab.press_keys("Control+z")?;
    stage.tab.press_keys("Control+Shift+z")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 5 high")?;
    // Never so small that its reading would be cut.
    for _ in 0..6 {
        stage.tab.press_keys("Shift+ArrowUp")?;
        stage.tab.press_keys("Shift+ArrowLeft")?;
    }
    stage.tab.the("group", "Power in, column 7, row 1, 2 wide, 2 high")?;
    // Enter in a field leaves the focus there.
    stage.tab.fill("textbox", "Label", "Power")?;
    stage.tab.eval("document.querySelector('.dash-chosen input').focus()")?;
    stage.tab.key("Enter")?;
    stage.tab.the("group", "Power, column 7, row 1, 2 wide, 2 high")?;
    let at = stage.tab.eval("document.activeElement === document.querySelector('.dash-chosen input')")?;
    ensure!(at == true, "the focus left the form");
    // What was typed counts when another tile is chosen; what cannot be taken is said, and stays.
    stage.tab.fill("textbox", "Label", "Power of the drive")?;
    stage.tab.eval("document.querySelector('.dash-chosen input').focus()")?;
    stage.tab.eval(&focus.replace("LABEL", "Speed,"))?;
    stage.tab.the("group", "Power of the drive, column 7, row 1, 2 wide, 2 high")?;
    stage.tab.fill("textbox", "Scale to", "much")?;
    stage.tab.eval("document.querySelector('.dash-chosen input').focus()")?;
    stage.tab.eval(&focus.replace("LABEL", "Winding"))?;
    stage.tab.says("Tile Speed: Scale to must be a number", SOON)?;
    stage.tab.eval(&focus.replace("LABEL", "Speed,"))?;
    stage.tab.wait("what was typed", SOON, |tab| {
        let typed = "[...document.querySelectorAll('.dash-chosen input')].map(i => i.value).includes('much')";
        Ok((tab.eval(typed)? == true).then_some(()))
    })?;
    // Several fields in a plot, other words for a lamp.
    stage.tab.eval(&focus.replace("LABEL", "Speed and its set-point"))?;
    stage.tab.fill("textbox", "Fields, with commas between", "drive.speed, thermal.winding")?;
    stage.tab.eval(&focus.replace("LABEL", "State"))?;
    stage.tab.fill("textbox", "Lit by, with commas between", "idle")?;
    stage.tab.click("button", "Change")?;
    stage.tab.click("link", "Workspace")?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.the("textbox", "Profile as TOML")?;
    stage.tab.wait("both in the profile", SOON, |tab| {
        let text = tab.eval("document.getElementById('profile-text').value")?;
        let text = text.as_str().unwrap_or_default();
        let both = text.contains("fields = [\"drive.speed\", \"thermal.winding\"]") && text.contains("on = [\"idle\"]");
        Ok(both.then_some(()))
    })?;
    stage.no_problems()
}

pub fn kept(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(ALONE)?;
    stage.tab.click("button", "Edit")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.tab.eval("[...document.querySelectorAll('.tile')].find(t => t.ariaLabel.startsWith('Power in')).focus()")?;
    stage.tab.press_keys("ArrowLeft")?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 4 high")?;
    stage.tab.reload()?;
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(ALONE)?;
    stage.tab.click("button", "Edit")?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 4 high")?;
    // It is in force, so that the profile has it too, and one step leads back to what the profile says.
    stage.tab.click("button", "Reset")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.tab.click("button", "Undo")?;
    stage.tab.the("group", "Power in, column 6, row 1, 3 wide, 4 high")?;
    stage.tab.click("button", "Redo")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    let left = stage.tab.eval("localStorage.getItem('ferrule.tiles.Motor drive') ?? ''")?;
    ensure!(left == Value::String(String::new()), "kept is {left}");
    stage.no_problems()
}
