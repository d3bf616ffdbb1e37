//! Serial ports, as far as the page has to do with them: permission, which needs the user's gesture, and the list of
//! those that were granted. The worker opens and reads them.

use super::Engine;
use crate::link::web_serial;
use crate::remembered;
use leptos::prelude::*;
use session::link::{Link, Port};
use session::wire::{Request, SessionId};

impl Engine {
    /// Why there are no serial ports here, with what to do; `None` where there are.
    #[must_use]
    pub fn without_serial(self) -> Option<&'static str> {
        web_serial::supported().err()
    }

    /// Lists the granted serial ports anew.
    pub fn list_ports(self) {
        leptos::task::spawn_local(async move { self.ports.set(web_serial::ports().await) });
    }

    /// Has the browser ask the user for a port, in the course of a click; `None` if the user chose none. Only those of
    /// the vendor and product that are wanted are offered, where they are said.
    ///
    /// # Errors
    /// Why none can be had, with what to do.
    pub async fn ask_for_port(self, wanted: Port) -> Result<Option<Port>, String> {
        let chosen = web_serial::request(wanted).await.map_err(|error| error.message)?;
        self.list_ports();
        Ok(chosen)
    }

    /// Opens a serial session's port anew at another speed, and remembers it for that port.
    pub fn set_speed(self, session: SessionId, baud: u32) {
        self.post(Request::SetSpeed { session, baud });
        self.sessions.update(|sessions| {
            if let Some(open) = sessions.iter_mut().find(|open| open.id == session) {
                open.link.set_baud(baud);
                if let Link::Serial(serial) = &open.link
                    && let Some(known) = remembered::port(&serial.port)
                {
                    remembered::keep_port(&serial.port, baud, &known.profile);
                }
            }
        });
    }

    /// Opens a serial session by this one of the ports that look alike.
    pub fn use_port(self, session: SessionId, port: Port) {
        self.post(Request::UsePort { session, port });
        self.sessions.update(|sessions| {
            if let Some(open) = sessions.iter_mut().find(|open| open.id == session)
                && let Link::Serial(serial) = &mut open.link
            {
                serial.port = port;
            }
        });
    }

    /// Takes the permission for a port back.
    pub fn forget_port(self, port: Port) {
        leptos::task::spawn_local(async move {
            web_serial::forget(port).await;
            self.list_ports();
        });
    }

    /// Keeps the list up to date, and tells the worker of ports that were plugged in.
    pub(super) fn watch_ports(self) {
        self.list_ports();
        web_serial::on_change(move |plugged| {
            self.list_ports();
            if plugged {
                self.post(Request::Plugged);
            }
        });
    }
}
