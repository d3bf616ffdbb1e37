//! A command's form: sliders for numbers with bounds, choices, switches, text, bytes.

use super::foreseen::foreseen;
use super::state::{Filled, plain};
use crate::engine::use_engine;
use crate::ui::remark::{Remark, RemarkPlace};
use crate::view::format;
use crate::words::commands as words;
use crate::words::device;
use leptos::prelude::*;
use session::profile::{Arg, ArgKind, Command};
use session::query::Cell;
use session::script::text::unhex;

/// Why a command was not sent.
#[derive(Clone, Debug, PartialEq)]
struct Wrong {
    /// The argument that is to blame, if one is.
    arg: Option<String>,
    why: String,
}

/// Where a command goes, where that is not the one device of its session.
#[derive(Clone, Copy)]
pub(crate) struct To {
    /// Sends it with these arguments.
    pub(crate) send: Callback<Vec<Cell>>,
    /// To whom, as a sentence: said before a dangerous one is sent.
    pub(crate) goes: Signal<String>,
    /// What the button says.
    pub(crate) button: Signal<String>,
}

/// A command's form.
#[component]
pub(crate) fn Form(session: u32, command: Command, #[prop(optional)] to: Option<To>) -> impl IntoView {
    let engine = use_engine();
    let Some(open) = untrack(|| engine.session(session)) else { return ().into_any() };
    let filled = open.part::<Filled>();
    let wrong = RwSignal::new(None::<Wrong>);
    let (dangerous, armed) = (command.dangerous, RwSignal::new(false));
    let fields: Vec<(Arg, RwSignal<String>)> =
        command.args.iter().map(|arg| (arg.clone(), filled.text(&command, arg))).collect();
    let there = engine.there(session);
    let shown_name = engine.name(session);
    // What was armed before the link was lost is not armed after it is back.
    // Nor is what was armed for other devices, or for one of another name. All are read, and not only tracked: a memo that
    // nobody has read changes when somebody does.
    Effect::new(move |_| {
        let _now = (there.get(), shown_name.get(), to.map(|to| to.goes.get()));
        armed.set(false);
    });
    let own = Signal::derive(move || words::goes_to(&session::screen::visible(&shown_name.get())));
    let goes_to = to.map_or(own, |to| to.goes);
    let own = device::word(&command.name);
    let button = to.map_or_else(|| Signal::stored(own), |to| to.button);
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && armed.get_untracked() {
            event.prevent_default();
            armed.set(false);
        }
    };
    let (inputs, bare) = (fields.clone(), fields.is_empty());
    let texts: Vec<RwSignal<String>> = fields.iter().map(|(_, text)| *text).collect();
    let (name, own_name) = (command.name.clone(), command.name.clone());
    let outcome = RwSignal::from(filled.outcome.clone());
    let cells = move || -> Result<Vec<Cell>, Wrong> {
        let cell = |(arg, text): &(Arg, RwSignal<String>)| {
            cell_of(arg, &text.get_untracked()).map_err(|why| Wrong { arg: Some(arg.name.clone()), why })
        };
        fields.iter().map(cell).collect()
    };
    // What would be sent is seen before it is (security S37).
    let foreseen = dangerous.then(|| {
        let (cells, name, texts) = (cells.clone(), command.name.clone(), texts);
        let commands = move |()| {
            texts.iter().for_each(|text| text.track());
            armed.get().then(|| cells().ok()).flatten().map(|args| vec![(name.clone(), args)])
        };
        foreseen(&open, Callback::new(commands))
    });
    let goes =
        move || armed.get().then(|| format!("{} {}", goes_to.get(), foreseen.map_or_else(String::new, |it| it.get())));
    let dry = {
        let (cells, filled, name) = (cells.clone(), filled.clone(), command.name.clone());
        move |_| wrong.set(cells().map(|args| filled.dry_run(engine, session, &name, args)).err())
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if dangerous && !armed.get_untracked() {
            return wrong.set(Some(Wrong { arg: None, why: words::arm_first(&device::word(&name)) }));
        }
        let done = cells().and_then(|args| match to {
            Some(to) => {
                filled.outcome.set(None);
                to.send.run(args);
                Ok(())
            }
            None => filled.send_command(engine, session, &name, args).map_err(|why| Wrong { arg: None, why }),
        });
        if done.is_ok() {
            armed.set(false);
        }
        wrong.set(done.err());
    };
    let prefix = format!("command-{session}-{}", command.name.to_lowercase().replace(' ', "-"));
    let said = format!("{prefix}-said");
    let error = said.clone();
    let input = move |(arg, text): (Arg, RwSignal<String>)| {
        view! { <Input id=format!("{prefix}-{}", arg.name) error=error.clone() wrong arg text/> }
    };
    // What is wrong with what was filled in, else what became of it.
    let outcome = Memo::new(move |_| {
        let own = |name: &str| name == own_name || (to.is_some() && name.is_empty());
        outcome.get().filter(|outcome| own(&outcome.name))
    });
    let failed = Signal::derive(move || {
        let failed = || outcome.get().filter(|outcome| outcome.wrong).map(|outcome| outcome.words);
        wrong.get().map(|wrong| wrong.why).or_else(failed).map(Remark::Wrong)
    });
    let done = Signal::derive(move || outcome.get().filter(|outcome| !outcome.wrong).map(|it| Remark::Note(it.words)));
    view! {
        <form class="command" class:command-bare=bare on:submit=submit on:keydown=key novalidate>
            <div class="command-args">{inputs.into_iter().map(input).collect_view()}</div>
            {dangerous.then(|| view! {
                <label class="command-arm field-label">
                    <input type="checkbox" prop:checked=move || armed.get() on:change=move |event| armed.set(event_target_checked(&event))/>
                    {words::arm(&device::word(&command.name))}
                </label>
                <div class="command-goes">
                    {to.is_none().then(|| view! {
                        <button class="button button-plain button-small" type="button" aria-label=words::dry_run_of(&device::word(&command.name)) on:click=dry>
                            {words::dry_run()}
                        </button>
                    })}
                    <p class="field-label" role="status">{goes}</p>
                </div>
            })}
            <button class="button" type="submit" class:button-plain=move || dangerous && !armed.get()>{button}</button>
            <RemarkPlace role="alert" class="command-wrong" id=said remark=failed/>
            <RemarkPlace role="status" class="command-wrong" remark=done/>
        </form>
    }
    .into_any()
}

#[component]
fn Input(id: String, error: String, wrong: RwSignal<Option<Wrong>>, arg: Arg, text: RwSignal<String>) -> impl IntoView {
    let unit = format::unit(&arg.unit);
    let name = device::word(&arg.name);
    let label = if unit.is_empty() { name } else { words::in_unit(&name, &unit) };
    if arg.kind == ArgKind::Bool {
        return view! {
            <label class="field command-switch">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || text.with(|text| truth(text))
                    on:change=move |event| text.set(event_target_checked(&event).to_string())
                />
                <span class="field-label">{label}</span>
            </label>
        }
        .into_any();
    }
    let control = if arg.choices.is_empty() {
        typed(&id, error, wrong, &arg, &label, text).into_any()
    } else {
        let option = |choice: &Cell| view! { <option value=plain(choice)>{device::word(&plain(choice))}</option> };
        view! {
            <select
                class="field-select"
                id=id.clone()
                prop:value=move || text.get()
                on:change=move |event| text.set(event_target_value(&event))
            >
                {arg.choices.iter().map(option).collect_view()}
            </select>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            <span class="command-input">{control}</span>
        </div>
    }
    .into_any()
}

/// A field, with a slider where both bounds are known.
fn typed(
    id: &str,
    error: String,
    wrong: RwSignal<Option<Wrong>>,
    arg: &Arg,
    label: &str,
    text: RwSignal<String>,
) -> impl IntoView + use<> {
    let kind = arg.kind;
    let name = arg.name.clone();
    let invalid =
        Memo::new(move |_| wrong.with(|wrong| wrong.as_ref().is_some_and(|wrong| wrong.arg.as_ref() == Some(&name))));
    let slider = numeric(arg).then_some(arg.min.zip(arg.max)).flatten().map(|(min, max)| {
        view! {
            <input
                class="field-slider"
                type="range"
                min=min.to_string()
                max=max.to_string()
                step="any"
                aria-label=words::slider(label)
                prop:value=move || text.get()
                on:input=move |event| {
                    let value: f64 = event_target_value(&event).parse().unwrap_or(min);
                    let fine = (max - min) < 20.0 && kind == ArgKind::Number;
                    text.set(if fine { format!("{value:.2}") } else { format!("{value:.0}") });
                }
            />
        }
    });
    view! {
        {slider}
        <input
            class="field-box"
            class:mono=kind == ArgKind::Bytes
            id=id.to_owned()
            type="text"
            aria-invalid=move || invalid.get().then_some("true")
            aria-describedby=move || invalid.get().then(|| error.clone())
            autocomplete="off"
            inputmode=if numeric(arg) { "decimal" } else { "text" }
            placeholder=(kind == ArgKind::Bytes).then(words::hex_hint)
            prop:value=move || text.get()
            on:input=move |event| {
                text.set(event_target_value(&event));
                if invalid.get_untracked() {
                    wrong.set(None);
                }
            }
        />
    }
}

/// What was typed as the argument's kind, within its bounds.
fn cell_of(arg: &Arg, text: &str) -> Result<Cell, String> {
    match arg.kind {
        ArgKind::Number => {
            let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
            let number = number.ok_or_else(|| words::a_number(&device::word(&arg.name)))?;
            bounds(arg, number)?;
            Ok(Cell::F64(number))
        }
        ArgKind::Integer => {
            let whole = |text: &str| text.parse().map(Cell::I64).or_else(|_| text.parse().map(Cell::U64));
            let number = whole(text.trim()).map_err(|_| words::a_whole_number(&device::word(&arg.name)))?;
            bounds(arg, format::number(&number).unwrap_or(f64::NAN))?;
            Ok(number)
        }
        ArgKind::Text => Ok(Cell::Text(text.to_owned())),
        ArgKind::Bool => Ok(Cell::Bool(truth(text))),
        ArgKind::Bytes => unhex(text).map(Cell::Bytes).map_err(|_| words::hex_bytes(&device::word(&arg.name))),
    }
}

fn truth(text: &str) -> bool {
    matches!(text.trim(), "true" | "yes" | "on" | "1")
}

fn numeric(arg: &Arg) -> bool {
    matches!(arg.kind, ArgKind::Number | ArgKind::Integer)
}

fn bounds(arg: &Arg, number: f64) -> Result<(), String> {
    if let Some(min) = arg.min.filter(|min| number < *min) {
        return Err(words::at_least(&device::word(&arg.name), min));
    }
    if let Some(max) = arg.max.filter(|max| number > *max) {
        return Err(words::at_most(&device::word(&arg.name), max));
    }
    Ok(())
}
