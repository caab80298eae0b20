//! Bad input, everywhere it can be put: refused with the field and the reason, never with a fault of ours, and nothing is written.

use crate::browserless::Browser;
use crate::hostile_texts;
use crate::http::{Answer, Request, call};
use crate::member_areas::Area;
use crate::shop::{GURU_TOKEN, catalogue, order, sell, sign_in};
use crate::site::{Api, Site};
use portal::db::Db;
use portal::on;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows of each table.
async fn counts(db: &Db) -> BTreeMap<String, i64> {
    let tables: Vec<String> = db.columns().await.unwrap().into_keys().map(|(table, _)| table).collect();
    let mut counts = BTreeMap::new();
    for table in tables {
        let sql = format!("select cast(count(*) as bigint) from {table}");
        let (count,): (i64,) =
            on!(db.reader(), c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(c).await.unwrap());
        counts.insert(table, count);
    }
    counts
}

/// A catalogue, an order, and somebody signed in.
async fn shop(engine: &'static str) -> (Site, Api, Browser) {
    let site = Site::start(engine).await;
    let luz = site.seller("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700), ("ebook", 1_990)])).await;
    let ana = sign_in(&site, "ana@example.com").await;
    (site, luz, ana)
}

/// Each call with a body that is taken.
fn calls() -> Vec<(&'static str, &'static str, Value)> {
    let month = json!({"unit": "month", "count": 1});
    let offer = json!({"product": "foto", "name": "À vista", "price": {"amount": 100, "currency": "BRL"}, "interval": month,
        "installments_max": 12, "change_targets": ["foto"]});
    let area = json!({"kind": "memberkit", "base_url": "https://area.example/api", "api_key": "another-key", "content_url": "https://c.example"});
    let mut subscription = order("X-2", "eve@example.com", &[("clube", 4_990)]);
    subscription["kind"] = json!("subscription");
    subscription["subscription"] = json!({"status": "active", "plan": "Clube", "amount": 4_990, "interval": month,
        "period_start": "2026-11-10T03:00:00Z", "period_end": "2027-11-10T03:00:00Z", "next_charge_at": "2027-11-10T03:00:00Z"});
    vec![
        (
            "PUT",
            "products/foto",
            json!({"name": "Curso", "refund_window_days": 7, "access_days": 30, "access_cycles": 3}),
        ),
        ("PUT", "offers/foto", offer),
        ("PUT", "member-areas/area", area),
        (
            "PUT",
            "access-rules/foto",
            json!({"product": "foto", "member_area": "area", "grant": {"classroom_ids": [111]}}),
        ),
        (
            "PUT",
            "access-rules/foto",
            json!({"product": "foto", "member_area": "area", "grant": {"membership_level_id": 4420}}),
        ),
        ("PUT", "sources/guru", json!({"kind": "guru", "api_token": GURU_TOKEN})),
        ("POST", "orders", order("X-1", "eve@example.com", &[("foto", 100), ("ebook", 1)])),
        ("POST", "orders", subscription),
        ("POST", "orders/A-1/links", json!({"target": "order"})),
    ]
}

/// Every place in a body, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), found))
        }
        _ => {}
    }
    if !at.is_empty() {
        found.push(at.to_owned());
    }
}

/// A refusal that says what is wrong: a problem document, and for values also where.
#[track_caller]
fn assert_refused(answer: &Answer, what: &str) {
    assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{what}");
    let problem = answer.json();
    assert!(problem["code"].as_str().is_some_and(|code| !code.is_empty()), "{what}: {problem}");
    assert_eq!(problem["status"], answer.status, "{what}");
    if problem["code"] == "invalid_request" {
        let errors = problem["errors"].as_array().unwrap();
        assert!(!errors.is_empty(), "{what}: {problem}");
        for error in errors {
            assert!(
                error["field"] != ""
                    && error["reason"] != ""
                    && error["field"].is_string()
                    && error["reason"].is_string(),
                "{what}: {problem}"
            );
        }
    }
}

#[tokio::test]
async fn what_has_the_wrong_type_is_refused_by_its_field_and_nothing_is_written() {
    for engine in crate::site::ENGINES {
        let (site, luz, _) = shop(engine).await;
        let db = site.db().await;
        let before = counts(&db).await;
        for (method, path, body) in calls() {
            let mut all = Vec::new();
            places(&body, "", &mut all);
            for place in all {
                for wrong in
                    [json!({"a": 1}), json!([[]]), json!(true), json!(-1), json!(1.5), json!(i64::MAX), json!(1e300)]
                {
                    let mut bad = body.clone();
                    // A number is no wrong type where a number stands, and a flag none for a flag.
                    let target = bad.pointer_mut(&place).unwrap();
                    if (target.is_number() && wrong.is_i64() && wrong.as_i64().unwrap() > 0)
                        || (target.is_boolean() && wrong.is_boolean())
                    {
                        continue;
                    }
                    *target = wrong.clone();
                    let answer = send(&luz, method, path, bad.to_string()).await;
                    assert_refused(&answer, &format!("{engine} {method} {path} {place} {wrong}"));
                }
            }
            let mut unknown = body.clone();
            unknown["surprise"] = json!(1);
            let answer = send(&luz, method, path, unknown.to_string()).await;
            assert_refused(&answer, &format!("{path} with an unknown field"));
            assert_eq!(answer.json()["errors"][0]["field"], "surprise");
        }
        assert_eq!(counts(&db).await, before, "{engine}");
        site.assert_sound().await;
    }
}

async fn send(api: &Api, method: &str, path: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = Request::new(method, &format!("/api/v1/{path}")).body("application/json", body);
    api.send(request).await.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
}

#[tokio::test]
async fn what_is_no_json_or_too_much_of_it_is_refused() {
    let (site, luz, ana) = shop("sqlite").await;
    let db = site.db().await;
    let before = counts(&db).await;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let bodies: Vec<(Vec<u8>, u16)> = vec![
        (b"".to_vec(), 400),
        (b"{".to_vec(), 400),
        (b"null".to_vec(), 422),
        (b"[]".to_vec(), 422),
        (b"\"\"".to_vec(), 422),
        (b"{} {}".to_vec(), 422),
        (b"\xff\xfe\xfd".to_vec(), 400),
        (b"{\"name\": \"caf\xe9\"}".to_vec(), 400),
        (b"{\"name\": \"\xed\xa0\x80\"}".to_vec(), 400),
        (b"{\"name\": \"\\ud800\"}".to_vec(), 400),
        ("{\"name\": \"utf-16\"}".encode_utf16().flat_map(u16::to_le_bytes).collect(), 400),
        (deep.into_bytes(), 400),
        (vec![b' '; 64 * 1024 + 1], 413),
        (vec![b'a'; 10 * 1024 * 1024], 413),
    ];
    for (method, path, _) in calls() {
        for (body, status) in &bodies {
            let answer = send(&luz, method, path, body.clone()).await;
            let what = format!(
                "{method} {path}: {} bytes {:?}",
                body.len(),
                String::from_utf8_lossy(&body[..body.len().min(30)])
            );
            assert_refused(&answer, &what);
            assert!(
                answer.status == *status || (*status != 413 && matches!(answer.status, 400 | 422)),
                "{what}: {}",
                answer.status
            );
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""]
        {
            let request = Request::new(method, &format!("/api/v1/{path}")).body(kind, "{}");
            assert_refused(&luz.send(request).await.unwrap().expect(415), path);
        }
    }
    // Keys and headers that are no text.
    for key in [&b"caf\xe9"[..], b"", b" ", b"a b", &[b'k'; 201], "é".as_bytes()] {
        let body = order("X-1", "eve@example.com", &[("foto", 100)]);
        let request = Request::new("POST", "/api/v1/orders").with("idempotency-key", key).json(&body);
        assert_refused(&luz.send(request).await.unwrap().expect(422), &format!("{key:?}"));
    }
    for header in ["authorization", "cookie", "user-agent", "accept-language", "x-forwarded-for"] {
        for value in
            [&b"caf\xe9"[..], b"\x80\x81", "😀".as_bytes(), &[b'x'; 5_000], b"", b"=;=;=", b"aftersale=;aftersale=x"]
        {
            for path in ["/sign-in", "/", "/api/v1/orders"] {
                let answer = call(site.address, &Request::new("GET", path).with(header, value)).await.unwrap();
                assert!(answer.status < 500, "{path} {header} {value:?}: {}", answer.status);
            }
        }
    }
    drop(ana);
    assert_eq!(counts(&db).await, before);
    site.assert_sound().await;
}

/// Hostile texts are legal in some fields. Where they are taken they are one row with that text; where not, nothing is written.
#[tokio::test]
async fn hundreds_of_hostile_texts_in_every_field_are_taken_as_text_or_refused() {
    for engine in crate::site::ENGINES {
        let (site, luz, _) = shop(engine).await;
        let db = site.db().await;
        let texts = hostile_texts::all();
        assert!(texts.len() > 300, "{}", texts.len());
        for (method, path, body) in calls() {
            let mut all = Vec::new();
            places(&body, "", &mut all);
            all.retain(|place| body.pointer(place).is_some_and(Value::is_string));
            for (number, text) in texts.iter().enumerate() {
                // Each text in a field, each field with many texts; every tenth in all fields at once.
                let mut bad = body.clone();
                let chosen: Vec<&String> = match number % 10 {
                    0 => all.iter().collect(),
                    _ => all.iter().skip(number % all.len()).take(1).collect(),
                };
                for place in &chosen {
                    *bad.pointer_mut(place).unwrap() = json!(text);
                }
                let what =
                    format!("{engine} {method} {path} {chosen:?} {:?}", text.chars().take(60).collect::<String>());
                let before = orders(&db).await;
                let answer = send(&luz, method, path, bad.to_string()).await;
                if answer.status >= 300 {
                    assert_refused(&answer, &what);
                    assert_eq!(orders(&db).await, before, "{what}");
                }
            }
        }
        site.assert_sound().await;
    }
}

async fn orders(db: &Db) -> i64 {
    let sql = "select cast(count(*) as bigint) from orders";
    let (count,): (i64,) = on!(db.reader(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
    count
}
