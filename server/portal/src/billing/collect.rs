//! One try: written down, made, and its answer written down.

use super::advance::read;
use super::plan::{Step, plan};
use super::record::{self, Answer};
use super::state::Invoice;
use super::store::{self, Held};
use crate::db::Error;
use crate::portal::Portal;
use crate::ports::{ChargeOrder, ChargeReport, Gateway, GatewayError};
use std::sync::Arc;
use std::time::Duration;
use types::{DeclineReason, Money, OrderId};

/// How long after an unclear call a "no" is not believed.
const DOUBT: Duration = Duration::from_secs(3600);

/// What a try came to.
#[derive(Clone, PartialEq, Debug)]
pub enum Collected {
    /// The money is there.
    Paid {
        /// How much.
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

/// Who pushes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Push {
    /// The calendar.
    Due,
    /// A person, now.
    Now,
}

/// Tries at once what is owed, with the method on file.
pub async fn collect_now(portal: &Portal, order: OrderId) -> Result<Collected, Error> {
    match push(portal, order, Push::Now).await? {
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
    held: Held,
    invoice: Invoice,
    key: String,
    /// It was begun by an earlier run, whose outcome may be unknown.
    is_old: bool,
}

/// Makes one try, or asks what became of the last. The inner error means that nobody knows, or that nothing happened.
pub(super) async fn push(
    portal: &Portal,
    order: OrderId,
    push: Push,
) -> Result<Result<Collected, GatewayError>, Error> {
    let Some(begun) = begin(portal, order, push).await? else { return Ok(Ok(Collected::NothingOpen)) };
    let Some(gateway) = portal.ports.gateways.named(&begun.held.gateway) else {
        return Ok(Err(GatewayError::Unavailable("this installation does not reach it".to_owned())));
    };
    let collected = match call(portal, &begun, &gateway).await? {
        Ok(report) => record::take(portal, order, begun.invoice.id, &begun.key, Answer::Report(report)).await?,
        Err(GatewayError::Refused(reason)) if !is_doubtful(portal, &begun) => {
            tracing::warn!(%order, reason, "the gateway refuses to charge");
            record::take(portal, order, begun.invoice.id, &begun.key, Answer::Refused).await?
        }
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(collected))
}

/// Writes down that a try begins; none when there is nothing to try.
async fn begin(portal: &Portal, order: OrderId, push: Push) -> Result<Option<Begun>, Error> {
    let Some((_, policy)) = read(portal, order).await? else { return Ok(None) };
    let mut tx = portal.db.begin().await?;
    let Some(held) = store::hold(&mut tx, order).await? else { return Ok(None) };
    let account = &held.account;
    let step = plan(account, portal.now(), &policy);
    // A person pays what is owed; the calendar first asks about what is not owed any more.
    let (first, second) = match push {
        Push::Now => (&account.owed, &account.doubted),
        Push::Due => (&account.doubted, &account.owed),
    };
    let Some(invoice) = first.clone().or_else(|| second.clone()) else { return Ok(None) };
    if let Some(key) = invoice.attempt().map(|attempt| attempt.key.clone()) {
        let may_ask = push == Push::Now || step == Step::Ask;
        return Ok(may_ask.then_some(Begun { held, invoice, key, is_old: true }));
    }
    let may_try = step == Step::Try || (push == Push::Now && account.may_be_tried());
    if !may_try {
        return Ok(None);
    }
    let now = portal.now();
    let invoice = invoice.begin(now).map_err(|error| Error::inconsistent("invoices", order, error))?;
    store::write(&mut tx, &invoice, now).await?;
    portal.commit(tx).await?;
    let key = invoice.attempt().map(|attempt| attempt.key.clone()).unwrap_or_default();
    Ok(Some(Begun { held, invoice, key, is_old: false }))
}

async fn call(
    portal: &Portal,
    begun: &Begun,
    gateway: &Arc<dyn Gateway>,
) -> Result<Result<ChargeReport, GatewayError>, Error> {
    if begun.is_old {
        // Asked before anything is sent again: an earlier call may have had its effect.
        match gateway.find_charge(&begun.key).await {
            Ok(Some(report)) => return Ok(Ok(report)),
            Ok(None) if !begun.invoice.is_owed() => return Ok(nothing_came(portal, begun)),
            // Refunded, disputed or cancelled meanwhile: nothing is taken now.
            Ok(None) if !begun.held.account.may_be_tried() => {
                return Ok(Err(GatewayError::Unavailable("nothing may be charged now".to_owned())));
            }
            Ok(None) => {}
            Err(error) => return Ok(Err(error)),
        }
    }
    let mut reader = portal.db.read().await?;
    let order = charge_order(portal, &mut reader, begun).await?;
    drop(reader);
    Ok(gateway.charge(&order).await)
}

/// What is not owed any more is not sent again; after a while its try is forgotten.
fn nothing_came(portal: &Portal, begun: &Begun) -> Result<ChargeReport, GatewayError> {
    if is_doubtful(portal, begun) {
        Err(GatewayError::OutcomeUnknown("a try of what is not owed any more may still arrive".to_owned()))
    } else {
        Err(GatewayError::Refused("it never arrived".to_owned()))
    }
}

/// Whether an earlier call may still turn out to have had its effect.
fn is_doubtful(portal: &Portal, begun: &Begun) -> bool {
    begun.is_old && begun.invoice.attempt().is_some_and(|attempt| portal.now().since(attempt.at) < DOUBT)
}

async fn charge_order(portal: &Portal, reader: &mut crate::db::Reader, begun: &Begun) -> Result<ChargeOrder, Error> {
    let Begun { held, invoice, key, .. } = begun;
    let method = store::method(reader.conn(), held.order).await?;
    let payer = store::payer(reader.conn(), held.order).await?;
    Ok(ChargeOrder {
        key: key.clone(),
        account: held.producer.to_string(),
        amount: invoice.amount,
        method: held.account.method,
        card: method.and_then(|method| method.stored_card()),
        installments: 1,
        email: payer.email,
        description: payer.description,
        return_url: portal.url(&payer.page),
    })
}
