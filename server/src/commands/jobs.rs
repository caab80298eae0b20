//! `jobs`: what waits to be done and what was given up, and why; `jobs retry` starts it afresh.

use super::{moment, with_data};
use crate::config::Config;
use crate::state::Migrate;
use anyhow::ensure;
use portal::Portal;
use portal::outbox::{self, JobOnFile, JobState};
use uuid::Uuid;

/// What of them.
#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Only what was given up
    #[arg(long)]
    dead: bool,
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(clap::Subcommand, Debug)]
enum Act {
    /// Starts jobs afresh: due now, with all tries before them
    Retry(Retry),
}

#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
struct Retry {
    /// This job, whether it waits or was given up
    id: Option<Uuid>,
    /// All that were given up
    #[arg(long)]
    all: bool,
}

/// Shows or starts jobs.
///
/// # Errors
/// When the job is not there or runs, or the data cannot be read.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    match arguments.act {
        None => with_data(config, Migrate::No, async |portal| show(portal, arguments.dead).await).await,
        Some(Act::Retry(retry)) => with_data(config, Migrate::No, async |portal| start(portal, &retry).await).await,
    }
}

async fn start(portal: &Portal, retry: &Retry) -> anyhow::Result<()> {
    let count = match retry.id {
        Some(id) => {
            ensure!(outbox::retry(portal, id).await?, "no job with the id {id} waits or was given up");
            1
        }
        None => retry_all(portal).await?,
    };
    println!("jobs that start afresh: {count}");
    Ok(())
}

async fn show(portal: &Portal, only_dead: bool) -> anyhow::Result<()> {
    outbox::list(portal, JobState::Dead, |job| print("given up", &job)).await?;
    if !only_dead {
        outbox::list(portal, JobState::Ready, |job| print(if job.is_running { "runs" } else { "waits" }, &job)).await?;
    }
    Ok(())
}

async fn retry_all(portal: &Portal) -> anyhow::Result<usize> {
    let mut dead = Vec::new();
    outbox::list(portal, JobState::Dead, |job| dead.push(job.id)).await?;
    let mut count = 0;
    for id in dead {
        count += usize::from(outbox::retry(portal, id).await?);
    }
    Ok(count)
}

/// Id, how it stands, kind, what it is about, when it is or was due, tries, and why it was not done.
fn print(state: &str, job: &JobOnFile) {
    let JobOnFile { id, kind, subject, due_at, attempts, reason, .. } = job;
    let subject = subject.map(|subject| subject.to_string()).unwrap_or_default();
    let reason = reason.as_deref().unwrap_or_default().replace(['\n', '\r', '\t'], " ");
    println!("{id}\t{state}\t{kind}\t{subject}\tdue {}\ttries {attempts}\t{reason}", moment(*due_at));
}
