//! `[identity]`: how the one device that is meant is told from others that look alike.

use super::ProfileError;
use super::read::Section;
use crate::screen::visible;
use crate::script::{Pattern, text};
use crate::words::profile as words;

/// How a device is asked who it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// What is sent after each opening; nothing where the device says it unasked.
    pub(crate) probe: Option<Probe>,
    /// What must come then.
    pub(crate) expect: Pattern,
    /// Within so many milliseconds.
    pub(crate) within_millis: u32,
}

impl Identity {
    /// What is sent by itself as soon as the link is open, as it can be shown: a text, or hexadecimal digits.
    #[must_use]
    pub fn sends(&self) -> Option<String> {
        match self.probe.as_ref()? {
            Probe::Text(text) => Some(visible(&String::from_utf8_lossy(text))),
            Probe::Bytes(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")),
        }
    }
}

/// What a device is asked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Probe {
    /// A text; the profile's line ending follows.
    Text(Vec<u8>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

pub(super) fn read(root: &Section<'_>) -> Result<Option<Identity>, ProfileError> {
    let Some(section) = root.section("identity")? else { return Ok(None) };
    section.only(&["probe", "probe_hex", "expect", "expect_hex", "match", "within_millis"])?;
    let escapes = |key: &str, text: &str| text::unescaped(text).map_err(|why| section.error_at(key, why));
    let digits = |key: &str, text: &str| text::unhex(text).map_err(|why| section.error_at(key, why));
    let probe = match (section.text("probe")?, section.text("probe_hex")?) {
        (None, None) => None,
        (Some(text), None) => Some(Probe::Text(escapes("probe", &text)?)),
        (None, Some(hex)) => Some(Probe::Bytes(digits("probe_hex", &hex)?)),
        _ => return Err(section.error_at("probe_hex", words::two_probes())),
    };
    let (key, expect) = match (section.text("expect")?, section.text("expect_hex")?, section.text("match")?) {
        (Some(text), None, None) => ("expect", Pattern::Text(escapes("expect", &text)?)),
        (None, Some(hex), None) => ("expect_hex", Pattern::Text(digits("expect_hex", &hex)?)),
        (None, None, Some(regex)) => ("match", Pattern::regex(&regex).map_err(|why| section.error_at("match", why))?),
        _ => return Err(section.error(section.offset(), words::expects_one())),
    };
    // An expression that fits nothing said fits everything.
    if expect.is_in(b"") {
        return Err(section.error_at(key, words::expects_nothing(key)));
    }
    let within_millis = section.whole("within_millis", 1, 600_000)?.unwrap_or(2000);
    Ok(Some(Identity { probe, expect, within_millis }))
}
