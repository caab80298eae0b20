use super::*;
use serde_json::{Value, json};
use types::IntervalUnit;

/// Noon of 2026-12-01 in Brasília.
const NOW: Instant = Instant::from_seconds(1_796_137_200);

fn subscription(fields: Value) -> Subscription {
    let mut one = json!({"id": "sub_1", "status": "ACTIVE", "value": 49.9, "cycle": "MONTHLY", "billingType": "PIX",
        "nextDueDate": "2026-12-20", "dateCreated": "2026-10-20"});
    one.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(one).unwrap()
}

fn payment(id: &str, due: &str, status: &str, billing: &str) -> Value {
    json!({"id": id, "status": status, "billingType": billing, "value": 49.9, "dueDate": due,
        "dateCreated": "2026-10-20", "clientPaymentDate": due, "invoiceUrl": "https://pay"})
}

fn list(payments: &[Value]) -> List<Payment> {
    serde_json::from_value(json!({"data": payments, "hasMore": false})).unwrap()
}

fn of(fields: Value, payments: &[Value]) -> Option<SubscriptionRecord> {
    read(&subscription(fields), &list(payments), NOW)
}

fn paid() -> Value {
    payment("pay_1", "2026-11-20", "RECEIVED", "PIX")
}

#[test]
fn where_it_stands_is_said_in_our_words() {
    let running = of(json!({}), &[paid()]).unwrap();
    assert_eq!(running.status, SubscriptionStatus::Active);
    assert_eq!((running.price, running.interval), (Money::new(4_990, Currency::BRL), (IntervalUnit::Month, 1)));
    let days = [running.period_start, running.period_end].map(|at| day::of(at).unwrap().to_string());
    assert_eq!(days, ["2026-11-20", "2026-12-20"]);
    assert_eq!(running.next_charge_at, Some(running.period_end));
    for (fields, status) in [
        (json!({"status": "INACTIVE"}), SubscriptionStatus::Ending),
        (json!({"endDate": "2026-12-19"}), SubscriptionStatus::Ending),
        (json!({"endDate": "2026-12-20"}), SubscriptionStatus::Active),
        (json!({"status": "EXPIRED"}), SubscriptionStatus::Ended),
        (json!({"deleted": true}), SubscriptionStatus::Ended),
    ] {
        let record = of(fields.clone(), &[paid()]).unwrap();
        assert_eq!(
            (record.status, record.next_charge_at.is_some()),
            (status, status == SubscriptionStatus::Active),
            "{fields}"
        );
    }
    let long_ago = payment("pay_1", "2026-10-20", "RECEIVED", "PIX");
    assert_eq!(of(json!({"status": "INACTIVE"}), &[long_ago]).unwrap().status, SubscriptionStatus::Ended);
    let late = payment("pay_1", "2026-11-20", "OVERDUE", "CREDIT_CARD");
    assert_eq!(of(json!({}), &[late]).unwrap().status, SubscriptionStatus::PastDue);
    let ahead = payment("pay_1", "2026-12-10", "PENDING", "CREDIT_CARD");
    assert_eq!(of(json!({}), &[ahead]).unwrap().status, SubscriptionStatus::Trialing);
}

#[test]
fn what_was_paid_and_what_waits_are_charges_the_oldest_first() {
    let waits = payment("pay_3", "2026-12-20", "PENDING", "BOLETO");
    let back = payment("pay_0", "2026-10-20", "REFUNDED", "PIX");
    let record = of(json!({"nextDueDate": "2027-01-20"}), &[waits, paid(), back]).unwrap();
    let told: Vec<_> = record.charges.iter().map(|charge| (charge.reference.as_str(), charge.status)).collect();
    let expected = [("pay_0", ChargeStatus::Refunded), ("pay_1", ChargeStatus::Paid), ("pay_3", ChargeStatus::Pending)];
    assert_eq!(told, expected);
    assert!(record.has_all_charges);
    let [_, paid, open] = record.charges.as_slice() else { panic!("three") };
    assert_eq!((paid.method, open.method), (Method::Pix, Method::Boleto));
    assert_eq!(paid.paid_at.and_then(day::of).unwrap().to_string(), "2026-11-20");
    assert_eq!(
        (open.paid_at, open.payment_url.as_deref(), paid.payment_url.as_deref()),
        (None, Some("https://pay"), None)
    );
}

#[test]
fn a_card_that_falls_due_waits_for_nobody_and_one_that_was_declined_does() {
    let card =
        |status: &str| of(json!({}), &[payment("pay_1", "2026-12-20", status, "CREDIT_CARD")]).unwrap().charges.len();
    assert_eq!((card("PENDING"), card("OVERDUE")), (0, 1));
}

#[test]
fn what_cannot_be_read_is_not_taken_for_something_else() {
    for fields in [json!({"status": "SOMETHING_NEW"}), json!({"cycle": "DAILY"}), json!({"nextDueDate": null})] {
        assert_eq!(of(fields.clone(), &[paid()]), None, "{fields}");
    }
    let mut strange = paid();
    strange["value"] = json!(-3);
    assert_eq!(of(json!({}), &[strange]), None);
    let mut untold = list(&[paid()]);
    untold.has_more = None;
    assert!(!read(&subscription(json!({})), &untold, NOW).unwrap().has_all_charges);
}
