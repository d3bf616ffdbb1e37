//! Commands of the profile as forms, and what the demo device can be asked to do wrong.

use crate::engine::{Open, Part, Unwatched, use_engine};
use crate::ui::remark::{self, RemarkPlace};
use crate::view::format;
use leptos::prelude::*;
use session::link::Link;
use session::profile::{Arg, ArgKind, Command};
use session::query::Cell;
use session::wire::{Event, Request};

/// What was filled in, and what became of the last command.
#[derive(Clone)]
struct Filled {
    /// By command, argument and the text that the profile gives: another profile's is not taken for what was typed.
    texts: Unwatched<Vec<([String; 3], ArcRwSignal<String>)>>,
    outcome: ArcRwSignal<Option<String>>,
}

impl Part for Filled {
    fn first(_: &Open) -> Filled {
        Filled { texts: Unwatched::default(), outcome: ArcRwSignal::new(None) }
    }

    fn heard(&self, event: &Event) {
        if let Some(outcome) = outcome(event) {
            self.outcome.set(Some(outcome));
        }
    }

    fn begin_again(&self) {
        self.outcome.set(None);
    }
}

impl Filled {
    fn text(&self, command: &Command, arg: &Arg) -> RwSignal<String> {
        let first = first_text(arg);
        let key = [command.name.clone(), arg.name.clone(), first.clone()];
        self.texts.with(|texts| {
            let known = texts.iter().find(|(known, _)| *known == key).map(|(_, text)| text.clone());
            let text = known.unwrap_or_else(|| {
                let text = ArcRwSignal::new(first);
                texts.push((key, text.clone()));
                text
            });
            text.into()
        })
    }
}

/// The commands of a session.
#[component]
pub fn Commands(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let id = open.id;
    let filled = open.part::<Filled>();
    let outcome = RwSignal::from(filled.outcome.clone());
    let commands = session::Profile::parse(&open.profile).map(|profile| profile.commands).unwrap_or_default();
    let form = |command: Command| view! { <Form session=id command filled=filled.clone()/> };
    let demo = matches!(open.link, Link::Demo(_)).then(|| view! { <Faults session=id/> });
    view! {
        <div class="commands">
            {commands.is_empty().then(|| view! {
                <p class="panel-empty">"This profile has no commands. Add [[commands]] in the profile, or type a line in the terminal."</p>
            })}
            {commands.into_iter().map(form).collect_view()}
            <p class="commands-outcome" role="status">{outcome}</p>
            {demo}
        </div>
    }
}

/// What became of a command, as a sentence.
fn outcome(event: &Event) -> Option<String> {
    match event {
        Event::Replied { name, millis } => Some(format!("{name}: answered after {millis} ms.")),
        Event::Expired { name } => {
            Some(format!("{name}: no answer in time. Check that the device listens, then send it again."))
        }
        // A line is told of where it was typed.
        Event::Refused { why, line: false } => Some(why.clone()),
        _ => None,
    }
}

#[component]
fn Form(session: u32, command: Command, filled: Filled) -> impl IntoView {
    let engine = use_engine();
    let wrong = RwSignal::new(None::<String>);
    let (dangerous, armed) = (command.dangerous, RwSignal::new(false));
    let fields: Vec<(Arg, RwSignal<String>)> =
        command.args.iter().map(|arg| (arg.clone(), filled.text(&command, arg))).collect();
    let (inputs, bare) = (fields.clone(), fields.is_empty());
    let name = command.name.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if dangerous && !armed.get_untracked() {
            return wrong.set(Some(format!("{name} is marked as dangerous in the profile: arm it, then send it.")));
        }
        let cells: Result<Vec<Cell>, String> =
            fields.iter().map(|(arg, text)| cell_of(arg, &text.get_untracked())).collect();
        wrong.set(cells.as_ref().err().cloned());
        if let Ok(args) = cells {
            filled.outcome.set(None);
            engine.post(Request::Command { session, name: name.clone(), args });
            armed.set(false);
        }
    };
    let prefix = format!("command-{session}-{}", command.name.to_lowercase().replace(' ', "-"));
    let input =
        move |(arg, text): (Arg, RwSignal<String>)| view! { <Input id=format!("{prefix}-{}", arg.name) arg text/> };
    view! {
        <form class="command" class:command-bare=bare on:submit=submit novalidate>
            <div class="command-args">{inputs.into_iter().map(input).collect_view()}</div>
            {dangerous.then(|| view! {
                <label class="field-label">
                    <input type="checkbox" prop:checked=move || armed.get() on:change=move |event| armed.set(event_target_checked(&event))/>
                    {format!("Arm {}", command.name)}
                </label>
            })}
            <button class="button" type="submit" class:button-plain=move || dangerous && !armed.get()>{command.name.clone()}</button>
            <RemarkPlace role="alert" class="command-wrong" remark=remark::wrong(wrong)/>
        </form>
    }
}

#[component]
fn Input(id: String, arg: Arg, text: RwSignal<String>) -> impl IntoView {
    let (unit, kind) = (format::unit(&arg.unit), arg.kind);
    let label = if unit.is_empty() { arg.name.clone() } else { format!("{} in {unit}", arg.name) };
    let slider = numeric(&arg).then_some(arg.min.zip(arg.max)).flatten().map(|(min, max)| {
        view! {
            <input
                class="field-slider"
                type="range"
                min=min.to_string()
                max=max.to_string()
                step="any"
                aria-label=format!("{label}, slider")
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
        <div class="field">
            <label class="field-label" for=id.clone()>{label.clone()}</label>
            <span class="command-input">
                {slider}
                <input
                    class="field-box"
                    id=id
                    type="text"
                    autocomplete="off"
                    inputmode=if numeric(&arg) { "decimal" } else { "text" }
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </span>
        </div>
    }
}

#[component]
fn Faults(session: u32) -> impl IntoView {
    let engine = use_engine();
    let fault = move |(name, what): &(&'static str, &'static str)| {
        let name = *name;
        let ask = move |_| engine.post(Request::Fault { session, fault: name.to_owned() });
        view! {
            <li>
                <button class="button button-small" type="button" on:click=ask>{format!("Fault: {name}")}</button>
                <span>{*what}</span>
            </li>
        }
    };
    view! {
        <h3 class="commands-head">"Ask the demo to misbehave"</h3>
        <ul class="faults">{sim::FAULTS.iter().map(fault).collect_view()}</ul>
    }
}

fn first_text(arg: &Arg) -> String {
    match (&arg.default, arg.min) {
        (Some(Cell::Text(text)), _) => text.clone(),
        (Some(cell), _) => format::number(cell).map_or_else(|| format::cell(cell), |number| number.to_string()),
        (None, Some(min)) => min.to_string(),
        (None, None) => String::new(),
    }
}

/// What was typed as the argument's kind, within its bounds.
fn cell_of(arg: &Arg, text: &str) -> Result<Cell, String> {
    match arg.kind {
        ArgKind::Number => {
            let number: f64 = text.trim().parse().map_err(|_| format!("{} must be a number.", arg.name))?;
            bounds(arg, number)?;
            Ok(Cell::F64(number))
        }
        ArgKind::Integer => {
            let number: i64 = text.trim().parse().map_err(|_| format!("{} must be a whole number.", arg.name))?;
            bounds(arg, number as f64)?;
            Ok(Cell::I64(number))
        }
        ArgKind::Text => Ok(Cell::Text(text.to_owned())),
        ArgKind::Bool => Ok(Cell::Bool(matches!(text.trim(), "true" | "yes" | "on" | "1"))),
    }
}

fn numeric(arg: &Arg) -> bool {
    matches!(arg.kind, ArgKind::Number | ArgKind::Integer)
}

fn bounds(arg: &Arg, number: f64) -> Result<(), String> {
    if let Some(min) = arg.min.filter(|min| number < *min) {
        return Err(format!("{} must be at least {min}.", arg.name));
    }
    if let Some(max) = arg.max.filter(|max| number > *max) {
        return Err(format!("{} must be at most {max}.", arg.name));
    }
    Ok(())
}
