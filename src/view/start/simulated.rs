//! The simulated devices of whoever serves the console, where it has them.

use super::known::{Act, KnownList, row};
use super::open_named;
use crate::engine::use_engine;
use crate::words::{device, start as words};
use leptos::prelude::*;

/// A row for each; nothing where there are none.
#[component]
pub(super) fn Simulated() -> impl IntoView {
    let engine = use_engine();
    let profiles = RwSignal::new(Vec::<String>::new());
    leptos::task::spawn_local(async move {
        let offered = engine.demo_network().await;
        // The user may have left meanwhile.
        profiles.try_set(offered);
    });
    let rows = Callback::new(move |()| {
        let line = |text: String| {
            let profile = session::Profile::parse(&text).ok()?;
            let said = device::words_of(&text);
            let (name, how) =
                (said.say(&profile.name), format!("{} · {}", profile.link.kind(), said.say(&profile.about)));
            let open = move || open_named(engine, profile.name.clone(), text.clone(), profile.link.clone());
            Some(row(name, Callback::new(move |()| how.clone()), false, vec![Act::new(words::open(), open)]))
        };
        profiles.get().into_iter().filter_map(line).collect()
    });
    move || {
        profiles.with(|all| !all.is_empty()).then(|| view! { <KnownList title=words::demo_network() none="" rows/> })
    }
}
