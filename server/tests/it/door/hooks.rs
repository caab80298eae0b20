//! Guru's webhooks as they are in `fixtures/guru`.

use crate::harness::{call, code, each_world, line, producer, rule, sign_in};
use axum::body::Body;
use axum::http::Request;
use portal::Producer;
use portal::catalogue::access_rule::put_access_rule;
use portal::catalogue::product::{Product, put_product};
use portal::catalogue::source::{address, put_source};
use portal::on;
use portal::sales::{self, WholeOrder};
use portal::testing::World;
use serde_json::{Value, json};
use server::hooks::guru;
use types::view::RefundOffer;
use types::{Currency, Instant, Method, Money, OrderStatus, SubscriptionStatus};

pub const TOKEN: &str = "guru-account-token-for-tests-0000000000001";
pub const COURSE: &str = "9bb0c2a4-51a7-4c0e-9e6a-6a4a0f9d1c01";
pub const PLAN: &str = "sub_9CFyWTuPwXdJUikS";
pub const BOLETO: &str = "9bb0c2a4-51a7-4c0e-9e6a-6a4a0f9d1c02";

pub fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/guru/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A source of the producer; the path of its address.
pub async fn source(world: &World, producer: &Producer) -> String {
    let key = put_source(&world.portal, producer, &code("guru"), guru::KIND, TOKEN).await.unwrap();
    let url = address(&world.portal, guru::KIND, &key);
    url.strip_prefix(world.portal.options.base_url.as_str()).unwrap().to_owned()
}

pub async fn send(world: &World, path: &str, body: impl Into<Body>) -> (u16, String) {
    let request = Request::post(path).header("content-type", "application/json").body(body.into()).unwrap();
    let (status, _, answer) = call(world, request).await;
    (status, answer["outcome"].as_str().unwrap_or_default().to_owned())
}

/// Why a body is refused.
pub async fn refusal(world: &World, path: &str, body: &Value) -> String {
    let request = Request::post(path).header("content-type", "application/json").body(Body::from(body.to_string()));
    let (status, _, answer) = call(world, request.unwrap()).await;
    assert_eq!(status, 400, "{answer}: {body}");
    answer["error"].as_str().unwrap().to_owned()
}

pub async fn order(world: &World, producer: &Producer, order: &str) -> WholeOrder {
    sales::find(&world.portal, producer, &code(order)).await.unwrap().unwrap()
}

pub fn taken(outcome: &str) -> (u16, String) {
    (200, outcome.to_owned())
}

#[tokio::test]
async fn a_course_is_bought_and_refunded_once_however_often_it_is_told() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        assert_eq!(send(world, &path, fixture("transaction_approved_course")).await, taken("applied"));
        assert_eq!(send(world, &path, fixture("transaction_approved_course")).await, taken("repeated"));
        let bought = order(world, &producer, COURSE).await;
        assert_eq!((bought.order.status, bought.order.total.amount), (OrderStatus::Paid, 31_690));
        assert_eq!(bought.order.email.as_str(), "ana.souza@example.com");
        let items: Vec<_> =
            bought.items.iter().map(|item| (item.product.as_str(), item.amount, item.is_bump)).collect();
        assert_eq!(items, [("FOTO-1", 29_700, false), ("EBOOK-1", 1_990, true)]);
        assert_eq!(bought.card.unwrap().1, "4242");

        assert_eq!(send(world, &path, fixture("transaction_refunded_course")).await, taken("applied"));
        assert_eq!(order(world, &producer, COURSE).await.order.status, OrderStatus::Refunded);
        let late = fixture("transaction_approved_course").replace("\"can_try_again\": 0", "\"can_try_again\": 1");
        assert_eq!(send(world, &path, late).await, taken("older"));
        assert_eq!(order(world, &producer, COURSE).await.order.status, OrderStatus::Refunded);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_boleto_waits_with_its_line_and_a_subscription_lasts_until_the_day_after_its_cycle() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        for name in ["transaction_boleto_printed", "subscription_active_yearly"] {
            assert_eq!(send(world, &path, fixture(name)).await, taken("applied"), "{name}");
        }
        let boleto = order(world, &producer, BOLETO).await;
        assert_eq!((boleto.order.status, boleto.method), (OrderStatus::Pending, Method::Boleto));
        let plan = order(world, &producer, PLAN).await;
        let subscription = plan.subscription.unwrap();
        assert_eq!(
            (plan.order.status, plan.order.total.amount, plan.items[0].product.as_str()),
            (OrderStatus::Paid, 47_880, "CLUBE-1")
        );
        // 2027-11-10T00:00 in São Paulo.
        assert_eq!(
            (subscription.status, subscription.period_end),
            (SubscriptionStatus::Active, Instant::from_seconds(1_825_815_600))
        );

        assert_eq!(send(world, &path, fixture("subscription_canceled_yearly")).await, taken("applied"));
        let subscription = order(world, &producer, PLAN).await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.next_charge_at), (SubscriptionStatus::Ending, None));
        assert_eq!(send(world, &path, fixture("subscription_pastdue_yearly")).await, taken("applied"));
        assert_eq!(order(world, &producer, PLAN).await.subscription.unwrap().status, SubscriptionStatus::PastDue);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn answers_say_whether_it_should_come_again() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let course = fixture("transaction_approved_course");
        assert_eq!(send(world, &path, course.replace(TOKEN, "wrong")).await.0, 401);
        assert_eq!(send(world, "/hooks/guru/unknown", course.clone()).await.0, 401);
        assert_eq!(send(world, "/hooks/guru/%ff", course.clone()).await.0, 401);
        for body in ["", "[]", "null", "{", "{\"webhook_type\":1}", "\u{feff}{}"] {
            assert_eq!(send(world, &path, body).await.0, 400, "{body:?}");
        }
        assert_eq!(send(world, &path, vec![0xff, 0xfe]).await.0, 400);
        assert_eq!(send(world, &path, "[".repeat(100_000)).await.0, 400);
        for kind in ["eticket", "webhook_deactivation", "something new"] {
            let body = format!("{{\"webhook_type\":\"{kind}\",\"api_token\":\"{TOKEN}\",\"id\":\"1\"}}");
            assert_eq!(send(world, &path, body.clone()).await, taken("ignored"));
            assert_eq!(send(world, &path, body).await, taken("repeated"));
        }
        let abandoned = course
            .replace("\"status\": \"approved\"", "\"status\": \"abandoned\"")
            .replace("\"method\": \"credit_card\"", "\"method\": null");
        assert_eq!(send(world, &path, abandoned).await, taken("ignored"));
        assert!(sales::find(&world.portal, &producer, &code(COURSE)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn hostile_text_in_a_body_is_left_out_and_loses_no_order() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let body = fixture("transaction_approved_course")
            .replace("Ana Souza", "Ana\\u0000\\u202e Souza")
            .replace("52998224725", "\\u0000");
        assert_eq!(send(world, &path, body).await, taken("applied"));
        let bought = order(world, &producer, COURSE).await;
        assert_eq!((bought.order.buyer_name.as_str(), bought.tax_id), ("Ana Souza", None));
    })
    .await;
}

#[tokio::test]
async fn a_field_of_two_spellings_is_read_from_the_one_that_says_something() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let course: Value = serde_json::from_str(&fixture("transaction_approved_course")).unwrap();
        for (number, (card, parts)) in [
            ("credit_card", "installments"),
            ("creditcard", "instalments"),
            ("both", "both"),
            ("both, one empty", "both"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut body = course.clone();
            let payment = body["payment"].as_object_mut().unwrap();
            let (mut said_card, mut said_parts) =
                (payment.remove("credit_card").unwrap(), payment.remove("installments").unwrap());
            said_parts["qty"] = json!(3);
            let empty = json!([]);
            match (card, parts) {
                ("both", _) => {
                    let digits = said_card["last_digits"].clone();
                    said_card["last_four"] = digits;
                    payment.insert("creditcard".to_owned(), said_card.clone());
                    payment.insert("credit_card".to_owned(), said_card);
                    payment.insert("instalments".to_owned(), said_parts.clone());
                    payment.insert("installments".to_owned(), said_parts);
                }
                ("both, one empty", _) => {
                    payment.insert("credit_card".to_owned(), empty.clone());
                    payment.insert("creditcard".to_owned(), said_card);
                    payment.insert("installments".to_owned(), empty);
                    payment.insert("instalments".to_owned(), said_parts);
                }
                _ => {
                    payment.insert(card.to_owned(), said_card);
                    payment.insert(parts.to_owned(), said_parts);
                }
            }
            let id = format!("9bb0c2a4-51a7-4c0e-9e6a-6a4a0f9d1d0{number}");
            body["id"] = json!(id);
            assert_eq!(send(world, &path, body.to_string()).await, taken("applied"), "{card}");
            let bought = order(world, &producer, &id).await;
            assert_eq!(bought.order.total.amount, 31_690, "{card}");
            assert_eq!(bought.card.unwrap().1, "4242", "{card}");
            let sql = "select c.installments from charges c join orders o on o.id = c.order_id where o.code = $1";
            let (parts,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
                sqlx::query_as(sql).bind(&id).fetch_one(c).await.unwrap()
            });
            assert_eq!(parts, 3, "{card}");
        }
        world.settle().await;
    })
    .await;
}

/// A subscription whose webhook carries its last transaction whole.
fn subscription_with_charge() -> Value {
    let mut body: Value = serde_json::from_str(&fixture("subscription_active_yearly")).unwrap();
    let mut last: Value = serde_json::from_str(&fixture("transaction_approved_course")).unwrap();
    let last_fields = last.as_object_mut().unwrap();
    last_fields.retain(|name, _| !matches!(name.as_str(), "webhook_type" | "api_token" | "subscription" | "items"));
    last["payment"]["total"] = json!(478.8);
    last["payment"]["currency"] = json!("USD");
    body["last_transaction"] = last;
    body
}

#[tokio::test]
async fn a_subscription_that_tells_its_last_charge_can_be_paid_back_in_its_window() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        world.clock.jump(
            "2026-11-19T12:00:00Z"
                .parse::<jiff::Timestamp>()
                .map(|at| Instant::from_micros(at.as_microsecond()))
                .unwrap(),
        );
        assert_eq!(send(world, &path, subscription_with_charge().to_string()).await, taken("applied"));
        let plan = order(world, &producer, PLAN).await;
        assert_eq!(
            (plan.order.status, plan.order.total),
            (OrderStatus::Paid, Money::new(47_880, Currency::parse("USD").unwrap()))
        );
        world.settle().await;
        let buyer = sign_in(world, "ana.souza@example.com").await;
        let view = crate::harness::order(&buyer, PLAN).await;
        assert!(matches!(view.refund_offer, RefundOffer::Open { .. }), "{:?}", view.refund_offer);
    })
    .await;
}

#[tokio::test]
async fn a_subscription_whose_charge_was_not_told_says_so_until_it_is() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        world.clock.jump(Instant::from_seconds(1_794_400_000));
        assert_eq!(send(world, &path, fixture("subscription_active_yearly")).await, taken("applied"));
        world.settle().await;
        let buyer = sign_in(world, "ana.souza@example.com").await;
        let offer = async || crate::harness::order(&buyer, PLAN).await.refund_offer;
        assert_eq!(offer().await, RefundOffer::ChargeNotReported);
        let whole = subscription_with_charge().to_string().replace("12:00:40Z", "12:00:50Z").replace("USD", "BRL");
        assert_eq!(send(world, &path, whole).await, taken("applied"));
        assert!(matches!(offer().await, RefundOffer::Open { .. }), "{:?}", offer().await);
    })
    .await;
}

#[tokio::test]
async fn orders_that_name_the_same_new_products_crosswise_are_all_taken() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let course: Value = serde_json::from_str(&fixture("transaction_approved_course")).unwrap();
        for round in 0..10 {
            let bodies: Vec<String> = (0..8)
                .map(|number| {
                    let mut body = course.clone();
                    body["id"] = json!(format!("cross-{round}-{number}"));
                    body["contact"]["email"] = json!(format!("c{number}@example.com"));
                    let mut main = body["items"][0].clone();
                    let mut codes = [format!("NEW-{round}-A"), format!("NEW-{round}-B"), format!("NEW-{round}-C")];
                    if number % 2 == 0 {
                        codes.reverse();
                    }
                    body["product"]["marketplace_id"] = json!(codes[0]);
                    let items = codes.iter().map(|code| {
                        main["marketplace_id"] = json!(code);
                        main.clone()
                    });
                    body["items"] = items.collect();
                    body.to_string()
                })
                .collect();
            let answers = futures::future::join_all(bodies.into_iter().map(|body| send(world, &path, body))).await;
            assert!(answers.iter().all(|answer| *answer == taken("applied")), "{answers:?}");
        }
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_plan_of_one_cycle_gives_access_until_its_end_and_tells_so_ahead() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let path = source(world, &producer).await;
        let product = Product {
            code: code("CLUBE-1"),
            name: line("Clube Luz"),
            refund_window_days: 7,
            access_days: None,
            access_cycles: Some(1),
        };
        put_product(&world.portal, &producer, &product).await.unwrap();
        let rule = rule("club", "CLUBE-1", &[333]);
        put_access_rule(&world.portal, &producer, &rule).await.unwrap();
        world.clock.jump(Instant::from_seconds(1_795_176_000));
        let body = subscription_with_charge().to_string();
        assert_eq!(send(world, &path, body).await, taken("applied"));
        let end = 1_825_815_600;
        let has_access = async |seconds| {
            world.clock.jump(Instant::from_seconds(seconds));
            world.settle().await;
            !world.area.access_of("ana.souza@example.com").is_empty()
        };
        let told = |subject: &str| world.mail.taken().iter().filter(|letter| letter.subject == subject).count();
        assert!(has_access(1_795_176_000).await);
        assert_eq!(told("AccessExpiring"), 0);
        assert!(has_access(end - 86_400).await);
        assert_eq!(told("AccessExpiring"), 1);
        // Without cycles an active plan would be waited for.
        assert!(!has_access(end + 3600).await);
        assert_eq!(told("AccessExpired"), 1);
    })
    .await;
}
