//! The table for other programs: on the clipboard, or as a file.

use super::kept::Table;
use crate::browser::file;
use crate::engine::use_engine;
use crate::ui::menu::{Item, Menu};
use crate::ui::remark::{Remark, RemarkPlace, copy};
use crate::words::fleet as words;
use leptos::prelude::*;
use session::query::{Answer, Query};

/// A menu with both, and what became of it.
#[component]
pub(super) fn Export(table: Table, session: u32) -> impl IntoView {
    let engine = use_engine();
    // Whether tabs are wanted between the cells, while anything is.
    let (wanted, said) = (RwSignal::new(None::<bool>), RwSignal::new(None::<Remark>));
    let columns = table.columns();
    let answer = engine.ask_for(session, move || {
        let tabs = wanted.get_untracked()?;
        let all = untrack(|| table.with(|table| table.columns.clone()));
        let query = Box::new(table.wish.with_untracked(|wish| wish.query(0, 0, &all)));
        Some(Query::FleetText { query, columns: columns.get_untracked(), tabs })
    });
    Effect::new(move |_| {
        let answer = answer.get();
        let (Some(Answer::Csv(csv)), Some(tabs)) = (answer.as_deref(), wanted.get_untracked()) else { return };
        wanted.set(None);
        if tabs {
            copy(csv.text.clone(), said, words::copied(csv.rows), words::not_copied());
        } else {
            file::save_text("fleet.csv", "text/csv", &csv.text);
            said.set(Some(Remark::Note(words::saved(csv.rows))));
        }
    });
    let item = move |word: &str, tabs: bool| Item::new(word, move || wanted.set(Some(tabs)));
    let items = move |()| vec![item(words::copy(), true), item(words::save(), false)];
    view! {
        <Menu id="menu-fleet-export" label=Signal::stored(words::export().to_owned()) icon="more" word=true items=Callback::new(items)/>
        <RemarkPlace role="status" class="fleet-exported" remark=said.into()/>
    }
}
