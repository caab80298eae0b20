//! Mails about a change of plan.

use super::store;
use crate::db::Error;
use crate::message::{Content, PlanLetter};
use crate::order::OrderRecord;
use crate::outbox::{self, Outcome, PlanMoment};
use crate::portal::Portal;
use types::plan::PlanPrice;
use types::{Money, QuoteId};

/// Tells the buyer what happened to the plan.
pub async fn mail_buyer(portal: &Portal, change: QuoteId, moment: PlanMoment) -> Result<Outcome, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(Outcome::Done) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(Outcome::Done) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(Outcome::Done) };
    let paid = (quote.figures.due > 0).then(|| Money::new(quote.figures.due, quote.currency));
    let letter = PlanLetter {
        seller: order.seller.name.clone(),
        code: order.code.to_string(),
        from: quote.from_plan.clone(),
        plan: quote.plan.to_string(),
        price: PlanPrice { amount: Money::new(quote.amount, quote.currency), interval: quote.interval },
        paid: paid.filter(|_| moment == PlanMoment::Changed),
        installments: row.installments,
        begins_at: quote.period_start,
        next_charge_at: if quote.is_now { Some(quote.next_charge_at) } else { None },
        link: portal.url(&format!("/o/{}?to=plan", order.order_ref)),
    };
    let (word, content) = match moment {
        PlanMoment::Changed => ("changed", Content::PlanChanged(letter)),
        PlanMoment::Scheduled => ("scheduled", Content::PlanScheduled(letter)),
        PlanMoment::Undone => ("undone", Content::PlanUndone(letter)),
    };
    let id = format!("plan-{change}-{word}");
    outbox::send(portal, &id, order.email, order.language, order.seller.time_zone, content).await
}
