//! Calls that go wrong: what is known afterwards is true, and the same key again makes one effect.

use super::{Account, PRICE, charge, kind, page, refund};
use portal::ports::{CardProgress, Cards, ChargeProgress, Charges, RefundProgress, Refunds};
use standin::fault::Fault;
use types::{DeclineReason, Method};

/// What goes wrong with a POST, what the adapter says of it, and whether it has its effect.
const FAULTS: &[(Fault, &str, bool)] = &[
    (Fault::Status(500), "unknown", false),
    (Fault::Status(503), "unknown", false),
    (Fault::Status(429), "unavailable", false),
    (Fault::StatusAfter(500), "unknown", true),
    (Fault::Reset, "unknown", false),
    (Fault::Lost, "unknown", true),
    (Fault::HangAfter, "unknown", true),
];

#[tokio::test]
async fn a_charge_that_went_wrong_is_found_or_was_not_made() {
    let account = Account::open();
    let card = account.card("pm_card_visa").await;
    for (at, (fault, says, has_effect)) in FAULTS.iter().enumerate() {
        let key = format!("in_{at}/1");
        let instruction = charge(&key, Method::Card, Some(card.clone()));
        account.standin.faults().plan("POST", "/v1/payment_intents", *fault);
        assert_eq!(kind(&account.facing(*fault).charge(&instruction).await), *says, "{fault:?}");
        assert_eq!(account.standin.faults().clear(), 0, "{fault:?} was met");
        let known = has_effect.then_some(ChargeProgress::Paid);
        assert_eq!(account.found(&key).await, known, "{fault:?}");
        let again = account.adapter.charge(&instruction).await.unwrap();
        assert_eq!((again.state, account.payments(&key)), (ChargeProgress::Paid, 1), "{fault:?}");
    }
    assert_eq!(account.standin.charges().len(), FAULTS.len());
}

#[tokio::test]
async fn a_question_of_the_bank_that_went_wrong_takes_no_money() {
    let account = Account::open();
    let card = account.card("pm_card_authenticationRequired").await;
    for (at, (fault, _, has_effect)) in FAULTS.iter().enumerate() {
        let key = format!("in_{at}/1");
        let instruction = charge(&key, Method::Card, Some(card.clone()));
        account.standin.faults().plan("POST", "/confirm", *fault);
        // There is a payment already: nothing is certain any more.
        assert_eq!(kind(&account.facing(*fault).charge(&instruction).await), "unknown", "{fault:?}");
        let known = account.found(&key).await.unwrap();
        let is_asked = matches!(known, ChargeProgress::ActionRequired { .. });
        let is_declined = known == ChargeProgress::Declined(DeclineReason::AuthenticationFailed);
        assert_eq!((is_asked, is_declined), (*has_effect, !has_effect), "{fault:?}");
        let again = account.adapter.charge(&instruction).await.unwrap();
        assert!(matches!(again.state, ChargeProgress::ActionRequired { .. }), "{fault:?}");
        assert_eq!(account.payments(&key), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_refund_that_went_wrong_is_found_or_was_not_made() {
    let account = Account::open();
    let card = account.card("pm_card_visa").await;
    for (at, (fault, says, has_effect)) in FAULTS.iter().enumerate() {
        let paid = account.adapter.charge(&charge(&format!("in_{at}"), Method::Card, Some(card.clone()))).await;
        let instruction = refund(&format!("part{at}"), &paid.unwrap().reference, PRICE);
        account.standin.faults().plan("POST", "/v1/refunds", *fault);
        assert_eq!(kind(&account.facing(*fault).refund(&instruction).await), *says, "{fault:?}");
        let known = account.adapter.find_refund(&instruction).await.unwrap().map(|report| report.state);
        assert_eq!(known, has_effect.then_some(RefundProgress::Succeeded), "{fault:?}");
        let again = account.adapter.refund(&instruction).await.unwrap();
        assert_eq!(again.state, RefundProgress::Succeeded, "{fault:?}");
    }
    assert_eq!(account.standin.refunds().len(), FAULTS.len());
}

#[tokio::test]
async fn a_page_that_went_wrong_is_one_page_when_it_is_asked_for_again() {
    for path in ["/v1/customers", "/v1/checkout/sessions"] {
        let account = Account::open();
        for (at, (fault, says, _)) in FAULTS.iter().enumerate() {
            let instruction =
                portal::ports::CardInstruction { account: format!("seller{at}"), ..page(&format!("u{at}")) };
            account.standin.faults().plan("POST", path, *fault);
            assert_eq!(kind(&account.facing(*fault).begin_card(&instruction).await), *says, "{path} {fault:?}");
            let opened = account.adapter.begin_card(&instruction).await.unwrap();
            assert_eq!(account.adapter.begin_card(&instruction).await.unwrap(), opened);
            assert_eq!(account.adapter.find_card(&opened.reference).await.unwrap(), CardProgress::Open);
        }
        let made = (account.standin.all("customer").len(), account.standin.all("checkout.session").len());
        assert_eq!(made, (FAULTS.len(), FAULTS.len()), "{path}");
    }
}

#[tokio::test]
async fn a_question_that_went_wrong_did_nothing() {
    let account = Account::open();
    let instruction = charge("k", Method::Card, Some(account.card("pm_card_visa").await));
    let back = refund("part", "pi_1", PRICE);
    for fault in [Fault::Status(500), Fault::Status(429), Fault::Reset, Fault::Lost, Fault::Hang] {
        let facing = account.facing(fault);
        let plan = |path| account.standin.faults().plan("GET", path, fault);
        plan("/v1/payment_methods");
        assert_eq!(kind(&facing.charge(&instruction).await), "unavailable", "{fault:?}");
        plan("/v1/payment_intents/search");
        assert_eq!(kind(&facing.find_charge("k").await), "unavailable", "{fault:?}");
        plan("/v1/payment_intents");
        assert_eq!(kind(&facing.find_charge("k").await), "unavailable", "{fault:?}");
        plan("/v1/refunds");
        assert_eq!(kind(&facing.find_refund(&back).await), "unavailable", "{fault:?}");
        plan("/v1/customers");
        assert_eq!(kind(&facing.begin_card(&page("u")).await), "unavailable", "{fault:?}");
        plan("/v1/checkout/sessions");
        assert_eq!(kind(&facing.find_card("cs_1").await), "unavailable", "{fault:?}");
    }
    assert!(account.standin.payment_intents().is_empty() && account.standin.all("checkout.session").is_empty());
}

#[tokio::test]
async fn a_stripe_that_is_not_there_did_nothing() {
    let account = Account::open();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let away = server::gateway::stripe::StripeAccount {
        base_url: format!("http://{nobody}"),
        secret_key: "sk_test_aftersale".to_owned(),
        prices: std::collections::BTreeMap::new(),
    };
    let clock = std::sync::Arc::new(super::ItsClock(account.standin.clock().clone()));
    let away = server::gateway::stripe::Stripe::new(account.guard.clone(), clock, away);
    assert_eq!(kind(&away.charge(&charge("k", Method::Pix, None)).await), "unavailable");
    assert_eq!(kind(&away.refund(&refund("part", "pi_1", PRICE)).await), "unavailable");
}
