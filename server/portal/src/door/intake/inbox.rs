//! The events of sources, kept as they came. An event is taken once: its row and its effect are one transaction.

use super::{NewOrder, OrderRefusal, Way, place, store};
use crate::Portal;
use crate::again;
use crate::catalogue::source::Source;

/// An event of a source, and what it says.
#[derive(Clone, Debug)]
pub struct Event {
    /// Tells the event from all others of its source; the same event sent again has the same key.
    pub key: String,
    /// The other side's number of the request, if it gives one.
    pub request_id: Option<String>,
    /// The other side's word for what it is.
    pub kind: String,
    /// The body, without secrets.
    pub body: String,
    /// What it means to us.
    pub report: Report,
}

/// What an event means.
#[derive(Clone, Debug)]
pub enum Report {
    /// Something about an order.
    Order(Box<NewOrder>),
    /// Nothing that we act upon; kept.
    Nothing,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It changed something.
    Applied,
    /// A newer report was on file already.
    Older,
    /// It is of no interest to us.
    Ignored,
    /// It came before.
    Repeated,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Older => "older",
            Self::Ignored | Self::Repeated => "ignored",
        }
    }
}

/// Takes an event once. A charge that belongs to another order cannot be taken, now or later: the event is kept as
/// ignored.
pub async fn report(portal: &Portal, source: &Source, event: Event) -> Result<Outcome, OrderRefusal> {
    let outcome = again!(take(portal, source, &event, event.report.clone()).await);
    if let Err(OrderRefusal::ChargeTaken) = outcome {
        tracing::warn!(
            source = source.code,
            event = event.key,
            "a charge that belongs to another order was left alone"
        );
        return again!(take(portal, source, &event, Report::Nothing).await);
    }
    outcome
}

async fn take(portal: &Portal, source: &Source, event: &Event, report: Report) -> Result<Outcome, OrderRefusal> {
    let mut tx = portal.db.begin().await?;
    if !store::inbox::insert(&mut tx, source, event, Outcome::Ignored.as_str(), portal.now().micros()).await? {
        return Ok(Outcome::Repeated);
    }
    let outcome = match report {
        Report::Nothing => Outcome::Ignored,
        Report::Order(order) => {
            let way = format!("{}:{}", source.kind, source.code);
            let placed = place(portal, &mut tx, &source.producer, *order, Way::Report(&way)).await?;
            if placed.has_changed { Outcome::Applied } else { Outcome::Older }
        }
    };
    store::inbox::set_outcome(&mut tx, source.id, &event.key, outcome.as_str()).await?;
    portal.commit(tx).await?;
    Ok(outcome)
}
