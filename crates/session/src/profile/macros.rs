//! `[[macros]]`: steps done one after the other.

use super::ProfileError;
use super::command::Command;
use super::read::Section;
use crate::script::Script;
use crate::words::profile as words;

/// Steps by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Its name, unique in the profile.
    pub name: String,
    /// Its lines, as [`Script`] reads them.
    pub steps: String,
}

pub(super) fn read(root: &Section<'_>, commands: &[Command]) -> Result<Vec<Macro>, ProfileError> {
    let mut macros: Vec<Macro> = Vec::new();
    for section in root.sections("macros")? {
        section.only(&["name", "steps"])?;
        let name = section.required_shown("name")?;
        if macros.iter().any(|other| other.name == name) {
            return Err(section.error_at("name", words::macro_twice(&name)));
        }
        if section.is_list("steps") {
            return Err(section.error_at("steps", words::steps_are_text()));
        }
        let steps = section.required_text("steps")?;
        let script = Script::parse(&steps).and_then(|script| script.check_commands(commands));
        script.map_err(|error| section.error_in("steps", error.line, error.reason))?;
        macros.push(Macro { name, steps });
    }
    Ok(macros)
}
