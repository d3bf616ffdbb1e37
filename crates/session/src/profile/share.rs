//! A profile as a part of an address, and back: DEFLATE (RFC 1951) in base64url (RFC 4648, section 5).
//!
//! What comes out of an address was written by anybody. It is bounded before it is unpacked and while it is, and then it
//! is a text like any other, to be read by [`super::Profile::parse`] and to be shown before it is used.

use super::edit::{self, New};
use super::outline::{Outline, Written};
use crate::address::Address;
use crate::link::secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use std::fmt;

/// Longest profile that an address carries, in bytes of its text: 64 KiB.
pub const MAX_SHARED: usize = 1 << 16;

/// Longest part of an address that is looked at, in characters.
const MAX_PACKED: usize = 1 << 17;

/// Why a profile is not shared, or what an address carries is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// It is longer than [`MAX_SHARED`].
    TooLong,
    /// It is not what [`pack`] makes: cut off, changed on its way, or never a profile.
    Broken,
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ShareError::TooLong => "the profile is longer than the 64 KiB that an address carries",
            ShareError::Broken => "the address was cut off or changed on its way, or holds no profile",
        })
    }
}

impl std::error::Error for ShareError {}

/// Packs a profile's text for an address.
///
/// # Errors
/// It is too long.
pub fn pack(text: &str) -> Result<String, ShareError> {
    if text.len() > MAX_SHARED {
        return Err(ShareError::TooLong);
    }
    Ok(URL_SAFE_NO_PAD.encode(compress_to_vec(text.as_bytes(), 9)))
}

/// The text that an address carries.
///
/// # Errors
/// It is too long, or was not packed so.
pub fn unpack(packed: &str) -> Result<String, ShareError> {
    if packed.len() > MAX_PACKED {
        return Err(ShareError::TooLong);
    }
    // Who sends an address in a sentence has its full stop or bracket behind it, and some programs break long lines.
    let packed: String = packed.chars().filter(|c| !c.is_whitespace()).collect();
    let packed = packed.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| ShareError::Broken)?;
    let text = decompress_to_vec_with_limit(&bytes, MAX_SHARED).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => ShareError::TooLong,
        _ => ShareError::Broken,
    })?;
    String::from_utf8(text).map_err(|_| ShareError::Broken)
}

/// The text without what may be secret in its addresses: all that stands after a question mark, a user's name and password, and header fields. Whether there was any.
///
/// # Errors
/// The text is no TOML, or an address in it cannot be changed.
pub fn without_secrets(text: &str) -> Result<(String, bool), edit::EditError> {
    let (mut text, mut any) = (text.to_owned(), false);
    for key in ["url", "command_url"] {
        let outline = Outline::read(&text).unwrap_or_default();
        let Some(Written::Text(url)) = outline.get(&format!("link.{key}")).map(|entry| &entry.value) else { continue };
        let address = Address::new(url);
        if address.has_query() || address.has_user() {
            text = edit::set(&text, "link", key, Some(&New::Text(bare(url))))?;
            any = true;
        }
    }
    let outline = Outline::read(&text).unwrap_or_default();
    if let Some(Written::Text(body)) = outline.get("link.body").map(|entry| &entry.value) {
        let bare = secret::body_without_values(body);
        if bare != *body {
            text = edit::set(&text, "link", "body", Some(&New::Text(bare)))?;
            any = true;
        }
    }
    // A header field may be a key to the device; these two say only what is spoken.
    let outline = Outline::read(&text).unwrap_or_default();
    let named = outline.entries().iter().filter_map(|entry| entry.path.strip_prefix("link.headers."));
    let secret = |name: &&str| !["accept", "content-type"].iter().any(|plain| name.eq_ignore_ascii_case(plain));
    for name in named.filter(secret) {
        text = edit::set(&text, "link.headers", name, None)?;
        any = true;
    }
    Ok((text, any))
}

/// The text without the values of what its link's settings keep secret, by their names: header fields, parts of addresses.
/// What is left says what is missing.
///
/// # Errors
/// The text is no TOML, or it cannot be changed there.
pub fn without_values(text: &str) -> Result<String, edit::EditError> {
    let mut text = text.to_owned();
    let outline = Outline::read(&text).unwrap_or_default();
    for entry in outline.entries() {
        let Written::Text(value) = &entry.value else { continue };
        let header = entry.path.strip_prefix("link.headers.");
        let (table, key, kept) = match (header, entry.path.as_str()) {
            (Some(name), _) if secret::is_secret(name) => ("link.headers", name, String::new()),
            (_, "link.url") => ("link", "url", secret::without_values(value)),
            (_, "link.command_url") => ("link", "command_url", secret::without_values(value)),
            (_, "link.body") => ("link", "body", secret::body_without_values(value)),
            _ => continue,
        };
        if kept != *value {
            text = edit::set(&text, table, key, Some(&New::Text(kept)))?;
        }
    }
    Ok(text)
}

/// An address without user, password and query.
fn bare(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = url.split_once("//") else { return url.to_owned() };
    let path = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(path).unwrap_or((rest, ""));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}//{host}{path}")
}
