//! The serial ports there are, and which session has which: told to the page, which shows them. Only the worker can say so,
//! since it has the ports themselves; the page has their numbers.

use super::{Host, Inner};
use crate::link::web_serial;
use session::wire::Reply;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

impl Host {
    /// Lists the ports anew and tells the page.
    pub async fn list_ports(&self) {
        list(&self.inner).await;
    }
}

/// The same in a while, for what has the sessions in its hands.
pub(super) fn list_soon(this: &Weak<RefCell<Inner>>) {
    if let Some(this) = this.upgrade() {
        wasm_bindgen_futures::spawn_local(async move { list(&this).await });
    }
}

async fn list(this: &Rc<RefCell<Inner>>) {
    let plugged = web_serial::plugged().await;
    let mut inner = this.borrow_mut();
    let holder = |port| inner.sessions.iter().find(|(_, hosted)| hosted.memory.has_open(port)).map(|(id, _)| *id);
    let ports = plugged.iter().map(|(port, id)| (*id, holder(port))).collect();
    (inner.reply)(&Reply::Ports { ports });
}
