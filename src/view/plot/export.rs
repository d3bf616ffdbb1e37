//! The rows behind the plot on their way into a file. They are fetched while the session's plot is on the screen, and go on
//! from where they were when it is shown again.

use super::lanes::{Lane, Line};
use super::save::{shown, stem};
use super::state::PlotState;
use crate::browser::file;
use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::Remark;
use crate::view::format;
use crate::words::{device, plot as words};
use leptos::prelude::*;
use session::csv_heads;
use session::query::{Answer, Csv, FieldId, Query};
use session::wire::SessionId;

/// A table that is being fetched from the worker, piece by piece.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Job {
    /// The file's name without its ending.
    stem: String,
    fields: Vec<FieldId>,
    /// From and to, in nanoseconds since the Unix epoch.
    span: (i64, i64),
    /// As it was: by which clock, and of whom.
    plot: PlotState,
    next: Vec<u64>,
    pieces: Vec<String>,
    pub(super) rows: u64,
    missed: u64,
}

impl Job {
    /// One that has not begun.
    fn new(stem: String, fields: Vec<FieldId>, span: (i64, i64), plot: PlotState) -> Job {
        Job { stem, fields, span, plot, next: Vec::new(), pieces: Vec::new(), rows: 0, missed: 0 }
    }

    /// Takes a piece; whether it was the last.
    fn take(&mut self, csv: &Csv) -> bool {
        self.pieces.push(csv.text.clone());
        self.rows += csv.rows;
        self.missed += csv.missed;
        match &csv.next {
            Some(next) => self.next.clone_from(next),
            None => return true,
        }
        false
    }
}

/// What is being written, and what there is to say of it.
#[derive(Clone, Default)]
pub struct Export {
    pub(super) job: ArcRwSignal<Option<Job>>,
    /// What there is to say.
    pub remark: ArcRwSignal<Option<Remark>>,
}

impl Part for Export {
    fn first(_: &Open) -> Export {
        Export::default()
    }

    fn begin_again(&self) {
        if self.job.get_untracked().is_some() {
            self.give_up();
        }
    }
}

impl Export {
    /// Begins to write what is shown of these lanes within the span that is drawn; while something is written, gives that up.
    pub fn press(&self, name: &str, until: &str, lanes: &[Lane], plot: PlotState, drawn: (i64, i64)) {
        if self.job.with_untracked(Option::is_some) {
            return self.give_up();
        }
        let fields: Vec<FieldId> = shown(lanes, &plot.hidden).map(|(line, _)| line.id).collect();
        if fields.is_empty() {
            return self.remark.set(Some(Remark::Wrong(words::nothing_to_save().to_owned())));
        }
        self.remark.set(None);
        // What the sessions are called is known here, and not to the worker.
        let heads = plot.together.is_some().then(|| {
            let column = |(line, unit): (&Line, String)| {
                let unit = if unit.is_empty() { unit } else { format!(" [{unit}]") };
                format!("{}{unit}", device::field(&line.name))
            };
            csv_heads(&shown(lanes, &plot.hidden).map(column).collect::<Vec<_>>())
        });
        let mut job = Job::new(stem(name, until), fields, plot.now(drawn), plot);
        job.pieces.extend(heads);
        self.job.set(Some(job));
    }

    /// The word of the button for that.
    #[must_use]
    pub fn word(&self) -> String {
        self.job.with(|job| match job {
            None => words::save_csv().to_owned(),
            Some(job) => words::saving(&format::count(job.rows)),
        })
    }

    /// Nothing is written any more, and that is said.
    pub(super) fn give_up(&self) {
        self.job.set(None);
        self.remark.set(Some(Remark::Note(words::not_saved().to_owned())));
    }

    /// Fetches what is to be written for as long as the component is mounted, and offers it when it is whole.
    pub fn run(&self, session: SessionId) {
        let (wanted, here) = (self.job.clone(), self.clone());
        let piece = use_engine().ask_for(session, move || {
            wanted.with_untracked(|job| {
                let Job { fields, span, plot, next, .. } = job.as_ref()?;
                let (from_nanos, to_nanos) = *span;
                let query = Query::Csv { fields: fields.clone(), from_nanos, to_nanos, next: next.clone() };
                Some(plot.asked(query))
            })
        });
        Effect::new(move |_| {
            if let Some(Answer::Csv(csv)) = piece.get().as_deref() {
                here.take(csv);
            }
        });
    }

    fn take(&self, csv: &Csv) {
        let done =
            self.job.try_update(|job| job.as_mut().is_some_and(|now| now.take(csv)).then(|| job.take()).flatten());
        let Some(Some(done)) = done else { return };
        file::save_parts(&format!("{}.csv", done.stem), "text/csv", &done.pieces);
        let rows = format::count(done.rows);
        let words = if done.missed == 0 {
            words::saved_rows(&rows)
        } else {
            words::saved_rows_but(&rows, &format::count(done.missed))
        };
        self.remark.set(Some(Remark::Note(words)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, rows: u64, next: Option<u64>) -> Csv {
        Csv { text: text.to_owned(), rows, next: next.map(|row| vec![row]), missed: 0 }
    }

    #[test]
    fn pieces_follow_each_other_until_the_last() {
        let mut job = Job::new("drive".into(), Vec::new(), (0, 1), PlotState::live(1));
        assert!(!job.take(&piece("time,a\r\n", 1, Some(7))));
        assert_eq!(job.next, [7], "the next piece begins where this one ended");
        assert!(job.take(&piece("1,2\r\n", 2, None)));
        assert_eq!((job.pieces.concat().as_str(), job.rows), ("time,a\r\n1,2\r\n", 3));
    }
}
