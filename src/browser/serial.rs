//! The page's part of Web Serial: asking for permission, which needs the user's gesture, and listing what was granted.
//! The worker opens and reads the port.
//!
//! The bindings are our own: those of `web-sys` need a compiler flag that would leak into every build command.

use session::link::Port;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = web_sys::EventTarget)]
    type Serial;
    #[wasm_bindgen(method, js_name = requestPort)]
    fn request_port(this: &Serial, options: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = getPorts)]
    fn get_ports(this: &Serial) -> js_sys::Promise;

    type SerialPort;
    #[wasm_bindgen(method, js_name = getInfo)]
    fn get_info(this: &SerialPort) -> JsValue;
    #[wasm_bindgen(method)]
    fn forget(this: &SerialPort) -> js_sys::Promise;
}

/// Why no port came of asking for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// This browser has no Web Serial, or not here.
    Unsupported,
    /// The chooser was closed without a choice: nothing to say.
    NotChosen,
    /// Anything else, in the browser's words.
    Other(String),
}

/// Whether this browser offers Web Serial here.
#[must_use]
pub fn supported() -> bool {
    serial().is_some()
}

/// The granted ports, in the browser's order.
pub async fn granted() -> Vec<Port> {
    ports().await.iter().map(|(port, _)| *port).collect()
}

/// Asks the user for a port. Where the profile names a vendor, or a product too, the browser offers only those.
///
/// # Errors
/// [`Denied`], where there is none to use.
pub async fn request(wanted: Port) -> Result<Port, Denied> {
    let serial = serial().ok_or(Denied::Unsupported)?;
    let chosen: SerialPort = match JsFuture::from(serial.request_port(&filters(wanted))).await {
        Ok(port) => port.unchecked_into(),
        Err(error) => {
            let name = js_sys::Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
            return Err(match name.as_deref() {
                Some("NotFoundError") => Denied::NotChosen,
                _ => Denied::Other(super::dom::words(&error)),
            });
        }
    };
    let chosen: JsValue = chosen.into();
    ports()
        .await
        .into_iter()
        .find_map(|(port, handle)| (handle == chosen).then_some(port))
        .ok_or_else(|| Denied::Other("the chosen port is not among the granted ones".to_owned()))
}

/// The options of `requestPort`. A filter needs a vendor.
fn filters(wanted: Port) -> JsValue {
    let options = js_sys::Object::new();
    let Some(vendor) = wanted.vendor else { return options.into() };
    let filter = js_sys::Object::new();
    // A plain object takes every property.
    let set =
        |object: &js_sys::Object, key: &str, value: JsValue| drop(js_sys::Reflect::set(object, &key.into(), &value));
    set(&filter, "usbVendorId", vendor.into());
    if let Some(product) = wanted.product {
        set(&filter, "usbProductId", product.into());
    }
    set(&options, "filters", js_sys::Array::of1(&filter).into());
    options.into()
}

/// Takes the permission for a port back.
pub async fn forget(port: Port) {
    if let Some((_, handle)) = ports().await.into_iter().find(|(granted, _)| *granted == port) {
        let _ = JsFuture::from(handle.unchecked_into::<SerialPort>().forget()).await;
    }
}

/// Calls `changed` when a granted port is plugged in or out: true for in.
pub fn on_change(changed: impl Fn(bool) + Clone + 'static) {
    let Some(serial) = serial() else { return };
    for (name, plugged) in [("connect", true), ("disconnect", false)] {
        let changed = changed.clone();
        let heard = Closure::<dyn FnMut()>::new(move || changed(plugged));
        let _ = serial.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        heard.forget();
    }
}

fn serial() -> Option<Serial> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let serial = js_sys::Reflect::get(&navigator, &"serial".into()).ok()?;
    (!serial.is_undefined() && !serial.is_null()).then(|| serial.unchecked_into())
}

async fn ports() -> Vec<(Port, JsValue)> {
    let Some(serial) = serial() else { return Vec::new() };
    let Ok(list) = JsFuture::from(serial.get_ports()).await else { return Vec::new() };
    let mut ports: Vec<(Port, JsValue)> = Vec::new();
    for handle in js_sys::Array::from(&list).iter() {
        let info = handle.unchecked_ref::<SerialPort>().get_info();
        let id =
            |key: &str| js_sys::Reflect::get(&info, &key.into()).ok().and_then(|id| id.as_f64()).map(|id| id as u16);
        let (vendor, product) = (id("usbVendorId"), id("usbProductId"));
        let alike = ports.iter().filter(|(port, _)| (port.vendor, port.product) == (vendor, product)).count();
        ports.push((Port { vendor, product, nth: alike as u16 }, handle));
    }
    ports
}
