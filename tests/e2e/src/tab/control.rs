//! Finding controls by role and accessible name, and operating them.

use super::{SOON, Tab, text};
use crate::failure::Failure;
use serde_json::{Value, json};
use std::time::Duration;

/// Something on the page with a role and a name.
#[derive(Clone, Debug)]
pub struct Control {
    /// Its accessible name.
    pub name: String,
    id: u64,
}

impl Tab<'_> {
    /// Everything with that role whose name is `name`, begins with it (where `name` ends with `*`), or is anything
    /// (where it is just `*`).
    pub fn all(&mut self, role: &str, name: &str) -> Result<Vec<Control>, Failure> {
        let root = self.call("DOM.getDocument", json!({ "depth": 0 }))?["root"]["nodeId"].clone();
        let mut query = json!({ "nodeId": root, "role": role });
        let prefix = name.strip_suffix('*');
        if prefix.is_none() {
            query["accessibleName"] = json!(name);
        }
        let found = self.call("Accessibility.queryAXTree", query)?;
        let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
        let controls = nodes.iter().filter(|node| node["ignored"].as_bool() != Some(true)).filter_map(|node| {
            Some(Control { name: text(&node["name"]["value"]), id: node["backendDOMNodeId"].as_u64()? })
        });
        Ok(controls.filter(|control| prefix.is_none_or(|prefix| control.name.starts_with(prefix))).collect())
    }

    /// The first one, if there is one now.
    pub fn find(&mut self, role: &str, name: &str) -> Result<Option<Control>, Failure> {
        Ok(self.all(role, name)?.into_iter().next())
    }

    /// The first one, as soon as there is one.
    pub fn the(&mut self, role: &str, name: &str) -> Result<Control, Failure> {
        self.wait(&format!("{role} {name:?}"), SOON, |tab| tab.find(role, name))
    }

    /// Clicks it with the mouse, in its middle, once it is in view and enabled. One that was made anew meanwhile, as a list
    /// makes its rows, is looked for again.
    pub fn click(&mut self, role: &str, name: &str) -> Result<(), Failure> {
        for _ in 0..5 {
            let control = self.the(role, name)?;
            if let Some(place) = self.still(&control)? {
                return self.strike(place);
            }
        }
        Err(format!("{role} {name:?} is made anew whenever it is looked at").into())
    }

    /// Clicks this one.
    pub fn press(&mut self, control: &Control) -> Result<(), Failure> {
        let place = self.still(control)?.ok_or_else(|| format!("{:?} is gone", control.name))?;
        self.strike(place)
    }

    /// Its middle, once it is in view, enabled, and does not move; for a second at most, as some things always do. `None`
    /// where it is no longer on the page.
    fn still(&mut self, control: &Control) -> Result<Option<(f64, f64)>, Failure> {
        let script = "async function () { \
                      const middle = () => { const r = this.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }; \
                      this.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' }); \
                      const [x, y] = middle(); await new Promise((done) => setTimeout(done, 34)); \
                      if (!this.isConnected) return 'gone'; \
                      if (this.getAttribute('aria-disabled') === 'true' || this.disabled) return null; \
                      const now = middle(); return [...now, Math.hypot(now[0] - x, now[1] - y)]; }";
        let what = format!("{:?} can be clicked", control.name);
        let mut tries = 0;
        let place = self.wait(&what, SOON, |tab| {
            let place = tab.on(control, script, json!([]))?;
            tries += 1;
            let moved = place[2].as_f64().unwrap_or_default() > 1.0 && tries < 20;
            Ok((!place.is_null() && !moved).then_some(place))
        })?;
        Ok(place[0].as_f64().zip(place[1].as_f64()))
    }

    /// Clicks it twice at once, as who is used to icons does.
    pub fn double_click(&mut self, role: &str, name: &str) -> Result<(), Failure> {
        let control = self.the(role, name)?;
        let place = self.still(&control)?.ok_or_else(|| format!("{name:?} is gone"))?;
        self.strike(place)?;
        self.clicks(place, 2)
    }

    fn strike(&mut self, place: (f64, f64)) -> Result<(), Failure> {
        let (x, y) = place;
        self.call(
            "Input.dispatchMouseEvent",
            json!({ "type": "mouseMoved", "x": x, "y": y, "button": "none", "buttons": 0 }),
        )?;
        self.clicks(place, 1)
    }

    /// Presses and lets go: the nth time in a row.
    fn clicks(&mut self, (x, y): (f64, f64), nth: u8) -> Result<(), Failure> {
        for (kind, buttons) in [("mousePressed", 1), ("mouseReleased", 0)] {
            let event =
                json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": nth });
            self.call("Input.dispatchMouseEvent", event)?;
        }
        self.pump()
    }

    /// Where it is in the window: left, top, width, height.
    pub fn place(&mut self, control: &Control) -> Result<[f64; 4], Failure> {
        let script = "function () { this.scrollIntoView({ block: 'nearest', behavior: 'instant' }); \
                      const r = this.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }";
        let place = self.on(control, script, json!([]))?;
        Ok([0, 1, 2, 3].map(|index| place[index].as_f64().unwrap_or_default()))
    }

    /// Does one thing with the mouse at a place: `mousePressed`, `mouseMoved` with the button down, `mouseReleased`.
    pub fn mouse(&mut self, kind: &str, (x, y): (f64, f64)) -> Result<(), Failure> {
        let buttons = i32::from(kind != "mouseReleased");
        let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
        self.call("Input.dispatchMouseEvent", event)?;
        self.pump()
    }

    /// Takes what is at a place with the mouse and carries it to another, without letting go.
    pub fn carry(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), Failure> {
        self.mouse("mousePressed", from)?;
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            self.mouse("mouseMoved", (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part))?;
        }
        Ok(())
    }

    /// The same, and lets go there.
    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) -> Result<(), Failure> {
        self.carry(from, to)?;
        self.mouse("mouseReleased", to)
    }

    /// Replaces the text of a field, as by typing.
    pub fn fill(&mut self, role: &str, name: &str, words: &str) -> Result<(), Failure> {
        let control = self.the(role, name)?;
        self.type_over(&control, words)
    }

    /// Replaces this field's text.
    pub fn type_over(&mut self, control: &Control, words: &str) -> Result<(), Failure> {
        self.on(control, "function () { this.focus(); this.select(); }", json!([]))?;
        self.call("Input.insertText", json!({ "text": words }))?;
        Ok(())
    }

    /// Chooses an option of a combo box by its label.
    pub fn choose(&mut self, name: &str, label: &str) -> Result<(), Failure> {
        self.choose_nth(name, 0, label)
    }

    /// The same for one of several of that name, counted from 0.
    pub fn choose_nth(&mut self, name: &str, nth: usize, label: &str) -> Result<(), Failure> {
        let script = "function (label) { const option = [...this.options].find(o => o.label.trim() === label); \
                      if (!option) return false; this.focus(); this.value = option.value; \
                      this.dispatchEvent(new Event('input', { bubbles: true })); \
                      this.dispatchEvent(new Event('change', { bubbles: true })); return true; }";
        let what = format!("combobox {name:?} offers {label:?}");
        self.wait(&what, SOON, |tab| {
            let Some(control) = tab.all("combobox", name)?.into_iter().nth(nth) else { return Ok(None) };
            let chosen = tab.on(&control, script, json!([{ "value": label }]))?;
            Ok((chosen.as_bool() == Some(true)).then_some(()))
        })
    }

    /// Chooses a file in the file field of that label.
    pub fn choose_file(&mut self, label: &str, file: &std::path::Path) -> Result<(), Failure> {
        let selector = format!("input[type=file][aria-label={}]", json!(label));
        let found = self.wait(&format!("file field {label:?}"), SOON, |tab| {
            let root = tab.call("DOM.getDocument", json!({ "depth": 0 }))?["root"]["nodeId"].clone();
            let found = tab.call("DOM.querySelector", json!({ "nodeId": root, "selector": selector }))?;
            Ok(found["nodeId"].as_u64().filter(|id| *id != 0))
        })?;
        self.call("DOM.setFileInputFiles", json!({ "nodeId": found, "files": [file.display().to_string()] }))?;
        Ok(())
    }

    /// Presses and lets go one key.
    pub fn key(&mut self, key: &str) -> Result<(), Failure> {
        self.press_keys(key)
    }

    /// The same with what is held meanwhile, as `Control+Shift+z`.
    pub fn press_keys(&mut self, keys: &str) -> Result<(), Failure> {
        let (held, key) = keys.rsplit_once('+').filter(|(held, _)| !held.is_empty()).unwrap_or(("", keys));
        let bit = |name: &str| match name {
            "Alt" => 1,
            "Control" => 2,
            "Meta" => 4,
            "Shift" => 8,
            _ => 0,
        };
        let modifiers: i32 = held.split('+').map(bit).sum();
        let (number, typed) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "Backspace" => (8, ""),
            "Delete" => (46, ""),
            "PageUp" => (33, ""),
            "PageDown" => (34, ""),
            "End" => (35, ""),
            "Home" => (36, ""),
            "ArrowLeft" => (37, ""),
            "ArrowUp" => (38, ""),
            "ArrowRight" => (39, ""),
            "ArrowDown" => (40, ""),
            "F6" => (117, ""),
            _ => (key.bytes().next().map_or(0, |byte| i32::from(byte.to_ascii_uppercase())), key),
        };
        let code = match key.bytes().next() {
            Some(digit @ b'0'..=b'9') if key.len() == 1 => format!("Digit{}", char::from(digit)),
            Some(letter) if key.len() == 1 && letter.is_ascii_alphabetic() => format!("Key{}", key.to_uppercase()),
            _ => key.to_owned(),
        };
        // With Control or Alt held nothing is typed.
        let text = if modifiers & 3 == 0 { typed } else { "" };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let mut event = json!({
            "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers, "text": text,
        });
        self.call("Input.dispatchKeyEvent", event.clone())?;
        event["type"] = json!("keyUp");
        event["text"] = json!("");
        self.call("Input.dispatchKeyEvent", event)?;
        self.pump()
    }

    /// The text inside, as it is rendered.
    pub fn words(&mut self, control: &Control) -> Result<String, Failure> {
        Ok(text(&self.on(control, "function () { return this.innerText ?? this.textContent; }", json!([]))?))
    }

    /// Waits until the text inside `role name` contains `part`, and returns that text.
    pub fn reads(&mut self, role: &str, name: &str, part: &str, limit: Duration) -> Result<String, Failure> {
        let mut last = String::from("nothing there");
        let result = self.wait(&format!("{role} {name:?} reads {part:?}"), limit, |tab| {
            for control in tab.all(role, name)? {
                last = tab.words(&control)?;
                if last.contains(part) {
                    return Ok(Some(last.clone()));
                }
            }
            Ok(None)
        });
        result.map_err(|why| {
            let shown: String = last.chars().rev().take(300).collect::<Vec<char>>().into_iter().rev().collect();
            format!("{why}; it reads …{shown:?}").into()
        })
    }

    /// Waits until the page says something, anywhere.
    pub fn says(&mut self, part: &str, limit: Duration) -> Result<(), Failure> {
        self.wait(&format!("the page says {part:?}"), limit, |tab| {
            let words = text(&tab.eval("document.body.innerText")?);
            Ok(words.to_lowercase().contains(&part.to_lowercase()).then_some(()))
        })
    }

    /// Calls a function with this element as `this`.
    pub fn on(&mut self, control: &Control, function: &str, arguments: Value) -> Result<Value, Failure> {
        let node = self.call("DOM.resolveNode", json!({ "backendNodeId": control.id }))?;
        let options = json!({
            "functionDeclaration": function, "objectId": node["object"]["objectId"], "arguments": arguments,
            "returnByValue": true, "awaitPromise": true
        });
        let mut result = self.call("Runtime.callFunctionOn", options)?;
        if let Some(why) = result.get("exceptionDetails") {
            return Err(format!("{:?}: {}", control.name, why["exception"]["description"]).into());
        }
        Ok(result["result"]["value"].take())
    }
}
