//! FTP servers: as whom they are entered, and whether by TLS.

use super::super::{Ftp, Mistake, Secret};
use super::{Checker, written};
use crate::serve::tls;
use toml::Spanned;

/// Whom an FTP server lets in without an account (RFC 1635).
const ANYBODY: &str = "anonymous";

impl Checker<'_> {
    pub(super) fn ftp(&self, target: &written::Target, host: String, port: u16, local: bool) -> Result<Ftp, Mistake> {
        let user = match &target.user {
            None => ANYBODY.to_owned(),
            Some(user) => self.line(user, user.get_ref())?,
        };
        let password = match (&target.password, &target.password_file, &target.password_env) {
            (None, None, None) => "ferrule@".to_owned(),
            (Some(password), None, None) => self.line(password, password.get_ref())?,
            (None, Some(file), None) => {
                let path = self.folder.join(file.get_ref());
                let text = std::fs::read_to_string(&path)
                    .map_err(|why| self.wrong(file, format!("{}: {why}", path.display())))?;
                self.line(file, text.trim_end_matches(['\r', '\n']))?
            }
            (None, None, Some(name)) => {
                let text = std::env::var(name.get_ref())
                    .map_err(|_| self.wrong(name, format!("the environment has no {}", name.get_ref())))?;
                self.line(name, &text)?
            }
            (first, second, third) => {
                let what = "a target has one of `password`, `password_file` and `password_env`";
                let last = third.as_ref().or(second.as_ref()).or(first.as_ref());
                return Err(last.map_or_else(|| Mistake::at(self.text, &(0..0), what), |last| self.wrong(last, what)));
            }
        };
        let tls = match &target.tls {
            None => None,
            Some(file) => {
                let path = self.folder.join(file.get_ref());
                Some(tls::towards(&path).map_err(|why| self.wrong(file, why))?)
            }
        };
        Ok(Ftp { host, port, local, user, password: Secret(password), tls })
    }

    /// One line of text: what ends a line would begin a command of somebody else's (faults S12).
    fn line(&self, at: &Spanned<String>, text: &str) -> Result<String, Mistake> {
        if text.is_empty() || text.len() > 256 || text.chars().any(char::is_control) {
            return Err(
                self.wrong(at, "users and passwords are one line of 1 to 256 bytes, without control characters")
            );
        }
        Ok(text.to_owned())
    }
}
