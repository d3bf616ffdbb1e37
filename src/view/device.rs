//! The workspace of one device: nameplate, panels, ledger.

use super::{Place, VIEWS, ledger::Ledger, nameplate::Nameplate};
use crate::browser::clock::Pace;
use crate::engine::{Open, Part, use_engine};
use crate::ui::tabs::{self, Tabs};
use leptos::html;
use leptos::prelude::*;
use session::query::Query;

/// The workspace of a session.
#[component]
pub fn Device(
    /// Which.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let pace = Pace::of_reading();
    let _keeps_status_coming = engine.ask_for(id, move || pace.due().then_some(Query::Status));
    let shared = super::plot::shared::share(engine, &open);
    provide_context(shared);
    let place = |place: Place| {
        let open = open.clone();
        VIEWS.iter().filter(move |info| info.place == place).map(move |info| (info.mount)(open.clone())).collect_view()
    };
    view! {
        <main class="work" id="main" tabindex="-1">
            <Nameplate open=open.clone()/>
            <div class="work-panels">
                {place(Place::Plot)}
                {place(Place::Values)}
                {place(Place::Terminal)}
                <Details open=open.clone()/>
            </div>
        </main>
        <Ledger session=id/>
    }
}

/// Which of the tabs is chosen.
#[derive(Clone)]
struct Chosen(ArcRwSignal<usize>);

impl Part for Chosen {
    fn first(_: &Open) -> Chosen {
        Chosen(ArcRwSignal::new(0))
    }
}

/// Where the reader of a panel behind a tab is.
#[derive(Clone, Copy)]
pub struct Scroll {
    body: NodeRef<html::Div>,
    /// Whether its beginning is in sight.
    pub at_top: RwSignal<bool>,
}

impl Scroll {
    /// Shows its beginning.
    pub fn to_top(self) {
        if let Some(body) = self.body.get_untracked() {
            body.set_scroll_top(0);
        }
        self.at_top.set(true);
    }

    fn scrolled(self) {
        let at_top = self.body.get_untracked().is_none_or(|body| body.scroll_top() <= 0);
        if self.at_top.get_untracked() != at_top {
            self.at_top.set(at_top);
        }
    }
}

/// The panels that share a place, behind tabs.
#[component]
fn Details(open: Open) -> impl IntoView {
    const LABEL: &str = "Details";
    let chosen: RwSignal<usize> = open.part::<Chosen>().0.into();
    let infos: Vec<_> = VIEWS.iter().filter(|info| info.place == Place::Detail).collect();
    let names = infos.iter().map(|info| info.name).collect();
    // The profile may have been replaced since the workspace was made.
    let engine = use_engine();
    let current = move || untrack(|| engine.session(open.id)).unwrap_or_else(|| open.clone());
    let body = NodeRef::<html::Div>::new();
    let place = Scroll { body, at_top: RwSignal::new(true) };
    provide_context(place);
    let mounts: Vec<_> = infos.iter().map(|info| info.mount).collect();
    view! {
        <section class="panel work-bytes" aria-label="Details">
            <Tabs label=LABEL names=names chosen=chosen/>
            <div
                class="panel-body"
                node_ref=body
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || tabs::id(LABEL, chosen.get())
                on:scroll=move |_| place.scrolled()
            >
                {move || {
                    place.to_top();
                    mounts.get(chosen.get()).map(|mount| mount(current()))
                }}
            </div>
        </section>
    }
}
