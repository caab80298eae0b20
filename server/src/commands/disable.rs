//! `disable`: somebody who signs in with a password does so no more.

use super::someone::{Someone, named};
use super::with_data;
use crate::config::Config;
use crate::state::Migrate;
use portal::Portal;
use portal::catalogue::api_key;
use portal::login::{Login, Who};

/// Disables the one, and says what goes on all the same.
///
/// # Errors
/// When nobody or several sign in so.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    with_data(config, Migrate::Yes, async |portal| {
        let login = someone.find(portal).await?;
        let done = match portal::login::disable(portal, &login).await? {
            Some(ended) => format!("is disabled; sessions ended: {ended}"),
            None => "was disabled before".to_owned(),
        };
        println!("{} {done}{}", named(&login), keys(portal, &login).await?);
        Ok(())
    })
    .await
}

/// A producer's programs are not people: their keys are revoked one by one.
async fn keys(portal: &Portal, login: &Login) -> anyhow::Result<String> {
    let Who::Producer(id, slug, _) = &login.who else { return Ok(String::new()) };
    let keys = api_key::list(portal).await?;
    let valid = keys.iter().filter(|key| key.producer == *id && key.revoked_at.is_none()).count();
    if valid == 0 { Ok(String::new()) } else { Ok(format!("; API keys of {slug} that go on: {valid}")) }
}
