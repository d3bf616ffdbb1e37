//! `[clock]` and `[sequence]`: which fields tell when a device made its samples, and how many.

use super::ProfileError;
use super::names::Names;
use super::read::Section;
use crate::order::clock::{CountsFrom, DeviceClock};
use crate::order::date::DateOrder;
use crate::order::sequence::SequenceNumber;
use crate::words::profile as words;

pub(super) fn read(
    root: &Section<'_>,
    names: &Names,
) -> Result<(Option<DeviceClock>, Option<SequenceNumber>), ProfileError> {
    Ok((clock(root, names)?, sequence(root, names)?))
}

fn clock(root: &Section<'_>, names: &Names) -> Result<Option<DeviceClock>, ProfileError> {
    let Some(section) = root.section("clock")? else { return Ok(None) };
    section.only(&[
        "message",
        "field",
        "unit",
        "bits",
        "counts_from",
        "time_of_day",
        "date_order",
        "utc_offset_min",
    ])?;
    let (message, field) = field(&section, names)?;
    let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("date", 0)];
    let from = [("start", CountsFrom::Start), ("1970", CountsFrom::Unix), ("rows", CountsFrom::Rows)];
    let unit_nanos = section.choice("unit", &units)?.unwrap_or(1_000_000);
    // A date counts from nothing else.
    let usual = if unit_nanos == 0 { CountsFrom::Unix } else { CountsFrom::Start };
    Ok(Some(DeviceClock {
        message,
        field,
        unit_nanos,
        bits: section.whole("bits", 8, 64)?.unwrap_or(0),
        counts_from: section.choice("counts_from", &from)?.unwrap_or(usual),
        time_of_day: section.text("time_of_day")?,
        date_order: section
            .choice("date_order", &[("month", DateOrder::Month), ("day", DateOrder::Day)])?
            .unwrap_or_default(),
        utc_offset_min: section.whole("utc_offset_min", -1439, 1439)?.unwrap_or(0),
    }))
}

fn sequence(root: &Section<'_>, names: &Names) -> Result<Option<SequenceNumber>, ProfileError> {
    let Some(section) = root.section("sequence")? else { return Ok(None) };
    section.only(&["message", "field", "bits", "modulus"])?;
    let (message, field) = field(&section, names)?;
    let bits: Option<u32> = section.whole("bits", 2, 63)?;
    let modulus = section.whole("modulus", 4, 1 << 30)?;
    if bits.is_some() && modulus.is_some() {
        return Err(section.error_at("modulus", words::modulus_twice()));
    }
    Ok(Some(SequenceNumber { message, field, modulus: modulus.or(bits.map(|bits| 1 << bits)).unwrap_or(0) }))
}

/// The field, and the message it stands in; each must be declared where the protocol declares them.
fn field(section: &Section<'_>, names: &Names) -> Result<(Option<String>, String), ProfileError> {
    let message = section.text("message")?;
    if let Some(message) = &message {
        names.message(message).map_err(|reason| section.error_at("message", reason))?;
    }
    let field = section.required_text("field")?;
    // Of several fields that end alike, each tells the time of its own samples.
    if !field.starts_with('*') {
        let known = message.as_ref().map_or_else(|| names.field(&field), |message| names.field_of(message, &field));
        known.map_err(|reason| section.error_at("field", reason))?;
    }
    Ok((message, field))
}
