//! A whole session, built for WebAssembly without any glue: bytes in, answers out, and no host to ask for anything.
//!
//! The module is not run; `cargo xtask test pure` reads its import section. Were a file, a socket, a clock or a random
//! number within reach of codec, store or session, it would be an import.

use session::query::Query;
use session::wire::{Reply, Request, decode, encode};
use session::{Input, Profile, Session, Time};
use std::hint::black_box;

fn main() {
    // Nothing of this can be computed beforehand, so nothing of it is left out of the module.
    let text: String = black_box(String::new());
    let bytes: Vec<u8> = black_box(Vec::new());
    let now = Time(black_box(0));
    let Ok(profile) = Profile::parse(&text) else { return };
    let Ok(mut session) = Session::new(&profile, now) else { return };
    session.handle_input(now, Input::Opened);
    session.handle_input(now, Input::Bytes { bytes: &bytes, message_end: black_box(true) });
    while let Some(output) = session.poll_output() {
        black_box(output);
    }
    black_box(session.poll_timeout());
    if let Ok(Request::Answer { queries, session: number }) = decode(&bytes) {
        let batch = session.answer(now, &queries);
        black_box(encode(&Reply::Batch { session: number, batch }, Vec::new()));
    }
    black_box(session.answer(now, &[(0, Query::Status)]));
}
