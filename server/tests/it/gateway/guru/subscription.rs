//! A subscription ends at once or with its cycle, and goes on where that is taken back in time.

use super::{Account, DAY, Pays, kind, refused, told};
use portal::ports::{CancelAt, Subscriptions};

#[tokio::test]
async fn ended_now_it_owes_nothing_and_nothing_is_paid_back() {
    let account = Account::open();
    let id = account.subscribe();
    account.standin.decline_next("Saldo insuficiente");
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.now(&id)["last_status"], "pastdue");
    for _ in 0..2 {
        account.adapter.cancel(&told("cancel", &id), CancelAt::Now).await.unwrap();
        let now = account.now(&id);
        assert_eq!((&now["last_status"], &now["current_invoice"]["status"]), (&"canceled".into(), &"canceled".into()));
    }
    assert_eq!((account.now(&id)["cancel_reason"].as_str(), account.taken().len()), (Some("Aftersale cancel"), 1));
    account.adapter.cancel(&told("later", &id), CancelAt::PeriodEnd).await.unwrap();
    assert!(refused(account.adapter.undo_cancel(&told("undo", &id)).await).contains("has ended"));
}

#[tokio::test]
async fn ended_with_its_cycle_it_runs_until_then_and_can_be_ended_before() {
    let account = Account::open();
    let (runs, sooner) = (account.subscribe(), account.subscribe());
    for id in [&runs, &sooner] {
        for _ in 0..2 {
            account.adapter.cancel(&told("cancel", id), CancelAt::PeriodEnd).await.unwrap();
            assert_eq!(account.now(id)["last_status"], "active");
        }
    }
    account.adapter.cancel(&told("now", &sooner), CancelAt::Now).await.unwrap();
    assert_eq!(account.now(&sooner)["last_status"], "canceled");
    account.standin.forward(32 * DAY).await;
    assert_eq!((account.now(&runs)["last_status"].as_str(), account.taken().len()), (Some("canceled"), 2));
}

#[tokio::test]
async fn an_end_is_taken_back_more_than_five_days_before_and_refused_after() {
    let account = Account::open();
    let id = account.subscribe();
    account.adapter.undo_cancel(&told("nothing to undo", &id)).await.unwrap();
    account.adapter.cancel(&told("cancel", &id), CancelAt::PeriodEnd).await.unwrap();
    for _ in 0..2 {
        account.adapter.undo_cancel(&told("undo", &id)).await.unwrap();
        assert_eq!(account.now(&id)["cancel_at_cycle_end"], 0);
    }
    account.adapter.cancel(&told("again", &id), CancelAt::PeriodEnd).await.unwrap();
    account.standin.forward(27 * DAY).await;
    let late = refused(account.adapter.undo_cancel(&told("late", &id)).await);
    assert!(late.contains("5 dias"), "in Guru's words: {late}");
    assert_eq!(account.now(&id)["cancel_at_cycle_end"], 1);
}

#[tokio::test]
async fn one_that_was_never_paid_ends_and_its_boleto_with_it() {
    let account = Account::open();
    let bought = account.buy("month", Pays::Billet);
    let id = bought.subscription.unwrap();
    account.adapter.cancel(&told("cancel", &id), CancelAt::Now).await.unwrap();
    assert_eq!(account.now(&id)["last_status"], "canceled");
    assert_eq!(account.standin.transaction(&bought.transaction).unwrap()["status"], "canceled");
}

#[tokio::test]
async fn one_that_guru_does_not_know_is_refused() {
    let account = Account::open();
    for reference in ["sub_nobody", "sub/../x"] {
        let nobody = told("k", reference);
        for at in [CancelAt::Now, CancelAt::PeriodEnd] {
            assert_eq!(kind(&account.adapter.cancel(&nobody, at).await), "refused", "{reference}");
        }
        assert_eq!(kind(&account.adapter.undo_cancel(&nobody).await), "refused", "{reference}");
        assert_eq!(kind(&account.adapter.preview(&nobody, &account.to("gold")).await), "refused", "{reference}");
        assert_eq!(kind(&account.adapter.change_plan(&nobody, &account.to("gold")).await), "refused", "{reference}");
    }
}
