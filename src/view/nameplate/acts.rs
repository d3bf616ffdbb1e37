//! What can be done with a session's link.

use super::closing::Closing;
use super::line::Unfolded;
use super::released::Released;
use crate::engine::{Open, use_engine};
use crate::route::Route;
use crate::view::at_stake::AtStake;
use crate::words::{line as line_words, nameplate as words};
use leptos::prelude::*;
use session::link::Link;
use session::query::LinkState;
use session::wire::Request;

/// The buttons of the nameplate.
#[component]
pub(super) fn Acts(open: Open) -> impl IntoView {
    let engine = use_engine();
    let route = expect_context::<RwSignal<Route>>();
    let id = open.id;
    let connected = Memo::new(move |_| {
        let live =
            |state: &LinkState| matches!(state, LinkState::Connected | LinkState::Opening | LinkState::Waiting { .. });
        engine.statuses.with(|statuses| statuses.get(&id).is_none_or(|status| live(&status.state)))
    });
    let toggle = move |_| {
        let request = if connected.get_untracked() {
            Request::Disconnect { session: id }
        } else {
            Request::Reopen { session: id }
        };
        engine.post(request);
    };
    let close = Callback::new(move |()| {
        route.set(Route::Start);
        engine.close(id);
        crate::browser::dom::set_fragment(&Route::Start.fragment());
    });
    // Of what was read to its end every row would be there twice.
    let done = Memo::new(move |_| {
        engine.statuses.with(|statuses| statuses.get(&id).is_some_and(|status| status.state == LinkState::Done))
    });
    let asked = RwSignal::new(false);
    let wish = {
        let open = open.clone();
        move |_| if untrack(|| AtStake::of(engine, &open).any()) { asked.set(true) } else { close.run(()) }
    };
    let wired = matches!(open.link, Link::Serial(_));
    let (unfolded, released) = (open.part::<Unfolded>().0, open.part::<Released>().released);
    let fold = {
        let unfolded = unfolded.clone();
        move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
    };
    // What leads on from there is to retake it, which stands with what is said of it.
    let given = {
        let released = released.clone();
        move || done.get() || released.get() && !connected.get()
    };
    let release = move |_| {
        engine.post(Request::Disconnect { session: id });
        released.set(true);
    };
    let strip = super::line::is_there(&open.link).then(|| {
        view! {
            <button
                class="button button-plain"
                type="button"
                aria-expanded=move || unfolded.get().to_string()
                aria-controls="line"
                on:click=fold
            >
                {line_words::unfold()}
            </button>
        }
    });
    let line = wired.then(|| {
        view! {
            <button
                class="button"
                type="button"
                id="release-port"
                data-next=".trouble .button"
                hidden=move || !connected.get()
                on:click=release
            >
                {line_words::release()}
            </button>
        }
    });
    view! {
        {strip}
        {line}
        <button class="button" type="button" id="connection" hidden=given on:click=toggle>
            {move || if connected.get() { words::disconnect() } else { words::connect_again() }}
        </button>
        <button class="button button-plain" type="button" on:click=wish>{words::close()}</button>
        <Closing open asked close/>
    }
}
