//! `backup`: a consistent copy of a SQLite database while it is in use.

use crate::config::Config;
use crate::state::{self, Migrate};
use anyhow::{Context, bail};
use portal::db::Engine;
use std::path::PathBuf;

/// Where to.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The copy; must not exist yet
    file: PathBuf,
}

/// Writes the copy.
///
/// # Errors
/// When the file exists or cannot be written, and with PostgreSQL, which has a tool of its own.
pub async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let file = arguments.file.to_str().context("the file's name is not UTF-8")?;
    if arguments.file.exists() {
        bail!("{file} exists already");
    }
    if !config.database_url.expose().starts_with("sqlite:") {
        bail!("the database is PostgreSQL: use pg_dump");
    }
    let portal = state::open(config, Migrate::No).await?;
    if let Engine::Sqlite(readers) = portal.db.reader() {
        // One read transaction: writers go on meanwhile, and the copy has none of what they write.
        sqlx::query("vacuum into $1").bind(file).execute(readers).await.with_context(|| file.to_owned())?;
    }
    portal.db.close().await;
    eprintln!("{file} is written. Keep the secret key too: without it links and keys of member areas cannot be read.");
    Ok(())
}
