//! An order as the rules see it: rows read, checked, and put together.

mod store;

pub(crate) use store::{of_buyer, order};

use self::store::{ChargeRow, ItemRow, OrderRow, RefundPartRow, RefundRow, Rows};
use crate::db::{Columns, Conn, Error, Statement};
use crate::policy::{self, Policy};
use crate::time::Zone;
use types::plan::{PlanPrice, ScheduledPlan};
use types::view::{CardView, PaymentView, SellerView, SubscriptionView};
use types::{
    ChargeId, ChargeStatus, Code, Currency, Email, Instant, ItemId, Language, Method, Money, OrderId, OrderKind,
    OrderRef, OrderStatus, PersonId, ProducerId, Protocol, QuoteId, RefundPartState, RefundState, SubscriptionId,
    SubscriptionStatus,
};
use uuid::Uuid;

pub(super) const STATEMENTS: &[Statement] = store::STATEMENTS;

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
    /// Whether an invoice of it is open or overdue.
    pub(crate) has_owed: bool,
    policy: Option<String>,
    pub(crate) seller: SellerView,
    pub(crate) zone: Zone,
    pub(crate) items: Vec<Item>,
    pub(crate) charges: Vec<Charge>,
    pub(crate) subscription: Option<SubscriptionView>,
    /// When the paid period of the subscription began.
    pub(crate) period_start: Option<Instant>,
    pub(crate) refunds: Vec<Refund>,
}

/// An order, and what was read with it.
pub(crate) struct Found<T = (), U = ()> {
    pub(crate) order: OrderRecord,
    /// What else stood in its row.
    pub(crate) more: T,
    /// What was listed after it.
    pub(crate) also: Vec<U>,
}

pub(crate) struct Item {
    pub(crate) id: ItemId,
    pub(crate) name: String,
    pub(crate) offer: Option<String>,
    pub(crate) amount: i64,
    /// What it cost when it was sold: a change of plan does not change it.
    pub(crate) sold: i64,
    pub(crate) is_bump: bool,
    pub(crate) window_days: i64,
    /// Whether access to it is given by us.
    pub(crate) is_managed: bool,
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
    pub(crate) gateway: String,
    /// When its status was last reported.
    pub(crate) changed_at: Instant,
    /// Whether the order's card is the one that it was taken from.
    pub(crate) has_same_card: bool,
    /// Whether it came for what was over, and goes back by itself: it paid for nothing.
    pub(crate) goes_back: bool,
    /// What it pays for, where it is a charge of a calendar.
    pub(crate) period: Option<(Instant, Instant)>,
}

pub(crate) struct Refund {
    pub(crate) protocol: Protocol,
    pub(crate) state: RefundState,
    pub(crate) amount: Money,
    /// What goes back by each charge, the newest charge first.
    pub(crate) parts: Vec<RefundPart>,
    pub(crate) items: Vec<String>,
    pub(crate) item_ids: Vec<ItemId>,
    pub(crate) requested_at: Instant,
    pub(crate) sent_at: Option<Instant>,
    pub(crate) ended_at: Option<Instant>,
    pub(crate) answer_by: Option<Instant>,
    pub(crate) answer: Option<String>,
    /// Since when the account is waited for that the money goes to.
    pub(crate) payee_asked_at: Option<Instant>,
    /// That account, as it may be shown.
    pub(crate) payee: Option<String>,
}

/// What of a refund goes back by one charge.
pub(crate) struct RefundPart {
    pub(crate) charge: ChargeId,
    pub(crate) amount: Money,
    pub(crate) state: RefundPartState,
}

/// Splits what stands in an address: the code, and the seller's slug where two sellers use the same code.
pub(crate) fn split_handle(handle: &str) -> (&str, Option<&str>) {
    handle.split_once('~').map_or((handle, None), |(code, slug)| (code, Some(slug)))
}

/// The same of what may stand in an address; none for what no order is called.
fn read_handle(handle: &str) -> Option<(&str, Option<&str>)> {
    let (code, slug) = split_handle(handle);
    let is_one = Code::parse(code).is_ok() && slug.is_none_or(|slug| types::Slug::parse(slug).is_ok());
    is_one.then_some((code, slug))
}

impl OrderRecord {
    /// The buyer's own order; none when it is absent or somebody else's.
    pub(crate) async fn of_buyer(conn: Conn<'_>, person: PersonId, handle: &str) -> Result<Option<Self>, Error> {
        let Some(handle) = read_handle(handle) else { return Ok(None) };
        store::for_buyer(conn, person, handle).await?.map(Self::try_from).transpose()
    }

    /// The same by a statement made with [`order!`](super::order) and [`of_buyer!`](super::of_buyer).
    pub(crate) async fn of_buyer_with<T: Columns, U: Columns>(
        conn: Conn<'_>,
        statement: &'static str,
        person: PersonId,
        handle: &str,
    ) -> Result<Option<Found<T, U>>, Error> {
        let Some(handle) = read_handle(handle) else { return Ok(None) };
        store::for_buyer_with(conn, statement, person, handle).await?.map(Found::try_from).transpose()
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

    /// The order that a statement made by [`order!`](super::order) finds by these ids.
    pub(crate) async fn with<T: Columns, U: Columns>(
        conn: Conn<'_>,
        statement: &'static str,
        ids: &[Uuid],
    ) -> Result<Option<Found<T, U>>, Error> {
        store::with(conn, statement, ids).await?.map(Found::try_from).transpose()
    }

    /// What the seller lets buyers do with it.
    pub(crate) fn policy(&self) -> Result<Policy, Error> {
        policy::read(self.producer, self.policy.as_deref())
    }

    /// What stands in the order's address.
    pub(crate) fn handle(&self) -> String {
        handle(self.code.as_str(), &self.seller.slug, self.is_shared)
    }

    /// What was taken, whether it went back or not.
    pub(crate) fn paid(&self) -> i64 {
        let took_money = |charge: &&Charge| charge.took_money() && !charge.goes_back;
        self.charges.iter().filter(took_money).map(|charge| charge.amount.amount).sum()
    }

    /// What is left of a charge that took money: all of it, less what went back or is going back.
    pub(crate) fn left_of(&self, charge: &Charge) -> i64 {
        if charge.status != ChargeStatus::Paid || charge.goes_back {
            return 0;
        }
        let held = self.parts_of(charge.id).filter(|part| part.is_alive());
        charge.amount.amount - held.map(|part| part.amount.amount).sum::<i64>()
    }

    /// What the gateway took to give back of a charge, or the source gave back by itself. What is only asked for has not gone anywhere yet.
    pub(crate) fn back_of(&self, charge: &Charge) -> i64 {
        if charge.status == ChargeStatus::Refunded {
            return charge.amount.amount;
        }
        self.parts_of(charge.id).filter(|part| part.is_back()).map(|part| part.amount.amount).sum()
    }

    /// What the source gave back of a charge by itself, beside refunds of ours.
    pub(crate) fn back_by_source(&self, charge: &Charge) -> Option<Money> {
        let ours = self.parts_of(charge.id).filter(|part| part.is_back()).map(|part| part.amount.amount).sum::<i64>();
        let rest = charge.amount.amount - ours;
        (charge.status == ChargeStatus::Refunded && rest > 0).then(|| Money::new(rest, charge.amount.currency))
    }

    /// What went back or is on its way.
    pub(crate) fn refunded(&self) -> i64 {
        self.charges.iter().map(|charge| self.back_of(charge)).sum()
    }

    fn parts_of(&self, charge: ChargeId) -> impl Iterator<Item = &RefundPart> {
        self.refunds.iter().flat_map(|refund| &refund.parts).filter(move |part| part.charge == charge)
    }
}

/// What stands in an order's address.
pub(crate) fn handle(code: &str, slug: &str, is_shared: bool) -> String {
    if is_shared { format!("{code}~{slug}") } else { code.to_owned() }
}

impl<T, U> TryFrom<store::Found<T, U>> for Found<T, U> {
    type Error = Error;

    fn try_from((more, rows, also): store::Found<T, U>) -> Result<Self, Error> {
        Ok(Self { order: rows.try_into()?, more, also })
    }
}

impl TryFrom<Rows> for OrderRecord {
    type Error = Error;

    fn try_from(rows: Rows) -> Result<Self, Error> {
        let Rows { order, items, charges, refunds, refund_items, refund_parts } = rows;
        let wrong = |what: &'static str| Error::inconsistent("orders", order.id, what);
        let currency = Currency::parse(&order.currency).map_err(|_| wrong("currency"))?;
        let period_start = order.period_start.map(Instant::from_micros);
        let refund = |row: RefundRow| {
            let of_this = refund_items.iter().filter(|item| item.refund_id == row.id);
            let items = of_this.map(|item| (ItemId(item.item_id), item.name.clone())).unzip();
            let parts = refund_parts.iter().filter(|part| part.refund_id == row.id);
            Refund::read(&row, items, parts)
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
            gateway: order.gateway.clone(),
            has_owed: order.has_owed,
            policy: order.policy.clone(),
            seller: seller(&order)?,
            zone: Zone::named(&order.seller_zone).map_err(|_| wrong("time zone"))?,
            items: items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?,
            charges: charges.into_iter().map(Charge::try_from).collect::<Result<_, _>>()?,
            subscription: subscription(&order)?,
            period_start,
            refunds: refunds.into_iter().map(refund).collect::<Result<_, _>>()?,
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
        period_start: Instant::from_micros(row.period_start.ok_or_else(|| wrong("period"))?),
        period_end: Instant::from_micros(row.period_end.ok_or_else(|| wrong("period"))?),
        discount: row.discount_percent.filter(|_| row.discount_cycles.is_some_and(|cycles| cycles > 0)),
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
            .map(|word| word.parse().map_err(|error| Error::inconsistent("refunds", row.item_id, error)))
            .transpose()?;
        Ok(Self {
            id: ItemId(row.item_id),
            name: row.item_name,
            offer: row.offer_name,
            amount: row.item_amount,
            sold: row.sold_amount,
            is_bump: row.is_bump,
            window_days: row.window_days,
            is_managed: row.is_managed,
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
            gateway: row.gateway,
            changed_at: Instant::from_micros(row.changed_at),
            has_same_card: row.has_same_card,
            goes_back: row.goes_back,
            period: row
                .period_start
                .zip(row.period_end)
                .map(|(start, end)| (Instant::from_micros(start), Instant::from_micros(end))),
        })
    }
}

impl Charge {
    /// Whether money came by it, whether it went back or not.
    pub(crate) fn took_money(&self) -> bool {
        matches!(self.status, ChargeStatus::Paid | ChargeStatus::Refunded | ChargeStatus::Disputed)
    }
}

impl RefundPart {
    /// Whether its money went back or is to go back.
    fn is_alive(&self) -> bool {
        !matches!(self.state, RefundPartState::Failed | RefundPartState::Released)
    }

    /// Whether the gateway took it.
    pub(crate) fn is_back(&self) -> bool {
        matches!(self.state, RefundPartState::Sent | RefundPartState::Settled)
    }
}

impl Refund {
    /// What of it went back or is on its way.
    pub(crate) fn back(&self) -> i64 {
        self.parts.iter().filter(|part| part.is_back()).map(|part| part.amount.amount).sum()
    }

    fn read<'a>(
        row: &RefundRow,
        (item_ids, items): (Vec<ItemId>, Vec<String>),
        parts: impl Iterator<Item = &'a RefundPartRow>,
    ) -> Result<Self, Error> {
        let wrong = |what: &'static str| Error::inconsistent("refunds", row.id, what);
        let currency = Currency::parse(&row.currency).map_err(|_| wrong("currency"))?;
        let part = |part: &RefundPartRow| {
            let state = part.state.parse().map_err(|_| wrong("part"))?;
            let (charge, amount) = (ChargeId(part.charge_id), Money::new(part.amount, currency));
            Ok(RefundPart { charge, amount, state })
        };
        Ok(Self {
            protocol: Protocol::on_file(row.protocol.clone()),
            state: row.state.parse().map_err(|_| wrong("state"))?,
            amount: Money::new(row.amount, currency),
            parts: parts.map(part).collect::<Result<_, Error>>()?,
            items,
            item_ids,
            requested_at: Instant::from_micros(row.requested_at),
            sent_at: row.sent_at.map(Instant::from_micros),
            ended_at: row.ended_at.map(Instant::from_micros),
            answer_by: row.answer_by.map(Instant::from_micros),
            answer: row.answer.clone(),
            payee_asked_at: row.payee_asked_at.map(Instant::from_micros),
            payee: row.payee_masked.clone(),
        })
    }
}
