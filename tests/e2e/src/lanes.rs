//! Scenarios side by side: most of one is waiting for a device or a person's pace, so two browsers share the time.
//!
//! What fails is played once more when nothing else runs, and the result says so: a machine that was busy elsewhere is
//! no fault of the console, and one that needs a second try is worth a look.

use crate::browser::Browser;
use crate::desktop::Desktop;
use crate::failure::{Failure, Outcome};
use crate::rig::{Permission, Rig};
use crate::scenario::{Place, Scenario};
use crate::stage::{Site, Stage};
use crate::tab::Tab;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The longest any scenario may take; a browser that hangs must not hang the tests.
const SCENARIO_LIMIT: Duration = Duration::from_secs(300);

type Queue = Mutex<VecDeque<&'static Scenario>>;

/// How all went.
#[derive(Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Ids of those that passed at the second try.
    pub again: Vec<&'static str>,
}

/// Plays these scenarios, one lane for each site. The second takes all that need adapters, of which there is one set, as of
/// the screen and the browser's policy, and then helps the others.
pub fn play_all(scenarios: Vec<&'static Scenario>, sites: &[Site], chromium: &Path) -> Tally {
    let (plain, wired): (VecDeque<_>, VecDeque<_>) =
        scenarios.into_iter().partition(|scenario| scenario.place == Place::Plain);
    let (plain, wired) = (Mutex::new(plain), Mutex::new(wired));
    let failed: Mutex<Vec<&'static Scenario>> = Mutex::default();
    let tally: Mutex<Tally> = Mutex::default();
    std::thread::scope(|scope| {
        for (number, site) in sites.iter().enumerate() {
            let (failed, tally) = (&failed, &tally);
            let order = match number {
                _ if sites.len() == 1 => vec![&plain, &wired],
                1 => vec![&wired, &plain],
                _ => vec![&plain],
            };
            scope.spawn(move || {
                let mut lane = Lane::new(site, chromium);
                for queue in order {
                    while let Some(scenario) = next(queue) {
                        match lane.play(scenario) {
                            (Ok(()), told) => {
                                println!("ok {told}");
                                locked(tally).passed += 1;
                            }
                            (Err(why), told) => {
                                println!("   {told}: {why}; once more when nothing else runs");
                                locked(failed).push(scenario);
                            }
                        }
                    }
                }
            });
        }
    });
    let mut tally = tally.into_inner().unwrap_or_default();
    let mut lane = sites.first().map(|site| Lane::new(site, chromium));
    for scenario in locked(&failed).drain(..) {
        match lane.as_mut().map(|lane| lane.play(scenario)) {
            Some((Ok(()), told)) => {
                println!("ok {told}, at the second try");
                tally.passed += 1;
                tally.again.push(scenario.id);
            }
            Some((Err(why), told)) => {
                println!("FAILED {told}: {why}");
                tally.failed += 1;
            }
            None => tally.failed += 1,
        }
    }
    tally
}

/// Plays one by itself.
pub fn play(scenario: &Scenario, site: &Site, chromium: &Path) -> Outcome {
    Lane::new(site, chromium).play(scenario).0
}

fn next(queue: &Queue) -> Option<&'static Scenario> {
    locked(queue).pop_front()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// One browser after the other, as the scenarios need them.
struct Lane<'s> {
    site: &'s Site,
    chromium: &'s Path,
    place: Option<Place>,
    browser: Option<(Browser, Option<Permission>)>,
}

impl<'s> Lane<'s> {
    fn new(site: &'s Site, chromium: &'s Path) -> Self {
        Self { site, chromium, place: None, browser: None }
    }

    /// Plays one; the sentence has its id, its name and its time.
    fn play(&mut self, scenario: &Scenario) -> (Outcome, String) {
        let begun = Instant::now();
        let mut outcome = Ok(());
        for _ in 0..2 {
            match self.ready(scenario.place).and_then(|()| self.perform(scenario)) {
                Ok(played) => {
                    outcome = played;
                    break;
                }
                // Not the console's doing: see `Tab::open`. A console that hangs does so again.
                Err(why) => {
                    println!("   {}: {why}; once more in another browser", scenario.id);
                    self.browser = None;
                    outcome = Err(why);
                }
            }
        }
        (outcome, format!("{} {} ({:.1} s)", scenario.id, scenario.name, begun.elapsed().as_secs_f64()))
    }

    /// The browser runs, started unless it does already and gives tabs that answer.
    fn ready(&mut self, place: Place) -> Outcome {
        if self.place != Some(place) {
            self.browser = None;
        }
        for _ in 0..3 {
            if let Some((running, _)) = &mut self.browser {
                running.cdp.limit(SCENARIO_LIMIT);
                if Tab::open(&mut running.cdp, &self.site.origin).is_ok() {
                    return Ok(());
                }
            }
            // One that hangs makes room first: its adapters and its permission have the same names.
            self.browser = None;
            self.browser = Some(open(place, self.chromium, self.site)?);
            self.place = Some(place);
        }
        Ok(())
    }

    /// Runs one scenario in a tab of its own. Of a failure it keeps a picture and the browser's complaints. An error is
    /// a browser that does not answer any more, which says nothing of the scenario.
    fn perform(&mut self, scenario: &Scenario) -> Result<Outcome, Failure> {
        let site = self.site;
        let Some((Browser { cdp, rig, desktop, .. }, _)) = &mut self.browser else { return Err("no browser".into()) };
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
}

/// Starts the browser a scenario needs, and what gives it permission.
fn open(place: Place, chromium: &Path, site: &Site) -> Result<(Browser, Option<Permission>), Failure> {
    match place {
        Place::Plain => Ok((Browser::start(chromium, &site.target, "plain", &[])?, None)),
        Place::WithoutSerial => {
            let without = ["--disable-blink-features=Serial"];
            Ok((Browser::start(chromium, &site.target, "without-serial", &without)?, None))
        }
        Place::Hosted => {
            let port = site.origin.rsplit(':').next().unwrap_or_default();
            let far = format!("--ip-address-space-overrides=127.0.0.1:{port}=public");
            Ok((Browser::start(chromium, &site.target, "hosted", &[&far])?, None))
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
