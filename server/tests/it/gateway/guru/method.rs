//! What is charged next is paid by boleto or Pix.

use super::{Account, DAY, Pays, refused, told};
use portal::ports::{CancelAt, StoredCard, Subscriptions};
use types::Method;

#[tokio::test]
async fn the_next_cycle_is_paid_by_the_other_method() {
    let account = Account::open();
    assert_eq!(account.adapter.can().methods, [Method::Pix, Method::Boleto]);
    for (method, word) in [(Method::Boleto, "billet"), (Method::Pix, "pix")] {
        let id = account.subscribe();
        for _ in 0..2 {
            account.adapter.change_method(&told("method", &id), method, None).await.unwrap();
            assert_eq!(account.now(&id)["payment_method"], word);
        }
        account.standin.forward(32 * DAY).await;
        let last = account.standin.transactions().pop().unwrap();
        assert_eq!((&last["subscription"]["internal_id"], &last["payment"]["method"]), (&id.into(), &word.into()));
    }
}

#[tokio::test]
async fn a_card_is_not_taken_from_here() {
    let account = Account::open();
    let id = account.buy("month", Pays::Pix).subscription.unwrap();
    let card = StoredCard { token: Some("card_token".to_owned()), last4: "4242".to_owned(), paid: None };
    let by_card = account.adapter.change_method(&told("card", &id), Method::Card, Some(&card)).await;
    assert!(refused(by_card).contains("page of Guru's"));
    assert_eq!(account.now(&id)["payment_method"], "pix");
}

#[tokio::test]
async fn one_that_is_over_is_paid_by_nothing() {
    let account = Account::open();
    let id = account.subscribe();
    account.adapter.cancel(&told("cancel", &id), CancelAt::Now).await.unwrap();
    let late = refused(account.adapter.change_method(&told("late", &id), Method::Pix, None).await);
    assert!(late.contains("cancelada"), "in Guru's words: {late}");
}
