//! What a setting's text may be. A reason never repeats a secret.

use super::{Environment, LogFormat};
use ipnet::IpNet;
use lettre::message::Mailbox;
use reqwest::Url;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;
use tracing_subscriber::filter::Targets;

/// Text that is never shown: not in the log, not in an error, not by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The address under which people reach the portal: scheme and host, nothing behind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseUrl {
    text: String,
    host: String,
    authority: String,
    is_https: bool,
}

impl BaseUrl {
    /// Reads `https://portal.example.com` or `http://host:port`.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|_| format!("not an address: {text:?}"))?;
        let is_plain =
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let host = url.host_str().filter(|_| is_plain && matches!(url.scheme(), "http" | "https"));
        let host = host.ok_or_else(|| format!("must be http(s)://host[:port] and nothing more: {text:?}"))?;
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let (text, is_https) = (format!("{}://{authority}", url.scheme()), url.scheme() == "https");
        Ok(Self { text, host: host.to_owned(), authority, is_https })
    }

    /// The address of a web without a name.
    pub fn of_listener(bound: SocketAddr) -> Self {
        let authority = if bound.port() == 80 { bound.ip().to_string() } else { bound.to_string() };
        Self { text: format!("http://{authority}"), host: bound.ip().to_string(), authority, is_https: false }
    }

    /// The address without a slash at its end; what a browser sends as `Origin`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and port as a browser sends them in `Host`.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host alone; of an IPv6 address with its brackets or without.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether pages come encrypted.
    pub fn is_https(&self) -> bool {
        self.is_https
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("not an address and port: {text:?}"))
}

pub(super) fn database(text: &str) -> Result<Secret, String> {
    let schemes = ["sqlite:", "postgres://", "postgresql://"];
    let is_known = schemes.iter().any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if is_known { Ok(Secret::new(text.to_owned())) } else { Err("must be sqlite:PATH or postgres://…".to_owned()) }
}

pub(super) fn secret_key(text: &str) -> Result<Secret, String> {
    if text.len() < 32 {
        return Err(format!("too short: {} bytes, 32 are needed", text.len()));
    }
    Ok(Secret::new(text.to_owned()))
}

pub(super) fn smtp(text: &str) -> Result<Secret, String> {
    let reason = || "not an address like smtp://host:port or smtps://user:password@host".to_owned();
    let url = Url::parse(text).map_err(|_| reason())?;
    let is_known = matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some_and(|host| !host.is_empty());
    if is_known { Ok(Secret::new(text.to_owned())) } else { Err(reason()) }
}

pub(super) fn mailbox(text: &str) -> Result<Mailbox, String> {
    let reason = || format!("not an address like portal@example.com or Portal <portal@example.com>: {text:?}");
    let mailbox: Mailbox = text.parse().map_err(|_| reason())?;
    types::Email::parse(mailbox.email.as_ref()).map_err(|_| reason())?;
    Ok(mailbox)
}

pub(super) fn environment(text: &str) -> Result<Environment, String> {
    match text {
        "development" => Ok(Environment::Development),
        "production" => Ok(Environment::Production),
        _ => Err(format!("must be development or production: {text:?}")),
    }
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("must be yes or no: {text:?}")),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("must be text or json: {text:?}")),
    }
}

/// By where a line comes from: which request it belongs to is not asked, as that would be asked for every line.
pub(super) fn log(text: &str) -> Result<Targets, String> {
    text.parse().map_err(|error| format!("not a filter ({error}): {text:?}"))
}

/// Networks or single addresses with commas or spaces between.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
    parts.map(network).collect()
}

fn network(text: &str) -> Result<IpNet, String> {
    let single = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    let network: IpNet =
        text.parse().or_else(|_| single()).map_err(|_| format!("not a network such as 10.0.0.0/8: {text:?}"))?;
    Ok(network.trunc())
}

pub(super) fn link_minutes(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(minutes @ 10..=360_u64) => Ok(Duration::from_secs(minutes * 60)),
        _ => Err(format!("must be minutes from 10 to 360: {text:?}")),
    }
}
