//! Commands of the profile as forms, whatever else is to be sent, and what became of it.

mod anything;
mod faults;
mod foreseen;
mod form;
mod history;
mod repeat;
mod state;

pub(crate) use foreseen::foreseen;
pub(crate) use form::{Form, To};
pub use state::recorded;

use crate::engine::Open;
use crate::words::commands as words;
use anything::Anything;
use faults::Faults;
use history::History;
use leptos::prelude::*;
use repeat::Repeat;
use session::link::Link;
use session::profile::Command;
use state::Filled;

/// The commands of a session.
#[component]
pub fn Commands(
    /// Whose.
    open: Open,
) -> impl IntoView {
    if open.link.is_file() {
        return view! { <p class="panel-empty">{words::only_read()}</p> }.into_any();
    }
    let id = open.id;
    let filled = open.part::<Filled>();
    let commands = session::Profile::parse(&open.profile).map(|profile| profile.commands).unwrap_or_default();
    filled.expect(&commands);
    // What became of a command stands at its form; of anything else, here.
    let names: Vec<String> = commands.iter().map(|command| command.name.clone()).collect();
    let last = filled.outcome.clone();
    let outcome = move || last.get().filter(|last| !names.contains(&last.name)).map(|last| last.words);
    let form = |command: Command| view! { <Form session=id command/> };
    let demo = matches!(open.link, Link::Demo(_)).then(|| view! { <Faults session=id/> });
    view! {
        <div class="commands">
            {commands.is_empty().then(|| view! { <p class="panel-empty">{words::none()}</p> })}
            {commands.into_iter().map(form).collect_view()}
            <p class="commands-outcome" role="status">{outcome}</p>
            <Anything session=id filled=filled.clone()/>
            <Repeat session=id filled=filled.clone()/>
            {demo}
            <History filled=filled.clone()/>
        </div>
    }
    .into_any()
}
