//! Runs the outbox, and the sandbox where there is one, until it is told to stop; then running jobs have 10 seconds to
//! finish.

use crate::state::Installation;
use portal::outbox;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Starts the worker.
pub fn start(installation: &Installation, stop: watch::Receiver<bool>) -> JoinHandle<()> {
    let Installation { portal, sandbox } = installation.clone();
    tokio::spawn(async move {
        let jobs = outbox::work(portal.clone(), stop.clone());
        match sandbox {
            Some(sandbox) => drop(tokio::join!(jobs, sandbox.tend_until(portal, stop))),
            None => jobs.await,
        }
    })
}
