//! Mails about a change of plan.

use super::content::{Content, PlanLetter};
use super::job::PlanMoment;
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use ground::letter::Draft;
use types::place::buyer::order_link;
use types::plan::PlanPrice;
use types::{LinkPlace, Money, QuoteId};

/// Tells the buyer what happened to the plan.
pub(super) async fn mail_buyer(
    portal: &Portal,
    change: QuoteId,
    moment: PlanMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(None) };
    let paid = (quote.figures.due > 0).then(|| Money::new(quote.figures.due, quote.currency));
    let letter = PlanLetter {
        seller: order.seller.name.clone(),
        code: order.code.to_string(),
        from: quote.from_plan.clone(),
        plan: quote.plan.to_string(),
        price: PlanPrice { amount: Money::new(quote.amount, quote.currency), interval: quote.interval },
        paid: paid.filter(|_| matches!(moment, PlanMoment::Changed | PlanMoment::Returning)),
        installments: row.installments,
        begins_at: quote.period_start,
        next_charge_at: if quote.is_now { Some(quote.next_charge_at) } else { None },
        link: portal.url(order_link(&order.order_ref, LinkPlace::Plan)),
    };
    let (word, content) = match moment {
        PlanMoment::Changed => ("changed", Content::Changed(letter)),
        PlanMoment::Scheduled => ("scheduled", Content::Scheduled(letter)),
        PlanMoment::Undone => ("undone", Content::Undone(letter)),
        PlanMoment::Returning => ("returning", Content::PaidBack(letter)),
    };
    let id = format!("plan-{change}-{word}");
    Ok(Some(order.mail_to_buyer(id, content)))
}

/// Tells the producer that the money of a change could not be paid back, and has to be by hand.
pub(super) async fn mail_producer(portal: &Portal, change: QuoteId) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(None) };
    drop(reader);
    let content = Content::ProducerNotReturned {
        code: order.code.to_string(),
        plan: quote.plan.to_string(),
        amount: Money::new(quote.figures.due, quote.currency),
        buyer: order.email.clone(),
        reason: row.return_failure.unwrap_or_default(),
    };
    let id = format!("plan-{change}-not-returned");
    Ok(Some(order.mail_to_seller(id, content)))
}
