//! What the panels of a workspace share, and what is kept of it while another session is on the screen and for the next
//! visit: the plot's window, its series, whether it is shown as a table.

use super::SECOND;
use super::choices;
use super::fields;
use super::state::{PlotState, Window};
use super::times::{self, Times};
use crate::browser::clock::Pace;
use crate::engine::{Engine, Open, Part, Unwatched};
use crate::remembered::choices::Choices;
use leptos::prelude::*;
use session::profile::Layout;
use session::query::{Answer, FieldId, Message, Query};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the panels of a workspace share: the latest readings and what is plotted.
#[derive(Clone, Copy)]
pub struct Shared {
    /// The plot's state.
    pub plot: RwSignal<PlotState>,
    /// The plotted fields, in the order of their colours; `None` until there are any.
    pub chosen: RwSignal<Option<Vec<FieldId>>>,
    /// What the times by the device's clock are, if the profile names it.
    pub clocked: Memo<Option<Times>>,
    /// Whether the device has told a time by it.
    pub told: Memo<bool>,
    /// Whether it is of a file: then nothing comes that it could be kept from following.
    pub file: bool,
    /// Whether the plot is shown as a table.
    pub as_table: RwSignal<bool>,
    /// The message whose rows that table shows; `None` until the user chose.
    pub message: RwSignal<Option<u16>>,
    /// Every field's latest reading, a few times a second.
    pub readings: RwSignal<Option<Arc<Answer>>>,
    /// When gaps began and frames were rejected, once a second.
    pub happenings: RwSignal<Option<Arc<Answer>>>,
    /// Whether the table of statistics is shown.
    pub statistics: RwSignal<bool>,
    /// Which tools are unfolded below the panel's head.
    pub tools: RwSignal<bool>,
}

impl Shared {
    /// What the plot's times are.
    #[must_use]
    pub fn times(&self) -> Times {
        let by_device = self.plot.with(|plot| plot.by_device);
        self.clocked.get().filter(|_| by_device).unwrap_or(Times::Instants)
    }

    /// Whether these are instants of the device's clock, and not those of arrival of a device that has told none.
    #[must_use]
    pub fn is_by_clock(&self) -> bool {
        self.plot.with(|plot| plot.by_device) && self.times() == Times::Instants && self.told.get()
    }

    /// The messages and their latest readings.
    pub fn messages<T>(&self, read: impl FnOnce(&[Message]) -> T) -> T {
        self.readings.with(|answer| match answer.as_deref() {
            Some(Answer::Values(messages)) => read(messages),
            _ => read(&[]),
        })
    }
}

/// Whether a reading is of the device's clock, which is not plotted by itself.
fn tells_time(answer: &Answer) -> bool {
    let Answer::Values(messages) = answer else { return false };
    messages.iter().any(|message| message.fields.iter().any(|reading| reading.unplotted))
}

/// The word that the statistics are shown.
const STATISTICS: &str = "statistics";

/// What the plot keeps.
#[derive(Clone)]
struct Kept {
    plot: ArcRwSignal<PlotState>,
    chosen: ArcRwSignal<Option<Vec<FieldId>>>,
    as_table: ArcRwSignal<bool>,
    message: ArcRwSignal<Option<u16>>,
    statistics: ArcRwSignal<bool>,
    tools: ArcRwSignal<bool>,
    followed: Unwatched<Followed>,
}

/// The profile's wishes that the plot follows, and the fields it chose for them: whatever else is chosen, the user chose.
#[derive(Default)]
struct Followed {
    layout: Option<Layout>,
    fields: Option<Vec<FieldId>>,
    /// The names of what is chosen, and of what of it is hidden: numbers mean nothing to another worker.
    names: Vec<String>,
    hidden: Vec<String>,
    /// What the user had chosen when the worker was replaced: it counts in place of the profile's wish.
    wish: Option<Vec<String>>,
    /// What was hidden then, until it has come.
    to_hide: Vec<String>,
    /// The window that did not stand still, and what was kept in the browser last.
    window: Option<Window>,
    said: Option<Vec<String>>,
}

/// Where it is kept in the browser what a plot shows and how. When the bytes of a `file` came says nothing about the next.
fn remembered(open: &Open) -> Option<Choices> {
    (!open.link.is_file()).then(|| Choices::of("plot", open))
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let file = open.link.is_file();
        let layout = layout_of(&open.profile, file);
        let mut plot = begun(layout.as_ref());
        if file {
            // It comes all at once: the last seconds of it are not what one wants to see.
            plot.window = Window::Everything;
        }
        let before = remembered(open).map(|kept| kept.read()).unwrap_or_default();
        choices::read(&mut plot, &before);
        let wish = Some(choices::names(&before, "series")).filter(|names| !names.is_empty());
        let to_hide = choices::names(&before, "hidden");
        let statistics = before.iter().any(|word| word == STATISTICS);
        let plot = ArcRwSignal::new(plot);
        let followed = Unwatched::new(Followed { layout, wish, to_hide, ..Followed::default() });
        Kept {
            plot,
            chosen: ArcRwSignal::new(None),
            as_table: ArcRwSignal::new(false),
            message: ArcRwSignal::new(None),
            statistics: ArcRwSignal::new(statistics),
            tools: ArcRwSignal::new(false),
            followed,
        }
    }

    fn begin_again(&self) {
        self.plot.update(PlotState::begin_again);
        // Tables are numbered by what comes first: the same numbers may be other fields now.
        let chosen = self.chosen.get_untracked();
        self.followed.with(|followed| followed.begin_again(chosen.as_deref()));
        if chosen.is_some_and(|chosen| !chosen.is_empty()) {
            self.chosen.set(None);
        }
        self.message.set(None);
    }
}

/// Makes what the panels of one workspace share. Readings are asked for ten times a second: nobody reads faster.
#[must_use]
pub fn share(engine: Engine, open: &Open) -> Shared {
    let pace = Pace::of_reading();
    let readings = engine.ask_for(open.id, move || pace.due().then_some(Query::Values));
    let slow = Pace::every(SECOND);
    let happenings = engine.ask_for(open.id, move || slow.due().then_some(Query::Happenings));
    let kept = open.part::<Kept>();
    let id = open.id;
    let file = open.link.is_file();
    let shared = Shared {
        clocked: Memo::new(move |_| engine.profile(id).and_then(|text| times::of_profile(&text, file))),
        told: Memo::new(move |_| readings.with(|answer| answer.as_deref().is_some_and(tells_time))),
        file,
        plot: kept.plot.into(),
        chosen: kept.chosen.into(),
        as_table: kept.as_table.into(),
        message: kept.message.into(),
        readings,
        happenings,
        statistics: kept.statistics.into(),
        tools: kept.tools.into(),
    };
    let layout = Memo::new(move |_| engine.profile(id).and_then(|text| layout_of(&text, file)));
    let followed = kept.followed;
    let wishes = followed.clone();
    // The choice to follow, whether anything of the present one is sent any more, and the names of that.
    let seen = Memo::new(move |_| {
        let of_profile = || layout.with(|layout| layout.as_ref().map(|layout| layout.plot.clone())).unwrap_or_default();
        let wanted = wishes.with(|followed| followed.wish.clone()).unwrap_or_else(of_profile);
        let chosen = shared.chosen.get();
        shared.messages(|messages| {
            let old = |field: &FieldId| fields::superseded(messages, usize::from(field.table));
            let is_old = chosen.as_ref().is_some_and(|fields| !fields.is_empty() && fields.iter().all(old));
            let names = chosen.unwrap_or_default().into_iter().filter_map(|id| Some((id, fields::name(messages, id)?)));
            let mut first = fields::first_choice(messages, &wanted);
            if first.is_empty() {
                // Nothing of what was chosen in another visit is sent in this one.
                first = fields::first_choice(messages, &of_profile());
            }
            (first, is_old, names.collect::<Vec<_>>())
        })
    });
    let remembered = remembered(open);
    Effect::new(move |_| {
        let (layout, (first, old, names)) = (layout.get(), seen.get());
        let (hidden, statistics) = (shared.plot.with(|plot| plot.hidden.clone()), shared.statistics.get());
        let wished = begun(layout.as_ref());
        let before = followed.with(|followed| begun(followed.layout.as_ref()));
        if before.window != wished.window {
            shared.plot.set(wished.clone());
        } else if before.by_device != wished.by_device {
            shared.plot.update(|plot| plot.go_by(wished.by_device, plot.now((0, span(layout.as_ref())))));
        }
        // By a clock that is no longer named nothing can be asked.
        if shared.clocked.get().is_none() && shared.plot.with_untracked(|plot| plot.by_device) {
            shared.plot.update(|plot| plot.go_by(false, plot.now((0, span(layout.as_ref())))));
        }
        let chosen = shared.chosen.get_untracked();
        let (choice, hide, said) = followed.with(|followed| {
            let choice = followed.follow(layout, first, chosen.clone(), old);
            let hide = followed.note(&names, &hidden);
            let words = shared.plot.with_untracked(|plot| followed.words(plot, &wished, chosen.as_deref(), statistics));
            (choice, hide, followed.say(words))
        });
        if let Some((kept, said)) = remembered.as_ref().zip(said) {
            kept.keep(said);
        }
        if let Some(choice) = choice {
            shared.chosen.set(Some(choice));
        }
        if !hide.is_empty() {
            shared.plot.update(|plot| plot.hidden.extend(hide));
        }
    });
    shared
}

impl Followed {
    /// What is to be chosen now, if that is something else: the profile's choice as soon as its fields have come. The
    /// user's own stays, until the profile wishes something else or nothing of it is sent any more (`old`).
    fn follow(
        &mut self,
        layout: Option<Layout>,
        first: Vec<FieldId>,
        chosen: Option<Vec<FieldId>>,
        old: bool,
    ) -> Option<Vec<FieldId>> {
        if self.layout != layout || old {
            self.layout = layout;
            self.wish = None;
            self.fields.clone_from(&chosen);
        }
        if first.is_empty() || self.fields != chosen || chosen.as_ref() == Some(&first) {
            return None;
        }
        self.fields = Some(first);
        self.fields.clone()
    }

    /// Notes what is on the plot by name. Returns what is to be hidden: it was, before the worker was replaced.
    fn note(&mut self, names: &[(FieldId, String)], hidden: &BTreeSet<FieldId>) -> Vec<FieldId> {
        if names.is_empty() {
            return Vec::new();
        }
        let come = |name: &String| names.iter().find(|(_, known)| known == name).map(|(id, _)| *id);
        let hide: Vec<FieldId> = self.to_hide.iter().filter_map(come).collect();
        self.to_hide.retain(|name| come(name).is_none());
        self.names = names.iter().map(|(_, name)| name.clone()).collect();
        let is_hidden = |id: &FieldId| hidden.contains(id) || hide.contains(id);
        self.hidden = names.iter().filter(|(id, _)| is_hidden(id)).map(|(_, name)| name.clone()).collect();
        self.hidden.extend(self.to_hide.iter().cloned());
        hide
    }

    /// What is to be kept in the browser: the series that the user chose, what is hidden, and how it is drawn.
    fn words(
        &mut self,
        plot: &PlotState,
        own: &PlotState,
        chosen: Option<&[FieldId]>,
        statistics: bool,
    ) -> Vec<String> {
        if plot.is_live() {
            self.window = Some(plot.window);
        }
        let of = |kind: &'static str, names: &[String]| {
            names.iter().map(move |name| format!("{kind} {name}")).collect::<Vec<_>>()
        };
        let is_own = chosen.is_some_and(|chosen| !chosen.is_empty()) && self.fields.as_deref() != chosen;
        let series = if is_own { Some(&self.names) } else { self.wish.as_ref() };
        let mut words = choices::words(plot, self.window.unwrap_or(own.window), own);
        words.extend(statistics.then(|| STATISTICS.to_owned()));
        words.extend(of("hidden", if self.names.is_empty() { &self.to_hide } else { &self.hidden }));
        words.extend(of("series", series.map_or(&[][..], |names| names)));
        words
    }

    /// The words, if they are others than before.
    fn say(&mut self, words: Vec<String>) -> Option<Vec<String>> {
        let before = self.said.replace(words.clone())?;
        (before != words).then_some(words)
    }

    /// Another worker numbers its fields anew: what the user chose is found again by name.
    fn begin_again(&mut self, chosen: Option<&[FieldId]>) {
        let own = chosen.is_some_and(|chosen| !chosen.is_empty()) && self.fields.as_deref() != chosen;
        if own {
            self.wish = Some(std::mem::take(&mut self.names));
        }
        self.to_hide = std::mem::take(&mut self.hidden);
        self.fields = None;
    }
}

/// How a profile wishes it. When the bytes of a `file` arrived says nothing: it is drawn by the device's clock, if that is
/// in it.
fn layout_of(profile: &str, file: bool) -> Option<Layout> {
    session::Profile::parse(profile).ok().map(|profile| {
        let device_time = profile.layout.device_time || (file && profile.clock.is_some());
        Layout { device_time, ..profile.layout }
    })
}

/// The plot as a profile wishes it.
fn begun(layout: Option<&Layout>) -> PlotState {
    let by_device = layout.is_some_and(|layout| layout.device_time);
    PlotState { by_device, ..PlotState::live(span(layout)) }
}

/// The window a profile wishes, in nanoseconds.
fn span(layout: Option<&Layout>) -> i64 {
    layout.map_or(30, |layout| i64::from(layout.span_s)) * SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(tables: &[u16]) -> Vec<FieldId> {
        tables.iter().map(|table| FieldId { table: *table, field: 0 }).collect()
    }

    #[test]
    fn a_file_is_drawn_by_the_clock_that_is_in_it() {
        let profile = "name = \"Logger\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"csv\"\n";
        let clocked = format!("{profile}[clock]\nfield = \"t\"\n");
        let by_device = |text: &str, file| layout_of(text, file).map(|layout| layout.device_time);
        assert_eq!((by_device(profile, true), by_device(&clocked, false)), (Some(false), Some(false)));
        assert_eq!(by_device(&clocked, true), Some(true));
    }

    #[test]
    fn the_users_choice_stays_until_it_means_nothing_any_more() {
        let wish = |span_s| Some(Layout { span_s, ..Layout::default() });
        let mut followed = Followed { layout: wish(30), ..Followed::default() };
        let mut chosen = None;
        let mut follow = |first: &[u16], own: Option<&[u16]>, span_s, old| {
            if let Some(own) = own {
                chosen = Some(fields(own));
            }
            let choice = followed.follow(wish(span_s), fields(first), chosen.clone(), old);
            chosen = choice.clone().or(chosen.take());
            choice
        };
        assert_eq!(follow(&[], None, 30, false), None, "nothing has come");
        assert_eq!(follow(&[1], None, 30, false), Some(fields(&[1])));
        assert_eq!(follow(&[1, 2], None, 30, false), Some(fields(&[1, 2])), "more has come");
        assert_eq!(follow(&[1, 2, 3], Some(&[2]), 30, false), None, "the user chose");
        assert_eq!(follow(&[4], None, 30, true), Some(fields(&[4])), "what was chosen is sent no more");
        assert_eq!(follow(&[4], Some(&[]), 30, false), None, "nothing is a choice");
        assert_eq!(follow(&[], None, 60, false), None, "another wish, and its fields have not come");
        assert_eq!(follow(&[5], None, 60, false), Some(fields(&[5])));
    }
    #[test]
    fn f42_what_was_chosen_and_hidden_is_found_again_by_name() {
        let named = |names: &[(u16, &str)]| -> Vec<(FieldId, String)> {
            names.iter().map(|(table, name)| (fields(&[*table])[0], (*name).to_owned())).collect()
        };
        let mut followed = Followed { fields: Some(fields(&[1, 2])), ..Followed::default() };
        // The user took one away and hid the other.
        let hidden = fields(&[2]).into_iter().collect();
        assert!(followed.note(&named(&[(2, "drive.torque")]), &hidden).is_empty());
        followed.begin_again(Some(&fields(&[2])));
        assert_eq!(followed.wish.as_deref(), Some(&["drive.torque".to_owned()][..]));
        // In the next worker it has another number.
        assert_eq!(followed.note(&[], &BTreeSet::new()), []);
        assert_eq!(followed.follow(None, fields(&[0]), None, false), Some(fields(&[0])));
        assert_eq!(followed.note(&named(&[(0, "drive.torque")]), &BTreeSet::new()), fields(&[0]));
        assert_eq!(followed.note(&named(&[(0, "drive.torque")]), &BTreeSet::new()), [], "hidden once");
        // What the profile chose is its wish again.
        followed.begin_again(Some(&fields(&[0])));
        assert_eq!(followed.wish.as_deref().map(<[String]>::len), Some(1), "the wish goes on");
    }
}
