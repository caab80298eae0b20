//! What a command needs beyond Rust and a C compiler: installed where that is possible without a question, otherwise
//! named with the command that installs it.

use crate::shell::{Workspace, execute, output};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the browser's code.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for the browser.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result<()> {
    let library = output(&mut workspace.command("rustc", &["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    println!("The Rust target {WASM} is missing: installing it with rustup.");
    if find("rustup").is_none() {
        bail!("rustup is not installed: add the standard library for {WASM} to this Rust by the way it came.");
    }
    execute(&mut workspace.command("rustup", &["target", "add", WASM]))
}

/// Chromium without the parts that draw windows: the same engine, and half the time.
const HEADLESS: &str = "chromium-headless-shell";

/// The browser of the tests: `CHROMIUM`, or the system's, the one without windows first.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(named) = environment("CHROMIUM") {
        return Ok(named.into());
    }
    let found = || [HEADLESS, "chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| find(name));
    let need = "the browser tests need Chromium (or its path in CHROMIUM)";
    if find(HEADLESS).is_none() && debian_package(HEADLESS, need).is_err() && found().is_none() {
        debian_package("chromium", need)?;
    }
    found().map_or_else(|| bail!("Chromium is still not found after its package was installed"), Ok)
}

/// Makes sure that the tests can start a PostgreSQL of their own.
pub(crate) fn postgres() -> Result<()> {
    if crate::test::postgres::binaries().is_ok() {
        return Ok(());
    }
    debian_package("postgresql", "the store tests need PostgreSQL's initdb and postgres")
}

/// The pooler that the tests go through once. Where it cannot be had, they say that they leave it out.
pub(crate) fn pooler() {
    if find("pgbouncer").is_none()
        && !Path::new("/usr/sbin/pgbouncer").is_file()
        && let Err(error) = debian_package("pgbouncer", "the test of a pooler needs pgbouncer")
    {
        println!("{error:#}");
    }
}

/// Makes sure that the browser tests can be run.
pub(crate) fn node() -> Result<()> {
    if find("npm").is_some() && find("node").is_some() {
        return Ok(());
    }
    debian_package("npm", "the browser tests need Node.js and npm")
}

/// Makes sure that calls of the system can be made to fail.
pub(crate) fn strace() -> Result<()> {
    if find("strace").is_some() {
        return Ok(());
    }
    debian_package("strace", "the stories of failing disks need strace")
}

/// Makes sure that the tests can read the documents and QR codes that the product writes.
pub(crate) fn readers() -> Result<()> {
    let readers = [
        ("zbarimg", "zbar-tools", "the tests of QR codes need zbarimg"),
        ("pdftotext", "poppler-utils", "the tests of documents need pdftotext"),
    ];
    let missing = readers.iter().filter(|(program, ..)| find(program).is_none());
    missing.into_iter().try_for_each(|(_, package, why)| debian_package(package, why))
}

/// Installs a package on Debian and its kin if that needs no password; otherwise says how.
fn debian_package(package: &str, why: &str) -> Result<()> {
    let Some(apt) = find("apt-get") else {
        bail!("{why}. Please install the package `{package}` of your system.");
    };
    let Some(prefix) = administrator() else {
        bail!("{why}. Please run: sudo apt-get install {package}");
    };
    println!("{why}: installing Debian's package `{package}`.");
    let apt = apt.to_string_lossy().into_owned();
    for arguments in [&["update"][..], &["install", "--yes", "--no-install-recommends", package][..]] {
        let mut words: Vec<&str> = prefix.to_vec();
        words.push(&apt);
        words.extend(arguments);
        execute(Command::new(words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    Ok(())
}

/// How to run something as administrator without being asked for a password, if at all.
fn administrator() -> Option<&'static [&'static str]> {
    let answers = |words: &[&str]| output(Command::new(words[0]).args(&words[1..])).ok();
    if answers(&["id", "-u"])?.trim() == "0" {
        return Some(&[]);
    }
    answers(&["sudo", "-n", "true"]).map(|_| &["sudo", "-n"][..])
}

/// A program on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = environment("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// One variable of the environment.
#[expect(clippy::disallowed_methods, reason = "a build tool is configured by the environment it runs in")]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
