//! What the demo prints when it is ready.

use super::orders::ORDERS;
use super::producers::{PASSWORD, PRODUCERS};
use super::staff;
use crate::config::Config;
use crate::example_area::ExampleArea;
use portal::Portal;
use types::place;

/// The addresses to open, and whom to sign in as.
///
/// # Errors
/// When the data cannot be read.
pub(crate) async fn guide(portal: &Portal, config: &Config, area: &ExampleArea) -> anyhow::Result<String> {
    let buyers: String = ORDERS
        .iter()
        .filter(|order| !order.note.is_empty())
        .map(|order| format!("    {:<28} {}\n", order.buyer.0, order.note))
        .collect();
    let producers: String = PRODUCERS.iter().map(|one| format!("    {:<28} {PASSWORD}\n", one.email)).collect();
    let staff = staff::all(portal).await?.into_iter();
    let staff: String = staff.map(|one| line(&one)).collect();
    Ok(format!(
        "\n  Portal        {}\n  Producers     {}\n  Staff         {}\n  Mailbox       {}\n  Member area   {}\n  \
         Data          {}\n\n  Buyers sign in by a mail\n{buyers}\n  Producers, with the password\n{producers}\n  \
         Staff, with the password and a code of the secret\n{staff}\n  Ctrl-C ends the demo.",
        portal.url(place::buyer::Place::SignIn),
        portal.url(place::producer::Place::SignIn),
        portal.url(place::staff::Place::SignIn),
        portal.url("/dev/mailbox"),
        area.page_url(),
        config.database_url.expose(),
    ))
}

fn line(one: &staff::DemoStaff) -> String {
    let secret = one.secret.as_deref().unwrap_or("(its second step is set up)");
    format!("    {:<28} {PASSWORD}  {:<5}  {secret}\n", one.email, one.role.as_str())
}
