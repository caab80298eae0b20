//! What several benches share: the release build and one filled database, made when the first of them asks.

use super::http::Connection;
use super::process::Process;
use super::seed::{self, Seeded};
use crate::shell::{Workspace, execute};
use crate::site;
use anyhow::Result;
use std::cell::OnceCell;
use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// The repository, how thorough to be, and a folder that is gone afterwards.
pub(super) struct Stage<'a> {
    pub workspace: &'a Workspace,
    pub quick: bool,
    folder: TempDir,
    seeded: OnceCell<Seeded>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(workspace: &'a Workspace, quick: bool) -> Result<Self> {
        Ok(Self { workspace, quick, folder: tempfile::tempdir()?, seeded: OnceCell::new() })
    }

    /// The thorough number, or the one for `--quick`.
    pub(super) fn times(&self, thorough: usize, quick: usize) -> usize {
        if self.quick { quick } else { thorough }
    }

    /// Builds what is measured, fills a database through it, and says what is in there.
    pub(super) fn seeded(&self) -> Result<&Seeded> {
        if let Some(seeded) = self.seeded.get() {
            return Ok(seeded);
        }
        site::build(self.workspace)?;
        let packages = ["build", "--release", "--package", "server", "--package", "by-hand", "--locked"];
        execute(&mut self.workspace.cargo(&packages))?;
        let seeded = seed::fill(self, self.times(2000, 200), &[])?;
        Ok(self.seeded.get_or_init(|| seeded))
    }

    /// The file of the filled database.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.path().join("bench.db")
    }

    /// `aftersale` with its settings, and nothing else from the environment.
    pub(super) fn aftersale(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(self.workspace.binary("release"));
        command.args(arguments).env_clear().current_dir(self.folder.path());
        command.env("AFTERSALE_DATABASE_URL", format!("sqlite:{}", self.database().display()));
        command.envs(settings.iter().map(|(name, value)| (format!("AFTERSALE_{name}"), value)));
        command
    }

    /// `aftersale serve`, ready, on a port of its own. Logs what it logs by default.
    pub(super) fn serve(&self, settings: &[(&str, &str)]) -> Result<Process> {
        let address = free_address()?;
        let mut command = self.aftersale(&["serve", "--listen", &address], settings);
        command.stderr(self.log("aftersale.log")?);
        Process::start(&mut command, &address, "/readyz")
    }

    /// The same pages by hand, on the same database.
    pub(super) fn by_hand(&self) -> Result<Process> {
        let address = free_address()?;
        let mut command = Command::new(self.workspace.target.join("release/by-hand"));
        command.arg(self.database()).arg(&address).env_clear().stderr(self.log("by-hand.log")?);
        Process::start(&mut command, &address, "/healthz")
    }

    fn log(&self, name: &str) -> Result<File> {
        Ok(File::options().create(true).append(true).open(self.folder.path().join(name))?)
    }
}

/// An address that nobody listens on.
pub(super) fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// Whether somebody answers `path` with 200.
pub(super) fn answers(address: &str, path: &str) -> bool {
    Connection::open(address)
        .and_then(|mut connection| connection.get(path, ""))
        .is_ok_and(|answer| answer.status == 200)
}
