//! What would be lost with a session, or with the page: it is asked about first.

use super::transfer::Files;
use crate::browser::leave;
use crate::engine::{Engine, Open};
use leptos::prelude::*;
use session::link::Link;
use session::query::Status;

/// What would be lost with a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtStake {
    /// Of its file transfers.
    pub files: Files,
    /// What its device sent.
    pub data: Option<Data>,
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
        AtStake { files: Files::of(open), data }
    }

    /// Whether anything would.
    #[must_use]
    pub fn any(self) -> bool {
        self.files.any() || self.data.is_some()
    }
}

impl Data {
    /// The demo device says the same again whenever it is asked: nothing of it is lost.
    fn of(link: &Link, status: &Status) -> Option<Data> {
        let (first, last) = (status.first_byte_nanos?, status.last_byte_nanos?);
        let bytes = status.counters.bytes_in;
        let data = Data { samples: status.samples, bytes, nanos: last.saturating_sub(first) };
        (bytes > 0 && !matches!(link, Link::Demo(_))).then_some(data)
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
    use session::link::{Demo, Serial};

    #[test]
    fn what_a_device_sent_is_at_stake_and_what_the_demo_says_is_not() {
        let serial = Link::Serial(Serial::default());
        let mut status = Status::default();
        assert_eq!(Data::of(&serial, &status), None, "nothing came");
        status.counters.bytes_in = 90;
        status.samples = 7;
        (status.first_byte_nanos, status.last_byte_nanos) = (Some(2_000), Some(5_000));
        assert_eq!(Data::of(&serial, &status), Some(Data { samples: 7, bytes: 90, nanos: 3_000 }));
        assert_eq!(Data::of(&Link::Demo(Demo { rate_hz: 10 }), &status), None);
    }
}
