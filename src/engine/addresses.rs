//! Addresses, as far as the page has to do with them: what the browser makes of one, and whether it would open it.

use crate::link::page;
use session::address::Address;

/// An address as the browser writes it (WHATWG URL); `None` where it takes it for none.
#[must_use]
pub fn normal(text: &str) -> Option<String> {
    web_sys::Url::new(text).ok().map(|url| url.href())
}

/// Why the browser would not let this page open it, with what to do; `None` where it would.
#[must_use]
pub fn mixed_content(address: Address<'_>) -> Option<String> {
    page::is_mixed_content(address).then(|| page::mixed_content(address))
}
