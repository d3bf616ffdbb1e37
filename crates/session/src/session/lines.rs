//! Many lines to send, one after the other: with a pause between them, or each when the device has asked for it.

use super::Session;
use super::notes::shown;
use crate::wire::Event;
use crate::words::{Said, send as words};
use memchr::memmem;
use std::collections::VecDeque;
use store::Time;

/// How long a prompt is waited for.
const PATIENCE: i64 = 30_000_000_000;

/// When it is tried again where too much waits for the device to take it.
const AGAIN: i64 = 20_000_000;

/// Lines that wait to be sent.
#[derive(Debug)]
pub(super) struct Lines {
    rest: VecDeque<Vec<u8>>,
    sent: u32,
    total: u32,
    pause_nanos: i64,
    prompt: Vec<u8>,
    /// When the next may go.
    next: Time,
    /// Until when the prompt is waited for, while it is.
    patience: Option<Time>,
    /// The end of what came since the last line went.
    seen: Vec<u8>,
}

impl Lines {
    /// When something is to be done.
    pub(super) fn until(&self) -> Time {
        self.patience.unwrap_or(self.next)
    }
}

impl Session {
    /// Lines to send, their endings included. With a prompt, each but the first goes when that text has come since the
    /// one before went; and not before the pause is over.
    pub(super) fn send_lines(&mut self, now: Time, lines: &[Vec<u8>], pause_millis: u32, prompt: &str) {
        if self.lines.is_some() {
            return self.refuse(words::other_lines(), false);
        }
        self.lines = Some(Lines {
            rest: lines.iter().cloned().collect(),
            sent: 0,
            total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            pause_nanos: i64::from(pause_millis).saturating_mul(1_000_000),
            prompt: prompt.as_bytes().to_vec(),
            next: now,
            patience: None,
            seen: Vec::new(),
        });
        self.go_on_sending(now);
    }

    /// Those that have not gone yet will not.
    pub(super) fn stop_lines(&mut self, why: &Said) {
        if let Some(lines) = self.lines.take() {
            let (sent, total) = (lines.sent, lines.total);
            let stopped = Some(self.say(why));
            self.event(Event::Sending { sent, total, stopped });
        }
    }

    /// Sends what may go by now.
    pub(super) fn go_on_sending(&mut self, now: Time) {
        loop {
            let has_room = |len: usize, session: &Session| session.has_room(len);
            let Some(lines) = &self.lines else { return };
            if let Some(until) = lines.patience {
                if now >= until {
                    let prompt = String::from_utf8_lossy(&lines.prompt).into_owned();
                    self.stop_lines(&words::no_prompt(&crate::screen::visible(&prompt)));
                }
                return;
            }
            if now < lines.next {
                return;
            }
            let Some(line) = lines.rest.front().cloned() else {
                self.lines = None;
                return;
            };
            if self.is_open() && !has_room(line.len(), self) {
                if let Some(lines) = &mut self.lines {
                    lines.next = now.plus_nanos(AGAIN);
                }
                return;
            }
            let text = shown(&line);
            if let Err(why) = self.transmit(now, line, &text) {
                return self.stop_lines(&why);
            }
            let Some(lines) = &mut self.lines else { return };
            lines.rest.pop_front();
            lines.sent = lines.sent.saturating_add(1);
            lines.next = now.plus_nanos(lines.pause_nanos);
            lines.seen.clear();
            if !lines.prompt.is_empty() && !lines.rest.is_empty() {
                lines.patience = Some(now.plus_nanos(PATIENCE));
            }
            let (sent, total) = (lines.sent, lines.total);
            if lines.rest.is_empty() {
                self.lines = None;
            }
            self.event(Event::Sending { sent, total, stopped: None });
        }
    }

    /// What came may be the prompt.
    pub(super) fn look_for_prompt(&mut self, now: Time, bytes: &[u8]) {
        let Some(lines) = self.lines.as_mut().filter(|lines| lines.patience.is_some()) else { return };
        lines.seen.extend_from_slice(bytes);
        if memmem::find(&lines.seen, &lines.prompt).is_some() {
            lines.patience = None;
            lines.next = now.plus_nanos(lines.pause_nanos);
        } else {
            let keep = lines.prompt.len().saturating_sub(1);
            lines.seen.drain(..lines.seen.len().saturating_sub(keep));
        }
    }
}
