//! What is moved with the mouse: tiles, panels; and a map that is looked at.

use super::demo;
use crate::device::Device;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

pub fn tiles(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(super::dashboard::ALONE)?;
    stage.tab.click("button", "Edit")?;
    let tile = stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    let [x, y, width, height] = stage.tab.place(&tile)?;
    let column = width / 3.0;
    // Given up with Escape while it is carried, it stands where it stood, wherever it is let go.
    let (from, to) = ((x + 20.0, y + 12.0), (x + 20.0 - 2.0 * column, y + 12.0));
    stage.tab.carry(from, to)?;
    stage.tab.the("group", "Power in, column 5, row 1, 3 wide, 4 high")?;
    stage.tab.key("Escape")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.tab.mouse("mouseReleased", to)?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    // Shown where it would stand while it is carried, and there when it is let go.
    stage.tab.carry(from, to)?;
    stage.tab.the("group", "Power in, column 5, row 1, 3 wide, 4 high")?;
    stage.tab.mouse("mouseReleased", to)?;
    let tile = stage.tab.the("group", "Power in, column 5, row 1, 3 wide, 4 high")?;
    // By its corner it gets another size.
    let [x, y, ..] = stage.tab.place(&tile)?;
    let corner = (x + width - 5.0, y + height - 5.0);
    stage.tab.drag(corner, (corner.0 + column, corner.1 + height / 2.0))?;
    stage.tab.the("group", "Power in, column 5, row 1, 4 wide, 6 high")?;
    stage.tab.press_keys("Control+z")?;
    stage.tab.the("group", "Power in, column 5, row 1, 3 wide, 4 high")?;
    stage.tab.press_keys("Control+z")?;
    stage.tab.the("group", "Power in, column 7, row 1, 3 wide, 4 high")?;
    stage.no_problems()
}

/// Waits until a panel is in front at the place of that name.
fn stands(stage: &mut Stage<'_>, panel: &str, at: &str) -> Outcome {
    let what = format!("{panel} at {at}");
    stage.tab.wait(&what, SOON, |tab| {
        let script = format!(
            "[...document.querySelectorAll('.place:not([hidden])')].some(p => p.dataset.panel === '{panel}' && \
             p.getAttribute('aria-label') === '{at}')"
        );
        Ok((tab.eval(&script)? == true).then_some(()))
    })
}

/// The middle of something.
pub(super) fn middle(stage: &mut Stage<'_>, role: &str, name: &str) -> Result<(f64, f64), crate::failure::Failure> {
    let control = stage.tab.the(role, name)?;
    let [x, y, width, height] = stage.tab.place(&control)?;
    Ok((x + width / 2.0, y + height / 2.0))
}

pub fn panels(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stands(stage, "Plot", "Upper left")?;
    // A tab, to another place.
    let (from, to) = (middle(stage, "tab", "Transfer")?, middle(stage, "group", "Upper left")?);
    stage.tab.carry(from, to)?;
    let shown = stage.tab.eval("[...document.querySelectorAll('.place-drop')].map(p => p.ariaLabel).join()")?;
    ensure!(shown == "Upper left", "it would go to {shown}");
    stage.tab.mouse("mouseReleased", to)?;
    stands(stage, "Transfer", "Upper left")?;
    ensure!(stage.tab.eval("document.querySelector('.place-drop') === null")? == true, "a place is still marked");
    // Back by undo, and once more forth.
    stage.tab.press_keys("Control+z")?;
    stands(stage, "Plot", "Upper left")?;
    stage.tab.press_keys("Control+Shift+z")?;
    stands(stage, "Transfer", "Upper left")?;
    // Between the tabs of its new place.
    let (from, to) = (middle(stage, "tab", "Transfer")?, middle(stage, "tab", "Plot")?);
    stage.tab.drag(from, to)?;
    let order =
        "[...document.querySelectorAll('.place[aria-label=\"Upper left\"] [role=tab]')].map(t => t.textContent).join()";
    stage.tab.wait("the tabs in another order", SOON, |tab| Ok((tab.eval(order)? == "Transfer,Plot").then_some(())))?;
    // A panel by its title; let go with Escape it stays.
    let (from, to) = (middle(stage, "heading", "Values")?, middle(stage, "group", "Lower left")?);
    stage.tab.carry(from, to)?;
    stage.tab.key("Escape")?;
    stage.tab.mouse("mouseReleased", to)?;
    stands(stage, "Values", "Upper right")?;
    stage.tab.drag(from, to)?;
    stands(stage, "Values", "Lower left")?;
    stage.no_problems()
}

/// A tracker: two readings, drawn as positions.
const TRACKER: &str = "name = \"Tracker\"\n[link]\nkind = \"serial\"\nbaud = 115200\n[protocol]\nname = \"pairs\"\n\
     [[tile]]\nkind = \"map\"\nlabel = \"Position\"\nlatitude = \"pairs.lat\"\nlongitude = \"pairs.lon\"\nat = [0, 0, 6, 6]\n";

pub fn map(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(24)?;
    stage.start()?;
    stage.keep(TRACKER)?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Tracker (yours)")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.tab.eval(super::dashboard::ALONE)?;
    stage.tab.reads("region", "Position", "No position", SOON)?;
    for step in 0..5 {
        // A hundred and eleven metres north each time.
        device.raw(format!("lat:{:.4},lon:11.5820\n", 48.1370 + f64::from(step) * 0.001).as_bytes());
        std::thread::sleep(std::time::Duration::from_millis(150));
    }
    stage.tab.reads("region", "Position", "48.1410", SOON)?;
    let track = "document.querySelector('.tile-track .trace').getAttribute('d')";
    stage.tab.wait("a track of five positions", SOON, |tab| {
        let track = tab.eval(track)?;
        let track = track.as_str().unwrap_or_default().to_owned();
        let heights: Vec<f64> =
            track.split(['M', 'L']).filter_map(|point| point.split(' ').nth(1)?.parse().ok()).collect();
        // Northwards is upwards, by equal steps.
        let even = heights.windows(2).all(|pair| ((pair[0] - pair[1]) - (heights[0] - heights[1])).abs() < 0.3);
        Ok((heights.len() == 5 && heights[0] > heights[4] && even).then_some(()))
    })?;
    let words = stage.tab.eval("document.querySelector('.tile-track svg').getAttribute('aria-label')")?;
    ensure!(words.as_str().is_some_and(|words| words.contains("48.1410")), "its text form says {words}");
    stage.no_problems()
}
