//! A subscription and its invoices as Stripe has them, in the words of the port.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::method::charged_by;
use super::payment::payments;
use super::wire::{Invoice, List, Subscription};
use super::{Stripe, amount};
use portal::ports::{RecordedCharge, SubscriptionRecord};
use types::{ChargeStatus, Instant, IntervalUnit, Method, SubscriptionStatus};

/// How many invoices are read, the newest first.
const INVOICES: u32 = 100;

impl Stripe {
    pub(super) async fn record(&self, reference: &str) -> Result<Option<SubscriptionRecord>, Failure> {
        let subscription = match self.subscription(id(reference)?).await {
            Ok(subscription) => subscription,
            Err(Failure::Said(said)) if said.code.as_deref() == Some("resource_missing") => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let question =
            Form::new().with("subscription", reference).with("limit", INVOICES).with_list("expand", &["data.payments"]);
        let invoices: List<Invoice> = self.get("/v1/invoices", question).await?;
        let read = read(&subscription, invoices);
        read.map(Some).ok_or_else(|| Failure::NotDone(format!("the subscription {reference} cannot be read")))
    }
}

/// None where it is of a shape that we do not know: of several things, or priced by use.
fn read(subscription: &Subscription, invoices: List<Invoice>) -> Option<SubscriptionRecord> {
    let [item] = subscription.items.data.as_slice() else { return None };
    let recurring = item.price.recurring.as_ref()?;
    let quantity = i64::try_from(item.quantity.unwrap_or(1)).ok()?;
    let status = status(subscription);
    let period_start = item.current_period_start.or(subscription.current_period_start).map(Instant::from_seconds)?;
    let period_end = item.current_period_end.or(subscription.current_period_end).map(Instant::from_seconds)?;
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let method = charged_by(subscription);
    let has_all_charges = !invoices.has_more;
    let mut charges: Vec<RecordedCharge> =
        invoices.data.into_iter().flat_map(|invoice| charges(invoice, method)).collect();
    charges.reverse();
    let last_paid = charges.iter().filter_map(|charge| charge.paid_at.map(|_| charge.created_at)).next_back();
    // Stripe's period is the one that is owed then: what is paid ended with its beginning.
    let (period_start, period_end) = match status {
        SubscriptionStatus::PastDue => (last_paid.unwrap_or(period_start), period_start),
        _ => (period_start, period_end),
    };
    Some(SubscriptionRecord {
        status,
        price: amount::of_stripe(item.price.unit_amount? * quantity, item.price.currency.as_deref()?)?,
        interval: (unit(&recurring.interval)?, recurring.interval_count),
        period_start,
        period_end,
        next_charge_at: goes_on.then_some(period_end),
        canceled_at: subscription.canceled_at.map(Instant::from_seconds),
        charges,
        has_all_charges,
    })
}

fn status(subscription: &Subscription) -> SubscriptionStatus {
    let is_to_end = subscription.cancel_at_period_end || subscription.cancel_at.is_some();
    match subscription.status.as_str() {
        "canceled" | "incomplete_expired" => SubscriptionStatus::Ended,
        "past_due" | "unpaid" => SubscriptionStatus::PastDue,
        "paused" => SubscriptionStatus::Paused,
        _ if is_to_end => SubscriptionStatus::Ending,
        "trialing" => SubscriptionStatus::Trialing,
        _ => SubscriptionStatus::Active,
    }
}

fn unit(interval: &str) -> Option<IntervalUnit> {
    Some(match interval {
        "day" => IntervalUnit::Day,
        "week" => IntervalUnit::Week,
        "month" => IntervalUnit::Month,
        "year" => IntervalUnit::Year,
        _ => return None,
    })
}

/// What was paid by an invoice. One that is still to be paid is paid on its page.
fn charges(invoice: Invoice, method: Method) -> Vec<RecordedCharge> {
    let (is_paid, is_open) = (invoice.status.as_deref() == Some("paid"), invoice.status.as_deref() == Some("open"));
    let Some(created_at) = invoice.created.map(Instant::from_seconds).filter(|_| is_paid || is_open) else {
        return Vec::new();
    };
    let paid_at = invoice.status_transitions.as_ref().and_then(|at| at.paid_at).map(Instant::from_seconds);
    let (page, currency, due) = (invoice.hosted_invoice_url.clone(), invoice.currency.clone(), invoice.amount_due);
    let charge = |(reference, sent)| {
        Some(RecordedCharge {
            reference,
            amount: amount::of_stripe(sent, &currency)?,
            status: if is_paid { ChargeStatus::Paid } else { ChargeStatus::Pending },
            method,
            created_at,
            paid_at: paid_at.filter(|_| is_paid),
            payment_code: None,
            payment_url: page.clone().filter(|_| is_open),
        })
    };
    let open = || invoice.open_payment().map(|reference| (reference, due)).into_iter().collect();
    let found: Vec<(String, i64)> = match is_paid {
        false => open(),
        true => payments(invoice).into_iter().map(|one| (one.id, one.paid.unwrap_or(due))).collect(),
    };
    found.into_iter().filter_map(charge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use types::{Currency, Money};

    fn subscription(fields: Value) -> Subscription {
        let price = json!({"id": "price_1", "unit_amount": 4_990, "currency": "brl",
            "recurring": {"interval": "month", "interval_count": 1}});
        let item = json!({"id": "si_1", "price": price, "current_period_start": 100, "current_period_end": 200});
        let mut one = json!({"id": "sub_1", "status": "active", "items": {"data": [item]}});
        one.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        serde_json::from_value(one).unwrap()
    }

    fn none() -> List<Invoice> {
        List { data: Vec::new(), has_more: false }
    }

    #[test]
    fn where_it_stands_is_said_in_our_words() {
        let of = |fields| read(&subscription(fields), none()).unwrap();
        let running = of(json!({}));
        assert_eq!((running.status, running.next_charge_at), (SubscriptionStatus::Active, Some(running.period_end)));
        let ending = of(json!({"cancel_at_period_end": true, "canceled_at": 150}));
        assert_eq!((ending.status, ending.next_charge_at), (SubscriptionStatus::Ending, None));
        assert_eq!(ending.canceled_at, Some(Instant::from_seconds(150)));
        for (word, status) in [
            ("trialing", SubscriptionStatus::Trialing),
            ("past_due", SubscriptionStatus::PastDue),
            ("unpaid", SubscriptionStatus::PastDue),
            ("paused", SubscriptionStatus::Paused),
            ("canceled", SubscriptionStatus::Ended),
        ] {
            assert_eq!(of(json!({ "status": word })).status, status, "{word}");
        }
        let late = of(json!({"status": "past_due"}));
        assert_eq!((late.period_end, late.next_charge_at), (running.period_start, Some(running.period_start)));
        let several = subscription(json!({"items": {"data": []}}));
        assert!(read(&several, none()).is_none());
    }

    #[test]
    fn what_was_paid_and_what_is_open_are_charges_the_oldest_first() {
        let paid = json!({"id": "in_1", "status": "paid", "currency": "brl", "amount_due": 4_990, "amount_paid": 4_990,
            "created": 100, "status_transitions": {"paid_at": 101}, "payments": {"data": [
                {"status": "paid", "amount_paid": 4_990, "payment": {"payment_intent": "pi_1"}}]}});
        let open = json!({"id": "in_2", "status": "open", "currency": "brl", "amount_due": 4_990, "created": 150,
            "hosted_invoice_url": "https://pay", "payments": {"data": [
                {"status": "open", "payment": {"payment_intent": "pi_2"}}]}});
        let draft = json!({"id": "in_3", "status": "draft", "currency": "brl", "amount_due": 1, "created": 190});
        let list = json!({"data": [draft, open, paid], "has_more": false});
        let record = read(&subscription(json!({})), serde_json::from_value(list).unwrap()).unwrap();
        let [first, second] = record.charges.as_slice() else { panic!("{:?}", record.charges) };
        assert_eq!((first.reference.as_str(), first.status), ("pi_1", ChargeStatus::Paid));
        assert_eq!((first.amount, first.paid_at), (Money::new(4_990, Currency::BRL), Some(Instant::from_seconds(101))));
        assert_eq!((second.reference.as_str(), second.status), ("pi_2", ChargeStatus::Pending));
        assert_eq!((second.payment_url.as_deref(), second.paid_at), (Some("https://pay"), None));
    }
}
