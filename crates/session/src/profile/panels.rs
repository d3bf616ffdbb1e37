//! Where the panels of the console stand: the keys of `[layout]` that say so, read and written.

use super::read::Section;
use super::{Profile, ProfileError, suggest};
use crate::words::profile as words;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use toml::de::{DeTable, DeValue};

/// The panels there are, by the names that a profile calls them.
pub const PANELS: &[&str] = &[
    "Plot",
    "Values",
    "Terminal",
    "Commands",
    "Macros",
    "Transfer",
    "Rejected",
    "Profile",
    "Hex",
    "Dashboard",
    "Fleet",
];

/// Whether there is a panel of that name.
#[must_use]
pub const fn is_panel(name: &str) -> bool {
    let mut rest = PANELS;
    while let [known, others @ ..] = rest {
        if same(known.as_bytes(), name.as_bytes()) {
            return true;
        }
        rest = others;
    }
    false
}

const fn same(mut one: &[u8], mut other: &[u8]) -> bool {
    loop {
        match (one, other) {
            ([], []) => return true,
            ([a, one_rest @ ..], [b, other_rest @ ..]) if *a == *b => (one, other) = (one_rest, other_rest),
            _ => return false,
        }
    }
}

/// Where the panels stand. One that is named nowhere stands at its own place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panels {
    /// The panels of the upper left place, in the order of their tabs. So the others.
    pub upper_left: Vec<String>,
    /// Upper right.
    pub upper_right: Vec<String>,
    /// Lower left.
    pub lower_left: Vec<String>,
    /// Lower right.
    pub lower_right: Vec<String>,
    /// The panels that are closed.
    pub closed: Vec<String>,
    /// The panels that are in front of their places; else the first of each is.
    pub front: Vec<String>,
    /// Width of the right column, in CSS pixels.
    pub right_px: Option<u16>,
    /// Height of the lower left place, in CSS pixels.
    pub lower_left_px: Option<u16>,
    /// Height of the lower right place, in CSS pixels.
    pub lower_right_px: Option<u16>,
}

/// The keys of the lists, and of the sizes.
const LISTS: [&str; 6] = ["upper_left", "upper_right", "lower_left", "lower_right", "closed", "front"];
const SIZES: [&str; 3] = ["right_px", "lower_left_px", "lower_right_px"];

/// The keys of `[layout]` that are read here.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    LISTS.into_iter().chain(SIZES)
}

/// Reads them.
pub(super) fn read(section: &Section<'_>) -> Result<Panels, ProfileError> {
    let mut seen = BTreeSet::new();
    let known = |key: &str| {
        let names = section.checked_texts(key, |name| {
            if is_panel(name) {
                Ok(())
            } else {
                Err(words::with_hint(&words::panel(name), &suggest::among(name, PANELS)))
            }
        });
        names.map(Option::unwrap_or_default)
    };
    let mut list = |key: &str| {
        let names = known(key)?;
        match names.iter().find(|name| !seen.insert((*name).clone())) {
            Some(twice) => Err(section.error_at(key, words::panel_twice(twice))),
            None => Ok(names),
        }
    };
    let [upper_left, upper_right, lower_left, lower_right, closed, front] = LISTS;
    let (upper_left, upper_right) = (list(upper_left)?, list(upper_right)?);
    let (lower_left, lower_right, closed) = (list(lower_left)?, list(lower_right)?, list(closed)?);
    let front = known(front)?;
    let size = |key: &str| section.whole(key, 240, 8192);
    let [right, left_lower, right_lower] = SIZES;
    let (right_px, lower_left_px, lower_right_px) = (size(right)?, size(left_lower)?, size(right_lower)?);
    Ok(Panels {
        upper_left,
        upper_right,
        lower_left,
        lower_right,
        closed,
        front,
        right_px,
        lower_left_px,
        lower_right_px,
    })
}

impl Panels {
    /// The keys as lines of TOML; what says nothing is left out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut lines = String::new();
        let lists =
            [&self.upper_left, &self.upper_right, &self.lower_left, &self.lower_right, &self.closed, &self.front];
        for (key, names) in LISTS.into_iter().zip(lists) {
            if !names.is_empty() {
                let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                let _ = writeln!(lines, "{key} = [{}]", names.join(", "));
            }
        }
        for (key, size) in SIZES.into_iter().zip([self.right_px, self.lower_left_px, self.lower_right_px]) {
            if let Some(size) = size {
                let _ = writeln!(lines, "{key} = {size}");
            }
        }
        lines
    }

    /// Reads what [`Panels::to_toml`] wrote.
    ///
    /// # Errors
    /// As for a profile: the first mistake, with its line.
    pub fn parse(lines: &str) -> Result<Panels, ProfileError> {
        let source = super::Source::new(lines);
        let document = source.parse()?;
        let section = Section::root(&source, document.get_ref());
        section.only(&keys().collect::<Vec<_>>())?;
        read(&section)
    }

    /// A profile's text with these panels in its `[layout]`, everything else as it was, comments too.
    ///
    /// # Errors
    /// A text that is no profile, or one whose `[layout]` is written in another way than as a table of lines; why, as a
    /// sentence.
    pub fn write_into(&self, text: &str) -> Result<String, ProfileError> {
        let before = Profile::parse(text)?;
        let lines = without(text);
        let header = lines.lines().position(|line| line.trim_start().starts_with("[layout]"));
        let written = match header {
            Some(at) => {
                let mut out = String::new();
                for (index, line) in lines.split_inclusive('\n').enumerate() {
                    out.push_str(line);
                    if index == at {
                        if !line.ends_with('\n') {
                            out.push('\n');
                        }
                        out.push_str(&self.to_toml());
                    }
                }
                out
            }
            None if lines.is_empty() || lines.ends_with('\n') => format!("{lines}\n[layout]\n{}", self.to_toml()),
            None => format!("{lines}\n\n[layout]\n{}", self.to_toml()),
        };
        // Whatever the text looks like: only what says the same is given out.
        let as_meant = Profile::parse(&written)
            .ok()
            .filter(|after| after.panels == *self && after.layout == before.layout && after.name == before.name);
        as_meant.map(|_| written).ok_or_else(|| ProfileError::whole(words::layout_not_written()))
    }
}

/// The text without the lines of the panels' keys.
fn without(text: &str) -> String {
    let Ok(document) = DeTable::parse(text) else { return text.to_owned() };
    let layout = document.get_ref().iter().find(|(name, _)| name.get_ref() == "layout");
    let Some(DeValue::Table(table)) = layout.map(|(_, value)| value.get_ref()) else { return text.to_owned() };
    let ours = table.iter().filter(|(name, _)| keys().any(|key| key == name.get_ref()));
    let spans: Vec<_> = ours.map(|(name, value)| name.span().start..value.span().end).collect();
    let mut kept = String::new();
    let mut at = 0usize;
    for line in text.split_inclusive('\n') {
        let (from, to) = (at, at.saturating_add(line.len()));
        at = to;
        if !spans.iter().any(|span| span.start < to && span.end > from) {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
    use super::*;

    const PROFILE: &str = "name = \"x\"\n\n[link]\nkind = \"demo\"\n\n[protocol]\nname = \"text\"\n";

    fn panels() -> Panels {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Panels {
            upper_left: names(&["Terminal", "Plot"]),
            closed: names(&["Rejected"]),
            front: names(&["Plot"]),
            lower_left_px: Some(300),
            ..Panels::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert_eq!(Panels::parse(&panels().to_toml()), Ok(panels()));
        assert_eq!(Panels::parse(""), Ok(Panels::default()));
    }

    #[test]
    fn the_layout_is_written_into_a_profile_and_nothing_else_changes() {
        let written = panels().write_into(PROFILE).unwrap();
        assert_eq!(Profile::parse(&written).unwrap().panels, panels());
        assert!(written.starts_with(PROFILE));
        let kept = format!(
            "{PROFILE}# mine\n[layout] # shown\nspan_s = 5 # s\nupper_left = [\n  \"Values\", # here\n]\n# end\n"
        );
        let again = panels().write_into(&kept).unwrap();
        assert_eq!(
            again,
            format!(
                "{PROFILE}# mine\n[layout] # shown\nupper_left = [\"Terminal\", \"Plot\"]\nclosed = [\"Rejected\"]\n\
                 front = [\"Plot\"]\nlower_left_px = 300\nspan_s = 5 # s\n# end\n"
            )
        );
        assert_eq!(panels().write_into(&again).unwrap(), again);
        let bare = Panels::default().write_into(&again).unwrap();
        assert_eq!(Profile::parse(&bare).unwrap().panels, Panels::default());
    }

    #[test]
    fn a_layout_that_is_written_otherwise_is_left_alone() {
        let inline = PROFILE.replace("\n\n[link]", "\nlayout = { span_s = 5 }\n\n[link]");
        assert!(
            panels().write_into(&inline).unwrap_err().reason.to_string().contains("[layout] as a table of its own")
        );
        assert!(panels().write_into("name =").is_err());
    }

    #[test]
    fn s36_a_mistake_in_the_layout_has_its_line() {
        let layout = |lines: &str| Profile::parse(&format!("{PROFILE}[layout]\n{lines}")).unwrap_err();
        let unknown = layout("upper_left = [\"Plto\"]\n");
        assert_eq!(
            (unknown.line, unknown.reason.to_string().as_str()),
            (9, "there is no panel \"Plto\"; did you mean `Plot`?")
        );
        let twice = layout("upper_left = [\"Plot\"]\nclosed = [\"Plot\"]\n");
        assert_eq!((twice.line, twice.reason.to_string().as_str()), (10, "the panel \"Plot\" stands at two places"));
        assert_eq!(layout("right_px = 10\n").line, 9);
    }
}
