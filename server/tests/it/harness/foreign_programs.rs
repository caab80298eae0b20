//! Programs that others wrote, in the languages that they wrote them in: what `standin/clients` names is installed
//! below the target folder when a test first wants it, and is there from then on.
//!
//! A machine that has no Python or Node.js, or reaches no registry of theirs, leaves the tests out: they say so where
//! it is seen, and pass. Anything else that goes wrong fails them.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The scripts, and what they need.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../standin/clients");

/// Words by which pip and npm say that they reach nobody.
const UNREACHED: [&str; 14] = [
    "connection broken by",
    "Max retries exceeded",
    "network",
    "HTTP error",
    "No matching distribution",
    "certificate",
    "CERT_",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ENOTFOUND",
    "ETIMEDOUT",
    "E403",
    "E404",
];

/// Why a test is left out.
type Absent = String;

/// The interpreter of a Python that has what is listed in `requirements.txt`; without one the test says why.
pub fn python(test: &str) -> Option<PathBuf> {
    static PYTHON: OnceLock<Result<PathBuf, Absent>> = OnceLock::new();
    let found = PYTHON.get_or_init(|| {
        let folder = installed("python", &["requirements.txt"], |folder| {
            started("python3", Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
            let mut pip = Command::new(folder.join("bin/pip"));
            pip.args(["install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--requirement"]);
            reached("pip", pip.arg(Path::new(FOLDER).join("requirements.txt")))
        })?;
        Ok(folder.join("bin/python"))
    });
    or_say(test, found)
}

/// The folder of the modules for Node.js that the lock file names; without them the test says why.
pub fn node_modules(test: &str) -> Option<PathBuf> {
    static MODULES: OnceLock<Result<PathBuf, Absent>> = OnceLock::new();
    let found = MODULES.get_or_init(|| {
        started("node", Command::new("node").arg("--version"))?;
        let files = ["package.json", "package-lock.json", ".npmrc"];
        let folder = installed("node", &files, |folder| {
            for file in files {
                fs::copy(Path::new(FOLDER).join(file), folder.join(file)).unwrap();
            }
            let words = ["ci", "--no-audit", "--no-fund", "--fetch-retries", "1"];
            reached("npm", Command::new("npm").args(words).current_dir(folder))
        })?;
        Ok(folder.join("node_modules"))
    });
    or_say(test, found)
}

/// A folder for what these files name. It is filled when it is not there, or was filled for other words of theirs.
fn installed(name: &str, files: &[&str], install: impl FnOnce(&Path) -> Result<(), Absent>) -> Result<PathBuf, Absent> {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vendors");
    fs::create_dir_all(&all).unwrap();
    // Another program of tests may be at it.
    let lock = File::create(all.join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    let wanted: Vec<u8> = files.iter().flat_map(|file| fs::read(Path::new(FOLDER).join(file)).unwrap()).collect();
    let (folder, stamp) = (all.join(name), all.join(format!("{name}.stamp")));
    if fs::read(&stamp).ok().as_ref() != Some(&wanted) {
        fs::create_dir_all(&folder).unwrap();
        install(&folder)?;
        fs::write(stamp, wanted).unwrap();
    }
    Ok(folder)
}

/// Runs what a machine may lack.
fn started(program: &str, command: &mut Command) -> Result<(), Absent> {
    match command.output() {
        Err(_) => Err(format!("{program} is not installed")),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{program} does not work: {}", String::from_utf8_lossy(&output.stdout).trim())),
    }
}

/// Runs what needs a registry.
fn reached(program: &str, command: &mut Command) -> Result<(), Absent> {
    let Ok(output) = command.output() else { return Err(format!("{program} is not installed")) };
    let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    match output.status.success() {
        true => Ok(()),
        false if UNREACHED.iter().any(|word| words.contains(word)) => Err(format!("{program} reaches no registry")),
        false => panic!("{program}: {words}"),
    }
}

fn or_say(test: &str, found: &Result<PathBuf, Absent>) -> Option<PathBuf> {
    let why = match found {
        Ok(found) => return Some(found.clone()),
        Err(why) => why,
    };
    // Not by a macro: what a test prints is only shown when it fails.
    let _ = writeln!(std::io::stderr(), "LEFT OUT: {test}: {why}");
    None
}
