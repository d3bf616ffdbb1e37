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
}

impl Look {
    /// The three that every screen is checked in.
    pub const ALL: [Look; 3] = [
        Look { name: "light", dark: false, phone: false },
        Look { name: "dark", dark: true, phone: false },
        Look { name: "phone", dark: false, phone: true },
    ];
}

impl Tab<'_> {
    /// Looks at the page that way from now on.
    pub fn look(&mut self, look: Look) -> Result<(), Failure> {
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
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
