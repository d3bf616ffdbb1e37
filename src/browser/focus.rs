//! Keeps the keyboard's focus on the page when what had it goes: a button that did its work, a screen that was left.

use super::{clock, dom};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement};

/// What has the focus, and what around it may have it instead, the innermost first.
struct Place {
    element: Element,
    around: Vec<Element>,
}

/// From now on, when what had the focus goes, another of the same id gets it, else what was around it, else `main`: for
/// as long as the page lives.
pub fn keep(main: &'static str) {
    let place = Rc::new(RefCell::new(None::<Place>));
    let last = Rc::clone(&place);
    dom::listen_window("focusin", move |event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        *last.borrow_mut() = element.map(|element| Place { around: around(&element), element });
    });
    clock::every_frame(move |_| {
        let gone = place.borrow_mut().take_if(|place| !place.element.is_connected());
        if let Some(gone) = gone.filter(|_| dom::focus_is_lost()) {
            let next =
                dom::by_id(&gone.element.id()).or_else(|| gone.around.into_iter().find(|one| one.is_connected()));
            give(next.or_else(|| dom::by_id(main)));
        }
    });
}

/// Gives it the focus where it stands: nothing is scrolled.
fn give(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let still = FocusOptions::new();
        still.set_prevent_scroll(true);
        let _ = element.focus_with_options(&still);
    }
}

fn around(element: &Element) -> Vec<Element> {
    let outwards = |element: &Element| element.parent_element()?.closest("[tabindex]").ok().flatten();
    std::iter::successors(outwards(element), outwards).collect()
}
