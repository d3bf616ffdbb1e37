//! The ledger: every byte that came in, and what became of it, always on screen.

use crate::browser::dom;
use crate::engine::{Open, use_engine};
use crate::ui::icon::{Icon, Shape};
use crate::view::format;
use crate::view::hex::origin::{self, Wanted};
use crate::view::terminal;
use crate::view::workspace::Workspace;
use crate::words::ledger as words;
use leptos::prelude::*;
use session::query::{ByteKind, Counters, Status};
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
    // A term that has a list leads to it.
    let term = move |to: Leads, text: AnyView| {
        let go = move |_| {
            if let Some(open) = engine.session(session) {
                to.go(&open);
            }
        };
        view! { <button class="ledger-term" type="button" title=to.word() on:click=go>{text}</button> }
    };
    let balance = move || {
        if counters.get().balanced() {
            view! { <span class="balanced"><Icon name="check"/>{words::balanced()}</span> }.into_any()
        } else {
            view! { <span class="state state-error"><Shape name="error"/>{words::unbalanced()}</span> }.into_any()
        }
    };
    let rates = move || {
        status.get().map(|status| {
            let frames = format::rate(status.frames_per_second);
            view! { <b>{format::byte_rate(status.bytes_per_second)}</b><b>{frames}{words::frames_per_second()}</b> }
        })
    };
    let losses = move || {
        let entries = losses(&counters.get());
        (!entries.is_empty()).then(|| {
            let entry = |(count, what, to): (u64, &'static str, Option<Leads>)| {
                let text = view! { <b>{format::count(count)}" "{what}</b> };
                match to {
                    Some(to) => term(to, text.into_any()).into_any(),
                    None => text.into_any(),
                }
            };
            view! { <span class="ledger-part lost">{entries.into_iter().map(entry).collect_view()}</span> }
        })
    };
    // Part of what is good: the bytes that file transfers took.
    let transferred = move || {
        let count = counters.get().bytes_transferred;
        (count > 0).then(
            || view! { <span class="ledger-part"><i>{words::in_files()}</i><b>{format::count(count)}" B"</b></span> },
        )
    };
    let memory = move || {
        status.get().map(|status| words::of(format::bytes(status.store_bytes), format::bytes(status.budget_bytes)))
    };
    let size = move |pick: fn(&Status) -> u64| move || status.get().map(|status| pick(&status).to_string());
    // Where there is no room for all of it, the sum stands alone and the rest unfolds.
    let unfolded = RwSignal::new(false);
    view! {
        <footer
            class="ledger"
            class:ledger-unfolded=unfolded
            role="contentinfo"
            aria-label=words::label()
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
                {term(Leads::In, view! { <i>{words::bytes_in()}</i>" "<b>{number(|c| c.bytes_in)}" B"</b> }.into_any())}
                <i>"="</i>
                {term(Leads::Good, view! { <i>{words::good()}</i>" "<b>{number(|c| c.bytes_good)}</b> }.into_any())}
                <i>"+"</i>
                {term(Leads::Rejected, view! { <i>{words::rejected()}</i>" "<b>{number(|c| c.bytes_rejected)}</b> }.into_any())}
                <i>"+"</i>
                {term(Leads::Skipped, view! { <i>{words::skipped()}</i>" "<b>{number(|c| c.bytes_skipped)}</b> }.into_any())}
                <i>"+"</i>
                {term(Leads::Pending, view! { <i>{words::pending()}</i>" "<b>{number(|c| c.bytes_pending)}</b> }.into_any())}
                {balance}
            </span>
            {losses}
            <span class="ledger-part">
                {term(Leads::Good, view! { <i>{words::frames()}</i>" "<b>{number(|c| c.frames)}</b> }.into_any())}
                {rates}
            </span>
            {transferred}
            <span class="ledger-part ledger-memory"><i>{words::memory()}</i><b>{memory}</b></span>
            <span class="ledger-end"><i>{words::bytes_out()}</i><b>{number(|c| c.bytes_out)}" B"</b></span>
            <button
                class="ledger-more button"
                type="button"
                aria-expanded=move || unfolded.get().to_string()
                on:click=move |_| unfolded.update(|unfolded| *unfolded = !*unfolded)
            >
                {words::all()}
            </button>
        </footer>
    }
}

/// Where a term leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    In,
    Good,
    Rejected,
    Skipped,
    Pending,
    Gap,
}

impl Leads {
    fn word(self) -> &'static str {
        match self {
            Leads::In => words::show_bytes(),
            Leads::Good => words::show_good(),
            Leads::Rejected => words::list(),
            Leads::Skipped => words::show_skipped(),
            Leads::Pending => words::show_pending(),
            Leads::Gap => words::show_gap(),
        }
    }

    fn go(self, open: &Open) {
        match self {
            Leads::In => origin::show_newest(open),
            Leads::Good => origin::show(open, Wanted::Last(ByteKind::Good)),
            Leads::Rejected => {
                Workspace::of(open).show("Rejected");
                request_animation_frame(|| dom::focus_front("Rejected"));
            }
            Leads::Skipped => origin::show(open, Wanted::Last(ByteKind::Skipped)),
            Leads::Pending => origin::show(open, Wanted::Last(ByteKind::Unknown)),
            Leads::Gap => terminal::show_gap(open),
        }
    }
}

/// Whatever was lost, bad or late, with its name, and where it leads. What did not happen is not listed.
fn losses(counters: &Counters) -> Vec<(u64, &'static str, Option<Leads>)> {
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
        clock_wrapped,
        clock_repeated,
        clock_back,
        clock_ahead,
        clock_unset,
        sequence_gaps,
        sequence_missing,
        sequence_late,
        sequence_repeated,
        sequence_restarts,
        given_up,
        telnet_flood,
        telnet_unreadable,
        retained,
        topics_over,
        topics_untabled: _,
        unchanged,
        not_selected,
        events_over,
    } = *counters;
    let all = [
        (gaps, words::gap(), words::gaps()),
        (sequence_gaps, words::sequence_gap(), words::sequence_gaps()),
        (sequence_missing, words::sequence_missing(), words::sequence_missing_many()),
        (sequence_late, words::sequence_late(), words::sequence_late_many()),
        (sequence_repeated, words::sequence_repeated(), words::sequence_repeated_many()),
        (sequence_restarts, words::sequence_restart(), words::sequence_restarts()),
        (clock_back, words::clock_back(), words::clock_back_many()),
        (clock_ahead, words::clock_ahead(), words::clock_ahead_many()),
        (clock_repeated, words::clock_repeated(), words::clock_repeated_many()),
        (clock_unset, words::clock_unset(), words::clock_unset_many()),
        (clock_wrapped, words::clock_wrapped(), words::clock_wrapped_many()),
        (bad_checksum, words::checksum(), words::checksums()),
        (bad_malformed, words::malformed(), words::malformed_many()),
        (bad_oversize, words::oversize(), words::oversize_many()),
        (undecodable, words::undecodable(), words::undecodable_many()),
        (line_breaks, words::line_break(), words::line_breaks()),
        (line_framing, words::framing(), words::framing_many()),
        (line_parity, words::parity(), words::parity_many()),
        (line_overruns, words::overrun(), words::overruns()),
        (line_other, words::read_error(), words::read_errors()),
        (given_up, words::given_up(), words::given_up_many()),
        (telnet_flood, words::telnet_flood(), words::telnet_flood_many()),
        (telnet_unreadable, words::telnet_unreadable(), words::telnet_unreadable_many()),
        (refused, words::refused(), words::refused_many()),
        (expired, words::expired(), words::expired_many()),
        (retained, words::retained(), words::retained_many()),
        (topics_over, words::topic_over(), words::topics_over()),
        (unchanged, words::unchanged(), words::unchanged_many()),
        (not_selected, words::not_selected(), words::not_selected_many()),
        (events_over, words::event_over(), words::events_over()),
        (evicted_samples, words::sample(), words::samples()),
        (memory_refused, words::memory_refused(), words::memory_refused_many()),
        (evicted_bytes, words::raw_byte(), words::raw_bytes()),
        (evicted_lines, words::line(), words::lines()),
    ];
    let rejects = [words::checksum(), words::malformed(), words::oversize(), words::undecodable()];
    let happened = all.into_iter().filter(|(count, ..)| *count > 0);
    let leads = |one: &str| match one {
        _ if one == words::gap() => Some(Leads::Gap),
        _ if rejects.contains(&one) => Some(Leads::Rejected),
        _ => None,
    };
    happened.map(|(count, one, many)| (count, if count == 1 { one } else { many }, leads(one))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Counters, Leads, losses};

    #[test]
    fn f22_f23_what_clock_and_numbers_did_is_told() {
        let counters = Counters { sequence_missing: 3, sequence_late: 1, clock_back: 2, ..Counters::default() };
        let shown = [(3, "numbers missing", None), (1, "number late", None), (2, "device clock jumps back", None)];
        assert_eq!(losses(&counters), shown);
    }

    #[test]
    fn every_loss_has_its_place_and_nothing_else_is_shown() {
        assert!(losses(&Counters::default()).is_empty());
        let counters =
            Counters { gaps: 2, bad_checksum: 3, evicted_samples: 5, evicted_lines: 1, ..Counters::default() };
        let shown = [
            (2, "gaps", Some(Leads::Gap)),
            (3, "wrong checksums", Some(Leads::Rejected)),
            (5, "samples given up for memory", None),
            (1, "terminal line given up", None),
        ];
        assert_eq!(losses(&counters), shown);
    }
}
