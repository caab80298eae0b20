use super::*;
use portal::ports::{ChargeProgress, RefundProgress};
use serde_json::json;

// Made by Stripe's own library.
const BODY: &[u8] = br#"{"id":"evt_1","object":"event","type":"customer.subscription.updated"}"#;
const V1: &str = "eb03864eff8a502eb2620746551ea017dde47de0ddff61da8d48248a0e8f8813";
const SIGNED_AT: i64 = 1_700_000_000;

fn verified(secrets: &[&str], header: &str, after: i64) -> Result<(), Reject> {
    verify(secrets, header, BODY, Instant::from_seconds(SIGNED_AT + after))
}

fn header() -> String {
    format!("t={SIGNED_AT},v1={V1}")
}

#[test]
fn stripes_own_signature_fits() {
    assert_eq!(verified(&["whsec_test"], &header(), 0), Ok(()));
    assert_eq!(verified(&["whsec_other"], &header(), 0), Err(Reject::WrongSignature));
    assert_eq!(verified(&[], &header(), 0), Err(Reject::WrongSignature));
    assert_eq!(verified(&[""], &header(), 0), Err(Reject::WrongSignature));
}

#[test]
fn any_of_several_secrets_and_signatures_may_fit() {
    let wrong = "0".repeat(64);
    assert_eq!(verified(&["whsec_old", "whsec_test"], &header(), 0), Ok(()));
    let several = format!("t={SIGNED_AT},v1={wrong},v1={V1},v0={wrong}");
    assert_eq!(verified(&["whsec_test"], &several, 0), Ok(()));
    let only_v0 = format!("t={SIGNED_AT},v0={V1}");
    assert_eq!(verified(&["whsec_test"], &only_v0, 0), Err(Reject::Unreadable));
    assert_eq!(verified(&["whsec_test"], &format!("t={SIGNED_AT},v1={wrong}"), 0), Err(Reject::WrongSignature));
}

#[test]
fn a_signature_counts_for_five_minutes_both_ways() {
    for (after, is_taken) in [(299, true), (300, true), (301, false), (-299, true), (-300, true), (-301, false)] {
        let expected = if is_taken { Ok(()) } else { Err(Reject::WrongTime) };
        assert_eq!(verified(&["whsec_test"], &header(), after), expected, "{after}");
    }
}

#[test]
fn a_header_that_says_two_things_or_nothing_is_not_read() {
    let long = format!("{},v1={}", header(), "0".repeat(2000));
    for header in ["", "t=,v1=", "v1=00", "t=1", &format!("t=1,{}", header()), &format!("t=x,v1={V1}"), &long] {
        assert_eq!(verified(&["whsec_test"], header, 0), Err(Reject::Unreadable), "{header}");
    }
    let changed = verify(&["whsec_test"], &header(), b"{}", Instant::from_seconds(SIGNED_AT));
    assert_eq!(changed, Err(Reject::WrongSignature));
}

fn told(kind: &str, object: Value) -> Event {
    let body = json!({
        "id": "evt_1", "object": "event", "type": kind, "created": SIGNED_AT, "livemode": true, "account": "acct_1",
        "data": {"object": object},
    });
    read(body.to_string().as_bytes()).unwrap()
}

#[test]
fn an_event_says_whose_it_is_and_what_changed() {
    let payment = json!({"id": "pi_1", "status": "succeeded", "metadata": {"aftersale_key": "k"}});
    let event = told("payment_intent.succeeded", payment);
    assert_eq!((event.id.as_str(), event.account.as_deref(), event.is_live), ("evt_1", Some("acct_1"), true));
    assert_eq!(event.created, Instant::from_seconds(SIGNED_AT));
    let (reference, key) = ("pi_1".to_owned(), Some("k".to_owned()));
    assert_eq!(event.about, About::Payment { reference, key, progress: Some(ChargeProgress::Paid) });
}

#[test]
fn each_kind_names_what_to_look_at() {
    let some = |text: &str| Some(text.to_owned());
    let refund = json!({"id": "re_1", "status": "failed", "failure_reason": "declined", "payment_intent": "pi_1",
        "charge": "ch_1", "metadata": {"aftersale_key": "part"}});
    for kind in ["refund.failed", "charge.refund.updated"] {
        let About::Refund { key, payment, progress: RefundProgress::Failed { .. }, .. } =
            told(kind, refund.clone()).about
        else {
            panic!("a refund that failed")
        };
        assert_eq!((key, payment), (some("part"), some("pi_1")));
    }
    let parent = json!({"subscription_details": {"subscription": "sub_1"}});
    for (kind, object, expected) in [
        (
            "charge.refunded",
            json!({"id": "ch_1", "payment_intent": null}),
            About::PaidBack { charge: "ch_1".to_owned(), payment: None },
        ),
        (
            "checkout.session.completed",
            json!({"id": "cs_1", "metadata": {}}),
            About::Page { reference: "cs_1".to_owned(), key: None },
        ),
        (
            "charge.dispute.created",
            json!({"id": "dp_1", "charge": "ch_1", "payment_intent": "pi_1", "status": "needs_response"}),
            About::Dispute { charge: some("ch_1"), payment: some("pi_1"), is_won: None },
        ),
        (
            "charge.dispute.closed",
            json!({"id": "dp_1", "charge": {"id": "ch_1"}, "status": "lost"}),
            About::Dispute { charge: some("ch_1"), payment: None, is_won: Some(false) },
        ),
        (
            "customer.subscription.updated",
            json!({"id": "sub_1", "status": "active"}),
            About::Subscription { reference: "sub_1".to_owned() },
        ),
        (
            "invoice.paid",
            json!({"id": "in_1", "parent": parent}),
            About::Invoice { reference: "in_1".to_owned(), subscription: some("sub_1") },
        ),
        (
            "invoice.paid",
            json!({"id": "in_2", "subscription": "sub_2"}),
            About::Invoice { reference: "in_2".to_owned(), subscription: some("sub_2") },
        ),
        ("product.updated", json!({"id": "prod_1"}), About::Other),
        ("payment_intent.succeeded", json!({"surprise": true}), About::Other),
    ] {
        assert_eq!(told(kind, object).about, expected, "{kind}");
    }
    assert_eq!(read(b"{}"), Err(Unreadable));
}

#[test]
fn every_event_that_is_asked_for_is_read() {
    for kind in EVENTS {
        let object = json!({"id": "x_1", "status": "succeeded", "metadata": {}});
        assert_ne!(told(kind, object).about, About::Other, "{kind}");
    }
}
