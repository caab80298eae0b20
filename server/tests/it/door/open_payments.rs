//! What is open can be paid by what its source gave, or its page says whom to ask: none is a dead end.

use crate::harness::ANA;
use crate::harness::browserless::unescape;
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, guru, guru_source, hours_ago, order, send_hook, sign_in};
use crate::harness::site::{ENGINES, Site};
use serde_json::{Value, json};

/// An order that waits for its money at somebody else's.
fn open(code: &str, method: &str, pay: Value) -> Value {
    let mut body = order(code, ANA, &[("foto", 29_700)]);
    let parts = body.as_object_mut().unwrap();
    parts.remove("paid_at");
    parts.insert("payment".to_owned(), json!({"method": method}));
    parts.insert("gateway".to_owned(), json!({"name": "bank"}));
    parts.insert("version".to_owned(), json!(1));
    parts.insert("pay".to_owned(), pay);
    body
}

#[tokio::test]
async fn what_is_open_is_paid_where_its_source_says_or_the_page_says_whom_to_ask() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let url = "https://pay.example.com/boleto/1001?x=1";
        let code = "00020126580014br.gov.bcb.pix0136open";
        luz.put("orders/P-1", &open("P-1", "boleto", json!({"url": url}))).await.expect(200);
        luz.put("orders/P-2", &open("P-2", "pix", json!({"pix_code": code, "due_at": hours_ago(-48)})))
            .await
            .expect(200);
        luz.put("orders/P-3", &open("P-3", "other", Value::Null)).await.expect(200);
        for wrong in ["javascript:alert(1)", "https://good.example@evil.example/", "/pay", "ftp://pay.example"] {
            let answer = luz.put("orders/P-9", &open("P-9", "pix", json!({"url": wrong}))).await.expect(422).json();
            assert_eq!(answer["errors"][0]["field"], "pay.url", "{wrong}");
        }
        let mut posted = open("P-4", "boleto", json!({"boleto_line": "00190.00009 01234.567890", "url": url}));
        posted.as_object_mut().unwrap().remove("version");
        luz.post("orders", &posted).await.expect(201);
        let boleto = guru("transaction_boleto_printed");
        let hook = guru_source(&luz).await;
        send_hook(&site, &hook, &boleto).await.expect(200);

        let mut ana = sign_in(&site, ANA).await;
        let page = unescape(&ana.visit("/orders/P-1").await.expect(200).text());
        assert!(page.contains("Pagar em pay.example.com") && page.contains(&format!("href=\"{url}\"")), "{page}");
        let page = unescape(&ana.visit("/orders/P-2").await.expect(200).text());
        assert!(page.contains(code) && page.contains("Pague até"), "{page}");
        assert!(!page.contains("Para pagar, escreva"), "{page}");
        let page = unescape(&ana.visit("/orders/P-3").await.expect(200).text());
        assert!(page.contains("Para pagar, escreva e informe o código P-3") && page.contains("mailto:"), "{page}");
        let page = unescape(&ana.visit("/orders/P-4").await.expect(200).text());
        assert!(page.contains("00190.00009 01234.567890") && page.contains("Pagar em pay.example.com"), "{page}");
        assert_eq!(luz.order("P-4").await["charges"][0]["pay"]["boleto_line"], "00190.00009 01234.567890");

        // Once it is paid, nothing leads there any more.
        let mut paid = open("P-1", "boleto", Value::Null);
        (paid["version"], paid["paid_at"]) = (json!(2), json!(hours_ago(0)));
        assert_eq!(luz.put("orders/P-1", &paid).await.expect(200).json()["status"], "paid");
        assert!(!ana.visit("/orders/P-1").await.expect(200).text().contains("pay.example.com"));

        let email = boleto["contact"]["email"].as_str().unwrap().trim().to_lowercase();
        let mut buyer = sign_in(&site, &email).await;
        let address = format!("/orders/{}", boleto["id"].as_str().unwrap());
        let page = unescape(&buyer.visit(&address).await.expect(200).text());
        let line = boleto["payment"]["billet"]["line"].as_str().unwrap();
        assert!(page.contains(line) && page.contains("Pagar em "), "{page}");
        site.assert_sound().await;
    }
}
