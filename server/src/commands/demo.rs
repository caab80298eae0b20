//! `demo`: everything in one process, with producers, buyers and orders to try it on.

use super::serve;
use crate::config::{Config, Flags, Given};
use crate::demo::StandIn;
use crate::example_area::ExampleArea;
use crate::state::{self, Migrate};
use crate::{demo, logging, shutdown};
use std::path::{Path, PathBuf};

/// Where the example lives.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Folder to keep it in; without it, it is gone when the demo ends
    #[arg(long)]
    data: Option<PathBuf>,
    /// Beside the sandbox, an account at a stand-in of this gateway, with orders that were paid there. It is the
    /// program `standin` beside this one, and no part of it; what it has on file is gone when the demo ends
    #[arg(long, conflicts_with = "data")]
    gateway: Option<StandIn>,
}

/// Runs the example until told to stop.
///
/// # Errors
/// When it cannot start.
pub(crate) async fn run(given: Given, arguments: Arguments) -> anyhow::Result<()> {
    let stop = shutdown::listen()?;
    // First, so that what is missing is said before anything is made.
    let beside = arguments.gateway.map(StandIn::find).transpose()?;
    let temporary = if arguments.data.is_none() { Some(tempfile::tempdir()?) } else { None };
    let folder = arguments.data.as_deref().or(temporary.as_ref().map(tempfile::TempDir::path));
    let mut config = config(&given, folder.unwrap_or(Path::new(".")))?;
    logging::start(&config);
    super::report_unknown(&given);
    let listener = serve::bind(&config).await?;
    config.reached_at(listener.local_addr()?);
    let area = ExampleArea::start(([127, 0, 0, 1], 0).into(), demo::AREA_KEY).await?;
    let installation = state::open(&config, Migrate::Yes).await?;
    let portal = &installation.portal;
    demo::seed(portal, &area).await?;
    println!("{}", demo::guide(portal, &config, &area).await?);
    // It waits for the portal by itself, and ends with this.
    let _beside = match &beside {
        Some(found) => Some(found.start(portal).await?),
        None => None,
    };
    serve::until_stopped(&installation, &config, Some(listener), true, stop).await;
    portal.db.close().await;
    Ok(())
}

/// Embedded defaults, whatever the environment says: a demo never touches a real database, mail server or gateway.
fn config(given: &Given, folder: &Path) -> anyhow::Result<Config> {
    let database = format!("sqlite:{}", folder.join("demo.db").display());
    let flags = [
        ("DATABASE_URL", database.as_str()),
        ("ENV", "development"),
        ("PRIVATE_TARGETS", "127.0.0.0/8"),
        ("LOG", "warn"),
    ];
    let given = given.keeping(
        &["LISTEN", "BASE_URL", "OPEN_DEVELOPMENT", "TRUSTED_PROXIES", "LOG", "LOG_FORMAT"],
        &Flags(flags.map(|(name, value)| (name, value.to_owned())).into()),
    );
    Ok(Config::read(&given)?)
}
