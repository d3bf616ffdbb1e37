//! A menu under its button, after the ARIA authoring practices: arrow keys, the first letter of an item, Escape.

use super::icon::Icon;
use crate::browser::dom;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

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
        match event.key().as_str() {
            "ArrowDown" => go((now + 1) % count),
            "ArrowUp" => go((now + count - 1) % count),
            "Home" => go(0),
            "End" => go(count - 1),
            "Escape" => close(),
            "Tab" => return close(),
            key => match letter(key).and_then(|letter| open.with_untracked(|items| beginning(items, now, letter))) {
                Some(found) => go(found),
                None => return,
            },
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

/// The letter that a key types.
fn letter(key: &str) -> Option<char> {
    let mut letters = key.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// The next item after this one that begins with a letter.
fn beginning(items: &[Item], now: usize, letter: char) -> Option<usize> {
    let begins =
        |item: &Item| item.word.chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()));
    let indices = (1..=items.len()).map(|step| (now + step) % items.len());
    indices.into_iter().find(|index| items.get(*index).is_some_and(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_finds_the_next_item_that_begins_with_it() {
        let items: Vec<Item> = ["Plot", "Values", "Profile"].map(|word| Item::new(word, || ())).into();
        assert_eq!(beginning(&items, 0, 'p'), Some(2));
        assert_eq!(beginning(&items, 2, 'P'), Some(0));
        assert_eq!(beginning(&items, 0, 'x'), None);
        assert_eq!(letter("ArrowDown"), None);
    }
}
