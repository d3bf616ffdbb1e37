//! Starting the worker and talking to it in bytes.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// <https://www.w3.org/TR/trusted-types/>: under our policy a script's address must come from here.
    type TrustedTypePolicy;
    #[wasm_bindgen(method, js_name = createScriptURL)]
    fn create_script_url(this: &TrustedTypePolicy, url: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = trustedTypes, js_name = createPolicy, catch)]
    fn create_policy(name: &str, rules: &JsValue) -> Result<TrustedTypePolicy, JsValue>;

    #[wasm_bindgen(js_name = Worker)]
    type ModuleWorker;
    #[wasm_bindgen(constructor, js_class = "Worker", catch)]
    fn new(url: &JsValue, options: &web_sys::WorkerOptions) -> Result<ModuleWorker, JsValue>;
}

/// The address of the worker's script. It is a constant: no data ever becomes a script's address.
const SCRIPT: &str = "./worker_loader.js";

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
        let worker = ModuleWorker::new(&script_url(), &options).map_err(refused)?;
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

fn script_url() -> JsValue {
    thread_local! {
        // A policy's name may be taken once only, and the worker may be started again.
        static POLICY: Option<TrustedTypePolicy> = (|| {
            let rules = js_sys::Object::new();
            // Whatever it is asked for, the policy answers with the one address there is.
            let only = Closure::<dyn Fn() -> String>::new(|| SCRIPT.to_owned()).into_js_value();
            let _ = js_sys::Reflect::set(&rules, &"createScriptURL".into(), &only);
            // Where Trusted Types are unknown there is nothing to satisfy.
            js_sys::Reflect::has(&js_sys::global(), &"trustedTypes".into()).ok().filter(|known| *known)?;
            create_policy("ferrule", &rules).ok()
        })();
    }
    let plain = JsValue::from_str(SCRIPT);
    POLICY.with(|policy| policy.as_ref().map_or(plain, |policy| policy.create_script_url(SCRIPT)))
}
