//! The main job, whole, through API and pages, as a producer's program and a buyer without JavaScript go through it.

use crate::harness::browserless::{Browser, form, path_of};
use crate::harness::member_areas::Area;
use crate::harness::pgbouncer::Bouncer;
use crate::harness::postgres;
use crate::harness::shop::{
    access_is, ask_for_link, catalogue, guru, guru_source, hours_ago, order, sell, send_hook, sign_in,
};
use crate::harness::site::{Api, Site, eventually};
use portal::testing::postgres_url;
use serde_json::{Value, json};

const ANA: &str = "ana.souza@example.com";

#[tokio::test]
async fn the_main_job_on_sqlite_with_the_example_area() {
    main_job("sqlite", Area::own().await).await;
}

#[tokio::test]
async fn the_main_job_on_postgres_with_the_example_area() {
    main_job("postgres", Area::own().await).await;
}

#[tokio::test]
async fn the_main_job_with_a_stand_in_of_somebody_else() {
    for engine in crate::harness::site::ENGINES {
        if let Some(area) = Area::peer().await {
            main_job(engine, area).await;
        }
    }
}

async fn main_job(engine: &'static str, area: Area) {
    main_job_at(Site::start(engine).await, area).await;
}

/// Whoever has a pooler has it for all that comes in at once: an order, a buyer, the worker.
#[tokio::test]
async fn the_main_job_behind_a_pooler_of_either_kind() {
    for mode in ["transaction", "session"] {
        let server = postgres::url().await;
        let Some(bouncer) = Bouncer::start(server, mode).unwrap() else {
            println!("left out: pgbouncer is not installed");
            return;
        };
        let site = Site::start_on("postgres", bouncer.url(&postgres_url(server).await)).await;
        main_job_at(site, Area::own().await).await;
    }
}

async fn main_job_at(site: Site, area: Area) {
    let engine = site.engine;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &area).await;

    // An order comes in; access is there, and the buyer has mail.
    let order_link = sell(&luz, &order("A-1001", ANA, &[("foto", 29_700), ("ebook", 1_990)])).await;
    access_is(&luz, "A-1001", "confirmed").await;
    assert_eq!(area.classes(ANA).await, [111, 222]);

    let purchase = site.mail.wait(ANA, "A-1001").await;
    assert_eq!(path_of(&purchase.link("/o/")), order_link);

    // In by the link in a mail; the home page leads to the order.
    let mut ana = sign_in(&site, ANA).await;
    let home = ana.visit("/").await.expect(200).text();
    assert!(home.contains("/orders/A-1001") && home.contains("Curso de Fotografia"), "{home}");

    let page = ana.visit("/orders/A-1001").await.expect(200).text();
    assert!(page.contains("Acesso confirmado às"), "{page}");
    assert!(page.contains("316,90") && page.contains("https://conteudo.example/aulas"), "{page}");

    // Only the e-book goes back at first: what the other item gives stays.
    let protocol = refund(&mut ana, &luz, "A-1001", Some(1)).await;
    let seen = refund_is(&luz, "A-1001", &protocol, "settled").await;
    assert_eq!(
        (seen["status"].as_str(), seen["refunds"][0]["amount"]["amount"].as_i64()),
        (Some("partly_refunded"), Some(1_990))
    );
    assert_eq!(area.classes(ANA).await, [111, 222], "{engine}: the course still gives both");

    site.mail.wait(ANA, &protocol).await;

    // Then the rest, and access goes.
    let rest = refund(&mut ana, &luz, "A-1001", None).await;
    assert_ne!(rest, protocol);

    let seen = refund_is(&luz, "A-1001", &rest, "settled").await;
    assert_eq!(seen["status"], "refunded");

    access_is(&luz, "A-1001", "removed").await;
    assert_eq!(area.classes(ANA).await, [0_i64; 0]);
    assert_eq!(area.told(ANA).await, ["active", "inactive"], "{engine}");

    let tracker = ana.visit(&format!("/orders/A-1001/refund/{rest}")).await.expect(200).text();
    assert!(tracker.contains(&rest) && tracker.contains("297,00"), "{tracker}");

    // Asked for and settled, of each refund, and nothing between: the last one says that it is concluded.
    for number in [&protocol, &rest] {
        let of_refund = || site.mail.to(ANA).into_iter().filter(|mail| mail.text.contains(number.as_str()));
        let is_last = |subject: &str| subject.contains("concluído");
        eventually("the last mail of the refund", async || of_refund().find(|mail| is_last(&mail.subject))).await;
        let subjects: Vec<String> = of_refund().map(|mail| mail.subject).collect();
        assert_eq!(subjects.len(), 2, "{subjects:?}");
    }

    // Signed out means out.
    let page = ana.visit("/").await;
    ana.submit(&form(&page, "/sign-out"), &[]).await.expect(200);
    let answer = ana.get("/orders/A-1001").await.expect(303);
    assert_eq!(answer.header("location"), Some("/sign-in?next=/orders/A-1001"));
    site.assert_sound().await;
}

/// The refund pages, from the order to the receipt: one item by its place, or all that is left. Gives the protocol
/// number.
async fn refund(buyer: &mut Browser, api: &Api, code: &str, only: Option<usize>) -> String {
    let page = buyer.visit(&format!("/orders/{code}/refund")).await.expect(200);
    let mut preview = page.clone();
    if page.text().contains("/refund/preview") {
        let mut choice = form(&page, &format!("/orders/{code}/refund/preview"));
        choice.fields = choice
            .fields
            .into_iter()
            .enumerate()
            .filter(|(n, _)| only.is_none_or(|only| only == *n))
            .map(|(_, field)| field)
            .collect();
        preview = buyer.submit(&choice, &[]).await.expect(200);
    }
    let confirm = form(&preview, &format!("/orders/{code}/refund"));
    assert!(api.order(code).await["refunds"].as_array().unwrap().len() < 2, "a preview does nothing");
    // Pressed twice, it is one request.
    let first = buyer.press(&confirm, &[]).await.expect(303);
    let second = buyer.press(&confirm, &[]).await.expect(303);
    assert_eq!(first.header("location"), second.header("location"));
    let receipt = buyer.follow(first).await.expect(200);
    let address = second.header("location").unwrap().to_owned();
    let protocol = address.rsplit('/').next().unwrap().to_owned();
    assert!(receipt.text().contains(&protocol), "{receipt:?}");
    protocol
}

async fn refund_is(api: &Api, code: &str, protocol: &str, state: &str) -> Value {
    eventually(&format!("refund {protocol} to be {state}"), async || {
        let order = api.order(code).await;
        let refunds = order["refunds"].as_array().unwrap();
        refunds.iter().any(|refund| refund["protocol"] == protocol && refund["state"] == state).then(|| order.clone())
    })
    .await
}

#[tokio::test]
async fn a_code_and_an_order_link_lead_in_as_well() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let order_link = sell(&luz, &order("A-1", "bruno@example.com", &[("foto", 29_700)])).await;
        sell(&luz, &order("A-2", "carla@example.com", &[("foto", 29_700)])).await;

        // The order link shows little, and causes a mail to the address on file.
        let mut bruno = site.browser();
        let page = bruno.visit(&order_link).await.expect(200);
        let text = page.text();
        assert!(
            text.contains("b***@example.com") && !text.contains("bruno@example.com") && !text.contains("A-1"),
            "{text}"
        );

        bruno.submit(&form(&page, &order_link), &[]).await.expect(200);
        let mail = site.mail.wait("bruno@example.com", "/l/").await;
        let page = bruno.visit(&mail.link("/l/")).await.expect(200);
        assert!(bruno.cookies.is_empty(), "looking signs nobody in");

        let spent = form(&page, "/l/");
        let order_page = bruno.submit(&spent, &[]).await.expect(200).text();
        assert!(order_page.contains("A-1"), "{order_page}");

        // Once, and another browser gets a page that helps instead.
        let mut other = site.browser();
        let again = other.press(&spent, &[]).await;
        assert!(again.status == 410 && other.cookies.is_empty(), "{again:?}");
        assert_eq!(form(&again, "/l/").action, format!("{}/resend", path_of(&mail.link("/l/"))));

        // A code does the same, in the browser that asked and in any other; here in another.
        ask_for_link(&mut site.browser(), " Carla@Example.com ").await;
        let code = site.mail.wait("carla@example.com", "/l/").await.code();
        let mut carla = site.browser();
        let page = carla.visit("/sign-in/code").await.expect(200);
        let wrong =
            carla.submit(&form(&page, "/sign-in/code"), &[("email", "carla@example.com"), ("code", "AAAA2222")]).await;
        assert!(wrong.status == 422 && carla.cookies.is_empty());

        let typed = [("email", "carla@example.com"), ("code", &*code.to_lowercase())];
        let home = carla.submit(&form(&wrong, "/sign-in/code"), &typed).await.expect(200).text();
        assert!(home.contains("/orders/A-2") && !home.contains("A-1"), "{home}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_order_from_guru_goes_the_same_way() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let area = Area::own().await;
        catalogue(&luz, &area).await;
        let hook = guru_source(&luz).await;
        let mut sale = guru("transaction_approved_course");
        // Of what was paid long ago nobody is told.
        sale["dates"]["confirmed_at"] = json!(hours_ago(1));
        let code = sale["id"].as_str().unwrap();

        // The sale comes first, the producer's rules for its products later; twice each, and access is there all the
        // same.
        for outcome in ["applied", "repeated"] {
            let answer = send_hook(&site, &hook, &sale).await.expect(200).json();
            assert_eq!(answer["outcome"], outcome, "{engine}");
        }
        for (product, rooms) in [("FOTO-1", json!([111])), ("EBOOK-1", json!([222]))] {
            let rule = json!({"product": product, "member_area": "area", "grant": {"classroom_ids": rooms}});
            luz.put(&format!("access-rules/{product}"), &rule).await.expect(200);
        }
        let seen = access_is(&luz, code, "confirmed").await;
        assert_eq!(seen["total"]["amount"], 31_690);
        assert_eq!(area.classes(ANA).await, [111, 222]);

        site.mail.wait(ANA, code).await;

        let mut ana = sign_in(&site, ANA).await;
        let page = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
        assert!(page.contains("Curso de Fotografia") && page.contains("Acesso confirmado"), "{page}");

        let protocol = refund(&mut ana, &luz, code, None).await;
        refund_is(&luz, code, &protocol, "settled").await;
        access_is(&luz, code, "removed").await;
        assert_eq!(area.classes(ANA).await, [0_i64; 0], "{engine}");

        // What Guru says of it later, and the sale once more, out of order, change nothing.
        let outcome = send_hook(&site, &hook, &guru("transaction_refunded_course")).await.expect(200).json();
        send_hook(&site, &hook, &sale).await.expect(200);
        let seen = luz.order(code).await;
        assert_eq!(
            (seen["status"].as_str(), seen["refunds"].as_array().unwrap().len()),
            (Some("refunded"), 1),
            "{outcome}"
        );
        assert_eq!(area.classes(ANA).await, [0_i64; 0], "{engine}");

        let wrong = json!({"webhook_type": "transaction", "api_token": "wrong"});
        send_hook(&site, &hook, &wrong).await.expect(401);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_subscription_from_guru_opens_its_level_and_its_refund_ends_it() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let area = Area::own().await;
        catalogue(&luz, &area).await;
        let hook = guru_source(&luz).await;
        let active = guru("subscription_active_yearly");
        send_hook(&site, &hook, &active).await.expect(200);
        let listed = luz.get("orders").await.expect(200).json();
        let code = listed["orders"][0]["code"].as_str().unwrap().to_owned();
        let email = listed["orders"][0]["buyer"]["email"].as_str().unwrap().to_owned();
        let product = luz.order(&code).await["items"][0]["product"].as_str().unwrap().to_owned();
        let rule = json!({"product": product, "member_area": "area", "grant": {"membership_level_id": 4420}});
        luz.put("access-rules/anual", &rule).await.expect(200);
        access_is(&luz, &code, "confirmed").await;
        assert_eq!(area.levels(&email).await, [4420]);

        // The money itself is told by a transaction of the subscription.
        send_hook(&site, &hook, &charge_of(&active)).await.expect(200);
        let mut buyer = sign_in(&site, &email).await;
        let protocol = refund(&mut buyer, &luz, &code, None).await;
        let seen = refund_is(&luz, &code, &protocol, "settled").await;
        assert_eq!(
            (seen["subscription"]["status"].as_str(), &seen["subscription"]["next_charge_at"]),
            (Some("ended"), &Value::Null)
        );
        access_is(&luz, &code, "removed").await;
        assert_eq!(area.levels(&email).await, [0_i64; 0], "{engine}");
        // The source does not know yet and says "active" once more: money, subscription and access stay together.
        send_hook(&site, &hook, &active).await.expect(200);
        assert_eq!(luz.order(&code).await["subscription"]["status"], "ended", "{engine}");
        site.assert_sound().await;
    }
}

/// The transaction that paid for the cycle of a subscription.
fn charge_of(subscription: &Value) -> Value {
    let mut body = guru("transaction_approved_course");
    body["id"] = json!("tx-of-the-cycle");
    let dates = &subscription["dates"];
    body["subscription"] = json!({
        "id": subscription["id"], "internal_id": subscription["internal_id"],
        "subscription_code": subscription["subscription_code"],
        "last_status": "active", "charged_every_days": 365, "charged_times": 1,
        "started_at": dates["started_at"], "can_cancel": 1
    });
    body["invoice"] = subscription["current_invoice"].clone();
    let mut product = subscription["product"].clone();
    product["total_value"] = json!(478.8);
    product["unit_value"] = json!(478.8);
    body["items"] = json!([product]);
    body["product"] = product;
    for name in ["gross", "total"] {
        body["payment"][name] = json!(478.8);
    }
    body
}
