//! Selecting beyond the rows in sight.

use crate::browser::dom;
use leptos::html;
use leptos::prelude::*;

/// Scrolls while the pointer is beyond the rows in sight, each `line` pixels high, and selects what comes.
pub(super) fn pulled(
    node: NodeRef<html::Div>,
    pull: StoredValue<Option<(f64, f64, f64)>>,
    line: impl Fn() -> f64 + Copy + 'static,
    select_to: impl Fn(Option<String>) + Copy + 'static,
) {
    request_animation_frame(move || {
        let Some((x, inside, rows)) = pull.try_get_value().flatten() else { return };
        let Some(element) = node.get_untracked() else { return };
        let step = if rows < 0.0 { rows.min(-1.0) } else { rows.max(1.0) };
        element.set_scroll_top(element.scroll_top() + (step * line()) as i32);
        select_to(dom::under(x, inside, "[data-at]", "data-at"));
        pulled(node, pull, line, select_to);
    });
}
