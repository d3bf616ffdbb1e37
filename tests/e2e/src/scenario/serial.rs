//! A real Web Serial port with the simulated drive behind it.

use super::focus;
use crate::device::{Device, Held, Program};
use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::stage::Stage;
use crate::tab::SOON;
use std::thread::sleep;
use std::time::{Duration, Instant};

pub fn whole(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(1)?;
    stage.open_wired(&device)?;
    stage.tab.reads("region", "Device", "private to this tab and the device", SOON)?;
    stage.tab.reads("region", "Device", "USB serial", SOON)?;
    stage.tab.reads("region", "Device", "no data for", SOON)?;
    device.go();
    stage.ledger_until("300 frames", SOON, |ledger| ledger.frames >= 300)?;
    stage.value_until("v_bus", |value| value.starts_with("2"))?;
    stage.plot_is_drawn()?;
    stage.send("set speed 1200")?;
    stage.terminal("ok speed 1200")?;
    ensure!(device.received() == "set speed 1200\n", "the device received {:?}", device.received());
    all_arrived(stage, &device)?;
    stage.tab.click("button", "Disconnect")?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    stage.tab.click("button", "Connect again")?;
    stage.connected()?;
    let before = stage.ledger()?;
    device.go();
    stage.ledger_until("frames after connecting again", SOON, |now| now.frames > before.frames + 100)?;
    stage.no_problems()
}

/// The device comes to rest; whatever it sent is on the ledger, and all of it is good.
fn all_arrived(stage: &mut Stage<'_>, device: &Device) -> Outcome {
    let (bytes, frames) = device.rest()?;
    let ledger = stage.ledger_until("every byte that was sent", SOON, |ledger| ledger.bytes_in >= bytes)?;
    ensure!(ledger.bytes_in == bytes, "{bytes} bytes sent: {ledger:?}");
    ensure!(ledger.frames == frames && ledger.good == bytes, "{frames} frames in {bytes} bytes sent: {ledger:?}");
    Ok(())
}

pub fn garbage(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(2)?;
    stage.open_wired(&device)?;
    // The boot loader's greeting at another baud rate, then a delimiter's worth of luck.
    let noise: Vec<u8> = (0..3000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    device.raw(&noise);
    device.raw(&[0]);
    device.go();
    stage.ledger_until("300 frames after the garbage", SOON, |ledger| ledger.frames >= 300)?;
    let (bytes, frames) = device.rest()?;
    let ledger = stage.ledger_until("every byte that was sent", SOON, |ledger| ledger.bytes_in >= bytes)?;
    ensure!(ledger.frames == frames, "{frames} frames sent: {ledger:?}");
    let lost = ledger.skipped + ledger.rejected;
    ensure!(lost == 3001, "3,001 bytes of garbage, {lost} counted as lost: {ledger:?}");
    stage.no_problems()
}

/// A frame's beginning: no delimiter in it.
const HALF_A_FRAME: [u8; 10] = [0x13, 1, 2, 3, 4, 5, 6, 7, 8, 9];

pub fn replug(stage: &mut Stage<'_>) -> Outcome {
    let mut device = Device::new(3)?;
    stage.open_wired(&device)?;
    let mut before = stage.ledger()?;
    for round in 1..=3 {
        device.go();
        let wish = before.frames + 100;
        stage.ledger_until("100 frames", SOON, |now| now.frames >= wish)?;
        device.rest()?;
        device.raw(&HALF_A_FRAME);
        device.rest()?;
        drop(device);
        stage.unplug(0)?;
        stage.tab.reads("region", "Device", "Waiting", SOON)?;
        let ledger = stage.ledger()?;
        let gone = ledger.skipped + ledger.pending + ledger.rejected;
        ensure!(gone <= 10 * round, "at most {} bytes of half frames: {ledger:?}", 10 * round);
        stage.value_until("speed", |value| !value.is_empty())?;
        device = Device::new(3 + round)?;
        stage.plug(0, device.path())?;
        stage.connected()?;
        before = stage.ledger_until("the gap counted", SOON, |now| now.gaps >= round)?;
    }
    device.go();
    let wish = before.frames + 100;
    stage.ledger_until("100 frames after the last", SOON, |now| now.frames >= wish)?;
    stage.send("get limits")?;
    stage.terminal("ok limits")?;
    stage.no_problems()
}

pub fn reload(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(4)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.tab.reload()?;
    // Waiting for the button that a reload leads to; what comes of the click is all the rest.
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.ledger_until("100 frames after the reload", SOON, |ledger| ledger.frames >= 100)?;
    stage.no_problems()
}

/// A page that browsers put aside for *Back* runs nothing: it would hold the port, and lose what comes.
pub fn back(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(24)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.tab.eval("globalThis.before = true")?;
    let away = format!("{}/nothing-here", stage.origin);
    stage.tab.go(&away)?;
    stage.tab.wait("another page", SOON, |tab| {
        Ok((tab.eval("location.pathname")? == "/nothing-here" && tab.eval("document.readyState")? == "complete")
            .then_some(()))
    })?;
    stage.tab.eval("void history.back()")?;
    stage.tab.wait("the console again", SOON, |tab| {
        Ok((tab.eval("location.pathname")? == "/" && tab.eval("document.readyState")? == "complete").then_some(()))
    })?;
    ensure!(stage.tab.eval("globalThis.before === undefined")? == true, "the page with an open port was put aside");
    // It says what is so: no session is open. The port was let go, and opens again.
    ensure!(stage.tab.all("region", "Device")?.is_empty(), "a session is told of that is gone");
    stage.tab.says("is not open", SOON)?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    stage.ledger_until("100 frames after that", SOON, |ledger| ledger.frames >= 100)?;
    Ok(())
}

pub fn twins(stage: &mut Stage<'_>) -> Outcome {
    let (first, second) = (Device::new(5)?, Device::new(6)?);
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    stage.plug(0, first.path())?;
    stage.plug(1, second.path())?;
    stage.tab.the("button", "Connect USB 2e8a:000a · number 2")?;
    let ports = stage.tab.all("button", "Connect USB*")?;
    ensure!(ports.len() == 2, "two adapters are plugged in, {} are listed", ports.len());
    first.go();
    second.go();
    for (device, button) in [(&first, "Connect USB 2e8a:000a"), (&second, "Connect USB 2e8a:000a · number 2")] {
        stage.tab.choose("Profile", "Wired drive (yours)")?;
        stage.tab.click("button", button)?;
        stage.connected()?;
        stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
        let _ = device;
        stage.tab.click("link", "Ferrule, start page")?;
    }
    // Each session talks to its own device, and to one only.
    let sessions = stage.tab.all("link", "Point to point: Wired drive*")?;
    ensure!(sessions.len() == 2, "two sessions are open, the bar shows {}", sessions.len());
    for (session, line) in sessions.iter().zip(["set speed 1111", "set speed 2222"]) {
        stage.tab.press(session)?;
        stage.connected()?;
        stage.send(line)?;
        stage.terminal(&line.replace("set", "ok"))?;
    }
    let heard = [first.received(), second.received()];
    let mut sorted = heard.clone();
    sorted.sort();
    ensure!(sorted == ["set speed 1111\n", "set speed 2222\n"], "the devices heard {heard:?}");
    stage.no_problems()
}

pub fn busy(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(7)?;
    stage.open_wired(&device)?;
    stage.tab.click("link", "Ferrule, start page")?;
    // It is not offered again, but shown where it is.
    ensure!(stage.tab.all("button", "Connect USB*")?.is_empty(), "a port that is open is offered once more");
    stage.tab.says("open as Wired drive", SOON)?;
    stage.tab.click("button", "Show USB 2e8a:000a")?;
    stage.connected()?;
    // Asked for all the same, there are words, and the one that has it goes on.
    let sessions = stage.tab.all("link", "Point to point: Wired drive*")?;
    ensure!(sessions.len() == 1, "{} sessions are open", sessions.len());
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    Ok(())
}

pub fn taken(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(10)?;
    let held = Held::take(&device)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.tab.says("another program or another tab has it open", SOON)?;
    stage.tab.says("Close that, then connect again", SOON)?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    let page = format!("{}/#/doctor/1", stage.site.origin);
    stage.tab.go(&page)?;
    finds(stage, "Somebody else has the port open.")?;
    stage.tab.says("another program or another tab has it open", SOON)?;
    let steps = stage.tab.reads("list", "How far the connection got", "failed", SOON)?;
    let steps: Vec<&str> = steps.split_whitespace().collect();
    ensure!(steps.windows(2).any(|pair| pair == ["Opened", "failed"]), "another step failed: {steps:?}");
    // The other program is closed; the same port opens now.
    drop(held);
    stage.tab.click("button", "Try again now")?;
    finds(stage, "The port is open, and nothing comes.")?;
    stage.tab.click("link", "Back to the device")?;
    stage.connected()
}

pub fn stuck(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(11)?;
    stage.start()?;
    // With the usual buffer the browser itself takes a megabyte, and nobody notices for long.
    let profile = stage.wired_drive()?.replace("baud = 921600", "baud = 921600\nbuffer_bytes = 4096");
    stage.keep(&profile)?;
    stage.plug(0, device.path())?;
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    device.deaf(true);
    device.go();
    // More than the line, the browser and the session hold together, piece by piece.
    let line = "x".repeat(15_000);
    for _ in 0..12 {
        stage.send(&line)?;
    }
    stage.tab.says("Nothing was sent: ", SOON)?;
    let before = stage.ledger()?;
    stage.tab.says("The device has taken no data for 5 s", SOON)?;
    stage.ledger_until("frames all the while", SOON, |now| now.frames > before.frames + 100)?;
    stage.send("help")?;
    let begun = Instant::now();
    stage.tab.click("button", "Disconnect")?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    let took = begun.elapsed();
    ensure!(took < Duration::from_secs(1), "closing took {took:?} while a write was waiting");
    // The port itself is free again as well.
    device.deaf(false);
    stage.tab.click("button", "Connect again")?;
    stage.connected()
}

pub fn speed(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(8)?;
    stage.start()?;
    stage.plug(0, device.path())?;
    for wrong in ["0", "4294967296", "fast"] {
        let field = stage.tab.wait("the speed's field", SOON, |tab| {
            let found = tab.find("combobox", "Speed in baud")?;
            Ok(found.or(tab.find("textbox", "Speed in baud")?))
        })?;
        stage.tab.type_over(&field, wrong)?;
        stage.tab.click("button", "Connect USB 2e8a:000a")?;
        stage.tab.says("whole number of baud", SOON)?;
    }
    stage.no_problems()
}

/// 50,000 frames of 21 bytes a second: what a USB full-speed device can send at most is about 1.2 MB/s.
const FLOOD_HZ: u32 = 50_000;

pub fn flood(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(9)?;
    stage.open_wired(&device)?;
    device.rate(FLOOD_HZ);
    device.go();
    let begun = Instant::now();
    let (mut stalls, mut last) = (0, 0);
    while begun.elapsed() < stage.site.flood {
        // The page's main thread does nothing else for four seconds.
        stage.tab.eval("{ const end = performance.now() + 4000; while (performance.now() < end); }")?;
        let sent = device.bytes();
        ensure!(sent > last, "while the page stood still, nobody took what the device sent");
        last = sent;
        stalls += 1;
        sleep(Duration::from_millis(500));
        let ledger = stage.ledger()?;
        ensure!(ledger.balanced(), "the ledger does not balance: {ledger:?}");
    }
    let (bytes, frames) = device.rest()?;
    let rate = frames / begun.elapsed().as_secs().max(1);
    println!("   {frames} frames, {bytes} bytes in {:.0} s, {rate}/s, {stalls} stalls", begun.elapsed().as_secs_f64());
    ensure!(rate > 5000, "that was no flood: {rate} frames/s");
    all_arrived(stage, &device).map_err(|why| Failure(format!("after {stalls} stalls: {why}")))?;
    stage.no_problems()
}

pub fn signals(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(12)?;
    stage.open_wired(&device)?;
    stage.tab.click("button", "Signals and speed")?;
    // The rig has a loopback plug: CTS follows RTS, DSR and DCD follow DTR.
    let reads = |stage: &mut Stage<'_>, cts: &str, dsr: &str| -> Outcome {
        let what = format!("CTS {cts}, DSR {dsr}");
        stage.tab.wait(&what, SOON, |tab| {
            let list = tab.the("list", "Signals of the device")?;
            let words = tab.words(&list)?.split_whitespace().collect::<Vec<_>>().join(" ");
            Ok(words.contains(&format!("CTS {cts} DSR {dsr} DCD {dsr} RI off")).then_some(()))
        })
    };
    reads(stage, "on", "on")?;
    stage.tab.click("button", "RTS off")?;
    reads(stage, "off", "on")?;
    stage.tab.click("button", "DTR off")?;
    reads(stage, "off", "off")?;
    stage.terminal("DTR off")?;
    stage.tab.click("button", "RTS on")?;
    reads(stage, "on", "off")?;
    stage.tab.click("button", "Send break")?;
    stage.terminal("break over")?;
    device.go();
    stage.ledger_until("100 frames all the same", SOON, |ledger| ledger.frames >= 100)?;
    stage.no_problems()
}

/// Another program of other people's making has the port meanwhile: what it wrote to its standard output.
fn another_program(path: &std::path::Path, send: &str) -> Result<String, Failure> {
    let script = "import serial, sys\n\
                  port = serial.Serial(sys.argv[1], 115200, timeout=5)\n\
                  port.write(sys.argv[2].encode())\n\
                  print(port.read_until(b'\\n', 4096).decode(errors='replace'))\n";
    let output = std::process::Command::new("/usr/bin/python3")
        .args(["-c", script])
        .arg(path)
        .arg(send)
        .output()
        .map_err(|why| format!("python3: {why}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "python3-serial: {said}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn release(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(13)?;
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    device.rest()?;
    focus::enter_on(stage, "button", "Release port")?;
    stage.tab.says("another tool may use it now", SOON)?;
    focus::focused(stage, "Retake")?;
    stage.tab.reads("region", "Device", "Released", SOON)?;
    stage.tab.wait("the bar to say so", SOON, |tab| {
        Ok(tab.find("link", "Point to point: *")?.filter(|link| link.name.ends_with("Released")))
    })?;
    let before = stage.ledger()?;
    another_program(device.path(), "set speed 777\n")?;
    ensure!(device.received() == "set speed 777\n", "the other program sent {:?}", device.received());
    let after = stage.ledger()?;
    ensure!(after == before, "the released port was read: {before:?}, then {after:?}");
    stage.tab.key("Enter")?;
    stage.connected()?;
    focus::focused(stage, "Release port")?;
    device.go();
    stage.ledger_until("frames after it was retaken", SOON, |now| now.frames > before.frames + 100)?;
    // The other tool may be uploading: nothing opens the port meanwhile.
    stage.tab.click("button", "Release port")?;
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.click("button", "Try common speeds")?;
    stage.tab.says("Nothing was tried: the port is released", SOON)?;
    stage.no_problems()
}

pub fn wrong_speed(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(14)?;
    // The profile says 921,600.
    device.speaks_at(115_200);
    stage.open_wired(&device)?;
    device.go();
    stage.ledger_until("bytes that make no sense", SOON, |ledger| ledger.bytes_in > 500)?;
    stage.tab.click("button", "Signals and speed")?;
    stage.tab.click("button", "Try common speeds")?;
    stage.tab.says("Nothing is sent meanwhile", SOON)?;
    stage.tab.says("The speed was not changed", Duration::from_secs(90))?;
    stage.tab.reads("region", "Device", "921\u{2009}600 baud", SOON)?;
    stage.tab.reads("table", "What came at each speed", "fits", SOON)?;
    ensure!(device.received().is_empty(), "the device was sent {:?}", device.received());
    stage.connected()?;
    stage.tab.click("button", "Reopen at 115\u{2009}200 baud")?;
    stage.tab.reads("region", "Device", "115\u{2009}200 baud", SOON)?;
    stage.connected()?;
    let before = stage.ledger()?;
    stage.ledger_until("frames at the right speed", SOON, |now| now.frames > before.frames + 100)?;
    // The format of a character beside it. It is kept for the port.
    stage.tab.choose("Format", "8E1")?;
    stage.tab.click("button", "Reopen at 115\u{2009}200 baud")?;
    stage.tab.reads("region", "Device", "115\u{2009}200 baud, 8E1", SOON)?;
    stage.connected()?;
    stage.start()?;
    stage.tab.says("115\u{2009}200 baud, 8E1", SOON)?;
    stage.no_problems()
}

/// The doctor's finding, as a heading.
fn finds(stage: &mut Stage<'_>, finding: &str) -> Outcome {
    stage.tab.the("heading", finding).map(drop)
}

pub fn doctor(stage: &mut Stage<'_>) -> Outcome {
    let device = Device::new(15)?;
    stage.open_wired(&device)?;
    let page = format!("{}/#/doctor/1", stage.site.origin);
    stage.tab.go(&page)?;
    finds(stage, "The port is open, and nothing comes.")?;
    device.go();
    finds(stage, "All is well.")?;
    stage.tab.reads("table", "What was looked at", "frames right", SOON)?;
    device.rest()?;
    drop(device);
    stage.unplug(0)?;
    finds(stage, "The device is not plugged in.")?;
    stage.tab.reads("list", "How far the connection got", "failed", SOON)?;
    // Another device at the same place speaks at another speed.
    let other = Device::new(16)?;
    other.speaks_at(115_200);
    stage.plug(0, other.path())?;
    finds(stage, "The port is open, and nothing comes.")?;
    other.go();
    finds(stage, "Bytes arrive, and make no sense at 921\u{2009}600 baud.")?;
    stage.tab.click("button", "Try common speeds")?;
    finds(stage, "The common speeds are being tried.")?;
    let wrong = "It speaks at 115\u{2009}200 baud. 921\u{2009}600 baud are set.";
    stage.tab.wait("the speed is found", Duration::from_secs(90), |tab| tab.find("heading", wrong))?;
    stage.tab.click("button", "Reopen at 115\u{2009}200 baud")?;
    finds(stage, "All is well.")?;
    stage.tab.click("link", "Back to the device")?;
    stage.connected()?;
    stage.no_problems()
}

pub fn alike(stage: &mut Stage<'_>) -> Outcome {
    let (first, second) = (Device::new(17)?, Device::new(18)?);
    stage.start()?;
    let profile = stage.wired_drive()?;
    stage.keep(&profile)?;
    stage.plug(0, first.path())?;
    stage.plug(1, second.path())?;
    stage.tab.the("button", "Connect USB 2e8a:000a · number 2")?;
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.connected()?;
    // One of them goes, be it the one that is open or not; then the other; one comes back, and nobody knows which.
    drop(first);
    drop(second);
    stage.unplug(0)?;
    stage.unplug(1)?;
    stage.tab.reads("region", "Device", "Waiting", SOON)?;
    let back = Device::new(18)?;
    stage.plug(1, back.path())?;
    stage.tab.says("nothing tells which of them is here now", SOON)?;
    stage.tab.reads("region", "Device", "Closed", SOON)?;
    ensure!(back.received().is_empty(), "something was sent to a device that nobody chose: {:?}", back.received());
    stage.tab.click("button", "Use USB 2e8a:000a")?;
    stage.connected()?;
    back.go();
    stage.ledger_until("100 frames", SOON, |ledger| ledger.frames >= 100)?;
    stage.no_problems()
}

pub fn crossed(stage: &mut Stage<'_>) -> Outcome {
    let (first, second) = (Device::new(21)?, Device::new(22)?);
    stage.open_wired(&first)?;
    // An equal one is plugged in beside it, then the first goes: what is left is another device, and nobody says otherwise.
    stage.plug(1, second.path())?;
    stage.tab.wait("the browser to see both", SOON, |tab| {
        Ok((tab.eval("navigator.serial.getPorts().then((ports) => ports.length)")? == 2).then_some(()))
    })?;
    drop(first);
    stage.unplug(0)?;
    stage.tab.reads("region", "Device", "Waiting", SOON)?;
    second.go();
    // Longer than a session waits before it looks again.
    sleep(Duration::from_secs(3));
    stage.tab.reads("region", "Device", "Waiting", SOON)?;
    ensure!(stage.ledger()?.bytes_in == 0, "bytes of another device were taken: {:?}", stage.ledger()?);
    ensure!(second.received().is_empty(), "the other device was sent {:?}", second.received());
    let back = Device::new(21)?;
    stage.plug(0, back.path())?;
    stage.connected()?;
    stage.send("set speed 2121")?;
    stage
        .tab
        .wait("the first device to hear", SOON, |_| Ok(back.received().contains("set speed 2121").then_some(())))?;
    ensure!(second.received().is_empty(), "the other device was sent {:?}", second.received());
    stage.no_problems()
}

pub fn stranger(stage: &mut Stage<'_>) -> Outcome {
    let folder = stage.site.target.join("stranger");
    std::fs::create_dir_all(&folder)?;
    let pump = Program::start("stty raw -echo; while read -r line; do echo 'PUMP 2'; done", &folder)?;
    stage.start()?;
    let profile = "name = \"Heater\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n\
                   [identity]\nprobe = \"who\"\nexpect = \"HEATER 7\"\n";
    stage.keep(profile)?;
    stage.plug(0, pump.path())?;
    stage.tab.choose("Profile", "Heater (yours)")?;
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    let both = |words: &str| words.contains("PUMP 2") && words.contains("HEATER 7");
    // The nameplate, then the doctor.
    stage.tab.wait("the session to name both", SOON, |tab| {
        let said = tab.eval("document.querySelector('.trouble').innerText")?;
        Ok(said.as_str().is_some_and(both).then_some(()))
    })?;
    let page = format!("{}/#/doctor/1", stage.site.origin);
    stage.tab.go(&page)?;
    finds(stage, "Another device answered.")?;
    let said = stage.tab.eval("document.querySelector('.doctor-answer').innerText")?;
    ensure!(said.as_str().is_some_and(both), "the doctor said {said:?}");
    stage.no_problems()
}

pub fn identity(stage: &mut Stage<'_>) -> Outcome {
    let (first, second) = (Device::new(19)?, Device::new(20)?);
    stage.start()?;
    let profile = stage.wired_drive()?;
    let profile = format!("{profile}\n[identity]\nprobe = \"get serial\"\nexpect = \"serial D-0020\"\n");
    stage.keep(&profile)?;
    stage.plug(0, first.path())?;
    stage.plug(1, second.path())?;
    stage.tab.the("button", "Connect USB 2e8a:000a · number 2")?;
    // Drives answer in their log, which comes with the telemetry.
    first.go();
    second.go();
    stage.tab.choose("Profile", "Wired drive (yours)")?;
    // Whichever of the two is opened first, it ends at the one that says who it is.
    stage.tab.click("button", "Connect USB 2e8a:000a")?;
    stage.terminal("it is the device that is meant")?;
    stage.connected()?;
    stage.send("set speed 2020")?;
    stage.terminal("ok speed 2020")?;
    ensure!(second.received().contains("set speed 2020"), "the second device received {:?}", second.received());
    ensure!(!first.received().contains("set speed"), "the first device received {:?}", first.received());
    stage.no_problems()
}
