//! The licences of everything that is linked in, against the list in `deny.toml`; known advisories where they can be
//! had.

use super::report;
use crate::shell::{Workspace, execute};
use crate::tools;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let deny: toml::Table = fs::read_to_string(workspace.root.join("deny.toml"))?.parse().context("deny.toml")?;
    let allowed = deny["licenses"]["allow"].as_array().context("deny.toml: licenses.allow is not a list")?;
    let allowed: BTreeSet<&str> = allowed.iter().filter_map(|name| name.as_str()).collect();
    let metadata = workspace.metadata()?;
    let mut complaints = Vec::new();
    let mut counted = 0;
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let (name, version) = (text("name"), text("version"));
        counted += 1;
        match package["license"].as_str() {
            Some(licence) if permits(licence, &allowed) => {}
            Some(licence) => complaints.push(format!("{name} {version}: {licence} is not in deny.toml")),
            None => complaints.push(format!("{name} {version} names no licence")),
        }
        if package["source"].as_str().is_some_and(|source| !source.contains("crates.io")) {
            complaints.push(format!("{name} {version} does not come from crates.io: {}", package["source"]));
        }
    }
    println!("{counted} crates");
    report(&complaints)
}

/// Known weaknesses of dependencies. The list of them lives on the network: without it, this says so and passes.
pub(super) fn advisories(workspace: &Workspace) -> Result<()> {
    if tools::find("cargo-deny").is_none() {
        println!("Not checked: cargo-deny is not installed. To check: cargo install cargo-deny");
        return Ok(());
    }
    execute(&mut workspace.cargo(&["deny", "check", "bans", "licenses", "sources"]))?;
    if let Err(error) = execute(&mut workspace.cargo(&["deny", "fetch"])) {
        println!("Not checked: the list of advisories cannot be fetched ({error}).");
        return Ok(());
    }
    execute(&mut workspace.cargo(&["deny", "check", "--disable-fetch", "advisories"]))
}

/// Whether a licence expression can be met with what is allowed. `/` is how old manifests write OR.
fn permits(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let permitted = any(&words, &mut at, allowed);
    permitted && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut permitted = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        permitted |= all(words, at, allowed);
    }
    permitted
}

fn all(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut permitted = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        permitted &= one(words, at, allowed);
    }
    permitted
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let permitted = any(words, at, allowed);
        *at += 1;
        return permitted;
    }
    if words.get(*at) != Some(&"WITH") {
        return allowed.contains(word);
    }
    let exception = words.get(*at + 1).copied().unwrap_or_default();
    *at += 2;
    // An exception only permits more.
    allowed.contains(word) || allowed.contains(format!("{word} WITH {exception}").as_str())
}

#[cfg(test)]
mod tests {
    use super::permits;
    use std::collections::BTreeSet;

    #[test]
    fn an_expression_is_met_or_not() {
        let allowed = BTreeSet::from(["MIT", "ISC", "Apache-2.0"]);
        for met in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR MIT",
            "MIT AND ISC",
            "(MIT OR GPL-3.0) AND ISC",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(permits(met, &allowed), "{met}");
        }
        for not_met in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "", "MIT MIT"] {
            assert!(!permits(not_met, &allowed), "{not_met}");
        }
    }
}
