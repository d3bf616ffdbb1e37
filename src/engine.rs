//! The page's handle of the worker: requests out, replies in, one batch of answers per animation frame.
//!
//! Samples never come near the reactive graph. Panels register a question; once per animation frame, and only
//! while no batch is outstanding, all questions go out together; each answer that changed sets one signal.

pub mod addresses;
pub mod files;
mod frame;
mod gateway;
mod held;
mod in_force;
mod known;
mod open;
mod ports;
mod revive;

use crate::browser::{self, worker::Worker};
use crate::link::targets;
use crate::remembered;
use crate::words::{self, page};
use futures::channel::oneshot;
use known::{Course, Known};
use leptos::prelude::*;
use revive::Restarts;
use session::link::{Link, Port};
use session::query::{Answer, Batch, Query, QueryId, Status};
use session::wire::{self, Event, Reply, Request, SessionId};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

pub use gateway::{Target, Without};
pub use in_force::distinct;
use in_force::free;
pub use open::{Open, Part, Unwatched};
pub use revive::Revival;

/// The question for the bar, which is no panel's.
const BAR: QueryId = QueryId::MAX;

/// The page's handle of the worker. Copies are the same handle.
#[derive(Clone, Copy)]
pub struct Engine {
    inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
    /// The open sessions, in the order they were opened.
    pub sessions: RwSignal<Vec<Open>>,
    /// Each session's latest status, for the tabs and the nameplate.
    pub statuses: RwSignal<BTreeMap<SessionId, Arc<Status>>>,
    /// The serial ports that the user granted and that are plugged in.
    pub ports: RwSignal<Vec<Port>>,
    /// Which of them a session has opened, and which session.
    pub held: RwSignal<Vec<(Port, SessionId)>>,
    /// Which worker serves the sessions. What is made of its answers is made anew with the next.
    pub life: RwSignal<u32>,
    /// Another worker had to take over: said until the user has read it.
    pub revival: RwSignal<Option<Revival>>,
    /// A sentence when the worker is gone for good.
    pub failure: RwSignal<Option<String>>,
    /// Changes once a second: for what ages while nothing comes.
    pub second: RwSignal<i64>,
}

struct Inner {
    worker: Option<Worker>,
    /// Counts the workers there have been, the present one included.
    life: u32,
    restarts: Restarts,
    known: BTreeMap<SessionId, Known>,
    ready: bool,
    waiting: Vec<Request>,
    panels: BTreeMap<QueryId, Panel>,
    next_query: QueryId,
    next_session: SessionId,
    /// Who waits for the next list of ports.
    choosing: Vec<oneshot::Sender<Vec<Port>>>,
    shown: Option<SessionId>,
    outstanding: bool,
    course: frame::Course,
    buffer: Vec<u8>,
}

struct Panel {
    session: SessionId,
    query: Rc<dyn Fn() -> Option<Query>>,
    answer: RwSignal<Option<Arc<Answer>>>,
}

impl Engine {
    /// Starts the worker and the frame loop, and puts the handle into the context.
    pub fn start() -> Engine {
        let inner = Inner {
            worker: None,
            life: 0,
            restarts: Restarts::default(),
            known: BTreeMap::new(),
            ready: false,
            waiting: Vec::new(),
            panels: BTreeMap::new(),
            next_query: 0,
            next_session: 0,
            choosing: Vec::new(),
            shown: None,
            outstanding: false,
            course: frame::Course::default(),
            buffer: Vec::new(),
        };
        let engine = Engine {
            inner: StoredValue::new_local(Rc::new(RefCell::new(inner))),
            sessions: RwSignal::new(Vec::new()),
            statuses: RwSignal::new(BTreeMap::new()),
            ports: RwSignal::new(Vec::new()),
            held: RwSignal::new(Vec::new()),
            life: RwSignal::new(0),
            revival: RwSignal::new(None),
            failure: RwSignal::new(None),
            second: RwSignal::new(0),
        };
        provide_context(engine);
        engine.employ();
        engine.follow_frames();
        engine.hold_while_open();
        engine
    }

    /// Begins a session and opens its link; returns its number.
    pub fn open(self, name: String, profile: String, link: Link) -> SessionId {
        let id = self.with(|inner| {
            inner.next_session += 1;
            inner.known.insert(inner.next_session, Known::new(profile.clone(), link.clone()));
            inner.next_session
        });
        let mut open = Open::new(id, name, link.clone(), profile.clone());
        self.sessions.update(|sessions| {
            open.number = free(&open.name, &sessions.iter().map(Open::called).collect::<Vec<_>>());
            sessions.push(open);
        });
        self.post(Request::Open { session: id, profile, link, connect: true });
        id
    }

    /// The open session of that number, as it is now.
    pub fn session(self, session: SessionId) -> Option<Open> {
        self.sessions.with(|sessions| find(sessions, session).cloned())
    }

    /// Whether a session's device is there, as far as is known.
    #[must_use]
    pub fn there(self, session: SessionId) -> Memo<bool> {
        Memo::new(move |_| {
            let there = |status: &Arc<Status>| status.state == session::query::LinkState::Connected;
            self.statuses.with(|statuses| statuses.get(&session).is_none_or(there))
        })
    }

    /// The text of a session's profile in force.
    pub fn profile(self, session: SessionId) -> Option<String> {
        self.sessions.with(|sessions| find(sessions, session).map(|open| open.profile.clone()))
    }

    /// What a session is called where people read it; it may get another profile, and with that another name.
    #[must_use]
    pub fn name(self, session: SessionId) -> Memo<String> {
        Memo::new(move |before: Option<&String>| {
            let name = self.session(session).map(|open| open.shown_name());
            name.or_else(|| before.cloned()).unwrap_or_default()
        })
    }

    /// Closes a session and forgets it.
    pub fn close(self, session: SessionId) {
        self.post(Request::Close { session });
        self.with(|inner| drop(inner.known.remove(&session)));
        self.sessions.update(|sessions| sessions.retain(|open| open.id != session));
        self.statuses.update(|statuses| drop(statuses.remove(&session)));
    }

    /// Says which session is on the screen: only its panels are asked for.
    pub fn show(self, session: Option<SessionId>) {
        self.with(|inner| inner.shown = session);
    }

    /// Sends a request to the worker, now or as soon as it is there.
    pub fn post(self, request: Request) {
        self.with(|inner| {
            if let Some(known) = concerns(&request).and_then(|id| inner.known.get_mut(&id)) {
                known.asked(&request);
            }
            if inner.ready {
                inner.send(&request);
            } else if inner.worker.is_some() {
                inner.waiting.push(request);
            }
        });
    }

    /// The only way to data: asks `query` in every animation frame while the component is mounted, and sets the
    /// signal when the answer changed.
    pub fn ask_for(
        self,
        session: SessionId,
        query: impl Fn() -> Option<Query> + 'static,
    ) -> RwSignal<Option<Arc<Answer>>> {
        let answer = RwSignal::new(None);
        let id = self.with(|inner| {
            inner.next_query += 1;
            let id = inner.next_query;
            inner.panels.insert(id, Panel { session, query: Rc::new(query), answer });
            id
        });
        on_cleanup(move || self.with(|inner| drop(inner.panels.remove(&id))));
        answer
    }

    fn with<T>(self, act: impl FnOnce(&mut Inner) -> T) -> T {
        let inner = self.inner.get_value();
        let mut inner = inner.borrow_mut();
        act(&mut inner)
    }

    fn ask(self) {
        // The questions read signals, and a signal may wake something that comes back here: collect first.
        let wanted = self.with(|inner| {
            let shown = inner.shown.filter(|_| inner.ready && !inner.outstanding)?;
            let panels = inner.panels.iter().filter(|(_, panel)| panel.session == shown);
            Some((shown, panels.map(|(id, panel)| (*id, Rc::clone(&panel.query))).collect::<Vec<_>>()))
        });
        let Some((session, panels)) = wanted else { return };
        let queries: Vec<_> = panels.iter().filter_map(|(id, query)| Some((*id, untrack(|| query())?))).collect();
        if !queries.is_empty() {
            self.with(|inner| {
                inner.outstanding = true;
                inner.send(&Request::Answer { session, queries });
            });
        }
    }

    fn receive(self, bytes: &[u8]) {
        match wire::decode::<Reply>(bytes) {
            Ok(Reply::Hello { build }) if build == crate::BUILD => self.greet(),
            Ok(Reply::Hello { .. }) => self.failure.set(Some(page::two_releases().to_owned())),
            Ok(Reply::Batch { session, batch }) => self.deliver(session, batch),
            Ok(Reply::Event { session, event }) => self.happened(session, event),
            Ok(Reply::Panicked { message }) => self.died(message),
            Ok(Reply::Ports { ports }) => self.listed(ports),
            Err(_) => self.failure.set(Some(page::not_understood().to_owned())),
        }
    }

    fn happened(self, session: SessionId, event: Event) {
        let course = self.with(|inner| inner.known.get_mut(&session).and_then(|known| known.heard(&event)));
        match course {
            Some(Course::InForce(profile)) => self.put_in_force(session, profile, false),
            Some(Course::Begun(profile)) => self.put_in_force(session, profile, true),
            Some(Course::Unusable(line, reason)) => self.sessions.update(|sessions| {
                if let Some(open) = sessions.iter_mut().find(|open| open.id == session) {
                    open.unusable = Some((line, reason));
                }
            }),
            None => {}
        }
        // The bar tells of every session, and only the one that is shown is asked in each frame.
        if matches!(event, Event::Opened | Event::Closed { .. } | Event::ProfileAccepted) {
            self.post(Request::Answer { session, queries: vec![(BAR, Query::Status)] });
        }
        if let Some(open) = self.sessions.with_untracked(|sessions| find(sessions, session).cloned()) {
            open.heard(&event);
        }
    }

    fn greet(self) {
        self.with(|inner| {
            inner.send(&Request::Hello { build: crate::BUILD.to_owned() });
            inner.send(&Request::Language { tag: words::now().tag().to_owned() });
            for (origin, token) in targets::tokens() {
                inner.send(&Request::Token { origin, token });
            }
            inner.send(&Request::ListPorts { before: remembered::places() });
            inner.ready = true;
            for request in std::mem::take(&mut inner.waiting) {
                inner.send(&request);
            }
        });
    }

    fn deliver(self, session: SessionId, batch: Batch) {
        let began = browser::clock::now_nanos();
        let for_bar = batch.answers.iter().any(|(id, _)| *id == BAR);
        let changed: Vec<_> = self.with(|inner| {
            inner.outstanding &= for_bar;
            let answers = batch.answers.into_iter().filter(|(_, answer)| *answer != Answer::Unchanged);
            answers.map(|(id, answer)| (inner.panels.get(&id).map(|panel| panel.answer), answer)).collect()
        });
        for (signal, answer) in changed {
            if let Answer::Status(status) = &answer {
                self.has_line(session, status.line);
                self.statuses.update(|statuses| drop(statuses.insert(session, Arc::new(Status::clone(status)))));
            }
            if let Some(signal) = signal {
                signal.try_set(Some(Arc::new(answer)));
            }
        }
        self.time_views(began);
    }
}

impl Inner {
    fn send(&mut self, request: &Request) {
        let buffer = wire::encode(request, std::mem::take(&mut self.buffer));
        if let Some(worker) = &self.worker {
            worker.post(&buffer);
        }
        self.buffer = buffer;
        self.buffer.clear();
    }
}

fn find(sessions: &[Open], session: SessionId) -> Option<&Open> {
    sessions.iter().find(|open| open.id == session)
}

/// The session whose course a request changes.
fn concerns(request: &Request) -> Option<SessionId> {
    match request {
        Request::SetProfile { session, .. }
        | Request::Disconnect { session }
        | Request::Reopen { session }
        | Request::UsePort { session, .. }
        | Request::SetLine { session, .. } => Some(*session),
        _ => None,
    }
}

/// The handle that [`Engine::start`] put into the context.
///
/// # Panics
/// Outside the application, which would be a mistake in the program.
#[must_use]
pub fn use_engine() -> Engine {
    expect_context()
}
