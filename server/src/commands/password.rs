//! A password from standard input: not from an argument, which others on the machine can see.

use anyhow::Context;
use std::io::{self, BufRead, IsTerminal};

/// The first line of standard input.
///
/// # Errors
/// When it cannot be read or is empty.
pub(super) fn read() -> anyhow::Result<String> {
    if io::stdin().is_terminal() {
        eprint!("Password: ");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).context("no password on standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(!password.is_empty(), "no password on standard input");
    Ok(password.to_owned())
}
