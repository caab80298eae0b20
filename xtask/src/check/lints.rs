//! What clippy and rustdoc refuse. Warnings are refused too: the manifest says which there are.

use crate::shell::{Workspace, execute};
use crate::{site, tools};
use anyhow::Result;
use std::process::Command;

pub(super) fn server(workspace: &Workspace) -> Result<()> {
    execute(&mut clippy(workspace, &["--workspace", "--exclude", "client", "--exclude", "area", "--all-targets"]))
}

pub(super) fn browser(workspace: &Workspace) -> Result<()> {
    tools::wasm_target(workspace)?;
    let mut what = vec!["--target", tools::WASM, "--package", "islands", "--package", "controls"];
    what.extend(["--features", "islands/hydrate,controls/hydrate"]);
    what.extend(site::BUNDLES.iter().flat_map(|bundle| ["--package", bundle.name]));
    execute(&mut clippy(workspace, &what))
}

/// Comments name what there is: a link that leads nowhere is a name that was changed.
pub(super) fn links(workspace: &Workspace) -> Result<()> {
    execute(&mut documentation(workspace))
}

fn clippy(workspace: &Workspace, what: &[&str]) -> Command {
    let mut command = workspace.cargo(&["clippy", "--locked"]);
    command.args(what).args(["--", "--deny", "warnings"]);
    command
}

fn documentation(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo(&["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
    command.env("RUSTDOCFLAGS", "--deny rustdoc::broken_intra_doc_links");
    command
}

#[cfg(test)]
mod tests {
    use super::{clippy, documentation};
    use crate::check::planted::{REPOSITORY, Tree};
    use crate::shell::Workspace;
    use std::fs;
    use std::process::Command;

    /// A crate without dependencies that is held to what the workspace is held to.
    fn plant(lib: &str) -> Tree {
        let read = |name: &str| fs::read_to_string(format!("{REPOSITORY}/{name}")).expect("a file of the repository");
        let manifest: toml::Table = read("Cargo.toml").parse().expect("the manifest of the workspace");
        let lints = toml::Table::from_iter([("lints".to_owned(), manifest["workspace"]["lints"].clone())]);
        let lints = toml::Table::from_iter([("workspace".to_owned(), toml::Value::Table(lints))]);
        let package = "[package]\nname = \"planted\"\nedition = \"2024\"\n[lints]\nworkspace = true\n";
        let lock = "version = 4\n\n[[package]]\nname = \"planted\"\nversion = \"0.0.0\"\n";
        Tree::of(&[
            ("Cargo.toml", &format!("{package}{lints}")),
            ("Cargo.lock", lock),
            ("clippy.toml", &read("clippy.toml")),
            ("src/lib.rs", &format!("//! Planted.\n{lib}")),
            ("src/room.rs", "//! A room.\n"),
        ])
    }

    /// What a command says of it, and whether it is content.
    fn run(command: impl Fn(&Workspace) -> Command, tree: &Tree) -> (bool, String) {
        let workspace = Workspace { root: tree.root().to_owned(), target: tree.root().join("target") };
        let mut command = command(&workspace);
        let quiet = command.env("CARGO_TARGET_DIR", &workspace.target).env("CARGO_NET_OFFLINE", "true");
        let output = quiet.env("CARGO_TERM_COLOR", "never").output().expect("cargo runs");
        (output.status.success(), String::from_utf8(output.stderr).expect("words"))
    }

    fn is_refused(command: impl Fn(&Workspace) -> Command, lib: &str, place: &str, why: &str) {
        let (is_content, words) = run(command, &plant(lib));
        assert!(!is_content && words.contains(place) && words.contains(why), "{words}");
    }

    fn lints(workspace: &Workspace) -> Command {
        clippy(workspace, &["--workspace", "--all-targets"])
    }

    #[test]
    fn a_crate_in_order_is_refused_by_nobody() {
        let tree = plant("mod room;\n/// As [`two`].\npub fn one() {}\n/// Two.\npub fn two() {}\n");
        for (is_content, words) in [run(lints, &tree), run(documentation, &tree)] {
            assert!(is_content, "{words}");
        }
    }

    #[test]
    fn an_allow_without_a_reason_is_refused() {
        let lib = "/// Nothing.\n#[allow(clippy::needless_return)]\npub fn nothing() {\n    return;\n}\n";
        is_refused(lints, lib, "src/lib.rs:3", "#[allow] attribute found");
        is_refused(lints, lib, "src/lib.rs:3", "`allow` attribute without specifying a reason");
    }

    #[test]
    fn an_expectation_without_a_reason_is_refused() {
        let lib = "/// Nothing.\n#[expect(clippy::needless_return)]\npub fn nothing() {\n    return;\n}\n";
        is_refused(lints, lib, "src/lib.rs:3", "`expect` attribute without specifying a reason");
    }

    #[test]
    fn a_public_item_that_nobody_reaches_is_refused() {
        let lib = "mod inside {\n    pub fn hidden() {}\n}\n/// Opens.\npub fn open() {\n    inside::hidden();\n}\n";
        is_refused(lints, lib, "src/lib.rs:3", "unreachable `pub` item");
    }

    #[test]
    fn a_link_that_leads_nowhere_is_refused() {
        let lib = "/// As [`gone`].\npub fn one() {}\n/// Of [`elsewhere`].\nfn two() {}\n";
        is_refused(documentation, lib, "src/lib.rs:2", "unresolved link to `gone`");
        is_refused(documentation, lib, "src/lib.rs:4", "unresolved link to `elsewhere`");
    }
}
