//! Markup and the addresses of scripts under Trusted Types (W3C Trusted Types, section 2.4).
//!
//! The console's security policy demands that text becomes markup only through a policy of a name it lists. Leptos
//! parses the parts of a view that never change, string literals of this program, once and clones them; it knows of
//! no policy, so the browser asks the one called `default`, which is this. Nothing in those literals runs, and
//! anything that could is refused: should device data ever get here, it stays text.

use wasm_bindgen::prelude::*;

/// What makes markup run, load, or lead elsewhere.
const REFUSED: &[&str] =
    &["<script", "<iframe", "<object", "<embed", "<base", "<link", "<meta", "<form", "javascript:", "srcdoc"];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = trustedTypes, thread_local_v2)]
    static TRUSTED_TYPES: Option<Factory>;

    #[derive(Clone)]
    type Factory;

    #[wasm_bindgen(method, catch, js_name = createPolicy)]
    fn create_policy(this: &Factory, name: &str, rules: &JsValue) -> Result<Policy, JsValue>;

    type Policy;
    #[wasm_bindgen(method, js_name = createScriptURL)]
    fn create_script_url(this: &Policy, url: &str) -> JsValue;
}

/// A script of this release. Their addresses are constants: no data ever becomes a script's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// The worker that holds the sessions.
    Worker,
    /// The service worker.
    Service,
}

impl Script {
    const ALL: [Script; 2] = [Script::Worker, Script::Service];

    fn address(self) -> &'static str {
        match self {
            Script::Worker => "./worker_loader.js",
            Script::Service => "./sw.js",
        }
    }
}

/// The script's address as the browser wants it: under our policy it must come from a policy of a name it lists.
pub(super) fn script_url(script: Script) -> JsValue {
    thread_local! {
        // A policy's name may be taken once only, and a worker may be started again.
        static POLICY: Option<Policy> = {
            let rules = js_sys::Object::new();
            // Whatever it is asked for, the policy answers with one of the addresses there are.
            let known = |asked: String| Script::ALL.map(Script::address).into_iter().find(|known| *known == asked);
            let only = Closure::<dyn Fn(String) -> Option<String>>::new(move |asked| known(asked).map(str::to_owned));
            let _ = js_sys::Reflect::set(&rules, &"createScriptURL".into(), &only.into_js_value());
            // Where Trusted Types are unknown there is nothing to satisfy.
            let factory = TRUSTED_TYPES.with(Clone::clone);
            factory.and_then(|factory| factory.create_policy("ferrule", &rules).ok())
        };
    }
    let plain = JsValue::from_str(script.address());
    POLICY.with(|policy| policy.as_ref().map_or(plain, |policy| policy.create_script_url(script.address())))
}

/// Makes the policy for markup. To be called once, before anything is mounted. Browsers without Trusted Types need none.
pub fn install() {
    let Some(factory) = TRUSTED_TYPES.with(Clone::clone) else { return };
    let rules = js_sys::Object::new();
    let html = Closure::<dyn Fn(String) -> Option<String>>::new(|html: String| is_inert(&html).then_some(html));
    // A fresh object takes any property; of a second call only the name is refused, and the first policy stays.
    let _ = js_sys::Reflect::set(&rules, &"createHTML".into(), &html.into_js_value());
    let _ = factory.create_policy("default", &rules);
}

/// Whether markup can neither run nor load anything.
fn is_inert(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    !REFUSED.iter().any(|word| html.contains(word)) && !has_event_attribute(&html)
}

/// `on…=` after a space, a quote or a slash: where an attribute may begin.
fn has_event_attribute(html: &str) -> bool {
    html.match_indices("on").any(|(at, _)| {
        let before = html[..at].chars().next_back();
        let name_ends = html[at..].find(|c: char| !c.is_ascii_alphanumeric());
        let after = name_ends.and_then(|end| html[at + end..].trim_start().chars().next());
        let named = name_ends.is_some_and(|end| end > "on".len());
        named && before.is_some_and(|c| c.is_ascii_whitespace() || "\"'/".contains(c)) && after == Some('=')
    })
}

#[cfg(test)]
mod tests {
    use super::is_inert;

    #[test]
    fn markup_that_could_run_is_refused() {
        // S1
        for html in [
            "<script>x</script>",
            "<SCRIPT src=x>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<a href='javascript:x'>",
            "<iframe srcdoc=x>",
            "<p title=\"x\"onclick = x>",
            "<base href=//x>",
        ] {
            assert!(!is_inert(html), "{html}");
        }
        for html in ["", "<p class=\"on\">Turn it on = now, or not</p>", "<svg><path d=\"M0 0\"/></svg>"] {
            assert!(is_inert(html), "{html}");
        }
    }
}
