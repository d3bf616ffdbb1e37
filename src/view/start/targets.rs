//! What the console's own gateway offers, where it has one.

use super::known::{Act, KnownList, row};
use crate::engine::{Target, Without, use_engine};
use crate::profiles;
use crate::view::nameplate::token::TokenField;
use crate::words::{link, start as words};
use leptos::prelude::*;
use session::tunnel::TargetKind;

/// The list of targets, or why there is none.
#[component]
pub(super) fn Targets(
    choices: RwSignal<Vec<profiles::Choice>>,
    /// The profile that one is opened with, by its id.
    profile_of: Callback<Target, String>,
    /// The kind that is chosen: its targets are the first.
    kind: Memo<TargetKind>,
    /// Opens one.
    open: Callback<Target>,
) -> impl IntoView {
    let engine = use_engine();
    let known = RwSignal::new(None::<Result<Vec<Target>, Without>>);
    let ask = move || {
        leptos::task::spawn_local(async move {
            let answer = engine.targets().await;
            // The user may have left meanwhile.
            known.try_set(Some(answer));
        });
    };
    ask();
    let rows = Callback::new(move |()| {
        let mut targets = known.with(|known| known.as_ref().and_then(|known| known.clone().ok())).unwrap_or_default();
        let kind = kind.get();
        targets.sort_by_key(|target| target.kind != kind);
        let line = |target: Target| {
            let kind = kind_word(target.kind);
            let (title, of) = (target.title.clone(), target.clone());
            let told = !target.verbs.is_empty() && !target.verbs.iter().any(|verb| verb == "write");
            let read_only = if told { words::read_only() } else { "" };
            let how = Callback::new(move |()| {
                let profile = profile_of.run(of.clone());
                let profile = choices.with(|choices| profiles::name_of(choices, &profile));
                [title.clone(), kind.to_owned(), profile, read_only.to_owned()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ")
            });
            row(target.name.clone(), how, false, vec![Act::new(words::open(), move || open.run(target.clone()))])
        };
        targets.into_iter().map(line).collect()
    });
    let take = Callback::new(move |token: String| {
        engine.keep_token(None, &token);
        known.set(None);
        ask();
    });
    move || {
        // A broker needs no gateway: nothing is said where none has one.
        let broker = |known: &Option<Result<Vec<Target>, Without>>| matches!(known, Some(Ok(all)) if all.iter().any(|target| target.kind == TargetKind::Mqtt));
        if kind.get() == TargetKind::Mqtt && !known.with(broker) {
            return ().into_any();
        }
        let said = match known.get() {
            Some(Ok(_)) => {
                return view! { <KnownList title=words::targets() none=words::no_targets() rows/> }.into_any();
            }
            None => words::targets_asked(),
            Some(Err(Without::Token)) => words::token_wanted(),
            Some(Err(Without::Gateway)) => words::no_gateway(),
            Some(Err(Without::Answer)) => words::gateway_silent(),
        };
        let wanted = known.get() == Some(Err(Without::Token));
        view! {
            <div class="known">
                <h3>{words::targets()}</h3>
                <p class="known-none" role="status">{said}</p>
                {wanted.then(|| view! { <TokenField id="targets-token" word=words::show_targets() next=false take/> })}
            </div>
        }
        .into_any()
    }
}

fn kind_word(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Tcp => "TCP",
        TargetKind::Telnet => "Telnet",
        TargetKind::Serial => link::gateway_serial(),
        TargetKind::Ftp => "FTP",
        TargetKind::Mqtt => "MQTT",
    }
}
