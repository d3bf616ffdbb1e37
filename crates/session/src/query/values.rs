//! Readings and rows.

use serde::{Deserialize, Serialize};

/// One kind of message and its fields' latest readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The table.
    pub table: u16,
    /// The message's name; from the second table of one name on with "#2", "#3" …
    pub name: String,
    /// The same without that number.
    pub schema: String,
    /// Samples per second, over the last second or so, whichever of its fields they have.
    pub rate: f64,
    /// Samples since the start.
    pub count: u64,
    /// Its fields.
    pub fields: Vec<Reading>,
    /// Whether it is one of a broker's topic: what begins its name tells the topic from others.
    pub topic: bool,
    /// Whether the readings are what a broker had kept: how things were, and not since when.
    pub retained: bool,
    /// Whether it is one of a profile before, with another protocol, and nothing of its kind has come since.
    pub ended: bool,
}

/// One field's latest reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The field.
    pub field: u16,
    /// Its name.
    pub name: String,
    /// Its unit, as UCUM text; empty if none.
    pub unit: String,
    /// The latest value.
    pub value: Cell,
    /// The smallest value held, if numeric.
    pub min: Option<f64>,
    /// The largest value held, if numeric.
    pub max: Option<f64>,
    /// When the latest value came: nanoseconds since the Unix epoch.
    pub time_nanos: i64,
    /// Whether it can be plotted.
    pub numeric: bool,
    /// The decimals that its readings have ever needed, at most nine; 0 where they are no fractions, 255 where they come out of a
    /// computation and no number of decimals tells them.
    pub decimals: u8,
    /// Samples per second that have it, where the message's samples do not all have every field.
    pub rate: Option<f64>,
    /// Whether it is plotted only where somebody chooses it: the device asks for that, or it is the device's clock.
    pub unplotted: bool,
}

/// One value, owned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A signed integer.
    I64(i64),
    /// An unsigned integer.
    U64(u64),
    /// IEEE 754 binary32: shown with the digits that identify it among its like.
    F32(f32),
    /// IEEE 754 binary64.
    F64(f64),
    /// Text, at most 4 KiB of it.
    Text(String),
    /// Bytes, at most 1 KiB of them.
    Bytes(Vec<u8>),
}

/// Rows of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The table.
    pub table: u16,
    /// Names and units of its fields.
    pub fields: Vec<(String, String)>,
    /// Time of arrival and values, newest first.
    pub rows: Vec<(i64, Vec<Cell>)>,
    /// The time of each by the device's clock; empty where that is not kept.
    pub device_nanos: Vec<i64>,
}
