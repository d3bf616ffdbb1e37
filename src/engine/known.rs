//! What the page remembers of a session, so that another worker can begin it again.

use session::link::{Link, Port};
use session::logfile;
use session::wire::{Event, Request, SessionId};
use std::collections::VecDeque;

/// What an event changes for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// The profile that is in force from now on.
    InForce(String),
    /// The same, and it is as if the session had begun with it.
    Begun(String),
    /// The session could not begin: the line of its profile, 0 for the whole of it, and what is wrong there.
    Unusable(u32, String),
}

/// A session as it was begun, and what was asked of it since.
#[derive(Clone, Debug)]
pub(super) struct Known {
    link: Link,
    /// The profile it began with, and the one in force.
    first: String,
    profile: String,
    /// Profiles the worker has not yet said yes or no to.
    proposed: VecDeque<String>,
    /// Whether the user wants its link open.
    connect: bool,
}

impl Known {
    /// A session that is begun with its link open.
    pub(super) fn new(profile: String, link: Link) -> Known {
        Known { link, first: profile.clone(), profile, proposed: VecDeque::new(), connect: true }
    }

    /// The worker is asked for something.
    pub(super) fn asked(&mut self, request: &Request) {
        match request {
            Request::SetProfile { profile, .. } => self.proposed.push_back(profile.clone()),
            Request::Disconnect { .. } => self.connect = false,
            Request::Reopen { .. } => self.connect = true,
            Request::UsePort { port, .. } => {
                self.connect = true;
                self.moved(*port);
            }
            Request::SetLine { line, .. } => {
                self.connect = true;
                self.link.set_line(*line);
            }
            _ => {}
        }
    }

    /// Its port has another place now.
    pub(super) fn moved(&mut self, port: Port) {
        if let Link::Serial(serial) = &mut self.link {
            serial.port = port;
        }
    }

    /// Something happened; what it changes for good.
    pub(super) fn heard(&mut self, event: &Event) -> Option<Course> {
        match event {
            Event::ProfileAccepted => {
                self.profile = self.proposed.pop_front()?;
                Some(Course::InForce(self.profile.clone()))
            }
            Event::Clock(clock) => {
                let text = logfile::with_clock(&self.profile, clock)?;
                (self.first, self.profile) = (text.clone(), text.clone());
                Some(Course::Begun(text))
            }
            // If none was proposed, it is the one the session should have begun with.
            Event::ProfileRefused { line, reason } => match self.proposed.pop_front() {
                Some(_) => None,
                None => Some(Course::Unusable(*line, reason.clone())),
            },
            _ => None,
        }
    }

    /// What to ask another worker for. The way it went before is gone again, since what a profile says of the link
    /// counts beside what the user chose.
    pub(super) fn again(&mut self, session: SessionId) -> Vec<Request> {
        self.proposed.clear();
        let (profile, link) = (self.first.clone(), self.link.clone());
        let edited = self.profile != self.first;
        let mut requests = vec![Request::Open { session, profile, link, connect: self.connect && !edited }];
        if edited {
            requests.push(Request::SetProfile { session, profile: self.profile.clone() });
            requests.extend(self.connect.then_some(Request::Reopen { session }));
        }
        requests
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::link::Demo;

    const ID: SessionId = 3;

    fn known() -> Known {
        Known::new("first".into(), Link::Demo(Demo { rate_hz: 10 }))
    }

    fn open(connect: bool) -> Request {
        Request::Open { session: ID, profile: "first".into(), link: Link::Demo(Demo { rate_hz: 10 }), connect }
    }

    fn set(profile: &str) -> Request {
        Request::SetProfile { session: ID, profile: profile.into() }
    }

    #[test]
    fn f42_a_session_begins_again_as_it_was() {
        let mut known = known();
        assert_eq!(known.again(ID), [open(true)]);
        known.asked(&Request::Disconnect { session: ID });
        assert_eq!(known.again(ID), [open(false)], "what the user closed stays closed");
        known.asked(&Request::Reopen { session: ID });
        assert_eq!(known.again(ID), [open(true)]);
    }

    #[test]
    fn f42_a_file_is_read_again_with_the_clock_that_was_seen_in_it() {
        let csv = "name = \"Log\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"csv\"\n";
        let mut known = Known::new(csv.into(), Link::Demo(Demo { rate_hz: 10 }));
        let profile = session::Profile::parse(csv).expect("a profile");
        let clock = logfile::clock(&profile, b"temp,hum\n1,2\n3,4\n", logfile::Zone(|_| 0)).expect("a clock");
        let course = known.heard(&Event::Clock(Box::new(clock)));
        let Some(Course::Begun(text)) = course else { panic!("{course:?}") };
        assert!(text.contains("counts_from = \"rows\""), "{text}");
        let link = Link::Demo(Demo { rate_hz: 10 });
        assert_eq!(known.again(ID), [Request::Open { session: ID, profile: text, link, connect: true }]);
    }

    #[test]
    fn f42_it_has_the_profile_that_was_in_force() {
        let mut known = known();
        for profile in ["second", "wrong", "third", "never answered"] {
            known.asked(&set(profile));
        }
        let refused = Event::ProfileRefused { line: 1, reason: "no".into() };
        assert_eq!(known.heard(&Event::ProfileAccepted), Some(Course::InForce("second".into())));
        assert_eq!(known.heard(&Event::Opened), None);
        assert_eq!(known.heard(&refused), None);
        assert_eq!(known.heard(&Event::ProfileAccepted), Some(Course::InForce("third".into())));
        assert_eq!(known.again(ID), [open(false), set("third"), Request::Reopen { session: ID }]);
        known.asked(&Request::Disconnect { session: ID });
        assert_eq!(known.again(ID), [open(false), set("third")]);
        assert_eq!(known.heard(&Event::ProfileAccepted), None, "what the worker before was asked is forgotten");
        assert_eq!(known.heard(&refused), Some(Course::Unusable(1, "no".into())), "it could not even begin");
    }
}
