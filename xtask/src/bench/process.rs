//! A server under measurement: started, asked what it used, stopped.

use super::stage::answers;
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. Ends with its owner.
pub(super) struct Process {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// From the start to the first 200.
    pub ready_after: Duration,
}

impl Process {
    /// Starts `command` and waits until `path` is answered with 200.
    pub(super) fn start(command: &mut Command, address: &str, path: &str) -> Result<Self> {
        let started = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().context("the server did not start")?;
        let mut process = Self { child, address: address.to_owned(), ready_after: Duration::ZERO };
        while !answers(address, path) {
            if let Some(status) = process.child.try_wait()? {
                bail!("the server ended instead of serving ({status})");
            }
            if started.elapsed() > PATIENCE {
                bail!("the server was not ready after {} seconds", PATIENCE.as_secs());
            }
            sleep(Duration::from_millis(1));
        }
        process.ready_after = started.elapsed();
        Ok(process)
    }

    /// CPU time used so far by the process, its threads and all its descendants, in user and system mode.
    pub(super) fn cpu_time(&self) -> Result<Duration> {
        cpu_time(self.child.id())
    }

    /// Bytes of memory that are the process's own, plus its share of what others use too.
    pub(super) fn memory(&self) -> Result<u64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).context("no Pss")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<u64>()? * 1024)
    }

    /// Lets it end in order: requests answered, database closed.
    pub(super) fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        let status = self.child.wait()?;
        if !status.success() {
            bail!("the server did not end well ({status})");
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Does nothing to one that has ended and was waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// By the scheduler's own count, in nanoseconds: `/proc/<id>/stat` knows hundredths of a second only, which is a
/// hundred requests. What a thread that has ended used is not in it; those of a server stay.
fn cpu_time(id: u32) -> Result<Duration> {
    let mut nanos = 0;
    for task in fs::read_dir(format!("/proc/{id}/task"))? {
        let counted = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        nanos += counted.split_whitespace().next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0);
    }
    let alive = children(id)?.into_iter().map(cpu_time).sum::<Result<Duration>>()?;
    Ok(Duration::from_nanos(nanos) + alive)
}

fn children(id: u32) -> Result<Vec<u32>> {
    let mut all = Vec::new();
    for task in fs::read_dir(format!("/proc/{id}/task"))? {
        // A thread that ends meanwhile has no children any more.
        let listed = fs::read_to_string(task?.path().join("children")).unwrap_or_default();
        all.extend(listed.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
    }
    Ok(all)
}
