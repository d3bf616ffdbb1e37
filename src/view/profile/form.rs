//! The profile as a form: every change is a change of the text.

use super::control::{allows, by_label, fields, keys, offers};
use super::document::{Document, path_of, within};
use super::fold::{mark, summary_id, toggle};
use super::known::{brief, known, shown_if};
use super::link::{link, protocol};
use super::lists::lists;
use super::rows::{COMMANDS, DERIVED, FIELDS, MACROS, MESSAGES, Rows, TILES, TOPICS, TYPED, UNITS};
use super::translated::translated;
use super::values::{CLOCK, DASHBOARD, DEVICE, FLEET, IDENTITY, LAYOUT, MEMORY, PRESENCE, SEQUENCE, TERMINAL, Value};
use crate::browser::dom;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::profile_form as words;
use leptos::prelude::*;

/// A part of the form that can be folded.
struct Section {
    title: fn() -> &'static str,
    /// What it shows of the text, by path; what stands at the first is told beside its title.
    roots: &'static [&'static str],
    /// What is in it.
    body: fn(Document) -> AnyView,
    /// The profiles that have it, by a path and the words there; all where none is named.
    of: Option<(&'static str, &'static [&'static str])>,
}

const fn section(
    title: fn() -> &'static str,
    roots: &'static [&'static str],
    body: fn(Document) -> AnyView,
) -> Section {
    Section { title, roots, body, of: None }
}

/// The sections that are unfolded at first.
pub(super) const FIRST: &[&str] = &["name", "link", "protocol.name", "commands"];

static SECTIONS: &[Section] = &[
    section(words::identity, &["name", "about", "tags"], |document| grid(fields(document, "", IDENTITY))),
    section(words::link, &["link"], |document| grid(link(document))),
    section(words::protocol, &["protocol.name", "protocol"], |document| {
        grid(protocol(document, "protocol".to_owned()))
    }),
    Section {
        of: Some(("/protocol.name", &["layout"])),
        ..section(words::header, &["protocol.header"], |document| list(document, "protocol.header", &FIELDS))
    },
    Section {
        of: Some(("/protocol.name", &["layout", "postcard"])),
        ..section(words::messages, &["protocol.messages"], |document| declared(document, "protocol.messages"))
    },
    Section {
        of: Some(("/protocol.name", &["layout", "postcard"])),
        ..section(words::sent, &["protocol.commands"], |document| declared(document, "protocol.commands"))
    },
    Section {
        of: Some(("/link.kind", &["mqtt"])),
        ..section(words::own_topics, &["topic"], |document| list(document, "topic", &TOPICS))
    },
    section(words::units, &["fields"], |document| list(document, "fields", &UNITS)),
    section(words::derived, &["derived"], |document| list(document, "derived", &DERIVED)),
    section(words::commands, &["commands"], |document| list(document, "commands", &COMMANDS)),
    section(words::macros, &["macros"], |document| list(document, "macros", &MACROS)),
    section(words::translated, &["words"], translated),
    section(words::terminal, &["terminal"], |document| table(document, "terminal", TERMINAL)),
    section(words::device, &["identity"], |document| table(document, "identity", DEVICE)),
    section(words::clock, &["clock"], |document| table(document, "clock", CLOCK)),
    section(words::sequence, &["sequence"], |document| table(document, "sequence", SEQUENCE)),
    section(words::memory, &["memory"], |document| table(document, "memory", MEMORY)),
    section(words::layout, &["layout"], |document| table(document, "layout", LAYOUT)),
    section(words::dashboard, &["tile", "dashboard"], |document| {
        whole(view! { {table(document, "dashboard", DASHBOARD)}{list(document, "tile", &TILES)} })
    }),
    section(crate::words::fleet::title, &["fleet"], |document| {
        whole(view! { {table(document, "fleet", FLEET)}{table(document, "fleet.presence", PRESENCE)} })
    }),
];

/// The section that shows a path: the one that tells of it most closely.
fn section_of(path: &str) -> Option<&'static Section> {
    let closest = |section: &&Section| {
        section.roots.iter().filter(|root| within(path, root)).map(|root| root.len()).max().unwrap_or(0)
    };
    SECTIONS.iter().max_by_key(closest).filter(|section| closest(section) > 0)
}

/// Each table of a profile, and what its section is called.
pub(super) fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    SECTIONS.iter().flat_map(|section| section.roots.iter().map(|root| (*root, (section.title)())))
}

/// Shows the field that the first mistake is about, and moves the focus there.
/// False where it has none.
pub(super) fn to_mistake(document: Document) -> bool {
    let refused = untrack(|| document.refused());
    let place = refused.or_else(|| document.place.get_untracked()).unwrap_or_default();
    let Some(section) = section_of(&place) else { return false };
    let key = section.roots.first().copied().unwrap_or_default();
    document.unfold(key, true);
    // Each list on the way to it has an item to unfold.
    for (at, _) in place.match_indices(']') {
        document.unfold(place.get(..=at).unwrap_or_default(), true);
    }
    // So has a language.
    if let Some((tag, _)) = place.strip_prefix("words.").and_then(|rest| rest.split_once('.')) {
        document.unfold(&path_of("words", tag), true);
    }
    request_animation_frame(move || {
        if !dom::focus_first(".form [aria-invalid=\"true\"]") {
            dom::focus(&summary_id(key));
        }
    });
    true
}

/// The form.
#[component]
pub(super) fn Form(document: Document) -> impl IntoView {
    let readable = known(move || document.outline.with(Option::is_some));
    let body = move || {
        if !readable.get() {
            return whole(view! { <p class="form-none">{words::unreadable()}</p> });
        }
        whole(view! {
            {SECTIONS.iter().map(|section| part(document, section)).collect_view()}
            {offers(document)}
        })
    };
    let aside = Signal::derive(move || document.aside().map(Remark::Note));
    view! {
        <div class="form" role="group" aria-label=words::form()>
            <RemarkPlace role="status" remark=aside/>
            {body}
        </div>
    }
}

/// A section, folded or not.
fn part(document: Document, section: &'static Section) -> AnyView {
    let title = (section.title)();
    let key = section.roots.first().copied().unwrap_or_default();
    let fits = known(move || allows(document, "", section.of));
    let open = known(move || document.is_open(key));
    let line = known(move || document.brief(key));
    let wrong = known(move || {
        document.place.with(|place| place.as_deref().and_then(section_of).is_some_and(|of| std::ptr::eq(of, section)))
    });
    shown_if(fits, move || {
        let inside = shown_if(open, move || (section.body)(document));
        whole(view! {
            <details class="form-part" role="group" aria-label=title prop:open=open>
                <summary id=summary_id(key) on:click=toggle(document, key.to_owned())>
                    <h3>{title}</h3>
                    {brief(line)}
                    {mark(wrong)}
                </summary>
                {inside}
            </details>
        })
    })
}

fn grid(inside: AnyView) -> AnyView {
    whole(view! { <div class="form-fields">{inside}</div> })
}

fn list(document: Document, path: &str, rows: &'static Rows) -> AnyView {
    lists(document, path.to_owned(), rows)
}

/// The messages of a protocol that declares them.
fn declared(document: Document, path: &str) -> AnyView {
    let layout = document
        .outline
        .with_untracked(|outline| outline.as_ref().is_some_and(|outline| outline.shown("protocol.name") == "layout"));
    list(document, path, if layout { &MESSAGES } else { &TYPED })
}

/// A table, with what is wrong with it and not with one of its values.
fn table(document: Document, path: &'static str, values: &'static [Value]) -> AnyView {
    let stray = known(move || {
        document.stray(path, &keys(document, path, values)).map(|said| Remark::Wrong(by_label(&said, values)))
    });
    whole(view! { <RemarkPlace role="status" remark=stray.into()/>{grid(fields(document, path, values))} })
}
