//! Hostile input in forms, addresses and hooks; and hostile names, which are legal, on every page and in every mail.

use crate::harness::browserless::{Browser, form, forms, unescape};
use crate::harness::hostile_texts::{MARKUP, all};
use crate::harness::http::{Answer, Request, call, encode};
use crate::harness::member_areas::Area;
use crate::harness::rows::{assert_same, at_rest, rows};
use crate::harness::shop::{access_is, catalogue, guru, guru_source, order, sell, send_hook, sign_in};
use crate::harness::site::{Api, Site};
use portal::db::Db;
use portal::on;
use serde_json::{Value, json};

/// Every request of somebody who is signed in, refused or not, may note when they were last here.
const LAST_SEEN: &str = "sessions.last_seen_at";

/// Nobody who bought anything.
const STRANGER: &str = "nobody@example.com";

/// Names and plain values.
type Fields = Vec<(&'static str, &'static str)>;

/// Every form: its address, and its fields with what may stand in them.
fn every_form() -> Vec<(&'static str, &'static str, Fields)> {
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    vec![
        ("POST", "/sign-in", vec![("email", "nobody@"), ("next", "/orders/A-1")]),
        ("POST", "/sign-in", vec![("email", STRANGER), ("next", "/orders/A-1")]),
        ("POST", "/sign-in/resend", vec![("request", id)]),
        ("POST", "/sign-in/code", vec![("request", id), ("code", "AAAA2222")]),
        ("POST", "/sign-in/code", vec![("email", "ana@example.com"), ("code", "AAAA2222")]),
        ("POST", "/o/aaaaaaaaaaaaaaaaaaaaaaaaaa", vec![("to", "order")]),
        ("POST", "/l/a.b.c", vec![]),
        ("POST", "/l/a.b.c/resend", vec![]),
        ("POST", "/language", vec![("language", "pt-BR"), ("back", "/")]),
        ("POST", "/orders/A-1/refund", vec![("request", id), ("item", id)]),
        ("POST", "/orders/A-1/refund/ask", vec![("request", id), ("message", "x")]),
        ("POST", "/orders/A-1/refund/R-2222-2222/withdraw", vec![]),
        (
            "POST",
            "/orders/A-1/refund/R-2222-2222/payee",
            vec![("payee_holder", "Ana"), ("payee_pix_key", "ana@example.com")],
        ),
        ("POST", "/refund-requests/x", vec![("answer", "decline"), ("reason", "x")]),
        ("GET", "/orders/A-1/refund/preview", vec![("item", id)]),
        ("POST", "/orders/A-1/card", vec![("request", id)]),
        ("POST", "/orders/A-1/card/pay", vec![("x", id)]),
        (
            "POST",
            "/sandbox/pay/aaaa",
            vec![("number", "4242424242424242"), ("expiry", "12/30"), ("security_code", "123")],
        ),
        ("POST", "/sandbox/confirm/aaaa", vec![("action", "approve")]),
        ("POST", "/sandbox/pix/aaaa", vec![("action", "pay")]),
        ("POST", "/sandbox/dispute", vec![("reference", "x")]),
        ("POST", "/sandbox/redeliver", vec![("id", "x")]),
        (
            "POST",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel",
            vec![("request", id), ("reason", "no-time"), ("comment", "caro")],
        ),
        (
            "POST",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/accept",
            vec![("reason", "no-time"), ("comment", "caro")],
        ),
        ("POST", "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/abort", vec![("reason", "no-time")]),
        ("POST", "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/undo", vec![("protocol", "C-2222-2222")]),
        ("GET", "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/preview", vec![("offer", "ouro")]),
        ("POST", "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/quote", vec![("offer", "ouro")]),
        (
            "POST",
            "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/confirm",
            vec![("quote", id), ("consent", "yes"), ("installments", "1")],
        ),
        ("POST", "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/undo", vec![("change", id)]),
        ("GET", "/", vec![("q", "foto"), ("status", "paid"), ("cursor", "x")]),
        ("POST", "/account/email", vec![("email", "nobody@")]),
        ("POST", "/account/erasure", vec![("request", id)]),
        ("POST", "/account/sessions/01890a5d-ac96-774b-bcce-b302099a8057/end", vec![]),
        ("POST", "/e/abcdefghijkmnpqrstuvwxyz23", vec![]),
        // Without one good field nothing is taken: which one is hostile makes no difference.
        ("POST", "/account/profile", vec![("name", ""), ("phone", "1"), ("tax_id", "1")]),
        ("POST", "/orders/A-1/billing", vec![("name", ""), ("tax_id", "1"), ("address", "Rua das Flores, 1")]),
        ("GET", "/sign-in", vec![("next", "/")]),
        ("GET", "/sign-in/sent", vec![("request", id)]),
    ]
}

/// What a form may write although a value of it is hostile, and why.
fn may_write(path: &str, fields: &Fields) -> &'static [&'static str] {
    match path {
        // Every try of a code is counted before the code is looked at.
        "/sign-in/code" => &[LAST_SEEN, "rate_counts"],
        // Where a link is to lead is no part of what is asked for: an address that can be one gets its link, a job
        // mails it, and both are counted.
        "/sign-in" if fields.contains(&("email", STRANGER)) => &[LAST_SEEN, "rate_counts", "links", "jobs"],
        // The language is a good one and chosen, wherever the form comes back to; that and when it was chosen is noted.
        "/language" => &[LAST_SEEN, "people.language_chosen_at", "events"],
        _ => &[LAST_SEEN],
    }
}

fn request_of(method: &str, path: &str, fields: &[(String, String)]) -> Request {
    match method {
        "GET" => Request::new(method, &format!("{path}?{}", encode(fields))),
        _ => Request::new(method, path).form(fields),
    }
}

async fn shop(engine: &'static str) -> (Site, Api, Browser) {
    let site = Site::start(engine).await;
    let luz = site.seller("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700), ("ebook", 1_990)])).await;
    let ana = sign_in(&site, "ana@example.com").await;
    (site, luz, ana)
}

/// The same person, each time from another network.
fn elsewhere(site: &Site, person: &Browser) -> Browser {
    let mut browser = site.browser();
    browser.cookies = person.cookies.clone();
    browser
}

#[tokio::test]
async fn hundreds_of_hostile_texts_in_every_form_change_nothing_and_lead_nowhere_else() {
    for engine in crate::harness::site::ENGINES {
        let (site, _, ana) = shop(engine).await;
        let db = site.db().await;
        for (method, path, fields) in every_form() {
            at_rest(&db).await;
            let but = may_write(path, &fields);
            let before = rows(&db, but).await;
            // PostgreSQL is the one that refuses some texts; SQLite gets every third.
            let step = if engine == "postgres" { 1 } else { 3 };
            for (number, text) in all().iter().enumerate().step_by(step).filter(|_| !fields.is_empty()) {
                let hostile = number % fields.len();
                let value = |index: usize, plain: &str| match plain {
                    _ if index == hostile || number % 10 == 0 => text.clone(),
                    // Each an address of its own: one is written to once a minute.
                    STRANGER => format!("{number}.{STRANGER}"),
                    _ => plain.to_owned(),
                };
                let sent: Vec<_> = fields
                    .iter()
                    .enumerate()
                    .map(|(index, (name, plain))| ((*name).to_owned(), value(index, plain)))
                    .collect();
                if method == "GET" && text.len() > 5_000 {
                    continue;
                }
                let answer = elsewhere(&site, &ana).send(request_of(method, path, &sent)).await;
                let what = format!(
                    "{engine} {method} {path} {} {:?}",
                    fields[hostile].0,
                    text.chars().take(60).collect::<String>()
                );
                assert!(answer.status < 500, "{what}: {}", answer.status);
                if let Some(next) = answer.header("location") {
                    assert!(
                        next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/\\"),
                        "{what}: {next}"
                    );
                }
                assert!(answer.headers.iter().all(|(name, _)| name != "x-injected"), "{what}");
                assert!(!answer.text().contains("<script>alert") && !answer.text().contains("<img src=x"), "{what}");
                // A form that comes back says which field, and why.
                if path == "/sign-in" && method == "POST" && answer.status == 422 {
                    assert!(answer.text().contains("id=\"email-error\""), "{what}: {}", answer.text());
                }
                if let Some(field) = shown_again(method, path, &answer) {
                    let typed = sent.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value);
                    let mut fields = forms(&answer.text()).into_iter().flat_map(|form| form.fields);
                    let (_, shown) = fields.find(|(name, _)| name == field).unwrap();
                    // A search is for a hundred letters at most.
                    let kept = if field == "q" { typed.trim().chars().take(100).collect() } else { typed.to_owned() };
                    assert_eq!(shown, kept, "{what}");
                }
            }
            at_rest(&db).await;
            assert_same(&before, &rows(&db, but).await, &format!("{engine} {method} {path}"));
        }
        asked_for_links_lead_home(&db).await;
        site.assert_sound().await;
    }
}

/// The field that a page shows as it was filled in, if it is one of those.
fn shown_again(method: &str, path: &str, answer: &Answer) -> Option<&'static str> {
    match (method, path, answer.status) {
        ("POST", "/sign-in", 422) => Some("email"),
        // The page of a request has the code alone.
        ("POST", "/sign-in/code", 422) => answer.text().contains("name=\"email\"").then_some("email"),
        ("GET", "/", 200) => Some("q"),
        _ => None,
    }
}

/// What was no address of ours is forgotten where it came in.
async fn asked_for_links_lead_home(db: &Db) {
    let sql = "select target from links where email like $1 group by target";
    let targets: Vec<(String,)> = on!(db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(format!("%.{STRANGER}")).fetch_all(c).await.unwrap()
    });
    assert!(!targets.is_empty() && targets.iter().all(|(target,)| target == "{\"page\":\"home\"}"), "{targets:?}");
}

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused_on_sqlite() {
    malformed_forms("sqlite").await;
}

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused_on_postgres() {
    malformed_forms("postgres").await;
}

async fn malformed_forms(engine: &'static str) {
    let (site, _, ana) = shop(engine).await;
    let db = site.db().await;
    at_rest(&db).await;
    let before = rows(&db, &[LAST_SEEN]).await;
    let form_kind = "application/x-www-form-urlencoded";
    for (method, path, fields) in every_form().into_iter().filter(|(method, ..)| *method == "POST") {
        let name = fields.first().map_or("x", |(name, _)| *name);
        let bodies: Vec<(&str, Vec<u8>)> = vec![
            (form_kind, vec![]),
            (form_kind, format!("{name}={}", "a".repeat(64 * 1024)).into_bytes()),
            (form_kind, vec![b'a'; 5 * 1024 * 1024]),
            (form_kind, format!("{name}=%ff%fe").into_bytes()),
            (form_kind, [name.as_bytes(), b"=caf\xe9\0"].concat()),
            (form_kind, format!("{name}=a&{name}=b").into_bytes()),
            (form_kind, b"&&&===%%%".to_vec()),
            ("application/json", br#"{"email":"ana@example.com"}"#.to_vec()),
            ("multipart/form-data; boundary=x", b"--x\r\n\r\nx\r\n--x--\r\n".to_vec()),
            ("text/plain", b"email=ana@example.com".to_vec()),
        ];
        for (kind, body) in bodies {
            let length = body.len();
            let answer = elsewhere(&site, &ana).send(Request::new(method, path).body(kind, body)).await;
            let what = format!("{method} {path}: {length} bytes of {kind}");
            // A link and its form carry no fields at all: what comes along is not read.
            let reads = !["/l/", "/e/", "/account/sessions/"].iter().any(|start| path.starts_with(start))
                && !["/withdraw", "/card/pay"].iter().any(|end| path.ends_with(end));
            match length {
                65_537.. if reads => assert_eq!(answer.status, 413, "{what}"),
                _ if reads => assert!((400..500).contains(&answer.status), "{what}: {}", answer.status),
                _ => assert!(answer.status < 500, "{what}: {}", answer.status),
            }
            assert!(
                answer.status == 303 || answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")),
                "{what}: {answer:?}"
            );
        }
    }
    for path in [
        "/orders/%ff",
        "/orders/%00",
        "/orders/..%2f..",
        "/l/%ff",
        "/o/%00",
        "/%ff",
        "/?q=%ff",
        "/sign-in/sent?request=%ff",
        "/orders/A-1/refund/%ff",
        "/subscriptions/%ff",
        "/subscriptions/%00/cancel",
        "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/%ff",
        "/subscriptions/%ff/plan",
        "/subscriptions/%00/plan/preview?offer=%ff",
        "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/quote/%ff",
        "/orders/A-1/refund/preview?item=%00",
        "/?cursor=%00",
        "/?q=%00&status=%00",
        "/pkg/../Cargo.toml",
        "/pkg/%2e%2e/x",
    ] {
        let answer = elsewhere(&site, &ana).get(path).await;
        assert!(answer.status < 500, "{path}: {answer:?}");
    }
    let long = format!("/orders/{}", "a".repeat(8_000));
    assert_eq!(elsewhere(&site, &ana).get(&long).await.status, 404);
    assert_same(&before, &rows(&db, &[LAST_SEEN]).await, &format!("{engine}: a malformed form"));
    site.assert_sound().await;
}

#[tokio::test]
async fn a_hook_takes_what_it_can_read_and_refuses_the_rest() {
    for engine in crate::harness::site::ENGINES {
        let (site, luz, _) = shop(engine).await;
        let hook = guru_source(&luz).await;
        let db = site.db().await;
        at_rest(&db).await;
        let before = rows(&db, &[]).await;
        let raw: [(&[u8], u16); 9] = [
            (b"", 400),
            (b"{", 400),
            (b"[]", 400),
            (b"null", 400),
            (b"\xff\xfe", 400),
            (b"{\"webhook_type\":\"caf\xe9\"}", 400),
            (b"{}", 400),
            (b"{\"webhook_type\":\"transaction\"}", 401),
            (b"{\"webhook_type\":\"transaction\",\"api_token\":[]}", 401),
        ];
        for (body, status) in raw {
            let answer = call(site.address, &Request::new("POST", &hook).body("application/json", body)).await.unwrap();
            assert_eq!(answer.status, status, "{engine} {:?}", String::from_utf8_lossy(body));
        }
        let huge = Request::new("POST", &hook).body("application/json", vec![b' '; 256 * 1024 + 1]);
        assert_eq!(call(site.address, &huge).await.unwrap().status, 413);
        assert_same(&before, &rows(&db, &[]).await, &format!("{engine}: a hook that cannot be read"));

        let mut refused = Vec::new();
        // With its token: every place of every body, with what is no text for it.
        let texts = all();
        let mut number = 0;
        for fixture in ["transaction_approved_course", "transaction_boleto_printed", "subscription_active_yearly"] {
            let body = guru(fixture);
            let mut places = Vec::new();
            places_of(&body, "", &mut places);
            places.retain(|place| place != "/api_token");
            // PostgreSQL is the one that refuses some texts; SQLite gets every third place.
            for place in places.into_iter().step_by(if engine == "postgres" { 1 } else { 3 }) {
                let odd = [
                    Value::Null,
                    json!([]),
                    json!({}),
                    json!(true),
                    json!(-1),
                    json!(1e300),
                    json!(""),
                    json!(i64::MAX),
                    json!("99999999999999999999"),
                ];
                let odd = odd.into_iter().cycle().skip(number * 2).take(2);
                let hostile = [json!(texts[number % texts.len()])];
                for wrong in odd.chain(hostile) {
                    let mut bad = body.clone();
                    *bad.pointer_mut(&place).unwrap() = wrong.clone();
                    let answer = send_hook(&site, &hook, &bad).await;
                    assert!(
                        matches!(answer.status, 200 | 400),
                        "{engine} {fixture} {place} {wrong}: {} {}",
                        answer.status,
                        answer.text()
                    );
                    if answer.status == 400 {
                        refused.push(bad);
                    }
                }
                number += 1;
            }
        }
        // Whatever was taken can be listed, and looked at by its buyer.
        let mut cursor = String::new();
        loop {
            let page = luz.get(&format!("orders?limit=100{cursor}")).await.expect(200).json();
            for one in page["orders"].as_array().unwrap() {
                luz.get(&format!("orders/{}", one["code"].as_str().unwrap())).await.expect(200);
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        sign_in(&site, "ana.souza@example.com").await.visit("/").await.expect(200);
        site.assert_sound().await;

        refused_again(engine, &refused).await;
    }
}

/// Where nothing else happens at the same time, each table is as it was before, row by row: a body that is refused is
/// not even kept.
async fn refused_again(engine: &'static str, refused: &[Value]) {
    assert!(refused.len() > 20, "{engine}: {} refused", refused.len());
    let (site, luz, _) = shop(engine).await;
    let hook = guru_source(&luz).await;
    let db = site.db().await;
    at_rest(&db).await;
    let before = rows(&db, &[]).await;
    for body in refused {
        send_hook(&site, &hook, body).await.expect(400);
    }
    assert_same(&before, &rows(&db, &[]).await, &format!("{engine}: a refused body"));
    site.assert_sound().await;
}

fn places_of(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| places_of(value, &format!("{at}/{key}"), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| places_of(value, &format!("{at}/{index}"), found))
        }
        _ => {}
    }
    if !at.is_empty() {
        found.push(at.to_owned());
    }
}

/// Tags and names of attributes, in order, as a browser reads them: what texts must not change.
fn structure(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let (mut quote, mut end) = (None, rest.len());
        for (at, letter) in rest.char_indices() {
            match (quote, letter) {
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), _) if open == letter => quote = None,
                (None, '>') => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let tag = &rest[..end];
        let name: String = tag.chars().take_while(|letter| !letter.is_whitespace()).collect();
        let names: Vec<String> = crate::harness::browserless::attributes(&tag[name.len()..]).into_keys().collect();
        found.push(format!("{name} {}", names.join(" ")));
        rest = &rest[end..];
    }
    found
}

#[tokio::test]
async fn hostile_names_are_text_on_every_page_and_in_every_mail() {
    let site = Site::start("sqlite").await;
    let area = Area::own().await;
    let (plain, hostile) = (site.seller("luz", "Escola Luz").await, site.seller("sol", MARKUP[1]).await);
    catalogue(&plain, &area).await;
    catalogue(&hostile, &area).await;
    let mut expected = Vec::new();
    for (number, name) in std::iter::once("Curso de Fotografia").chain(MARKUP).enumerate() {
        let api = if number == 0 { &plain } else { &hostile };
        api.put("products/foto", &json!({"name": name})).await.expect(200);
        let offer =
            json!({"product": "foto", "name": name, "price": {"amount": 29_700, "currency": "BRL"}, "interval": null});
        api.put("offers/foto", &offer).await.expect(200);
        let (code, email) = (format!("H-{number}"), format!("h{number}@example.com"));
        let mut body = order(&code, &email, &[("foto", 29_700), ("ebook", 1_990)]);
        body["buyer"]["name"] = json!(name);
        body["payment"]["card"]["brand"] = json!(if number == 0 { "Outro" } else { name });
        let order_link = sell(api, &body).await;
        access_is(api, &code, "confirmed").await;

        let mut buyer = site.browser();
        let link_page = buyer.visit(&order_link).await.expect(200);
        buyer.submit(&form(&link_page, "/o/"), &[]).await.expect(200);
        let letter = site.mail.wait(&email, "/l/").await;
        let page = buyer.visit(&letter.link("/l/")).await.expect(200);
        let order_page = buyer.submit(&form(&page, "/l/"), &[]).await.expect(200);
        let home = buyer.visit("/").await.expect(200);
        let choice = buyer.visit(&format!("/orders/{code}/refund")).await.expect(200);
        let preview = buyer.submit(&form(&choice, &format!("/orders/{code}/refund/preview")), &[]).await.expect(200);
        let receipt = buyer.submit(&form(&preview, &format!("/orders/{code}/refund")), &[]).await.expect(200);
        let mail =
            site.mail.wait(&email, receipt.text().split("/refund/").nth(1).map_or("R-", |rest| &rest[..11])).await;
        let purchase = site.mail.wait(&email, "/o/").await;
        for answer in [&link_page, &order_page, &home, &choice, &preview] {
            assert!(unescape(&answer.text()).contains(name), "{name} is not shown: {}", answer.text());
        }
        assert!(!mail.subject.contains('\n') && mail.text.contains(name), "{mail:?}");
        let pages = [link_page, order_page, home, choice, preview].map(|answer| answer.text());
        let shapes: Vec<_> =
            pages.iter().chain([&letter.html, &mail.html, &purchase.html]).map(|html| structure(html)).collect();
        assert!(shapes.iter().all(|shape| shape.len() > 10));
        if number == 0 {
            expected = shapes;
        } else {
            for (shape, expected) in shapes.iter().zip(&expected) {
                assert_eq!(shape, expected, "{name} changes what a page is made of");
            }
        }
    }
    site.assert_sound().await;
}
