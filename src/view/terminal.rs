//! The terminal: what the device prints and what was sent, with scrollback, and a line to type on.

mod lines;
mod send;

use crate::engine::{Open, Part, use_engine};
use crate::view::format;
use leptos::html;
use leptos::prelude::*;
use send::SendLine;
use session::query::{Answer, Query, Screen};

/// Height of a line in CSS pixels; the style sheet has the same.
const LINE: f64 = 18.0;

/// Lines asked for beyond those in sight, so that scrolling has something to show at once.
const MARGIN: u64 = 10;

/// How the terminal is read.
#[derive(Clone)]
struct Reading {
    /// The first line in sight when the reader has scrolled away from the end; none while following.
    from: ArcRwSignal<Option<u64>>,
    announce: ArcRwSignal<bool>,
    timestamps: ArcRwSignal<bool>,
}

impl Part for Reading {
    fn first(_: &Open) -> Reading {
        let (announce, timestamps) = (ArcRwSignal::new(false), ArcRwSignal::new(true));
        Reading { from: ArcRwSignal::new(None), announce, timestamps }
    }

    fn begin_again(&self) {
        self.from.set(None);
    }
}

/// The terminal of a session.
#[component]
pub fn Terminal(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let node = NodeRef::<html::Div>::new();
    let kept = open.part::<Reading>();
    let (reading, announce) = (RwSignal::from(kept.from), RwSignal::from(kept.announce));
    let timestamps = RwSignal::from(kept.timestamps);
    let answer = engine.ask_for(open.id, move || {
        let element = node.get_untracked()?;
        let rows = (f64::from(element.client_height()) / LINE) as u64 + 1 + 2 * MARGIN;
        let from = reading.get_untracked().map(|line| line.saturating_sub(MARGIN));
        Some(Query::Screen { from, rows: rows.min(400) as u16 })
    });
    let extent = Memo::new(move |_| {
        answer.with(|answer| screen_of(answer.as_deref()).map(|screen| (screen.oldest, screen.total)))
    });
    let height = move || {
        extent
            .get()
            .map_or_else(String::new, |(oldest, total)| format!("{}px", (total - oldest.min(total)) as f64 * LINE))
    };
    // Where following put the scroll bar: only a reader moves it up from there, new lines never do.
    let followed = StoredValue::new(0);
    // Who was reading back when another session was shown finds the same lines.
    let mut returned = reading.get_untracked();
    Effect::new(move |_| {
        let _grown = answer.get();
        let (reading, Some(element)) = (reading.get(), node.get()) else { return };
        // Only after the new lines are laid out is the end where it will be.
        if reading.is_none() {
            request_animation_frame(move || {
                element.set_scroll_top(element.scroll_height());
                followed.try_set_value(element.scroll_top());
            });
        } else if let Some((oldest, _)) = extent.get()
            && let Some(line) = returned.take()
        {
            let top = line.saturating_sub(oldest) as f64 * LINE;
            request_animation_frame(move || element.set_scroll_top(top as i32));
        }
    });
    let scrolled = move |_| {
        let Some(element) = node.get_untracked() else { return };
        let top = f64::from(element.scroll_top());
        let at_end = top + f64::from(element.client_height()) + 2.0 * LINE >= f64::from(element.scroll_height());
        let oldest = extent.get_untracked().map_or(0, |(oldest, _)| oldest);
        if reading.get_untracked().is_none() && element.scroll_top() >= followed.get_value() {
            return;
        }
        let line = (!at_end).then_some(oldest + (top / LINE) as u64);
        if reading.get_untracked() != line {
            reading.set(line);
        }
    };
    let lines = move || {
        answer.with(|answer| {
            screen_of(answer.as_deref()).map(|screen| {
                let top = format!("{}px", screen.from.saturating_sub(screen.oldest) as f64 * LINE);
                view! { <div class="term-lines" style:top=top>{lines::view(screen, timestamps.get())}</div> }
            })
        })
    };
    let note = Memo::new(move |_| {
        let total = extent.get().map_or(0, |(_, total)| total);
        let held = total - extent.get().map_or(0, |(oldest, _)| oldest).min(total);
        let lines = if held < total {
            format!("the last {} of {} lines", format::count(held), format::count(total))
        } else {
            format::plural(total as usize, "line")
        };
        if reading.get().is_some() { format!("{lines} · reading back, new lines keep coming in") } else { lines }
    });
    let follow = move |_| {
        reading.set(None);
        // The button goes, and what it is about gets the focus.
        if let Some(element) = node.get_untracked() {
            let _ = element.focus();
        }
    };
    view! {
        <section class="panel work-term" aria-labelledby="term-title">
            <header class="panel-head">
                <h2 id="term-title">"Terminal"</h2>
                <span class="panel-note">{note}</span>
                <div class="panel-tools">
                    <Toggle word="Times" on=timestamps/>
                    <Toggle word="Announce" on=announce/>
                    {move || {
                        reading.get().is_some().then(|| view! {
                            <button class="button button-small" type="button" on:click=follow>"Follow the end"</button>
                        })
                    }}
                </div>
            </header>
            <div
                class="term"
                node_ref=node
                role="log"
                aria-label="Terminal"
                aria-live=move || if announce.get() { "polite" } else { "off" }
                tabindex="0"
                on:scroll=scrolled
            >
                <div class="term-extent" style:height=height>{lines}</div>
            </div>
            <SendLine open/>
        </section>
    }
}

#[component]
fn Toggle(word: &'static str, on: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="button button-plain button-small"
            type="button"
            aria-pressed=move || on.get().to_string()
            on:click=move |_| on.update(|on| *on = !*on)
        >
            {word}
        </button>
    }
}

fn screen_of(answer: Option<&Answer>) -> Option<&Screen> {
    match answer {
        Some(Answer::Screen(screen)) => Some(screen),
        _ => None,
    }
}
