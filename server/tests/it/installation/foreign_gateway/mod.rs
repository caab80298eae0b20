//! Production with a gateway that it does not reach: page by page, mail by mail, no promise is made that nobody keeps.
//! Whoever pays back or ends the charges is named, what happens until then is said, and once it is reported money,
//! subscription and access move together.

mod cancel;
mod house;
mod refund;
mod words;

use crate::door::hooks;
use crate::harness::ANA;
use crate::harness::browserless::{Browser, form, forms, plain};
use house::{House, SELLER, each_house, read};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use words::{assert_kept, assert_says};

/// Each language, and how the mail about a refund that was asked for begins in it.
const LANGUAGES: [(&str, &str); 2] = [("pt-BR", "Recebemos seu pedido"), ("en", "We have your refund request")];

/// One order of each kind and state that a shop may send.
fn every_order(house: &House) -> Vec<Value> {
    let mut orders = Vec::new();
    for (code, kind) in [("ONE-1", "one_off"), ("SMART-1", "smart_installments"), ("SLIP-1", "slip_installments")] {
        orders.push(house.order(code, kind));
    }
    orders[2]["payment"] = json!({"method": "boleto"});
    let mut waiting = house.order("WAIT-1", "one_off");
    waiting.as_object_mut().unwrap().remove("paid_at");
    waiting["payment"] = json!({"method": "pix"});
    let mut free = house.order("FREE-1", "one_off");
    free["items"][0]["amount"] = json!(0);
    let mut late = house.order("LATE-1", "one_off");
    (late["ordered_at"], late["paid_at"]) = (json!(house.day(-30)), json!(house.day(-30)));
    orders.extend([waiting, free, late]);
    for (code, status) in [("SUB-1", "active"), ("OWED-1", "past_due"), ("END-1", "ending"), ("OVER-1", "ended")] {
        let mut order = house.order(code, "subscription");
        order["subscription"]["status"] = json!(status);
        orders.push(order);
    }
    orders
}

/// Every page that Ana reaches by links from her home page, with its text; a link that leads to a refusal fails.
async fn walk(ana: &mut Browser, language: &str) -> Vec<(String, String)> {
    let (mut seen, mut ahead) = (BTreeSet::new(), vec!["/".to_owned()]);
    let mut pages = Vec::new();
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = read(ana, &path, language).await;
        if answer.status == 303 {
            ahead.push(answer.header("location").unwrap().to_owned());
            continue;
        }
        assert_eq!(answer.status, 200, "a link leads to {path}: {answer:?}");
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        let text = answer.text();
        let links = text.split("href=\"/").skip(1).map(|rest| format!("/{}", rest.split('"').next().unwrap()));
        ahead.extend(links.filter(|link| !link.starts_with("/assets") && !link.contains('#')));
        pages.push((path, text));
    }
    pages
}

/// Forms that a page may have here: each is pressed by a story of this folder, or changes only what is ours.
const FORMS: [&str; 13] = [
    "/account",
    "/sign-out",
    "/language",
    "/cancel",
    "/cancel/begin",
    "/cancel/abort",
    "/cancel/accept",
    "/cancel/undo",
    "/refund",
    "/refund/preview",
    "/refund/ask",
    "/billing",
    "/",
];

#[tokio::test]
async fn no_page_and_no_mail_promises_what_nobody_keeps() {
    for (language, asked) in LANGUAGES {
        each_house(async |house| {
            let orders = every_order(house);
            for order in &orders {
                house.sell(order).await;
            }
            for (code, charge) in [("DISP-1", "disputed"), ("BACK-1", "refunded")] {
                house.tell(&house.order(code, "one_off"), charge).await;
            }
            house.report_by_guru().await;
            let mut ana = house.ana_in(language).await;
            let pages = walk(&mut ana, language).await;
            let of_orders = orders.iter().map(|order| format!("/orders/{}", order["code"].as_str().unwrap()));
            let told =
                ["DISP-1", "BACK-1", hooks::COURSE, hooks::BOLETO, hooks::PLAN].map(|code| format!("/orders/{code}"));
            for path in of_orders.chain(told).chain(["/account".to_owned()]) {
                assert!(pages.iter().any(|(reached, _)| *reached == path), "{path} is not reached");
            }
            for part in ["/orders/ONE-1/refund", "/orders/LATE-1/refund", "/subscriptions/", "/terms"] {
                assert!(pages.iter().any(|(path, _)| path.contains(part)), "{part} is not reached");
            }
            pages.iter().for_each(|(path, text)| assert_page_kept(language, path, text));
            assert_says_who_collects(&mut ana, language).await;
            let preview = ana.visit("/orders/ONE-1/refund").await.expect(200);
            ana.press(&form(&preview, "/orders/ONE-1/refund"), &[]).await.expect(303);
            // A month on, nobody is asked to change a card where it cannot be changed.
            house.days(40).await;
            let mails = house.mails(ANA);
            assert!(mails.iter().any(|mail| mail.starts_with(asked)), "no mail in {language}: {mails:?}");
            house.assert_mails_kept();
        })
        .await;
    }
}

/// The page promises nothing that nobody keeps, and has no form but those that are known.
#[track_caller]
fn assert_page_kept(language: &str, path: &str, text: &str) {
    // Of these two the source itself says that they have ended: there it is certain.
    let is_over = path.starts_with("/subscriptions/") && (text.contains("END-1") || text.contains("OVER-1"));
    if !is_over {
        assert_kept(&format!("{language} {path}"), text);
    }
    for form in forms(text) {
        let action = form.action.split('?').next().unwrap();
        let is_known = FORMS.iter().any(|known| action.ends_with(known)) || action.starts_with("/account");
        assert!(is_known, "{path} has a form for {action}");
    }
}

/// What is overdue elsewhere is paid elsewhere, and the page says where.
async fn assert_says_who_collects(ana: &mut Browser, language: &str) {
    let owed = read(ana, "/orders/OWED-1", language).await.expect(200).text();
    let words = if language == "en" { "collects this payment" } else { "faz esta cobrança" };
    assert_says("what is overdue", &owed, &[words, SELLER]);
    let owed = plain(&owed).to_lowercase();
    assert!(!owed.contains("atraso desde") && !owed.contains("overdue since"), "its next day is ahead: {owed}");
}
