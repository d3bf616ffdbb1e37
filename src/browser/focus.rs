//! Keeps the keyboard's focus on the page when what had it goes: a button that did its work, a screen that was left.

use super::{clock, dom};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement};

/// For so many frames what follows is kept in sight: what is around it may still be on its way.
const SETTLES: u32 = 4;

/// What has the focus, and what may have it instead.
struct Place {
    element: Element,
    /// A selector of what follows when it has done its work.
    next: Option<String>,
    /// What is around it, the innermost first.
    around: Vec<Element>,
}

/// From now on, when what had the focus goes or is hidden, another of the same id gets it, else what it names as next
/// with `data-next` (a selector, on itself or around it), else what was around it, else `main`: for as long as the page
/// lives.
pub fn keep(main: &'static str) {
    let place = Rc::new(RefCell::new(None::<Place>));
    let last = Rc::clone(&place);
    dom::listen_window("focusin", move |event| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        *last.borrow_mut() =
            element.map(|element| Place { next: next_of(&element), around: around(&element), element });
    });
    let settling = Rc::new(Cell::new(0u32));
    // Whoever goes on is not held back: what is typed or pressed next may be elsewhere.
    for event in ["input", "keydown", "pointerdown", "wheel"] {
        let settling = Rc::clone(&settling);
        dom::listen_window(event, move |_| settling.set(0));
    }
    clock::every_frame(move |_| {
        if let Some(left) = settling.get().checked_sub(1) {
            settling.set(left);
            dom::reveal(":focus");
        }
        let is_gone =
            |place: &mut Place| !place.element.is_connected() || dom::focus_is_lost() && !dom::is_drawn(&place.element);
        let gone = place.borrow_mut().take_if(is_gone);
        if let Some(gone) = gone.filter(|_| dom::focus_is_lost()) {
            let same = dom::by_id(&gone.element.id()).filter(dom::is_drawn);
            if same.is_none() && gone.next.is_some_and(|next| dom::focus_first(&next)) {
                settling.set(SETTLES);
                return;
            }
            let around = || gone.around.into_iter().find(|one| one.is_connected());
            give(same.or_else(around).or_else(|| dom::by_id(main)));
        }
    });
}

fn next_of(element: &Element) -> Option<String> {
    element.closest("[data-next]").ok().flatten()?.get_attribute("data-next")
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
