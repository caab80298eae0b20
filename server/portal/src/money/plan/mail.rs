//! Mails about a change of plan.

use super::store;
use crate::PlanMoment;
use crate::Portal;
use crate::db::Error;
use crate::message::{Content, Draft, PlanLetter};
use crate::order::OrderRecord;
use types::plan::PlanPrice;
use types::{Language, Money, QuoteId};

/// Tells the buyer what happened to the plan.
pub async fn mail_buyer(portal: &Portal, change: QuoteId, moment: PlanMoment) -> Result<Option<Draft>, Error> {
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
        link: portal.url(&format!("/o/{}?to=plan", order.order_ref)),
    };
    let (word, content) = match moment {
        PlanMoment::Changed => ("changed", Content::PlanChanged(letter)),
        PlanMoment::Scheduled => ("scheduled", Content::PlanScheduled(letter)),
        PlanMoment::Undone => ("undone", Content::PlanUndone(letter)),
        PlanMoment::Returning => ("returning", Content::PlanPaidBack(letter)),
    };
    let id = format!("plan-{change}-{word}");
    Ok(Some(Draft::new(id, order.email, order.language, order.seller.time_zone, content)))
}

/// Tells the producer that the money of a change could not be paid back, and has to be by hand.
pub async fn mail_producer(portal: &Portal, change: QuoteId) -> Result<Option<Draft>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(None) };
    drop(reader);
    let content = Content::ProducerPlanNotReturned {
        code: order.code.to_string(),
        plan: quote.plan.to_string(),
        amount: Money::new(quote.figures.due, quote.currency),
        buyer: order.email.clone(),
        reason: row.return_failure.unwrap_or_default(),
    };
    let id = format!("plan-{change}-not-returned");
    Ok(Some(Draft::new(id, order.seller.contact, Language::Portuguese, order.seller.time_zone, content)))
}
