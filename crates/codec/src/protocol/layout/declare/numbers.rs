//! Numbers of a message: alone, in arrays, in the bits of an integer.

use super::{Declared, Part, too_many};
use crate::protocol::discover::FIELDS;
use crate::protocol::layout::plan::{Read, Scale};
use crate::protocol::number::{Meaning, Number, Slice};
use crate::setting::Refusal;
use crate::{Kind, Setting, SettingError, Settings};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

/// A number, or an array of them.
pub(super) fn numbers(
    table: &Settings,
    number: Number,
    name: &str,
    unit: &str,
    count: Option<usize>,
    parts: &mut Vec<Part>,
) -> Result<(), SettingError> {
    if table.flag("discriminator")? == Some(true) {
        if count.is_some() || !matches!(number.kind(), Kind::U64 | Kind::I64) {
            return Err(SettingError::new("discriminator", Refusal::DiscriminatorSingle));
        }
        parts.push(Part::Discriminator(number));
        return Ok(());
    }
    if count.unwrap_or(1).saturating_add(parts.len()) > FIELDS {
        return Err(too_many());
    }
    if table.get("bits").is_some() {
        if count.is_some() {
            return Err(SettingError::new("count", Refusal::BitsOnce));
        }
        parts.push(bits(table, number, name)?);
        return Ok(());
    }
    let read = read(table, number)?;
    let names = match count {
        None => vec![name.to_string()],
        Some(count) => (0..count).map(|index| format!("{name}.{index}")).collect(),
    };
    parts.extend(
        names.into_iter().map(|name| Part::Field(Declared { name, unit: unit.to_string(), read: read.clone() })),
    );
    Ok(())
}

/// How a number is read: as it is, scaled, or as a label.
fn read(table: &Settings, number: Number) -> Result<Read, SettingError> {
    let scale = match (table.number("scale")?.unwrap_or(1.0), table.number("offset")?.unwrap_or(0.0)) {
        // Nothing to do, and what is done to a double is not exact beyond 2^53.
        (1.0, 0.0) => None,
        (0.0, _) => return Err(SettingError::new("scale", Refusal::Scale)),
        (scale, offset) => Some(Scale::new(scale, offset)),
    };
    Ok(match (table.get("enum"), scale) {
        (Some(_), Some(_)) => return Err(SettingError::new("enum", Refusal::LabelsAndScale)),
        (Some(labels), None) => Read::Label(number, self::labels(labels, number)?),
        (None, Some(scale)) => Read::Scaled(number, scale),
        (None, None) => Read::Number(number),
    })
}

/// Fields in the bits of one integer, from the least significant bit on.
fn bits(table: &Settings, carrier: Number, name: &str) -> Result<Part, SettingError> {
    if !matches!(carrier.kind(), Kind::U64 | Kind::I64) {
        return Err(SettingError::new("bits", Refusal::BitsOfInteger));
    }
    let all = u8::try_from(carrier.width()).unwrap_or(8).saturating_mul(8);
    let mut next = 0;
    let mut fields = Vec::new();
    for (index, entry) in table.list("bits")?.iter().enumerate() {
        let within = |error: SettingError| error.within(&format!("bits[{index}]"));
        let entry = entry.table("").map_err(within)?;
        entry.only(&["name", "at", "width", "signed", "unit", "scale", "offset", "enum"]).map_err(within)?;
        let number = |key, default| match entry.int(key)?.map(u8::try_from) {
            None => Ok(default),
            Some(Ok(value)) if value <= all => Ok(value),
            Some(_) => Err(SettingError::new(key, Refusal::Range { least: 0, most: all.into(), given: None })),
        };
        let (at, width) = (number("at", next).map_err(within)?, number("width", 1).map_err(within)?);
        if width == 0 || at.saturating_add(width) > all {
            let reason = Refusal::BitsBeyond { from: at.into(), to: i16::from(at) + i16::from(width) - 1, all };
            return Err(within(SettingError::new("width", reason)));
        }
        next = at.saturating_add(width);
        // Bits without a name are passed over.
        let Some(own) = entry.text("name").map_err(within)? else { continue };
        let plain = entry.get("enum").is_none() && entry.get("scale").is_none() && entry.get("offset").is_none();
        let meaning = match entry.flag("signed").map_err(within)? {
            Some(true) => Meaning::Signed,
            None if width == 1 && plain => Meaning::Bool,
            _ => Meaning::Unsigned,
        };
        let number = Number { meaning, slice: Some(Slice { at, bits: width }), ..carrier };
        let unit = entry.text("unit").map_err(within)?.unwrap_or("").to_string();
        fields.push(Declared { name: format!("{name}.{own}"), unit, read: read(entry, number).map_err(within)? });
    }
    Ok(Part::Bits(fields, carrier.width()))
}

/// `["idle", "run"]` counts from 0; `{ 0 = "idle", 7 = "fault" }` says the numbers.
fn labels(setting: &Setting, number: Number) -> Result<Vec<(u64, String)>, SettingError> {
    if !matches!(number.kind(), Kind::U64 | Kind::I64) {
        return Err(SettingError::new("enum", Refusal::LabelsOfInteger));
    }
    let mut labels = Vec::new();
    match setting {
        Setting::List(list) => {
            for (index, label) in (0u64..).zip(list) {
                labels.push((index, label.text(&format!("enum[{index}]"))?.to_string()));
            }
        }
        Setting::Table(table) => {
            for (key, label) in &table.0 {
                let path = format!("enum.{key}");
                let bits = crate::Value::Text(key);
                let bits = number.bits_of(&bits).ok_or_else(|| SettingError::new(&path, Refusal::LabelValue))?;
                labels.push((bits, label.text(&path)?.to_string()));
            }
        }
        _ => return Err(SettingError::new("enum", Refusal::LabelsForm)),
    }
    labels.sort();
    Ok(labels)
}
