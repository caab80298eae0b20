//! Where things are, and running other programs: each is printed before it starts.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What `cargo run` puts into the environment about the package that it runs.
const OF_THIS_PROGRAM: [&str; 7] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// The repository and where its builds go.
pub(crate) struct Workspace {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target directory, wherever it was put.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo: it alone knows all the ways of moving the target directory.
    pub(crate) fn find() -> Result<Self> {
        // Of the folder that this was started for, and not of the one that it was compiled in: clones may share their
        // builds.
        let folder =
            crate::tools::environment("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let metadata = metadata(Path::new(&folder), &["--no-deps"])?;
        let path = |name: &str| -> Result<PathBuf> {
            Ok(metadata[name].as_str().with_context(|| format!("cargo metadata says no {name}"))?.into())
        };
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")? })
    }

    /// `cargo`, to be run in the repository, as from a shell: what `cargo run` says of this program would make build
    /// scripts that look at it run again, and everything behind them compile again, each time one changes between
    /// `cargo` and `cargo xtask`.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo", arguments);
        for name in OF_THIS_PROGRAM {
            command.env_remove(name);
        }
        command
    }

    /// Any program, to be run in the repository.
    pub(crate) fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        command
    }

    /// What `cargo metadata` says of the workspace and all its dependencies.
    pub(crate) fn metadata(&self) -> Result<Value> {
        metadata(&self.root, &["--locked"])
    }

    /// Every file under version control, as a path from the root. New files count before they are committed.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        let listed = output(&mut self.command("git", &["ls-files", "--cached", "--others", "--exclude-standard"]))?;
        Ok(listed.lines().filter(|path| self.root.join(path).is_file()).map(str::to_owned).collect())
    }

    /// The server's binary of a development or a release build.
    pub(crate) fn binary(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("aftersale")
    }
}

fn metadata(folder: &Path, more: &[&str]) -> Result<Value> {
    let mut command = Command::new("cargo");
    command.args(["metadata", "--format-version", "1"]).args(more).current_dir(folder);
    Ok(serde_json::from_str(&output(&mut command)?)?)
}

/// Prints a command as one could type it.
pub(crate) fn announce(command: &Command) {
    let words: Vec<_> =
        std::iter::once(command.get_program()).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    println!("$ {}", words.join(" "));
}

/// Runs a command to its end; anything but success is an error.
pub(crate) fn execute(command: &mut Command) -> Result<()> {
    announce(command);
    let status = command.status().with_context(|| not_started(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", command.get_program().to_string_lossy());
    }
    Ok(())
}

/// Runs a command in silence and returns what it printed; anything but success is an error that carries its words.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| not_started(command))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}):\n{}", command.get_program().to_string_lossy(), output.status, words.trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command, shows its lines as they come and hands each to `seen`. Returns whether it succeeded.
pub(crate) fn watch(command: &mut Command, mut seen: impl FnMut(&str)) -> Result<bool> {
    announce(command);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().with_context(|| not_started(command))?;
    let stdout = child.stdout.take().context("no standard output")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        seen(&line);
    }
    Ok(child.wait()?.success())
}

fn not_started(command: &Command) -> String {
    format!("`{}` could not be started: is it installed?", command.get_program().to_string_lossy())
}
