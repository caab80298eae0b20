//! `cargo xtask try-stripe`: everything that is done at Stripe from here, by our own adapter, on a real test account.
//! A line a step says whether it was done, is not possible there, or went wrong; what was made is taken away again.

mod walk;

use anyhow::{Context, ensure};
use clap::Parser;
use std::process::ExitCode;
use walk::{Outcome, Walk, is_test_key};

#[derive(Parser)]
struct Arguments {
    /// A secret or restricted key of a test account
    #[arg(long, env = "TRY_STRIPE_KEY", hide_env_values = true)]
    key: String,
    /// Where Stripe is, for a stand-in
    #[arg(long, default_value = server::gateway::stripe::BASE_URL)]
    base_url: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("try-stripe: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let Arguments { key, base_url } = Arguments::parse();
    ensure!(is_test_key(&key), "this is no key of a test account: those begin with sk_test_ or rk_test_");
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (mut done, mut not_here, mut wrong) = (0, 0, 0);
    let mut say = |step: &str, outcome: &Outcome| {
        *match outcome {
            Outcome::Done(_) => &mut done,
            Outcome::NotHere(_) => &mut not_here,
            Outcome::Wrong(_) => &mut wrong,
        } += 1;
        let (word, what) = outcome.told();
        println!("{word:<17}  {step}: {what}");
    };
    Walk::begin(&base_url, &key).context("the address of Stripe")?.through(&mut say).await;
    println!("{done} done, {not_here} not possible here, {wrong} wrong");
    ensure!(wrong == 0, "what went wrong stands above");
    Ok(())
}
