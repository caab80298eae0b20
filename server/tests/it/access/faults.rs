//! The member area fails in every way it can: the end is right, each attempt is kept, and nobody's events overtake each
//! other.

use crate::harness::browserless::form;
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::shop::{access_is, guru, guru_source, order, sell, send_hook, sign_in};
use crate::harness::site::{Api, ENGINES, Site, eventually};
use serde_json::{Value, json};
use server::example_area::Fault;

const FAULTS: [(&str, Fault); 5] = [
    ("broken", Fault::Status(500)),
    ("busy", Fault::Status(429)),
    ("reset", Fault::Reset),
    ("lost", Fault::Lost),
    ("hangs", Fault::Hang),
];

/// A product that opens the class 111 of an area of its own.
async fn product_in(api: &Api, code: &str, area: &Area) {
    api.put(&format!("member-areas/{code}"), &area.body()).await.expect(200);
    api.put(&format!("products/{code}"), &json!({"name": format!("Curso {code}")})).await.expect(200);
    let offer =
        json!({"product": code, "name": "À vista", "price": {"amount": 9_900, "currency": "BRL"}, "interval": null});
    api.put(&format!("offers/{code}"), &offer).await.expect(200);
    let rule = json!({"product": code, "member_area": code, "grant": {"classroom_ids": [111]}});
    api.put(&format!("access-rules/{code}"), &rule).await.expect(200);
}

/// Number and last answer of the attempts of each delivery of an order, oldest first.
fn attempts(order: &Value) -> Vec<(String, String, i64, i64)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let deliveries = order["deliveries"].as_array().unwrap().iter().rev();
    deliveries
        .map(|one| {
            let number = |name: &str| one[name].as_i64().unwrap_or_default();
            (word(&one["action"]), word(&one["state"]), number("attempts"), number("last_status"))
        })
        .collect()
}

async fn press_refund(site: &Site, email: &str, order: &str) -> Answer {
    let mut buyer = sign_in(site, email).await;
    let preview = buyer.visit(&format!("/orders/{order}/refund")).await.expect(200);
    buyer.press(&form(&preview, &format!("/orders/{order}/refund")), &[]).await.expect(303)
}

#[tokio::test]
async fn whatever_goes_wrong_once_access_comes_and_goes_and_each_attempt_is_kept_on_sqlite() {
    each_fault_once("sqlite").await;
}

#[tokio::test]
async fn whatever_goes_wrong_once_access_comes_and_goes_and_each_attempt_is_kept_on_postgres() {
    each_fault_once("postgres").await;
}

async fn each_fault_once(engine: &'static str) {
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    let mut areas = Vec::new();
    for (code, fault) in FAULTS {
        let area = Area::own().await;
        product_in(&luz, code, &area).await;
        area.fail(&[fault]).await;
        let email = format!("{code}@example.com");
        sell(&luz, &order(code, &email, &[(code, 9_900)])).await;
        areas.push((code, fault, email, area));
    }
    for (code, _, email, area) in &areas {
        access_is(&luz, code, "confirmed").await;
        // Access and deliveries of one answer are read one after the other: here both are of a time after the end.
        let seen = luz.order(code).await;
        let [(action, state, tries, status)] = &attempts(&seen)[..] else { panic!("{engine} {code}: {seen}") };
        assert_eq!((action.as_str(), state.as_str(), *tries), ("grant", "confirmed", 2), "{engine} {code}");
        assert!((200..300).contains(status), "{engine} {code}: {seen}");
        assert_eq!(area.classes(email).await, [111], "{engine} {code}");
    }
    for (code, fault, email, area) in &areas {
        area.fail(&[*fault]).await;
        press_refund(&site, email, code).await;
    }
    for (code, _, email, area) in &areas {
        access_is(&luz, code, "removed").await;
        // Access and deliveries of one answer are read one after the other: here both are of a time after the end.
        let seen = luz.order(code).await;
        let [_, (action, state, tries, _)] = &attempts(&seen)[..] else { panic!("{engine} {code}: {seen}") };
        assert_eq!((action.as_str(), state.as_str(), *tries), ("revoke", "confirmed", 2), "{engine} {code}");
        assert_eq!(area.classes(email).await, [0_i64; 0], "{engine} {code}");
        let told = area.told(email).await;
        assert!(told.is_sorted(), "nothing is given after it was taken: {engine} {code}: {told:?}");
    }
    site.assert_sound().await;
}

#[tokio::test]
async fn a_call_that_hangs_keeps_nobody_else_waiting() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    product_in(&luz, "foto", &area).await;
    area.fail(&[Fault::Hang]).await;
    let people = ["ana", "bruno", "carla"];
    for name in people {
        sell(&luz, &order(name, &format!("{name}@example.com"), &[("foto", 9_900)])).await;
    }
    let mut tries = Vec::new();
    for name in people {
        tries.push(attempts(&access_is(&luz, name, "confirmed").await)[0].2);
    }
    tries.sort_unstable();
    assert_eq!(tries, [1, 1, 2], "one call hung, and only that one was made again");
    site.assert_sound().await;
}

/// A sale from Guru with an id of its own.
fn sale(fixture: &str, id: &str) -> Value {
    let mut body = guru(fixture);
    body["id"] = json!(id);
    body["items"].as_array_mut().unwrap().truncate(1);
    body
}

const ANA: &str = "ana.souza@example.com";

/// What is known to be true is only what was answered: a call whose answer was lost may have had its effect.
#[tokio::test]
async fn access_that_may_have_been_given_is_taken_away_when_the_money_goes_back() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let area = Area::own().await;
        product_in(&luz, "FOTO-1", &area).await;
        let hook = guru_source(&luz).await;
        area.fail(&[Fault::Lost]).await;
        send_hook(&site, &hook, &sale("transaction_approved_course", "tx-1")).await.expect(200);
        eventually("the effect without an answer", async || (area.classes(ANA).await == [111]).then_some(())).await;
        send_hook(&site, &hook, &sale("transaction_refunded_course", "tx-1")).await.expect(200);
        eventually(&format!("{engine}: access to go"), async || area.classes(ANA).await.is_empty().then_some(())).await;
        access_is(&luz, "tx-1", "removed").await;
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn access_that_may_have_been_taken_away_is_given_again_to_who_buys_again() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let area = Area::own().await;
        product_in(&luz, "FOTO-1", &area).await;
        let hook = guru_source(&luz).await;
        send_hook(&site, &hook, &sale("transaction_approved_course", "tx-1")).await.expect(200);
        access_is(&luz, "tx-1", "confirmed").await;
        area.fail(&[Fault::Lost]).await;
        send_hook(&site, &hook, &sale("transaction_refunded_course", "tx-1")).await.expect(200);
        eventually("the effect without an answer", async || area.classes(ANA).await.is_empty().then_some(())).await;
        send_hook(&site, &hook, &sale("transaction_approved_course", "tx-2")).await.expect(200);
        eventually(&format!("{engine}: access to come back"), async || {
            (area.classes(ANA).await == [111]).then_some(())
        })
        .await;
        access_is(&luz, "tx-2", "confirmed").await;
        site.assert_sound().await;
    }
}
