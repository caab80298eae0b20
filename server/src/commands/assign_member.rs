//! `assign-member`: somebody works for a producer, also where no owner is left who may invite.

use super::{standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::{Context, anyhow};
use portal::Portal;
use portal::catalogue::producer::of_slug;
use portal::login::{self, Assigned, NewMember, NotAssigned, NotRemoved, assign_member, is_known};
use types::{Email, Line, MemberRole, Slug};

/// Who, and where.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Slug of the producer
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    producer: Slug,
    /// Address with which the person signs in
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// owner or agent
    #[arg(long, default_value = "owner", value_parser = <MemberRole as std::str::FromStr>::from_str)]
    role: MemberRole,
    /// Name of somebody new; without it, the address stands for it
    #[arg(long, value_parser = Line::parse)]
    name: Option<Line>,
}

/// Lets somebody work for a producer in a role, and says what is so now. The password of whoever is new comes from
/// standard input; that of others stays as it is.
///
/// # Errors
/// When there is no such producer, the person was disabled, the password does not fit, or no owner would be left.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { producer: slug, email, role, name } = arguments;
    with_data(config, Migrate::Yes, async |portal| {
        let producer = of_slug(portal, &slug).await?.with_context(|| format!("there is no producer {slug}"))?;
        let newcomer = newcomer(portal, &email, name).await?;
        let new = NewMember { email: email.clone(), role, newcomer };
        let assigned = assign_member(portal, &producer, new).await.map_err(|error| refusal(error, &email, &slug))?;
        let before = match assigned {
            Assigned::Joined => String::new(),
            Assigned::Changed(before) => format!(", before as {before}; their sessions there have ended"),
            Assigned::AsBefore => ", as before".to_owned(),
        };
        println!("{email} works for {slug} as {role}{before}");
        Ok(())
    })
    .await
}

async fn newcomer(portal: &Portal, email: &Email, name: Option<Line>) -> anyhow::Result<Option<(Line, String)>> {
    if is_known(portal, email).await? {
        return Ok(None);
    }
    let name = name.map_or_else(|| Line::parse(email.as_str()), Ok)?;
    Ok(Some((name, standard_input::read("password")?)))
}

/// No command takes `disable` back: another address is the way on.
fn refusal(error: NotAssigned, email: &Email, slug: &Slug) -> anyhow::Error {
    match error {
        NotAssigned::Login(login::Error::Disabled) => {
            anyhow!("{email} was disabled, which is for ever: assign another address")
        }
        NotAssigned::Role(NotRemoved::LastOwner) => anyhow!("{email} is the last owner of {slug}"),
        other => other.into(),
    }
}
