//! The lists of a profile in its form: messages with their fields, units, commands with their arguments, macros, tiles.
//! Items are folded; whoever adds one is in its first field, whoever takes one away at its neighbour.

use super::control::{allows, by_label, fields, id_of, keys};
use super::document::{Document, path_of, within};
use super::fold::{mark, summary_id, toggle};
use super::known::{brief, known, shown_if};
use super::link::protocol;
use super::rows::{Rows, Within};
use crate::browser::dom;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::ui::whole::whole;
use crate::words::profile_form as words;
use leptos::prelude::*;
use session::profile::edit::New;

/// A list of tables, each with its values.
pub(super) fn lists(document: Document, path: String, rows: &'static Rows) -> AnyView {
    let count = {
        let path = path.clone();
        known(move || document.count(&path))
    };
    let item = {
        let path = path.clone();
        move |index: usize| item(document, path.clone(), index, rows)
    };
    let add_id = id_of(&path_of(&path, "add"));
    let adds = path.clone();
    let add = move |_| {
        let path = adds.clone();
        let next = document.count(&path);
        let pairs: Vec<(&str, New)> =
            rows.first.iter().map(|(key, toml)| (*key, New::Number((*toml).to_owned()))).collect();
        if document.add(&path, &pairs) {
            let at = format!("{path}[{next}]");
            document.unfold(&at, true);
            let first = rows.values.first().map_or("", |value| value.key);
            request_animation_frame(move || dom::focus(&id_of(&path_of(&at, first))));
        }
    };
    let of_all = {
        let path = path.clone();
        known(move || document.mistake_of(&path).map(|said| Remark::Wrong(by_label(&said, rows.values))))
    };
    whole(view! {
        <div class="form-list">
            <RemarkPlace role="status" remark=of_all.into()/>
            <For each=move || 0..count.get() key=|index| *index children=item/>
            <button class="button button-small" type="button" id=add_id on:click=add>{(rows.add)()}</button>
        </div>
    })
}

/// An item, folded or not.
fn item(document: Document, list: String, index: usize, rows: &'static Rows) -> AnyView {
    let at = format!("{list}[{index}]");
    let name = format!("{} {}", (rows.item)(), index + 1);
    let (remove, title) = (words::remove(&name), name.clone());
    let called = {
        let at = at.clone();
        known(move || document.called(&at))
    };
    let open = {
        let at = at.clone();
        known(move || document.is_open(&at))
    };
    let wrong = {
        let at = at.clone();
        known(move || document.place.with(|place| place.as_ref().is_some_and(|place| within(place, &at))))
    };
    let take_away = move |_| {
        if document.remove(&list, index) {
            let left = document.count(&list);
            let id = match left.checked_sub(1) {
                Some(last) => summary_id(&format!("{list}[{}]", index.min(last))),
                None => id_of(&path_of(&list, "add")),
            };
            request_animation_frame(move || dom::focus(&id));
        }
    };
    let (id, fold) = (summary_id(&at), toggle(document, at.clone()));
    let inside = shown_if(open, move || inside(document, &at, rows));
    whole(view! {
        <div class="form-item" role="group" aria-label=name>
            <details prop:open=open>
                <summary id=id on:click=fold>{title}{brief(called)}{mark(wrong)}</summary>
                {inside}
            </details>
            <button class="button button-plain button-small" type="button" aria-label=remove on:click=take_away>{words::take_away()}</button>
        </div>
    })
}

fn inside(document: Document, at: &str, rows: &'static Rows) -> AnyView {
    let stray = {
        let at = at.to_owned();
        known(move || {
            let mut known = keys(document, &at, rows.values);
            known.extend(rows.within.as_ref().map(|(key, _)| *key));
            known.extend(rows.below.iter().map(|below| below.key).filter(|key| !key.contains('.')));
            document.stray(&at, &known).map(|said| Remark::Wrong(by_label(&said, rows.values)))
        })
    };
    let within = rows.within.as_ref().map(|(key, within)| match within {
        Within::Values(values) => fields(document, &path_of(at, key), values),
        Within::Protocol => protocol(document, path_of(at, key)),
    });
    let below = rows.below.iter().map(|below| {
        let (at, path) = (at.to_owned(), path_of(at, below.key));
        let allowed = known(move || allows(document, &at, below.when));
        shown_if(allowed, move || {
            let title = below.title.map(|title| view! { <h4 class="form-head">{title()}</h4> });
            whole(view! { {title}{lists(document, path.clone(), below.rows)} })
        })
    });
    whole(view! {
        <RemarkPlace role="status" remark=stray.into()/>
        <div class="form-fields">{fields(document, at, rows.values)}{within}</div>
        {below.collect_view()}
    })
}
