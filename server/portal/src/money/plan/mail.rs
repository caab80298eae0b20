//! Mails about a change of plan.

use super::store;
use crate::Portal;
use crate::db::Error;
use crate::mails;
use crate::order::OrderRecord;
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::place::buyer::order_link;
use types::plan::PlanPrice;
use types::{Email, Instant, LinkPlace, MailKind, Money, PlanChangeState, QuoteId};

mails! {
    /// A mail to the buyer about a change of plan.
    Buyer("mail_plan") about change, read by mail_buyer {
        /// The change.
        change: QuoteId,
        /// What happened.
        moment: PlanMoment,
    }

    /// A mail to the producer: the plan of the next period is to be seen to by hand, at the gateway that charges it.
    ProducerNext("mail_producer_plan_next") about change, read by mail_next {
        /// The change.
        change: QuoteId,
    }

    /// A mail to the producer: the money of a change of plan could not be paid back.
    ProducerReturn("mail_producer_plan_return") about change, read by mail_producer {
        /// The change.
        change: QuoteId,
    }
}

/// What a mail about a change of plan tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanMoment {
    /// The new plan is there.
    Changed,
    /// It waits for the renewal.
    Scheduled,
    /// It was taken back.
    Undone,
    /// Its money came when the subscription was over, and goes back.
    Returning,
}

/// What a mail about a change of plan says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the new plan is there.
    Changed(PlanLetter),
    /// To the buyer: the new plan begins with the next period.
    Scheduled(PlanLetter),
    /// To the buyer: the plan stays as it is.
    Undone(PlanLetter),
    /// To the buyer: the money for the new plan came when the subscription was over, and goes back.
    PaidBack(PlanLetter),
    /// To the producer: the gateway did not take which plan the next period begins with.
    ProducerNext {
        /// Code of the order.
        code: String,
        /// Name of the plan that it is to begin with.
        plan: String,
        /// When that period begins.
        begins_at: Instant,
        /// Whether another plan was to begin, and the buyer took that back.
        is_back: bool,
        /// Who has the subscription.
        buyer: Email,
        /// What the gateway said.
        reason: String,
    },
    /// To the producer: money for a change of plan came when the subscription was over, and could not be paid back.
    ProducerNotReturned {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// What the gateway did not give back.
        amount: Money,
        /// Whom it belongs to.
        buyer: Email,
        /// What the gateway reported.
        reason: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Changed(_) => MailKind::PlanChanged,
            Self::Scheduled(_) => MailKind::PlanScheduled,
            Self::Undone(_) => MailKind::PlanUndone,
            Self::PaidBack(_) => MailKind::PlanPaidBack,
            Self::ProducerNext { .. } => MailKind::ProducerPlanNext,
            Self::ProducerNotReturned { .. } => MailKind::ProducerPlanNotReturned,
        }
    }
}

/// What every mail about a change of plan knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanLetter {
    /// Producer's name.
    pub producer: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan before.
    pub from: String,
    /// Name of the new plan.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// What was taken for it, if anything was.
    pub paid: Option<Money>,
    /// In how many instalments.
    pub installments: i64,
    /// When the new plan begins.
    pub begins_at: Instant,
    /// When it is charged next, where that was settled with the change.
    pub next_charge_at: Option<Instant>,
    /// The order link that leads to the plans.
    pub link: String,
}

/// Tells the buyer what happened to the plan.
async fn mail_buyer(portal: &Portal, change: QuoteId, moment: PlanMoment) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(None) };
    let paid = (quote.figures.due > 0).then(|| Money::new(quote.figures.due, quote.currency));
    let letter = PlanLetter {
        producer: order.producer.name.clone(),
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

/// Asks the producer to have the next period begin with the right plan. Nothing is asked for once the gateway took it.
async fn mail_next(portal: &Portal, change: QuoteId) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(None) };
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(None) };
    let Some(reason) = store::next_refused(reader.conn(), change).await? else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), quote.order).await? else { return Ok(None) };
    drop(reader);
    let is_back = [PlanChangeState::Undone, PlanChangeState::Replaced].iter().any(|state| row.state == state.as_str());
    let content = Content::ProducerNext {
        code: order.code.to_string(),
        plan: if is_back { quote.from_plan.clone() } else { quote.plan.to_string() },
        begins_at: if quote.is_now { quote.next_charge_at } else { quote.period_start },
        is_back,
        buyer: order.email.clone(),
        reason,
    };
    let id = format!("plan-{change}-next-{}", if is_back { "back" } else { "begins" });
    Ok(Some(order.mail_to_producer(id, content)))
}

/// Tells the producer that the money of a change could not be paid back, and has to be by hand.
async fn mail_producer(portal: &Portal, change: QuoteId) -> Result<Option<Draft<Content>>, Error> {
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
    Ok(Some(order.mail_to_producer(id, content)))
}
