//! `[protocol]` as the codec's settings, and the way back from a refused setting to its place in the text.

use super::ProfileError;
use super::read::{Section, number};
use crate::words::{Said, profile as words};
use codec::{Setting, Settings};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// All entries but `except`, in the order they were written.
pub(super) fn settings(section: &Section<'_>, except: &str) -> Result<Settings, ProfileError> {
    let mut all = table(section, section.table())?;
    all.0.retain(|(key, _)| key != except);
    Ok(all)
}

fn table(section: &Section<'_>, table: &DeTable<'_>) -> Result<Settings, ProfileError> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut settings = Vec::new();
    for (key, value) in entries {
        settings.push((key.get_ref().to_string(), setting(section, value)?));
    }
    Ok(Settings(settings))
}

fn setting(section: &Section<'_>, value: &Spanned<DeValue<'_>>) -> Result<Setting, ProfileError> {
    let refuse = |reason: Said| section.error(value.span().start, reason);
    Ok(match value.get_ref() {
        DeValue::Boolean(truth) => Setting::Bool(*truth),
        DeValue::String(text) => Setting::Text(text.to_string()),
        DeValue::Integer(integer) => {
            let whole = i64::from_str_radix(integer.as_str(), integer.radix());
            Setting::Int(whole.map_err(|_| refuse(words::int_size()))?)
        }
        DeValue::Float(_) => Setting::Float(number(value.get_ref()).ok_or_else(|| refuse(words::not_a_number()))?),
        DeValue::Array(items) => {
            let items: Result<Vec<Setting>, ProfileError> = items.iter().map(|item| setting(section, item)).collect();
            Setting::List(items?)
        }
        DeValue::Table(inner) => Setting::Table(table(section, inner)?),
        DeValue::Datetime(_) => return Err(refuse(words::no_date())),
    })
}

/// Where in the text the setting at a path begins ("messages[0].fields[2].type"), and the key that is missing there.
/// Where the path goes further than the text does, the place is that of what should hold it.
pub(super) fn place_of<'p>(section: &Section<'_>, path: &'p str) -> (usize, &'p str) {
    let mut offset = section.offset();
    let Some((mut value, mut rest)) = entry(section.table(), path) else { return (offset, first(path)) };
    loop {
        // What every message begins with is written once.
        if let Some(header) = rest.strip_prefix('.').filter(|rest| rest.starts_with("header[")) {
            return place_of(section, header);
        }
        offset = value.span().start;
        let next = match (value.get_ref(), rest.strip_prefix('[')) {
            (DeValue::Array(items), Some(inside)) => inside.split_once(']').and_then(|(index, rest)| {
                let item = items.get(index.parse::<usize>().ok()?)?;
                Some((item, rest))
            }),
            (DeValue::Table(table), _) => rest.strip_prefix('.').and_then(|rest| entry(table, rest)),
            _ => None,
        };
        match next {
            Some(found) => (value, rest) = found,
            None => return (offset, first(rest.trim_start_matches('.'))),
        }
    }
}

/// The key that a path begins with.
fn first(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}

/// The entry a path begins with, and the rest of the path. A key may itself hold dots: the longest that fits wins.
fn entry<'t, 'd, 'p>(table: &'t DeTable<'d>, path: &'p str) -> Option<(&'t Spanned<DeValue<'d>>, &'p str)> {
    let fits = |key: &str| path.strip_prefix(key).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let candidates = table.iter().filter_map(|(key, value)| Some((key.get_ref().len(), value, fits(key.get_ref())?)));
    candidates.max_by_key(|(len, ..)| *len).map(|(_, value, rest)| (value, rest))
}
