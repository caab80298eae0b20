//! `set-password`: another password for a producer or somebody of the staff.

use super::someone::{Someone, named};
use super::standard_input;
use crate::config::Config;
use crate::state::{self, Migrate};
use anyhow::Context;

/// Sets the password.
///
/// # Errors
/// When nobody or several sign in so, when the one is disabled, or the password does not fit.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    let password = standard_input::read("password")?;
    let portal = state::open_data(config, Migrate::Yes).await?;
    let login = someone.find(&portal).await?;
    let set = portal::login::set_password(&portal, &login, &password).await;
    let ended = set.with_context(|| named(&login))?;
    println!("{} has another password; sessions ended: {ended}", named(&login));
    portal.db.close().await;
    Ok(())
}
