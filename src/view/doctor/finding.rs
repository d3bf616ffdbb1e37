//! What is wrong, from what can be seen: pure, so that each failure can be tested.

use crate::browser::surroundings::Surroundings;
use session::CloseKind;
use session::evidence::{Evidence, Verdict};
use session::query::LinkState;

/// What is known of the session that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// Whether it is one of a serial port.
    pub(super) serial: bool,
    /// Whether its port is among those granted and plugged in.
    pub(super) plugged: bool,
    /// Its link.
    pub(super) state: LinkState,
    /// Why the link ended, if it did.
    pub(super) ended: Option<CloseKind>,
    /// Whether the user gave the port away.
    pub(super) released: bool,
    /// What came since the line was opened.
    pub(super) evidence: Evidence,
    /// The last of it, where that is told apart.
    pub(super) recent: Option<Evidence>,
    /// How long the line has been open, in nanoseconds.
    pub(super) open_nanos: i64,
    /// The speed that is set.
    pub(super) baud: u32,
    /// The speed that is being listened at, while the usual ones are tried.
    pub(super) trying: Option<u32>,
    /// What trying the usual speeds came to.
    pub(super) verdict: Option<Verdict>,
    /// The speed that made sense before it was changed.
    pub(super) before: Option<u32>,
    /// Whether the protocol is lines of text.
    pub(super) textual: bool,
    /// Whether any line is a good message of it.
    pub(super) plain: bool,
    /// Whether it is a server with files, which says nothing unasked.
    pub(super) store: bool,
}

/// Everything that is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    pub(super) around: Surroundings,
    /// Whether the browser has Web Serial here.
    pub(super) has_serial: bool,
    /// Ports granted and plugged in.
    pub(super) ports: usize,
    /// Sessions that are open.
    pub(super) open: usize,
    pub(super) session: Option<Seen>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// The page came by an address that browsers do not trust with ports.
    Insecure,
    /// A policy of the server, or of the page around this one, denies ports.
    Policy,
    /// The browser has no Web Serial.
    Unsupported,
    /// No port was granted yet, or none is plugged in.
    NoPort,
    /// Ports are there; nothing is open.
    Ready,
    /// Sessions are open, and none of them is looked at.
    Open,
    /// The port is given to another tool.
    Released,
    /// Somebody else has the port.
    Busy,
    /// The device is not there.
    Unplugged,
    /// The browser or the settings do not allow it, as its sentence says.
    Unusable(String),
    /// The link did not open or ended for another reason, as its sentence says.
    Failed(String),
    /// Another device answered, as the sentence says.
    Stranger(String),
    /// The user closed it.
    Closed,
    /// A file was read to its end.
    Read,
    /// It is being opened.
    Opening,
    /// It is open, and has been for a moment only.
    Listening,
    /// It is open, and has files to choose from.
    Store,
    /// It is open, and nothing comes.
    Silent,
    /// Bytes come, and make sense at another speed.
    WrongSpeed(u32),
    /// Bytes come, and make no sense: the speed is the likeliest cause.
    Senseless,
    /// Frames come, and none of their check sequences agrees.
    Checksum,
    /// The line reports errors, and most of what comes is good.
    Noisy,
    /// All is well.
    Well,
    /// The usual speeds are being tried; this one now.
    Trying(u32),
    /// Nothing came at any of the usual speeds.
    SilentAtAny,
    /// Bytes came, and make sense at none of the usual speeds, or at several.
    Unclear,
    /// It made sense at this speed, was changed, and does not any more.
    Changed(u32),
}

/// How long a device may be silent before that is worth a word, in nanoseconds.
const SILENT: i64 = 3_000_000_000;

impl Finding {
    /// The first thing that is wrong, in the order in which a connection comes about.
    pub(super) fn of(facts: &Facts) -> Finding {
        let serial = facts.session.as_ref().is_none_or(|seen| seen.serial);
        if serial && !facts.around.secure {
            return Finding::Insecure;
        }
        if serial && facts.around.policy == Some(false) {
            return Finding::Policy;
        }
        if serial && !facts.has_serial {
            return Finding::Unsupported;
        }
        match &facts.session {
            Some(seen) => Finding::of_session(seen),
            None if facts.ports == 0 => Finding::NoPort,
            None if facts.open > 0 => Finding::Open,
            None => Finding::Ready,
        }
    }

    fn of_session(seen: &Seen) -> Finding {
        if let Some(baud) = seen.trying {
            return Finding::Trying(baud);
        }
        match &seen.state {
            LinkState::Connected => Finding::of_line(seen),
            LinkState::Opening => Finding::Opening,
            LinkState::Closed { .. } if seen.released => Finding::Released,
            LinkState::Done => Finding::Read,
            LinkState::Closed { why } if why.is_empty() => Finding::Closed,
            LinkState::Closed { why } | LinkState::Waiting { why, .. } => match seen.ended {
                Some(CloseKind::InUse) => Finding::Busy,
                Some(CloseKind::Stranger) => Finding::Stranger(why.clone()),
                Some(CloseKind::Absent | CloseKind::Lost) if seen.serial && !seen.plugged => Finding::Unplugged,
                Some(CloseKind::Unusable) => Finding::Unusable(why.clone()),
                _ => Finding::Failed(why.clone()),
            },
        }
    }

    fn of_line(seen: &Seen) -> Finding {
        let evidence = &seen.evidence;
        // Any line is a good message of plain text, so there the characters decide.
        let by_bytes = seen.serial || seen.plain;
        let recent = seen.recent.as_ref().unwrap_or(evidence);
        let sense = if by_bytes { recent.makes_sense(seen.textual) } else { recent.messages_make_sense() };
        if let Some(Verdict::Fits(baud)) = seen.verdict
            && baud != seen.baud
        {
            return Finding::WrongSpeed(baud);
        }
        let silent = evidence.bytes == 0 && evidence.line_errors == 0;
        if silent && seen.store {
            return Finding::Store;
        }
        if silent && seen.verdict == Some(Verdict::Silent) {
            return Finding::SilentAtAny;
        }
        if silent && seen.open_nanos <= SILENT {
            return Finding::Listening;
        }
        if (silent || sense == Some(false))
            && let Some(before) = seen.before.filter(|before| *before != seen.baud)
        {
            return Finding::Changed(before);
        }
        if silent {
            return Finding::Silent;
        }
        if sense == Some(false) && recent.checksum_never_agrees() {
            return Finding::Checksum;
        }
        if sense == Some(false) {
            return if seen.verdict == Some(Verdict::Unclear) { Finding::Unclear } else { Finding::Senseless };
        }
        if evidence.line_errors > 0 { Finding::Noisy } else { Finding::Well }
    }
}

/// How far a connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    /// This far and further.
    Yes,
    /// Here it stopped.
    No,
    /// It did not come here.
    NotYet,
    /// Nobody can say: a browser lists a port only if it is both allowed and plugged in.
    Unknown,
}

/// The steps of a serial connection: the browser can, a port is allowed, plugged in, open; bytes come; they make sense.
pub(super) fn chain(facts: &Facts) -> [Reached; 6] {
    let finding = Finding::of(facts);
    let open = facts.session.as_ref().is_some_and(|seen| seen.state == LinkState::Connected);
    let came = facts.session.as_ref().is_some_and(|seen| seen.evidence.bytes > 0);
    let stop = match finding {
        Finding::Insecure | Finding::Policy | Finding::Unsupported => Some(0),
        Finding::NoPort => Some(3),
        Finding::Unusable(_) => Some(1),
        Finding::Unplugged => Some(2),
        Finding::Busy | Finding::Failed(_) => Some(3),
        Finding::Silent | Finding::SilentAtAny => Some(4),
        Finding::Changed(_) if !came => Some(4),
        Finding::Changed(_) | Finding::Unclear => Some(5),
        Finding::WrongSpeed(_) | Finding::Senseless | Finding::Checksum | Finding::Noisy | Finding::Stranger(_) => {
            Some(5)
        }
        _ => None,
    };
    // Which of the two is missing, the browser does not say: a port that is there may not be allowed, one that is allowed may
    // not be there.
    let never = facts.session.as_ref().is_some_and(|seen| seen.ended == Some(CloseKind::Absent));
    let unknown = match finding {
        Finding::NoPort => 1..3,
        Finding::Unplugged if never => 1..2,
        _ => 0..0,
    };
    // A port that was closed or given away may have been pulled out since.
    let away = facts.session.as_ref().is_some_and(|seen| seen.serial && !seen.plugged);
    let done = match (open, came) {
        _ if facts.session.is_none() => {
            // A browser lists a port only if it is both allowed and plugged in.
            if facts.ports > 0 { 3 } else { 1 }
        }
        (true, true) => 6,
        (true, false) => 4,
        (false, _) if away => 2,
        (false, _) => 3,
    };
    std::array::from_fn(|step| match stop {
        _ if unknown.contains(&step) => Reached::Unknown,
        Some(stop) if step == stop && finding != Finding::NoPort => Reached::No,
        Some(stop) if step == stop => Reached::NotYet,
        Some(stop) if step > stop => Reached::NotYet,
        Some(_) => Reached::Yes,
        None if step < done => Reached::Yes,
        None => Reached::NotYet,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::surroundings::System;

    fn facts() -> Facts {
        let around = Surroundings {
            secure: true,
            framed: false,
            policy: Some(true),
            system: System::Linux,
            browser: "Chromium 141".into(),
            origin: "http://127.0.0.1:8080".into(),
        };
        let evidence = Evidence { bytes: 1000, printable: 1000, frames: 20, good_bytes: 1000, ..Evidence::default() };
        let session = Some(Seen {
            serial: true,
            plugged: true,
            state: LinkState::Connected,
            ended: None,
            released: false,
            evidence,
            open_nanos: 10_000_000_000,
            baud: 115_200,
            trying: None,
            verdict: None,
            before: None,
            textual: true,
            recent: None,
            plain: false,
            store: false,
        });
        Facts { around, has_serial: true, ports: 1, open: 0, session }
    }

    fn with(change: impl FnOnce(&mut Facts)) -> Finding {
        let mut facts = facts();
        change(&mut facts);
        Finding::of(&facts)
    }

    fn seen(change: impl FnOnce(&mut Seen)) -> Finding {
        with(|facts| change(facts.session.as_mut().unwrap_or_else(|| unreachable!())))
    }

    fn closed(kind: CloseKind) -> impl FnOnce(&mut Seen) {
        move |seen| {
            seen.state = LinkState::Closed { why: "It did not open.".into() };
            seen.ended = Some(kind);
        }
    }

    #[test]
    fn over_a_network_what_is_not_selected_of_an_answer_is_no_nonsense() {
        let network = |evidence| seen(move |seen| (seen.serial, seen.evidence) = (false, evidence));
        let evidence = Evidence { bytes: 100_000, frames: 20, good_bytes: 900, ..Evidence::default() };
        assert_eq!(network(evidence), Finding::Well);
        assert_eq!(network(Evidence { rejected: 30, ..evidence }), Finding::Senseless);
        assert_eq!(network(Evidence { frames: 0, good_bytes: 0, ..evidence }), Finding::Senseless);
        assert_eq!(
            network(Evidence { bytes: 20, frames: 0, good_bytes: 0, ..evidence }),
            Finding::Well,
            "too little to tell"
        );
        // Lines of any kind are good messages of plain text.
        let plain = |printable| {
            let evidence = Evidence { printable, ..evidence };
            seen(move |seen| (seen.serial, seen.plain, seen.evidence) = (false, true, evidence))
        };
        assert_eq!((plain(900), plain(99_000)), (Finding::Senseless, Finding::Well));
        let store = |seen: &mut Seen| (seen.serial, seen.store, seen.evidence) = (false, true, Evidence::default());
        assert_eq!(seen(store), Finding::Store);
        assert_eq!(seen(|seen| (seen.serial, seen.state) = (false, LinkState::Done)), Finding::Read);
    }

    #[test]
    fn f17_a_checksum_that_never_agrees_is_no_wrong_speed() {
        let evidence = Evidence { bytes: 1000, rejected: 40, bad_checksum: 40, ..Evidence::default() };
        let of = |evidence| seen(move |seen| (seen.textual, seen.evidence) = (false, evidence));
        assert_eq!(of(evidence), Finding::Checksum);
        assert_eq!(of(Evidence { bad_checksum: 20, ..evidence }), Finding::Senseless, "other faults as well");
        assert_eq!(of(Evidence { line_errors: 9, ..evidence }), Finding::Senseless, "the line itself is at fault");
        assert_eq!(
            of(Evidence { skipped_bytes: 500, ..evidence }),
            Finding::Senseless,
            "noise, frames among it by chance"
        );
    }

    #[test]
    fn of_what_came_the_last_counts() {
        let before = Evidence { bytes: 2000, rejected: 3, ..Evidence::default() };
        let now = Evidence { bytes: 240, frames: 20, good_bytes: 240, ..Evidence::default() };
        let of = |recent| seen(move |seen| (seen.textual, seen.evidence, seen.recent) = (false, before, recent));
        assert_eq!((of(None), of(Some(now))), (Finding::Senseless, Finding::Well));
    }

    #[test]
    fn what_the_browser_denies_comes_before_everything_else() {
        assert_eq!(with(|facts| facts.around.secure = false), Finding::Insecure);
        assert_eq!(with(|facts| facts.around.policy = Some(false)), Finding::Policy);
        assert_eq!(with(|facts| facts.has_serial = false), Finding::Unsupported);
        // A session over a network needs none of that.
        let network = |facts: &mut Facts| {
            facts.has_serial = false;
            facts.session.as_mut().unwrap_or_else(|| unreachable!()).serial = false;
        };
        assert_eq!(with(network), Finding::Well);
    }

    #[test]
    fn s4_without_a_session_it_is_permission_that_is_missing_or_nothing() {
        let alone = |ports| {
            with(|facts| {
                facts.session = None;
                facts.ports = ports;
            })
        };
        assert_eq!((alone(0), alone(2)), (Finding::NoPort, Finding::Ready));
        let open = |facts: &mut Facts| (facts.session, facts.open) = (None, 2);
        assert_eq!(with(open), Finding::Open, "what is open is to be looked at first");
        let mut ready = facts();
        ready.session = None;
        assert_eq!(chain(&ready)[1..4], [Reached::Yes, Reached::Yes, Reached::NotYet], "it is listed, so it is there");
    }

    #[test]
    fn what_has_no_speed_is_not_told_of_one() {
        let mut there = facts();
        let seen = there.session.as_mut().unwrap_or_else(|| unreachable!());
        (seen.serial, seen.plugged, seen.baud) = (false, false, 0);
        for finding in [Finding::Senseless, Finding::Silent, Finding::Listening] {
            let (title, next) = super::super::told(&finding, &there);
            for wrong in ["baud", "speed", "cable", "Cable", "port", "wires"] {
                assert!(!title.contains(wrong) && !next.contains(wrong), "{finding:?}: {title} {next}");
            }
            let (wired, _) = super::super::told(&finding, &facts());
            assert_ne!(title, wired);
        }
    }

    #[test]
    fn f5_f9_why_a_link_is_closed_is_told_apart() {
        let why = || "It did not open.".to_owned();
        assert_eq!(seen(closed(CloseKind::InUse)), Finding::Busy);
        assert_eq!(seen(closed(CloseKind::Unusable)), Finding::Unusable(why()));
        assert_eq!(seen(closed(CloseKind::Refused)), Finding::Failed(why()));
        let unplugged = |seen: &mut Seen| {
            closed(CloseKind::Absent)(seen);
            seen.plugged = false;
        };
        assert_eq!(seen(unplugged), Finding::Unplugged);
        assert_eq!(seen(closed(CloseKind::Lost)), Finding::Failed(why()), "it is there, and ended all the same");
        let released = |seen: &mut Seen| {
            seen.state = LinkState::Closed { why: String::new() };
            seen.released = true;
        };
        assert_eq!(seen(released), Finding::Released);
        assert_eq!(seen(|seen| seen.state = LinkState::Closed { why: String::new() }), Finding::Closed);
    }

    #[test]
    fn f2_f12_silence_and_a_wrong_speed_are_told_apart() {
        assert_eq!(seen(|_| ()), Finding::Well);
        assert_eq!(seen(|seen| seen.evidence = Evidence::default()), Finding::Silent);
        let early = |seen: &mut Seen| (seen.evidence, seen.open_nanos) = (Evidence::default(), 1);
        assert_eq!(seen(early), Finding::Listening, "a device may take a moment");
        assert_eq!(seen(|seen| seen.evidence.printable = 90), Finding::Senseless);
        assert_eq!(seen(|seen| seen.evidence.line_errors = 2), Finding::Noisy);
        let storm = Evidence { line_errors: 200, ..Evidence::default() };
        assert_eq!(seen(|seen| seen.evidence = storm), Finding::Senseless, "only errors, not a byte");
        assert_eq!(seen(|seen| seen.verdict = Some(Verdict::Fits(9600))), Finding::WrongSpeed(9600));
        assert_eq!(seen(|seen| seen.verdict = Some(Verdict::Fits(115_200))), Finding::Well);
    }

    #[test]
    fn f2_the_finding_follows_the_trial_and_what_it_came_to() {
        let trying = |seen: &mut Seen| {
            (seen.state, seen.trying) = (LinkState::Closed { why: String::new() }, Some(9600));
        };
        assert_eq!(seen(trying), Finding::Trying(9600));
        let nothing = |seen: &mut Seen| (seen.evidence, seen.verdict) = (Evidence::default(), Some(Verdict::Silent));
        assert_eq!(seen(nothing), Finding::SilentAtAny);
        assert_eq!(seen(|seen| seen.verdict = Some(Verdict::Silent)), Finding::Well, "it began to speak since");
        let none = |seen: &mut Seen| (seen.evidence.printable, seen.verdict) = (90, Some(Verdict::Unclear));
        assert_eq!(seen(none), Finding::Unclear);
    }

    #[test]
    fn f2_a_speed_that_was_changed_is_blamed_before_the_device() {
        let changed = |evidence: Evidence| {
            seen(move |seen| (seen.baud, seen.before, seen.evidence) = (12_345, Some(115_200), evidence))
        };
        assert_eq!(changed(Evidence::default()), Finding::Changed(115_200), "silent since");
        let garbage = Evidence { bytes: 1000, printable: 90, ..Evidence::default() };
        assert_eq!(changed(garbage), Finding::Changed(115_200), "garbage since");
        let text = Evidence { bytes: 1000, printable: 1000, ..Evidence::default() };
        assert_eq!(changed(text), Finding::Well, "the device was changed too");
    }

    #[test]
    fn a_released_port_without_its_device_is_not_plugged_in() {
        let mut away = facts();
        let seen = away.session.as_mut().unwrap_or_else(|| unreachable!());
        (seen.state, seen.released, seen.plugged) = (LinkState::Closed { why: String::new() }, true, false);
        assert_eq!(Finding::of(&away), Finding::Released);
        assert_eq!(chain(&away)[1..3], [Reached::Yes, Reached::NotYet]);
    }

    #[test]
    fn the_chain_ends_where_it_failed() {
        use Reached::{No, NotYet, Unknown, Yes};
        assert_eq!(chain(&facts()), [Yes; 6]);
        let mut silent = facts();
        silent.session.as_mut().unwrap_or_else(|| unreachable!()).evidence = Evidence::default();
        assert_eq!(chain(&silent), [Yes, Yes, Yes, Yes, No, NotYet]);
        let mut nothing = facts();
        (nothing.session, nothing.ports) = (None, 0);
        assert_eq!(
            chain(&nothing),
            [Yes, Unknown, Unknown, NotYet, NotYet, NotYet],
            "allowed and away, or the reverse"
        );
        let mut gone = facts();
        let seen = gone.session.as_mut().unwrap_or_else(|| unreachable!());
        closed(CloseKind::Lost)(seen);
        seen.plugged = false;
        assert_eq!(chain(&gone)[..4], [Yes, Yes, No, NotYet], "it was open before");
        gone.session.as_mut().unwrap_or_else(|| unreachable!()).ended = Some(CloseKind::Absent);
        assert_eq!(chain(&gone)[..4], [Yes, Unknown, No, NotYet], "whether it is still allowed is not known");
        nothing.has_serial = false;
        assert_eq!(chain(&nothing), [No, NotYet, NotYet, NotYet, NotYet, NotYet]);
    }
}
