//! Serial ports, as far as the page has to do with them: permission, which needs the user's gesture, and the list of
//! the chosen one. The worker lists, opens and reads them.

use super::{Engine, Open, find};
use crate::link::web_serial;
use crate::remembered;
use futures::channel::oneshot;
use leptos::prelude::*;
use session::link::{Line, Link, Port};
use session::query::{LinkState, Status};
use session::wire::{Request, SessionId};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Engine {
    /// Why there are no serial ports here, with what to do; `None` where there are.
    #[must_use]
    pub fn without_serial(self) -> Option<&'static str> {
        web_serial::supported().err()
    }

    /// Has the browser ask the user for a port, in the course of a click; `None` if the user chose none. Only those of
    /// the vendor and product that are wanted are offered, where they are said.
    ///
    /// # Errors
    /// Why none can be had, with what to do.
    pub async fn ask_for_port(self, wanted: Port) -> Result<Option<Port>, String> {
        let Some(chosen) = web_serial::request(wanted).await.map_err(|error| error.message)? else { return Ok(None) };
        // What was asked for before the choice was made may come first, without the chosen one.
        for _ in 0..3 {
            let (waits, list) = oneshot::channel();
            self.with(|inner| inner.choosing.push(waits));
            self.post(Request::ListPorts { before: Vec::new() });
            // No list comes from a worker that has died.
            let Ok(ports) = list.await else { break };
            if let Some(port) = ports.get(chosen.at)
                && ports.len() == chosen.of
                && (port.vendor, port.product) == (chosen.id.vendor, chosen.id.product)
            {
                return Ok(Some(*port));
            }
        }
        Ok(Some(chosen.id))
    }

    /// Takes the permission for a port back; false where the browser keeps it, as it does for what its policy allows.
    pub async fn forget_port(self, port: Port) -> bool {
        let (waits, list) = oneshot::channel();
        self.with(|inner| inner.choosing.push(waits));
        self.post(Request::ForgetPort { port });
        // No list comes from a worker that has died.
        !list.await.is_ok_and(|ports| ports.contains(&port))
    }

    /// Opens a serial session's port anew with its line set otherwise, and remembers that for the port.
    pub fn set_line(self, session: SessionId, line: Line) {
        self.post(Request::SetLine { session, line });
        self.sessions.update(|sessions| {
            if let Some(open) = sessions.iter_mut().find(|open| open.id == session) {
                open.link.set_line(line);
                if let Link::Serial(serial) = &open.link
                    && let Some(known) = remembered::port(&serial.port)
                {
                    remembered::keep_port(&serial.port, line, &known.profile);
                }
            }
        });
    }

    /// A port was opened with this line: what its profile says of it may have been edited since the one before.
    pub(super) fn has_line(self, session: SessionId, line: Option<Line>) {
        let before = self.statuses.with_untracked(|all| all.get(&session).and_then(|status| status.line));
        let Some(line) = line.filter(|_| before != line) else { return };
        if self.sessions.with_untracked(|all| find(all, session).is_some_and(|open| open.link.line() != Some(line))) {
            self.sessions.update(|all| {
                if let Some(open) = all.iter_mut().find(|open| open.id == session) {
                    open.link.set_line(line);
                }
            });
        }
    }

    /// The same with another speed only.
    pub fn set_speed(self, session: SessionId, baud: u32) {
        if let Some(line) = self.session(session).and_then(|open| open.link.line()) {
            self.set_line(session, Line { baud, ..line });
        }
    }

    /// Opens a serial session by this one of the ports that look alike.
    pub fn use_port(self, session: SessionId, port: Port) {
        self.moved(session, port);
        self.post(Request::UsePort { session, port });
    }

    /// The session that has this port open.
    pub fn holder(self, port: Port) -> Option<Open> {
        let id = self.held.with(|held| held.iter().find(|(other, _)| *other == port).map(|(_, id)| *id))?;
        let open = |statuses: &BTreeMap<_, Arc<Status>>| {
            statuses.get(&id).is_some_and(|status| status.state == LinkState::Connected)
        };
        self.session(id).filter(|_| self.statuses.with(open))
    }

    /// The worker has listed the ports.
    pub(super) fn listed(self, list: Vec<(Port, Option<SessionId>)>) {
        let mut ports: Vec<Port> = list.iter().map(|(port, _)| *port).collect();
        remembered::keep_places(&ports);
        for waits in self.with(|inner| std::mem::take(&mut inner.choosing)) {
            let _ = waits.send(ports.clone());
        }
        let held: Vec<_> = list.into_iter().filter_map(|(port, session)| Some((port, session?))).collect();
        for (port, session) in &held {
            self.moved(*session, *port);
        }
        self.held.set(held);
        ports.sort_by_key(|port| (port.vendor, port.product, port.nth));
        self.ports.set(ports);
    }

    /// A session has that port. Its device may have been away and be back at another place, where how it is opened is
    /// remembered from now on.
    fn moved(self, session: SessionId, port: Port) {
        let serial = |open: &Open| match &open.link {
            Link::Serial(serial) if serial.port != port => Some(serial.clone()),
            _ => None,
        };
        let Some(was) = self.sessions.with_untracked(|all| find(all, session).and_then(serial)) else { return };
        if let Some(known) = remembered::port(&was.port) {
            remembered::keep_port(&port, was.line, &known.profile);
        }
        self.with(|inner| inner.known.get_mut(&session).map(|known| known.moved(port)));
        self.place(session, port);
    }

    fn place(self, session: SessionId, port: Port) {
        self.sessions.update(|sessions| {
            if let Some(open) = sessions.iter_mut().find(|open| open.id == session)
                && let Link::Serial(serial) = &mut open.link
            {
                serial.port = port;
            }
        });
    }
}
