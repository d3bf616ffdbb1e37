//! Macros: steps of the profile, run with the present one in sight; written here and kept with the profile.

mod edit;
mod list;
mod state;

use crate::engine::{Open, use_engine};
use crate::view::profile::Unkept;
use crate::words::macros as words;
use edit::Edit;
use leptos::prelude::*;
use list::Row;
use session::Profile;
use session::profile::Command;
use session::query::{Answer, Query};
use state::Written;

/// The macros of a session.
#[component]
pub fn Macros(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let written = open.part::<Written>();
    let profile = Memo::new(move |_| engine.profile(id).and_then(|text| Profile::parse(&text).ok()));
    let answer = engine.ask_for(id, || Some(Query::Macro));
    let running = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Macro(running)) => running.clone(),
        _ => None,
    });
    let (outcome, edited) = (RwSignal::from(written.outcome.clone()), RwSignal::from(written.edited.clone()));
    let begin = written.clone();
    let add = move |_| begin.edit(None, String::new(), String::new());
    let rows = {
        let (written, shown) = (written.clone(), open.clone());
        move || {
            let profile = profile.get()?;
            let dangerous: Vec<Command> = profile.commands.into_iter().filter(|command| command.dangerous).collect();
            let row = |index: usize, known: &session::profile::Macro| {
                let (known, written) = (known.clone(), written.clone());
                view! { <Row open=shown.clone() index known dangerous=dangerous.clone() running written/> }
            };
            Some(profile.macros.iter().enumerate().map(|(index, known)| row(index, known)).collect_view())
        }
    };
    let none = move || profile.with(|profile| profile.as_ref().is_none_or(|profile| profile.macros.is_empty()));
    view! {
        <div class="macros">
            {move || none().then(|| view! { <p class="panel-empty">{words::none()}</p> })}
            {rows}
            <p class="macros-said" role="status">{outcome}</p>
            <Unkept open=open.clone()/>
            {move || match edited.get() {
                Some(edited) => view! { <Edit open=open.clone() edited written=written.clone()/> }.into_any(),
                None => {
                    let add = add.clone();
                    view! { <p class="macros-add"><button class="button" type="button" id="macro-add" data-next="#macro-name" on:click=add>{words::add()}</button></p> }
                        .into_any()
                }
            }}
        </div>
    }
}
