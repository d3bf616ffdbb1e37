//! The table of protocols: a name for a framer, a decoder and an encoder with their parameters.

use crate::{Decoder, Encoder, Framer, SettingError, Settings};
use alloc::{boxed::Box, vec::Vec};

/// What a parameter means; forms and `ferrule protocols` are made from these.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its key.
    pub name: &'static str,
    /// What it does, as a sentence.
    pub summary: &'static str,
    /// Its value when not given, as it would be written; empty where it must be given or has none.
    pub default: &'static str,
}

/// A protocol ready for use.
pub struct Codec {
    /// Cuts and wraps.
    pub framer: Box<dyn Framer>,
    /// Understands.
    pub decoder: Box<dyn Decoder>,
    /// Speaks.
    pub encoder: Box<dyn Encoder>,
}

/// One row of [`PROTOCOLS`].
pub struct Protocol {
    /// The name in profiles and on the command line.
    pub name: &'static str,
    /// What it is, as a sentence.
    pub summary: &'static str,
    /// The standard or document it follows.
    pub source: &'static str,
    /// The framing used when the settings do not name one under `framing`; a name from `frame::FRAMERS`.
    pub framing: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Builds the decoder and the encoder.
    pub build: fn(&Settings) -> Result<(Box<dyn Decoder>, Box<dyn Encoder>), SettingError>,
}

/// Every protocol. Adding one is a file in `protocol/` and a row here.
pub static PROTOCOLS: &[Protocol] = &[];

impl Protocol {
    /// The protocol of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Protocol> {
        PROTOCOLS.iter().find(|p| p.name == name)
    }

    /// Builds framer, decoder and encoder. Settings for the framer stand beside the protocol's own:
    /// `framing = "cobs"`, `delimiter = ";"`.
    ///
    /// # Errors
    /// A setting that is missing, unknown or does not fit, with its path.
    pub fn open(&self, settings: &Settings) -> Result<Codec, SettingError> {
        let _ = (settings, Vec::<u8>::new());
        Err(SettingError { path: "".into(), reason: "not yet".into() })
    }
}
