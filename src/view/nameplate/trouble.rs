//! What is wrong with the link, why, and what to do.

use super::log_in::LogIn;
use super::released::Released;
use super::token::Token;
use super::usb_id;
use crate::engine::{Open, use_engine};
use crate::profiles;
use crate::route::Route;
use crate::ui::notice::{Notice, Step, Weight};
use crate::words::{doctor, line as line_words, nameplate as words};
use leptos::prelude::*;
use session::CloseKind;
use session::link::{Link, Port};
use session::query::{LinkState, Status};
use session::wire::Request;

/// What is wrong with the link, why, and what to do: only where something is.
#[component]
pub(super) fn Trouble(open: Open, status: Memo<Option<std::sync::Arc<Status>>>) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let release = open.part::<Released>();
    let seen = release.clone();
    Effect::new(move |_| {
        // The port may have another place by now.
        let here = engine.session(id).is_some_and(|open| match &open.link {
            Link::Serial(serial) => engine.ports.with(|ports| ports.contains(&serial.port)),
            _ => false,
        });
        seen.see(here);
    });
    let failed = |status: &Status| match &status.state {
        LinkState::Waiting { why, .. } | LinkState::Closed { why } if !why.is_empty() => Some(why.clone()),
        _ => None,
    };
    let why = Memo::new(move |_| {
        let Some(status) = status.get() else { return unusable(&engine.session(id)?) };
        let closed = matches!(status.state, LinkState::Closed { .. });
        failed(&status).or_else(|| status.hint.clone()).or_else(|| release.words().filter(|_| closed))
    });
    let given = open.part::<Released>().released;
    // Apart from the words: they stay while it is tried again and again, and are read out once.
    let may_reopen = Memo::new(move |_| {
        status.get().is_some_and(|status| {
            // With a token or a password there is another way to connect again.
            let asks = matches!(status.ended, Some(CloseKind::Token | CloseKind::Credentials | CloseKind::Secret));
            failed(&status).is_some() && !asks
        })
    });
    let take = Callback::new(move |()| engine.post(Request::Reopen { session: id }));
    let again = Step { word: words::try_again(), next: true, take };
    let asked = Memo::new(move |_| status.with(|status| super::log_in::asks(status.as_deref())));
    let unclear = is_unclear(status);
    let taken = Memo::new(move |_| status.get().is_some_and(|status| status.ended == Some(CloseKind::TakenOver)));
    let back = Step { word: words::reconnect(), next: true, take };
    let retake = Step { word: line_words::retake(), next: true, take };
    let step = Signal::derive(move || {
        // Where somebody must log in, or say which port is meant, that is the next step.
        let again = Step { next: !asked.get() && !unclear.get(), ..again };
        if may_reopen.get() { Some(if taken.get() { back } else { again }) } else { given.get().then_some(retake) }
    });
    let wired = matches!(open.link, Link::Serial(_));
    let doctor = (doctor::name(), format!("#{}", Route::Doctor(Some(id)).fragment()));
    let doctor = wired.then_some(doctor);
    let notice = move |words: String| view! { <Notice weight=Weight::Note words step more=doctor.clone()/> };
    view! {
        <div class="trouble" data-next="#release-port">{move || why.get().map(&notice)}</div>
        <Token open=open.clone() status/>
        <LogIn open=open.clone() status/>
        <Alike open status/>
    }
}

/// Whether the user must say which port is meant.
fn is_unclear(status: Memo<Option<std::sync::Arc<Status>>>) -> Memo<bool> {
    Memo::new(move |_| status.get().is_some_and(|status| status.ended == Some(CloseKind::Ambiguous)))
}

/// The ports that look alike, where the user must say which is meant.
#[component]
fn Alike(open: Open, status: Memo<Option<std::sync::Arc<Status>>>) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let unclear = is_unclear(status);
    let choices = move || {
        let Link::Serial(serial) = &open.link else { return None };
        let meant = serial.port;
        unclear.get().then(|| {
            let alike = |port: &Port| (port.vendor, port.product) == (meant.vendor, meant.product);
            let button = |port: Port| {
                let word = line_words::use_port(usb_id(&port));
                view! { <button class="button" type="button" on:click=move |_| engine.use_port(id, port)>{word}</button> }
            };
            let ports = engine.ports.get().into_iter().filter(alike).map(button).collect_view();
            view! { <div class="line-alike">{ports}</div> }
        })
    };
    view! { {choices} }
}

/// The profile of a session that could not even begin.
fn unusable(open: &Open) -> Option<String> {
    let (line, reason) = open.unusable.as_ref()?;
    Some(words::unusable(profiles::mistake(*line, reason.trim_end_matches('.'))))
}
