//! The content security policy (W3C CSP Level 3, Trusted Types).

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The policy for a page with these inline scripts: no inline style, no eval, nothing from another origin.
///
/// - `script-src`: our files, WebAssembly, and by their hashes the scripts trunk writes into the page.
/// - `connect-src`: a console reaches the hosts its user names, which nobody knows beforehand, so the schemes are
///   open. What keeps a device from using that is the rest: nothing it sends can become a script.
/// - `require-trusted-types-for`: text becomes markup, or the address of a script, only through the two policies named
///   here. `ferrule` gives the worker's address and no other; `default` lets pass the markup of Leptos' views that
///   cannot run (`src/browser/`).
pub(crate) fn content_security_policy(inline_scripts: &[String]) -> String {
    let mut scripts = String::from("'self' 'wasm-unsafe-eval'");
    for script in inline_scripts {
        scripts.push_str(&format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))));
    }
    [
        "default-src 'none'",
        &format!("script-src {scripts}"),
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self' ws: wss: http: https:",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types ferrule default",
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::content_security_policy;

    #[test]
    fn the_policy_is_exactly_this() {
        // S2. The hash is that of the example in CSP Level 3, section 8.3: alert('Hello, world.');
        assert_eq!(
            content_security_policy(&["alert('Hello, world.');".into()]),
            "default-src 'none'; \
             script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; \
             style-src 'self'; img-src 'self'; font-src 'self'; \
             connect-src 'self' ws: wss: http: https:; worker-src 'self'; manifest-src 'self'; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
             require-trusted-types-for 'script'; trusted-types ferrule default"
        );
    }
}
