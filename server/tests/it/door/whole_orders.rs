//! `PUT /api/v1/orders/{code}`: the whole order again, as its source sees it now.

use crate::door::hooks::{fixture, send, source};
use crate::door::hooks_in_any_order::dump;
use crate::harness::{ANA, DAY, assert_mails, each_world, line, mails, order, producer, sign_in};
use axum::body::Body;
use axum::http::Request;
use portal::catalogue::api_key::create_api_key;
use portal::gateway_inbox::{self, Event, Report};
use portal::testing::World;
use portal::time::format_instant;
use portal::{Producer, on};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::time::Duration;
use types::view::AccessView;
use types::{OrderStatus, SubscriptionStatus};

/// A producer, and his key.
async fn shop(world: &World, slug: &str) -> (Producer, String) {
    let producer = producer(world, slug).await;
    let key = create_api_key(&world.portal, &producer, &line("test")).await.unwrap();
    (producer, key)
}

async fn ask(world: &World, key: &str, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    let request = Request::builder().method(method).uri(format!("/api/v1/{path}"));
    let request = request.header("authorization", format!("Bearer {key}")).header("content-type", "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let (status, _, answer) = crate::harness::call(world, request.body(body).unwrap()).await;
    (status, answer)
}

async fn put(world: &World, key: &str, body: &Value) -> Value {
    let path = format!("orders/{}", body["code"].as_str().unwrap());
    let (status, answer) = ask(world, key, "PUT", &path, Some(body)).await;
    assert_eq!(status, 200, "{answer}\n{body}");
    answer
}

async fn refused(world: &World, key: &str, body: &Value) -> (u16, Value) {
    let path = format!("orders/{}", body["code"].as_str().unwrap());
    let (status, answer) = ask(world, key, "PUT", &path, Some(body)).await;
    assert!(status >= 400, "{answer}\n{body}");
    (status, answer)
}

/// So many days from now.
fn day(world: &World, days: u32) -> String {
    format_instant(world.portal.now().plus(DAY * days))
}

/// So many days before now.
fn ago(world: &World, days: u32) -> String {
    format_instant(world.portal.now().minus(DAY * days))
}

/// A month of the photo course, paid an hour ago, with a bump.
fn month(world: &World, code: &str) -> Value {
    let paid = format_instant(world.portal.now().minus(Duration::from_secs(3600)));
    json!({
        "code": code, "version": 1, "kind": "subscription", "buyer": {"email": ANA, "name": "Ana Souza"},
        "items": [
            {"product": "photo", "offer": "photo", "amount": 4990},
            {"product": "ebook", "offer": "ebook", "amount": 1990, "bump": true}
        ],
        "currency": "BRL", "ordered_at": paid,
        "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2099}},
        "subscription": {
            "amount": 4990, "interval": {"unit": "month", "count": 1}, "period_start": paid,
            "period_end": day(world, 30)
        },
        "gateway": {"name": "bank"},
        "charges": [{"reference": format!("{code}-1"), "amount": 6980, "status": "paid", "method": "card",
            "created_at": paid, "paid_at": paid}]
    })
}

async fn events(world: &World) -> i64 {
    let (count,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select count(*) from events").fetch_one(c).await.unwrap()
    });
    count
}

#[tokio::test]
async fn a_renewal_moves_the_period_and_access_goes_on() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        let answer = put(world, &key, &plan).await;
        assert_eq!((&answer["status"], &answer["version"]), (&json!("paid"), &json!(1)), "{answer}");
        world.settle().await;
        assert_mails(world, &[("Purchase", 1)]);
        let ana = sign_in(world, ANA).await;

        world.clock.forward(DAY * 29);
        plan["version"] = json!(2);
        plan["subscription"]["period_start"] = plan["subscription"]["period_end"].clone();
        plan["subscription"]["period_end"] = json!(day(world, 31));
        let renewal = json!({"reference": "S-1-2", "amount": 4990, "status": "paid", "method": "card",
            "created_at": day(world, 0)});
        plan["charges"].as_array_mut().unwrap().push(renewal);
        put(world, &key, &plan).await;
        world.settle().await;
        world.clock.forward(DAY * 5);
        world.settle().await;
        let view = order(&ana, "S-1").await;
        let subscription = view.subscription.unwrap();
        assert_eq!((view.status, subscription.status), (OrderStatus::Paid, SubscriptionStatus::Active));
        assert_eq!(
            subscription.period_end,
            portal::time::parse_instant(plan["subscription"]["period_end"].as_str().unwrap()).unwrap()
        );
        assert!(matches!(view.items[0].access, AccessView::Confirmed { .. }), "{:?}", view.items[0].access);
        assert_eq!(view.charges.len(), 2);
        assert_mails(world, &[("Purchase", 1), ("AccessExpiring", 0)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_older_or_the_same_changes_nothing_and_answers_with_what_stands() {
    each_world(async |world| {
        let (producer, key) = shop(world, "luz").await;
        let first = month(world, "S-1");
        let mut second = first.clone();
        second["version"] = json!(2);
        second["subscription"]["status"] = json!("past_due");
        let failed = json!({"reference": "S-1-2", "amount": 4990, "status": "failed", "method": "card",
            "created_at": day(world, 0), "decline": "insufficient_funds", "installment": 2});
        second["charges"].as_array_mut().unwrap().push(failed);
        put(world, &key, &first).await;
        let stands = put(world, &key, &second).await;
        assert_eq!(stands["subscription"]["status"], "past_due");
        assert_eq!(stands["charges"][0]["decline"], "insufficient_funds", "{stands}");
        world.settle().await;
        let stands = put(world, &key, &second).await;
        let (before, letters, rows) = (events(world).await, world.mail.taken().len(), dump(world, &producer).await);
        assert_eq!(put(world, &key, &first).await, stands);
        assert_eq!(put(world, &key, &second).await, stands);
        world.settle().await;
        assert_eq!((events(world).await, world.mail.taken().len()), (before, letters));
        assert_eq!(dump(world, &producer).await, rows);
        // A newer version that says nothing new is no event either.
        second["version"] = json!(3);
        assert_eq!(put(world, &key, &second).await["version"], 3);
        assert_eq!(events(world).await, before);
    })
    .await;
}

#[tokio::test]
async fn money_that_went_back_is_told_in_part_and_in_full() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        put(world, &key, &plan).await;
        world.settle().await;
        let ana = sign_in(world, ANA).await;
        plan["version"] = json!(2);
        plan["refunds"] = json!([{"reference": "re-1", "charge": "S-1-1", "amount": 1990, "at": day(world, 0)}]);
        let answer = put(world, &key, &plan).await;
        assert_eq!((&answer["status"], &answer["charges"][0]["given_back"]), (&json!("partly_refunded"), &json!(1990)));
        world.settle().await;
        let view = order(&ana, "S-1").await;
        assert_eq!((view.refunded.amount, crate::harness::offered(&view)), (1_990, 4_990));
        assert!(matches!(view.items[0].access, AccessView::Confirmed { .. }));

        plan["version"] = json!(3);
        let rest = json!({"reference": "re-2", "charge": "S-1-1", "amount": 4990, "at": day(world, 0)});
        plan["refunds"].as_array_mut().unwrap().push(rest);
        let answer = put(world, &key, &plan).await;
        assert_eq!((&answer["status"], &answer["subscription"]["status"]), (&json!("refunded"), &json!("ended")));
        world.settle().await;
        assert!(!matches!(order(&ana, "S-1").await.items[0].access, AccessView::Confirmed { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_refund_of_ours_that_the_source_lists_is_counted_once() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        put(world, &key, &plan).await;
        world.settle().await;
        let ana = sign_in(world, ANA).await;
        let bump = order(&ana, "S-1").await.items[1].id;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::request(&ana, "S-1", number, &[bump]).await.unwrap();
        world.settle().await;
        // The gateway is out of reach: the producer pays by hand, and his gateway lists it.
        world.clock.forward(Duration::from_secs(3600));
        plan["version"] = json!(2);
        plan["refunds"] = json!([{"reference": "re-1", "charge": "S-1-1", "amount": 1990, "at": day(world, 0)}]);
        put(world, &key, &plan).await;
        world.settle().await;
        let view = order(&ana, "S-1").await;
        assert_eq!(view.refunds[0].state, types::RefundState::Settled);
        assert_eq!((view.refunded.amount, view.charges[0].back_by_source), (1_990, None));
        assert_eq!(mails(world, "RefundSettled"), 1);
    })
    .await;
}

#[tokio::test]
async fn cancellations_are_told_and_taken_back_and_disputes_end_access() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        put(world, &key, &plan).await;
        world.settle().await;
        let mut version = 1;
        let mut tell = async |change: &dyn Fn(&mut Value)| {
            version += 1;
            plan["version"] = json!(version);
            change(&mut plan);
            put(world, &key, &plan).await
        };
        let at = day(world, 0);
        let answer = tell(&|plan| {
            plan["subscription"]["status"] = json!("ending");
            plan["subscription"]["canceled_at"] = json!(at);
        })
        .await;
        assert_eq!((&answer["subscription"]["status"], &answer["status"]), (&json!("ending"), &json!("paid")));
        assert_eq!(answer["subscription"]["next_charge_at"], Value::Null);
        let answer = tell(&|plan| {
            plan["subscription"]["status"] = json!("active");
            plan["subscription"].as_object_mut().unwrap().remove("canceled_at");
        })
        .await;
        assert_eq!(
            (&answer["subscription"]["status"], &answer["subscription"]["canceled_at"]),
            (&json!("active"), &Value::Null)
        );
        let answer = tell(&|plan| plan["charges"][0]["status"] = json!("disputed")).await;
        assert_eq!(answer["status"], "disputed");
        world.settle().await;
        let (_, now) = ask(world, &key, "GET", "orders/S-1", None).await;
        assert_eq!(now["items"][0]["access"]["state"], "removed", "{now}");
        let answer = tell(&|plan| plan["charges"][0]["status"] = json!("paid")).await;
        assert_eq!(answer["status"], "paid");
        world.settle().await;
        let (_, now) = ask(world, &key, "GET", "orders/S-1", None).await;
        assert_eq!(now["items"][0]["access"]["state"], "confirmed", "{now}");
    })
    .await;
}

#[tokio::test]
async fn a_dispute_that_the_gateway_reports_before_the_payment_counts_with_it() {
    each_world(async |world| {
        let (producer, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        plan["charges"][0]["status"] = json!("waiting");
        plan["charges"][0].as_object_mut().unwrap().remove("paid_at");
        assert_eq!(put(world, &key, &plan).await["status"], "pending");
        let report = Report::Disputed { account: producer.id(), reference: "S-1-1".to_owned() };
        let (id, kind, body) = ("e-1".to_owned(), "charge.disputed".to_owned(), "{}".to_owned());
        let event = Event { gateway: "bank", id, kind, body, report };
        gateway_inbox::take(&world.portal, &event).await.unwrap();
        plan = month(world, "S-1");
        plan["version"] = json!(2);
        assert_eq!(put(world, &key, &plan).await["status"], "disputed");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn history_comes_in_quietly_and_a_corrected_address_gets_its_mail() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut old = month(world, "S-1");
        for place in ["/ordered_at", "/subscription/period_start", "/charges/0/created_at", "/charges/0/paid_at"] {
            *old.pointer_mut(place).unwrap() = json!(ago(world, 200));
        }
        old["buyer"]["email"] = json!("anna@exampel.com");
        old["charges"].as_array_mut().unwrap().extend((1..6).map(|number| {
            json!({"reference": format!("old-{number}"), "amount": 4990, "method": "card",
                "status": if number == 3 { "failed" } else { "paid" }, "created_at": ago(world, 200 - number * 30)})
        }));
        put(world, &key, &old).await;
        let mut over = month(world, "S-2");
        over["subscription"]["status"] = json!("ended");
        for place in ["/ordered_at", "/subscription/period_start", "/charges/0/created_at", "/charges/0/paid_at"] {
            *over.pointer_mut(place).unwrap() = json!(ago(world, 200));
        }
        over["subscription"]["period_end"] = json!(ago(world, 170));
        put(world, &key, &over).await;
        world.settle().await;
        assert_eq!(world.mail.taken().len(), 0, "{:?}", world.mail.taken());

        old["version"] = json!(2);
        old["buyer"]["email"] = json!(ANA);
        put(world, &key, &old).await;
        world.settle().await;
        let taken = world.mail.taken();
        let told: Vec<_> = taken.iter().map(|letter| (letter.to.as_str(), letter.subject.as_str())).collect();
        assert_eq!(told, [(ANA, "Purchase")]);
        let (_, now) = ask(world, &key, "GET", "orders/S-1", None).await;
        assert_eq!((&now["buyer"]["email"], &now["items"][0]["access"]["state"]), (&json!(ANA), &json!("confirmed")));

        // That it ended some days ago is history as well, although the order is known.
        world.clock.forward(DAY * 10);
        old["version"] = json!(3);
        old["subscription"]["status"] = json!("ended");
        old["subscription"]["period_end"] = json!(ago(world, 3));
        put(world, &key, &old).await;
        world.settle().await;
        assert_eq!(world.mail.taken().len(), 1, "{:?}", world.mail.taken());
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_sold_no_more_gives_no_access_and_another_plan_is_the_same_line() {
    each_world(async |world| {
        let (producer, key) = shop(world, "luz").await;
        let mut plan = month(world, "S-1");
        put(world, &key, &plan).await;
        world.settle().await;
        plan["version"] = json!(2);
        plan["items"] = json!([{"product": "ebook", "offer": "ebook", "amount": 2990}]);
        let answer = put(world, &key, &plan).await;
        assert_eq!((&answer["items"][0]["product"], answer["items"].as_array().unwrap().len()), (&json!("ebook"), 1));
        world.settle().await;
        let told: Vec<String> = world.area.access_of(ANA).keys().map(|target| target.as_str().to_owned()).collect();
        assert_eq!(told, ["classroom:222"]);
        // What was sold stays what it was.
        let sale: Vec<String> = dump(world, &producer).await;
        assert!(sale.iter().any(|line| line.contains("Curso photo À vista 4990")), "{sale:#?}");
    })
    .await;
}

#[tokio::test]
async fn an_order_that_was_posted_is_put_as_well_and_our_calendar_keeps_its_money() {
    each_world(async |world| {
        let (_, key) = shop(world, "luz").await;
        let mut posted = month(world, "S-1");
        let charges = posted.as_object_mut().unwrap().remove("charges").unwrap();
        posted.as_object_mut().unwrap().remove("version");
        posted["paid_at"] = charges[0]["paid_at"].clone();
        let mut billed = posted.clone();
        (billed["code"], billed["gateway"]["name"]) = (json!("S-2"), json!("test"));
        for body in [&posted, &billed] {
            assert_eq!(ask(world, &key, "POST", "orders", Some(body)).await.0, 201);
        }
        world.settle().await;
        // Charged by somebody else: everything may change.
        posted["version"] = json!(1);
        posted["subscription"]["status"] = json!("ended");
        assert_eq!(put(world, &key, &posted).await["subscription"]["status"], "ended");
        // Charged by us: the buyer may, whatever else was said at the sale may be said again, and nothing else.
        billed["version"] = json!(1);
        billed["buyer"]["email"] = json!("bia@example.com");
        assert_eq!(put(world, &key, &billed).await["buyer"]["email"], "bia@example.com");
        world.clock.forward(DAY * 40);
        world.settle().await;
        billed["version"] = json!(2);
        billed["buyer"]["phone"] = json!("+5511999990001");
        let answer = put(world, &key, &billed).await;
        assert_eq!(answer["charges"].as_array().unwrap().len(), 2, "renewed by us: {answer}");
        assert_eq!(answer["phone"], "+5511999990001");
        let before = events(world).await;
        let charge = json!({"reference": "of-somebody-else", "amount": 4990, "status": "paid", "method": "card",
            "created_at": day(world, 0)});
        for (place, value) in [
            ("charges", json!([charge])),
            ("items", json!([{"product": "photo", "offer": "photo", "amount": 4990, "bump": true}])),
        ] {
            let mut contrary = billed.clone();
            contrary["version"] = json!(3);
            if place == "charges" {
                contrary.as_object_mut().unwrap().remove("paid_at");
            }
            contrary[place] = value;
            let (status, problem) = refused(world, &key, &contrary).await;
            assert_eq!((status, &problem["code"]), (409, &json!("order_charged_here")), "{problem}");
            assert_eq!(problem["errors"][0]["field"], place);
        }
        for (place, value) in
            [("status", json!("ended")), ("period_end", json!(day(world, 300))), ("amount", json!(9990))]
        {
            let mut contrary = billed.clone();
            contrary["version"] = json!(3);
            contrary["subscription"][place] = value;
            let (status, problem) = refused(world, &key, &contrary).await;
            assert_eq!((status, &problem["errors"][0]["field"]), (409, &json!("subscription")), "{place} {problem}");
        }
        assert_eq!(events(world).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_a_webhook_reports_is_the_webhooks_and_what_cannot_be_is_named() {
    each_world(async |world| {
        let (producer, key) = shop(world, "luz").await;
        let path = source(world, &producer).await;
        send(world, &path, fixture("transaction_approved_course")).await;
        let body = month(world, crate::door::hooks::COURSE);
        let (status, problem) = refused(world, &key, &body).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_of_another_source")));
        let charge = |change: Value| {
            let mut charge = body["charges"][0].clone();
            charge.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            charge
        };
        let back = |change: Value| {
            let mut refund = json!({"reference": "r", "charge": "S-1-1", "amount": 1, "at": day(world, 0)});
            refund.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            json!([refund])
        };
        for (place, value, field) in [
            ("version", json!(-1), "version"),
            ("version", json!("1"), "version"),
            ("version", json!(1.5), "version"),
            ("version", Value::Null, "version"),
            ("code", json!("S-9"), "code"),
            ("charges", json!([charge(json!({"amount": -1}))]), "charges[0].amount"),
            ("charges", json!([charge(json!({"amount": "4990"}))]), "charges[0].amount"),
            ("charges", json!([charge(json!({"amount": 1e3}))]), "charges[0].amount"),
            ("charges", json!([charge(json!({"status": "settled"}))]), "charges[0].status"),
            ("charges", json!([charge(json!({"status": "waiting"}))]), "charges[0].paid_at"),
            ("charges", json!([charge(json!({"decline": "expired_card"}))]), "charges[0].decline"),
            ("charges", json!([charge(json!({"pay": {"url": "https://pay.example"}}))]), "charges[0].pay"),
            ("charges", json!([charge(json!({})), charge(json!({}))]), "charges[1].reference"),
            ("charges", json!({"0": charge(json!({}))}), "charges"),
            ("refunds", back(json!({"charge": "nothing"})), "refunds[0].charge"),
            ("refunds", back(json!({"amount": 0})), "refunds[0].amount"),
            ("refunds", back(json!({"amount": 6981})), "refunds"),
            ("subscription", Value::Null, "subscription"),
            ("pay", json!({"url": "https://pay.example"}), "pay"),
        ] {
            let mut wrong = month(world, "S-1");
            let path = "orders/S-1";
            wrong[place] = value;
            let (status, problem) = ask(world, &key, "PUT", path, Some(&wrong)).await;
            let fields: Vec<_> =
                problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
            assert!(status == 422 && fields.contains(&field), "{place} {}: {status} {problem}", wrong[place]);
        }
        assert_eq!(ask(world, &key, "GET", "orders/S-1", None).await.0, 404);
    })
    .await;
}

/// Versions of one order: what changes from one to the next is whatever a source may tell.
fn history() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(
        (0..4u8, 0..5u8, 0..3u8, 0..6u8, 0..4u32, any::<bool>()).prop_map(
            |(plan, paid, email, status, cycles, has_bump)| Change { plan, paid, email, status, cycles, has_bump },
        ),
        1..6,
    )
}

#[derive(Clone, Debug)]
struct Change {
    plan: u8,
    paid: u8,
    email: u8,
    status: u8,
    cycles: u32,
    has_bump: bool,
}

fn version(world: &World, code: &str, number: usize, change: &Change) -> Value {
    let mut order = month(world, code);
    order["version"] = json!(number);
    order["ordered_at"] = json!(ago(world, 100));
    let product = if change.plan.is_multiple_of(2) { "photo" } else { "ebook" };
    let amount = 4_990 + i64::from(change.plan) * 1_000;
    let main = json!({"product": product, "offer": product, "amount": amount});
    let bump = json!({"product": "ebook", "offer": "ebook", "amount": 1990, "bump": true});
    order["items"] = if change.has_bump { json!([main, bump]) } else { json!([main]) };
    order["buyer"]["email"] = json!(format!("buyer-{}@example.com", change.email));
    order["subscription"]["status"] =
        json!(["active", "trialing", "past_due", "ending", "ended", "active"][usize::from(change.status)]);
    order["subscription"]["period_end"] = json!(day(world, change.cycles * 30 + 1));
    let status = ["paid", "failed", "refunded", "disputed", "waiting"][usize::from(change.paid)];
    let charges = (0..=change.cycles).map(|cycle| {
        let status = if cycle == change.cycles { status } else { "paid" };
        json!({"reference": format!("{code}-{cycle}"), "amount": if cycle == 0 { amount + 1990 } else { amount },
            "status": status, "method": "card", "created_at": ago(world, 100 - cycle * 20)})
    });
    order["charges"] = charges.collect();
    if change.cycles > 0 {
        order["refunds"] = json!([{"reference": format!("{code}-r{number}"), "charge": format!("{code}-0"),
            "amount": 100 + number, "at": ago(world, 50)}]);
    }
    order
}

#[tokio::test]
async fn versions_in_any_order_and_twice_end_in_the_same_state() {
    each_world(async |world| {
        let mut runner = TestRunner::deterministic();
        for case in 0..24 {
            let history = history().new_tree(&mut runner).unwrap().current();
            let numbered: Vec<(usize, Change)> = history.into_iter().enumerate().collect();
            let twice: Vec<_> = numbered.iter().chain(&numbered).cloned().collect();
            let shuffled = Just(twice).prop_shuffle().new_tree(&mut runner).unwrap().current();
            let mut ends = Vec::new();
            for (side, versions) in [("a", &numbered), ("b", &shuffled)] {
                let (producer, key) = shop(world, &format!("{side}{case}")).await;
                for (number, change) in versions {
                    put(world, &key, &version(world, "S-1", *number, change)).await;
                }
                ends.push(dump(world, &producer).await);
            }
            let arrived: Vec<usize> = shuffled.iter().map(|(number, _)| *number).collect();
            assert_eq!(ends[0], ends[1], "case {case}: {arrived:?} of {numbered:#?}");
        }
        world.settle().await;
    })
    .await;
}
