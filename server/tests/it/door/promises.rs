//! What the API's description promises: where a field may be left out, null is as if it were; where it may not, its
//! name is said. No refusal speaks of a program's kinds of values.

use crate::harness::{api, call, each_world, line, producer};
use axum::body::Body;
use axum::http::Request;
use portal::catalogue::api_key::create_api_key;
use portal::testing::World;
use serde_json::{Value, json};

/// A body in which every field of each call is said.
fn bodies() -> Vec<(&'static str, &'static str, Value)> {
    let price = json!({"amount": 4990, "currency": "BRL"});
    let month = json!({"unit": "month", "count": 1});
    let reasons = json!([{"code": "dear", "text": {"pt-BR": "Caro", "en": "Dear"}}]);
    let discount = json!({"reason": "dear", "offer": {"kind": "discount", "percent": 30, "cycles": 3}});
    let policy = json!({
        "cancel": {"effect": "now", "reasons": reasons, "retention": [discount]},
        "refund": {"answer_days": 3},
        "payment": {"card_swap": true, "method_change": false},
        "plan": {"change": true, "upgrade": "now", "downgrade": "period_end"},
        "dunning": {"retry_days": [1, 2], "then": "keep"},
        "notice": {"renewal_days": 1, "access_days": 2}
    });
    let card = json!({"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2099});
    let order = json!({
        "code": "A-1", "kind": "subscription",
        "buyer": {"email": "ana@example.com", "name": "Ana", "tax_id": "52998224725", "phone": "+5511999990001"},
        "items": [{"product": "photo", "offer": "photo", "amount": 4990, "bump": false}],
        "currency": "BRL", "ordered_at": "2026-11-18T13:02:11Z", "paid_at": "2026-11-18T13:02:40Z",
        "payment": {"method": "card", "card": card},
        "subscription": {"status": "active", "plan": "Mensal", "amount": 4990, "interval": month,
            "period_start": "2026-11-18T13:02:11Z", "period_end": "2026-12-18T13:02:11Z",
            "next_charge_at": "2026-12-18T13:02:11Z"},
        "gateway": {"name": "bank", "reference": "ch-1"}
    });
    let mut whole = order.clone();
    whole["version"] = json!(1);
    whole["charges"] = json!([
        {"reference": "ch-1", "amount": 4990, "status": "paid", "method": "card",
            "created_at": "2026-11-18T13:02:11Z", "paid_at": "2026-11-18T13:02:40Z", "installment": 1},
        {"reference": "ch-2", "amount": 4990, "status": "waiting", "method": "pix",
            "created_at": "2026-11-18T13:02:11Z",
            "pay": {"url": "https://pay.example/1", "pix_code": "00020126", "due_at": "2026-12-18T13:02:11Z"}}
    ]);
    whole["refunds"] = json!([{"reference": "re-1", "charge": "ch-1", "amount": 1, "at": "2026-11-19T13:02:11Z"}]);
    vec![
        (
            "put",
            "/api/v1/products/{code}",
            json!({"name": "Curso", "refund_window_days": 7, "access_days": 30, "access_cycles": 2}),
        ),
        (
            "put",
            "/api/v1/offers/{code}",
            json!({"product": "photo", "name": "Mensal", "price": price, "interval": month,
            "installments_max": 3, "change_targets": ["other"]}),
        ),
        (
            "put",
            "/api/v1/member-areas/{code}",
            json!({"kind": "memberkit", "base_url": "https://area.example",
            "content_url": "https://area.example", "api_key": "key-of-the-area"}),
        ),
        (
            "put",
            "/api/v1/access-rules/{code}",
            json!({"product": "photo", "member_area": "area",
            "grant": {"classroom_ids": [1], "membership_level_id": null, "unlimited": null}}),
        ),
        ("put", "/api/v1/sources/{code}", json!({"kind": "guru", "api_token": "token-number-one"})),
        ("put", "/api/v1/policy", policy.clone()),
        ("put", "/api/v1/products/{code}/policy", policy),
        ("post", "/api/v1/orders", order),
        ("put", "/api/v1/orders/{code}", whole),
    ]
}

/// A member of an object in a body.
struct Place {
    /// Where it stands, as a JSON pointer.
    at: String,
    /// Whether its shape may lack it.
    may_lack: bool,
    /// What it is called in the description: `string`, `integer` and so on.
    kind: String,
}

impl Place {
    /// The member as refusals name it.
    fn field(&self) -> String {
        let parts = self.at[1..].split('/');
        let parts =
            parts.map(|part| if part.parse::<usize>().is_ok() { format!("[{part}]") } else { format!(".{part}") });
        parts.collect::<String>()[1..].to_owned()
    }

    /// Whether a refusal names this member.
    fn is_named(&self, answer: &Value) -> bool {
        // Of a list in the place of an object, its first entry is named.
        let (field, entry) = (self.field(), format!("{}[", self.field()));
        named(answer).iter().any(|named| *named == field || named.starts_with(&entry))
    }

    /// Whether the description lets such a value stand here. Numbers are whole everywhere.
    fn takes(&self, value: &Value) -> bool {
        let kind = match value {
            Value::String(_) => "string",
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            Value::Number(_) | Value::Null => "nothing",
        };
        self.kind == kind
    }
}

/// Every member of every object in a body.
fn members(described: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<Place>) {
    let schema = resolved(described, schema);
    if let Value::Array(values) = value {
        for (index, value) in values.iter().enumerate() {
            members(described, &schema["items"], value, &format!("{at}/{index}"), found);
        }
    }
    let (Value::Object(parts), Some(properties)) = (value, schema["properties"].as_object()) else { return };
    assert!(parts.keys().all(|name| properties.contains_key(name)), "{at}: {parts:?} in {schema}");
    for (name, property) in properties {
        let is_required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
        let is_nullable = property["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")))
            || property["oneOf"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["type"] == "null"));
        assert!(is_required != is_nullable, "{at}/{name}: what may be left out may be null");
        let kinds = resolved(described, property)["type"].clone();
        let kinds = if kinds.is_array() { kinds } else { json!([kinds]) };
        let kind = kinds.as_array().unwrap().iter().filter_map(Value::as_str).find(|kind| *kind != "null");
        let kind = kind.unwrap_or_else(|| panic!("{at}/{name} is of no kind: {property}")).to_owned();
        found.push(Place { at: format!("{at}/{name}"), may_lack: !is_required, kind });
        if let Some(part) = parts.get(name) {
            members(described, property, part, &format!("{at}/{name}"), found);
        }
    }
}

fn resolved<'a>(described: &'a Value, schema: &'a Value) -> &'a Value {
    let choice = schema["oneOf"].as_array().and_then(|kinds| kinds.iter().find(|kind| kind["type"] != "null"));
    let schema = choice.unwrap_or(schema);
    let name = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/components/schemas/"));
    name.map_or(schema, |name| &described["components"]["schemas"][name])
}

async fn send(world: &World, key: &str, method: &str, path: &str, body: &Value, number: usize) -> (u16, Value) {
    let path = match path.strip_prefix("/api/v1/").unwrap() {
        "products/{code}/policy" => "products/photo/policy".to_owned(),
        path => path.replace("{code}", &format!("C-{number}")),
    };
    let mut body = body.clone();
    if body.get("code").is_some_and(Value::is_string) {
        body["code"] = json!(format!("C-{number}"));
    }
    let text = body.to_string().replace("ch-", &format!("ch-{number}-")).replace("re-", &format!("re-{number}-"));
    let body: Value = serde_json::from_str(&text).unwrap();
    api(world, key, &method.to_uppercase(), &path, Some(&body)).await
}

/// Which fields a refusal names.
fn named(answer: &Value) -> Vec<&str> {
    answer["errors"].as_array().into_iter().flatten().filter_map(|error| error["field"].as_str()).collect()
}

/// Words by which programs call kinds of values.
fn is_plain(answer: &Value) -> bool {
    let words = answer["errors"].to_string() + &answer["detail"].to_string();
    let strange =
        ["i64", "u32", "struct", "enum", "variant", "sequence", "expected", "invalid type", "line 1", "a map"];
    strange.iter().all(|word| !words.contains(word))
}

#[tokio::test]
async fn null_is_as_if_it_were_left_out_wherever_that_may_be() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let key = create_api_key(&world.portal, &producer, &line("test")).await.unwrap();
        let described = serde_json::to_value(server::api::openapi()).unwrap();
        let (mut number, mut tried) = (0, 0);
        for (method, path, body) in bodies() {
            let schema = &described["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
            assert!(schema.is_object(), "{method} {path}");
            let mut places = Vec::new();
            members(&described, schema, &body, "", &mut places);
            number += 1;
            let (status, answer) = send(world, &key, method, path, &body, number).await;
            assert!(status < 300, "{method} {path}: {answer}");
            tried += places.len();
            for place in places {
                let (parent, name) = place.at.rsplit_once('/').unwrap();
                let (mut with_null, mut without) = (body.clone(), body.clone());
                with_null.pointer_mut(parent).unwrap()[name] = Value::Null;
                without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
                let with_null = send(world, &key, method, path, &with_null, number + 1).await;
                let without = send(world, &key, method, path, &without, number + 2).await;
                number += 2;
                assert_eq!(
                    (with_null.0, named(&with_null.1)),
                    (without.0, named(&without.1)),
                    "{method} {path} {}",
                    place.at
                );
                let is_refused = with_null.0 == 422 && place.is_named(&with_null.1);
                assert!(place.may_lack || is_refused, "{method} {path} {}: {}", place.field(), with_null.1);
                assert!(is_plain(&with_null.1), "{}", with_null.1);
            }
        }
        assert!(tried > 150, "only {tried} members");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_value_of_another_kind_is_refused_by_its_field_and_in_plain_words() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let key = create_api_key(&world.portal, &producer, &line("test")).await.unwrap();
        let described = serde_json::to_value(server::api::openapi()).unwrap();
        let wrongs = [json!("-1e3"), json!(-1.5), json!(true), json!([[]]), json!({"x": 1}), json!(1e300)];
        let (mut number, mut tried) = (0, 0);
        for (method, path, body) in bodies() {
            let schema = &described["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
            let mut places = Vec::new();
            members(&described, schema, &body, "", &mut places);
            tried += places.len();
            for place in places {
                // Two of these for each place, in turn.
                for wrong in [&wrongs[number % 6], &wrongs[(number + 3) % 6]] {
                    number += 1;
                    let (parent, name) = place.at.rsplit_once('/').unwrap();
                    let mut changed = body.clone();
                    changed.pointer_mut(parent).unwrap()[name] = wrong.clone();
                    let (status, answer) = send(world, &key, method, path, &changed, number).await;
                    let what = format!("{method} {path} {} {wrong}: {status} {answer}", place.at);
                    let is_refused = status == 422 && place.is_named(&answer);
                    let may_be = place.takes(wrong) && (status < 300 || status == 422 && !named(&answer).is_empty());
                    assert!(is_refused || may_be, "{what}");
                    assert!(is_plain(&answer), "{what}");
                }
            }
        }
        assert!(tried > 150, "only {tried} members");
        for (body, field) in
            [("[]", "body"), ("7", "body"), ("null", "body"), ("\"x\"", "body"), ("{\"version\": 1e999}", "version")]
        {
            let request = Request::put("/api/v1/orders/X-1").header("authorization", format!("Bearer {key}"));
            let request = request.header("content-type", "application/json").body(Body::from(body)).unwrap();
            let (status, _, answer) = call(world, request).await;
            assert_eq!((status, named(&answer)), (422, vec![field]), "{body}: {answer}");
        }
        for (path, field) in [("?page=2", "page"), ("?email=a%40b.cc&email=c%40d.cc", "email"), ("?limit=x", "limit")] {
            let request =
                Request::get(format!("/api/v1/orders{path}")).header("authorization", format!("Bearer {key}"));
            let (status, _, answer) = call(world, request.body(Body::empty()).unwrap()).await;
            assert!(status == 422 && named(&answer) == [field] && is_plain(&answer), "{path}: {answer}");
        }
        world.settle().await;
    })
    .await;
}
