//! The speed of a serial session, and the rest of its line: another one is typed, or looked for among the usual ones. It is
//! never changed but by the user.

use crate::engine::{Open, Part, use_engine};
use crate::ui::remark::{self, RemarkPlace};
use crate::view::format;
use crate::view::line_format::LineFormat;
use crate::view::nameplate::released::Released;
use crate::words::{speed as words, start};
use leptos::prelude::*;
use session::Profile;
use session::evidence::{Heard, USUAL, Verdict, judge};
use session::link::{Line, Link};
use session::wire::{Event, Request};

/// What trying the usual speeds has brought so far.
#[derive(Clone, Default)]
pub(crate) struct Tried {
    /// Which one is being listened at.
    pub(crate) now: ArcRwSignal<Option<u32>>,
    /// What came at each.
    pub(crate) rows: ArcRwSignal<Vec<Row>>,
    /// Once it is over: why not all were tried, empty if they were.
    pub(crate) over: ArcRwSignal<Option<String>>,
    /// The speed that made sense before it was changed.
    pub(crate) before: ArcRwSignal<Option<u32>>,
}

/// What came at one speed.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) heard: Heard,
    pub(crate) first: Vec<u8>,
}

impl Part for Tried {
    fn first(_: &Open) -> Tried {
        Tried::default()
    }

    fn heard(&self, event: &Event) {
        match event {
            Event::Trying { baud } => {
                if self.now.get_untracked().is_none() {
                    self.rows.set(Vec::new());
                    self.over.set(None);
                }
                self.now.set(Some(*baud));
            }
            Event::Tried { heard, first } => {
                self.rows.update(|rows| rows.push(Row { heard: *heard, first: first.clone() }));
            }
            Event::TriedAll { why } => {
                self.now.set(None);
                self.over.set(Some(why.clone()));
            }
            Event::MadeSense { baud } => self.before.set(Some(*baud)),
            Event::Opened | Event::Closed { .. } => self.now.set(None),
            _ => {}
        }
    }

    fn begin_again(&self) {
        self.now.set(None);
    }
}

impl Tried {
    /// What the rows come to.
    pub(crate) fn verdict(&self, textual: bool) -> Option<Verdict> {
        self.over.get()?;
        let heard: Vec<Heard> = self.rows.with(|rows| rows.iter().map(|row| row.heard).collect());
        (!heard.is_empty()).then(|| judge(&heard, textual))
    }
}

/// The speeds to try: the usual ones, and the one that is set.
pub(crate) fn candidates(set: u32) -> Vec<u32> {
    let mut bauds = USUAL.to_vec();
    if !bauds.contains(&set) {
        bauds.push(set);
    }
    bauds.sort_unstable();
    bauds
}

fn baud_text(baud: u32) -> String {
    format::count(u64::from(baud))
}

/// The speed of a session, to change or to look for.
#[component]
pub fn Speed(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let tried = open.part::<Tried>();
    let set = Memo::new(move |_| engine.session(id)?.link.baud());
    let reopens = matches!(open.link, Link::Serial(_));
    let line = RwSignal::new(open.link.line().unwrap_or_default());
    let typed = RwSignal::new(set.get_untracked().map_or_else(String::new, |baud| baud.to_string()));
    // Where it was set from elsewhere, as by what trying came to, the field follows: its format goes with no speed of before.
    Effect::new(move |before: Option<()>| {
        if let Some(baud) = set.get().filter(|_| before.is_some()) {
            typed.set(baud.to_string());
        }
    });
    let refused = RwSignal::new(None::<String>);
    let wanted = Memo::new(move |_| typed.with(|typed| start_speed(typed)));
    let reopen = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match wanted.get_untracked() {
            Some(baud) => {
                refused.set(None);
                engine.set_line(id, Line { baud, ..line.get_untracked() });
            }
            None => refused.set(Some(start::no_speed().to_owned())),
        }
    };
    let word = move || match wanted.get() {
        Some(baud) if !reopens => words::set_to(baud_text(baud)),
        None if !reopens => words::set().to_owned(),
        Some(baud) => words::reopen_at(baud_text(baud)),
        None => words::reopen().to_owned(),
    };
    let busy = tried.now.clone();
    let at = tried.now.clone();
    let released = open.part::<Released>().released;
    let toggle = move |_| {
        if busy.get_untracked().is_some() {
            engine.post(Request::StopTrying { session: id });
        } else if released.get_untracked() {
            // Another tool may be uploading: an opening would break that off.
            refused.set(Some(words::released().to_owned()));
        } else {
            refused.set(None);
            let bauds = candidates(set.get_untracked().unwrap_or(115_200));
            engine.post(Request::TrySpeeds { session: id, bauds });
        }
    };
    let (busy, busy_word) = (tried.now.clone(), tried.now.clone());
    let label = move || if busy_word.get().is_some() { words::stop() } else { words::try_usual() };
    let progress = move || at.get().map(|baud| words::trying(baud_text(baud)));
    let note = tried.now.clone();
    let note = move || note.get().is_some().then_some(words::try_note());
    view! {
        <form class="line-speed" on:submit=reopen novalidate>
            <label class="field-label" for="line-baud">{start::speed()}</label>
            <input
                class="field-box"
                id="line-baud"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                list="line-bauds"
                aria-describedby="line-baud-error"
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    refused.set(None);
                }
            />
            <datalist id="line-bauds">
                {candidates(115_200).into_iter().map(|baud| view! { <option value=baud.to_string()></option> }).collect_view()}
            </datalist>
            <LineFormat id="line" line least={if reopens { 7 } else { 5 }}/>
            <button class="button" type="submit">{word}</button>
            <button class="button" type="button" aria-pressed=move || busy.get().is_some().to_string() on:click=toggle>{label}</button>
            <span role="status">{progress}</span>
        </form>
        <p class="field-note">{note}</p>
        <RemarkPlace role="alert" id="line-baud-error" remark=remark::wrong(refused)/>
        <Outcome open/>
    }
}

/// A speed as it is typed.
fn start_speed(text: &str) -> Option<u32> {
    crate::view::start::speed(text)
}

/// What came at each speed, and what it comes to.
#[component]
pub fn Outcome(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let engine = use_engine();
    let id = open.id;
    let tried = open.part::<Tried>();
    let textual = Profile::parse(&open.profile).is_ok_and(|profile| profile.textual());
    let set = Memo::new(move |_| match engine.session(id).map(|open| open.link) {
        Some(link) => link.baud().unwrap_or(0),
        None => 0,
    });
    let judged = {
        let tried = tried.clone();
        Memo::new(move |_| Judged::of(&tried, textual))
    };
    let rows = tried.rows.clone();
    let table = move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            let best = judged.get().fits;
            let line = move |row: Row| view! { <Line row best set/> };
            view! {
                <div class="line-table">
                    <table class="rows">
                        <caption>{words::heard()}</caption>
                        <thead>
                            <tr>
                                <th scope="col" class="num">{words::baud()}</th>
                                <th scope="col" class="num">{words::bytes()}</th>
                                <th scope="col" class="num">{words::line_errors()}</th>
                                <th scope="col" class="num">{words::printable()}</th>
                                <th scope="col" class="num">{words::frames()}</th>
                                <th scope="col">{words::verdict()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
                    </table>
                </div>
            }
        })
    };
    let rows = tried.rows;
    let sentence = move || {
        let judged = judged.get();
        let words = judged.words(set.get())?;
        let act = judged.fits.filter(|baud| *baud != set.get()).map(|baud| {
            view! {
                <button class="button button-next" type="button" on:click=move |_| engine.set_speed(id, baud)>
                    {words::reopen_at(baud_text(baud))}
                </button>
            }
        });
        let first =
            judged.fits.and_then(|best| rows.with(|rows| rows.iter().find(|row| row.heard.baud == best).cloned()));
        let first = first.filter(|row| !row.first.is_empty()).map(|row| {
            view! {
                <dl class="line-first"><dt>{words::first(baud_text(row.heard.baud))}</dt><dd><samp>{shown(&row.first, textual)}</samp></dd></dl>
            }
        });
        Some(view! { <div class="line-verdict"><p>{words}</p>{act}</div>{first} })
    };
    view! {
        {table}
        <div role="status">{sentence}</div>
    }
}

/// What trying came to.
#[derive(Clone, PartialEq)]
struct Judged {
    fits: Option<u32>,
    silent: bool,
    /// It makes sense at every speed.
    every: bool,
    over: Option<String>,
    any: bool,
}

impl Judged {
    fn of(tried: &Tried, textual: bool) -> Judged {
        let verdict = tried.verdict(textual);
        let fits = match verdict {
            Some(Verdict::Fits(baud)) => Some(baud),
            _ => None,
        };
        let (silent, every) = (verdict == Some(Verdict::Silent), verdict == Some(Verdict::Any));
        Judged { fits, silent, every, over: tried.over.get(), any: verdict.is_some() }
    }

    fn words(&self, set: u32) -> Option<String> {
        let over = self.over.as_ref()?;
        Some(match self.fits {
            _ if !over.is_empty() => words::ended(over),
            Some(baud) if baud == set => words::right(baud_text(baud)),
            Some(baud) => words::found(baud_text(baud), baud_text(set)),
            None if self.silent => words::silent().to_owned(),
            None if self.every => words::every().to_owned(),
            None if self.any => words::unclear().to_owned(),
            None => return None,
        })
    }
}

#[component]
fn Line(row: Row, best: Option<u32>, set: Memo<u32>) -> impl IntoView {
    let Heard { baud, evidence } = row.heard;
    let fits = best == Some(baud);
    let printable =
        evidence.printable_share().map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let all = evidence.frames.saturating_add(evidence.rejected);
    let verdict = move || match (fits, set.get() == baud) {
        (true, _) => words::fits(),
        (false, true) => words::as_set(),
        (false, false) => "",
    };
    view! {
        <tr class:line-fits=fits>
            <th scope="row" class="num">{baud_text(baud)}</th>
            <td class="num">{format::count(evidence.bytes)}</td>
            <td class="num">{format::count(evidence.line_errors)}</td>
            <td class="num">{printable}</td>
            <td class="num">{words::of(format::count(evidence.frames), format::count(all))}</td>
            <td>{verdict}</td>
        </tr>
    }
}

/// The first bytes, as text if the protocol is text, else in hex.
fn shown(bytes: &[u8], textual: bool) -> String {
    if textual {
        let visible = |ch: char| if ch.is_control() { '·' } else { ch };
        String::from_utf8_lossy(bytes).chars().map(visible).collect()
    } else {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{candidates, shown};

    #[test]
    fn the_speed_that_is_set_is_tried_too() {
        assert!(candidates(31_250).contains(&31_250));
        assert_eq!(candidates(9600).iter().filter(|baud| **baud == 9600).count(), 1);
    }

    #[test]
    fn the_first_bytes_are_readable_whatever_they_are() {
        assert_eq!(shown(b"$GP\r\n\xff", true), "$GP··\u{fffd}");
        assert_eq!(shown(b"\x00\x13", false), "00 13");
    }
}
