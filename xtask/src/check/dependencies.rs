//! Every dependency that a manifest names is named in that crate's sources.
//!
//! A check by words: it finds what is certainly unused. A dependency that is used without being named says so behind
//! its line in the manifest: `# used by: …`.

use super::report;
use crate::shell::Workspace;
use anyhow::Result;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let metadata = workspace.metadata()?;
    let mut complaints = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten().filter(|p| p["source"].is_null()) {
        complaints.extend(unused(package)?);
    }
    report(&complaints)
}

fn unused(package: &Value) -> Result<Vec<String>> {
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap_or_default());
    let excused = excused(&fs::read_to_string(&manifest)?);
    let words = sources(manifest.parent().unwrap_or(Path::new(".")))?;
    let mut complaints = Vec::new();
    for dependency in package["dependencies"].as_array().into_iter().flatten() {
        let name = dependency["rename"].as_str().or(dependency["name"].as_str()).unwrap_or_default();
        if !excused.iter().any(|other| other == name) && !names(&words, &name.replace('-', "_")) {
            let crate_name = package["name"].as_str().unwrap_or_default();
            complaints.push(format!("{crate_name} depends on {name}, but does not use it."));
        }
    }
    // One named both for the crate and for its tests is one.
    complaints.dedup();
    Ok(complaints)
}

/// Dependencies whose line in the manifest says what uses them.
fn excused(manifest: &str) -> Vec<String> {
    let lines = manifest.lines().filter(|line| line.contains("# used by:"));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next()).map(str::to_owned).collect()
}

/// The code of a crate, without comments, and without the crates that lie in folders below it.
fn sources(folder: &Path) -> Result<String> {
    let mut code = String::new();
    for part in ["src", "tests", "benches", "examples", "build"] {
        collect(&folder.join(part), &mut code)?;
    }
    read(&folder.join("build.rs"), &mut code)?;
    Ok(code)
}

fn collect(folder: &Path, code: &mut String) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, code)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            read(&path, code)?;
        }
    }
    Ok(())
}

fn read(file: &Path, code: &mut String) -> Result<()> {
    if file.is_file() {
        let text = fs::read_to_string(file)?;
        code.extend(text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]));
    }
    Ok(())
}

/// Whether the code contains a name as a whole word.
fn names(code: &str, name: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(in_word) && !code[at + name.len()..].starts_with(in_word))
}

#[cfg(test)]
mod tests {
    use super::{excused, names};

    #[test]
    fn only_whole_words_count() {
        assert!(names("use http::Uri;", "http"));
        assert!(names("a(http)", "http"));
        assert!(!names("use tower_http::trace; https", "http"));
    }

    #[test]
    fn a_line_may_say_what_uses_it() {
        let manifest = "serde.workspace = true # used by: the code that a macro writes\naxum = \"1\"\n";
        assert_eq!(excused(manifest), ["serde"]);
    }
}
