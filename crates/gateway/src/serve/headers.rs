//! The headers on every response, refusals included.

use axum::http::{HeaderName, HeaderValue, header};

/// Names and values.
pub(crate) type Headers = Vec<(HeaderName, HeaderValue)>;

/// What the page may use of the browser: its serial ports. Everything else that asks, senses or spies is off.
const PERMISSIONS: &str = "serial=(self), accelerometer=(), autoplay=(), camera=(), \
    display-capture=(), encrypted-media=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), \
    picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), \
    storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

/// All of them, with this content security policy.
///
/// Strict-Transport-Security only where TLS is spoken: it has no meaning over plain HTTP (RFC 6797, section 7.2).
pub(crate) fn all(content_security_policy: &str, tls: bool) -> Headers {
    let text = |value: &str| HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""));
    let mut headers = vec![
        (header::CONTENT_SECURITY_POLICY, text(content_security_policy)),
        (HeaderName::from_static("cross-origin-opener-policy"), text("same-origin")),
        (HeaderName::from_static("cross-origin-embedder-policy"), text("require-corp")),
        (HeaderName::from_static("cross-origin-resource-policy"), text("same-origin")),
        (header::X_CONTENT_TYPE_OPTIONS, text("nosniff")),
        (header::X_FRAME_OPTIONS, text("DENY")),
        (header::REFERRER_POLICY, text("no-referrer")),
        (HeaderName::from_static("permissions-policy"), text(PERMISSIONS)),
    ];
    if tls {
        headers.push((header::STRICT_TRANSPORT_SECURITY, text("max-age=31536000")));
    }
    headers
}
