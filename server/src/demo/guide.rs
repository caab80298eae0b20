//! What the demo prints when it is ready.

use super::orders::ORDERS;
use crate::config::Config;
use crate::example_area::ExampleArea;
use portal::Portal;
use types::place::buyer::Place;

/// The addresses to open, and the buyers to sign in as.
pub(crate) fn guide(portal: &Portal, config: &Config, area: &ExampleArea) -> String {
    let buyers: String = ORDERS
        .iter()
        .filter(|order| !order.note.is_empty())
        .map(|order| format!("    {:<28} {}\n", order.buyer.0, order.note))
        .collect();
    format!(
        "\n  Portal        {}\n  Mailbox       {}\n  Member area   {}\n  Data          {}\n\n  \
         Sign in as\n{buyers}\n  Ctrl-C ends the demo.",
        portal.url(Place::SignIn),
        portal.url("/dev/mailbox"),
        area.page_url(),
        config.database_url.expose(),
    )
}
