//! The table of protocols: a name for a framer, a decoder and an encoder with their parameters.

mod commands;
mod csv;
mod discover;
mod json;
mod layout;
mod line;
mod nmea;
mod number;
mod pairs;
mod postcard;
mod scratch;
mod teleplot;
mod text;

use crate::frame::{FRAMERS, FramerInfo, SummedLines, line_checksum};
use crate::setting::{Named, Refusal, unknown};
use crate::{Decoder, Encoder, Framer, SettingError, Settings};
use alloc::{boxed::Box, string::String, vec::Vec};

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
    /// The longest frame: the length of the buffer that the framer is to be lent.
    pub limit_bytes: usize,
}

/// The two ends of a protocol above its framing.
type Ends = (Box<dyn Decoder>, Box<dyn Encoder>);

/// Builds them.
type Build = fn(&Settings) -> Result<Ends, SettingError>;

/// What a protocol declares under its settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Whether `fields` are all that can come; if not, they are found in the data.
    pub all: bool,
    /// Each field that can come: its message, its name, and whether that is only the beginning of names.
    pub fields: Vec<(String, String, bool)>,
    /// The messages that can be sent.
    pub sent: Vec<String>,
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
    /// Checks its own settings and tells what it declares under them.
    pub(crate) declare: fn(&Settings) -> Result<Declaration, SettingError>,
}

/// What stands in the table below, and what builds the ends of each row, in the same order. They stand apart, so that a
/// program that only checks settings has no decoder in it.
macro_rules! protocols {
    ($($module:ident,)*) => {
        /// Every protocol.
        pub static PROTOCOLS: &[Protocol] = &[$($module::PROTOCOL),*];

        static ENDS: &[Build] = &[$(|settings| boxed($module::parts(settings))),*];
    };
}

// Adding a protocol is a file in `protocol/` and a row here.
protocols! {
    text,
    csv,
    pairs,
    teleplot,
    json,
    postcard,
    layout,
    nmea,
}

fn boxed<D: Decoder + 'static, E: Encoder + 'static>(
    parts: Result<(D, E), SettingError>,
) -> Result<Ends, SettingError> {
    parts.map(|(decoder, encoder)| (Box::new(decoder) as _, Box::new(encoder) as _))
}

/// What the two ends of a protocol declare.
fn declaration(parts: Result<(impl Decoder, impl Encoder), SettingError>) -> Result<Declaration, SettingError> {
    let (decoder, encoder) = parts?;
    let mut fields = Vec::new();
    let all = decoder.declared(&mut |known| fields.push((known.message.into(), known.field.into(), known.open)));
    let sent = encoder.commands().iter().map(|schema| schema.name.into()).collect();
    Ok(Declaration { all, fields, sent })
}

/// Parameters that every protocol has.
pub static COMMON: &[Parameter] = &[
    Parameter { name: "framing", summary: "A framer's name; the protocol has its usual one.", default: "" },
    Parameter {
        name: "limit_bytes",
        summary: "The longest frame that is accepted: 1 to 16777216 bytes of payload.",
        default: "65536",
    },
];

impl Protocol {
    /// The protocol of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Protocol> {
        PROTOCOLS.iter().find(|p| p.name == name)
    }

    /// Builds framer, decoder and encoder. Settings for the framer stand beside the protocol's own:
    /// `framing = "cobs"`, `delimiter = ";"`. A `name` that repeats the protocol's own is let pass.
    ///
    /// # Errors
    /// A setting that is missing, unknown or does not fit, with its path.
    pub fn open(&self, settings: &Settings) -> Result<Codec, SettingError> {
        let (framer, limit_bytes) = self.common(settings)?;
        let row = PROTOCOLS.iter().zip(ENDS).find(|(row, _)| row.name == self.name);
        let (_, ends) = row.ok_or_else(|| SettingError::new("name", Refusal::NoProtocol))?;
        let (mut decoder, encoder) = ends(settings)?;
        if framer.name == "lines"
            && let Some((checksum, optional)) = line_checksum(settings)?
        {
            decoder = Box::new(SummedLines { decoder, checksum, optional });
        }
        Ok(Codec { framer: (framer.build)(settings)?, decoder, encoder, limit_bytes })
    }

    /// Checks the settings as [`Protocol::open`] does, and tells what is declared under them.
    ///
    /// # Errors
    /// As [`Protocol::open`].
    pub fn declare(&self, settings: &Settings) -> Result<Declaration, SettingError> {
        let (framer, _) = self.common(settings)?;
        let declaration = (self.declare)(settings)?;
        (framer.build)(settings).map(|_| declaration)
    }

    /// What the settings say of the framing: the framer and the longest frame.
    fn common(&self, settings: &Settings) -> Result<(&'static FramerInfo, usize), SettingError> {
        let framing = settings.text("framing")?.unwrap_or(self.framing);
        let framer = FramerInfo::find(framing).ok_or_else(|| {
            SettingError::new("framing", unknown(Named::Framing, framing, FRAMERS.iter().map(|framer| framer.name)))
        })?;
        let parameters = COMMON.iter().chain(framer.parameters).chain(self.parameters);
        let mut known: Vec<&str> = parameters.map(|parameter| parameter.name).collect();
        if settings.text("name").is_ok_and(|name| name == Some(self.name)) {
            known.push("name");
        }
        settings.only(&known)?;
        let limit_bytes = match settings.int("limit_bytes")?.map(usize::try_from) {
            None => 65_536,
            Some(Ok(limit @ 1..=0x100_0000)) => limit,
            Some(_) => {
                return Err(SettingError::new(
                    "limit_bytes",
                    Refusal::Range { least: 1, most: 0x100_0000, given: None },
                ));
            }
        };
        Ok((framer, limit_bytes))
    }
}
