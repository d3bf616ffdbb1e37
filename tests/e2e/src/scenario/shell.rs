//! A shell on a board's console, with programs that take the whole screen: typed to directly, and read as on a screen.

use crate::device::Program;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::{SOON, Tab};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Columns of the shell's terminal; the panel, maximised, has more.
const COLUMNS: u32 = 80;

/// The lines in sight, as text.
const LINES: &str = "[...document.querySelectorAll('.term-lines .term-text')].map(e => e.textContent.trimEnd())";

/// Types, key by key.
pub fn types(stage: &mut Stage<'_>, text: &str) -> Outcome {
    for ch in text.chars() {
        stage.tab.key(ch.encode_utf8(&mut [0; 4]))?;
    }
    Ok(())
}

/// Types a line and ends it.
pub fn line(stage: &mut Stage<'_>, text: &str) -> Outcome {
    types(stage, text)?;
    stage.tab.key("Enter")
}

pub fn in_sight(tab: &mut Tab<'_>) -> Result<Vec<String>, Failure> {
    let lines = tab.eval(LINES)?;
    let text = |line: &serde_json::Value| line.as_str().unwrap_or_default().to_owned();
    Ok(lines.as_array().into_iter().flatten().map(text).collect())
}

/// Waits until the lines in sight are as wished.
pub fn sees(stage: &mut Stage<'_>, what: &str, wish: impl Fn(&[String]) -> bool) -> Outcome {
    let mut last = Vec::new();
    let seen = stage.tab.wait(what, SOON, |tab| {
        last = in_sight(tab)?;
        Ok(wish(&last).then_some(()))
    });
    seen.map_err(|why| Failure(format!("{why}; it shows {:?}", last.iter().rev().take(26).rev().collect::<Vec<_>>())))
}

pub fn sees_line(stage: &mut Stage<'_>, line: &str) -> Outcome {
    sees(stage, &format!("the line {line:?}"), |lines| lines.iter().any(|seen| seen == line))
}

/// Waits until the shell waits for a command again, after what it said.
pub fn prompt(stage: &mut Stage<'_>) -> Outcome {
    sees(stage, "the prompt", |lines| lines.last().is_some_and(|last| last == "board$"))
}

fn paste(stage: &mut Stage<'_>, text: &str) -> Outcome {
    let script = format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/plain', {}); const lines = \
         document.getElementById('terminal-lines'); lines.focus(); lines.dispatchEvent(new ClipboardEvent('paste', \
         {{ clipboardData: data, bubbles: true, cancelable: true }})); }})()",
        json!(text)
    );
    stage.tab.eval(&script).map(drop)
}

/// Every key goes to the device from now on.
pub fn direct(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.click("button", "Type directly")?;
    stage.tab.wait("the lines have the focus", SOON, |tab| {
        Ok((tab.eval("document.activeElement.id")? == "terminal-lines").then_some(()))
    })
}

/// A folder of this test's own, with something in it.
fn folder(stage: &Stage<'_>) -> Result<PathBuf, Failure> {
    let folder = stage.site.target.join("shell");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("logs"))?;
    Ok(folder)
}

/// A shell on a port, and the console connected to it.
fn connected(stage: &mut Stage<'_>, folder: &Path) -> Result<Program, Failure> {
    let shell = Program::shell(folder, COLUMNS)?;
    stage.start()?;
    stage.plug(0, shell.path())?;
    stage.tab.choose("Profile", "Plain text")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    Ok(shell)
}

pub fn whole(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage)?;
    let _shell = connected(stage, &folder)?;
    stage.tab.click("button", "Arrange Terminal")?;
    stage.tab.click("menuitem", "Maximise")?;
    direct(stage)?;

    line(stage, "echo $((6*7)) is the answer")?;
    sees_line(stage, "42 is the answer")?;
    // What was typed before comes again, and is written over in its middle.
    stage.tab.key("ArrowUp")?;
    for _ in 0.." is the answer".len() {
        stage.tab.key("ArrowLeft")?;
    }
    line(stage, "*2")?;
    sees_line(stage, "42*2 is the answer")?;
    line(stage, "ls --color=always")?;
    stage.tab.wait("a folder's name in its colour", SOON, |tab| {
        let script = "[...document.querySelectorAll('.term-text span')].some(e => e.textContent === 'logs' && \
                      e.classList.contains('a-bold') && e.style.color.includes('--ansi-blue'))";
        Ok((tab.eval(script)? == true).then_some(()))
    })?;

    // Ctrl C reaches what runs.
    // It says so itself when it is the one that the key ends; until then it would be the shell.
    line(stage, "sh -c 'echo it runs; sleep 600'")?;
    sees_line(stage, "it runs")?;
    stage.tab.press_keys("Control+c")?;
    prompt(stage)?;
    line(stage, "echo it ended with $?")?;
    sees_line(stage, "it ended with 130")?;

    // A pager has the screen for itself; afterwards what was there before stands there again.
    line(stage, "seq 101 200 | less")?;
    sees(stage, "the first page", |lines| {
        lines.first().is_some_and(|first| first == "101") && lines.iter().any(|line| line == "123") && lines.len() <= 24
    })?;
    stage.tab.key("ArrowDown")?;
    sees(stage, "a line further", |lines| lines.first().is_some_and(|first| first == "102"))?;
    stage.tab.key("PageDown")?;
    sees(stage, "a page further", |lines| lines.first().is_some_and(|first| first == "125"))?;
    types(stage, "q")?;
    prompt(stage)?;
    sees_line(stage, "it ended with 130")?;
    sees(stage, "nothing of the pager", |lines| !lines.iter().any(|line| line == "123"))?;

    // An editor: its cursor, its keys, its file.
    line(stage, "vim -u NONE -N note.txt")?;
    sees(stage, "an empty file", |lines| lines.iter().filter(|line| *line == "~").count() > 15)?;
    types(stage, "ione three")?;
    sees(stage, "its mode", |lines| lines.iter().any(|line| line.starts_with("-- INSERT --")))?;
    for _ in 0.." three".len() {
        stage.tab.key("ArrowLeft")?;
    }
    types(stage, " two")?;
    stage.tab.key("Escape")?;
    sees_line(stage, "one two three")?;
    line(stage, ":wq")?;
    prompt(stage)?;
    let written = std::fs::read_to_string(folder.join("note.txt"))?;
    ensure!(written == "one two three\n", "the editor wrote {written:?}");
    line(stage, "top -d 1")?;
    sees(stage, "the table of processes", |lines| {
        lines.iter().any(|line| line.contains("PID") && line.contains("COMMAND"))
    })?;
    types(stage, "q")?;
    prompt(stage)?;
    stage.no_problems()
}

/// In a panel with fewer rows than the program's screen, the row that is typed at is in sight.
pub fn low(stage: &mut Stage<'_>) -> Outcome {
    const WHERE: &str = "(() => { const [at, panel] = ['.term-cursor', '#terminal-lines'].map(s => \
                         document.querySelector(s)?.getBoundingClientRect()); return !!at && panel.height < 380 && \
                         at.top >= panel.top - 1 && at.bottom <= panel.bottom + 1; })()";
    let folder = folder(stage)?;
    let _shell = connected(stage, &folder)?;
    direct(stage)?;
    line(stage, "vim -u NONE -N note.txt")?;
    sees(stage, "an empty file", |lines| lines.iter().filter(|line| *line == "~").count() > 15)?;
    types(stage, "ione")?;
    sees_line(stage, "one")?;
    stage.tab.wait(
        "the cursor in the first row, in sight",
        SOON,
        |tab| Ok((tab.eval(WHERE)? == true).then_some(())),
    )?;
    // Down at the end of the screen it is followed again.
    stage.tab.key("Escape")?;
    types(stage, ":set nu")?;
    stage.tab.wait("the cursor in the last row, in sight", SOON, |tab| Ok((tab.eval(WHERE)? == true).then_some(())))?;
    stage.tab.key("Escape")?;
    line(stage, ":q!")?;
    prompt(stage)?;
    stage.no_problems()
}

/// S25: bash asks for marks around a paste, and runs nothing of one before Enter is pressed.
pub fn pastes(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage)?;
    let _shell = connected(stage, &folder)?;
    direct(stage)?;
    stage.tab.key("Enter")?;
    prompt(stage)?;
    let there = |name: &str| folder.join(name).exists();

    paste(stage, "touch one\ntouch two\u{1b}[201~\ntouch three\n")?;
    stage.tab.reads("group", "Lines to send", "Send 3 lines", SOON)?;
    stage.tab.reads("group", "Lines to send", "as one marked paste", SOON)?;
    ensure!(!there("one"), "a paste was sent before anyone said so");
    stage.tab.click("button", "Send lines")?;
    sees(stage, "the last of the lines pasted", |lines| lines.iter().any(|line| line == "touch three"))?;
    for name in ["one", "two", "three"] {
        ensure!(!there(name), "the shell ran \"touch {name}\" before Enter was pressed");
    }
    stage.tab.key("Enter")?;
    prompt(stage)?;
    for name in ["one", "two", "three"] {
        stage.tab.wait(&format!("the file {name}"), SOON, |_| Ok(there(name).then_some(())))?;
    }
    // A program that does not ask gets none.
    line(stage, "cat > plain")?;
    stage.tab.wait("cat runs", SOON, |_| Ok(there("plain").then_some(())))?;
    std::thread::sleep(std::time::Duration::from_millis(500));
    paste(stage, "no marks")?;
    stage.tab.key("Enter")?;
    stage.tab.press_keys("Control+d")?;
    prompt(stage)?;
    let plain = std::fs::read_to_string(folder.join("plain"))?;
    ensure!(plain == "no marks\n", "cat was sent {plain:?}");
    stage.no_problems()
}
