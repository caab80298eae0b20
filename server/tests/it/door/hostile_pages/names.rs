//! Hostile names, which are legal.

use crate::harness::browserless::{form, unescape};
use crate::harness::hostile_texts::MARKUP;
use crate::harness::member_areas::Area;
use crate::harness::shop::{access_is, catalogue, order, sell};
use crate::harness::site::Site;
use serde_json::json;

/// Where the history of an order begins.
const HISTORY: &str = "<ol class=\"timeline\">";

/// What a line of it is made of: how many lines there are depends on how fast mails and calls go out.
const LINE: [&str; 8] = ["li ", "/li ", "time datetime", "/time ", "span ", "/span ", "small ", "/small "];

/// What texts must not change: the tags before and behind the history, which itself is made of lines only.
fn structure(html: &str) -> Vec<String> {
    let Some((before, rest)) = html.split_once(HISTORY) else { return tags(html) };
    let (history, behind) = rest.split_once("</ol>").expect("a history ends");
    let history = tags(history);
    assert!(history.iter().all(|tag| LINE.contains(&&**tag)), "{history:?}");
    [tags(before), tags(behind)].concat()
}

/// Tags and names of attributes, in order, as a browser reads them.
fn tags(html: &str) -> Vec<String> {
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
    let (plain, hostile) = (site.producer("luz", "Escola Luz").await, site.producer("sol", MARKUP[1]).await);
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
        assert!(order_page.text().contains(HISTORY), "{}", order_page.text());
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
