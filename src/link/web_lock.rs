//! Web Locks. One keeps a hidden tab from being frozen while a link is open: browsers exempt a page that holds one.
//! Others tell the tabs of this console which ports they have open: the browser only says that a port does not open.

use js_sys::{Array, Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, held: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    /// Names of the things that this tab has.
    static OWN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static RELEASE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// While one exists, this worker holds a lock.
pub(super) struct Held(());

/// Holds the lock until the value is dropped. Where the browser has none, nothing happens.
pub(super) fn hold() -> Held {
    if COUNT.replace(COUNT.get() + 1) == 0 {
        RELEASE.set(request("ferrule: a link is open", None));
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

/// While it exists, other tabs of this console are told that this one has the thing of that name.
pub(crate) struct Named {
    name: String,
    release: Option<Function>,
}

impl Named {
    /// Holds the lock of that name until the value is dropped.
    pub(crate) fn hold(name: &str) -> Named {
        OWN.with_borrow_mut(|own| own.push(name.to_owned()));
        Named { name: name.to_owned(), release: request(name, None) }
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        OWN.with_borrow_mut(|own| {
            if let Some(at) = own.iter().position(|name| *name == self.name) {
                own.swap_remove(at);
            }
        });
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// A name that one client of this console has at a time: who claims it takes it from whoever had it, and that one can tell.
pub(super) struct Claim {
    lost: Rc<Cell<bool>>,
    release: Option<Function>,
}

impl Claim {
    /// Takes the name, until the value is dropped or another claims it.
    pub(super) fn take(name: &str) -> Claim {
        let lost = Rc::new(Cell::new(false));
        Claim { release: request(name, Some(lost.clone())), lost }
    }

    /// Whether another has claimed it since.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.get()
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Whether another tab of this console has a thing of that name.
pub(super) async fn is_held_elsewhere(name: &str) -> bool {
    let Some(Ok(query)) = locks().map(|locks| locks.query()) else { return false };
    let Ok(state) = JsFuture::from(query).await else { return false };
    let held = Reflect::get(&state, &"held".into()).unwrap_or(JsValue::UNDEFINED);
    let named = |lock: &JsValue| {
        Reflect::get(lock, &"name".into()).is_ok_and(|other| other.as_string().as_deref() == Some(name))
    };
    let own = OWN.with_borrow(|own| own.iter().filter(|own| *own == name).count());
    held.dyn_into::<Array>().is_ok_and(|held| held.iter().filter(|lock| named(lock)).count() > own)
}

fn locks() -> Option<LockManager> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    Some(locks.unchecked_into())
}

/// Requests a lock; it stays held until the returned function is called. With a `lost` nobody else holds it then: it is taken
/// from whoever does, and that is set when it is taken from here.
fn request(name: &str, lost: Option<Rc<Cell<bool>>>) -> Option<Function> {
    let locks = locks()?;
    let release = Rc::new(RefCell::new(None));
    let resolver = release.clone();
    let until_released = Promise::new(&mut move |resolve, _| *resolver.borrow_mut() = Some(resolve));
    // Shared: a second tab with an open link must not wait for this one.
    let options = js_sys::Object::new();
    let (key, value) = if lost.is_some() { ("steal", JsValue::TRUE) } else { ("mode", "shared".into()) };
    Reflect::set(&options, &key.into(), &value).ok()?;
    let held = Closure::once_into_js(move || until_released);
    let granted = locks.request(name, &options, &held).ok()?;
    wasm_bindgen_futures::spawn_local(async move {
        let ended = JsFuture::from(granted).await;
        if let (Err(_), Some(lost)) = (ended, lost) {
            lost.set(true);
        }
    });
    release.take()
}
