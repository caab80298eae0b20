//! Tells buyers a month ahead that their card expires.

use super::mail::Mail;
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{self, Outcome};
use crate::time::Zone;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// Asks for a mail for each card that expires next month; each once. Comes again every day.
pub async fn remind(portal: &Portal) -> Result<Outcome, Error> {
    // A day more or less at the edge of a zone does no harm: it is a month ahead.
    let zone = Zone::named("America/Sao_Paulo").map_err(|error| Error::inconsistent("zones", "home", error))?;
    let today = zone.day_of(portal.now());
    let next_month = i64::from(today.year()) * 12 + i64::from(today.month()) + 1;
    loop {
        let mut tx = portal.db.begin().await?;
        let found = store::expiring(&mut tx, next_month).await?;
        if found.is_empty() {
            return Ok(Outcome::At(portal.now().plus(DAY)));
        }
        for one in found {
            if store::set_reminded(&mut tx, one, portal.now()).await? {
                outbox::put(portal, &mut tx, Mail::Expiring { order: one.0 }).await?;
            }
        }
        portal.commit(tx).await?;
    }
}
