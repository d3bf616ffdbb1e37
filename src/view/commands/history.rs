//! What was sent from here, with its reply.

use super::state::{Filled, Sent};
use crate::browser::clock;
use crate::view::format;
use crate::words::commands as words;
use leptos::prelude::*;

/// The list, newest first.
#[component]
pub(super) fn History(filled: Filled) -> impl IntoView {
    let sent = RwSignal::from(filled.sent);
    let row = |sent: &Sent| {
        let time = format::clock(sent.at, clock::zone_seconds(), 3);
        view! {
            <li>
                <time class="mono">{time}</time>
                <span class="mono">{session::screen::visible(&sent.step)}</span>
                <span class="commands-reply">{sent.outcome.clone()}</span>
            </li>
        }
    };
    move || {
        sent.with(|sent| {
            (!sent.is_empty()).then(|| {
                view! {
                    <h3 class="commands-head">{words::history()}</h3>
                    <ol class="commands-history" aria-label=words::history()>{sent.iter().map(row).collect_view()}</ol>
                }
            })
        })
    }
}
