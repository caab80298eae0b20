//! Cards are charged without their holders, and once for a key.

use super::{Account, adapter, charge, kind, url_of};
use portal::ports::{ChargeInstruction, ChargeProgress, Charges, GatewayError, GatewayRefusal, StoredCard};
use std::time::Duration;
use types::{Currency, DeclineReason, Method, Money};

#[tokio::test]
async fn a_stored_card_is_charged_once_for_a_key_and_found_at_once_and_later() {
    let account = Account::open();
    let instruction = charge("in_1/1", Method::Card, Some(account.card("pm_card_visa").await));
    assert_eq!(account.found("in_1/1").await, None);
    let first = account.adapter.charge(&instruction).await.unwrap();
    let again = account.adapter.charge(&instruction).await.unwrap();
    assert_eq!((first.state.clone(), &first), (ChargeProgress::Paid, &again));
    assert_eq!(account.adapter.find_charge("in_1/1").await.unwrap(), Some(first.clone()), "before the search knows it");
    account.standin.forward(Duration::from_secs(120)).await;
    assert_eq!(account.adapter.find_charge("in_1/1").await.unwrap(), Some(first.clone()));
    assert_eq!(account.found("in_1/2").await, None);
    assert_eq!(account.found("in_1/1' OR '").await, None, "a key is no query");
    let kept = account.standin.object(&first.reference).unwrap();
    assert_eq!((kept["amount"].as_i64(), kept["currency"].as_str()), (Some(9_990), Some("brl")));
    assert_eq!((account.payments("in_1/1"), account.standin.charges().len()), (1, 1));
}

#[tokio::test]
async fn a_bank_that_declines_is_no_error_and_says_why() {
    let account = Account::open();
    let card = account.card("pm_card_visa").await;
    for (code, reason) in [
        ("generic_decline", DeclineReason::Generic),
        ("insufficient_funds", DeclineReason::InsufficientFunds),
        ("expired_card", DeclineReason::ExpiredCard),
        ("incorrect_cvc", DeclineReason::IncorrectCvc),
        ("lost_card", DeclineReason::LostCard),
        ("stolen_card", DeclineReason::StolenCard),
        ("processing_error", DeclineReason::ProcessingError),
        ("do_not_honor", DeclineReason::Generic),
    ] {
        account.standin.fail_next_charge(code);
        let declined = account.adapter.charge(&charge(code, Method::Card, Some(card.clone()))).await.unwrap();
        assert_eq!(declined.state, ChargeProgress::Declined(reason), "{code}");
        assert_eq!(account.adapter.find_charge(code).await.unwrap(), Some(declined), "{code}");
    }
    let later = charge("later", Method::Card, Some(account.card("pm_card_chargeCustomerFail").await));
    let declined = account.adapter.charge(&later).await.unwrap();
    assert_eq!(declined.state, ChargeProgress::Declined(DeclineReason::Generic));
}

#[tokio::test]
async fn a_bank_that_asks_is_answered_by_the_buyer_on_its_page() {
    let account = Account::open();
    for (key, test_card, answer, outcome) in [
        ("yes", "pm_card_authenticationRequired", "confirm", ChargeProgress::Paid),
        ("no", "pm_card_authenticationRequired", "fail", ChargeProgress::Declined(DeclineReason::AuthenticationFailed)),
        (
            "poor",
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "confirm",
            ChargeProgress::Declined(DeclineReason::InsufficientFunds),
        ),
    ] {
        let instruction = charge(key, Method::Card, Some(account.card(test_card).await));
        let asked = account.adapter.charge(&instruction).await.unwrap();
        let url = url_of(&asked);
        assert_eq!(account.adapter.charge(&instruction).await.unwrap(), asked, "the same page again");
        assert_eq!(account.adapter.find_charge(key).await.unwrap(), Some(asked));
        assert_eq!(account.send(&url, &[("do", answer)]).await.status, 303, "back to the portal");
        assert_eq!(account.found(key).await, Some(outcome), "{key}");
        assert_eq!(account.payments(key), 1);
    }
}

#[tokio::test]
async fn what_stripe_cannot_do_is_refused_in_words_and_leaves_nothing() {
    let account = Account::open();
    let card = account.card("pm_card_visa").await;
    let once = charge("k", Method::Card, Some(card.clone()));
    let gone = StoredCard { token: Some("pm_nobody".to_owned()), ..card.clone() };
    let odd = Money::new(5_124, Currency::parse("KWD").unwrap());
    for instruction in [
        ChargeInstruction { installments: 3, ..once.clone() },
        ChargeInstruction { method: Method::Other, ..once.clone() },
        ChargeInstruction { card: None, ..once.clone() },
        ChargeInstruction { card: Some(StoredCard { token: None, ..card.clone() }), ..once.clone() },
        ChargeInstruction { card: Some(gone), ..once.clone() },
        ChargeInstruction { amount: odd, ..once.clone() },
        ChargeInstruction { method: Method::Boleto, payer: None, ..once.clone() },
    ] {
        let refused = account.adapter.charge(&instruction).await;
        let is_in_words =
            matches!(&refused, Err(GatewayError::Refused(GatewayRefusal::Other(words))) if words.len() > 20);
        assert!(is_in_words, "{refused:?}");
    }
    account.api(&format!("/v1/payment_methods/{}/detach", card.token.clone().unwrap()), &[]).await;
    assert_eq!(kind(&account.adapter.charge(&once).await), "refused", "a card that is kept for nobody");
    assert!(account.standin.payment_intents().is_empty());
}

#[tokio::test]
async fn a_wrong_key_makes_nothing_fail_and_is_not_shown() {
    let account = Account::open();
    let wrong = adapter(&account.standin, "sk_test_wrong_and_secret", account.guard.clone());
    let charged = wrong.charge(&charge("k", Method::Card, Some(account.card("pm_card_visa").await))).await;
    assert_eq!((kind(&charged), kind(&wrong.find_charge("k").await)), ("unavailable", "unavailable"));
    let shown = format!("{charged:?} {wrong:?}");
    assert!(!shown.contains("wrong_and_secret"), "{shown}");
}

#[tokio::test]
async fn one_key_twice_at_the_same_moment_is_one_charge() {
    let account = Account::open();
    let instruction = charge("k", Method::Card, Some(account.card("pm_card_visa").await));
    account.standin.latency(Duration::from_millis(300));
    let (one, two) = tokio::join!(account.adapter.charge(&instruction), account.adapter.charge(&instruction));
    let mut kinds = [kind(&one), kind(&two)];
    kinds.sort_unstable();
    assert_eq!(kinds, ["done", "unknown"]);
    assert_eq!(account.found("k").await, Some(ChargeProgress::Paid));
    assert_eq!(account.payments("k"), 1);
}

#[tokio::test]
async fn a_key_that_comes_with_other_words_says_nothing_about_the_money() {
    let account = Account::open();
    let instruction = charge("k", Method::Card, Some(account.card("pm_card_visa").await));
    account.adapter.charge(&instruction).await.unwrap();
    let renamed = ChargeInstruction { description: "Luz: Clube novo".to_owned(), ..instruction };
    assert_eq!(kind(&account.adapter.charge(&renamed).await), "unknown");
    assert_eq!(account.found("k").await, Some(ChargeProgress::Paid));
}
