//! `create-staff`: adds somebody to the support staff.

use super::{standard_input, with_data};
use crate::config::Config;
use crate::state::Migrate;
use portal::login::{NewStaff, create_staff};
use types::{Email, Line, StaffRole};

/// The person.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// Address to sign in with
    #[arg(long, value_parser = Email::parse)]
    email: Email,
    /// Name
    #[arg(long, value_parser = Line::parse)]
    name: Line,
    /// agent or admin
    #[arg(long, value_parser = <StaffRole as std::str::FromStr>::from_str)]
    role: StaffRole,
}

/// Adds the person.
///
/// # Errors
/// When the address is taken or a value does not fit.
pub(crate) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { email, name, role } = arguments;
    let password = standard_input::read("password")?;
    let new = NewStaff { email, name, role, password };
    with_data(config, Migrate::Yes, async |portal| {
        create_staff(portal, new).await?;
        Ok(())
    })
    .await
}
