//! Everything about one device while it is open, and after, until closed: sans-IO, without a clock.
//!
//! Bytes, commands and the time come in through [`Session::handle_input`]; what to transmit, what
//! happened and when to call again come out of `poll_output` and `poll_timeout`; views ask through
//! `answer`. One input, then drain the outputs: that is the whole rule of use.

mod answer;
mod input;
pub mod link;
pub mod profile;
pub mod query;
mod rate;
mod reconnect;
mod reply;
pub mod screen;
mod session;
pub mod wire;

pub use input::{CloseKind, CloseReason, Input, LineError, Output};
pub use profile::{Profile, ProfileError};
pub use session::Session;
pub use store::Time;
