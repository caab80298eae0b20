//! The only place where real adapters are built: database, clock, randomness, mail, gateways, member areas.

use crate::clock::{SystemClock, SystemRandom};
use crate::config::{Config, Environment};
use crate::gateway::sandbox::{Sandbox, SandboxClock};
use crate::gateway::{Configured, SandboxOnly};
use crate::guard::{Guard, Times};
use crate::mail::{Mailbox, Smtp};
use crate::member_area::Connectors;
use crate::secret_key;
use anyhow::Context;
use portal::db::Db;
use portal::ports::{Clock, Gateways, Mail, Ports, Random};
use portal::work::Table;
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
    let key = secret_key::find(config).context("AFTERSALE_SECRET_KEY")?;
    assemble(config, migrate, Keys::new(key.expose().as_bytes())).await
}

/// The portal of an installation for commands that write nothing sealed and sign nothing: they need its database and no
/// more.
///
/// # Errors
/// When the database cannot be opened.
pub async fn open_data(config: &Config, migrate: Migrate) -> anyhow::Result<Portal> {
    let mut key = [0; 32];
    SystemRandom.fill(&mut key);
    assemble(config, migrate, Keys::new(&key)).await
}

async fn assemble(config: &Config, migrate: Migrate, keys: Keys) -> anyhow::Result<Portal> {
    let url = config.database_url.expose();
    let db = Db::open(url).await.context("AFTERSALE_DATABASE_URL")?;
    if migrate == Migrate::Yes {
        db.migrate().await?;
    }
    let clock = clock(config, &db).await;
    let ports = ports(config, &db, clock, &keys)?;
    Ok(Portal::new(db, ports, Arc::new(Table::new(Arc::new(app::mail::Letters))), keys, options(config)?))
}

/// In development the calendar can be moved; the clock follows for as long as somebody holds it.
async fn clock(config: &Config, db: &Db) -> Arc<dyn Clock> {
    if config.environment == Environment::Production {
        return Arc::new(SystemClock);
    }
    let clock = Arc::new(SandboxClock::over(SystemClock));
    // A database that is to be brought to this version first has no such setting yet.
    let _ = clock.follow_once(db).await;
    let (held, db) = (Arc::downgrade(&clock), db.clone());
    tokio::spawn(async move {
        while let Some(clock) = held.upgrade() {
            clock.follow(&db).await;
        }
    });
    clock
}

fn ports(config: &Config, db: &Db, clock: Arc<dyn Clock>, keys: &Keys) -> anyhow::Result<Ports> {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let guard = Arc::new(Guard::new(&config.private_targets, Times::default()));
    Ok(Ports {
        mail: mail(config, db, &clock)?,
        gateways: gateways(config, Sandbox::new(db.clone(), clock.clone(), random.clone(), keys)),
        member_areas: Arc::new(Connectors::new(guard, clock.clone())),
        random,
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

fn gateways(config: &Config, sandbox: Sandbox) -> Arc<dyn Gateways> {
    match config.environment {
        Environment::Development => Arc::new(SandboxOnly::new(sandbox)),
        Environment::Production => Arc::new(Configured::new(config.allow_sandbox.then_some(sandbox))),
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
