//! What the demo device can be asked to do wrong.

use crate::engine::use_engine;
use crate::words::commands as words;
use leptos::prelude::*;
use session::wire::Request;

/// A button for each fault.
#[component]
pub(super) fn Faults(session: u32) -> impl IntoView {
    let engine = use_engine();
    let fault = move |(name, what): &(&'static str, &'static str)| {
        let name = *name;
        let ask = move |_| engine.post(Request::Fault { session, fault: name.to_owned() });
        view! {
            <li>
                <button class="button button-small" type="button" on:click=ask>{words::fault(name)}</button>
                <span>{words::fault_does(name, what)}</span>
            </li>
        }
    };
    view! {
        <h3 class="commands-head">{words::misbehave()}</h3>
        <ul class="faults">{sim::FAULTS.iter().map(fault).collect_view()}</ul>
    }
}
