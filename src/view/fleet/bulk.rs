//! What can be done with the devices that are selected: one command to all of them, and what came of it.

use super::kept::Table;
use crate::engine::{Open, use_engine};
use crate::ui::icon::Shape;
use crate::ui::whole::whole;
use crate::view::commands::{Form, To};
use crate::view::format;
use crate::words::device;
use crate::words::fleet as words;
use leptos::prelude::*;
use session::profile::Command;
use session::query::{Outcome, OutcomeKind};
use session::wire::Request;

/// The bar under the table.
#[component]
pub(super) fn Bar(table: Table, open: Open) -> impl IntoView {
    let count = Memo::new(move |_| table.selected.with(|selected| selected.len() as u64));
    let some = Memo::new(move |_| count.get() > 0);
    let (id, engine) = (open.id, use_engine());
    let profile = move || engine.profile(id).unwrap_or_else(|| open.profile.clone());
    let send = move || some.get().then(|| whole(view! { <Send table session=id profile=profile() count/> }));
    let bulk = Memo::new(move |_| table.with(|table| table.bulk.is_some()));
    let came = move || bulk.get().then(|| whole(view! { <Came table session=id/> }));
    view! { <div class="fleet-bar">{came}{send}</div> }
}

/// The commands of the profile that go to a device, for all that are selected.
#[component]
fn Send(table: Table, session: u32, profile: String, count: Memo<u64>) -> impl IntoView {
    let engine = use_engine();
    let profile = session::Profile::parse(&profile);
    let per_second = profile.as_ref().map_or(1, |profile| profile.fleet.commands_per_s);
    let mut commands = profile.map(|profile| profile.commands).unwrap_or_default();
    commands.retain(Command::is_to_device);
    let chosen = RwSignal::new(0_usize);
    let options = commands.iter().enumerate().map(|(at, command)| {
        view! { <option value=at.to_string()>{device::word(&command.name)}</option> }
    });
    let choice = (!commands.is_empty()).then(|| {
        let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0));
        view! { <select class="field-box field-small" aria-label=words::command() on:change=choose>{options.collect_view()}</select> }
    });
    let none = commands.is_empty().then(|| view! { <p class="field-note">{words::no_command()}</p> });
    let form = move || {
        let command = commands.get(chosen.get()).cloned()?;
        let rate = if command.dangerous { 1 } else { u64::from(per_second) };
        let goes = Signal::derive(move || {
            let nanos = i64::try_from(count.get() / rate.max(1)).unwrap_or(i64::MAX).saturating_mul(1_000_000_000);
            words::goes_to(count.get(), rate, &format::duration(nanos.max(1_000_000_000)))
        });
        let name = command.name.clone();
        let send = Callback::new(move |args| {
            let devices = table.selected.with_untracked(|selected| selected.iter().copied().collect());
            engine.post(Request::CommandMany { session, name: name.clone(), args, devices });
        });
        let word = device::word(&command.name);
        let button = Signal::derive(move || words::send_to(&word, count.get()));
        Some(whole(view! { <Form session command to=To { send, goes, button }/> }))
    };
    view! {
        <section class="fleet-send" aria-label=words::selection()>
            <p class="fleet-selected" role="status">{move || words::selected(count.get())}</p>
            <button class="button button-plain button-small" type="button" on:click=move |_| table.select_all(false)>{words::clear()}</button>
            {choice}
            {none}
            {form}
        </section>
    }
}

/// How a command to many stands: how many in each way, which can be listed alone.
#[component]
fn Came(table: Table, session: u32) -> impl IntoView {
    let engine = use_engine();
    let status = Memo::new(move |_| table.with(|table| table.bulk.clone()));
    let said = move || {
        status.get().map(|status| {
            let all = status.counts.iter().map(|count| u64::from(*count)).sum::<u64>();
            let kinds = OutcomeKind::ALL.into_iter().zip(status.counts);
            let left: u64 = kinds
                .filter(|(kind, _)| matches!(kind, OutcomeKind::Waiting | OutcomeKind::NotSent | OutcomeKind::UnderWay))
                .map(|(_, count)| u64::from(count))
                .sum();
            words::came(&device::word(&status.command), all.saturating_sub(left), all)
        })
    };
    let stop = move |_| {
        table.wish.update(|wish| wish.outcomes.clear());
        engine.post(Request::StopCommandMany { session });
    };
    let act = move || {
        status.with(|status| match status {
            Some(status) if status.sending => words::cancel(),
            _ => words::dismiss(),
        })
    };
    let chip = move |kind: OutcomeKind| {
        let at = OutcomeKind::ALL.into_iter().position(|known| known == kind).unwrap_or(0);
        let count = Memo::new(move |_| {
            status.with(|status| status.as_ref().and_then(|it| it.counts.get(at).copied())).unwrap_or(0)
        });
        let wanted = move || table.wish.with(|wish| wish.outcomes.contains(&kind));
        let press = move |_| {
            table.wish.update(|wish| {
                if !wish.outcomes.remove(&kind) {
                    wish.outcomes.insert(kind);
                }
            })
        };
        let (name, word) = shape(kind);
        view! {
            <button
                class=format!("button button-small fleet-state state state-{name}")
                type="button"
                hidden=move || count.get() == 0 && !wanted()
                aria-pressed=move || wanted().to_string()
                on:click=press
            >
                <Shape name/><b>{move || format::count(u64::from(count.get()))}</b>" "{word}
            </button>
        }
    };
    view! {
        <section class="fleet-came" aria-label=words::results()>
            <p role="status">{said}</p>
            <div class="fleet-states" role="group" aria-label=words::results_of()>{OutcomeKind::ALL.into_iter().map(chip).collect_view()}</div>
            <button class="button button-small" type="button" on:click=stop>{act}</button>
        </section>
    }
}

/// What came of it for one device.
pub(super) fn cell(outcome: Option<&Outcome>) -> AnyView {
    let told = outcome.map(|outcome| {
        let (name, word) = shape(outcome.kind);
        let detail = match outcome.kind {
            OutcomeKind::Replied => words::after(outcome.millis, &outcome.text),
            _ => outcome.text.clone(),
        };
        let title = detail.clone();
        view! { <span class=format!("state state-{name}") title=title><Shape name/>{word}" "<span class="fleet-reply">{detail}</span></span> }
    });
    whole(view! { <td class="fleet-outcome">{told}</td> })
}

fn shape(kind: OutcomeKind) -> (&'static str, &'static str) {
    match kind {
        OutcomeKind::Refused => ("error", words::refused()),
        OutcomeKind::NoReply => ("stale", words::no_reply()),
        OutcomeKind::NotSent => ("off", words::not_sent()),
        OutcomeKind::Waiting => ("off", words::waiting()),
        OutcomeKind::UnderWay => ("off", words::under_way()),
        OutcomeKind::Sent => ("connected", words::sent()),
        OutcomeKind::Replied => ("connected", words::replied()),
    }
}
