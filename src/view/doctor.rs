//! The connection doctor: how far a connection came, what is wrong, on what evidence, and the next step.

mod advice;
mod evidence;
mod finding;
mod report;

use crate::browser::clock::{Pace, now_nanos};
use crate::browser::surroundings::{self, Surroundings};
use crate::engine::{Engine, Open, use_engine};
use crate::route::Route;
use crate::ui::icon::{Icon, Shape};
use crate::ui::remark::{self, RemarkPlace};
use crate::view::bar::state_of;
use crate::view::format;
use crate::view::nameplate::released::Released;
use crate::view::speed::{Speed, Tried};
use crate::words::{doctor as words, line, nameplate, speed};
use advice::{Advice, Step};
use evidence::EvidenceTable;
use finding::{Facts, Finding, Reached, Seen, chain};
use leptos::prelude::*;
use session::evidence::Evidence;
use session::link::{Link, Port};
use session::query::{Answer, LinkState, Query, Status};
use session::wire::Request;
use std::sync::Arc;

/// What the doctor looks at.
#[derive(Clone)]
struct Patient {
    open: Option<Open>,
    around: Surroundings,
    engine: Engine,
    status: Memo<Option<Arc<Status>>>,
    counted: Signal<Option<(Evidence, Evidence)>>,
    tried: Tried,
    released: ArcRwSignal<bool>,
    textual: bool,
    plain: bool,
    store: bool,
}

impl Patient {
    fn facts(&self) -> Facts {
        Facts {
            around: self.around.clone(),
            has_serial: self.engine.without_serial().is_none(),
            ports: self.engine.ports.with(Vec::len),
            open: self.engine.sessions.with(Vec::len),
            session: self.open.as_ref().map(|open| self.seen(open)),
        }
    }

    fn seen(&self, open: &Open) -> Seen {
        self.engine.second.track();
        let status = self.status.get();
        let serial = match self.engine.session(open.id).map_or_else(|| open.link.clone(), |open| open.link) {
            Link::Serial(serial) => Some(serial),
            _ => None,
        };
        let since = status.as_ref().map_or_else(now_nanos, |status| status.since_nanos);
        Seen {
            plugged: serial.as_ref().is_some_and(|serial| self.engine.ports.with(|ports| ports.contains(&serial.port))),
            baud: serial.as_ref().map_or(0, |serial| serial.line.baud),
            serial: serial.is_some(),
            state: status.as_ref().map_or(LinkState::Opening, |status| status.state.clone()),
            ended: status.as_ref().and_then(|status| status.ended),
            released: self.released.get(),
            evidence: self.counted.get().unwrap_or_default().0,
            recent: self.counted.get().map(|(_, recent)| recent),
            open_nanos: now_nanos().saturating_sub(since),
            trying: self.tried.now.get(),
            before: self.tried.before.get(),
            verdict: self.tried.verdict(self.textual),
            textual: self.textual,
            plain: self.plain,
            store: self.store,
        }
    }
}

/// The doctor's page; of a session, or of this browser and computer.
#[component]
pub fn Doctor(
    /// The session that is looked at.
    open: Option<Open>,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.as_ref().map(|open| open.id);
    let status = Memo::new(move |_| engine.statuses.with(|statuses| statuses.get(&id?).cloned()));
    let counted = match id {
        Some(id) => {
            let (pace, other) = (Pace::every(250_000_000), Pace::every(250_000_000));
            engine.ask_for(id, move || other.due().then_some(Query::Status));
            let answer = engine.ask_for(id, move || pace.due().then_some(Query::Evidence));
            Signal::derive(move || match answer.get().as_deref() {
                Some(Answer::Evidence(all, recent)) => Some((*all, *recent)),
                _ => None,
            })
        }
        None => Signal::derive(|| None),
    };
    let profile = open.as_ref().and_then(|open| session::Profile::parse(&open.profile).ok());
    let patient = Patient {
        around: surroundings::look(),
        engine,
        status,
        counted,
        tried: open.as_ref().map_or_else(Tried::default, Open::part::<Tried>),
        released: open.as_ref().map_or_else(|| ArcRwSignal::new(false), |open| open.part::<Released>().released),
        textual: profile.as_ref().is_some_and(session::Profile::textual),
        plain: profile.as_ref().is_some_and(session::Profile::is_plain_text),
        store: open.as_ref().is_some_and(|open| open.link.is_store()),
        open: open.clone(),
    };
    let of = patient.clone();
    let facts = Memo::new(move |_| of.facts());
    let found = Memo::new(move |_| facts.with(Finding::of));
    let serial = open.as_ref().is_none_or(|open| matches!(open.link, Link::Serial(_)));
    let kicker = open.as_ref().map_or_else(|| words::name().to_owned(), |open| words::of_session(&open.shown_name()));
    let system = patient.around.system;
    let lines = open.clone().filter(|_| serial);
    let (speeds, again) = (lines.clone(), open.clone());
    let missing = move || {
        let wanted = matches!(found.get(), Finding::NoPort | Finding::Unplugged | Finding::Ready | Finding::Open);
        wanted.then(|| view! { <Advice system/> })
    };
    view! {
        <main class="doctor" id="main" tabindex="-1">
            <section class="doctor-answer" aria-labelledby="doctor-finding">
                <p class="doctor-kicker">{kicker}</p>
                <div role="status">{move || answer(&found.get(), facts)}</div>
                <Next found open=again/>
            </section>
            {open.is_none().then(|| view! { <Sessions/> })}
            {serial.then(|| view! { <Chain facts/> })}
            {speeds.map(|open| view! {
                <section class="doctor-speeds" aria-label=speed::try_usual()>
                    <Speed open=open/>
                </section>
            })}
            <EvidenceTable patient=patient.clone()/>
            <report::Report patient facts found serial/>
            {missing}
        </main>
    }
}

/// The finding in words.
fn answer(finding: &Finding, facts: Memo<Facts>) -> AnyView {
    let (title, next) = facts.with_untracked(|facts| told(finding, facts));
    view! { <h1 id="doctor-finding">{title}</h1><p>{next}</p> }.into_any()
}

/// What was found, and what to do next.
fn told(finding: &Finding, facts: &Facts) -> (String, String) {
    let around = &facts.around;
    let set = facts.session.as_ref().map_or(0, |seen| seen.baud);
    let baud = |baud: u32| format::count(u64::from(baud));
    let said = match facts.session.as_ref().map(|seen| &seen.state) {
        Some(LinkState::Closed { why } | LinkState::Waiting { why, .. }) => why.clone(),
        _ => String::new(),
    };
    // What is reached over a network has no speed, and no cable of its own.
    let there = facts.session.as_ref().is_some_and(|seen| !seen.serial);
    let mobile = around.system == surroundings::System::Mobile;
    match finding {
        Finding::Insecure => (words::insecure().into(), words::insecure_next(&around.origin)),
        Finding::Policy if around.framed => (words::policy().into(), words::policy_framed().into()),
        Finding::Policy => (words::policy().into(), words::policy_alone().into()),
        Finding::Unsupported if mobile => (words::unsupported().into(), words::unsupported_mobile().into()),
        Finding::Unsupported => (words::unsupported().into(), words::unsupported_next(&around.browser)),
        Finding::NoPort => (words::no_port().into(), words::no_port_next().into()),
        Finding::Ready => (words::ready().into(), words::ready_next().into()),
        Finding::Open => (words::open().into(), words::open_next().into()),
        Finding::Store => (words::listening_there().into(), words::store_next().into()),
        Finding::Listening if there => (words::listening_there().into(), words::listening_next().into()),
        Finding::Silent if there => (words::silent_there().into(), words::silent_there_next().into()),
        Finding::Senseless if there => (words::senseless_there().into(), words::senseless_there_next().into()),
        Finding::Released if facts.session.as_ref().is_some_and(|seen| !seen.plugged) => {
            (words::released().into(), line::released_gone().into())
        }
        Finding::Released => (words::released().into(), words::released_next().into()),
        Finding::Busy => (words::busy().into(), said),
        Finding::Unplugged => (words::unplugged().into(), words::unplugged_next().into()),
        Finding::Unusable(why) => (words::unusable().into(), why.clone()),
        Finding::Failed(why) => (words::failed().into(), why.clone()),
        Finding::Stranger(why) => (words::stranger().into(), why.clone()),
        Finding::Closed => (words::closed().into(), words::closed_next().into()),
        Finding::Read => (words::read().into(), words::read_next().into()),
        Finding::Opening => (words::opening().into(), words::opening_next().into()),
        Finding::Listening => (words::listening().into(), words::listening_next().into()),
        Finding::Silent => (words::silent().into(), words::silent_next().into()),
        Finding::WrongSpeed(found) => (words::wrong_speed(baud(*found), baud(set)), words::wrong_speed_next().into()),
        Finding::Senseless => (words::senseless(baud(set)), words::senseless_next().into()),
        Finding::Checksum => (words::checksum().into(), words::checksum_next().into()),
        Finding::Noisy => (words::noisy().into(), words::noisy_next().into()),
        Finding::Well => (words::well().into(), words::well_next().into()),
        Finding::Trying(now) => (words::trying().into(), words::trying_next(baud(*now))),
        Finding::SilentAtAny => (words::silent_at_any().into(), words::silent_at_any_next().into()),
        Finding::Unclear => (words::unclear().into(), words::unclear_next().into()),
        Finding::Changed(before) => (words::changed(baud(*before), baud(set)), words::changed_next(baud(*before))),
    }
}

/// The next step, and the way back.
#[component]
fn Next(found: Memo<Finding>, open: Option<Open>) -> impl IntoView {
    let engine = use_engine();
    let refused = RwSignal::new(None::<String>);
    let id = open.as_ref().map(|open| open.id);
    let reopen = move |_| {
        if let Some(session) = id {
            engine.post(Request::Reopen { session });
        }
    };
    let choose = move |_| {
        refused.set(None);
        leptos::task::spawn_local(async move {
            if let Err(why) = engine.ask_for_port(Port::default()).await {
                refused.set(Some(why));
            }
        });
    };
    let step = move || {
        let word = match (Step::of(&found.get()), id) {
            (Step::Choose, _) => {
                return Some(view! { <button class="button button-next button-large" type="button" on:click=choose>{words::choose()}</button> }.into_any());
            }
            (Step::Speed(baud), Some(session)) => {
                let back = move |_| engine.set_speed(session, baud);
                let word = speed::reopen_at(format::count(u64::from(baud)));
                return Some(view! { <button class="button button-next button-large" type="button" on:click=back>{word}</button> }.into_any());
            }
            (Step::Retake, Some(_)) => line::retake(),
            (Step::Again, Some(_)) => nameplate::try_again(),
            (Step::Connect, Some(_)) => nameplate::connect_again(),
            _ => return None,
        };
        Some(
            view! { <button class="button button-next button-large" type="button" on:click=reopen>{word}</button> }
                .into_any(),
        )
    };
    let (href, word) = match id {
        Some(id) => (Route::Session(id).fragment(), words::back()),
        None => (Route::Start.fragment(), words::start()),
    };
    view! {
        <div class="doctor-next">{step}<a class="button button-large" href=format!("#{href}")>{word}</a></div>
        <RemarkPlace role="alert" remark=remark::wrong(refused)/>
    }
}

/// The steps of a connection, in their order.
fn steps() -> [&'static str; 6] {
    [
        words::step_browser(),
        words::step_allowed(),
        words::step_plugged(),
        words::step_opened(),
        words::step_bytes(),
        words::step_sense(),
    ]
}

fn reached_word(reached: Reached) -> &'static str {
    match reached {
        Reached::Yes => words::done(),
        Reached::No => words::step_failed(),
        Reached::NotYet => words::not_reached(),
        Reached::Unknown => words::not_known(),
    }
}

/// How far it came.
#[component]
fn Chain(facts: Memo<Facts>) -> impl IntoView {
    let steps = move || {
        let step = |(name, reached): (&'static str, Reached)| {
            let class = match reached {
                Reached::Yes => "doctor-done",
                Reached::No => "doctor-failed",
                Reached::NotYet => "doctor-open",
                Reached::Unknown => "doctor-unknown",
            };
            let word = reached_word(reached);
            let mark = match reached {
                Reached::Yes => view! { <Icon name="check"/> }.into_any(),
                Reached::No => view! { <Shape name="error"/> }.into_any(),
                Reached::NotYet => view! { <Shape name="off"/> }.into_any(),
                Reached::Unknown => view! { <Icon name="minus"/> }.into_any(),
            };
            view! { <li class=class><span class="doctor-mark">{mark}</span><b>{name}</b><small>{word}</small></li> }
        };
        let reached = facts.with(chain);
        steps().into_iter().zip(reached).map(step).collect_view()
    };
    view! { <ol class="doctor-chain" aria-label=words::chain()>{steps}</ol> }
}

/// The sessions, each to be looked at.
#[component]
fn Sessions() -> impl IntoView {
    let engine = use_engine();
    let rows = move || {
        let row = |open: Open| {
            let href = format!("#{}", Route::Doctor(Some(open.id)).fragment());
            let state = engine.statuses.with(|all| all.get(&open.id).map(|status| state_of(&status.state).1));
            let state = state.map(|word| format!(" · {word}"));
            view! { <li><a href=href>{words::examine(&open.shown_name())}</a>{state}</li> }
        };
        engine.sessions.get().into_iter().map(row).collect_view()
    };
    let any = move || !engine.sessions.with(Vec::is_empty);
    view! {
        <section hidden=move || !any() aria-labelledby="doctor-sessions">
            <h2 id="doctor-sessions">{words::sessions()}</h2>
            <ul class="doctor-list">{rows}</ul>
        </section>
    }
}
