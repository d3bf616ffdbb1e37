//! What was looked at, with what was seen.

use super::Patient;
use crate::view::bar::state_of;
use crate::view::format;
use crate::view::nameplate::usb_id;
use crate::words::doctor as words;
use leptos::prelude::*;
use session::evidence::Evidence;
use session::query::LinkState;

/// A table of what was looked at.
#[component]
pub(super) fn EvidenceTable(patient: Patient) -> impl IntoView {
    let rows = move || {
        let row = |(what, seen): (&'static str, String)| view! { <tr><th scope="row">{what}</th><td>{seen}</td></tr> };
        rows(&patient).into_iter().map(row).collect_view()
    };
    view! {
        <section aria-labelledby="doctor-evidence">
            <h2 id="doctor-evidence">{words::evidence()}</h2>
            <table class="doctor-seen" aria-labelledby="doctor-evidence"><tbody>{rows}</tbody></table>
        </section>
    }
}

/// What came, in numbers.
pub(super) fn came(evidence: &Evidence) -> String {
    let share = evidence.printable_share().map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let (frames, rejected) = (format::count(evidence.frames), format::count(evidence.rejected));
    words::came_value(format::bytes(evidence.bytes), share, frames, rejected)
}

/// What was looked at, and what was seen there.
pub(super) fn rows(patient: &Patient) -> Vec<(&'static str, String)> {
    let facts = patient.facts();
    let around = &facts.around;
    let trusted = if around.secure { words::trusted() } else { words::not_trusted() };
    let has = if facts.has_serial { words::with_serial() } else { words::without_serial() };
    let policy = match around.policy {
        Some(true) => words::allowed(),
        Some(false) => words::denied(),
        None => words::untold(),
    };
    let framed = if around.framed { format!(", {}", words::framed()) } else { String::new() };
    let ports = patient.engine.ports.with(|ports| ports.iter().map(usb_id).collect::<Vec<_>>().join(", "));
    let mut rows = vec![
        (words::page(), format!("{}: {trusted}{framed}", around.origin)),
        (words::browser(), format!("{}: {has}", around.browser)),
        (words::permissions(), policy.to_owned()),
        (words::ports(), if ports.is_empty() { words::none().to_owned() } else { ports }),
    ];
    let Some(seen) = &facts.session else { return rows };
    rows.push((words::link(), state_of(&seen.state).1.to_owned()));
    if let LinkState::Closed { why } | LinkState::Waiting { why, .. } = &seen.state
        && !why.is_empty()
    {
        rows.push((words::said(), why.clone()));
    }
    let evidence = &seen.evidence;
    if seen.serial {
        rows.push((words::came(), came(evidence)));
        rows.push((words::errors(), format::count(evidence.line_errors)));
    }
    if let Some(status) = patient.status.get() {
        rows.push((words::sent(), format::bytes(status.counters.bytes_out)));
    }
    rows
}
