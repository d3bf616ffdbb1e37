//! What a profile is called, without reading all of it: a list of many has to be there at once.

use crate::screen::visible;
use toml::de::{DeTable, DeValue};

/// The name in a profile's text, as [`super::Profile::parse`] would find it; `None` where there is none. Nothing beyond
/// the head of the text, before its first table, is held against anything.
#[must_use]
pub fn title(text: &str) -> Option<String> {
    let head = text.split_inclusive('\n').take_while(|line| !line.trim_start().starts_with('[')).map(str::len).sum();
    // The bracket may have been within a text of several lines.
    text.get(..head).and_then(name).or_else(|| name(text))
}

fn name(text: &str) -> Option<String> {
    let document = DeTable::parse(text).ok()?;
    match document.get_ref().get("name")?.get_ref() {
        DeValue::String(name) => Some(visible(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::Profile;

    #[test]
    fn it_is_the_name_that_the_whole_profile_has() {
        let protocol = "[link]\nkind = \"serial\"\nbaud = 9600\n[protocol]\nname = \"text\"\n";
        for head in [
            "name = \"A\"\n",
            "# [not a table]\nabout = 'x'\nname = 'A b'\n",
            "about = \"\"\"\n[not a table]\n\"\"\"\nname = \"later\"\n",
            "name = \"\\u202Eevil\"\n",
            "tags = [\n  \"a\",\n]\nname = \"after\"\n",
        ] {
            let text = format!("{head}{protocol}");
            let whole = Profile::parse(&text).map(|profile| profile.name);
            assert!(whole.is_ok(), "{text}");
            assert_eq!(title(&text), whole.ok());
        }
    }

    #[test]
    fn a_name_in_a_table_is_none() {
        assert_eq!(title("[link]\nname = \"x\"\n"), None);
        assert_eq!(title("name = 3\n"), None);
        assert_eq!(title("= not TOML"), None);
    }
}
