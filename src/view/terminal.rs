//! The terminal: what the device prints and what was sent, with scrollback, and a line to type on.

mod find;
pub(in crate::view) mod follow;
mod keys;
mod level;
pub(in crate::view) mod lines;
mod paste;
pub(in crate::view) mod place;
mod publish;
mod rejected;
mod send;
mod state;
mod toggle;
mod tools;
mod typed;

use crate::browser::clock::Pace;
use crate::browser::{dom, selection};
use crate::engine::{Open, use_engine};
use crate::view::narrow::Narrow;
use crate::view::shortcuts::single_keys;
use crate::view::text_size::TextSize;
use crate::words::terminal as words;
use find::FindBar;
use follow::Follow;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use lines::Look;
use place::Extent;
use send::SendLine;
use session::link::Link;
use session::query::{Answer, Query, Screen};
use session::tunnel::TargetKind;
use session::wire::Request;
use state::Reading;
pub use state::show_gap;
use std::sync::Arc;
use toggle::Lasting;
pub(in crate::view) use toggle::Toggle;
use tools::Tools;

/// Bytes written as hexadecimal digits.
///
/// # Errors
/// A sentence that says what is wrong.
pub(super) fn hex_bytes(text: &str) -> Result<Vec<u8>, String> {
    typed::hex(text)
}

/// The id of the lines.
const ID: &str = "terminal-lines";

/// Lines asked for beyond those in sight, so that scrolling has something to show at once.
const MARGIN: u64 = 10;

/// Characters whose width is measured.
const PROBE: usize = 50;

/// The terminal of a session.
#[component]
pub fn Terminal(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let node = NodeRef::<html::Div>::new();
    let (room, probe) = (NodeRef::<html::Span>::new(), NodeRef::<html::Span>::new());
    let reading = Reading::of(&open);
    let text_size = expect_context::<TextSize>();
    let now = RwSignal::new(Extent::none(text_size.row_untracked()));
    // What is shown: the latest answer, unless the view stands still.
    let shown = RwSignal::new(None::<Arc<Answer>>);
    let size = StoredValue::new((None, None));
    let fits = RwSignal::new(None);
    // A Telnet device is told the size (NAWS); one on a wire is not, and keeps the usual rows.
    let told = matches!(&open.link, Link::Tunnel(tunnel) if tunnel.kind == TargetKind::Telnet);
    let pace = Pace::every(250_000_000);
    let late = StoredValue::new(false);
    // Rows that have room.
    let room_for =
        move || node.get_untracked().map(|element| f64::from(element.client_height()) / text_size.row_untracked());
    let in_sight = move || room_for().map_or(0, |rows| rows as u64 + 1);
    let answer_slot = StoredValue::new(None::<Arc<Answer>>);
    let answer = engine.ask_for(open.id, move || {
        node.get_untracked()?;
        if pace.due() {
            let rows = room_for().map(|rows| rows as u16);
            let columns = columns_of(room, probe);
            size.set_value((columns, rows.filter(|rows| told && *rows > 0)));
            if fits.get_untracked() != columns {
                fits.set(columns);
            }
        }
        // What was not shown while text was selected.
        if late.get_value() && selection::within(ID).is_none() {
            late.set_value(false);
            shown.set(answer_slot.get_value());
        }
        // The rows of a program that takes the whole screen are asked for wherever its cursor is.
        let all =
            shown.with_untracked(|shown| screen_of(shown.as_deref()).map_or(0, |screen| u64::from(screen.size.1)));
        let rows = (in_sight() + 2 * MARGIN).max(all + MARGIN).min(400);
        let extent = now.get();
        let from = reading.from.get().map(|line| line.saturating_sub(MARGIN).max(extent.oldest));
        let from = from.filter(|_| extent.count() > rows);
        let rows = if extent.cleared { rows.min(extent.count().max(MARGIN)) } else { rows };
        Some(Query::Terminal(Box::new(reading.reader(from, rows as u16, size.get_value()))))
    });
    let total = Memo::new(move |_| answer.with(|answer| screen_of(answer.as_deref()).map_or(0, |screen| screen.total)));
    let wrapped =
        Memo::new(move |_| answer.with(|answer| screen_of(answer.as_deref()).map_or((0, 0), |screen| screen.wrapped)));
    let ever = Memo::new(move |_| answer.with(|answer| screen_of(answer.as_deref()).map_or(0, |screen| screen.ever)));
    let of_screen = Memo::new(move |_| answer.with(|answer| screen_of(answer.as_deref()).map(|screen| screen.size)));
    // As many columns as the lines have, where these are not those that are in sight.
    let columns = move || {
        let (columns, _) = of_screen.get()?;
        let other = reading.size.get().is_some() || fits.get().is_some_and(|fits| columns > fits);
        other.then_some(columns)
    };
    let found = Memo::new(move |_| answer.with(|answer| screen_of(answer.as_deref())?.found.clone()));
    Effect::new(move |_| {
        let answer = answer.get();
        answer_slot.set_value(answer.clone());
        let Some(screen) = screen_of(answer.as_deref()) else { return };
        // Among those found the session leaves out what is cleared, and what came since the view stands still.
        let held = reading.held.get();
        let filters = reading.filters() && screen.found.as_ref().is_none_or(|found| found.wrong.is_none());
        let (until, cleared) = if filters { (None, 0) } else { (held, reading.cleared.get()) };
        let extent = Extent::new(screen, until, cleared, text_size.row());
        if now.get_untracked() != extent {
            now.set(extent);
        }
        if selection::within(ID).is_some() {
            late.set_value(true);
        } else if held.is_none() || reading.from.get().is_some() || shown.with_untracked(Option::is_none) {
            shown.set(answer);
        }
    });
    let height = move || format!("{}px", now.get().height());
    let follow_end = Follow::new(node, now, reading.from, shown);
    let look = move |screen: &Screen| Look {
        times: reading.times.get(),
        since: reading.since.get(),
        levels: reading.levels.get(),
        current: reading.current.get(),
        cursor: screen.cursor.filter(|_| reading.keys.get() || screen.full_screen),
    };
    let lines = move || {
        shown.with(|shown| {
            let screen = screen_of(shown.as_deref())?;
            Some(place::view(screen, now.get(), reading.from.get(), look(screen), None))
        })
    };
    let note = move || {
        let extent = now.get();
        let cleared = reading.cleared.get() > 0;
        // Of a part of them it is not known how many go on with the one before.
        let whole = !cleared && reading.held.get().is_none() && !reading.filters();
        let (past, within) = if whole { wrapped.get() } else { (0, 0) };
        let (held, all) = (extent.count().saturating_sub(within), total.get().saturating_sub(past));
        let lines = if held < all && !cleared && reading.held.get().is_none() {
            words::last_of(held, all)
        } else {
            words::lines(held)
        };
        let more = match (reading.held.get(), cleared, reading.from.get()) {
            (Some(at), ..) => Some(words::held(ever.get().saturating_sub(at))),
            (None, true, None) => Some(words::cleared().to_owned()),
            (None, _, Some(_)) => Some(words::reading_back().to_owned()),
            _ => None,
        };
        more.map_or(lines.clone(), |more| format!("{lines} · {more}"))
    };
    let focus_lines = move || {
        if let Some(element) = node.get_untracked() {
            let _ = element.focus();
        }
    };
    let follow = move |_| {
        reading.from.set(None);
        reading.held.set(None);
        // The button goes, and what it is about gets the focus.
        focus_lines();
    };
    let holds = RwSignal::new(reading.held.get_untracked().is_some());
    Effect::new(move |_| holds.set(reading.held.get().is_some()));
    let hold = Callback::new(move |()| {
        reading.held.set(holds.get_untracked().then(|| ever.get_untracked()));
        if !holds.get_untracked() {
            reading.from.set(None);
        }
    });
    // A line found is shown with what came before it.
    let go = Callback::new(move |line: u64| {
        if reading.filters() {
            return;
        }
        let line = line.saturating_sub(in_sight() / 3).max(now.get_untracked().oldest);
        reading.from.set(Some(line));
        request_animation_frame(move || follow_end.show_line(line));
    });
    // Asked once, as soon as there are lines.
    let gap = engine.ask_for(open.id, move || (reading.gap.get() && now.get().count() > 0).then_some(Query::LastGap));
    Effect::new(move |_| {
        let Some(Answer::Line(line)) = gap.get().as_deref().cloned() else { return };
        if !reading.gap.get_untracked() {
            return;
        }
        reading.gap.set(false);
        if let Some(line) = line {
            reading.only.set(false);
            go.run(line);
        }
    });
    let close = Callback::new(move |()| {
        reading.finding.set(false);
        reading.current.set(None);
        if reading.only.get_untracked() {
            reading.from.set(None);
        }
        focus_lines();
    });
    let text = Callback::new(move |()| {
        let rows = usize::try_from(in_sight()).unwrap_or(usize::MAX);
        shown.with_untracked(|shown| {
            screen_of(shown.as_deref())
                .map(|screen| place::text_in_sight(screen, now.get_untracked(), reading.from.get_untracked(), rows))
                .unwrap_or_default()
        })
    });
    let id = open.id;
    // In character mode the keys are the device's, but for the one that ends it.
    let typed = move |event: KeyboardEvent| {
        if !reading.keys.get_untracked() {
            return;
        }
        if keys::leaves(&event) {
            event.prevent_default();
            event.stop_propagation();
            reading.keys.set(false);
            return request_animation_frame(|| dom::focus("send-line"));
        }
        // As it is now, also where what is shown stands still.
        let application = answer.with_untracked(|now| screen_of(now.as_deref()).is_some_and(|it| it.application_keys));
        if let Some(bytes) = keys::bytes(&event, application) {
            event.prevent_default();
            event.stop_propagation();
            reading.from.set(None);
            engine.post(Request::Keys { session: id, bytes });
        }
    };
    let paste = open.part::<paste::Paste>();
    let pasted = move |event: leptos::ev::Event| {
        if let Some(text) = reading.keys.get_untracked().then(|| selection::pasted(&event)).flatten() {
            event.prevent_default();
            let bracketed = answer.with_untracked(|now| screen_of(now.as_deref()).is_some_and(|it| it.bracketed_paste));
            if !paste.take(&text, b"\r", bracketed) {
                let lines = typed::pasted(&text).0;
                let bytes =
                    if bracketed { typed::bracketed(&lines, false).concat() } else { lines.concat().into_bytes() };
                engine.post(Request::Keys { session: id, bytes });
            }
        }
    };
    let key = move |event: KeyboardEvent| {
        let slash = event.key() == "/" && !event.ctrl_key() && single_keys();
        let find = event.key() == "f" && (event.ctrl_key() || event.meta_key()) || slash;
        if find && !dom::typing(&event) || event.key() == "f" && event.ctrl_key() {
            event.prevent_default();
            find::open(reading);
        }
    };
    // A file is read to its end, and hears nothing.
    let file = open.link.is_file();
    let (bytes, bytes_by_key) = (open.clone(), open.clone());
    let typed_alone = move |event: KeyboardEvent| {
        let alone = single_keys() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if alone && event.key() == "b" && !event.default_prevented() {
            let newest = |screen: &Screen| rejected::show_newest(&bytes_by_key, screen);
            if shown.with_untracked(|shown| screen_of(shown.as_deref()).is_some_and(newest)) {
                event.prevent_default();
            }
        }
    };
    let toggled_find =
        Callback::new(move |()| if reading.finding.get_untracked() { find::open(reading) } else { close.run(()) });
    let tools = open.clone();
    let narrow = expect_context::<Narrow>();
    view! {
        <section class="panel work-term" aria-labelledby="term-title" on:keydown=key>
            <header class="panel-head">
                <h2 id="term-title">{words::title()}</h2>
                <span class="panel-note">{note}</span>
                <div class="panel-tools">
                    {move || {
                        (reading.from.get().is_some() || reading.held.get().is_some()).then(|| view! {
                            <button class="button button-small" type="button" on:click=follow>{words::follow()}</button>
                        })
                    }}
                    <Toggle word=words::find() on=reading.finding changed=toggled_find/>
                    {(!file).then(|| view! { <Toggle word=words::hold() on=holds changed=hold/> })}
                    {move || (!narrow.get()).then(|| view! { <Lasting reading/> })}
                    <button
                        class="button button-plain button-small"
                        type="button"
                        aria-expanded=move || reading.more.get().to_string()
                        on:click=move |_| reading.more.update(|on| *on = !*on)
                    >
                        {words::more()}
                    </button>
                </div>
            </header>
            {move || reading.finding.get().then(|| view! { <FindBar reading found go close/> })}
            {move || {
                let open = tools.clone();
                reading.more.get().then(|| view! { <Tools open reading ever text size=of_screen/> })
            }}
            <div
                class="term"
                id=ID
                node_ref=node
                role="log"
                aria-label=words::title()
                aria-live=move || if reading.announce.get() { "polite" } else { "off" }
                tabindex="0"
                on:scroll=move |_| follow_end.scrolled()
                on:keydown=move |event| {
                    typed(event.clone());
                    typed_alone(event);
                }
                on:click=move |event| rejected::pressed(&bytes, &event)
                on:paste=move |event| pasted(event.into())
            >
                <div class="term-line term-probe" class:term-bare=move || !reading.times.get() aria-hidden="true">
                    <time></time>
                    <span></span>
                    <span class="term-text" node_ref=room><span node_ref=probe>{"0".repeat(PROBE)}</span></span>
                </div>
                <div
                    class="term-extent"
                    class:term-sized=move || columns().is_some()
                    style:min-height=height
                    style:--columns=move || columns().unwrap_or_default().to_string()
                >{lines}</div>
            </div>
            {(!file).then(|| view! { <SendLine open keys=reading.keys/> })}
        </section>
    }
}

/// How many columns fit.
fn columns_of(room: NodeRef<html::Span>, probe: NodeRef<html::Span>) -> Option<u16> {
    let room = f64::from(room.get_untracked()?.client_width());
    let width = probe.get_untracked()?.get_bounding_client_rect().width() / PROBE as f64;
    (width > 1.0 && room > width).then(|| (room / width) as u16)
}

fn screen_of(answer: Option<&Answer>) -> Option<&Screen> {
    match answer {
        Some(Answer::Screen(screen)) => Some(screen),
        _ => None,
    }
}
