//! Why a tunnel did not open, or ended: what happened, why, what to do.

use super::super::{LinkError, LinkErrorKind, page, targets};
use crate::words::link as words;
use session::address::Address;
use session::link::Tunnel;
use session::tunnel::{Ending, TargetKind};
use targets::Without;

/// What the gateway said of a target of that kind; `id` is where its own log tells more.
pub(in crate::link) fn closed(of: TargetKind, why: Ending, id: u64) -> LinkError {
    use LinkErrorKind as Kind;
    use TargetKind::{Ftp, Mqtt, Telnet};
    let (kind, what) = match why {
        // Whoever logs out does not want to be logged in again.
        Ending::ByDevice if of == Telnet => (Kind::Denied, words::tunnel_logged_out()),
        Ending::ByDevice if of == Mqtt => (Kind::Lost, words::broker_closed()),
        Ending::ByDevice if of == Ftp => (Kind::Lost, words::ftp_closed()),
        Ending::ByDevice => (Kind::Lost, words::tunnel_by_device()),
        Ending::Refused if of == Mqtt => (Kind::Refused, words::broker_refused()),
        Ending::Refused if of == Ftp => (Kind::Refused, words::ftp_refused()),
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
        Ending::Login if of == Mqtt => (Kind::Denied, words::broker_login()),
        Ending::Login => (Kind::Denied, words::tunnel_login()),
        Ending::Busy if of == Mqtt => (Kind::Refused, words::broker_busy()),
        Ending::Busy => (Kind::Refused, words::tunnel_busy()),
        Ending::NoSuchFile => (Kind::Absent, words::tunnel_no_such_file()),
        Ending::NotStored => (Kind::Denied, words::tunnel_not_stored()),
        Ending::Exists => (Kind::Settings, words::tunnel_exists()),
        Ending::Full => (Kind::Denied, words::tunnel_full()),
        Ending::Name => (Kind::Settings, words::tunnel_name()),
        Ending::Server if of == Mqtt => (Kind::Unsupported, words::broker_server()),
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
            let said = closed(TargetKind::Tcp, ending, 4711).message;
            assert!(said.contains("4711") && said.matches(". ").count() >= 1, "{ending:?}: {said}");
        }
    }

    #[test]
    fn s41_each_kind_of_target_is_called_what_it_is() {
        for ending in [Ending::ByDevice, Ending::Refused, Ending::Login, Ending::Busy, Ending::Server] {
            let broker = closed(TargetKind::Mqtt, ending, 1).message;
            assert!(broker.contains("broker") && !broker.contains("FTP") && !broker.contains("Telnet"), "{broker}");
            let files = closed(TargetKind::Ftp, ending, 1).message;
            assert!(files.contains("server") && !files.contains("Telnet"), "{files}");
        }
    }

    #[test]
    fn f25_a_telnet_session_that_its_device_ended_stays_closed_and_one_that_broke_off_does_not() {
        assert!(!closed(TargetKind::Telnet, Ending::ByDevice, 1).may_pass());
        assert!(closed(TargetKind::Telnet, Ending::Broken, 1).may_pass());
        // The port behind it, and a device of bytes, come back.
        assert!(closed(TargetKind::Serial, Ending::ByDevice, 1).may_pass());
        assert!(closed(TargetKind::Tcp, Ending::ByDevice, 1).may_pass());
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
            assert_eq!(closed(TargetKind::Tcp, ending, 1).may_pass(), !waits, "{ending:?}");
        }
    }
}
