//! What gateways report by themselves. An event is taken once: its row and its effect are one transaction.
//!
//! An event about something of ours only makes us look at it again, by the rules that would have looked sooner or later
//! anyway. So repeated, lost or disordered events end in the same place.

mod store;
mod traces;

pub(crate) use traces::TRACES;

use crate::Portal;
use crate::db::{Error, Statement, Tx};
use crate::outbox::{self, Work};
use crate::plan::Reporter;
use crate::ports::ChargeProgress;
use crate::{billing, connection, ledger, refund, subscription};
use types::{CardUpdateId, ConnectionId, ProducerId, RefundPartId};

/// An event of a gateway, whose signature was checked.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Whose events are told apart by their ids: a gateway of the installation, or an account that a producer connected.
    pub sender: String,
    /// What orders call the gateway.
    pub gateway: String,
    /// The connection that it came by, and whose that is.
    pub connection: Option<(ConnectionId, ProducerId)>,
    /// Tells the event from all others of its gateway.
    pub id: String,
    /// The gateway's word for what it is.
    pub kind: String,
    /// The body as it came.
    pub body: String,
    /// What it means to us.
    pub report: Report,
}

/// What an event means.
#[derive(Clone, PartialEq, Debug)]
pub enum Report {
    /// A charge stands there now.
    Charge {
        /// The gateway's name of it.
        reference: String,
        /// Where it stands.
        progress: ChargeProgress,
    },
    /// Something happened to a charge that was asked for with this key: it is asked about.
    Asked(String),
    /// The holder of the card wants the money of a charge back from the bank.
    Disputed {
        /// Whose account.
        account: ProducerId,
        /// The gateway's name of the charge.
        reference: String,
    },
    /// Some of a charge went back, by whomever: what did is listed.
    PaidBack {
        /// The gateway's name of the payment, and what else it may be called where it is a part of a greater one.
        names: Vec<String>,
        /// What of it was asked for from here.
        ours: Option<RefundPartId>,
    },
    /// Something happened to a part of a refund.
    Refund(RefundPartId),
    /// Something happened to the subscription that the gateway calls so: it is read.
    Subscription(String),
    /// Something happened on the page of a card update.
    Card(CardUpdateId),
    /// Nothing that we act upon; kept.
    Nothing,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was acted upon.
    Applied,
    /// It is of no interest to us.
    Ignored,
    /// It came before.
    Repeated,
}

/// Takes an event, once.
pub async fn take(portal: &Portal, event: &Event) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    if !store::insert(&mut tx, event, portal.now()).await? {
        return Ok(Outcome::Repeated);
    }
    let is_applied = apply(portal, &mut tx, event).await?;
    if is_applied {
        store::set_applied(&mut tx, event).await?;
    }
    if let Some((connection, _)) = event.connection {
        connection::heard(portal, &mut tx, connection).await?;
    }
    portal.commit(tx).await?;
    Ok(if is_applied { Outcome::Applied } else { Outcome::Ignored })
}

async fn apply(portal: &Portal, tx: &mut Tx, event: &Event) -> Result<bool, Error> {
    let producer = event.connection.map(|(_, producer)| producer);
    let by = Reporter { gateway: &event.gateway, producer };
    match &event.report {
        Report::Charge { reference, progress } => {
            billing::take_report(portal, tx, by, reference, progress.clone()).await
        }
        Report::Asked(key) => billing::look_at_try(portal, tx, key).await,
        Report::Disputed { account, reference } => {
            ledger::dispute(portal, tx, *account, &event.gateway, reference).await
        }
        Report::PaidBack { names, ours } => paid_back(portal, tx, by, names, *ours).await,
        Report::Refund(part) => refund::look_again(portal, tx, *part).await,
        Report::Subscription(reference) => subscription::look_again(portal, tx, by, reference).await,
        Report::Card(update) => ask(portal, tx, crate::card::Job::Advance { update: *update }).await,
        Report::Nothing => Ok(false),
    }
}

async fn paid_back(
    portal: &Portal,
    tx: &mut Tx,
    by: Reporter<'_>,
    names: &[String],
    ours: Option<RefundPartId>,
) -> Result<bool, Error> {
    let is_ours = match ours {
        Some(part) => refund::look_again(portal, tx, part).await?,
        None => false,
    };
    let is_known = match by.producer {
        Some(producer) => refund::look_at_charge(portal, tx, producer, by.gateway, names).await?,
        None => false,
    };
    Ok(is_ours || is_known)
}

async fn ask(portal: &Portal, tx: &mut Tx, job: impl Work) -> Result<bool, Error> {
    outbox::put(portal, tx, job).await?;
    Ok(true)
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
