//! The gateway's own page, on which the buyer names the account that the money of a boleto goes back to: kept while the
//! gateway waits, told to the buyer once, and reminded of. The gateway says when the money went on; nobody here sees
//! what was entered there.

use super::case::RefundCase;
use super::mail::Mail;
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::{Actor, Portal, outbox};
use serde_json::json;
use std::time::Duration;
use types::{OrderId, PersonId, ProducerId, RefundId, RefundPartId};

/// How many days after it began to wait the buyer is told again.
const REMINDED_AFTER: [u64; 2] = [3, 7];

/// The gateway waits for the buyer, or says where. Whoever is not told of it yet is told.
pub(super) async fn waits(
    portal: &Portal,
    refund: RefundId,
    part: RefundPartId,
    url: Option<String>,
) -> Result<(), Error> {
    let (mut tx, now) = (portal.db.begin().await?, portal.now());
    let Some(mut case) = RefundCase::lock(&mut tx, refund).await? else { return Ok(()) };
    let before = at_page(&case);
    if case.move_part(&mut tx, part, |part| part.wait_for_buyer(url, now)).await? && !before.contains(&part) {
        record(portal, &mut tx, &case, RefundEvent::PayeeAsked).await?;
        if before.is_empty() {
            tell(portal, &mut tx, refund).await?;
        }
    }
    portal.commit(tx).await
}

/// The gateway waits for the buyer no more: what led to its page is forgotten.
pub(super) async fn goes_on(portal: &Portal, refund: RefundId, part: RefundPartId) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let Some(mut case) = RefundCase::lock(&mut tx, refund).await? else { return Ok(()) };
    if at_page(&case).contains(&part) && case.move_part(&mut tx, part, |part| part.go_on()).await? {
        record(portal, &mut tx, &case, RefundEvent::PayeeNamed).await?;
    }
    portal.commit(tx).await
}

fn at_page(case: &RefundCase) -> Vec<RefundPartId> {
    case.at_page().map(|(part, _)| part.id()).collect()
}

/// Tells the buyer now, and again as long as it waits.
async fn tell(portal: &Portal, tx: &mut Tx, refund: RefundId) -> Result<(), Error> {
    outbox::put(portal, tx, Mail::PayeePage { refund, days: 0 }).await?;
    for days in REMINDED_AFTER {
        let due = portal.now().plus(Duration::from_secs(days * 86_400));
        outbox::put_at(portal, tx, Mail::PayeePage { refund, days }, due).await?;
    }
    Ok(())
}

async fn record(portal: &Portal, tx: &mut Tx, case: &RefundCase, what: RefundEvent) -> Result<(), Error> {
    let row = &case.row;
    let order = OrderId(row.order_id);
    let event = Refund { what, refund: case.id(), order, state: case.state.name(), amount: row.amount };
    let entry = Record {
        producer: Some(ProducerId(row.producer_id)),
        person: Some(PersonId(row.person_id)),
        order: Some(order),
        after: Some(json!({ "protocol": row.protocol })),
        ..Record::new(Actor::System, event)
    };
    event::record(portal, tx, entry).await
}
