//! The doctor's report as plain text, for whoever is asked for help: what was found and what that rests on. What the device
//! said is not in it, and neither is what an address carries besides its host and path.

use super::evidence;
use super::finding::{Facts, Finding, Reached, chain};
use super::{Patient, steps, told};
use crate::browser::clock;
use crate::ui::remark::{self, RemarkPlace};
use crate::view::format;
use crate::words::{doctor as words, speed};
use leptos::prelude::*;

/// The button that copies it.
#[component]
pub(super) fn Report(patient: Patient, facts: Memo<Facts>, found: Memo<Finding>, serial: bool) -> impl IntoView {
    let remark = RwSignal::new(None);
    let copy = move |_| {
        let text = untrack(|| facts.with(|facts| text(&patient, facts, &found.get(), serial)));
        remark::copy(text, remark, words::copied().to_owned(), words::not_copied());
    };
    view! {
        <div class="doctor-report">
            <button class="button" type="button" on:click=copy>{words::copy()}</button>
            <p class="field-note">{words::copy_note()}</p>
            <RemarkPlace role="status" remark=remark.into()/>
        </div>
    }
    .into_any()
}

/// One part of it: a heading, and its lines.
type Part = (String, Vec<(String, String)>);

fn text(patient: &Patient, facts: &Facts, found: &Finding, serial: bool) -> String {
    let (title, next) = told(found, facts);
    let at = clock::date_time(clock::now_nanos()).replace('T', " ");
    let head = format!("Ferrule {}, {}, {at}", env!("CARGO_PKG_VERSION"), words::name());
    let mut parts: Vec<Part> = Vec::new();
    if serial {
        let word = |(name, reached): (&str, Reached)| (name.to_owned(), super::reached_word(reached).to_owned());
        parts.push((words::chain().to_owned(), steps().into_iter().zip(chain(facts)).map(word).collect()));
    }
    let rows = evidence::rows(patient).into_iter().map(|(what, seen)| (what.to_owned(), seen));
    parts.push((words::evidence().to_owned(), rows.collect()));
    let heard: Vec<(String, String)> = patient.tried.rows.with_untracked(|rows| {
        rows.iter().map(|row| (format::count(u64::from(row.heard.baud)), evidence::came(&row.heard.evidence))).collect()
    });
    if !heard.is_empty() {
        parts.push((speed::heard().to_owned(), heard));
    }
    written(&head, &title, &next, &parts)
}

fn written(head: &str, title: &str, next: &str, parts: &[Part]) -> String {
    let mut text = format!("{head}\n\n{title}\n{next}\n");
    for (heading, lines) in parts {
        text += &format!("\n{heading}\n");
        for (what, seen) in lines {
            text += &format!("  {what}: {seen}\n");
        }
    }
    without_secrets(&text)
}

/// The text with each address cut to its scheme, host and path: a name and a password before the host, a query and a
/// fragment may let somebody in (RFC 3986, sections 3.2.1, 3.4 and 3.5).
fn without_secrets(text: &str) -> String {
    text.split_inclusive(char::is_whitespace).map(cut).collect()
}

fn cut(word: &str) -> String {
    let Some((scheme, rest)) = word.split_once("://") else { return word.to_owned() };
    let plain = rest.trim_end();
    let after = rest.get(plain.len()..).unwrap_or_default();
    let authority = plain.find(['/', '?', '#']).unwrap_or(plain.len());
    let from = plain.get(..authority).and_then(|authority| authority.rfind('@')).map_or(0, |at| at + 1);
    let plain = plain.get(from..).unwrap_or_default();
    let until = plain.find(['?', '#']);
    let (kept, left_out) = until.map_or((plain, ""), |until| (plain.get(..until).unwrap_or_default(), "…"));
    let user = if from > 0 { "…@" } else { "" };
    format!("{scheme}://{user}{kept}{left_out}{after}")
}

#[cfg(test)]
mod tests {
    use super::{without_secrets, written};

    #[test]
    fn s35_a_report_holds_no_secret_of_an_address() {
        let text = "It did not open: wss://me:pass@host.example/a?token=abc#frag \n(http://h/b) ws://h";
        let cut = without_secrets(text);
        assert_eq!(cut, "It did not open: wss://…@host.example/a… \n(http://h/b) ws://h");
        assert_eq!(without_secrets("https://u@h?x=1"), "https://…@h…");
        assert_eq!(without_secrets("https://h/a@b"), "https://h/a@b", "an at sign of the path is none of a user's");
    }

    #[test]
    fn a_report_is_read_from_top_to_bottom() {
        let parts = [("Seen".to_owned(), vec![("Page".to_owned(), "http://h/?k=1".to_owned())])];
        assert_eq!(
            written("Head", "All is well.", "Go on.", &parts),
            "Head\n\nAll is well.\nGo on.\n\nSeen\n  Page: http://h/…\n"
        );
    }
}
