//! Calls that go wrong: what is known afterwards is true, and the same instruction again makes one effect.

use super::{Account, COURSE, DAY, Pays, kind, refund, told};
use portal::ports::{CancelAt, RefundProgress, Refunds, Subscriptions};
use standin::fault::Fault;
use types::Method;

/// What goes wrong with a call, what the adapter says of it, and whether it has its effect.
const FAULTS: &[(Fault, &str, bool)] = &[
    (Fault::Status(500), "unknown", false),
    (Fault::Status(503), "unknown", false),
    (Fault::Status(429), "unavailable", false),
    (Fault::Status(401), "unavailable", false),
    (Fault::StatusAfter(500), "unknown", true),
    (Fault::Reset, "unknown", false),
    (Fault::Lost, "unknown", true),
    (Fault::Hang, "unknown", false),
    (Fault::HangAfter, "unknown", true),
];

/// Questions that go wrong.
const DEAF: &[Fault] = &[Fault::Status(500), Fault::Status(429), Fault::Reset, Fault::Lost, Fault::Hang];

#[tokio::test]
async fn a_refund_that_went_wrong_is_found_or_was_not_made() {
    let account = Account::open();
    for (at, (fault, says, has_effect)) in FAULTS.iter().enumerate() {
        let bought = account.buy("course", Pays::CreditCard).transaction;
        let instruction = refund(&format!("part{at}"), &bought, COURSE, COURSE);
        account.standin.faults().plan("POST", "/refund", *fault);
        assert_eq!(kind(&account.facing(*fault).refund(&instruction).await), *says, "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
        let known = account.adapter.find_refund(&instruction).await.unwrap().map(|report| report.state);
        assert_eq!(known, has_effect.then_some(RefundProgress::Succeeded), "{fault:?}");
        account.adapter.refund(&instruction).await.unwrap();
        let again = account.adapter.refund(&instruction).await.unwrap();
        assert_eq!(again.state, RefundProgress::Succeeded, "{fault:?}");
    }
    assert_eq!((account.transactions("refunded"), account.taken().len()), (FAULTS.len(), 0));
}

#[tokio::test]
async fn an_end_that_went_wrong_comes_about_when_it_is_asked_for_again() {
    let account = Account::open();
    for (fault, says, has_effect) in FAULTS {
        for at in [CancelAt::Now, CancelAt::PeriodEnd] {
            let (id, comes_at_once) = (account.subscribe(), at == CancelAt::Now);
            let ends = || {
                let now = account.now(&id);
                if comes_at_once { now["last_status"] == "canceled" } else { now["cancel_at_cycle_end"] == 1 }
            };
            account.standin.faults().plan("POST", "/cancel", *fault);
            assert_eq!(kind(&account.facing(*fault).cancel(&told("first", &id), at).await), *says, "{fault:?}");
            assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
            assert_eq!(ends(), *has_effect, "{fault:?}");
            account.adapter.cancel(&told("second", &id), at).await.unwrap();
            let reason = account.now(&id)["cancel_reason"].clone();
            let asked = if *has_effect { "Aftersale first" } else { "Aftersale second" };
            assert!(ends() && reason == asked, "{fault:?}: asked for once, {reason}");
        }
        account.next_minute();
    }
}

#[tokio::test]
async fn an_end_that_is_taken_back_comes_about_when_it_is_asked_for_again() {
    let account = Account::open();
    for (fault, says, has_effect) in FAULTS {
        let id = account.subscribe();
        account.adapter.cancel(&told("cancel", &id), CancelAt::PeriodEnd).await.unwrap();
        account.standin.faults().plan("DELETE", "/cancel-at-cycle-end", *fault);
        assert_eq!(kind(&account.facing(*fault).undo_cancel(&told("undo", &id)).await), *says, "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
        assert_eq!(account.now(&id)["cancel_at_cycle_end"] == 0, *has_effect, "{fault:?}");
        account.adapter.undo_cancel(&told("undo", &id)).await.unwrap();
        assert_eq!(account.now(&id)["cancel_at_cycle_end"], 0, "{fault:?}");
    }
}

#[tokio::test]
async fn another_method_that_went_wrong_comes_about_when_it_is_asked_for_again() {
    let account = Account::open();
    for (fault, says, has_effect) in FAULTS {
        let id = account.subscribe();
        account.standin.faults().plan("PUT", "/payment-types", *fault);
        let outcome = account.facing(*fault).change_method(&told("pix", &id), Method::Pix, None).await;
        assert_eq!(kind(&outcome), *says, "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
        assert_eq!(account.now(&id)["payment_method"] == "pix", *has_effect, "{fault:?}");
        account.adapter.change_method(&told("pix", &id), Method::Pix, None).await.unwrap();
        assert_eq!(account.now(&id)["payment_method"], "pix", "{fault:?}");
    }
}

#[tokio::test]
async fn another_plan_that_went_wrong_is_bought_once_when_it_is_asked_for_again() {
    for offer in ["gold", "basic"] {
        let account = Account::open();
        for (fault, says, has_effect) in FAULTS {
            let id = account.subscribe();
            account.standin.forward(DAY).await;
            let (change, before) = (account.to(offer), account.taken().len());
            let has = || account.plans(&id).1 == offer;
            account.standin.faults().plan("PUT", "/plans", *fault);
            let outcome = account.facing(*fault).change_plan(&told("k", &id), &change).await;
            assert_eq!(kind(&outcome), *says, "{offer} {fault:?}");
            assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
            assert_eq!(has(), *has_effect, "{offer} {fault:?}");
            account.adapter.change_plan(&told("k", &id), &change).await.unwrap();
            let charged = account.taken().len() - before;
            assert_eq!((has(), charged), (true, usize::from(offer == "gold")), "{offer} {fault:?}");
        }
    }
}

#[tokio::test]
async fn who_stays_after_all_stays_once_when_it_is_asked_for_again() {
    let account = Account::open();
    for (fault, says, has_effect) in FAULTS {
        let id = account.subscribe();
        account.adapter.change_plan(&told("down", &id), &account.to("basic")).await.unwrap();
        let stay = account.to("month");
        account.standin.faults().plan("PUT", "/next-offer", *fault);
        assert_eq!(kind(&account.facing(*fault).change_plan(&told("stay", &id), &stay).await), *says, "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
        assert_eq!(account.plans(&id).1 == "month", *has_effect, "{fault:?}");
        account.adapter.change_plan(&told("stay", &id), &stay).await.unwrap();
        assert_eq!(account.plans(&id).1, "month", "{fault:?}");
    }
}

#[tokio::test]
async fn a_question_that_went_wrong_did_nothing() {
    let account = Account::open();
    let bought = account.buy("month", Pays::CreditCard);
    let id = bought.subscription.unwrap();
    let (of_it, of_sub) = (refund("r", &bought.transaction, COURSE, COURSE), refund("r", &id, COURSE, COURSE));
    for fault in DEAF {
        let facing = account.facing(*fault);
        let plan = |method, path: &str| account.standin.faults().plan(method, path, *fault);
        plan("GET", &format!("/transactions/{}", bought.transaction));
        assert_eq!(kind(&facing.refund(&of_it).await), "unavailable", "{fault:?}");
        plan("GET", &format!("/subscriptions/{id}/transactions"));
        assert_eq!(kind(&facing.find_refund(&of_sub).await), "unavailable", "{fault:?}");
        plan("GET", "/subscriptions");
        assert_eq!(kind(&facing.cancel(&told("k", &id), CancelAt::Now).await), "unavailable", "{fault:?}");
        plan("GET", "/subscriptions");
        assert_eq!(kind(&facing.undo_cancel(&told("k", &id)).await), "unavailable", "{fault:?}");
        plan("GET", "/subscriptions");
        assert_eq!(kind(&facing.change_method(&told("k", &id), Method::Pix, None).await), "unavailable", "{fault:?}");
        for (method, path) in [("GET", "/invoices"), ("GET", "/plans/available"), ("POST", "/plans/simulate")] {
            plan(method, path);
            let outcome = facing.change_plan(&told("k", &id), &account.to("gold")).await;
            assert_eq!(kind(&outcome), "unavailable", "{path} {fault:?}");
        }
        plan("POST", "/plans/simulate");
        assert_eq!(kind(&facing.preview(&told("k", &id), &account.to("gold")).await), "unavailable", "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met each time");
        account.next_minute();
    }
    let now = account.now(&id);
    assert_eq!((now["last_status"].as_str(), now["payment_method"].as_str()), (Some("active"), Some("credit_card")));
    assert_eq!((account.plans(&id).0.as_str(), account.taken().len()), ("month", 1));
}
