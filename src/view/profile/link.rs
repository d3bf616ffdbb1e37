//! The link and the protocol of a profile: what each kind of them has is in tables of their own.

use super::control::{fields, id_of, labelled};
use super::document::{Document, path_of};
use super::known::{known, shown_if};
use super::settings::{self, FRAMING_SETTINGS, PROTOCOL_SETTINGS};
use super::values::{Kind, LINKS, MQTT, Value, WILL, value};
use crate::ui::whole::whole;
use crate::words::{profile_form as words, setting};
use codec::{FRAMERS, PROTOCOLS, Protocol};
use leptos::prelude::*;
use session::profile::edit::New;

/// What every protocol has.
const LIMIT: &[Value] = &[value("limit_bytes", words::limit, Kind::Number)];

pub(super) fn link(document: Document) -> AnyView {
    let kind = known(move || document.shown("link.kind"));
    let of = |kind: &str| LINKS.iter().find(|(known, _)| *known == kind);
    let changed = move |event| {
        let kind: String = event_target_value(&event);
        let Some((_, values)) = of(&kind) else { return };
        document.set("link", "kind", Some(New::Text(kind)));
        let broker = std::ptr::eq(*values, MQTT);
        document.retain("link", |key| {
            key == "kind" || key == "will" && broker || values.iter().any(|value| value.key == key)
        });
        let needed = values.iter().find(|value| value.kind == Kind::Needed);
        if let Some(value) = needed.filter(|value| document.shown(&format!("link.{}", value.key)).is_empty()) {
            document.set("link", value.key, Some(New::Text(String::new())));
        }
    };
    let option = move |(one, _): &(&'static str, _)| {
        let one = *one;
        view! { <option value=one prop:selected=move || kind.get() == one>{setting::option("kind", one)}</option> }
    };
    let control = view! {
        <select class="field-select" id=id_of("link.kind") on:change=changed>{LINKS.iter().map(option).collect_view()}</select>
    };
    let rest = move || kind.with(|kind| of(kind).map(|(_, values)| fields(document, "link", values)));
    let broker = known(move || kind.with(|kind| kind == "mqtt"));
    let will = shown_if(broker, move || fields(document, "link.will", WILL));
    whole(view! { {labelled(document, "link", "kind", words::kind(), None, &[], control.into_any())}{rest}{will} })
}

/// A protocol with the parameters that its table and its framing's have.
pub(super) fn protocol(document: Document, table: String) -> AnyView {
    let table = StoredValue::new(table);
    let at = move |key: &str| table.with_value(|table| path_of(table, key));
    let set = move |key, value| table.with_value(|table| document.set(table, key, value));
    let name = known(move || document.shown(&at("name")));
    let framing = known(move || document.shown(&at("framing")));
    // A broker's messages are frames of their own.
    let broker = known(move || document.shown("link.kind") == "mqtt");
    let usual = move || {
        let own = || name.with(|name| Protocol::find(name).map_or("", |protocol| protocol.framing));
        if broker.get() { "whole" } else { own() }
    };
    let framed = move || framing.with(|framing| if framing.is_empty() { usual().to_owned() } else { framing.clone() });
    let parameters = move || {
        let protocol = name.with(|name| Protocol::find(name)).map_or(&[][..], |protocol| protocol.parameters);
        let framing = framed();
        let framer = FRAMERS.iter().find(|framer| framer.name == framing).map_or(&[][..], |framer| framer.parameters);
        protocol.iter().chain(framer)
    };
    let settle = move || {
        let known = |key: &str| {
            matches!(key, "name" | "framing" | "limit_bytes") || parameters().any(|parameter| parameter.name == key)
        };
        table.with_value(|table| document.retain(table, known));
    };
    let rename = move |event| {
        set("name", Some(New::Text(event_target_value(&event))));
        settle();
    };
    let reframe = move |event| {
        let framing: String = event_target_value(&event);
        set("framing", (!framing.is_empty()).then_some(New::Text(framing)));
        settle();
    };
    let protocols = PROTOCOLS.iter().map(|one| {
        view! { <option value=one.name prop:selected=move || name.with(|name| name == one.name)>{one.name}</option> }
    });
    let framers = FRAMERS.iter().map(|one| {
        view! { <option value=one.name prop:selected=move || framing.with(|name| name == one.name)>{one.name}</option> }
    });
    let names = view! { <select class="field-select" id=id_of(&at("name")) on:change=rename>{protocols.collect_view()}</select> };
    let framings = view! {
        <select class="field-select" id=id_of(&at("framing")) on:change=reframe>
            <option value="" prop:selected=move || framing.with(String::is_empty)>{move || words::usual(usual())}</option>
            {framers.collect_view()}
        </select>
    };
    let of = move |values| table.with_value(|table| fields(document, table, values));
    let own = move || of(name.with(|name| settings::of(PROTOCOL_SETTINGS, name)));
    let of_framing = move || of(settings::of(FRAMING_SETTINGS, &framed()));
    table.with_value(|table| {
        whole(view! {
            {labelled(document, table, "name", words::speaks(), None, &[], names.into_any())}
            {labelled(document, table, "framing", words::framing(), None, &[], framings.into_any())}
            {own}
            {of_framing}
            {of(LIMIT)}
        })
    })
}
