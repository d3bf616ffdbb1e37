//! Which fields of which devices are drawn.

use super::kept::{Kept, MOST};
use super::plot::Device;
use crate::view::plot::fields::Plottable;
use crate::view::plot::shared::Shared;
use crate::words::timeline as words;
use leptos::prelude::*;
use session::query::FieldId;

/// The id of what says how many can be chosen.
const NOTE: &str = "timeline-most";
/// Fields of a device that are listed at most.
const LISTED: usize = 200;

/// The choice, by device, then field.
#[component]
pub(super) fn Series(kept: Kept, devices: Memo<Vec<Device>>, shared: Shared) -> impl IntoView {
    // Names and places only: the list stands still while values come.
    let groups = Memo::new(move |_| {
        let devices = devices.get();
        shared.messages(|messages| {
            let of = |device: &Device| {
                let fields = device.plottable(messages).into_iter().take(LISTED);
                (device.place, device.open.shown_name(), fields.collect::<Vec<_>>())
            };
            devices.iter().map(of).collect::<Vec<_>>()
        })
    });
    let chosen = move || kept.chosen.get().unwrap_or_default();
    let note = move || match chosen().len() {
        MOST.. => words::full(MOST),
        count => words::most(count, MOST),
    };
    let group = move |(place, name, fields): (usize, String, Vec<Plottable>)| {
        let none = fields.is_empty().then(|| view! { <span class="panel-note">{words::no_numbers()}</span> });
        view! {
            <fieldset class="timeline-fields">
                <legend class=super::colour(place)>{name}</legend>
                {fields.into_iter().map(|field| item(kept, field)).collect_view()}
                {none}
            </fieldset>
        }
    };
    view! {
        <div class="timeline-series" role="group" aria-label=words::choice()>
            <p class="panel-note" id=NOTE role="status">{note}</p>
            {move || groups.get().into_iter().map(group).collect_view()}
        </div>
    }
    .into_any()
}

fn item(kept: Kept, field: Plottable) -> AnyView {
    let id = field.id;
    let on = move || kept.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.contains(&id)));
    let full = move || kept.chosen.with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.len() >= MOST)) && !on();
    let toggle = move |_| kept.chosen.update(|chosen| toggle(chosen.get_or_insert_default(), id));
    // It stays a stop of the tab key, and the note says why nothing comes of it.
    let refuse = move |event: leptos::ev::MouseEvent| {
        if full() {
            event.prevent_default();
        }
    };
    view! {
        <label>
            <input
                type="checkbox"
                aria-describedby=NOTE
                aria-disabled=move || full().then_some("true")
                prop:checked=on
                on:click=refuse
                on:change=toggle
            />
            <span>{field.name}</span>
        </label>
    }
    .into_any()
}

fn toggle(chosen: &mut Vec<FieldId>, id: FieldId) {
    let before = chosen.len();
    chosen.retain(|known| *known != id);
    if chosen.len() == before && before < MOST {
        chosen.push(id);
    }
}
