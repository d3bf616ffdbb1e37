//! A field for text of many lines, numbered at the side.

use leptos::html;
use leptos::prelude::*;

/// A field with the numbers of its lines. They are there to look at: screen readers are told of a mistake's line in the
/// words that describe the field.
#[component]
pub fn Editor(
    /// The field's id.
    id: &'static str,
    /// Its name.
    label: &'static str,
    /// The text.
    text: RwSignal<String>,
    /// Whether the text is not acceptable, and in which line, counted from 1.
    wrong: Signal<Option<u32>>,
    /// The id of what describes it.
    described_by: &'static str,
) -> impl IntoView {
    let (field, gutter) = (NodeRef::<html::Textarea>::new(), NodeRef::<html::Div>::new());
    let follow = move || {
        // The field may be gone by the next frame.
        let (field, gutter) = (field.try_get_untracked().flatten(), gutter.try_get_untracked().flatten());
        if let (Some(field), Some(gutter)) = (field, gutter) {
            gutter.set_scroll_top(field.scroll_top());
        }
    };
    let count = Memo::new(move |_| text.with(|text| lines(text)));
    let marked = Memo::new(move |_| wrong.get().filter(|line| (1..=count.get()).contains(line)));
    let numbers = move || {
        let count = count.get();
        let mark = marked.get();
        let (before, after) = mark.map_or((1..count + 1, 0..0), |line| (1..line, line + 1..count + 1));
        let mark = mark.map(|line| view! { <b class="editor-wrong">{format!("{line}\n")}</b> });
        view! { {column(before)}{mark}{column(after)} }
    };
    // Numbers that were put in anew stand at the top again.
    Effect::new(move |_| {
        let _again = (count.get(), marked.get());
        request_animation_frame(follow);
    });
    view! {
        <div class="field-box editor">
            <label class="hidden" for=id>{label}</label>
            <div class="editor-numbers" aria-hidden="true" node_ref=gutter>{numbers}</div>
            <textarea
                class="editor-text"
                id=id
                node_ref=field
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                wrap="off"
                aria-describedby=described_by
                aria-invalid=move || wrong.get().is_some().to_string()
                prop:value=move || text.get()
                on:input=move |event| text.set(event_target_value(&event))
                on:scroll=move |_| follow()
            ></textarea>
        </div>
    }
}

/// Moves the focus to a line of the field with that id, and marks it.
pub fn go_to(id: &str, text: &str, line: u32) {
    let mut from = 0_u32;
    // A field keeps each line ending as one character.
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    for (number, words) in (1_u32..).zip(text.split('\n')) {
        let length = units(words.trim_end_matches('\r'));
        if number == line {
            let share = f64::from(line.saturating_sub(1)) / f64::from(lines(text).max(1));
            crate::browser::dom::mark_text(id, from, from.saturating_add(length), share);
            return;
        }
        from = from.saturating_add(length).saturating_add(1);
    }
}

/// Numbers, one a line.
fn column(numbers: std::ops::Range<u32>) -> String {
    numbers.map(|number| format!("{number}\n")).collect()
}

/// How many lines a text has in a field: CR, LF and both together each end one.
fn lines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    let ended = bytes.iter().enumerate().filter(|end| ends((end.0, end.1))).count();
    u32::try_from(ended).unwrap_or(u32::MAX - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::{column, lines};

    #[test]
    fn lines_are_counted_as_the_field_breaks_them() {
        for (text, count) in [("", 1), ("a", 1), ("a\n", 2), ("a\nb", 2), ("a\r\nb\r\n", 3), ("a\rb\n\rc", 4)] {
            assert_eq!(lines(text), count, "{text:?}");
        }
        assert_eq!(column(8..11), "8\n9\n10\n");
    }
}
