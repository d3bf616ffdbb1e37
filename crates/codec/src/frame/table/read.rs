//! Framers from their parameters.

use crate::checksum::Checksum;
use crate::frame::{
    Counts, Delimiter, Enclosed, Endian, Fcs, Framer, Gap, Hdlc, LengthField, Lines, Packet, PacketCheck, Shape, Size,
    Summed,
};
use crate::protocol::Parameter;
use crate::setting::{Named, Refusal, unescape, unknown};
use crate::{SettingError, Settings};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::time::Duration;

type Built = Result<Box<dyn Framer>, SettingError>;

pub(super) const SYNC: Parameter = Parameter {
    name: "sync",
    summary: "The sync word that each frame begins with: up to 8 bytes as text with escapes, or as hex (\"0xaa55\").",
    default: "",
};
pub(super) const CHECKSUM: Parameter = Parameter {
    name: "checksum",
    summary: "The check sequence at the end of each frame, by its catalogue name (\"CRC-16/MODBUS\"), \"sum8\" or \"xor8\".",
    default: "",
};
pub(super) const CHECKSUM_ENDIAN: Parameter =
    Parameter { name: "checksum_endian", summary: "The order of its bytes: \"little\" or \"big\".", default: "little" };
pub(super) const CHECKSUM_COVERS: Parameter = Parameter {
    name: "checksum_covers",
    summary: "\"payload\": all bytes between the sync word and it; \"frame\": the sync word too.",
    default: "payload",
};

const ENDIANS: &[(&str, Endian)] = &[("little", Endian::Little), ("big", Endian::Big)];

pub(super) fn delimiter(settings: &Settings) -> Result<Delimiter, SettingError> {
    Ok(match settings.text("delimiter")?.unwrap_or("auto") {
        "auto" => Delimiter::Auto,
        "lf" => Delimiter::LF,
        "cr" => Delimiter::CR,
        "crlf" => Delimiter::CRLF,
        text => exact("delimiter", text, &["\"auto\"", "\"lf\"", "\";\"", "\"\\\\r\\\\n\"", "\"0x0d0a\""])?,
    })
}

pub(super) fn lines(settings: &Settings) -> Built {
    let lines = Lines::new(delimiter(settings)?);
    Ok(match line_checksum(settings)? {
        Some((checksum, _)) => Box::new(Summed { lines, checksum }),
        None => Box::new(lines),
    })
}

/// The check sequence of lines, and whether a line may have none.
pub(crate) fn line_checksum(settings: &Settings) -> Result<Option<(Checksum, bool)>, SettingError> {
    let optional = settings.choice("checksum_missing", &[("rejected", false), ("accepted", true)])?.unwrap_or(false);
    Ok(checksum(settings)?.map(|checksum| (checksum, optional)))
}

fn checksum(settings: &Settings) -> Result<Option<Checksum>, SettingError> {
    match settings.text("checksum")? {
        None | Some("") => Ok(None),
        Some(name) => Checksum::find(name)
            .map(Some)
            .ok_or_else(|| SettingError::new("checksum", unknown(Named::Checksum, name, Checksum::names()))),
    }
}

/// 1 to 8 bytes.
fn exact(key: &str, text: &str, instead: &'static [&'static str]) -> Result<Delimiter, SettingError> {
    unescape(text)
        .as_deref()
        .and_then(Delimiter::exact)
        .ok_or_else(|| SettingError::new(key, Refusal::Bytes { text: text.into(), instead }))
}

/// 1 to 8 bytes, if there are any.
fn word(settings: &Settings, key: &str) -> Result<Option<Delimiter>, SettingError> {
    match settings.text(key)? {
        None | Some("") => Ok(None),
        Some(text) => exact(key, text, &["\"$\"", "\"\\\\x02\"", "\"0xaa55\""]).map(Some),
    }
}

pub(super) fn hdlc(settings: &Settings) -> Built {
    // Written as a number, or as text on a command line.
    let bits = match settings.get("fcs") {
        None => 16,
        Some(setting) if setting.text("fcs").is_ok_and(|text| text == "none") => 0,
        Some(setting) => setting.int("fcs").unwrap_or(-1),
    };
    let fcs = match bits {
        16 => Fcs::Crc16,
        32 => Fcs::Crc32,
        0 => Fcs::None,
        _ => return Err(SettingError::new("fcs", Refusal::Fcs)),
    };
    Ok(Box::new(Hdlc::new(fcs)))
}

pub(super) fn sync(settings: &Settings) -> Built {
    let missing = || SettingError::new("sync", Refusal::SyncNeeded);
    let start = word(settings, "sync")?.ok_or_else(missing)?;
    Ok(Box::new(Enclosed::new(start, word(settings, "end")?)))
}

pub(super) fn gap(settings: &Settings) -> Built {
    let millis = within(settings, "gap_ms", 1, 60_000)?.unwrap_or(20);
    Ok(Box::new(Gap::new(Duration::from_millis(millis as u64))))
}

pub(super) fn fixed(settings: &Settings) -> Built {
    let missing = || SettingError::new("length", Refusal::LengthNeeded);
    let length = within(settings, "length", 1, 0x100_0000)?.ok_or_else(missing)?;
    packet(settings, Size::Fixed(length))
}

pub(super) fn length(settings: &Settings) -> Built {
    let counts = &[("payload", Counts::Payload), ("rest", Counts::Rest), ("frame", Counts::Frame)];
    let adds = settings.int("length_adds")?.unwrap_or(0);
    if !(-0x100_0000..=0x100_0000).contains(&adds) {
        return Err(SettingError::new(
            "length_adds",
            Refusal::Range { least: -0x100_0000, most: 0x100_0000, given: None },
        ));
    }
    let field = LengthField {
        offset: within(settings, "length_offset", 0, 64)?.unwrap_or(0),
        bytes: within(settings, "length_bytes", 1, 4)?.unwrap_or(1),
        endian: settings.choice("length_endian", ENDIANS)?.unwrap_or(Endian::Little),
        counts: settings.choice("length_counts", counts)?.unwrap_or(Counts::Payload),
        adds,
        keeps_header: settings.choice("length_header", &[("dropped", false), ("kept", true)])?.unwrap_or(false),
    };
    packet(settings, Size::Said(field))
}

fn packet(settings: &Settings, size: Size) -> Built {
    let sync = word(settings, "sync")?.map_or_else(Vec::new, |sync| sync.as_bytes().into());
    let check = match checksum(settings)? {
        None => None,
        Some(checksum) => {
            let endian = settings.choice("checksum_endian", ENDIANS)?.unwrap_or(Endian::Little);
            let covers = &[("payload", false), ("frame", true)];
            let covers_sync = settings.choice("checksum_covers", covers)?.unwrap_or(false);
            Some(PacketCheck { checksum, endian, covers_sync })
        }
    };
    Ok(Box::new(Packet::new(Shape { sync, size, check })))
}

/// A whole number between two others.
fn within(settings: &Settings, key: &str, least: usize, most: usize) -> Result<Option<usize>, SettingError> {
    let Some(given) = settings.int(key)? else { return Ok(None) };
    match usize::try_from(given) {
        Ok(value) if (least..=most).contains(&value) => Ok(Some(value)),
        _ => Err(SettingError::new(key, Refusal::range(least, most, Some(given)))),
    }
}
