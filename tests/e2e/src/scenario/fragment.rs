//! Addresses, *Back*, and where the focus goes with the screen.

use crate::ensure;
use crate::failure::Outcome;
use crate::stage::Stage;
use crate::tab::SOON;

/// The keyboard's focus is on what this script finds.
fn focused(stage: &mut Stage<'_>, what: &str) -> Outcome {
    let script = format!("document.activeElement === document.{what}");
    stage.tab.wait(&format!("the focus on {what}"), SOON, |tab| Ok((tab.eval(&script)? == true).then_some(())))
}

pub fn gone(stage: &mut Stage<'_>) -> Outcome {
    let url = format!("{}/#/session/3", stage.site.origin);
    stage.tab.go(&url)?;
    stage.tab.says("Session 3 is not open any more.", SOON)?;
    stage.tab.says("Open the device again below.", SOON)?;
    stage.tab.click("button", "Try the demo device")?;
    stage.connected()?;
    focused(stage, "querySelector('main.work')")?;
    // A button that goes with what it did leaves the focus where it was, in the workspace.
    stage.tab.click("button", "Fault: disconnect")?;
    stage.tab.click("button", "Try again now")?;
    focused(stage, "querySelector('main.work')")?;
    stage.connected()?;
    stage.close_session()?;
    stage.tab.the("button", "Try the demo device")?;
    focused(stage, "querySelector('main.start')")?;
    let said = "document.body.innerText.includes('not open any more')";
    ensure!(stage.tab.eval(said)?.as_bool() == Some(false), "who closes a session need not be told");
    stage.tab.eval("history.back()")?;
    stage.tab.says("Session 1 is not open any more.", SOON)?;
    stage.no_problems()
}

pub fn demo(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    stage.tab.eval("location.hash = '#/demo'")?;
    stage.connected()?;
    let here = stage.tab.eval("location.hash")?;
    ensure!(here == "#/session/1", "the demo's address became {here}");
    stage.tab.eval("history.back()")?;
    stage.tab.the("button", "Try the demo device")?;
    let sessions = stage.tab.all("link", "Point to point: *")?.len();
    ensure!(sessions == 1, "going back opened another session: {sessions}");
    stage.no_problems()
}

pub fn unknown(stage: &mut Stage<'_>) -> Outcome {
    stage.start()?;
    for (address, words) in [
        ("#/nonsense", "The address names nothing that is here."),
        ("#/open?link=http&url=http%3A%2F%2Fa.example%2F&profile=nope", "a profile that is not in this browser"),
        ("#/open?link=pigeon&url=x", "it must be websocket, http, mqtt, telnet, tcp, ftp, gateway-serial or serial"),
    ] {
        stage.tab.eval(&format!("location.hash = {address:?}"))?;
        stage.tab.says(words, SOON)?;
    }
    stage.tab.eval("location.hash = '#/'")?;
    let said = "document.querySelector('.start-remark').innerText";
    stage.tab.wait("nothing to say", SOON, |tab| Ok((tab.eval(said)? == "").then_some(())))?;
    stage.no_problems()
}
