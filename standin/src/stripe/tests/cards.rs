//! Each card of the table: saved, charged.

use super::{Caller, id};

#[tokio::test]
async fn cards_that_are_declined_are_declined_when_they_are_saved_and_when_they_are_charged() {
    let caller = Caller::start();
    let customer = id(&caller.post("/v1/customers", "").await);
    for (card, code, decline_code) in [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
        ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"),
    ] {
        let attach = format!("/v1/payment_methods/{card}/attach");
        let (status, error) = caller.refused(&attach, &format!("customer={customer}")).await;
        assert_eq!((status, &error["code"], &error["decline_code"]), (402, &code.into(), &decline_code.into()));
        let pay = format!("amount=1000&currency=brl&payment_method={card}&confirm=true&off_session=true");
        let (status, error) = caller.refused("/v1/payment_intents", &pay).await;
        assert_eq!((status, &error["code"], &error["decline_code"]), (402, &code.into(), &decline_code.into()));
        assert_eq!(error["type"], "card_error");
        assert_eq!(error["payment_intent"]["status"], "requires_payment_method");
        assert_eq!(error["payment_intent"]["last_payment_error"]["code"], code);
    }
    assert!(caller.stripe.paid_by(&customer).is_empty());
}

#[tokio::test]
async fn a_card_that_fails_later_can_be_saved() {
    let caller = Caller::start();
    let (customer, method) = caller.customer("pm_card_chargeCustomerFail").await;
    let pay = format!("amount=1000&currency=brl&customer={customer}&payment_method={method}&confirm=1&off_session=1");
    let (status, error) = caller.refused("/v1/payment_intents", &pay).await;
    assert_eq!((status, &error["code"]), (402, &"card_declined".into()));
}

#[tokio::test]
async fn a_card_that_asks_once_is_charged_off_session_only_after_it_was_set_up() {
    let caller = Caller::start();
    let pay = "amount=1000&currency=brl&payment_method=pm_card_authenticationRequiredOnSetup&confirm=1&off_session=1";
    let (status, error) = caller.refused("/v1/payment_intents", pay).await;
    assert_eq!((status, &error["code"]), (402, &"authentication_required".into()));

    let customer = id(&caller.post("/v1/customers", "").await);
    let body = format!("customer={customer}&payment_method=pm_card_authenticationRequiredOnSetup&confirm=1");
    let intent = caller.post("/v1/setup_intents", &format!("{body}&return_url=https://shop.example/back")).await;
    assert_eq!(intent["status"], "requires_action");
    assert_eq!(intent["next_action"]["redirect_to_url"]["return_url"], "https://shop.example/back");
    let page = format!("/3ds/{}", id(&intent));
    assert!(caller.call("GET", &page, "", &[]).await.unwrap().text.contains("no real money"));
    let said = caller.call("POST", &page, "do=confirm", &[]).await.unwrap();
    assert_eq!(said.status, 303);
    assert!(said.location.starts_with("https://shop.example/back?setup_intent=seti_"), "{}", said.location);

    let saved = caller.get(&format!("/v1/payment_methods?customer={customer}&type=card")).await;
    let method = id(&saved["data"][0]);
    let pay = format!("amount=1000&currency=brl&customer={customer}&payment_method={method}&confirm=1&off_session=1");
    assert_eq!(caller.post("/v1/payment_intents", &pay).await["status"], "succeeded");
}

#[tokio::test]
async fn a_card_that_always_asks_is_charged_only_with_its_owner() {
    let caller = Caller::start();
    for (card, does_confirm, status) in [
        ("pm_card_authenticationRequired", true, "succeeded"),
        ("pm_card_authenticationRequired", false, "requires_payment_method"),
        ("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", true, "requires_payment_method"),
        ("pm_card_threeDSecureRequiredChargeDeclined", true, "requires_payment_method"),
    ] {
        let off = format!("amount=1000&currency=brl&payment_method={card}&confirm=1&off_session=1");
        assert_eq!(caller.refused("/v1/payment_intents", &off).await.1["code"], "authentication_required");
        let on = format!("amount=1000&currency=brl&payment_method={card}&confirm=1&return_url=https://a.example/?b=c");
        let intent = caller.post("/v1/payment_intents", &on).await;
        assert_eq!(
            (&intent["status"], &intent["next_action"]["type"]),
            (&"requires_action".into(), &"redirect_to_url".into())
        );
        let answer = if does_confirm { "do=confirm" } else { "do=fail" };
        let said = caller.call("POST", &format!("/3ds/{}", id(&intent)), answer, &[]).await.unwrap();
        assert!(said.location.starts_with("https://a.example/?b=c&payment_intent=pi_"), "{}", said.location);
        assert_eq!(caller.get(&format!("/v1/payment_intents/{}", id(&intent))).await["status"], status, "{card}");
    }
}

#[tokio::test]
async fn the_card_of_an_outage_is_answered_with_an_error_of_the_vendor() {
    let caller = Caller::start();
    let pay = "amount=1000&currency=brl&payment_method=pm_card_standinUnavailable&confirm=1&off_session=1";
    let (status, error) = caller.refused("/v1/payment_intents", pay).await;
    assert_eq!((status, &error["type"]), (500, &"api_error".into()));
}

#[tokio::test]
async fn a_card_that_is_disputed_takes_its_charge_back() {
    let caller = Caller::start();
    let intent = caller.pay(1000, "pm_card_createDispute").await;
    let charge = caller.get(&format!("/v1/charges?payment_intent={}", id(&intent))).await["data"][0].clone();
    assert_eq!(charge["disputed"], true);
    let (status, error) = caller.refused("/v1/refunds", &format!("payment_intent={}", id(&intent))).await;
    assert_eq!((status, &error["code"]), (400, &"charge_disputed".into()));
    let dispute = id(&caller.get("/v1/disputes").await["data"][0]);
    caller.post(&format!("/v1/disputes/{dispute}"), "evidence[uncategorized_text]=winning_evidence").await;
    assert_eq!(caller.get(&format!("/v1/disputes/{dispute}")).await["status"], "won");
    assert!(caller.events().ends_with(&["charge.dispute.closed".into(), "charge.dispute.funds_reinstated".into()]));
}

#[tokio::test]
async fn the_next_charge_fails_on_demand_and_the_one_after_it_does_not() {
    let caller = Caller::start();
    caller.stripe.fail_next_charge("insufficient_funds");
    let pay = "amount=1000&currency=brl&payment_method=pm_card_visa&confirm=1&off_session=1";
    assert_eq!(caller.refused("/v1/payment_intents", pay).await.1["decline_code"], "insufficient_funds");
    assert_eq!(caller.post("/v1/payment_intents", pay).await["status"], "succeeded");
}
