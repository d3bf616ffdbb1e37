//! A state as shape, then word, then colour.

use super::icon::Shape;
use leptos::prelude::*;

/// The states there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All is well.
    Connected,
    /// Old, or waiting.
    Stale,
    /// Something is wrong with the link or its data.
    Error,
    /// Not there, and nobody expects it.
    Off,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Connected => "connected",
            Kind::Stale => "stale",
            Kind::Error => "error",
            Kind::Off => "off",
        }
    }
}

/// A state's shape with its word.
#[component]
pub fn State(
    /// Which.
    kind: Kind,
    /// The word.
    #[prop(into)]
    word: String,
) -> impl IntoView {
    let name = kind.name();
    view! { <span class=format!("state state-{name}")><Shape name=name/>{word}</span> }
}
