//! What can be asked for: the jobs and mails of this feature.

use super::advance::advance;
use super::content::Content;
use super::mail::{mail_invoice, mail_renewal};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::{Instant, InvoiceId, OrderId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Takes what an order's calendar says is due: renewals, instalments, their repetitions.
    #[serde(rename = "bill")]
    Bill {
        /// The order.
        order: OrderId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bill { .. } => "bill",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Bill { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Bill { order } => Lane::Shared(format!("bill:{order}")),
        }
    }
}

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// A mail to the buyer about an invoice.
    #[serde(rename = "mail_invoice")]
    Invoice {
        /// The invoice.
        invoice: InvoiceId,
        /// What happened.
        moment: InvoiceMoment,
        /// After how many tries.
        tries: i64,
    },
    /// A mail to the buyer ahead of a renewal.
    #[serde(rename = "mail_renewal")]
    Renewal {
        /// The order.
        order: OrderId,
        /// When it is charged.
        charge_at: Instant,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Invoice { .. } => "mail_invoice",
            Self::Renewal { .. } => "mail_renewal",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Invoice { invoice, .. } => Some(invoice.0),
            Self::Renewal { order, .. } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
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

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Bill { order } => advance(portal, *order, run).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Invoice { invoice, moment, tries } => mail_invoice(portal, *invoice, *moment, *tries).await,
        Mail::Renewal { order, charge_at } => mail_renewal(portal, *order, *charge_at).await,
    }
}
