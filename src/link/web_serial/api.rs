//! The dozen declarations of the Web Serial API that are needed. `web-sys` has them behind a flag that would
//! have to be repeated in every build command, and that changes other interfaces as well. The page uses them to ask
//! for permission, the worker to open and read.

use super::super::alike::is_alike;
use super::super::clock::{sleep, within};
use js_sys::{Array, Object, Promise, Reflect};
use session::link::Port;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, ReadableStream, WritableStream};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventTarget, extends = Object)]
    #[derive(Clone, Debug)]
    type Serial;
    #[wasm_bindgen(method, js_name = getPorts)]
    fn get_ports(this: &Serial) -> Promise;
    #[wasm_bindgen(method, catch, js_name = requestPort)]
    fn request_port(this: &Serial, options: &Object) -> Result<Promise, JsValue>;

    /// A port that the person granted.
    #[wasm_bindgen(extends = EventTarget, extends = Object)]
    #[derive(Clone, Debug, PartialEq)]
    pub(super) type SerialPort;
    /// Null while the port is closed and after it was lost; a new stream after a line error.
    #[wasm_bindgen(method, getter)]
    pub(super) fn readable(this: &SerialPort) -> Option<ReadableStream>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn writable(this: &SerialPort) -> Option<WritableStream>;
    #[wasm_bindgen(method)]
    pub(super) fn open(this: &SerialPort, options: &Object) -> Promise;
    #[wasm_bindgen(method)]
    fn close(this: &SerialPort) -> Promise;
    #[wasm_bindgen(method, js_name = getInfo)]
    fn get_info(this: &SerialPort) -> Object;
    #[wasm_bindgen(method, js_name = setSignals)]
    pub(super) fn set_signals(this: &SerialPort, signals: &Object) -> Promise;
    #[wasm_bindgen(method, js_name = getSignals)]
    pub(super) fn get_signals(this: &SerialPort) -> Promise;
    #[wasm_bindgen(method)]
    pub(super) fn forget(this: &SerialPort) -> Promise;
}

impl SerialPort {
    /// Its USB numbers, as far as the browser tells them; `nth` is 0.
    pub(super) fn id(&self) -> Port {
        let info = self.get_info();
        let number = |key: &str| {
            let value = Reflect::get(&info, &key.into()).ok()?.as_f64()?;
            (value.fract() == 0.0 && (0.0..=65535.0).contains(&value)).then_some(value as u16)
        };
        Port { vendor: number("usbVendorId"), product: number("usbProductId"), nth: 0 }
    }
}

/// `navigator.serial`, in a window or a worker; `None` where the browser has none.
fn serial() -> Option<Serial> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let serial = Reflect::get(&navigator, &"serial".into()).ok()?;
    serial.is_object().then(|| serial.unchecked_into())
}

/// Whether this browser has Web Serial, here.
pub(super) fn present() -> bool {
    serial().is_some()
}

/// Whether this page came in a way that browsers trust with ports: https, or from this computer itself.
pub(super) fn is_secure() -> bool {
    Reflect::get(&js_sys::global(), &"isSecureContext".into()).is_ok_and(|secure| secure.is_truthy())
}

thread_local! {
    /// The ports that are plugged in, each with its place among those that look alike.
    static SEEN: RefCell<Vec<(SerialPort, Port)>> = const { RefCell::new(Vec::new()) };
    /// How they were listed by the worker before this one.
    static BEFORE: RefCell<Vec<Port>> = const { RefCell::new(Vec::new()) };
}

/// The ports were listed so before: the places count where the same are plugged in when they are listed next.
pub(super) fn put_before(ports: Vec<Port>) {
    BEFORE.set(ports);
}

/// The ports that were granted to this origin and are plugged in, in the browser's order. That is no order to number them by,
/// since one that is plugged in may stand before the others: each keeps its place, and a new one takes the first that is free.
pub(super) async fn granted() -> Vec<(SerialPort, Port)> {
    let Some(serial) = serial() else { return Vec::new() };
    let Ok(ports) = JsFuture::from(serial.get_ports()).await else { return Vec::new() };
    let ports: Vec<SerialPort> = Array::from(&ports).iter().map(JsCast::unchecked_into).collect();
    let before = BEFORE.take();
    SEEN.with_borrow_mut(|seen| {
        seen.retain(|(port, _)| ports.contains(port));
        let ids = || ports.iter().map(SerialPort::id);
        if before.len() == ports.len() && ids().zip(&before).all(|(id, before)| is_alike(&id, before)) {
            *seen = ports.iter().cloned().zip(before).collect();
        }
        for port in &ports {
            if seen.iter().all(|(other, _)| other != port) {
                let id = port.id();
                let is_free = |nth: &u16| seen.iter().all(|(_, other)| *other != Port { nth: *nth, ..id });
                let nth = (0..u16::MAX).find(is_free).unwrap_or(u16::MAX);
                seen.push((port.clone(), Port { nth, ..id }));
            }
        }
        // As the browser has them.
        seen.sort_by_key(|(port, _)| ports.iter().position(|other| other == port));
        seen.clone()
    })
}

/// The same without their places.
pub(super) async fn unnumbered() -> Vec<SerialPort> {
    granted().await.into_iter().map(|(port, _)| port).collect()
}

/// Has the browser ask the person for a port; only on the page, and only after a click. `None`: no Web Serial.
pub(super) async fn request(wanted: &Port) -> Option<Result<SerialPort, JsValue>> {
    let serial = serial()?;
    let usb = [("usbVendorId", wanted.vendor), ("usbProductId", wanted.product)];
    let usb: Vec<_> = usb.iter().filter_map(|(key, id)| Some((*key, JsValue::from((*id)?)))).collect();
    // A filter needs a vendor (Web Serial, `requestPort`, step 2).
    let filters = if wanted.vendor.is_some() { Array::of1(&object(&usb)) } else { Array::new() };
    let asked = match serial.request_port(&object(&[("filters", filters.into())])) {
        Ok(asked) => asked,
        Err(error) => return Some(Err(error)),
    };
    Some(JsFuture::from(asked).await.map(JsCast::unchecked_into))
}

/// Calls `changed` whenever a granted port is plugged in (true) or out, for as long as the page or worker lives.
pub fn on_change(changed: impl Fn(bool) + Clone + 'static) {
    let Some(serial) = serial() else { return };
    for (name, plugged) in [("connect", true), ("disconnect", false)] {
        let changed = changed.clone();
        let listener = Closure::<dyn Fn()>::new(move || changed(plugged));
        if serial.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()).is_ok() {
            listener.forget();
        }
    }
}

/// A plain object with these properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in properties {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

thread_local! {
    /// The ports this worker has open, or is closing.
    static HELD: RefCell<Vec<SerialPort>> = const { RefCell::new(Vec::new()) };
}

/// How long closing may take, in milliseconds. Some drivers wait for their device for ever.
const CLOSE_MILLIS: f64 = 10_000.0;

/// A port that this worker uses. A link that was dropped may still be closing when the next one opens.
pub(super) struct Held {
    port: SerialPort,
    open: bool,
}

impl Held {
    /// Waits until an earlier link has closed the port; `None` if one keeps it.
    pub(super) async fn take(port: &SerialPort) -> Option<Held> {
        for _ in 0..60 {
            let free = HELD.with_borrow_mut(|held| {
                let free = !held.contains(port);
                if free {
                    held.push(port.clone());
                }
                free
            });
            if free {
                return Some(Held { port: port.clone(), open: false });
            }
            sleep(20.0).await;
        }
        None
    }

    /// The port is open now, so it must be closed.
    pub(super) fn opened(&mut self) {
        self.open = true;
    }

    /// Closes the port. The streams must be unlocked. Until it is done the port counts as used.
    pub(super) async fn close(self) {
        if self.open {
            let _ = within(CLOSE_MILLIS, JsFuture::from(self.port.close())).await;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.with_borrow_mut(|held| held.retain(|port| *port != self.port));
    }
}
