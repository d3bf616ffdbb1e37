//! What is to be said of the address that led to the start page.

use crate::route::Route;
use crate::words::start as words;

/// The kinds of link that an address can fill in.
const KINDS: [&str; 9] = ["websocket", "http", "mqtt", "telnet", "tcp", "ftp", "gateway-serial", "serial", ""];

/// Sentences for an address that shows something else than it names; `known` tells of a profile whether it is here.
/// What stands in the address is not repeated: whoever made a link could put words into the page's mouth.
pub(super) fn remark(route: &Route, known: impl Fn(&str) -> bool) -> Option<String> {
    Some(match route {
        Route::Session(id) | Route::Dashboard(id) | Route::Doctor(Some(id)) => words::gone(*id),
        Route::Unknown => words::unknown().to_owned(),
        Route::Prefilled { kind, .. } if !KINDS.contains(&kind.as_str()) => words::unknown_kind().to_owned(),
        Route::Prefilled { profile, .. } if !profile.is_empty() && !known(profile) => {
            words::unknown_profile().to_owned()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s36_what_an_address_asks_for_in_vain_is_said() {
        let said = |fragment: &str| remark(&Route::parse(fragment), |profile| profile == "json");
        for (fragment, words) in [
            ("/nonsense", "names nothing"),
            ("/session/x", "names nothing"),
            ("/session/9", "Session 9 is not open"),
            ("/session/9/dashboard", "Session 9 is not open"),
            ("/open?link=carrier-pigeon&url=x", "websocket, http, mqtt, telnet"),
            ("/open?link=http&url=x&profile=nope", "profile that is not in this browser"),
        ] {
            assert!(said(fragment).is_some_and(|said| said.contains(words)), "{fragment}: {:?}", said(fragment));
        }
        for fragment in
            ["", "/", "/demo", "/open?url=x", "/open?link=http&url=x&profile=json", "/open?link=serial&profile=json"]
        {
            assert_eq!(said(fragment), None, "{fragment}");
        }
    }
}
