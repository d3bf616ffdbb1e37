//! Files that the system opens with the installed console (WICG Web App Launch Handler, and its File Handling).

use super::file::Unread;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type Queue;
    #[wasm_bindgen(method, catch, js_name = setConsumer)]
    fn set_consumer(this: &Queue, consumer: &JsValue) -> Result<(), JsValue>;

    type Launch;
    #[wasm_bindgen(method, getter)]
    fn files(this: &Launch) -> Option<js_sys::Array>;

    type Handle;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &Handle) -> Result<js_sys::Promise, JsValue>;
}

/// A longer file is no profile.
const MOST: f64 = 1_048_576.0;

/// Calls `opened` with the name of the first file of each launch and its text, or why there is none, for as long as the page
/// lives.
pub fn on_file(opened: impl Fn(String, Result<String, Unread>) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let Some(queue) = js_sys::Reflect::get(&window, &"launchQueue".into()).ok().filter(JsValue::is_object) else {
        return;
    };
    let consumer = Closure::<dyn FnMut(Launch)>::new(move |launch: Launch| {
        let Some(first) = launch.files().map(|files| files.get(0)).filter(JsValue::is_object) else { return };
        let opened = opened.clone();
        spawn_local(async move {
            let handle: Handle = first.unchecked_into();
            let name = handle.name();
            opened(name, read(handle).await);
        });
    });
    let _ = queue.unchecked_into::<Queue>().set_consumer(&consumer.into_js_value());
}

/// A file as text. The system may not let it be read any more.
async fn read(handle: Handle) -> Result<String, Unread> {
    let unreadable = |_| Unread::Unreadable;
    let file = JsFuture::from(handle.get_file().map_err(unreadable)?).await.map_err(unreadable)?;
    let file: web_sys::File = file.unchecked_into();
    if file.size() > MOST {
        return Err(Unread::TooLarge);
    }
    JsFuture::from(file.text()).await.map_err(unreadable)?.as_string().ok_or(Unread::Unreadable)
}
