//! The controls of a profile's form: a label, a field for a value of the text, and what is wrong with it.

use super::document::{Document, list, number, numbers, path_of};
use super::known::{known, shown_if};
use super::values::{Kind, Offer, Value};
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::{profile_form as words, setting};
use leptos::prelude::*;
use session::profile::edit::New;

/// The values of a table; those that belong to another choice are not shown.
pub(super) fn fields(document: Document, table: &str, values: &'static [Value]) -> AnyView {
    let one = |value: &'static Value| {
        let table = table.to_owned();
        if value.when.is_none() {
            return field(document, table, *value, values);
        }
        let allowed = {
            let table = table.clone();
            known(move || has(document, &table, value))
        };
        shown_if(allowed, move || field(document, table.clone(), *value, values))
    };
    values.iter().map(one).collect_view().into_any()
}

/// Whether a table has what belongs to some words under another key of it.
pub(super) fn allows(document: Document, table: &str, when: Option<(&str, &[&str])>) -> bool {
    when.is_none_or(|(key, words)| {
        let said = document.shown(&key.strip_prefix('/').map_or_else(|| path_of(table, key), str::to_owned));
        if words.is_empty() { !said.is_empty() } else { words.contains(&said.as_str()) }
    })
}

/// Whether a table has a value as things are. What is there although what it belongs to has gone must be within reach.
fn has(document: Document, table: &str, value: &Value) -> bool {
    let left = || {
        value.when.is_some_and(|(_, words)| words.is_empty()) && !document.source(&path_of(table, value.key)).is_empty()
    };
    allows(document, table, value.when) || left()
}

/// The keys that a table has as things are.
pub(super) fn keys(document: Document, table: &str, values: &[Value]) -> Vec<&'static str> {
    values.iter().filter(|value| has(document, table, value)).map(|value| value.key).collect()
}

/// A value with its label and, under it, what is wrong with it.
fn field(document: Document, table: String, value: Value, among: &'static [Value]) -> AnyView {
    let holder = table.clone();
    let control = match value.kind {
        Kind::Choice(words) => choice(document, table, value.key, words, setting::option, among),
        Kind::Flag => choice(document, table, value.key, &["", "true", "false"], flag_word, among),
        kind => typed(document, table, value.key, kind, value.usual),
    };
    labelled(document, &holder, value.key, (value.label)(), value.note.map(|note| note()), among, control)
}

fn flag_word(_: &str, word: &'static str) -> &'static str {
    if word == "true" { words::yes() } else { words::no() }
}

/// The id of a value's control.
pub(super) fn id_of(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("form-{}", path.chars().map(plain).collect::<String>())
}

/// A control with its label and, under it, what is wrong with its value.
pub(super) fn labelled(
    document: Document,
    table: &str,
    key: &'static str,
    label: &'static str,
    note: Option<&'static str>,
    among: &'static [Value],
    control: AnyView,
) -> AnyView {
    let (id, table) = (id_of(&path_of(table, key)), table.to_owned());
    let said = move || document.mistake(&table, key).map(|said| remark::Remark::Wrong(by_label(&said, among)));
    let remark = known(said).into();
    let said = format!("{id}-said");
    whole(view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            {control}
            <div id=said>
                <RemarkPlace role="status" remark/>
                {note.map(|note| view! { <p class="field-note">{note}</p> })}
            </div>
        </div>
    })
}

/// What is wrong, for someone who sees labels and no keys: a sentence puts keys between backticks.
pub(super) fn by_label(said: &str, among: &[Value]) -> String {
    let label = |key: &str| {
        let known = among.iter().find(|value| value.key == key).map(|value| (value.label)());
        // A table's name stands with its brackets, and is seen to below.
        let table = || (key.starts_with('[') && key.ends_with(']')).then(|| key.to_owned());
        known.map(words::label_quoted).or_else(table).unwrap_or_else(|| format!("`{key}`"))
    };
    let parts: Vec<&str> = said.split('`').collect();
    let last = parts.len().saturating_sub(1);
    // What stands between two backticks is every other part. One that has no partner stays.
    let part = |(at, part): (usize, &&str)| match at % 2 == 1 {
        true if at == last => format!("`{part}"),
        true => label(part),
        false => (*part).to_owned(),
    };
    let said: String = parts.iter().enumerate().map(part).collect();
    super::form::tables()
        .fold(said, |said, (table, title)| said.replace(&format!("[{table}]"), &words::label_quoted(title)))
}

/// What a field shows of a value.
fn shown(document: Document, path: &str, kind: Kind) -> String {
    match kind {
        Kind::Toml => document.source(path),
        // A comma in a text would part it in two, and a table is no text.
        Kind::Texts if document.has_commas(path) => document.source(path),
        Kind::Texts | Kind::Numbers if document.count(path) > 0 => document.items(path),
        Kind::Lines => document.shown(path).trim_end().to_owned(),
        _ => document.shown(path),
    }
}

/// What was typed, as a value of the text.
fn read(typed: String, kind: Kind) -> Option<New> {
    match kind {
        Kind::Number => number(&typed),
        Kind::Numbers => numbers(&typed),
        Kind::Texts if typed.trim_start().starts_with('[') => Some(New::Number(typed.trim().to_owned())),
        Kind::Texts => list(&typed),
        Kind::Toml => Some(typed.trim()).filter(|typed| !typed.is_empty()).map(|typed| New::Number(typed.to_owned())),
        Kind::Lines => Some(New::Lines(format!("{}\n", typed.trim_end()))),
        Kind::Needed | Kind::Offered(_) => Some(New::Text(typed)),
        _ => (!typed.is_empty()).then_some(New::Text(typed)),
    }
}

/// A field to type into.
pub(super) fn typed(document: Document, table: String, key: &'static str, kind: Kind, usual: &'static str) -> AnyView {
    let path = path_of(&table, key);
    let id = id_of(&path);
    let said = format!("{id}-said");
    let invalid = {
        let table = table.clone();
        move || document.mistake(&table, key).is_some().to_string()
    };
    let shown = known(move || shown(document, &path, kind));
    let changed = move |event| {
        document.set(&table, key, read(event_target_value(&event), kind));
    };
    if kind == Kind::Lines {
        let rows = move || shown.with(|shown| shown.lines().count().clamp(3, 14)).to_string();
        return whole(view! {
            <textarea class="field-box form-lines" id=id rows=rows wrap="off" autocomplete="off" autocapitalize="off" spellcheck="false"
                aria-describedby=said aria-invalid=invalid prop:value=move || shown.get() on:change=changed></textarea>
        });
    }
    let offered = if let Kind::Offered(offer) | Kind::Picked(offer) = kind { Some(offer.id()) } else { None };
    whole(view! {
        <input class="field-box" type="text" id=id list=offered placeholder=usual autocomplete="off" spellcheck="false"
            aria-describedby=said aria-invalid=invalid prop:value=move || shown.get() on:change=changed/>
    })
}

/// One of some words. What the text says and is none of them is offered too: it is not to be lost.
fn choice(
    document: Document,
    table: String,
    key: &'static str,
    options: &'static [&'static str],
    word: fn(&str, &'static str) -> &'static str,
    among: &'static [Value],
) -> AnyView {
    let path = path_of(&table, key);
    let id = id_of(&path);
    let said = format!("{id}-said");
    let invalid = {
        let table = table.clone();
        move || document.mistake(&table, key).is_some().to_string()
    };
    let shown = known(move || document.shown(&path));
    let usual = options.first().copied().unwrap_or_default();
    let chosen = move || shown.with(|shown| if shown.is_empty() { usual.to_owned() } else { shown.clone() });
    let numbers = options.iter().all(|option| option.parse::<i64>().is_ok());
    let changed = move |event| {
        let choice: String = event_target_value(&event);
        let plain = numbers || choice == "true" || choice == "false";
        let new = if plain { New::Number(choice.clone()) } else { New::Text(choice.clone()) };
        // What is usual is not written unless something stood there.
        let usual = choice == usual && (choice.is_empty() || shown.with_untracked(String::is_empty));
        document.set(&table, key, (!usual).then_some(new));
        // What belonged to the other choice goes with it.
        let known = |other: &str| {
            let mut all = among.iter().filter(|value| value.key == other).peekable();
            all.peek().is_none() || all.any(|value| allows(document, &table, value.when))
        };
        if among.iter().any(|value| value.when.is_some_and(|(by, _)| by == key)) {
            document.retain(&table, known);
        }
    };
    let option = move |(one, name): (String, String)| {
        let value = one.clone();
        view! { <option value=value prop:selected=move || chosen() == one>{name}</option> }
    };
    let named = move |one: &'static str| {
        let name = if one.is_empty() { words::not_said() } else { word(key, one) };
        (one.to_owned(), name.to_owned())
    };
    let other = move || shown.get_untracked();
    let all = move || {
        let other = Some(other()).filter(|other| !other.is_empty() && !options.contains(&other.as_str()));
        options.iter().map(|one| named(one)).chain(other.map(|one| (one.clone(), one))).map(option).collect_view()
    };
    whole(
        view! { <select class="field-select" id=id aria-describedby=said aria-invalid=invalid on:change=changed>{all}</select> },
    )
}

/// The lists of what may be typed.
pub(super) fn offers(document: Document) -> AnyView {
    let option = |name: String| view! { <option value=name></option> };
    let list = move |offer: Offer, names: fn(Document) -> Vec<String>| {
        let options = move || names(document).into_iter().map(option).collect_view();
        view! { <datalist id=offer.id()>{options}</datalist> }
    };
    let fixed = move |offer: Offer| {
        let options = offer.fixed().into_iter().map(|name| option(name.to_owned())).collect_view();
        view! { <datalist id=offer.id()>{options}</datalist> }
    };
    whole(view! {
        {list(Offer::Fields, Document::fields)}{list(Offer::Commands, Document::commands)}{list(Offer::Names, Document::names)}
        {[Offer::Checksums, Offer::Auto, Offer::Endings].map(fixed).collect_view()}
    })
}

#[cfg(test)]
mod tests {
    use super::by_label;
    use crate::view::profile::values::{DEVICE, LINKS};

    #[test]
    fn a_sentence_at_a_field_names_labels_and_sections_and_no_keys() {
        let link = LINKS.iter().find(|(kind, _)| *kind == "serial").map_or(&[][..], |(_, values)| values);
        let said = by_label("`baud` must be a whole number, not text", link);
        assert_eq!(said, "\"Baud\" must be a whole number, not text");
        let two = by_label("[identity] has either `probe` or `probe_hex`", DEVICE);
        assert_eq!(two, "\"Which device it is\" has either \"Asked with\" or \"Asked with, hex\"");
        assert_eq!(by_label("there is no step `mach`, nor a `", link), "there is no step `mach`, nor a `");
        assert_eq!(
            by_label("the profile names no clock: add `[clock]`", link),
            "the profile names no clock: add \"The device's clock\""
        );
    }
}
