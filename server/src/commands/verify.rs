//! `verify`: checks every invariant of the data; silent when all is well.

use super::with_data;
use crate::config::Config;
use crate::gateway::sandbox;
use crate::state::Migrate;
use portal::Portal;

/// Prints what breaks, a line each.
///
/// # Errors
/// When something breaks, or the data cannot be read.
pub(crate) async fn run(config: &Config) -> anyhow::Result<()> {
    let check = async |portal: &Portal| Ok(portal::verify::check(portal, sandbox::INVARIANTS).await?);
    let broken = with_data(config, Migrate::No, check).await?;
    for line in &broken {
        println!("{line}");
    }
    anyhow::ensure!(broken.is_empty(), "{} of the data's invariants are broken", broken.len());
    Ok(())
}
