//! A serial line's control signals: set at opening as the profile says, later as the user says, and looked at as long as
//! somebody wants to see them.

use super::super::clock::{sleep, within};
use super::super::{Ask, End, LinkError, LinkErrorKind, page};
use super::api::{self, SerialPort};
use crate::words::link as words;
use js_sys::Reflect;
use session::Input;
use session::link::Serial;
use session::signal::{BREAK_MILLIS, Inputs, Signal, Signals};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long the port may take to set or tell its signals, in milliseconds.
const SIGNALS_MILLIS: f64 = 500.0;

const DTR: &str = "dataTerminalReady";
const RTS: &str = "requestToSend";
const BREAK: &str = "break";

/// Data Terminal Ready and Request To Send, as the profile says; `None` leaves the signal alone.
pub(super) async fn begin(port: &SerialPort, serial: &Serial) -> Result<(), LinkError> {
    let wanted = [(DTR, serial.dtr), (RTS, serial.rts)];
    let wanted: Vec<_> = wanted.iter().filter_map(|(name, on)| Some((*name, JsValue::from((*on)?)))).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    match within(SIGNALS_MILLIS, JsFuture::from(port.set_signals(&api::object(&wanted)))).await {
        Some(Err(error)) => {
            Err(LinkError::new(LinkErrorKind::Settings, words::serial_no_signals(&page::error_text(&error))))
        }
        Some(Ok(_)) | None => Ok(()),
    }
}

/// Does what is asked, one after the other, and tells what is known then. Ends with the link.
pub(super) async fn follow(port: &SerialPort, serial: &Serial, end: &End) -> Result<(), LinkError> {
    let mut known = Signals { dtr: serial.dtr, rts: serial.rts, ..Signals::default() };
    loop {
        if let Ask::Set(signal) = end.asked().await {
            let said = match signal {
                Signal::SendBreak => {
                    let begun = set(port, &mut known, Signal::Break(true)).await;
                    end.deliver(Input::Signals(known.clone()));
                    sleep(f64::from(BREAK_MILLIS)).await;
                    begun.and(set(port, &mut known, Signal::Break(false)).await)
                }
                signal => set(port, &mut known, signal).await,
            };
            known.failed = said.err().unwrap_or_default();
        }
        known.inputs = inputs(port).await;
        end.deliver(Input::Signals(known.clone()));
    }
}

/// Sets one signal.
async fn set(port: &SerialPort, known: &mut Signals, signal: Signal) -> Result<(), String> {
    let (name, on) = match signal {
        Signal::Dtr(on) => (DTR, on),
        Signal::Rts(on) => (RTS, on),
        Signal::Break(on) => (BREAK, on),
        Signal::SendBreak => return Ok(()),
    };
    match within(SIGNALS_MILLIS, JsFuture::from(port.set_signals(&api::object(&[(name, on.into())])))).await {
        Some(Ok(_)) => {}
        Some(Err(error)) => return Err(words::signal_not_set(&page::error_text(&error))),
        None => return Err(words::signal_slow().to_owned()),
    }
    match signal {
        Signal::Dtr(_) => known.dtr = Some(on),
        Signal::Rts(_) => known.rts = Some(on),
        Signal::Break(_) | Signal::SendBreak => known.breaking = on,
    }
    Ok(())
}

/// The device's side, where the port tells it.
async fn inputs(port: &SerialPort) -> Option<Inputs> {
    let told = within(SIGNALS_MILLIS, JsFuture::from(port.get_signals())).await?.ok()?;
    let on = |name: &str| Reflect::get(&told, &name.into()).is_ok_and(|value| value.is_truthy());
    Some(Inputs {
        cts: on("clearToSend"),
        dsr: on("dataSetReady"),
        dcd: on("dataCarrierDetect"),
        ri: on("ringIndicator"),
    })
}
