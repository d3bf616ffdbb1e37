//! The strip under the nameplate of a serial session.

use super::terms::Terms;
use crate::engine::{Open, Part};
use crate::route::Route;
use crate::view::signals::SignalsStrip;
use crate::view::speed::Speed;
use crate::words::{doctor as doctor_words, line as line_words};
use leptos::prelude::*;
use session::link::Link;
use session::query::Status;
use session::tunnel::TargetKind;
use std::sync::Arc;

/// Whether the strip under the nameplate is unfolded.
#[derive(Clone)]
pub(super) struct Unfolded(pub(super) ArcRwSignal<bool>);

impl Part for Unfolded {
    fn first(_: &Open) -> Unfolded {
        Unfolded(ArcRwSignal::new(false))
    }
}

/// Whether a link has a line whose signals can be seen and set: a port of this computer, or one behind Telnet.
pub(super) fn is_there(link: &Link) -> bool {
    matches!(link, Link::Serial(_)) || matches!(link, Link::Tunnel(tunnel) if tunnel.kind == TargetKind::Telnet)
}

/// The strip of a session with a line: its signals, its speed where there is one to set, what was agreed on.
#[component]
pub(super) fn Line(open: Open, status: Memo<Option<Arc<Status>>>) -> impl IntoView {
    let wired = matches!(open.link, Link::Serial(_));
    let (telnet, speed) = (!wired, open.link.baud().is_some());
    let doctor = format!("#{}", Route::Doctor(Some(open.id)).fragment());
    let unfolded = open.part::<Unfolded>().0;
    view! {
        <div id="line">
            {move || {
                let open = open.clone();
                unfolded.get().then(|| view! { <section class="line" aria-label=line_words::label()><SignalsStrip open=open.clone()/>{speed.then(|| view! { <Speed open/> })}{telnet.then(|| view! { <Terms status/> })}{wired.then(|| view! { <p><a href=doctor.clone()>{doctor_words::name()}</a></p> })}</section> })
            }}
        </div>
    }
}
