//! The mail to the producer about a member area that refuses a call or cannot be reached.

use super::content::Content;
use super::store;
use crate::Portal;
use crate::db::Error;
use ground::letter::Draft;
use types::{DeliveryId, Language};

/// What the mail says about a delivery that was refused or given up.
pub(super) async fn mail_delivery_stopped(
    portal: &Portal,
    delivery: DeliveryId,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(stopped) = store::stopped(&portal.db, delivery).await? else { return Ok(None) };
    let answer = match (stopped.status, stopped.error) {
        (Some(status), _) => {
            format!("{status} {}", stopped.answer.unwrap_or_default().chars().take(500).collect::<String>())
        }
        (None, error) => error.unwrap_or_default(),
    };
    let content = Content::ProducerDeliveryStopped {
        member_area: stopped.area,
        buyer: stopped.buyer,
        is_grant: !stopped.is_revocation,
        answer,
    };
    Ok(Some(Draft::new(delivery.to_string(), stopped.producer, Language::Portuguese, stopped.time_zone, content)))
}
