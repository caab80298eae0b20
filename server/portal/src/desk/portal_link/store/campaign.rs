//! Campaigns.

use super::super::audience::{Audience, Step};
use super::super::campaign::{Campaign, CampaignState};
use super::super::list::ProductChoice;
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use types::{Instant, LinkCampaignId, ProducerId, ProductId};
use uuid::Uuid;

/// A campaign, by a condition.
macro_rules! campaigns {
    ($which:literal) => {
        concat!(
            "select id, producer_id, target, product_id, status, kind, ordered_from, ordered_until, state, after_at,
                after_code, sent, made_by, made_at, ended_at
            from link_campaigns
            where ",
            $which
        )
    };
}

statements! {
    INSERT_CAMPAIGN = "insert into link_campaigns (id, producer_id, target, product_id, status, kind, ordered_from,
                ordered_until, state, after_at, after_code, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, '', $10, $11)
        on conflict do nothing";
    IS_CAMPAIGN = "select id from link_campaigns where producer_id = $1 and id = $2";
    LATEST = campaigns!("producer_id = $1 order by made_at desc, id desc limit 5");
    LOCK_CAMPAIGN = "update link_campaigns set sent = sent where id = $1";
    BY_ID = campaigns!("id = $1");
    ADVANCE = "update link_campaigns set after_at = $2, after_code = $3, sent = sent + $4, ended_at = $5,
            state = case when cast($5 as bigint) is null then state else 'done' end
        where id = $1";
    STOP = "update link_campaigns set state = 'stopped', ended_at = $3
        where producer_id = $1 and id = $2 and state = 'running'";
    PRODUCTS = "select id, name from products where producer_id = $1 order by code limit 200";
    PRODUCT = "select id from products where producer_id = $1 and id = $2";
}

row! {
    struct IdRow { id: Uuid }
    struct ProductRow { id: Uuid, name: String }
    struct Row {
        id: Uuid, producer_id: Uuid, target: String, product_id: Option<Uuid>, status: Option<String>,
        kind: Option<String>, ordered_from: Option<i64>, ordered_until: i64, state: String, after_at: i64,
        after_code: String, sent: i64, made_by: String, made_at: i64, ended_at: Option<i64>,
    }
}

/// A campaign as its job sees it.
pub(in super::super) struct CampaignRow {
    pub(in super::super) producer: ProducerId,
    pub(in super::super) after: Step,
    pub(in super::super) campaign: Campaign,
}

impl TryFrom<Row> for CampaignRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        const TABLE: &str = "link_campaigns";
        let audience = Audience {
            product: row.product_id.map(ProductId),
            status: row.status.map(|word| parsed(TABLE, row.id, word.parse())).transpose()?,
            kind: row.kind.map(|word| parsed(TABLE, row.id, word.parse())).transpose()?,
            from: row.ordered_from.map(Instant::from_micros),
            until: Some(Instant::from_micros(row.ordered_until)),
        };
        let state = match row.state.as_str() {
            "running" => CampaignState::Running,
            "stopped" => CampaignState::Stopped,
            _ => CampaignState::Done,
        };
        let campaign = Campaign {
            id: LinkCampaignId(row.id),
            target: parsed(TABLE, row.id, row.target.parse())?,
            audience,
            state,
            sent: row.sent,
            made_by: row.made_by,
            made_at: Instant::from_micros(row.made_at),
            ended_at: row.ended_at.map(Instant::from_micros),
        };
        let after = (Instant::from_micros(row.after_at), row.after_code);
        Ok(Self { producer: ProducerId(row.producer_id), after, campaign })
    }
}

/// Writes a campaign. Returns false when another one is running.
pub(in super::super) async fn insert_campaign(
    tx: &mut Tx,
    producer: ProducerId,
    new: &Campaign,
) -> Result<bool, Error> {
    let Audience { product, status, kind, from, .. } = &new.audience;
    let done = on!(tx.conn(), c => {
        let query = sqlx::query(INSERT_CAMPAIGN).bind(new.id.0).bind(producer.0).bind(new.target.as_str());
        let query = query.bind(product.map(|product| product.0)).bind(status.map(|status| status.as_str()));
        let query = query.bind(kind.map(|kind| kind.as_str())).bind(from.map(Instant::micros));
        let query = query.bind(new.audience.end().micros()).bind(new.audience.start().0.micros());
        query.bind(&new.made_by).bind(new.made_at.micros()).execute(c).await?.rows_affected()
    });
    Ok(done == 1)
}

/// Whether it is one of the producer's.
pub(in super::super) async fn is_campaign(
    conn: Conn<'_>,
    producer: ProducerId,
    campaign: LinkCampaignId,
) -> Result<bool, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, IdRow>(IS_CAMPAIGN).bind(producer.0).bind(campaign.0).fetch_optional(c).await?
    });
    Ok(row.is_some_and(|row| row.id == campaign.0))
}

/// The producer's latest campaigns, the newest first.
pub(in super::super) async fn campaigns(conn: Conn<'_>, producer: ProducerId) -> Result<Vec<Campaign>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, Row>(LATEST).bind(producer.0).fetch_all(c).await?);
    rows.into_iter().map(|row| CampaignRow::try_from(row).map(|row| row.campaign)).collect()
}

/// Locks a campaign that is running until the transaction ends, and reads it.
pub(in super::super) async fn lock_campaign(
    tx: &mut Tx,
    campaign: LinkCampaignId,
) -> Result<Option<CampaignRow>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query(LOCK_CAMPAIGN).bind(campaign.0).execute(&mut *c).await?;
        sqlx::query_as::<_, Row>(BY_ID).bind(campaign.0).fetch_optional(c).await?
    });
    let row = row.map(CampaignRow::try_from).transpose()?;
    Ok(row.filter(|row| row.campaign.state == CampaignState::Running))
}

/// Writes how far it is.
pub(in super::super) async fn advance(
    tx: &mut Tx,
    campaign: LinkCampaignId,
    (at, code): &Step,
    made: i64,
    ended: Option<Instant>,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let query = sqlx::query(ADVANCE).bind(campaign.0).bind(at.micros()).bind(code.as_str()).bind(made);
        query.bind(ended.map(Instant::micros)).execute(c).await?;
    });
    Ok(())
}

/// Stops it. Returns false when it had ended.
pub(in super::super) async fn stop(
    tx: &mut Tx,
    producer: ProducerId,
    campaign: LinkCampaignId,
    now: Instant,
) -> Result<bool, Error> {
    let done = on!(tx.conn(), c => {
        sqlx::query(STOP).bind(producer.0).bind(campaign.0).bind(now.micros()).execute(c).await?.rows_affected()
    });
    Ok(done == 1)
}

/// The producer's products.
pub(in super::super) async fn products(conn: Conn<'_>, producer: ProducerId) -> Result<Vec<ProductChoice>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, ProductRow>(PRODUCTS).bind(producer.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| ProductChoice { id: ProductId(row.id), name: row.name }).collect())
}

/// Whether a product is the producer's.
pub(in super::super) async fn has_product(
    conn: Conn<'_>,
    producer: ProducerId,
    product: ProductId,
) -> Result<bool, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, IdRow>(PRODUCT).bind(producer.0).bind(product.0).fetch_optional(c).await?
    });
    Ok(row.is_some_and(|row| row.id == product.0))
}
