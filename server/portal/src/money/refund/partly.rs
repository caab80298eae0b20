//! Some of the items that were asked for after the window: the producer approves them, and the others stay as they
//! were, free to be asked for again.

use super::answer::AnswerError;
use super::case::RefundCase;
use super::part::PartState;
use super::pot::{Pot, Reach};
use super::state::State;
use super::store;
use crate::db::Tx;
use crate::order::OrderRecord;
use crate::{Portal, ledger};
use types::{ChargeId, ItemId, Money, OrderId, RefundPartId};

/// What may be approved alone, with what of the money is its own. None where one item is all, where a part of the
/// money went back meanwhile, or where the producer has answered.
pub(super) fn items(case: &RefundCase, order: OrderRecord) -> Vec<(ItemId, String, Money)> {
    let currency = order.currency;
    let Some((order, asked)) = before(case, order) else { return Vec::new() };
    let pot = Pot::of(&order, Reach::Running);
    let of_refund = order.items.iter().filter(|item| asked.contains(&item.id));
    let each = of_refund.map(|item| (item.id, item.name.clone(), Money::new(pot.amount(&[item.id]), currency)));
    let each: Vec<_> = each.filter(|(.., amount)| amount.amount > 0).collect();
    if each.len() > 1 { each } else { Vec::new() }
}

/// Leaves only these items in the request, and of its money what is theirs.
pub(super) async fn narrow(
    portal: &Portal,
    tx: &mut Tx,
    case: &mut RefundCase,
    order: OrderRecord,
    chosen: &[ItemId],
) -> Result<(), AnswerError> {
    let (order, asked) = before(case, order).ok_or(AnswerError::UnknownItem)?;
    if chosen.is_empty() || !chosen.iter().all(|item| asked.contains(item)) {
        return Err(AnswerError::UnknownItem);
    }
    let pot = Pot::of(&order, Reach::Running);
    let spread = pot.spread(pot.amount(chosen));
    if spread.is_empty() {
        return Err(AnswerError::NothingLeft);
    }
    divide(portal, tx, case, &spread).await?;
    for item in asked.iter().filter(|item| !chosen.contains(item)) {
        store::drop_item(tx, case.id(), *item).await?;
    }
    store::set_amount(tx, case.id()).await?;
    // A line that its source sells no more stayed only for this refund.
    ledger::restate(portal, tx, OrderId(case.row.order_id)).await?;
    *case = RefundCase::lock(tx, case.id()).await?.ok_or(AnswerError::NotFound)?;
    Ok(())
}

/// The parts of the refund become what each charge gives.
async fn divide(
    portal: &Portal,
    tx: &mut Tx,
    case: &mut RefundCase,
    spread: &[(ChargeId, i64)],
) -> Result<(), AnswerError> {
    let known: Vec<(RefundPartId, ChargeId)> =
        case.parts.iter().map(|part| (part.id(), ChargeId(part.row.charge_id))).collect();
    for (part, charge) in &known {
        match spread.iter().find(|(of, _)| of == charge) {
            Some((_, amount)) => store::set_part(tx, *part, *amount).await?,
            None => drop(case.move_part(tx, *part, |part| part.release(portal.now())).await?),
        }
    }
    for (charge, amount) in spread.iter().filter(|(charge, _)| known.iter().all(|(_, of)| of != charge)) {
        store::add_part(tx, &case.row, RefundPartId(portal.new_id()), *charge, *amount).await?;
    }
    Ok(())
}

/// The order as if nothing were asked for, and which items were. None unless all of it still waits.
fn before(case: &RefundCase, mut order: OrderRecord) -> Option<(OrderRecord, Vec<ItemId>)> {
    let waits = |part: &super::case::CasePart| part.state == PartState::Waiting && part.is_there();
    if !matches!(case.state, State::Requested { .. }) || !case.parts.iter().all(waits) {
        return None;
    }
    let at = order.refunds.iter().position(|refund| refund.protocol.as_str() == case.row.protocol)?;
    let asked = order.refunds.remove(at).item_ids;
    for item in order.items.iter_mut().filter(|item| asked.contains(&item.id)) {
        item.refund = None;
    }
    Some((order, asked))
}
