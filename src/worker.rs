//! The worker: one [`Host`], its page at the other end of `postMessage`.

use ferrule_web::host::Host;
use ferrule_web::link::{clock, page, web_serial};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use session::wire::{Reply, Request, decode, encode};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // The page starts another worker; this one is at its end, so a failure to say so changes nothing.
        // It stands in a sentence: the whole of it is in the browser's console.
        let place =
            panic.location().map(|at| format!("{}:{}", at.file().rsplit('/').next().unwrap_or_default(), at.line()));
        let message = format!("{} ({})", panic.payload_as_str().unwrap_or("panicked"), place.unwrap_or_default());
        post(&Reply::Panicked { message }, &RefCell::default());
    }));
    let buffer = RefCell::new(Vec::new());
    let host = Host::new(move |reply| post(reply, &buffer));
    let plugged = host.clone();
    web_serial::on_change(move |is_in| {
        let plugged = plugged.clone();
        wasm_bindgen_futures::spawn_local(async move {
            // First what is beside whom: whoever waits for a device may take the new one only then.
            plugged.list_ports().await;
            if is_in {
                plugged.plugged();
            }
        });
    });
    let sleeper = host.clone();
    wasm_bindgen_futures::spawn_local(clock::watch_sleep(move |seconds| sleeper.woke(seconds)));
    page::watch_policy();
    listen(host);
    post(&Reply::Hello { build: ferrule_web::BUILD.to_owned() }, &RefCell::default());
}

/// Every message of the page is one request: an `ArrayBuffer` or a `Uint8Array` with its encoding.
fn listen(host: Host) {
    let mut bytes = Vec::new();
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let array = match data.dyn_ref::<ArrayBuffer>() {
            Some(buffer) => Uint8Array::new(buffer),
            None => match data.dyn_into::<Uint8Array>() {
                Ok(array) => array,
                Err(_) => return,
            },
        };
        bytes.resize(array.length() as usize, 0);
        array.copy_to(&mut bytes);
        match decode::<Request>(&bytes) {
            Ok(request) => host.handle(request),
            // Another build's page. Saying which build this one is lets it see that and reload.
            Err(_) => host.handle(Request::Hello { build: String::new() }),
        }
    });
    scope().set_onmessage(Some(message.as_ref().unchecked_ref()));
    // For as long as the worker lives.
    message.forget();
}

/// Encodes a reply into a buffer that is used again, copies it once and hands the copy over.
fn post(reply: &Reply, buffer: &RefCell<Vec<u8>>) {
    let bytes = encode(reply, buffer.take());
    let copy = Uint8Array::from(bytes.as_slice()).buffer();
    buffer.replace(bytes);
    // It fails only where the copy could not be transferred, and it is a plain buffer nobody else has.
    let _ = scope().post_message_with_transfer(&copy, &Array::of1(&copy));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
