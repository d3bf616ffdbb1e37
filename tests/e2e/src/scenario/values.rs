//! The table of values: sorted, filtered and pinned, by the keyboard as well.

use super::demo;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};

/// The rows as they stand: the names of groups and of fields.
const ROWS: &str = "[...document.querySelectorAll('table.values tbody tr')].map(row => \
    row.classList.contains('rows-group') ? '# ' + row.querySelector('th').textContent.trim() : \
    row.querySelector('th').textContent.trim())";

fn rows(stage: &mut Stage<'_>, what: &str, wish: impl Fn(&[String]) -> bool) -> Result<Vec<String>, Failure> {
    stage.tab.wait(what, SOON, |tab| {
        let rows = tab.eval(ROWS)?;
        let rows: Vec<String> =
            rows.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok(wish(&rows).then_some(rows))
    })
}

pub fn table(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    let of_drive = |rows: &[String]| {
        let from = rows.iter().position(|row| row == "# drive").map_or(0, |at| at + 1);
        rows[from..].iter().take_while(|row| !row.starts_with('#')).cloned().collect::<Vec<_>>()
    };
    rows(stage, "all fields", |rows| of_drive(rows).len() == 8 && rows.iter().any(|row| row == "power_in"))?;
    stage.tab.click("button", "Field")?;
    let sorted = |rows: &[String], down: bool| {
        let drive = of_drive(rows);
        let mut sorted = drive.clone();
        sorted.sort();
        if down {
            sorted.reverse();
        }
        drive == sorted
    };
    rows(stage, "rows sorted upwards", |rows| sorted(rows, false))?;
    stage.tab.click("button", "Field")?;
    rows(stage, "rows sorted downwards", |rows| sorted(rows, true))?;
    let aria = stage.tab.eval("document.querySelector('th.values-field').getAttribute('aria-sort')")?;
    ensure!(aria == json!("descending"), "aria-sort is {aria}");

    stage.tab.fill("searchbox", "Filter fields", "wind")?;
    rows(stage, "the one field that has it", |rows| rows == ["# thermal", "winding"])?;
    stage.tab.fill("searchbox", "Filter fields", "xyzzy")?;
    stage.tab.says("No field has “xyzzy”", SOON)?;
    stage.tab.fill("searchbox", "Filter fields", "")?;
    stage.tab.eval(
        "const field = document.querySelector('.values-filter'); field.value = ''; \
                    field.dispatchEvent(new Event('input', { bubbles: true }))",
    )?;
    let all = rows(stage, "all fields again", |rows| rows.len() > 15)?;

    // One stop of the tab key; the arrow keys go from row to row.
    stage.tab.eval("document.querySelector('table.values tbody tr[tabindex=\"0\"]').focus()")?;
    stage.tab.key("ArrowDown")?;
    let focused = stage.tab.eval("document.activeElement.querySelector('th').textContent.trim()")?;
    let second = all.iter().filter(|row| !row.starts_with('#')).nth(1).cloned().unwrap_or_default();
    ensure!(focused == json!(second), "the focus is at {focused}, not at {second}");
    stage.tab.key("p")?;
    let pinned = |rows: &[String]| {
        rows.first().is_some_and(|first| first == "# Pinned") && rows.get(1).is_some_and(|row| row.ends_with(&second))
    };
    rows(stage, "the pinned row first", pinned)?;
    stage.tab.click("button", "Group")?;
    rows(stage, "one list", |rows| !rows.iter().any(|row| row == "# drive"))?;

    // Kept by the profile's name, as is the order.
    demo::open(stage)?;
    let same = |rows: &[String]| pinned(rows) && !rows.iter().any(|row| row == "# drive");
    rows(stage, "the pinned row first in another session, in one list", same)?;
    let aria = stage.tab.eval("document.querySelector('th.values-field').getAttribute('aria-sort')")?;
    ensure!(aria == json!("descending"), "aria-sort is {aria}");
    stage.no_problems()
}

/// Goes to a field's row and asks for its bytes by the keyboard; the value that the row shows.
fn ask_for_bytes(stage: &mut Stage<'_>, field: &str) -> Result<String, Failure> {
    let row = format!(
        "[...document.querySelectorAll('table.values tbody tr')].find(r => r.querySelector('th').textContent.trim() === '{field}')"
    );
    stage.value_until(field, |value| value != "–")?;
    stage.tab.eval(&format!("{row}.focus()"))?;
    let value = stage.tab.eval(&format!("{row}.querySelector('td.num').textContent"))?;
    stage.tab.key("Enter")?;
    stage.tab.wait("the focus among the bytes", SOON, |tab| {
        Ok((tab.eval("document.activeElement.id")? == "hex-bytes").then_some(()))
    })?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

pub fn bytes(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    // A voltage that hardly moves: two bytes, hundredths of a volt.
    let shown = ask_for_bytes(stage, "v_bus")?;
    stage.tab.says("The bytes of v_bus in the latest frame of its message.", SOON)?;
    stage.tab.reads("group", "As a number", "2 bytes from offset", SOON)?;
    let little = "[...document.querySelectorAll('.hex-table tr')].find(r => r.cells[0].textContent === 'i16').cells[1].textContent";
    let read = stage.tab.eval(little)?;
    let read: f64 = read.as_str().and_then(|read| read.parse().ok()).unwrap_or_default();
    let shown: f64 = shown.parse().unwrap_or_default();
    ensure!((read / 100.0 - shown).abs() < 0.5, "the bytes are {read}, the value is {shown}");
    // They are in sight, and what is read begins with the first of them.
    let first = "(() => { const on = document.querySelector('.hex-bytes .hex-on'); const at = on?.dataset.at; \
                 const [box, byte] = [document.getElementById('hex-bytes'), on].map(e => e?.getBoundingClientRect()); \
                 if (at === undefined || byte.top < box.top || byte.bottom > box.bottom) return false; \
                 const said = document.querySelector('.hex-said')?.textContent.split('offset')[1] ?? ''; \
                 return said.match(/[0-9]/g)?.join('').startsWith(at); })()";
    stage.tab.wait("the bytes in sight", SOON, |tab| Ok((tab.eval(first)? == true).then_some(())))?;

    // A text that came a while ago.
    let text = ask_for_bytes(stage, "text")?;
    let words: String = text.chars().take(9).collect();
    stage.tab.reads("group", "As a number", &format!("text {words}"), SOON)?;
    // What is computed has no bytes of its own, but its fields have.
    ask_for_bytes(stage, "power_in")?;
    stage.tab.says("is computed from fields of this frame", SOON)?;

    // The tool does the same for whom the keyboard is not.
    stage.tab.click("button", "Show bytes")?;
    stage.tab.says("is computed from fields of this frame", SOON)?;
    stage.no_problems()
}
