//! Files that the system opens with the installed console (WICG Web App Launch Handler, and its File Handling).

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
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &Handle) -> Result<js_sys::Promise, JsValue>;
}

/// A longer file is no profile: what is read of it says so all the same.
const MOST: f64 = 1_048_576.0;

/// Calls `opened` with the text of the first file of each launch, for as long as the page lives.
pub fn on_file(opened: impl Fn(String) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let Some(queue) = js_sys::Reflect::get(&window, &"launchQueue".into()).ok().filter(JsValue::is_object) else {
        return;
    };
    let consumer = Closure::<dyn FnMut(Launch)>::new(move |launch: Launch| {
        let Some(first) = launch.files().map(|files| files.get(0)).filter(JsValue::is_object) else { return };
        let opened = opened.clone();
        spawn_local(async move {
            if let Some(text) = read(first.unchecked_into()).await {
                opened(text);
            }
        });
    });
    let _ = queue.unchecked_into::<Queue>().set_consumer(&consumer.into_js_value());
}

/// The beginning of a file as text. `None` where the system does not let it be read any more.
async fn read(handle: Handle) -> Option<String> {
    let file: web_sys::File = JsFuture::from(handle.get_file().ok()?).await.ok()?.unchecked_into();
    let beginning = file.slice_with_f64_and_f64(0.0, MOST).ok()?;
    JsFuture::from(beginning.text()).await.ok()?.as_string()
}
