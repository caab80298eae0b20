//! `check-password`: whether a producer or somebody of the staff could sign in with a password.

use super::someone::{Someone, named};
use super::{moment, standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::bail;

/// Checks the password, and changes nothing.
///
/// # Errors
/// When nobody or several sign in so, when the one is disabled, or the password is another one.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    let password = standard_input::read("password")?;
    let (login, is_right) = with_data(config, Migrate::No, async |portal| {
        let login = someone.find(portal).await?;
        let is_right = login.has_password(&password).await;
        Ok((login, is_right))
    })
    .await?;
    if let Some(at) = login.disabled_at {
        bail!("{} has been disabled since {}", named(&login), moment(at));
    }
    anyhow::ensure!(is_right, "the password is not valid for {}", named(&login));
    println!("the password is valid for {}", named(&login));
    Ok(())
}
