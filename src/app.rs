//! The shell: top bar, the screen that the address names, and what went wrong with the page itself.

use crate::browser::dom;
use crate::engine::Engine;
use crate::route::Route;
use crate::view::{bar::Bar, device::Device, start::Start};
use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let engine = Engine::start();
    let route = RwSignal::new(Route::parse(&dom::fragment()));
    provide_context(route);
    dom::on_fragment(move |fragment| route.set(Route::parse(&fragment)));

    // The demo's address opens the demo; the address then names the session.
    Effect::new(move |_| {
        if route.get() == Route::Demo {
            crate::view::start::open_demo(engine);
        }
    });
    let shown = Memo::new(move |_| match route.get() {
        Route::Session(id) => engine.sessions.with(|sessions| sessions.iter().find(|open| open.id == id).cloned()),
        _ => None,
    });
    Effect::new(move |_| {
        let open = shown.get();
        dom::set_title(&open.as_ref().map_or("Ferrule".to_owned(), |open| format!("{} · Ferrule", open.name)));
        engine.show(open.map(|open| open.id));
    });
    let shown_id = Memo::new(move |_| shown.get().map(|open| open.id));
    Effect::new(move |_| {
        let _another_screen = shown_id.get();
        dom::scroll_to_top();
    });
    let screen = move || match shown_id.get() {
        Some(id) => {
            let open = shown.get_untracked().filter(|open| open.id == id);
            open.map(|open| view! { <Device open/> }.into_any())
        }
        None => Some(view! { <Start/> }.into_any()),
    };
    view! {
        <a class="skip" href="#main" on:click=move |event| { event.prevent_default(); dom::focus("main"); }>"Skip to content"</a>
        <div class="shell" class:shell-flow=move || shown_id.get().is_none()>
            <Bar/>
            <Failure/>
            {screen}
        </div>
    }
}

#[component]
fn Failure() -> impl IntoView {
    let failure = crate::engine::use_engine().failure;
    let notice = move |why: String| {
        view! {
            <div class="notice notice-alarm" role="alert">
                <p>{why}</p>
                <button class="button" type="button" on:click=|_| dom::reload()>"Reload the page"</button>
            </div>
        }
    };
    view! { <div class="failure">{move || failure.get().map(notice)}</div> }
}
