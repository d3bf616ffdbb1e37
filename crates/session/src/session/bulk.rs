//! A command of the profile to many devices of a fleet, a bounded number of them a second.

use super::Session;
use super::data::more;
use super::send::{DANGER_REST, published};
use crate::fleet::bulk::Bulk;
use crate::query::{Cell, Mark};
use crate::words::{Said, send as words};
use store::Time;

/// Publications that the broker may still have to acknowledge: brokers take 20 at a time, as they come.
const MOST_UNDER_WAY: usize = 16;

impl Session {
    /// The user sends a command to many.
    pub(super) fn command_many(&mut self, now: Time, name: &str, args: &[Cell], devices: &[u32]) {
        if let Err(why) = self.begin_bulk(now, name, args, devices) {
            self.refuse(why, false);
        }
    }

    fn begin_bulk(&mut self, now: Time, name: &str, args: &[Cell], devices: &[u32]) -> Result<(), Said> {
        let command = self.profile.command(name).cloned().ok_or_else(|| words::no_command(name))?;
        // What does not fit is said once, and not by each device.
        self.composed(&command, args).map_err(|why| words::of_command(name, &why))?;
        self.may_send(0)?;
        let per_second = i64::from(self.profile.fleet.commands_per_s.max(1));
        let interval =
            if command.dangerous { DANGER_REST.saturating_mul(1_000_000) } else { 1_000_000_000 / per_second };
        let Some(many) = &mut self.many else { return Err(words::no_device()) };
        if !command.is_to_device() {
            return Err(words::not_to_device(name));
        }
        let bulk = &mut many.fleet.bulk;
        if bulk.as_ref().is_some_and(Bulk::is_sending) {
            return Err(words::bulk_under_way());
        }
        *bulk = Some(Bulk::new(now, command, args.to_vec(), devices, interval));
        many.fleet.touch();
        Ok(())
    }

    /// The user wants nothing more sent; or, when all is over, nothing more told of it.
    pub(super) fn stop_bulk(&mut self) {
        let why = self.say(&words::stopped());
        let Some(many) = &mut self.many else { return };
        match &mut many.fleet.bulk {
            Some(bulk) if bulk.is_sending() => bulk.stop(&why),
            other => *other = None,
        }
        many.fleet.touch();
    }

    /// Goes on with it.
    pub(super) fn go_on_with_bulk(&mut self, now: Time) {
        let Some(mut bulk) = self.many.as_mut().and_then(|many| many.fleet.bulk.take()) else { return };
        let mut changed = bulk.expire(now);
        more(&mut self.data.counters.expired, changed);
        if bulk.is_sending() && !self.is_open() {
            // It is not taken up by itself when the link is back: meanwhile the user may have thought better of it.
            bulk.stop(&self.say(&words::link_lost()));
            changed = 1;
        }
        if !self.is_open() {
            let lost = bulk.unacknowledged(&self.say(&words::unacknowledged()));
            more(&mut self.data.counters.refused, lost);
            changed = changed.saturating_add(lost);
        }
        while let Some(device) = bulk.next(now) {
            if self.pieces.len() >= MOST_UNDER_WAY {
                break;
            }
            if let Some(danger) = self.danger.filter(|_| bulk.command.dangerous) {
                let until = danger.plus_millis(DANGER_REST);
                if now < until && now >= danger {
                    bulk.rest_until(until);
                    break;
                }
            }
            let Some(sent) = self.send_to(now, &bulk, device) else { break };
            if sent.is_err() {
                more(&mut self.data.counters.refused, 1);
            } else if bulk.command.dangerous {
                self.danger = Some(now);
            }
            bulk.sent(now, sent);
            changed = 1;
        }
        if let Some(many) = &mut self.many {
            many.fleet.bulk = Some(bulk);
            if changed > 0 {
                many.fleet.touch();
            }
        }
    }

    /// Sends it to one of them; its topic, or why not. `None` while there is no room for it.
    fn send_to(&mut self, now: Time, bulk: &Bulk, device: u32) -> Option<Result<String, String>> {
        let Bulk { command, args, .. } = bulk;
        let name = self.many.as_ref()?.fleet.name(device)?.to_owned();
        let publish = command.publish.as_ref()?;
        let made = self
            .composed(command, args)
            .and_then(|(payload, _)| published(publish, command, args, Some(&name), payload));
        let publication = match made {
            Ok(publication) => publication,
            Err(why) => return Some(Err(self.say(&why))),
        };
        if !self.has_room(publication.len()) {
            return None;
        }
        let topic = publication.topic.clone();
        Some(self.hand_publication(now, publication).map(|()| topic).map_err(|why| self.say(&why)))
    }

    /// When that is wanted.
    pub(super) fn bulk_until(&self) -> Option<Time> {
        let bulk = self.many.as_ref()?.fleet.bulk.as_ref()?;
        // Until the broker has taken some, nothing can be sent: then it says so.
        if bulk.is_sending() && self.pieces.len() >= MOST_UNDER_WAY { bulk.waits_until() } else { bulk.until() }
    }

    /// The broker has a message.
    pub(super) fn published(&mut self, now: Time, topic: &str, len: usize) {
        self.transmitted(now, len);
        self.handed.answered(topic);
        let Some(many) = &mut self.many else { return };
        if many.fleet.bulk.as_mut().is_some_and(|bulk| bulk.taken(topic)) {
            many.fleet.touch();
        }
    }

    /// The broker, or the link, did not take a message.
    pub(super) fn not_published(&mut self, now: Time, topic: &str, len: usize, why: &str) {
        let line = self.handed.answered(topic);
        let bulk = self.many.as_mut().and_then(|many| many.fleet.bulk.as_mut());
        if bulk.is_some_and(|bulk| bulk.refused(topic, why)) {
            self.left(len);
            more(&mut self.data.counters.refused, 1);
            if let Some(many) = &mut self.many {
                many.fleet.touch();
            }
        } else {
            // It stands in the terminal as sent.
            self.data.limited_note(now, Mark::Gap, &Said::verbatim(&format!("× {why}")));
            self.given_back(len, why, line);
        }
    }
}
