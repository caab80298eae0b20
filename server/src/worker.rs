//! Runs the outbox until it is told to stop; then running jobs have 20 seconds to finish.

use portal::{Portal, outbox};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Starts the worker.
pub fn start(portal: &Portal, stop: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(outbox::work(portal.clone(), stop))
}
