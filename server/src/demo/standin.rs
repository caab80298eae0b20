//! A stand-in of a gateway beside the demo: a program of its own, at which a shop of the first producer sells. What it
//! may do here is what a key of the API may do.

use super::producers::PRODUCERS;
use anyhow::{Context, ensure};
use portal::Portal;
use portal::catalogue::api_key::create_api_key;
use portal::catalogue::producer::of_slug;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::process::{Child, Command};
use types::{Line, Slug};

/// The program.
const PROGRAM: &str = "standin";

/// A gateway that there is a stand-in of.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StandIn {
    /// Stripe
    Stripe,
    /// Asaas
    Asaas,
    /// Digital Manager Guru
    Guru,
}

/// A stand-in whose program is there.
pub(crate) struct Found {
    gateway: StandIn,
    program: PathBuf,
}

impl StandIn {
    /// Looks for the program beside this one, where both are built.
    ///
    /// # Errors
    /// When it is not there.
    pub(crate) fn find(self) -> anyhow::Result<Found> {
        let program = std::env::current_exe()?.with_file_name(PROGRAM);
        ensure!(
            program.is_file(),
            "the stand-ins of gateways are no part of this program. In its sources, this builds and starts both: \
             cargo xtask run -- --gateway {}",
            self.word()
        );
        Ok(Found { gateway: self, program })
    }

    /// Its word for the program.
    fn word(self) -> &'static str {
        match self {
            Self::Stripe => "stripe",
            Self::Asaas => "asaas",
            Self::Guru => "guru",
        }
    }
}

impl Found {
    /// Starts it. Its end is that of what is returned, and of this process: it holds the other side of its standard
    /// input.
    ///
    /// # Errors
    /// When the database cannot be used, or the program cannot be started.
    pub(crate) async fn start(&self, portal: &Portal) -> anyhow::Result<Child> {
        let slug = Slug::parse(PRODUCERS[0].slug)?;
        let producer = of_slug(portal, &slug).await?.context("the first producer of the demo")?;
        let key = create_api_key(portal, &producer, &Line::parse("stand-in")?).await?;
        let portal = portal.url("/");
        let mut command = Command::new(&self.program);
        command.args([self.gateway.word(), "--portal", portal.trim_end_matches('/')]).env("STANDIN_API_KEY", key);
        command.stdin(Stdio::piped()).kill_on_drop(true);
        command.spawn().with_context(|| self.program.display().to_string())
    }
}
