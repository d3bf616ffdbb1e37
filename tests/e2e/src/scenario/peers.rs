//! Two devices at once, of different makes: a simulated drive with frames, and a program of pyserial's with lines.

use crate::device::{Device, Program};
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::{Ledger, Stage};
use crate::tab::SOON;

/// A sensor on pyserial: readings ten times a second, and an answer to what it is told.
const SENSOR: &str = "
import serial, sys, time
line = serial.Serial(sys.argv[1], 115200, timeout=0.1)
number = 0
while True:
    number += 1
    line.write(b'temperature:%.1f,count:%d\\r\\n' % (20 + number % 50 / 10, number))
    heard = line.read_until(b'\\n')
    if heard:
        line.write(b'pyserial heard ' + heard.strip() + b'\\r\\n')
";

/// What came, in the session of that name.
fn came(stage: &mut Stage<'_>, session: &str) -> Result<Ledger, Failure> {
    stage.tab.click("link", session)?;
    stage.connected()?;
    stage.ledger_until("100 bytes", SOON, |ledger| ledger.bytes_in >= 100)
}

/// Opens the port that is not open yet. Which of two that look alike comes first in the list, the browser decides.
fn open_other(stage: &mut Stage<'_>) -> Outcome {
    stage.tab.the("button", "Connect USB 2e8a:000a · number 2")?;
    for button in ["Connect USB 2e8a:000a · number 2", "Connect USB 2e8a:000a"] {
        stage.tab.choose("Profile", "Name and value pairs")?;
        stage.tab.click("button", button)?;
        let opened = stage.tab.wait("it is open, or said to be open already", SOON, |tab| {
            let device = tab.the("region", "Device")?;
            let open = tab.words(&device)?.contains("Connected");
            let taken = tab.eval("document.body.innerText.includes('already uses that port')")? == true;
            Ok((open || taken).then_some(open))
        })?;
        if opened {
            return Ok(());
        }
        stage.tab.click("button", "Close session")?;
        if stage.tab.find("button", "Try the demo device")?.is_none() {
            stage.tab.click("link", "Ferrule, start page")?;
        }
    }
    Err("none of the two ports could be opened".into())
}

pub fn both(stage: &mut Stage<'_>) -> Outcome {
    let drive = Device::new(23)?;
    std::fs::write(stage.site.target.join("sensor.py"), SENSOR)?;
    // The terminal that it opens is the one that the line leads to.
    let sensor = Program::start("stty raw -echo; exec /usr/bin/python3 sensor.py $(tty)", &stage.site.target)?;
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    stage.plug(0, drive.path())?;
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    drive.go();
    stage.ledger_until("100 frames of the drive", SOON, |ledger| ledger.frames >= 100)?;
    stage.tab.click("link", "Ferrule, start page")?;
    stage.plug(1, sensor.path())?;
    open_other(stage)?;
    stage.value_until("temperature", |value| value.starts_with("2"))?;
    stage.send("calibrate")?;
    stage.terminal("pyserial heard calibrate")?;

    // Each goes on while the other is looked at.
    let names = stage.tab.all("link", "Point to point: *")?;
    ensure!(names.len() == 2, "two sessions are open, the bar shows {}", names.len());
    let [first, second] = [names[0].name.clone(), names[1].name.clone()];
    ensure!(first != second, "both sessions are called {first:?}");
    let mut before = [came(stage, &first)?, came(stage, &second)?];
    for _ in 0..3 {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let now = [came(stage, &first)?, came(stage, &second)?];
        for (before, now) in before.iter().zip(&now) {
            ensure!(now.frames > before.frames, "a session stood still: {before:?}, then {now:?}");
            ensure!(now.rejected == before.rejected, "frames of one were read as the other's: {now:?}");
        }
        before = now;
    }
    stage.send("status")?;
    stage.terminal("pyserial heard status")?;
    ensure!(drive.received().is_empty(), "the drive was sent {:?}", drive.received());
    stage.no_problems()
}
