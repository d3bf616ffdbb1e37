//! Several devices on one clock: their lines in one list, their fields in one plot.

use super::{demo, network};
use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::{SOON, Tab};
use serde_json::Value;

/// What of the merged lines is in sight: the names of the devices, each once, and the times of the lines.
const LINES: &str = "(() => { const lines = [...document.querySelectorAll('#timeline-lines .term-line')]; \
     const of = (selector) => lines.map(line => line.querySelector(selector).textContent).filter(text => text); \
     return { names: [...new Set(of('.whose'))].sort(), times: of('time') }; })()";

/// The series of the plot, by the words of the legend.
const SERIES: &str = "[...document.querySelectorAll('.legend-name')].map(name => name.textContent)";

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Waits until lines of exactly these devices are in sight, in the order of their times.
fn lines_of(stage: &mut Stage<'_>, names: &[&str]) -> Outcome {
    let times = stage.tab.wait(&format!("lines of {names:?}"), SOON, |tab| {
        let now = tab.eval(LINES)?;
        Ok((texts(&now["names"]) == names).then(|| texts(&now["times"])))
    })?;
    // A day that ends meanwhile begins again at nought.
    let falls = times.windows(2).filter(|pair| pair[0] > pair[1]).count();
    ensure!(falls <= 1 && times.len() > 2, "times out of order: {times:?}");
    Ok(())
}

/// Waits until there are series of each of these devices, and of no other.
fn series_of(stage: &mut Stage<'_>, names: &[&str]) -> Outcome {
    stage.tab.wait(&format!("series of {names:?}"), SOON, |tab| {
        let series = texts(&tab.eval(SERIES)?);
        let of = |name: &&str| series.iter().any(|series| series.starts_with(&format!("{name} · ")));
        let all = |series: &String| names.iter().any(|name| series.starts_with(&format!("{name} · ")));
        Ok((names.iter().all(of) && series.iter().all(all)).then_some(()))
    })
}

/// The names of the open sessions, sorted, as the devices' switches have them.
fn names(tab: &mut Tab<'_>) -> Result<Vec<String>, Failure> {
    let names = tab.eval("[...document.querySelectorAll('.timeline-device .whose')].map(name => name.textContent)")?;
    let mut names = texts(&names);
    names.sort();
    Ok(names)
}

/// Opens a WebSocket device that sends JSON, beside what is open.
fn open_network(stage: &mut Stage<'_>, device: &SocketDevice) -> Outcome {
    stage.start_another()?;
    network::open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), network::JSON)?;
    stage.connected()
}

/// The names of two devices that are shown together, of which both halves show both.
fn both(stage: &mut Stage<'_>) -> Result<[String; 2], Failure> {
    stage.tab.the("heading", "Timeline")?;
    let found = stage.tab.wait("two devices", SOON, |tab| Ok(Some(names(tab)?).filter(|names| names.len() == 2)))?;
    let [first, second] = <[String; 2]>::try_from(found).map_err(|_| "not two")?;
    // From their beginning: the network's device soon says more than there is room for.
    stage.tab.wait("more lines than fit", SOON, |tab| {
        let more = tab.eval(
            "(() => { const log = document.getElementById('timeline-lines'); \
                             return log !== null && log.scrollHeight > 3 * log.clientHeight; })()",
        )?;
        Ok((more == true).then_some(()))
    })?;
    stage.tab.eval("document.getElementById('timeline-lines').focus()")?;
    stage.tab.key("Home")?;
    stage.tab.says("reading back", SOON)?;
    lines_of(stage, &[&first, &second])?;
    series_of(stage, &[&first, &second])?;
    stage.tab.wait("both in the summary", SOON, |tab| {
        let words = tab.eval("document.getElementById('plot-summary').textContent")?;
        let told = |name: &str| words.as_str().is_some_and(|words| words.contains(&format!("{name} · ")));
        Ok((told(&first) && told(&second)).then_some(()))
    })?;
    Ok([first, second])
}

pub fn together(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.eval("location.hash = '#/timeline'")?;
    stage.tab.says("Only ", SOON)?;
    stage.tab.the("link", "Open a device")?;
    stage.tab.press_keys("Alt+1")?;
    stage.connected()?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    let device = SocketDevice::start(Kind::Text, 0)?;
    open_network(stage, &device)?;
    stage.tab.click("link", "Timeline")?;
    let demo = both(stage)?.into_iter().find(|name| name.contains("drive")).ok_or("no drive")?;
    let other = names(&mut stage.tab)?.into_iter().find(|name| *name != demo).ok_or("no other")?;

    // The rows behind it are of either.
    let (path, png) = super::plot::download(stage, "Save PNG", "png")?;
    let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("Timeline "));
    ensure!(named && png.starts_with(b"\x89PNG"), "{} is no picture of the timeline", path.display());
    let (_, csv) = super::plot::download(stage, "Save CSV", "csv")?;
    let csv = String::from_utf8_lossy(&csv).into_owned();
    let heads = csv.lines().next().unwrap_or_default().to_owned();
    ensure!(heads.starts_with("time,") && heads.contains(&demo) && heads.contains(&other), "{heads}");
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(',').collect()).collect();
    ensure!(rows.iter().all(|row| row.len() == heads.split(',').count()), "a row is not as long as its heads");
    ensure!(rows.is_sorted_by(|one, next| one.first() <= next.first()), "the rows are not in order of time");
    let each =
        (1..heads.split(',').count()).all(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())));
    ensure!(each && rows.len() > 4, "a column of {heads} has nothing in {} rows", rows.len());
    stage.tab.click("button", "As table")?;
    stage.tab.wait("the messages of both", SOON, |tab| {
        let messages =
            texts(&tab.eval("[...document.querySelectorAll('#table-message option')].map(o => o.textContent)")?);
        let of = |name: &str| messages.iter().any(|message| message.starts_with(&format!("{name} · ")));
        Ok((of(&demo) && of(&other)).then_some(()))
    })?;
    stage.tab.click("button", "As table")?;

    // They were read from their beginning by the keyboard, and are followed again.
    stage.tab.reads("log", "Lines of all devices", "motor drive ready", SOON)?;
    stage.tab.reads("log", "Lines of all devices", "get limits", SOON)?;
    stage.tab.eval("[...document.querySelectorAll('button')].find(b => b.textContent === 'Follow the end').focus()")?;
    stage.tab.key("Enter")?;
    lines_of(stage, &[&other])?;

    // One is hidden in both halves, and shown again where the reader comes back.
    let switch = format!("Point to point: {demo}");
    stage.tab.click("button", &switch)?;
    series_of(stage, &[&other])?;
    stage.tab.press_keys("Alt+1")?;
    stage.connected()?;
    stage.tab.press_keys("Alt+0")?;
    stage.tab.the("heading", "Timeline")?;
    series_of(stage, &[&other])?;
    stage.tab.click("button", &switch)?;
    series_of(stage, &[&demo, &other])?;

    // What stands still has no newer lines; a series is taken away and another chosen.
    stage.tab.click("button", "Hold")?;
    stage.tab.says("held · ", SOON)?;
    stage.tab.click("button", "Series")?;
    stage.tab.click("checkbox", "temp")?;
    stage.tab.wait("one series less", SOON, |tab| {
        Ok((!texts(&tab.eval(SERIES)?).contains(&format!("{other} · temp"))).then_some(()))
    })?;
    // The network's device is closed: what is left is one, and a way to open another.
    stage.tab.click("link", &format!("Network: {other}*"))?;
    stage.close_session()?;
    stage.tab.press_keys("Alt+0")?;
    stage.tab.says("Only ", SOON)?;
    stage.no_problems()
}

pub fn wired(stage: &mut Stage<'_>) -> Outcome {
    let drive = Device::new(29)?;
    stage.open_wired(&drive)?;
    drive.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    let device = SocketDevice::start(Kind::Text, 0)?;
    open_network(stage, &device)?;
    stage.tab.click("link", "Timeline")?;
    both(stage)?;
    stage.no_problems()
}
