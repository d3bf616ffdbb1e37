//! One command to many devices: who is next, who is waited for, and what came of it for each.

use crate::profile::{Command, Reply};
use crate::query::{BulkStatus, Cell, Outcome, OutcomeKind};
use crate::topic::Filter;
use std::collections::{HashMap, VecDeque};
use store::Time;

/// Characters kept of a reply.
const LONGEST: usize = 120;

/// A command on its way to many.
#[derive(Debug)]
pub(crate) struct Bulk {
    /// What is sent to each.
    pub(crate) command: Command,
    pub(crate) args: Vec<Cell>,
    /// By the order in which they are sent to.
    entries: Vec<Entry>,
    by_device: HashMap<u32, usize>,
    /// The first that nothing was sent to yet.
    next: usize,
    /// When something may be sent again.
    due: Time,
    /// Nanoseconds from one to the next.
    interval: i64,
    topic: Option<Filter>,
    /// Until when replies are waited for, in that order.
    waits: VecDeque<(Time, usize)>,
    /// By topic: what the broker may still refuse.
    topics: HashMap<String, usize>,
    counts: [u32; OutcomeKind::ALL.len()],
}

#[derive(Debug)]
struct Entry {
    device: u32,
    sent: Time,
    outcome: Outcome,
}

impl Bulk {
    /// A command for these devices, each once.
    pub(crate) fn new(now: Time, command: Command, args: Vec<Cell>, devices: &[u32], interval: i64) -> Bulk {
        let topic = command.reply.as_ref().and_then(|reply| Filter::parse(reply.topic.as_deref()?).ok());
        let mut bulk = Bulk {
            topic,
            command,
            args,
            entries: Vec::with_capacity(devices.len()),
            by_device: HashMap::with_capacity(devices.len()),
            next: 0,
            due: now,
            interval,
            waits: VecDeque::new(),
            topics: HashMap::new(),
            counts: [0; OutcomeKind::ALL.len()],
        };
        for device in devices {
            let at = bulk.entries.len();
            if *bulk.by_device.entry(*device).or_insert(at) == at {
                bulk.entries.push(Entry { device: *device, sent: now, outcome: Outcome::of(OutcomeKind::Waiting) });
                count(&mut bulk.counts, OutcomeKind::Waiting, 1);
            }
        }
        bulk
    }

    /// The next device, if one may be sent to now.
    pub(crate) fn next(&self, now: Time) -> Option<u32> {
        self.entries.get(self.next).filter(|_| now >= self.due).map(|entry| entry.device)
    }

    /// Nothing is sent before this.
    pub(crate) fn rest_until(&mut self, due: Time) {
        self.due = due;
    }

    /// It was sent to the next one, on this topic; or why not.
    pub(crate) fn sent(&mut self, now: Time, sent: Result<String, String>) {
        let at = self.next;
        self.next = at.saturating_add(1);
        // What was missed is not made up for all at once.
        let from = if now.nanos_since(self.due) > self.interval.saturating_add(100_000_000) { now } else { self.due };
        self.due = Time(from.0.saturating_add(self.interval));
        if let Some(entry) = self.entries.get_mut(at) {
            entry.sent = now;
        }
        match sent {
            Ok(topic) => {
                self.topics.insert(topic, at);
                if let Some(reply) = &self.command.reply {
                    self.waits.push_back((now.plus_millis(i64::from(reply.within_millis)), at));
                }
                self.set(at, Outcome::of(OutcomeKind::UnderWay));
            }
            Err(why) => self.set(at, Outcome { kind: OutcomeKind::Refused, millis: 0, text: why }),
        }
    }

    /// The broker has what was sent to this topic; whether something is known by that which was not before.
    pub(crate) fn taken(&mut self, topic: &str) -> bool {
        let Some(at) = self.topics.get(topic).copied() else { return false };
        let under_way = self.kind(at) == Some(OutcomeKind::UnderWay);
        if under_way {
            self.set(at, Outcome::of(OutcomeKind::Sent));
        }
        under_way
    }

    /// The link is gone: of what the broker has not acknowledged nobody knows whether it has it. How many there are.
    pub(crate) fn unacknowledged(&mut self, why: &str) -> u64 {
        let under_way = |at: &usize| self.kind(*at) == Some(OutcomeKind::UnderWay);
        let all: Vec<usize> = self.topics.values().copied().filter(under_way).collect();
        for at in &all {
            self.set(*at, Outcome { kind: OutcomeKind::Refused, millis: 0, text: why.to_owned() });
        }
        all.len() as u64
    }

    fn kind(&self, at: usize) -> Option<OutcomeKind> {
        self.entries.get(at).map(|entry| entry.outcome.kind)
    }

    /// Whether a reply to it would be one.
    fn waits(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(OutcomeKind::UnderWay | OutcomeKind::Sent))
    }

    /// The broker or the link did not take what was sent to this topic; whether it was of this command.
    pub(crate) fn refused(&mut self, topic: &str, why: &str) -> bool {
        let Some(at) = self.topics.remove(topic) else { return false };
        self.set(at, Outcome { kind: OutcomeKind::Refused, millis: 0, text: why.to_owned() });
        true
    }

    /// Where replies come, if that is said.
    pub(crate) fn reply_topic(&self) -> Option<&Filter> {
        self.topic.as_ref()
    }

    /// What is waited for from a device; nothing where nothing is.
    pub(crate) fn awaited(&self, device: u32) -> Option<&Reply> {
        let at = *self.by_device.get(&device)?;
        self.command.reply.as_ref().filter(|_| self.waits(at))
    }

    /// It came.
    pub(crate) fn replied(&mut self, now: Time, device: u32, payload: &[u8]) {
        let Some(at) = self.by_device.get(&device).copied() else { return };
        let sent = self.entries.get(at).map_or(now, |entry| entry.sent);
        let millis = u32::try_from((now.nanos_since(sent) / 1_000_000).max(0)).unwrap_or(u32::MAX);
        let text = String::from_utf8_lossy(payload.get(..payload.len().min(4 * LONGEST)).unwrap_or_default());
        let text = crate::screen::visible(text.trim()).chars().take(LONGEST).collect();
        self.set(at, Outcome { kind: OutcomeKind::Replied, millis, text });
    }

    /// Those whose time is over; how many.
    pub(crate) fn expire(&mut self, now: Time) -> u64 {
        let mut expired = 0_u64;
        while let Some((until, at)) = self.waits.front().copied() {
            let waits = self.waits(at);
            if waits && now < until {
                break;
            }
            self.waits.pop_front();
            if waits {
                self.set(at, Outcome::of(OutcomeKind::NoReply));
                expired = expired.saturating_add(1);
            }
        }
        expired
    }

    /// Nothing more is sent. What was sent is still waited for.
    pub(crate) fn stop(&mut self, why: &str) {
        for at in self.next..self.entries.len() {
            self.set(at, Outcome { kind: OutcomeKind::NotSent, millis: 0, text: why.to_owned() });
        }
        self.next = self.entries.len();
    }

    /// Whether some are still to be sent to.
    pub(crate) fn is_sending(&self) -> bool {
        self.next < self.entries.len()
    }

    /// Whether something is still to happen.
    pub(crate) fn is_running(&self) -> bool {
        let under_way = OutcomeKind::ALL
            .into_iter()
            .zip(self.counts)
            .any(|(kind, count)| kind == OutcomeKind::UnderWay && count > 0);
        self.is_sending() || under_way || !self.waits.is_empty()
    }

    /// When that is.
    pub(crate) fn until(&self) -> Option<Time> {
        let due = self.is_sending().then_some(self.due);
        [due, self.waits_until()].into_iter().flatten().min()
    }

    /// When the first wait for a reply ends.
    pub(crate) fn waits_until(&self) -> Option<Time> {
        self.waits.front().map(|(until, _)| *until)
    }

    /// What came of it for a device; nothing for one that it was not for.
    pub(crate) fn outcome(&self, device: u32) -> Option<&Outcome> {
        self.by_device.get(&device).and_then(|at| self.entries.get(*at)).map(|entry| &entry.outcome)
    }

    /// How it stands.
    pub(crate) fn status(&self) -> BulkStatus {
        BulkStatus {
            command: self.command.name.clone(),
            counts: self.counts,
            sending: self.is_sending(),
            running: self.is_running(),
            replies: self.command.reply.is_some(),
        }
    }

    fn set(&mut self, at: usize, outcome: Outcome) {
        let Some(entry) = self.entries.get_mut(at) else { return };
        count(&mut self.counts, entry.outcome.kind, -1);
        count(&mut self.counts, outcome.kind, 1);
        entry.outcome = outcome;
    }
}

fn count(counts: &mut [u32; OutcomeKind::ALL.len()], kind: OutcomeKind, by: i32) {
    for (known, count) in OutcomeKind::ALL.into_iter().zip(counts) {
        if known == kind {
            *count = count.saturating_add_signed(by);
        }
    }
}
