//! Money goes back once for a key, and what became of it is found among the refunds of its payment.

use super::{Account, PRICE, adapter, charge, kind, refund};
use portal::ports::{Charges, GatewayError, GatewayRefusal, RefundInstruction, RefundProgress, RefundReport, Refunds};
use std::time::Duration;
use types::Method;

async fn found(account: &Account, instruction: &RefundInstruction) -> Option<RefundProgress> {
    account.adapter.find_refund(instruction).await.unwrap().map(|report| report.state)
}

fn refusal(outcome: Result<RefundReport, GatewayError>) -> GatewayRefusal {
    match outcome {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("refused: {other:?}"),
    }
}

#[tokio::test]
async fn parts_of_a_payment_go_back_each_once_and_no_more_than_there_is() {
    let account = Account::open();
    let payment = account.paid("in_1/1", "pm_card_visa").await;
    let (first, second) = (refund("part1", &payment, 4_000), refund("part2", &payment, PRICE - 4_000));
    assert_eq!(found(&account, &first).await, None);
    let report = account.adapter.refund(&first).await.unwrap();
    assert_eq!(report.state, RefundProgress::Succeeded);
    assert_eq!(account.adapter.refund(&first).await.unwrap(), report, "the same key again");
    assert_eq!(account.adapter.find_refund(&first).await.unwrap(), Some(report));
    assert_eq!(found(&account, &second).await, None, "another key");
    let too_much = account.adapter.refund(&refund("part3", &payment, PRICE)).await;
    assert_eq!(refusal(too_much), GatewayRefusal::OverRefund);
    account.adapter.refund(&second).await.unwrap();
    let again = account.adapter.refund(&refund("part4", &payment, 1)).await;
    assert_eq!(refusal(again), GatewayRefusal::AlreadyRefunded);
    assert_eq!(account.standin.refunds().len(), 2);
}

#[tokio::test]
async fn a_charge_is_as_good_a_name_as_its_payment() {
    let account = Account::open();
    let payment = account.paid("in_1/1", "pm_card_visa").await;
    let charge = account.standin.object(&payment).unwrap()["latest_charge"].as_str().unwrap().to_owned();
    let instruction = refund("part", &charge, PRICE);
    let report = account.adapter.refund(&instruction).await.unwrap();
    assert_eq!(account.adapter.find_refund(&instruction).await.unwrap(), Some(report));
}

#[tokio::test]
async fn each_reason_against_a_refund_is_told_from_the_others() {
    let account = Account::open();
    let waiting = account.adapter.charge(&charge("unpaid", Method::Pix, None)).await.unwrap().reference;
    let unpaid = account.adapter.refund(&refund("r1", &waiting, 100)).await;
    assert_eq!(refusal(unpaid), GatewayRefusal::NotPaid);

    let payment = account.paid("disputed", "pm_card_visa").await;
    let charge = account.standin.object(&payment).unwrap()["latest_charge"].as_str().unwrap().to_owned();
    account.standin.dispute(&charge).unwrap();
    assert_eq!(refusal(account.adapter.refund(&refund("r2", &payment, 100)).await), GatewayRefusal::Disputed);

    let payment = account.paid("poor", "pm_card_visa").await;
    account.standin.set_balance(0);
    let poor = refusal(account.adapter.refund(&refund("r3", &payment, 100)).await);
    assert!(poor.to_string().contains("balance"), "{poor}");

    for reference in ["pi_nobody", "ch_nobody", "in_nobody", "sub_nobody", "order 7", "../account"] {
        let refused = refusal(account.adapter.refund(&refund(reference.trim_matches('.'), reference, 100)).await);
        assert_ne!(refused.to_string(), "", "{reference}");
    }
    assert_eq!(found(&account, &refund("r4", "pi_nobody", 100)).await, None);
}

#[tokio::test]
async fn what_has_arrived_may_come_back_and_what_waits_may_arrive() {
    let account = Account::open();
    let comes_back = refund("back", &account.paid("a", "pm_card_refundFail").await, PRICE);
    let waits = refund("late", &account.paid("b", "pm_card_pendingRefund").await, PRICE);
    assert_eq!(account.adapter.refund(&comes_back).await.unwrap().state, RefundProgress::Succeeded);
    assert_eq!(account.adapter.refund(&waits).await.unwrap().state, RefundProgress::Pending);
    account.standin.forward(Duration::from_secs(2 * 86_400)).await;
    let Some(RefundProgress::Failed { reason }) = found(&account, &comes_back).await else { panic!("failed") };
    assert!(reason.contains(' '), "in words: {reason}");
    assert_eq!(found(&account, &waits).await, Some(RefundProgress::Succeeded));
}

#[tokio::test]
async fn a_wrong_key_makes_no_refund_fail() {
    let account = Account::open();
    let payment = account.paid("in_1/1", "pm_card_visa").await;
    let wrong = adapter(&account.standin, "sk_test_wrong", account.guard.clone());
    let instruction = refund("part", &payment, PRICE);
    assert_eq!(kind(&wrong.refund(&instruction).await), "unavailable");
    assert_eq!(kind(&wrong.find_refund(&instruction).await), "unavailable");
}
