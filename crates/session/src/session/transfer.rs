//! File transfers: while one is under way, what the device sends belongs to it and not to the framer.

use super::Session;
use crate::query::{LinkState, Mark, Transferring};
use crate::rate::{self, Rate};
use crate::wire::Event;
use crate::words::{Said, note, send as words};
use store::Time;
use transfer::{
    Aftermath, Direction, Ending, File, Hail, MAX_FILE_BYTES, Millis, Offer, Part, Progress, Protocol, Transfer,
};

/// Bytes of a transfer that may be on their way out: what is cancelled stops soon, and errors are heard of soon.
const AHEAD: usize = 8 << 10;

/// For how long an offer that was let pass is not told of again, in milliseconds.
const LET_PASS: i64 = 60_000;

/// A session's file transfers: at most one at a time.
#[derive(Debug, Default)]
pub(crate) struct Files {
    running: Option<Running>,
    last: Option<Transferring>,
    hail: Hail,
    offer: Option<Offer>,
    let_pass: Option<Time>,
    /// The last one was broken off, and the device may not have heard of it.
    aftermath: Option<Aftermath>,
    /// What came of a file that was broken off.
    part: Option<Part>,
}

#[derive(Debug)]
struct Running {
    transfer: Transfer,
    begun: Time,
    rate: Rate,
    /// File bytes that the rate has counted of the file under way.
    counted: u64,
    /// Whether the device was sending readings when it began.
    streaming: bool,
    /// Whether bytes were taken for its own.
    took: bool,
}

fn clock(now: Time) -> Millis {
    Millis::try_from(now.0 / 1_000_000).unwrap_or(0)
}

impl Running {
    fn count(&mut self, now: Time) {
        let Progress { done, resumed, .. } = *self.transfer.progress();
        // What was there before did not come just now.
        self.rate.add(now, done.saturating_sub(self.counted.max(resumed)));
        self.counted = done;
    }

    fn state(&mut self, now: Time) -> Transferring {
        let millis = u64::try_from(now.nanos_since(self.begun) / 1_000_000).unwrap_or(0);
        Transferring { progress: self.transfer.progress().clone(), bytes_per_second: self.rate.per_second(now), millis }
    }
}

impl Files {
    /// Something else is sent: what the device asks for from now on is for the user to answer.
    pub(crate) fn done_with(&mut self) {
        self.aftermath = None;
    }

    pub(crate) fn under_way(&self) -> bool {
        self.running.is_some()
    }

    /// When the transfer wants to be woken.
    pub(crate) fn until(&self) -> Option<Time> {
        let until = self.running.as_ref()?.transfer.poll_timeout()?;
        Some(Time(i64::try_from(until.saturating_mul(1_000_000)).unwrap_or(i64::MAX)))
    }

    /// Changes as often as the answer may while nothing else happens.
    pub(crate) fn slot(&self, now: Time) -> i64 {
        if self.under_way() { rate::slot(now) } else { i64::MIN }
    }

    pub(crate) fn answer(&mut self, now: Time) -> Option<Transferring> {
        match &mut self.running {
            Some(running) => Some(running.state(now)),
            None => self.last.clone(),
        }
    }
}

impl Session {
    pub(super) fn send_files(&mut self, now: Time, protocol: Protocol, files: Vec<File>) {
        if let Some(large) = files.iter().find(|file| file.bytes.len() as u64 > MAX_FILE_BYTES) {
            let why = words::file_too_large(&large.name, MAX_FILE_BYTES >> 20);
            return self.refuse(why, false);
        }
        if files.is_empty() {
            return self.refuse(words::no_file(), false);
        }
        let names: Vec<&str> = files.iter().take(8).map(|file| file.name.as_str()).collect();
        let text = note::sending(protocol.name(), &names.join(", "));
        self.begin_transfer(now, &text, |now| Transfer::send(protocol, files, now));
    }

    pub(super) fn receive_files(&mut self, now: Time, protocol: Protocol, name: &str) {
        let text = note::receiving(protocol.name());
        self.begin_transfer(now, &text, |now| Transfer::receive(protocol, name, now));
    }

    fn begin_transfer(&mut self, now: Time, text: &Said, begin: impl FnOnce(Millis) -> Transfer) {
        if self.files.under_way() {
            return self.refuse(words::transfer_already(), false);
        }
        if self.state != LinkState::Connected {
            return self.refuse(words::transfer_closed(), false);
        }
        if self.usual_topic().is_some() {
            return self.refuse(words::no_files(), false);
        }
        // Who it is must be known before it gets a file (faults F8).
        if self.asked() {
            return self.refuse(words::transfer_unidentified(), false);
        }
        self.files.done_with();
        self.drop_pending(now);
        self.data.tell(now, Mark::Sent, text);
        let mut transfer = begin(clock(now));
        let Progress { protocol, direction, .. } = *transfer.progress();
        if (protocol, direction) == (Protocol::Zmodem, Direction::Receive)
            && let Some(part) = self.files.part.take()
        {
            transfer.resume(part);
        }
        // Lines of plain text are no readings: a shell's echo is there before any transfer.
        let streaming = !self.profile.is_plain_text() && self.data.is_streaming(now);
        self.files.running =
            Some(Running { transfer, begun: now, rate: Rate::default(), counted: 0, streaming, took: false });
        self.event(Event::TransferBegan);
        self.withdraw_offer();
    }

    pub(super) fn cancel_transfer(&mut self, now: Time) {
        if let Some(running) = &mut self.files.running {
            running.transfer.cancel(clock(now));
        }
    }

    /// The link closed.
    pub(super) fn end_transfer(&mut self, now: Time) {
        self.files.done_with();
        self.withdraw_offer();
        if let Some(running) = &mut self.files.running {
            running.transfer.abandon(Ending::LinkClosed);
            self.pump(now);
        }
    }

    /// The link took bytes that were handed out.
    pub(super) fn transfer_taken(&mut self, now: Time) {
        if let Some(running) = &mut self.files.running {
            running.transfer.handle_taken(clock(now));
        }
    }

    /// The link gave up to send something; whether that was a transfer's.
    pub(super) fn not_taken(&mut self) -> bool {
        if let Some(running) = &mut self.files.running {
            running.transfer.abandon(Ending::NotTaken);
        }
        self.files.under_way()
    }

    /// The bytes that are no transfer's.
    pub(super) fn transferred<'a>(&mut self, now: Time, bytes: &'a [u8]) -> &'a [u8] {
        let Some(running) = &mut self.files.running else {
            if let Some(told) = self.files.aftermath.as_mut().and_then(|after| after.answer(clock(now), bytes)) {
                self.hand_out(now, told);
            } else {
                self.look_for_offer(now, bytes);
            }
            return bytes;
        };
        let taken = running.transfer.handle_bytes(clock(now), bytes).min(bytes.len());
        running.took |= taken > 0;
        running.count(now);
        self.data.transferred(taken);
        bytes.get(taken..).unwrap_or_default()
    }

    /// A device that begins a ZMODEM session is not followed: the user is told.
    fn look_for_offer(&mut self, now: Time, bytes: &[u8]) {
        let Some(offer) = self.files.hail.look(bytes) else { return };
        let passed = |at: Time| (0..LET_PASS).contains(&(now.nanos_since(at) / 1_000_000));
        if self.files.offer != Some(offer) && !self.files.let_pass.is_some_and(passed) {
            self.files.offer = Some(offer);
            self.event(Event::Offered { offer: Some(offer) });
        }
    }

    pub(super) fn dismiss_offer(&mut self, now: Time) {
        self.files.let_pass = Some(now);
        self.withdraw_offer();
    }

    fn withdraw_offer(&mut self) {
        if self.files.offer.take().is_some() {
            self.event(Event::Offered { offer: None });
        }
    }

    /// After everything that happens: what the transfer has to say goes out, what it received to the page.
    pub(super) fn pump(&mut self, now: Time) {
        let Some(mut running) = self.files.running.take() else { return };
        running.transfer.handle_timeout(clock(now));
        while self.outstanding < AHEAD
            && let Some(bytes) = running.transfer.poll_bytes(clock(now))
        {
            self.hand_out(now, bytes);
        }
        running.count(now);
        while let Some(file) = running.transfer.poll_file() {
            self.event(Event::Received { file });
        }
        let Some(ending) = running.transfer.ending() else {
            self.files.running = Some(running);
            return;
        };
        // The farewell goes out whatever waits: it is short.
        while let Some(bytes) = running.transfer.poll_bytes(clock(now)) {
            self.hand_out(now, bytes);
        }
        if let Some(part) = running.transfer.take_part() {
            self.files.part = Some(part);
        }
        if running.streaming || running.took && !running.transfer.progress().heard {
            // What the device said of itself meanwhile was taken for the transfer's.
            self.data.gap(running.begun, now);
        }
        let state = running.state(now);
        self.data.tell(now, Mark::Sent, &over(&state.progress, ending));
        self.event(Event::TransferEnded { progress: state.progress.clone() });
        self.files.aftermath = running.transfer.aftermath(clock(now));
        self.files.last = Some(state);
    }
}

/// A line for the terminal.
fn over(progress: &Progress, ending: Ending) -> Said {
    let (name, files) = (progress.protocol.name(), note::files(progress.files_done));
    match ending {
        Ending::Complete => note::complete(name, &files),
        _ => note::broken_off(name, &files),
    }
}
