//! The table of a fleet: what it is asked, and what it answers.

use super::Cell;
use crate::words::Said;
use serde::{Deserialize, Serialize};

/// How a device is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// Its latest message made no sense.
    Error,
    /// It said itself, or its broker did for it, that it is gone.
    Offline,
    /// It has not been heard for longer than the profile lets it be.
    Stale,
    /// It is known by what was kept for it, and has said nothing since.
    Silent,
    /// It was heard of late.
    Connected,
}

impl State {
    /// Every state, the one that wants looking at most first.
    pub const ALL: [State; 5] = [State::Error, State::Offline, State::Stale, State::Silent, State::Connected];
}

/// How many devices are in each state, in the order of [`State::ALL`].
pub type Counts = [u32; 5];

/// What the rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortKey {
    /// The device's name: numbers in it by their value.
    #[default]
    Name,
    /// Its state.
    State,
    /// When it was last heard.
    LastSeen,
    /// How many messages it has sent.
    Messages,
    /// A column's latest value; devices without one come last.
    Column(u16),
    /// What came of the last command to many, what went wrong first; devices that it was not for come last.
    Outcome,
}

/// What the rows are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKey {
    /// The device's state.
    State,
    /// A column's latest value.
    Column(u16),
}

/// What became of a command to many, for one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OutcomeKind {
    /// It was refused: here, by the link or by the broker.
    Refused,
    /// No reply came in time.
    NoReply,
    /// It was stopped before its turn came.
    NotSent,
    /// Its turn has not come yet.
    Waiting,
    /// It is on its way: the broker has not said yet that it has it.
    UnderWay,
    /// The broker has it; where a reply is expected, that has not come yet.
    Sent,
    /// It replied.
    Replied,
}

impl OutcomeKind {
    /// Every kind, the one that wants looking at most first.
    pub const ALL: [OutcomeKind; 7] = [
        OutcomeKind::Refused,
        OutcomeKind::NoReply,
        OutcomeKind::NotSent,
        OutcomeKind::Waiting,
        OutcomeKind::UnderWay,
        OutcomeKind::Sent,
        OutcomeKind::Replied,
    ];
}

/// What became of it, with what is to be said of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What.
    pub kind: OutcomeKind,
    /// How long the reply took, in milliseconds.
    pub millis: u32,
    /// The reply's beginning, or why there is none; may be empty.
    pub text: String,
}

impl Outcome {
    pub(crate) fn of(kind: OutcomeKind) -> Outcome {
        Outcome { kind, millis: 0, text: String::new() }
    }
}

/// How it is with a command to many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkStatus {
    /// The command's name.
    pub command: String,
    /// How many devices it came to what with, in the order of [`OutcomeKind::ALL`].
    pub counts: [u32; OutcomeKind::ALL.len()],
    /// Whether some are still to be sent to.
    pub sending: bool,
    /// Whether that is so, or replies are still waited for.
    pub running: bool,
    /// Whether replies are expected.
    pub replies: bool,
}

/// What part of the table is wanted, and how it is arranged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FleetQuery {
    /// The first line wanted, heads of groups counted.
    pub from: u32,
    /// How many lines, at most 400.
    pub count: u16,
    /// What the rows are sorted by.
    pub sort: SortKey,
    /// Whether the largest stands first.
    pub descending: bool,
    /// What a row must have: words, and conditions such as `flow > 100`.
    pub filter: String,
    /// The states that are wanted; all if empty.
    pub states: Vec<State>,
    /// What the rows are grouped by.
    pub group: Option<GroupKey>,
    /// The groups that are folded.
    pub folded: Vec<String>,
    /// The column whose trend is wanted.
    pub trend: Option<u16>,
    /// Whether the rows keep their places, whatever comes.
    pub hold: bool,
    /// Whether to tell which devices the rows are, all of them: [`FleetTable::all`].
    pub all: bool,
    /// What must have come of the last command to many; anything, if empty.
    pub outcomes: Vec<OutcomeKind>,
}

/// A part of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FleetTable {
    /// Every column there is; its index is its number for good.
    pub columns: Vec<FleetColumn>,
    /// Devices by state, whether their rows are wanted or not.
    pub counts: Counts,
    /// Devices whose rows are wanted.
    pub shown: u32,
    /// Lines of the table: those rows, without those of folded groups, and the heads of groups.
    pub lines: u32,
    /// The first of `rows`.
    pub from: u32,
    /// The lines.
    pub rows: Vec<FleetLine>,
    /// Rows that are held where they stand no longer by the order that was asked for.
    pub would_move: u32,
    /// What is wrong with the filter; then it lets everything pass.
    pub filter: Option<Said>,
    /// For each of at most 200 equal parts of the table, its row whose state wants looking at most.
    pub ruler: Vec<State>,
    /// How long the trends reach back, in nanoseconds.
    pub trend_nanos: i64,
    /// Devices that there was no room for.
    pub devices_left_out: u64,
    /// Fields that there was no room for.
    pub columns_left_out: u64,
    /// The devices of all rows, in their order, if that was wanted.
    pub all: Vec<u32>,
    /// The last command to many, until it is dismissed.
    pub bulk: Option<BulkStatus>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FleetColumn {
    /// The field's name, after its message's where several messages have one of that name.
    pub name: String,
    /// The unit as UCUM text; may be empty.
    pub unit: String,
    /// Whether it has numbers.
    pub numeric: bool,
    /// The decimals that its readings have ever needed, as [`super::Reading::decimals`].
    pub decimals: u8,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FleetLine {
    /// The head of a group.
    Group {
        /// What its rows have in common; empty for those that have no value. A state's is its place in [`State::ALL`].
        name: String,
        /// The state that they are in, where they are grouped by that.
        state: Option<State>,
        /// Its devices by state.
        counts: Counts,
    },
    /// A device.
    Device(FleetRow),
}

/// A device's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FleetRow {
    /// Its number: the same for as long as the fleet is open.
    pub device: u32,
    /// Its name.
    pub name: String,
    /// How it is doing.
    pub state: State,
    /// When it was last heard, in nanoseconds since the Unix epoch; `None` if never.
    pub seen_nanos: Option<i64>,
    /// Messages from it.
    pub messages: u64,
    /// Those of them that made no sense.
    pub rejected: u64,
    /// Messages that are missing by their numbers.
    pub missing: u64,
    /// Messages that came again.
    pub repeated: u64,
    /// The latest value of every column.
    pub cells: Vec<Cell>,
    /// The column's trend, oldest first; NaN where nothing came for longer than the device may say nothing.
    pub trend: Vec<f32>,
    /// Whether its latest message was one that the broker had kept.
    pub retained: bool,
    /// What came of the last command to many.
    pub outcome: Option<Outcome>,
}
