//! Gateways, as far as the page has to do with them: what they offer, and the tokens that the user types for them.

use super::Engine;
use crate::link::targets;
use session::wire::Request;

pub use crate::link::targets::{Target, Without};

impl Engine {
    /// The targets of the console's own gateway.
    ///
    /// # Errors
    /// Why there is no list.
    pub async fn targets(self) -> Result<Vec<Target>, Without> {
        targets::list(None).await
    }

    /// The profiles of devices that the console's host simulates; none where it does not.
    pub async fn demo_network(self) -> Vec<String> {
        targets::demo().await
    }

    /// Keeps the token for a gateway, the console's own if none is named, until the tab is closed.
    pub fn keep_token(self, gateway: Option<&str>, token: &str) {
        let origin = gateway.map_or_else(targets::own_origin, |gateway| gateway.trim_end_matches('/').to_owned());
        targets::keep_token(&origin, token.to_owned());
        self.post(Request::Token { origin, token: token.to_owned() });
    }
}
