//! Every screen, for the accessibility checker and for pictures.

use super::{dashboard, demo, plot, worker};
use crate::failure::{Failure, Outcome};
use crate::stage::{Site, Stage};
use crate::tab::{Look, SOON, Tab};
use serde_json::Value;
use std::path::Path;

/// A screen: its name, and the way to it.
type Screen = (&'static str, fn(&mut Stage<'_>) -> Outcome);

const SCREENS: &[Screen] = &[
    ("start", |stage| stage.start()),
    ("device", |stage| {
        demo::open(stage)?;
        stage.tab.click("tab", "Commands")?;
        stage.ledger_until("1,000 frames", SOON, |ledger| ledger.frames >= 1000)?;
        stage.send("get limits")?;
        stage.terminal("ok limits")?;
        stage.plot_is_drawn()
    }),
    ("counters", |stage| stage.tab.eval("document.querySelector('.ledger-more').click()").map(drop)),
    ("palette", |stage| {
        stage.tab.press_keys("Control+k")?;
        stage.tab.the("combobox", "Find or run").map(drop)
    }),
    ("shortcuts", |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Settings")?;
        stage.tab.click("button", "Keyboard shortcuts")?;
        stage.tab.the("dialog", "Keyboard shortcuts").map(drop)
    }),
    ("settings", |stage| {
        stage.tab.click("button", "Close")?;
        stage.tab.click("button", "Settings")?;
        stage.tab.the("combobox", "Colour scheme").map(drop)
    }),
    ("menu", |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Panels")?;
        stage.tab.the("menuitemcheckbox", "Plot").map(drop)
    }),
    ("stacked", |stage| {
        stage.tab.key("Escape")?;
        stage.tab.click("button", "Arrange Values")?;
        stage.tab.click("menuitem", "Move to lower left")?;
        stage.tab.the("tab", "Terminal").map(drop)
    }),
    ("none", |stage| {
        stage.tab.click("button", "Panels")?;
        stage.tab.click("menuitem", "Undo layout change")?;
        stage.tab.the("log", "Terminal").map(drop)
    }),
    ("table", |stage| {
        stage.tab.click("button", "As table")?;
        stage.tab.the("region", "Plot as table").map(drop)
    }),
    ("figures", |stage| {
        stage.tab.click("button", "As table")?;
        plot::more(stage)?;
        stage.tab.click("button", "Statistics")?;
        stage.tab.click("button", "Ranges")?;
        stage.tab.reads("region", "Cursors and statistics", "Std dev", SOON).map(drop)
    }),
    ("spectrum", |stage| {
        stage.tab.choose("Drawn as", "Spectrum")?;
        stage.tab.says("Hann window", SOON)
    }),
    ("rejected", |stage| {
        stage.tab.choose("Drawn as", "Time")?;
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Fault: checksum")?;
        stage.ledger_until("rejected frames", SOON, |ledger| ledger.rejected > 0)?;
        stage.tab.click("tab", "Rejected")?;
        stage.tab.says("checksum", SOON)
    }),
    ("profile", |stage| {
        stage.tab.click("tab", "Profile")?;
        stage.tab.the("textbox", "Profile as TOML").map(drop)
    }),
    ("form", |stage| {
        stage.tab.click("button", "Form")?;
        stage.tab.the("group", "Profile as a form").map(drop)
    }),
    ("dashboard", |stage| {
        stage.tab.eval(dashboard::ALONE)?;
        stage.tab.reads("region", "Winding", "°C", SOON).map(drop)
    }),
    ("dashboard-edit", |stage| {
        stage.tab.click("button", "Edit")?;
        stage.tab.eval("document.querySelector('.tile').focus()")?;
        stage.tab.the("form", "Tile Speed").map(drop)
    }),
    ("disconnected", |stage| {
        stage.tab.click("link", "Workspace")?;
        stage.tab.click("tab", "Commands")?;
        stage.tab.click("button", "Fault: disconnect")?;
        stage.tab.says("unplugged", SOON)
    }),
    ("hidden", |stage| {
        stage.tab.eval("document.querySelectorAll('.legend-row[aria-pressed=true]').forEach(row => row.click())")?;
        stage.tab.says("Every series is hidden.", SOON)
    }),
    ("restarted", |stage| {
        stage.tab.in_worker(worker::PANIC)?;
        stage.tab.the("button", "Dismiss").map(drop)
    }),
    ("gone", |stage| {
        stage.tab.click("button", "Close session")?;
        stage.tab.eval("location.hash = '#/session/9'")?;
        stage.tab.says("Session 9 is not open any more.", SOON)
    }),
    ("gallery", |stage| {
        stage.tab.eval("location.hash = '#/gallery'")?;
        stage.tab.the("searchbox", "Find a device").map(drop)
    }),
    ("preview", |stage| {
        stage.tab.eval("location.hash = '#/gallery/shelly'")?;
        stage.tab.the("button", "Use for a new session").map(drop)
    }),
];

pub fn accessible(stage: &mut Stage<'_>) -> Outcome {
    let axe = stage.site.axe.clone().map_err(Failure)?;
    let mut violations = Vec::new();
    for look in Look::CHECKED {
        stage.tab.look(look)?;
        for (name, go) in SCREENS {
            if let Err(why) = go(stage) {
                violations.push(format!("{name}, {}: not reached: {why}", look.name));
                break;
            }
            violations.extend(check(stage, &axe)?.into_iter().map(|found| format!("{name}, {}: {found}", look.name)));
        }
    }
    violations.sort();
    violations.dedup();
    crate::ensure!(violations.is_empty(), "{} findings:\n   {}", violations.len(), violations.join("\n   "));
    Ok(())
}

/// What axe-core finds on the page as it stands.
fn check(stage: &mut Stage<'_>, axe: &str) -> Result<Vec<String>, Failure> {
    if stage.tab.eval("typeof axe")?.as_str() != Some("object") {
        stage.tab.eval(&format!("{axe}; 0"))?;
    }
    let script = "axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => \
                  v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ': ' + \
                  (n.any[0] ?? n.all[0] ?? n.none[0])?.message).join('; ')))";
    let found = stage.tab.eval(script)?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Takes pictures of the start page and of the demo device at work.
pub fn pictures(tab: Tab<'_>, site: &Site, folder: &Path) -> Outcome {
    let mut stage = Stage::new(tab, None, site);
    for look in Look::ALL {
        stage.tab.look(look)?;
        for (name, go) in SCREENS.iter().filter(|(name, _)| ["start", "device", "dashboard"].contains(name)) {
            go(&mut stage)?;
            if *name == "device" {
                std::thread::sleep(std::time::Duration::from_secs(20)); // so that the plot has something to show
            }
            stage
                .tab
                .eval("document.activeElement?.blur(); scrollTo(0, 0); document.querySelector('main').scrollTop = 0")?;
            let file = folder.join(format!("{name}-{}.png", look.name));
            stage.tab.picture(&file)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
