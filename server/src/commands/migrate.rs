//! `migrate`: brings the database to this version.

use super::with_data;
use crate::config::Config;
use crate::state::Migrate;

/// Applies what is missing.
///
/// # Errors
/// When the database cannot be opened or was touched by a newer version.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    with_data(config, Migrate::Yes, async |_| Ok(())).await
}
