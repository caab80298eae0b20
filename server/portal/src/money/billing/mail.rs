//! Mails about charges: ahead of a renewal, when a charge failed, when it succeeded after all, with a boleto or Pix to
//! pay, and when money came that was not owed.

use super::state::{ChargeAttempt, Invoice, State};
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::mails;
use crate::order::OrderRecord;
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::place::buyer::order_link;
use types::view::CardView;
use types::{
    ChargeId, ChargeStatus, DeclineReason, Email, Instant, InvoiceId, InvoiceState, LinkPlace, MailKind, Method, Money,
    OrderId, SubscriptionStatus,
};

mails! {
    /// A mail to the buyer about an invoice.
    Invoice("mail_invoice") about invoice, read by mail_invoice {
        /// The invoice.
        invoice: InvoiceId,
        /// What happened.
        moment: InvoiceMoment,
        /// After how many tries.
        tries: i64,
    }

    /// A mail to the buyer ahead of a renewal.
    Renewal("mail_renewal") about order, read by mail_renewal {
        /// The order.
        order: OrderId,
        /// When it is charged.
        charge_at: Instant,
    }

    /// A mail about money that came although nothing was owed.
    Surplus("mail_surplus") about order, read by mail_surplus {
        /// The order.
        order: OrderId,
        /// The charge that came.
        charge: ChargeId,
        /// To the producer; else to the buyer.
        to_producer: bool,
    }
}

/// What a mail about an invoice tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceMoment {
    /// A try failed.
    Failed,
    /// It was paid after a try that failed.
    Recovered,
    /// A boleto or Pix to pay it with.
    Slip,
}

/// What a mail about a charge says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: a charge failed.
    ChargeFailed {
        /// The charge.
        charge: ChargeLetter,
        /// Why the gateway did not take the money.
        reason: DeclineReason,
        /// What comes next.
        outlook: Outlook,
        /// Whether it is a card that is charged.
        has_card: bool,
    },
    /// To the buyer: what had failed is paid.
    ChargeRecovered(ChargeLetter),
    /// To the buyer: this is charged soon.
    RenewalAhead {
        /// The charge to be.
        charge: ChargeLetter,
        /// When the renewal is charged.
        at: Instant,
        /// The card.
        card: Option<CardView>,
    },
    /// To the buyer: a boleto or Pix to pay.
    SlipIssued {
        /// What it pays.
        charge: ChargeLetter,
        /// Boleto or Pix.
        method: Method,
        /// Line or code to pay with.
        code: String,
        /// Last instant to pay.
        until: Instant,
        /// Whether it takes the place of one whose time is over.
        replaces: bool,
    },
    /// To the buyer: this came although nothing was owed, and the producer knows.
    Surplus(ChargeLetter),
    /// To the producer: this came although nothing was owed.
    ProducerSurplus {
        /// The charge.
        charge: ChargeLetter,
        /// Whose it is.
        buyer: Email,
        /// The gateway's name of it.
        reference: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::ChargeFailed { .. } => MailKind::ChargeFailed,
            Self::ChargeRecovered(_) => MailKind::ChargeRecovered,
            Self::RenewalAhead { .. } => MailKind::RenewalAhead,
            Self::SlipIssued { .. } => MailKind::SlipIssued,
            Self::Surplus(_) => MailKind::Surplus,
            Self::ProducerSurplus { .. } => MailKind::ProducerSurplus,
        }
    }
}

/// What every mail about a charge knows.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeLetter {
    /// Producer's name.
    pub producer: String,
    /// Code of the order.
    pub code: String,
    /// The plan, or the first item.
    pub title: String,
    /// What was or is to be charged.
    pub amount: Money,
    /// The order link.
    pub order_link: String,
    /// The link to change the card.
    pub card_link: String,
}

/// What comes after a charge that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outlook {
    /// It is tried again.
    Again {
        /// When it is tried again.
        at: Instant,
        /// Until when access is left.
        access_until: Instant,
    },
    /// Access is suspended until it is paid.
    Suspended,
    /// The subscription has ended.
    Ended,
}

/// Tells the buyer what happened to an invoice, unless something else has happened to it since.
async fn mail_invoice(
    portal: &Portal,
    invoice: InvoiceId,
    moment: InvoiceMoment,
    tries: i64,
) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let found = store::invoice(reader.conn(), invoice).await?;
    let order = store::order_of(reader.conn(), invoice).await?;
    let (Some(found), Some(order)) = (found, order) else { return Ok(None) };
    let Some(order) = OrderRecord::by_id(reader.conn(), order).await? else { return Ok(None) };
    let letter = letter(portal, &order, found.amount);
    let (word, content) = match moment {
        InvoiceMoment::Recovered => ("recovered", Some(Content::ChargeRecovered(letter))),
        InvoiceMoment::Slip => ("slip", slip(store::slip(reader.conn(), invoice).await?, &found, letter)),
        InvoiceMoment::Failed => ("failed", failed(&found, tries, &order, letter)),
    };
    drop(reader);
    let Some(content) = content else { return Ok(None) };
    let id = format!("invoice-{invoice}-{word}-{tries}");
    Ok(Some(order.mail_to_buyer(id, content)))
}

/// Tells the buyer of the charge at this instant, unless there will be none.
async fn mail_renewal(portal: &Portal, order: OrderId, charge_at: Instant) -> Result<Option<Draft<Content>>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(billed) = store::find(reader.conn(), order).await? else { return Ok(None) };
    let Some(record) = OrderRecord::by_id(reader.conn(), order).await? else { return Ok(None) };
    let change = crate::plan::due_change(reader.conn(), order, charge_at).await?;
    drop(reader);
    let other = change.as_ref().map(|change| change.amount.amount);
    let Some(amount) = billed.account.price_at(charge_at, other) else { return Ok(None) };
    let mut charge = letter(portal, &record, Money::new(amount, record.currency));
    if let Some(change) = change {
        charge.title = change.name.to_string();
    }
    let content = Content::RenewalAhead { charge, at: charge_at, card: record.payment.card.clone() };
    let id = format!("renewal-{order}-{}", charge_at.micros());
    Ok(Some(record.mail_to_buyer(id, content)))
}

/// Tells of money that nothing was owed for, unless it went back since.
async fn mail_surplus(
    portal: &Portal,
    order: OrderId,
    charge: ChargeId,
    to_producer: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(order) = OrderRecord::by_id(portal.db.read().await?.conn(), order).await? else { return Ok(None) };
    let found = order.charge(charge).filter(|charge| charge.status == ChargeStatus::Paid);
    let Some(found) = found else { return Ok(None) };
    let (letter, reference) = (letter(portal, &order, found.amount), found.reference.clone());
    if to_producer {
        let content = Content::ProducerSurplus { charge: letter, buyer: order.email.clone(), reference };
        return Ok(Some(order.mail_to_producer(format!("surplus-{charge}-producer"), content)));
    }
    Ok(Some(order.mail_to_buyer(format!("surplus-{charge}"), Content::Surplus(letter))))
}

fn letter(portal: &Portal, order: &OrderRecord, amount: Money) -> ChargeLetter {
    let plan = order.subscription.as_ref().map(|subscription| subscription.plan.clone());
    ChargeLetter {
        producer: order.producer.name.clone(),
        code: order.code.to_string(),
        title: plan.or_else(|| order.items.first().map(|item| item.name.clone())).unwrap_or_default(),
        amount,
        order_link: portal.url(order_link(&order.order_ref, LinkPlace::Order)),
        card_link: portal.url(order_link(&order.order_ref, LinkPlace::Card)),
    }
}

/// What failed, and what comes next; nothing when it was paid meanwhile or tried again.
fn failed(invoice: &Invoice, tries: i64, order: &OrderRecord, charge: ChargeLetter) -> Option<Content> {
    let reason = invoice.failure.filter(|_| invoice.tries == tries)?;
    let is_over = order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Ended);
    let outlook = match &invoice.state {
        State::Open { next_try_at, .. } => {
            Outlook::Again { at: *next_try_at, access_until: invoice.grace_until.unwrap_or(*next_try_at) }
        }
        State::Overdue { .. } => Outlook::Suspended,
        State::Void { .. } if is_over => Outlook::Ended,
        State::Void { .. } | State::Paid { .. } => return None,
    };
    let has_card = order.payment.method == Method::Card;
    Some(Content::ChargeFailed { charge, reason, outlook, has_card })
}

/// What to pay with; nothing when it is not waited for any more.
fn slip(slip: Option<(Method, String)>, invoice: &Invoice, charge: ChargeLetter) -> Option<Content> {
    let until = invoice.attempt().and_then(ChargeAttempt::waits_until)?;
    let (method, code) = slip.filter(|_| invoice.state.name() != InvoiceState::Void)?;
    Some(Content::SlipIssued { charge, method, code, until, replaces: invoice.is_replaced() })
}
