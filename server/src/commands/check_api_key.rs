//! `check-api-key`: whose a key of the API is, and whether it is valid.

use super::{moment, standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::{Context, bail};
use portal::catalogue::api_key;

/// Checks the key, and changes nothing.
///
/// # Errors
/// When it is none, or was revoked.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let key = standard_input::read("key")?;
    let found = with_data(config, Migrate::No, async |portal| Ok(api_key::find(portal, key.trim()).await?)).await?;
    let found = found.context("this is no key of this installation")?;
    let named = format!("{} {} of {}", found.id, found.name, found.slug);
    if let Some(at) = found.revoked_at {
        bail!("{named} was revoked {}", moment(at));
    }
    println!("{named} is valid");
    Ok(())
}
