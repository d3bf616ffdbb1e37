//! How the person looks at the page: a wide window or a phone, light or dark.

use super::Tab;
use crate::failure::Failure;
use serde_json::json;

/// A window and a colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// In file names and outcomes.
    pub name: &'static str,
    dark: bool,
    phone: bool,
    /// The system wishes more contrast.
    contrast: bool,
    /// The system has colours of its own, as in the high contrast of Windows.
    forced: bool,
}

impl Look {
    const LIGHT: Look = Look { name: "light", dark: false, phone: false, contrast: false, forced: false };
    const DARK: Look = Look { name: "dark", dark: true, ..Look::LIGHT };
    const PHONE: Look = Look { name: "phone", phone: true, ..Look::LIGHT };

    /// The three that pictures are taken in.
    pub const ALL: [Look; 3] = [Look::LIGHT, Look::DARK, Look::PHONE];

    /// What systems offer to whoever sees little.
    pub const CONTRASTS: [Look; 3] = [
        Look { name: "more contrast", contrast: true, ..Look::LIGHT },
        Look { name: "more contrast, dark", contrast: true, ..Look::DARK },
        Look { name: "forced colours", forced: true, ..Look::DARK },
    ];
}

impl Tab<'_> {
    /// Looks at the page that way from now on.
    pub fn look(&mut self, look: Look) -> Result<(), Failure> {
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-contrast", "value": if look.contrast { "more" } else { "no-preference" } },
            { "name": "forced-colors", "value": if look.forced { "active" } else { "none" } },
            { "name": "pointer", "value": if look.phone { "coarse" } else { "fine" } },
        ]);
        self.call("Emulation.setEmulatedMedia", json!({ "features": features }))?;
        let (width, height) = if look.phone { (390, 844) } else { (1280, 800) };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": if look.phone { 2 } else { 1 }, "mobile": look.phone });
        self.call("Emulation.setDeviceMetricsOverride", metrics)?;
        self.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": look.phone, "maxTouchPoints": 5 }))?;
        Ok(())
    }
}
