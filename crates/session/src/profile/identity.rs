//! `[identity]`: how the one device that is meant is told from others that look alike.

use super::ProfileError;
use super::read::Section;

/// How a device is asked who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What is sent after each opening, with the profile's line ending; nothing where the device says it unasked.
    pub probe: Option<String>,
    /// What must come then.
    pub expect: String,
    /// Within so many milliseconds.
    pub within_millis: u32,
}

pub(super) fn read(root: &Section<'_>) -> Result<Option<Identity>, ProfileError> {
    let Some(section) = root.section("identity")? else { return Ok(None) };
    section.only(&["probe", "expect", "within_millis"])?;
    let expect = section.required_text("expect")?;
    if expect.is_empty() {
        return Err(section.error_at("expect", "`expect` is empty, and every answer would do".to_owned()));
    }
    let within_millis = section.whole("within_millis", 1, 600_000)?.unwrap_or(2000);
    Ok(Some(Identity { probe: section.text("probe")?, expect, within_millis }))
}
