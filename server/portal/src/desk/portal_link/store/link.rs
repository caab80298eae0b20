//! Made links, and the orders that they may be made for.

use super::super::audience::{Audience, Step};
use super::super::list::ListedLink;
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use types::{
    Code, Cursor, Email, Instant, LinkCampaignId, LinkPlace, OrderId, OrderKind, OrderRef, OrderStatus, PersonId,
    PortalLinkId, ProducerId,
};
use uuid::Uuid;

/// A link with its order, by a condition.
macro_rules! found {
    ($which:literal) => {
        concat!(
            "select l.id, l.producer_id, l.order_id, l.target, l.ref as reference, l.revoked_at, o.ref as order_ref
            from portal_links l
            join orders o on o.id = l.order_id
            where ",
            $which
        )
    };
}

statements! {
    ORDER_OF = "select id, person_id from orders where producer_id = $1 and code = $2";
    INSERT = "insert into portal_links (id, producer_id, order_id, target, ref, campaign_id, made_by, made_at,
                mail_asked_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict do nothing";
    BY_REF = found!("l.ref = $1");
    BY_ID = found!("l.id = $1");
    ABOUT = "select o.id, o.person_id
        from portal_links l
        join orders o on o.id = l.order_id
        where l.producer_id = $1 and l.id = $2";
    OPEN = "update portal_links set opened_at = $2
        where id = $1 and opened_at is null and revoked_at is null
        returning producer_id, order_id";
    ASK_MAIL = "update portal_links set mail_asked_at = $3
        where producer_id = $1 and id = $2 and mail_asked_at is null and revoked_at is null";
    REVOKE = "update portal_links set revoked_at = $3 where producer_id = $1 and id = $2 and revoked_at is null";
    // Acted: the buyer did what the link is about within a week after its button was pressed.
    LIST = "select l.id, l.target, l.ref as reference, l.campaign_id, l.made_by, l.made_at, l.mail_asked_at,
            l.opened_at, l.revoked_at, o.code, o.buyer_name, p.email,
            (select max(m.sent_at) from mails m where m.order_id = l.order_id and m.letter = 'portal-link-' || l.ref
                and m.state = 'sent') as sent_at,
            exists (select 1 from mails m where m.order_id = l.order_id and m.letter = 'portal-link-' || l.ref
                and m.state = 'refused') as is_refused,
            (select min(e.at) from events e where e.order_id = l.order_id
                and e.at between l.opened_at and l.opened_at + 604800000000
                and e.actor_kind = 'buyer'
                and e.name in ('refund.requested', 'subscription.canceled', 'subscription.stayed', 'card.changed',
                    'method.changed', 'plan.asked', 'plan.changed', 'plan.scheduled')
                and l.target in ('order', case
                    when e.name = 'refund.requested' then 'refund'
                    when e.name in ('subscription.canceled', 'subscription.stayed') then 'cancel'
                    when e.name in ('card.changed', 'method.changed') then 'card'
                    else 'plan' end)) as acted_at
        from portal_links l
        join orders o on o.id = l.order_id
        join people p on p.id = o.person_id
        where l.producer_id = $1 and (l.made_at, l.id) < ($2, $3)
        order by l.made_at desc, l.id desc
        limit $4";
    // A step of a walk through all orders of a period: what fits is told apart by whoever walks.
    ORDERS = "select o.id, o.code, o.ref as order_ref, o.kind, o.status, o.buyer_name, o.phone, o.ordered_at,
            o.person_id, p.email, p.erased_at,
            coalesce((select i.name from order_items i where i.order_id = o.id and i.position = 0), '') as product,
            exists (select 1 from order_items i where i.order_id = o.id and i.product_id = $6) as has_product
        from orders o
        join people p on p.id = o.person_id
        where o.producer_id = $1 and (o.ordered_at, o.code) > ($2, $3) and o.ordered_at < $4
        order by o.ordered_at, o.code
        limit $5";
}

row! {
    struct AboutRow { id: Uuid, person_id: Uuid }
    struct OpenedRow { producer_id: Uuid, order_id: Uuid }
    struct FoundRow {
        id: Uuid, producer_id: Uuid, order_id: Uuid, target: String, reference: String, revoked_at: Option<i64>,
        order_ref: String,
    }
    pub(in super::super) struct ListRow {
        id: Uuid, target: String, reference: String, campaign_id: Option<Uuid>, made_by: String, made_at: i64,
        mail_asked_at: Option<i64>, opened_at: Option<i64>, revoked_at: Option<i64>, code: String, buyer_name: String,
        email: String, sent_at: Option<i64>, is_refused: bool, acted_at: Option<i64>,
    }
    struct WalkRow {
        id: Uuid, code: String, order_ref: String, kind: String, status: String, buyer_name: String,
        phone: Option<String>, ordered_at: i64, person_id: Uuid, email: String, erased_at: Option<i64>,
        product: String, has_product: bool,
    }
}

/// A link to be written.
pub(in super::super) struct NewLink<'a> {
    pub(in super::super) id: PortalLinkId,
    pub(in super::super) producer: ProducerId,
    pub(in super::super) order: OrderId,
    pub(in super::super) target: LinkPlace,
    pub(in super::super) reference: &'a str,
    pub(in super::super) campaign: Option<LinkCampaignId>,
    pub(in super::super) by: &'a str,
    pub(in super::super) now: Instant,
    pub(in super::super) is_mailed: bool,
}

/// A link on file.
pub(in super::super) struct Found {
    pub(in super::super) id: PortalLinkId,
    pub(in super::super) order: OrderId,
    pub(in super::super) target: LinkPlace,
    pub(in super::super) reference: String,
    pub(in super::super) is_revoked: bool,
    pub(in super::super) order_ref: OrderRef,
}

/// A link that was just opened.
pub(in super::super) struct Opened {
    pub(in super::super) producer: ProducerId,
    pub(in super::super) order: OrderId,
}

/// An order of a walk.
pub(in super::super) struct OrderRow {
    pub(in super::super) id: OrderId,
    pub(in super::super) code: Code,
    pub(in super::super) order_ref: OrderRef,
    pub(in super::super) kind: OrderKind,
    pub(in super::super) status: OrderStatus,
    pub(in super::super) buyer_name: String,
    pub(in super::super) phone: Option<String>,
    pub(in super::super) ordered_at: Instant,
    pub(in super::super) person: PersonId,
    pub(in super::super) email: Email,
    pub(in super::super) is_erased: bool,
    pub(in super::super) product: String,
    pub(in super::super) has_product: bool,
}

impl TryFrom<FoundRow> for Found {
    type Error = Error;

    fn try_from(row: FoundRow) -> Result<Self, Error> {
        Ok(Self {
            id: PortalLinkId(row.id),
            order: OrderId(row.order_id),
            target: parsed("portal_links", row.id, row.target.parse())?,
            reference: row.reference,
            is_revoked: row.revoked_at.is_some(),
            order_ref: parsed("orders", row.order_id, OrderRef::parse(&row.order_ref))?,
        })
    }
}

impl TryFrom<WalkRow> for OrderRow {
    type Error = Error;

    fn try_from(row: WalkRow) -> Result<Self, Error> {
        Ok(Self {
            id: OrderId(row.id),
            code: parsed("orders", row.id, Code::parse(&row.code))?,
            order_ref: parsed("orders", row.id, OrderRef::parse(&row.order_ref))?,
            kind: parsed("orders", row.id, row.kind.parse())?,
            status: parsed("orders", row.id, row.status.parse())?,
            buyer_name: row.buyer_name,
            phone: row.phone,
            ordered_at: Instant::from_micros(row.ordered_at),
            person: PersonId(row.person_id),
            email: parsed("people", row.person_id, Email::parse(&row.email))?,
            is_erased: row.erased_at.is_some(),
            product: row.product,
            has_product: row.has_product,
        })
    }
}

impl ListRow {
    /// As a list shows it; `address` makes the whole address of a reference.
    pub(in super::super) fn read(self, address: impl Fn(&str) -> String) -> Result<ListedLink, Error> {
        let at = |micros: Option<i64>| micros.map(Instant::from_micros);
        Ok(ListedLink {
            id: PortalLinkId(self.id),
            target: parsed("portal_links", self.id, self.target.parse())?,
            url: address(&self.reference),
            code: parsed("orders", self.id, Code::parse(&self.code))?,
            buyer_name: self.buyer_name,
            email: parsed("people", self.id, Email::parse(&self.email))?,
            made_by: Some(self.made_by).filter(|by| by.contains('@')),
            made_at: Instant::from_micros(self.made_at),
            is_of_campaign: self.campaign_id.is_some(),
            mail_asked_at: at(self.mail_asked_at),
            sent_at: at(self.sent_at),
            is_refused: self.is_refused,
            opened_at: at(self.opened_at),
            acted_at: at(self.acted_at),
            revoked_at: at(self.revoked_at),
        })
    }
}

/// The producer's order of this code, and its buyer.
pub(in super::super) async fn order_of(
    conn: Conn<'_>,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<(OrderId, PersonId)>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, AboutRow>(ORDER_OF).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    Ok(row.map(|row| (OrderId(row.id), PersonId(row.person_id))))
}

/// Writes a link. Returns false when its campaign has made one for the order.
pub(in super::super) async fn insert(tx: &mut Tx, new: &NewLink<'_>) -> Result<bool, Error> {
    let done = on!(tx.conn(), c => {
        let query = sqlx::query(INSERT).bind(new.id.0).bind(new.producer.0).bind(new.order.0).bind(new.target.as_str());
        let query = query.bind(new.reference).bind(new.campaign.map(|campaign| campaign.0)).bind(new.by);
        let query = query.bind(new.now.micros()).bind(new.is_mailed.then_some(new.now.micros()));
        query.execute(c).await?.rows_affected()
    });
    Ok(done == 1)
}

/// The link with this reference.
pub(in super::super) async fn by_ref(conn: Conn<'_>, reference: &OrderRef) -> Result<Option<Found>, Error> {
    on!(conn, c => sqlx::query_as::<_, FoundRow>(BY_REF).bind(reference.as_str()).fetch_optional(c).await?)
        .map(Found::try_from)
        .transpose()
}

/// The link with this id.
pub(in super::super) async fn by_id(conn: Conn<'_>, link: PortalLinkId) -> Result<Option<Found>, Error> {
    on!(conn, c => sqlx::query_as::<_, FoundRow>(BY_ID).bind(link.0).fetch_optional(c).await?)
        .map(Found::try_from)
        .transpose()
}

/// Order and buyer of one of the producer's links.
pub(in super::super) async fn about(
    conn: Conn<'_>,
    producer: ProducerId,
    link: PortalLinkId,
) -> Result<Option<(OrderId, PersonId)>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, AboutRow>(ABOUT).bind(producer.0).bind(link.0).fetch_optional(c).await?
    });
    Ok(row.map(|row| (OrderId(row.id), PersonId(row.person_id))))
}

/// The first press of its button; none for another one, or when it was revoked.
pub(in super::super) async fn open(tx: &mut Tx, link: PortalLinkId, now: Instant) -> Result<Option<Opened>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, OpenedRow>(OPEN).bind(link.0).bind(now.micros()).fetch_optional(c).await?
    });
    Ok(row.map(|row| Opened { producer: ProducerId(row.producer_id), order: OrderId(row.order_id) }))
}

/// Notes that it is to be mailed. Returns false when it was before, or was revoked.
pub(in super::super) async fn ask_mail(
    tx: &mut Tx,
    producer: ProducerId,
    link: PortalLinkId,
    now: Instant,
) -> Result<bool, Error> {
    mark(tx, ASK_MAIL, producer, link, now).await
}

/// Revokes it. Returns false when it was before.
pub(in super::super) async fn revoke(
    tx: &mut Tx,
    producer: ProducerId,
    link: PortalLinkId,
    now: Instant,
) -> Result<bool, Error> {
    mark(tx, REVOKE, producer, link, now).await
}

async fn mark(
    tx: &mut Tx,
    sql: &'static str,
    producer: ProducerId,
    link: PortalLinkId,
    now: Instant,
) -> Result<bool, Error> {
    let done = on!(tx.conn(), c => {
        sqlx::query(sql).bind(producer.0).bind(link.0).bind(now.micros()).execute(c).await?.rows_affected()
    });
    Ok(done == 1)
}

/// A page of the producer's links, behind a place.
pub(in super::super) async fn list(
    conn: Conn<'_>,
    producer: ProducerId,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<ListRow>, Error> {
    let Cursor { at, id } = after.unwrap_or(Cursor::LAST);
    Ok(on!(conn, c => {
        let query = sqlx::query_as::<_, ListRow>(LIST).bind(producer.0).bind(at.micros()).bind(id).bind(limit);
        query.fetch_all(c).await?
    }))
}

/// The producer's next orders of a period, behind a place, whether they fit or not.
pub(in super::super) async fn orders(
    conn: Conn<'_>,
    producer: ProducerId,
    audience: &Audience,
    (at, code): &Step,
    limit: i64,
) -> Result<Vec<OrderRow>, Error> {
    let rows = on!(conn, c => {
        let query = sqlx::query_as::<_, WalkRow>(ORDERS).bind(producer.0).bind(at.micros()).bind(code.as_str());
        let query = query.bind(audience.end().micros()).bind(limit).bind(audience.product.map(|product| product.0));
        query.fetch_all(c).await?
    });
    rows.into_iter().map(OrderRow::try_from).collect()
}
