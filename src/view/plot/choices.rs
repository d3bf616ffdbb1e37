//! What of a plot outlasts a visit, in words: plain data, free of the browser.

use super::state::{Mode, PlotState, Window};

/// What is drawn and how, where that is not as the profile has it (`own`). `window` is the last one that did not stand
/// still: the length of what was looked at closely says nothing about the next visit.
#[must_use]
pub fn words(plot: &PlotState, window: Window, own: &PlotState) -> Vec<String> {
    let mut words = Vec::new();
    match window {
        Window::Live { nanos } if !alike(window, own.window) => words.push(format!("window {nanos}")),
        Window::Everything if window != own.window => words.push("window all".to_owned()),
        _ => {}
    }
    if plot.mode != Mode::Time {
        words.push(format!("mode {}", plot.mode.id()));
    }
    if plot.by_device != own.by_device {
        words.push(format!("clock {}", if plot.by_device { "device" } else { "arrival" }));
    }
    words.extend(plot.ranges.iter().map(|(lane, (low, high))| format!("range {low} {high} {lane}")));
    words
}

/// Whether two windows are as long as one another, but for what a column is wide.
fn alike(one: Window, other: Window) -> bool {
    match (one, other) {
        (Window::Live { nanos: one }, Window::Live { nanos: other }) => (one - other).abs() < other / 50,
        _ => one == other,
    }
}

/// The plot as those words say; what they say nothing of stays.
pub fn read(plot: &mut PlotState, words: &[String]) {
    for (kind, rest) in words.iter().filter_map(|word| word.split_once(' ')) {
        match kind {
            "window" if rest == "all" => plot.window = Window::Everything,
            "window" => rest.parse().into_iter().for_each(|nanos| plot.window = PlotState::live(nanos).window),
            "mode" => plot.mode = Mode::ALL.into_iter().find(|mode| mode.id() == rest).unwrap_or_default(),
            "clock" => plot.by_device = rest == "device",
            "range" => plot.ranges.extend(range(rest)),
            _ => {}
        }
    }
}

fn range(rest: &str) -> Option<(String, (f64, f64))> {
    let mut parts = rest.splitn(3, ' ');
    let mut bound = || parts.next()?.parse::<f64>().ok().filter(|bound| bound.is_finite());
    let (low, high) = (bound()?, bound()?);
    (low < high).then_some((parts.next()?.to_owned(), (low, high)))
}

/// The names behind a word of this kind.
#[must_use]
pub fn names(words: &[String], kind: &str) -> Vec<String> {
    let name = |word: &String| Some(word.strip_prefix(kind)?.strip_prefix(' ')?.to_owned());
    words.iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_is_drawn_as_it_was_left() {
        let own = PlotState::live(30_000_000_000);
        let mut left = PlotState { mode: Mode::Xy, by_device: true, ..PlotState::live(5_000_000_000) };
        left.ranges.insert("m/s 2".to_owned(), (-1.5, 2e9));
        let said = words(&left, left.window, &own);
        let mut next = own.clone();
        read(&mut next, &said);
        assert_eq!(next, left);
        assert!(words(&own, own.window, &own).is_empty(), "as the profile has it");
        // What stood still follows again, with the length that it followed with before.
        left.show(0, 1_000_000);
        assert_eq!(words(&left, Window::Everything, &own).first().map(String::as_str), Some("window all"));
    }

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        let own = PlotState::live(30_000_000_000);
        let mut next = own.clone();
        read(
            &mut next,
            &["window", "window x", "range 2 1 V", "range inf 1 V", "range 1", "of later"].map(str::to_owned),
        );
        assert_eq!(next, own);
        let words = ["series drive.speed", "hidden a b", "seriesx"].map(str::to_owned);
        assert_eq!(
            (names(&words, "series"), names(&words, "hidden")),
            (vec!["drive.speed".into()], vec!["a b".into()])
        );
    }
}
