//! The wired half of the start page.

use super::known::{Act, KnownList, row};
use super::{Brought, ProfileChoice, open_named};
use crate::browser::dom;
use crate::engine::use_engine;
use crate::profiles;
use crate::remembered::{self, Opened};
use crate::route::Route;
use crate::ui::icon::Icon;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::format;
use crate::view::line_format::LineFormat;
use crate::view::nameplate::usb_id;
use crate::words::start as words;
use leptos::prelude::*;
use session::link::{Line, Link, Port, Serial};
use session::wire::SessionId;

/// What the form says: the profile, the speed as typed and the rest of the line, and whether the user has said them since the
/// page was shown.
#[derive(Clone, Copy)]
struct Form {
    choices: RwSignal<Vec<profiles::Choice>>,
    chosen: RwSignal<String>,
    baud: RwSignal<String>,
    line: RwSignal<Line>,
    profile_said: RwSignal<bool>,
    line_said: RwSignal<bool>,
}

impl Form {
    /// As the last port was opened.
    fn new(choices: RwSignal<Vec<profiles::Choice>>) -> Form {
        let last = remembered::last_port();
        let route = expect_context::<RwSignal<Route>>();
        let asked = |route: Route| match route {
            Route::Prefilled { kind, profile, .. } if kind == "serial" => {
                Some(profile).filter(|profile| profiles::find(profile).is_some_and(|choice| choice.may_be_wired()))
            }
            _ => None,
        };
        let brought = Brought::of_page();
        let of_brought = move || brought.for_link(|link| matches!(link, Link::Serial(_)));
        let given = asked(route.get_untracked()).or_else(|| untrack(of_brought));
        let profile = last.as_ref().map_or_else(|| "text".to_owned(), |last| last.profile.clone());
        let profile_said = RwSignal::new(given.is_some());
        let (chosen, baud) = (RwSignal::new(given.unwrap_or(profile)), RwSignal::new(String::new()));
        Effect::new(move |before: Option<()>| {
            if let Some(profile) = asked(route.get()).filter(|_| before.is_some()) {
                chosen.set(profile);
                profile_said.set(true);
            }
        });
        Effect::new(move |before: Option<()>| {
            if let Some(profile) = of_brought().filter(|_| before.is_some()) {
                chosen.set(profile);
                profile_said.set(true);
            }
        });
        // The line follows the profile until the user says otherwise.
        let line = RwSignal::new(Line::default());
        Effect::new(move |before: Option<()>| {
            let of_profile = serial_of(&chosen.get()).line;
            let last = last.as_ref().filter(|last| before.is_none() && last.profile == chosen.get_untracked());
            line.set(last.map_or(of_profile, |last| last.line));
            baud.set(line.with_untracked(|line| line.baud).to_string());
        });
        let line_said = RwSignal::new(false);
        Form { choices, chosen, baud, line, profile_said, line_said }
    }

    /// The line as the form has it; `None` if what is typed is no speed.
    fn line(self) -> Option<Line> {
        Some(Line { baud: speed(&self.baud.get())?, ..self.line.get() })
    }

    /// The profile and the line for a port: as it was opened last, unless the user has just said otherwise.
    fn for_port(self, port: &Port) -> (String, Option<Line>) {
        let form = (self.chosen.get(), self.line());
        let there =
            |known: &Opened| self.choices.with(|choices| choices.iter().any(|choice| choice.id == known.profile));
        match remembered::port(port).filter(there) {
            Some(known) if !self.profile_said.get() => {
                (known.profile, if self.line_said.get() { form.1 } else { Some(known.line) })
            }
            _ => form,
        }
    }

    /// The same in words.
    fn words_for(self, port: &Port) -> String {
        let (profile, line) = self.for_port(port);
        let baud = line.map_or_else(|| self.baud.get(), |line| format::count(u64::from(line.baud)));
        let said = words::profile_at(self.choices.with(|choices| profiles::name_of(choices, &profile)), baud);
        match line.map(|line| line.format_and_flow()) {
            Some(format) if format != Line::default().format() => format!("{said}, {format}"),
            _ => said,
        }
    }
}

/// Connecting a serial device.
#[component]
pub(super) fn Wired(choices: RwSignal<Vec<profiles::Choice>>) -> impl IntoView {
    let engine = use_engine();
    let form = Form::new(choices);
    let Form { chosen, baud, line, .. } = form;
    let said = RwSignal::new(None::<Remark>);
    let brought = Brought::of_page();
    let on_choose = Callback::new(move |()| {
        form.profile_said.set(true);
        brought.forget();
    });
    let connect = move |port: Port, (profile, line): (String, Option<Line>)| {
        let (Some(choice), Some(line)) = (profiles::find(&profile), line) else {
            said.set(Some(Remark::Wrong(words::no_speed().to_owned())));
            dom::focus("baud");
            return;
        };
        brought.forget();
        remembered::keep_port(&port, line, &choice.id);
        let name = if choice.id == "text" { usb_id(&port) } else { choice.name };
        // Two devices with one profile are told apart wherever a session is named.
        open_named(engine, name, choice.text, Link::Serial(Serial { port, line, ..serial_of(&profile) }));
    };
    let ask = move |_| {
        said.set(None);
        leptos::task::spawn_local(async move {
            let asked = engine.ask_for_port(serial_of(&chosen.get_untracked()).port).await;
            if said.is_disposed() {
                // Whoever asked has gone elsewhere.
                return;
            }
            match asked {
                Ok(Some(port)) => connect(port, untrack(|| (chosen.get(), form.line()))),
                // The chooser was closed, perhaps because what was sought is not in it.
                Ok(None) => said.set(Some(Remark::Note(words::none_chosen().to_owned()))),
                Err(why) => said.set(Some(Remark::Wrong(why))),
            }
        });
    };
    let forget = move |port: Port| {
        leptos::task::spawn_local(async move {
            let kept = (!engine.forget_port(port).await).then(|| Remark::Note(words::not_forgotten(&usb_id(&port))));
            let _ = said.try_set(kept);
        });
    };
    // The sessions' states change often, and seldom who has which port.
    let ports = Memo::new(move |_| {
        let held = |port: Port| (port, engine.holder(port).map(|open| (open.id, open.shown_name())));
        engine.ports.get().into_iter().map(held).collect::<Vec<_>>()
    });
    let rows = Callback::new(move |()| {
        let line = |(port, holder): (Port, Option<(SessionId, String)>)| {
            let how = holder.as_ref().map(|(_, name)| words::open_as(name));
            let how = Callback::new(move |()| how.clone().unwrap_or_else(|| form.words_for(&port)));
            let act = match holder {
                Some((session, _)) => {
                    Act::new(words::show(), move || dom::set_fragment(&Route::Session(session).fragment()))
                }
                None => Act::new(words::connect(), move || connect(port, untrack(|| form.for_port(&port)))),
            };
            row(usb_id(&port), how, true, vec![act, Act::aside(words::forget(), move || forget(port))])
        };
        ports.get().into_iter().map(line).collect()
    });
    let cannot = engine.without_serial();
    view! {
        <div class="world-act">
            <button
                class="button button-next button-large"
                type="button"
                aria-disabled=cannot.map(|_| "true")
                aria-describedby="wired-note"
                on:click=move |event| match cannot {
                    None => ask(event),
                    Some(why) => said.set(Some(Remark::Wrong(why.to_owned()))),
                }
            >
                <Icon name="usb"/>{words::connect_usb()}
            </button>
            <div class="world-settings">
                <ProfileChoice id="serial-profile" choices chosen usual="text" wired=true on_choose/>
                <div class="field">
                    <label class="field-label" for="baud">{words::speed()}</label>
                    <input
                        class="field-box"
                        id="baud"
                        type="text"
                        inputmode="numeric"
                        list="bauds"
                        autocomplete="off"
                        prop:value=move || baud.get()
                        aria-describedby="wired-error"
                        on:input=move |event| {
                            baud.set(event_target_value(&event));
                            form.line_said.set(true);
                        }
                    />
                    <datalist id="bauds">
                        {[9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000, 2_000_000, 3_000_000]
                            .map(|baud| view! { <option value=baud.to_string()></option> })
                            .collect_view()}
                    </datalist>
                </div>
                <LineFormat id="serial" line least=7 on_choose=Callback::new(move |()| form.line_said.set(true))/>
            </div>
            <p id="wired-note">
                {cannot.unwrap_or(words::wired_note())}
            </p>
            <RemarkPlace role="alert" id="wired-error" remark=said.into()/>
        </div>
        <KnownList
            title=words::devices_before()
            none=words::no_devices()
            rows
        />
    }
}

/// The serial settings a profile gives, or the usual ones.
fn serial_of(profile: &str) -> Serial {
    let link = profiles::find(profile)
        .and_then(|choice| session::Profile::parse(&choice.text).ok())
        .map(|profile| profile.link);
    match link {
        Some(Link::Serial(serial)) => serial,
        _ => Serial::default(),
    }
}

/// A speed in baud as the form gives it (F10): digits, perhaps grouped, never 0.
pub(crate) fn speed(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok().filter(|baud| *baud > 0)
}

#[cfg(test)]
mod tests {
    use super::speed;

    #[test]
    fn f10_a_speed_is_a_whole_number_that_is_not_0() {
        assert_eq!(speed("115200"), Some(115_200));
        assert_eq!(speed(" 921 600 "), Some(921_600));
        for wrong in ["", "0", "-9600", "9600.5", "4294967296", "fast"] {
            assert_eq!(speed(wrong), None, "{wrong}");
        }
    }
}
