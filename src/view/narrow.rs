//! Whether the window is as narrow as a phone's: what has no room in a panel's head then stands among the tools that are
//! unfolded. One place or the other, so that whoever reads the page's tree meets each control once.

use crate::browser::dom;
use leptos::prelude::*;

/// The width up to which the style sheets have the phone's look, too: so many letters, and not so many pixels.
const PHONE: &str = "(max-width: 40rem)";

/// Whether it is narrow now.
#[derive(Clone, Copy)]
pub struct Narrow(RwSignal<bool>);

impl Narrow {
    /// Follows the window, and puts itself into the context.
    pub fn follow() {
        let narrow = RwSignal::new(dom::media(PHONE));
        dom::on_media(PHONE, move || narrow.set(dom::media(PHONE)));
        provide_context(Narrow(narrow));
    }

    /// Whether it is; whoever asks is told when that changes.
    #[must_use]
    pub fn get(self) -> bool {
        self.0.get()
    }
}
