//! What the console's own gateway offers, where it has one.

use super::known::{Act, KnownList, row};
use crate::browser::dom;
use crate::engine::{Target, Without, use_engine};
use crate::profiles;
use crate::view::nameplate::token::TokenField;
use crate::words::{link, start as words};
use leptos::prelude::*;
use session::tunnel::TargetKind;

/// The id of the field for a token.
const TOKEN: &str = "targets-token";

/// The list of targets, or why there is none.
#[component]
pub(super) fn Targets(
    choices: RwSignal<Vec<profiles::Choice>>,
    /// The profile that one is opened with, by its id.
    profile_of: Callback<Target, String>,
    /// The kind that is chosen, where a gateway opens it: its targets are the first.
    kind: Memo<Option<TargetKind>>,
    /// Opens one.
    open: Callback<Target>,
) -> impl IntoView {
    let engine = use_engine();
    let known = RwSignal::new(None::<Result<Vec<Target>, Without>>);
    let unknown = RwSignal::new(false);
    let ask = move |typed: bool| {
        leptos::task::spawn_local(async move {
            let answer = engine.targets().await;
            let refused = typed && answer == Err(Without::Token);
            // The user may have left meanwhile.
            if known.try_set(Some(answer)).is_none() && refused {
                unknown.set(true);
                dom::focus(TOKEN);
            }
        });
    };
    // What did not answer is asked again with each choice.
    Effect::new(move |_| {
        kind.track();
        if !known.with_untracked(|known| matches!(known, Some(Ok(_) | Err(Without::Token)))) {
            ask(false);
        }
    });
    let rows = Callback::new(move |()| {
        let mut targets = known.with(|known| known.as_ref().and_then(|known| known.clone().ok())).unwrap_or_default();
        let kind = kind.get();
        targets.sort_by_key(|target| Some(target.kind) != kind);
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
        ask(true);
    });
    // Whether there are any, or why that is not known: the field for the token stays while its answer is the same.
    let course = Memo::new(move |_| {
        known.with(|known| known.as_ref().map(|known| known.as_ref().map(Vec::is_empty).map_err(|why| *why)))
    });
    // What needs no gateway says nothing where there is none.
    let aside = Memo::new(move |_| kind.with(|kind| matches!(kind, None | Some(TargetKind::Mqtt))));
    move || {
        let wanted = course.get() == Some(Err(Without::Token));
        let said = match course.get() {
            Some(Ok(empty)) if !(empty && aside.get()) => {
                return view! { <KnownList title=words::targets() none=words::no_targets() rows/> }.into_any();
            }
            Some(Err(Without::Token)) => "",
            _ if aside.get() => return ().into_any(),
            None => words::targets_asked(),
            Some(Err(Without::Answer)) => words::gateway_silent(),
            Some(_) => words::no_gateway(),
        };
        let said = move || match said {
            "" if unknown.get() => words::token_unknown(),
            "" => words::token_wanted(),
            said => said,
        };
        view! {
            <div class="known">
                <h3>{words::targets()}</h3>
                <p class="known-none" role="status">{said}</p>
                {wanted.then(|| view! { <TokenField id=TOKEN word=words::show_targets() next=false take/> })}
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
