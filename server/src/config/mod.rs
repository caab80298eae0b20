//! Everything that can be set, read once: a flag goes before the environment, the environment before the file that it
//! may name, and that before the default. The only place that reads the environment.

mod read;
mod settings;
mod value;

pub use read::Given;
pub use settings::{Flags, SETTINGS, Setting};
pub use value::{BaseUrl, Secret};

use ipnet::IpNet;
use lettre::message::Mailbox;
use std::net::SocketAddr;
use std::time::Duration;
use tracing_subscriber::filter::Targets;

/// The settings of a running installation.
#[derive(Debug)]
pub struct Config {
    /// Where the web listens.
    pub listen: SocketAddr,
    /// Where people reach it.
    pub base_url: BaseUrl,
    /// `sqlite:PATH` or `postgres://…`; secret because it may carry a password.
    pub database_url: Secret,
    /// The key everything secret hangs on, if one was given.
    pub secret_key: Option<Secret>,
    /// The mail server; none: the built-in mailbox.
    pub smtp_url: Option<Secret>,
    /// Who mails are from.
    pub mail_from: Mailbox,
    /// Development or production.
    pub environment: Environment,
    /// Whether production may have the sandbox gateway, which moves no money.
    pub allow_sandbox: bool,
    /// Whether a development may listen where other machines reach it.
    pub open_development: bool,
    /// Networks that calls out may reach although private.
    pub private_targets: Vec<IpNet>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What is logged.
    pub log: Targets,
    /// How a line of the log looks.
    pub log_format: LogFormat,
    /// How long a *My purchases* link lives.
    pub purchases_link_lifetime: Duration,
    /// How long the link after an order link lives.
    pub order_link_lifetime: Duration,
    is_base_url_given: bool,
}

/// What an installation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Environment {
    /// For trying: sandbox gateway, built-in mailbox.
    Development,
    /// For real buyers.
    Production,
}

/// How a line of the log looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For collectors: one JSON object a line.
    Json,
}

/// A setting that stops the start: its name and the reason, in one line.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct ConfigError {
    /// The setting, as an environment variable.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Config {
    /// Reads every setting from the flags given and the environment of the process.
    ///
    /// # Errors
    /// The first setting that is wrong.
    pub fn from_environment(flags: &Flags) -> Result<Self, ConfigError> {
        Self::read(&Given::from_environment(flags))
    }

    /// Reads what commands need that only touch the data: everything else is as if it had not been given.
    ///
    /// # Errors
    /// The first of these settings that is wrong.
    pub fn of_data(given: &Given) -> Result<Self, ConfigError> {
        let names = ["DATABASE_URL", "ENV", "LOG", "LOG_FORMAT"];
        Self::parse(&given.keeping(&names, &Flags::default()))
    }

    /// Reads every setting from what was given.
    ///
    /// # Errors
    /// The first setting that is wrong.
    pub fn read(given: &Given) -> Result<Self, ConfigError> {
        let mut config = Self::parse(given)?;
        config.fit_for_its_environment()?;
        config.reached_at(config.listen);
        Ok(config)
    }

    fn parse(given: &Given) -> Result<Self, ConfigError> {
        Ok(Self {
            listen: given.parse("LISTEN", value::address)?,
            base_url: given.parse("BASE_URL", BaseUrl::parse)?,
            database_url: given.parse("DATABASE_URL", value::database)?,
            secret_key: given.parse_optional("SECRET_KEY", value::secret_key)?,
            smtp_url: given.parse_optional("SMTP_URL", value::smtp)?,
            mail_from: given.parse("MAIL_FROM", value::mailbox)?,
            environment: given.parse("ENV", value::environment)?,
            allow_sandbox: given.parse("ALLOW_SANDBOX", value::yes_or_no)?,
            open_development: given.parse("OPEN_DEVELOPMENT", value::yes_or_no)?,
            private_targets: given.parse("PRIVATE_TARGETS", value::networks)?,
            trusted_proxies: given.parse("TRUSTED_PROXIES", value::networks)?,
            log: given.parse("LOG", value::log)?,
            log_format: given.parse("LOG_FORMAT", value::log_format)?,
            purchases_link_lifetime: given.parse("PURCHASES_LINK_MINUTES", value::link_minutes)?,
            order_link_lifetime: given.parse("ORDER_LINK_MINUTES", value::link_minutes)?,
            is_base_url_given: given.has("BASE_URL"),
        })
    }

    /// In development, where no address for people was set: they reach it where it listens.
    pub fn reached_at(&mut self, bound: SocketAddr) {
        if self.environment == Environment::Development && !self.is_base_url_given {
            let host =
                if bound.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], bound.port())) } else { bound };
            self.base_url = BaseUrl::of_listener(host);
        }
    }

    /// Whether the sandbox is a gateway here.
    pub fn has_sandbox(&self) -> bool {
        self.environment == Environment::Development || self.allow_sandbox
    }

    /// Whether mail goes to the built-in mailbox.
    pub fn has_mailbox(&self) -> bool {
        self.smtp_url.is_none()
    }

    /// Production has no defaults that a stranger could guess or that lose a buyer's mail or money; a development shows
    /// every mail to whoever reaches it, so nobody else does unless somebody means it.
    fn fit_for_its_environment(&self) -> Result<(), ConfigError> {
        let demand =
            |holds: bool, name: &str, reason: &str| if holds { Ok(()) } else { Err(ConfigError::new(name, reason)) };
        if self.environment == Environment::Development {
            return demand(
                self.listen.ip().is_loopback() || self.open_development,
                "LISTEN",
                "others would reach every mail and the gateway's clock of this development; \
                 AFTERSALE_OPEN_DEVELOPMENT=yes if that is meant",
            );
        }
        demand(self.secret_key.is_some(), "SECRET_KEY", "production needs one: 32 random bytes or more")?;
        demand(self.base_url.is_https(), "BASE_URL", "production needs an https address")?;
        demand(
            self.smtp_url.is_some(),
            "SMTP_URL",
            "production needs a mail server; the built-in mailbox is for development",
        )?;
        let is_example = self.mail_from.email.domain().ends_with(".example");
        demand(!is_example, "MAIL_FROM", "production needs an address of yours")
    }
}

impl ConfigError {
    fn new(name: &str, reason: impl Into<String>) -> Self {
        Self { name: format!("AFTERSALE_{name}"), reason: reason.into() }
    }
}

#[cfg(test)]
mod tests;
