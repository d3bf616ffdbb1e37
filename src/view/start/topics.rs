//! Which topics of a broker are asked for.

use crate::ui::remark::{self, RemarkPlace};
use crate::words::{self, start as said};
use leptos::prelude::*;
use session::link::Subscription;
use session::topic::Filter;

/// The field's id.
pub(super) const ID: &str = "topics";

/// The field for them, with a comma between two.
#[component]
pub(super) fn Topics(typed: RwSignal<String>, refused: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for=ID>{said::topics()}</label>
            <input
                class="field-box"
                id=ID
                type="text"
                placeholder="meters/7/#"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="topics-error"
                aria-invalid=move || refused.get().is_some().then_some("true")
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    refused.set(None);
                }
            />
            <RemarkPlace role="alert" id="topics-error" remark=remark::wrong(refused)/>
        </div>
    }
}

/// What was typed, with the quality that the profile asks for where it has the same filter.
///
/// # Errors
/// What is no filter, and why.
pub(super) fn read(typed: &str, own: &[Subscription]) -> Result<Vec<Subscription>, String> {
    let mut topics: Vec<Subscription> = Vec::new();
    for filter in typed.split(',').map(str::trim).filter(|filter| !filter.is_empty()) {
        Filter::parse(filter).map_err(|why| said::no_topic(words::say(&why)))?;
        let qos = own.iter().find(|known| known.filter == filter).map_or(0, |known| known.qos);
        if topics.iter().all(|known| known.filter != filter) {
            topics.push(Subscription { filter: filter.to_owned(), qos });
        }
    }
    if topics.is_empty() { Err(said::topics_needed().to_owned()) } else { Ok(topics) }
}

/// As they are typed.
pub(super) fn written(topics: &[Subscription]) -> String {
    topics.iter().map(|topic| topic.filter.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn topics_are_read_as_they_are_typed() {
        let own = read("meters/7/#", &[]).map(|mut own| {
            own[0].qos = 2;
            own
        });
        let typed = read(" meters/7/# ,status/+,, meters/7/#", &own.unwrap_or_default());
        let typed = typed.unwrap_or_default();
        assert_eq!((written(&typed).as_str(), typed[0].qos, typed[1].qos), ("meters/7/#, status/+", 2, 0));
        assert!(read("", &[]).is_err_and(|why| why.contains("at least one topic")));
        assert!(read("a/b#", &[]).is_err_and(|why| why.starts_with("Correct the topics: + and #")));
    }
}
