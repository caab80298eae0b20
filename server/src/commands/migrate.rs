//! `migrate`: brings the database to this version.

use crate::config::Config;
use crate::state::{self, Migrate};

/// Applies what is missing.
///
/// # Errors
/// When the database cannot be opened or was touched by a newer version.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    state::open_data(config, Migrate::Yes).await?.db.close().await;
    Ok(())
}
