//! One try of an invoice: written down, sent to the gateway, and its answer recorded.

use super::advance::read;
use super::job::Job;
use super::next::{Step, next_step};
use super::record::{self, Answer};
use super::retry;
use super::state::{ChargeAttempt, Instrument, Invoice};
use super::store::{self, BilledOrder};
use crate::Portal;
use crate::connection;
use crate::db::Error;
use crate::ledger::{self, PaymentMethod};
use crate::outbox;
use crate::ports::{ChargeInstruction, Charges, Gateway, GatewayError};
use ground::inquiry::Doubt;
use std::time::Duration;
use types::{DeclineReason, Instant, InvoiceId, Method, Money, OrderId};

/// When the calendar looks after a try that a person began and that may have been cut off.
const AFTER_A_CRASH: Duration = Duration::from_secs(60);

/// What a try came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Collected {
    /// The money is there.
    Paid {
        /// What was paid.
        amount: Money,
    },
    /// Not taken.
    Declined(DeclineReason),
    /// The bank wants the buyer to confirm, on this page.
    ActionRequired {
        /// Page of the gateway.
        url: String,
    },
    /// A boleto or Pix waits to be paid: it is among the order's charges.
    Waiting,
    /// Nothing is owed, or nothing may be charged now.
    NothingOpen,
    /// The gateway did not answer clearly: it is asked again, and nothing is charged twice.
    Unknown,
}

/// What caused this try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trigger {
    /// The calendar.
    Calendar,
    /// The buyer, who pays now: with what is on file, or this once by a boleto or Pix.
    Buyer(Option<Method>),
    /// The buyer, who comes back from the gateway: only asks what came of a try.
    Return,
    /// The buyer, once: the invoice is tried if it was tried exactly this often before. Otherwise the gateway is only
    /// asked about it.
    BuyerOnce(InvoiceId, i64),
}

/// Tries at once what is owed, with the method on file.
pub async fn collect_now(portal: &Portal, order: OrderId) -> Result<Collected, Error> {
    collect(portal, order, Trigger::Buyer(None)).await
}

/// Makes a boleto or Pix for what is owed, this once: what is on file stays there. Until it is over, what is on file is
/// not charged.
pub async fn collect_by(portal: &Portal, order: OrderId, method: Method) -> Result<Collected, Error> {
    collect(portal, order, Trigger::Buyer(Some(method))).await
}

/// Asks the gateway what came of a try that it sent the buyer away for. Begins none.
pub async fn ask_now(portal: &Portal, order: OrderId) -> Result<Collected, Error> {
    collect(portal, order, Trigger::Return).await
}

/// Tries this invoice at once, with the method on file, unless it was tried more often than `tries` by now: then what
/// became of that is asked, and nothing is charged. However often it is called, and wherever it was cut off, it makes
/// one try.
pub async fn collect_once(portal: &Portal, order: OrderId, invoice: InvoiceId, tries: i64) -> Result<Collected, Error> {
    collect(portal, order, Trigger::BuyerOnce(invoice, tries)).await
}

async fn collect(portal: &Portal, order: OrderId, how: Trigger) -> Result<Collected, Error> {
    match push(portal, order, how).await? {
        Ok(collected) => Ok(collected),
        Err(error) => {
            tracing::warn!(%order, %error, "a charge is left to the calendar");
            wake(portal, order).await?;
            Ok(Collected::Unknown)
        }
    }
}

async fn wake(portal: &Portal, order: OrderId) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    super::look_again(portal, &mut tx, order).await?;
    portal.commit(tx).await
}

/// A try that was written down.
struct Begun {
    billed: BilledOrder,
    invoice: Invoice,
    attempt: ChargeAttempt,
    /// What is on file, or was chosen for once.
    method: PaymentMethod,
    /// Until when a boleto or Pix is to be payable.
    pay_until: Option<Instant>,
    /// It was begun by an earlier run, whose outcome may be unknown.
    is_old: bool,
}

/// Makes one try, or asks the gateway about the last one. A try that was made with what is not on file any more, and was
/// not chosen for once, is asked about first, and given up unless it was paid. The inner error means that the outcome is
/// unknown, or that nothing happened.
pub(super) async fn push(
    portal: &Portal,
    order: OrderId,
    trigger: Trigger,
) -> Result<Result<Collected, GatewayError>, Error> {
    loop {
        let Some(begun) = begin(portal, order, trigger).await? else { return Ok(Ok(Collected::NothingOpen)) };
        let gateway = connection::gateway(portal, begun.billed.producer, &begun.billed.gateway).await?;
        let Some(charges) = gateway.as_deref().and_then(Gateway::charges) else {
            return Ok(Err(GatewayError::Unavailable("it cannot be charged from here".to_owned())));
        };
        let answer = match call(portal, &begun, charges, trigger).await? {
            Ok(answer) => answer,
            Err(error) => return Ok(Err(error)),
        };
        let taken = record::take(portal, order, begun.invoice.id, &begun.attempt.key, answer).await?;
        // Who asks for a boleto or Pix gets a new one when the old one is over.
        let is_asked_anew = matches!(trigger, Trigger::Buyer(_)) && begun.is_old;
        match taken {
            Some(Collected::Declined(DeclineReason::Expired)) if is_asked_anew => {}
            Some(collected) => return Ok(Ok(collected)),
            None => {}
        }
    }
}

/// Writes down that a try begins; none when there is nothing to try.
async fn begin(portal: &Portal, order: OrderId, trigger: Trigger) -> Result<Option<Begun>, Error> {
    let Some((_, policy)) = read(portal, order).await? else { return Ok(None) };
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    let Some(billed) = store::lock(&mut tx, order).await? else { return Ok(None) };
    let step = next_step(&billed.account, now, &policy);
    let Some(invoice) = invoice_for(&billed, trigger) else { return Ok(None) };
    let pay_until = retry::payable_until(&billed.account, &invoice, now, &policy.dunning);
    let on_file = ledger::method_of(tx.conn(), order).await?;
    let on_file = on_file.ok_or_else(|| Error::inconsistent("orders", order, "no way to pay"))?;
    let method = for_once(&invoice, trigger).map_or(on_file.clone(), PaymentMethod::slip);
    if let Some(attempt) = invoice.attempt().cloned() {
        let may_ask = (trigger != Trigger::Calendar && !attempt.is_of_checkout()) || step == Step::Ask;
        return Ok(may_ask.then_some(Begun { billed, invoice, attempt, method, pay_until, is_old: true }));
    }
    if !may_try(&billed, &invoice, trigger, &step) {
        return Ok(None);
    }
    let with = Instrument::of(&method);
    let is_once = with != Instrument::of(&on_file);
    let invoice = invoice.begin(now, with, is_once).map_err(|error| Error::inconsistent("invoices", order, error))?;
    let Some(attempt) = invoice.attempt().cloned() else { return Ok(None) };
    store::write(&mut tx, &invoice, now).await?;
    if trigger != Trigger::Calendar {
        // The calendar asks what became of it, should nobody come back from the gateway.
        outbox::put_at(portal, &mut tx, Job::Bill { order }, now.plus(AFTER_A_CRASH)).await?;
    }
    portal.commit(tx).await?;
    Ok(Some(Begun { billed, invoice, attempt, method, pay_until, is_old: false }))
}

/// The way that was chosen for the try under way, or is chosen now, for once.
fn for_once(invoice: &Invoice, trigger: Trigger) -> Option<Method> {
    match (invoice.attempt(), trigger) {
        (Some(attempt), _) => attempt.is_once.then_some(attempt.with.method),
        (None, Trigger::Buyer(method)) => method,
        (None, _) => None,
    }
}

/// A person pays what is owed; the calendar first asks about what is not owed any more.
fn invoice_for(billed: &BilledOrder, trigger: Trigger) -> Option<Invoice> {
    let (owed, doubted) = (billed.account.owed.clone(), billed.account.doubted.clone());
    match trigger {
        Trigger::Buyer(_) | Trigger::Return => owed.or(doubted),
        Trigger::Calendar => doubted.or(owed),
        Trigger::BuyerOnce(invoice, _) => owed.filter(|owed| owed.id == invoice),
    }
}

fn may_try(billed: &BilledOrder, invoice: &Invoice, trigger: Trigger, step: &Step) -> bool {
    match trigger {
        Trigger::Calendar => *step == Step::Try,
        Trigger::Buyer(_) => billed.account.may_be_tried(),
        Trigger::Return => false,
        Trigger::BuyerOnce(_, tries) => invoice.tries <= tries && billed.account.may_be_tried(),
    }
}

async fn call(
    portal: &Portal,
    begun: &Begun,
    charges: &dyn Charges,
    trigger: Trigger,
) -> Result<Result<Answer, GatewayError>, Error> {
    if begun.is_old {
        // Asked before anything is sent again: an earlier call may have had its effect.
        match charges.find_charge(&begun.attempt.key).await {
            Ok(Some(report)) => return Ok(Ok(Answer::Report(report))),
            Ok(None) => {
                if let Some(answer) = nothing_there(portal, begun) {
                    return Ok(answer);
                }
                // To look is not to pay: the calendar makes the call that was cut off.
                if trigger == Trigger::Return {
                    return Ok(Err(GatewayError::OutcomeUnknown("the call has not arrived yet".to_owned())));
                }
            }
            Err(error) => return Ok(Err(error)),
        }
    }
    let mut reader = portal.db.read().await?;
    let instruction = instruction(portal, &mut reader, begun).await?;
    drop(reader);
    Ok(match charges.charge(&instruction).await {
        Ok(report) => Ok(Answer::Report(report)),
        Err(GatewayError::Refused(reason)) if believes_no(portal, begun, Doubt::EFFECT) => {
            tracing::warn!(order = %begun.billed.order, %reason, "the gateway refuses to charge");
            Ok(Answer::Refused)
        }
        Err(error) => Err(error),
    })
}

/// What follows when the gateway does not know an earlier call. None when the same call is made again.
fn nothing_there(portal: &Portal, begun: &Begun) -> Option<Result<Answer, GatewayError>> {
    let never = |doubt| match believes_no(portal, begun, doubt) {
        true => Ok(Answer::NeverArrived),
        false => Err(GatewayError::OutcomeUnknown("an earlier try may still arrive".to_owned())),
    };
    if !begun.invoice.is_owed() {
        // Not sent again; after a while its try is forgotten.
        Some(never(Doubt::EFFECT))
    } else if begun.attempt.with != Instrument::of(&begun.method) {
        // The same key with another card would be refused: the next try has a key of its own.
        Some(never(Doubt::ARRIVAL))
    } else if !begun.billed.account.may_be_tried() {
        // Refunded, disputed or cancelled meanwhile: nothing is taken now.
        Some(Err(GatewayError::Unavailable("nothing may be charged now".to_owned())))
    } else {
        None
    }
}

/// Returns whether no earlier call of this try is in doubt any more.
fn believes_no(portal: &Portal, begun: &Begun, doubt: Doubt) -> bool {
    doubt.is_over(portal.now(), begun.is_old.then_some(begun.attempt.at))
}

async fn instruction(
    portal: &Portal,
    reader: &mut crate::db::Reader,
    begun: &Begun,
) -> Result<ChargeInstruction, Error> {
    let Begun { billed, invoice, attempt, method, .. } = begun;
    let payer = store::payer(reader.conn(), billed.order).await?;
    Ok(ChargeInstruction {
        key: attempt.key.clone(),
        account: connection::account_of(reader.conn(), billed.producer, billed.gateway.as_str()).await?,
        amount: invoice.amount,
        method: method.method,
        card: method.stored_card(reader.conn(), billed.order).await?,
        installments: 1,
        pay_until: begun.pay_until.filter(|_| method.method != Method::Card),
        email: payer.email,
        payer: Some(payer.person),
        description: payer.description,
        return_url: portal.url(payer.back),
    })
}
