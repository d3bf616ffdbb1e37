//! The terminal's search, hold and paste, and the bytes.

use super::demo;
use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

/// Lines that are shown, and how many of them do not speak of limits.
const OTHERS: &str = "(() => { const lines = [...document.querySelectorAll('.term-lines .term-text')]; \
     return lines.length + ' ' + lines.filter(e => !e.textContent.includes('limits')).length; })()";

pub fn finds(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    stage.tab.click("button", "Find")?;
    stage.tab.fill("searchbox", "Find in the terminal", "LIMITS")?;
    stage.tab.reads("search", "Find in the terminal", "2 lines", SOON)?;
    ensure!(stage.tab.eval("document.querySelectorAll('.term-found').length")? != 0, "nothing found is marked");
    stage.tab.click("button", "Only these lines")?;
    stage.tab.wait("only the lines found", SOON, |tab| Ok((tab.eval(OTHERS)? == "2 0").then_some(())))?;
    stage.tab.click("button", "Regular expression")?;
    stage.tab.fill("searchbox", "Find in the terminal", "limits(")?;
    stage.tab.says("Nothing is sought:", SOON)?;
    // By a pattern that is none nothing is found, and nothing is hidden either.
    let all = "document.querySelectorAll('.term-lines .term-line').length";
    stage.tab.wait("all lines", SOON, |tab| Ok(tab.eval(all)?.as_u64().filter(|lines| *lines > 2).map(drop)))?;
    stage.tab.click("button", "Close search")?;

    // Held, nothing is lost and what came is counted.
    stage.tab.click("button", "Hold")?;
    stage.send("get limits")?;
    stage.tab.reads("region", "Terminal", "came since", SOON)?;
    stage.tab.click("button", "Follow the end")?;
    stage.tab.wait("the lines that came meanwhile", SOON, |tab| {
        let count = tab.eval("[...document.querySelectorAll('.term-lines .term-text')].filter(e => e.textContent.includes('ok limits')).length")?;
        Ok((count == 2).then_some(()))
    })?;
    stage.no_problems()
}

pub fn pastes(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.eval(
        "(() => { const data = new DataTransfer(); data.setData('text/plain', 'get limits\\nget limits\\u001b\\nget limits\\n'); \
         const field = document.getElementById('send-line'); field.focus(); field.dispatchEvent(new ClipboardEvent('paste', \
         { clipboardData: data, bubbles: true, cancelable: true })); })()",
    )?;
    stage.tab.reads("group", "Lines to send", "Send 3 lines", SOON)?;
    stage.tab.reads("group", "Lines to send", "1 control character taken out", SOON)?;
    let sent = stage.tab.eval("document.querySelector('[data-out]').getAttribute('data-out')")?;
    ensure!(sent == "0", "{sent} bytes were sent before anyone said so");
    stage.tab.click("button", "Send lines")?;
    stage.tab.says("Sent 3 of 3 lines.", SOON)?;
    stage.terminal("ok limits")?;
    stage.no_problems()
}

pub fn bytes(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    stage.tab.click("tab", "Hex")?;
    stage.tab.fill("searchbox", "Find bytes", "\"get limits\"")?;
    stage.tab.click("button", "Find before")?;
    stage.tab.reads("group", "As a number", "10 bytes from offset", SOON)?;
    // "ge", least significant byte first.
    stage.tab.reads("group", "As a number", "25959", SOON)?;
    let begins = stage.tab.eval("document.querySelectorAll('.hex-begins').length")?;
    ensure!(begins != 0, "no frame begins anywhere");
    stage.no_problems()
}
