//! What the page keeps of a session's transfers: files received and not discarded, how the last one ended.

use super::leave::Files;
use crate::engine::{Open, Part};
use crate::words::transfer as words;
use leptos::prelude::*;
use session::transfer::{File, Offer, Progress, Protocol};
use session::wire::Event;
use std::sync::Arc;

/// A received file.
#[derive(Clone)]
pub(super) struct Received {
    /// Its own among those of its session.
    pub(super) number: u32,
    pub(super) file: Arc<File>,
    /// It was handed to the browser to be saved.
    pub(super) saved: ArcRwSignal<bool>,
}

/// A session's transfers.
#[derive(Clone)]
pub(super) struct Transfers {
    pub(super) protocol: ArcRwSignal<Protocol>,
    /// What an XMODEM file will be called.
    pub(super) name: ArcRwSignal<String>,
    /// In the order in which they came.
    pub(super) received: ArcRwSignal<Vec<Received>>,
    pub(super) outcome: ArcRwSignal<Option<Progress>>,
    pub(super) refused: ArcRwSignal<Option<String>>,
    pub(super) offer: ArcRwSignal<Option<Offer>>,
    /// A transfer was asked for and has not begun: a refusal now is about it.
    asked: ArcRwSignal<bool>,
    /// One is under way.
    running: ArcRwSignal<bool>,
    /// How the last one ended was read in the panel, or dismissed.
    pub(super) read: ArcRwSignal<bool>,
    count: ArcRwSignal<u32>,
}

impl Transfers {
    fn new() -> Transfers {
        Transfers {
            protocol: ArcRwSignal::new(Protocol::Zmodem),
            name: ArcRwSignal::new("received.bin".to_owned()),
            received: ArcRwSignal::default(),
            outcome: ArcRwSignal::new(None),
            refused: ArcRwSignal::new(None),
            offer: ArcRwSignal::new(None),
            asked: ArcRwSignal::new(false),
            running: ArcRwSignal::new(false),
            read: ArcRwSignal::new(false),
            count: ArcRwSignal::new(0),
        }
    }

    /// A transfer is asked for.
    pub(super) fn ask(&self) {
        self.refused.set(None);
        self.outcome.set(None);
        self.read.set(false);
        self.asked.set(true);
    }

    /// A received file is given up.
    pub(super) fn discard(&self, number: u32) {
        self.received.update(|files| files.retain(|known| known.number != number));
    }

    /// What would be lost with the session.
    pub(super) fn at_stake(&self) -> Files {
        let unsaved = self.received.with(|files| files.iter().filter(|file| !file.saved.get()).count());
        Files { running: self.running.get(), unsaved }
    }
}

impl Part for Transfers {
    fn first(_: &Open) -> Transfers {
        Transfers::new()
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Offered { offer } => self.offer.set(*offer),
            Event::TransferBegan => {
                self.asked.set(false);
                self.running.set(true);
            }
            Event::Received { file } => {
                self.count.update(|count| *count = count.wrapping_add(1));
                let (number, file) = (self.count.get_untracked(), Arc::new(file.clone()));
                let saved = ArcRwSignal::new(false);
                self.received.update(|files| files.push(Received { number, file, saved }));
            }
            Event::TransferEnded { progress } => {
                self.running.set(false);
                self.outcome.set(Some(progress.clone()));
            }
            Event::Refused { why, line: false } if self.asked.get_untracked() => {
                self.asked.set(false);
                self.refused.set(Some(why.clone()));
            }
            _ => {}
        }
    }

    fn begin_again(&self) {
        self.offer.set(None);
        self.asked.set(false);
        if self.running.get_untracked() {
            self.running.set(false);
            self.refused.set(Some(words::worker_gone().to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::transfer::{Direction, Ending};

    fn received(name: &str) -> Event {
        Event::Received { file: File { name: name.into(), bytes: vec![1], modified: None } }
    }

    fn ended() -> Event {
        let progress = Progress {
            protocol: Protocol::Zmodem,
            direction: Direction::Receive,
            file: String::new(),
            size: None,
            done: 0,
            resumed: 0,
            kept: 0,
            unconfirmed: 0,
            files_done: 2,
            files: None,
            skipped: 0,
            corrected: 0,
            heard: true,
            ending: Some(Ending::Complete),
        };
        Event::TransferEnded { progress }
    }

    #[test]
    fn what_runs_and_what_is_not_saved_would_be_lost() {
        let transfers = Transfers::new();
        assert!(!transfers.at_stake().any());
        transfers.ask();
        assert!(!transfers.at_stake().any(), "it may be refused");
        transfers.heard(&Event::TransferBegan);
        assert_eq!(transfers.at_stake(), Files { running: true, unsaved: 0 });
        transfers.heard(&received("a"));
        transfers.heard(&received("b"));
        transfers.heard(&ended());
        assert_eq!(transfers.at_stake(), Files { running: false, unsaved: 2 });
        let first = transfers.received.get_untracked()[0].clone();
        first.saved.set(true);
        assert_eq!(transfers.at_stake().unsaved, 1);
        transfers.discard(2);
        assert!(!transfers.at_stake().any());
    }

    #[test]
    fn a_refusal_of_something_else_is_not_the_transfers() {
        let transfers = Transfers::new();
        let refused = || Event::Refused { why: "Nothing was sent.".into(), line: false };
        transfers.ask();
        transfers.heard(&Event::TransferBegan);
        transfers.heard(&refused());
        assert_eq!(transfers.refused.get_untracked(), None, "a command was refused");
        assert!(transfers.at_stake().running);
        transfers.heard(&ended());
        transfers.ask();
        transfers.heard(&refused());
        assert!(transfers.refused.get_untracked().is_some());
        assert!(!transfers.at_stake().running);
    }

    #[test]
    fn f42_a_worker_that_dies_takes_the_transfer_along_and_no_file() {
        let transfers = Transfers::new();
        transfers.ask();
        transfers.heard(&Event::TransferBegan);
        transfers.heard(&received("a"));
        transfers.begin_again();
        assert_eq!(transfers.at_stake(), Files { running: false, unsaved: 1 });
        assert!(transfers.refused.get_untracked().is_some());
    }
}
