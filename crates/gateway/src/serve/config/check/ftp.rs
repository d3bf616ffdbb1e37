//! FTP servers: as whom they are entered, and whether by TLS.

use super::super::{Ftp, Mistake, Secret};
use super::{Checker, written};

/// Whom an FTP server lets in without an account (RFC 1635).
const ANYBODY: &str = "anonymous";

impl Checker<'_> {
    pub(super) fn ftp(&self, target: &written::Target, host: String, port: u16, local: bool) -> Result<Ftp, Mistake> {
        let user = self.user(target)?.unwrap_or_else(|| ANYBODY.to_owned());
        let password = self.password(target)?.unwrap_or_else(|| Secret("ferrule@".to_owned()));
        Ok(Ftp { host, port, local, user, password, tls: self.tls(target)? })
    }
}
