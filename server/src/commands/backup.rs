//! `backup`: a consistent copy of a SQLite database while it is in use.

use crate::config::Config;
use anyhow::{Context, bail};
use portal::private_file;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::path::PathBuf;
use std::str::FromStr;

/// Where to.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The copy; must not exist yet
    file: PathBuf,
}

/// Writes the copy.
///
/// # Errors
/// When the file exists or cannot be written, and with PostgreSQL, which has a tool of its own.
pub(crate) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<()> {
    let file = arguments.file.to_str().context("the file's name is not UTF-8")?;
    let url = config.database_url.expose();
    if !url.starts_with("sqlite:") {
        bail!("the database is PostgreSQL: use pg_dump");
    }
    if arguments.file.exists() {
        bail!("{file} exists already");
    }
    // A connection of its own: those of the portal either hold up writers or may not write any file.
    let mut connection = SqliteConnectOptions::from_str(url)?.connect().await.context("AFTERSALE_DATABASE_URL")?;
    // Empty and its owner's alone: SQLite fills it, and would make one that everybody may read.
    private_file::create(&arguments.file).with_context(|| file.to_owned())?;
    // One read transaction: writers go on meanwhile, and the copy has none of what they write.
    let copied = sqlx::query("vacuum into $1").bind(file).execute(&mut connection).await;
    connection.close().await?;
    if let Err(error) = copied {
        let _ = std::fs::remove_file(&arguments.file);
        return Err(error).with_context(|| file.to_owned());
    }
    eprintln!("{file} is written. Keep the secret key too: without it links and keys of member areas cannot be read.");
    Ok(())
}
