//! What was agreed on with a Telnet device, and what was refused.

use crate::view::format;
use crate::words::nameplate as words;
use leptos::prelude::*;
use session::query::{Status, Terms as Agreed};
use std::sync::Arc;

/// Names of Telnet's options, as IANA lists them.
const NAMES: [(u8, &str); 18] = [
    (0, "BINARY"),
    (1, "ECHO"),
    (3, "SUPPRESS-GO-AHEAD"),
    (5, "STATUS"),
    (6, "TIMING-MARK"),
    (24, "TERMINAL-TYPE"),
    (25, "END-OF-RECORD"),
    (31, "NAWS"),
    (32, "TERMINAL-SPEED"),
    (33, "TOGGLE-FLOW-CONTROL"),
    (34, "LINEMODE"),
    (35, "X-DISPLAY-LOCATION"),
    (36, "ENVIRON"),
    (37, "AUTHENTICATION"),
    (38, "ENCRYPT"),
    (39, "NEW-ENVIRON"),
    (42, "CHARSET"),
    (44, "COM-PORT"),
];

fn name(code: u8) -> String {
    NAMES.iter().find(|(known, _)| *known == code).map_or_else(|| code.to_string(), |(_, name)| (*name).to_owned())
}

/// The options in words; an empty list says so.
fn listed(names: Vec<String>) -> String {
    if names.is_empty() { words::telnet_none().to_owned() } else { names.join(", ") }
}

/// What was agreed on, while the link is open.
#[component]
pub(super) fn Terms(status: Memo<Option<Arc<Status>>>) -> impl IntoView {
    let terms = Memo::new(move |_| {
        status.with(|status| status.as_ref().and_then(|status| status.reached.as_ref()?.terms.clone()))
    });
    let row = |name: &'static str, what: String| view! { <div><dt>{name}</dt><dd>{what}</dd></div> };
    move || {
        terms.get().map(|Agreed { ours, theirs, refused, com_port, baud }| {
            let names = |codes: Vec<u8>| listed(codes.into_iter().map(name).collect());
            let often = |(code, count): (u8, u32)| {
                if count == 1 { name(code) } else { format!("{} ×{}", name(code), format::count(u64::from(count))) }
            };
            let port = match (com_port, baud) {
                (Some(false), _) => Some(words::telnet_no_port().to_owned()),
                (Some(true), Some(baud)) => Some(words::telnet_port(format::count(u64::from(baud)))),
                _ => None,
            };
            view! {
                <dl class="line-terms" aria-label=words::telnet()>
                    {row(words::telnet_ours(), names(ours))}
                    {row(words::telnet_theirs(), names(theirs))}
                    {row(words::telnet_refused(), listed(refused.into_iter().map(often).collect()))}
                </dl>
                {port.map(|words| view! { <p class="field-note" role="status">{words}</p> })}
            }
        })
    }
}
