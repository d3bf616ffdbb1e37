//! The plot as files and as text: a picture, the rows behind it, its summary.

use super::export::Export;
use super::lanes::{Lane, Line};
use super::shared::Shared;
use super::state::{Mode, PlotState};
use super::times::{self, Times};
use crate::browser::{clock, picture};
use crate::engine::Open;
use crate::ui::remark::{self, Remark, RemarkPlace};
use crate::view::format;
use crate::words::device;
use crate::words::plot as words;
use leptos::html;
use leptos::prelude::*;
use session::query::FieldId;
use std::collections::BTreeSet;

/// The buttons that save.
#[component]
pub fn Save(
    /// Whose.
    open: Open,
    /// The lanes.
    lanes: Memo<Vec<Lane>>,
    /// What the panels share.
    shared: Shared,
    /// The picture over time.
    canvas: NodeRef<html::Canvas>,
    /// The picture of another mode.
    chart: NodeRef<html::Canvas>,
    /// The span that is drawn.
    drawn: Callback<(), (i64, i64)>,
    /// The plot in words.
    summary: Callback<(), String>,
) -> impl IntoView {
    let export = open.part::<Export>();
    let remark = RwSignal::from(export.remark.clone());
    let name = StoredValue::new(open.name.clone());
    let until = move || until(untrack(|| shared.times()), drawn.run(()).1);
    let button = export.clone();
    let save_csv = move |_| {
        let plot = shared.plot.get_untracked();
        name.with_value(|name| export.press(name, &until(), &lanes.get_untracked(), plot, drawn.run(())));
    };
    let save_png = move |_| {
        let over_time = shared.plot.with_untracked(|plot| plot.mode == Mode::Time);
        let (canvas, lanes) = if over_time { (canvas, Some((lanes, shared))) } else { (chart, None) };
        let said = name.with_value(|name| save_picture(canvas, name, &until(), lanes));
        if said.is_some() {
            remark.set(said);
        }
    };
    let copy = move |_| {
        let text = summary.run(());
        remark::copy(text, remark, words::copied().to_owned(), words::not_copied());
    };
    view! {
        <button class="button button-plain button-small" type="button" on:click=save_png>{words::save_png()}</button>
        <button class="button button-plain button-small" type="button" on:click=save_csv>{move || button.word()}</button>
        <button class="button button-plain button-small" type="button" on:click=copy>{words::copy_text()}</button>
        <RemarkPlace role="status" remark=Signal::derive(move || remark.get())/>
    }
}

/// A file's name without its ending: whose it is, and until when.
pub(super) fn stem(name: &str, until: &str) -> String {
    format!("{} {}", plain_name(name), until.replace(':', "-"))
}

/// Until when, in words.
pub fn until(times: Times, nanos: i64) -> String {
    match times {
        Times::Instants => clock::date_time(nanos).replace('T', " "),
        _ => times::moment(times, nanos, 0),
    }
}

/// The lines of these lanes that are not hidden, each with its unit.
pub(super) fn shown<'a>(lanes: &'a [Lane], hidden: &BTreeSet<FieldId>) -> impl Iterator<Item = (&'a Line, String)> {
    let with_unit = lanes.iter().flat_map(|lane| lane.series.iter().map(move |line| (line, format::unit(&lane.unit))));
    with_unit.filter(|(line, _)| !hidden.contains(&line.id))
}

/// Saves a canvas as a picture under that name, with a legend of the lanes; what came of it.
pub fn save_picture(
    canvas: NodeRef<html::Canvas>,
    name: &str,
    until: &str,
    lanes: Option<(Memo<Vec<Lane>>, Shared)>,
) -> Option<Remark> {
    let element = canvas.get_untracked()?;
    let entries = lanes.map(|(lanes, shared)| {
        let hidden = shared.plot.with_untracked(|plot: &PlotState| plot.hidden.clone());
        lanes.with_untracked(|lanes| {
            let entry = |(line, unit): (&Line, String)| {
                let name = device::field(&line.name);
                let name = if unit.is_empty() { name } else { format!("{name} ({unit})") };
                let (colour, dashes) = (super::lanes::colour_token(line.colour), super::lanes::dashes(line.dash));
                picture::Entry { word: name, colour, dashes }
            };
            shown(lanes, &hidden).map(entry).collect::<Vec<_>>()
        })
    });
    let title = format!("{name} · {until}");
    let done = picture::save(&element, &title, &entries.unwrap_or_default(), &format!("{}.png", stem(name, until)));
    Some(if done {
        Remark::Note(words::saved_picture().to_owned())
    } else {
        Remark::Wrong(words::no_picture().to_owned())
    })
}

/// A name that every file system takes.
fn plain_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '-' };
    let name: String = name.chars().map(plain).take(60).collect();
    if name.trim_matches(['.', ' ']).is_empty() { "plot".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn s5_a_name_leads_into_no_other_folder() {
        assert_eq!(plain_name("../../a:b"), "..-..-a-b");
        assert_eq!(plain_name(".."), "plot");
        assert_eq!(plain_name("Pumpe 3 (Süd)"), "Pumpe 3 -Süd-");
    }
}
