//! Framing, decoding and encoding of device data.
//!
//! A [`Framer`] cuts a byte stream into frames; a [`Decoder`] turns one frame into [`Sample`]s; an
//! [`Encoder`] turns a command into a payload, which the framer wraps for the wire. Everything is
//! incremental, borrows the caller's buffers, and treats malformed input as normal input: it is
//! reported with its length on the wire and a reason, and never panics.
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

pub use decode::{DecodeError, Decoder, EncodeError, Encoder};
pub use frame::{BufferTooSmall, Found, FrameError, Framer, Step};
#[cfg(feature = "alloc")]
pub use frame::{FRAMERS, FramerInfo};
#[cfg(feature = "alloc")]
pub use protocol::{Codec, PROTOCOLS, Parameter, Protocol};
pub use run::{Cells, Frames, Run, Samples};
pub use schema::{Field, Kind, Sample, Schema, Value};
#[cfg(feature = "alloc")]
pub use setting::{Setting, SettingError, Settings};
