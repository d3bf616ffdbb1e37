//! Files of FTP servers through a gateway.

use crate::ensure;
use crate::failure::{Failure, Outcome};
use crate::server::{Gateway, Peer, RudeFtp, closed_port, target};
use crate::stage::Stage;
use crate::tab::SOON;
use serde_json::json;
use std::path::{Path, PathBuf};

/// A folder of this scenario's own, with a server's inside.
fn folder(stage: &Stage<'_>, name: &str) -> Result<PathBuf, Failure> {
    let folder = stage.site.target.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for part in ["root/log", "root/in", "saved"] {
        std::fs::create_dir_all(folder.join(part))?;
    }
    Ok(folder)
}

/// Opens the target `logger` from the gateway's list.
fn open(stage: &mut Stage<'_>, gateway: &Gateway) -> Outcome {
    stage.origin = gateway.origin();
    stage.start()?;
    stage.tab.click("radio", "FTP")?;
    stage.tab.reads("list", "Targets of this console's gateway", "Data logger · FTP", SOON)?;
    stage.tab.click("button", "Open logger")?;
    stage.connected()
}

fn files_say(stage: &mut Stage<'_>, part: &str) -> Outcome {
    stage.tab.reads("region", "Files", part, SOON).map(drop)
}

/// How many file fields there are to store with.
fn uploads(stage: &mut Stage<'_>) -> Result<u64, Failure> {
    let count = stage.tab.eval("document.querySelectorAll('input[type=file][aria-label=Upload]').length")?;
    Ok(count.as_u64().unwrap_or_default())
}

/// Waits until a file has these bytes.
fn holds(stage: &mut Stage<'_>, file: &Path, bytes: &[u8]) -> Outcome {
    let what = format!("{} with what was sent", file.display());
    stage.tab.wait(&what, SOON, |_| Ok(std::fs::read(file).is_ok_and(|found| found == bytes).then_some(())))
}

pub fn vsftpd(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "ftp-vsftpd")?;
    let mut day = String::from("temp,hum\n");
    for at in 0..2000 {
        day.push_str(&format!("{}.5,{}\n", 15 + at % 10, 40 + at % 7));
    }
    day.push_str("33.25,51\n");
    std::fs::write(folder.join("root/log/day.csv"), &day)?;
    let big: Vec<u8> = (0..900_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    std::fs::write(folder.join("root/big.bin"), &big)?;
    let port = closed_port()?;
    // Slow enough to be cut off.
    let server = Peer::vsftpd(&folder, port, "anon_max_rate=100000")?;
    let gateway = Gateway::start(stage.site, 0, &target("logger", "Data logger", "ftp", port))?;
    let params = json!({ "behavior": "allow", "downloadPath": folder.join("saved").display().to_string() });
    stage.tab.call("Page.setDownloadBehavior", params)?;
    open(stage, &gateway)?;
    files_say(stage, "big.bin")?;

    // F47: cut off, told to be a part, and gone on with from there.
    stage.tab.click("button", "Download big.bin")?;
    let far = "document.querySelector('.files-job progress')?.value ?? 0";
    let came =
        stage.tab.wait("some of it", SOON, |tab| Ok(tab.eval(far)?.as_f64().filter(|came| *came > 100_000.0)))?;
    drop(server);
    files_say(stage, "In part")?;
    files_say(stage, "Resume goes on from there")?;
    let kept = stage.tab.eval(far)?.as_f64().unwrap_or_default();
    ensure!(kept >= came && kept < 900_000.0, "{kept} bytes are kept, of which {came} had come");
    ensure!(std::fs::read_dir(folder.join("saved"))?.next().is_none(), "a part was saved as if it were the whole");
    let _server = Peer::vsftpd(&folder, port, "")?;
    stage.tab.click("button", "Resume big.bin")?;
    files_say(stage, "Saved")?;
    holds(stage, &folder.join("saved/big.bin"), &big)?;
    stage.tab.click("button", "Discard big.bin")?;

    // Into a folder, by the keyboard, and a log of it opened as if a device sent it.
    let log = stage.tab.the("button", "Open folder log")?;
    stage.tab.on(&log, "function () { this.focus() }", json!([]))?;
    stage.tab.key("Enter")?;
    files_say(stage, "/log")?;
    files_say(stage, "day.csv")?;
    ensure!(uploads(stage)? == 1, "the target may be written to");
    stage.tab.choose("Open with", "Separated numbers")?;
    // A double click opens it once.
    stage.tab.double_click("button", "Open day.csv")?;
    let ledger = stage.ledger_until("every line", SOON, |ledger| ledger.good == day.len() as u64)?;
    ensure!(ledger.rejected == 0, "{ledger:?}");
    stage.value_until("temp", |value| value.starts_with("33.25"))?;
    let sessions = stage.tab.eval("document.querySelectorAll('.sessions-name').length")?;
    ensure!(sessions == 2, "the server's session and the file's are {sessions}");
    // Of the cut the browser complains, too.
    stage.plot_is_drawn()
}

/// Waits until the plot's summary says this.
fn plot_says(stage: &mut Stage<'_>, part: &str) -> Result<String, Failure> {
    let summary = "document.getElementById('plot-summary')?.textContent ?? ''";
    stage.tab.wait(&format!("the plot says {part:?}"), SOON, |tab| {
        let words = tab.eval(summary)?.as_str().unwrap_or_default().to_owned();
        Ok(words.contains(part).then_some(words))
    })
}

pub fn plotted(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "ftp-plot")?;
    let write = |name: &str, head: &str, row: &dyn Fn(u32) -> String| {
        let rows: String = (0..300).map(row).collect();
        std::fs::write(folder.join("root").join(name), format!("{head}\n{rows}"))
    };
    // A row for every minute of a day that is long over; with a column of numbers, of dates, of seconds, and none at all.
    let clock = |at: u32| format!("{:02}:{:02}", 9 + at / 60, at % 60);
    write("numbers.csv", "timestamp,temp", &|at| format!("{},{}.5\n", 1_600_000_000 + at * 60, 15 + at % 10))?;
    write("dates.csv", "Datum;Uhrzeit;Temp", &|at| format!("13.09.2020;{};{},5\n", clock(at), 15 + at % 10))?;
    write("states.csv", "date,temp", &|at| format!("09/13/2020 {},{}.5\n", clock(at), 15 + at % 10))?;
    write("seconds.csv", "t (s),temp", &|at| format!("{},{}.5\n", at * 60, 15 + at % 10))?;
    write("rows.csv", "temp,hum", &|at| format!("{}.5,{}\n", 15 + at % 10, 40 + at % 7))?;
    let port = closed_port()?;
    let log = folder.join("vsftpd.log");
    let noted = format!("xferlog_enable=YES\nxferlog_std_format=NO\nvsftpd_log_file={}", log.display());
    let _server = Peer::vsftpd(&folder, port, &noted)?;
    let gateway = Gateway::start(stage.site, 0, &target("logger", "Data logger", "ftp", port))?;
    let cases = [
        ("numbers.csv", "drawn by its column timestamp, s since 1970", "4 h 59 min shown", "temp: from 15.5 to 24.5"),
        ("dates.csv", "drawn by its column Datum, dates", "4 h 59 min shown", "Temp: from 15.5 to 24.5"),
        ("states.csv", "drawn by its column date, dates", "4 h 59 min shown", "temp: from 15.5 to 24.5"),
        ("seconds.csv", "drawn by its column t (s), s from the start", "4 h 59 min shown", "temp: from 15.5 to 24.5"),
        ("rows.csv", "no column of time: drawn evenly, row by row", "300 rows shown", "hum: from 40 to 46"),
    ];
    open(stage, &gateway)?;
    let folder = stage.tab.eval("location.hash")?.as_str().unwrap_or_default().to_owned();
    for (name, drawn_by, long, course) in cases {
        // With *Separated numbers*, as it is unless one chooses otherwise.
        stage.tab.click("button", &format!("Open {name}"))?;
        stage.tab.reads("heading", name, name, SOON)?;
        stage.tab.reads("region", "Device", drawn_by, SOON)?;
        stage.tab.reads("region", "Device", "Read to the end", SOON)?;
        plot_says(stage, long)?;
        let said = plot_says(stage, course)?;
        ensure!(!said.contains("gap"), "{name}: {said}");
        let ledger = stage.ledger()?;
        ensure!((ledger.rejected, ledger.gaps) == (0, 0), "{name}: {ledger:?}");
        // No time of today is told of what has none.
        let by_clock = said.contains("Device time");
        let instants = !["seconds.csv", "rows.csv"].contains(&name);
        ensure!(by_clock == instants, "{name}: {said}");
        // It hears nothing, and nothing comes any more.
        for (role, control) in [("textbox", "Line to send"), ("button", "Pause")] {
            ensure!(stage.tab.all(role, control)?.is_empty(), "{name} has {control}");
        }
        ensure!(stage.tab.all("button", "Keep profile")?.is_empty(), "{name}: what was seen in it is no edit");
        let asked = stage.tab.wait("its line in the server's log", SOON, |_| {
            let text = std::fs::read_to_string(&log)?;
            let asked =
                text.lines().filter(|line| line.contains("DOWNLOAD") && line.contains(&format!("/{name}\""))).count();
            Ok((asked > 0).then_some(asked))
        })?;
        ensure!(asked == 1, "{name} was asked for {asked} times");
        stage.plot_is_drawn()?;
        stage.tab.eval(&format!("location.hash = '{folder}'"))?;
        files_say(stage, "rows.csv")?;
    }
    Ok(())
}

pub fn upload(stage: &mut Stage<'_>) -> Outcome {
    let folder = folder(stage, "ftp-upload")?;
    let (first, second) = (folder.join("limits.csv"), folder.join("other/limits.csv"));
    std::fs::create_dir_all(folder.join("other"))?;
    std::fs::write(&first, "low,high\n1,2\n")?;
    std::fs::write(&second, "low,high\n3,4\n")?;
    let port = closed_port()?;
    // Fast enough for small files, and slow enough for a long one to be on its way for a while.
    let _server = Peer::vsftpd(&folder, port, "anon_max_rate=300000")?;
    let gateway = Gateway::start(stage.site, 0, &target("logger", "Data logger", "ftp", port))?;
    open(stage, &gateway)?;
    stage.tab.click("button", "Open folder in")?;
    files_say(stage, "This folder is empty.")?;
    stage.tab.choose_file("Upload", &first)?;
    files_say(stage, "limits.csv is stored.")?;
    stage.tab.the("button", "Download limits.csv").map(drop)?;
    holds(stage, &folder.join("root/in/limits.csv"), b"low,high\n1,2\n")?;
    // Nothing is written over unasked.
    stage.tab.choose_file("Upload", &second)?;
    files_say(stage, "There is a file of that name already.")?;
    holds(stage, &folder.join("root/in/limits.csv"), b"low,high\n1,2\n")?;
    stage.tab.click("button", "Replace it")?;
    files_say(stage, "limits.csv is stored.")?;
    holds(stage, &folder.join("root/in/limits.csv"), b"low,high\n3,4\n")?;
    // One that takes long says how far it is, and is cancelled half-way.
    let long = folder.join("long.bin");
    std::fs::write(&long, vec![7; 24 << 20])?;
    stage.tab.choose_file("Upload", &long)?;
    files_say(stage, "long.bin is being stored.")?;
    let bar = "document.querySelector('.files-store progress[aria-label=\"Progress of long.bin\"]')?.value ?? 0";
    stage.tab.wait("some of it gone", SOON, |tab| Ok(tab.eval(bar)?.as_f64().filter(|gone| *gone > 0.0)))?;
    files_say(stage, "of 24.0 MiB")?;
    stage.tab.click("button", "Cancel")?;
    files_say(stage, "Cancelled. A part of the file may be on the server")?;
    ensure!(stage.tab.eval(bar)? == json!(0), "a bar goes on after it was cancelled");
    let whole = std::fs::metadata(folder.join("root/in/long.bin")).map_or(0, |file| file.len());
    ensure!(whole < 24 << 20, "it was cancelled and is there as a whole");
    drop(gateway);
    // Where the gateway lets one read only there is nothing to store with.
    let only = target("logger", "Data logger", "ftp", port).replace(", \"write\"", "");
    let gateway = Gateway::start(stage.site, 0, &only)?;
    open(stage, &gateway)?;
    files_say(stage, "log/")?;
    ensure!(uploads(stage)? == 0, "there is an Upload for what is only read");
    Ok(())
}

pub fn hostile(stage: &mut Stage<'_>) -> Outcome {
    let server = RudeFtp::start()?;
    let gateway = Gateway::start(stage.site, 0, &target("logger", "Data logger", "ftp", server.port))?;
    open(stage, &gateway)?;
    files_say(stage, "half.csv")?;
    files_say(stage, "../../etc/passwd")?;
    files_say(stage, "clear\\u{1b}[2J")?;
    files_say(stage, "could not be read: 1.")?;
    ensure!(
        stage.tab.all("button", "Download ../../etc/passwd")?.is_empty(),
        "a name that leads elsewhere can be asked for"
    );
    ensure!(stage.tab.eval("document.querySelectorAll('table.files img').length")? == json!(0), "a name became markup");
    // Half of it came, and the server said that it was all.
    stage.tab.click("button", "Download half.csv")?;
    files_say(stage, "In part")?;
    ensure!(stage.tab.eval("document.title !== 'taken'")? == json!(true), "a name was run");
    Ok(())
}
