//! `check-password`: whether a producer or somebody of the staff could sign in with a password.

use super::list::moment;
use super::someone::{Someone, named};
use super::standard_input;
use crate::config::Config;
use crate::state::{self, Migrate};
use anyhow::bail;

/// Checks the password, and changes nothing.
///
/// # Errors
/// When nobody or several sign in so, when the one is disabled, or the password is another one.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    let password = standard_input::read("password")?;
    let portal = state::open_data(config, Migrate::No).await?;
    let login = someone.find(&portal).await?;
    let is_right = login.has_password(&password).await;
    portal.db.close().await;
    if let Some(at) = login.disabled_at {
        bail!("{} is disabled since {}", named(&login), moment(at));
    }
    anyhow::ensure!(is_right, "{} has another password", named(&login));
    println!("{} has this password", named(&login));
    Ok(())
}
