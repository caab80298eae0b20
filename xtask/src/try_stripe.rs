//! `cargo xtask try-stripe`: walks through everything that is done at Stripe, on a real test account.

use crate::shell::{Workspace, execute};
use crate::test::ALL;
use anyhow::{Result, ensure};

/// The program, an example of the crate `server`.
const PROGRAM: &str = "try_stripe";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A secret or restricted key of a test account
    #[arg(long, env = "TRY_STRIPE_KEY", hide_env_values = true)]
    key: String,
    /// Where Stripe is, for a stand-in
    #[arg(long)]
    base_url: Option<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    assure_test(&arguments.key)?;
    // The same flags as in `cargo xtask test`: with others everything would be compiled once more.
    execute(workspace.cargo(&["build", "--locked"]).args(ALL).args(["--example", PROGRAM]))?;
    let program = workspace.target.join("debug/examples").join(PROGRAM);
    let mut walk = workspace.command(&program.to_string_lossy(), &[]);
    if let Some(base_url) = &arguments.base_url {
        walk.args(["--base-url", base_url]);
    }
    // Not among its words: those are printed, and seen by others on the machine.
    execute(walk.env("TRY_STRIPE_KEY", &arguments.key))
}

/// Before anything is built, and so before anything is called.
fn assure_test(key: &str) -> Result<()> {
    let is_test = ["sk_test_", "rk_test_"].iter().any(|start| key.starts_with(start));
    ensure!(is_test, "this is no key of a test account: those begin with sk_test_ or rk_test_. Nothing was called");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::assure_test;

    #[test]
    fn a_key_by_which_real_money_moves_is_refused() {
        assert!(assure_test("sk_test_1").is_ok() && assure_test("rk_test_1").is_ok());
        for key in ["sk_live_1", "rk_live_1", "pk_test_1", ""] {
            assert!(assure_test(key).is_err(), "{key}");
        }
    }
}
