//! The wired half of the start page.

use super::{ProfileChoice, open};
use crate::browser::{dom, settings};
use crate::engine::use_engine;
use crate::profiles;
use crate::ui::icon::Icon;
use crate::ui::remark::{self, RemarkPlace};
use crate::ui::state::{Kind, State};
use crate::view::nameplate::usb_id;
use leptos::prelude::*;
use session::link::{Link, Port, Serial};

/// Connecting a serial device.
#[component]
pub(super) fn Wired(choices: RwSignal<Vec<profiles::Choice>>) -> impl IntoView {
    let engine = use_engine();
    let chosen = RwSignal::new(settings::read("serial-profile").unwrap_or_else(|| "text".to_owned()));
    let baud = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    // The speed follows the profile until the user says another.
    Effect::new(move |_| baud.set(serial_of(&chosen.get()).baud.to_string()));
    let connect = move |port: Port| {
        let (choice, settings) = (profiles::find(&chosen.get_untracked()), serial_of(&chosen.get_untracked()));
        let (Some(choice), Some(baud)) = (choice, speed(&baud.get_untracked())) else {
            refused.set(Some(
                "The speed must be a whole number of baud from 1 to 4 294 967 295, such as 115200.".to_owned(),
            ));
            dom::focus("baud");
            return;
        };
        settings::write("serial-profile", &choice.id);
        let profile_is_serial = session::Profile::parse(&choice.text).is_ok_and(|p| matches!(p.link, Link::Serial(_)));
        let name = if profile_is_serial && choice.id != "text" { choice.name } else { usb_id(&port) };
        open(engine, name, choice.text, Link::Serial(Serial { port, baud, ..settings }));
    };
    let ask = move |_| {
        refused.set(None);
        leptos::task::spawn_local(async move {
            match engine.ask_for_port(serial_of(&chosen.get_untracked()).port).await {
                Ok(Some(port)) => connect(port),
                // The chooser was closed: nothing to say.
                Ok(None) => {}
                Err(why) => refused.set(Some(why)),
            }
        });
    };
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
                    Some(why) => refused.set(Some(why.to_owned())),
                }
            >
                <Icon name="usb"/>"Connect a USB serial device"
            </button>
            <div class="world-settings">
                <ProfileChoice id="serial-profile" choices=choices chosen=chosen/>
                <div class="field">
                    <label class="field-label" for="baud">"Speed in baud"</label>
                    <input
                        class="field-box"
                        id="baud"
                        type="text"
                        inputmode="numeric"
                        list="bauds"
                        autocomplete="off"
                        prop:value=move || baud.get()
                        on:input=move |event| baud.set(event_target_value(&event))
                    />
                    <datalist id="bauds">
                        {[9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_000_000, 2_000_000, 3_000_000]
                            .map(|baud| view! { <option value=baud.to_string()></option> })
                            .collect_view()}
                    </datalist>
                </div>
            </div>
            <p id="wired-note">
                {cannot.unwrap_or("Boards, RS-485 and CAN adapters, GNSS receivers: anything that appears as a serial port. Its data stays in this tab.")}
            </p>
            <RemarkPlace role="alert" remark=remark::wrong(refused)/>
        </div>
        <div class="known">
            <h3>"Devices you allowed before"</h3>
            <ul aria-label="Devices you allowed before">
                {move || {
                    let known = engine.ports.get();
                    if known.is_empty() {
                        return view! { <li class="known-none">"None plugged in. A device you allowed appears here as soon as it is."</li> }.into_any();
                    }
                    known.into_iter().map(|port| view! { <Known port on_connect=connect/> }).collect_view().into_any()
                }}
            </ul>
        </div>
    }
}

#[component]
fn Known(port: Port, on_connect: impl Fn(Port) + Copy + 'static) -> impl IntoView {
    let engine = use_engine();
    let name = usb_id(&port);
    let forget = move |_| engine.forget_port(port);
    view! {
        <li>
            <p class="known-name"><b>{name.clone()}</b><span>"allowed for this site"</span></p>
            <State kind=Kind::Connected word="Plugged in"/>
            <span class="known-acts">
                <button class="button" type="button" aria-label=format!("Connect {name}") on:click=move |_| on_connect(port)>"Connect"</button>
                <button class="button button-plain" type="button" aria-label=format!("Forget {name}") on:click=forget>"Forget"</button>
            </span>
        </li>
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
fn speed(text: &str) -> Option<u32> {
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
