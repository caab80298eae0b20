//! The payee: the bank account that the money of a boleto goes back to. The buyer names it, before or after the
//! request. It is sealed with the key of the installation, shown masked only, and forgotten when the refund has ended.

use super::answer::AnswerError;
use super::case::RefundCase;
use super::job::Job;
use super::part::PartState;
use super::state::State;
use super::store::{self, RefundRow};
use crate::db::Error;
use crate::event::{self, Record, Refund, RefundEvent};
use crate::order::Charge;
use crate::order::OrderRecord;
use crate::outbox;
use crate::{Actor, Buyer, Portal};
use serde_json::json;
use types::{ChargeId, Payee, ProducerId, RefundId};

/// Keeps where the money goes, as long as nothing of it was sent. The refund goes on when it waited for this.
pub async fn set_payee(buyer: &Buyer, handle: &str, protocol: &str, payee: &Payee) -> Result<(), AnswerError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = OrderRecord::of_buyer(tx.conn(), buyer.person(), handle).await?.ok_or(AnswerError::NotFound)?;
    let refund = store::of_buyer(tx.conn(), buyer.person(), order.id, protocol).await?.ok_or(AnswerError::NotFound)?;
    let case = RefundCase::lock(&mut tx, refund).await?.ok_or(AnswerError::NotFound)?;
    let is_waiting = case.parts.iter().any(|part| part.state == PartState::Waiting && part.is_slip());
    if !is_waiting || case.row.payee_asked_at.is_none() {
        return Err(AnswerError::TooLate { state: case.state.name() });
    }
    let (sealed, masked) = seal(portal, refund, payee)?;
    store::set_payee(&mut tx, refund, &sealed, &masked).await?;
    let event = Refund {
        what: RefundEvent::PayeeNamed,
        refund,
        order: order.id,
        state: case.state.name(),
        amount: case.row.amount,
    };
    let entry = Record {
        origin: &buyer.origin().address,
        producer: Some(ProducerId(case.row.producer_id)),
        person: Some(buyer.person()),
        order: Some(order.id),
        after: Some(json!({ "protocol": case.row.protocol, "payee": masked })),
        ..Record::new(Actor::Buyer(buyer.person()), event)
    };
    event::record(portal, &mut tx, entry).await?;
    if !matches!(case.state, State::Requested { .. }) {
        outbox::put(portal, &mut tx, Job::Advance { refund }).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}

/// Whether a gateway needs such an account for one of these charges.
pub(super) fn is_needed<'a>(
    portal: &Portal,
    order: &OrderRecord,
    mut charges: impl Iterator<Item = &'a (ChargeId, i64)>,
) -> bool {
    charges.any(|(id, _)| {
        let asks = |charge: &Charge| portal.ports.gateways.abilities(&charge.gateway).asks_payee_for;
        order.charge(*id).is_some_and(|charge| asks(charge).contains(&charge.method))
    })
}

/// Sealed for this refund, and as it may be shown.
pub(super) fn seal(portal: &Portal, refund: RefundId, payee: &Payee) -> Result<(String, String), Error> {
    let wrong = |error: &dyn std::fmt::Display| Error::inconsistent("refunds", refund, error);
    let text = serde_json::to_string(payee).map_err(|error| wrong(&error))?;
    let sealed = portal.keys.seal(refund.0.as_bytes(), portal.random(), &text).map_err(|error| wrong(&error))?;
    Ok((sealed, payee.masked()))
}

/// What was sealed; none when nothing was.
pub(super) fn open(portal: &Portal, row: &RefundRow) -> Result<Option<Payee>, Error> {
    let wrong = |what: &str| Error::inconsistent("refunds", row.id, what);
    let Some(sealed) = &row.payee_sealed else { return Ok(None) };
    let text = portal.keys.open(row.id.as_bytes(), sealed).map_err(|_| wrong("sealed by another key"))?;
    serde_json::from_str(&text).map(Some).map_err(|_| wrong("payee"))
}
