//! What Guru and the programs behind it really send: everything that can be read is kept, and what cannot is refused by
//! its name.

use crate::door::hooks::{COURSE, PLAN, fixture, order, refusal, send, source, taken};
use crate::harness::{DAY, each_world, later, mails, producer};
use portal::testing::World;
use portal::time::format_instant;
use serde_json::{Value, json};
use types::OrderStatus;

fn course() -> Value {
    serde_json::from_str(&fixture("transaction_approved_course")).unwrap()
}

fn with(pointer: &str, value: Value) -> Value {
    let mut body = course();
    *body.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    body
}

async fn kept(world: &World, path: &str, body: Value) {
    assert_eq!(send(world, path, body.to_string()).await, taken("applied"), "{body}");
}

#[tokio::test]
async fn a_list_written_as_an_object_and_amounts_in_a_countrys_way_lose_nothing() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let items = course()["items"].as_array().unwrap().clone();
        let mut number = 0;
        for (pointer, value) in [
            ("/items", json!({"10": items[0], "2": items[1]})),
            ("/items/1/total_value", json!("R$ 19,90")),
            ("/payment/total", json!("316,90")),
            ("/contact/name", json!("Ana Souza")),
        ] {
            number += 1;
            let mut body = with(pointer, value);
            body["id"] = json!(format!("as-sent-{number}"));
            kept(world, &path, body).await;
            let bought = order(world, &producer, &format!("as-sent-{number}")).await;
            let lines: Vec<_> = bought.items.iter().map(|item| (item.product.as_str(), item.amount)).collect();
            assert_eq!(lines, [("FOTO-1", 29_700), ("EBOOK-1", 1_990)], "{pointer}");
        }
        let bump_alone = with("/items", items[1].clone());
        kept(world, &path, bump_alone).await;
        assert_eq!(order(world, &producer, COURSE).await.items.len(), 2);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_there_and_cannot_be_read_is_refused_by_its_name() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        for (pointer, values) in [
            ("/payment/total", vec![json!("much"), json!(-1), json!("1e3"), json!([1]), json!("1.234"), json!(true)]),
            ("/payment/currency", vec![json!("reais")]),
            ("/payment/installments/qty", vec![json!("many"), json!(1000)]),
            ("/payment", vec![json!("card"), json!([1])]),
            ("/items", vec![json!("FOTO-1"), json!(7)]),
            ("/items/1/total_value", vec![json!("x"), json!({"a": 1})]),
            ("/items/1/qty", vec![json!("two"), json!(2.5)]),
            ("/dates/confirmed_at", vec![json!("yesterday"), json!("18/11/2026"), json!({"at": 1})]),
            ("/contact", vec![json!("Ana"), json!(1)]),
            ("/contact/name", vec![json!({"first": "Ana"})]),
            ("/product", vec![json!("FOTO-1")]),
        ] {
            let name = pointer.trim_start_matches('/').replace("/1/", "[1].").replace('/', ".");
            for value in values {
                let why = refusal(world, &path, &with(pointer, value.clone())).await;
                assert!(why.contains(&format!("{name} cannot be read")), "{pointer} {value}: {why}");
            }
        }
        let nameless = json!([course()["items"][0], {"name": "Bônus", "total_value": 1}]);
        assert!(refusal(world, &path, &with("/items", nameless)).await.contains("items[1].id is missing"));
        assert!(portal::sales::find(&world.portal, &producer, &crate::harness::code(COURSE)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_cut_emoji_an_invisible_name_and_a_number_for_a_tax_id_are_kept_as_they_can_be() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let cut = fixture("transaction_approved_course").replace("Ana Souza", "Ana \\ud83d");
        assert_eq!(send(world, &path, format!("\u{feff}{cut}")).await, taken("applied"));
        assert_eq!(order(world, &producer, COURSE).await.order.buyer_name, "Ana \u{fffd}");
        for (number, invisible) in ["\u{200b}", "\u{3164}", "\u{2800}"].into_iter().enumerate() {
            let mut body = with("/contact/name", json!(invisible));
            body["id"] = json!(format!("invisible-{number}"));
            body["contact"]["doc"] = json!(191);
            body["contact"]["phone_number"] = json!("+55 11 99999-0001");
            kept(world, &path, body).await;
            let bought = order(world, &producer, &format!("invisible-{number}")).await;
            assert_eq!(bought.order.buyer_name, "ana.souza@example.com");
            assert_eq!(bought.tax_id.as_deref(), Some("00000000191"));
            assert_eq!(bought.phone.as_deref(), Some("5511999990001"));
        }
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn an_address_is_one_however_it_was_sent_and_one_that_exists_against_the_rules_is_kept() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        for (number, (sent, address)) in [
            ("ana.@docomo.ne.jp", "ana.@docomo.ne.jp"),
            ("a..b@docomo.ne.jp", "a..b@docomo.ne.jp"),
            ("jose\u{301}@example.com", "josé@example.com"),
            ("ana\u{200b}@example.com", "ana@example.com"),
            ("\u{202a}ana@example.com\u{202c}", "ana@example.com"),
            ("ana@example.com.", "ana@example.com"),
            ("Ana Souza <ana@example.com>", "ana@example.com"),
            ("ana@example.com;bia@example.com", "ana@example.com"),
            ("ana@xn--mnchen-3ya.de", "ana@münchen.de"),
            ("ANA＠MÜNCHEN.DE", "ana@münchen.de"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut body = with("/contact/email", json!(sent));
            body["id"] = json!(format!("address-{number}"));
            kept(world, &path, body).await;
            let bought = order(world, &producer, &format!("address-{number}")).await;
            assert_eq!(bought.order.email.as_str(), address, "{sent:?}");
        }
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_sale_whose_address_cannot_be_read_is_kept_until_it_is_put_right() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        for unreadable in [json!("null"), json!(null), json!("ana"), json!("ana@"), json!("")] {
            let mut body = with("/contact/email", unreadable.clone());
            body["payment"]["tax"]["value"] = json!(unreadable.to_string());
            let (status, outcome) = send(world, &path, body.to_string()).await;
            assert!(status == 200 && matches!(outcome.as_str(), "applied" | "older"), "{unreadable}: {status}");
        }
        world.settle().await;
        let bought = order(world, &producer, COURSE).await;
        assert_eq!((bought.order.status, bought.order.email.is_unknown()), (OrderStatus::Paid, true));
        assert_eq!(mails(world, "Purchase"), 0);

        // An older word that has an address is as good as a newer one.
        let mut right = with("/dates/updated_at", json!("2026-11-18T13:02:00Z"));
        right["dates"]["confirmed_at"] = json!("2026-11-18T13:01:00Z");
        assert_eq!(send(world, &path, right.to_string()).await, taken("applied"));
        later(world).await;
        assert_eq!(order(world, &producer, COURSE).await.order.email.as_str(), "ana.souza@example.com");
        assert_eq!(mails(world, "Purchase"), 1);
        // And what comes later without one takes nothing away.
        let mut again = with("/contact/email", json!("null"));
        again["dates"]["updated_at"] = json!("2026-11-18T14:00:00Z");
        kept(world, &path, again).await;
        later(world).await;
        assert_eq!(order(world, &producer, COURSE).await.order.email.as_str(), "ana.souza@example.com");
    })
    .await;
}

#[tokio::test]
async fn a_subscription_takes_what_it_leaves_out_from_its_last_transaction() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let mut body: Value = serde_json::from_str(&fixture("subscription_active_yearly")).unwrap();
        body["last_transaction"] = json!({"contact": body["subscriber"], "product": body["product"],
            "invoice": {"period_start": "2026-11-10", "period_end": "2027-11-09"}});
        for part in ["subscriber", "product"] {
            body[part] = json!([]);
        }
        for date in ["cycle_start_date", "cycle_end_date", "next_cycle_at"] {
            body["dates"][date] = json!(null);
        }
        body["current_invoice"] = json!([]);
        kept(world, &path, body.clone()).await;
        let bought = order(world, &producer, PLAN).await;
        assert_eq!(bought.order.email.as_str(), "ana.souza@example.com");
        let period_end = bought.subscription.unwrap().period_end;
        assert_eq!(format_instant(period_end), "2027-11-10T03:00:00Z");

        // One that was only begun, and has no cycle yet, is of no interest.
        body["subscription_code"] = json!("sub_begun");
        body["last_status"] = json!("started");
        body["last_transaction"] = json!([]);
        assert_eq!(send(world, &path, body.to_string()).await, taken("ignored"));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_long_ago_comes_in_quietly() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let now = world.portal.now();
        for (id, paid_at) in [("just-now", now), ("long-ago", now.minus(2 * DAY))] {
            let mut body = with("/id", json!(id));
            body["dates"]["confirmed_at"] = json!(format_instant(paid_at));
            kept(world, &path, body).await;
        }
        later(world).await;
        assert_eq!(order(world, &producer, "long-ago").await.order.status, OrderStatus::Paid);
        assert_eq!(mails(world, "Purchase"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_subscription_that_is_told_before_its_first_charge_brings_one_purchase_mail() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let now = world.portal.now();
        let (begun, paid) = (format_instant(now.minus(3 * DAY)), format_instant(now.minus(DAY / 24)));
        // A boleto of three days ago was paid just now. The last transaction is cut too short to be a charge.
        let mut plan: Value = serde_json::from_str(&fixture("subscription_active_yearly")).unwrap();
        plan["dates"]["started_at"] = json!(begun);
        plan["dates"]["last_status_at"] = json!(paid);
        plan["current_invoice"]["updated_at"] = json!(paid);
        plan["last_transaction"] = json!([]);
        kept(world, &path, plan.clone()).await;
        later(world).await;
        assert_eq!(mails(world, "Purchase"), 1);
        let mut charge = with("/id", json!("first-charge"));
        charge["subscription"] = json!({"id": plan["id"], "subscription_code": PLAN, "last_status": "active",
            "charged_every_days": 365, "started_at": begun});
        charge["dates"]["confirmed_at"] = json!(paid);
        kept(world, &path, charge).await;
        later(world).await;
        assert_eq!(mails(world, "Purchase"), 1);

        // One that was charged more than once is history.
        plan["subscription_code"] = json!("sub_older");
        plan["charged_times"] = json!(3);
        kept(world, &path, plan).await;
        later(world).await;
        assert_eq!(order(world, &producer, "sub_older").await.order.status, OrderStatus::Paid);
        assert_eq!(mails(world, "Purchase"), 1);
    })
    .await;
}
