//! Where a line goes at a broker: its topic, its quality, and whether it is kept.

use crate::engine::{Open, Part};
use crate::words::send as words;
use leptos::prelude::*;
use session::link::{Link, Publication};

/// What is chosen beside the line.
#[derive(Clone)]
pub(super) struct Publish {
    topic: ArcRwSignal<String>,
    qos: ArcRwSignal<u8>,
    retain: ArcRwSignal<bool>,
}

impl Part for Publish {
    fn first(open: &Open) -> Publish {
        let topic = match &open.link {
            Link::Mqtt(broker) => broker.publish.clone(),
            _ => None,
        };
        Publish {
            topic: ArcRwSignal::new(topic.unwrap_or_default()),
            qos: ArcRwSignal::new(0),
            retain: ArcRwSignal::new(false),
        }
    }
}

impl Publish {
    /// The message that these bytes are.
    pub(super) fn message(&self, payload: Vec<u8>) -> Publication {
        let (topic, qos, retain) = (self.topic.get_untracked(), self.qos.get_untracked(), self.retain.get_untracked());
        Publication { topic, payload, qos, retain, ..Publication::default() }
    }
}

/// The choices beside the line.
#[component]
pub(super) fn PublishTo(publish: Publish) -> impl IntoView {
    let (topic, qos, retain) =
        (RwSignal::from(publish.topic), RwSignal::from(publish.qos), RwSignal::from(publish.retain));
    let quality = move |event| qos.set(event_target_value(&event).parse().unwrap_or(0));
    view! {
        <div class="publish">
            <label class="field-label" for="publish-topic">{words::topic()}</label>
            <input
                class="field-box"
                id="publish-topic"
                type="text"
                placeholder="meters/7/set"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || topic.get()
                on:input=move |event| topic.set(event_target_value(&event))
            />
            <select
                class="field-select"
                aria-label=words::quality()
                prop:value=move || qos.get().to_string()
                on:change=quality
            >
                <option value="0">{words::at_most_once()}</option>
                <option value="1">{words::at_least_once()}</option>
                <option value="2">{words::exactly_once()}</option>
            </select>
            <label class="publish-retain">
                <input
                    type="checkbox"
                    prop:checked=move || retain.get()
                    on:change=move |event| retain.set(event_target_checked(&event))
                />
                {words::retain()}
            </label>
        </div>
    }
    .into_any()
}
