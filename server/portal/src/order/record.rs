//! An order as the rules see it: rows read, checked, and put together.

use super::store::{self, ChargeRow, ItemRow, OrderRow, RefundRow, Rows};
use crate::db::{Conn, Error};
use crate::time::Zone;
use types::plan::{PlanPrice, ScheduledPlan};
use types::view::{CardView, PaymentView, SellerView, SubscriptionView};
use types::{
    ChargeId, ChargeStatus, Code, Currency, Email, Instant, ItemId, Language, Method, Money, OrderId, OrderKind,
    OrderRef, OrderStatus, PersonId, ProducerId, Protocol, QuoteId, RefundState, SubscriptionId, SubscriptionStatus,
};
use uuid::Uuid;

/// One order with everything that belongs to it.
pub(crate) struct OrderRecord {
    pub(crate) id: OrderId,
    pub(crate) producer: ProducerId,
    pub(crate) person: PersonId,
    pub(crate) code: Code,
    pub(crate) order_ref: OrderRef,
    pub(crate) is_shared: bool,
    pub(crate) kind: OrderKind,
    pub(crate) status: OrderStatus,
    pub(crate) buyer_name: String,
    pub(crate) email: Email,
    pub(crate) language: Language,
    pub(crate) currency: Currency,
    pub(crate) total: Money,
    pub(crate) payment: PaymentView,
    pub(crate) ordered_at: Instant,
    pub(crate) paid_at: Option<Instant>,
    pub(crate) released_at: Option<Instant>,
    /// Who keeps the money.
    pub(crate) gateway: String,
    /// Code of the main item's product.
    pub(crate) product: Option<Code>,
    pub(crate) seller: SellerView,
    pub(crate) zone: Zone,
    pub(crate) items: Vec<Item>,
    pub(crate) charges: Vec<Charge>,
    pub(crate) subscription: Option<SubscriptionView>,
    pub(crate) refunds: Vec<Refund>,
}

pub(crate) struct Item {
    pub(crate) id: ItemId,
    pub(crate) name: String,
    pub(crate) offer: Option<String>,
    pub(crate) amount: i64,
    pub(crate) is_bump: bool,
    pub(crate) window_days: i64,
    /// The state of the refund that holds this item now.
    pub(crate) refund: Option<RefundState>,
}

pub(crate) struct Charge {
    pub(crate) id: ChargeId,
    /// The gateway's own name of it.
    pub(crate) reference: String,
    pub(crate) amount: Money,
    pub(crate) status: ChargeStatus,
    pub(crate) method: Method,
    pub(crate) installments: i64,
    pub(crate) payment_code: Option<String>,
    pub(crate) payment_url: Option<String>,
    pub(crate) due_on: Option<String>,
    pub(crate) created_at: Instant,
    pub(crate) paid_at: Option<Instant>,
}

pub(crate) struct Refund {
    pub(crate) charge: ChargeId,
    pub(crate) protocol: Protocol,
    pub(crate) state: RefundState,
    pub(crate) amount: Money,
    pub(crate) items: Vec<String>,
    pub(crate) requested_at: Instant,
    pub(crate) sent_at: Option<Instant>,
    pub(crate) ended_at: Option<Instant>,
    pub(crate) answer_by: Option<Instant>,
    pub(crate) answer: Option<String>,
}

/// Splits what stands in an address: the code, and the seller's slug where two sellers use the same code.
pub(crate) fn split_handle(handle: &str) -> (&str, Option<&str>) {
    handle.split_once('~').map_or((handle, None), |(code, slug)| (code, Some(slug)))
}

impl OrderRecord {
    /// The buyer's own order; none when it is absent or somebody else's.
    pub(crate) async fn of_buyer(conn: Conn<'_>, person: PersonId, handle: &str) -> Result<Option<Self>, Error> {
        let (code, slug) = split_handle(handle);
        if Code::parse(code).is_err() || slug.is_some_and(|slug| types::Slug::parse(slug).is_err()) {
            return Ok(None);
        }
        store::for_buyer(conn, person, code, slug).await?.map(Self::try_from).transpose()
    }

    /// The order of the buyer's own subscription; none when it is absent or somebody else's.
    pub(crate) async fn of_subscription(
        conn: Conn<'_>,
        person: PersonId,
        subscription: SubscriptionId,
    ) -> Result<Option<Self>, Error> {
        store::of_subscription(conn, person, subscription).await?.map(Self::try_from).transpose()
    }

    /// An order that a job is about.
    pub(crate) async fn by_id(conn: Conn<'_>, order: OrderId) -> Result<Option<Self>, Error> {
        store::by_id(conn, order).await?.map(Self::try_from).transpose()
    }

    /// What stands in the order's address.
    pub(crate) fn handle(&self) -> String {
        handle(self.code.as_str(), &self.seller.slug, self.is_shared)
    }

    /// What was taken, whether it went back or not.
    pub(crate) fn paid(&self) -> i64 {
        let took_money = [ChargeStatus::Paid, ChargeStatus::Refunded, ChargeStatus::Disputed];
        self.charges
            .iter()
            .filter(|charge| took_money.contains(&charge.status))
            .map(|charge| charge.amount.amount)
            .sum()
    }

    /// What is left of a charge that took money: all of it, less what went back or is going back.
    pub(crate) fn left_of(&self, charge: &Charge) -> i64 {
        if charge.status != ChargeStatus::Paid {
            return 0;
        }
        let held = self.refunds.iter().filter(|refund| refund.charge == charge.id && refund.is_alive());
        charge.amount.amount - held.map(|refund| refund.amount.amount).sum::<i64>()
    }

    /// The charge a refund is asked against: the one that has most left.
    pub(crate) fn richest_charge(&self) -> Option<&Charge> {
        self.charges.iter().filter(|charge| self.left_of(charge) > 0).max_by_key(|charge| self.left_of(charge))
    }

    /// The most that one refund can bring back.
    pub(crate) fn left(&self) -> i64 {
        self.richest_charge().map_or(0, |charge| self.left_of(charge))
    }

    /// What went back or is going back.
    pub(crate) fn refunded(&self) -> i64 {
        self.refunds.iter().filter(|refund| refund.is_alive()).map(|refund| refund.amount.amount).sum()
    }
}

/// What stands in an order's address.
pub(super) fn handle(code: &str, slug: &str, is_shared: bool) -> String {
    if is_shared { format!("{code}~{slug}") } else { code.to_owned() }
}

impl TryFrom<Rows> for OrderRecord {
    type Error = Error;

    fn try_from(rows: Rows) -> Result<Self, Error> {
        let Rows { order, items, charges, refunds, refund_items } = rows;
        let wrong = |what: &'static str| Error::inconsistent("orders", order.id, what);
        let currency = Currency::parse(&order.currency).map_err(|_| wrong("currency"))?;
        let names = |refund: &RefundRow| {
            refund_items
                .iter()
                .filter(|item| item.refund_id == refund.id)
                .map(|item| item.name.clone())
                .collect::<Vec<_>>()
        };
        Ok(Self {
            id: OrderId(order.id),
            producer: ProducerId(order.producer_id),
            person: PersonId(order.person_id),
            code: Code::parse(&order.code).map_err(|_| wrong("code"))?,
            order_ref: OrderRef::parse(&order.order_ref).map_err(|_| wrong("ref"))?,
            is_shared: order.is_shared,
            kind: order.kind.parse().map_err(|_| wrong("kind"))?,
            status: order.status.parse().map_err(|_| wrong("status"))?,
            buyer_name: order.buyer_name.clone(),
            email: Email::parse(&order.email).map_err(|_| wrong("e-mail"))?,
            language: order.language.as_deref().and_then(Language::of_tag).unwrap_or_default(),
            currency,
            total: Money::new(order.total, currency),
            payment: payment(&order)?,
            ordered_at: Instant::from_micros(order.ordered_at),
            paid_at: order.paid_at.map(Instant::from_micros),
            released_at: order.released_at.map(Instant::from_micros),
            product: order.product.as_deref().map(Code::parse).transpose().map_err(|_| wrong("product"))?,
            gateway: order.gateway.clone(),
            seller: seller(&order)?,
            zone: Zone::named(&order.seller_zone).map_err(|_| wrong("time zone"))?,
            items: items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?,
            charges: charges.into_iter().map(Charge::try_from).collect::<Result<_, _>>()?,
            subscription: subscription(&order)?,
            refunds: refunds.into_iter().map(|row| Refund::read(&row, names(&row))).collect::<Result<_, _>>()?,
        })
    }
}

fn seller(order: &OrderRow) -> Result<SellerView, Error> {
    let contact = Email::parse(&order.seller_email)
        .map_err(|error| Error::inconsistent("producers", order.producer_id, error))?;
    Ok(SellerView {
        name: order.seller_name.clone(),
        slug: order.seller_slug.clone(),
        contact,
        time_zone: order.seller_zone.clone(),
    })
}

fn payment(order: &OrderRow) -> Result<PaymentView, Error> {
    let method = order.method.parse().map_err(|error| Error::inconsistent("orders", order.id, error))?;
    let card =
        card(order.card_brand.as_deref(), order.card_last4.as_deref(), order.card_exp_month, order.card_exp_year);
    Ok(PaymentView { method, card })
}

/// A card is on file when all four of its columns are.
pub(super) fn card(
    brand: Option<&str>,
    last4: Option<&str>,
    month: Option<i64>,
    year: Option<i64>,
) -> Option<CardView> {
    Some(CardView { brand: brand?.to_owned(), last4: last4?.to_owned(), exp_month: month?, exp_year: year? })
}

/// A subscription that is over, or about to be, is charged no more, whatever its source last said.
pub(super) fn next_charge(status: SubscriptionStatus, at: Option<i64>) -> Option<Instant> {
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    at.filter(|_| goes_on).map(Instant::from_micros)
}

/// The plan of an order that has one: of that, no column but those that may be empty is.
fn subscription(row: &OrderRow) -> Result<Option<SubscriptionView>, Error> {
    let Some(id) = row.subscription_id else { return Ok(None) };
    let wrong = |what: &'static str| Error::inconsistent("subscriptions", id, what);
    let word = |word: &Option<String>, what| word.clone().ok_or_else(|| wrong(what));
    let status = word(&row.subscription_status, "status")?.parse().map_err(|_| wrong("status"))?;
    let currency = Currency::parse(&word(&row.plan_currency, "currency")?).map_err(|_| wrong("currency"))?;
    let unit = word(&row.interval_unit, "interval")?.parse().map_err(|_| wrong("interval"))?;
    Ok(Some(SubscriptionView {
        id: SubscriptionId(id),
        plan: word(&row.plan_name, "plan")?,
        price: Money::new(row.plan_amount.ok_or_else(|| wrong("amount"))?, currency),
        interval: (unit, row.interval_count.ok_or_else(|| wrong("interval"))?),
        status,
        period_end: Instant::from_micros(row.period_end.ok_or_else(|| wrong("period"))?),
        next_charge_at: next_charge(status, row.next_charge_at),
        canceled_at: row.canceled_at.map(Instant::from_micros),
        scheduled: scheduled(row, status, currency)?,
    }))
}

fn scheduled(row: &OrderRow, status: SubscriptionStatus, currency: Currency) -> Result<Option<ScheduledPlan>, Error> {
    let columns = (row.scheduled_id, row.scheduled_plan.as_deref(), row.scheduled_amount);
    let cycle = (row.scheduled_unit.as_deref(), row.scheduled_count, row.scheduled_at);
    scheduled_plan(status, currency, columns, cycle)
}

/// The plan that begins with the next period; none for a subscription that has no next one.
pub(super) fn scheduled_plan(
    status: SubscriptionStatus,
    currency: Currency,
    (id, plan, amount): (Option<Uuid>, Option<&str>, Option<i64>),
    (unit, count, at): (Option<&str>, Option<i64>, Option<i64>),
) -> Result<Option<ScheduledPlan>, Error> {
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let (Some(id), Some(plan), Some(amount), Some(unit), Some(count), Some(at)) = (id, plan, amount, unit, count, at)
    else {
        return Ok(None);
    };
    let unit = unit.parse().map_err(|error| Error::inconsistent("plan_quotes", id, error))?;
    let price = PlanPrice { amount: Money::new(amount, currency), interval: (unit, count) };
    let scheduled = ScheduledPlan { id: QuoteId(id), plan: plan.to_owned(), price, at: Instant::from_micros(at) };
    Ok(Some(scheduled).filter(|_| goes_on))
}

impl TryFrom<ItemRow> for Item {
    type Error = Error;

    fn try_from(row: ItemRow) -> Result<Self, Error> {
        let refund = row
            .refund_state
            .map(|word| word.parse().map_err(|error| Error::inconsistent("refunds", row.id, error)))
            .transpose()?;
        Ok(Self {
            id: ItemId(row.id),
            name: row.name,
            offer: row.offer_name,
            amount: row.amount,
            is_bump: row.is_bump,
            window_days: row.refund_window_days,
            refund,
        })
    }
}

impl TryFrom<ChargeRow> for Charge {
    type Error = Error;

    fn try_from(row: ChargeRow) -> Result<Self, Error> {
        let wrong = |what: &'static str| Error::inconsistent("charges", row.id, what);
        Ok(Self {
            id: ChargeId(row.id),
            reference: row.reference,
            amount: Money::new(row.amount, Currency::parse(&row.currency).map_err(|_| wrong("currency"))?),
            status: row.status.parse().map_err(|_| wrong("status"))?,
            method: row.method.parse().map_err(|_| wrong("method"))?,
            installments: row.installments,
            payment_code: row.payment_code,
            payment_url: row.payment_url,
            due_on: row.due_on,
            created_at: Instant::from_micros(row.created_at),
            paid_at: row.paid_at.map(Instant::from_micros),
        })
    }
}

impl Refund {
    /// Whether its money went back or is going back.
    pub(crate) fn is_alive(&self) -> bool {
        !matches!(self.state, RefundState::Failed | RefundState::Declined | RefundState::Withdrawn)
    }

    fn read(row: &RefundRow, items: Vec<String>) -> Result<Self, Error> {
        let wrong = |what: &'static str| Error::inconsistent("refunds", row.id, what);
        Ok(Self {
            charge: ChargeId(row.charge_id),
            protocol: Protocol::on_file(row.protocol.clone()),
            state: row.state.parse().map_err(|_| wrong("state"))?,
            amount: Money::new(row.amount, Currency::parse(&row.currency).map_err(|_| wrong("currency"))?),
            items,
            requested_at: Instant::from_micros(row.requested_at),
            sent_at: row.sent_at.map(Instant::from_micros),
            ended_at: row.ended_at.map(Instant::from_micros),
            answer_by: row.answer_by.map(Instant::from_micros),
            answer: row.answer.clone(),
        })
    }
}
