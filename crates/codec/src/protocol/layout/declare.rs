//! From the settings of a profile to plans.

mod flow;
mod numbers;

use super::plan::{At, Plan, Read, Sum};
use crate::checksum::Checksum;
use crate::protocol::discover::FIELDS;
use crate::protocol::number::Number;
use crate::schema::OwnedSchema;
use crate::setting::{Named, Refusal, unescape, unknown};
use crate::{Kind, Setting, SettingError, Settings};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

const FIELD_KEYS: &[&str] = &[
    "name",
    "type",
    "endian",
    "unit",
    "scale",
    "offset",
    "enum",
    "count",
    "value",
    "discriminator",
    "algorithm",
    "from",
    "to",
    "bits",
    "fields",
    "length",
    "until",
];
const TYPES: &[&str] = &[
    "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48", "i56", "i64",
    "f32", "f64", "bool", "text", "bytes", "pad", "const", "checksum", "group",
];
/// No frame is longer, so no message is.
const LONGEST: usize = 0x100_0000;

/// A field without its place.
struct Declared {
    name: String,
    unit: String,
    read: Read,
}

/// One part of a message, in the order of the wire.
enum Part {
    Field(Declared),
    /// Several fields in the bits of one integer, so many bytes long.
    Bits(Vec<Declared>, usize),
    Discriminator(Number),
    Pad(usize),
    Constant(Vec<u8>),
    Sum {
        checksum: Checksum,
        big: bool,
        from: usize,
        to: Option<usize>,
    },
}

impl Part {
    /// `None`: what the other parts leave.
    fn len(&self) -> Option<usize> {
        match self {
            Self::Field(field) => match &field.read {
                Read::Number(number) | Read::Scaled(number, _) | Read::Label(number, _) => Some(number.width()),
                Read::Text(len) | Read::Bytes(len) => *len,
            },
            Self::Discriminator(number) => Some(number.width()),
            Self::Bits(_, len) | Self::Pad(len) => Some(*len),
            Self::Constant(bytes) => Some(bytes.len()),
            Self::Sum { checksum, .. } => Some(checksum.bytes()),
        }
    }
}

pub(super) fn endian(settings: &Settings, key: &str, default: bool) -> Result<bool, SettingError> {
    Ok(settings.choice(key, &[("little", false), ("big", true)])?.unwrap_or(default))
}

/// A whole number of at least `min`, at most [`LONGEST`].
fn size(settings: &Settings, key: &str, min: usize) -> Result<Option<usize>, SettingError> {
    let Some(value) = settings.int(key)? else { return Ok(None) };
    let fits = usize::try_from(value).ok().filter(|value| (min..=LONGEST).contains(value));
    fits.map(Some).ok_or_else(|| SettingError::new(key, Refusal::range(min, LONGEST, None)))
}

pub(super) fn checksum(settings: &Settings, key: &str) -> Result<Option<Checksum>, SettingError> {
    let Some(name) = settings.text(key)? else { return Ok(None) };
    let found = Checksum::find(name);
    found.map(Some).ok_or_else(|| SettingError::new(key, unknown(Named::Checksum, name, Checksum::names())))
}

/// The messages under `key`, each with `header` in front.
pub(super) fn messages(settings: &Settings, key: &str, header: &[Setting]) -> Result<Vec<Plan>, SettingError> {
    let big = endian(settings, "endian", false)?;
    let list = settings.list(key)?;
    let mut plans: Vec<Plan> = Vec::new();
    for (index, message) in list.iter().enumerate() {
        let at = |error: SettingError| error.within(&format!("{key}[{index}]"));
        let table = message.table("").map_err(at)?;
        let plan = plan(table, index, header, settings, big).map_err(at)?;
        if list.len() > 1 && plan.discriminator.is_none() {
            return Err(SettingError::new("discriminator", Refusal::DiscriminatorNeeded { example: "u8" }));
        }
        if let Some(other) = plans.iter().find(|other| other.discriminator != plan.discriminator) {
            let reason = Refusal::DiscriminatorMoves { other: other.name.clone() };
            return Err(at(SettingError::new("fields", reason)));
        }
        if plan.discriminator.is_some() && plans.iter().any(|other| other.id == plan.id) {
            return Err(at(SettingError::new("id", Refusal::IdTwice { id: plan.id.cast_signed().to_string() })));
        }
        if plans.iter().any(|other| other.name == plan.name) {
            return Err(at(SettingError::new("name", Refusal::MessageTwice { name: plan.name })));
        }
        plans.push(plan);
    }
    Ok(plans)
}

fn plan(table: &Settings, index: usize, header: &[Setting], outer: &Settings, big: bool) -> Result<Plan, SettingError> {
    table.only(&["name", "id", "fields", "endian"])?;
    let name = table.text("name")?.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| SettingError::new("name", Refusal::MessageName))?;
    let big = endian(table, "endian", big)?;
    let mut parts = Vec::new();
    let lists = [("header", header), ("fields", table.list("fields")?)];
    if let Some(discriminator) = outer.get("discriminator") {
        parts.push(Part::Discriminator(self::discriminator(discriminator, endian(outer, "endian", false)?)?));
    }
    let flowing = lists.iter().any(|(_, list)| flow::flows(list));
    for (key, list) in lists.iter().filter(|_| !flowing) {
        for (index, field) in list.iter().enumerate() {
            // A mistake in the header is reported at the message that is read first.
            let at = |error: SettingError| error.within(&format!("{key}[{index}]"));
            self::field(field.table("").map_err(at)?, big, &mut parts).map_err(at)?;
        }
    }
    let mut plan = match flowing {
        true => flow::plan(parts, lists, big, index, name)?,
        false => place(parts, index, name)?,
    };
    let id = table.int("id")?;
    plan.id = match (plan.discriminator, id) {
        (None, None) => 0,
        (None, Some(_)) => return Err(SettingError::new("id", Refusal::IdAlone)),
        (Some(_), None) => return Err(SettingError::new("id", Refusal::IdNeeded)),
        (Some((_, number)), Some(id)) => {
            number.bits_of(&crate::Value::I64(id)).ok_or_else(|| SettingError::new("id", Refusal::IdTooLarge { id }))?
        }
    };
    Ok(plan)
}

fn discriminator(setting: &Setting, big: bool) -> Result<Number, SettingError> {
    let name = setting.text("discriminator")?;
    Number::parse(name, big)
        .filter(|number| matches!(number.kind(), Kind::U64 | Kind::I64))
        .ok_or_else(|| SettingError::new("discriminator", unknown(Named::Type, name, ["u8", "u16", "u32"].into_iter())))
}

fn field(table: &Settings, big: bool, parts: &mut Vec<Part>) -> Result<(), SettingError> {
    table.only(FIELD_KEYS)?;
    let kind = table.text("type")?.ok_or_else(|| SettingError::new("type", Refusal::FieldType))?;
    let big = endian(table, "endian", big)?;
    let count = size(table, "count", 1)?;
    let name = table.text("name")?.unwrap_or("");
    let unit = table.text("unit")?.unwrap_or("");
    let named = |read| Part::Field(Declared { name: name.to_string(), unit: unit.to_string(), read });
    let part = match kind {
        "pad" => Part::Pad(count.unwrap_or(1)),
        "const" => {
            let bytes = table.text("value")?.and_then(unescape).filter(|bytes| !bytes.is_empty());
            Part::Constant(bytes.ok_or_else(|| SettingError::new("value", Refusal::Constant))?)
        }
        "checksum" => Part::Sum {
            checksum: checksum(table, "algorithm")?
                .ok_or_else(|| SettingError::new("algorithm", Refusal::Algorithm))?,
            big,
            from: size(table, "from", 0)?.unwrap_or(0),
            to: size(table, "to", 0)?,
        },
        _ if name.is_empty() && !matches!(table.flag("discriminator")?, Some(true)) => {
            return Err(SettingError::new("name", Refusal::FieldOrPad));
        }
        "group" => return group(table, big, name, count, parts),
        "text" => named(Read::Text(count)),
        "bytes" => named(Read::Bytes(count)),
        _ => {
            let number = Number::parse(kind, big)
                .ok_or_else(|| SettingError::new("type", unknown(Named::Type, kind, TYPES.iter().copied())))?;
            return numbers::numbers(table, number, name, unit, count, parts);
        }
    };
    parts.push(part);
    Ok(())
}

/// Fields under one name, `count` times.
fn group(
    table: &Settings,
    big: bool,
    name: &str,
    count: Option<usize>,
    parts: &mut Vec<Part>,
) -> Result<(), SettingError> {
    let fields = table.list("fields")?;
    if fields.is_empty() {
        return Err(SettingError::new("fields", Refusal::Group));
    }
    for index in 0..count.unwrap_or(1) {
        let prefix = if count.is_some() { format!("{name}.{index}.") } else { format!("{name}.") };
        for (index, declared) in fields.iter().enumerate() {
            let at = |error: SettingError| error.within(&format!("fields[{index}]"));
            let before = parts.len();
            field(declared.table("").map_err(at)?, big, parts).map_err(at)?;
            if parts.len() > FIELDS {
                return Err(too_many());
            }
            for part in parts.iter_mut().skip(before) {
                match part {
                    Part::Field(field) => field.name.insert_str(0, &prefix),
                    Part::Bits(fields, _) => fields.iter_mut().for_each(|field| field.name.insert_str(0, &prefix)),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

fn too_many() -> SettingError {
    SettingError::new("count", Refusal::MostFields { most: FIELDS })
}

/// Gives every part its place.
fn place(parts: Vec<Part>, index: usize, name: &str) -> Result<Plan, SettingError> {
    let error = |reason: Refusal| Err(SettingError::new("fields", reason));
    let mut plan = Plan {
        reads: Vec::new(),
        constants: Vec::new(),
        sums: Vec::new(),
        discriminator: None,
        id: 0,
        len: parts.iter().filter_map(Part::len).fold(0, usize::saturating_add),
        variable: false,
        schema: OwnedSchema::new(index, name),
        name: name.to_string(),
        flow: None,
    };
    if plan.len > LONGEST {
        return error(Refusal::LongMessage);
    }
    let mut declared: Vec<(At, Declared)> = Vec::new();
    let mut before = 0;
    for part in parts {
        let at = if plan.variable { At::End(plan.len - before) } else { At::Start(before) };
        let len = part.len();
        if len.is_none() && core::mem::replace(&mut plan.variable, true) {
            return error(Refusal::RestTwice);
        }
        before += len.unwrap_or(0);
        match part {
            Part::Field(field) => declare(at, vec![field], &mut declared)?,
            Part::Bits(bits, _) => declare(at, bits, &mut declared)?,
            Part::Discriminator(number) => match at {
                At::Start(at) if plan.discriminator.is_none() => plan.discriminator = Some((at, number)),
                At::Start(_) => return error(Refusal::DiscriminatorTwice),
                At::End(_) => return error(Refusal::DiscriminatorBehind),
            },
            Part::Pad(_) => {}
            Part::Constant(bytes) => plan.constants.push((at, bytes)),
            Part::Sum { checksum, big, from, to } => {
                let own = match at {
                    At::Start(own) => own,
                    At::End(_) => before,
                };
                if from > to.unwrap_or(own) || to.is_some_and(|to| to > plan.len) {
                    return error(Refusal::ChecksumBeyond);
                }
                plan.sums.push(Sum { at, checksum, big, from, to });
            }
        }
    }
    for (at, field) in declared {
        plan.schema.extend([(field.name, field.read.kind(), field.unit)]);
        plan.reads.push((at, field.read));
    }
    Ok(plan)
}

/// Adds fields at a place; no two have one name.
fn declare(at: At, fields: Vec<Declared>, declared: &mut Vec<(At, Declared)>) -> Result<(), SettingError> {
    for field in fields {
        if declared.iter().any(|(_, other)| other.name == field.name) {
            return Err(SettingError::new("fields", Refusal::FieldTwice { name: field.name }));
        }
        declared.push((at, field));
    }
    Ok(())
}
