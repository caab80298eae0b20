//! The only place where real adapters are built: database, clock, randomness, mail, gateways, member areas.

use crate::clock::{SystemClock, SystemRandom};
use crate::config::{Config, Environment};
use crate::gateway::sandbox::Sandbox;
use crate::gateway::{Configured, SandboxOnly};
use crate::guard::{Guard, Times};
use crate::mail::{Mailbox, Smtp};
use crate::member_area::Memberkit;
use crate::secret_key;
use anyhow::Context;
use portal::db::Db;
use portal::ports::{Clock, Gateways, Mail, Ports};
use portal::{Keys, Options, Portal};
use std::sync::Arc;
use types::Email;

/// Whether opening a database also brings it to this version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Migrate {
    /// Yes.
    Yes,
    /// No: somebody does that apart.
    No,
}

/// The portal of an installation.
///
/// # Errors
/// When the database cannot be opened, or a key or address cannot be used.
pub async fn open(config: &Config, migrate: Migrate) -> anyhow::Result<Portal> {
    let url = config.database_url.expose();
    let key = secret_key::find(config).context("AFTERSALE_SECRET_KEY")?;
    let db = Db::open(url).await.context("AFTERSALE_DATABASE_URL")?;
    if migrate == Migrate::Yes {
        db.migrate().await?;
    }
    let ports = ports(config, &db)?;
    Ok(Portal::new(db, ports, Arc::new(app::mail::Letters), Keys::new(key.expose().as_bytes()), options(config)?))
}

fn ports(config: &Config, db: &Db) -> anyhow::Result<Ports> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let guard = Arc::new(Guard::new(&config.private_targets, Times::default()));
    Ok(Ports {
        mail: mail(config, db, &clock)?,
        gateways: gateways(config, db, &clock),
        memberkit: Arc::new(Memberkit::new(guard, clock.clone())),
        random: Arc::new(SystemRandom),
        clock,
    })
}

fn mail(config: &Config, db: &Db, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn Mail>> {
    Ok(match &config.smtp_url {
        Some(url) => {
            Arc::new(Smtp::new(url.expose(), config.mail_from.clone(), clock.clone()).context("AFTERSALE_SMTP_URL")?)
        }
        None => Arc::new(Mailbox::new(db.clone(), clock.clone())),
    })
}

fn gateways(config: &Config, db: &Db, clock: &Arc<dyn Clock>) -> Arc<dyn Gateways> {
    match config.environment {
        Environment::Development => Arc::new(SandboxOnly::new(Sandbox::new(db.clone(), clock.clone()))),
        Environment::Production => Arc::new(Configured),
    }
}

fn options(config: &Config) -> anyhow::Result<Options> {
    Ok(Options {
        base_url: config.base_url.as_str().to_owned(),
        mail_from: Email::parse(config.mail_from.email.as_ref()).context("AFTERSALE_MAIL_FROM")?,
        purchases_link_lifetime: config.purchases_link_lifetime,
        order_link_lifetime: config.order_link_lifetime,
    })
}
