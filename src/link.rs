//! Links: open pipes to devices. Everything here runs in the worker.
//!
//! A [`Link`] is a value; dropping it closes it. What the device says arrives through the function
//! given to [`Link::open`] as a session's [`Input`], synchronously: the bytes are borrowed, nothing is queued on
//! the way in. A link never opens itself again: it ends, once, with [`Input::Closed`], and the session decides.

mod alike;
pub mod clock;
mod demo;
pub mod files;
mod http;
mod mqtt;
pub mod page;
mod socket;
pub mod targets;
mod telnet;
mod tunnel;
pub(crate) mod web_lock;
pub mod web_serial;
mod websocket;

use crate::words::link as words;
use futures::channel::{mpsc, oneshot};
use futures::future::{LocalBoxFuture, Shared};
use futures::{FutureExt, StreamExt};
use js_sys::Uint8Array;
use session::link::{Family, Link as Settings, Publication, Request};
use session::signal::Signal;
use session::{CloseKind, CloseReason, Input};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use alike::Memory;
pub(crate) use mqtt::Credentials;

/// Messages a link holds until its device takes them. The session bounds the bytes; this bounds the count.
const OUTGOING: usize = 1024;
/// Questions after control signals that wait at most. One that finds no room is asked again a moment later.
const ASKS: usize = 16;

/// Why a link closed: a kind for the program, sentences for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkError {
    /// What kind of failure it is.
    pub kind: LinkErrorKind,
    /// What happened, why, and what to do next.
    pub message: String,
    /// The status that an HTTP device answered with; 0 where there is none.
    status: u16,
    /// How long the far end wants to be left alone, in milliseconds.
    after_millis: u32,
}

/// Kinds of failure; what to do next depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkErrorKind {
    /// The far end could not be reached or said no. Trying again may help.
    Refused,
    /// Another program, tab or session holds the device. Trying again may help.
    InUse,
    /// It was open and is gone. Trying again may help.
    Lost,
    /// The device is not plugged in. It helps to wait for it.
    Absent,
    /// The browser or the person did not permit it.
    Denied,
    /// This browser cannot do it at all.
    Unsupported,
    /// The settings cannot work.
    Settings,
    /// Several devices look alike, and the user must say which is meant.
    Ambiguous,
    /// The gateway wants a token that it knows. The user types it.
    Token,
    /// Devices that look alike are there, and each said that it is another one. It helps to wait for the one that is meant.
    Stranger,
    /// The far end wants to know who asks. It helps to say so.
    Credentials,
    /// A secret of the profile that is not kept is missing. The user types it.
    Secret,
    /// Everything there was has come.
    Done,
    /// Another client has taken its place, and would lose it again if it were taken back unasked.
    TakenOver,
}

impl LinkError {
    /// An error of this kind with these sentences.
    pub fn new(kind: LinkErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), status: 0, after_millis: 0 }
    }

    /// With the status that was answered.
    fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Whether trying again, later and unchanged, may help.
    fn may_pass(&self) -> bool {
        !matches!(
            self.kind,
            LinkErrorKind::Denied
                | LinkErrorKind::Unsupported
                | LinkErrorKind::Settings
                | LinkErrorKind::Ambiguous
                | LinkErrorKind::Token
                | LinkErrorKind::Credentials
                | LinkErrorKind::Secret
                | LinkErrorKind::Done
                | LinkErrorKind::TakenOver
        )
    }

    /// With what the session does about it, where it opens such a link again without being asked.
    fn and_then(mut self, family: Family) -> Self {
        if family == Family::Network && self.may_pass() {
            self.message.push_str(words::again());
        }
        self
    }
}

impl From<LinkError> for CloseReason {
    fn from(error: LinkError) -> CloseReason {
        let kind = match error.kind {
            LinkErrorKind::Refused => CloseKind::Refused,
            LinkErrorKind::InUse => CloseKind::InUse,
            LinkErrorKind::Lost => CloseKind::Lost,
            LinkErrorKind::Absent => CloseKind::Absent,
            LinkErrorKind::Denied | LinkErrorKind::Unsupported | LinkErrorKind::Settings => CloseKind::Unusable,
            LinkErrorKind::Ambiguous => CloseKind::Ambiguous,
            LinkErrorKind::Stranger => CloseKind::Stranger,
            LinkErrorKind::Token => CloseKind::Token,
            LinkErrorKind::Credentials => CloseKind::Credentials,
            LinkErrorKind::Secret => CloseKind::Secret,
            LinkErrorKind::Done => CloseKind::Done,
            LinkErrorKind::TakenOver => CloseKind::TakenOver,
        };
        let retry = error.may_pass();
        CloseReason { kind, why: error.message, retry, after_millis: error.after_millis }
    }
}

/// A link's work, from opening to closing.
type Work = LocalBoxFuture<'static, Result<(), LinkError>>;

/// One kind of link.
pub struct LinkInfo {
    /// Its kind, as profiles write it.
    pub kind: &'static str,
    /// What it is, as a sentence.
    pub summary: &'static str,
    /// Point to point, or a network.
    pub family: Family,
    /// Whether this browser can do it; if not, a sentence with the next step.
    pub supported: fn() -> Result<(), &'static str>,
    /// The link's work from opening to closing, if the settings are of this kind.
    open: fn(&Settings, End) -> Option<Work>,
}

/// Every kind of link. Adding one is a file in `link/` and a row here.
pub static LINKS: &[LinkInfo] = &[
    demo::INFO,
    web_serial::INFO,
    websocket::INFO,
    http::INFO,
    tunnel::TCP,
    telnet::INFO,
    tunnel::SERIAL,
    mqtt::INFO,
    files::INFO,
];

impl LinkInfo {
    /// The row that opens such a link.
    #[must_use]
    pub fn find(kind: &str) -> Option<&'static LinkInfo> {
        LINKS.iter().find(|info| info.kind == kind)
    }
}

/// Where a link delivers what it has to say.
pub type Deliver = Rc<dyn Fn(Input<'_>)>;

/// An open pipe to a device, or one that is being opened. Dropping it closes it.
pub struct Link {
    outgoing: mpsc::Sender<Outgoing>,
    asks: mpsc::Sender<Ask>,
    open: Rc<Cell<bool>>,
    _dropped: oneshot::Sender<()>,
}

/// What goes to the far end.
pub(crate) enum Outgoing {
    /// Bytes for the device.
    Bytes(Vec<u8>),
    /// A fault for the simulated device to have.
    Fault(String),
    /// A message for a broker.
    Publication(Publication),
    /// A request for an HTTP device.
    Request(Request),
}

/// What is asked of a line's control signals. Apart from what is sent, which may wait for the device.
pub(crate) enum Ask {
    /// Look at them.
    Look,
    /// Set one.
    Set(Signal),
    /// The port at the far end is to be set so.
    Line(session::link::Line),
    /// The terminal has this size: columns and rows.
    Window(u16, u16),
}

impl Link {
    /// Begins to open a link; the outcome arrives at `deliver`, never before this returns.
    #[must_use]
    pub fn open(settings: &Settings, deliver: Deliver) -> Link {
        Link::open_again(settings, deliver, &Memory::default())
    }

    /// The same for a session that had such a link before: of ports that look alike it gets its own, or none.
    #[must_use]
    pub fn open_again(settings: &Settings, deliver: Deliver, memory: &Memory) -> Link {
        let (outgoing, queue) = mpsc::channel(OUTGOING);
        let (asks, asked) = mpsc::channel(ASKS);
        let (dropped_tx, dropped) = oneshot::channel::<()>();
        let open = Rc::new(Cell::new(true));
        let dropped = dropped.map(drop as fn(_)).boxed_local().shared();
        let (queue, asked) = (Rc::new(RefCell::new(queue)), Rc::new(RefCell::new(asked)));
        let end = End { deliver, open: open.clone(), queue, asked, dropped, memory: memory.clone() };
        let (checked, family) = (settings.check(), settings.family());
        let work = LINKS.iter().find_map(|info| Some((info.supported, (info.open)(settings, end.clone())?)));
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = match (checked, work) {
                (Err(why), _) => Err(LinkError::new(LinkErrorKind::Settings, words::settings(crate::words::say(&why)))),
                (Ok(()), None) => Err(LinkError::new(LinkErrorKind::Unsupported, words::no_such_link())),
                (Ok(()), Some((supported, work))) => match supported() {
                    Ok(()) => {
                        let _awake = web_lock::hold();
                        work.await
                    }
                    Err(why) => Err(LinkError::new(LinkErrorKind::Unsupported, why)),
                },
            };
            let error = outcome.err().unwrap_or_else(|| LinkError::new(LinkErrorKind::Lost, words::ended()));
            end.deliver(Input::Closed(error.and_then(family).into()));
            end.open.set(false);
        });
        Link { outgoing, asks, open, _dropped: dropped_tx }
    }

    /// Hands bytes to the device, in order; [`Input::Transmitted`] or [`Input::NotTransmitted`] follows.
    ///
    /// # Errors
    /// How many bytes it were, if the link cannot take more now.
    pub fn send(&mut self, bytes: Vec<u8>) -> Result<(), usize> {
        let len = bytes.len();
        self.outgoing.try_send(Outgoing::Bytes(bytes)).map_err(|_| len)
    }

    /// Hands a broker a message, in order; [`Input::Published`] or [`Input::NotPublished`] follows.
    ///
    /// # Errors
    /// How much it counted for, if the link cannot take more now.
    pub fn publish(&mut self, publication: Publication) -> Result<(), usize> {
        let len = publication.len();
        self.outgoing.try_send(Outgoing::Publication(publication)).map_err(|_| len)
    }

    /// Makes a request of an HTTP device; [`Input::Transmitted`] or [`Input::NotTransmitted`] follows.
    ///
    /// # Errors
    /// How much it counted for, if the link cannot take more now.
    pub fn request(&mut self, request: Request) -> Result<(), usize> {
        let len = request.len();
        self.outgoing.try_send(Outgoing::Request(request)).map_err(|_| len)
    }

    /// Looks at the line's control signals, where it has any; [`Input::Signals`] follows.
    pub fn look_at_signals(&mut self) {
        let _ = self.asks.try_send(Ask::Look);
    }

    /// Sets a control signal, where the line has any; [`Input::Signals`] follows.
    pub fn set_signal(&mut self, signal: Signal) {
        let _ = self.asks.try_send(Ask::Set(signal));
    }

    /// Sets the port at the far end otherwise, where the link can do so while it is open.
    pub fn set_line(&mut self, line: session::link::Line) {
        let _ = self.asks.try_send(Ask::Line(line));
    }

    /// Tells the device the size of the terminal, where it may want to know.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let _ = self.asks.try_send(Ask::Window(columns, rows));
    }

    /// Asks the simulated device to misbehave: a name from `sim::FAULTS`. Other devices are not asked.
    pub fn fault(&mut self, name: String) {
        let _ = self.outgoing.try_send(Outgoing::Fault(name));
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // From here on nothing is delivered, even while the port is still being closed.
        self.open.set(false);
    }
}

/// The other side of a [`Link`]: held by the code that talks to the device.
#[derive(Clone)]
pub(crate) struct End {
    deliver: Deliver,
    open: Rc<Cell<bool>>,
    queue: Rc<RefCell<mpsc::Receiver<Outgoing>>>,
    asked: Rc<RefCell<mpsc::Receiver<Ask>>>,
    memory: Memory,
    dropped: Shared<LocalBoxFuture<'static, ()>>,
}

impl End {
    /// Says something, unless the link was dropped.
    fn deliver(&self, input: Input<'_>) {
        if self.open.get() {
            (self.deliver)(input);
        }
    }

    /// The next thing to send; never resolves once the link was dropped.
    async fn outgoing(&self) -> Outgoing {
        let next = std::future::poll_fn(|cx| self.queue.borrow_mut().poll_next_unpin(cx)).await;
        match next {
            Some(outgoing) => outgoing,
            None => std::future::pending().await,
        }
    }

    /// What is asked next of the control signals; never resolves once the link was dropped.
    async fn asked(&self) -> Ask {
        let next = std::future::poll_fn(|cx| self.asked.borrow_mut().poll_next_unpin(cx)).await;
        match next {
            Some(ask) => ask,
            None => std::future::pending().await,
        }
    }

    /// Something to send, if there is any now.
    fn try_outgoing(&self) -> Option<Outgoing> {
        self.queue.borrow_mut().try_recv().ok()
    }

    /// Resolves when the link was dropped.
    async fn dropped(&self) {
        self.dropped.clone().await;
    }

    /// Runs `work` until it ends or the link is dropped.
    async fn until_dropped(&self, work: impl Future<Output = Result<(), LinkError>>) -> Result<(), LinkError> {
        let work = std::pin::pin!(work);
        let dropped = std::pin::pin!(self.dropped());
        match futures::future::select(work, dropped).await {
            futures::future::Either::Left((outcome, _)) => outcome,
            futures::future::Either::Right(_) => Ok(()),
        }
    }
}

/// Copies a browser's buffer into ours, which is used again, and hands it on piece by piece. The second
/// argument of `piece` says whether it is the last one; an empty array is one empty piece.
fn copy_pieces(array: &Uint8Array, limit: u32, buffer: &mut Vec<u8>, mut piece: impl FnMut(&[u8], bool)) {
    let total = array.length();
    let mut from = 0;
    loop {
        let to = total.min(from + limit);
        let len = (to - from) as usize;
        if buffer.len() < len {
            buffer.resize(len, 0);
        }
        let Some(room) = buffer.get_mut(..len) else { return };
        if total <= limit {
            array.copy_to(room)
        } else {
            array.subarray(from, to).copy_to(room)
        }
        piece(room, to == total);
        if to == total {
            return;
        }
        from = to;
    }
}
