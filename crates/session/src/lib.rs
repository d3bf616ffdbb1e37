//! Everything about one device while it is open, and after, until closed: sans-IO, without a clock.
//!
//! Bytes, commands and the time come in through [`Session::handle_input`]; what to transmit, what
//! happened and when to call again come out of `poll_output` and `poll_timeout`; views ask through
//! `answer`. One input, then drain the outputs: that is the whole rule of use.
//!
//! - *Every byte is accounted for.* `bytes_in = good + rejected + skipped + pending` after every input, whatever a
//!   device sends and however the chunks are cut ([`query::Counters`]).
//! - *Time is an argument*, in nanoseconds since the Unix epoch; nothing here reads a clock, sleeps or opens anything.
//! - *A link that ends* is opened again, or not, by what is decided here: [`Output::Open`] asks for it.
//! - *What is bounded has a counter*: rejected frames kept, lines kept, bytes that wait to be sent, replies waited for.
//!
//! ```
//! use session::query::{Answer, Cell, Query};
//! use session::{Input, Output, Profile, Session, Time};
//!
//! let profile = Profile::parse(
//!     r#"
//!     name = "Weather"
//!     [link]
//!     kind = "serial"
//!     [protocol]
//!     name = "pairs"
//!     "#,
//! )?;
//! let mut session = Session::new(&profile, Time(0))?;
//! session.handle_input(Time(0), Input::Open);
//! assert_eq!(session.poll_output(), Some(Output::Open));
//! // Whoever holds the port opens it, and says so; then its bytes come.
//! session.handle_input(Time(1_000_000), Input::Opened);
//! session.handle_input(Time(2_000_000), Input::Bytes { bytes: b"temp:21.5,hum:40\n", message_end: false });
//! while let Some(output) = session.poll_output() {
//!     println!("{output:?}");
//! }
//! let batch = session.answer(Time(3_000_000), &[(1, Query::Values)]);
//! let [(1, Answer::Values(messages))] = &batch.answers[..] else { panic!() };
//! assert_eq!((messages[0].fields[0].name.as_str(), &messages[0].fields[0].value), ("temp", &Cell::F64(21.5)));
//! assert!(session.counters().balanced());
//! # Ok::<(), session::ProfileError>(())
//! ```

pub mod address;
mod answer;
pub mod derive;
pub mod events;
pub mod evidence;
pub mod fleet;
pub mod import;
mod input;
pub mod link;
pub mod logfile;
pub mod order;
pub mod pointer;
pub mod profile;
pub mod query;
mod rate;
mod reconnect;
mod reply;
pub mod screen;
pub mod script;
mod session;
pub mod signal;
mod spans;
pub mod telnet;
pub mod together;
pub mod topic;
pub mod tunnel;
pub mod wire;
mod words;

pub use answer::csv::csv_heads;
pub use input::{Answered, CloseKind, CloseReason, Input, LineError, Message, Output};
pub use profile::{Profile, ProfileError};
pub use session::Session;
pub use store::Time;
pub use transfer;
pub use words::{Language, Said};
