//! The bytes of both directions as they came and went, with the frames they are part of.

mod drag;
mod find;
mod number;
pub mod origin;
mod reading;
mod rows;

use crate::browser::clock::Pace;
use crate::browser::dom;
use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::{self, Remark, RemarkPlace};
use crate::view::format;
use crate::view::text_size::TextSize;
use crate::view::values::row_id;
use crate::view::workspace::Workspace;
use crate::words::hex as words;
use drag::pulled;
use find::{Sought, sought};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use origin::Wanted;
use reading::readings;
use session::query::{Answer, Bytes, FieldId, Origin, Query, Stretch};
use std::sync::Arc;

/// Narrower than as many rows are high, a row takes two lines.
const NARROW: f64 = 640.0 / 18.0;

/// Browsers measure no more, in CSS pixels.
const MOST: f64 = 16e6;

/// What is kept of it.
#[derive(Clone)]
struct Kept {
    from: ArcRwSignal<Option<u64>>,
    needle: ArcRwSignal<String>,
    /// Offsets: where the selection began, and where it is now.
    selected: ArcRwSignal<Option<(u64, u64)>>,
    /// What another panel asked for.
    wanted: ArcRwSignal<Option<Wanted>>,
}

impl Part for Kept {
    fn first(_: &Open) -> Kept {
        let (from, needle, selected) = (ArcRwSignal::new(None), ArcRwSignal::default(), ArcRwSignal::new(None));
        Kept { from, needle, selected, wanted: ArcRwSignal::new(None) }
    }

    fn begin_again(&self) {
        self.from.set(None);
        self.selected.set(None);
        self.wanted.set(None);
    }
}

/// The bytes of a session.
#[component]
pub fn Hex(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let kept = open.part::<Kept>();
    let (from, needle) = (RwSignal::from(kept.from), RwSignal::from(kept.needle));
    let (selected, wanted) = (RwSignal::from(kept.selected), RwSignal::from(kept.wanted));
    let node = NodeRef::<html::Div>::new();
    let narrow = RwSignal::new(false);
    let text_size = expect_context::<TextSize>();
    let line = move || text_size.row_untracked();
    let pace = Pace::of_reading();
    let remark = RwSignal::new(None::<Remark>);
    let answer = engine.ask_for(open.id, move || {
        let element = node.get_untracked()?;
        let is_narrow = f64::from(element.client_width()) < NARROW * line();
        if narrow.get_untracked() != is_narrow {
            narrow.set(is_narrow);
        }
        // Following, nobody reads more than ten pictures a second.
        if from.get().is_none() && !pace.due() {
            return None;
        }
        let rows = (f64::from(element.client_height()) / line()) as u64 + 4;
        Some(Query::Bytes { from: from.get(), rows: rows.min(200) as u16 })
    });
    let extent = Memo::new(move |_| answer.with(|answer| bytes_of(answer).map_or((0, 0), |it| (it.oldest, it.total))));
    let height_of = move || if narrow.get() { 2.0 * text_size.row() } else { text_size.row() };
    let pitch = move || {
        let (oldest, total) = extent.get();
        height_of().min(MOST / total.saturating_sub(oldest).max(1) as f64)
    };
    let range = move || selected.get().map(|(a, b)| a.min(b)..=a.max(b));
    let followed = StoredValue::new(0);
    Effect::new(move |_| {
        let _grown = (answer.get(), height_of());
        if let (None, Some(element)) = (from.get(), node.get()) {
            request_animation_frame(move || {
                element.set_scroll_top(element.scroll_height());
                followed.try_set_value(element.scroll_top());
            });
        }
    });
    // A row that is to be shown, and where the scrolling to it ended: that is no wish of the user's.
    let (goal, placed) = (RwSignal::new(None::<u64>), StoredValue::new(None::<i32>));
    let scrolled = move |_| {
        let Some(element) = node.try_get_untracked().flatten() else { return };
        match placed.get_value() {
            Some(place) if place == element.scroll_top() => return,
            None if goal.get_untracked().is_some() => return,
            _ => {}
        }
        placed.set_value(None);
        goal.set(None);
        if from.get_untracked().is_none() && element.scroll_top() >= followed.get_value() {
            return;
        }
        let top = f64::from(element.scroll_top());
        let at_end = top + f64::from(element.client_height()) + line() >= f64::from(element.scroll_height());
        let row = extent.get_untracked().0 + (top / untrack(pitch)) as u64;
        let row = (!at_end).then_some(row);
        if from.get_untracked() != row {
            from.set(row);
        }
    };
    let show_row = move |row: u64| {
        let height = node.get_untracked().map_or(0.0, |element| f64::from(element.client_height()));
        // What is read of the bytes will take some of the room.
        let above = (height / untrack(height_of) / 9.0).clamp(0.0, 3.0) as u64;
        from.set(Some(row.saturating_sub(above).max(extent.get_untracked().0)));
        placed.set_value(None);
        goal.set(Some(row));
    };
    Effect::new(move |_| {
        let (Some(row), (oldest, total)) = (goal.get(), extent.get()) else { return };
        // What has just come is not among the rows yet.
        if total <= row {
            return;
        }
        request_animation_frame(move || {
            // The rows may be gone by the next frame.
            let Some(element) = node.try_get_untracked().flatten() else { return };
            let Some(top) = from.get_untracked() else { return };
            let place = (top.saturating_sub(oldest) as f64 * untrack(pitch)) as i32;
            element.set_scroll_top(place);
            placed.try_set_value(Some(element.scroll_top()));
            // At the very end there may be no room to scroll so far; what comes next makes some.
            if element.scroll_top() >= place {
                goal.try_set(None);
            }
        });
    });
    // What is looked for, from where, and which way: asked once.
    let asked = RwSignal::new(None::<Sought>);
    let found = engine.ask_for(open.id, move || asked.get().map(Sought::query));
    Effect::new(move |_| {
        let Some(answer) = found.get() else { return };
        let (Answer::FoundBytes(place), Some(sought)) = (&*answer, asked.get_untracked()) else { return };
        asked.set(place.is_none().then(|| sought.around()).flatten());
        match place {
            Some((at, row)) => {
                let range = (*at, at + sought.bytes.len() as u64 - 1);
                let same = selected.get_untracked() == Some(range);
                remark.set(sought.said(same).map(|said| Remark::Note(said.to_owned())));
                selected.set(Some(range));
                show_row(*row);
            }
            None if asked.with_untracked(Option::is_some) => {}
            None => remark.set(Some(Remark::Note(words::not_found().to_owned()))),
        }
    });
    // The row of values from where one came.
    let came = StoredValue::new(None::<FieldId>);
    // How the value was computed whose bytes are shown.
    let made = RwSignal::new(None::<Origin>);
    let choose = Callback::new(move |(range, row): origin::Shown| {
        selected.set(Some(range));
        show_row(row);
    });
    // The bytes of a value or a rejected frame: asked once, as soon as it is known which are held.
    let origin = engine.ask_for(open.id, move || {
        let query = wanted.with(|wanted| wanted.as_ref().map(Wanted::query))?;
        (extent.get().1 > 0).then_some(query)
    });
    Effect::new(move |_| {
        let Some(Answer::Origin(origin)) = origin.get().as_deref().cloned() else { return };
        let Some(asked) = wanted.get_untracked() else { return };
        wanted.set(None);
        came.set_value(if let Wanted::Value(field, _) = asked { Some(field) } else { None });
        made.set(matches!(origin, Origin::Computed { .. }).then(|| origin.clone()));
        let (found, said) = origin::found(origin, &asked);
        remark.set(Some(said));
        selected.set(found.map(|(range, _)| range));
        if let Some((_, row)) = found {
            show_row(row);
        }
    });
    let find = move |back: bool| match sought(&needle.get_untracked()) {
        Ok(bytes) if bytes.is_empty() => {}
        Ok(bytes) => {
            let range = untrack(range);
            let start = match (&range, back) {
                (Some(range), true) => *range.start(),
                (Some(range), false) => range.start() + 1,
                (None, true) => u64::MAX,
                (None, false) => 0,
            };
            asked.set(Some(Sought { bytes, from: start, back, around: false }));
        }
        Err(why) => remark.set(Some(Remark::Wrong(why))),
    };
    // What is selected, in sight or not; and where the end that moves is.
    let stretch = engine.ask_for(open.id, move || {
        let ((_, find), range) = (selected.get()?, range()?);
        // From a single byte on, whatever number begins there is read.
        let to = if range.start() == range.end() { range.start() + 7 } else { *range.end() };
        Some(Query::Stretch { from: *range.start(), to, find })
    });
    let bytes_selected = move || {
        let range = range()?;
        stretch.with(|answer| {
            let stretch = stretch_of(answer).filter(|stretch| stretch.from == *range.start())?;
            Some((range, stretch.bytes.clone()))
        })
    };
    // A key moves the end of the selection out of sight: it is followed.
    let follows = StoredValue::new(false);
    Effect::new(move |_| {
        let row = stretch.with(|answer| stretch_of(answer).and_then(|stretch| stretch.row));
        let (Some(row), Some(element), true) = (row, node.get_untracked(), follows.get_value()) else { return };
        follows.set_value(false);
        let (pitch, oldest) = (untrack(pitch), extent.get_untracked().0);
        let in_sight = (f64::from(element.client_height()) / untrack(height_of)) as u64;
        let top = oldest + (f64::from(element.scroll_top()) / pitch) as u64;
        let to = if row < top {
            row
        } else if row + 2 > top + in_sight {
            (row + 2).saturating_sub(in_sight)
        } else {
            return;
        };
        from.set(Some(to));
        request_animation_frame(move || element.set_scroll_top((to.saturating_sub(oldest) as f64 * pitch) as i32));
    });
    let selecting = StoredValue::new(false);
    let press = move |event: leptos::ev::PointerEvent| {
        let Some(at) = dom::data_of(&event, "data-at").and_then(|at| at.parse().ok()) else { return };
        came.set_value(None);
        if from.get_untracked().is_none() {
            // What is being selected stands still.
            let shown = answer.with_untracked(|answer| bytes_of(answer).map(|bytes| bytes.from));
            from.set(shown);
        }
        let anchor = selected.get_untracked().filter(|_| event.shift_key()).map_or(at, |(anchor, _)| anchor);
        selected.set(Some((anchor, at)));
        selecting.set_value(true);
    };
    let select_to = move |at: Option<String>| {
        let at = at.and_then(|at| at.parse().ok());
        if let Some(at) = at.filter(|at| selected.get_untracked().is_none_or(|(_, end)| end != *at)) {
            selected.update(|selected| *selected = Some((selected.map_or(at, |(anchor, _)| anchor), at)));
        }
    };
    // Dragged beyond the rows in sight, they go on by as many rows a frame.
    let pull = StoredValue::new(None::<(f64, f64, f64)>);
    let drag = move |event: leptos::ev::PointerEvent| {
        let Some(element) = node.get_untracked().filter(|_| event.buttons() & 1 == 1 && selecting.get_value()) else {
            pull.set_value(None);
            return;
        };
        let _ = element.set_pointer_capture(event.pointer_id());
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let room = element.get_bounding_client_rect();
        let beyond = if y < room.top() {
            y - room.top()
        } else {
            (y - room.top() - f64::from(element.client_height())).max(0.0)
        };
        let inside = y.clamp(room.top() + 2.0, room.top() + f64::from(element.client_height()) - 2.0);
        select_to(dom::under(x, inside, "[data-at]", "data-at"));
        let idle = pull.get_value().is_none();
        pull.set_value((beyond != 0.0).then_some((x, inside, (beyond / line()).clamp(-8.0, 8.0))));
        if idle && beyond != 0.0 {
            pulled(node, pull, line, select_to);
        }
    };
    let let_go = move |_| {
        pull.set_value(None);
        selecting.set_value(false);
    };
    let key = move |event: KeyboardEvent| {
        let page = answer.with_untracked(|answer| {
            let rows = &bytes_of(answer)?.rows;
            let end = rows.last()?;
            i64::try_from((end.at + end.bytes.len() as u64).saturating_sub(rows.first()?.at)).ok()
        });
        let page = page.unwrap_or(16);
        let step: i64 = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowUp" => -16,
            "ArrowDown" => 16,
            "PageUp" => -page,
            "PageDown" => page,
            "Escape" => match came.get_value() {
                Some(field) => {
                    came.set_value(None);
                    event.prevent_default();
                    return to_row(&open, field);
                }
                None => return selected.set(None),
            },
            _ => return,
        };
        event.prevent_default();
        let first = answer.with_untracked(|answer| bytes_of(answer)?.rows.first().map(|row| row.at));
        let now = selected.get_untracked().or(first.map(|at| (at, at)));
        if let Some((anchor, at)) = now {
            let held = stretch.with_untracked(|answer| stretch_of(answer).map(|stretch| stretch.held));
            let last = answer
                .with_untracked(|answer| bytes_of(answer)?.rows.last().map(|row| row.at + row.bytes.len() as u64));
            // New bytes may have come since either was said.
            let end = held.map_or(0, |held| held.1).max(last.unwrap_or(0)).max(1);
            let at = at.saturating_add_signed(step).clamp(held.map_or(0, |held| held.0).min(end - 1), end - 1);
            follows.set_value(true);
            if from.get_untracked().is_none() {
                // What is being selected stands still.
                from.set(answer.with_untracked(|answer| bytes_of(answer).map(|bytes| bytes.from)));
            }
            selected.set(Some((if event.shift_key() { anchor } else { at }, at)));
        }
    };
    let lines = move || {
        answer.with(|answer| {
            let bytes = bytes_of(answer)?;
            if bytes.total == 0 {
                return Some(view! { <p class="panel-empty">{words::empty()}</p> }.into_any());
            }
            let range = range();
            let rows = bytes.rows.iter().map(|row| rows::row(row, range.as_ref())).collect_view();
            let top = bytes.from.saturating_sub(bytes.oldest) as f64 * pitch();
            Some(match from.get() {
                Some(_) => view! { <div class="hex-rows" style:top=format!("{top}px")>{rows}</div> }.into_any(),
                None => view! { <div class="hex-rows hex-end">{rows}</div> }.into_any(),
            })
        })
    };
    let height = move || format!("{}px", extent.get().1.saturating_sub(extent.get().0) as f64 * pitch());
    let note = move || {
        let (oldest, total) = extent.get();
        let rows = words::rows(total.saturating_sub(oldest));
        if oldest > 0 { format!("{rows} · {}", words::given_up()) } else { rows }
    };
    let hold = move |_| {
        let first = answer.with_untracked(|answer| bytes_of(answer).map(|bytes| bytes.from));
        from.update(|from| *from = if from.is_some() { None } else { first });
    };
    let copy = move |_| {
        let Some((range, mut bytes)) = untrack(bytes_selected) else { return };
        let count = range.end() - range.start() + 1;
        bytes.truncate(count as usize);
        if count > bytes.len() as u64 {
            return remark.set(Some(Remark::Wrong(words::too_many(count))));
        }
        remark::copy(format::hex(&bytes), remark, words::copied().to_owned(), words::not_copied());
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        find(false);
    };
    view! {
        <div class="hex">
            <form class="hex-bar" role="search" aria-label=words::find() on:submit=submit>
                <input
                    class="field-box field-small"
                    type="search"
                    data-find=""
                    aria-label=words::find()
                    placeholder=words::find_hint()
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || needle.get()
                    on:input=move |event| needle.set(event_target_value(&event))
                />
                <button class="button button-plain button-small" type="button" on:click=move |_| find(true)>{words::previous()}</button>
                <button class="button button-plain button-small" type="submit">{words::next()}</button>
                <button
                    class="button button-plain button-small"
                    type="button"
                    aria-pressed=move || from.get().is_some().to_string()
                    on:click=hold
                >
                    {words::hold()}
                </button>
                <span class="panel-note">{note}</span>
            </form>
            <RemarkPlace role="status" class="hex-remark" remark=remark.into()/>
            {move || match made.get() {
                Some(Origin::Computed { steps, parts, frame, .. }) => Some(origin::made(&steps, parts, choose, frame)),
                _ => None,
            }}
            <div
                class="hex-scroll"
                class:hex-narrow=move || narrow.get()
                node_ref=node
                id=origin::BYTES
                role="region"
                aria-label=words::bytes()
                tabindex="0"
                on:scroll=scrolled
                on:pointerdown=press
                on:pointermove=drag
                on:pointerup=let_go
                on:pointercancel=let_go
                on:keydown=key
            >
                <div class="hex-extent" style:min-height=height>{lines}</div>
            </div>
            <div class="hex-read" role="group" aria-label=words::readings()>
                {move || match bytes_selected() {
                    Some((range, bytes)) => readings(&range, &bytes, copy),
                    None => view! { <p class="field-note">{words::select()}" "{words::legend()}</p> }.into_any(),
                }}
            </div>
        </div>
    }
}

/// Back to the row of a value.
fn to_row(open: &Open, field: FieldId) {
    Workspace::of(open).show("Values");
    let row = format!("#{}", row_id(field));
    // The table may have been behind the bytes.
    request_animation_frame(move || {
        if !dom::focus_first(&row) {
            request_animation_frame(move || {
                if !dom::focus_first(&row) {
                    dom::focus_front("Values");
                }
            });
        }
    });
}

fn stretch_of(answer: &Option<Arc<Answer>>) -> Option<&Stretch> {
    match answer.as_deref() {
        Some(Answer::Stretch(stretch)) => Some(stretch),
        _ => None,
    }
}

fn bytes_of(answer: &Option<Arc<Answer>>) -> Option<&Bytes> {
    match answer.as_deref() {
        Some(Answer::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}
