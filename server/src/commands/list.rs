//! `list-api-keys`, `list-producers`, `list-staff`: one a line, what stands in it divided by tabs.

use super::{moment, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::Context;
use portal::catalogue::api_key::{self, ApiKey};
use portal::catalogue::producer;
use portal::login::{self, Login, Who};
use types::{Instant, Slug};

/// Whose keys.
#[derive(clap::Args, Debug)]
pub(crate) struct OfProducer {
    /// Only those of the producer with this slug
    #[arg(long, value_name = "SLUG", value_parser = Slug::parse)]
    producer: Option<Slug>,
}

/// Id, producer, name, when it was made, when it was last used, and whether it is valid.
///
/// # Errors
/// When there is no such producer.
pub(crate) async fn api_keys(config: &Config, of: OfProducer) -> anyhow::Result<()> {
    let keys = with_data(config, Migrate::No, async |portal| {
        if let Some(slug) = &of.producer {
            let found = producer::of_slug(portal, slug).await?;
            found.with_context(|| format!("there is no producer with the slug {slug}"))?;
        }
        Ok(api_key::list(portal).await?)
    })
    .await?;
    for key in keys.iter().filter(|key| of.producer.as_ref().is_none_or(|slug| *slug == key.slug)) {
        let ApiKey { id, slug, name, created_at, last_used_at, revoked_at, .. } = key;
        let last = last_used_at.map_or("never used".to_owned(), |at| format!("used {}", moment(at)));
        println!("{id}\t{slug}\t{name}\tmade {}\t{last}\t{}", moment(*created_at), end("revoked", *revoked_at));
    }
    Ok(())
}

/// Whoever signs in for a producer: its slug, e-mail, name, since when, and whether they still do.
///
/// # Errors
/// When the data cannot be read.
pub(crate) async fn producers(config: &Config) -> anyhow::Result<()> {
    print(&with_data(config, Migrate::No, async |portal| Ok(login::producers(portal).await?)).await?);
    Ok(())
}

/// The same of the staff, with the role in place of the slug.
///
/// # Errors
/// When the data cannot be read.
pub(crate) async fn staff(config: &Config) -> anyhow::Result<()> {
    print(&with_data(config, Migrate::No, async |portal| Ok(login::staff(portal).await?)).await?);
    Ok(())
}

fn print(logins: &[Login]) {
    for Login { who, email, name, created_at, disabled_at, .. } in logins {
        let first = match who {
            Who::Producer(_, slug, _) => slug.as_str(),
            Who::Staff(_, role) => role.as_str(),
        };
        println!("{first}\t{email}\t{name}\tmade {}\t{}", moment(*created_at), end("disabled", *disabled_at));
    }
}

fn end(word: &str, at: Option<Instant>) -> String {
    at.map_or("valid".to_owned(), |at| format!("{word} {}", moment(at)))
}
