//! The session proper: its state, and which part of it takes which input.

mod account;
mod bulk;
mod connection;
mod data;
mod echo;
mod handed;
mod http;
mod identity;
mod lines;
mod log;
mod macros;
mod many;
mod message;
mod notes;
mod order;
mod origin;
mod ping;
mod reads;
mod receive;
mod secret;
mod send;
mod silence;
mod sources;
mod transfer;
mod tunnel;

use crate::answer::{Answers, Decimals};
use crate::evidence::Evidence;
use crate::input::{CloseKind, Input, Output};
use crate::link::{Line, Link};
use crate::profile::{Profile, ProfileError};
use crate::query::{LinkState, Mark};
use crate::reconnect::Reconnect;
use crate::signal::Signals;
use crate::wire::Event;
use crate::words::{Language, Said, note, profile as mistakes};
use codec::{Codec, Protocol};
use data::Data;
pub(crate) use data::REJECTED;
use std::collections::VecDeque;
use std::fmt;
use store::Time;

/// Everything about one device: its profile in force, its link's state, what it said and what can be asked of that.
///
/// The rule of use: one [`Session::handle_input`], then [`Session::poll_output`] until it returns `None`, then
/// [`Session::poll_timeout`] for when to bring [`Input::Timeout`]. The session does nothing by itself and knows no time
/// but the one it is given.
pub struct Session {
    pub(crate) profile: Profile,
    pub(crate) codec: Codec,
    /// Lent to the framer at every call; its length is the frame limit.
    frame: Vec<u8>,
    /// Lent to the framer's fast path.
    run: Vec<u8>,
    /// What is known of the topics that messages came on.
    pub(crate) sources: sources::Sources,
    pub(crate) data: Data,
    pub(crate) state: LinkState,
    pub(crate) since: Time,
    reconnect: Reconnect,
    /// Since when data is missing, while the link is gone.
    pub(crate) gone: Option<Time>,
    silence: silence::Silence,
    /// The byte after which the line was at rest, where that was acted upon.
    rested: Option<Time>,
    /// The line's control signals, where the link is open and has told of any.
    pub(crate) signals: Option<Signals>,
    /// Whether the device is the one that is meant, and how many were not.
    identified: identity::Identified,
    /// What was held back until it was known, on its way to be taken.
    held: VecDeque<identity::Chunk>,
    strangers: u8,
    /// It has just said that it is the one.
    tells_identity: bool,
    /// How the link ended last.
    pub(crate) ended: Option<CloseKind>,
    /// What was counted of the line when it was opened: what comes of it is counted from there.
    line_before: Evidence,
    /// The settings that a port was opened with last.
    pub(crate) line: Option<Line>,
    /// Why the last try to open the link failed, while the next one is under way.
    pub(crate) failed: Option<String>,
    /// Whether the page has been told that the link is closed.
    told: bool,
    /// Bytes handed out to be transmitted that have not left yet.
    outstanding: usize,
    handed: handed::Handed,
    /// A refusal was told, and nothing was accepted since.
    refusal: bool,
    /// What each piece that was handed out has left of itself.
    pieces: std::collections::VecDeque<send::Piece>,
    /// When a command marked as dangerous was last sent.
    danger: Option<Time>,
    /// File transfers.
    pub(crate) files: transfer::Files,
    /// Lines that wait to be sent.
    lines: Option<lines::Lines>,
    pub(crate) macros: macros::Macros,
    /// What is known of a device behind a gateway.
    pub(crate) reached: Option<crate::query::Reached>,
    /// The size of the terminal that the device was told, and whether its flood of questions was said.
    window: Option<(u16, u16)>,
    told_flood: bool,
    /// That there is nothing where the profile looks was said.
    told_select: bool,
    /// The line that the device has begun, and which may be a question.
    prompt: secret::Prompt,
    /// What of the present connection's subscriptions was refused last, as a sentence.
    pub(crate) not_subscribed: Option<String>,
    /// Lines whose echo is awaited.
    echo: echo::Echo,
    /// When the device was asked last whether it is there.
    pinged: Option<Time>,
    outputs: VecDeque<Output>,
    /// Every device, where the link leads to many.
    pub(crate) many: Option<many::Many>,
    pub(crate) answered: Answers,
    pub(crate) decimals: Decimals,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Session { profile, state, .. } = self;
        f.debug_struct("Session").field("profile", &profile.name).field("state", state).finish_non_exhaustive()
    }
}

/// Memory for one run of frames.
const RUN_BYTES: usize = 64 << 10;

/// Opens the protocol of a profile.
pub(crate) fn open(profile: &Profile) -> Result<Codec, ProfileError> {
    let whole = ProfileError::whole;
    let protocol = Protocol::find(&profile.protocol).ok_or_else(|| whole(mistakes::no_protocol(&profile.protocol)))?;
    protocol.open(&profile.settings).map_err(|error| whole(crate::words::codec::refused(&error)))
}

/// A buffer of the frame limit.
fn buffer(limit: usize) -> Vec<u8> {
    vec![0; limit]
}

impl Session {
    /// A session whose link is closed; [`Input::Open`] opens it.
    ///
    /// # Errors
    /// A profile whose protocol cannot be opened, which [`Profile::parse`] has refused already, or whose link was
    /// changed into one that cannot be opened.
    pub fn new(profile: &Profile, now: Time) -> Result<Session, ProfileError> {
        profile.link.check().map_err(ProfileError::whole)?;
        let codec = open(profile)?;
        let data = Data::new(profile).ok_or_else(|| ProfileError::whole(mistakes::no_memory()))?;
        Ok(Session {
            frame: buffer(codec.limit_bytes),
            codec,
            run: vec![0; RUN_BYTES],
            sources: sources::Sources::new(profile),
            data,
            state: LinkState::Closed { why: String::new() },
            since: now,
            reconnect: Reconnect::new(&profile.link, now),
            gone: None,
            silence: silence::Silence::default(),
            rested: None,
            signals: None,
            identified: identity::Identified::default(),
            held: VecDeque::new(),
            strangers: 0,
            tells_identity: false,
            ended: None,
            line_before: Evidence::default(),
            line: None,
            failed: None,
            told: true,
            outstanding: 0,
            handed: handed::Handed::default(),
            refusal: false,
            pieces: std::collections::VecDeque::new(),
            danger: None,
            files: transfer::Files::default(),
            lines: None,
            macros: macros::Macros::default(),
            reached: None,
            window: None,
            told_flood: false,
            told_select: false,
            prompt: secret::Prompt::default(),
            not_subscribed: None,
            echo: echo::Echo::default(),
            pinged: None,
            outputs: VecDeque::new(),
            many: many::Many::of(profile)?,
            answered: Answers::new(),
            decimals: Decimals::default(),
            profile: profile.clone(),
        })
    }

    /// The profile in force.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Has the link opened otherwise from the next opening on: at another speed, by another port. What was received stays
    /// as it is.
    ///
    /// # Errors
    /// A link that cannot be opened; then the one before stays.
    pub fn set_link(&mut self, now: Time, link: &Link) -> Result<(), ProfileError> {
        link.check().map_err(ProfileError::whole)?;
        if let (Some(old), Some(new)) = (self.profile.link.line(), link.line())
            && old != new
        {
            let (format, before) = (new.format_and_flow(), old.format_and_flow());
            let said = match format == before {
                true => note::baud(new.baud, old.baud),
                false => note::line(new.baud, &format, old.baud, &before),
            };
            self.data.tell(now, Mark::Gap, &said);
        }
        self.profile.link = link.clone();
        self.reconnect.set_link(link);
        Ok(())
    }

    /// What was counted of the line since it was opened last.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.data.evidence().since(&self.line_before)
    }

    /// Whether the protocol is one of lines of text, so that unreadable characters are evidence against the speed.
    #[must_use]
    pub fn textual(&self) -> bool {
        self.profile.textual()
    }

    /// Puts another profile in force. What was decoded stays as it was, under the schemas it was decoded with; new
    /// samples go to new tables (faults F20). What is pending of a frame goes to the new framer, since not every framing
    /// finds the next frame by itself; of a line of text, which has been shown, it is skipped. Neither is so where nothing that is
    /// decoded has changed, as when a macro was edited. The open link is left as it is; a
    /// changed `[link]` counts from the next opening on.
    ///
    /// # Errors
    /// As [`Session::new`]; then the profile before stays in force.
    pub fn set_profile(&mut self, profile: &Profile, now: Time) -> Result<(), ProfileError> {
        profile.link.check().map_err(ProfileError::whole)?;
        self.answered.clear();
        if self.profile.reads_as(profile) && self.sources.are_of(profile) {
            // What is decoded, and how, is as it was: nothing of it need be interrupted.
            self.reconnect.set_link(&profile.link);
            self.profile = profile.clone();
            if let Some(many) = &mut self.many {
                many.tell_how(profile);
            }
            return Ok(());
        }
        let codec = open(profile)?;
        let many = many::Many::of(profile)?;
        let half = self.take_half();
        self.drop_pending(now);
        self.frame = buffer(codec.limit_bytes);
        self.codec = codec;
        self.sources = sources::Sources::new(profile);
        self.data.set_profile(&self.profile, profile, now);
        self.many = many;
        self.reconnect.set_link(&profile.link);
        self.profile = profile.clone();
        self.give_half(now, &half);
        Ok(())
    }

    /// Takes one input that happened at `now`, in nanoseconds since the Unix epoch; then drain
    /// [`Session::poll_output`].
    pub fn handle_input(&mut self, now: Time, input: Input<'_>) {
        match input {
            Input::Open => self.open(now),
            Input::Disconnect => self.disconnect(now),
            Input::Opening => self.opening(now),
            Input::Opened => self.opened(now),
            Input::Bytes { bytes, message_end } => self.bytes(now, bytes, message_end),
            Input::EndOfInput => self.end_of_input(now),
            Input::LineError(error) => self.line_error(now, error),
            Input::Closed(reason) => self.closed(now, reason),
            Input::Send { bytes, wrap } => self.send(now, bytes, wrap),
            Input::SendSecret(bytes) => self.send_secret(now, bytes),
            Input::Command { name, args } => self.command(now, name, args),
            Input::DryRun { number, name, args } => self.dry_run(number, name, args),
            Input::Transmitted(len) => self.transmitted(now, len),
            Input::NotTransmitted { len, why } => self.not_transmitted(len, why),
            Input::Declined { len, status, why } => self.declined(len, status, why),
            Input::Plugged => self.plugged(now),
            Input::Timeout => {}
            Input::SendFiles { protocol, files } => self.send_files(now, protocol, files),
            Input::ReceiveFiles { protocol, name } => self.receive_files(now, protocol, name),
            Input::CancelTransfer => self.cancel_transfer(now),
            Input::DismissOffer => self.dismiss_offer(now),
            Input::Signals(signals) => self.signals(now, signals),
            Input::SendLines { lines, pause_millis, prompt } => self.send_lines(now, lines, pause_millis, prompt),
            Input::StopLines => self.stop_lines(&crate::words::send::stopped()),
            Input::Keys(bytes) => self.keys(now, bytes),
            Input::RunMacro { name, steps } => self.run_macro(now, name, steps),
            Input::StopMacro => self.stop_macro(),
            Input::Reached(reached) => self.reached(reached),
            Input::GivenUp(bytes) => self.given_up(now, bytes),
            Input::TelnetLeftOut { flood, unreadable } => self.telnet_left_out(now, flood, unreadable),
            Input::Message(message) => self.message(now, &message),
            Input::Publish(publication) => self.publish(now, publication),
            Input::Published { topic, len } => self.published(now, topic, len),
            Input::NotPublished { topic, len, why } => self.not_published(now, topic, len, why),
            Input::CommandMany { name, args, devices } => self.command_many(now, name, args, devices),
            Input::StopCommandMany => self.stop_bulk(),
            Input::Answered(answered) => self.answered_so(now, answered),
            Input::Woke { seconds } => self.woke(now, seconds),
            Input::Remark(text) => self.data.note(now, Mark::Gap, text),
            Input::NotSubscribed(text) => {
                self.data.note(now, Mark::Gap, text);
                self.not_subscribed = Some(text.to_owned());
            }
            Input::Head { bytes, zone } => self.head(bytes, zone),
        }
        self.timeout(now);
        self.go_on_with_bulk(now);
        self.pump(now);
        self.advance_macro(now);
        self.data.touch(now);
    }

    /// The next thing to do; `None` when there is nothing more.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When [`Input::Timeout`] is wanted at the latest; `None` for not at all. It may come early or late.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Time> {
        let retry = match self.state {
            LinkState::Waiting { until_nanos, .. } => until_nanos.map(Time),
            _ => None,
        };
        let data = &self.data;
        let until = [
            retry,
            self.rest_until(),
            self.silence_until(),
            self.ping_at(),
            self.identity_until(),
            data.replies.until(),
            data.notes.until(),
            self.files.until(),
            self.lines.as_ref().map(lines::Lines::until),
            self.macros.until(),
            self.bulk_until(),
            self.echo_until(),
        ];
        until.into_iter().flatten().min()
    }

    /// Whatever is due by now.
    fn timeout(&mut self, now: Time) {
        if let LinkState::Waiting { until_nanos: Some(until), .. } = self.state
            && now.0 >= until
        {
            self.begin_opening(now);
        }
        self.end_at_rest(now);
        self.look_at_silence(now);
        self.ping(now);
        self.look_at_identity(now);
        for name in self.data.replies.expire(now) {
            self.expired(name);
        }
        self.data.flush_notes(now);
        self.look_at_echoes(now);
        self.go_on_sending(now);
    }

    fn expired(&mut self, name: String) {
        self.data.counters.expired = self.data.counters.expired.saturating_add(1);
        self.event(Event::Expired { name });
    }

    /// In which language what is said from now on is said. What was said already stays as it was.
    pub fn set_language(&mut self, language: Language) {
        self.data.language = language;
    }

    /// Words for people, in the language in force.
    fn say(&self, words: &Said) -> String {
        words.say(self.data.language).to_owned()
    }

    fn event(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }
}
