//! What is known of before: devices, addresses, profiles, each a line with what can be done with it.

use crate::browser::dom;
use crate::ui::state::{Kind, State};
use crate::words::start as words;
use leptos::prelude::*;

/// What can be done with a line.
pub(super) struct Act {
    /// Its button's word.
    pub(super) word: &'static str,
    /// The button's id; empty if nothing looks for it.
    pub(super) id: String,
    /// Whether it is not the thing most people want.
    pub(super) aside: bool,
    /// Does it.
    pub(super) take: Callback<()>,
}

impl Act {
    /// What most people want with it.
    pub(super) fn new(word: &'static str, take: impl Fn() + Send + Sync + 'static) -> Act {
        Act { word, id: String::new(), aside: false, take: Callback::new(move |()| take()) }
    }

    /// Something else.
    pub(super) fn aside(word: &'static str, take: impl Fn() + Send + Sync + 'static) -> Act {
        Act { aside: true, ..Act::new(word, take) }
    }
}

/// A line: a name, how it is opened, whether it is plugged in, and what can be done with it.
pub(super) fn row(name: String, how: Callback<(), String>, plugged: bool, acts: Vec<Act>) -> AnyView {
    let button = |act: Act| {
        let class = if act.aside { "button button-plain" } else { "button" };
        let label = format!("{} {name}", act.word);
        let take = act.take;
        let click = move |event| {
            if dom::is_single(&event) {
                take.run(());
            }
        };
        view! { <button class=class type="button" id=act.id aria-label=label on:click=click>{act.word}</button> }
    };
    let acts = acts.into_iter().map(button).collect_view();
    view! {
        <li>
            <p class="known-name"><b>{name}</b><span>{move || how.run(())}</span></p>
            {if plugged { view! { <State kind=Kind::Connected word=words::plugged_in()/> }.into_any() } else { view! { <span></span> }.into_any() }}
            <span class="known-acts">{acts}</span>
        </li>
    }
    .into_any()
}

/// The lines under a heading.
#[component]
pub(super) fn KnownList(
    /// The heading.
    title: &'static str,
    /// What to say where there is no line.
    none: &'static str,
    /// The lines.
    rows: Callback<(), Vec<AnyView>>,
) -> impl IntoView {
    let rows = move || {
        let rows = rows.run(());
        if rows.is_empty() { vec![view! { <li class="known-none">{none}</li> }.into_any()] } else { rows }
    };
    view! { <div class="known"><h3>{title}</h3><ul aria-label=title>{rows}</ul></div> }.into_any()
}
