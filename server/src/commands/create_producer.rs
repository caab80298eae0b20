//! `create-producer`: makes a producer and prints its id.

use super::{standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use portal::login::{NewProducer, create_producer};
use types::{Email, Language, Line, Slug};

/// The producer.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Short name, in addresses
    #[arg(long, value_parser = Slug::parse)]
    slug: Slug,
    /// The name that buyers see
    #[arg(long, value_parser = Line::parse)]
    name: Line,
    /// Where buyers and the portal write to
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// Zone in which days are counted
    #[arg(long, default_value = "America/Sao_Paulo")]
    timezone: String,
    /// Language of the mails to it: pt-BR or en
    #[arg(long, default_value = "pt-BR", value_parser = language)]
    language: Language,
}

fn language(tag: &str) -> Result<Language, String> {
    let known = Language::ALL.map(Language::tag).join(", ");
    Language::of_tag(tag).ok_or_else(|| format!("not one of {known}"))
}

/// Makes the producer.
///
/// # Errors
/// When the slug is taken or a value does not fit.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { slug, name, email, timezone: time_zone, language } = arguments;
    let password = standard_input::read("password")?;
    let new = NewProducer { slug, name, email, language, time_zone, password };
    with_data(config, Migrate::Yes, async |portal| {
        println!("{}", create_producer(portal, new).await?.id());
        Ok(())
    })
    .await
}
