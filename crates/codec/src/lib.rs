//! Framing, decoding and encoding of device data.
//!
//! A [`Framer`] cuts a byte stream into frames; a [`Decoder`] turns one frame into [`Sample`]s; an
//! [`Encoder`] turns a command into a payload, which the framer wraps for the wire. Everything is
//! incremental, borrows the caller's buffers, and treats malformed input as normal input: it is
//! reported with its length on the wire and a reason, and never panics.
//!
//! ```
//! # #[cfg(feature = "alloc")] {
//! use codec::{Found, Protocol, Settings};
//!
//! let mut codec = Protocol::find("pairs").unwrap().open(&Settings::default()).unwrap();
//! let mut frame = vec![0; codec.limit_bytes];
//! let mut temperatures = Vec::new();
//! // Bytes come as they please: the line is cut in two.
//! for mut chunk in [&b"temp:21.5,h"[..], b"um:40\n"] {
//!     while !chunk.is_empty() {
//!         let step = codec.framer.feed(chunk, &mut frame);
//!         chunk = &chunk[step.consumed..];
//!         if let Some(Found::Frame { len, .. }) = step.found {
//!             codec.decoder.decode(&frame[..len], &mut |sample| temperatures.push(format!("{:?}", sample.values))).unwrap();
//!         }
//!     }
//! }
//! assert_eq!(temperatures, ["[F64(21.5), F64(40.0)]"]);
//! # }
//! ```
//!
//! Firmware turns the feature `alloc` off. What is left needs no memory but the caller's: the framers as types
//! ([`frame::Cobs`], [`frame::Lines`], [`frame::Slip`], [`frame::Hdlc`], [`frame::Enclosed`], [`frame::Whole`] and
//! [`frame::Gap`]), the traits, and CRCs by constant ([`checksum::Crc`]).
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

#[cfg(feature = "alloc")]
#[doc(hidden)]
pub mod check;
pub mod checksum;
pub mod decode;
pub mod frame;
#[cfg(feature = "alloc")]
pub mod protocol;
pub mod run;
pub mod schema;
#[cfg(feature = "alloc")]
pub mod setting;
#[cfg(feature = "alloc")]
pub mod telnet;

pub use decode::{Declared, DecodeError, Decoder, EncodeError, Encoder};
#[cfg(feature = "alloc")]
pub use frame::{FRAMERS, FramerInfo};
pub use frame::{Found, FrameError, Framer, Step, WrapError};
#[cfg(feature = "alloc")]
pub use protocol::{Codec, Declaration, PROTOCOLS, Parameter, Protocol};
pub use run::{Cells, Frames, Run, Samples};
pub use schema::{Field, Kind, Sample, Schema, Value};
#[cfg(feature = "alloc")]
pub use setting::{Setting, SettingError, Settings};
