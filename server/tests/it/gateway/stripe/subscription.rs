//! A subscription ends, goes on, and is paid in another way; what it was charged goes back.

use super::subscriber::Subscriber;
use super::{Account, PRICE, kind, refund};
use portal::ports::{CancelAt, GatewayError, RefundProgress, Refunds, StoredCard, Subscriptions};
use standin::fault::Fault;
use std::time::Duration;
use types::Method;

const DAY: Duration = Duration::from_secs(86_400);

fn status(account: &Account, subscriber: &Subscriber) -> String {
    account.now(subscriber)["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn ended_now_it_owes_nothing_and_nothing_is_paid_back() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    account.charge_to(&subscriber, "pm_card_chargeCustomerFail").await;
    account.standin.forward(32 * DAY).await;
    assert_eq!((status(&account, &subscriber).as_str(), account.invoices("open")), ("past_due", 1));
    let instruction = subscriber.told("cancel");
    for _ in 0..2 {
        account.adapter.cancel(&instruction, CancelAt::Now).await.unwrap();
        assert_eq!((status(&account, &subscriber).as_str(), account.invoices("open")), ("canceled", 0));
    }
    assert_eq!((account.invoices("void"), account.taken_from(&subscriber)), (1, PRICE));
    assert_eq!(kind(&account.adapter.undo_cancel(&subscriber.told("undo")).await), "refused", "it is over");
    account.adapter.cancel(&subscriber.told("later"), CancelAt::PeriodEnd).await.unwrap();
}

#[tokio::test]
async fn ended_with_its_period_it_can_be_kept_until_then() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await.unwrap();
    assert_eq!(account.now(&subscriber)["cancel_at_period_end"], true);
    account.adapter.undo_cancel(&subscriber.told("undo")).await.unwrap();
    assert_eq!(account.now(&subscriber)["cancel_at_period_end"], false);
    account.adapter.cancel(&subscriber.told("again"), CancelAt::PeriodEnd).await.unwrap();
    account.standin.forward(32 * DAY).await;
    assert_eq!((status(&account, &subscriber).as_str(), account.taken_from(&subscriber)), ("canceled", PRICE));
}

#[tokio::test]
async fn an_end_that_went_wrong_comes_about_when_it_is_asked_for_again() {
    let account = Account::open();
    let prefix = "/v1/subscriptions";
    for (at, fault) in [Fault::Status(500), Fault::Lost, Fault::Reset, Fault::HangAfter].into_iter().enumerate() {
        for (method, path, when) in
            [("DELETE", prefix, CancelAt::Now), ("POST", prefix, CancelAt::PeriodEnd), ("POST", "/void", CancelAt::Now)]
        {
            let subscriber = account.subscriber(&[]).await;
            account.charge_to(&subscriber, "pm_card_chargeCustomerFail").await;
            account.standin.forward(32 * DAY).await;
            let instruction = subscriber.told(&format!("cancel/{at}/{method}/{path}"));
            account.standin.faults().plan(method, path, fault);
            let outcome = account.facing(fault).cancel(&instruction, when).await;
            assert_eq!(kind(&outcome), "unknown", "{method} {path} {fault:?}");
            assert_eq!(account.standin.faults().clear(), 0);
            account.adapter.cancel(&instruction, when).await.unwrap();
            let is_over = status(&account, &subscriber) == "canceled";
            let ends = account.now(&subscriber)["cancel_at_period_end"] == true;
            assert_eq!((is_over, ends), (when == CancelAt::Now, when == CancelAt::PeriodEnd), "{fault:?}");
        }
    }
    let subscriber = account.subscriber(&[]).await;
    account.standin.faults().plan("GET", "/v1/invoices", Fault::Status(429));
    let late = account.adapter.cancel(&subscriber.told("late"), CancelAt::Now).await;
    assert_eq!(kind(&late), "unknown", "it ended, whatever became of its invoices");
}

#[tokio::test]
async fn what_is_charged_next_goes_to_another_card_or_is_sent_as_an_invoice() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    let card = |token: String| StoredCard { token: Some(token), last4: "4444".to_owned(), paid: None };
    let theirs = card(account.attached("pm_card_mastercard", &subscriber.customer).await);
    let pay = |key: &str, method, with: Option<StoredCard>| {
        let (instruction, adapter) = (subscriber.told(key), &account.adapter);
        async move { adapter.change_method(&instruction, method, with.as_ref()).await }
    };
    pay("card", Method::Card, Some(theirs.clone())).await.unwrap();
    assert_eq!(account.now(&subscriber)["default_payment_method"], *theirs.token.as_ref().unwrap());
    let of_another = account.card("pm_card_visa").await;
    assert_eq!(kind(&pay("other", Method::Card, Some(of_another)).await), "refused", "a card of another customer");
    assert_eq!(kind(&pay("none", Method::Card, None).await), "refused");
    pay("boleto", Method::Boleto, None).await.unwrap();
    let now = account.now(&subscriber);
    assert_eq!(now["collection_method"], "send_invoice");
    assert_eq!(now["payment_settings"]["payment_method_types"][0], "boleto");
    let pix = pay("pix", Method::Pix, None).await;
    assert!(matches!(&pix, Err(GatewayError::Refused(words)) if words.to_string().contains("pix")), "{pix:?}");
    pay("back", Method::Card, Some(card(subscriber.card.clone()))).await.unwrap();
    let now = account.now(&subscriber);
    assert_eq!(now["collection_method"], "charge_automatically");
    assert_eq!(now["payment_settings"]["payment_method_types"][0], "card");
}

#[tokio::test]
async fn what_a_subscription_was_charged_goes_back_and_is_found_after_it_was_charged_again() {
    let account = Account::open();
    let subscriber = account.subscriber(&[]).await;
    let invoice = account.now(&subscriber)["latest_invoice"].as_str().unwrap().to_owned();
    let first = refund("first", &subscriber.reference, PRICE);
    let report = account.adapter.refund(&first).await.unwrap();
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.taken_from(&subscriber), PRICE, "charged again");
    assert_eq!(account.adapter.find_refund(&first).await.unwrap(), Some(report.clone()));
    let second = account.adapter.refund(&refund("second", &subscriber.reference, PRICE)).await.unwrap();
    assert_eq!((second.state, account.taken_from(&subscriber)), (RefundProgress::Succeeded, 0));
    let by_invoice = refund("first", &invoice, PRICE);
    assert_eq!(account.adapter.find_refund(&by_invoice).await.unwrap(), Some(report));
    assert_eq!(kind(&account.adapter.refund(&refund("third", &invoice, PRICE)).await), "refused");
}

#[tokio::test]
async fn one_that_stripe_does_not_know_is_refused() {
    let account = Account::open();
    for reference in ["sub_nobody", "sub/../x"] {
        let (customer, card, reference) = (String::new(), String::new(), reference.to_owned());
        let nobody = Subscriber { customer, card, reference };
        for at in [CancelAt::Now, CancelAt::PeriodEnd] {
            assert_eq!(kind(&account.adapter.cancel(&nobody.told("cancel"), at).await), "refused");
        }
        assert_eq!(kind(&account.adapter.undo_cancel(&nobody.told("undo")).await), "refused");
        assert_eq!(kind(&account.adapter.preview(&nobody.told("plan"), &account.to("gold")).await), "refused");
    }
}
