//! What else can be done with the lines: how they are shown, copied and saved.

use super::state::Reading;
use crate::browser::{file, selection};
use crate::engine::{Open, use_engine};
use crate::ui::remark::{self, Remark, RemarkPlace};
use crate::view::narrow::Narrow;
use crate::words::terminal as words;
use leptos::prelude::*;
use session::query::{Answer, Find, Query};

/// The place of what is being saved.
#[derive(Clone, Default)]
struct Saving {
    from: u64,
    first: Option<u64>,
    until: u64,
    /// Only lines in which this is found.
    only: Option<Find>,
    lines: u64,
    parts: Vec<String>,
}

/// The further tools. `text` is what can be seen, with how many lines that is.
#[component]
pub(super) fn Tools(
    open: Open,
    reading: Reading,
    /// Lines since the first ever.
    ever: Memo<u64>,
    text: Callback<(), (String, u64)>,
    /// Columns and rows.
    size: Memo<Option<(u16, u16)>>,
) -> impl IntoView {
    let engine = use_engine();
    let remark = RwSignal::new(None);
    let copy = move |_| {
        let selected = selection::within(super::ID);
        let (text, said) = match selected {
            Some(text) => (text, words::copied_selection().to_owned()),
            None => {
                let (text, lines) = text.run(());
                (text, words::copied(lines))
            }
        };
        remark::copy(text, remark, said, words::not_copied());
    };
    let saving = RwSignal::new(None::<Saving>);
    let parts = engine.ask_for(open.id, move || {
        let saving = saving.get()?;
        Some(Query::Text { from: saving.from, until: Some(saving.until), only: saving.only })
    });
    let name = format!("{}-terminal.txt", open.name.replace(|ch: char| !ch.is_alphanumeric(), "-"));
    Effect::new(move |_| {
        let Some(answer) = parts.get() else { return };
        let Answer::Text(part) = &*answer else { return };
        let Some(mut under_way) = saving.get_untracked() else { return };
        // The oldest lines may have been given up meanwhile: what comes first says so.
        let expected = under_way.first.is_none_or(|_| part.from == under_way.from);
        if under_way.until == 0 || !expected && part.from < under_way.from {
            return;
        }
        let first = *under_way.first.get_or_insert(part.from);
        under_way.from = part.next;
        under_way.parts.push(part.text.clone());
        under_way.lines += part.lines;
        if part.next >= under_way.until {
            file::save_parts(&name, "text/plain;charset=utf-8", &under_way.parts);
            saving.set(None);
            remark.set(Some(Remark::Note(words::saved(under_way.lines, name.clone()))));
        } else {
            let all = under_way.until.saturating_sub(first).max(1);
            let done = part.next.saturating_sub(first).saturating_mul(100) / all;
            remark.set(Some(Remark::Note(words::saving(done))));
            saving.set(Some(under_way));
        }
    });
    let save = move |_| {
        // What stands still is saved as it stands.
        let until = reading.held.get_untracked().unwrap_or_else(|| ever.get_untracked());
        if until > 0 && saving.with_untracked(Option::is_none) {
            let only = untrack(|| reading.filters().then(|| reading.find()).flatten());
            saving.set(Some(Saving { from: reading.cleared.get_untracked(), until, only, ..Saving::default() }));
        }
    };
    let clear = move |_| {
        let cleared = reading.cleared.get_untracked();
        reading.cleared.set(if cleared > 0 { 0 } else { ever.get_untracked() });
        reading.from.set(None);
        reading.held.set(None);
    };
    let clear_word = move || if reading.cleared.get() > 0 { words::show_earlier() } else { words::clear() };
    let narrow = expect_context::<Narrow>();
    let echo = RwSignal::new(!reading.silent.get_untracked());
    view! {
        <div class="term-bar" role="group" aria-label=words::tools()>
            // For which a narrow window's head has no room.
            {move || narrow.get().then(|| view! { <super::Lasting reading/> })}
            <super::Toggle word=words::since() on=reading.since/>
            <super::Toggle word=words::levels() on=reading.levels/>
            <super::Toggle word=words::echo() on=echo changed=Callback::new(move |()| reading.silent.set(!echo.get_untracked()))/>
            <super::Toggle word=words::controls() on=reading.controls why=words::controls_why()/>
            <button class="button button-plain button-small" type="button" on:click=copy>{words::copy()}</button>
            <button class="button button-plain button-small" type="button" on:click=save>{words::save()}</button>
            <button class="button button-plain button-small" type="button" on:click=clear>{clear_word}</button>
            <ScreenSize own=reading.size size/>
        </div>
        <RemarkPlace role="status" class="term-remark" remark=remark.into()/>
    }
    .into_any()
}

/// Columns and rows from and to which the screen can be set; the session has the same bounds.
const COLUMNS: (u16, u16) = (20, 500);
const ROWS: (u16, u16) = (4, 120);

/// How large the screen is, and how large it shall be.
#[component]
fn ScreenSize(own: RwSignal<Option<(u16, u16)>>, size: Memo<Option<(u16, u16)>>) -> impl IntoView {
    const USUAL: (u16, u16) = (80, 24);
    let filling = RwSignal::new(own.get_untracked().is_some_and(|own| own != USUAL));
    let word = move || match own.get() {
        None => "panel",
        Some(_) if filling.get() => "own",
        Some(_) => "80x24",
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        filling.set(word == "own");
        own.set((word != "panel").then(|| if word == "own" { size.get_untracked().unwrap_or(USUAL) } else { USUAL }));
    };
    let number = move |word: fn() -> &'static str, (least, most): (u16, u16), of: fn(&mut (u16, u16)) -> &mut u16| {
        let now = move || own.get().map_or(0, |mut own| *of(&mut own)).to_string();
        let fill = move |event| {
            own.update(|own| {
                if let Some(own) = own {
                    // What is no number leaves it as it is, and the field says so again.
                    let typed: f64 = event_target_value(&event).trim().parse().unwrap_or_else(|_| f64::from(*of(own)));
                    *of(own) = (typed as u16).clamp(least, most);
                }
            });
        };
        view! {
            <input class="field-box field-small term-size" type="number" min=least max=most aria-label=word prop:value=now on:change=fill/>
        }
    };
    let told = move || size.get().map(|(columns, rows)| format!("stty cols {columns} rows {rows}"));
    view! {
        <label class="term-label" for="terminal-size">{words::screen_size}</label>
        <select class="field-select field-small" id="terminal-size" prop:value=word on:change=choose>
            <option value="panel" selected=word() == "panel">{words::as_panel}</option>
            <option value="80x24" selected=word() == "80x24">"80 × 24"</option>
            <option value="own" selected=word() == "own">{words::own_size}</option>
        </select>
        {move || filling.get().then(|| view! {
            {number(words::columns, COLUMNS, |own| &mut own.0)}
            "×"
            {number(words::rows, ROWS, |own| &mut own.1)}
        })}
        <code class="term-told" title=words::size_why()>{told}</code>
    }
    .into_any()
}
