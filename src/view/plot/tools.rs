//! The plot's tools: those of the panel's head, and those that *More* unfolds.

use super::SECOND;
use super::gestures::Gestures;
use super::lanes::Lane;
use super::modes;
use super::ranges::Ranges;
use super::save::Save;
use super::shared::Shared;
use super::state::{Mode, PlotState, Window};
use super::times::{self, Times, clock_name};
use crate::engine::Open;
use crate::ui::icon::Icon;
use crate::view::narrow::Narrow;
use crate::words::plot as words;
use leptos::html;
use leptos::prelude::*;

/// How long the plot's windows are, to choose from: seconds and words.
const WINDOWS: [(i64, &str); 6] = [(5, "5 s"), (10, "10 s"), (30, "30 s"), (60, "60 s"), (300, "5 min"), (3600, "1 h")];

/// The word of the window that is offered and as long as this one, but for what a column is wide.
fn offered(nanos: i64) -> &'static str {
    let same = |(seconds, _): &&(i64, &str)| (seconds * SECOND - nanos).abs() < seconds * SECOND / 50;
    WINDOWS.iter().find(same).map_or("", |(_, word)| word)
}

/// The tools of the panel's head.
#[component]
pub fn Tools(
    /// What moves the plot.
    gestures: Gestures,
    /// What the panels share.
    shared: Shared,
    /// Whether there are no more than these.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let plot = gestures.plot;
    let paused = move || !plot.with(PlotState::is_live);
    let length = move || match plot.with(|plot| plot.window) {
        Window::Live { nanos } => offered(nanos),
        Window::Paused { from, to } => offered(to.saturating_sub(from)),
        Window::Everything => "",
    };
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some((seconds, _)) = WINDOWS.iter().find(|(_, known)| *known == word) {
            plot.update(|plot| plot.window = Window::Live { nanos: seconds * SECOND });
        }
    };
    // In a file without times these are as many rows.
    let option = move |(seconds, word): (i64, &'static str)| {
        let shown = move || match shared.times() {
            Times::Rows => times::span(Times::Rows, SECOND, seconds * SECOND),
            _ => word.to_owned(),
        };
        view! { <option value=word>{shown}</option> }
    };
    let (tools, narrow) = (shared.tools, expect_context::<Narrow>());
    view! {
        <label class="hidden" for="plot-window">{words::length()}</label>
        <select class="field-select field-small" id="plot-window" prop:value=length on:change=choose>
            <option value="" hidden>{words::other_length()}</option>
            {WINDOWS.map(option).collect_view()}
        </select>
        {move || (alone || !narrow.get()).then(|| view! { <Zoom gestures/> })}
        <button class="button button-plain button-small" type="button" on:click=move |_| gestures.fit()><Icon name="fit"/>{words::fit()}</button>
        {move || (alone || !narrow.get()).then(|| view! { <AsTable shared/> })}
        <button
            class="button button-plain button-small"
            type="button"
            hidden=alone
            aria-expanded=move || tools.get().to_string()
            aria-pressed=move || tools.get().to_string()
            on:click=move |_| tools.update(|on| *on = !*on)
        >
            {words::more()}
        </button>
        <button
            class="button button-small"
            class:button-on=paused
            type="button"
            hidden=shared.file
            aria-pressed=move || paused().to_string()
            on:click=move |_| gestures.toggle_live()
        >
            <Icon name="pause"/>{words::pause()}
        </button>
    }
}

/// Nearer and further.
#[component]
fn Zoom(gestures: Gestures) -> impl IntoView {
    view! {
        <button class="button button-plain button-small button-icon" type="button" aria-label=words::zoom_in() on:click=move |_| gestures.zoom(0.5)>
            <Icon name="plus"/>
        </button>
        <button class="button button-plain button-small button-icon" type="button" aria-label=words::zoom_out() on:click=move |_| gestures.zoom(2.0)>
            <Icon name="minus"/>
        </button>
    }
    .into_any()
}

/// Rows instead of the picture.
#[component]
fn AsTable(shared: Shared) -> impl IntoView {
    let as_table = shared.as_table;
    view! {
        <button
            class="button button-plain button-small"
            type="button"
            aria-pressed=move || as_table.get().to_string()
            on:click=move |_| as_table.update(|on| *on = !*on)
        >
            <Icon name="table"/>{words::as_table()}
        </button>
    }
    .into_any()
}

/// By which clock the plot is drawn.
#[component]
fn TimeBase(shared: Shared, drawn: Callback<(), (i64, i64)>) -> impl IntoView {
    let plot = shared.plot;
    let first = plot.with_untracked(|plot| plot.by_device);
    let now = move || if plot.with(|plot| plot.by_device) { "device" } else { "arrival" };
    let choose = move |event| {
        let by_device = event_target_value(&event) == "device";
        let drawn = drawn.run(());
        plot.update(|plot| plot.go_by(by_device, drawn));
    };
    view! {
        <label for="plot-clock">{words::clock()}</label>
        <select class="field-select field-small" id="plot-clock" prop:value=now on:change=choose>
            <option value="arrival" selected=!first>{words::arrival_time()}</option>
            <option value="device" selected=first>{move || clock_name(shared.clocked.get().unwrap_or(Times::Instants))}</option>
        </select>
    }
    .into_any()
}

/// The tools that are unfolded: what is drawn, figures, ranges, files.
#[component]
pub fn More(
    /// Whose.
    open: Open,
    /// The lanes.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
    /// What moves the plot.
    gestures: Gestures,
    /// The picture over time.
    canvas: NodeRef<html::Canvas>,
    /// The picture of another mode.
    chart: NodeRef<html::Canvas>,
    /// The plot in words.
    summary: Callback<(), String>,
) -> impl IntoView {
    let plot = shared.plot;
    let ranges = RwSignal::new(plot.with_untracked(|plot| !plot.ranges.is_empty()));
    let choose = move |event| {
        let id = event_target_value(&event);
        if let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.id() == id) {
            plot.update(|plot| plot.mode = mode);
        }
    };
    let statistics = shared.statistics;
    let mode = Memo::new(move |_| plot.with(|plot| plot.mode));
    let other = move || mode.get() != Mode::Time;
    let drawn = Callback::new(move |()| gestures.drawn());
    let option = move |known: Mode| {
        view! { <option value=known.id() selected=mode.get_untracked() == known>{modes::name(known)}</option> }
    };
    let narrow = expect_context::<Narrow>();
    let any = move || plot.with(|plot| plot.marks.iter().any(Option::is_some));
    view! {
        <div class="plot-more" role="group" aria-label=words::more_tools()>
            // For which a narrow window's head has no room.
            {move || narrow.get().then(|| view! { <span class="plot-more-first"><Zoom gestures/><AsTable shared/></span> })}
            <label for="plot-mode">{words::drawn_as()}</label>
            <select class="field-select field-small" id="plot-mode" prop:value=move || mode.get().id() on:change=choose>
                {Mode::ALL.map(option).collect_view()}
            </select>
            {move || shared.clocked.get().map(|_| view! { <TimeBase shared drawn/> })}
            <span class="plot-more-group" hidden=other>
                <button class="button button-plain button-small" type="button" on:click=move |_| gestures.press(0)>{words::set_a()}</button>
                <button class="button button-plain button-small" type="button" on:click=move |_| gestures.press(1)>{words::set_b()}</button>
                <button class="button button-plain button-small" type="button" hidden=move || !any() on:click=move |_| plot.update(|plot| plot.marks = [None; 2])>
                    {words::clear_cursors()}
                </button>
                <button
                    class="button button-plain button-small"
                    type="button"
                    aria-pressed=move || statistics.get().to_string()
                    on:click=move |_| statistics.update(|on| *on = !*on)
                >
                    {words::statistics()}
                </button>
                <button
                    class="button button-plain button-small"
                    type="button"
                    aria-pressed=move || ranges.get().to_string()
                    on:click=move |_| ranges.update(|on| *on = !*on)
                >
                    {words::ranges()}
                </button>
            </span>
            <Save open lanes shared canvas chart drawn summary/>
        </div>
        {move || (ranges.get() && !other()).then(|| view! { <Ranges lanes shared/> })}
    }
}

#[cfg(test)]
mod tests {
    use super::{SECOND, offered};

    #[test]
    fn a_window_that_stood_still_is_as_long_as_it_was() {
        assert_eq!([30 * SECOND, 29_953_000_000, 31 * SECOND, 0].map(offered), ["30 s", "30 s", "", ""]);
    }
}
