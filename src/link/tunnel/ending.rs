//! Why a tunnel did not open, or ended: what happened, why, what to do.

use super::super::{LinkError, LinkErrorKind, page, targets};
use crate::words::link as words;
use session::address::Address;
use session::link::Tunnel;
use session::tunnel::{Ending, TargetKind};
use targets::Without;

/// What the gateway said; `id` is where its own log tells more.
pub(in crate::link) fn closed(why: Ending, id: u64) -> LinkError {
    use LinkErrorKind as Kind;
    let (kind, what) = match why {
        Ending::ByDevice => (Kind::Lost, words::tunnel_by_device()),
        Ending::Refused => (Kind::Refused, words::tunnel_refused()),
        Ending::Silent => (Kind::Refused, words::tunnel_silent()),
        Ending::NoSuchName => (Kind::Refused, words::tunnel_no_such_name()),
        Ending::Forbidden => (Kind::Denied, words::tunnel_forbidden()),
        Ending::Broken => (Kind::Lost, words::tunnel_broken()),
        Ending::InUse => (Kind::InUse, words::tunnel_in_use()),
        Ending::Absent => (Kind::Absent, words::tunnel_absent()),
        Ending::Token => (Kind::Token, words::tunnel_token()),
        Ending::Verb => (Kind::Denied, words::tunnel_verb()),
        Ending::TooMany => (Kind::Refused, words::tunnel_too_many()),
        // Whoever was silent for so long is not to hold a place at the gateway by coming back at once.
        Ending::Idle => (Kind::Denied, words::tunnel_idle()),
        Ending::Protocol => (Kind::Unsupported, words::tunnel_protocol()),
        Ending::Stopping => (Kind::Lost, words::tunnel_stopping()),
        Ending::NoSuchTarget => (Kind::Settings, words::tunnel_no_such_target()),
        // An account is locked where one tries it again and again.
        Ending::Login => (Kind::Denied, words::tunnel_login()),
        Ending::Busy => (Kind::Refused, words::tunnel_busy()),
        Ending::NoSuchFile => (Kind::Absent, words::tunnel_no_such_file()),
        Ending::NotStored => (Kind::Denied, words::tunnel_not_stored()),
        Ending::Exists => (Kind::Settings, words::tunnel_exists()),
        Ending::Full => (Kind::Denied, words::tunnel_full()),
        Ending::Name => (Kind::Settings, words::tunnel_name()),
        Ending::Server => (Kind::Unsupported, words::tunnel_server()),
    };
    LinkError::new(kind, words::tunnel_ended(what, id))
}

/// A target of another kind than the one that was asked for.
pub(super) fn other_kind(is: TargetKind) -> String {
    match is {
        TargetKind::Ftp => words::tunnel_is_files().to_owned(),
        TargetKind::Tcp => words::tunnel_is("TCP"),
        TargetKind::Telnet => words::tunnel_is("Telnet"),
        TargetKind::Mqtt => words::tunnel_is("MQTT"),
        TargetKind::Serial => words::tunnel_is(words::gateway_serial()),
    }
}

/// A browser does not say why a WebSocket did not open; the gateway's list of targets tells.
pub(super) async fn refused(tunnel: &Tunnel, address: Address<'_>) -> LinkError {
    if page::blocked_by_policy(address).await {
        return LinkError::new(LinkErrorKind::Denied, words::policy(address));
    }
    let of_host = |words: fn(&str) -> String| words(address.host());
    match targets::list(tunnel.gateway.as_deref()).await {
        Ok(known) if known.iter().all(|target| target.name != tunnel.target) => {
            let names: Vec<String> = known.into_iter().map(|target| target.name).collect();
            let there = if names.is_empty() { words::no_targets().to_owned() } else { names.join(", ") };
            LinkError::new(LinkErrorKind::Settings, words::no_such_target(&tunnel.target, &there))
        }
        Ok(_) => LinkError::new(LinkErrorKind::Refused, of_host(words::gateway_refused)),
        Err(Without::Token) => LinkError::new(LinkErrorKind::Token, words::tunnel_token()),
        Err(Without::Gateway) => LinkError::new(LinkErrorKind::Refused, of_host(words::no_gateway)),
        Err(Without::Answer) => LinkError::new(LinkErrorKind::Refused, of_host(words::gateway_unreachable)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Ending; 23] = [
        Ending::ByDevice,
        Ending::Refused,
        Ending::Silent,
        Ending::NoSuchName,
        Ending::Forbidden,
        Ending::Broken,
        Ending::InUse,
        Ending::Absent,
        Ending::Token,
        Ending::Verb,
        Ending::TooMany,
        Ending::Idle,
        Ending::Protocol,
        Ending::Stopping,
        Ending::NoSuchTarget,
        Ending::Login,
        Ending::Busy,
        Ending::NoSuchFile,
        Ending::NotStored,
        Ending::Exists,
        Ending::Full,
        Ending::Name,
        Ending::Server,
    ];

    #[test]
    fn s41_an_ending_says_what_to_do_and_where_more_is_told() {
        for ending in ALL {
            let said = closed(ending, 4711).message;
            assert!(said.contains("4711") && said.matches(". ").count() >= 1, "{ending:?}: {said}");
        }
    }

    #[test]
    fn f26_what_the_user_must_see_to_is_not_tried_again_by_itself() {
        for ending in ALL {
            let waits = matches!(
                ending,
                Ending::Token
                    | Ending::Forbidden
                    | Ending::Verb
                    | Ending::Idle
                    | Ending::Protocol
                    | Ending::NoSuchTarget
                    | Ending::Login
                    | Ending::NotStored
                    | Ending::Exists
                    | Ending::Full
                    | Ending::Name
                    | Ending::Server
            );
            assert_eq!(closed(ending, 1).may_pass(), !waits, "{ending:?}");
        }
    }
}
