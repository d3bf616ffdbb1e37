//! The control signals of a serial line: those of the device are seen, those of this side are set.

use crate::browser::clock::Pace;
use crate::engine::{Open, use_engine};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::state::{Kind, State};
use crate::words::line as words;
use leptos::prelude::*;
use session::link::Link;
use session::query::{Answer, Query, Status, Terms};
use session::signal::{Inputs, Signal, Signals};
use session::wire::Request;
use std::sync::Arc;

/// How often the device's side is looked at, in nanoseconds.
const EVERY: i64 = 250_000_000;

/// Telnet's option for the port behind a server (RFC 2217).
const COM_PORT: u8 = 44;

/// Reads one of them.
type Level = fn(&Inputs) -> bool;

/// The inputs, with the names that are printed beside the pins.
const INPUTS: [(&str, Level); 4] = [("CTS", |i| i.cts), ("DSR", |i| i.dsr), ("DCD", |i| i.dcd), ("RI", |i| i.ri)];

/// The signals of a session's line.
#[component]
pub fn SignalsStrip(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let pace = Pace::every(EVERY);
    let answer = engine.ask_for(id, move || pace.due().then_some(Query::Signals));
    let wired = matches!(open.link, Link::Serial(_));
    // Behind Telnet there are pins where a serial port was asked for; a break there is always.
    let pins = open.link.baud().is_some();
    let signals = Memo::new(move |_| match answer.get().as_deref() {
        Some(Answer::Signals(signals)) => signals.clone(),
        _ => None,
    });
    let set = move |signal: Signal| engine.post(Request::Signal { session: id, signal });
    let input = move |(name, of): (&'static str, Level)| {
        let level = Memo::new(move |_| signals.with(|known| Some(of(&known.as_ref()?.inputs?))));
        let state = move || {
            let (kind, word) = match level.get() {
                Some(true) => (Kind::Connected, words::on()),
                Some(false) => (Kind::Off, words::off()),
                None => (Kind::Stale, words::unknown()),
            };
            view! { <State kind word/> }
        };
        view! { <li><b class="mono">{name}</b>{state}</li> }
    };
    let output = move |name: &'static str, of: fn(&Signals) -> Option<bool>, signal: fn(bool) -> Signal| {
        let level = Memo::new(move |_| signals.with(|known| of(known.as_ref()?)));
        let button = move |on: bool| {
            let word = if on { words::on() } else { words::off() };
            let label = if on { words::set_on(name) } else { words::set_off(name) };
            view! {
                <button
                    type="button"
                    aria-label=label
                    aria-pressed=move || (level.get() == Some(on)).to_string()
                    on:click=move |_| set(signal(on))
                >
                    {word}
                </button>
            }
        };
        let left = move || level.get().is_none().then(words::as_opened);
        view! {
            <div class="line-output">
                <b class="mono">{name}</b>
                <span class="choice" role="group" aria-label=name>{button(true)}{button(false)}</span>
                <span class="line-left">{left}</span>
            </div>
        }
    };
    let breaking = Memo::new(move |_| signals.with(|known| known.as_ref().is_some_and(|known| known.breaking)));
    // A server with a port behind it may offer to set it unasked; the option's number is IANA's.
    let offered = Memo::new(move |_| {
        let refused = |terms: &Terms| terms.refused.iter().any(|(option, _)| *option == COM_PORT);
        let terms = |status: &Arc<Status>| status.reached.as_ref()?.terms.as_ref().map(refused);
        engine.statuses.with(|all| all.get(&id).and_then(terms)).unwrap_or_default()
    });
    let note = move || match (wired, offered.get()) {
        (true, _) => words::note(),
        (false, true) => words::no_baud(),
        (false, false) => words::no_port(),
    };
    let remark = leptos::prelude::Signal::derive(move || {
        signals.with(|known| match known {
            // The first answer takes a moment: nothing is said until there is one.
            None => answer
                .with(|answer| answer.is_some() && !connected(engine, id))
                .then(|| Remark::Note(words::closed().to_owned())),
            Some(known) if known.failed.is_empty() => None,
            Some(known) => Some(Remark::Wrong(known.failed.clone())),
        })
    });
    view! {
        <div class="line-signals">
            {pins.then(|| view! {
                <ul class="line-inputs" aria-label=words::inputs()>{INPUTS.map(input).collect_view()}</ul>
                {output("DTR", |known| known.dtr, Signal::Dtr)}
                {output("RTS", |known| known.rts, Signal::Rts)}
            })}
            <button class="button" type="button" on:click=move |_| set(Signal::SendBreak)>{words::send_break()}</button>
            {pins.then(|| view! {
                <button
                    class="button"
                    type="button"
                    aria-pressed=move || breaking.get().to_string()
                    on:click=move |_| set(Signal::Break(!breaking.get_untracked()))
                >
                    {words::hold_break()}
                </button>
            })}
        </div>
        {(wired || !pins).then(|| view! { <p class="field-note">{note}</p> })}
        <RemarkPlace role="status" remark/>
    }
}

fn connected(engine: crate::engine::Engine, id: u32) -> bool {
    engine
        .statuses
        .with(|statuses| statuses.get(&id).is_some_and(|status| status.state == session::query::LinkState::Connected))
}
