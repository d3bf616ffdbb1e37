//! Starting the worker and talking to it in bytes.

use super::trusted::{Script, script_url};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Worker)]
    type ModuleWorker;
    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(url: &JsValue, options: &web_sys::WorkerOptions) -> Result<ModuleWorker, JsValue>;
}

/// A running worker.
pub struct Worker {
    inner: web_sys::Worker,
    _on_message: Closure<dyn FnMut(web_sys::MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Worker {
    /// Starts the worker. `on_bytes` gets every message, `on_failure` a sentence when the worker dies.
    ///
    /// # Errors
    /// A sentence, where the browser refuses to start it.
    pub fn start(
        mut on_bytes: impl FnMut(&[u8]) + 'static,
        mut on_failure: impl FnMut(String) + 'static,
    ) -> Result<Worker, String> {
        let options = web_sys::WorkerOptions::new();
        options.set_type(web_sys::WorkerType::Module);
        let refused = |why: JsValue| crate::words::page::no_worker(&crate::browser::dom::words(&why));
        let worker = ModuleWorker::new(&script_url(Script::Worker), &options).map_err(refused)?;
        let inner: web_sys::Worker = worker.unchecked_into();
        let on_message = Closure::new(move |event: web_sys::MessageEvent| {
            let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
            on_bytes(&bytes);
        });
        let on_error = Closure::new(move |event: web_sys::Event| {
            let why = event.dyn_ref::<web_sys::ErrorEvent>().map_or_else(String::new, web_sys::ErrorEvent::message);
            on_failure(why);
        });
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Worker { inner, _on_message: on_message, _on_error: on_error })
    }

    /// Posts bytes to it.
    pub fn post(&self, bytes: &[u8]) {
        let _ = self.inner.post_message(&js_sys::Uint8Array::from(bytes));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Events of its last moments may be on their way, to functions that go with it.
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.terminate();
    }
}
