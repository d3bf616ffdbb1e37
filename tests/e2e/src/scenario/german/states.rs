//! What is seldom seen: refusals, faults, other screens.

use super::english::{look, none};
use super::speaks_german;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::{SOON, Tab};
use serde_json::json;
use std::time::Duration;

/// The gallery with every profile there is, the doctor, the dashboard and its form, the plot in each of its modes.
pub fn screens(stage: &mut Stage<'_>) -> Outcome {
    speaks_german(stage)?;
    let mut found = Vec::new();
    let url = format!("{}/", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.wait("the start page", SOON, |tab| tab.find("button", "Einstellungen"))?;
    for (screen, address) in
        [("gallery", "#/gallery"), ("doctor", "#/doctor"), ("shared", "#/profile/AAAA"), ("none", "#/x")]
    {
        stage.tab.eval(&format!("location.hash = '{address}'"))?;
        look(stage, screen, &mut found)?;
    }
    stage.tab.eval("location.hash = '#/gallery'")?;
    stage.tab.wait("the list", SOON, |tab| {
        Ok((tab.eval("document.querySelectorAll('.gallery-list a').length")? != 0).then_some(()))
    })?;
    let ids = stage.tab.eval("[...document.querySelectorAll('.gallery-list a')].map(a => a.getAttribute('href'))")?;
    let ids: Vec<String> =
        ids.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect();
    for id in ids {
        stage.tab.eval(&format!("location.hash = '{id}'"))?;
        look(stage, &id, &mut found)?;
    }

    demo(stage)?;
    stage.tab.click("button", "Mehr")?;
    for mode in ["XY", "Spektrum", "Histogramm", "Zeit"] {
        stage.tab.choose("Dargestellt als", mode)?;
        look(stage, &format!("plot {mode}"), &mut found)?;
    }
    stage.tab.click("button", "Als Tabelle")?;
    look(stage, "plot as a table", &mut found)?;
    stage.tab.click("button", "Als Tabelle")?;
    for group in ["Statistik", "Bereiche"] {
        stage.tab.click("button", group)?;
        look(stage, group, &mut found)?;
    }
    stage.tab.eval("location.hash = location.hash + '/dashboard'")?;
    stage.tab.wait("the dashboard", SOON, |tab| tab.find("button", "Bearbeiten"))?;
    look(stage, "dashboard", &mut found)?;
    stage.tab.click("button", "Bearbeiten")?;
    look(stage, "dashboard edited", &mut found)?;
    stage.tab.eval("location.hash = location.hash.replace(/session\\/(\\d+).*/, 'doctor/$1')")?;
    look(stage, "doctor of a session", &mut found)?;
    none(found)?;
    stage.no_problems()
}

/// What is refused, and what goes wrong.
pub fn refusals(stage: &mut Stage<'_>) -> Outcome {
    speaks_german(stage)?;
    let mut found = Vec::new();
    let url = format!("{}/", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.wait("the start page", SOON, |tab| tab.find("button", "Einstellungen"))?;
    for address in ["", "gopher://x", "ws://user:word@host/", "http:/half"] {
        stage.tab.fill("textbox", "Adresse", address)?;
        stage.tab.click("button", "Öffnen")?;
        look(stage, &format!("address {address}"), &mut found)?;
    }

    demo(stage)?;
    let tab = &mut stage.tab;
    tab.click("button", "Suchen")?;
    tab.click("button", "Regulärer Ausdruck")?;
    tab.fill("searchbox", "Im Terminal suchen", "limits(")?;
    tab.says("Es wird nichts gesucht:", SOON)?;
    look(stage, "pattern", &mut found)?;
    stage.tab.fill("searchbox", "Im Terminal suchen", &"x".repeat(300))?;
    look(stage, "long pattern", &mut found)?;
    stage.tab.click("button", "Suche schließen")?;
    stage.tab.choose("Form der Zeile", "Hex")?;
    stage.tab.fill("textbox", "Zu sendende Zeile", "0g")?;
    stage.tab.key("Enter")?;
    look(stage, "hex line", &mut found)?;
    stage.tab.choose("Form der Zeile", "Escapes")?;
    stage.tab.fill("textbox", "Zu sendende Zeile", "\\q")?;
    stage.tab.key("Enter")?;
    look(stage, "escapes", &mut found)?;

    stage.tab.click("tab", "Befehle")?;
    for speed in ["fast", "-4", "99999"] {
        stage.tab.fill("textbox", "Drehzahl in r/min", speed)?;
        stage.tab.click("button", "Drehzahl setzen")?;
        look(stage, &format!("speed {speed}"), &mut found)?;
    }
    stage.tab.fill("textbox", "Drehzahl in r/min", "900")?;
    stage.tab.click("button", "Drehzahl setzen")?;
    stage.tab.says("beantwortet", SOON)?;
    look(stage, "answered", &mut found)?;
    for fault in ["Prüfsumme", "Datenmüll", "halber Rahmen", "feindlicher Text", "Trennung"] {
        stage.tab.click("button", &format!("Fehler: {fault}"))?;
        std::thread::sleep(Duration::from_millis(600));
        look(stage, fault, &mut found)?;
    }
    stage.tab.click("tab", "Verworfen")?;
    look(stage, "rejected", &mut found)?;
    profile_mistakes(stage, &mut found)?;
    macro_mistakes(stage, &mut found)?;

    stage.tab.press_keys("Control+k")?;
    stage.tab.fill("combobox", "Suchen oder ausführen", "zz nothing zz")?;
    look(stage, "palette without a find", &mut found)?;
    stage.tab.key("Escape")?;
    stage.tab.click("button", "Trennen")?;
    look(stage, "closed", &mut found)?;
    stage.tab.choose("Form der Zeile", "Text")?;
    stage.tab.fill("textbox", "Zu sendende Zeile", "stop")?;
    stage.tab.key("Enter")?;
    look(stage, "a line for nobody", &mut found)?;
    stage.tab.eval("location.hash = location.hash.replace('session', 'doctor')")?;
    look(stage, "doctor of what is closed", &mut found)?;
    none(found)?;
    stage.no_problems()
}

/// The demo, with its data there.
fn demo(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.eval("location.hash = '#/demo'")?;
    stage.tab.wait("the workspace", SOON, |tab| tab.find("button", "Ansichten"))?;
    stage.tab.wait("300 frames", SOON, |tab: &mut Tab<'_>| {
        Ok((tab.eval("Number(document.querySelector('.ledger')?.dataset.frames) >= 300")? == true).then_some(()))
    })
}

/// Mistakes that TOML, the reader and the codec find.
fn profile_mistakes(stage: &mut Stage<'_>, found: &mut Vec<String>) -> Outcome {
    stage.tab.click("tab", "Profil")?;
    let editor = stage.tab.the("textbox", "Profil als TOML")?;
    let text = stage.tab.eval("document.querySelector('textarea').value")?;
    let text = text.as_str().unwrap_or_default().to_owned();
    for (was, is) in [
        ("[link]", "[link"),
        ("kind = \"demo\"", "kind = \"pigeon\""),
        ("rate_hz = 100", "rate_hz = \"x\""),
        ("framing = \"cobs\"", "framing = \"cubs\""),
        ("crc = \"CRC-16/IBM-3740\"", "crc = \"CRC-5\""),
        ("type = \"u32\"", "type = \"u33\""),
        ("expression = \"v_bus * i_bus\"", "expression = \"v_bus * (i_bus\""),
        ("\"Motor drive\" =", "\"Motor drove\" ="),
    ] {
        let changed = text.replacen(was, is, 1);
        crate::ensure!(changed != text, "the demo's profile has no {was}");
        stage.tab.on(
            &editor,
            "function (text) { this.value = text; this.dispatchEvent(new Event('input', { bubbles: true })); }",
            json!([{ "value": changed }]),
        )?;
        look(stage, &format!("profile with {is}"), found)?;
        let said = stage.tab.eval("document.querySelector('.work').innerText.includes('Zeile')")?;
        crate::ensure!(said == true, "no line of the mistake {is} is told");
    }
    Ok(())
}

/// Mistakes in a macro.
fn macro_mistakes(stage: &mut Stage<'_>, found: &mut Vec<String>) -> Outcome {
    stage.tab.click("tab", "Makros")?;
    stage.tab.click("button", "Makro hinzufügen")?;
    stage.tab.fill("textbox", "Name des Makros", "x")?;
    for steps in ["", "jump", "wait long", "repeat 2", "bytes 0", "match (", "command \"Nichts\""] {
        stage.tab.fill("textbox", "Schritte", steps)?;
        look(stage, &format!("macro {steps}"), found)?;
    }
    stage.tab.click("button", "Lassen, wie es war")
}
