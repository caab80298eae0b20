use super::view::{
    Filter, ListedOrder, WholeCharge, WholeDelivery, WholeItem, WholeOrder, WholeRefund, WholeRefundPart,
    WholeSubscription,
};
use crate::db::{Error, from_json, parsed};
use crate::sale::counts;
use crate::{Portal, on, row, statements};
use types::view::AccessView;
use types::{Code, Currency, DeliveryId, Email, Instant, ItemId, Money, OrderId, OrderStatus, PersonId, ProducerId};
use uuid::Uuid;

/// Orders as a list shows them.
macro_rules! listed {
    ($which:expr) => {
        concat!(
            "select o.id, o.code, o.ref as order_ref, o.kind, o.status, o.person_id, p.email, o.buyer_name, o.tax_id,
                o.phone, o.currency, o.total, o.method, o.card_brand, o.card_last4, o.card_exp_month,
                o.card_exp_year, o.gateway, o.ordered_at, o.paid_at, o.reported_version, o.buyer_address,
                o.sale_details
            from orders o
            join people p on p.id = o.person_id
            where o.producer_id = $1 and ",
            $which
        )
    };
}

/// A page of them, newest first: $4 at the most, behind the place that $2 and $3 say.
macro_rules! page {
    ($which:expr) => {
        listed!(concat!($which, "(o.ordered_at, o.code) < ($2, $3) order by o.ordered_at desc, o.code desc limit $4"))
    };
}

statements! {
    // A producer may have millions of orders: whichever way they are listed, an index finds the page.
    LIST = page!("");
    LIST_OF_STATUS = page!("o.status = $5 and ");
    LIST_OF_BUYER = page!("o.person_id = (select b.id from people b where b.email = $5) and ");
    LIST_OF_BUYER_AND_STATUS = page!(
        "o.person_id = (select b.id from people b where b.email = $5) and o.status = $6 and "
    );
    FIND = listed!("o.code = $2");
    ITEMS = concat!(
        "select i.id, p.code as product, f.code as offer, i.name, i.amount, i.is_bump
        from order_items i
        join products p on p.id = i.product_id
        left join offers f on f.id = i.offer_id
        where i.order_id = $1 and ",
        counts!("i"),
        " order by i.position"
    );
    CHARGES = "select reference, amount, currency, status, method, installments, created_at, paid_at,
            installment, decline, given_back, payment_url, payment_code
        from charges
        where order_id = $1
        order by created_at desc, reference desc
        limit 100";
    SUBSCRIPTION = "select status, plan_name, amount, interval_unit, interval_count, period_start, period_end,
            next_charge_at, canceled_at
        from subscriptions
        where order_id = $1";
    REFUNDS = "select protocol, state, amount, currency, requested_at, sent_at, ended_at, failure, answer, is_given
        from refunds
        where order_id = $1
        order by requested_at desc, protocol";
    REFUND_PARTS = "select f.protocol, c.reference as charge, p.amount, f.currency, p.state, p.failure, p.payee_page_at
        from refund_parts p
        join refunds f on f.id = p.refund_id
        join charges c on c.id = p.charge_id
        where f.order_id = $1
        order by f.requested_at desc, f.protocol, p.position";
    /// The calls that concern this order: to areas that a rule of one of its products names, about its buyer.
    DELIVERIES = "select d.id, a.code as member_area, d.is_revocation, d.state, d.attempts, d.created_at, d.ended_at,
            t.status as last_status, t.error as last_error
        from deliveries d
        join member_areas a on a.id = d.member_area_id
        left join delivery_attempts t on t.delivery_id = d.id
            and t.number = (select max(n.number) from delivery_attempts n where n.delivery_id = d.id)
        where d.producer_id = $1
            and d.person_id = $2
            and d.member_area_id in ( select r.member_area_id from order_items i
                join access_rules r on r.product_id = i.product_id where i.order_id = $3)
        order by d.created_at desc, d.id desc
        limit 20";
}

row! {
    struct OrderRow {
        id: Uuid, code: String, order_ref: String, kind: String, status: String, person_id: Uuid, email: String,
        buyer_name: String, tax_id: Option<String>, phone: Option<String>, currency: String, total: i64, method: String,
        card_brand: Option<String>, card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>,
        gateway: String, ordered_at: i64, paid_at: Option<i64>, reported_version: Option<i64>,
        buyer_address: Option<String>, sale_details: Option<String>,
    }

    struct ItemRow { id: Uuid, product: String, offer: Option<String>, name: String, amount: i64, is_bump: bool }

    struct ChargeRow {
        reference: String, amount: i64, currency: String, status: String, method: String, installments: i64,
        created_at: i64, paid_at: Option<i64>, installment: Option<i64>, decline: Option<String>, given_back: i64,
        payment_url: Option<String>, payment_code: Option<String>,
    }

    struct SubscriptionRow {
        status: String, plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64,
        period_end: i64, next_charge_at: Option<i64>, canceled_at: Option<i64>,
    }

    struct RefundRow {
        protocol: String, state: String, amount: i64, currency: String, requested_at: i64, sent_at: Option<i64>,
        ended_at: Option<i64>, failure: Option<String>, answer: Option<String>, is_given: bool,
    }

    struct RefundPartRow {
        protocol: String, charge: String, amount: i64, currency: String, state: String, failure: Option<String>,
        payee_page_at: Option<i64>,
    }

    struct DeliveryRow {
        id: Uuid, member_area: String, is_revocation: bool, state: String, attempts: i64, created_at: i64,
        ended_at: Option<i64>, last_status: Option<i64>, last_error: Option<String>,
    }
}

fn at(micros: Option<i64>) -> Option<Instant> {
    micros.map(Instant::from_micros)
}

impl OrderRow {
    fn listed(&self) -> Result<ListedOrder, Error> {
        Ok(ListedOrder {
            code: parsed("orders", self.id, Code::parse(&self.code))?,
            kind: parsed("orders", self.id, self.kind.parse())?,
            status: parsed("orders", self.id, self.status.parse())?,
            email: parsed("people", self.person_id, Email::parse(&self.email))?,
            buyer_name: self.buyer_name.clone(),
            total: Money::new(self.total, parsed("orders", self.id, Currency::parse(&self.currency))?),
            ordered_at: Instant::from_micros(self.ordered_at),
            paid_at: at(self.paid_at),
            order_ref: self.order_ref.clone(),
        })
    }

    fn card(&self) -> Option<(String, String, i64, i64)> {
        Some((self.card_brand.clone()?, self.card_last4.clone()?, self.card_exp_month?, self.card_exp_year?))
    }
}

impl From<ItemRow> for WholeItem {
    fn from(row: ItemRow) -> Self {
        let ItemRow { id, product, offer, name, amount, is_bump } = row;
        Self { id: ItemId(id), product, offer, name, amount, is_bump, access: AccessView::NotManaged }
    }
}

impl TryFrom<ChargeRow> for WholeCharge {
    type Error = Error;

    fn try_from(row: ChargeRow) -> Result<Self, Error> {
        let currency = parsed("charges", &row.reference, Currency::parse(&row.currency))?;
        Ok(Self {
            amount: Money::new(row.amount, currency),
            status: parsed("charges", &row.reference, row.status.parse())?,
            method: parsed("charges", &row.reference, row.method.parse())?,
            installments: row.installments,
            created_at: Instant::from_micros(row.created_at),
            paid_at: at(row.paid_at),
            installment: row.installment,
            decline: row.decline.map(|word| parsed("charges", &row.reference, word.parse())).transpose()?,
            given_back: row.given_back,
            payment_url: row.payment_url,
            payment_code: row.payment_code,
            reference: row.reference,
        })
    }
}

impl TryFrom<SubscriptionRow> for WholeSubscription {
    type Error = Error;

    fn try_from(row: SubscriptionRow) -> Result<Self, Error> {
        const TABLE: &str = "subscriptions";
        Ok(Self {
            status: parsed(TABLE, &row.plan_name, row.status.parse())?,
            interval: (parsed(TABLE, &row.plan_name, row.interval_unit.parse())?, row.interval_count),
            plan: row.plan_name,
            amount: row.amount,
            period_start: Instant::from_micros(row.period_start),
            period_end: Instant::from_micros(row.period_end),
            next_charge_at: at(row.next_charge_at),
            canceled_at: at(row.canceled_at),
        })
    }
}

impl TryFrom<RefundRow> for WholeRefund {
    type Error = Error;

    fn try_from(row: RefundRow) -> Result<Self, Error> {
        let currency = parsed("refunds", &row.protocol, Currency::parse(&row.currency))?;
        Ok(Self {
            state: parsed("refunds", &row.protocol, row.state.parse())?,
            protocol: row.protocol,
            amount: Money::new(row.amount, currency),
            requested_at: Instant::from_micros(row.requested_at),
            sent_at: at(row.sent_at),
            ended_at: at(row.ended_at),
            failure: row.failure,
            answer: row.answer,
            is_given: row.is_given,
            parts: Vec::new(),
        })
    }
}

impl TryFrom<RefundPartRow> for WholeRefundPart {
    type Error = Error;

    fn try_from(row: RefundPartRow) -> Result<Self, Error> {
        let currency = parsed("refunds", &row.protocol, Currency::parse(&row.currency))?;
        Ok(Self {
            state: parsed("refund_parts", &row.protocol, row.state.parse())?,
            amount: Money::new(row.amount, currency),
            charge: row.charge,
            failure: row.failure,
            waits_for_buyer_since: at(row.payee_page_at),
        })
    }
}

impl TryFrom<DeliveryRow> for WholeDelivery {
    type Error = Error;

    fn try_from(row: DeliveryRow) -> Result<Self, Error> {
        Ok(Self {
            id: DeliveryId(row.id),
            member_area: row.member_area,
            is_revocation: row.is_revocation,
            state: parsed("deliveries", row.id, row.state.parse())?,
            attempts: row.attempts,
            created_at: Instant::from_micros(row.created_at),
            ended_at: at(row.ended_at),
            last_status: row.last_status,
            last_error: row.last_error,
        })
    }
}

pub(super) async fn list(
    portal: &Portal,
    producer: ProducerId,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<ListedOrder>, Error> {
    let (at, code) = filter.after.as_ref().map_or((i64::MAX, ""), |(at, code)| (at.micros(), code.as_str()));
    let status = filter.status.map(OrderStatus::as_str);
    let rows = on!(portal.db.read().await?.conn(), c => {
        let list = |sql| sqlx::query_as::<_, OrderRow>(sql).bind(producer.0).bind(at).bind(code).bind(limit);
        match (&filter.email, status) {
            (Some(email), Some(status)) => list(LIST_OF_BUYER_AND_STATUS).bind(email.as_str()).bind(status),
            (Some(email), None) => list(LIST_OF_BUYER).bind(email.as_str()),
            (None, Some(status)) => list(LIST_OF_STATUS).bind(status),
            (None, None) => list(LIST),
        }
        .fetch_all(c)
        .await?
    });
    rows.iter().map(OrderRow::listed).collect()
}

pub(super) async fn find(
    portal: &Portal,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<(WholeOrder, OrderId, PersonId)>, Error> {
    let found = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, OrderRow>(FIND).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    let Some(row) = found else { return Ok(None) };
    let (id, person) = (row.id, row.person_id);
    let (items, charges, subscription, refunds, refund_parts) = rows_of(portal, id).await?;
    let deliveries = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, DeliveryRow>(DELIVERIES).bind(producer.0).bind(person).bind(id).fetch_all(c).await?
    });
    let order = WholeOrder {
        order: row.listed()?,
        card: row.card(),
        address: from_json("orders", id, row.buyer_address.as_deref())?,
        details: from_json("orders", id, row.sale_details.as_deref())?,
        tax_id: row.tax_id,
        phone: row.phone,
        method: parsed("orders", id, row.method.parse())?,
        gateway: row.gateway,
        version: row.reported_version,
        items: items.into_iter().map(WholeItem::from).collect(),
        charges: charges.into_iter().map(WholeCharge::try_from).collect::<Result<_, _>>()?,
        subscription: subscription.map(WholeSubscription::try_from).transpose()?,
        invoices: Vec::new(),
        refunds: with_parts(refunds, refund_parts)?,
        deliveries: deliveries.into_iter().map(WholeDelivery::try_from).collect::<Result<_, _>>()?,
    };
    Ok(Some((order, OrderId(id), PersonId(person))))
}

fn with_parts(refunds: Vec<RefundRow>, parts: Vec<RefundPartRow>) -> Result<Vec<WholeRefund>, Error> {
    let mut refunds: Vec<WholeRefund> = refunds.into_iter().map(WholeRefund::try_from).collect::<Result<_, _>>()?;
    for row in parts {
        if let Some(refund) = refunds.iter_mut().find(|refund| refund.protocol == row.protocol) {
            refund.parts.push(WholeRefundPart::try_from(row)?);
        }
    }
    Ok(refunds)
}

type OrderRows = (Vec<ItemRow>, Vec<ChargeRow>, Option<SubscriptionRow>, Vec<RefundRow>, Vec<RefundPartRow>);

async fn rows_of(portal: &Portal, order: Uuid) -> Result<OrderRows, Error> {
    Ok(on!(portal.db.read().await?.conn(), c => (
        sqlx::query_as(ITEMS).bind(order).fetch_all(&mut *c).await?,
        sqlx::query_as(CHARGES).bind(order).fetch_all(&mut *c).await?,
        sqlx::query_as(SUBSCRIPTION).bind(order).fetch_optional(&mut *c).await?,
        sqlx::query_as(REFUNDS).bind(order).fetch_all(&mut *c).await?,
        sqlx::query_as(REFUND_PARTS).bind(order).fetch_all(c).await?,
    )))
}
