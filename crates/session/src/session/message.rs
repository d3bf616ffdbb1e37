//! Messages of a broker: each is framed and decoded by itself, as its topic speaks.

use super::Session;
use super::data::more;
use super::log::Show;
use super::sources::MOST_TOPICS;
use crate::input::Message;
use crate::link::{Link, Properties, Publication};
use crate::query::Mark;
use crate::screen::visible;
use crate::words::{Said, note, send as words};
use store::Time;

/// Characters of a payload that the terminal shows (security S42).
const SHOWN: usize = 1024;
/// Bytes of one that is no text.
const SHOWN_BYTES: usize = 64;

impl Session {
    pub(super) fn message(&mut self, now: Time, message: &Message<'_>) {
        if self.message_of_many(now, message) {
            return;
        }
        self.heard(now);
        let payload = message.payload;
        if !self.sources.wants(message.topic) {
            return;
        }
        self.data.begin_chunk(now, payload);
        self.show_message(now, message);
        self.look_for_answers(now, message.topic, payload);
        if self.sources.is_reply(message.topic) {
            // What the profile's protocol is not spoken on is no data.
            self.data.passed(payload.len());
            self.data.good(1, payload.len() as u64);
            return self.data.end_chunk(now);
        }
        match self.sources.of(message.topic, &self.profile) {
            Some(source) => self.decode_message(now, source, message),
            None => self.pass_over(now, message.topic, payload.len()),
        }
        self.data.end_chunk(now);
    }

    /// By the codec of its topic, which stands in for the session's own meanwhile.
    fn decode_message(&mut self, now: Time, index: usize, message: &Message<'_>) {
        let Session { sources, codec, data, frame, .. } = self;
        let Some(source) = sources.get_mut(index) else { return };
        std::mem::swap(&mut source.codec, codec);
        if frame.len() < codec.limit_bytes {
            frame.resize(codec.limit_bytes, 0);
        }
        let mut scope = std::mem::take(&mut source.scope);
        std::mem::swap(&mut scope.order, &mut data.order);
        scope.retained = message.retained;
        let show = match &data.show {
            Show::Messages(Some(_)) => data.show.clone(),
            _ => Show::Topics,
        };
        let usual = std::mem::replace(&mut data.show, show);
        data.topic = Some((scope, std::mem::take(sources.schemas())));
        data.topic_name.clear();
        data.topic_name.push_str(&visible(message.topic));
        let mut rest = message.payload;
        while !rest.is_empty() {
            let taken = self.feed(now, rest);
            rest = rest.get(taken..).unwrap_or_default();
        }
        while let Some(found) = self.codec.framer.finish(&mut self.frame) {
            self.found(now, found, &[]);
        }
        if self.data.counters.bytes_pending > 0 {
            let dropped = self.codec.framer.reset() as u64;
            self.data.skip_pending(dropped.max(self.data.counters.bytes_pending));
        }
        self.data.show = usual;
        self.data.topic_name.clear();
        let Session { sources, codec, data, .. } = self;
        let Some((mut scope, schemas)) = data.topic.take() else { return };
        *sources.schemas() = schemas;
        std::mem::swap(&mut scope.order, &mut data.order);
        let Some(source) = sources.get_mut(index) else { return };
        source.scope = scope;
        std::mem::swap(&mut source.codec, codec);
    }

    /// There is no room for the tables of one more topic: its messages are in the terminal only.
    fn pass_over(&mut self, now: Time, topic: &str, len: usize) {
        self.data.passed(len);
        self.data.skip(len as u64);
        more(&mut self.data.counters.topics_over, 1);
        self.data.counters.topics_untabled = self.sources.count_over(topic);
        if !std::mem::replace(&mut self.sources.told, true) {
            self.data.tell(now, Mark::Gap, &note::topics_over(MOST_TOPICS));
        }
    }

    /// A line of the terminal: the topic, and what came.
    fn show_message(&mut self, now: Time, message: &Message<'_>) {
        if message.retained {
            more(&mut self.data.counters.retained, 1);
        }
        if matches!(self.data.show, Show::Messages(Some(_))) {
            return;
        }
        let mut marks = Vec::new();
        if message.retained {
            marks.push(self.say(&note::retained()));
        }
        if message.duplicate {
            marks.push(self.say(&note::duplicate()));
        }
        marks.extend(beside(message.properties).map(|said| self.say(&said)));
        let marks: String = marks.iter().map(|mark| format!(" ({mark})")).collect();
        let text = preview(message.payload).unwrap_or_else(|| self.say(&note::empty_message()));
        // Faint (SGR 2, ECMA-48 section 8.3.117): what is ours, or the broker's.
        let line = format!("\x1b[2m{}{marks}\x1b[0m {text}", visible(message.topic));
        self.data.screen.receive_line(now, &line);
    }

    fn look_for_answers(&mut self, now: Time, topic: &str, payload: &[u8]) {
        self.macros.hear(payload, false);
        if !self.data.replies.is_empty() {
            let found = self.data.replies.look_in_message(now, topic, payload);
            self.replied(found);
        }
    }

    /// The user publishes a message.
    pub(super) fn publish(&mut self, now: Time, publication: Publication) {
        match self.hand_publication(now, publication) {
            Ok(()) => {
                self.handed.was_typed();
                self.accepted();
            }
            Err(why) => self.refuse(why, true),
        }
    }

    /// Hands it out and writes it in the terminal, or says why not.
    pub(super) fn hand_publication(&mut self, now: Time, publication: Publication) -> Result<(), Said> {
        if !matches!(self.profile.link, Link::Mqtt(_)) {
            return Err(words::no_broker());
        }
        crate::topic::check_name(&publication.topic).map_err(|why| words::not_sent(&why))?;
        self.may_send(publication.len())?;
        let text = preview(&publication.payload).unwrap_or_else(|| self.say(&note::empty_message()));
        let kept = if publication.retain { format!(" ({})", self.say(&note::to_be_kept())) } else { String::new() };
        self.data.note(now, Mark::Sent, &format!("{}{kept} {text}", publication.topic));
        self.account_for(now, publication.len(), &publication.payload);
        self.handed.add(&publication.topic);
        self.outputs.push_back(crate::input::Output::Publish(publication));
        Ok(())
    }

    /// The topic for what names none, where the link is to a broker; `None` where it is to something else.
    pub(super) fn usual_topic(&self) -> Option<Result<String, Said>> {
        match &self.profile.link {
            Link::Mqtt(mqtt) => Some(mqtt.publish.clone().ok_or_else(words::no_topic)),
            _ => None,
        }
    }
}

/// A payload for people: text without anything that hides, else its first bytes; `None` where it is empty.
fn preview(payload: &[u8]) -> Option<String> {
    if payload.is_empty() {
        return None;
    }
    let text = std::str::from_utf8(payload).ok().filter(|text| {
        let hides = |ch: char| ch.is_control() && !matches!(ch, '\n' | '\r' | '\t');
        !text.chars().take(SHOWN).any(hides)
    });
    let len = payload.len();
    Some(match text {
        Some(text) => {
            let one_line: String =
                text.trim_end().chars().take(SHOWN).map(|ch| if ch.is_control() { ' ' } else { ch }).collect();
            let more = if one_line.len() < text.trim_end().len() { format!(" … ({len} B)") } else { String::new() };
            visible(&one_line) + &more
        }
        None => {
            let head: Vec<String> = payload.iter().take(SHOWN_BYTES).map(|byte| format!("{byte:02x}")).collect();
            let more = if len > SHOWN_BYTES { format!(" … ({len} B)") } else { String::new() };
            head.join(" ") + &more
        }
    })
}

/// What stands beside a payload, each with its name.
fn beside(properties: &Properties) -> impl Iterator<Item = Said> {
    let Properties { content_type, response_topic, correlation, user } = properties;
    let text = |named: fn(&str) -> Said, text: &str| (!text.is_empty()).then(|| named(&visible(text)));
    let correlation = preview(correlation).map(|correlation| note::correlation(&correlation));
    let own = user.iter().map(|(name, value)| Said::verbatim(&format!("{}={}", visible(name), visible(value))));
    let known = [text(note::content_type, content_type), text(note::response_topic, response_topic), correlation];
    known.into_iter().flatten().chain(own)
}
