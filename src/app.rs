//! The shell: top bar, the screen that the address names, and what went wrong with the page itself.

use crate::browser::{clock, dom, file::Unread, focus, launch};
use crate::engine::{Engine, Open, Revival};
use crate::profiles;
use crate::route::Route;
use crate::ui::notice::{Notice, Step, Weight};
use crate::ui::whole::whole;
use crate::view::narrow::Narrow;
use crate::view::scheme::{Chosen, Colours};
use crate::view::shortcuts::{self, Overlays, Shortcuts};
use crate::view::start::Brought;
use crate::view::text_size::TextSize;
use crate::view::{
    bar,
    bar::Bar,
    dashboard::DashboardPage,
    device::Device,
    doctor::Doctor,
    format,
    gallery::{Gallery, Place, preview::Preview},
    language::Spoken,
    palette::Palette,
    start::Start,
    timeline::{Kept, Timeline},
    update::{Update, Updates},
};
use crate::words::device;
use crate::words::{self as spoken, bar as words, doctor as doctor_words, page, timeline};
use leptos::prelude::*;
use session::wire::{Request, SessionId, TOGETHER};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    profiles::forget_secrets();
    let engine = Engine::start();
    let route = RwSignal::new(Route::parse(&dom::fragment()));
    provide_context(route);
    Brought::provide();
    Place::provide();
    Kept::settle(engine);
    Colours::follow();
    Narrow::follow();
    TextSize::follow();
    Chosen::settle();
    let overlays = Overlays::settle();
    shortcuts::listen(engine, route, overlays);
    let spoken = Spoken::settle();
    // The worker speaks it too.
    Effect::new(move |_| {
        spoken.track();
        engine.post(Request::Language { tag: spoken::now().tag().to_owned() });
    });
    focus::keep("main");
    Updates::follow(engine);
    crate::view::at_stake::ask_before_leaving(engine);
    dom::on_fragment(move |fragment| route.set(Route::parse(&fragment)));
    // A file that the system opens with the installed console is looked at, like a profile of an address.
    let unopened = RwSignal::new(None::<String>);
    launch::on_file(move |file, read| {
        let text = match read {
            Ok(text) => text,
            Err(Unread::TooLarge) => return unopened.set(Some(page::file_too_large(&file))),
            Err(Unread::Unreadable) => return unopened.set(Some(page::file_unreadable(&file))),
        };
        unopened.set(None);
        let name = session::Profile::parse(&text).map_or_else(|_| String::new(), |profile| profile.name);
        dom::set_fragment(&Route::Profile(profiles::lend(&name, &text)).fragment());
    });

    // The demo's address opens the demo, and gives way to the session's: else *Back* would open another one.
    Effect::new(move |_| {
        if route.get() == Route::Demo {
            crate::view::start::open_demo(engine, dom::replace_fragment);
        }
    });
    let shown = Memo::new(move |_| match route.get() {
        Route::Session(id) | Route::Dashboard(id) | Route::Doctor(Some(id)) => {
            engine.sessions.with(|sessions| sessions.iter().find(|open| open.id == id).cloned())
        }
        _ => None,
    });
    Effect::new(move |_| {
        let open = shown.get();
        let name = match route.get() {
            Route::Doctor(_) => Some(doctor_words::name().to_owned()),
            Route::Timeline => Some(timeline::title().to_owned()),
            _ => open.as_ref().map(Open::shown_name),
        };
        dom::set_title(&name.map_or("Ferrule".to_owned(), |name| format!("{name} · Ferrule")));
        engine.show(if route.get() == Route::Timeline { Some(TOGETHER) } else { open.map(|open| open.id) });
    });
    let shown_id = Memo::new(move |_| shown.get().map(|open| open.id));
    // Screens that are neither a session's nor the start page.
    let aside = Memo::new(move |_| match route.get() {
        route @ (Route::Gallery | Route::Profile(_) | Route::Shared(_) | Route::Doctor(None) | Route::Timeline) => {
            Some(route)
        }
        route @ Route::Doctor(Some(_)) if shown_id.get().is_some() => Some(route),
        _ => None,
    });
    // What another worker says of a session begun again is made anew from its beginning.
    let alone = Memo::new(move |_| matches!(route.get(), Route::Dashboard(_)));
    // A profile with other words makes the workspace anew, as another language does.
    let said = Memo::new(move |_| {
        spoken.track();
        shown.with(|open| open.as_ref().map(|open| device::words_of(&open.profile)).unwrap_or_default())
    });
    let workspace = Memo::new(move |_| shown_id.get().map(|id| (id, engine.life.get(), alone.get())));
    Effect::new(move |before: Option<(Option<SessionId>, Option<Route>, bool)>| {
        let shown = (shown_id.get(), aside.get(), alone.get());
        dom::scroll_to_top();
        request_animation_frame(bar::reveal_current);
        // What had the focus is gone with the screen before; the first screen takes none.
        if before.is_some_and(|before| before != shown) {
            request_animation_frame(|| dom::focus_if_lost("main"));
        }
        shown
    });
    let screen = move || {
        device::put_in_force(said.get());
        let workspace = workspace.get();
        let open = workspace.and_then(|(id, ..)| shown.get_untracked().filter(|open| open.id == id));
        match (aside.get(), workspace) {
            (Some(Route::Doctor(_)), _) => Some(whole(view! { <Doctor open/> })),
            (_, Some((_, _, true))) => open.map(|open| whole(view! { <DashboardPage open/> })),
            (_, Some(_)) => open.map(|open| whole(view! { <Device open/> })),
            (Some(Route::Timeline), _) => Some(whole(view! { <Timeline/> })),
            (Some(Route::Gallery), None) => Some(whole(view! { <Gallery/> })),
            (Some(route), None) => Some(whole(view! { <Preview route/> })),
            (None, None) => Some(whole(view! { <Start/> })),
        }
    };
    // The timeline is as high as the window, as a workspace is.
    let flows = move || {
        let aside = aside.get();
        aside != Some(Route::Timeline) && (aside.is_some() || shown_id.get().is_none() || alone.get())
    };
    let shell = move || {
        view! {
            <a class="skip" href="#main" on:click=move |event| { event.prevent_default(); dom::focus("main"); }>
                {words::skip()}
            </a>
            <div class="shell" class:shell-flow=flows>
                <Bar/>
                <Failure unopened/>
                {screen}
            </div>
            <Palette/>
            <Shortcuts/>
        }
    };
    // Another language makes everything anew: no word on the screen is of two.
    move || {
        spoken.track();
        whole(shell())
    }
}

#[component]
fn Failure(unopened: RwSignal<Option<String>>) -> impl IntoView {
    let engine = crate::engine::use_engine();
    let failed = move |words: String| {
        let reload = Step { word: page::reload(), next: false, take: Callback::new(|()| dom::reload()) };
        view! { <Notice weight=Weight::Alarm words step=Some(reload)/> }
    };
    let revived = move |revival: Revival| {
        let words = revived(&revival, clock::zone_seconds());
        let dismiss =
            Step { word: page::dismiss(), next: false, take: Callback::new(move |()| engine.revival.set(None)) };
        view! { <Notice weight=Weight::Loss words step=Some(dismiss)/> }
    };
    let refused = move |words: String| {
        let dismiss = Step { word: page::dismiss(), next: false, take: Callback::new(move |()| unopened.set(None)) };
        view! { <Notice weight=Weight::Note words step=Some(dismiss)/> }
    };
    view! {
        <div class="failure">
            {move || unopened.get().map(refused)}
            {move || engine.failure.get().map(failed)}
            {move || engine.revival.get().map(revived)}
            <Update/>
        </div>
    }
}

/// What became of the data and the sessions when another worker took over.
fn revived(revival: &Revival, zone_seconds: i64) -> String {
    let at = format::clock(revival.at_nanos, zone_seconds, 0);
    let gone = match revival.sessions {
        0 => page::none_open().to_owned(),
        count => page::gone(count),
    };
    let mut said = format!("{} {gone}", page::restarted(&at));
    if !revival.why.is_empty() {
        said = format!("{said} {}", page::it_said(&revival.why));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::{Revival, revived};

    #[test]
    fn f42_it_is_said_what_is_gone_and_what_goes_on() {
        let revival = |sessions, why: &str| Revival { at_nanos: 3_600_000_000_000, sessions, why: why.into() };
        assert_eq!(
            revived(&revival(2, "out of memory"), 0),
            "The part of this page that holds the data stopped at 01:00:00, and another was started. What was received \
             until then is gone. The 2 sessions were opened again and go on. It said: out of memory"
        );
        assert!(revived(&revival(0, ""), 0).ends_with("No session was open."));
    }
}
