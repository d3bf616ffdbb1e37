//! What the page keeps of a session's transfers: files received and not yet saved, how the last one ended.

use crate::engine::{Open, Part};
use leptos::prelude::*;
use session::transfer::{File, Offer, Progress, Protocol};
use session::wire::Event;
use std::sync::Arc;

/// A session's transfers.
#[derive(Clone)]
pub(super) struct Transfers {
    pub(super) protocol: ArcRwSignal<Protocol>,
    /// What an XMODEM file will be called.
    pub(super) name: ArcRwSignal<String>,
    /// In the order in which they came, each with a number of its own.
    pub(super) received: ArcRwSignal<Vec<(u32, Arc<File>)>>,
    pub(super) outcome: ArcRwSignal<Option<Progress>>,
    pub(super) refused: ArcRwSignal<Option<String>>,
    pub(super) offer: ArcRwSignal<Option<Offer>>,
    /// A transfer was asked for and has not ended: a refusal now is about it.
    asked: ArcRwSignal<bool>,
    count: ArcRwSignal<u32>,
}

impl Transfers {
    /// A transfer is asked for.
    pub(super) fn ask(&self) {
        self.refused.set(None);
        self.outcome.set(None);
        self.asked.set(true);
    }

    /// A received file is given up.
    pub(super) fn discard(&self, number: u32) {
        self.received.update(|files| files.retain(|(known, _)| *known != number));
    }
}

impl Part for Transfers {
    fn first(_: &Open) -> Transfers {
        Transfers {
            protocol: ArcRwSignal::new(Protocol::Zmodem),
            name: ArcRwSignal::new("received.bin".to_owned()),
            received: ArcRwSignal::default(),
            outcome: ArcRwSignal::new(None),
            refused: ArcRwSignal::new(None),
            offer: ArcRwSignal::new(None),
            asked: ArcRwSignal::new(false),
            count: ArcRwSignal::new(0),
        }
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Offered { offer } => self.offer.set(*offer),
            Event::Received { file } => {
                self.count.update(|count| *count = count.wrapping_add(1));
                let number = self.count.get_untracked();
                self.received.update(|files| files.push((number, Arc::new(file.clone()))));
            }
            Event::TransferEnded { progress } => {
                self.asked.set(false);
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
    }
}
