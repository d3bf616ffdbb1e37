//! A line between two parts that can be moved: with the pointer, or by 16 pixels with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

/// What an arrow key moves it by, in CSS pixels.
const STEP: f64 = 16.0;

/// Which way the line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// From top to bottom: it moves to the left and right.
    Upright,
    /// From left to right: it moves up and down.
    Level,
}

/// The line. It sets the size of what is after it: to the right, or below.
#[component]
pub fn SplitLine(
    /// What it sets.
    label: &'static str,
    /// Its own class.
    class: &'static str,
    /// Which way it runs.
    line: Line,
    /// The least that is left before it and after it, in CSS pixels.
    least: (u16, u16),
    /// The size that was set, in CSS pixels; it is read back from the page where there is none.
    set: Signal<Option<u16>>,
    /// It was moved there; `None` is where it stands by itself.
    moved: Callback<Option<u16>>,
    /// It has come to rest.
    settled: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let held = StoredValue::new(false);
    // The size of what is after the line, and the room of both.
    let measure = move || {
        // It is asked for a frame later, too: the line may be gone by then.
        let (own, all) = node.try_get_untracked().flatten().and_then(|element| {
            let all = element.parent_element()?.get_bounding_client_rect();
            Some((element.get_bounding_client_rect(), all))
        })?;
        Some(match line {
            Line::Upright => (all.right() - own.right(), all.width()),
            Line::Level => (all.bottom() - own.bottom(), all.height()),
        })
    };
    let put = move |size: f64| {
        let Some((_, room)) = measure() else { return };
        moved.run(Some(fitted(size, room, least)));
    };
    let now = RwSignal::new(0u16);
    let read_back = move || {
        request_animation_frame(move || {
            if let Some((size, _)) = measure() {
                let _ = now.try_set(size.max(0.0).round() as u16);
            }
        });
    };
    Effect::new(move |_| {
        let _again = set.get();
        read_back();
    });
    let down = move |event: PointerEvent| {
        if let Some(element) = node.get_untracked() {
            event.prevent_default();
            let _ = element.set_pointer_capture(event.pointer_id());
            let _ = element.focus();
            held.set_value(true);
        }
    };
    let drag = move |event: PointerEvent| {
        let all = node.get_untracked().and_then(|element| element.parent_element());
        if let Some(all) = all.filter(|_| held.get_value()).map(|all| all.get_bounding_client_rect()) {
            put(match line {
                Line::Upright => all.right() - f64::from(event.client_x()),
                Line::Level => all.bottom() - f64::from(event.client_y()),
            });
        }
    };
    let up = move |_| {
        held.set_value(false);
        settled.run(());
    };
    let key = move |event: KeyboardEvent| {
        let step = match (event.key().as_str(), line) {
            ("ArrowLeft", Line::Upright) | ("ArrowUp", Line::Level) => STEP,
            ("ArrowRight", Line::Upright) | ("ArrowDown", Line::Level) => -STEP,
            ("Home", _) => {
                event.prevent_default();
                return moved.run(None);
            }
            _ => return,
        };
        event.prevent_default();
        if let Some((size, _)) = measure() {
            put(size + step);
        }
    };
    view! {
        <div
            class=format!("split {class}")
            class:split-upright=line == Line::Upright
            node_ref=node
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=if line == Line::Upright { "vertical" } else { "horizontal" }
            aria-valuemin=least.1.to_string()
            aria-valuenow=move || now.get().to_string()
            aria-valuetext=move || format!("{} px", now.get())
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=up
            on:dblclick=move |_| moved.run(None)
            on:focus=move |_| read_back()
            on:keydown=key
        ></div>
    }
}

/// The size of what is after the line that comes nearest to a wish, in CSS pixels: so much is left before it and after it at
/// least, and the latter where there is no room for both.
fn fitted(wish: f64, room: f64, (before, after): (u16, u16)) -> u16 {
    wish.min(room - f64::from(before)).max(f64::from(after)).round() as u16
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_line_leaves_each_side_its_least() {
        let least = (360, 240);
        assert_eq!(fitted(500.4, 1280.0, least), 500);
        assert_eq!(fitted(1270.0, 1280.0, least), 920, "the centre keeps its own");
        assert_eq!(fitted(-30.0, 1280.0, least), 240);
        assert_eq!(fitted(400.0, 500.0, least), 240, "there is no room for both");
    }
}
