//! A menu under its button, after the ARIA authoring practices: arrow keys, the first letters of an item, Escape.

use super::icon::Icon;
use crate::browser::{clock, dom};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Letters that follow each other within this, in nanoseconds, are typed together.
const TOGETHER: i64 = 1_000_000_000;

/// One item of a menu.
#[derive(Clone)]
pub struct Item {
    /// What it says.
    pub word: String,
    /// The keys that do the same; may be empty.
    pub keys: &'static str,
    /// Whether it is on, where it is something that can be on.
    pub checked: Option<bool>,
    /// Why it does nothing now.
    pub disabled: Option<&'static str>,
    /// Whether a line stands above it.
    pub begins_group: bool,
    /// Does it: also when the menu is gone by then.
    pub act: Arc<dyn Fn() + Send + Sync>,
}

impl Item {
    /// An item that can be chosen.
    pub fn new(word: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Item {
        Item { word: word.into(), keys: "", checked: None, disabled: None, begins_group: false, act: Arc::new(act) }
    }

    /// The same as something that is on or off.
    #[must_use]
    pub fn checked(self, on: bool) -> Item {
        Item { checked: Some(on), ..self }
    }

    /// The same with the keys that do it.
    #[must_use]
    pub fn keys(self, keys: &'static str) -> Item {
        Item { keys, ..self }
    }

    /// The same, but it does nothing now where there is a reason.
    #[must_use]
    pub fn disabled(self, why: Option<&'static str>) -> Item {
        Item { disabled: why, ..self }
    }

    /// The same, with a line above it.
    #[must_use]
    pub fn begins_group(self) -> Item {
        Item { begins_group: true, ..self }
    }
}

/// A button with a menu.
#[component]
pub fn Menu(
    /// The button's id; its items have it with a number.
    id: &'static str,
    /// What the button is called.
    #[prop(into)]
    label: Signal<String>,
    /// Its picture.
    icon: &'static str,
    /// Whether its name is seen beside the picture.
    #[prop(optional)]
    word: bool,
    /// The button's own class.
    #[prop(default = "button-plain")]
    class: &'static str,
    /// What can be chosen now: asked for when it opens.
    items: Callback<(), Vec<Item>>,
) -> impl IntoView {
    let open = RwSignal::new(Vec::<Item>::new());
    let is_open = Memo::new(move |_| open.with(|items| !items.is_empty()));
    let place = StoredValue::new(0usize);
    // What was typed, and when its last letter was.
    let typed = StoredValue::new((String::new(), 0i64));
    let node = NodeRef::<html::Div>::new();
    let go = move |to: usize| {
        place.set_value(to);
        dom::focus(&item_id(id, to));
    };
    let close = move || {
        if is_open.get_untracked() {
            dom::focus(id);
            open.set(Vec::new());
        }
    };
    let unfold = move |last: bool| {
        let items = items.run(());
        let to = if last { items.len().saturating_sub(1) } else { 0 };
        open.set(items);
        request_animation_frame(move || go(to));
    };
    let choose = move |item: &Item| {
        if item.disabled.is_none() {
            close();
            (item.act)();
        }
    };
    let key = move |event: KeyboardEvent| {
        let (now, count) = (place.get_value(), open.with_untracked(Vec::len));
        if count == 0 {
            if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
                event.prevent_default();
                unfold(event.key() == "ArrowUp");
            }
            return;
        }
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => go((now + 1) % count),
            "ArrowUp" => go((now + count - 1) % count),
            "Home" => go(0),
            "End" => go(count - 1),
            "Escape" => close(),
            "Tab" => return close(),
            key => {
                let Some(letter) = letter(key) else { return };
                let at = clock::now_nanos();
                typed.update_value(|(typed, last)| {
                    if at.saturating_sub(*last) > TOGETHER {
                        typed.clear();
                    }
                    typed.push(letter);
                    *last = at;
                });
                let found = typed.with_value(|(typed, _)| open.with_untracked(|items| sought(items, now, typed)));
                if let Some(found) = found {
                    go(found);
                }
            }
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // Whoever goes elsewhere, with the keyboard or the pointer, has left it.
    let left = move |_| {
        request_animation_frame(move || {
            let here = node.try_get_untracked().flatten().is_some_and(|node| dom::has_focus(&node));
            if !here && is_open.try_get_untracked() == Some(true) {
                open.set(Vec::new());
            }
        });
    };
    let item = move |(index, item): (usize, Item)| {
        let role = if item.checked.is_some() { "menuitemcheckbox" } else { "menuitem" };
        let (checked, disabled) = (item.checked, item.disabled);
        let keys = (!item.keys.is_empty()).then(|| view! { <kbd aria-hidden="true">{item.keys}</kbd> });
        let why = disabled.map(|why| view! { <span class="hidden">{format!(" ({why})")}</span> });
        let (word, begins_group) = (item.word.clone(), item.begins_group);
        view! {
            <button
                type="button"
                class="menu-item"
                class:menu-group=begins_group
                id=item_id(id, index)
                role=role
                tabindex="-1"
                aria-checked=checked.map(|on| on.to_string())
                aria-disabled=disabled.map(|_| "true")
                aria-keyshortcuts=(!item.keys.is_empty()).then(|| shortcut(item.keys))
                title=disabled
                on:click=move |_| choose(&item)
            >
                <span class="menu-mark">{(checked == Some(true)).then(|| view! { <Icon name="check"/> })}</span>
                <span>{word}{why}</span>
                {keys}
            </button>
        }
    };
    view! {
        <div class="menu" node_ref=node on:keydown=key on:focusout=left>
            <button
                type="button"
                class=format!("button button-small {class}")
                class:button-icon=!word
                id=id
                aria-haspopup="menu"
                aria-expanded=move || is_open.get().to_string()
                aria-label=move || (!word).then(|| label.get())
                title=move || (!word).then(|| label.get())
                on:click=move |_| if is_open.get_untracked() { close() } else { unfold(false) }
            >
                <Icon name=icon/>{move || word.then(|| label.get())}
            </button>
            {move || is_open.get().then(|| view! {
                // Where it is longer than the window, the keyboard must be able to scroll it.
                <div class="menu-list" role="menu" tabindex="0" aria-label=move || label.get()>
                    {open.get().into_iter().enumerate().map(item).collect_view()}
                </div>
            })}
        </div>
    }
}

fn item_id(id: &str, index: usize) -> String {
    format!("{id}-{index}")
}

/// Keys as `aria-keyshortcuts` has them.
fn shortcut(keys: &str) -> String {
    keys.replace("Ctrl", "Control").replace(' ', "+")
}

/// The letter that a key types; the space bar chooses.
fn letter(key: &str) -> Option<char> {
    let mut letters = key.chars();
    letters.next().filter(|first| letters.next().is_none() && !first.is_whitespace())
}

/// The item that begins with what was typed: this one or the next after it. The same letter over and over goes from one
/// to the next of those that begin with it.
fn sought(items: &[Item], now: usize, typed: &str) -> Option<usize> {
    let typed = typed.to_lowercase();
    let first: String = typed.chars().take(1).collect();
    let again = typed.chars().all(|letter| first.starts_with(letter));
    let (typed, from) = if again { (first, 1) } else { (typed, 0) };
    let begins = |item: &Item| item.word.to_lowercase().starts_with(&typed);
    let indices = (from..from + items.len()).map(|step| (now + step) % items.len());
    indices.into_iter().find(|index| items.get(*index).is_some_and(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_finds_the_next_item_that_begins_with_it() {
        let items: Vec<Item> = ["Plot", "Values", "Profile"].map(|word| Item::new(word, || ())).into();
        assert_eq!(sought(&items, 0, "p"), Some(2));
        assert_eq!(sought(&items, 2, "P"), Some(0));
        assert_eq!(sought(&items, 0, "pp"), Some(2));
        assert_eq!(sought(&items, 0, "x"), None);
        assert_eq!([letter("ArrowDown"), letter(" "), letter("a")], [None, None, Some('a')]);
    }

    #[test]
    fn letters_typed_together_are_one_beginning() {
        let items: Vec<Item> = ["Commands", "Macros", "Move", "Möglich"].map(|word| Item::new(word, || ())).into();
        assert_eq!(sought(&items, 0, "m"), Some(1));
        assert_eq!(sought(&items, 1, "ma"), Some(1));
        assert_eq!(sought(&items, 1, "mac"), Some(1));
        assert_eq!(sought(&items, 1, "mo"), Some(2));
        assert_eq!(sought(&items, 1, "MÖ"), Some(3));
        assert_eq!(sought(&items, 1, "mx"), None);
    }
}
