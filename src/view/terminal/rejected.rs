//! What was rejected is marked among the lines, and leads to its bytes.

use crate::browser::dom;
use crate::engine::Open;
use crate::view::hex::origin::{self, Wanted};
use crate::words::rejected as words;
use leptos::prelude::*;
use session::query::{Mark, Screen, ScreenLine};

/// What leads from a line to the bytes. For the keyboard there is a key, so that the lines stay one stop.
pub(super) fn button(line: &ScreenLine) -> Option<AnyView> {
    let leads = line.mark == Mark::Rejected && !line.continued && line.time_nanos > 0;
    leads.then(|| {
        let time = line.time_nanos.to_string();
        view! { <button class="term-bytes" type="button" tabindex="-1" data-rejected=time>{words::show_bytes()}</button> }
            .into_any()
    })
}

/// Shows the bytes of the line whose button was pressed.
pub(super) fn pressed(open: &Open, event: &leptos::ev::MouseEvent) {
    if let Some(time) = dom::data_of(event, "data-rejected").and_then(|time| time.parse().ok()) {
        origin::show(open, Wanted::Rejected(None, time));
    }
}

/// Shows the bytes of the newest of these lines that were rejected. Whether there is one.
pub(super) fn show_newest(open: &Open, screen: &Screen) -> bool {
    let newest = screen.lines.iter().rev().find(|line| line.mark == Mark::Rejected && !line.continued);
    if let Some(line) = newest {
        origin::show(open, Wanted::Rejected(None, line.time_nanos));
    }
    newest.is_some()
}
