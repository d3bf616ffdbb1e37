//! The worker's body: holds the sessions, opens their links, answers the page's requests.
//!
//! One input, then drain: after everything that happens to a session its outputs are carried out, and one timer
//! stands for the earliest deadline of all sessions.

mod ports;
mod speeds;

use crate::link::clock::{Timer, now};
use crate::link::{Credentials, Deliver, Link, Memory, targets, web_serial};
use crate::words::{self, Language, Said};
use session::link::{Link as Settings, Port};
use session::query::{Batch, Query};
use session::together::{Sessions, Together};
use session::wire::{Event, Reply, Request, SessionId, TOGETHER};
use session::{CloseKind, CloseReason, Input, Output, Profile, ProfileError, Session, Time};
use speeds::Trying;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

/// Sessions and their links. Cloning it gives another handle of the same.
#[derive(Clone)]
pub struct Host {
    inner: Rc<RefCell<Inner>>,
}

struct Inner {
    sessions: BTreeMap<SessionId, Hosted>,
    /// Answers what concerns several sessions.
    together: Together,
    reply: Box<dyn FnMut(&Reply)>,
    /// The earliest deadline, with the timer that stands for it.
    timer: Option<(Time, Timer)>,
    this: Weak<RefCell<Inner>>,
}

/// A session and its link.
struct Hosted {
    session: Session,
    /// What the profile in force says of the link, and what is really opened: the page may have chosen another port.
    profile_link: Settings,
    settings: Settings,
    link: Option<Link>,
    /// Speeds are being listened at, with links that are not the session's own.
    trying: Option<Trying>,
    /// Which of several ports that look alike is this session's.
    memory: Memory,
}

impl Host {
    /// A host that speaks to its page through `reply`.
    pub fn new(reply: impl FnMut(&Reply) + 'static) -> Host {
        let inner = Rc::new_cyclic(|this| {
            let (reply, this) = (Box::new(reply), this.clone());
            let (sessions, together) = (BTreeMap::new(), Together::default());
            RefCell::new(Inner { sessions, together, reply, timer: None, this })
        });
        Host { inner }
    }

    /// Does what the page asks for.
    pub fn handle(&self, request: Request) {
        let mut inner = self.inner.borrow_mut();
        inner.handle(request, now());
        inner.set_timer();
    }

    /// The computer was asleep for so many seconds.
    pub fn woke(&self, seconds: i64) {
        let mut inner = self.inner.borrow_mut();
        for session in inner.sessions.keys().copied().collect::<Vec<_>>() {
            inner.input(session, now(), Input::Woke { seconds });
        }
        inner.set_timer();
    }

    /// A serial port was plugged in: links that wait for one may try.
    pub fn plugged(&self) {
        self.handle(Request::Plugged);
    }
}

impl Inner {
    fn handle(&mut self, request: Request, now: Time) {
        match request {
            // Ours was the first message. Where theirs does not match, saying it again makes the page see it.
            Request::Hello { build } if build == crate::BUILD => {}
            Request::Hello { .. } => (self.reply)(&Reply::Hello { build: crate::BUILD.to_owned() }),
            Request::Open { session, profile, link, connect } => {
                if self.begin(session, &profile, link, now) && connect {
                    self.input(session, now, Input::Open);
                }
            }
            Request::Reopen { session } => {
                self.stop_trying(session);
                if let Some(hosted) = self.sessions.get(&session) {
                    hosted.memory.forgive();
                }
                self.input(session, now, Input::Open);
            }
            Request::Disconnect { session } => {
                self.stop_trying(session);
                self.input(session, now, Input::Disconnect);
            }
            Request::CommandMany { session, name, args, devices } => {
                self.input(session, now, Input::CommandMany { name: &name, args: &args, devices: &devices });
            }
            Request::StopCommandMany { session } => self.input(session, now, Input::StopCommandMany),
            Request::Close { session } => drop(self.sessions.remove(&session)),
            Request::Send { session, bytes, wrap } => self.input(session, now, Input::Send { bytes: &bytes, wrap }),
            Request::SendSecret { session, bytes } => self.input(session, now, Input::SendSecret(&bytes)),
            Request::SendLines { session, lines, pause_millis, prompt } => {
                let input = Input::SendLines { lines: &lines, pause_millis, prompt: &prompt };
                self.input(session, now, input);
            }
            Request::StopLines { session } => self.input(session, now, Input::StopLines),
            Request::Keys { session, bytes } => self.input(session, now, Input::Keys(&bytes)),
            Request::Command { session, name, args } => {
                self.input(session, now, Input::Command { name: &name, args: &args });
            }
            Request::DryRun { session, number, name, args } => {
                self.input(session, now, Input::DryRun { number, name: &name, args: &args });
            }
            Request::SetProfile { session, profile } => self.set_profile(session, &profile, now),
            Request::Fault { session, fault } => {
                if let Some(link) = self.sessions.get_mut(&session).and_then(|hosted| hosted.link.as_mut()) {
                    link.fault(fault);
                }
            }
            Request::Answer { session: TOGETHER, queries } => {
                let mut sessions =
                    self.sessions.iter_mut().map(|(id, hosted)| (*id, &mut hosted.session)).collect::<Sessions<'_>>();
                let batch = self.together.answer(now, &mut sessions, &queries);
                (self.reply)(&Reply::Batch { session: TOGETHER, batch });
            }
            Request::Answer { session, queries } => {
                // One batch for every request, whatever became of the session: the page waits for it.
                let batch = match self.sessions.get_mut(&session) {
                    Some(hosted) => {
                        let looks = queries.iter().any(|(_, query)| *query == Query::Signals);
                        if let Some(link) = hosted.link.as_mut().filter(|_| looks) {
                            link.look_at_signals();
                        }
                        let batch = hosted.session.answer(now, &queries);
                        self.drain(session);
                        batch
                    }
                    None => Batch { time_nanos: now.0, answers: Vec::new() },
                };
                (self.reply)(&Reply::Batch { session, batch });
            }
            Request::SetLine { session, line } => self.set_line(session, line, now),
            Request::TrySpeeds { session, bauds } => self.try_speeds(session, bauds, now),
            Request::StopTrying { session } => self.stop_trying(session),
            Request::UsePort { session, port } => self.use_port(session, port, now),
            Request::Signal { session, signal } => {
                if let Some(link) = self.sessions.get_mut(&session).and_then(|hosted| hosted.link.as_mut()) {
                    link.set_signal(signal);
                }
            }
            Request::Language { tag } => {
                words::put_in_force(Language::of_tag(&tag).unwrap_or_default());
                for hosted in self.sessions.values_mut() {
                    hosted.session.set_language(words::now());
                }
            }
            Request::Plugged => {
                for session in self.sessions.keys().copied().collect::<Vec<_>>() {
                    self.input(session, now, Input::Plugged);
                }
            }
            Request::SendFiles { session, protocol, files } => {
                self.input(session, now, Input::SendFiles { protocol, files });
            }
            Request::ReceiveFiles { session, protocol, name } => {
                self.input(session, now, Input::ReceiveFiles { protocol, name: &name });
            }
            Request::CancelTransfer { session } => self.input(session, now, Input::CancelTransfer),
            Request::RunMacro { session, name, steps } => {
                self.input(session, now, Input::RunMacro { name: &name, steps: &steps });
            }
            Request::StopMacro { session } => self.input(session, now, Input::StopMacro),
            Request::Token { origin, token } => targets::keep_token(&origin, token),
            Request::ListPorts { before } => {
                web_serial::number_as(before);
                ports::list_soon(&self.this);
            }
            Request::ForgetPort { port } => {
                let this = self.this.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    web_serial::forget(port).await;
                    ports::list_soon(&this);
                });
            }
            Request::DismissOffer { session } => self.input(session, now, Input::DismissOffer),
            Request::Publish { session, publication } => self.input(session, now, Input::Publish(publication)),
            Request::LogIn { session, username, password } => {
                if let Some(hosted) = self.sessions.get(&session) {
                    hosted.memory.set_credentials(Credentials { username, password });
                }
                self.input(session, now, Input::Open);
            }
        }
    }

    /// Begins a session with its link closed; whether it could.
    fn begin(&mut self, id: SessionId, text: &str, link: Settings, now: Time) -> bool {
        let link = named(link);
        let at_broker = |hosted: &&Hosted| matches!(link, Settings::Mqtt(_)) && same_place(&hosted.settings, &link);
        let mut known = self.sessions.values().filter(at_broker).map(|hosted| hosted.memory.typed());
        let known = known.find(|typed| !typed.is_empty()).unwrap_or_default();
        let begun = Profile::parse(text).and_then(|mut profile| {
            let profile_link = std::mem::replace(&mut profile.link, link.clone());
            let mut session = Session::new(&profile, now)?;
            session.set_language(words::now());
            let memory = Memory::new(profile.identity.is_some());
            // One device of a fleet is at the broker that the user has logged in to.
            memory.set_typed(known);
            Ok(Hosted { session, profile_link, settings: link, link: None, trying: None, memory })
        });
        match begun {
            Ok(hosted) => drop(self.sessions.insert(id, hosted)),
            Err(error) => {
                self.event(id, refused(error));
                return false;
            }
        }
        true
    }

    fn set_profile(&mut self, id: SessionId, text: &str, now: Time) {
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        let accepted = Profile::parse(text).and_then(|mut profile| {
            // Settings of the link that were edited count from the next opening on; the chosen port stays.
            let profile_link = profile.link.clone();
            let stays = [&hosted.profile_link, &hosted.settings].iter().any(|old| same_place(old, &profile_link));
            if !stays {
                return Err(ProfileError::whole(Said::verbatim(words::link::leads_elsewhere())));
            }
            let settings = if profile_link == hosted.profile_link {
                hosted.settings.clone()
            } else {
                with_place_of(&hosted.settings, profile_link.clone())
            };
            profile.link = settings.clone();
            hosted.session.set_profile(&profile, now)?;
            hosted.memory.set_asks(profile.identity.is_some());
            (hosted.profile_link, hosted.settings) = (profile_link, settings);
            Ok(())
        });
        self.event(id, accepted.map_or_else(refused, |()| Event::ProfileAccepted));
        self.drain(id);
    }

    /// The user has said which of the ports that look alike is meant.
    fn use_port(&mut self, id: SessionId, port: Port, now: Time) {
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        let Settings::Serial(serial) = &mut hosted.settings else { return };
        serial.port = port;
        hosted.memory.forget();
        let settings = hosted.settings.clone();
        if hosted.session.set_link(now, &settings).is_ok() {
            self.input(id, now, Input::Open);
        }
    }

    fn event(&mut self, session: SessionId, event: Event) {
        (self.reply)(&Reply::Event { session, event });
    }

    fn input(&mut self, id: SessionId, now: Time, input: Input<'_>) {
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        if matches!(input, Input::Closed(_)) {
            hosted.link = None;
        }
        hosted.session.handle_input(now, input);
        self.drain(id);
    }

    /// Carries out what a session wants.
    fn drain(&mut self, id: SessionId) {
        let Some(hosted) = self.sessions.get_mut(&id) else { return };
        while let Some(output) = hosted.session.poll_output() {
            match output {
                Output::Open => {
                    // The old one first: it may be the same port.
                    hosted.link = None;
                    let settings = hosted.session.link_to_open(&hosted.settings);
                    hosted.link = Some(Link::open_again(&settings, deliver(&self.this, id), &hosted.memory));
                }
                Output::OpenAnother { last, why } => {
                    hosted.link = None;
                    hosted.memory.refuse(why.clone());
                    if last {
                        let kind = CloseKind::Stranger;
                        let closed = Input::Closed(CloseReason { kind, why, retry: true, after_millis: 0 });
                        hosted.session.handle_input(now(), closed);
                    } else {
                        let deliver = deliver(&self.this, id);
                        hosted.link = Some(Link::open_again(&hosted.settings, deliver, &hosted.memory));
                    }
                }
                Output::Close => hosted.link = None,
                Output::Transmit(bytes) => {
                    let sent = hosted.link.as_mut().map_or(Err(bytes.len()), |link| link.send(bytes));
                    if let Err(len) = sent {
                        let why = words::link::queue_full();
                        hosted.session.handle_input(now(), Input::NotTransmitted { len, why });
                    }
                }
                Output::Window { columns, rows } => {
                    if let Some(link) = &mut hosted.link {
                        link.resize(columns, rows);
                    }
                }
                Output::Publish(publication) => {
                    let (len, topic) = (publication.len(), publication.topic.clone());
                    let sent = hosted.link.as_mut().map_or(Err(len), |link| link.publish(publication));
                    if let Err(len) = sent {
                        let why = words::link::queue_full();
                        hosted.session.handle_input(now(), Input::NotPublished { topic: &topic, len, why });
                    }
                }
                Output::Request(request) => {
                    let len = request.len();
                    let sent = hosted.link.as_mut().map_or(Err(len), |link| link.request(request));
                    if let Err(len) = sent {
                        let why = words::link::queue_full();
                        hosted.session.handle_input(now(), Input::NotTransmitted { len, why });
                    }
                }
                Output::Event(event) => {
                    if event == Event::Opened && matches!(hosted.settings, Settings::Serial(_)) {
                        ports::list_soon(&self.this);
                    }
                    (self.reply)(&Reply::Event { session: id, event });
                }
            }
        }
    }

    /// One timer for the earliest deadline. It is left alone while it is early enough.
    fn set_timer(&mut self) {
        let earliest = self.sessions.values().filter_map(|hosted| hosted.session.poll_timeout()).min();
        let Some(at) = earliest else {
            self.timer = None;
            return;
        };
        if self.timer.as_ref().is_some_and(|(armed, _)| *armed <= at) {
            return;
        }
        let this = self.this.clone();
        let millis = (at.nanos_since(now()) as f64 / 1e6).max(0.0).ceil();
        let ring = move || {
            let Some(inner) = this.upgrade() else { return };
            let mut inner = inner.borrow_mut();
            inner.timer = None;
            inner.time_out(now());
            inner.set_timer();
        };
        self.timer = Some((at, Timer::after(millis, ring)));
    }

    fn time_out(&mut self, now: Time) {
        let due = |hosted: &Hosted| hosted.session.poll_timeout().is_some_and(|at| at <= now);
        let due: Vec<_> = self.sessions.iter().filter(|(_, hosted)| due(hosted)).map(|(id, _)| *id).collect();
        for id in due {
            self.input(id, now, Input::Timeout);
        }
    }
}

/// A client of a broker keeps its name from one opening to the next, so one is made up here where the profile has none.
fn named(mut link: Settings) -> Settings {
    if let Settings::Mqtt(mqtt) = &mut link
        && mqtt.client_id.is_empty()
    {
        mqtt.client_id = format!("ferrule-{}", crate::link::clock::lot());
    }
    link
}

fn refused(error: ProfileError) -> Event {
    Event::ProfileRefused { line: error.line, reason: words::say(&error.reason).to_owned() }
}

/// The function through which a link speaks to its session. The chunk's time is taken here, once.
fn deliver(this: &Weak<RefCell<Inner>>, id: SessionId) -> Deliver {
    let this = this.clone();
    Rc::new(move |input| {
        let Some(inner) = this.upgrade() else { return };
        let mut inner = inner.borrow_mut();
        inner.input(id, now(), input);
        inner.set_timer();
    })
}

/// Whether two settings lead to the same kind of link and, on a network, to the same address. A session never moves: what
/// the page says of its family and its host holds until it is closed.
fn same_place(old: &Settings, new: &Settings) -> bool {
    match (old, new) {
        (Settings::WebSocket(old), Settings::WebSocket(new)) => old.url == new.url,
        (Settings::Http(old), Settings::Http(new)) => (&old.url, &old.command_url) == (&new.url, &new.command_url),
        (Settings::Tunnel(old), Settings::Tunnel(new)) => old.kind == new.kind && old.place() == new.place(),
        (Settings::Mqtt(old), Settings::Mqtt(new)) => old.url == new.url,
        (old, new) => old.kind() == new.kind(),
    }
}

/// New settings at the old place: for the port that was chosen, unless they name another device, and for the address that
/// was typed. A profile may be used over another kind of link than its own; that link stays as it is.
fn with_place_of(old: &Settings, mut new: Settings) -> Settings {
    match (old, &mut new) {
        (Settings::Serial(old), Settings::Serial(new)) => {
            let same = |one: Option<u16>, other: Option<u16>| one.is_none() || one == other;
            if same(new.port.vendor, old.port.vendor) && same(new.port.product, old.port.product) && new.port.nth == 0 {
                new.port = Port { ..old.port };
            }
        }
        (Settings::WebSocket(old), Settings::WebSocket(new)) => new.url.clone_from(&old.url),
        (Settings::Http(old), Settings::Http(new)) => {
            new.url.clone_from(&old.url);
            new.command_url.clone_from(&old.command_url);
        }
        (Settings::Tunnel(old), Settings::Tunnel(new)) if old.kind == new.kind => {
            new.target.clone_from(&old.target);
            new.gateway.clone_from(&old.gateway);
            new.file.clone_from(&old.file);
        }
        (Settings::Mqtt(old), Settings::Mqtt(new)) => {
            new.url.clone_from(&old.url);
            // One device of a fleet stays that one.
            if new.names_device() && !old.names_device() {
                new.topics.clone_from(&old.topics);
            }
            if new.client_id.is_empty() {
                new.client_id.clone_from(&old.client_id);
            }
        }
        (Settings::Demo(_), Settings::Demo(_)) => {}
        (old, _) => return old.clone(),
    }
    new
}
