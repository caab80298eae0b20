//! `create-api-key`: makes a key of the API and prints it, this once.

use super::with_data;
use crate::config::Config;
use crate::state::Migrate;
use anyhow::Context;
use portal::catalogue::api_key::create_api_key;
use portal::catalogue::producer;
use types::{Line, Slug};

/// Whose key.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Slug of the producer
    #[arg(long, value_parser = Slug::parse)]
    producer: Slug,
    /// What the key is for
    #[arg(long, default_value = "API", value_parser = Line::parse)]
    name: Line,
}

/// Makes the key.
///
/// # Errors
/// When there is no such producer.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { producer: slug, name } = arguments;
    with_data(config, Migrate::Yes, async |portal| {
        let producer = producer::of_slug(portal, &slug).await?;
        let producer = producer.with_context(|| format!("there is no producer with the slug {slug}"))?;
        println!("{}", create_api_key(portal, &producer, &name).await?);
        Ok(())
    })
    .await
}
