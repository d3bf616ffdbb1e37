//! The ledger: every byte that came in, and what became of it, always on screen.

use crate::engine::use_engine;
use crate::ui::icon::{Icon, Shape};
use crate::view::format;
use leptos::prelude::*;
use session::query::{Counters, Status};
use session::wire::SessionId;

/// The status line of a session.
#[component]
pub fn Ledger(
    /// Whose.
    session: SessionId,
) -> impl IntoView {
    let engine = use_engine();
    let status = Memo::new(move |_| engine.statuses.with(|statuses| statuses.get(&session).cloned()));
    let counters = Memo::new(move |_| status.get().map_or_else(Counters::default, |status| status.counters));
    let number = move |pick: fn(&Counters) -> u64| move || format::count(pick(&counters.get()));
    let raw = move |pick: fn(&Counters) -> u64| move || pick(&counters.get()).to_string();
    let balance = move || {
        if counters.get().balanced() {
            view! { <span class="balanced"><Icon name="check"/>"balanced"</span> }.into_any()
        } else {
            view! { <span class="state state-error"><Shape name="error"/>"does not add up: please report this"</span> }
                .into_any()
        }
    };
    let rates = move || {
        status.get().map(|status| {
            let frames = format::rate(status.frames_per_second);
            view! { <b>{format::byte_rate(status.bytes_per_second)}</b><b>{frames}" frames/s"</b> }
        })
    };
    let losses = move || {
        let entries = losses(&counters.get());
        (!entries.is_empty()).then(|| {
            let entry = |(count, what): (u64, &'static str)| view! { <b>{format::count(count)}" "{what}</b> };
            view! { <span class="ledger-part lost">{entries.into_iter().map(entry).collect_view()}</span> }
        })
    };
    // Part of what is good: the bytes that file transfers took.
    let transferred = move || {
        let count = counters.get().bytes_transferred;
        (count > 0)
            .then(|| view! { <span class="ledger-part"><i>"in files"</i><b>{format::count(count)}" B"</b></span> })
    };
    let memory = move || {
        status
            .get()
            .map(|status| format!("{} of {}", format::bytes(status.store_bytes), format::bytes(status.budget_bytes)))
    };
    let size = move |pick: fn(&Status) -> u64| move || status.get().map(|status| pick(&status).to_string());
    // Where there is no room for all of it, the sum stands alone and the rest unfolds.
    let unfolded = RwSignal::new(false);
    view! {
        <footer
            class="ledger"
            class:ledger-unfolded=unfolded
            role="contentinfo"
            aria-label="Ledger"
            data-bytes-in=raw(|c| c.bytes_in)
            data-good=raw(|c| c.bytes_good)
            data-rejected=raw(|c| c.bytes_rejected)
            data-skipped=raw(|c| c.bytes_skipped)
            data-pending=raw(|c| c.bytes_pending)
            data-out=raw(|c| c.bytes_out)
            data-transferred=raw(|c| c.bytes_transferred)
            data-frames=raw(|c| c.frames)
            data-samples=raw(|c| c.samples)
            data-gaps=raw(|c| c.gaps)
            data-store=size(|status| status.store_bytes)
            data-budget=size(|status| status.budget_bytes)
        >
            <span class="ledger-sum">
                <i>"In"</i><b>{number(|c| c.bytes_in)}" B"</b><i>"="</i>
                <i>"good"</i><b>{number(|c| c.bytes_good)}</b><i>"+"</i>
                <i>"rejected"</i><b>{number(|c| c.bytes_rejected)}</b><i>"+"</i>
                <i>"skipped"</i><b>{number(|c| c.bytes_skipped)}</b><i>"+"</i>
                <i>"pending"</i><b>{number(|c| c.bytes_pending)}</b>
                {balance}
            </span>
            {losses}
            <span class="ledger-part"><i>"frames"</i><b>{number(|c| c.frames)}</b>{rates}</span>
            {transferred}
            <span class="ledger-part ledger-memory"><i>"memory"</i><b>{memory}</b></span>
            <span class="ledger-end"><i>"Out"</i><b>{number(|c| c.bytes_out)}" B"</b></span>
            <button
                class="ledger-more button"
                type="button"
                aria-expanded=move || unfolded.get().to_string()
                on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
            >
                "All counters"
            </button>
        </footer>
    }
}

/// Whatever was lost, bad or late, with its name. What did not happen is not listed.
fn losses(counters: &Counters) -> Vec<(u64, &'static str)> {
    // Named one by one, so that no counter comes to be without its place here or in the sums of the ledger.
    let Counters {
        bytes_in: _,
        bytes_good: _,
        bytes_rejected: _,
        bytes_skipped: _,
        bytes_pending: _,
        bytes_out: _,
        frames: _,
        samples: _,
        bad_checksum,
        bad_malformed,
        bad_oversize,
        undecodable,
        gaps,
        line_breaks,
        line_framing,
        line_parity,
        line_overruns,
        line_other,
        evicted_samples,
        evicted_bytes,
        evicted_lines,
        memory_refused,
        refused,
        expired,
        bytes_transferred: _,
    } = *counters;
    let all = [
        (gaps, "gap", "gaps"),
        (bad_checksum, "wrong checksum", "wrong checksums"),
        (bad_malformed, "malformed frame", "malformed frames"),
        (bad_oversize, "oversize frame", "oversize frames"),
        (undecodable, "undecodable frame", "undecodable frames"),
        (line_breaks, "break", "breaks"),
        (line_framing, "framing error", "framing errors"),
        (line_parity, "parity error", "parity errors"),
        (line_overruns, "overrun", "overruns"),
        (line_other, "read error", "read errors"),
        (refused, "send refused", "sends refused"),
        (expired, "reply missing", "replies missing"),
        (evicted_samples, "sample given up for memory", "samples given up for memory"),
        (memory_refused, "time memory was refused", "times memory was refused"),
        (evicted_bytes, "raw byte given up for memory", "raw bytes given up for memory"),
        (evicted_lines, "terminal line given up", "terminal lines given up"),
    ];
    let happened = all.into_iter().filter(|(count, ..)| *count > 0);
    happened.map(|(count, one, many)| (count, if count == 1 { one } else { many })).collect()
}

#[cfg(test)]
mod tests {
    use super::{Counters, losses};

    #[test]
    fn every_loss_has_its_place_and_nothing_else_is_shown() {
        assert!(losses(&Counters::default()).is_empty());
        let counters = Counters { gaps: 2, evicted_samples: 5, evicted_lines: 1, ..Counters::default() };
        let shown = [(2, "gaps"), (5, "samples given up for memory"), (1, "terminal line given up")];
        assert_eq!(losses(&counters), shown);
    }
}
