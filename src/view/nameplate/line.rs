//! The strip under the nameplate of a serial session.

use crate::engine::{Open, Part};
use crate::route::Route;
use crate::view::signals::SignalsStrip;
use crate::view::speed::Speed;
use crate::words::{doctor as doctor_words, line as line_words};
use leptos::prelude::*;

/// Whether the strip under the nameplate is unfolded.
#[derive(Clone)]
pub(super) struct Unfolded(pub(super) ArcRwSignal<bool>);

impl Part for Unfolded {
    fn first(_: &Open) -> Unfolded {
        Unfolded(ArcRwSignal::new(false))
    }
}

/// The strip of a serial session: the signals of its line.
#[component]
pub(super) fn Line(open: Open) -> impl IntoView {
    let doctor = format!("#{}", Route::Doctor(Some(open.id)).fragment());
    let unfolded = open.part::<Unfolded>().0;
    view! {
        <div id="line">
            {move || {
                let open = open.clone();
                unfolded.get().then(|| view! { <section class="line" aria-label=line_words::label()><SignalsStrip open=open.clone()/><Speed open/><p><a href=doctor.clone()>{doctor_words::name()}</a></p></section> })
            }}
        </div>
    }
}
