//! `remove-second-step`: for somebody who lost both the device and the recovery codes.

use super::someone::{Someone, named};
use super::with_data;
use crate::config::Config;
use crate::state::Migrate;
use portal::login::Who;

/// Takes the second step away. Somebody of the staff sets another one up at the next sign-in.
///
/// # Errors
/// When nobody or several sign in so.
pub(crate) async fn run(config: &Config, someone: Someone) -> anyhow::Result<()> {
    with_data(config, Migrate::Yes, async |portal| {
        let login = someone.find(portal).await?;
        let done = match (portal::login::forget_second_step(portal, &login).await?, &login.who) {
            (false, _) => "had no second step",
            (true, Who::Staff(..)) => "sets another second step up at the next sign-in",
            (true, Who::Producer(..)) => "has no second step any more",
        };
        println!("{} {done}", named(&login));
        Ok(())
    })
    .await
}
