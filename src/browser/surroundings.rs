//! What the page can see of the browser it is in, and of how it came there.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The operating system, as far as what to do depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux on a computer.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    Mac,
    /// ChromeOS.
    Chrome,
    /// A telephone or a tablet.
    Mobile,
    /// Anything else.
    Other,
}

/// What there is to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Came by https or from this computer (W3C Secure Contexts).
    pub secure: bool,
    /// Whether another page frames this one.
    pub framed: bool,
    /// Whether the page's permissions policy lets it have serial ports; `None` where the browser does not tell.
    pub policy: Option<bool>,
    /// The operating system.
    pub system: System,
    /// The browser, by its own name for itself, with its version.
    pub browser: String,
    /// Where the page came from.
    pub origin: String,
}

/// Looks around.
#[must_use]
pub fn look() -> Surroundings {
    let window: JsValue = js_sys::global().into();
    let navigator = of(&window, "navigator");
    let agent = of(&navigator, "userAgent").as_string().unwrap_or_default();
    Surroundings {
        secure: of(&window, "isSecureContext").is_truthy(),
        framed: of(&window, "top") != of(&window, "self"),
        policy: policy(&of(&window, "document")),
        system: system(&agent),
        browser: browser(&agent),
        origin: of(&of(&window, "location"), "origin").as_string().unwrap_or_default(),
    }
}

fn of(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Chromium's name for it is the old one (`featurePolicy`); W3C Permissions Policy, section 9.
fn policy(document: &JsValue) -> Option<bool> {
    let policy = ["permissionsPolicy", "featurePolicy"].map(|name| of(document, name));
    let policy = policy.into_iter().find(JsValue::is_object)?;
    let asks = |name: &str, arguments: &[JsValue]| {
        let function = of(&policy, name).dyn_into::<Function>().ok()?;
        match arguments {
            [feature] => function.call1(&policy, feature).ok(),
            _ => function.call0(&policy).ok(),
        }
    };
    // A browser that does not know the feature denies it to nobody.
    let known = js_sys::Array::from(&asks("features", &[])?).includes(&"serial".into(), 0);
    known.then(|| asks("allowsFeature", &["serial".into()]).is_some_and(|allowed| allowed.is_truthy()))
}

fn system(agent: &str) -> System {
    let has = |part: &str| agent.contains(part);
    match () {
        () if has("Android") || has("iPhone") || has("iPad") || has("Mobile") => System::Mobile,
        () if has("CrOS") => System::Chrome,
        () if has("Windows") => System::Windows,
        () if has("Mac OS") || has("Macintosh") => System::Mac,
        () if has("Linux") => System::Linux,
        () => System::Other,
    }
}

/// The last product that is not everybody's (RFC 9110, section 10.1.5): browsers name the others for compatibility.
fn browser(agent: &str) -> String {
    for (token, name) in
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chromium"), ("Version/", "Safari")]
    {
        if let Some((_, rest)) = agent.split_once(token) {
            let version: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return format!("{name} {version}");
        }
    }
    "?".to_owned()
}

#[cfg(test)]
mod tests {
    use super::{System, browser, system};

    #[test]
    fn browsers_and_systems_are_known_by_what_they_call_themselves() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 \
                    Safari/537.36 Edg/141.0.0.0";
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
        let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/26.0 Safari/605.1.15";
        let phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile \
                     Safari/537.36";
        let seen = [edge, firefox, safari, phone].map(|agent| (browser(agent), system(agent)));
        let expected = [
            ("Edge 141", System::Windows),
            ("Firefox 145", System::Linux),
            ("Safari 26", System::Mac),
            ("Chromium 141", System::Mobile),
        ];
        assert_eq!(seen, expected.map(|(name, system)| (name.to_owned(), system)));
    }
}
