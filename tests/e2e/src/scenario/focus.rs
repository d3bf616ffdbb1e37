//! Where the keyboard's focus goes when what had it has done its work, and at how few places the Tab key stops.

use super::demo;
use super::workspace::FOCUSED;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::{Look, SOON};
use serde_json::json;

/// Presses a control with the Enter key.
pub(super) fn enter_on(stage: &mut Stage<'_>, role: &str, name: &str) -> Outcome {
    let control = stage.tab.the(role, name)?;
    stage.tab.on(&control, "function () { this.focus(); }", json!([]))?;
    stage.tab.key("Enter")
}

/// What that expression says of the page becomes true.
fn holds(stage: &mut Stage<'_>, what: &str, expression: &str) -> Outcome {
    stage.tab.wait(what, SOON, |tab| Ok((tab.eval(expression)? == true).then_some(())))
}

/// What has that name has the focus, and stands in the window.
pub(super) fn focused(stage: &mut Stage<'_>, name: &str) -> Outcome {
    let asked = format!(
        "(() => {{ const r = document.activeElement.getBoundingClientRect(); \
         return {FOCUSED} === {} && r.top >= 0 && r.bottom <= innerHeight; }})()",
        json!(name)
    );
    holds(stage, &format!("the focus on {name:?}"), &asked)
}

fn at(stage: &mut Stage<'_>, selector: &str) -> Outcome {
    holds(stage, &format!("the focus at {selector}"), &format!("document.activeElement.matches({})", json!(selector)))
}

fn typed(stage: &mut Stage<'_>, words: &str) -> Outcome {
    stage.tab.call("Input.insertText", json!({ "text": words }))?;
    stage.tab.key("Tab")
}

pub fn follows(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Macros")?;
    enter_on(stage, "button", "Add macro")?;
    at(stage, "#macro-name")?;
    enter_on(stage, "button", "Leave as it was")?;
    focused(stage, "Add macro")?;
    stage.tab.key("Enter")?;
    at(stage, "#macro-name")?;
    typed(stage, "Once")?;
    typed(stage, "send get limits\nwait 60 s")?;
    enter_on(stage, "button", "Save macro")?;
    focused(stage, "Add macro")?;
    enter_on(stage, "button", "Run Once")?;
    focused(stage, "Stop Once")?;
    stage.tab.key("Enter")?;
    focused(stage, "Run Once")?;
    enter_on(stage, "button", "Edit Once")?;
    at(stage, "#macro-name")?;
    enter_on(stage, "button", "Leave as it was")?;
    focused(stage, "Edit Once")?;
    stage.tab.key("Enter")?;
    enter_on(stage, "button", "Delete macro")?;
    focused(stage, "Add macro")?;

    stage.tab.click("tab", "Commands")?;
    stage.tab.click("checkbox", "Repeat")?;
    stage.tab.fill("textbox", "times, empty for until stopped", "")?;
    enter_on(stage, "button", "Get limits")?;
    enter_on(stage, "button", "Stop repeating")?;
    focused(stage, "Send this")?;

    // Its form is above the tiles, so that the tile beside may be far from what was seen.
    stage.tab.click("tab", "Dashboard")?;
    stage.tab.click("button", "Edit")?;
    let sight = "(() => { const e = document.activeElement, p = e.closest('.place-panel'); if (!e.matches('.tile')) \
                 return false; const [a, b] = [e, p].map(e => e.getBoundingClientRect()); \
                 return a.top < b.bottom - 24 && a.bottom > b.top + 24; })()";
    stage.tab.eval("document.querySelector('.tile').focus()")?;
    for left in (1..=3).rev() {
        stage.tab.key("Delete")?;
        holds(stage, &format!("the tile beside in sight, {left} to go"), sight)?;
    }
    stage.no_problems()
}

pub fn stops(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.plot_is_drawn()?;
    stage.value_until("winding", |value| value != "–")?;
    // From the filter of the values to the terminal, the table is one stop.
    stage.tab.eval("document.querySelector('.values-filter').focus()")?;
    let (mut all, mut rows) = (0, 0);
    while stage.tab.eval("!!document.activeElement.closest('.work-term')")? == false {
        stage.tab.key("Tab")?;
        rows += i32::from(stage.tab.eval("!!document.activeElement.closest('table.values tbody')")? == true);
        all += 1;
        ensure!(all < 40, "the Tab key does not come to the terminal");
    }
    ensure!(rows == 1, "the Tab key stops {rows} times in the table's body");

    // Up and down between rows, right to what is in one, left back to it; and past the names of messages.
    let name = "document.activeElement.closest('tr')?.querySelector('th').textContent.trim()";
    stage.tab.eval("document.querySelector('table.values tbody tr[tabindex=\"0\"]').focus()")?;
    while stage.tab.eval("!!document.activeElement.querySelector('.values-toggle')")? == false {
        stage.tab.key("ArrowDown")?;
    }
    let first = stage.tab.eval(name)?.as_str().unwrap_or_default().to_owned();
    stage.tab.key("ArrowRight")?;
    focused(stage, &format!("Plot {first}"))?;
    let before = stage.tab.eval("document.activeElement.ariaPressed")?;
    stage.tab.key(" ")?;
    holds(stage, "the toggle toggled", &format!("document.activeElement.ariaPressed !== {before}"))?;
    stage.tab.key("ArrowDown")?;
    at(stage, ".values-toggle")?;
    ensure!(stage.tab.eval(name)? != first.as_str(), "the arrow key does not go on to the next row");
    stage.tab.key("ArrowLeft")?;
    at(stage, "tr[aria-selected=true]")?;
    stage.tab.key("Home")?;
    stage.tab.key("ArrowUp")?;
    at(stage, ".values-fold")?;
    stage.tab.key("ArrowLeft")?;
    at(stage, ".values-fold[aria-expanded=false]")?;
    stage.tab.key("ArrowRight")?;
    at(stage, ".values-fold[aria-expanded=true]")?;

    // The legend is one stop as well.
    let legend =
        stage.tab.eval("[...document.querySelectorAll('.legend button')].filter(e => e.tabIndex === 0).length")?;
    ensure!(legend == 1, "the Tab key stops {legend} times in the legend");
    stage.tab.eval("document.querySelector('.legend button[tabindex=\"0\"]').focus()")?;
    stage.tab.key("ArrowDown")?;
    at(stage, ".legend button[tabindex='0']")?;
    stage.tab.key("End")?;
    at(stage, ".legend button:last-child")?;

    // What is typed in one go is one beginning.
    enter_on(stage, "button", "Panels")?;
    at(stage, ".menu-item")?;
    for letter in ["m", "a", "c"] {
        stage.tab.key(letter)?;
    }
    focused(stage, "Macros")?;
    stage.tab.key("Escape")?;
    focused(stage, "Panels")?;

    stage.tab.click("tab", "Hex")?;
    stage.tab.eval("document.getElementById('hex-bytes').focus()")?;
    stage.tab.key("/")?;
    at(stage, "input[type=search][aria-label='Find bytes']")?;
    stage.no_problems()
}

pub fn tab_in_sight(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Dashboard")?;
    let sight = "(() => { const t = [...document.querySelectorAll('.tabs [aria-selected=true]')].find(t => t.textContent \
                 === 'Dashboard'); const [a, b] = [t, t.parentElement].map(e => e.getBoundingClientRect()); \
                 return a.left >= b.left - 1 && a.right <= b.right + 1; })()";
    stage.tab.look(Look::ALL[2])?;
    holds(stage, "the tab in front, on a phone", sight)?;
    stage.tab.look(Look::ALL[0])?;
    holds(stage, "the tab in front, on a desk", sight)?;
    stage.no_problems()
}

pub fn rejected(stage: &mut Stage<'_>) -> Outcome {
    // A whole frame is selected from its first byte on, and in sight.
    const SHOWN: &str = "(() => { const on = [...document.querySelectorAll('.hex-bytes .hex-on')]; if (on.length < 2 || \
         document.activeElement.id !== 'hex-bytes' || !on[0].classList.contains('hex-begins')) return false; \
         const [box, byte] = [document.activeElement, on[0]].map(e => e.getBoundingClientRect()); \
         return byte.top >= box.top - 1 && byte.bottom <= box.bottom + 1; })()";
    demo::open(stage)?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Fault: checksum")?;
    // While more come in, the list moves.
    stage.tab.reads("contentinfo", "Ledger", "50 wrong checksums", SOON)?;
    // A term of the ledger leads to its list.
    enter_on(stage, "button", "rejected*")?;
    holds(stage, "the list in front", "document.activeElement.closest('.place')?.dataset.panel === 'Rejected'")?;
    enter_on(stage, "button", "Show bytes at offset*")?;
    stage.tab.says("The bytes of the rejected frame.", SOON)?;
    holds(stage, "its bytes", SHOWN)?;
    // So does a line of the terminal, with the mouse and by a key.
    for by_key in [false, true] {
        stage.tab.click("tab", "Commands")?;
        if by_key {
            stage.tab.eval("document.getElementById('terminal-lines').focus()")?;
            stage.tab.key("b")?;
        } else {
            let line = "document.querySelector('.term-bytes').closest('.term-line').textContent.includes('rejected')";
            holds(stage, "a rejected line", line)?;
            stage.tab.eval("document.querySelector('.term-bytes').click()")?;
        }
        holds(stage, "the bytes of the line", SHOWN)?;
    }
    stage.no_problems()
}

/// The terms of the ledger lead to what they count, a computed value to the bytes of its fields, Escape back to the row.
pub fn terms(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Commands")?;
    stage.tab.click("button", "Fault: disconnect")?;
    stage.tab.reads("contentinfo", "Ledger", "1 gap", SOON)?;
    enter_on(stage, "button", "1 gap*")?;
    let gap = "(() => { const box = document.activeElement; if (box.id !== 'terminal-lines') return false; \
               const r = box.getBoundingClientRect(); return [...document.querySelectorAll('.term-gap')].some(l => \
               l.getBoundingClientRect().top >= r.top - 1 && l.getBoundingClientRect().bottom <= r.bottom + 1); })()";
    holds(stage, "the gap in the terminal", gap)?;
    enter_on(stage, "button", "In *")?;
    holds(stage, "the newest bytes", "document.activeElement.id === 'hex-bytes'")?;
    for term in ["good*", "frames*"] {
        enter_on(stage, "button", term)?;
        holds(
            stage,
            "the last good frame",
            "/last good frame/.test(document.querySelector('.hex-remark').textContent)",
        )?;
        holds(stage, "its bytes", "document.querySelectorAll('.hex-bytes .hex-on').length > 4")?;
    }
    enter_on(stage, "button", "skipped*")?;
    let skipped = "/skipped/.test(document.querySelector('.hex-remark').textContent)";
    holds(stage, "what was skipped, or that nothing was", skipped)?;

    let row = "(() => { const row = [...document.querySelectorAll('table.values tbody tr[id]')].find(r => \
               r.textContent.includes('power_in')); row?.focus(); return !!row; })()";
    holds(stage, "a computed value", row)?;
    stage.tab.key("/")?;
    holds(stage, "the filter", "document.activeElement.matches('.values-filter')")?;
    stage.tab.key("Escape")?;
    holds(stage, "the row again", "document.activeElement.textContent.includes('power_in')")?;
    stage.tab.key("Enter")?;
    holds(
        stage,
        "its expression",
        "document.querySelector('.hex-made code')?.textContent === 'power_in = v_bus * i_bus'",
    )?;
    enter_on(stage, "button", "Bytes of v_bus")?;
    holds(stage, "the field's two bytes", "document.querySelectorAll('.hex-bytes .hex-on').length === 2")?;
    // Escape in the bytes leads back to the row of the value, F6 to that row, and the arrow keys go on from there.
    stage.tab.eval("document.getElementById('hex-bytes').focus()")?;
    stage.tab.key("Escape")?;
    holds(
        stage,
        "the row once more",
        "document.activeElement.matches('tr[id]') && document.activeElement.textContent.includes('power_in')",
    )?;
    stage.tab.press_keys("Shift+F6")?;
    stage.tab.press_keys("F6")?;
    let row = "document.activeElement.matches('table.values tr[id]')";
    holds(stage, "a row by F6", row)?;
    let before = stage.tab.eval("document.activeElement.id")?;
    stage.tab.key("ArrowUp")?;
    let above = format!("!!document.activeElement.closest('table.values') && document.activeElement.id !== {before}");
    holds(stage, "the one above", &above)?;
    stage.no_problems()
}
