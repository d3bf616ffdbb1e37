//! The file as it is written, key by key.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) listen: Option<Spanned<String>>,
    pub(super) tls: Option<Tls>,
    #[serde(default)]
    pub(super) hosts: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) origins: Vec<Spanned<String>>,
    pub(super) behind_proxy: Option<Spanned<bool>>,
    #[serde(default)]
    pub(super) audit: Audit,
    #[serde(default)]
    pub(super) metrics: Metrics,
    #[serde(default)]
    pub(super) limits: Limits,
    #[serde(default)]
    pub(super) target: Vec<Spanned<Target>>,
    #[serde(default)]
    pub(super) token: Vec<Spanned<Token>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tls {
    pub(super) certificate: String,
    pub(super) key: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Audit {
    pub(super) file: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Metrics {
    #[serde(default)]
    pub(super) open: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub(super) connections: Option<Spanned<i64>>,
    pub(super) connections_per_second: Option<Spanned<i64>>,
    pub(super) tunnels: Option<Spanned<i64>>,
    pub(super) tunnels_per_token: Option<Spanned<i64>>,
    pub(super) tunnels_per_address: Option<Spanned<i64>>,
    pub(super) idle_s: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Target {
    pub(super) name: Spanned<String>,
    pub(super) title: Option<String>,
    pub(super) kind: Kind,
    pub(super) address: Option<Spanned<String>>,
    pub(super) local: Option<Spanned<bool>>,
    pub(super) port: Option<Spanned<String>>,
    pub(super) baud: Option<Spanned<i64>>,
    pub(super) data_bits: Option<Spanned<i64>>,
    pub(super) parity: Option<Spanned<Parity>>,
    pub(super) stop_bits: Option<Spanned<i64>>,
    pub(super) flow: Option<Spanned<Flow>>,
    pub(super) user: Option<Spanned<String>>,
    pub(super) password: Option<Spanned<String>>,
    pub(super) password_file: Option<Spanned<String>>,
    pub(super) password_env: Option<Spanned<String>>,
    pub(super) tls: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) topics: Vec<Spanned<String>>,
    #[serde(default = "read_only")]
    pub(super) verbs: Spanned<Vec<Verb>>,
    pub(super) profile: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    pub(super) name: Spanned<String>,
    pub(super) sha256: Option<Spanned<String>>,
    pub(super) file: Option<Spanned<String>>,
    pub(super) env: Option<Spanned<String>>,
    pub(super) targets: Vec<Spanned<String>>,
    #[serde(default = "read_only")]
    pub(super) verbs: Spanned<Vec<Verb>>,
    pub(super) expires: Option<Spanned<Datetime>>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Tcp,
    Telnet,
    Serial,
    Ftp,
    Mqtt,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verb {
    Read,
    Write,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Parity {
    None,
    Even,
    Odd,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Flow {
    None,
    Hardware,
}

/// Whoever is to write must be named as such.
fn read_only() -> Spanned<Vec<Verb>> {
    Spanned::new(0..0, vec![Verb::Read])
}
