//! How a profile comes to be kept: what the user made of one replaces it, what comes from elsewhere replaces none.

use super::{Choice, Deleted, around_link, mistake, own, own_id, shipped, write};
use crate::words::say;
use session::Profile;
use session::profile::edit::{self, New};

/// A profile was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Another text that was kept under its name till now.
    pub replaced: Option<Deleted>,
}

/// What became of a profile that came from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept under its own name.
    New(String),
    /// Another one has its name: it is kept under this one.
    Beside(String),
    /// It was kept already, word for word, under this name.
    There(String),
}

/// Keeps a profile that the user made of one, in place of the one of the same name.
///
/// # Errors
/// A sentence: the mistake with its line, or that the browser does not keep it.
pub fn keep(text: &str) -> Result<Kept, String> {
    let id = own_id(&named(text)?);
    let mut own = own();
    let replaced = match own.iter().position(|(known, _)| *known == id) {
        Some(at) => {
            let before = std::mem::replace(&mut own[at].1, text.to_owned());
            (before != text).then(|| Deleted { at, id: id.clone(), text: before })
        }
        None => {
            own.push((id.clone(), text.to_owned()));
            None
        }
    };
    write(&own)?;
    Ok(Kept { id, replaced })
}

/// The text that is kept under the name of this one.
#[must_use]
pub fn of_its_name(text: &str) -> Option<String> {
    let id = own_id(&named(text).ok()?);
    own().into_iter().find(|(known, _)| *known == id).map(|(_, kept)| kept)
}

/// The id of the profile with this text: one that ships, else the one of the user's that has its name.
#[must_use]
pub fn id_of(text: &str) -> Option<String> {
    shipped_as(text).map(str::to_owned).or_else(|| {
        let id = own_id(&named(text).ok()?);
        own().into_iter().any(|(known, _)| known == id).then_some(id)
    })
}

/// The id of the profile that ships with this text, be it at another speed: a port's is remembered beside its profile.
#[must_use]
pub fn shipped_as(text: &str) -> Option<&'static str> {
    let but_speed = |text: &str| {
        let (head, link, rest) = around_link(text)?;
        let link: Vec<_> = link.lines().filter(|line| !line.starts_with("baud = ")).map(str::to_owned).collect();
        Some((head.to_owned(), link, rest.to_owned()))
    };
    let bare = but_speed(text);
    let same = |choice: &&Choice| choice.text == text || bare.is_some() && but_speed(&choice.text) == bare;
    shipped().iter().find(same).map(|choice| choice.id.as_str())
}

/// Keeps a profile that came from elsewhere beside those that are kept: where another one has its name, under a name with
/// a number. Returns its id too.
///
/// # Errors
/// A sentence: the mistake with its line, or that the browser does not keep it.
pub fn add(text: &str) -> Result<(String, Added), String> {
    let name = named(text)?;
    let mut own = own();
    let (text, added) = beside(&own, &name, text)?;
    let id = own_id(match &added {
        Added::New(name) | Added::Beside(name) | Added::There(name) => name,
    });
    if !matches!(added, Added::There(_)) {
        own.push((id.clone(), text));
        write(&own)?;
    }
    Ok((id, added))
}

/// The text as it can stand beside the profiles that are kept, and what is to be said of that.
fn beside(own: &[(String, String)], name: &str, text: &str) -> Result<(String, Added), String> {
    let of = |name: &str| own.iter().find(|(id, _)| *id == own_id(name)).map(|(_, text)| text);
    let (mut now, mut called) = (text.to_owned(), name.to_owned());
    // Of so many names one is free: each of the profiles has but one.
    for number in 2..own.len() + 3 {
        match of(&called) {
            Some(kept) if *kept == now => return Ok((now, Added::There(called))),
            Some(_) => {
                called = format!("{name} {number}");
                let renamed = edit::set(text, "", "name", Some(&New::Text(called.clone())));
                now = renamed.map_err(|why| why.say(crate::words::now()).to_owned())?;
            }
            None => break,
        }
    }
    Ok((now, if called == name { Added::New(called) } else { Added::Beside(called) }))
}

/// The name of a profile without a mistake.
fn named(text: &str) -> Result<String, String> {
    Profile::parse(text).map(|profile| profile.name).map_err(|error| mistake(error.line, say(&error.reason)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pump(rest: &str) -> String {
        format!("# of the bench\nname = \"Pump\" # its own\n{rest}")
    }

    #[test]
    fn one_that_ships_is_known_at_any_speed_and_not_with_anything_else_changed() {
        let pairs = shipped().iter().find(|choice| choice.id == "pairs").unwrap().text.as_str();
        assert_eq!(shipped_as(pairs), Some("pairs"));
        assert_eq!(shipped_as(&pairs.replace("115200", "9600")), Some("pairs"));
        assert_eq!(shipped_as(&pairs.replace("baud =", "dtr = true\nbaud =")), None);
        assert_eq!(shipped_as(&pairs.replace("\"pairs\"", "\"csv\"")), None);
        assert_eq!(shipped_as(""), None);
    }

    #[test]
    fn what_comes_from_elsewhere_replaces_no_profile_of_its_name() {
        let mut own = Vec::new();
        let mut take = |text: &str| {
            let (text, added) = beside(&own, "Pump", text).unwrap();
            if let Added::New(name) | Added::Beside(name) = &added {
                own.push((own_id(name), text));
            }
            (added, own.clone())
        };
        assert_eq!(take(&pump("a = 1\n")).0, Added::New("Pump".into()));
        assert_eq!(take(&pump("a = 1\n")).0, Added::There("Pump".into()));
        let (added, own) = take(&pump("a = 2\n"));
        assert_eq!(added, Added::Beside("Pump 2".into()));
        assert_eq!(own[0].1, pump("a = 1\n"), "the first stays as it was");
        assert_eq!(own[1].1, "# of the bench\nname = \"Pump 2\" # its own\na = 2\n");
        assert_eq!(take(&pump("a = 2\n")).0, Added::There("Pump 2".into()), "the same again is no third");
        assert_eq!(take(&pump("a = 3\n")).0, Added::Beside("Pump 3".into()));
    }
}
