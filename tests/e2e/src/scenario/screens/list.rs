//! The screens and the ways to them, one from the other.

use crate::failure::Outcome;
use crate::scenario::{dashboard, demo, plot, worker};
use crate::stage::Stage;
use crate::tab::SOON;

/// What of a screen a picture shows.
pub enum Show {
    /// Its beginning.
    Top,
    /// That part of it, where it does not fit into the window.
    At(&'static str),
    /// What is there, with what has the focus.
    AsItIs,
}

/// A screen.
pub struct Screen {
    /// In file names and findings.
    pub name: &'static str,
    /// What its picture shows, if it has one.
    pub show: Option<Show>,
    /// The way to it, from the one before.
    pub go: fn(&mut Stage<'_>) -> Outcome,
}

const DETAILS: &str = "[role=region][aria-label=Details]";

/// Goes to an address of the console.
fn address(stage: &mut Stage<'_>, fragment: &str) -> Outcome {
    stage.tab.eval(&format!("location.hash = '{fragment}'")).map(drop)
}

macro_rules! screens {
    ($($name:literal $show:expr, $go:expr;)*) => {
        /// All of them.
        pub const SCREENS: &[Screen] = &[$(Screen { name: $name, show: $show, go: $go }),*];
    };
}

screens! {
    "start" Some(Show::Top), |stage| stage.start();
    "refused" None, |stage| {
        stage.tab.fill("textbox", "Address", "ws://me:secret@host/")?;
        stage.tab.click("button", "Open")?;
        stage.tab.says("before the @", SOON)
    };
    "gallery" Some(Show::Top), |stage| {
        address(stage, "#/gallery")?;
        stage.tab.the("searchbox", "Find a device").map(drop)
    };
    "preview" Some(Show::Top), |stage| {
        address(stage, "#/gallery/shelly")?;
        stage.tab.the("button", "Use for a new session").map(drop)
    };
    "unreadable" None, |stage| {
        address(stage, "#/profile/nonsense")?;
        stage.tab.the("link", "All profiles").map(drop)
    };
    "doctor" Some(Show::Top), |stage| {
        address(stage, "#/doctor")?;
        stage.tab.the("button", "Copy report").map(drop)
    };
    "device" Some(Show::Top), |stage| {
        demo::open(stage)?;
        stage.tab.click("tab", "Commands")?;
        stage.ledger_until("1,000 frames", SOON, |ledger| ledger.frames >= 1000)?;
        stage.send("get limits")?;
        stage.terminal("ok limits")?;
        stage.plot_is_drawn()
    };
    "counters" None, |stage| stage.tab.eval("document.querySelector('.ledger-more').click()").map(drop);
    "palette" Some(Show::AsItIs), |stage| {
        stage.tab.eval("document.querySelector('.ledger-more').click()")?;
        stage.tab.press_keys("Control+k")?;
        stage.tab.the("combobox", "Find or run").map(drop)
    };
    "shortcuts" Some(Show::AsItIs), |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Settings")?;
        stage.tab.click("button", "Keyboard shortcuts")?;
        stage.tab.the("dialog", "Keyboard shortcuts").map(drop)
    };
    "settings" Some(Show::AsItIs), |stage| {
        stage.tab.click("button", "Close")?;
        stage.tab.click("button", "Settings")?;
        stage.tab.the("combobox", "Colour scheme").map(drop)
    };
    "menu" Some(Show::AsItIs), |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Panels")?;
        stage.tab.the("menuitemcheckbox", "Plot").map(drop)
    };
    "stacked" None, |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Arrange Values")?;
        stage.tab.click("menuitem", "Move to lower left")?;
        stage.tab.the("tab", "Terminal").map(drop)
    };
    "values" Some(Show::At(".work-values")), |stage| {
        stage.tab.click("button", "Panels")?;
        stage.tab.click("menuitem", "Undo layout change")?;
        stage.tab.the("log", "Terminal")?;
        stage.value_until("winding", |value| value != "–").map(drop)
    };
    "commands" Some(Show::At(DETAILS)), |stage| {
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Get limits")?;
        stage.tab.says("answered after", SOON)
    };
    "macros" Some(Show::At(DETAILS)), |stage| {
        stage.tab.click("tab", "Macros")?;
        stage.tab.click("button", "Run Run up and stop")?;
        stage.tab.the("button", "Stop Run up and stop").map(drop)
    };
    "macro-edit" None, |stage| {
        stage.tab.click("button", "Stop Run up and stop")?;
        stage.tab.click("button", "Edit Run up and stop")?;
        stage.tab.the("textbox", "Steps").map(drop)
    };
    "transfer" Some(Show::At(DETAILS)), |stage| {
        stage.tab.click("button", "Leave as it was")?;
        stage.tab.click("tab", "Transfer")?;
        stage.tab.the("button", "Receive").map(drop)
    };
    "receiving" None, |stage| {
        stage.tab.click("button", "Receive")?;
        stage.tab.the("button", "Cancel").map(drop)
    };
    "hex" Some(Show::At(DETAILS)), |stage| {
        stage.tab.click("button", "Cancel")?;
        stage.terminal("broken off")?;
        stage.tab.click("tab", "Hex")?;
        stage.tab.fill("searchbox", "Find bytes", "\"limits\"")?;
        stage.tab.click("button", "Find before")?;
        stage.tab.the("button", "Copy as hex").map(drop)
    };
    "terminal-find" Some(Show::At(".work-term")), |stage| {
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Find")?;
        stage.tab.fill("searchbox", "Find in the terminal", "speed")?;
        stage.tab.reads("search", "Find in the terminal", "line", SOON).map(drop)
    };
    "terminal-tools" None, |stage| {
        stage.tab.click("button", "Tools")?;
        stage.tab.the("group", "Terminal tools").map(drop)
    };
    "paste" None, |stage| {
        stage.tab.click("button", "Tools")?;
        stage.tab.click("button", "Close search")?;
        stage.tab.eval(
            "{ const field = document.getElementById('send-line'); const data = new DataTransfer(); \
             data.setData('text', 'get limits\\nget limits'); \
             field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
        )?;
        stage.tab.the("group", "Lines to send").map(drop)
    };
    "table" Some(Show::At(".work-plot")), |stage| {
        stage.tab.click("button", "Cancel")?;
        plot::more(stage)?;
        stage.tab.click("button", "As table")?;
        stage.tab.the("region", "Plot as table").map(drop)
    };
    "figures" Some(Show::At(".work-plot")), |stage| {
        stage.tab.click("button", "As table")?;
        stage.tab.click("button", "Statistics")?;
        stage.tab.reads("region", "Cursors and statistics", "Std dev", SOON).map(drop)
    };
    "ranges" None, |stage| {
        stage.tab.click("button", "Ranges")?;
        stage.tab.the("group", "Ranges").map(drop)
    };
    "spectrum" Some(Show::At(".work-plot")), |stage| {
        stage.tab.choose("Drawn as", "Spectrum")?;
        stage.tab.says("Hann window", SOON)?;
        stage.tab.choose("Field", "i_q")
    };
    "histogram" None, |stage| {
        stage.tab.choose("Drawn as", "Histogram")?;
        stage.tab.the("image", "Histogram").map(drop)
    };
    "xy" Some(Show::At(".work-plot")), |stage| {
        stage.tab.choose("Drawn as", "XY")?;
        stage.tab.the("combobox", "Across").map(drop)
    };
    "rejected" Some(Show::At(DETAILS)), |stage| {
        stage.tab.choose("Drawn as", "Time")?;
        stage.tab.click("button", "Ranges")?;
        stage.tab.click("button", "Statistics")?;
        stage.tab.eval("[...document.querySelectorAll('.work-plot .panel-tools button')].find(b => b.textContent.trim() === 'More').click()")?;
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Fault: checksum")?;
        stage.ledger_until("rejected frames", SOON, |ledger| ledger.rejected > 0)?;
        stage.tab.click("tab", "Rejected")?;
        stage.tab.says("checksum", SOON)
    };
    "profile" Some(Show::At(DETAILS)), |stage| {
        stage.tab.click("tab", "Profile")?;
        stage.tab.the("textbox", "Profile as TOML").map(drop)
    };
    "mistake" None, |stage| {
        stage.tab.eval(
            "{ const text = document.getElementById('profile-text'); text.value = 'nonsense = 1\\n' + text.value; \
             text.dispatchEvent(new Event('input', { bubbles: true })); }",
        )?;
        stage.tab.the("button", "Go to line 1").map(drop)
    };
    "form" Some(Show::At(DETAILS)), |stage| {
        stage.tab.eval(
            "{ const text = document.getElementById('profile-text'); text.value = text.value.replace('nonsense = 1\\n', ''); \
             text.dispatchEvent(new Event('input', { bubbles: true })); }",
        )?;
        stage.tab.click("button", "Form")?;
        stage.tab.the("group", "Profile as a form").map(drop)
    };
    "dashboard-panel" None, |stage| {
        stage.tab.click("tab", "Dashboard")?;
        stage.tab.reads("region", "Winding", "°C", SOON).map(drop)
    };
    "dashboard" Some(Show::Top), |stage| {
        stage.tab.eval(dashboard::ALONE)?;
        stage.tab.reads("region", "Winding", "°C", SOON).map(drop)
    };
    "dashboard-edit" Some(Show::Top), |stage| {
        stage.tab.click("button", "Edit")?;
        stage.tab.eval("document.querySelector('.tile').focus()")?;
        stage.tab.the("form", "Tile Speed").map(drop)
    };
    "doctor-session" Some(Show::Top), |stage| {
        stage.tab.click("button", "Edit")?;
        stage.tab.eval("location.hash = location.hash.replace('session', 'doctor').replace('/dashboard', '')")?;
        stage.tab.the("link", "Back to the device").map(drop)
    };
    "disconnected" None, |stage| {
        stage.tab.click("link", "Back to the device")?;
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Fault: disconnect")?;
        stage.tab.says("unplugged", SOON)
    };
    "closed" Some(Show::Top), |stage| {
        stage.connected()?;
        stage.tab.click("button", "Disconnect")?;
        stage.tab.the("button", "Connect again").map(drop)
    };
    "hidden" None, |stage| {
        stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=true]').forEach(row => row.click())")?;
        stage.tab.says("Every series is hidden.", SOON)
    };
    "restarted" Some(Show::Top), |stage| {
        // What is hidden stays so in the next session.
        stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=false]').forEach(row => row.click())")?;
        stage.tab.in_worker(worker::PANIC)?;
        stage.tab.the("button", "Dismiss")?;
        stage.tab.reads("region", "Device", "Closed", SOON).map(drop)
    };
    "gone" None, |stage| {
        stage.tab.click("button", "Dismiss")?;
        stage.close_session()?;
        address(stage, "#/session/9")?;
        stage.tab.says("Session 9 is not open any more.", SOON)
    };
    "timeline" Some(Show::Top), |stage| {
        for _ in 0..2 {
            stage.start_another()?;
            stage.tab.click("button", "Try the demo device")?;
            stage.connected()?;
            stage.plot_is_drawn()?;
        }
        stage.send("get limits")?;
        stage.terminal("ok limits")?;
        stage.tab.click("link", "Timeline")?;
        stage.tab.reads("log", "Lines of all devices", "ok limits", SOON)?;
        // Until there is something to see of either.
        stage.tab.reads("log", "Lines of all devices", "programme: speed 1800", SOON).map(drop)
    };
    "timeline-series" None, |stage| {
        stage.tab.click("button", "Series")?;
        stage.tab.the("group", "Series to draw").map(drop)
    };
}
