//! Simulated devices, healthy and faulty: the demo link, test peers, load generators.
//!
//! No I/O and no clock: time is an argument, in nanoseconds since the Unix epoch, and the same seed with the
//! same calls gives the same bytes, on every machine. [`Drive`] is a small motor drive; `profiles/demo.toml`
//! describes what it sends and understands. The devices of a network ([`Site`], [`Station`], [`Supply`],
//! [`Boiler`], [`Logger`]) are what `ferrule serve --demo` shows; `profiles/demo/` describes them.

mod boiler;
mod command;
mod drive;
mod fault;
mod logger;
mod message;
mod motor;
mod random;
mod site;
mod station;
mod supply;
pub mod uart;

pub use boiler::Boiler;
pub use drive::{Drive, UnknownFault};
pub use fault::FAULTS;
pub use logger::{Entry, Logger};
pub use random::Random;
pub use site::{Said, Site};
pub use station::Station;
pub use supply::Supply;
