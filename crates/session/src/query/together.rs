//! Several sessions asked at once: one plot and one list of lines for all, on the one clock by which what comes is stamped.

use super::{Query, Screen};
use crate::wire::SessionId;
use serde::{Deserialize, Serialize};

/// Sessions of one question at most.
pub const MAX_TOGETHER: usize = 64;

/// Tables of each session that have a number in an answer.
const TABLES: u16 = 1024;

/// A question to several sessions. A table has another number in it and in its answer ([`table_of`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// Whom; their places in this list are part of the tables' numbers. 0 is a place that nobody has.
    pub sessions: Vec<SessionId>,
    /// [`Query::Values`], [`Query::Envelope`], [`Query::Rows`], [`Query::Csv`] or [`Query::Happenings`].
    pub query: Query,
}

/// The number of a session's table among those of several sessions; `None` where there are too many.
#[must_use]
pub fn table_of(place: usize, table: u16) -> Option<u16> {
    let place = u16::try_from(place).ok().filter(|place| usize::from(*place) < MAX_TOGETHER)?;
    (table < TABLES).then(|| place.saturating_mul(TABLES).saturating_add(table))
}

/// The place of the session, and its own number for the table.
#[must_use]
pub fn own_table(table: u16) -> (usize, u16) {
    (usize::from(table / TABLES), table % TABLES)
}

/// What lines of several sessions are wanted, in the order in which they came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// Whose.
    pub sessions: Vec<SessionId>,
    /// Where they begin.
    pub start: Start,
    /// How many, at most 4096.
    pub rows: u16,
    /// Only those that came until then: nanoseconds since the Unix epoch.
    pub until_nanos: Option<i64>,
}

/// Where merged lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// As far before the end as there are to be lines.
    End,
    /// At that line. Lines of all the sessions are counted together, each session's from its first ever.
    Line(u64),
    /// At the first line that came then or later: nanoseconds since the Unix epoch.
    Time(i64),
}

/// Lines of several sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The lines, numbered as [`Start::Line`] counts.
    pub screen: Screen,
    /// Whose each line is: a place in the list of sessions.
    pub whose: Vec<u16>,
    /// Those whose device has a program that takes the whole screen now: that is no lines, and is left out.
    pub full_screen: Vec<SessionId>,
}
