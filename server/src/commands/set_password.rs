//! `set-password`: another password for a producer or somebody of the staff.

use super::someone::{Someone, named};
use super::{standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::Context;

/// Sets the password.
///
/// # Errors
/// When nobody or several sign in so, when the one is disabled, or the password does not fit.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    let password = standard_input::read("password")?;
    with_data(config, Migrate::Yes, async |portal| {
        let login = someone.find(portal).await?;
        let set = portal::login::set_password(portal, &login, &password).await;
        let ended = set.with_context(|| named(&login))?;
        println!("{} has another password; sessions ended: {ended}", named(&login));
        Ok(())
    })
    .await
}
