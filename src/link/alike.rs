//! Which of several ports that look alike is a session's own.
//!
//! Browsers tell vendor and product of a port, and no serial number. As long as a port stays plugged in, its object stays the
//! same; one that comes back is another object. So a session remembers its port, and which ports beside it were others.

use super::{Credentials, mqtt::Kept};
use session::link::Port;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;

thread_local! {
    static ALL: RefCell<Vec<Weak<RefCell<Known>>>> = const { RefCell::new(Vec::new()) };
}

/// What a session remembers of its ports, over all openings of its link.
#[derive(Clone, Debug, Default)]
pub struct Memory(Rc<RefCell<Known>>);

#[derive(Debug, Default)]
struct Known {
    port: Option<JsValue>,
    /// Whether it has that open.
    open: bool,
    /// Ports that looked alike while it was there.
    others: Vec<JsValue>,
    /// Ports behind which another device was found.
    refused: Vec<JsValue>,
    /// What to say of the last of them.
    stranger: String,
    /// Whether the device is asked who it is, so that a wrong port is found out.
    asks: bool,
    /// What the user typed when it was asked who asks; of a profile that lacks several secrets, one for each.
    typed: Vec<Credentials>,
    /// What is typed next is for one that is still missing.
    wants_more: bool,
    /// It does not speak the newer version of its protocol.
    older: bool,
    /// What a broker and we have begun and not ended.
    kept: Option<Kept>,
    /// How many connections in a row ended soon after they were made.
    brief: u32,
    /// The id of the last event that came.
    last_event: String,
}

/// Which port it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one at that index.
    This(usize),
    /// None of them.
    None,
    /// Each was another device; the sentence for it.
    Strangers(String),
    /// It may be one or another.
    Unclear,
}

/// These ports are plugged in now: whichever looks like a session's own, while that is there, is another one.
pub(super) fn beside(plugged: &[(JsValue, Port)]) {
    let all = ALL.with_borrow(|all| all.iter().filter_map(Weak::upgrade).collect::<Vec<_>>());
    all.into_iter().for_each(|known| Memory(known).note(plugged));
}

/// Whether two ports have the same numbers: nothing but their places tells them apart.
pub(super) fn is_alike(one: &Port, other: &Port) -> bool {
    (one.vendor, one.product) == (other.vendor, other.product)
}

/// While it exists, its session has its port open.
pub(super) struct Opened(Rc<RefCell<Known>>);

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.borrow_mut().open = false;
    }
}

impl Memory {
    /// The port is open, until the value is dropped.
    pub(super) fn opened(&self) -> Opened {
        self.0.borrow_mut().open = true;
        Opened(Rc::clone(&self.0))
    }

    /// Whether the session has that port open.
    pub(crate) fn has_open(&self, port: &JsValue) -> bool {
        let known = self.0.borrow();
        known.open && known.port.as_ref() == Some(port)
    }

    /// Remembers for a session whose profile says how its device is asked who it is, or does not.
    #[must_use]
    pub fn new(asks: bool) -> Memory {
        let memory = Memory(Rc::new(RefCell::new(Known { asks, ..Known::default() })));
        ALL.with_borrow_mut(|all| {
            all.retain(|one| one.strong_count() > 0);
            all.push(Rc::downgrade(&memory.0));
        });
        memory
    }

    /// The user has said which: nothing of before counts.
    pub fn forget(&self) {
        let mut known = self.0.borrow_mut();
        let typed = std::mem::take(&mut known.typed);
        *known = Known { asks: known.asks, open: known.open, typed, wants_more: known.wants_more, ..Known::default() };
    }

    /// The user has said who asks; kept for as long as the session is there.
    pub(crate) fn set_credentials(&self, credentials: Credentials) {
        let mut known = self.0.borrow_mut();
        if !std::mem::take(&mut known.wants_more) {
            known.typed.clear();
        }
        known.typed.push(credentials);
    }

    /// More than what was typed is missing.
    pub(super) fn want_more(&self) {
        self.0.borrow_mut().wants_more = true;
    }

    /// What was typed, in that order.
    pub(crate) fn typed(&self) -> Vec<Credentials> {
        self.0.borrow().typed.clone()
    }

    /// The same was typed for another session at that place.
    pub(crate) fn set_typed(&self, typed: Vec<Credentials>) {
        self.0.borrow_mut().typed = typed;
    }

    /// The far end speaks the older version of its protocol only.
    pub(super) fn set_older(&self) {
        self.0.borrow_mut().older = true;
    }

    /// Whether it was found to.
    pub(super) fn is_older(&self) -> bool {
        self.0.borrow().older
    }

    /// What a connection to a broker leaves for the next one.
    pub(super) fn keep(&self, kept: Kept) {
        self.0.borrow_mut().kept = Some(kept);
    }

    /// What the connection before left.
    pub(super) fn kept(&self) -> Option<Kept> {
        self.0.borrow().kept.clone()
    }

    /// A connection ended, soon after it was made or not; how many of the former in a row there are now.
    pub(super) fn count_brief(&self, brief: bool) -> u32 {
        let mut known = self.0.borrow_mut();
        known.brief = if brief { known.brief.saturating_add(1) } else { 0 };
        known.brief
    }

    /// This event was the last that came.
    pub(super) fn set_last_event(&self, id: &str) {
        id.clone_into(&mut self.0.borrow_mut().last_event);
    }

    /// The id of the last event that came; empty for none.
    pub(super) fn last_event(&self) -> String {
        self.0.borrow().last_event.clone()
    }

    /// Another profile may ask, or not.
    pub fn set_asks(&self, asks: bool) {
        self.0.borrow_mut().asks = asks;
    }

    /// Ports that were found to lead to others may be tried again.
    pub fn forgive(&self) {
        self.0.borrow_mut().refused.clear();
    }

    /// The port it has now leads to another device; the sentence for it.
    pub fn refuse(&self, why: String) {
        let mut known = self.0.borrow_mut();
        known.stranger = why;
        if let Some(port) = known.port.take() {
            known.refused.push(port);
        }
    }

    /// Chooses among the ports that look alike; `wanted` is the user's choice for the first time.
    pub(super) fn choose(&self, alike: &[JsValue], wanted: Option<usize>) -> Choice {
        let elsewhere = self.elsewhere();
        let known = self.0.borrow();
        let at = |port: &JsValue| alike.iter().position(|other| other == port);
        if let Some(at) = known.port.as_ref().and_then(at) {
            return Choice::This(at);
        }
        let first = known.port.is_none() && known.refused.is_empty();
        if first {
            return wanted.filter(|at| *at < alike.len()).map_or(Choice::None, Choice::This);
        }
        let free = |port: &&JsValue| {
            !elsewhere.contains(port) && !known.others.contains(port) && !known.refused.contains(port)
        };
        let mut candidates = alike.iter().filter(free).filter_map(at);
        if known.asks {
            // Whatever it is, it will say so itself. Ports that were others before are not ruled out by that.
            let untried = |port: &&JsValue| !elsewhere.contains(port) && !known.refused.contains(port);
            let next = candidates.next().or_else(|| alike.iter().filter(untried).find_map(at));
            return match next {
                Some(at) => Choice::This(at),
                None if known.refused.is_empty() => Choice::None,
                None => Choice::Strangers(known.stranger.clone()),
            };
        }
        // One that went as well may be the one that came.
        let missing = known.others.iter().any(|other| !alike.contains(other));
        match (candidates.next(), candidates.next()) {
            (Some(at), None) if !missing => Choice::This(at),
            (Some(_), _) => Choice::Unclear,
            (None, _) => Choice::None,
        }
    }

    /// This one it is.
    pub(super) fn chosen(&self, alike: &[JsValue], at: usize) {
        let mut known = self.0.borrow_mut();
        let beside = alike.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, port)| port.clone());
        known.others = beside.collect();
        known.port = alike.get(at).cloned();
    }

    /// These ports, with what the browser tells of each, are plugged in now.
    fn note(&self, plugged: &[(JsValue, Port)]) {
        let mut known = self.0.borrow_mut();
        let Some((own, id)) = plugged.iter().find(|(port, _)| known.port.as_ref() == Some(port)) else { return };
        let alike = plugged.iter().filter(|(port, of)| is_alike(of, id) && port != own).map(|(port, _)| port);
        for port in alike {
            if !known.others.contains(port) {
                // It may be one that went, and then that one need not be waited for.
                if let Some(gone) = known.others.iter().position(|other| plugged.iter().all(|(port, _)| port != other))
                {
                    known.others.remove(gone);
                }
                known.others.push(port.clone());
            }
        }
    }

    /// The ports of other sessions.
    fn elsewhere(&self) -> Vec<JsValue> {
        ALL.with_borrow(|all| {
            let others = all.iter().filter_map(Weak::upgrade).filter(|one| !Rc::ptr_eq(one, &self.0));
            others.filter_map(|one| one.borrow().port.clone()).collect()
        })
    }
}
