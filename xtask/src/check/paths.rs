//! The files and folders that the documents for developers name are there, written from the root of the repository.

use super::report;
use crate::shell::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The documents.
const DOCUMENTS: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// What the table of features writes short, and what that stands for: features, those of `ground`, screens, tests.
const SHORT: [(&str, &str); 4] =
    [("", "server/portal/src/"), ("ground/", "server/ground/src/"), ("", "app/src/"), ("", "server/tests/it/")];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut complaints = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(workspace.root.join(document)).with_context(|| document)?;
        complaints.extend(missing(&workspace.root, document, &text));
    }
    report(&complaints)
}

fn missing(root: &Path, document: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut is_of_features = false;
    for (number, line) in (1..).zip(text.lines()) {
        is_of_features = line.starts_with("| feature |") || is_of_features && line.starts_with('|');
        let is_there = |path: &str| {
            let mut meant =
                SHORT.iter().filter_map(|(short, long)| Some(format!("{long}{}", path.strip_prefix(short)?)));
            root.join(path).exists() || is_of_features && meant.any(|path| root.join(path).exists())
        };
        let lacking = names(line).filter(|name| !is_there(name));
        complaints.extend(lacking.map(|name| format!("{document}:{number}: `{name}` is not there.")));
    }
    complaints
}

/// What stands between backticks and looks like a path. `<wing>` and the like stand for many, a first `/` for an
/// address, and `store/` for a folder of that name anywhere; what is in `target` is made.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|name| {
        let is_plain = name.chars().all(|char| char.is_ascii_alphanumeric() || "/._-".contains(char));
        is_plain && name.trim_end_matches('/').contains('/') && !name.starts_with('/') && !name.starts_with("target/")
    })
}

#[cfg(test)]
mod tests {
    use super::missing;
    use crate::check::planted::Tree;

    fn found(text: &str) -> Vec<String> {
        let files = [("server/portal/src/sale/order/mod.rs", ""), ("app/src/buyer/home/page.rs", "")];
        missing(Tree::of(&files).root(), "ARCHITECTURE.md", text)
    }

    #[test]
    fn a_path_that_is_not_there_is_named_with_its_line() {
        let text = "See `app/src/buyer/home`.\n\nSee `app/src/buyer/away/page.rs` and `sale/order`.";
        let words = |name: &str| format!("ARCHITECTURE.md:3: `{name}` is not there.");
        assert_eq!(found(text), [words("app/src/buyer/away/page.rs"), words("sale/order")]);
    }

    #[test]
    fn the_table_of_features_names_them_by_wing() {
        let table = "| feature | screen |\n|---|---|\n| `sale/order` | `buyer/home` |\n| `sale/lost` | |\n";
        assert_eq!(found(table), ["ARCHITECTURE.md:4: `sale/lost` is not there."]);
    }

    #[test]
    fn what_is_no_path_is_left_alone() {
        assert_eq!(found("`/orders/{handle}`, `app/src/<wing>/page.rs`, `cargo test`, `a::b`, `Cargo.toml`"), [""; 0]);
    }
}
