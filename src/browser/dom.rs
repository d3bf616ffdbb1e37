//! Small things of the document.

use wasm_bindgen::{JsCast as _, JsValue};

/// What a thrown value says, as words.
#[must_use]
pub fn words(thrown: &JsValue) -> String {
    let text = |key: &str| js_sys::Reflect::get(thrown, &key.into()).ok().and_then(|value| value.as_string());
    match (text("name"), text("message")) {
        (_, Some(message)) if !message.is_empty() => message,
        (Some(name), _) => name,
        _ => thrown.as_string().unwrap_or_else(|| "unknown".to_owned()),
    }
}

/// The fragment of the address, without its hash sign.
#[must_use]
pub fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// The address of the folder that the console is served from.
#[must_use]
pub fn base() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = address.split(['#', '?']).next().unwrap_or_default();
    page.rfind('/').and_then(|end| page.get(..=end)).unwrap_or_default().to_owned()
}

/// Sets the fragment of the address, as a new entry of the history.
pub fn set_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Whether a click is one by itself, and not the second of a double click: what opens or fetches something does it once,
/// whatever has moved under the pointer meanwhile.
#[must_use]
pub fn is_single(event: &web_sys::MouseEvent) -> bool {
    event.detail() <= 1
}

/// Sets the fragment of the address in place of the present one: *Back* leads to where the page was before.
pub fn replace_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(&format!("#{fragment}"));
    }
}

/// Calls `changed` whenever the fragment changes.
pub fn on_fragment(mut changed: impl FnMut(String) + 'static) {
    listen_window("hashchange", move |_| changed(fragment()));
}

/// Calls `heard` for every event of that name at the window, for as long as the page lives.
pub fn listen_window(name: &str, heard: impl FnMut(web_sys::Event) + 'static) {
    let heard = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(heard);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    }
    heard.forget();
}

/// The same for an event that stays at the element it is for.
pub fn listen_anywhere(name: &str, heard: impl FnMut(web_sys::Event) + 'static) {
    let heard = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(heard);
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback_and_bool(name, heard.as_ref().unchecked_ref(), true);
    }
    heard.forget();
}

/// Calls `changed` whenever a media feature begins or ends to hold, for as long as the page lives.
pub fn on_media(feature: &str, changed: impl FnMut() + 'static) {
    let Some(list) = web_sys::window().and_then(|window| window.match_media(feature).ok().flatten()) else { return };
    let heard = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(changed);
    let _ = list.add_event_listener_with_callback("change", heard.as_ref().unchecked_ref());
    heard.forget();
    // A list that nobody holds may be forgotten with its listeners.
    std::mem::forget(list);
}

/// Whether a media feature holds now.
#[must_use]
pub fn media(feature: &str) -> bool {
    let list = web_sys::window().and_then(|window| window.match_media(feature).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Whether a key takes a change back (`Some(false)`) or makes it again (`Some(true)`).
#[must_use]
pub fn undoes(event: &web_sys::KeyboardEvent) -> Option<bool> {
    let plain = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    match event.key().to_lowercase().as_str() {
        "z" if plain => Some(event.shift_key()),
        "y" if plain && !event.shift_key() => Some(true),
        _ => None,
    }
}

/// Whether the focus goes to something within an element.
#[must_use]
pub fn goes_to(event: &web_sys::FocusEvent, element: &web_sys::Element) -> bool {
    let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    to.is_some_and(|to| element.contains(Some(&to)))
}

/// Whether a key pressed now would be typed into a field.
#[must_use]
pub fn typing(event: &web_sys::Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// An attribute of what lies under a place in the window, or of what that is in.
#[must_use]
pub fn under(x: f64, y: f64, selector: &str, name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.element_from_point(x as f32, y as f32)?.closest(selector).ok().flatten()?.get_attribute(name)
}

/// The id of what an event is for, or of what that is in; empty where it has none.
#[must_use]
pub fn within(event: &web_sys::Event, selector: &str) -> Option<String> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    Some(element.closest(selector).ok().flatten()?.id())
}

/// Whether a key was pressed inside a panel.
#[must_use]
pub fn in_panel(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.and_then(|element| element.closest(".place").ok().flatten()).is_some()
}

/// Gives the focus to the next panel, or the previous one, around the end. Whether there is one.
pub fn focus_next_panel(back: bool) -> bool {
    let panels = all(".place:not([hidden])");
    let now = panels.iter().position(has_focus);
    let next = match (now, back) {
        (Some(now), false) => (now + 1) % panels.len(),
        (Some(now), true) => (now + panels.len() - 1) % panels.len(),
        (None, false) => 0,
        (None, true) => panels.len().saturating_sub(1),
    };
    panels.get(next).is_some_and(focus_body)
}

thread_local! {
    /// What had the focus when something was begun to be found.
    static BEFORE: std::cell::RefCell<Option<web_sys::HtmlElement>> = const { std::cell::RefCell::new(None) };
}

/// Gives the focus of a field in a panel back to where it was in it before, else to the panel. Whether it was in one.
pub fn leave_field(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let panel = element.and_then(|element| element.closest(".place").ok().flatten());
    let before = BEFORE.take().and_then(|before| {
        // It may have been made anew meanwhile.
        let again = by_id(&before.id()).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if before.is_connected() { Some(before) } else { again }
    });
    panel.is_some_and(|panel| match before.filter(|before| panel.contains(Some(before)) && is_drawn(before)) {
        Some(before) => before.focus().is_ok(),
        None => focus_body(&panel),
    })
}

/// Gives the focus to what a panel is about, else to the first thing in it that takes it.
fn focus_body(panel: &web_sys::Element) -> bool {
    let wanted = [
        // The row of a table that the arrow keys go on from.
        ".place-panel tbody [tabindex='0']",
        ".place-panel[tabindex='0'], .place-panel [tabindex='0']",
        "button, input, select, textarea, a[href]",
    ];
    let found = wanted.iter().find_map(|selector| {
        let inside = panel.query_selector_all(selector).ok()?;
        let inside = (0..inside.length()).filter_map(|at| inside.item(at)?.dyn_into::<web_sys::HtmlElement>().ok());
        inside.into_iter().find(|element| element.offset_parent().is_some())
    });
    found.is_some_and(|element| element.focus().is_ok())
}

/// Gives the focus to the panel of that name, where it is in front.
pub fn focus_front(name: &str) {
    if let Some(panel) =
        all(".place:not([hidden])").iter().find(|panel| panel.get_attribute("data-panel").as_deref() == Some(name))
    {
        focus_body(panel);
    }
}

/// Begins to find something in the panel that has the focus: what it marks with `data-find` gets the focus, or is pressed
/// if it is a button. Whether there is such a thing.
pub fn find_in_panel() -> bool {
    let panel = all(".place:not([hidden])").into_iter().find(has_focus);
    let mark = panel.and_then(|panel| panel.query_selector("[data-find]").ok().flatten());
    let Some(element) = mark.and_then(|mark| mark.dyn_into::<web_sys::HtmlElement>().ok()) else { return false };
    if element.tag_name() == "BUTTON" {
        element.click();
    } else {
        let document = web_sys::window().and_then(|window| window.document());
        let active = document.and_then(|document| document.active_element());
        BEFORE.set(active.and_then(|active| active.dyn_into().ok()));
        let _ = element.focus();
    }
    true
}

/// Every element of a selector, in the order of the document.
fn all(selector: &str) -> Vec<web_sys::Element> {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector_all(selector).ok());
    let found = found.iter().flat_map(|found| (0..found.length()).filter_map(|at| found.item(at)));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Gives the focus to the first element of a selector whose name, or the text in it, has these words in it. Whether
/// there is one.
pub fn focus_named(selector: &str, words: &str) -> bool {
    let named = |element: &web_sys::Element| {
        let name = name_of(element);
        name.split_whitespace().any(|word| word == words) || name == words
    };
    let found = all(selector).into_iter().find(named);
    let element = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// The names of the buttons of a selector that are drawn and can be pressed.
#[must_use]
pub fn buttons(selector: &str) -> Vec<String> {
    let can = |element: &web_sys::Element| is_drawn(element) && !element.has_attribute("aria-disabled");
    all(selector).iter().filter(|element| can(element)).map(name_of).filter(|name| !name.is_empty()).collect()
}

/// Presses the first of a selector that is drawn and has that name. Whether there is one.
pub fn press(selector: &str, name: &str) -> bool {
    let found = all(selector).into_iter().find(|element| is_drawn(element) && name_of(element) == name);
    let element = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.map(|element| element.click()).is_some()
}

fn name_of(element: &web_sys::Element) -> String {
    let name = element.get_attribute("aria-label").or_else(|| element.text_content());
    name.unwrap_or_default().trim().to_owned()
}

/// Moves the focus from what an event is for to the next of its kind in a list, or the one before. Whether there is one.
pub fn step(event: &web_sys::Event, list: &str, of: &str, back: bool) -> bool {
    let here = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let list = here.as_ref().and_then(|here| here.closest(list).ok().flatten());
    let (Some(here), Some(found)) = (&here, list.and_then(|list| list.query_selector_all(of).ok())) else {
        return false;
    };
    let found: Vec<web_sys::HtmlElement> =
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let Some(at) = found.iter().position(|element| **element == *here) else { return false };
    let to = if back { at.checked_sub(1) } else { Some(at + 1) };
    to.and_then(|to| found.get(to)).is_some_and(|element| element.focus().is_ok())
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Lets the page fill the whole screen, or no longer; a browser may refuse.
pub fn fill_screen() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        let _ = root.request_fullscreen();
    }
}

/// Sets or removes an attribute of the root element.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// The user's languages, the favourite first, as BCP 47 tags.
#[must_use]
pub fn languages() -> Vec<String> {
    let languages = web_sys::window().map(|window| window.navigator().languages());
    languages.into_iter().flatten().filter_map(|tag| tag.as_string()).collect()
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Shows the top of the page, as a new screen begins there.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The element with that id.
pub(super) fn by_id(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Scrolls what is around the first element of that selector until it can be seen, no further than needed.
pub fn reveal(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|document| document.query_selector(selector).ok().flatten()) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        nearest.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Scrolls a list up, and nothing else, until the first element of that selector in it can be seen, no further than needed.
pub fn reveal_above(list: &web_sys::Element, selector: &str) {
    if let Ok(Some(element)) = list.query_selector(selector) {
        let above = list.get_bounding_client_rect().top() - element.get_bounding_client_rect().top();
        if above > 0.0 {
            list.set_scroll_top(list.scroll_top().saturating_sub(above.ceil() as i32));
        }
    }
}

/// Scrolls a list sideways, and nothing else, until the element with that id in it can be seen, no further than needed.
pub fn reveal_across(list: &web_sys::Element, id: &str) {
    let Some(element) = by_id(id) else { return };
    let (room, place) = (list.get_bounding_client_rect(), element.get_bounding_client_rect());
    let (before, after) = (place.left() - room.left(), place.right() - room.right());
    let by = if before < 0.0 { before.floor() } else { after.ceil().clamp(0.0, before.floor()) };
    if by != 0.0 {
        list.set_scroll_left(list.scroll_left().saturating_add(by as i32));
    }
}

/// Moves keyboard focus to the element with that id.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves keyboard focus to the first element of a selector that is drawn. Whether there is one.
pub fn focus_first(selector: &str) -> bool {
    let found = all(selector).into_iter().find(is_drawn);
    let found = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

/// Whether the element, or something in it, has the keyboard's focus.
#[must_use]
pub fn has_focus(element: &web_sys::Element) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    active.is_some_and(|active| element.contains(Some(&active)))
}

/// Moves keyboard focus to a field of many lines, and its mark to the characters from one to another (in UTF-16, as the
/// browser counts), with that part of the text in sight: `share` is how far down it is, from 0 to 1.
pub fn mark_text(id: &str, from: u32, to: u32, share: f64) {
    let Some(field) = by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) else {
        return;
    };
    let _ = field.focus();
    let _ = field.set_selection_range(from, to);
    let middle = share * f64::from(field.scroll_height()) - f64::from(field.client_height()) / 2.0;
    field.set_scroll_top(middle.max(0.0) as i32);
    field.set_scroll_left(0);
}

/// Whether an element has a place on the page: neither it nor what it is in is hidden.
pub(super) fn is_drawn(element: &web_sys::Element) -> bool {
    let room = element.get_bounding_client_rect();
    element.is_connected() && (room.width() > 0.0 || room.height() > 0.0)
}

/// Whether nothing has the keyboard's focus.
pub(super) fn focus_is_lost() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| {
        let (active, body) = (document.active_element(), document.body());
        active.is_none() || active == body.map(Into::into)
    })
}

/// Moves keyboard focus to the element with that id, unless something has it.
pub fn focus_if_lost(id: &str) {
    if focus_is_lost() {
        focus(id);
    }
}

/// An attribute of the element that an event is about.
#[must_use]
pub fn data_of(event: &web_sys::Event, name: &str) -> Option<String> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.get_attribute(name)
}

/// How high the first element of a selector within another is, in CSS pixels.
#[must_use]
pub fn height_of(within: &web_sys::Element, selector: &str) -> Option<f64> {
    let found = within.query_selector(selector).ok().flatten()?;
    Some(found.get_bounding_client_rect().height())
}
