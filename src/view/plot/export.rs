//! The rows behind the plot on their way into a file. They are fetched while the session's plot is on the screen, and go on
//! from where they were when it is shown again.

use crate::browser::file;
use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::Remark;
use crate::view::format;
use crate::words::plot as words;
use leptos::prelude::*;
use session::query::{Answer, Csv, FieldId, Query};

/// A table that is being fetched from the worker, piece by piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Job {
    /// The file's name without its ending.
    pub(super) stem: String,
    pub(super) fields: Vec<FieldId>,
    /// From and to, in nanoseconds since the Unix epoch.
    pub(super) span: (i64, i64),
    /// Whether that is the device's time.
    by_device: bool,
    next: Vec<u64>,
    pieces: Vec<String>,
    pub(super) rows: u64,
    missed: u64,
}

impl Job {
    /// The same, in the order of the device's time if so.
    pub(super) fn by_device(self, by_device: bool) -> Job {
        Job { by_device, ..self }
    }

    /// One that has not begun.
    pub(super) fn new(stem: String, fields: Vec<FieldId>, span: (i64, i64)) -> Job {
        Job { stem, fields, span, ..Job::default() }
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
#[derive(Clone)]
pub(super) struct Export {
    pub(super) job: ArcRwSignal<Option<Job>>,
    pub(super) remark: ArcRwSignal<Option<Remark>>,
}

impl Part for Export {
    fn first(_: &Open) -> Export {
        Export { job: ArcRwSignal::new(None), remark: ArcRwSignal::new(None) }
    }

    fn begin_again(&self) {
        if self.job.get_untracked().is_some() {
            self.give_up();
        }
    }
}

impl Export {
    /// Nothing is written any more, and that is said.
    pub(super) fn give_up(&self) {
        self.job.set(None);
        self.remark.set(Some(Remark::Note(words::not_saved().to_owned())));
    }

    /// Fetches what is to be written for as long as the component is mounted, and offers it when it is whole.
    pub(super) fn run(&self, session: u32) {
        let (wanted, here) = (self.job.clone(), self.clone());
        let piece = use_engine().ask_for(session, move || {
            wanted.with_untracked(|job| {
                let Job { fields, span, by_device, next, .. } = job.as_ref()?;
                let (from_nanos, to_nanos) = *span;
                let query = Query::Csv { fields: fields.clone(), from_nanos, to_nanos, next: next.clone() };
                Some(if *by_device { Query::Device(Box::new(query)) } else { query })
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
        let mut job = Job::new("drive".into(), Vec::new(), (0, 1));
        assert!(!job.take(&piece("time,a\r\n", 1, Some(7))));
        assert_eq!(job.next, [7], "the next piece begins where this one ended");
        assert!(job.take(&piece("1,2\r\n", 2, None)));
        assert_eq!((job.pieces.concat().as_str(), job.rows), ("time,a\r\n1,2\r\n", 3));
    }
}
