//! The profiles that ship with the console, and those the user brought.

mod kept;

use crate::browser::{dom, settings};
use crate::words::{device, profile as words};
pub use kept::{Added, Kept, add, id_of, keep, of_its_name, shipped_as};
use session::profile::edit::{self, New};
use session::profile::share;
use std::cell::RefCell;
use std::sync::OnceLock;

/// A profile to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable, used in addresses: its file's name without ending, or "own-" with the name of one that the user brought.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether the user brought it.
    pub own: bool,
}

impl Choice {
    /// What it is called where people read it: it may have a word for that in the language in force.
    #[must_use]
    pub fn shown_name(&self) -> String {
        device::session(&self.name, &self.text)
    }

    /// Whether it may be one for a device on a wire: all but those of others that are for a network.
    #[must_use]
    pub fn may_be_wired(&self) -> bool {
        self.own || around_link(&self.text).is_none_or(|(_, link, _)| link.contains("serial"))
    }
}

/// Adding a profile is a file in `profiles/` and a row here.
const SHIPPED: &[(&str, &str)] = &[
    ("text", include_str!("../profiles/text.toml")),
    ("pairs", include_str!("../profiles/pairs.toml")),
    ("teleplot", include_str!("../profiles/teleplot.toml")),
    ("csv", include_str!("../profiles/csv.toml")),
    ("logger", include_str!("../profiles/logger.toml")),
    ("json-lines", include_str!("../profiles/json-lines.toml")),
    ("json", include_str!("../profiles/json.toml")),
    ("demo", include_str!("../profiles/demo.toml")),
    ("firmware", include_str!("../profiles/firmware.toml")),
    ("airgradient", include_str!("../profiles/airgradient.toml")),
    ("razor-imu", include_str!("../profiles/razor-imu.toml")),
    ("nmea", include_str!("../profiles/nmea.toml")),
    ("ublox", include_str!("../profiles/ublox.toml")),
    ("pms5003", include_str!("../profiles/pms5003.toml")),
    ("sds011", include_str!("../profiles/sds011.toml")),
    ("mh-z19", include_str!("../profiles/mh-z19.toml")),
    ("ze08", include_str!("../profiles/ze08.toml")),
    ("pm1006", include_str!("../profiles/pm1006.toml")),
    ("tfmini", include_str!("../profiles/tfmini.toml")),
    ("a02yyuw", include_str!("../profiles/a02yyuw.toml")),
    ("ld2410", include_str!("../profiles/ld2410.toml")),
    ("ld19", include_str!("../profiles/ld19.toml")),
    ("wt901", include_str!("../profiles/wt901.toml")),
    ("cyton", include_str!("../profiles/cyton.toml")),
    ("msp", include_str!("../profiles/msp.toml")),
    ("ve-direct", include_str!("../profiles/ve-direct.toml")),
    ("openlog", include_str!("../profiles/openlog.toml")),
    ("shelly", include_str!("../profiles/shelly.toml")),
    ("tasmota", include_str!("../profiles/tasmota.toml")),
    ("tasmota-mqtt", include_str!("../profiles/tasmota-mqtt.toml")),
    ("zigbee2mqtt", include_str!("../profiles/zigbee2mqtt.toml")),
    ("openevse", include_str!("../profiles/openevse.toml")),
    ("wled", include_str!("../profiles/wled.toml")),
];

const OWN: &str = "profiles";

/// Every profile, those that ship first.
#[must_use]
pub fn all() -> Vec<Choice> {
    let own = own().into_iter().map(|(id, text)| choice(&id, &text, true));
    shipped().iter().cloned().chain(own).chain(LENT.with_borrow(Clone::clone)).collect()
}

/// Those that ship, their names read once.
fn shipped() -> &'static [Choice] {
    static READ: OnceLock<Vec<Choice>> = OnceLock::new();
    READ.get_or_init(|| SHIPPED.iter().map(|(id, text)| choice(id, text, false)).collect())
}

thread_local! {
    /// The profile of an address that the user chose to use without keeping it.
    static LENT: RefCell<Option<Choice>> = const { RefCell::new(None) };
    /// Of profiles that are kept without their secrets: what is kept, and the whole of it, for as long as the page is there.
    static WHOLE: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Makes a profile one to choose from until the page is closed; returns its id. It takes the place of the one before.
pub fn lend(name: &str, text: &str) -> String {
    let id = format!("shared-{:08x}", sum(text));
    let choice = Choice { id: id.clone(), name: name.to_owned(), text: text.to_owned(), own: false };
    LENT.set(Some(choice));
    id
}

/// A sum of a text (FNV-1a, 32 bits): only so that what is remembered of one is not taken for another.
#[must_use]
pub fn sum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The profile of that id.
#[must_use]
pub fn find(id: &str) -> Option<Choice> {
    let known = shipped().iter().find(|choice| choice.id == id).cloned();
    let known = known.or_else(|| LENT.with_borrow(Clone::clone).filter(|lent| lent.id == id));
    known.or_else(|| own().into_iter().find(|(own, _)| own == id).map(|(id, text)| choice(&id, &text, true)))
}

/// A profile that reads lines by another protocol. One that ships, its link set aside, becomes the one that ships for such
/// lines: then its name and what it says of itself are right, too. `None` where it is no TOML that can be changed so.
#[must_use]
pub fn reading_as(text: &str, protocol: &str) -> Option<String> {
    let of = |id: &str| shipped().iter().find(|choice| choice.id == id);
    let lines = of(&format!("{protocol}-lines")).or_else(|| of(protocol));
    let ours = around_link(text).and_then(|(before, link, after)| {
        let bare =
            |choice: &Choice| around_link(&choice.text).is_some_and(|(head, _, rest)| (head, rest) == (before, after));
        shipped().iter().any(bare).then_some(link)
    });
    if let (Some(lines), Some(link)) = (lines, ours)
        && let Some((head, _, rest)) = around_link(&lines.text)
    {
        return Some([head, link, rest].concat());
    }
    edit::set(text, "protocol", "name", Some(&New::Text(protocol.to_owned()))).ok()
}

/// What stands before a profile's link, the link, and what comes after.
fn around_link(text: &str) -> Option<(&str, &str, &str)> {
    let (head, rest) = text.split_at_checked(text.find("\n[link]\n")?)?;
    let (link, rest) = rest.split_at_checked(rest.match_indices("\n[").nth(1)?.0)?;
    Some((head, link, rest))
}

/// What a profile's file may be called.
pub const FILES: &str = ".toml,.ssproj,.json,.txt,application/toml,application/json,text/plain";

/// A profile of the user's that was deleted or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Its place among the user's, counted from 0.
    pub at: usize,
    id: String,
    text: String,
}

/// Deletes a profile of the user's. `None` where there is none of that id, or the browser does not let go of it.
pub fn delete(id: &str) -> Option<Deleted> {
    let mut own = own();
    let at = own.iter().position(|(known, _)| known == id)?;
    let (id, text) = own.remove(at);
    write(&own).ok()?;
    Some(Deleted { at, id, text })
}

/// Puts a profile back in its place that was deleted or replaced.
///
/// # Errors
/// That the browser does not keep it.
pub fn put_back(deleted: Deleted) -> Result<(), String> {
    let mut own = own();
    own.retain(|(known, _)| *known != deleted.id);
    own.insert(deleted.at.min(own.len()), (deleted.id, deleted.text));
    write(&own)
}

/// The name of the profile of that id; empty if it is not among these.
#[must_use]
pub fn name_of(choices: &[Choice], id: &str) -> String {
    choices.iter().find(|choice| choice.id == id).map_or_else(String::new, Choice::shown_name)
}

/// Keeps the user's profiles, without their secrets (S35), which are there until the page is left.
fn write(own: &[(String, String)]) -> Result<(), String> {
    let bare = |(id, text): &(String, String)| share::without_values(text).map(|bare| (id.clone(), bare)).ok();
    let bare: Option<Vec<_>> = own.iter().map(bare).collect();
    let kept = bare.is_some_and(|bare| {
        let kept = serde_json::to_string(&bare).is_ok_and(|json| settings::write(OWN, &json));
        let whole = own.iter().zip(bare).filter(|((_, text), (_, bare))| text != bare);
        WHOLE.set(whole.map(|((_, text), (_, bare))| (bare, text.clone())).collect());
        kept
    });
    kept.then_some(()).ok_or_else(|| words::storage().to_owned())
}

/// What an earlier release kept with its secrets is kept without them from now on.
pub fn forget_secrets() {
    let own = own();
    if own.iter().any(|(_, text)| share::without_values(text).is_ok_and(|bare| bare != *text)) {
        // Where the browser writes nothing, nothing is to be done.
        let _ = write(&own);
    }
}

/// The id of a profile of the user's: by its whole name, in whatever script, so that two of them never share one. It goes
/// into addresses and lines, so a break in the name counts as a space.
fn own_id(name: &str) -> String {
    format!("own-{}", name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The user's profiles with their ids. One that was kept under a shortened name goes by its whole name now.
fn own() -> Vec<(String, String)> {
    let kept: Option<Vec<(String, String)>> = settings::read(OWN).and_then(|json| serde_json::from_str(&json).ok());
    let named = |(id, text): (String, String)| match session::profile::title(&text) {
        Some(name) => (own_id(&name), text),
        None => (id, text),
    };
    let whole = |(id, text): (String, String)| {
        let whole =
            WHOLE.with_borrow(|whole| whole.iter().find(|(bare, _)| *bare == text).map(|(_, whole)| whole.clone()));
        (id, whole.unwrap_or(text))
    };
    kept.unwrap_or_default().into_iter().map(whole).map(named).collect()
}

fn choice(id: &str, text: &str, own: bool) -> Choice {
    let name = session::profile::title(text).unwrap_or_else(|| id.to_owned());
    Choice { id: id.to_owned(), name, text: text.to_owned(), own }
}

/// A profile's name as a file's: its own letters, in whatever script; what file systems do not take, or what would hide,
/// is a hyphen.
#[must_use]
pub fn file_stem(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '+') { c } else { '-' };
    let letters: String = name.chars().flat_map(char::to_lowercase).map(plain).collect();
    // A name of two dots is another folder, one that begins with a dot is hidden.
    let parts = letters.split('-').map(|part| part.trim_matches('.')).filter(|part| !part.is_empty());
    let mut stem = String::new();
    for c in parts.collect::<Vec<_>>().join("-").chars() {
        // The common limit is 255 bytes, with the ending.
        if stem.len() + c.len_utf8() > 200 {
            break;
        }
        stem.push(c);
    }
    // Windows keeps these for devices.
    let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
        || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(|rest| rest.len() == 1);
    if stem.is_empty() || device { format!("profile-{stem}").trim_end_matches('-').to_owned() } else { stem }
}

/// The name of a profile's file.
#[must_use]
pub fn file_name(text: &str) -> String {
    let stem = session::profile::title(text).map_or_else(|| "profile".to_owned(), |name| file_stem(&name));
    format!("{stem}.toml")
}

/// A profile's text for a file: its first line tells editors where its schema is.
#[must_use]
pub fn exported(text: &str) -> String {
    if text.starts_with("#:schema") {
        text.to_owned()
    } else {
        format!("#:schema {}profile.schema.json\n{text}", dom::base())
    }
}

/// A profile's mistake in words; line 0 is the whole of it.
#[must_use]
pub fn mistake(line: u32, reason: &str) -> String {
    if line == 0 { words::mistake_whole(reason) } else { words::mistake(line, reason) }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, file_stem, own_id, reading_as, shipped};
    use session::link::Link;
    use session::profile::{Profile, title};

    #[test]
    fn a_file_name_keeps_its_letters_and_nothing_that_file_systems_refuse() {
        assert_eq!(file_stem("Motor drive (rev. C)"), "motor-drive-rev-c");
        assert_eq!(file_stem("Датчик №3 / Größe"), "датчик-3-größe");
        assert_eq!(file_stem("传感器 2.5"), "传感器-2.5");
        assert_eq!(file_stem("../\u{202e}"), "profile");
        assert_eq!(file_stem("COM1"), "profile-com1");
        let long = file_stem(&"ж".repeat(300));
        assert!(long.len() <= 200 && long.starts_with('ж'));
    }

    #[test]
    fn what_is_read_otherwise_is_called_otherwise_unless_it_has_a_name_of_its_own() {
        let plain = SHIPPED[0].1.replace("115200", "57600");
        for (protocol, name) in
            [("pairs", "Name and value pairs"), ("json", "JSON, one object a line"), ("teleplot", "Teleplot lines")]
        {
            let read = reading_as(&plain, protocol).unwrap();
            assert_eq!(title(&read).as_deref(), Some(name));
            assert!(read.contains("baud = 57600") && !read.contains("115200"), "{read}");
            let profile = Profile::parse(&read).unwrap();
            assert_eq!(profile.protocol, protocol);
        }
        let named = plain.replace("Plain text", "My board");
        let read = reading_as(&named, "pairs").unwrap();
        assert_eq!(read, named.replace("name = \"text\"", "name = \"pairs\""));
    }

    #[test]
    fn what_is_for_a_network_is_not_offered_for_a_wire() {
        for choice in shipped() {
            let wired = matches!(Profile::parse(&choice.text).unwrap().link, Link::Serial(_));
            assert_eq!(choice.may_be_wired(), wired, "{}", choice.id);
        }
    }

    #[test]
    fn profiles_of_different_names_have_different_ids() {
        let ids: std::collections::BTreeSet<_> =
            ["Датчик", "传感器", "Größe", "GröBe", "a-b", "a b", "A b"].map(own_id).into();
        assert_eq!(ids.len(), 7, "{ids:?}");
        assert_eq!(own_id(" two\nlines "), "own-two lines");
    }
}
