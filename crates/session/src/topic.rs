//! Topics of MQTT: filters, which of them a topic matches, and what is a topic's own (MQTT 5.0, section 4.7).
//!
//! A filter here may name one level, `meters/{device}/state`: on the wire it is `+`, and the level is the device.

mod filter;
mod table;

pub use filter::{Filter, check_name};
pub use table::{Found, Own, Table};
