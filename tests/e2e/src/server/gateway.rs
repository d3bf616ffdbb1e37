//! A gateway with targets: `ferrule serve --config`, which also serves the console.

use super::Served;
use crate::failure::Failure;
use crate::stage::Site;

/// The running gateway.
pub struct Gateway {
    served: Served,
    /// Its port on loopback.
    pub port: u16,
}

impl Gateway {
    /// Starts it on a port, 0 for a free one, with a file that has these tables after its address.
    pub fn start(site: &Site, port: u16, tables: &str) -> Result<Gateway, Failure> {
        let file = site.target.join("gateway.toml");
        std::fs::write(&file, format!("listen = \"127.0.0.1:{port}\"\n{tables}"))?;
        let served = Served::start_with(&site.ferrule, &site.dist, &["--config".as_ref(), file.as_ref()])?;
        let port = served.origin.rsplit(':').next().and_then(|port| port.parse().ok());
        Ok(Gateway { served, port: port.ok_or("the gateway named no port")? })
    }

    /// Its address, without a slash at the end.
    pub fn origin(&self) -> String {
        self.served.origin.clone()
    }
}

/// A target on loopback, as the gateway's file names it.
pub fn target(name: &str, title: &str, kind: &str, port: u16) -> String {
    format!(
        "[[target]]\nname = \"{name}\"\ntitle = \"{title}\"\nkind = \"{kind}\"\naddress = \"127.0.0.1:{port}\"\n\
         local = true\nverbs = [\"read\", \"write\"]\n"
    )
}
