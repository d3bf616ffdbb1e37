//! The format of a character on a serial line, and its flow control, to choose.

use crate::words::{profile_form, setting, start as words};
use leptos::prelude::*;
use session::link::Line;

/// Two choices beside the speed of a serial line.
#[component]
pub(crate) fn LineFormat(
    /// What the ids of both begin with.
    id: &'static str,
    /// How the line is set, but for its speed.
    line: RwSignal<Line>,
    /// The fewest data bits that can be set.
    least: u8,
    /// Called when the user chooses.
    #[prop(optional)]
    on_choose: Option<Callback<()>>,
) -> impl IntoView {
    let choose = move |to: Option<Line>| {
        let Some(to) = to else { return };
        line.set(to);
        if let Some(on_choose) = on_choose {
            on_choose.run(());
        }
    };
    let format = move |format: String| {
        let (value, this) = (format.clone(), format.clone());
        view! { <option value=value prop:selected=move || line.with(Line::format) == this>{format}</option> }
    };
    let (format_id, flow_id) = (format!("{id}-format"), format!("{id}-flow"));
    view! {
        <div class="field line-format">
            <label class="field-label" for=format_id.clone()>{words::format()}</label>
            <select
                class="field-select mono"
                id=format_id
                title=words::format_note()
                on:change=move |event| choose(line.get_untracked().with_format(&event_target_value(&event)))
            >
                {formats(least).map(format).collect_view()}
            </select>
        </div>
        <div class="field line-format">
            <label class="field-label" for=flow_id.clone()>{profile_form::flow()}</label>
            <select
                class="field-select"
                id=flow_id
                on:change=move |event| {
                    let hardware_flow = event_target_value(&event) == "rtscts";
                    choose(Some(Line { hardware_flow, ..line.get_untracked() }));
                }
            >
                <option value="none" prop:selected=move || !line.get().hardware_flow>{setting::option("flow", "none")}</option>
                <option value="rtscts" prop:selected=move || line.get().hardware_flow>"RTS/CTS"</option>
            </select>
        </div>
    }
}

/// The formats there are, the usual ones first.
fn formats(least: u8) -> impl Iterator<Item = String> {
    let of = |data: u8| {
        ["1", "2"].into_iter().flat_map(move |stop| ["N", "E", "O"].map(|parity| format!("{data}{parity}{stop}")))
    };
    (least..=8).rev().flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::{Line, formats};

    #[test]
    fn every_format_that_is_offered_is_one() {
        let all: Vec<String> = formats(7).collect();
        assert_eq!((all.len(), all.first().map(String::as_str)), (12, Some("8N1")));
        assert!(all.contains(&"7E1".to_owned()) && all.contains(&"8O2".to_owned()));
        for format in formats(5) {
            assert_eq!(Line::default().with_format(&format).map(|line| line.format()), Some(format));
        }
    }
}
