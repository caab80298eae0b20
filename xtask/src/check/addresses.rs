//! The address of a page stands in the tables of `types::place`. Written out anywhere else in the screens or the rules
//! it would be one more place to remember.

use super::report;
use crate::shell::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The tables.
const TABLES: [&str; 3] =
    ["app/types/src/place/buyer.rs", "app/types/src/place/producer.rs", "app/types/src/place/shared.rs"];

/// Where a page's address is named and never written.
const FOLDERS: [&str; 3] = ["app/src/", "server/ground/src/", "server/portal/src/"];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    report(&complaints(&workspace.root, &workspace.files()?)?)
}

fn complaints(root: &Path, files: &[String]) -> Result<Vec<String>> {
    let firsts = firsts(root)?;
    let is_meant = |path: &&String| {
        let is_inside = FOLDERS.iter().any(|folder| path.starts_with(folder));
        // Tests say what an address is, so that it does not change unseen.
        is_inside && path.ends_with(".rs") && !path.contains("tests")
    };
    let mut complaints = Vec::new();
    for path in files.iter().filter(is_meant) {
        let text = fs::read_to_string(root.join(path)).with_context(|| path.clone())?;
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(first) = written(line, &firsts) {
                complaints
                    .push(format!("{path}:{number}: `/{first}…` is an address: name its `types::place` instead."));
            }
        }
    }
    Ok(complaints)
}

/// What stands between the first two slashes of each address of the tables.
fn firsts(root: &Path) -> Result<BTreeSet<String>> {
    let mut firsts = BTreeSet::new();
    for table in TABLES {
        let text = fs::read_to_string(root.join(table)).with_context(|| table)?;
        let paths = text.split("\"/").skip(1);
        firsts.extend(paths.filter_map(|path| path.split(['/', '"']).next()).map(str::to_owned));
    }
    firsts.remove("");
    Ok(firsts)
}

/// The beginning of an address that is written out as a text in this line.
fn written<'a>(line: &'a str, firsts: &BTreeSet<String>) -> Option<&'a str> {
    let texts = line.split("\"/").skip(1);
    let begins = texts.filter_map(|text| text.split(['/', '"', '?', '#', '\\']).next());
    begins.into_iter().find(|first| firsts.contains(*first))
}

#[cfg(test)]
mod tests {
    use super::complaints;
    use crate::check::planted::Tree;

    const TABLES: [(&str, &str); 3] = [
        ("app/types/src/place/buyer.rs", "    Order { handle: Handle } = \"/orders/{handle}\", Buyer, Here;\n"),
        (
            "app/types/src/place/producer.rs",
            "    RefundRequest { token: Token } =\n        \"/refund-requests/{token}\";\n",
        ),
        ("app/types/src/place/shared.rs", "    Language = \"/language\", Anyone, Home;\n"),
    ];

    fn found(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[&TABLES[..], &[(path, text)]].concat());
        complaints(tree.root(), &[path.to_owned()]).unwrap()
    }

    #[test]
    fn an_address_that_is_written_out_is_named_with_its_line() {
        let file = "app/src/buyer/account/view.rs";
        let words = |first: &str| format!("{file}:2: `/{first}…` is an address: name its `types::place` instead.");
        assert_eq!(found(file, "\nformat!(\"/orders/{handle}\")"), [words("orders")]);
        assert_eq!(found(file, "\n<form action=\"/language\">"), [words("language")]);
        assert_eq!(found(file, "\n\"/refund-requests/x?y\""), [words("refund-requests")]);
        assert_eq!(found("server/portal/src/money/refund/mail.rs", "url(\"/orders\")").len(), 1);
    }

    #[test]
    fn what_is_no_address_of_a_page_may_be_written_out() {
        for text in ["\"/favicon.svg\"", "\"/ordersome\"", "// `/orders/{handle}` is read", "Place::Order { handle }"] {
            assert_eq!(found("app/src/shared/frame.rs", text), [] as [&str; 0], "{text}");
        }
        assert_eq!(found("app/src/tests/pages.rs", "\"/orders/A-1\""), [] as [&str; 0]);
        assert_eq!(found("server/src/trace.rs", "\"/orders/A-1\""), [] as [&str; 0]);
    }
}
