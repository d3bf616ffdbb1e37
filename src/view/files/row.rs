//! What is in the folder, a row for each.

use super::shelf::Shelf;
use crate::browser::{clock, dom};
use crate::engine::files::Entry;
use crate::engine::{Engine, use_engine};
use crate::profiles;
use crate::view::{format, start};
use crate::words::files as words;
use leptos::prelude::*;
use session::link::{Link, Tunnel};
use session::screen::visible;

/// So many rows are made at once: a browser takes long for thousands of them.
const ROWS: usize = 300;

/// The rows.
#[component]
pub(super) fn Rows(shelf: Shelf) -> impl IntoView {
    let engine = use_engine();
    let listing = RwSignal::from(shelf.listing.clone());
    let most = RwSignal::new(ROWS);
    let folder = RwSignal::from(shelf.folder.clone());
    Effect::new(move |_| {
        folder.track();
        most.set(ROWS);
    });
    let count = Memo::new(move |_| listing.with(|list| matches!(list, Some(Ok(list)) if !list.entries.is_empty())));
    let rows = move || {
        let entries = listing.with(|list| match list {
            Some(Ok(list)) => list.entries.iter().take(most.get()).cloned().collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        entries.into_iter().map(|entry| row(engine, &shelf, entry)).collect_view()
    };
    let more =
        Memo::new(move |_| listing.with(|list| matches!(list, Some(Ok(list)) if list.entries.len() > most.get())));
    view! {
        <table class="files" hidden=move || !count.get()>
            <thead>
                <tr>
                    <th scope="col">{words::name()}</th>
                    <th scope="col" class="files-size">{words::size()}</th>
                    <th scope="col">{words::changed_at()}</th>
                    <th scope="col"><span class="hidden">{words::acts()}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <button class="button files-more" type="button" hidden=move || !more.get() on:click=move |_| most.update(|most| *most += ROWS)>
            {words::more()}
        </button>
    }
    .into_any()
}

fn row(engine: Engine, shelf: &Shelf, entry: Entry) -> AnyView {
    let Entry { name, folder, size, modified, named } = entry;
    let size = size.map(format::bytes);
    let changed =
        modified.map(|at| clock::date_time(i64::try_from(at).unwrap_or_default().saturating_mul(1_000_000_000)));
    let changed = changed.map(|text| text.replace('T', " "));
    let (title, acts) = if !named {
        // What a name holds is shown as it would be written down.
        (view! { <span title=words::odd()>{name.escape_debug().to_string()}</span> }.into_any(), None)
    } else if folder {
        let seen = visible(&name);
        let (shelf, label, shown) = (shelf.clone(), words::enter(&seen), format!("{seen}/"));
        let go = move |_| shelf.go(shelf.path(&name));
        (view! { <button class="button button-plain files-folder" type="button" aria-label=label on:click=go>{shown}</button> }.into_any(), None)
    } else {
        let (opens, fetches) = (shelf.clone(), shelf.clone());
        let shown = visible(&name);
        let (open_label, label) = (words::open_file(&shown), words::download_file(&shown));
        let opened = name.clone();
        let open = move |event| {
            if dom::is_single(&event) {
                open_file(engine, &opens, &opened);
            }
        };
        let fetch = move |event| {
            if dom::is_single(&event) {
                fetches.download(&name);
            }
        };
        let acts = view! {
            <button class="button button-small" type="button" aria-label=open_label on:click=open>{words::open()}</button>
            <button class="button button-small button-plain" type="button" aria-label=label on:click=fetch>
                {words::download()}
            </button>
        };
        (shown.into_any(), Some(acts))
    };
    view! {
        <tr>
            <th scope="row" class="mono">{title}</th>
            <td class="files-size">{size}</td>
            <td class="files-time">{changed}</td>
            <td class="files-acts">{acts}</td>
        </tr>
    }
    .into_any()
}

/// A session of its own, in which the file comes as if a device sent it.
fn open_file(engine: Engine, shelf: &Shelf, name: &str) {
    let id = shelf.profile.get_untracked();
    let own = shelf.own.clone().filter(|own| own.id == id);
    let Some(choice) = own.or_else(|| profiles::find(&id)) else { return };
    let tunnel = Tunnel { file: Some(shelf.path(name)), ..shelf.tunnel.clone() };
    start::open_named(engine, name.to_owned(), choice.text, Link::Tunnel(tunnel));
}
