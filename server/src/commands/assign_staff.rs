//! `assign-staff`: whose orders an agent of the support staff sees.

use super::with_data;
use crate::config::Config;
use crate::state::Migrate;
use anyhow::{Context, bail};
use portal::Portal;
use portal::catalogue::producer::of_slug;
use portal::login::{Who, assign, of_email};
use types::{Email, Slug, StaffId, StaffRole};

/// The agent and the producer.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Address with which the agent signs in
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// Slug of the producer
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    producer: Slug,
    /// The agent sees its orders no more
    #[arg(long)]
    end: bool,
}

/// Assigns a producer to an agent, or ends that, and says what is so now.
///
/// # Errors
/// When there is no such agent or producer, or an admin is meant, who sees the orders of all.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { email, producer: slug, end } = arguments;
    with_data(config, Migrate::Yes, async |portal| {
        let agent = agent(portal, &email).await?;
        let producer = of_slug(portal, &slug).await?.with_context(|| format!("there is no producer {slug}"))?;
        let is_new = assign(portal, agent, &producer, !end).await?;
        let now = if end { "does not see" } else { "sees" };
        println!("{email} {now} the orders of {slug}{}", if is_new { "" } else { ", as before" });
        Ok(())
    })
    .await
}

async fn agent(portal: &Portal, email: &Email) -> anyhow::Result<StaffId> {
    let logins = of_email(portal, email).await?;
    let role = logins.iter().find_map(|login| match login.who {
        Who::Staff(id, role) => Some((id, role)),
        Who::Producer(..) => None,
    });
    match role {
        Some((id, StaffRole::Agent)) => Ok(id),
        Some((_, StaffRole::Admin)) => bail!("{email} is an admin, who sees the orders of all producers"),
        None => bail!("nobody of the staff signs in with {email}"),
    }
}
