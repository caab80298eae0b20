//! What producers do by the API, in short words: a catalogue, orders, a source; and Guru's webhooks brought to today.

use crate::harness::browserless::{Browser, form, forms};
use crate::harness::http::{Answer, Request};
use crate::harness::member_areas::Area;
use crate::harness::site::{Api, Site, eventually};
use serde_json::{Value, json};

/// The token in Guru's fixtures.
pub const GURU_TOKEN: &str = "guru-account-token-for-tests-0000000000001";

/// Two products and a club, in one member area: `foto` opens the classes 111 and 222, `ebook` 222, `clube` the level
/// 4420.
pub async fn catalogue(api: &Api, area: &Area) {
    api.put("member-areas/area", &area.body()).await.expect(200);
    let month = json!({"unit": "month", "count": 1});
    let products = [
        ("foto", "Curso de Fotografia", 29_700, Value::Null, json!({"classroom_ids": [111, 222]})),
        ("ebook", "E-book de Iluminação", 1_990, Value::Null, json!({"classroom_ids": [222]})),
        ("clube", "Clube Luz", 4_990, month, json!({"membership_level_id": 4420})),
    ];
    for (code, name, amount, interval, grant) in products {
        api.put(&format!("products/{code}"), &json!({"name": name})).await.expect(200);
        let price = json!({"amount": amount, "currency": "BRL"});
        let offer = json!({"product": code, "name": "À vista", "price": price, "interval": interval});
        api.put(&format!("offers/{code}"), &offer).await.expect(200);
        let rule = json!({"product": code, "member_area": "area", "grant": grant});
        api.put(&format!("access-rules/{code}"), &rule).await.expect(200);
    }
}

/// A shop with a catalogue, whose account at a gateway is connected under the name `loja` and tested.
pub async fn with_account(engine: &'static str, account: &Value) -> (Site, Api) {
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    luz.put("connections/loja", account).await.expect(200);
    let tested = luz.post("connections/loja/test", &json!({})).await.expect(200).json();
    assert_eq!((&tested["live"], &tested["lacks"]), (&json!(false), &json!([])), "{engine}");
    assert_eq!(tested["webhook_registered"], true, "{engine}");
    (site, luz)
}

/// An order of these products, paid by card an hour ago.
pub fn order(code: &str, email: &str, products: &[(&str, i64)]) -> Value {
    let item = |(product, amount): &(&str, i64)| json!({"product": product, "offer": product, "amount": amount});
    json!({
        "code": code,
        "kind": "one_off",
        "buyer": {"email": email, "name": "Ana Souza", "tax_id": "52998224725", "phone": "11999990001"},
        "items": products.iter().map(item).collect::<Value>(),
        "currency": "BRL",
        "ordered_at": hours_ago(1),
        "paid_at": hours_ago(1),
        "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2099}},
        "gateway": {"name": "sandbox", "reference": format!("ch_{code}")}
    })
}

/// A subscription of the club, paid by card an hour ago for a month.
pub fn club(code: &str, email: &str) -> Value {
    let mut order = order(code, email, &[("clube", 4_990)]);
    order["kind"] = json!("subscription");
    order["subscription"] = json!({
        "plan": "Clube Luz mensal", "amount": 4_990, "interval": {"unit": "month", "count": 1}, "status": "active",
        "period_start": hours_ago(1), "period_end": hours_ago(-720), "next_charge_at": hours_ago(-720)
    });
    order
}

/// A month of the club, paid an hour ago.
pub fn subscription(code: &str, email: &str) -> Value {
    let mut body = order(code, email, &[("clube", 4_990)]);
    body["kind"] = json!("subscription");
    body["subscription"] = json!({
        "interval": {"unit": "month", "count": 1}, "period_start": hours_ago(1), "period_end": hours_ago(-30 * 24)
    });
    body
}

/// The address of the first subscription on a buyer's home page.
pub async fn subscription_of(browser: &mut Browser) -> String {
    let home = browser.visit("/").await.expect(200).text();
    let rest = home.split("href=\"/subscriptions/").nth(1).unwrap_or_else(|| panic!("no subscription: {home}"));
    format!("/subscriptions/{}", rest.split('"').next().unwrap())
}

/// Somebody cancels their only subscription: the page that says so, and where the subscription is.
pub async fn cancel(browser: &mut Browser) -> (Answer, String) {
    let address = subscription_of(browser).await;
    let what = browser.visit(&format!("{address}/cancel")).await.expect(200);
    let why = browser.submit(&form(&what, &format!("{address}/cancel/begin")), &[]).await.expect(200);
    let confirm = forms(&why.text()).into_iter().find(|form| form.action == format!("{address}/cancel")).unwrap();
    (browser.submit(&confirm, &[]).await.expect(200), address)
}

/// The club's plan may be changed to another one: a cheaper one, a dearer one.
pub async fn other_plans(api: &Api) {
    let month = json!({"unit": "month", "count": 1});
    let all = [
        ("mini", "Clube Luz Mini", 1_990, json!([])),
        ("ouro", "Clube Luz Ouro", 9_990, json!([])),
        ("clube", "À vista", 4_990, json!(["mini", "ouro"])),
    ];
    for (code, name, amount, targets) in all {
        let price = json!({"amount": amount, "currency": "BRL"});
        let body =
            json!({"product": "clube", "name": name, "price": price, "interval": month, "change_targets": targets});
        api.put(&format!("offers/{code}"), &body).await.expect(200);
    }
}

/// Sends an order that is taken, and gives the path of its order link.
pub async fn sell(api: &Api, order: &Value) -> String {
    let answer = api.post("orders", order).await.expect(201).json();
    assert_eq!(answer["code"], order["code"]);
    crate::harness::browserless::path_of(answer["order_link"].as_str().unwrap()).to_owned()
}

/// The words for where access to each item of an order stands.
pub fn access(order: &Value) -> Vec<String> {
    let items = order["items"].as_array().unwrap();
    items.iter().map(|item| item["access"]["state"].as_str().unwrap().to_owned()).collect()
}

/// Waits until access to every item of an order is at this word.
pub async fn access_is(api: &Api, code: &str, word: &str) -> Value {
    eventually(&format!("access of {code} to be {word}"), async || {
        let order = api.order(code).await;
        access(&order).iter().all(|state| state == word).then_some(order)
    })
    .await
}

#[expect(clippy::disallowed_methods, reason = "the server under test has the time of the machine")]
pub fn hours_ago(hours: i64) -> String {
    let now = jiff::Timestamp::now().round(jiff::Unit::Second).unwrap();
    (now - jiff::SignedDuration::from_hours(hours)).to_string()
}

/// A fixture of Guru's, with all its times moved as if the 21st of November 2026 were today.
pub fn guru(fixture: &str) -> Value {
    let path = format!("{}/tests/fixtures/guru/{fixture}.json", env!("CARGO_MANIFEST_DIR"));
    let today: jiff::civil::Date = hours_ago(0)[..10].parse().unwrap();
    let days = (today - jiff::civil::date(2026, 11, 21)).get_days();
    let mut body = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    move_times(&mut body, i64::from(days));
    body
}

fn move_times(value: &mut Value, days: i64) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|value| move_times(value, days)),
        Value::Object(map) => map.values_mut().for_each(|value| move_times(value, days)),
        Value::Number(number) => {
            if let Some(seconds) = number.as_i64().filter(|seconds| (1_790_000_000..1_800_000_000).contains(seconds)) {
                *value = json!(seconds + days * 86_400);
            }
        }
        Value::String(text) if text.starts_with("202") => {
            if let Some(Ok(day)) = text.get(..10).map(str::parse::<jiff::civil::Date>) {
                let moved = day.checked_add(jiff::Span::new().days(days)).unwrap();
                *text = format!("{moved}{}", &text[10..]);
            }
        }
        _ => {}
    }
}

/// The path that Guru is to send to.
pub async fn guru_source(api: &Api) -> String {
    let answer = api.put("sources/guru", &json!({"kind": "guru", "api_token": GURU_TOKEN})).await.expect(200).json();
    crate::harness::browserless::path_of(answer["url"].as_str().unwrap()).to_owned()
}

pub async fn send_hook(site: &Site, path: &str, body: &Value) -> Answer {
    site.browser().send(Request::new("POST", path).json(body)).await
}

/// Asks for a link with the e-mail; the page that says what to do.
pub async fn ask_for_link(browser: &mut Browser, email: &str) -> Answer {
    let page = browser.visit("/sign-in").await;
    browser.submit(&form(&page, "/sign-in"), &[("email", email)]).await.expect(200)
}

/// Signs a buyer in by the link in the mail.
pub async fn sign_in(site: &Site, email: &str) -> Browser {
    let mut browser = site.browser();
    ask_for_link(&mut browser, email).await;
    let link = site.mail.wait(email, "/l/").await.link("/l/");
    let page = browser.visit(&link).await.expect(200);
    let inside = browser.submit(&form(&page, "/l/"), &[]).await.expect(200).text();
    assert!(inside.contains("/sign-out"), "nobody is signed in: {inside}");
    browser
}
