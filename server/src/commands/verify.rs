//! `verify`: checks every invariant of the data; silent when all is well.

use crate::config::Config;
use crate::gateway::sandbox;
use crate::state::{self, Migrate};

/// Prints what breaks, a line each.
///
/// # Errors
/// When something breaks, or the data cannot be read.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let portal = state::open_data(config, Migrate::No).await?;
    let broken = portal::verify::check(&portal, sandbox::INVARIANTS).await?;
    for line in &broken {
        println!("{line}");
    }
    portal.db.close().await;
    anyhow::ensure!(broken.is_empty(), "{} of the data's invariants are broken", broken.len());
    Ok(())
}
