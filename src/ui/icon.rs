//! Pictures from the sprite in `index.html`. They never stand alone: a word stands beside them.

use leptos::prelude::*;

/// A line picture of 16 by 16.
#[component]
pub fn Icon(
    /// Its name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=format!("#{name}")></use></svg> }
}

/// A filled picture in the size its block gives it: states, families, the mark.
#[component]
pub fn Shape(
    /// Its name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! { <svg aria-hidden="true"><use href=format!("#{name}")></use></svg> }
}
