//! In a real browser's worker: the link contract, over real endpoints and over a fake serial port.
#![cfg(target_arch = "wasm32")]

#[path = "browser/heard.rs"]
mod heard;
#[path = "browser/network.rs"]
mod network;
#[path = "browser/serial.rs"]
mod serial;
#[path = "browser/worker.rs"]
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
