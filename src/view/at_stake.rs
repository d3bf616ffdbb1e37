//! What would be lost with a session, or with the page: it is asked about first.

use super::profile;
use super::transfer::Files;
use crate::browser::leave;
use crate::engine::{Engine, Open};
use leptos::prelude::*;
use session::link::Link;
use session::query::Status;

/// What would be lost with a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AtStake {
    /// Of its file transfers.
    pub files: Files,
    /// What its device sent.
    pub data: Option<Data>,
    /// Its profile, where it was changed and is kept nowhere.
    pub profile: Option<String>,
}

/// Data that a device sent, and nobody else has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// Samples that are held.
    pub samples: u64,
    /// Bytes that came.
    pub bytes: u64,
    /// From the first byte to the last.
    pub nanos: i64,
}

impl AtStake {
    /// That of a session, now.
    #[must_use]
    pub fn of(engine: Engine, open: &Open) -> AtStake {
        let data = engine.statuses.with(|statuses| Data::of(&open.link, statuses.get(&open.id)?));
        AtStake { files: Files::of(open), data, profile: profile::unkept(engine, open) }
    }

    /// Whether anything would.
    #[must_use]
    pub fn any(&self) -> bool {
        self.files.any() || self.data.is_some() || self.profile.is_some()
    }
}

impl Data {
    fn of(link: &Link, status: &Status) -> Option<Data> {
        let (first, last) = (status.first_byte_nanos?, status.last_byte_nanos?);
        let nanos = last.saturating_sub(first);
        Data { samples: status.samples, bytes: status.counters.bytes_in, nanos }.of_device(link)
    }

    /// The demo device says the same again whenever it is asked, and so does a file that was opened: nothing of it is lost.
    fn of_device(self, link: &Link) -> Option<Data> {
        let again = matches!(link, Link::Demo(_)) || matches!(link, Link::Tunnel(tunnel) if tunnel.file.is_some());
        (self.bytes > 0 && !again).then_some(self)
    }
}

/// The browser asks before the page goes, while anything of any session would go with it.
pub fn ask_before_leaving(engine: Engine) {
    // A session's numbers change all the time, and seldom whether there is anything.
    let any = Memo::new(move |_| {
        engine.sessions.with(|sessions| {
            // Not only the first that has something: each is to be followed.
            sessions.iter().filter(|open| AtStake::of(engine, open).any()).count() > 0
        })
    });
    Effect::new(move |_| leave::ask_first(any.get()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use session::link::{Demo, Serial, Tunnel};
    use session::tunnel::TargetKind;

    #[test]
    fn what_a_device_sent_is_at_stake_and_what_the_demo_says_is_not() {
        let serial = Link::Serial(Serial::default());
        let data = Data { samples: 7, bytes: 90, nanos: 3_000 };
        assert_eq!(data.of_device(&serial), Some(data));
        assert_eq!(Data { samples: 0, ..data }.of_device(&serial).map(|data| data.bytes), Some(90), "text is data too");
        assert_eq!(Data { bytes: 0, ..data }.of_device(&serial), None, "nothing came");
        assert_eq!(data.of_device(&Link::Demo(Demo { rate_hz: 10 })), None);
        let file = Some("/a.csv".to_owned());
        let log = Link::Tunnel(Tunnel { file, ..Tunnel::at(TargetKind::Ftp, "logger") });
        assert_eq!(data.of_device(&log), None, "it is on the server");
    }
}
