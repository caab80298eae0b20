//! The only place where real adapters are built: database, clock, randomness, mail, gateways, member areas.

use crate::clock::{SystemClock, SystemRandom};
use crate::config::{Config, Environment};
use crate::gateway::Configured;
use crate::gateway::connected::Connected;
use crate::gateway::sandbox::{Bells, Sandbox, SandboxClock};
use crate::guard::{Guard, Times};
use crate::mail::{Mailbox, Smtp};
use crate::member_area::Connectors;
use crate::secret_key;
use anyhow::Context;
use axum::extract::FromRef;
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

/// What an installation consists of.
#[derive(Clone)]
pub struct Installation {
    /// The portal over its real adapters.
    pub portal: Portal,
    /// The gateway that lives in the installation, where there is one.
    pub sandbox: Option<Sandbox>,
}

impl FromRef<Installation> for Portal {
    fn from_ref(installation: &Installation) -> Self {
        installation.portal.clone()
    }
}

/// An installation.
///
/// # Errors
/// When the database cannot be opened, or a key or address cannot be used.
pub async fn open(config: &Config, migrate: Migrate) -> anyhow::Result<Installation> {
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
    Ok(assemble(config, migrate, Keys::new(&key)).await?.portal)
}

async fn assemble(config: &Config, migrate: Migrate, keys: Keys) -> anyhow::Result<Installation> {
    let url = config.database_url.expose();
    let db = Db::open(url).await.context("AFTERSALE_DATABASE_URL")?;
    if migrate == Migrate::Yes {
        db.migrate().await?;
    }
    let bells = Arc::new(Bells::default());
    let clock = clock(config, &db, &bells).await;
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let sandbox = config.has_sandbox().then(|| Sandbox::new(db.clone(), clock.clone(), random.clone(), &keys, bells));
    let ports = ports(config, &db, clock, random, sandbox.as_ref())?;
    let portal = Portal::new(db, ports, Arc::new(Table::new(Arc::new(app::mail::Letters))), keys, options(config)?);
    Ok(Installation { portal, sandbox })
}

/// In development the calendar can be moved; the clock follows for as long as somebody holds it.
async fn clock(config: &Config, db: &Db, bells: &Arc<Bells>) -> Arc<dyn Clock> {
    if config.environment == Environment::Production {
        return Arc::new(SystemClock);
    }
    let clock = Arc::new(SandboxClock::over(SystemClock, bells.clone()));
    // A database that is to be brought to this version first has no such setting yet.
    let _ = clock.follow_once(db).await;
    let (weak, db) = (Arc::downgrade(&clock), db.clone());
    tokio::spawn(async move {
        while let Some(clock) = weak.upgrade() {
            clock.follow(&db).await;
        }
    });
    clock
}

fn ports(
    config: &Config,
    db: &Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    sandbox: Option<&Sandbox>,
) -> anyhow::Result<Ports> {
    let guard = Arc::new(Guard::new(&config.private_targets, Times::default()));
    Ok(Ports {
        mail: mail(config, db, &clock)?,
        gateways: gateways(config, &clock, sandbox),
        member_areas: Arc::new(Connectors::new(guard, clock.clone())),
        random,
        clock,
    })
}

fn mail(config: &Config, db: &Db, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn Mail>> {
    Ok(match &config.smtp_url {
        Some(url) => {
            let (url, name, from) = (url.expose(), config.base_url.host(), config.mail_from.clone());
            Arc::new(Smtp::new(url, name, from, clock.clone()).context("AFTERSALE_SMTP_URL")?)
        }
        None => Arc::new(Mailbox::new(db.clone(), clock.clone())),
    })
}

fn gateways(config: &Config, clock: &Arc<dyn Clock>, sandbox: Option<&Sandbox>) -> Arc<dyn Gateways> {
    let is_production = config.environment == Environment::Production;
    let connected = Connected::new(&config.private_targets, clock.clone(), is_production);
    match sandbox.cloned() {
        Some(sandbox) if !is_production => Arc::new(Configured::of_development(sandbox, connected)),
        sandbox => Arc::new(Configured::new(sandbox, connected)),
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
