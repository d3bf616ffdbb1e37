//! The lists of a profile in its form: fields, units, computed fields, commands with their arguments.

use super::document::Document;
use super::form::fields;
use super::values::{Kind, Value, value};
use crate::words::profile_form as words;
use leptos::prelude::*;
use session::profile::edit::New;

/// What a list holds.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// What an item is called.
    item: fn() -> &'static str,
    /// Adds one.
    add: fn() -> &'static str,
    /// An item's values.
    values: &'static [Value],
    /// What a new one says.
    first: &'static [(&'static str, &'static str)],
    /// Values of a table within it.
    within: Option<(&'static str, &'static [Value])>,
    /// A list within it.
    below: Option<(&'static str, &'static Rows)>,
}

/// The fields of a message of a binary layout.
pub(super) const FIELDS: Rows = Rows {
    item: words::field,
    add: words::add_field,
    values: &[
        value("name", words::name, Kind::Text),
        value(
            "type",
            words::field_type,
            Kind::Choice(&[
                "u8", "u16", "u24", "u32", "u64", "i8", "i16", "i24", "i32", "i64", "f32", "f64", "bool", "text",
                "bytes", "pad", "const", "checksum", "group",
            ]),
        ),
        value("unit", words::unit, Kind::Text),
        value("scale", words::scale, Kind::Number),
        value("offset", words::offset, Kind::Number),
        value("count", words::count, Kind::Number),
    ],
    first: &[("name", "new"), ("type", "u8")],
    within: None,
    below: None,
};

/// Units that the protocol cannot tell.
pub(super) const UNITS: Rows = Rows {
    item: words::field,
    add: words::add_unit,
    values: &[value("name", words::name, Kind::Needed), value("unit", words::unit, Kind::Needed)],
    first: &[("name", ""), ("unit", "1")],
    within: None,
    below: None,
};

/// Fields that are computed.
pub(super) const DERIVED: Rows = Rows {
    item: words::derived_field,
    add: words::add_derived,
    values: &[
        value("message", words::message, Kind::Needed),
        value("name", words::name, Kind::Needed),
        value("unit", words::unit, Kind::Text),
        value("expression", words::expression, Kind::Needed),
    ],
    first: &[("message", ""), ("name", ""), ("expression", "")],
    within: None,
    below: None,
};

const ARGS: Rows = Rows {
    item: words::argument,
    add: words::add_argument,
    values: &[
        value("name", words::name, Kind::Needed),
        value("kind", words::kind, Kind::Choice(&["number", "integer", "text", "bool", "bytes"])),
        value("unit", words::unit, Kind::Text),
        value("min", words::min, Kind::Number),
        value("max", words::max, Kind::Number),
        value("default", words::default, Kind::Number),
    ],
    first: &[("name", "value")],
    within: None,
    below: None,
};

/// What can be sent.
pub(super) const COMMANDS: Rows = Rows {
    item: words::command,
    add: words::add_command,
    values: &[
        value("name", words::name, Kind::Needed),
        value("text", words::text, Kind::Text),
        value("message", words::message, Kind::Text),
        value("dangerous", words::dangerous, Kind::Flag),
    ],
    first: &[("name", "New"), ("text", "")],
    within: Some((
        "reply",
        &[value("contains", words::contains, Kind::Text), value("within_millis", words::within, Kind::Number)],
    )),
    below: Some(("args", &ARGS)),
};

/// A list of tables, each with its values.
#[component]
pub(super) fn Lists(document: Document, path: String, rows: Rows) -> AnyView {
    let count = {
        let path = path.clone();
        Memo::new(move |_| document.count(&path))
    };
    let item = {
        let path = path.clone();
        move |index: usize| {
            let at = format!("{path}[{index}]");
            let name = format!("{} {}", (rows.item)(), index + 1);
            let remove = words::remove(&name);
            let within = rows.within.map(|(key, values)| fields(document, &format!("{at}.{key}"), values));
            let below = rows.below.map(|(key, rows)| view! { <Lists document path=format!("{at}.{key}") rows=*rows/> });
            let list = path.clone();
            view! {
                <div class="form-item" role="group" aria-label=name>
                    <div class="form-fields">{fields(document, &at, rows.values)}{within}</div>
                    <button class="button button-plain button-small" type="button" aria-label=remove on:click=move |_| document.remove(&list, index)>
                        {words::take_away()}
                    </button>
                    {below}
                </div>
            }
            .into_any()
        }
    };
    let add = move |_| {
        let pairs: Vec<(&str, New)> =
            rows.first.iter().map(|(key, value)| (*key, New::Text((*value).to_owned()))).collect();
        document.add(&path, &pairs);
    };
    view! {
        <div class="form-list">
            <For each=move || 0..count.get() key=|index| *index children=item/>
            <button class="button button-small" type="button" on:click=add>{(rows.add)()}</button>
        </div>
    }
    .into_any()
}
