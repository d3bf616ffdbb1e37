//! `[[derived]]`: fields computed from others.

use super::ProfileError;
use super::names::Names;
use super::read::Section;
use crate::derive::{self, Derived, Expression};
use crate::words::profile as words;

/// Derived fields of a profile, at most.
const MOST: usize = 256;

/// All of them, each checked against what is declared and what is derived before it; their names are known from then on.
pub(super) fn read(root: &Section<'_>, names: &mut Names) -> Result<Vec<Derived>, ProfileError> {
    let mut all: Vec<Derived> = Vec::new();
    for section in root.sections("derived")? {
        section.only(&["message", "name", "unit", "expression"])?;
        if all.len() >= MOST {
            return Err(section.error(section.offset(), words::too_many_derived(MOST)));
        }
        let message = section.required_text("message")?;
        names.message(&message).map_err(|reason| section.error_at("message", reason))?;
        let name = section.required_text("name")?;
        if all.iter().any(|other| other.message == message && other.name == name) {
            return Err(section.error_at("name", words::derived_twice(&name)));
        }
        let text = section.required_text("expression")?;
        let expression = Expression::parse(&text).map_err(|error| section.error_at("expression", error.said()))?;
        for field in expression.fields() {
            let derived = all.iter().any(|other| other.message == message && other.name == *field);
            let declared = || names.field_of(&message, field);
            if !derived {
                declared().map_err(|reason| section.error_at("expression", reason))?;
            }
        }
        let unit = section.text("unit")?.unwrap_or_default();
        all.push(Derived { message, name, unit, expression });
    }
    for Derived { message, name, .. } in &all {
        names.add(&derive::message(message), name);
    }
    Ok(all)
}
