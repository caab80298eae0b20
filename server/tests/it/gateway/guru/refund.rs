//! A transaction goes back as a whole, once, and what became of it is found.

use super::{Account, COURSE, DAY, MONTH, Pays, adapter, kind, refund, refused};
use portal::ports::{GatewayError, GatewayRefusal, RefundInstruction, RefundProgress, RefundReport, Refunds};
use reqwest::Method as Verb;
use serde_json::json;

async fn found(account: &Account, instruction: &RefundInstruction) -> Option<RefundReport> {
    account.adapter.find_refund(instruction).await.unwrap()
}

fn refusal(outcome: Result<RefundReport, GatewayError>) -> GatewayRefusal {
    match outcome {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_transaction_goes_back_once_and_is_found() {
    let account = Account::open();
    for method in [Pays::CreditCard, Pays::Pix] {
        let bought = account.buy("course", method).transaction;
        if method == Pays::Pix {
            account.standin.pay(&bought).unwrap();
        }
        let instruction = refund("part-1", &bought, COURSE, COURSE);
        assert_eq!(found(&account, &instruction).await, None);
        let taken = account.adapter.refund(&instruction).await.unwrap();
        assert_eq!((taken.reference.as_str(), taken.state), (bought.as_str(), RefundProgress::Pending));
        let back = account.adapter.refund(&instruction).await.unwrap();
        assert_eq!((back.reference.as_str(), &back.state), (bought.as_str(), &RefundProgress::Succeeded));
        assert_eq!(found(&account, &instruction).await, Some(back));
        let there = account.standin.transaction(&bought).unwrap();
        assert_eq!(there["payment"]["refund_reason"], "Aftersale part-1");
    }
    assert!(account.taken().is_empty());
}

#[tokio::test]
async fn a_part_is_left_to_the_producer_and_too_much_is_refused() {
    let account = Account::open();
    let bought = account.buy("course", Pays::CreditCard).transaction;
    let part = refund("part", &bought, COURSE, COURSE - 1);
    assert!(refused(account.adapter.refund(&part).await).contains("as a whole only"));
    assert_eq!(found(&account, &part).await, None);
    let more = account.adapter.refund(&refund("more", &bought, COURSE, COURSE + 1)).await;
    assert_eq!(refusal(more), GatewayRefusal::OverRefund);
    assert_eq!(account.taken(), [json!(297)]);
    account.adapter.refund(&refund("all", &bought, COURSE, COURSE)).await.unwrap();
    assert_eq!(refusal(account.adapter.refund(&part).await), GatewayRefusal::AlreadyRefunded);
}

#[tokio::test]
async fn what_the_producer_paid_back_at_guru_is_not_paid_back_again() {
    let account = Account::open();
    let bought = account.buy("course", Pays::CreditCard).transaction;
    let path = format!("/transactions/{bought}/refund");
    account.api(Verb::POST, &path, &json!({ "comment": "Arrependimento" })).await;
    let instruction = refund("part", &bought, COURSE, COURSE);
    let report = account.adapter.refund(&instruction).await.unwrap();
    assert_eq!(report.state, RefundProgress::Succeeded);
    assert_eq!(found(&account, &instruction).await, Some(report));
    let reason = account.standin.transaction(&bought).unwrap()["payment"]["refund_reason"].clone();
    assert_eq!(reason, "Arrependimento");
}

#[tokio::test]
async fn each_reason_against_a_refund_is_told_from_the_others() {
    let account = Account::open();
    let waits = account.buy("course", Pays::Pix).transaction;
    let unpaid = account.adapter.refund(&refund("r1", &waits, COURSE, COURSE)).await;
    assert_eq!(refusal(unpaid), GatewayRefusal::NotPaid);
    let disputed = account.buy("course", Pays::CreditCard).transaction;
    account.standin.chargeback(&disputed).unwrap();
    let bank = account.adapter.refund(&refund("r2", &disputed, COURSE, COURSE)).await;
    assert_eq!(refusal(bank), GatewayRefusal::Disputed);
    let nobody = "57a4d145-0000-4000-9000-999999999999";
    for reference in [nobody, "sub_nobody", "order 7", "../contacts"] {
        let refused = refused(account.adapter.refund(&refund("r3", reference, COURSE, COURSE)).await);
        assert_ne!(refused, "", "{reference}");
    }
    assert_eq!(found(&account, &refund("r4", nobody, COURSE, COURSE)).await, None);
    assert_eq!(found(&account, &refund("r4", "sub_nobody", COURSE, COURSE)).await, None);
}

#[tokio::test]
async fn what_a_subscription_was_charged_goes_back_and_is_found_after_it_was_charged_again() {
    let account = Account::open();
    let uuid = account.subscribe();
    let code = account.now(&uuid)["subscription_code"].as_str().unwrap().to_owned();
    let first = refund("first", &code, MONTH, MONTH);
    let taken = account.adapter.refund(&first).await.unwrap();
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.taken(), [json!(49.9)], "charged again");
    let report = found(&account, &first).await.unwrap();
    assert_eq!((report.reference, report.state), (taken.reference.clone(), RefundProgress::Succeeded));
    let second = account.adapter.refund(&refund("second", &uuid, MONTH, MONTH)).await.unwrap();
    assert_ne!(second.reference, taken.reference);
    assert_eq!(account.adapter.refund(&first).await.unwrap().reference, taken.reference, "the first key again");
    let third = account.adapter.refund(&refund("third", &uuid, MONTH, MONTH)).await;
    assert_eq!(refusal(third), GatewayRefusal::AlreadyRefunded);
    assert_eq!((account.transactions("refunded"), account.taken().len()), (2, 0));
}

#[tokio::test]
async fn a_wrong_token_makes_no_refund_fail() {
    let account = Account::open();
    let bought = account.buy("course", Pays::CreditCard).transaction;
    let wrong = adapter(&account.standin.base_url(), &account.standin, "user-token-of-nobody", account.guard.clone());
    let instruction = refund("part", &bought, COURSE, COURSE);
    assert_eq!(kind(&wrong.refund(&instruction).await), "unavailable");
    assert_eq!(kind(&wrong.find_refund(&instruction).await), "unavailable");
}
