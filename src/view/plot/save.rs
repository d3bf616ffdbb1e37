//! The plot as files and as text: a picture, the rows behind it, its summary.

use super::lanes::Lane;
use super::shared::Shared;
use super::state::{Mode, PlotState};
use crate::browser::{clipboard, clock, file, picture};
use crate::engine::{Open, use_engine};
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::format;
use crate::words::plot as words;
use leptos::html;
use leptos::prelude::*;
use session::query::{Answer, FieldId, Query};

/// A table that is being fetched from the worker, piece by piece.
#[derive(Clone, Debug, Default)]
struct Job {
    fields: Vec<FieldId>,
    span: (i64, i64),
    next: Vec<u64>,
    pieces: Vec<String>,
    rows: u64,
    missed: u64,
}

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
    let engine = use_engine();
    let job = RwSignal::new(None::<Job>);
    let remark = RwSignal::new(None::<Remark>);
    let piece = engine.ask_for(open.id, move || {
        job.with_untracked(|job| {
            let Job { fields, span, next, .. } = job.as_ref()?;
            let (from_nanos, to_nanos) = *span;
            Some(Query::Csv { fields: fields.clone(), from_nanos, to_nanos, next: next.clone() })
        })
    });
    let name = StoredValue::new(open.name.clone());
    let stem = move || {
        let at = clock::date_time(drawn.run(()).1).replace(':', "-");
        name.with_value(|name| format!("{} {at}", plain_name(name)))
    };
    Effect::new(move |_| {
        let Some(answer) = piece.get() else { return };
        let Answer::Csv(csv) = &*answer else { return };
        let done = job.try_update(|job| {
            let now = job.as_mut()?;
            now.pieces.push(csv.text.clone());
            now.rows += csv.rows;
            now.missed += csv.missed;
            match &csv.next {
                Some(next) => {
                    now.next.clone_from(next);
                    None
                }
                None => job.take(),
            }
        });
        if let Some(Some(done)) = done {
            file::save_parts(&format!("{}.csv", stem()), "text/csv", &done.pieces);
            let rows = format::count(done.rows);
            let words = if done.missed == 0 {
                words::saved_rows(&rows)
            } else {
                words::saved_rows_but(&rows, &format::count(done.missed))
            };
            remark.set(Some(Remark::Note(words)));
        }
    });
    let fields = move || {
        let hidden = shared.plot.with_untracked(|plot| plot.hidden.clone());
        lanes.with_untracked(|lanes| {
            let all = lanes.iter().flat_map(|lane| &lane.series).map(|line| line.id);
            all.filter(|id| !hidden.contains(id)).collect::<Vec<_>>()
        })
    };
    let save_csv = move |_| {
        if job.with_untracked(Option::is_some) {
            job.set(None);
            remark.set(Some(Remark::Note(words::not_saved().to_owned())));
            return;
        }
        let fields = fields();
        if fields.is_empty() {
            remark.set(Some(Remark::Wrong(words::nothing_to_save().to_owned())));
            return;
        }
        remark.set(None);
        job.set(Some(Job {
            fields,
            span: shared.plot.with_untracked(|plot| plot.now(drawn.run(()))),
            ..Job::default()
        }));
    };
    let legend = move || {
        let hidden = shared.plot.with_untracked(|plot: &PlotState| plot.hidden.clone());
        lanes.with_untracked(|lanes| {
            let with_unit =
                lanes.iter().flat_map(|lane| lane.series.iter().map(move |line| (line, format::unit(&lane.unit))));
            let shown = with_unit.filter(|(line, _)| !hidden.contains(&line.id));
            let entry = |(line, unit): (&super::lanes::Line, String)| {
                let name = if unit.is_empty() { line.name.clone() } else { format!("{} ({unit})", line.name) };
                (name, super::lanes::colour_token(line.colour))
            };
            shown.map(entry).collect::<Vec<_>>()
        })
    };
    let save_png = move |_| {
        let over_time = shared.plot.with_untracked(|plot| plot.mode == Mode::Time);
        let Some(element) = if over_time { canvas } else { chart }.get_untracked() else { return };
        let title = name.with_value(|name| format!("{name} · {}", clock::date_time(drawn.run(()).1).replace('T', " ")));
        let done =
            picture::save(&element, &title, &if over_time { legend() } else { Vec::new() }, &format!("{}.png", stem()));
        remark.set(Some(if done {
            Remark::Note(words::saved_picture().to_owned())
        } else {
            Remark::Wrong(words::no_picture().to_owned())
        }));
    };
    let copy = move |_| {
        let text = summary.run(());
        leptos::task::spawn_local(async move {
            let done = clipboard::write(&text).await;
            let said = if done {
                Remark::Note(words::copied().to_owned())
            } else {
                Remark::Wrong(words::not_copied().to_owned())
            };
            remark.try_set(Some(said));
        });
    };
    let word = move || {
        job.with(|job| {
            job.as_ref().map_or_else(|| words::save_csv().to_owned(), |job| words::saving(&format::count(job.rows)))
        })
    };
    view! {
        <button class="button button-plain button-small" type="button" on:click=save_png>{words::save_png()}</button>
        <button class="button button-plain button-small" type="button" on:click=save_csv>{word}</button>
        <button class="button button-plain button-small" type="button" on:click=copy>{words::copy_text()}</button>
        <RemarkPlace role="status" remark=Signal::derive(move || remark.get())/>
    }
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
