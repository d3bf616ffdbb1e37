//! Drives the built console in real Chromium against real peers, and says of each scenario how it went.
//!
//! ```text
//! e2e [--dist DIR] [--ferrule FILE] [--firmware FILE] [--chromium FILE] [--quick] [--lanes N] [--list] [--screens DIR] [ID]...
//! ```
//! `--quick` floods for 10 s instead of 60. `--lanes` is how many browsers share the scenarios, two unless told. `--screens` takes pictures for the documents instead.

mod axe;
mod browser;
mod cdp;
mod desktop;
mod device;
mod failure;
mod lanes;
mod release;
mod rig;
mod scenario;
mod server;
mod stage;
mod tab;

use browser::Browser;
use failure::Failure;
use scenario::{ALL, Place, Scenario};
use server::Served;
use stage::Site;
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tab::Tab;

struct Options {
    dist: PathBuf,
    ferrule: PathBuf,
    firmware: PathBuf,
    chromium: PathBuf,
    flood: Duration,
    lanes: usize,
    screens: Option<PathBuf>,
    only: Vec<String>,
}

fn main() -> ExitCode {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let project = here.join("../..");
    let project = project.canonicalize().unwrap_or(project);
    let options = match options(&project) {
        Ok(Some(options)) => options,
        Ok(None) => {
            ALL.iter().for_each(|scenario| println!("{:<20}{}", scenario.id, scenario.name));
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    match run(&here, &project, &options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            println!("FAILED to begin: {why}\n0 passed, 1 failed");
            ExitCode::FAILURE
        }
    }
}

fn options(project: &Path) -> Result<Option<Options>, Failure> {
    let from = |name: &str, default: PathBuf| env::var_os(name).map_or(default, PathBuf::from);
    let mut options = Options {
        dist: from("FERRULE_DIST", project.join("dist")),
        ferrule: from("FERRULE_BIN", project.join("target/release/ferrule")),
        firmware: from("FERRULE_FIRMWARE", project.join("firmware/target/thumbv7m-none-eabi/release/firmware")),
        chromium: from("CHROMIUM", "chromium".into()),
        flood: Duration::from_secs(60),
        lanes: 2,
        screens: None,
        only: Vec::new(),
    };
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let mut path = || words.next().map(PathBuf::from).ok_or_else(|| Failure(format!("{word} what?")));
        match word.as_str() {
            "--dist" => options.dist = path()?,
            "--ferrule" => options.ferrule = path()?,
            "--firmware" => options.firmware = path()?,
            "--chromium" => options.chromium = path()?,
            "--screens" => options.screens = Some(path()?),
            "--lanes" => {
                let number = words.next().and_then(|word| word.parse().ok()).filter(|number| *number > 0);
                options.lanes = number.ok_or_else(|| Failure("--lanes how many?".into()))?;
            }
            "--quick" => options.flood = Duration::from_secs(10),
            "--list" => return Ok(None),
            id if ALL.iter().any(|scenario| scenario.id == id) => options.only.push(word),
            _ => return Err(format!("{word:?} is neither an option nor a scenario; --list names them").into()),
        }
    }
    Ok(Some(options))
}

fn run(here: &Path, project: &Path, options: &Options) -> Result<bool, Failure> {
    ensure!(options.dist.join("index.html").is_file(), "{} holds no console; build it first", options.dist.display());
    let target = here.join("target/e2e");
    std::fs::create_dir_all(&target)?;
    let packages = axe::packages(here, &target).map_err(|why| why.0);
    // A console for each: what a page may do, as to use any serial port, goes by where it comes from.
    let served =
        (0..options.lanes).map(|_| Served::start(&options.ferrule, &options.dist)).collect::<Result<Vec<_>, _>>()?;
    let site = |(number, served): (usize, &Served)| -> Result<Site, Failure> {
        let target = target.join(format!("lane-{number}"));
        std::fs::create_dir_all(&target)?;
        Ok(Site {
            origin: served.origin.clone(),
            here: here.to_owned(),
            project: project.to_owned(),
            packages: packages.clone(),
            target,
            firmware: options.firmware.clone(),
            flood: options.flood,
            dist: options.dist.clone(),
            ferrule: options.ferrule.clone(),
            own_port: server::closed_port()?,
            screens: options.screens.clone(),
        })
    };
    if let Some(folder) = &options.screens {
        let site = site((0, &served[0]))?;
        let mut browser = Browser::start(&options.chromium, &site.target, "screens", &[])?;
        scenario::pictures(Tab::open(&mut browser.cdp, &site.origin)?, &site, folder)?;
        drop(browser);
        let wires =
            Scenario { id: "screens", name: "pictures of real wires", place: Place::Serial, run: scenario::of_wires };
        return lanes::play(&wires, &site, &options.chromium).map(|()| true);
    }
    let sites = served.iter().enumerate().map(site).collect::<Result<Vec<_>, _>>()?;
    let wanted = |scenario: &&Scenario| options.only.is_empty() || options.only.iter().any(|id| id == scenario.id);
    // In the order of their places: each browser is started once.
    let scenarios = [Place::Plain, Place::Serial, Place::Chooser, Place::WithoutSerial, Place::Hosted]
        .map(|place| ALL.iter().filter(move |scenario| scenario.place == place).filter(wanted).collect::<Vec<_>>());
    let tally = lanes::play_all(scenarios.concat(), &sites, &options.chromium);
    if !tally.again.is_empty() {
        println!("at the second try: {}", tally.again.join(", "));
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0)
}
