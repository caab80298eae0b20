//! `revoke-api-key`: a key of the API is refused from now on.

use super::{moment, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::Context;
use portal::catalogue::api_key;
use uuid::Uuid;

/// Which key.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The key's id, as `list-api-keys` shows it
    id: Uuid,
}

/// Revokes the key.
///
/// # Errors
/// When there is none with this id.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let key = with_data(config, Migrate::Yes, async |portal| Ok(api_key::revoke(portal, arguments.id).await?)).await?;
    let key = key.with_context(|| format!("there is no key with the id {}", arguments.id))?;
    match key.revoked_at {
        None => println!("the key {} of {} is revoked", key.name, key.slug),
        Some(at) => println!("the key {} of {} was revoked before, {}", key.name, key.slug, moment(at)),
    }
    Ok(())
}
