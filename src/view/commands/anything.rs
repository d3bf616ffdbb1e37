//! Sends what no command of the profile does: a line, text with escapes, bytes.

use super::state::{Filled, Written};
use crate::engine::use_engine;
use crate::ui::remark::{self, RemarkPlace};
use crate::words::commands as words;
use leptos::prelude::*;
use session::script::text::{unescaped, unhex};

const WRITTEN: [(Written, &str); 3] = [(Written::Line, "line"), (Written::Text, "text"), (Written::Hex, "hex")];

fn word(written: Written) -> &'static str {
    match written {
        Written::Line => words::as_line(),
        Written::Text => words::as_text(),
        Written::Hex => words::as_hex(),
    }
}

/// A field for anything.
#[component]
pub(super) fn Anything(session: u32, filled: Filled) -> impl IntoView {
    let engine = use_engine();
    let (content, written) = (RwSignal::from(filled.anything.clone()), RwSignal::from(filled.written.clone()));
    let wrong = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (content, written) = (content.get_untracked(), written.get_untracked());
        let read = match written {
            Written::Hex => unhex(&content),
            _ => unescaped(&content),
        };
        let done = read.map_err(|why| words::not_read(crate::words::say(&why))).and_then(|bytes| {
            if bytes.is_empty() && written != Written::Line {
                return Ok(());
            }
            filled.send_step(engine, session, words::anything(), written.step(&content))
        });
        wrong.set(done.err());
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some((known, _)) = WRITTEN.iter().find(|(_, value)| *value == word) {
            written.set(*known);
        }
    };
    let value = move || WRITTEN.iter().find(|(known, _)| *known == written.get()).map_or("line", |(_, value)| value);
    let hint = move || if written.get() == Written::Hex { words::hex_hint() } else { words::content_hint() };
    let option = |(known, value): (Written, &'static str)| view! { <option value=value>{word(known)}</option> };
    view! {
        <form class="command commands-anything" on:submit=submit novalidate aria-label=words::anything()>
            <div class="command-line">
                <select class="field-select" aria-label=words::written_as() prop:value=value on:change=choose>
                    {WRITTEN.map(option).collect_view()}
                </select>
                <input
                    class="field-box mono"
                    type="text"
                    aria-label=words::content()
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=hint
                    prop:value=move || content.get()
                    on:input=move |event| content.set(event_target_value(&event))
                />
            </div>
            <button class="button" type="submit">{words::send()}</button>
            <RemarkPlace role="alert" class="command-wrong" remark=remark::wrong(wrong)/>
        </form>
    }
}
