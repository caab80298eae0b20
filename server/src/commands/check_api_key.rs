//! `check-api-key`: whose a key of the API is, and whether it is taken.

use super::list::moment;
use super::standard_input;
use crate::config::Config;
use crate::state::{self, Migrate};
use anyhow::{Context, bail};
use portal::catalogue::api_key;

/// Checks the key, and changes nothing.
///
/// # Errors
/// When it is none, or was revoked.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let key = standard_input::read("key")?;
    let portal = state::open_data(config, Migrate::No).await?;
    let found = api_key::find(&portal, key.trim()).await?;
    portal.db.close().await;
    let found = found.context("this is no key of this installation")?;
    let named = format!("{} {} of {}", found.id, found.name, found.slug);
    if let Some(at) = found.revoked_at {
        bail!("{named} was revoked {}", moment(at));
    }
    println!("{named} is taken");
    Ok(())
}
