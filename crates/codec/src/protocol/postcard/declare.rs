//! From the settings of a profile to types.

use super::kind::{Scalar, Type, Variant};
use crate::setting::{Named, Refusal, unknown};
use crate::{Setting, SettingError, Settings};
use alloc::boxed::Box;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Types within one another, at most.
const DEPTH: usize = 64;
const KEYS: &[&str] = &["name", "type", "unit", "of", "len", "fields", "variants", "key"];
const COMPOUND: &[&str] = &["unit", "option", "seq", "array", "tuple", "struct", "enum", "map"];

/// One kind of message.
pub(super) struct Message {
    pub(super) name: String,
    pub(super) id: u64,
    pub(super) fields: Rc<Type>,
}

/// The messages under `key`.
pub(super) fn messages(settings: &Settings, key: &str, discriminated: bool) -> Result<Vec<Message>, SettingError> {
    let list = settings.list(key)?;
    if list.len() > 1 && !discriminated {
        return Err(SettingError::new("discriminator", Refusal::DiscriminatorNeeded { example: "varint" }));
    }
    let mut messages: Vec<Message> = Vec::new();
    for (index, entry) in list.iter().enumerate() {
        let at = |error: SettingError| error.within(&format!("{key}[{index}]"));
        let message = message(entry.table("").map_err(at)?, discriminated).map_err(at)?;
        if messages.iter().any(|other| other.name == message.name) {
            return Err(at(SettingError::new("name", Refusal::MessageTwice { name: message.name })));
        }
        if discriminated && messages.iter().any(|other| other.id == message.id) {
            return Err(at(SettingError::new("id", Refusal::IdTwice { id: message.id.to_string() })));
        }
        messages.push(message);
    }
    Ok(messages)
}

fn message(table: &Settings, discriminated: bool) -> Result<Message, SettingError> {
    table.only(&["name", "id", "fields"])?;
    let name = table.text("name")?.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| SettingError::new("name", Refusal::MessageName))?;
    let id = match (discriminated, table.int("id")?) {
        (false, None) => 0,
        (false, Some(_)) => return Err(SettingError::new("id", Refusal::IdAlone)),
        (true, None) => return Err(SettingError::new("id", Refusal::IdNeeded)),
        (true, Some(id)) => u64::try_from(id).map_err(|_| SettingError::new("id", Refusal::IdNegative))?,
    };
    Ok(Message { name: name.to_string(), id, fields: Rc::new(fields(table, DEPTH)?) })
}

/// The fields of a struct.
fn fields(table: &Settings, depth: usize) -> Result<Type, SettingError> {
    let mut fields: Vec<(String, Type)> = Vec::new();
    for (index, field) in table.list("fields")?.iter().enumerate() {
        let at = |error: SettingError| error.within(&format!("fields[{index}]"));
        let table = field.table("").map_err(at)?;
        let name = table.text("name").map_err(at)?;
        let name =
            name.filter(|name| !name.is_empty()).ok_or_else(|| at(SettingError::new("name", Refusal::FieldName)))?;
        if fields.iter().any(|(other, _)| other == name) {
            return Err(at(SettingError::new("name", Refusal::FieldTwice { name: name.into() })));
        }
        fields.push((name.to_string(), table_type(table, depth).map_err(at)?));
    }
    Ok(Type::Struct(fields))
}

/// A type as text or as a table.
fn any(setting: &Setting, depth: usize) -> Result<Type, SettingError> {
    match setting {
        Setting::Text(name) => match Scalar::parse(name) {
            Some(scalar) => Ok(Type::Scalar(scalar, String::new())),
            None if name == "unit" => Ok(Type::Unit),
            None => Err(no_type(name)),
        },
        other => table_type(other.table("")?, depth),
    }
}

fn no_type(name: &str) -> SettingError {
    if COMPOUND.contains(&name) {
        return SettingError::new("", Refusal::TypeTable { name: name.into() });
    }
    SettingError::new(
        "",
        unknown(Named::Type, name, Scalar::NAMES.iter().map(|(name, _)| *name).chain(COMPOUND.iter().copied())),
    )
}

fn table_type(table: &Settings, depth: usize) -> Result<Type, SettingError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(SettingError::new("", Refusal::TypeDepth { most: DEPTH }));
    };
    table.only(KEYS)?;
    let name = table.text("type")?.ok_or_else(|| SettingError::new("type", Refusal::TypeNeeded))?;
    let of = || match table.get("of") {
        Some(of) => any(of, depth).map_err(|error| error.within("of")),
        None => Err(SettingError::new("of", Refusal::TypeOf { name: name.into() })),
    };
    Ok(match name {
        "unit" => Type::Unit,
        "option" => Type::Option(Box::new(of()?)),
        "seq" => Type::Seq(Rc::new(of()?)),
        "array" => {
            let len = table.int("len")?.and_then(|len| usize::try_from(len).ok()).filter(|len| *len <= 4096);
            let len = len.ok_or_else(|| SettingError::new("len", Refusal::ArrayLength))?;
            let of = of()?;
            Type::Tuple((0..len).map(|_| of.clone()).collect())
        }
        "tuple" => Type::Tuple(tuple(table.list("of")?, depth)?),
        "struct" => fields(table, depth)?,
        "enum" => Type::Enum(Rc::new(variants(table, depth)?)),
        "map" => {
            let key = table.get("key").map_or(Ok(Type::Scalar(Scalar::Str, String::new())), |key| any(key, depth));
            match key.map_err(|error| error.within("key"))? {
                Type::Scalar(key, _) => Type::Map(key, Rc::new(of()?)),
                _ => return Err(SettingError::new("key", Refusal::MapKey)),
            }
        }
        _ => match Scalar::parse(name) {
            Some(scalar) => Type::Scalar(scalar, table.text("unit")?.unwrap_or("").to_string()),
            None => return Err(no_type(name).within("type")),
        },
    })
}

fn tuple(list: &[Setting], depth: usize) -> Result<Vec<Type>, SettingError> {
    let one = |(index, of)| any(of, depth).map_err(|error: SettingError| error.within(&format!("of[{index}]")));
    list.iter().enumerate().map(one).collect()
}

/// `"idle"` has no data; `{ name, fields }`, `{ name, of = "u32" }` and `{ name, of = ["u8", "u8"] }` have.
fn variants(table: &Settings, depth: usize) -> Result<Vec<Variant>, SettingError> {
    let mut variants = Vec::new();
    for (index, variant) in table.list("variants")?.iter().enumerate() {
        let at = |error: SettingError| error.within(&format!("variants[{index}]"));
        let (name, data) = match variant {
            Setting::Text(name) => (name.as_str(), Type::Unit),
            other => {
                let table = other.table("").map_err(at)?;
                table.only(&["name", "of", "fields"]).map_err(at)?;
                let name = table.text("name").map_err(at)?;
                let data = match table.get("of") {
                    None if table.get("fields").is_none() => Ok(Type::Unit),
                    None => fields(table, depth),
                    Some(Setting::List(list)) => tuple(list, depth).map(Type::Tuple),
                    Some(of) => any(of, depth).map_err(|error| error.within("of")),
                };
                (name.ok_or_else(|| at(SettingError::new("name", Refusal::VariantName)))?, data.map_err(at)?)
            }
        };
        variants.push(Variant { name: name.into(), data });
    }
    if variants.is_empty() {
        return Err(SettingError::new("variants", Refusal::Variants));
    }
    Ok(variants)
}
