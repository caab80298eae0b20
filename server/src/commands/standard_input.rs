//! A secret from standard input: not from an argument, which others on the machine can see.

use anyhow::Context;
use std::io::{self, BufRead, IsTerminal};

/// The first line of standard input, which is to be a `what`.
///
/// # Errors
/// When it cannot be read or is empty.
pub(super) fn read(what: &str) -> anyhow::Result<String> {
    if io::stdin().is_terminal() {
        eprint!("{what}: ");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).with_context(|| format!("no {what} on standard input"))?;
    let secret = line.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(!secret.is_empty(), "no {what} on standard input");
    Ok(secret.to_owned())
}
