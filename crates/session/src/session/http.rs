//! What is particular to devices behind HTTP: answers that are no data, and commands that are requests.

use super::Session;
use super::data::more;
use crate::events::MAX_EVENT;
use crate::input::{Answered, Output};
use crate::link::{Http, Link, Request};
use crate::query::Mark;
use crate::words::{Said, note, send as words};
use store::Time;

impl Session {
    pub(super) fn answered_so(&mut self, now: Time, answered: Answered) {
        self.heard(now);
        let counters = &mut self.data.counters;
        match answered {
            Answered::Alive => {}
            Answered::Unchanged => more(&mut counters.unchanged, 1),
            Answered::NothingSelected => {
                more(&mut counters.not_selected, 1);
                if let (Link::Http(Http { select, .. }), false) =
                    (&self.profile.link, std::mem::replace(&mut self.told_select, true))
                {
                    self.data.tell(now, Mark::Rejected, &note::nothing_selected(&crate::screen::visible(select)));
                }
            }
            Answered::TooLong => {
                more(&mut counters.events_over, 1);
                self.data.limited_note(now, Mark::Gap, &note::event_too_long(MAX_EVENT));
            }
        }
    }

    /// Hands a command's request out and writes it in the terminal, or says why not.
    pub(super) fn hand_request(&mut self, now: Time, request: Request, shown: &str) -> Result<(), Said> {
        if !matches!(self.profile.link, Link::Http(_)) {
            return Err(words::no_http());
        }
        self.may_send(request.len())?;
        let text = [request.method.as_str(), request.path.as_str(), shown].join(" ");
        self.data.note(now, Mark::Sent, text.trim());
        self.account_for(now, request.len(), &request.body);
        self.outputs.push_back(Output::Request(request));
        Ok(())
    }
}

/// An argument as a part of a path or a query: it must not lead elsewhere (faults S12; RFC 3986, section 2.3).
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    // Dots alone are steps in a path.
    if encoded.bytes().all(|byte| byte == b'.') { encoded.replace('.', "%2E") } else { encoded }
}
