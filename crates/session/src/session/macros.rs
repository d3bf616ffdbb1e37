//! Running a macro: one step after the other, with waits that end, at most one macro at a time.

use super::Session;
use super::notes::shown;
use crate::profile::Reply;
use crate::query::RunningMacro;
use crate::script::{Pattern, Script, Step, cells};
use crate::wire::{Event, MacroEnding};
use crate::words::send as words;
use store::Time;

/// Bytes of what the device said that are looked at.
const HEARD: usize = 4096;

/// Bytes that may be on their way out when the next step sends.
const AHEAD: usize = 16 << 10;

/// Steps done at once; then the rest of the session has its turn.
const AT_ONCE: u32 = 64;

/// The session's macro.
#[derive(Debug, Default)]
pub(crate) struct Macros {
    running: Option<Run>,
}

#[derive(Debug)]
struct Run {
    name: String,
    script: Script,
    /// The step that is next, or under way.
    at: usize,
    loops: Vec<Loop>,
    waits: Waits,
    /// What the device said since something was last sent, its end.
    heard: Vec<u8>,
}

#[derive(Debug)]
struct Loop {
    /// Its first line.
    begin: usize,
    /// The round under way, from 1.
    round: u32,
    count: Option<u32>,
}

#[derive(Debug)]
enum Waits {
    /// For nothing.
    No,
    /// For a time.
    Until(Time),
    /// For the device to say something.
    For(Pattern, Time),
}

impl Macros {
    /// Whether what the device says must be looked at.
    pub(crate) fn listens(&self) -> bool {
        self.running.is_some()
    }

    pub(crate) fn until(&self) -> Option<Time> {
        match self.running.as_ref()?.waits {
            Waits::No => None,
            Waits::Until(until) | Waits::For(_, until) => Some(until),
        }
    }

    pub(crate) fn answer(&self) -> Option<RunningMacro> {
        let run = self.running.as_ref()?;
        let inner = run.loops.last();
        Some(RunningMacro {
            name: run.name.clone(),
            line: run.line(),
            round: inner.map(|inner| inner.round),
            rounds: inner.and_then(|inner| inner.count),
            expects: match &run.waits {
                Waits::For(what, _) => Some(what.shown()),
                _ => None,
            },
        })
    }

    pub(crate) fn hear(&mut self, bytes: &[u8], stream: bool) {
        let Some(run) = &mut self.running else { return };
        if !stream {
            run.heard.push(b'\n');
        }
        run.heard.extend_from_slice(bytes);
        if !stream {
            run.heard.push(b'\n');
        }
        let excess = run.heard.len().saturating_sub(HEARD);
        // A pattern may be found in what is about to be given up.
        if excess > 0 {
            run.look();
            run.heard.drain(..excess);
        }
    }
}

impl Run {
    fn line(&self) -> u32 {
        self.script.lines.get(self.at).map_or(0, |line| line.number)
    }

    /// Whether what is expected was said; then the next step's turn has come.
    fn look(&mut self) {
        if let Waits::For(what, _) = &self.waits
            && what.is_in(&self.heard)
        {
            self.waits = Waits::No;
            self.at = self.at.saturating_add(1);
        }
    }
}

/// What a step leads to.
enum Turn {
    Next,
    Stay,
    Wait(Waits),
    Over(MacroEnding),
}

impl Session {
    pub(super) fn run_macro(&mut self, now: Time, name: &str, steps: &str) {
        if let Some(run) = &self.macros.running {
            let why = words::macro_running(&run.name);
            return self.refuse(why, false);
        }
        let script = Script::parse(steps).and_then(|script| script.check(&self.profile).map(|()| script));
        match script {
            Ok(script) => {
                let (loops, heard) = (Vec::new(), Vec::new());
                self.macros.running = Some(Run { name: name.into(), script, at: 0, loops, waits: Waits::No, heard });
                self.accepted();
                self.advance_macro(now);
            }
            Err(error) => {
                let why = words::macro_not_run(name, error.line, &error.reason);
                self.refuse(why, false);
            }
        }
    }

    pub(super) fn stop_macro(&mut self) {
        self.end_macro(MacroEnding::Stopped);
    }

    pub(super) fn end_macro(&mut self, ending: MacroEnding) {
        if let Some(run) = self.macros.running.take() {
            let line = run.line();
            self.event(Event::MacroEnded { name: run.name, line, ending });
        }
    }

    /// After everything that happens: whatever steps can be done now.
    pub(super) fn advance_macro(&mut self, now: Time) {
        for _ in 0..AT_ONCE {
            let Some(run) = &mut self.macros.running else { return };
            run.look();
            match &run.waits {
                Waits::Until(until) if now < *until => return,
                Waits::Until(_) => {
                    run.waits = Waits::No;
                    run.at = run.at.saturating_add(1);
                }
                Waits::For(what, until) if now >= *until => {
                    let what = what.shown();
                    return self.end_macro(MacroEnding::NotSaid { what });
                }
                Waits::For(..) => return,
                Waits::No => {}
            }
            let Some(mut run) = self.macros.running.take() else { return };
            let turn = self.turn(now, &mut run);
            let run = self.macros.running.insert(run);
            match turn {
                Turn::Next => run.at = run.at.saturating_add(1),
                Turn::Wait(waits) => run.waits = waits,
                Turn::Stay => return,
                Turn::Over(ending) => return self.end_macro(ending),
            }
        }
        // A loop that waits for nothing lets everything else happen in between.
        if let Some(run) = &mut self.macros.running
            && matches!(run.waits, Waits::No)
        {
            run.at = run.at.saturating_sub(1);
            run.waits = Waits::Until(now.plus_millis(1));
        }
    }

    fn turn(&mut self, now: Time, run: &mut Run) -> Turn {
        let Some(line) = run.script.lines.get(run.at) else { return Turn::Over(MacroEnding::Done) };
        let sends = matches!(line.step, Step::Text(..) | Step::Bytes(_) | Step::Command { .. });
        if sends {
            if self.outstanding > AHEAD {
                return Turn::Stay;
            }
            run.heard.clear();
        }
        let done = match &line.step {
            Step::Text(text, whole) => {
                let ending: &[u8] = if *whole { self.profile.ending.bytes() } else { b"" };
                self.transmit(now, [text, ending].concat(), &shown(text))
            }
            Step::Bytes(bytes) => self.transmit(now, bytes.clone(), &shown(bytes)),
            Step::Command { name, args } => match self.profile.command(name).cloned() {
                None => Err(crate::words::script::no_command(name)),
                Some(command) => match cells(&command, args).and_then(|args| self.send_command(now, &command, &args)) {
                    Err(why) => Err(why),
                    Ok(()) => {
                        return match &command.reply {
                            None => Turn::Next,
                            Some(Reply { contains, within_millis, .. }) => Turn::Wait(Waits::For(
                                Pattern::Text(contains.as_bytes().to_vec()),
                                now.plus_millis(i64::from(*within_millis)),
                            )),
                        };
                    }
                },
            },
            Step::Wait { millis } => return Turn::Wait(Waits::Until(now.plus_millis(i64::from(*millis)))),
            Step::Expect { what, within_millis } => {
                let until = now.plus_millis(i64::from(*within_millis));
                return Turn::Wait(Waits::For(what.clone(), until));
            }
            Step::Repeat { count, .. } => {
                run.loops.push(Loop { begin: run.at, round: 1, count: *count });
                Ok(())
            }
            Step::End { begin } => {
                if let Some(inner) = run.loops.last_mut().filter(|inner| inner.begin == *begin) {
                    if inner.count.is_none_or(|count| inner.round < count) {
                        inner.round = inner.round.saturating_add(1);
                        run.at = *begin;
                    } else {
                        run.loops.pop();
                    }
                }
                Ok(())
            }
        };
        match done {
            Ok(()) => Turn::Next,
            Err(why) => Turn::Over(MacroEnding::Refused { why: self.say(&why) }),
        }
    }
}
