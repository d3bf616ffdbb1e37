//! The Q method of option negotiation (RFC 1143, section 7): who wants what, so that no loop can come about.

use super::TelnetOption;

/// What one side says about an option (RFC 854).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Will,
    Wont,
    Do,
    Dont,
}

impl Verb {
    pub(super) fn from_code(code: u8) -> Option<Verb> {
        [Verb::Will, Verb::Wont, Verb::Do, Verb::Dont].into_iter().find(|verb| verb.code() == code)
    }

    pub(super) fn code(self) -> u8 {
        match self {
            Verb::Will => 251,
            Verb::Wont => 252,
            Verb::Do => 253,
            Verb::Dont => 254,
        }
    }

    /// What we say of our own side.
    pub(super) fn ours(on: bool) -> Verb {
        if on { Verb::Will } else { Verb::Wont }
    }

    /// What we say of the device's side.
    pub(super) fn theirs(on: bool) -> Verb {
        if on { Verb::Do } else { Verb::Dont }
    }

    /// Heard: DO and DONT are about us.
    pub(super) fn is_about_us(self) -> bool {
        matches!(self, Verb::Do | Verb::Dont)
    }

    pub(super) fn wants_on(self) -> bool {
        matches!(self, Verb::Will | Verb::Do)
    }
}

/// One side of one option. The opposite may be waiting behind an answer that is not here yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    No,
    Yes,
    WantNo {
        opposite: bool,
    },
    WantYes {
        opposite: bool,
    },
}

/// One side of all options.
#[derive(Clone, Debug, Default)]
pub(super) struct Negotiation {
    states: [State; TelnetOption::ALL.len()],
}

impl Negotiation {
    /// Whether it is in force.
    pub(super) fn on(&self, option: TelnetOption) -> bool {
        // Asked to be off, it is off as soon as we have said so; asked to be on, only with the answer.
        self.get(option) == State::Yes
    }

    /// Whether we asked for it, and the answer is not here yet.
    pub(super) fn asked(&self, option: TelnetOption) -> bool {
        matches!(self.get(option), State::WantYes { .. })
    }

    /// We want it on or off; `Some` with what to say, if anything is to be said now.
    pub(super) fn ask(&mut self, option: TelnetOption, on: bool) -> Option<bool> {
        let (next, say) = match (self.get(option), on) {
            (State::No, true) => (State::WantYes { opposite: false }, Some(true)),
            (State::Yes, false) => (State::WantNo { opposite: false }, Some(false)),
            (State::WantNo { .. }, on) => (State::WantNo { opposite: on }, None),
            (State::WantYes { .. }, on) => (State::WantYes { opposite: !on }, None),
            (state, _) => (state, None),
        };
        self.set(option, next);
        say
    }

    /// The device said on or off of an option that we allow; `Some` with what to answer.
    pub(super) fn hear(&mut self, option: TelnetOption, on: bool) -> Option<bool> {
        let (next, say) = match (self.get(option), on) {
            (State::No, true) => (State::Yes, Some(true)),
            (State::Yes, false) => (State::No, Some(false)),
            (State::WantNo { opposite: true }, true) | (State::WantYes { opposite: false }, true) => (State::Yes, None),
            (State::WantNo { opposite: false }, _) | (State::WantYes { .. }, false) => (State::No, None),
            (State::WantNo { opposite: true }, false) => (State::WantYes { opposite: false }, Some(true)),
            (State::WantYes { opposite: true }, true) => (State::WantNo { opposite: false }, Some(false)),
            (state, _) => (state, None),
        };
        self.set(option, next);
        say
    }

    fn get(&self, option: TelnetOption) -> State {
        self.states.get(option.place()).copied().unwrap_or_default()
    }

    fn set(&mut self, option: TelnetOption, state: State) {
        if let Some(place) = self.states.get_mut(option.place()) {
            *place = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Negotiation, TelnetOption};

    const ECHO: TelnetOption = TelnetOption::Echo;

    #[test]
    fn f48_two_sides_that_both_want_it_on_do_not_loop() {
        let mut side = Negotiation::default();
        assert_eq!(side.ask(ECHO, true), Some(true));
        // Theirs crosses ours: no second answer.
        assert_eq!(side.hear(ECHO, true), None);
        assert!(side.on(ECHO));
        assert_eq!(side.hear(ECHO, true), None);
    }

    #[test]
    fn a_change_of_mind_waits_for_the_answer() {
        let mut side = Negotiation::default();
        assert_eq!(side.ask(ECHO, true), Some(true));
        assert_eq!(side.ask(ECHO, false), None);
        assert_eq!(side.hear(ECHO, true), Some(false));
        assert!(!side.on(ECHO));
        assert_eq!(side.ask(ECHO, true), None);
        assert_eq!(side.hear(ECHO, false), Some(true));
        assert_eq!(side.hear(ECHO, true), None);
        assert!(side.on(ECHO));
    }

    #[test]
    fn a_refusal_is_taken_and_not_asked_again() {
        let mut side = Negotiation::default();
        assert_eq!(side.ask(ECHO, true), Some(true));
        assert_eq!(side.hear(ECHO, false), None);
        assert!(!side.on(ECHO));
        assert_eq!(side.hear(ECHO, false), None);
    }
}
