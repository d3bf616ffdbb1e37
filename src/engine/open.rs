//! What the page knows of an open session without asking, and what its views keep of it.
//!
//! A workspace is made anew whenever its session is shown. What the user set up, chose or typed there, and what happened
//! meanwhile, stays in the parts that the views keep; samples never do.

use super::in_force::numbered;
use session::link::Link;
use session::wire::{Event, SessionId};
use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// What the page knows of a session without asking.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Its number.
    pub id: SessionId,
    /// What it is called.
    pub name: String,
    /// Which of those of its name it is, from 1.
    pub(super) number: u32,
    /// The link that was asked for.
    pub link: Link,
    /// The profile's text, as it is in force.
    pub profile: String,
    /// As it was when the session began: it came from somewhere, and is there still.
    pub begun: String,
    /// Why it could not even begin: the line of its profile, 0 for the whole of it, and what is wrong there.
    pub unusable: Option<(u32, String)>,
    kept: Kept,
}

/// What a view keeps of a session: signals that outlive its components, and what need not be watched ([`Unwatched`]). Each
/// view declares a type of its own.
pub trait Part: Clone + Send + Sync + 'static {
    /// As it is when the view is shown for the first time.
    fn first(open: &Open) -> Self;

    /// Something happened to the session, whether it is on the screen or not. Every event comes, in order.
    fn heard(&self, _event: &Event) {}

    /// Another profile is in force.
    fn in_force(&self, _open: &Open) {}

    /// Another worker holds the session now: what speaks of data received before means nothing any more.
    fn begin_again(&self) {}
}

impl Open {
    /// A session that is begun.
    pub(super) fn new(id: SessionId, name: String, link: Link, profile: String) -> Open {
        Open { id, name, number: 1, link, begun: profile.clone(), profile, unusable: None, kept: Kept::default() }
    }

    /// What it is called where people read it: its profile may have a word for that in the language in force.
    #[must_use]
    pub fn shown_name(&self) -> String {
        crate::words::device::session(&self.called(), &self.profile)
    }

    /// What it is called, with a number where another session has that name.
    #[must_use]
    pub fn called(&self) -> String {
        numbered(&self.name, self.number)
    }

    /// What the views that declared `P` keep of this session.
    #[must_use]
    pub fn part<P: Part>(&self) -> P {
        let known = self.kept.parts();
        let known = known.iter().find_map(|part| (&**part as &dyn Any).downcast_ref::<P>().cloned());
        known.unwrap_or_else(|| {
            let part = P::first(self);
            self.kept.0.with(|parts| parts.push(Arc::new(part.clone())));
            part
        })
    }

    /// Tells every part what happened.
    pub(super) fn heard(&self, event: &Event) {
        self.kept.parts().iter().for_each(|part| part.heard(event));
    }

    /// Tells every part that another profile is in force.
    pub(super) fn in_force(&self) {
        self.kept.parts().iter().for_each(|part| part.in_force(self));
    }

    /// Tells every part that another worker took over.
    pub(super) fn begin_again(&self) {
        self.kept.parts().iter().for_each(|part| part.begin_again());
    }
}

/// A value that is kept without a signal. Clones are the same value.
#[derive(Default)]
pub struct Unwatched<T>(Arc<Mutex<T>>);

impl<T> Clone for Unwatched<T> {
    fn clone(&self) -> Self {
        Unwatched(Arc::clone(&self.0))
    }
}

impl<T> Unwatched<T> {
    /// Keeps it.
    pub fn new(value: T) -> Unwatched<T> {
        Unwatched(Arc::new(Mutex::new(value)))
    }

    /// Reads or changes it. Nothing that asks for it again may be called meanwhile.
    pub fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One part of each type. Clones are the same parts.
#[derive(Clone, Default)]
struct Kept(Unwatched<Vec<Arc<dyn Held>>>);

impl Kept {
    /// The parts there are: to be told without being held, since one may ask for another.
    fn parts(&self) -> Vec<Arc<dyn Held>> {
        self.0.with(|parts| parts.clone())
    }
}

impl PartialEq for Kept {
    /// What views keep makes no other session.
    fn eq(&self, _: &Kept) -> bool {
        true
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// A part whose type is known to its views only.
trait Held: Any + Send + Sync {
    fn heard(&self, event: &Event);
    fn in_force(&self, open: &Open);
    fn begin_again(&self);
}

impl<P: Part> Held for P {
    fn heard(&self, event: &Event) {
        Part::heard(self, event);
    }

    fn in_force(&self, open: &Open) {
        Part::in_force(self, open);
    }

    fn begin_again(&self) {
        Part::begin_again(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::*;
    use session::link::Demo;

    #[derive(Clone)]
    struct Typed(ArcRwSignal<String>);

    impl Part for Typed {
        fn first(open: &Open) -> Typed {
            Typed(ArcRwSignal::new(open.name.clone()))
        }

        fn begin_again(&self) {
            self.0.set("again".to_owned());
        }
    }

    #[derive(Clone)]
    struct Told(ArcRwSignal<Vec<Event>>);

    impl Part for Told {
        fn first(_: &Open) -> Told {
            Told(ArcRwSignal::new(Vec::new()))
        }

        fn heard(&self, event: &Event) {
            self.0.update(|told| told.push(event.clone()));
        }
    }

    fn open() -> Open {
        Open::new(1, "drive".into(), Link::Demo(Demo { rate_hz: 10 }), String::new())
    }

    #[test]
    fn a_part_is_made_once_and_stays_with_its_session() {
        let (open, other) = (open(), open());
        assert_eq!(open.part::<Typed>().0.get_untracked(), "drive");
        open.clone().part::<Typed>().0.set("typed".to_owned());
        assert_eq!(open.part::<Typed>().0.get_untracked(), "typed");
        assert_eq!(other.part::<Typed>().0.get_untracked(), "drive");
        open.begin_again();
        assert_eq!(open.part::<Typed>().0.get_untracked(), "again");
    }

    #[test]
    fn every_event_is_heard_however_many_come_at_once() {
        let open = open();
        let told = open.part::<Told>();
        let expired = |name: &str| Event::Expired { name: name.to_owned() };
        let events = [Event::Opened, expired("a"), expired("b"), Event::ProfileAccepted];
        events.iter().for_each(|event| open.heard(event));
        assert_eq!(told.0.get_untracked(), events);
    }
}
