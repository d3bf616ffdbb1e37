//! What was filled in, what was sent, and what became of it.

use crate::browser::clock;
use crate::engine::{Engine, Open, Part, Unwatched};
use crate::view::format;
use crate::words::commands as words;
use crate::words::device;
use leptos::prelude::*;
use session::profile::{Arg, Command};
use session::query::Cell;
use session::script::command_line;
use session::wire::{Event, MacroEnding, Request};
use std::collections::VecDeque;

/// How many that were sent are kept.
const KEPT: usize = 50;

/// What was filled in, and what became of what was sent.
#[derive(Clone)]
pub(super) struct Filled {
    /// By command, argument and the text that the profile gives: another profile's is not taken for what was typed.
    texts: Unwatched<Vec<([String; 3], ArcRwSignal<String>)>>,
    pub(super) outcome: ArcRwSignal<Option<Outcome>>,
    /// How long the reply of a command is waited for, in milliseconds.
    within: Unwatched<Vec<(String, u32)>>,
    /// Whether a macro runs that was begun here.
    running: Unwatched<bool>,
    pub(super) anything: ArcRwSignal<String>,
    pub(super) written: ArcRwSignal<Written>,
    /// Whether what is sent is repeated, how many milliseconds apart, and how often.
    pub(super) repeats: ArcRwSignal<bool>,
    pub(super) every: ArcRwSignal<String>,
    pub(super) times: ArcRwSignal<String>,
    /// Newest first.
    pub(super) sent: ArcRwSignal<VecDeque<Sent>>,
}

/// What became of what was sent last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The command, or nothing for what was typed.
    pub(super) name: String,
    /// A sentence.
    pub(super) words: String,
    /// Whether it was not done.
    pub(super) wrong: bool,
}

/// How something typed is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Written {
    /// Text with escapes; the profile's line ending follows.
    #[default]
    Line,
    /// Text with escapes.
    Text,
    /// Bytes in hexadecimal digits.
    Hex,
}

impl Written {
    /// The step of a macro that sends it.
    pub(super) fn step(self, content: &str) -> String {
        let verb = match self {
            Written::Line => "send",
            Written::Text => "text",
            Written::Hex => "bytes",
        };
        format!("{verb} {content}")
    }
}

/// Something that was sent from here.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    /// Its number, from 1.
    pub number: u32,
    /// When: nanoseconds since the Unix epoch.
    pub at: i64,
    /// The command's name, or nothing for what was typed.
    pub name: String,
    /// The step of a macro that sends it again.
    pub step: String,
    /// What came of it, where that is known.
    pub outcome: Option<String>,
}

impl Filled {
    /// These are the commands there are.
    pub(super) fn expect(&self, commands: &[Command]) {
        let within = |command: &Command| Some((command.name.clone(), command.reply.as_ref()?.within_millis));
        self.within.with(|known| *known = commands.iter().filter_map(within).collect());
    }

    /// No reply came in time: in which time, where that is known.
    fn expired(&self, name: &str) -> String {
        let within = self.within.with(|known| known.iter().find(|(known, _)| known == name).map(|(_, millis)| *millis));
        within.map_or_else(|| words::expired().to_owned(), words::expired_within)
    }

    /// What broke off a macro that was begun here, as a sentence; those of the panel of macros are told of there.
    fn broken_off(&self, event: &Event) -> Option<Outcome> {
        // A refusal may be of another's macro, and ours goes on.
        let ours = matches!(event, Event::MacroEnded { .. }) && self.running.with(std::mem::take);
        let words = match event {
            Event::MacroEnded { name, ending: MacroEnding::LinkClosed, .. } if ours => {
                words::link_closed(&device::word(name))
            }
            Event::MacroEnded { ending: MacroEnding::Refused { why }, .. } if ours => why.clone(),
            _ => return None,
        };
        Some(Outcome { name: String::new(), words, wrong: true })
    }

    /// What became of a command, as a sentence.
    fn outcome_of(&self, event: &Event) -> Option<Outcome> {
        let outcome = |name: &str, words: String, wrong: bool| Outcome { name: name.to_owned(), words, wrong };
        Some(match event {
            Event::Replied { name, millis, .. } => outcome(name, words::answered(&device::word(name), *millis), false),
            Event::Expired { name } => outcome(name, words::no_answer(&device::word(name), &self.expired(name)), true),
            // The others are said where they were asked for.
            Event::DryRun { number: 1.., .. } => return None,
            Event::Declined { name, why, .. } => outcome(name, why.clone(), true),
            Event::DryRun { name, why, .. } if !why.is_empty() => outcome(name, why.clone(), true),
            Event::DryRun { name, len, first, topic, .. } => {
                let more = if *len > first.len() as u64 { " …" } else { "" };
                let bytes = format!("{}{more}", format::hex(first));
                let count = format::plural(usize::try_from(*len).unwrap_or(usize::MAX), "byte");
                outcome(name, words::would_send(&device::word(name), &bytes, count, topic), false)
            }
            // A line is told of where it was typed; of the rest, the newest is the one.
            Event::Refused { why, line: false } => {
                let newest = self.sent.with_untracked(|sent| sent.front().map(|sent| sent.name.clone()));
                outcome(&newest.unwrap_or_default(), why.clone(), true)
            }
            _ => return None,
        })
    }

    pub(super) fn text(&self, command: &Command, arg: &Arg) -> RwSignal<String> {
        let first = first_text(arg);
        let key = [command.name.clone(), arg.name.clone(), first.clone()];
        self.texts.with(|texts| {
            let known = texts.iter().find(|(known, _)| *known == key).map(|(_, text)| text.clone());
            let text = known.unwrap_or_else(|| {
                let text = ArcRwSignal::new(first);
                texts.push((key, text.clone()));
                text
            });
            text.into()
        })
    }

    /// Sends a command, once or as the repeating is set.
    pub(super) fn send_command(&self, engine: Engine, session: u32, name: &str, args: Vec<Cell>) -> Result<(), String> {
        let step = command_line(name, &args);
        if self.repeats.get_untracked() {
            return self.send_repeatedly(engine, session, name, step);
        }
        self.note(name, step);
        engine.post(Request::Command { session, name: name.to_owned(), args });
        Ok(())
    }

    /// Runs a step of a macro, once or as the repeating is set.
    pub(super) fn send_step(&self, engine: Engine, session: u32, name: &str, step: String) -> Result<(), String> {
        if self.repeats.get_untracked() {
            return self.send_repeatedly(engine, session, name, step);
        }
        self.note("", step.clone());
        self.running.with(|running| *running = true);
        engine.post(Request::RunMacro { session, name: name.to_owned(), steps: step });
        Ok(())
    }

    fn send_repeatedly(&self, engine: Engine, session: u32, name: &str, step: String) -> Result<(), String> {
        let every: Option<u32> = self.every.with_untracked(|every| every.trim().parse().ok());
        let every = every.filter(|every| (1..=3_600_000).contains(every)).ok_or_else(words::every_wrong)?;
        let times = self.times.with_untracked(|times| times.trim().to_owned());
        let count: Option<u32> = times.parse().ok().filter(|count| (1..=1_000_000).contains(count));
        if count.is_none() && !times.is_empty() {
            return Err(words::times_wrong().to_owned());
        }
        let count = count.map_or_else(String::new, |count| count.to_string());
        self.outcome.set(None);
        self.note("", step.clone());
        self.running.with(|running| *running = true);
        let steps = format!("repeat {count}\n{step}\nwait {every} ms\nend");
        engine.post(Request::RunMacro { session, name: name.to_owned(), steps });
        Ok(())
    }

    /// Asks what a command would send.
    pub(super) fn dry_run(&self, engine: Engine, session: u32, name: &str, args: Vec<Cell>) {
        self.outcome.set(None);
        engine.post(Request::DryRun { session, number: 0, name: name.to_owned(), args });
    }

    fn note(&self, name: &str, step: String) {
        self.outcome.set(None);
        self.sent.update(|sent| {
            let number = sent.front().map_or(1, |newest| newest.number.wrapping_add(1));
            sent.push_front(Sent { number, at: clock::now_nanos(), name: name.to_owned(), step, outcome: None });
            sent.truncate(KEPT);
        });
    }

    /// What came of the oldest of that name that nothing is known of.
    fn settle(&self, name: Option<&str>, outcome: &str) {
        self.sent.update(|sent| {
            let open = |sent: &&mut Sent| sent.outcome.is_none() && name.is_none_or(|name| sent.name == name);
            // A command that is refused is the newest; a reply is to the oldest.
            let found = match name {
                Some(_) => sent.iter_mut().rev().find(open),
                None => sent.front_mut().filter(open),
            };
            if let Some(sent) = found {
                sent.outcome = Some(outcome.to_owned());
            }
        });
    }
}

impl Part for Filled {
    fn first(_: &Open) -> Filled {
        Filled {
            texts: Unwatched::default(),
            outcome: ArcRwSignal::new(None),
            within: Unwatched::default(),
            running: Unwatched::default(),
            anything: ArcRwSignal::default(),
            written: ArcRwSignal::default(),
            repeats: ArcRwSignal::new(false),
            every: ArcRwSignal::new("1000".to_owned()),
            times: ArcRwSignal::new("10".to_owned()),
            sent: ArcRwSignal::default(),
        }
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Replied { name, millis, text } => self.settle(Some(name), &words::replied(*millis, text)),
            Event::Expired { name } => self.settle(Some(name), &self.expired(name)),
            Event::Declined { name, status, .. } => self.settle(Some(name), &words::declined(*status)),
            Event::Refused { line: false, .. } => self.settle(None, words::not_sent()),
            Event::Accepted if self.outcome.with_untracked(|known| known.as_ref().is_some_and(|known| known.wrong)) => {
                self.outcome.set(None);
            }
            _ => {}
        }
        if let Some(outcome) = self.broken_off(event).or_else(|| self.outcome_of(event)) {
            self.outcome.set(Some(outcome));
        }
    }

    fn begin_again(&self) {
        self.outcome.set(None);
    }
}

/// What was sent from a session's commands, oldest first, as steps of a macro.
#[must_use]
pub fn recorded(open: &Open) -> Vec<String> {
    open.part::<Filled>().sent.with_untracked(|sent| sent.iter().rev().map(|sent| sent.step.clone()).collect())
}

fn first_text(arg: &Arg) -> String {
    match (&arg.default, arg.choices.first(), arg.min) {
        (Some(cell), ..) | (None, Some(cell), _) => plain(cell),
        (None, None, Some(min)) => min.to_string(),
        (None, None, None) => String::new(),
    }
}

/// A value as it is typed.
pub(super) fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Bool(truth) => truth.to_string(),
        Cell::Bytes(bytes) => format::hex(bytes),
        // Whole numbers digit by digit: beyond 2^53 a float is not one.
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        cell => format::number(cell).map_or_else(|| format::cell(cell), |number| number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(steps: &[(&str, &str)]) -> Filled {
        let sent = steps.iter().rev().enumerate().map(|(index, (name, step))| Sent {
            number: index as u32,
            at: 0,
            name: (*name).to_owned(),
            step: (*step).to_owned(),
            outcome: None,
        });
        Filled {
            texts: Unwatched::default(),
            outcome: ArcRwSignal::new(None),
            within: Unwatched::default(),
            running: Unwatched::default(),
            anything: ArcRwSignal::default(),
            written: ArcRwSignal::default(),
            repeats: ArcRwSignal::new(false),
            every: ArcRwSignal::default(),
            times: ArcRwSignal::default(),
            sent: ArcRwSignal::new(sent.collect()),
        }
    }

    #[test]
    fn a_reply_is_to_the_oldest_of_its_name_and_a_refusal_to_the_newest() {
        let filled = filled(&[("Stop", "a"), ("Start", "b"), ("Stop", "c")]);
        let reply = |millis| Event::Replied { name: "Stop".into(), millis, text: "ok".into() };
        filled.heard(&reply(5));
        filled.heard(&Event::Refused { why: "No.".into(), line: false });
        let outcomes = |filled: &Filled| {
            filled.sent.with_untracked(|sent| sent.iter().rev().map(|sent| sent.outcome.clone()).collect::<Vec<_>>())
        };
        assert_eq!(outcomes(&filled), [Some("after 5 ms: ok".into()), None, Some("not sent".into())]);
        filled.heard(&Event::Refused { why: "No.".into(), line: true });
        filled.heard(&Event::Expired { name: "Start".into() });
        assert_eq!(outcomes(&filled)[1].as_deref(), Some("no answer in time"));
        filled.within.with(|within| within.push(("Start".into(), 500)));
        filled.heard(&Event::Expired { name: "Start".into() });
        let outcome = filled.outcome.get_untracked().unwrap();
        assert_eq!((outcome.name.as_str(), outcome.wrong), ("Start", true));
        assert!(outcome.words.starts_with("Start: no answer within 500 ms."), "{}", outcome.words);
        filled.heard(&Event::Refused { why: "No room.".into(), line: false });
        let refused = Outcome { name: "Stop".into(), words: "No room.".into(), wrong: true };
        assert_eq!(filled.outcome.get_untracked(), Some(refused), "it stands at the command sent last");
        filled.heard(&Event::Accepted);
        assert_eq!(filled.outcome.get_untracked(), None);
    }

    #[test]
    fn an_answer_that_is_a_refusal_is_an_answer_and_no_other_is_waited_for() {
        let filled = filled(&[("Reset", "a")]);
        filled.heard(&Event::Declined { name: "Reset".into(), status: 500, why: "It said 500.".into() });
        assert_eq!(filled.sent.with_untracked(|sent| sent[0].outcome.clone()).as_deref(), Some("answered 500"));
        let said = Outcome { name: "Reset".into(), words: "It said 500.".into(), wrong: true };
        assert_eq!(filled.outcome.get_untracked(), Some(said));
    }

    #[test]
    fn a_repeating_that_a_closed_link_broke_off_is_told_and_one_of_the_macros_panel_is_not() {
        let filled = filled(&[]);
        let ended = || Event::MacroEnded { name: "Ping".into(), line: 2, ending: MacroEnding::LinkClosed };
        filled.heard(&ended());
        assert_eq!(filled.outcome.get_untracked(), None);
        filled.running.with(|running| *running = true);
        filled.heard(&ended());
        let outcome = filled.outcome.get_untracked().unwrap();
        assert_eq!(outcome.words, "Ping: the link closed. Connect, then send it again.");
        assert!(outcome.wrong && !filled.running.with(|running| *running));
    }

    #[test]
    fn what_is_typed_is_a_step() {
        assert_eq!(Written::Line.step("get"), "send get");
        assert_eq!(Written::Hex.step("01 02"), "bytes 01 02");
    }
}
