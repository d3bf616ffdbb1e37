//! One device of a fleet as a session of its own: over a connection of its own, which asks for its topics only.

use crate::browser::dom;
use crate::engine::{Engine, Open};
use crate::route::Route;
use crate::words::fleet as words;
use leptos::prelude::*;

/// Opens the device, or shows the session in which it is open already; or says why not.
pub(super) fn device(engine: Engine, fleet: &Open, name: &str) -> Option<String> {
    let Some(link) = fleet.link.to_device(name) else {
        return Some(words::not_opened(&session::screen::visible(name)));
    };
    let known = engine.sessions.with_untracked(|all| all.iter().find(|open| open.link == link).map(|open| open.id));
    let profile = engine.profile(fleet.id).unwrap_or_else(|| fleet.profile.clone());
    let id = known.unwrap_or_else(|| engine.open(name.to_owned(), profile, link));
    dom::set_fragment(&Route::Session(id).fragment());
    None
}
