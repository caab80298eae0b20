//! `PUT /api/v1/orders/{code}`: the whole order again, as its source sees it now.

mod ours;
mod source;
mod versions;

use crate::door::hooks::{fixture, send, source};
use crate::door::hooks_in_any_order::dump;
use crate::harness::{ANA, DAY, api, assert_mails, each_world, order, sign_in};
use portal::on;
use portal::testing::World;
use serde_json::{Value, json};
use source::{Source, access, ago, back, charge, day, is_old, month, push};
use types::view::AccessView;
use types::{OrderStatus, SubscriptionStatus};

async fn events(world: &World) -> i64 {
    let (count,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as("select count(*) from events").fetch_one(c).await.unwrap()
    });
    count
}

#[tokio::test]
async fn a_renewal_moves_the_period_and_access_goes_on() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        let answer = source.puts(&source.order).await;
        assert_eq!((&answer["status"], &answer["version"]), (&json!("paid"), &json!(1)), "{answer}");
        world.settle().await;
        assert_mails(world, &[("Purchase", 1)]);
        let ana = sign_in(world, ANA).await;

        world.clock.forward(DAY * 29);
        let (today, end) = (day(world, 0), day(world, 31));
        let renews = |plan: &mut Value| {
            plan["subscription"]["period_start"] = plan["subscription"]["period_end"].clone();
            plan["subscription"]["period_end"] = json!(end);
            push(plan, "charges", charge("S-1-2", "paid", &today));
        };
        source.settles(renews).await;
        world.clock.forward(DAY * 5);
        world.settle().await;
        let view = order(&ana, "S-1").await;
        let subscription = view.subscription.unwrap();
        assert_eq!((view.status, subscription.status), (OrderStatus::Paid, SubscriptionStatus::Active));
        assert_eq!(subscription.period_end, portal::time::parse_instant(&end).unwrap());
        assert!(matches!(view.items[0].access, AccessView::Confirmed { .. }), "{:?}", view.items[0].access);
        assert_eq!(view.charges.len(), 2);
        assert_mails(world, &[("Purchase", 1), ("AccessExpiring", 0)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_older_or_the_same_changes_nothing_and_answers_with_what_stands() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        let first = source.order.clone();
        source.puts(&first).await;
        let failed = |plan: &mut Value| {
            plan["subscription"]["status"] = json!("past_due");
            let mut failed = charge("S-1-2", "failed", &day(world, 0));
            (failed["decline"], failed["installment"]) = (json!("insufficient_funds"), json!(2));
            push(plan, "charges", failed);
        };
        let stands = source.settles(failed).await;
        assert_eq!(stands["subscription"]["status"], "past_due");
        assert_eq!(stands["charges"][0]["decline"], "insufficient_funds", "{stands}");
        let second = source.order.clone();
        let stands = source.puts(&second).await;
        let rows = dump(world, &source.producer).await;
        let (before, letters) = (events(world).await, world.mail.taken().len());
        for again in [&first, &second] {
            assert_eq!(source.puts(again).await, stands);
        }
        world.settle().await;
        assert_eq!((events(world).await, world.mail.taken().len()), (before, letters));
        assert_eq!(dump(world, &source.producer).await, rows);
        // A newer version that says nothing new is no event either.
        assert_eq!(source.tells(|_| ()).await["version"], 3);
        assert_eq!(events(world).await, before);
    })
    .await;
}

#[tokio::test]
async fn money_that_went_back_is_told_in_part_and_in_full() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        let ana = sign_in(world, ANA).await;
        let today = day(world, 0);
        let answer = source.settles(|plan| push(plan, "refunds", back("re-1", 1990, &today))).await;
        assert_eq!((&answer["status"], &answer["charges"][0]["given_back"]), (&json!("partly_refunded"), &json!(1990)));
        let view = order(&ana, "S-1").await;
        assert_eq!((view.refunded.amount, crate::harness::offered(&view)), (1_990, 4_990));
        assert!(matches!(view.items[0].access, AccessView::Confirmed { .. }));

        let answer = source.settles(|plan| push(plan, "refunds", back("re-2", 4990, &today))).await;
        assert_eq!((&answer["status"], &answer["subscription"]["status"]), (&json!("refunded"), &json!("ended")));
        assert!(!matches!(order(&ana, "S-1").await.items[0].access, AccessView::Confirmed { .. }));
    })
    .await;
}

#[tokio::test]
async fn cancellations_are_told_and_taken_back_and_disputes_end_access() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        let at = day(world, 0);
        let ends = |plan: &mut Value| {
            (plan["subscription"]["status"], plan["subscription"]["canceled_at"]) = (json!("ending"), json!(at));
        };
        let answer = source.tells(ends).await;
        assert_eq!((&answer["subscription"]["status"], &answer["status"]), (&json!("ending"), &json!("paid")));
        assert_eq!(answer["subscription"]["next_charge_at"], Value::Null);
        let goes_on = |plan: &mut Value| {
            plan["subscription"]["status"] = json!("active");
            plan["subscription"].as_object_mut().unwrap().remove("canceled_at");
        };
        let answer = source.tells(goes_on).await;
        let subscription = &answer["subscription"];
        assert_eq!((&subscription["status"], &subscription["canceled_at"]), (&json!("active"), &Value::Null));
        for (status, state) in [("disputed", "removed"), ("paid", "confirmed")] {
            let answer = source.settles(|plan| plan["charges"][0]["status"] = json!(status)).await;
            assert_eq!(answer["status"], status);
            assert_eq!(access(&source.stands().await), state);
        }
    })
    .await;
}

#[tokio::test]
async fn history_comes_in_quietly_and_a_corrected_address_gets_its_mail() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        let old = &mut source.order;
        is_old(old, &ago(world, 200));
        old["buyer"]["email"] = json!("anna@exampel.com");
        for number in 1..6 {
            let status = if number == 3 { "failed" } else { "paid" };
            push(old, "charges", charge(&format!("old-{number}"), status, &ago(world, 200 - number * 30)));
        }
        let mut over = month(world, "S-2");
        is_old(&mut over, &ago(world, 200));
        over["subscription"]["status"] = json!("ended");
        over["subscription"]["period_end"] = json!(ago(world, 170));
        for order in [&source.order, &over] {
            source.puts(order).await;
        }
        world.settle().await;
        assert_eq!(world.mail.taken().len(), 0, "{:?}", world.mail.taken());

        source.settles(|plan| plan["buyer"]["email"] = json!(ANA)).await;
        let taken = world.mail.taken();
        let told: Vec<_> = taken.iter().map(|letter| (letter.to.as_str(), letter.subject.as_str())).collect();
        assert_eq!(told, [(ANA, "Purchase")]);
        let now = source.stands().await;
        assert_eq!((&now["buyer"]["email"], access(&now)), (&json!(ANA), "confirmed"));

        // That it ended some days ago is history as well, although the order is known.
        world.clock.forward(DAY * 10);
        let end = ago(world, 3);
        let ended = |plan: &mut Value| {
            (plan["subscription"]["status"], plan["subscription"]["period_end"]) = (json!("ended"), json!(end));
        };
        source.settles(ended).await;
        assert_eq!(world.mail.taken().len(), 1, "{:?}", world.mail.taken());
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_sold_no_more_gives_no_access_and_another_plan_is_the_same_line() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        let ebook = json!([{"product": "ebook", "offer": "ebook", "amount": 2990}]);
        let answer = source.settles(|plan| plan["items"] = ebook).await;
        assert_eq!((&answer["items"][0]["product"], answer["items"].as_array().unwrap().len()), (&json!("ebook"), 1));
        let told: Vec<String> = world.area.access_of(ANA).keys().map(|target| target.as_str().to_owned()).collect();
        assert_eq!(told, ["classroom:222"]);
        // What was sold stays what it was.
        let sale: Vec<String> = dump(world, &source.producer).await;
        assert!(sale.iter().any(|line| line.contains("Curso photo À vista 4990")), "{sale:#?}");
    })
    .await;
}

/// Posts the order, which is taken.
async fn post(source: &Source<'_>, body: &Value) {
    let (status, answer) = api(source.world, &source.key, "POST", "orders", Some(body)).await;
    assert_eq!(status, 201, "{answer}");
}

#[tokio::test]
async fn an_order_that_was_posted_is_put_as_well_and_somebody_elses_calendar_may_change_everything() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        source.order = posted(&source.order);
        post(&source, &source.order).await;
        world.settle().await;
        source.order["version"] = json!(0);
        let answer = source.tells(|plan| plan["subscription"]["status"] = json!("ended")).await;
        assert_eq!(answer["subscription"]["status"], "ended");
    })
    .await;
}

/// The order as it is posted, which knows neither charges nor versions.
fn posted(order: &Value) -> Value {
    let mut posted = order.clone();
    let charges = posted.as_object_mut().unwrap().remove("charges").unwrap();
    posted.as_object_mut().unwrap().remove("version");
    posted["paid_at"] = charges[0]["paid_at"].clone();
    posted
}

/// Of what we charge, the buyer may change; whatever else was said at the sale may be said again, and nothing else.
#[tokio::test]
async fn our_calendar_keeps_the_money_of_an_order_that_is_put() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        source.order = posted(&source.order);
        source.order["gateway"]["name"] = json!("test");
        post(&source, &source.order).await;
        world.settle().await;
        source.order["version"] = json!(0);
        let answer = source.tells(|plan| plan["buyer"]["email"] = json!("bia@example.com")).await;
        assert_eq!(answer["buyer"]["email"], "bia@example.com");
        world.clock.forward(DAY * 40);
        world.settle().await;
        let answer = source.tells(|plan| plan["buyer"]["phone"] = json!("+5511999990001")).await;
        assert_eq!(answer["charges"].as_array().unwrap().len(), 2, "renewed by us: {answer}");
        assert_eq!(answer["phone"], "+5511999990001");
        let before = events(world).await;
        let mut next = source.order.clone();
        next["version"] = json!(3);
        let mut charged = next.clone();
        charged.as_object_mut().unwrap().remove("paid_at");
        push(&mut charged, "charges", charge("of-somebody-else", "paid", &day(world, 0)));
        source.assert_contrary(&charged, "charges").await;
        let mut bumped = next.clone();
        bumped["items"] = json!([{"product": "photo", "offer": "photo", "amount": 4990, "bump": true}]);
        source.assert_contrary(&bumped, "items").await;
        for (place, value) in
            [("status", json!("ended")), ("period_end", json!(day(world, 300))), ("amount", json!(9990))]
        {
            let mut contrary = next.clone();
            contrary["subscription"][place] = value;
            source.assert_contrary(&contrary, "subscription").await;
        }
        assert_eq!(events(world).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_a_webhook_reports_is_the_webhooks_and_what_cannot_be_is_named() {
    each_world(async |world| {
        let luz = Source::new(world, "luz").await;
        let path = source(world, &luz.producer).await;
        send(world, &path, fixture("transaction_approved_course")).await;
        let body = month(world, crate::door::hooks::COURSE);
        let (status, problem) = luz.is_refused(&body).await;
        assert_eq!((status, &problem["code"]), (409, &json!("order_of_another_source")));
        let charge = |change: Value| {
            let mut charge = body["charges"][0].clone();
            charge.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            charge
        };
        let back = |change: Value| {
            let mut refund = back("r", 1, &day(world, 0));
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
            let mut wrong = luz.order.clone();
            wrong[place] = value;
            let (status, problem) = api(world, &luz.key, "PUT", "orders/S-1", Some(&wrong)).await;
            let fields: Vec<_> =
                problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
            assert!(status == 422 && fields.contains(&field), "{place} {}: {status} {problem}", wrong[place]);
        }
        assert_eq!(api(world, &luz.key, "GET", "orders/S-1", None).await.0, 404);
    })
    .await;
}
