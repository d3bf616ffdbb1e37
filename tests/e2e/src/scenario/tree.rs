//! What a screen reader is given of the workspace and of other pages: the roles and names of its accessibility tree, as text that is kept
//! beside this file. Values are left out, since they change; so is what a device says.

use super::{dashboard, demo};
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Roles that say what a part is and what can be done there.
const ROLES: &[&str] = &[
    "banner",
    "navigation",
    "main",
    "region",
    "contentinfo",
    "group",
    "heading",
    "link",
    "button",
    "tablist",
    "tab",
    "tabpanel",
    "textbox",
    "combobox",
    "checkbox",
    "slider",
    "spinbutton",
    "log",
    "img",
    "image",
    "table",
    "columnheader",
    "separator",
    "splitter",
    "status",
    "alert",
    "list",
    "form",
];

pub fn workspace(stage: &mut Stage<'_>) -> Outcome {
    demo::open(stage)?;
    stage.tab.click("tab", "Commands")?;
    stage.plot_is_drawn()?;
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    agrees(stage, "workspace")
}

pub fn pages(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    agrees(stage, "start")?;
    stage.tab.eval("location.hash = '#/doctor'")?;
    stage.tab.the("button", "Copy report")?;
    agrees(stage, "doctor")?;
    demo::open(stage)?;
    stage.value_until("winding", |value| value != "–")?;
    stage.tab.eval(dashboard::ALONE)?;
    stage.tab.reads("region", "Winding", "°C", SOON)?;
    agrees(stage, "dashboard")
}

/// Whether the tree is the one that is kept.
fn agrees(stage: &mut Stage<'_>, name: &str) -> Outcome {
    let now = tree(stage)?;
    let file = stage.site.here.join(format!("src/scenario/{name}.tree"));
    if std::env::var_os("FERRULE_UPDATE").is_some() {
        std::fs::write(&file, &now)?;
    }
    let agreed = std::fs::read_to_string(&file).unwrap_or_default();
    if now == agreed {
        return Ok(());
    }
    let differs = |left: &str, right: &str, sign: &str| {
        let known: Vec<&str> = right.lines().collect();
        let lines = left.lines().filter(|line| !known.contains(line)).map(|line| format!("{sign} {line}"));
        lines.collect::<Vec<_>>().join("\n   ")
    };
    let (gone, new) = (differs(&agreed, &now, "-"), differs(&now, &agreed, "+"));
    let how = "run it with FERRULE_UPDATE=1 if that is meant";
    Err(format!("the tree is another than {}; {how}:\n   {gone}\n   {new}", file.display()).into())
}

/// The tree as indented lines.
fn tree(stage: &mut Stage<'_>) -> Result<String, Failure> {
    let answer = stage.tab.call("Accessibility.getFullAXTree", json!({}))?;
    let nodes = answer["nodes"].as_array().cloned().unwrap_or_default();
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut out = String::new();
    if let Some(root) = nodes.first() {
        write(root, &by_id, 0, &mut out);
    }
    Ok(out)
}

fn write(node: &Value, all: &BTreeMap<&str, &Value>, depth: usize, out: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let shown = node["ignored"].as_bool() != Some(true) && ROLES.contains(&role);
    if shown {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        // Numbers come and go, and so does what they count.
        let name = if matches!(role, "status" | "log" | "alert") { String::new() } else { without_numbers(name) };
        out.push_str(&format!(
            "{}{role}{}\n",
            "  ".repeat(depth),
            if name.is_empty() { name } else { format!(" \"{name}\"") }
        ));
    }
    let children = node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for child in children.filter_map(|id| all.get(id)) {
        write(child, all, depth + usize::from(shown), out);
    }
}

/// Each number as one sign, whatever its decimals, its sign and its size.
fn without_numbers(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        let of_number = c.is_ascii_digit() || (matches!(c, '.' | '\u{2009}') && out.ends_with('#'));
        if !of_number {
            out.push(c);
        } else if !out.ends_with('#') {
            if out.ends_with('\u{2212}') {
                out.pop();
            }
            out.push('#');
        }
    }
    out
}
