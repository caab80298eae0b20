//! The home page: everything of one person, by producer, newest first. One statement, whatever the number of orders.

use super::alert::{Facts, alert};
use super::store::{self, HomeRow, HomeSlice};
use crate::billing::Parts;
use crate::db::{Error, parsed};
use crate::order::{NextPlan, card, handle, next_charge, scheduled_plan};
use crate::refund::window;
use crate::text::search_form;
use crate::time::Zone;
use crate::{Buyer, Portal};
use data_encoding::BASE64URL_NOPAD;
use ground::particulars;
use types::view::{
    HomeView, InstallmentsView, OrderRow, OverdueView, PaymentView, ProducerOrders, ProducerView, SubscriptionView,
};
use types::{Code, Currency, Email, Instant, Money, OrderKind, OrderStatus, PictureName, RefundState, SubscriptionId};
use uuid::Uuid;

const PAGE: usize = 20;

/// What is asked of the list.
#[derive(Clone, Debug, Default)]
pub struct HomeQuery {
    /// Words to find in code or product names.
    pub search: Option<String>,
    /// Only orders with this status.
    pub status: Option<OrderStatus>,
    /// Where to go on; from [`HomeView::next_cursor`]. One that cannot be read begins at the start.
    pub cursor: Option<String>,
}

/// The buyer's orders of all producers, a page of 20.
pub async fn home(buyer: &Buyer, query: &HomeQuery) -> Result<HomeView, Error> {
    let slice = HomeSlice {
        person: buyer.person(),
        before: query.cursor.as_deref().and_then(read_cursor).unwrap_or((Instant::from_micros(i64::MAX), Uuid::max())),
        search: query.search.as_deref().map(search_form).filter(|text| !text.is_empty()).map(|text| like(&text)),
        status: query.status.map(OrderStatus::as_str),
        limit: PAGE as i64 + 1,
    };
    let mut rows = store::home(&buyer.portal().db, &slice).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next_cursor = rows.last().filter(|_| has_more).map(|row| cursor(row.ordered_at, row.id));
    let is_filtered = slice.search.is_some() || slice.status.is_some() || query.cursor.is_some();
    let has_any = !rows.is_empty() || (is_filtered && store::has_any(&buyer.portal().db, buyer.person()).await?);
    let is_all = !is_filtered && !has_more;
    let now = buyer.portal().now();
    let (mut producers, mut alerts) = (Vec::<ProducerOrders>::new(), Vec::new());
    if !is_all && has_any {
        // What is at risk is told wherever in the list it stands.
        for row in store::at_risk(&buyer.portal().db, buyer.person()).await? {
            alerts.extend(alert(&row, now)?);
        }
    }
    let erased_at = rows.first().and_then(|row| row.erased_at).map(Instant::from_micros);
    for row in rows {
        let order = read(buyer.portal(), &row)?;
        if is_all {
            alerts.extend(alert(&row, now)?);
        }
        match producers.iter_mut().find(|known| known.producer.slug == row.producer_slug) {
            Some(known) => known.orders.push(order),
            None => producers.push(ProducerOrders { producer: producer(row)?, orders: vec![order] }),
        }
    }
    // The worst first; of what is as bad, the newest.
    alerts.sort_by_key(|alert| alert.kind.rank());
    Ok(HomeView { email: buyer.email().clone(), producers, alerts, erased_at, has_any, next_cursor })
}

/// Finds `text` anywhere; what would be a wild card is itself.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

fn cursor(ordered_at: i64, id: Uuid) -> String {
    BASE64URL_NOPAD.encode(&[ordered_at.to_be_bytes().as_slice(), id.as_bytes()].concat())
}

fn read_cursor(text: &str) -> Option<(Instant, Uuid)> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (at, id) = bytes.split_first_chunk::<8>()?;
    Some((Instant::from_micros(i64::from_be_bytes(*at)), Uuid::from_slice(id).ok()?))
}

fn producer(row: HomeRow) -> Result<ProducerView, Error> {
    let email = Email::parse(&row.producer_email).map_err(|error| Error::inconsistent("producers", row.id, error))?;
    let particulars = particulars(row.id, row.particulars.as_deref())?;
    Ok(ProducerView::new(row.producer_name, row.producer_slug, email, row.producer_zone, particulars))
}

fn read(portal: &Portal, row: &HomeRow) -> Result<OrderRow, Error> {
    let wrong = |what: &'static str| Error::inconsistent("orders", row.id, what);
    let currency = Currency::parse(&row.currency).map_err(|_| wrong("currency"))?;
    let status: OrderStatus = row.status.parse().map_err(|_| wrong("status"))?;
    let kind: OrderKind = row.kind.parse().map_err(|_| wrong("kind"))?;
    let refund = row.refund_state.as_deref().map(str::parse).transpose().map_err(|_| wrong("refund"))?;
    Ok(OrderRow {
        handle: handle(&row.code, &row.producer_slug, row.is_shared),
        code: Code::parse(&row.code).map_err(|_| wrong("code"))?,
        kind,
        title: row.title.clone(),
        picture: parsed("products", row.id, row.picture.as_deref().map(PictureName::parse).transpose())?,
        more_items: row.items - 1,
        ordered_at: Instant::from_micros(row.ordered_at),
        total: Money::new(row.total, currency),
        status,
        refund,
        refundable_until: refundable_until(portal, row, status, refund)?,
        subscription: subscription(row, currency)?,
        installments: installments(row, currency)?,
        overdue: overdue(row, currency)?,
        owed: Facts::from(row).due()?,
        payment: PaymentView {
            method: row.method.parse().map_err(|_| wrong("method"))?,
            card: card(row.card_brand.as_deref(), row.card_last4.as_deref(), row.card_exp_month, row.card_exp_year),
        },
        content_url: row.content_url.clone(),
    })
}

fn refundable_until(
    portal: &Portal,
    row: &HomeRow,
    status: OrderStatus,
    refund: Option<RefundState>,
) -> Result<Option<Instant>, Error> {
    let is_free = refund
        .is_none_or(|state| matches!(state, RefundState::Failed | RefundState::Declined | RefundState::Withdrawn));
    let Some(paid_at) = row.paid_at.filter(|_| is_free && status == OrderStatus::Paid && row.total > 0) else {
        return Ok(None);
    };
    let zone = Zone::named(&row.producer_zone).map_err(|error| Error::inconsistent("orders", row.id, error))?;
    let released = row.released_at.map(Instant::from_micros);
    let until = window::last_second(Instant::from_micros(paid_at), released, row.window_days, &zone);
    Ok(window::is_open(until, portal.now()).then_some(until))
}

/// How far a price in instalments of ours is paid.
fn installments(row: &HomeRow, currency: Currency) -> Result<Option<InstallmentsView>, Error> {
    let plan = row.installments.zip(row.first_due_at).zip(row.parts_paid).zip(row.parts_total);
    let Some((((count, anchor), paid), total)) = plan else { return Ok(None) };
    let zone = Zone::named(&row.producer_zone).map_err(|error| Error::inconsistent("orders", row.id, error))?;
    let owed = row.owed_since.map(Instant::from_micros).zip(row.owed_amount);
    Ok(Some(Parts { total, count, anchor: Instant::from_micros(anchor), paid, owed }.view(&zone, currency)))
}

/// What was tried in vain. The days to come are on the order's own page.
fn overdue(row: &HomeRow, currency: Currency) -> Result<Option<OverdueView>, Error> {
    let wrong = |_| Error::inconsistent("invoices", row.id, "failure");
    let Some(amount) = row.owed_amount.filter(|_| row.is_overdue) else { return Ok(None) };
    Ok(Some(OverdueView {
        since: row.owed_since.map(Instant::from_micros),
        amount: Money::new(amount, currency),
        method: row.method.parse().map_err(|_| Error::inconsistent("orders", row.id, "method"))?,
        reason: row.owed_failure.as_deref().map(str::parse).transpose().map_err(wrong)?,
        retries: Vec::new(),
        access_stops: row.owed_grace.map(Instant::from_micros),
    }))
}

fn subscription(row: &HomeRow, currency: Currency) -> Result<Option<SubscriptionView>, Error> {
    let wrong = |what: &'static str| Error::inconsistent("subscriptions", row.id, what);
    let Some(id) = row.subscription_id else { return Ok(None) };
    let status =
        row.subscription_status.as_deref().and_then(|word| word.parse().ok()).ok_or_else(|| wrong("status"))?;
    let unit = row.interval_unit.as_deref().ok_or_else(|| wrong("interval"))?;
    Ok(Some(SubscriptionView {
        id: SubscriptionId(id),
        plan: row.plan_name.clone().ok_or_else(|| wrong("plan"))?,
        price: Money::new(row.plan_amount.ok_or_else(|| wrong("amount"))?, currency),
        interval: (unit.parse().map_err(|_| wrong("interval"))?, row.interval_count.ok_or_else(|| wrong("interval"))?),
        status,
        period_start: Instant::from_micros(row.period_start.ok_or_else(|| wrong("period"))?),
        period_end: Instant::from_micros(row.period_end.ok_or_else(|| wrong("period"))?),
        discount: row.discount_percent.filter(|_| row.discount_cycles.is_some_and(|cycles| cycles > 0)),
        next_charge_at: next_charge(status, row.next_charge_at),
        canceled_at: row.canceled_at.map(Instant::from_micros),
        scheduled: scheduled_plan(status, currency, next_plan(row))?,
    }))
}

/// Of which all columns are there, or none.
fn next_plan(row: &HomeRow) -> Option<NextPlan<'_>> {
    Some(NextPlan {
        id: row.scheduled_id?,
        plan: row.scheduled_plan.as_deref()?,
        amount: row.scheduled_amount?,
        unit: row.scheduled_unit.as_deref()?,
        count: row.scheduled_count?,
        at: row.scheduled_at?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_rubbish_is_not() {
        let id = Uuid::from_u128(7);
        assert_eq!(read_cursor(&cursor(-5, id)), Some((Instant::from_micros(-5), id)));
        for text in ["", "x", "AAAA", "%%%"] {
            assert_eq!(read_cursor(text), None);
        }
    }

    #[test]
    fn wild_cards_are_plain_letters() {
        assert_eq!(like("50%_a\\"), "%50\\%\\_a\\\\%");
    }
}
