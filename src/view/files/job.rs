//! Downloads: how far each is, cancelled, gone on with, saved. What came is kept until it is discarded.

use super::shelf::Shelf;
use crate::browser::{clock, parts};
use crate::engine::Unwatched;
use crate::engine::files::{Progress, fetch};
use crate::ui::state::{Kind, State};
use crate::view::format;
use crate::words::files as words;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use session::screen::visible;
use std::sync::atomic::{AtomicU32, Ordering};

/// How often it is told how far a file is, in nanoseconds.
const TOLD_NANOS: i64 = 100_000_000;

static NUMBERS: AtomicU32 = AtomicU32::new(0);

/// A download.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) number: u32,
    name: String,
    path: String,
    progress: ArcRwSignal<Progress>,
    course: ArcRwSignal<Course>,
    handle: Unwatched<Option<AbortHandle>>,
}

/// What became of it so far.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Course {
    Under,
    /// It stands still: why, and what next.
    Stopped(String),
    Whole,
}

impl Job {
    /// Whether it is on its way.
    pub(super) fn running(&self) -> bool {
        self.course.get() == Course::Under
    }
}

impl Shelf {
    /// Begins to fetch a file; one that is on its way already goes on, or is gone on with.
    pub(super) fn download(&self, name: &str) {
        self.go_on();
        let path = self.path(name);
        let known = self.jobs.with_untracked(|jobs| jobs.iter().find(|job| job.path == path).cloned());
        let job = match known {
            Some(job) if job.course.get_untracked() != Course::Whole => job,
            known => {
                if let Some(whole) = known {
                    self.discard(whole.number);
                }
                let job = Job {
                    number: NUMBERS.fetch_add(1, Ordering::Relaxed),
                    name: name.to_owned(),
                    path,
                    progress: ArcRwSignal::default(),
                    course: ArcRwSignal::new(Course::Stopped(String::new())),
                    handle: Unwatched::new(None),
                };
                self.jobs.update(|jobs| jobs.push(job.clone()));
                job
            }
        };
        self.resume(&job);
    }

    fn resume(&self, job: &Job) {
        if job.course.get_untracked() == Course::Under {
            return;
        }
        job.course.set(Course::Under);
        let (tunnel, job) = (self.tunnel.clone(), job.clone());
        let from = job.progress.get_untracked();
        let progress = job.progress.clone();
        let last = std::cell::Cell::new((0, from.done));
        let latest = Unwatched::new(from.clone());
        let seen = latest.clone();
        let told = move |now: &Progress| {
            seen.with(|seen| seen.clone_from(now));
            let (at, _) = last.get();
            let time = clock::now_nanos();
            if time.saturating_sub(at) > TOLD_NANOS {
                last.set((time, now.done));
                progress.set(now.clone());
            }
        };
        let path = job.path.clone();
        let (work, handle) = abortable(async move { fetch(&tunnel, &path, job.number, from, told).await });
        job.handle.with(|kept| *kept = Some(handle));
        leptos::task::spawn_local(async move {
            let outcome = work.await;
            job.progress.set(latest.with(|latest| latest.clone()));
            job.course.set(match outcome {
                Ok(Ok(())) => {
                    parts::save(job.number, &job.name);
                    Course::Whole
                }
                // Where nothing came, nothing is kept.
                Ok(Err(why)) if job.progress.get_untracked().done == 0 => Course::Stopped(why),
                Ok(Err(why)) => Course::Stopped(words::kept(why)),
                Err(_) => Course::Stopped(words::cancelled().to_owned()),
            });
        });
    }
}

/// The downloads.
#[component]
pub(super) fn Jobs(shelf: Shelf) -> impl IntoView {
    let jobs = RwSignal::from(shelf.jobs.clone());
    let row = move |job: Job| {
        let shelf = shelf.clone();
        let (course, progress) = (RwSignal::from(job.course.clone()), RwSignal::from(job.progress.clone()));
        let label = words::progress(&visible(&job.name));
        let facts = move || {
            let Progress { done, size, .. } = progress.get();
            let done = format::bytes(done);
            size.map_or(done.clone(), |size| words::so_far(done, format::bytes(size)))
        };
        let number = job.number;
        let name = visible(&job.name);
        let acts = move || {
            let (job, shelf) = (job.clone(), shelf.clone());
            let button = |word: &'static str, label: String, plain: bool, act: Box<dyn Fn()>| {
                let class = if plain { "button button-small button-plain" } else { "button button-small" };
                view! { <button class=class type="button" aria-label=label on:click=move |_| act()>{word}</button> }
            };
            let name = visible(&job.name);
            let discard = button(
                words::discard(),
                words::discard_file(&name),
                true,
                Box::new({
                    let shelf = shelf.clone();
                    move || shelf.discard(number)
                }),
            );
            match course.get() {
                Course::Under => button(
                    words::cancel(),
                    words::cancel_file(&name),
                    false,
                    Box::new(move || job.handle.with(|handle| handle.iter().for_each(AbortHandle::abort))),
                )
                .into_any(),
                Course::Stopped(_) => {
                    let resume = move || shelf.resume(&job);
                    (button(words::resume(), words::resume_file(&name), false, Box::new(resume)), discard).into_any()
                }
                Course::Whole => {
                    let save = move || parts::save(number, &job.name);
                    (button(words::save(), words::save_file(&name), false, Box::new(save)), discard).into_any()
                }
            }
        };
        let state = move || match course.get() {
            Course::Under => None,
            Course::Stopped(_) => Some(view! { <State kind=Kind::Stale word=words::part()/> }),
            Course::Whole => Some(view! { <State kind=Kind::Off word=words::whole()/> }),
        };
        let why = move || match course.get() {
            Course::Stopped(why) if !why.is_empty() => Some(why),
            _ => None,
        };
        view! {
            <li class="files-job">
                <span class="transfer-file mono">{name}</span>
                <progress
                    class="transfer-bar"
                    aria-label=label
                    max=move || progress.with(|now| now.size.unwrap_or(1).max(1)).to_string()
                    value=move || progress.with(|now| now.size.map(|size| if size == 0 { 1 } else { now.done }.to_string()))
                ></progress>
                <span class="transfer-facts">{facts}</span>
                <span>{state}</span>
                <span class="files-acts">{acts}</span>
                <p class="files-why" role="status">{why}</p>
            </li>
        }
    };
    view! {
        <ul class="files-jobs" aria-label=words::downloads() hidden=move || jobs.with(Vec::is_empty)>
            <For each=move || jobs.get() key=|job| job.number children=row/>
        </ul>
    }
    .into_any()
}
