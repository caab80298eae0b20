//! Another plan costs what was shown, or nothing changes.

use super::subscriber::{DEAR, Subscriber};
use super::{Account, KEY, PRICE, guard, kind};
use portal::ports::{GatewayError, PlanChange, PlanPreview, Subscriptions};
use server::gateway::stripe::{Stripe, StripeAccount};
use standin::fault::Fault;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

async fn previewed(account: &Account, subscriber: &Subscriber, change: &PlanChange) -> PlanPreview {
    account.adapter.preview(&subscriber.told("ignored"), change).await.unwrap().unwrap()
}

fn period_end(account: &Account, subscriber: &Subscriber) -> i64 {
    account.now(subscriber)["items"]["data"][0]["current_period_end"].as_i64().unwrap()
}

#[tokio::test]
async fn what_was_shown_is_what_is_charged_minutes_later() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    account.standin.forward(10 * DAY).await;
    let change = account.to("gold");
    let shown = previewed(&account, &subscriber, &change).await;
    assert!(shown.credit.amount > 6_000 && shown.credit.amount < 7_000, "two thirds of the old: {shown:?}");
    assert!(shown.due.amount > 6_000 && shown.due.amount < 7_000, "two thirds of the difference: {shown:?}");
    assert_eq!(shown.next_charge_at.seconds(), period_end(&account, &subscriber));
    account.standin.forward(Duration::from_secs(900)).await;
    assert_eq!(previewed(&account, &subscriber, &change).await, shown);
    assert_eq!((account.plan(&subscriber).as_str(), account.taken_from(&subscriber)), ("basic", PRICE));
    for _ in 0..2 {
        account.adapter.change_plan(&subscriber.told("change"), &change).await.unwrap();
        assert_eq!(account.taken_from(&subscriber), PRICE + shown.due.amount);
    }
    assert_eq!(account.plan(&subscriber), "gold");
    account.standin.forward(22 * DAY).await;
    assert_eq!(account.taken_from(&subscriber), PRICE + shown.due.amount + DEAR);
}

#[tokio::test]
async fn a_year_begins_at_once_and_a_cheaper_plan_is_due_nothing() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    account.standin.forward(10 * DAY).await;
    let change = account.to("year");
    let shown = previewed(&account, &subscriber, &change).await;
    assert!(shown.next_charge_at > change.counted_at.plus(364 * DAY), "{shown:?}");
    account.adapter.change_plan(&subscriber.told("up"), &change).await.unwrap();
    assert_eq!(account.taken_from(&subscriber), PRICE + shown.due.amount);
    let same = previewed(&account, &subscriber, &account.to("year")).await;
    assert_eq!(same.due.amount, 0, "the plan that it has");

    let subscriber = account.subscriber(&[("trial_period_days", "7")]).await;
    let shown = previewed(&account, &subscriber, &account.to("gold")).await;
    assert_eq!((shown.due.amount, shown.next_charge_at.seconds()), (0, period_end(&account, &subscriber)));
    account.adapter.change_plan(&subscriber.told("in trial"), &account.to("gold")).await.unwrap();
    assert_eq!((account.plan(&subscriber).as_str(), account.taken_from(&subscriber)), ("gold", 0));
    account.standin.forward(8 * DAY).await;
    let change = account.to("basic");
    let shown = previewed(&account, &subscriber, &change).await;
    assert_eq!(shown.due.amount, 0);
    account.adapter.change_plan(&subscriber.told("down"), &change).await.unwrap();
    assert_eq!((account.plan(&subscriber).as_str(), account.taken_from(&subscriber)), ("basic", DEAR));
}

#[tokio::test]
async fn what_is_not_paid_changes_nothing_and_is_not_paid_later() {
    let account = Account::open();
    for card in ["pm_card_chargeCustomerFail", "pm_card_authenticationRequired"] {
        let subscriber = account.subscriber(&[]).await;
        account.charge_to(&subscriber, card).await;
        account.standin.forward(10 * DAY).await;
        let change = account.to("gold");
        for key in ["change", "change", "another try"] {
            let instruction = subscriber.told(&format!("{card}/{key}"));
            let refused = account.adapter.change_plan(&instruction, &change).await;
            let words = refused.unwrap_err().to_string();
            assert!(words.contains("refused: the plan did not change"), "{card}: {words}");
        }
        assert_eq!((account.plan(&subscriber).as_str(), account.taken_from(&subscriber)), ("basic", PRICE));
        assert_eq!(account.invoices("open"), 0, "{card}: nothing is left that could be paid");
        account.standin.forward(2 * DAY).await;
        assert_eq!(account.plan(&subscriber), "basic");
    }
}

#[tokio::test]
async fn a_change_that_went_wrong_is_made_once_when_it_is_asked_for_again() {
    let account = Account::open();
    for fault in [Fault::Status(500), Fault::StatusAfter(502), Fault::Reset, Fault::Lost, Fault::HangAfter] {
        let subscriber = account.subscriber(&[]).await;
        account.standin.forward(10 * DAY).await;
        let change = account.to("gold");
        let due = previewed(&account, &subscriber, &change).await.due.amount;
        let instruction = subscriber.told(&format!("{fault:?}"));
        account.standin.faults().plan("POST", "/v1/subscriptions", fault);
        assert_eq!(kind(&account.facing(fault).change_plan(&instruction, &change).await), "unknown", "{fault:?}");
        account.adapter.change_plan(&instruction, &change).await.unwrap();
        assert_eq!(account.taken_from(&subscriber), PRICE + due, "{fault:?}");
    }
    let subscriber = account.subscriber(&[]).await;
    for (method, path) in [("POST", "create_preview"), ("GET", "/v1/subscriptions"), ("GET", "/v1/prices")] {
        account.standin.faults().plan(method, path, Fault::Lost);
        let asked = account.adapter.preview(&subscriber.told("k"), &account.to("gold")).await;
        assert_eq!(kind(&asked), "unavailable", "{path}");
    }
}

#[tokio::test]
async fn a_plan_is_the_price_that_the_connection_names_or_that_has_its_code() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    let unknown = account.adapter.preview(&subscriber.told("k"), &account.to("platinum")).await;
    assert!(
        matches!(&unknown, Err(GatewayError::Refused(words)) if words.to_string().contains("platinum")),
        "{unknown:?}"
    );
    let price = account.price("another", DEAR, "month").await;
    let named = StripeAccount {
        base_url: account.standin.base_url().to_owned(),
        secret_key: KEY.to_owned(),
        prices: BTreeMap::from([("platinum".to_owned(), price)]),
    };
    let clock = Arc::new(super::ItsClock(account.standin.clock().clone()));
    let adapter = Stripe::new(guard(), clock, named);
    adapter.change_plan(&subscriber.told("k"), &account.to("platinum")).await.unwrap();
    assert_eq!(account.plan(&subscriber), "another");
}

#[tokio::test]
async fn who_pays_by_invoice_keeps_the_plan() {
    let account = Account::open();
    let terms = [("collection_method", "send_invoice"), ("days_until_due", "3")];
    let subscriber = account.subscriber(&terms).await;
    let refused = account.adapter.change_plan(&subscriber.told("k"), &account.to("gold")).await;
    assert_eq!(kind(&refused), "refused");
    assert_eq!(account.plan(&subscriber), "basic");
}
