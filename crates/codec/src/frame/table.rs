use crate::frame::{Cobs, Delimiter, Framer, Lines, Whole};
use crate::protocol::Parameter;
use crate::setting::unescape;
use crate::{SettingError, Settings};
use alloc::boxed::Box;
use alloc::format;

/// One row of [`FRAMERS`].
pub struct FramerInfo {
    /// The name in profiles (`framing = "cobs"`).
    pub name: &'static str,
    /// What it is, as a sentence.
    pub summary: &'static str,
    /// The standard or document it follows.
    pub source: &'static str,
    /// Its parameters; they stand beside the protocol's own.
    pub parameters: &'static [Parameter],
    /// Builds it.
    pub build: fn(&Settings) -> Result<Box<dyn Framer>, SettingError>,
}

impl FramerInfo {
    /// The framer of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static FramerInfo> {
        FRAMERS.iter().find(|framer| framer.name == name)
    }
}

/// Every framer. Adding one is a file in `frame/` and a row here.
pub static FRAMERS: &[FramerInfo] = &[
    FramerInfo {
        name: "lines",
        summary: "Frames end with a line ending or any other delimiter, which is not part of them.",
        source: "ECMA-48, 8.3.15 CR and 8.3.74 LF",
        parameters: &[Parameter {
            name: "delimiter",
            summary: "\"auto\" (LF, CR LF or CR), \"lf\", \"cr\", \"crlf\", or 1 to 8 bytes as text with \
                      escapes (\";\", \"\\\\r\\\\n\", \"\\\\x03\") or as hex (\"0x0d0a\").",
            default: "auto",
        }],
        build: |settings| Ok(Box::new(Lines::new(delimiter(settings)?))),
    },
    FramerInfo {
        name: "cobs",
        summary: "Consistent Overhead Byte Stuffing: frames of any bytes, each ended by 0x00.",
        source: "Cheshire and Baker, IEEE/ACM Transactions on Networking 7(2), 1999",
        parameters: &[],
        build: |_| Ok(Box::new(Cobs::new())),
    },
    FramerInfo {
        name: "whole",
        summary: "A message of the link is a frame (WebSocket, HTTP).",
        source: "RFC 6455, section 5.4",
        parameters: &[],
        build: |_| Ok(Box::new(Whole::new())),
    },
];

fn delimiter(settings: &Settings) -> Result<Delimiter, SettingError> {
    let given = settings.text("delimiter")?.unwrap_or("auto");
    Ok(match given {
        "auto" => Delimiter::Auto,
        "lf" => Delimiter::LF,
        "cr" => Delimiter::CR,
        "crlf" => Delimiter::CRLF,
        text => unescape(text).as_deref().and_then(Delimiter::exact).ok_or_else(|| SettingError {
            path: "delimiter".into(),
            reason: format!(
                "{text:?} is not 1 to 8 bytes; write \"auto\", \"lf\", \";\", \"\\\\r\\\\n\" or \"0x0d0a\""
            ),
        })?,
    })
}
