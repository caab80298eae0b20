//! Money of a subscription goes back by the payment that has it, once for a key, whatever is charged meanwhile.

use super::{Account, DAY, PRICE, Subscriber, kind};
use portal::ports::{RefundInstruction, RefundProgress, Refunds};
use types::{Currency, Method, Money};

fn refund(key: &str, of: &Subscriber) -> RefundInstruction {
    let price = Money::new(PRICE, Currency::BRL);
    RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: of.reference.clone(),
        charge_total: price,
        method: Method::Card,
        card_last4: None,
        amount: price,
        payee: None,
    }
}

/// How many payments of it went back.
fn back(account: &Account, subscriber: &Subscriber) -> usize {
    let all = account.standin.payments().into_iter().filter(|one| one["subscription"] == *subscriber.reference);
    all.filter(|one| one["refunds"].as_array().is_some_and(|refunds| refunds.len() == 1)).count()
}

#[tokio::test]
async fn what_a_subscription_was_charged_goes_back_once_also_after_it_was_charged_again() {
    let account = Account::open();
    let subscriber = account.subscriber("CREDIT_CARD").await;
    let first = refund("first", &subscriber);
    let report = account.adapter.refund(&first).await.unwrap();
    assert_eq!((report.state.clone(), back(&account, &subscriber)), (RefundProgress::Succeeded, 1));
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.paid(&subscriber), 1, "charged again");
    assert_eq!(account.adapter.find_refund(&first).await.unwrap(), Some(report.clone()));
    assert_eq!(account.adapter.refund(&first).await.unwrap(), report, "the same key again");
    assert_eq!((account.paid(&subscriber), back(&account, &subscriber)), (1, 1));
    account.adapter.refund(&refund("second", &subscriber)).await.unwrap();
    assert_eq!((account.paid(&subscriber), back(&account, &subscriber)), (0, 2));
    assert_eq!(kind(&account.adapter.refund(&refund("third", &subscriber)).await), "refused");
}

#[tokio::test]
async fn of_several_payments_the_newest_that_still_has_its_money_gives_it() {
    let account = Account::open();
    let subscriber = account.subscriber("CREDIT_CARD").await;
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.paid(&subscriber), 2);
    for (number, left) in [(0, 1), (1, 0)] {
        account.adapter.refund(&refund(&format!("part{number}"), &subscriber)).await.unwrap();
        assert_eq!(account.paid(&subscriber), left);
    }
}

/// The refund of a boleto bears no key: with two of them paid nobody knows which was meant, and none is taken for it.
#[tokio::test]
async fn a_boleto_of_a_subscription_goes_back_while_it_is_the_only_one() {
    let account = Account::open();
    let subscriber = account.subscriber("BOLETO").await;
    let report = account.adapter.refund(&refund("first", &subscriber)).await.unwrap();
    assert!(matches!(report.state, RefundProgress::WaitsForBuyer { page: Some(_) }), "{report:?}");
    let two = account.subscriber("BOLETO").await;
    account.standin.pay(account.payments(&two, "PENDING")[0]["id"].as_str().unwrap()).unwrap();
    assert_eq!(kind(&account.adapter.refund(&refund("second", &two)).await), "refused");
    assert_eq!((account.adapter.find_refund(&refund("second", &two)).await.unwrap(), back(&account, &two)), (None, 0));
}
