//! Keeps a hidden tab from being frozen while a link is open: browsers exempt a page that holds a Web Lock.

use js_sys::{Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, held: &JsValue) -> Result<Promise, JsValue>;
}

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// While one exists, this worker holds a lock.
pub(super) struct Held(());

/// Holds the lock until the value is dropped. Where the browser has none, nothing happens.
pub(super) fn hold() -> Held {
    if COUNT.replace(COUNT.get() + 1) == 0 {
        RELEASE.set(request());
    }
    Held(())
}

impl Drop for Held {
    fn drop(&mut self) {
        let left = COUNT.get().saturating_sub(1);
        COUNT.set(left);
        if left == 0
            && let Some(release) = RELEASE.take()
        {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Requests the lock; it stays held until the returned function is called.
fn request() -> Option<Function> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let release = Rc::new(RefCell::new(None));
    let resolver = release.clone();
    let until_released = Promise::new(&mut move |resolve, _| *resolver.borrow_mut() = Some(resolve));
    // Shared: a second tab with an open link must not wait for this one.
    let options = js_sys::Object::new();
    Reflect::set(&options, &"mode".into(), &"shared".into()).ok()?;
    let held = Closure::once_into_js(move || until_released);
    let granted = locks.unchecked_into::<LockManager>().request("ferrule: a link is open", &options, &held).ok()?;
    wasm_bindgen_futures::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(granted).await;
    });
    release.take()
}
