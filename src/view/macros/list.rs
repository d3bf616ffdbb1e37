//! One macro: its steps, the one under way marked, and what runs and stops it.

use super::state::Written;
use crate::browser::dom;
use crate::engine::{Open, use_engine};
use crate::view::commands::foreseen;
use crate::words::device;
use crate::words::{commands as command_words, macros as words};
use leptos::prelude::*;
use session::profile::{Command, Macro};
use session::query::RunningMacro;
use session::script::Script;
use session::wire::Request;

/// A macro of the profile.
#[component]
pub(super) fn Row(
    open: Open,
    index: usize,
    known: Macro,
    dangerous: Vec<Command>,
    running: Memo<Option<RunningMacro>>,
    written: Written,
) -> impl IntoView {
    let (engine, session) = (use_engine(), open.id);
    let Macro { name, steps } = known;
    let title = device::word(&name);
    let armed = RwSignal::new(false);
    let script = Script::parse(&steps).unwrap_or_default();
    let sends = script.sends(&dangerous);
    let is_dangerous = script.commands().any(|(command, _)| dangerous.iter().any(|known| known.name == command));
    let shown_name = engine.name(session);
    // What was armed for a device of one name is not for one of another.
    Effect::new(move |_| {
        let _now = shown_name.get();
        armed.set(false);
    });
    let foreseen = is_dangerous.then(|| {
        let sends = foreseen(&open, Callback::new(move |()| armed.get().then(|| sends.clone())));
        let goes_to = move || command_words::goes_to(&session::screen::visible(&shown_name.get()));
        let said = move || armed.get().then(|| format!("{} {}", goes_to(), sends.get()));
        view! { <p class="field-label" role="status">{said}</p> }
    });
    let now = {
        let name = name.clone();
        Memo::new(move |_| running.get().filter(|running| running.name == name))
    };
    let runs = Memo::new(move |_| now.with(Option::is_some));
    let at = Memo::new(move |_| now.with(|now| now.as_ref().map(|now| now.line)));
    let run = {
        let (name, steps, written) = (name.clone(), steps.clone(), written.clone());
        move |_| {
            if is_dangerous && !armed.get_untracked() {
                return written.outcome.set(Some(words::arm_first(&device::word(&name))));
            }
            written.ask();
            armed.set(false);
            engine.post(Request::RunMacro { session, name: name.clone(), steps: steps.clone() });
        }
    };
    let stop = move |_| engine.post(Request::StopMacro { session });
    let edit = {
        let (name, steps) = (name.clone(), steps.clone());
        move |_| {
            written.edit(Some(index), name.clone(), steps.clone());
            request_animation_frame(|| dom::focus("macro-name"));
        }
    };
    let line = move |(number, text): (u32, &str)| {
        let here = move || at.get() == Some(number);
        let text = text.to_owned();
        view! { <li class:macro-now=here aria-current=move || here().then_some("step")>{text}</li> }
    };
    let (run_label, stop_label, edit_label) =
        (words::run_macro(&title), words::stop_macro(&title), words::edit_macro(&title));
    // The one takes the other's place, and its focus.
    let act_id = format!("macro-run-{index}");
    let act = move || {
        let id = act_id.clone();
        if runs.get() {
            view! { <button class="button button-small" type="button" id=id aria-label=stop_label.clone() on:click=stop>{words::stop()}</button> }
                .into_any()
        } else {
            let run = run.clone();
            view! { <button class="button button-small" type="button" id=id aria-label=run_label.clone() on:click=run>{words::run()}</button> }
                .into_any()
        }
    };
    view! {
        <section class="macro" aria-label=title.clone()>
            <div class="macro-head">
                <h3>{title.clone()}</h3>
                <span class="macro-state">{move || now.get().map(|now| state_of(&now))}</span>
                {is_dangerous.then(|| view! {
                    <label class="field-label">
                        <input type="checkbox" prop:checked=move || armed.get() on:change=move |event| armed.set(event_target_checked(&event))/>
                        {command_words::arm(&title)}
                    </label>
                })}
                {act}
                <button class="button button-small button-plain" type="button" id=format!("macro-edit-{index}") data-next="#macro-add" aria-label=edit_label on:click=edit>{words::edit()}</button>
            </div>
            {foreseen}
            <ol class="macro-steps mono">{(1..).zip(steps.trim_end().lines()).map(line).collect_view()}</ol>
        </section>
    }
}

/// The round, and what is waited for.
fn state_of(now: &RunningMacro) -> String {
    let round = match (now.round, now.rounds) {
        (Some(round), Some(rounds)) => Some(words::round_of(round, rounds)),
        (Some(round), None) => Some(words::round(round)),
        (None, _) => None,
    };
    let expects = now.expects.as_deref().map(words::expects);
    [round, expects].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
