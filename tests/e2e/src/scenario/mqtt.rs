//! Topics of a broker.

use super::http::log_in;
use super::network::JSON;
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Broker, Gateway, target};
use crate::stage::Stage;
use crate::tab::SOON;
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub(super) fn folder(stage: &Stage<'_>, name: &str) -> PathBuf {
    let folder = stage.site.target.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Fills in the start page's form for a broker and opens it.
pub(super) fn open(stage: &mut Stage<'_>, url: &str, topics: &str) -> Outcome {
    stage.tab.click("radio", "MQTT")?;
    stage.tab.choose_nth("Profile", 1, JSON)?;
    stage.tab.fill("textbox", "Address", url)?;
    stage.tab.fill("textbox", "Topics", topics)?;
    stage.tab.click("button", "Open")
}

/// Whether the values' region says it.
fn values_say(stage: &mut Stage<'_>, part: &str) -> Outcome {
    stage.tab.reads("region", "Values", part, SOON).map(drop)
}

/// What is sent goes to the topic beside it, and to another client of the broker.
fn another_hears(stage: &mut Stage<'_>, broker: &Broker) -> Outcome {
    let listener = broker.listen("meters/7/set")?;
    std::thread::sleep(Duration::from_secs(1));
    stage.tab.fill("textbox", "Topic", "meters/7/set")?;
    stage.tab.choose("Quality of service", "exactly once (2)")?;
    stage.send("{\"on\": true}")?;
    let heard = listener.wait_with_output()?;
    let heard = String::from_utf8_lossy(&heard.stdout).into_owned();
    ensure!(heard.trim() == "{\"on\": true}", "another client heard {heard:?}");
    Ok(())
}

/// The broker goes and comes back; so does the subscription.
fn comes_back(stage: &mut Stage<'_>, broker: &mut Broker) -> Outcome {
    let before = stage.ledger()?;
    broker.restart()?;
    stage.ledger_until("the gap", SOON, |ledger| ledger.gaps > before.gaps)?;
    stage.connected()?;
    broker.publish("meters/8/state", "{\"hum\": 77}", &[])?;
    stage.value_until("hum", |value| value.starts_with("77")).map(drop)
}

pub fn mosquitto(stage: &mut Stage<'_>) -> Outcome {
    let mut broker = Broker::mosquitto(&folder(stage, "mqtt-mosquitto"), None)?;
    broker.publish("meters/9/state", "{\"temp\": 18.5}", &["-r"])?;
    stage.start()?;
    // Without topics nothing is opened, and it is said at the field.
    stage.tab.click("radio", "MQTT")?;
    stage.tab.fill("textbox", "Address", &broker.url())?;
    stage.tab.click("button", "Open")?;
    stage.tab.says("name at least one topic", SOON)?;
    open(stage, &broker.url(), "meters/+/state")?;
    stage.connected()?;
    // What was retained is marked, and is no sample.
    stage.terminal("meters/9/state (retained)")?;
    values_say(stage, "retained")?;
    for count in 0..5 {
        broker.publish("meters/7/state", &format!("{{\"temp\": {}}}", 20 + count), &["-q", "1"])?;
        broker.publish("meters/8/state", &format!("{{\"hum\": {}}}", 40 + count), &["-q", "2"])?;
    }
    stage.value_until("hum", |value| value.starts_with("44"))?;
    let ledger = stage.ledger_until("eleven messages", SOON, |ledger| ledger.frames >= 11)?;
    ensure!(ledger.frames == 11 && ledger.rejected == 0, "a message came twice, or was not understood: {ledger:?}");
    stage.plot_is_drawn()?;

    // What is sent goes to the topic beside it, and is with the broker when it counts as sent.
    another_hears(stage, &broker)?;
    // A topic that is none leaves the line where it is.
    stage.tab.fill("textbox", "Topic", "meters/#")?;
    stage.send("lost?")?;
    stage.tab.says("a message goes to one topic", SOON)?;

    comes_back(stage, &mut broker)?;
    Ok(())
}

/// Says who asks: the broker lets us in, and nothing of what was typed is kept.
fn let_in(stage: &mut Stage<'_>, broker: &Broker, typed: &str) -> Outcome {
    log_in(stage, "meter", "cellar door")?;
    stage.connected()?;
    broker.publish("meters/7", "{\"temp\": 21}", &[])?;
    stage.value_until("temp", |value| value.starts_with("21"))?;
    let kept = stage.tab.eval("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href")?;
    ensure!(!kept.to_string().contains(typed), "{typed} is kept: {kept}");
    Ok(())
}

pub fn refused(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "mqtt-refused"), Some(("meter", "cellar door")))?;
    stage.start()?;
    open(stage, &broker.url(), "meters/#")?;
    stage.tab.says("refused the connection", SOON)?;
    stage.tab.fill("textbox", "User name", "meter")?;
    stage.tab.fill("textbox", "Password", "wrong")?;
    stage.tab.key("Enter")?;
    stage.tab.says("This user name and this password were refused.", SOON)?;
    let focus = stage.tab.eval("document.activeElement.id")?;
    ensure!(focus == "log-in-password", "the focus is at {focus}");
    let_in(stage, &broker, "cellar")
}

pub fn secret(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "mqtt-secret"), Some(("meter", "cellar door")))?;
    stage.start()?;
    let link = format!("kind = \"mqtt\"\nurl = \"{}?token=t-81\"\ntopics = [\"meters/#\"]\n", broker.url());
    stage.keep(&format!("name = \"Meters\"\n[link]\n{link}[protocol]\nname = \"json\"\n"))?;
    // In another visit.
    stage.start()?;
    stage.tab.click("radio", "MQTT")?;
    stage.tab.choose_nth("Profile", 1, "Meters (yours)")?;
    stage.tab.click("button", "Open")?;
    // The address is not kept with it, so it is asked for; then the broker wants to know who asks, and that is another.
    stage.tab.says("is a secret of this profile, which the browser does not keep", SOON)?;
    log_in(stage, "", "t-81")?;
    stage.tab.says("refused the connection", SOON)?;
    let_in(stage, &broker, "t-81")
}

pub fn taken(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "mqtt-taken"), None)?;
    stage.start()?;
    // A broker of the older version does not say why it closes.
    let link = format!("kind = \"mqtt\"\nurl = \"{}\"\ntopics = [\"meters/#\"]\nversion = \"3.1.1\"\n", broker.url());
    stage.keep(&format!("name = \"Meters\"\n[link]\n{link}client_id = \"plant-7\"\n[protocol]\nname = \"json\"\n"))?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    let first = stage.tab.eval("location.hash")?.as_str().unwrap_or_default().to_owned();
    stage.start_another()?;
    stage.tab.click("radio", "MQTT")?;
    stage.tab.choose_nth("Profile", 1, "Meters (yours)")?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    let second = stage.tab.eval("location.hash")?.as_str().unwrap_or_default().to_owned();
    ensure!(first != second, "the second session is not open");
    // The first is told who took its place, and stays away.
    let go = |stage: &mut Stage<'_>, to: &str| stage.tab.eval(&format!("location.hash = '{to}'")).map(drop);
    go(stage, &first)?;
    stage.tab.says("connected with the same client id plant-7 and took its place", SOON)?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    std::thread::sleep(Duration::from_secs(3));
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    go(stage, &second)?;
    stage.connected()?;
    broker.publish("meters/7", "{\"temp\": 21}", &[])?;
    stage.value_until("temp", |value| value.starts_with("21"))?;
    // It takes it back when it is asked to, and then the other stays away.
    go(stage, &first)?;
    stage.tab.click("button", "Reconnect")?;
    stage.connected()?;
    go(stage, &second)?;
    stage.tab.says("took its place", SOON)
}

/// A line that the broker does not take: marked in the terminal, said why, and in the field again.
fn is_given_back(stage: &mut Stage<'_>, topic: &str, quality: &str, line: &str) -> Outcome {
    stage.tab.fill("textbox", "Topic", topic)?;
    stage.tab.choose("Quality of service", quality)?;
    stage.send(line)?;
    stage.terminal(&format!("× The broker did not take the message to {topic}"))?;
    stage.tab.wait("the line in its field, and why", SOON, |tab| {
        let field = tab.eval("document.getElementById('send-line').value")?;
        let said = tab.eval("document.querySelector('.send-refused').textContent")?;
        Ok((field == line && said.as_str().is_some_and(|said| said.contains("did not take"))).then_some(()))
    })
}

pub fn not_taken(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::strict(&folder(stage, "mqtt-not-taken"))?;
    stage.start()?;
    open(stage, &broker.url(), "open/#")?;
    stage.connected()?;
    // What the broker has said that it takes is known before anything is sent; what it forbids it says then.
    for (topic, quality) in [("open/7", "exactly once (2)"), ("closed/7", "at least once (1)")] {
        is_given_back(stage, topic, quality, "{\"on\": true}")?;
        // The next that is taken ends it.
        stage.tab.fill("textbox", "Topic", "open/7")?;
        stage.tab.choose("Quality of service", "at least once (1)")?;
        stage.send("{\"on\": 1}")?;
        stage.tab.wait("no more of it", SOON, |tab| {
            let field = tab.eval("document.getElementById('send-line').value")?;
            let said = tab.eval("document.querySelector('.send-refused').textContent")?;
            Ok((field == "" && said == "").then_some(()))
        })?;
    }
    stage.value_until("on", |value| value.starts_with('1'))?;
    stage.no_problems()
}

pub fn through(stage: &mut Stage<'_>) -> Outcome {
    let mut broker = Broker::mosquitto(&folder(stage, "gateway-broker"), Some(("gateway", "cellar door")))?;
    broker.publish("meters/9/state", "{\"temp\": 18.5}", &["-r"])?;
    let login = "topics = [\"meters/#\"]\nuser = \"gateway\"\npassword = \"cellar door\"\n";
    let gateway =
        Gateway::start(stage.site, 0, &format!("{}{login}", target("plant", "All meters", "mqtt", broker.plain)))?;
    stage.origin = gateway.origin();
    stage.start()?;
    // Its list of targets has it; what it is, its row says.
    stage.tab.click("radio", "TCP")?;
    stage.tab.reads("list", "Targets of this console's gateway", "All meters · MQTT", SOON)?;
    stage.tab.choose_nth("Profile", 1, JSON)?;
    stage.tab.click("button", "Open plant")?;
    stage.connected()?;
    stage.tab.reads("region", "Device", "through this console's gateway", SOON)?;
    stage.terminal("meters/9/state (retained)")?;
    for count in 0..5 {
        broker.publish("meters/7/state", &format!("{{\"temp\": {}}}", 20 + count), &[])?;
        broker.publish("meters/8/state", &format!("{{\"hum\": {}}}", 40 + count), &[])?;
    }
    broker.publish("elsewhere/8/state", "{\"hum\": 99}", &[])?;
    stage.value_until("hum", |value| value.starts_with("44"))?;
    let ledger = stage.ledger_until("eleven messages", SOON, |ledger| ledger.frames >= 11)?;
    ensure!(ledger.frames == 11 && ledger.rejected == 0, "a message came twice, or was not understood: {ledger:?}");

    another_hears(stage, &broker)?;

    comes_back(stage, &mut broker)?;
    let kept =
        stage.tab.eval("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.body.innerText")?;
    ensure!(!kept.to_string().contains("cellar"), "the gateway's password came to the page: {kept}");
    stage.no_problems()
}

/// A profile that wants less than the gateway has subscribed to.
const PART: &str = r#"
name = "Meter m2"
[link]
kind = "mqtt"
url = "/link/plant"
topics = ["meters/m2/state"]
[protocol]
name = "json"
"#;

pub fn part(stage: &mut Stage<'_>) -> Outcome {
    let broker = Broker::mosquitto(&folder(stage, "gateway-topics"), None)?;
    let place = format!("{}topics = [\"meters/#\"]\n", target("plant", "All meters", "mqtt", broker.plain));
    let gateway = Gateway::start(stage.site, 0, &place)?;
    let mut listener = broker.listen("meters/m2/set")?;
    stage.origin = gateway.origin();
    stage.start()?;
    stage.keep(PART)?;
    stage.tab.click("button", "Open")?;
    stage.connected()?;
    stage.tab.fill("textbox", "Topic", "meters/m2/set")?;
    stage.send("{\"on\": true}")?;
    // It goes at once, though the device is never so quiet that the gateway would be asked whether it is there.
    let mut said = 0;
    let until = Instant::now() + SOON * 2;
    while listener.try_wait()?.is_none() {
        ensure!(Instant::now() < until, "another client heard nothing while the device spoke");
        broker.publish("meters/m1/state", "{\"other\": 1}", &[])?;
        broker.publish("meters/m2/state", &format!("{{\"temp\": {said}}}"), &[])?;
        said += 1;
        std::thread::sleep(Duration::from_millis(300));
    }
    let heard = String::from_utf8_lossy(&listener.wait_with_output()?.stdout).into_owned();
    ensure!(heard.trim() == "{\"on\": true}", "another client heard {heard:?}");
    broker.publish("meters/m1/state", "{\"other\": 1}", &[])?;
    broker.publish("meters/m2/state", "{\"temp\": 99}", &[])?;
    stage.value_until("temp", |value| value.starts_with("99"))?;
    let ledger = stage.ledger_until("its own messages", SOON, |ledger| ledger.frames > said)?;
    ensure!(ledger.frames == said + 1, "messages of others came: {ledger:?}, {said} were its own");
    ensure!(stage.value("other")?.is_none(), "a field of another device is there");
    stage.no_problems()
}

pub fn aedes(stage: &mut Stage<'_>) -> Outcome {
    let packages = stage.site.packages.clone().map_err(Failure)?;
    let broker = Broker::aedes(&folder(stage, "mqtt-aedes"), &packages)?;
    stage.start()?;
    open(stage, &broker.url(), "meters/+/state")?;
    stage.connected()?;
    stage.terminal("does not speak MQTT 5; MQTT 3.1.1 is used")?;
    stage.value_until("temp", |value| value.starts_with('2'))?;
    let ledger = stage.ledger_until("20 messages", SOON, |ledger| ledger.frames >= 20)?;
    ensure!(ledger.rejected == 0, "not understood: {ledger:?}");
    Ok::<(), Failure>(())
}
