//! The bytes, of a stream that is known to the last of them.

use crate::device::Device;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;

/// Lines of nine bytes, more of them than are in sight.
const LINES: usize = 400;

/// How many bytes are selected from offset 0 on.
fn selected(stage: &mut Stage<'_>) -> Result<u64, Failure> {
    let said = stage.tab.eval("document.querySelector('.hex-said')?.textContent ?? ''")?;
    let said = said.as_str().unwrap_or_default();
    ensure!(said.contains("from offset 0"), "it says {said:?}");
    let digits: String = said.split("byte").next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_err(|_| Failure(format!("no count in {said:?}")))
}

pub fn known(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(25)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Plain text")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    let stream: String = (0..LINES).map(|number| format!("line {number:03}\n")).collect();
    device.raw(stream.as_bytes());
    stage.ledger_until("the lines", SOON, |ledger| ledger.bytes_in == 9 * LINES as u64)?;
    std::thread::sleep(std::time::Duration::from_millis(400));
    stage.send("ping")?;
    stage.tab.click("button", "Arrange Commands")?;
    stage.tab.click("menuitem", "Maximise")?;
    stage.tab.click("tab", "Hex")?;

    // The first line: its offset, direction, bytes, frames, and the number that it is.
    stage.tab.fill("searchbox", "Find bytes", "\"line\"")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.reads("group", "As a number", "4 bytes from offset 0", SOON)?;
    // 6c 69 6e 65, least and most significant byte first.
    stage.tab.reads("group", "As a number", "1701734764", SOON)?;
    stage.tab.reads("group", "As a number", "1818848869", SOON)?;
    let row = "(() => { const row = document.querySelector('.hex-row'); const of = (c) => row.querySelector(c).textContent; \
               return [of('.hex-at'), of('.hex-way'), of('.hex-bytes').replace(/\\s/g, ''), of('.hex-text')].join('|'); })()";
    stage.tab.wait("the first row", SOON, |tab| {
        Ok((tab.eval(row)? == "00000000|in|6c696e65203030300a6c696e65203030|line 000·line 00").then_some(()))
    })?;
    let begins = stage.tab.eval("[...document.querySelectorAll('.hex-bytes .hex-begins')].map(e => +e.dataset.at)")?;
    let begins: Vec<u64> = begins.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect();
    ensure!(
        begins.len() > 10 && begins.iter().enumerate().all(|(n, at)| *at == 9 * n as u64),
        "frames begin at {begins:?}"
    );

    // By keys beyond the rows in sight: what is read is still what stands at the beginning, and the end is in sight.
    stage.tab.eval("document.querySelector('.hex-scroll').focus()")?;
    let mut count = 4;
    for _ in 0..4 {
        stage.tab.press_keys("Shift+PageDown")?;
        let before = count;
        count = longer(stage, before)?;
    }
    ensure!(count > 500, "four pages are {count} bytes");
    stage.tab.reads("group", "As a number", "1701734764", SOON)?;
    let end = format!("document.querySelector('.hex-bytes [data-at=\"{}\"]') !== null", count - 1);
    stage.tab.wait("the end of the selection", SOON, |tab| Ok((tab.eval(&end)? == true).then_some(())))?;

    // By the mouse, held below the rows.
    stage.tab.click("button", "Find before")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.key("Escape")?;
    stage.tab.eval("document.querySelector('.hex-scroll').scrollTop = 0")?;
    let first = "(() => { const r = document.querySelector('.hex-bytes [data-at=\"0\"]')?.getBoundingClientRect(); \
                 return r ? [r.x + r.width / 2, r.y + r.height / 2] : null; })()";
    let place = stage.tab.wait("the first byte", SOON, |tab| {
        let place = tab.eval(first)?;
        Ok(place.is_array().then_some(place))
    })?;
    let from = (place[0].as_f64().unwrap_or_default(), place[1].as_f64().unwrap_or_default());
    let region = stage.tab.the("region", "Bytes in both directions")?;
    let [_, top, _, height] = stage.tab.place(&region)?;
    stage.tab.carry(from, (from.0 + 60.0, top + height + 60.0))?;
    longer(stage, 500)?;
    stage.tab.mouse("mouseReleased", (from.0 + 60.0, top + height + 60.0))?;
    stage.tab.reads("group", "As a number", "1701734764", SOON)?;

    // What was sent, later than what came.
    stage.tab.fill("searchbox", "Find bytes", "70 69 6e 67 0a")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.reads("group", "As a number", "5 bytes from offset 3600", SOON)?;
    let sent = "(() => { const rows = [...document.querySelectorAll('.hex-row')]; const sent = rows.find(r => r.classList.contains('hex-sent')); \
                const came = rows.find(r => !r.classList.contains('hex-sent')); const of = (r, c) => r.querySelector(c).textContent; \
                return sent && came && of(sent, '.hex-way') === 'out' && of(sent, 'time') > of(came, 'time'); })()";
    stage.tab.wait("what was sent", SOON, |tab| Ok((tab.eval(sent)? == true).then_some(())))?;

    // What stands before the selection is found from the beginning, and that is said; half a byte is not looked for.
    stage.tab.fill("searchbox", "Find bytes", "30 30 30 0a")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.says("No more after the selection: found from the beginning.", SOON)?;
    stage.tab.reads("group", "As a number", "4 bytes from offset 5", SOON)?;
    stage.tab.click("button", "Find before")?;
    stage.tab.says("This is the only place with these bytes.", SOON)?;
    stage.tab.fill("searchbox", "Find bytes", "30 3")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.says("“30 3” has half a byte in it", SOON)?;
    stage.tab.fill("searchbox", "Find bytes", "ab cd")?;
    stage.tab.click("button", "Find after")?;
    stage.tab.says("These bytes are not among those held.", SOON)?;
    stage.no_problems()
}

/// Waits until more bytes than that are selected.
fn longer(stage: &mut Stage<'_>, than: u64) -> Result<u64, Failure> {
    let end = std::time::Instant::now() + SOON;
    loop {
        let count = selected(stage)?;
        if count > than {
            return Ok(count);
        }
        ensure!(std::time::Instant::now() < end, "{count} bytes are selected, not more than {than}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
