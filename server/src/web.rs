//! What the web must know of its installation.

use crate::config::{BaseUrl, Config, Environment};
use ipnet::IpNet;
use std::net::SocketAddr;
use std::sync::Arc;

/// Settings of the web: cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Web(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    base_url: BaseUrl,
    hosts: Vec<String>,
    origins: Vec<String>,
    trusted_proxies: Vec<IpNet>,
    has_mailbox: bool,
    has_operators: bool,
}

impl Web {
    /// The web of `config`, listening at `bound`.
    pub(crate) fn new(config: &Config, bound: SocketAddr) -> Self {
        let hosts = hosts(&config.base_url, bound, config.environment);
        let mut origins = vec![config.base_url.as_str().to_owned()];
        if config.environment == Environment::Development {
            origins.extend(hosts.iter().map(|host| format!("http://{host}")));
        }
        Self(Arc::new(Inner {
            base_url: config.base_url.clone(),
            hosts,
            origins,
            trusted_proxies: config.trusted_proxies.clone(),
            has_mailbox: config.has_mailbox(),
            has_operators: config.environment == Environment::Development,
        }))
    }

    /// Whether pages come encrypted.
    pub(crate) fn is_https(&self) -> bool {
        self.0.base_url.is_https()
    }

    /// Whether `host` (with its port, if it has one) is a name of ours.
    pub(crate) fn knows_host(&self, host: &str) -> bool {
        self.0.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether `origin` is where our own pages come from.
    pub(crate) fn knows_origin(&self, origin: &str) -> bool {
        self.0.origins.iter().any(|known| known == origin)
    }

    /// Proxies whose `X-Forwarded-For` is believed.
    pub(crate) fn trusted_proxies(&self) -> &[IpNet] {
        &self.0.trusted_proxies
    }

    /// Whether the sandbox's page for operators exists: nobody turns the clock of real buyers.
    pub(crate) fn has_operators(&self) -> bool {
        self.0.has_operators
    }

    /// Whether `/dev/mailbox` exists.
    pub(crate) fn has_mailbox(&self) -> bool {
        self.0.has_mailbox
    }
}

/// The names under which people reach us; in development also where the web listens, by its usual names.
fn hosts(base_url: &BaseUrl, bound: SocketAddr, environment: Environment) -> Vec<String> {
    let mut hosts = vec![base_url.authority().to_owned()];
    let has_port = base_url.authority().rsplit(']').next().is_some_and(|end| end.contains(':'));
    if !has_port {
        let port = if base_url.is_https() { 443 } else { 80 };
        hosts.push(format!("{}:{port}", base_url.authority()));
    }
    if environment == Environment::Development {
        let port = bound.port();
        hosts.extend([
            bound.to_string(),
            format!("localhost:{port}"),
            format!("127.0.0.1:{port}"),
            format!("[::1]:{port}"),
        ]);
    }
    hosts
}
