//! The profile as a form: every change is a change of the text.

use super::document::{Document, list, number};
use super::lists::{COMMANDS, DERIVED, FIELDS, Lists, UNITS};
use super::values::{CLOCK, DEVICE, IDENTITY, Kind, LINKS, SEQUENCE, TERMINAL, Value};
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::profile_form as words;
use codec::{FRAMERS, PROTOCOLS, Parameter, Protocol};
use leptos::prelude::*;
use session::profile::edit::New;

/// The form.
#[component]
pub(super) fn Form(document: Document) -> impl IntoView {
    let readable = Memo::new(move |_| document.outline.with(Option::is_some));
    let body = move || {
        if !readable.get() {
            return whole(view! { <p class="form-none">{words::unreadable()}</p> });
        }
        whole(view! {
            {part(words::identity(), fields(document, "", IDENTITY))}
            {part(words::link(), link(document))}
            {part(words::protocol(), protocol(document))}
            {lists(document)}
            {part(words::terminal(), fields(document, "terminal", TERMINAL))}
            {part(words::device(), fields(document, "identity", DEVICE))}
            {part(words::clock(), fields(document, "clock", CLOCK))}
            {part(words::sequence(), fields(document, "sequence", SEQUENCE))}
        })
    };
    view! {
        <div class="form" role="group" aria-label=words::form()>
            <RemarkPlace role="status" remark=remark::wrong(document.refused)/>
            {body}
        </div>
    }
}

fn part(title: &'static str, inside: AnyView) -> AnyView {
    view! { <div class="form-part" role="group" aria-label=title><h3>{title}</h3><div class="form-fields">{inside}</div></div> }.into_any()
}

pub(super) fn fields(document: Document, table: &str, values: &'static [Value]) -> AnyView {
    values.iter().map(|value| field(document, table.to_owned(), *value)).collect_view().into_any()
}

fn path_of(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

/// A value with its label and, under it, what is wrong with it.
pub(super) fn field(document: Document, table: String, value: Value) -> AnyView {
    let path = path_of(&table, value.key);
    let control = match value.kind {
        Kind::Choice(words) => choice(document, table, value.key, words, None),
        Kind::Flag => choice(document, table, value.key, &["", "true", "false"], Some(flag_word)),
        kind => typed(document, table, value.key, kind, ""),
    };
    labelled(document, &path, (value.label)(), None, control)
}

fn flag_word(word: &str) -> &'static str {
    match word {
        "true" => words::yes(),
        "false" => words::no(),
        _ => words::not_said(),
    }
}

/// The id of a value's control.
fn id_of(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    format!("form-{}", path.chars().map(plain).collect::<String>())
}

fn labelled(
    document: Document,
    path: &str,
    label: &'static str,
    note: Option<&'static str>,
    control: AnyView,
) -> AnyView {
    let (id, path) = (id_of(path), path.to_owned());
    let wrong = Memo::new(move |_| document.mistake(&path));
    let remark = Signal::derive(move || wrong.get().map(remark::Remark::Wrong));
    let said = format!("{id}-said");
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            {control}
            <div id=said>
                <RemarkPlace role="status" remark/>
                {note.map(|note| view! { <p class="field-note">{note}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// A field to type into.
fn typed(document: Document, table: String, key: &'static str, kind: Kind, usual: &'static str) -> AnyView {
    let path = path_of(&table, key);
    let id = id_of(&path);
    let said = format!("{id}-said");
    let invalid = {
        let path = path.clone();
        move || document.mistake(&path).is_some().to_string()
    };
    let shown = Memo::new(move |_| if kind == Kind::Texts { document.texts(&path) } else { document.shown(&path) });
    let changed = move |event| {
        let typed: String = event_target_value(&event);
        let new = match kind {
            Kind::Number => number(&typed),
            Kind::Texts => list(&typed),
            Kind::Needed => Some(New::Text(typed)),
            _ => (!typed.is_empty()).then_some(New::Text(typed)),
        };
        document.set(&table, key, new);
    };
    view! {
        <input class="field-box" type="text" id=id placeholder=usual autocomplete="off" spellcheck="false"
            aria-describedby=said aria-invalid=invalid prop:value=move || shown.get() on:change=changed/>
    }
    .into_any()
}

/// One of some words. What the text says and is none of them is offered too: it is not to be lost.
fn choice(
    document: Document,
    table: String,
    key: &'static str,
    options: &'static [&'static str],
    word: Option<fn(&str) -> &'static str>,
) -> AnyView {
    let path = path_of(&table, key);
    let id = id_of(&path);
    let said = format!("{id}-said");
    let shown = Memo::new(move |_| document.shown(&path));
    let usual = options.first().copied().unwrap_or_default();
    let chosen = move || shown.with(|shown| if shown.is_empty() { usual.to_owned() } else { shown.clone() });
    let changed = move |event| {
        let choice: String = event_target_value(&event);
        let number = choice.parse::<i64>().is_ok() || choice == "true" || choice == "false";
        let new = if number { New::Number(choice.clone()) } else { New::Text(choice.clone()) };
        // What is usual is not written unless something stood there.
        let usual = choice == usual && (choice.is_empty() || shown.with_untracked(String::is_empty));
        document.set(&table, key, (!usual).then_some(new));
    };
    let option = move |one: String| {
        let name = word.map_or_else(|| one.clone(), |word| word(&one).to_owned());
        let value = one.clone();
        view! { <option value=value prop:selected=move || chosen() == one>{name}</option> }
    };
    let other = move || shown.get_untracked();
    let all = move || {
        let other = Some(other()).filter(|other| !other.is_empty() && !options.contains(&other.as_str()));
        options.iter().map(|one| (*one).to_owned()).chain(other).map(option).collect_view()
    };
    view! { <select class="field-select" id=id aria-describedby=said on:change=changed>{all}</select> }.into_any()
}

fn link(document: Document) -> AnyView {
    let kind = Memo::new(move |_| document.shown("link.kind"));
    let of = |kind: &str| LINKS.iter().find(|(known, _)| *known == kind);
    let changed = move |event| {
        let kind: String = event_target_value(&event);
        let Some((_, values)) = of(&kind) else { return };
        document.set("link", "kind", Some(New::Text(kind)));
        let known: Vec<&str> = std::iter::once("kind").chain(values.iter().map(|value| value.key)).collect();
        document.retain("link", &known);
        let needs = values.iter().any(|value| value.kind == Kind::Needed);
        if needs && document.shown("link.url").is_empty() {
            document.set("link", "url", Some(New::Text(String::new())));
        }
    };
    let option = move |(one, _): &(&'static str, _)| {
        let one = *one;
        view! { <option value=one prop:selected=move || kind.get() == one>{one}</option> }
    };
    let control = view! {
        <select class="field-select" id=id_of("link.kind") on:change=changed>{LINKS.iter().map(option).collect_view()}</select>
    };
    let rest = move || kind.with(|kind| of(kind).map(|(_, values)| fields(document, "link", values)));
    whole(view! { {labelled(document, "link.kind", words::kind(), None, control.into_any())}{rest} })
}

/// The protocol with the parameters that its table and its framing's have.
fn protocol(document: Document) -> AnyView {
    let name = Memo::new(move |_| document.shown("protocol.name"));
    let framing = Memo::new(move |_| document.shown("protocol.framing"));
    let usual = move || name.with(|name| Protocol::find(name).map_or("", |protocol| protocol.framing));
    let parameters = move || {
        let protocol = name.with(|name| Protocol::find(name)).map_or(&[][..], |protocol| protocol.parameters);
        let framing = framing.with(|framing| if framing.is_empty() { usual().to_owned() } else { framing.clone() });
        let framer = FRAMERS.iter().find(|framer| framer.name == framing).map_or(&[][..], |framer| framer.parameters);
        protocol.iter().chain(framer)
    };
    let settle = move || {
        let known = ["name", "framing", "limit_bytes"].into_iter().chain(parameters().map(|parameter| parameter.name));
        document.retain("protocol", &known.collect::<Vec<&str>>());
    };
    let rename = move |event| {
        document.set("protocol", "name", Some(New::Text(event_target_value(&event))));
        settle();
    };
    let reframe = move |event| {
        let framing: String = event_target_value(&event);
        document.set("protocol", "framing", (!framing.is_empty()).then_some(New::Text(framing)));
        settle();
    };
    let protocols = PROTOCOLS.iter().map(|one| {
        view! { <option value=one.name prop:selected=move || name.with(|name| name == one.name)>{one.name}</option> }
    });
    let framers = FRAMERS.iter().map(|one| {
        view! { <option value=one.name prop:selected=move || framing.with(|name| name == one.name)>{one.name}</option> }
    });
    let names = view! { <select class="field-select" id=id_of("protocol.name") on:change=rename>{protocols.collect_view()}</select> };
    let framings = view! {
        <select class="field-select" id=id_of("protocol.framing") on:change=reframe>
            <option value="" prop:selected=move || framing.with(String::is_empty)>{move || words::usual(usual())}</option>
            {framers.collect_view()}
        </select>
    };
    let rest = move || parameters().filter(|one| !written_out(one)).map(|one| parameter(document, one)).collect_view();
    whole(view! {
        {labelled(document, "protocol.name", words::speaks(), None, names.into_any())}
        {labelled(document, "protocol.framing", words::framing(), None, framings.into_any())}
        {rest}
    })
}

/// Lists of messages have a place of their own.
fn written_out(parameter: &Parameter) -> bool {
    matches!(parameter.name, "messages" | "commands" | "header")
}

fn parameter(document: Document, parameter: &'static Parameter) -> AnyView {
    let kind = match parameter.name {
        "names" => Kind::Texts,
        "length" => Kind::Number,
        _ if parameter.default.parse::<i64>().is_ok() => Kind::Number,
        _ => Kind::Text,
    };
    let control = typed(document, "protocol".to_owned(), parameter.name, kind, parameter.default);
    let path = path_of("protocol", parameter.name);
    labelled(document, &path, parameter.name, Some(parameter.summary), control)
}

/// Messages, units, computed fields, commands.
fn lists(document: Document) -> AnyView {
    let layout = Memo::new(move |_| document.shown("protocol.name") == "layout");
    let messages = Memo::new(move |_| document.count("protocol.messages"));
    let of_message = move |index: usize| {
        let path = format!("protocol.messages[{index}]");
        let name = {
            let path = format!("{path}.name");
            Memo::new(move |_| document.shown(&path))
        };
        view! {
            <section class="form-part">
                <h3>{words::fields_of()}" "<code>{move || name.get()}</code></h3>
                <Lists document path=format!("{path}.fields") rows=FIELDS/>
            </section>
        }
    };
    let declared = move || layout.get().then(|| (0..messages.get()).map(of_message).collect_view());
    whole(view! {
        {declared}
        <div class="form-part" role="group" aria-label=words::units()><h3>{words::units()}</h3><Lists document path="fields".to_owned() rows=UNITS/></div>
        <div class="form-part" role="group" aria-label=words::derived()><h3>{words::derived()}</h3><Lists document path="derived".to_owned() rows=DERIVED/></div>
        <div class="form-part" role="group" aria-label=words::commands()><h3>{words::commands()}</h3><Lists document path="commands".to_owned() rows=COMMANDS/></div>
    })
}
