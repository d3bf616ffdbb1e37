//! A serial session's line: set otherwise because the user said so, and its speed looked for because the user asked to.
//!
//! A browser cannot change the speed of a port that is open, so each speed is an opening of its own. While speeds are tried,
//! the session's link is closed; what comes goes to a session of its own for each speed, which is asked what it counted and
//! then forgotten. What such a session would send is not sent.

use super::Inner;
use crate::link::clock::{now, sleep};
use crate::link::{Link, Memory};
use session::evidence::Heard;
use session::link::{Line, Link as Settings};
use session::wire::{Event, SessionId};
use session::{Input, Profile, Session, Time};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

/// How long a speed is listened at from its first byte on, in nanoseconds.
const LISTEN: i64 = 1_000_000_000;
/// How long the first byte is waited for: many boards restart when their port is opened.
const FIRST: i64 = 2_500_000_000;
/// How long opening may take altogether; the link gives up earlier by itself.
const OPEN: i64 = 15_000_000_000;
/// Bytes kept of what comes.
const FIRST_BYTES: usize = 96;

/// Speeds are being tried; dropped, that ends.
pub(super) struct Trying {
    goes_on: Rc<Cell<bool>>,
    /// Whether the session's own link is opened again afterwards.
    reopen: bool,
}

impl Drop for Trying {
    fn drop(&mut self) {
        self.goes_on.set(false);
    }
}

impl Inner {
    /// Opens the port anew, with its line set otherwise.
    pub(super) fn set_line(&mut self, id: SessionId, line: Line, now: Time) {
        self.forget_trying(id);
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        let Some(before) = hosted.settings.baud() else { return };
        let mut settings = hosted.settings.clone();
        settings.set_line(line);
        let made_sense = hosted.session.evidence().makes_sense(hosted.session.textual()) == Some(true);
        // The page offers no speed that cannot be.
        if hosted.session.set_link(now, &settings).is_ok() {
            hosted.settings = settings;
            if made_sense && before != line.baud {
                self.event(id, Event::MadeSense { baud: before });
            }
            let Some(hosted) = self.sessions.get_mut(&id) else { return };
            match &mut hosted.link {
                // A port behind Telnet changes while it is open (RFC 2217).
                Some(link) if matches!(hosted.settings, Settings::Tunnel(_)) => link.set_line(line),
                _ => {
                    self.input(id, now, Input::Disconnect);
                    self.input(id, now, Input::Open);
                }
            }
        }
    }

    /// Listens at each of these speeds.
    pub(super) fn try_speeds(&mut self, id: SessionId, bauds: Vec<u32>, now: Time) {
        self.forget_trying(id);
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        let Some(settings) = hosted.settings.baud().is_some().then(|| hosted.settings.clone()) else { return };
        let profile = hosted.session.profile().clone();
        let (goes_on, reopen) = (Rc::new(Cell::new(true)), hosted.link.is_some());
        let memory = hosted.memory.clone();
        hosted.trying = Some(Trying { goes_on: goes_on.clone(), reopen });
        self.input(id, now, Input::Disconnect);
        let this = self.this.clone();
        // Of ports that look alike the session's own.
        wasm_bindgen_futures::spawn_local(async move {
            let mut why = String::new();
            for baud in bauds {
                if !goes_on.get() {
                    return;
                }
                say(&this, id, Event::Trying { baud });
                match listen(settings.clone(), baud, &profile, &memory, &goes_on).await {
                    _ if !goes_on.get() => return,
                    Ok((heard, first)) => say(&this, id, Event::Tried { heard, first }),
                    Err(error) => {
                        why = error;
                        break;
                    }
                }
            }
            let Some(inner) = this.upgrade() else { return };
            let mut inner = inner.borrow_mut();
            inner.end_trying(id, why);
            inner.set_timer();
        });
    }

    /// The user has had enough of it: the port is opened as it was.
    pub(super) fn stop_trying(&mut self, id: SessionId) {
        self.end_trying(id, String::new());
    }

    fn end_trying(&mut self, id: SessionId, why: String) {
        let Some(trying) = self.forget_trying(id) else { return };
        self.event(id, Event::TriedAll { why });
        if trying.reopen {
            self.input(id, now(), Input::Open);
        }
    }

    fn forget_trying(&mut self, id: SessionId) -> Option<Trying> {
        self.sessions.get_mut(&id).and_then(|hosted| hosted.trying.take())
    }
}

fn say(this: &Weak<RefCell<Inner>>, id: SessionId, event: Event) {
    if let Some(inner) = this.upgrade() {
        inner.borrow_mut().event(id, event);
    }
}

/// What a link of this one speed brings.
struct Ear {
    session: Session,
    opened: Option<Time>,
    first: Vec<u8>,
    first_at: Option<Time>,
    closed: Option<String>,
}

impl Ear {
    fn hear(&mut self, now: Time, input: Input<'_>) {
        match &input {
            Input::Opened => self.opened = Some(now),
            Input::Bytes { bytes, .. } => {
                self.first_at.get_or_insert(now);
                self.first.extend(bytes.iter().take(FIRST_BYTES.saturating_sub(self.first.len())));
            }
            Input::LineError(_) => drop(self.first_at.get_or_insert(now)),
            Input::Closed(reason) => self.closed = Some(reason.why.clone()),
            _ => {}
        }
        self.session.handle_input(now, input);
        while self.session.poll_output().is_some() {}
    }

    /// Whether enough was heard, or waited.
    fn is_done(&self, begun: Time, now: Time) -> bool {
        let over = |since: Time, nanos: i64| now.nanos_since(since) >= nanos;
        match (self.first_at, self.opened) {
            (Some(first), _) => over(first, LISTEN),
            (None, Some(opened)) => over(opened, FIRST),
            (None, None) => over(begun, OPEN),
        }
    }
}

/// Opens the port and counts what comes; an error is a sentence.
async fn listen(
    mut settings: Settings,
    baud: u32,
    profile: &Profile,
    memory: &Memory,
    goes_on: &Cell<bool>,
) -> Result<(Heard, Vec<u8>), String> {
    if let Some(line) = settings.line() {
        settings.set_line(Line { baud, ..line });
    }
    let begun = now();
    let session = Session::new(profile, begun).map_err(|error| error.to_string())?;
    let ear = Rc::new(RefCell::new(Ear { session, opened: None, first: Vec::new(), first_at: None, closed: None }));
    let hearing = ear.clone();
    let deliver = Rc::new(move |input: Input<'_>| hearing.borrow_mut().hear(now(), input));
    let link = Link::open_again(&settings, deliver, memory);
    while goes_on.get() && ear.borrow().closed.is_none() && !ear.borrow().is_done(begun, now()) {
        sleep(25.0).await;
    }
    drop(link);
    let mut ear = ear.borrow_mut();
    match ear.closed.take() {
        Some(why) => Err(why),
        None => Ok((Heard { baud, evidence: ear.session.evidence() }, std::mem::take(&mut ear.first))),
    }
}
