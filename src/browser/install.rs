//! The service worker `public/sw.js`, which keeps one release in this browser: registered once the page stands, told and
//! heard. A build that is no release goes without.

use super::dom;
use super::trusted::{Script, script_url};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    /// Service Workers, section 3.4.
    type Container;
    #[wasm_bindgen(method, catch)]
    fn register(this: &Container, url: &JsValue, options: &JsValue) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn ready(this: &Container) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = startMessages)]
    fn start_messages(this: &Container);
    #[wasm_bindgen(method, getter)]
    fn controller(this: &Container) -> Option<Active>;
    #[wasm_bindgen(method, catch, js_name = getRegistration)]
    fn get_registration(this: &Container) -> Result<js_sys::Promise, JsValue>;

    type Registration;
    #[wasm_bindgen(method, getter)]
    fn active(this: &Registration) -> Option<Active>;
    #[wasm_bindgen(method, catch)]
    fn unregister(this: &Registration) -> Result<js_sys::Promise, JsValue>;

    type Active;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Active, words: &str) -> Result<(), JsValue>;
}

/// How long the page is left alone before the files are fetched once more for keeping, in milliseconds.
const SETTLED: i32 = 1500;

/// How often a page that stays open asks for a new release, in milliseconds.
const HOUR: i32 = 3_600_000;

/// What the service worker says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Another release is kept and waits to take over.
    Ready,
    /// None waits.
    None,
    /// It does not take over: a session is open in some tab.
    Held,
    /// It took over: a page that is loaded from now on is of it.
    Taken,
    /// The server withdrew what was kept, and nothing is kept any more.
    Withdrawn,
}

impl Word {
    fn of(text: &str) -> Option<Word> {
        match text {
            "ready" => Some(Word::Ready),
            "none" => Some(Word::None),
            "held" => Some(Word::Held),
            "taken" => Some(Word::Taken),
            "withdrawn" => Some(Word::Withdrawn),
            _ => None,
        }
    }
}

/// Has this release kept, and calls `heard` with what the service worker says, for as long as the page lives.
pub fn keep(heard: impl Fn(Word) + Copy + 'static) {
    let Some(container) = container().filter(|_| !crate::BUILD.ends_with("-dev")) else { return };
    let target: &web_sys::EventTarget = container.unchecked_ref();
    let message = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        if let Some(word) = event.data().as_string().as_deref().and_then(Word::of) {
            heard(word);
        }
    });
    let _ = target.add_event_listener_with_callback("message", message.as_ref().unchecked_ref());
    message.forget();
    container.start_messages();
    let begin = Closure::once_into_js(move || spawn_local(begin(heard)));
    let check = Closure::<dyn FnMut()>::new(|| tell("check")).into_js_value();
    if let Some(window) = web_sys::window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(begin.unchecked_ref(), SETTLED);
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(check.unchecked_ref(), HOUR);
    }
    dom::listen_window("online", |_| tell("check"));
}

/// Asks that the release that waits take over; the answer is heard.
pub fn take() {
    tell("take");
}

/// Registers the service worker, unless the server withdrew it. It may have said so while this page was still being
/// loaded, when nobody heard it; and what has been withdrawn must not be registered again.
async fn begin(heard: impl Fn(Word)) {
    let Some(container) = container() else { return };
    let registration = match container.get_registration() {
        Ok(asked) => JsFuture::from(asked).await.ok().filter(JsValue::is_object),
        Err(_) => None,
    };
    // Without either this page came from the server, and a service worker that is not wanted does not install itself.
    let kept = registration.is_some() || container.controller().is_some();
    if !kept || !withdrawn().await {
        return register(&container).await;
    }
    if let Some(registration) = registration.map(Registration::unchecked_from_js) {
        if let Some(active) = registration.active() {
            // It takes away what it keeps.
            let _ = active.post_message("check");
        }
        if let Ok(gone) = registration.unregister() {
            let _ = JsFuture::from(gone).await;
        }
    }
    heard(Word::Withdrawn);
}

/// Whether the server says that nothing is to be kept. Without an answer it does not.
async fn withdrawn() -> bool {
    let list = async {
        let window = web_sys::window()?;
        let options = web_sys::RequestInit::new();
        js_sys::Reflect::set(&options, &"cache".into(), &"no-store".into()).ok()?;
        let answer = JsFuture::from(window.fetch_with_str_and_init("release.json", &options)).await.ok()?;
        let answer: web_sys::Response = answer.dyn_into().ok()?;
        let list = JsFuture::from(answer.json().ok().filter(|_| answer.ok())?).await.ok()?;
        js_sys::Reflect::get(&list, &"kill".into()).ok()
    };
    list.await.is_some_and(|kill| kill == JsValue::TRUE)
}

async fn register(container: &Container) {
    let options = js_sys::Object::new();
    // Its script is never taken from the browser's cache: else a broken one could stay for a day.
    let _ = js_sys::Reflect::set(&options, &"updateViaCache".into(), &"none".into());
    // Without a network, with storage switched off or full, nothing is kept, and the page works all the same.
    if let Ok(registered) = container.register(&script_url(Script::Service), &options)
        && JsFuture::from(registered).await.is_ok()
    {
        tell("state");
    }
}

fn tell(words: &'static str) {
    spawn_local(async move {
        let Some(container) = container() else { return };
        if let Ok(registration) = JsFuture::from(container.ready()).await
            && let Some(active) = registration.unchecked_into::<Registration>().active()
        {
            let _ = active.post_message(words);
        }
    });
}

fn container() -> Option<Container> {
    let navigator = web_sys::window()?.navigator();
    let container = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}
