//! How large text is, which the browser's user chooses: rows of text are as high, wherever the page has to know it.

use crate::browser::text;
use leptos::prelude::*;

/// Height of a row of the terminal's or the bytes' text at the usual size, in CSS pixels; the style sheets have the same
/// in parts of that size.
const ROW: f64 = 18.0;

/// How large it is now.
#[derive(Clone, Copy)]
pub struct TextSize(RwSignal<f64>);

impl TextSize {
    /// Follows the user's choice, and puts itself into the context.
    pub fn follow() {
        let size = RwSignal::new(text::scale());
        text::on_scale(move || size.set(text::scale()));
        provide_context(TextSize(size));
    }

    /// Height of a row of text in CSS pixels; whoever asks is told when that changes.
    #[must_use]
    pub fn row(self) -> f64 {
        ROW * self.0.get()
    }

    /// Whoever asks is told when it changes.
    pub fn track(self) {
        self.0.track();
    }

    /// The height of a row, asked once.
    #[must_use]
    pub fn row_untracked(self) -> f64 {
        ROW * self.0.get_untracked()
    }
}
