//! Files on their way to the server.

use super::shelf::Shelf;
use crate::browser::file::{Chosen, Unread};
use crate::engine::files::store;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::format;
use crate::words::files as words;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::sync::Arc;

/// The largest file that is stored, in bytes: it is held in memory meanwhile.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// What is being stored, or became of it.
#[derive(Clone)]
pub(super) enum Storing {
    /// On its way: its name, how far it is, how long it is; can be broken off.
    Under(String, ArcRwSignal<u64>, u64, AbortHandle),
    /// What there is to say of it.
    Over(Remark),
    /// There is one of that name; what was to be stored in its place, and where.
    Exists(String, Arc<Vec<u8>>, String),
}

impl Shelf {
    /// Stores files one after the other, into the folder in which they were chosen; the first that is not stored ends it.
    pub(super) fn store(&self, chosen: Vec<Chosen>) {
        let shelf = self.clone();
        leptos::task::spawn_local(async move {
            let folder = shelf.folder.get_untracked();
            for Chosen { name, bytes, .. } in chosen {
                let path = format!("{folder}/{name}");
                let stored = match bytes {
                    Ok(bytes) => shelf.store_one(&name, &path, Arc::new(bytes), true).await,
                    Err(why) => {
                        let why = match why {
                            Unread::TooLarge => words::too_large(&name),
                            Unread::Unreadable => words::unreadable_here(&name),
                        };
                        shelf.storing.set(Some(Storing::Over(Remark::Wrong(why))));
                        false
                    }
                };
                if !stored {
                    break;
                }
            }
        });
    }

    fn replace(&self, path: String, bytes: Arc<Vec<u8>>) {
        let shelf = self.clone();
        leptos::task::spawn_local(async move {
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            shelf.store_one(&name, &path, bytes, false).await;
        });
    }

    async fn store_one(&self, name: &str, path: &str, bytes: Arc<Vec<u8>>, fresh: bool) -> bool {
        let (gone, size) = (ArcRwSignal::new(0), bytes.len() as u64);
        let told = gone.clone();
        let (work, handle) = abortable(store(&self.tunnel, path, &bytes, fresh, move |bytes| told.set(bytes)));
        self.storing.set(Some(Storing::Under(name.to_owned(), gone, size, handle)));
        let outcome = work.await;
        let stored = matches!(outcome, Ok(Ok(())));
        self.storing.set(Some(match outcome {
            Ok(Ok(())) => Storing::Over(Remark::Note(words::stored(name))),
            Ok(Err(why)) if fresh && why.exists() => Storing::Exists(why.words(), bytes, path.to_owned()),
            Ok(Err(why)) => Storing::Over(Remark::Wrong(why.words())),
            Err(_) => Storing::Over(Remark::Wrong(words::store_cancelled().to_owned())),
        }));
        self.reload();
        stored
    }
}

/// What is being stored, or became of it.
#[component]
pub(super) fn Said(shelf: Shelf) -> impl IntoView {
    let storing = RwSignal::from(shelf.storing.clone());
    let remark = Signal::derive(move || {
        storing.get().map(|storing| match storing {
            Storing::Under(name, ..) => Remark::Note(words::storing(&name)),
            Storing::Over(remark) => remark,
            Storing::Exists(why, ..) => Remark::Wrong(why),
        })
    });
    let act = move || {
        let shelf = shelf.clone();
        let (word, act): (_, Box<dyn Fn()>) = match storing.get()? {
            Storing::Under(.., handle) => (words::cancel(), Box::new(move || handle.abort())),
            Storing::Exists(_, bytes, path) => {
                (words::replace(), Box::new(move || shelf.replace(path.clone(), bytes.clone())))
            }
            Storing::Over(_) => return None,
        };
        Some(view! { <button class="button button-small" type="button" on:click=move |_| act()>{word}</button> })
    };
    let far = move || {
        let Some(Storing::Under(name, gone, size, _)) = storing.get() else { return None };
        let gone = RwSignal::from(gone);
        // What was handed over is on its way for a while yet.
        let facts = move || match gone.get() {
            gone if gone < size => words::so_far(format::bytes(gone), format::bytes(size)),
            _ => words::handed_over(&format::bytes(size)),
        };
        Some(view! {
            <progress
                class="transfer-bar"
                aria-label=words::progress(&name)
                max=size.max(1).to_string()
                value=move || gone.get().to_string()
            ></progress>
            <span class="transfer-facts">{facts}</span>
        })
    };
    view! { <div class="files-store"><RemarkPlace role="status" remark/>{far}{act}</div> }.into_any()
}
