//! How far a transfer is, and how it ended, in words.

use crate::view::format;
use crate::words::transfer as words;
use leptos::prelude::*;
use session::query::Transferring;
use session::transfer::{Direction, Ending, Progress, Protocol};

/// A transfer under way.
#[component]
pub(super) fn Under(now: Memo<Option<Transferring>>) -> impl IntoView {
    let known = move || now.with(|now| now.as_ref().and_then(|now| now.progress.size));
    let done = move || now.with(|now| now.as_ref().map_or(0, |now| now.progress.done));
    let heard = move || now.with(|now| now.as_ref().is_some_and(|now| now.progress.heard));
    let title = move || now.with(|now| now.as_ref().map(|now| title(&now.progress)));
    let facts = move || now.with(|now| now.as_ref().map(facts));
    view! {
        <p class="transfer-title">{title}</p>
        <progress
            class="transfer-bar"
            aria-label=words::progress()
            max=move || known().unwrap_or(1).max(1).to_string()
            // Without a size there is no share of it to show.
            value=move || known().map(|size| if size == 0 { u8::from(heard()).to_string() } else { done().to_string() })
        ></progress>
        <p class="transfer-facts">{facts}</p>
    }
}

/// Which file it is.
fn title(progress: &Progress) -> String {
    if !progress.heard {
        // The receiver drives these: a sender that came after its last request waits for the next.
        let asked = progress.direction == Direction::Send && progress.protocol != Protocol::Zmodem;
        let name = progress.protocol.name();
        return if asked { words::unasked(name) } else { words::waiting(name) };
    }
    match progress.files.filter(|files| *files > 1) {
        Some(files) => {
            let nth = progress.files_done.saturating_add(progress.skipped).saturating_add(1).min(files);
            format!("{} · {}", progress.file, words::nth(nth, files))
        }
        None => progress.file.clone(),
    }
}

/// Bytes, rate, time left, errors.
fn facts(now: &Transferring) -> String {
    let progress = &now.progress;
    let done = format!("{} B", format::count(progress.done));
    let mut parts = vec![match progress.size {
        Some(size) => words::so_far(&format::count(progress.done), &format!("{} B", format::count(size))),
        None => done,
    }];
    if now.bytes_per_second > 0.0 {
        parts.push(format::byte_rate(now.bytes_per_second));
        if let Some(size) = progress.size {
            let left = size.saturating_sub(progress.done) as f64 / now.bytes_per_second;
            parts.push(words::left(&format::duration((left * 1e9).min(9e18) as i64)));
        }
    }
    parts.extend(asides(progress));
    parts.join(" · ")
}

/// What went not quite smoothly.
fn asides(progress: &Progress) -> Vec<String> {
    let some = |count: u32, say: fn(u32) -> String| (count > 0).then(|| say(count));
    let resumed = (progress.resumed > 0).then(|| words::resumed(&format::count(progress.resumed)));
    let counts = [some(progress.corrected, words::corrected), some(progress.skipped, words::skipped), resumed];
    counts.into_iter().flatten().collect()
}

/// How it ended, as sentences.
pub(super) fn over(progress: &Progress) -> String {
    let count = progress.files_done;
    let sent = || match progress.direction {
        Direction::Send => words::sent(count),
        Direction::Receive => words::got(count),
    };
    let what = match progress.ending {
        None | Some(Ending::Complete) => sent(),
        Some(Ending::Cancelled) if !progress.heard => words::cancelled_unheard().to_owned(),
        Some(Ending::Cancelled) => words::cancelled().to_owned(),
        Some(Ending::CancelledByDevice) => words::cancelled_by_device().to_owned(),
        Some(Ending::NoAnswer) if progress.heard && progress.unconfirmed > 0 => {
            format!("{} {}", words::fell_silent(), words::poured(&format::count(progress.unconfirmed)))
        }
        Some(Ending::NoAnswer) if progress.heard => words::fell_silent().to_owned(),
        Some(Ending::NoAnswer) => words::no_answer().to_owned(),
        Some(Ending::TooManyErrors) => words::too_many_errors().to_owned(),
        Some(Ending::OutOfStep) if progress.done == 0 && progress.protocol == Protocol::Xmodem => {
            words::speaks_ymodem().to_owned()
        }
        Some(Ending::OutOfStep) => words::out_of_step().to_owned(),
        Some(Ending::TooLarge) => words::too_large().to_owned(),
        Some(Ending::Short) => words::short().to_owned(),
        Some(Ending::Refused) => words::refused().to_owned(),
        Some(Ending::LinkClosed) => words::link_closed().to_owned(),
        Some(Ending::NotTaken) => words::not_taken().to_owned(),
        Some(Ending::NotClosed) => words::not_closed().to_owned(),
    };
    let failed = progress.ending.is_some_and(|ending| ending != Ending::Complete);
    let before = if failed && count > 0 { format!(" {}", sent()) } else { String::new() };
    let kept = match progress.kept {
        0 => String::new(),
        bytes => format!(" {}", words::kept(&format::count(bytes), &progress.file)),
    };
    let asides = asides(progress);
    let asides = if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) };
    format!("{what}{before}{kept}{asides}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress() -> Progress {
        Progress {
            protocol: Protocol::Zmodem,
            direction: Direction::Receive,
            file: "log.txt".into(),
            size: Some(2000),
            done: 500,
            resumed: 0,
            kept: 0,
            unconfirmed: 0,
            files_done: 0,
            files: None,
            skipped: 0,
            corrected: 0,
            heard: true,
            ending: None,
        }
    }

    #[test]
    fn progress_is_said_with_bytes_rate_and_time_left() {
        let now = Transferring { progress: progress(), bytes_per_second: 100.0, millis: 5000 };
        let said = facts(&now);
        assert!(said.contains("500 of 2000 B") && said.contains("15 s left"), "{said}");
        let noisy = Progress { corrected: 1, size: None, ..progress() };
        let said = facts(&Transferring { progress: noisy, bytes_per_second: 0.0, millis: 0 });
        assert_eq!(said, "500 B · 1 error corrected");
        assert!(title(&Progress { heard: false, ..progress() }).starts_with("ZMODEM: waiting"));
        assert_eq!(title(&Progress { files: Some(3), files_done: 1, ..progress() }), "log.txt · file 2 of 3");
    }

    #[test]
    fn every_ending_says_what_came_whole() {
        let ended = |ending| over(&Progress { files_done: 2, ending: Some(ending), ..progress() });
        assert_eq!(ended(Ending::Complete), "Received: 2 files.");
        assert_eq!(ended(Ending::Cancelled), "Cancelled. The device was told. Received: 2 files.");
        assert!(ended(Ending::NoAnswer).starts_with("The other end fell silent"));
        let broken = Progress { kept: 500, ending: Some(Ending::LinkClosed), ..progress() };
        assert!(over(&broken).contains("500 B of log.txt are kept"), "{}", over(&broken));
        let resumed = Progress { resumed: 500, files_done: 1, ending: Some(Ending::Complete), ..progress() };
        assert_eq!(over(&resumed), "Received: 1 file. (resumed after 500 B)");
        let poured =
            Progress { direction: Direction::Send, unconfirmed: 3072, ending: Some(Ending::NoAnswer), ..progress() };
        assert!(over(&poured).contains("Up to 3072 B of the file"), "{}", over(&poured));
        let never = Progress { heard: false, ending: Some(Ending::NoAnswer), ..progress() };
        assert!(over(&never).starts_with("The other end did not answer"));
        assert_eq!(
            ended(Ending::NotClosed),
            "The other end did not say whether there are more files. Look in the terminal whether it is done. Received: 2 files."
        );
        let other = Progress { protocol: Protocol::Xmodem, done: 0, ending: Some(Ending::OutOfStep), ..progress() };
        assert!(over(&other).contains("it speaks YMODEM"), "{}", over(&other));
        let unheard = Progress { heard: false, protocol: Protocol::Ymodem, ..progress() };
        assert!(title(&unheard).starts_with("YMODEM: waiting for the other end"));
        let unasked = Progress { direction: Direction::Send, ..unheard };
        assert!(title(&unasked).contains("asks every 10 seconds"), "{}", title(&unasked));
        let early = Progress { heard: false, ending: Some(Ending::Cancelled), ..progress() };
        assert!(over(&early).starts_with("Cancelled. Nothing had been heard"), "nobody was told");
    }
}
