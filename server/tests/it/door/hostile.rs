//! Bad input, everywhere it can be put: refused with the field and the reason, never with a fault of ours, and nothing
//! is written.

use super::shop;
use crate::harness::hostile_texts;
use crate::harness::http::{Answer, Request, call};
use crate::harness::member_areas::Area;
use crate::harness::rows::{assert_same, at_rest, rows};
use crate::harness::shop::{GURU_TOKEN, catalogue, order};
use crate::harness::site::{Api, Site};
use portal::db::Db;
use portal::on;
use serde_json::{Value, json};
use types::cleaning;

/// Each call with a body that is taken.
fn calls() -> Vec<(&'static str, &'static str, Value)> {
    let month = json!({"unit": "month", "count": 1});
    let offer = json!({"product": "foto", "name": "À vista", "price": {"amount": 100, "currency": "BRL"},
        "interval": month,
        "installments_max": 12, "change_targets": ["foto"]});
    let area = json!({
        "kind": "memberkit",
        "base_url": "https://area.example/api",
        "api_key": "another-key",
        "content_url": "https://c.example"
    });
    let mut subscription = order("X-2", "eve@example.com", &[("clube", 4_990)]);
    subscription["kind"] = json!("subscription");
    subscription["subscription"] = json!({"status": "active", "plan": "Clube", "amount": 4_990, "interval": month,
        "period_start": "2026-11-10T03:00:00Z", "period_end": "2027-11-10T03:00:00Z",
        "next_charge_at": "2027-11-10T03:00:00Z"});
    let policy = json!({
        "cancel": {
            "effect": "now", "reasons": [{"code": "caro", "text": {"pt-BR": "Está caro", "en": "Too dear"}}],
            "retention": [
                {"reason": "caro", "offer": {"kind": "discount", "percent": 30, "cycles": 3}},
                {"offer": {"kind": "plan", "offer": "clube"}}
            ]
        },
        "refund": {"answer_days": 5}, "payment": {"card_swap": true, "method_change": false},
        "plan": {"change": true, "upgrade": "now", "downgrade": "period_end"},
        "dunning": {"retry_days": [1, 3], "then": "keep"}, "notice": {"renewal_days": 3, "access_days": 3}
    });
    let mut in_parts = order("X-3", "eve@example.com", &[("foto", 12_000)]);
    in_parts["kind"] = json!("smart_installments");
    in_parts["installments"] = json!({"count": 12});
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
        ("PUT", "policy", policy.clone()),
        ("PUT", "products/foto/policy", policy),
        ("POST", "orders", order("X-1", "eve@example.com", &[("foto", 100), ("ebook", 1)])),
        ("POST", "orders", subscription),
        ("POST", "orders", in_parts),
        ("POST", "orders/A-1/links", json!({"target": "order"})),
        ("POST", "orders/A-1/refunds/R-2222-2222/answer", json!({"answer": "decline", "reason": "x"})),
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
    for engine in crate::harness::site::ENGINES {
        let (site, luz, _) = shop(engine).await;
        let db = site.db().await;
        at_rest(&db).await;
        let before = rows(&db, &[]).await;
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
        assert_same(&before, &rows(&db, &[]).await, &format!("{engine}: what has the wrong type"));
        site.assert_sound().await;
    }
}

async fn send(api: &Api, method: &str, path: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = Request::new(method, &format!("/api/v1/{path}")).body("application/json", body);
    api.send(request).await.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
}

#[tokio::test]
async fn what_is_no_json_or_too_much_of_it_is_refused_and_nothing_is_written_on_sqlite() {
    malformed("sqlite").await;
}

#[tokio::test]
async fn what_is_no_json_or_too_much_of_it_is_refused_and_nothing_is_written_on_postgres() {
    malformed("postgres").await;
}

async fn malformed(engine: &'static str) {
    let (site, luz, _) = shop(engine).await;
    let db = site.db().await;
    at_rest(&db).await;
    let before = rows(&db, &[]).await;
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
    assert_same(&before, &rows(&db, &[]).await, &format!("{engine}: what is malformed"));
    site.assert_sound().await;
}

/// Hostile texts are legal in some fields. Where they are taken they come back as they were sent; where not, nothing is
/// written.
#[tokio::test]
async fn hundreds_of_hostile_texts_in_every_field_are_taken_as_text_or_refused() {
    for engine in crate::harness::site::ENGINES {
        let (site, luz, _) = shop(engine).await;
        let producers = producers(&site, luz).await;
        let db = site.db().await;
        let texts = hostile_texts::all();
        assert!(texts.len() > 300, "{}", texts.len());

        let (mut refused, mut taken) = (Vec::new(), 0);
        for (method, path, body) in calls() {
            let whose = producer_of(&body);
            let mut all = Vec::new();
            places(&body, "", &mut all);
            all.retain(|place| body.pointer(place).is_some_and(Value::is_string));
            for (number, text) in texts.iter().enumerate() {
                // Each text in a field, each field with many texts; every tenth in all fields at once.
                let mut bad = own_code(&body, number);
                let chosen: Vec<&String> = match number % 10 {
                    0 => all.iter().collect(),
                    _ => all.iter().skip(number % all.len()).take(1).collect(),
                };
                for place in &chosen {
                    *bad.pointer_mut(place).unwrap() = json!(text);
                }
                let what =
                    format!("{engine} {method} {path} {chosen:?} {:?}", text.chars().take(60).collect::<String>());
                let api = &producers[whose];
                let answer = send(api, method, path, bad.to_string()).await;
                if answer.status >= 300 {
                    assert_refused(&answer, &what);
                    refused.push((method, path, bad.to_string(), whose, what));
                } else {
                    for place in &chosen {
                        if let Some((asked, found)) = read(&db, api, path, &bad, place).await {
                            // Names are cleaned; what is no name is kept as it was sent.
                            let is_kept = found == asked || found == cleaning::plain(&asked);
                            assert!(is_kept, "{what}: {found:?} of {asked:?}");
                        }
                    }
                    taken += 1;
                }
            }
        }
        assert!(taken > 100 && refused.len() > 1_000, "{engine}: {taken} taken, {} refused", refused.len());
        site.assert_sound().await;

        refused_again(engine, refused).await;
    }
}

/// Each kind of order has a producer of its own: two orders cannot have the same hostile code.
async fn producers(site: &Site, luz: Api) -> [Api; 3] {
    let (sol, lua) = (site.producer("sol", "Escola Sol").await, site.producer("lua", "Escola Lua").await);
    for api in [&sol, &lua] {
        catalogue(api, &Area::own().await).await;
    }
    [luz, sol, lua]
}

fn producer_of(body: &Value) -> usize {
    match (body.get("subscription"), body.get("installments")) {
        (Some(_), _) => 1,
        (None, Some(_)) => 2,
        (None, None) => 0,
    }
}

/// The body as an order of its own, if it is one: what was taken before is no reason to refuse it.
fn own_code(body: &Value, number: usize) -> Value {
    let mut body = body.clone();
    if body.get("gateway").is_some() {
        body["code"] = json!(format!("X-{number}"));
        body["gateway"]["reference"] = json!(format!("ch_X-{number}"));
    }
    body
}

/// Where nothing else happens at the same time, each table is as it was before: row by row.
async fn refused_again(engine: &'static str, refused: Vec<(&'static str, &'static str, String, usize, String)>) {
    let (site, luz, _) = shop(engine).await;
    let producers = producers(&site, luz).await;
    let db = site.db().await;
    at_rest(&db).await;
    let before = rows(&db, &[]).await;
    for (method, path, body, whose, what) in refused {
        assert_refused(&send(&producers[whose], method, path, body).await, &what);
    }
    assert_same(&before, &rows(&db, &[]).await, &format!("{engine}: a refused text"));
    site.assert_sound().await;
}

/// What a text that was taken must be read back as, and what is read: from the API where it says so, else from the
/// table. None for a secret.
async fn read(db: &Db, api: &Api, path: &str, sent: &Value, place: &str) -> Option<(String, String)> {
    // White space around a text is no part of it.
    let text = sent.pointer(place).and_then(Value::as_str).unwrap().trim().to_owned();
    let column = match (path.split('/').next().unwrap(), place) {
        _ if path.ends_with("policy") => {
            let policy = api.get(path).await.expect(200).json();
            return Some((text, policy.pointer(place).and_then(Value::as_str).unwrap_or("nothing").trim().to_owned()));
        }
        ("orders", _) => {
            let order = api.order(sent["code"].as_str().unwrap()).await;
            let shown = match place {
                "/payment/card/brand" => "/card/brand",
                "/gateway/name" => "/gateway",
                "/gateway/reference" => "/charges/0/reference",
                "/buyer/tax_id" => "/tax_id",
                "/buyer/phone" => "/phone",
                other => other,
            };
            return Some((text, order.pointer(shown).and_then(Value::as_str).unwrap_or("nothing").to_owned()));
        }
        ("products", "/name") => "name from products",
        ("offers", "/name") => "name from offers",
        ("offers", "/change_targets/0") => "target_code from offer_targets",
        ("member-areas", "/content_url") => "content_url from member_areas",
        // Paths are put behind it.
        ("member-areas", "/base_url") => {
            return Some((text.trim_end_matches('/').to_owned(), of_luz(db, "base_url from member_areas", "").await));
        }
        ("member-areas", "/api_key") | ("sources", "/api_token") => return None,
        other => panic!("{other:?} is taken: say where it is read"),
    };
    let code = if column.starts_with("name") { "and code = 'foto'" } else { "" };
    Some((text, of_luz(db, column, code).await))
}

/// The one value of a column among the rows of the producer.
async fn of_luz(db: &Db, column: &str, and: &str) -> String {
    let sql = format!("select {column} where producer_id = (select id from producers where slug = 'luz') {and}");
    let (text,): (String,) =
        on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(c).await.unwrap());
    text
}
