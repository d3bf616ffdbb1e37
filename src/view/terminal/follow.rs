//! How a list of lines is scrolled: its end is followed until a reader goes up from there, and who was reading back when
//! something else was shown finds the same lines again.

use super::place::Extent;
use crate::browser::dom;
use leptos::html;
use leptos::prelude::*;
use session::query::Answer;
use std::sync::Arc;

/// The scroll position of a list of lines.
#[derive(Clone, Copy)]
pub(in crate::view) struct Follow {
    node: NodeRef<html::Div>,
    extent: RwSignal<Extent>,
    /// The first line in sight of who reads back; `None` follows the end.
    from: RwSignal<Option<u64>>,
    /// Where following put the scroll bar, in a list of which height: only a reader moves it up from there, new lines
    /// never do. In a list that has become higher the browser does.
    followed: StoredValue<(i32, i32)>,
    /// The line that who comes back finds again.
    returned: StoredValue<Option<u64>>,
}

impl Follow {
    /// Follows from now on, whenever there are other lines: `shown` and `extent` say so.
    pub(in crate::view) fn new(
        node: NodeRef<html::Div>,
        extent: RwSignal<Extent>,
        from: RwSignal<Option<u64>>,
        shown: RwSignal<Option<Arc<Answer>>>,
    ) -> Follow {
        let returned = StoredValue::new(from.get_untracked());
        let follow = Follow { node, extent, from, followed: StoredValue::new((0, 0)), returned };
        Effect::new(move |_| {
            let _grown = (shown.get(), extent.get());
            let (first, Some(_)) = (from.get(), node.get()) else { return };
            // Only after the new lines are laid out is the end where it will be.
            if first.is_none() {
                request_animation_frame(move || {
                    // Who has turned back meanwhile stays there.
                    if from.try_get_untracked() == Some(None) {
                        follow.to_end();
                    }
                });
            } else if extent.get_untracked().count() > 0
                && let Some(line) = returned.get_value()
            {
                returned.set_value(None);
                request_animation_frame(move || follow.show_line(line));
            }
        });
        follow
    }

    fn to_end(self) {
        // The list may be gone by the next frame.
        let Some(element) = self.node.try_get_untracked().flatten() else { return };
        element.set_scroll_top(element.scroll_height());
        // Whoever types there sees where, though the screen may be higher than the panel.
        dom::reveal_above(&element, ".term-cursor");
        self.followed.try_set_value((element.scroll_top(), element.client_height()));
    }

    /// Lines have other numbers since: who comes back is led to theirs by whoever knows it.
    pub(in crate::view) fn renumbered(self) {
        self.returned.set_value(None);
    }

    /// Scrolls to a line.
    pub(in crate::view) fn show_line(self, line: u64) {
        // The list may be gone by the next frame.
        if let Some(element) = self.node.try_get_untracked().flatten() {
            element.set_scroll_top(self.extent.get_untracked().top(line) as i32);
        }
    }

    /// The list was scrolled, by whomever.
    pub(in crate::view) fn scrolled(self) {
        // What was scrolled may be gone when that is told.
        let Some(element) = self.node.try_get_untracked().flatten() else { return };
        let (top, extent) = (f64::from(element.scroll_top()), self.extent.get_untracked());
        let at_end =
            top + f64::from(element.client_height()) + 2.0 * extent.row() >= f64::from(element.scroll_height());
        if self.from.get_untracked().is_none() {
            let (followed, height) = self.followed.get_value();
            if element.client_height() != height {
                return self.to_end();
            }
            if element.scroll_top() >= followed {
                return;
            }
        }
        let line = (!at_end).then(|| extent.line_at(top));
        if self.from.get_untracked() != line {
            self.from.set(line);
        }
    }
}
