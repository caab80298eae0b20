//! Links for many orders at once, mailed a few a minute. The walk goes by the keys of the orders, and each step is one
//! transaction: after a crash it goes on behind the last order that got its link, and no order gets two.

use super::audience::{Audience, STEP};
use super::job::Job;
use super::make::{New, maker, write};
use super::store::{self, CampaignRow, OrderRow};
use crate::db::{Error, Tx};
use crate::event::{self, PortalLink, Record};
use crate::outbox::{self, Outcome};
use crate::{Actor, Portal, Producer};
use std::time::Duration;
use types::{Instant, LinkCampaignId, LinkPlace};

/// Mails of one campaign in a minute: mail servers hold back whoever sends more at once.
pub(super) const A_MINUTE: usize = 30;

/// How far a campaign is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CampaignState {
    /// It goes on by itself.
    Running,
    /// Its producer stopped it.
    Stopped,
    /// It has reached every order.
    Done,
}

/// Links for many orders at once.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// The campaign.
    pub id: LinkCampaignId,
    /// Where its links lead.
    pub target: LinkPlace,
    /// For which orders.
    pub audience: Audience,
    /// How far it is.
    pub state: CampaignState,
    /// How many links it has made.
    pub sent: i64,
    /// Who began it.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// Why a campaign does not begin or end.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// No such campaign, or no such product.
    #[error("no such campaign or product")]
    NotFound,
    /// One is running: the limit of mails is the producer's.
    #[error("another campaign is running")]
    Running,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Begins one. What is ordered from now on is not reached by it.
pub async fn start(
    producer: &Producer,
    audience: &Audience,
    target: LinkPlace,
) -> Result<LinkCampaignId, CampaignError> {
    let portal = producer.portal();
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    if let Some(product) = audience.product
        && !store::has_product(tx.conn(), producer.id(), product).await?
    {
        return Err(CampaignError::NotFound);
    }
    let campaign = Campaign {
        id: LinkCampaignId(portal.new_id()),
        target,
        audience: Audience { until: Some(audience.until.map_or(now, |until| until.min(now))), ..audience.clone() },
        state: CampaignState::Running,
        sent: 0,
        made_by: maker(producer),
        made_at: now,
        ended_at: None,
    };
    if !store::insert_campaign(&mut tx, producer.id(), &campaign).await? {
        return Err(CampaignError::Running);
    }
    record(producer, &mut tx, PortalLink::CampaignStarted { campaign: campaign.id }).await?;
    outbox::put(portal, &mut tx, Job::Walk { campaign: campaign.id }).await?;
    portal.commit(tx).await?;
    Ok(campaign.id)
}

/// Ends one before it has reached every order. What it has sent stays.
pub async fn stop(producer: &Producer, campaign: LinkCampaignId) -> Result<(), CampaignError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    if !store::is_campaign(tx.conn(), producer.id(), campaign).await? {
        return Err(CampaignError::NotFound);
    }
    if store::stop(&mut tx, producer.id(), campaign, portal.now()).await? {
        record(producer, &mut tx, PortalLink::CampaignStopped { campaign }).await?;
    }
    Ok(portal.commit(tx).await?)
}

/// The producer's latest campaigns.
pub async fn campaigns(producer: &Producer) -> Result<Vec<Campaign>, Error> {
    store::campaigns(producer.portal().db.read().await?.conn(), producer.id()).await
}

/// Goes one step on: as many links as may be mailed in a minute.
pub(super) async fn walk(portal: &Portal, campaign: LinkCampaignId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    let Some(row) = store::lock_campaign(&mut tx, campaign).await? else { return Ok(Outcome::Done) };
    let (producer, after) = (row.producer, row.after.clone());
    let orders = store::orders(tx.conn(), producer, &row.campaign.audience, &after, STEP).await?;
    let mut made = 0;
    let mut reached = after;
    let is_last = (orders.len() as i64) < STEP;
    let mut rest = orders.iter();
    while made < A_MINUTE
        && let Some(order) = rest.next()
    {
        reached = order.step();
        if row.campaign.audience.fits(order) && link(portal, &mut tx, &row, order).await? {
            made += 1;
        }
    }
    let is_done = is_last && rest.len() == 0;
    store::advance(&mut tx, campaign, &reached, made as i64, is_done.then_some(portal.now())).await?;
    portal.commit(tx).await?;
    Ok(match (is_done, made) {
        (true, _) => Outcome::Done,
        (false, 0) => Outcome::At(portal.now()),
        (false, _) => Outcome::At(portal.now().plus(Duration::from_secs(60))),
    })
}

/// The link of one order; false when the campaign made it before.
async fn link(portal: &Portal, tx: &mut Tx, row: &CampaignRow, order: &OrderRow) -> Result<bool, Error> {
    let Campaign { id, target, made_by, .. } = &row.campaign;
    let new = New {
        producer: row.producer,
        order: order.id,
        target: *target,
        by: made_by,
        is_mailed: true,
        campaign: Some(*id),
    };
    let Some((link, _)) = write(portal, tx, new).await? else { return Ok(false) };
    let entry = Record {
        producer: Some(row.producer),
        person: Some(order.person),
        order: Some(order.id),
        ..Record::new(Actor::System, PortalLink::Made { link, order: order.id })
    };
    event::record(portal, tx, entry).await?;
    Ok(true)
}

async fn record(producer: &Producer, tx: &mut Tx, event: PortalLink) -> Result<(), Error> {
    let entry =
        Record { origin: producer.address(), producer: Some(producer.id()), ..Record::new(producer.actor(), event) };
    event::record(producer.portal(), tx, entry).await
}
