//! The API: what goes in comes out, the same request has one effect, and what is wrong is named.

use crate::harness::{call, each_world, line, producer};
use axum::body::Body;
use axum::http::Request;
use portal::catalogue::api_key::create_api_key;
use portal::testing::World;
use serde_json::{Value, json};

async fn key(world: &World, slug: &str) -> String {
    let producer = producer(world, slug).await;
    create_api_key(&world.portal, &producer, &line("test")).await.unwrap()
}

async fn ask(
    world: &World,
    key: &str,
    method: &str,
    path: &str,
    idempotency: Option<&str>,
    body: Option<Value>,
) -> (u16, Value) {
    let mut request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
    if let Some(name) = idempotency {
        request = request.header("idempotency-key", name);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let (status, kind, answer) =
        call(world, request.header("content-type", "application/json").body(body).unwrap()).await;
    assert_eq!(kind.starts_with("application/problem+json"), status >= 400, "{method} {path} {status} {kind}");
    (status, answer)
}

async fn put(world: &World, key: &str, path: &str, body: Value) -> (u16, Value) {
    ask(world, key, "PUT", path, None, Some(body)).await
}

fn order(code: &str) -> Value {
    json!({
        "code": code, "kind": "one_off", "buyer": {"email": " Ana@Example.com", "name": "Ana Souza"},
        "items": [
            {"product": "photo", "offer": "photo", "amount": 29700},
            {"product": "ebook", "offer": "ebook", "amount": 1990, "bump": true}
        ],
        "currency": "BRL", "ordered_at": "2026-11-18T13:02:11Z", "paid_at": "2026-11-18T10:02:40-03:00",
        "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2029}},
        "gateway": {"name": "sandbox"},
    })
}

fn plan(code: &str) -> Value {
    let mut order = order(code);
    order["kind"] = json!("subscription");
    order["subscription"] = json!({
        "interval": {"unit": "month", "count": 1},
        "period_start": "2026-11-10T03:00:00Z",
        "period_end": "2026-12-10T03:00:00Z"
    });
    order
}

#[tokio::test]
async fn an_order_goes_in_and_is_found_again() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        let (status, receipt) = ask(world, &key, "POST", "/api/v1/orders", Some("k1"), Some(order("A-1"))).await;
        assert_eq!(status, 201, "{receipt}");
        assert!(receipt["order_link"].as_str().unwrap().contains("/o/"));
        let (status, whole) = ask(world, &key, "GET", "/api/v1/orders/A-1", None, None).await;
        assert_eq!(status, 200);
        assert_eq!(&whole["status"], &json!("paid"));
        assert_eq!(&whole["total"], &json!({"amount": 31690, "currency": "BRL"}));
        assert_eq!(whole["paid_at"], "2026-11-18T13:02:40Z");
        assert_eq!(whole["items"][0]["access"]["state"], "sending");
        world.settle().await;
        let (_, whole) = ask(world, &key, "GET", "/api/v1/orders/A-1", None, None).await;
        assert_eq!(
            (&whole["items"][0]["access"]["state"], &whole["deliveries"][0]["state"]),
            (&json!("confirmed"), &json!("confirmed"))
        );
        assert!(!whole.to_string().contains("\"id\""));

        for code in ["A-2", "A-3"] {
            assert_eq!(ask(world, &key, "POST", "/api/v1/orders", None, Some(plan(code))).await.0, 201);
        }
        let (_, first) =
            ask(world, &key, "GET", "/api/v1/orders?limit=2&email=ana%40example.com&status=paid", None, None).await;
        let next = format!("/api/v1/orders?limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
        let (_, second) = ask(world, &key, "GET", &next, None, None).await;
        let codes = |page: &Value| {
            page["orders"].as_array().unwrap().iter().map(|order| order["code"].clone()).collect::<Vec<_>>()
        };
        assert_eq!((codes(&first), codes(&second)), (vec![json!("A-3"), json!("A-2")], vec![json!("A-1")]));
        assert_eq!(second["next_cursor"], Value::Null);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_order_has_one_effect_and_another_one_is_refused() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        let path = "/api/v1/orders";
        let first = ask(world, &key, "POST", path, Some("k1"), Some(order("A-1"))).await;
        let again = ask(world, &key, "POST", path, Some("k1"), Some(order("A-1"))).await;
        let without = ask(world, &key, "POST", path, None, Some(order("A-1"))).await;
        let other_key = ask(world, &key, "POST", path, Some("k2"), Some(order("A-1"))).await;
        assert_eq!((first.0, &first), (201, &again));
        assert_eq!((&first, &first), (&without, &other_key));
        let (status, problem) = ask(world, &key, "POST", path, Some("k1"), Some(order("A-9"))).await;
        assert_eq!((status, &problem["code"]), (409, &json!("idempotency_key_reused")));
        let mut other = order("A-1");
        other["items"][0]["amount"] = json!(1);
        for name in [None, Some("k3")] {
            let (status, problem) = ask(world, &key, "POST", path, name, Some(other.clone())).await;
            assert_eq!((status, &problem["code"]), (409, &json!("order_exists")));
        }
        // A refused request uses up no key.
        assert_eq!(ask(world, &key, "POST", path, Some("k3"), Some(order("A-2"))).await.0, 201);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_key_at_the_same_time_makes_one_order() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        let calls = (0..8).map(|_| ask(world, &key, "POST", "/api/v1/orders", Some("k"), Some(order("A-1"))));
        let answers = futures::future::join_all(calls).await;
        assert!(answers.iter().all(|answer| answer.0 == 201 && answer == &answers[0]), "{answers:?}");
        let (_, page) = ask(world, &key, "GET", "/api/v1/orders", None, None).await;
        assert_eq!(page["orders"].as_array().unwrap().len(), 1);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_written() {
    let wrong: &[(&str, Value, &str)] = &[
        ("/code", json!("a b"), "code"),
        ("/code", json!(7), "code"),
        ("/kind", json!("gift"), "kind"),
        ("/kind", json!("subscription"), "subscription"),
        ("/buyer/email", json!("nobody"), "buyer.email"),
        ("/buyer/name", json!("\u{202e}\u{200b}\u{0}"), "buyer.name"),
        ("/buyer/name", json!(" "), "buyer.name"),
        ("/buyer", json!({"name": "Ana"}), "buyer.email"),
        ("/buyer", json!({"email": "a@b.cc", "name": "Ana", "vip": true}), "buyer.vip"),
        ("/items", json!([]), "items"),
        ("/items/0/amount", json!(-1), "items[0].amount"),
        ("/items/0/amount", json!(1.5), "items[0].amount"),
        ("/items/0/amount", json!("1"), "items[0].amount"),
        ("/items/0/amount", json!(1_000_000_000_001_i64), "items[0].amount"),
        ("/items/1/amount", json!(1_000_000_000_000_i64), "items"),
        ("/items/1/product", json!("nothing"), "items[1].product"),
        ("/items/1/offer", json!("photo"), "items[1].offer"),
        ("/currency", json!("R$"), "currency"),
        ("/ordered_at", json!("2026-11-18"), "ordered_at"),
        ("/paid_at", json!("1969-12-31T00:00:00Z"), "paid_at"),
        ("/payment/card/last4", json!("42424"), "payment.card.last4"),
        ("/payment/method", json!("pix"), "payment.card"),
        ("/gateway/name", json!(""), "gateway.name"),
    ];
    each_world(async |world| {
        let key = key(world, "luz").await;
        for (place, value, field) in wrong {
            let mut body = order("A-1");
            *body.pointer_mut(place).unwrap() = value.clone();
            let (status, problem) = ask(world, &key, "POST", "/api/v1/orders", Some("k"), Some(body)).await;
            let fields: Vec<_> =
                problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
            assert!(status == 422 && fields.contains(field), "{place} {value}: {status} {problem}");
        }
        let (_, page) = ask(world, &key, "GET", "/api/v1/orders", None, None).await;
        assert_eq!(page["orders"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn strangers_and_wrong_requests_get_problems_and_absent_is_the_same_as_foreign() {
    each_world(async |world| {
        let (mine, yours) = (key(world, "luz").await, key(world, "mar").await);
        ask(world, &mine, "POST", "/api/v1/orders", None, Some(order("A-1"))).await;
        for path in ["/api/v1/orders/A-1", "/api/v1/orders/A-2", "/api/v1/orders/%00"] {
            assert_eq!(
                ask(world, &yours, "GET", path, None, None).await,
                ask(world, &yours, "GET", "/api/v1/orders/none", None, None).await
            );
        }
        assert_eq!(ask(world, "ask_wrong", "GET", "/api/v1/orders", None, None).await.0, 401);
        assert_eq!(ask(world, &mine, "DELETE", "/api/v1/orders", None, None).await.0, 405);
        assert_eq!(ask(world, &mine, "GET", "/api/v1/nothing", None, None).await.0, 404);
        assert_eq!(ask(world, &mine, "GET", "/api/v1/orders?limit=0", None, None).await.0, 422);
        assert_eq!(ask(world, &mine, "GET", "/api/v1/orders?page=2", None, None).await.0, 422);
        let large = json!({"name": "x".repeat(70_000)});
        assert_eq!(put(world, &mine, "/api/v1/products/p", large).await.0, 413);
        let plain = Request::put("/api/v1/products/p")
            .header("authorization", format!("Bearer {mine}"))
            .body(Body::from("{}"))
            .unwrap();
        assert_eq!(call(world, plain).await.0, 415);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_catalogue_is_written_and_secrets_are_never_read_back() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        let product = json!({"name": "Clube", "refund_window_days": 6});
        assert_eq!(put(world, &key, "/api/v1/products/clube", product).await.0, 422);
        assert_eq!(
            put(world, &key, "/api/v1/products/clube", json!({"name": "Clube"})).await.1["refund_window_days"],
            7
        );
        let offer = json!({
            "product": "clube",
            "name": "Mensal",
            "price": {"amount": 4990, "currency": "brl"},
            "interval": {"unit": "month", "count": 1},
            "change_targets": ["anual"]
        });
        assert_eq!(put(world, &key, "/api/v1/offers/mensal", offer).await.1["price"]["currency"], "BRL");
        let area = json!({"kind": "memberkit", "api_key": "secret-of-memberkit"});
        let (status, answer) = put(world, &key, "/api/v1/member-areas/mk", area).await;
        assert_eq!((status, &answer["base_url"]), (200, &json!("https://memberkit.com.br/api/v1")));
        assert!(!answer.to_string().contains("secret"));
        assert_eq!(put(world, &key, "/api/v1/member-areas/new", json!({"kind": "memberkit"})).await.0, 422);
        for kind in ["http", "Memberkit", ""] {
            let area = json!({"kind": kind, "base_url": "https://area.example", "api_key": "secret-of-the-area"});
            let (status, problem) = put(world, &key, "/api/v1/member-areas/mk", area).await;
            assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("kind")), "{kind:?}: {problem}");
        }
        let rule = |grant: Value| json!({"product": "clube", "member_area": "mk", "grant": grant});
        assert_eq!(put(world, &key, "/api/v1/access-rules/r", rule(json!({"membership_level_id": 4420}))).await.0, 200);
        for grant in [
            json!({}),
            json!({"classroom_ids": []}),
            json!({"unlimited": false}),
            json!({"classroom_ids": [1], "unlimited": true}),
        ] {
            assert_eq!(put(world, &key, "/api/v1/access-rules/r", rule(grant)).await.0, 422);
        }
        let source = |token: &str| json!({"kind": "guru", "api_token": token});
        let (_, first) = put(world, &key, "/api/v1/sources/g", source("token-number-one")).await;
        assert_eq!(put(world, &key, "/api/v1/sources/g", source("token-number-two")).await.1, first);
    })
    .await;
}

#[tokio::test]
async fn links_lead_only_where_the_kind_of_order_allows() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        ask(world, &key, "POST", "/api/v1/orders", None, Some(order("A-1"))).await;
        ask(world, &key, "POST", "/api/v1/orders", None, Some(plan("A-2"))).await;
        let link = async |order: &str, target: &str| {
            ask(world, &key, "POST", &format!("/api/v1/orders/{order}/links"), None, Some(json!({"target": target})))
                .await
        };
        assert!(link("A-1", "refund").await.1["url"].as_str().unwrap().ends_with("?to=refund"));
        for target in ["card", "cancel", "plan"] {
            assert_eq!(link("A-1", target).await.0, 422, "{target}");
            assert_eq!(link("A-2", target).await.0, 200, "{target}");
        }
        assert_eq!(link("A-1", "https://evil.example").await.0, 422);
        assert_eq!(link("none", "order").await.0, 404);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_policy_is_written_whole_for_all_products_and_for_one() {
    each_world(async |world| {
        let key = key(world, "luz").await;
        let get = async |path: &str| ask(world, &key, "GET", path, None, None).await;
        let (status, before) = get("/api/v1/policy").await;
        assert_eq!((status, &before["cancel"]["effect"]), (200, &json!("period_end")));
        let offer = json!({"kind": "discount", "percent": 30, "cycles": 3});
        let all = json!({"cancel": {"effect": "now", "retention": [{"reason": "too-expensive", "offer": offer}]}});
        let (status, written) = put(world, &key, "/api/v1/policy", all).await;
        assert_eq!(status, 200);
        assert_eq!(&written["dunning"]["retry_days"], &json!([1, 3, 5, 7]));
        assert_eq!(get("/api/v1/policy").await.1, written);
        // A product without a policy of its own has that of all; with one, that alone counts, whole.
        assert_eq!(get("/api/v1/products/photo/policy").await.1, written);
        put(world, &key, "/api/v1/products/photo/policy", json!({"plan": {"change": false}})).await;
        let of_photo = get("/api/v1/products/photo/policy").await.1;
        assert_eq!((&of_photo["cancel"]["effect"], &of_photo["plan"]["change"]), (&json!("period_end"), &json!(false)));
        assert_eq!(get("/api/v1/products/ebook/policy").await.1, written);
        assert_eq!(get("/api/v1/products/nothing/policy").await.0, 404);
        assert_eq!(put(world, &key, "/api/v1/products/nothing/policy", json!({})).await.0, 404);
        let entries: Vec<(String,)> = portal::on!(world.portal.db.read().await.unwrap().conn(), c => {
            let sql = "select after from events where name = 'policy.written' order by at, id";
            sqlx::query_as(sql).fetch_all(c).await.unwrap()
        });
        assert_eq!(entries.len(), 2);
        assert!(entries.iter().any(|(after,)| after.contains("\"photo\"")), "{entries:?}");
    })
    .await;
}

#[tokio::test]
async fn what_a_policy_may_not_say_is_named_by_its_field_and_the_legal_ones_are_locked() {
    let wrong = [
        (json!({"cancel": {"enabled": false}}), "cancel.enabled"),
        (json!({"cancel": false}), "cancel"),
        (json!({"cancel": []}), "cancel"),
        (json!({"refund": [5]}), "refund"),
        (json!({"cancel": {"effect": "never"}}), "cancel.effect"),
        (json!({"refund": {"window_days": 3}}), "refund.window_days"),
        (json!({"refund": {"answer_days": 31}}), "refund.answer_days"),
        (json!({"dunning": {"retry_days": [3, 3]}}), "dunning.retry_days"),
        (json!({"dunning": {"retry_days": [0]}}), "dunning.retry_days[0]"),
        (json!({"cancel": {"reasons": [{"code": "a b", "text": {"pt-BR": "x"}}]}}), "cancel.reasons[0].code"),
        (json!({"cancel": {"reasons": [{"code": "a", "text": {"pt-BR": "\u{0}"}}]}}), "cancel.reasons[0].text"),
        (
            json!({"cancel": {"retention": [{"reason": "b", "offer": {"kind": "message"}}]}}),
            "cancel.retention[0].reason",
        ),
        (
            json!({"cancel": {"retention": [{"offer": {"kind": "plan", "offer": "none"}}]}}),
            "cancel.retention[0].offer.offer",
        ),
        (
            json!({"cancel": {"retention": [{"offer": {"kind": "discount", "percent": 0, "cycles": 1}}]}}),
            "cancel.retention[0].offer.percent",
        ),
    ];
    each_world(async |world| {
        let key = key(world, "luz").await;
        for (body, field) in &wrong {
            for path in ["/api/v1/policy", "/api/v1/products/photo/policy"] {
                let (status, problem) = put(world, &key, path, body.clone()).await;
                assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!(field)), "{body} {problem}");
            }
        }
        let (_, policy) = ask(world, &key, "GET", "/api/v1/policy", None, None).await;
        assert_eq!(policy["refund"]["answer_days"], 5);
    })
    .await;
}
