//! `serve`: web and worker in one process, or one of them.

use crate::config::Config;
use crate::state::{self, Installation, Migrate};
use crate::{listener, router, shutdown, worker};
use anyhow::Context;
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;

/// How many may knock in one moment: whoever finds the queue full waits for a second before they knock again. Systems
/// allow as many as they are set to.
const QUEUE: u32 = 4096;

/// How to serve.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Only this part
    #[arg(long)]
    role: Option<Role>,
    /// Leaves the database as it is; `migrate` must have run
    #[arg(long)]
    no_migrate: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// Pages, API and hooks
    Web,
    /// The outbox
    Worker,
}

/// Serves until told to stop.
///
/// # Errors
/// When it cannot start.
pub(crate) async fn run(mut config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let stop = shutdown::listen()?;
    // First, so that an address in use is said before anything is touched.
    let listener = match arguments.role {
        Some(Role::Worker) => None,
        _ => Some(bind(&config).await?),
    };
    if let Some(listener) = &listener {
        config.reached_at(listener.local_addr()?);
    }
    let migrate = if arguments.no_migrate { Migrate::No } else { Migrate::Yes };
    let installation = state::open(&config, migrate).await?;
    let works = arguments.role != Some(Role::Web);
    until_stopped(&installation, &config, listener, works, stop).await;
    installation.portal.db.close().await;
    Ok(())
}

/// The socket of the web.
///
/// # Errors
/// When the address cannot be had.
pub(super) async fn bind(config: &Config) -> anyhow::Result<TcpListener> {
    listen(config.listen).with_context(|| format!("AFTERSALE_LISTEN: {}", config.listen))
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // Elsewhere this would let another program have the address as well.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

/// Runs the web, if there is a listener, and the worker, if it `works`.
pub(super) async fn until_stopped(
    installation: &Installation,
    config: &Config,
    listener: Option<TcpListener>,
    works: bool,
    stop: watch::Receiver<bool>,
) {
    let worker = works.then(|| worker::start(installation, stop.clone()));
    if let Some(listener) = listener {
        let bound = listener.local_addr().unwrap_or(config.listen);
        let router = router::router(installation, config, bound);
        tracing::info!("ready at {}", config.base_url.as_str());
        let limits = listener::Limits::new(config.trusted_proxies.clone());
        listener::serve(listener, router, limits, stop).await;
    }
    if let Some(worker) = worker {
        let _ = worker.await;
    }
}
