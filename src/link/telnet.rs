//! Telnet devices (RFC 854), through a gateway: the protocol runs here, the gateway passes bytes on.

use super::tunnel::{Speech, run};
use super::{Ask, End, LinkError, LinkInfo, Work, clock};
use crate::words;
use futures::FutureExt;
use session::Input;
use session::link::{Family, Line, Link as Settings};
use session::query::Reached;
use session::signal::{BREAK_MILLIS, Signal};
use session::telnet::{Asked, Conversation};
use session::tunnel::TargetKind;

pub(super) const INFO: LinkInfo = LinkInfo {
    kind: "telnet",
    summary: "A Telnet device that a gateway reaches; RFC 2217 sets the serial port behind it.",
    family: Family::Network,
    supported: || Ok(()),
    open,
};

fn open(settings: &Settings, end: End) -> Option<Work> {
    let Settings::Tunnel(tunnel) = settings else { return None };
    let speech = Box::new(Telnet {
        conversation: Conversation::new(tunnel.line, false, false, words::now()),
        line: tunnel.line,
    });
    (tunnel.kind == TargetKind::Telnet).then(|| run(tunnel.clone(), speech, end).boxed_local())
}

struct Telnet {
    conversation: Conversation,
    line: Option<Line>,
}

impl Speech for Telnet {
    fn begin(&mut self, reached: Reached, out: &mut Vec<u8>) -> Reached {
        self.conversation = Conversation::new(self.line, reached.write, reached.local, words::now());
        self.conversation.begin(out);
        self.conversation.reached()
    }

    fn receive(
        &mut self,
        bytes: &[u8],
        out: &mut Vec<u8>,
        deliver: &mut dyn FnMut(Input<'_>),
    ) -> Result<(), LinkError> {
        self.conversation.receive(clock::now(), bytes, out, deliver);
        Ok(())
    }

    fn send(&mut self, data: &[u8], out: &mut Vec<u8>) {
        self.conversation.escape(data, out);
    }

    fn ask(&mut self, ask: Ask, out: &mut Vec<u8>, deliver: &mut dyn FnMut(Input<'_>)) -> Option<(i64, Ask)> {
        let mut later = None;
        match ask {
            Ask::Look => {}
            Ask::Set(signal) => {
                if self.conversation.ask(signal, out) == Asked::BreakBegun {
                    later = Some((i64::from(BREAK_MILLIS), Ask::Set(Signal::Break(false))));
                }
            }
            Ask::Line(line) => self.conversation.set_line(line, out),
            Ask::Window(columns, rows) => {
                self.conversation.resize(columns, rows, out);
                return None;
            }
        }
        deliver(Input::Signals(self.conversation.signals().clone()));
        later
    }

    fn suspended(&self) -> bool {
        self.conversation.suspended()
    }
}
