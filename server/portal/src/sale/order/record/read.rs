//! Turns the rows of an order into its record, and checks them.

use super::store::{self, ChargeRow, ItemRow, OrderRow, RefundPartRow, RefundRow, Rows, ScheduledRow};
use super::{Charge, Found, Item, OrderRecord, Refund, RefundPart};
use crate::db::{Error, from_json, parsed};
use crate::ports::NamedGateway;
use crate::time::Zone;
use ground::particulars;
use types::plan::{PlanPrice, ScheduledPlan};
use types::view::{CardView, PayeePageView, PaymentView, ProducerView, SubscriptionView};
use types::{
    ChargeId, Code, Currency, Email, Instant, ItemId, Language, Money, OrderId, OrderRef, PersonId, PictureName,
    ProducerId, Protocol, QuoteId, SubscriptionId, SubscriptionStatus,
};
use uuid::Uuid;

impl<T, U> TryFrom<store::Found<T, U>> for Found<T, U> {
    type Error = Error;

    fn try_from((more, rows, also): store::Found<T, U>) -> Result<Self, Error> {
        Ok(Self { order: rows.try_into()?, more, also })
    }
}

impl TryFrom<Rows> for OrderRecord {
    type Error = Error;

    fn try_from(rows: Rows) -> Result<Self, Error> {
        let Rows { order, items, scheduled, charges, refunds, refund_items, refund_parts } = rows;
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
            producer_id: ProducerId(order.producer_id),
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
            tax_id: order.tax_id.clone(),
            phone: order.phone.clone(),
            address: from_json("orders", order.id, order.buyer_address.as_deref())?,
            details: from_json("orders", order.id, order.sale_details.as_deref())?,
            gateway: parsed(
                "orders",
                order.id,
                NamedGateway::read(order.gateway.clone(), order.connection.as_deref()),
            )?,
            has_owed: order.has_owed,
            has_calendar: order.has_calendar,
            policy: order.policy.clone(),
            producer: producer(&order)?,
            producer_email: producer_email(&order)?,
            producer_language: Language::of_tag(&order.producer_language).unwrap_or_default(),
            zone: Zone::named(&order.producer_zone).map_err(|_| wrong("time zone"))?,
            items: items.into_iter().map(Item::try_from).collect::<Result<_, _>>()?,
            charges: charges.into_iter().map(Charge::try_from).collect::<Result<_, _>>()?,
            subscription: subscription(&order, scheduled.as_ref())?,
            period_start,
            reference_there: order.subscription_reference,
            refunds: refunds.into_iter().map(refund).collect::<Result<_, _>>()?,
        })
    }
}

fn producer(order: &OrderRow) -> Result<ProducerView, Error> {
    Ok(ProducerView::new(
        order.producer_name.clone(),
        order.producer_slug.clone(),
        producer_email(order)?,
        order.producer_zone.clone(),
        particulars(order.producer_id, order.particulars.as_deref())?,
    ))
}

fn producer_email(order: &OrderRow) -> Result<Email, Error> {
    Email::parse(&order.producer_email).map_err(|error| Error::inconsistent("producers", order.producer_id, error))
}

fn payment(order: &OrderRow) -> Result<PaymentView, Error> {
    let method = order.method.parse().map_err(|error| Error::inconsistent("orders", order.id, error))?;
    let card =
        card(order.card_brand.as_deref(), order.card_last4.as_deref(), order.card_exp_month, order.card_exp_year);
    Ok(PaymentView { method, card })
}

/// A card is on file when all four of its columns are.
pub(crate) fn card(
    brand: Option<&str>,
    last4: Option<&str>,
    month: Option<i64>,
    year: Option<i64>,
) -> Option<CardView> {
    Some(CardView { brand: brand?.to_owned(), last4: last4?.to_owned(), exp_month: month?, exp_year: year? })
}

/// A subscription that is over, or about to be, is charged no more, whatever its source last reported.
pub(crate) fn next_charge(status: SubscriptionStatus, at: Option<i64>) -> Option<Instant> {
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    at.filter(|_| goes_on).map(Instant::from_micros)
}

/// The plan of an order that has one: of that, no column but those that may be empty is.
fn subscription(row: &OrderRow, scheduled: Option<&ScheduledRow>) -> Result<Option<SubscriptionView>, Error> {
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
        scheduled: scheduled_plan(status, currency, scheduled.map(NextPlan::of))?,
    }))
}

/// A plan that begins with the next period, as it is on file.
pub(crate) struct NextPlan<'a> {
    pub(crate) id: Uuid,
    pub(crate) plan: &'a str,
    pub(crate) amount: i64,
    pub(crate) unit: &'a str,
    pub(crate) count: i64,
    pub(crate) at: i64,
}

impl<'a> NextPlan<'a> {
    fn of(row: &'a ScheduledRow) -> Self {
        Self {
            id: row.id,
            plan: &row.plan_name,
            amount: row.amount,
            unit: &row.interval_unit,
            count: row.interval_count,
            at: row.period_start,
        }
    }
}

/// The plan that begins with the next period; none for a subscription that has no next one.
pub(crate) fn scheduled_plan(
    status: SubscriptionStatus,
    currency: Currency,
    next: Option<NextPlan<'_>>,
) -> Result<Option<ScheduledPlan>, Error> {
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let Some(next) = next.filter(|_| goes_on) else { return Ok(None) };
    let unit = next.unit.parse().map_err(|error| Error::inconsistent("plan_quotes", next.id, error))?;
    let price = PlanPrice { amount: Money::new(next.amount, currency), interval: (unit, next.count) };
    let at = Instant::from_micros(next.at);
    Ok(Some(ScheduledPlan { id: QuoteId(next.id), plan: next.plan.to_owned(), price, at }))
}

impl TryFrom<ItemRow> for Item {
    type Error = Error;

    fn try_from(row: ItemRow) -> Result<Self, Error> {
        let refund = row
            .refund_state
            .map(|word| word.parse().map_err(|error| Error::inconsistent("refunds", row.item_id, error)))
            .transpose()?;
        let picture = row.picture.as_deref().map(PictureName::parse).transpose();
        Ok(Self {
            id: ItemId(row.item_id),
            picture: parsed("products", row.item_id, picture)?,
            // What is not on file of the sale is as it is now.
            sold_as: match row.sold_name {
                Some(name) => (name, row.sold_offer),
                None => (row.item_name.clone(), row.offer_name.clone()),
            },
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
            gateway: parsed("charges", row.id, NamedGateway::read(row.gateway, row.connection.as_deref()))?,
            changed_at: Instant::from_micros(row.changed_at),
            has_same_card: row.has_same_card,
            goes_back: row.goes_back,
            given_back: row.given_back,
            given_back_at: row.given_back_at.map(Instant::from_micros),
            period: row
                .period_start
                .zip(row.period_end)
                .map(|(start, end)| (Instant::from_micros(start), Instant::from_micros(end))),
        })
    }
}

impl Refund {
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
            let page =
                |since| PayeePageView { amount, since: Instant::from_micros(since), url: part.payee_page.clone() };
            Ok(RefundPart {
                charge,
                amount,
                state,
                begun_at: part.begun_at.map(Instant::from_micros),
                page: part.payee_page_at.map(page),
            })
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
            is_given: row.is_given,
            payee_asked_at: row.payee_asked_at.map(Instant::from_micros),
            payee: row.payee_masked.clone(),
        })
    }
}
