//! When to stop: at the first SIGTERM or ctrl-c in order, at the second at once.

use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Turns true when the process is asked to stop.
///
/// # Errors
/// When signals cannot be listened for.
pub(crate) fn listen() -> io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        either(&mut terminate, &mut interrupt).await;
        tracing::info!("stopping: requests and jobs under way may finish");
        let _ = stop.send(true);
        either(&mut terminate, &mut interrupt).await;
        std::process::exit(1);
    });
    Ok(stopped)
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
