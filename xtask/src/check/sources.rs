//! Rules about the text of the sources that no compiler knows.

use super::report;
use crate::shell::Workspace;
use anyhow::Result;
use std::fs;

/// What is not finished, and addresses that only exist on one machine. Written apart, so that this file may pass.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("dbg", "!("),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
];
const MACHINES: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

/// Written by tools.
const GENERATED: &[&str] =
    &["Cargo.lock", "end2end/package-lock.json", "standin/clients/package-lock.json", "LICENSE-APACHE"];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut complaints = Vec::new();
    for path in workspace.files()? {
        if GENERATED.contains(&path.as_str()) {
            continue;
        }
        // What is not text is a picture or a font.
        let Ok(text) = String::from_utf8(fs::read(workspace.root.join(&path))?) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            complaints.extend(complaint(&path, line).map(|words| format!("{path}:{number}: {words}")));
        }
    }
    report(&complaints)
}

/// Whether an address in `line` begins so; `portal/src/work/job.rs` does not.
fn begins_in(line: &str, start: &str) -> bool {
    let goes_on = |before: &str| before.ends_with(|char: char| char.is_ascii_alphanumeric() || char == '.');
    line.match_indices(start).any(|(at, _)| !goes_on(&line[..at]))
}

fn complaint(path: &str, line: &str) -> Option<String> {
    let found = |words: &[&'static str]| words.iter().find(|word| line.contains(**word)).copied();
    if let Some(word) = found(UNFINISHED) {
        return Some(format!("`{word}`: finish it, or write an issue."));
    }
    if let Some(word) = MACHINES.iter().find(|word| begins_in(line, word)) {
        return Some(format!("`{word}…` only exists on one machine."));
    }
    (line.contains("sqlx::query") && !may_speak_sql(path))
        .then(|| "SQL belongs into a store.rs: only there can another feature not reach it.".to_owned())
}

/// In the crate of the rules only a feature's `store.rs`, the database's own module and tests speak SQL.
fn may_speak_sql(path: &str) -> bool {
    let Some(inside) = path.strip_prefix("server/portal/src/") else { return true };
    inside.ends_with("/store.rs") || inside.contains("/store/") || inside.starts_with("db/") || inside.contains("test")
}

#[cfg(test)]
mod tests {
    use super::complaint;

    #[test]
    fn sql_has_one_place_in_a_feature() {
        let line = "sqlx::query(\"select 1\")";
        assert!(complaint("server/portal/src/order/refund.rs", line).is_some());
        assert!(complaint("server/portal/src/order/store.rs", line).is_none());
        assert!(complaint("server/portal/src/db/mod.rs", line).is_none());
        assert!(complaint("server/tests/it/harness/rows.rs", line).is_none());
    }

    #[test]
    fn what_is_not_finished_is_found() {
        assert!(complaint("app/src/lib.rs", concat!("// TO", "DO: later")).is_some());
        assert!(complaint("app/src/lib.rs", "// todos os pedidos").is_none());
    }

    #[test]
    fn a_path_of_one_machine_is_told_from_a_folder_of_that_name() {
        assert!(complaint("README.md", concat!("see `/wo", "rk/aftersale`")).is_some());
        assert!(complaint("README.md", concat!("see `server/portal/src/wo", "rk/job.rs`")).is_none());
    }
}
