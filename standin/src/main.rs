//! `standin stripe | asaas | guru`: a stand-in as a program of its own, for whoever wants to click through it.
//!
//! With `--portal` a producer of that portal has its account here: a shop sells some things at the stand-in, connects
//! the account and sends its orders by the portal's API, as a producer's own program does. `aftersale demo --gateway`
//! starts it so.

mod shop;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use shop::Portal;
use std::net::SocketAddr;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "standin", about = "A stand-in of a payment gateway: books, pages and webhooks, and no real money")]
struct Arguments {
    /// Which gateway it stands in for
    vendor: Vendor,
    /// Where it listens; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The portal whose producer has its account here. It then ends with its standard input
    #[arg(long, requires = "api_key")]
    portal: Option<String>,
    /// A key of that producer's for the portal's API
    #[arg(long, env = "STANDIN_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
}

/// A gateway that there is a stand-in of.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Vendor {
    /// Stripe
    Stripe,
    /// Asaas
    Asaas,
    /// Digital Manager Guru
    Guru,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("standin: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let portal = arguments.portal.zip(arguments.api_key).map(|(address, key)| Portal::new(address, &key));
    let is_asked_for = portal.is_some();
    let opened = match arguments.vendor {
        Vendor::Stripe => shop::stripe::open(arguments.listen, portal).await,
        Vendor::Asaas => shop::asaas::open(arguments.listen, portal).await,
        Vendor::Guru => shop::guru::open(arguments.listen, portal).await,
    };
    println!("{}", opened.context("the shop at the stand-in")?);
    if is_asked_for {
        // Whoever started it is gone when nobody holds the other side any more.
        let held = || std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = tokio::task::spawn_blocking(held).await;
    } else {
        tokio::signal::ctrl_c().await?;
    }
    Ok(())
}
