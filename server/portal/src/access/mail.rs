//! The mail to the producer about a member area that refuses a call or cannot be reached.

use super::content::Content;
use super::store;
use crate::Portal;
use crate::db::Error;
use ground::letter::Draft;
use types::{DeliveryId, Email, Language};

/// Sends the mail about a delivery that was refused or given up.
pub(super) async fn mail_delivery_stopped(
    portal: &Portal,
    delivery: DeliveryId,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::stopped(&portal.db, delivery).await? else { return Ok(None) };
    let wrong = |error| Error::inconsistent("deliveries", delivery, error);
    let answer = match (row.status, row.error) {
        (Some(status), _) => {
            format!("{status} {}", row.answer.unwrap_or_default().chars().take(500).collect::<String>())
        }
        (None, error) => error.unwrap_or_default(),
    };
    let content = Content::ProducerDeliveryStopped {
        member_area: row.area,
        buyer: Email::parse(&row.buyer).map_err(wrong)?,
        is_grant: !row.is_revocation,
        answer,
    };
    let to = Email::parse(&row.producer).map_err(wrong)?;
    Ok(Some(Draft::new(delivery.to_string(), to, Language::Portuguese, row.time_zone, content)))
}
