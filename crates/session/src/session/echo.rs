//! What stands in the terminal of something sent. Where the far end says that it echoes (RFC 857), what it echoes stands there
//! by itself. Servers of serial ports say so, too, and leave it to the device behind them, which may echo nothing: what has
//! not come back when something else comes, or after a while, is written as it is elsewhere.

use super::Session;
use crate::query::Mark;
use crate::words::note;
use std::collections::VecDeque;
use store::Time;

/// How long an echo may take.
const PATIENCE_MILLIS: i64 = 700;
/// Lines waited for, at most.
const MOST: usize = 64;

/// Lines of which the echo is awaited, oldest first.
#[derive(Debug, Default)]
pub(super) struct Echo {
    awaited: VecDeque<Awaited>,
}

#[derive(Debug)]
struct Awaited {
    at: Time,
    shown: String,
    /// What of it has not come back yet.
    rest: String,
}

impl Awaited {
    fn until(&self) -> Time {
        self.at.plus_millis(PATIENCE_MILLIS)
    }
}

impl Echo {
    /// What came. Returns the line that it is no echo of, where it was the only one awaited.
    fn hear(&mut self, text: &str) -> Option<Awaited> {
        let mut text = text.trim_matches(char::is_control);
        while let Some(first) = self.awaited.front_mut() {
            if text.is_empty() {
                return None;
            }
            if let Some((_, after)) = text.split_once(first.rest.as_str()) {
                text = after.trim_matches(char::is_control);
                self.awaited.pop_front();
            } else if let Some(rest) = first.rest.strip_prefix(text) {
                first.rest = rest.to_owned();
                return None;
            } else {
                // Of several, another one's answer may be what comes first.
                return if self.awaited.len() == 1 { self.awaited.pop_front() } else { None };
            }
        }
        None
    }
}

impl Session {
    /// Writes what is sent, or waits for its echo.
    pub(super) fn note_sent(&mut self, now: Time, shown: &str, secret: bool) {
        let terms = self.reached.as_ref().and_then(|reached| reached.terms.as_ref());
        let echoes = terms.is_some_and(|terms| terms.echoes());
        if secret {
            if !echoes {
                self.data.tell(now, Mark::Sent, &note::not_shown());
            }
        } else if !echoes || shown.trim().is_empty() {
            self.data.note(now, Mark::Sent, shown);
        } else {
            if self.echo.awaited.len() >= MOST {
                let oldest = self.echo.awaited.pop_front();
                self.not_echoed(oldest);
            }
            let (shown, rest) = (shown.to_owned(), shown.trim().to_owned());
            self.echo.awaited.push_back(Awaited { at: now, shown, rest });
        }
    }

    /// Looks for an echo in what came, before that is shown.
    pub(super) fn look_for_echo(&mut self, bytes: &[u8]) {
        if !self.echo.awaited.is_empty() && !bytes.is_empty() {
            let other = self.echo.hear(&crate::screen::plain(&String::from_utf8_lossy(bytes)));
            self.not_echoed(other);
        }
    }

    /// When a line is written that nobody echoed.
    pub(super) fn echo_until(&self) -> Option<Time> {
        self.echo.awaited.front().map(Awaited::until)
    }

    pub(super) fn look_at_echoes(&mut self, now: Time) {
        while self.echo_until().is_some_and(|until| until <= now) {
            let late = self.echo.awaited.pop_front();
            self.not_echoed(late);
        }
    }

    fn not_echoed(&mut self, line: Option<Awaited>) {
        if let Some(line) = line {
            self.data.note(line.at, Mark::Sent, &line.shown);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn awaiting(lines: &[&str]) -> Echo {
        let of = |line: &&str| Awaited { at: Time(0), shown: (*line).to_owned(), rest: (*line).to_owned() };
        Echo { awaited: lines.iter().map(of).collect() }
    }

    #[test]
    fn an_echo_may_come_in_pieces_behind_a_prompt_or_with_its_answer() {
        for pieces in [&["pw", "d\r", "\n/home"][..], &["$ pwd\r\n/home\r\n"], &["\r\n", "pwd"]] {
            let mut echo = awaiting(&["pwd"]);
            assert!(pieces.iter().all(|piece| echo.hear(piece).is_none()), "{pieces:?}");
            assert!(echo.awaited.is_empty(), "{pieces:?}");
        }
        let mut echo = awaiting(&["a", "b", "c"]);
        assert!(echo.hear("a\r\n1\r\nb\r\n").is_none() && echo.awaited.len() == 1);
        assert!(echo.hear("2\r\n").is_some(), "it is no echo of c");
    }

    #[test]
    fn an_answer_is_no_echo() {
        let other = awaiting(&["MEAS:VOLT?"]).hear("3.3\r\n");
        assert_eq!(other.map(|line| line.shown).as_deref(), Some("MEAS:VOLT?"));
    }
}
