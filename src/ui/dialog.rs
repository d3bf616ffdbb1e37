//! A modal dialog of the browser's own: it keeps the focus inside, closes with Escape, and gives the focus back.

use leptos::html;
use leptos::prelude::*;

/// A dialog. What is in it is made when it opens and gone when it closes.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Its own class.
    class: &'static str,
    /// What is in it.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let (is_open, Some(dialog)) = (open.get(), node.get()) else { return };
        if is_open {
            // What is in it is there in the next frame, and the first of it gets the focus.
            request_animation_frame(move || {
                if !dialog.open() && open.try_get_untracked() == Some(true) {
                    let _ = dialog.show_modal();
                }
            });
        } else if dialog.open() {
            dialog.close();
        }
    });
    // A click beside it is one on the dialog itself: its content covers all of it.
    let beside = move |event: leptos::ev::MouseEvent| {
        if event.target() == node.get_untracked().map(Into::into) {
            open.set(false);
        }
    };
    view! {
        <dialog
            class=format!("dialog {class}")
            node_ref=node
            aria-label=move || label.get()
            on:close=move |_| open.set(false)
            on:click=beside
        >
            {move || open.get().then(|| view! { <div class="dialog-inside">{children()}</div> })}
        </dialog>
    }
}
