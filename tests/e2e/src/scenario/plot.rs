//! The plot: cursors, ranges, what is drawn beside courses over time, files.

use super::{demo, network};
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::path::PathBuf;

/// Pixels of the plot that have a colour, as series have and text and grid have not; the live edge left out.
const COLOURED: &str = "(() => { const c = document.querySelector('.plot canvas'); \
     const d = c.getContext('2d').getImageData(0, 0, c.width - 8, c.height - 24).data; let n = 0; \
     for (let i = 0; i < d.length; i += 4) \
       if (Math.max(d[i], d[i + 1], d[i + 2]) - Math.min(d[i], d[i + 1], d[i + 2]) > 70) n++; return n; })()";

fn focus_plot(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.eval("document.querySelector('.plot canvas').focus()").map(drop)
}

/// Unfolds the plot's tools.
pub fn more(stage: &mut Stage<'_>) -> Outcome {
    let pressed = "document.querySelector('.plot-more') !== null";
    if stage.tab.eval(pressed)?.as_bool() != Some(true) {
        let plot = "[...document.querySelectorAll('.work-plot .panel-tools button')].find(b => b.textContent.trim() === 'More').click()";
        stage.tab.eval(plot)?;
    }
    stage.tab.the("combobox", "Drawn as").map(drop)
}

pub fn cursors(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.plot_is_drawn()?;
    focus_plot(stage)?;
    // Everything there is, so that the middle has samples; and it stands still: cursors stay where they were put.
    stage.tab.press_keys("0")?;
    std::thread::sleep(std::time::Duration::from_millis(500));
    stage.tab.press_keys(" ")?;
    stage.tab.says("paused", SOON)?;
    for _ in 0..5 {
        stage.tab.press_keys("ArrowLeft")?;
    }
    stage.tab.press_keys("c")?;
    stage.tab.reads("region", "Cursors and statistics", "A ", SOON)?;
    for _ in 0..40 {
        stage.tab.press_keys("ArrowRight")?;
    }
    stage.tab.press_keys("Shift+C")?;
    let words = stage.tab.reads("region", "Cursors and statistics", "1/Δt", SOON)?;
    // Forty pixels of the window: their time, and its inverse.
    let number = |after: &str| -> Option<f64> {
        let rest = words.split(after).nth(1)?;
        let mut parts = rest.split_whitespace();
        let value: f64 = parts.next()?.replace('\u{2212}', "-").parse().ok()?;
        let unit = parts.next()?;
        let factor = match unit {
            "ms" | "mHz" => 1e-3,
            "µs" => 1e-6,
            "kHz" => 1e3,
            _ => 1.0,
        };
        Some(value * factor)
    };
    let (apart, frequency) = (number("Δt ").ok_or("no Δt")?, number("1/Δt ").ok_or("no 1/Δt")?);
    ensure!(apart > 0.0, "B is not after A: {words}");
    ensure!((apart * frequency - 1.0).abs() < 0.01, "Δt and 1/Δt do not fit: {words}");
    // A value at A, one at B, and their difference, for a series.
    let cells = "[...document.querySelector('.figures-table tbody tr').cells].slice(1, 4).map(c => c.textContent)";
    let told = stage.tab.wait("values at both cursors", SOON, |tab| {
        let cells = tab.eval(cells)?;
        let numbers: Vec<f64> =
            cells.as_array().into_iter().flatten().filter_map(|cell| demo::number(cell.as_str()?)).collect();
        Ok((numbers.len() == 3).then_some(numbers))
    })?;
    ensure!((told[1] - told[0] - told[2]).abs() < 0.2, "the difference is none of the values: {told:?}");
    // Statistics of the span: as many samples as the span has.
    let count = "document.querySelector('.figures-table tbody tr td:last-child').textContent";
    stage.tab.wait("a count", SOON, |tab| {
        let count = tab.eval(count)?;
        Ok(count.as_str().and_then(demo::number).filter(|count| *count > 100.0))
    })?;
    // Escape takes the moving cursor away, and then those that were set.
    focus_plot(stage)?;
    stage.tab.press_keys("Escape")?;
    stage.tab.press_keys("Escape")?;
    stage
        .tab
        .wait("no cursor", SOON, |tab| Ok(tab.find("region", "Cursors and statistics")?.is_none().then_some(())))?;
    stage.no_problems()
}

pub fn ranges(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.plot_is_drawn()?;
    let is_coloured = |stage: &mut Stage<'_>, wish: bool| {
        let what = if wish { "lines in colour" } else { "no line in sight" };
        stage.tab.wait(what, SOON, |tab| {
            let pixels = tab.eval(COLOURED)?.as_u64().unwrap_or(0);
            Ok(((pixels > 50) == wish).then_some(()))
        })
    };
    is_coloured(stage, true)?;
    more(stage)?;
    stage.tab.click("button", "Ranges")?;
    let lowest = stage.tab.all("textbox", "Lowest of *")?;
    ensure!(lowest.len() > 1, "{} lanes have a range", lowest.len());
    for field in lowest {
        let lane = field.name.trim_start_matches("Lowest of ").to_owned();
        stage.tab.fill("textbox", &format!("Lowest of {lane}"), "1000000")?;
        stage.tab.key("Tab")?;
        stage.tab.fill("textbox", &format!("Highest of {lane}"), "5")?;
        stage.tab.key("Tab")?;
        stage.tab.says("Not a range.", SOON)?;
        stage.tab.fill("textbox", &format!("Highest of {lane}"), "2000000")?;
        stage.tab.key("Tab")?;
    }
    is_coloured(stage, false)?;
    for button in stage.tab.all("button", "Automatic range of *")? {
        stage.tab.press(&button)?;
    }
    is_coloured(stage, true)?;
    stage.no_problems()
}

pub fn spectrum(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Text, 0)?;
    stage.start()?;
    network::open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), network::JSON)?;
    stage.connected()?;
    stage.ledger_until("400 frames", SOON, |ledger| ledger.frames >= 400)?;
    more(stage)?;
    stage.tab.choose("Drawn as", "Spectrum")?;
    stage.tab.choose("Field", "temp")?;
    // Its temperature rises for seven samples and begins again: a seventh of the rate, whatever that is.
    let words = "document.querySelector('#chart-summary').textContent";
    let (peak, rate) = stage.tab.wait("a peak at a seventh of the rate", SOON, |tab| {
        let words = tab.eval(words)?.as_str().unwrap_or_default().to_owned();
        let Some((head, rest)) = words.split_once(", amplitude") else { return Ok(None) };
        let Some((_, peak)) = head.split_once("peak at ") else { return Ok(None) };
        let Some((value, unit)) = peak.split_once(' ') else { return Ok(None) };
        let factor = if unit == "mHz" { 1e-3 } else { 1.0 };
        let peak = value.parse::<f64>().unwrap_or(0.0) * factor;
        let rate =
            rest.split(". ").nth(1).and_then(|rest| demo::number(rest.split_once(" samples/s")?.0)).unwrap_or(0.0);
        Ok(((peak / rate - 1.0 / 7.0).abs() < 0.01).then_some((peak, rate)))
    })?;
    ensure!(peak > 0.0 && rate > 0.0, "{peak} Hz of {rate}/s");
    // The same as a table, the largest first.
    stage.tab.click("button", "As table")?;
    stage.tab.reads("region", "Plot as table", "Amplitude", SOON)?;
    stage.tab.click("button", "As table")?;
    stage.tab.choose("Drawn as", "Histogram")?;
    stage.tab.says("most of them in", SOON)?;
    stage.tab.choose("Drawn as", "XY")?;
    stage.tab.says("temp against count", SOON)?;
    stage.tab.choose("Drawn as", "Time")?;
    stage.plot_is_drawn()?;
    stage.no_problems()
}

/// A device that numbers its messages and tells its time, and the profile for it.
const NUMBERED: &str = "name = \"Numbered\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"json\"\nframing = \"whole\"\n\
     [clock]\nfield = \"ms\"\nbits = 32\n[sequence]\nfield = \"n\"\nmodulus = 256\n\
     [[fields]]\nname = \"v\"\nunit = \"V\"\n[layout]\nplot = [\"v\"]\nspan_s = 10\n";

fn numbered(stage: &mut Stage<'_>, device: &SocketDevice) -> Outcome {
    stage.start()?;
    stage.keep(NUMBERED)?;
    network::open(stage, "WebSocket", &format!("ws://127.0.0.1:{}/", device.port), "Numbered (yours)")?;
    stage.connected()
}

pub fn clock(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Numbered, 0)?;
    numbered(stage, &device)?;
    stage.ledger_until("200 frames", SOON, |ledger| ledger.frames >= 200)?;
    let ledger = "document.querySelector('.ledger .lost').textContent";
    let told = ["numbers missing", "number", "twice", "device clock jump back", "device clock wrap, undone"];
    let lost = stage.tab.wait("what was out of order is in the ledger", SOON, |tab| {
        let text = tab.eval(ledger)?.as_str().unwrap_or_default().to_owned();
        Ok(told.iter().all(|part| text.contains(part)).then_some(text))
    })?;
    ensure!(lost.contains("1 device clock jump back") && lost.contains("1 device clock wrap"), "{lost}");
    stage.terminal("came again with the same content")?;
    stage.plot_is_drawn()?;
    more(stage)?;
    stage.tab.choose("Clock", "Device time")?;
    stage.tab.says("· device time", SOON)?;
    stage.plot_is_drawn()?;
    // Both times are in the rows and in the file.
    stage.tab.click("button", "As table")?;
    stage.tab.reads("region", "Plot as table", "Device time", SOON)?;
    stage.tab.click("button", "As table")?;
    let (_, csv) = download(stage, "Save CSV", "csv")?;
    let text = String::from_utf8(csv).map_err(|why| Failure(why.to_string()))?;
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    ensure!(lines[0].starts_with("arrival time,device time,"), "{}", lines[0]);
    ensure!(lines.len() > 20 && lines[1..].is_sorted_by_key(|line| line.split(',').nth(1)), "rows out of order");
    stage.no_problems()
}

pub fn epoch(stage: &mut Stage<'_>) -> Outcome {
    let device = SocketDevice::start(Kind::Numbered, 0)?;
    numbered(stage, &device)?;
    stage.ledger_until("30 frames", SOON, |ledger| ledger.frames >= 30)?;
    stage.plot_is_drawn()?;
    let change = NUMBERED.replace("unit = \"V\"", "unit = \"mV\"");
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &change)?;
    stage.tab.says("No mistakes", SOON)?;
    stage.tab.click("button", "Put in force")?;
    stage.ledger_until("90 frames", SOON, |ledger| ledger.frames >= 90)?;
    let units = "[...document.querySelectorAll('.work-values tr')].map(r => r.textContent).join('|')";
    stage.tab.wait("the rows before keep their unit", SOON, |tab| {
        let text = tab.eval(units)?.as_str().unwrap_or_default().to_owned();
        Ok((text.contains("json until ") && text.contains("mV")).then_some(()))
    })?;
    // The plot's lane is that of what is sent now.
    more(stage)?;
    stage.tab.click("button", "Ranges")?;
    stage.tab.the("textbox", "Lowest of mV")?;
    stage.no_problems()
}

/// Clicks, and waits for a whole file of that ending.
pub(super) fn download(stage: &mut Stage<'_>, button: &str, ending: &str) -> Result<(PathBuf, Vec<u8>), Failure> {
    let folder = stage.site.target.join(format!("downloads-{ending}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let allow = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    stage.tab.call("Page.setDownloadBehavior", allow)?;
    let role = if stage.tab.find("menuitem", button)?.is_some() { "menuitem" } else { "button" };
    stage.tab.click(role, button)?;
    let path = stage.tab.wait(&format!("a file .{ending}"), SOON, |_| {
        let files = std::fs::read_dir(&folder).map_err(|why| Failure(why.to_string()))?;
        let mut found = files.flatten().map(|entry| entry.path());
        Ok(found.find(|path| path.extension().is_some_and(|known| known == ending)))
    })?;
    let bytes = std::fs::read(&path)?;
    Ok((path, bytes))
}

pub fn files(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.plot_is_drawn()?;
    focus_plot(stage)?;
    stage.tab.press_keys(" ")?;
    stage.tab.says("paused", SOON)?;
    more(stage)?;
    let (path, png) = download(stage, "Save PNG", "png")?;
    ensure!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{} is no PNG", path.display());
    let number = |at: usize| {
        png.get(at..at + 4).map_or(0, |four| four.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    let size = stage
        .tab
        .eval("(() => { const c = document.querySelector('.plot canvas'); return [c.width, c.height]; })()")?;
    ensure!(u64::from(number(16)) == size[0].as_u64().unwrap_or(0), "as wide as the plot: {} of {size}", number(16));
    ensure!(
        u64::from(number(20)) > size[1].as_u64().unwrap_or(0),
        "with a title and a legend: {} of {size}",
        number(20)
    );

    let (path, csv) = download(stage, "Save CSV", "csv")?;
    let text = String::from_utf8(csv).map_err(|why| Failure(why.to_string()))?;
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    ensure!(lines.len() > 100, "{} has {} lines", path.display(), lines.len());
    let heads: Vec<&str> = lines[0].split(',').collect();
    let series = stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=true]').length")?;
    ensure!(heads.len() as u64 == 1 + series.as_u64().unwrap_or(0), "{heads:?} for {series} series");
    ensure!(heads[0] == "time" && heads.iter().any(|head| head.ends_with("[r/min]")), "{heads:?}");
    ensure!(lines.iter().all(|line| line.split(',').count() == heads.len()), "rows of unequal length");
    ensure!(lines[1..].is_sorted_by_key(|line| line.split(',').next()), "rows out of order");
    stage.tab.says("rows were handed to the browser", SOON)?;
    stage.no_problems()
}

/// What was chosen in the panels is so in the next session with that profile; what only was looked at closely is not.
pub fn remembered(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.plot_is_drawn()?;
    stage.value_until("v_bus", |value| value != "–")?;
    let legend = "[...document.querySelectorAll('.legend-row')].map(row => row.querySelector('.legend-name').textContent.trim() \
                  + (row.getAttribute('aria-pressed') === 'false' ? ' off' : ''))";
    let series = |stage: &mut Stage<'_>, what: &str, wish: &dyn Fn(&[String]) -> bool| {
        stage.tab.wait(what, SOON, |tab| {
            let names = tab.eval(legend)?;
            let names: Vec<String> =
                names.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
            Ok(wish(&names).then_some(names))
        })
    };
    let before = series(stage, "the profile's series", &|names| names.len() > 2)?;
    ensure!(!before.iter().any(|name| name == "v_bus"), "it is among them by itself: {before:?}");
    stage.tab.click("button", "Plot v_bus")?;
    stage.tab.choose("Length of the plot", "10 s")?;
    more(stage)?;
    stage.tab.choose("Drawn as", "Histogram")?;
    stage.tab.choose("Drawn as", "Time")?;
    stage.tab.click("button", "Statistics")?;
    stage.tab.click("button", "Times")?;
    stage.tab.choose("Line ending", "CR LF")?;
    stage.tab.eval("document.querySelectorAll('.legend-row')[0].click()")?;
    let first = format!("{} off", before[0]);
    let chosen = |names: &[String]| names.iter().any(|name| name == "v_bus") && names.contains(&first);
    let left = series(stage, "a series more, and one hidden", &chosen)?;
    // Looked at closely, standing still.
    focus_plot(stage)?;
    stage.tab.press_keys("+")?;
    stage.tab.press_keys(" ")?;

    demo::open(stage)?;
    stage.plot_is_drawn()?;
    series(stage, "the series as they were left", &|names| names == left)?;
    stage.tab.reads("region", "Cursors and statistics", "Mean", SOON)?;
    let ending = stage.tab.eval("document.querySelector('.send select:nth-of-type(2)').value")?;
    let times = stage.tab.eval("document.querySelector('.term-bare') !== null")?;
    ensure!(
        (&ending, &times) == (&json!("CR LF"), &json!(true)),
        "the ending is {ending}, lines without times: {times}"
    );
    stage.no_problems()
}
