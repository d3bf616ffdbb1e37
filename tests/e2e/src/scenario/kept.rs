//! The user's own profiles, and what is remembered of serial ports.

use super::network::{JSON, QUIET, open};
use super::workspace::stands;
use crate::device::Device;
use crate::ensure;
use crate::failure::Outcome;
use crate::server::{Kind, SocketDevice};
use crate::stage::Stage;
use crate::tab::SOON;

/// A profile of that name.
fn named(name: &str) -> String {
    format!("name = \"{name}\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"json\"\nframing = \"whole\"\n")
}

pub fn profiles(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    for name in ["Датчик", "传感器"] {
        stage.keep(&named(name))?;
    }
    let list = "Profiles kept in this browser";
    for name in ["Датчик", "传感器"] {
        stage.tab.reads("list", list, name, SOON)?;
        stage.tab.choose("Profile", &format!("{name} (yours)"))?;
    }
    // Deleted and brought back by the keyboard alone.
    let delete = stage.tab.the("button", "Delete Датчик")?;
    stage.tab.on(&delete, "function () { this.focus(); }", serde_json::json!([]))?;
    stage.tab.key("Enter")?;
    stage.tab.says("Датчик was deleted from this browser.", SOON)?;
    let focused = |stage: &mut Stage<'_>, name: &str| {
        stage.tab.wait(&format!("the focus on {name:?}"), SOON, |tab| {
            let now = tab.eval("document.activeElement.ariaLabel ?? document.activeElement.innerText")?;
            Ok((now == name).then_some(()))
        })
    };
    focused(stage, "Undo")?;
    ensure!(stage.tab.find("button", "Delete Датчик")?.is_none(), "it is still listed");
    stage.tab.key("Enter")?;
    stage.tab.the("button", "Delete Датчик")?;
    focused(stage, "Delete Датчик")?;
    stage.tab.key("Enter")?;
    focused(stage, "Undo")?;
    stage.tab.click("button", "Delete 传感器")?;
    stage.tab.reads("list", list, "None yet.", SOON)?;
    // What was chosen is not there any more: the usual one is.
    let chosen = stage.tab.eval("document.getElementById('serial-profile').selectedOptions[0].label")?;
    ensure!(chosen == "Plain text", "chosen is {chosen}");
    stage.tab.reload()?;
    stage.tab.reads("list", list, "None yet.", SOON)?;
    stage.no_problems()
}

pub fn beside(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    let pump = |note: &str| format!("# {note}\n{}", named("Pump"));
    let import = |stage: &mut Stage<'_>, file: &str, text: &str| {
        let path = stage.site.target.join(file);
        std::fs::write(&path, text)?;
        stage.tab.choose_file("Import a profile", &path)
    };
    import(stage, "p1.toml", &pump("first"))?;
    stage.tab.says("p1.toml is kept in this browser and can be chosen above.", SOON)?;
    import(stage, "p2.toml", &pump("second"))?;
    stage.tab.says("p2.toml is kept in this browser as Pump 2.", SOON)?;
    import(stage, "p3.toml", &pump("second"))?;
    stage.tab.says("p3.toml is kept in this browser already, word for word, as Pump 2.", SOON)?;
    for file in ["green.txt", "red.txt"] {
        import(stage, file, "temp:21.5,hum:40\ntemp:21.6,hum:41\ntemp:21.7,hum:41\n")?;
        stage.tab.says(&format!("{file} is kept in this browser as a profile."), SOON)?;
    }
    let list = "Profiles kept in this browser";
    for name in ["Delete Pump", "Delete Pump 2", "Delete green", "Delete red"] {
        stage.tab.the("button", name)?;
    }
    stage.tab.reload()?;
    stage.tab.reads("list", list, "Pump 2", SOON)?;
    let kept = stage.tab.eval("localStorage.getItem('ferrule.profiles')")?;
    let kept = kept.as_str().unwrap_or_default();
    ensure!(kept.contains("# first") && kept.contains("# second"), "kept is {kept}");
    // Made of one's own on purpose, it replaces that, says so, and can be taken back.
    crate::scenario::demo::open(stage)?;
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &pump("third"))?;
    stage.tab.click("button", "Keep")?;
    // It did not come from here: another tab may have kept it.
    stage.tab.says("Not kept: another profile of that name is kept here", SOON)?;
    stage.tab.click("button", "Keep")?;
    stage.tab.says("Kept in this browser in place of the one of that name", SOON)?;
    stage.tab.click("button", "Undo")?;
    stage.tab.says("The one before is kept again.", SOON)?;
    let kept = stage.tab.eval("localStorage.getItem('ferrule.profiles')")?;
    let kept = kept.as_str().unwrap_or_default();
    ensure!(kept.contains("# first") && !kept.contains("# third"), "kept is {kept}");
    stage.no_problems()
}

pub fn port(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(12)?;
    stage.start()?;
    stage.keep(&named("Датчик"))?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Датчик (yours)")?;
    let speed = stage.tab.wait("the speed's field", SOON, |tab| {
        let found = tab.find("combobox", "Speed in baud")?;
        Ok(found.or(tab.find("textbox", "Speed in baud")?))
    })?;
    stage.tab.type_over(&speed, "9600")?;
    stage.tab.reads("list", "Devices you allowed before", "Датчик, 9600 baud", SOON)?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.tab.reload()?;
    stage.start()?;
    stage.tab.reads("list", "Devices you allowed before", "Датчик, 9600 baud", SOON)?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.tab.reads("region", "Device", "9600 baud", SOON)?;
    stage.tab.reads("region", "Device", "Датчик", SOON)?;
    // What is chosen now goes before what was.
    stage.close_session()?;
    stage.tab.choose("Profile", "Plain text")?;
    stage.tab.reads("list", "Devices you allowed before", "Plain text, 115\u{2009}200 baud", SOON)?;
    stage.no_problems()
}

/// What is written on the first day is what the device is opened with on the next.
pub fn next_day(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(61)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Name and value pairs")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.tab.the("link", "Point to point: Name and value pairs*")?;
    let own = "name = \"Pump 7\"\n[link]\nkind = \"serial\"\nbaud = 57600\n[protocol]\nname = \"pairs\"\n";
    put_in_force(stage, own)?;
    // It is called so from now on, wherever it is named.
    stage.tab.the("link", "Point to point: Pump 7*")?;
    stage.tab.the("heading", "Pump 7")?;
    stage.tab.click("button", "Keep")?;
    stage.tab.says("Kept in this browser", SOON)?;
    stage.tab.click("button", "Arrange Values")?;
    stage.tab.click("menuitem", "Move to lower right")?;
    stands(stage, "Values", "Details")?;
    stage.tab.reload()?;
    stage.start()?;
    stage.tab.reads("list", "Devices you allowed before", "Pump 7, 57\u{2009}600 baud", SOON)?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.tab.the("heading", "Pump 7")?;
    stands(stage, "Values", "Details")?;
    // The profile that it was opened with first has its panels where they were.
    stage.close_session()?;
    stage.tab.choose("Profile", "Name and value pairs")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stands(stage, "Values", "Upper right")?;
    stage.no_problems()
}

/// Numbers among plain text, at another speed than the usual one: what they are read as is there the next day.
pub fn read_as(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(62)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    let speed = stage.tab.the("combobox", "Speed in baud")?;
    stage.tab.type_over(&speed, "57600")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    for round in 0..12 {
        device.raw(format!("temp:{}.5,hum:41\r\n", 20 + round % 3).as_bytes());
    }
    stage.tab.says("These lines have numbers in them.", SOON)?;
    stage.tab.click("button", "Read them as name and value pairs")?;
    stage.tab.the("link", "Point to point: Name and value pairs*")?;
    device.raw(b"temp:22.5,hum:41\r\n");
    stage.value_until("temp", |value| value == "22.5")?;
    stage.tab.reload()?;
    stage.start()?;
    stage.tab.reads("list", "Devices you allowed before", "Name and value pairs, 57\u{2009}600 baud", SOON)?;
    stage.no_problems()
}

fn put_in_force(stage: &mut Stage<'_>, profile: &str) -> Outcome {
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", profile)?;
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("In force.", SOON)
}

pub fn next_day_there(stage: &mut Stage<'_>) -> Outcome {
    let socket = SocketDevice::start(Kind::Text, 0)?;
    let address = format!("ws://127.0.0.1:{}/", socket.port);
    stage.start()?;
    open(stage, "WebSocket", &address, JSON)?;
    stage.connected()?;
    // Kept first, it is remembered once it is in force; till then the device has another.
    let own = QUIET.replace("ws://gauge.example/", &address);
    stage.tab.click("tab", "Profile")?;
    stage.tab.fill("textbox", "Profile as TOML", &own)?;
    stage.tab.click("button", "Keep")?;
    stage.tab.says("Kept in this browser", SOON)?;
    let kept = stage.tab.eval("localStorage.getItem('ferrule.addresses')")?;
    ensure!(
        kept == format!("websocket {address} json-lines") || kept == format!("websocket {address} json"),
        "kept is {kept}"
    );
    stage.tab.click("button", "Put in force")?;
    stage.tab.says("In force.", SOON)?;
    stage.tab.reads("region", "Device", "Gauge", SOON)?;
    stage.tab.the("heading", &format!("127.0.0.1:{}", socket.port))?;
    stage.tab.reload()?;
    stage.start()?;
    stage.tab.reads("list", "Addresses you opened before", "Gauge", SOON)?;
    stage.tab.click("button", &format!("Open {address}"))?;
    stage.connected()?;
    stage.tab.reads("region", "Device", "Gauge", SOON)?;
    stage.no_problems()
}
