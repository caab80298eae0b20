//! Calls that come again, and calls whose answer is lost.

use super::{Caller, id};
use crate::fault::Fault;
use std::time::Duration;

const PAY: &str = "amount=1000&currency=brl&payment_method=pm_card_visa&confirm=true&off_session=true";
const DECLINED: &str =
    "amount=1000&currency=brl&payment_method=pm_card_visa_chargeDeclined&confirm=true&off_session=true";

#[tokio::test]
async fn the_same_key_has_one_effect_and_one_answer() {
    let caller = Caller::start();
    let key = [("idempotency-key", "one")];
    let first = caller.call("POST", "/v1/payment_intents", PAY, &key).await.unwrap();
    let second = caller.call("POST", "/v1/payment_intents", PAY, &key).await.unwrap();
    assert_eq!((first.is_replayed, second.is_replayed, id(&first.body)), (false, true, id(&second.body)));
    let other = caller.call("POST", "/v1/payment_intents", DECLINED, &key).await.unwrap();
    assert_eq!((other.status, &other.body["error"]["type"]), (400, &"idempotency_error".into()));
    assert_eq!(caller.stripe.charges().len(), 1);
    caller.stripe.forward(Duration::from_secs(86_401)).await;
    caller.call("POST", "/v1/payment_intents", PAY, &key).await.unwrap();
    assert_eq!(caller.stripe.charges().len(), 2);
}

#[tokio::test]
async fn a_decline_is_kept_and_a_wrong_parameter_is_not() {
    let caller = Caller::start();
    let key = [("idempotency-key", "one")];
    for is_replayed in [false, true] {
        let said = caller.call("POST", "/v1/payment_intents", DECLINED, &key).await.unwrap();
        assert_eq!((said.status, said.is_replayed), (402, is_replayed));
    }
    let key = [("idempotency-key", "two")];
    assert_eq!(caller.call("POST", "/v1/payment_intents", "amount=x&currency=brl", &key).await.unwrap().status, 400);
    assert_eq!(caller.call("POST", "/v1/payment_intents", PAY, &key).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_key_whose_first_call_still_runs_is_in_use() {
    let caller = Caller::start();
    caller.stripe.latency(Duration::from_millis(300));
    let key = [("idempotency-key", "one")];
    let (first, second) = tokio::join!(caller.call("POST", "/v1/payment_intents", PAY, &key), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        caller.call("POST", "/v1/payment_intents", PAY, &key).await
    });
    let second = second.unwrap();
    assert_eq!((first.unwrap().status, second.status), (200, 409));
    assert_eq!(second.body["error"]["code"], "idempotency_key_in_use");
}

#[tokio::test]
async fn a_call_whose_answer_is_lost_has_had_its_effect() {
    let caller = Caller::start();
    for (number, fault) in [Fault::Lost, Fault::HangAfter].into_iter().enumerate() {
        caller.stripe.faults().plan("POST", "/v1/payment_intents", fault);
        let key = format!("key {number}");
        let key = [("idempotency-key", key.as_str())];
        assert!(caller.call("POST", "/v1/payment_intents", PAY, &key).await.is_none());
        assert_eq!(caller.stripe.charges().len(), number + 1);
        let again = caller.call("POST", "/v1/payment_intents", PAY, &key).await.unwrap();
        assert_eq!((again.status, again.is_replayed), (200, true));
        assert_eq!(caller.stripe.charges().len(), number + 1);
    }
    caller.stripe.faults().plan("POST", "/v1/payment_intents", Fault::Reset);
    assert!(caller.call("POST", "/v1/payment_intents", PAY, &[]).await.is_none());
    assert_eq!(caller.stripe.charges().len(), 2);
}

#[tokio::test]
async fn a_call_that_fails_on_demand_has_the_envelope_of_the_vendor() {
    let caller = Caller::start();
    for (fault, status, kind, effects) in [
        (Fault::Status(429), 429, "invalid_request_error", 0),
        (Fault::Status(503), 503, "api_error", 0),
        (Fault::StatusAfter(500), 500, "api_error", 1),
    ] {
        caller.stripe.faults().plan("POST", "/v1/payment_intents", fault);
        let said = caller.call("POST", "/v1/payment_intents", PAY, &[]).await.unwrap();
        assert_eq!((said.status, &said.body["error"]["type"]), (status, &kind.into()));
        assert_eq!(caller.stripe.charges().len(), effects);
    }
}
