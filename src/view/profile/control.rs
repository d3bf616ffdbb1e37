//! The controls of a profile's form: a label, a field for a value of the text, and what is wrong with it.

use super::document::{Document, list, number, numbers, path_of};
use super::known::{known, shown_if};
use super::values::{Kind, Offer, Value};
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::profile_form as words;
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
            known(move || allows(document, &table, value.when))
        };
        shown_if(allowed, move || field(document, table.clone(), *value, values))
    };
    values.iter().map(one).collect_view().into_any()
}

/// Whether a table has what belongs to some words under another key of it.
pub(super) fn allows(document: Document, table: &str, when: Option<(&str, &[&str])>) -> bool {
    when.is_none_or(|(key, words)| words.contains(&document.shown(&path_of(table, key)).as_str()))
}

/// The keys that a table has as things are.
pub(super) fn keys(document: Document, table: &str, values: &[Value]) -> Vec<&'static str> {
    values.iter().filter(|value| allows(document, table, value.when)).map(|value| value.key).collect()
}

/// A value with its label and, under it, what is wrong with it.
fn field(document: Document, table: String, value: Value, among: &'static [Value]) -> AnyView {
    let holder = table.clone();
    let control = match value.kind {
        Kind::Choice(words) => choice(document, table, value.key, words, None, among),
        Kind::Flag => choice(document, table, value.key, &["", "true", "false"], Some(flag_word), among),
        kind => typed(document, table, value.key, kind, ""),
    };
    labelled(document, &holder, value.key, (value.label)(), value.note.map(|note| note()), control)
}

fn flag_word(word: &str) -> &'static str {
    match word {
        "true" => words::yes(),
        "false" => words::no(),
        _ => words::not_said(),
    }
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
    control: AnyView,
) -> AnyView {
    let (id, table) = (id_of(&path_of(table, key)), table.to_owned());
    let remark = known(move || document.mistake(&table, key).map(remark::Remark::Wrong)).into();
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

/// What a field shows of a value.
fn shown(document: Document, path: &str, kind: Kind) -> String {
    match kind {
        Kind::Toml => document.source(path),
        // A comma in a text would part it in two.
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
    let offered = if let Kind::Offered(offer) = kind { Some(offer.id()) } else { None };
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
    word: Option<fn(&str) -> &'static str>,
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
    let option = move |one: String| {
        let name = match word {
            Some(word) => word(&one).to_owned(),
            None if one.is_empty() => words::not_said().to_owned(),
            None => one.clone(),
        };
        let value = one.clone();
        view! { <option value=value prop:selected=move || chosen() == one>{name}</option> }
    };
    let other = move || shown.get_untracked();
    let all = move || {
        let other = Some(other()).filter(|other| !other.is_empty() && !options.contains(&other.as_str()));
        options.iter().map(|one| (*one).to_owned()).chain(other).map(option).collect_view()
    };
    whole(
        view! { <select class="field-select" id=id aria-describedby=said aria-invalid=invalid on:change=changed>{all}</select> },
    )
}

/// The lists of what may be typed.
pub(super) fn offers(document: Document) -> AnyView {
    let list = |offer: Offer, names: fn(Document) -> Vec<String>| {
        let options =
            move || names(document).into_iter().map(|name| view! { <option value=name></option> }).collect_view();
        view! { <datalist id=offer.id()>{options}</datalist> }
    };
    whole(view! { {list(Offer::Fields, Document::fields)}{list(Offer::Commands, Document::commands)} })
}
