//! Drives the built console in real Chromium against real peers, and says of each scenario how it went.
//!
//! ```text
//! e2e [--dist DIR] [--ferrule FILE] [--firmware FILE] [--chromium FILE] [--quick] [--list] [--screens DIR] [ID]...
//! ```
//! `--quick` floods for 10 s instead of 60. `--screens` takes pictures for the documents instead.

mod axe;
mod browser;
mod cdp;
mod desktop;
mod device;
mod failure;
mod release;
mod rig;
mod scenario;
mod server;
mod stage;
mod tab;

use browser::Browser;
use desktop::Desktop;
use failure::{Failure, Outcome};
use rig::{Permission, Rig};
use scenario::{ALL, Place, Scenario};
use server::Served;
use stage::{Site, Stage};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tab::Tab;

/// The longest any scenario may take; a browser that hangs must not hang the tests.
const SCENARIO_LIMIT: Duration = Duration::from_secs(300);

struct Options {
    dist: PathBuf,
    ferrule: PathBuf,
    firmware: PathBuf,
    chromium: PathBuf,
    flood: Duration,
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
    let served = Served::start(&options.ferrule, &options.dist)?;
    let site = Site {
        origin: served.origin.clone(),
        here: here.to_owned(),
        project: project.to_owned(),
        axe: axe::program(here, &target).map_err(|why| why.0),
        target,
        firmware: options.firmware.clone(),
        flood: options.flood,
        dist: options.dist.clone(),
        ferrule: options.ferrule.clone(),
        own_port: server::closed_port()?,
    };
    if let Some(folder) = &options.screens {
        let mut browser = Browser::start(&options.chromium, &site.target, "screens", &[])?;
        return scenario::pictures(Tab::open(&mut browser.cdp, &site.origin)?, &site, folder).map(|()| true);
    }
    let (mut passed, mut failed) = (0, 0);
    for place in [Place::Plain, Place::Serial, Place::Chooser, Place::WithoutSerial] {
        let wanted = |scenario: &&Scenario| {
            scenario.place == place && (options.only.is_empty() || options.only.iter().any(|id| id == scenario.id))
        };
        let scenarios: Vec<&Scenario> = ALL.iter().filter(wanted).collect();
        if scenarios.is_empty() {
            continue;
        }
        let mut browser = None;
        for scenario in scenarios {
            let begun = Instant::now();
            let mut outcome = Ok(());
            for _ in 0..2 {
                let played = ready(&mut browser, || open(place, &options.chromium, &site), &site.origin)
                    .and_then(|browser| play(scenario, browser, &site));
                match played {
                    Ok(played) => {
                        outcome = played;
                        break;
                    }
                    // Not the console's doing: see `Tab::open`. A console that hangs does so again.
                    Err(why) => {
                        println!("   {}: {why}; once more in another browser", scenario.id);
                        browser = None;
                        outcome = Err(why);
                    }
                }
            }
            let seconds = begun.elapsed().as_secs_f64();
            match outcome {
                Ok(()) => {
                    passed += 1;
                    println!("ok {} {} ({seconds:.1} s)", scenario.id, scenario.name);
                }
                Err(why) => {
                    failed += 1;
                    println!("FAILED {} {}: {why} ({seconds:.1} s)", scenario.id, scenario.name);
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

/// The browser, started unless it runs already and gives tabs that answer.
fn ready<'b>(
    browser: &'b mut Option<(Browser, Option<Permission>)>,
    open: impl Fn() -> Result<(Browser, Option<Permission>), Failure>,
    origin: &str,
) -> Result<&'b mut Browser, Failure> {
    for _ in 0..3 {
        if let Some((running, _)) = browser {
            running.cdp.limit(SCENARIO_LIMIT);
            if Tab::open(&mut running.cdp, origin).is_ok() {
                break;
            }
        }
        // One that hangs makes room first: its adapters and its permission have the same names.
        drop(browser.take());
        *browser = Some(open()?);
    }
    browser.as_mut().map(|(browser, _)| browser).ok_or_else(|| "no browser".into())
}

/// Starts the browser a scenario needs, and what gives it permission.
fn open(place: Place, chromium: &Path, site: &Site) -> Result<(Browser, Option<Permission>), Failure> {
    match place {
        Place::Plain => Ok((Browser::start(chromium, &site.target, "plain", &[])?, None)),
        Place::WithoutSerial => {
            let without = ["--disable-blink-features=Serial"];
            Ok((Browser::start(chromium, &site.target, "without-serial", &without)?, None))
        }
        Place::Serial => {
            let permission = Permission::grant(&[site.origin.clone(), format!("http://127.0.0.1:{}", site.own_port)])?;
            let rig = Rig::start(&site.here, &site.target, chromium, None)?;
            Ok((Browser::start_in(rig, None)?, Some(permission)))
        }
        Place::Chooser => {
            let desktop = Desktop::start()?;
            let rig = Rig::start(&site.here, &site.target, chromium, Some(&desktop))?;
            Ok((Browser::start_in(rig, Some(desktop))?, None))
        }
    }
}

/// Runs one scenario in a tab of its own. Of a failure it keeps a picture and the browser's complaints. An error is a
/// browser that does not answer any more, which says nothing of the scenario.
fn play(scenario: &Scenario, browser: &mut Browser, site: &Site) -> Result<Outcome, Failure> {
    let Browser { cdp, rig, desktop, .. } = browser;
    let mut stage = Stage::new(Tab::open(cdp, &site.origin)?, rig.as_mut(), site);
    stage.desktop = desktop.as_ref();
    let outcome = (scenario.run)(&mut stage);
    if let Err(why) = &outcome
        && let Err(hung) = stage.tab.answers()
    {
        return Err(format!("{why}, and the browser hangs: {hung}").into());
    }
    let outcome = outcome.map_err(|why| {
        let picture = site.target.join(format!("failed-{}.png", scenario.id));
        let shown = match stage.tab.picture(&picture) {
            Ok(()) => format!("picture in {}", picture.display()),
            Err(why) => format!("no picture: {why}"),
        };
        let said = stage.tab.problems().unwrap_or_default();
        let said = if said.is_empty() { String::new() } else { format!("; the browser says {}", said.join(" | ")) };
        Failure(format!("{why} ({shown}{said})"))
    });
    stage.clear();
    Ok(outcome)
}
