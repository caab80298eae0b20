use super::{IDENTITY, error_beside, form_at, shop};
use crate::harness::browserless::{Browser, form};
use crate::harness::http::{Answer, Request};
use crate::harness::shop::{order, sell, sign_in};
use crate::harness::site::ENGINES;
use serde_json::json;

const LOGO: &str = "/producer/settings/identity/logo";

/// A picture of one point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\
    \xf8\xff\xff?\0\x05\xfe\x02\xfe\xa7\x35\x81\x84\0\0\0\0IEND\xaeB`\x82";

/// Sends a file as a browser does.
async fn send_file(browser: &mut Browser, bytes: &[u8]) -> Answer {
    let head = "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"logo.png\"\r\n\
        content-type: image/png\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    browser.send(Request::new("POST", LOGO).body("multipart/form-data; boundary=edge", body)).await
}

#[tokio::test]
async fn what_a_producer_says_of_itself_leads_its_buyers_pages_and_the_rest_of_it_stays() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        luz.put("producer", &json!({"sender_name": "Luz, atendimento"})).await.expect(200);
        let link = sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700)])).await;
        let page = browser.get(IDENTITY).await.expect(200).text();
        let first = page.split("name=\"time_zone\"").nth(1).and_then(|list| list.split("<option").nth(1)).unwrap();
        assert!(first.contains("value=\"America/Araguaina\"") && first.contains("Araguaína (GMT-3)"), "{first}");
        let form = form_at(&mut browser, IDENTITY, IDENTITY).await;
        let typed = [
            ("name", "Escola da Luz"),
            ("time_zone", "America/Manaus"),
            ("legal_name", "Luz Cursos Ltda"),
            ("tax_id", "11222333000181"),
            ("hours", "das 9h às 18h"),
            ("accent", "#E6B800"),
        ];
        let saved = browser.submit(&form, &typed).await.expect(200).text();
        assert!(saved.contains("Configurações salvas") && saved.contains("/accent/e6b800"), "{engine}: {saved}");
        let on_file = luz.get("producer").await.expect(200).json();
        assert_eq!(on_file["name"], "Escola da Luz", "{engine}");
        assert_eq!((&on_file["timezone"], &on_file["accent"]), (&json!("America/Manaus"), &json!("#e6b800")));
        assert_eq!(on_file["sender_name"], "Luz, atendimento", "{engine}");

        let mut ana = sign_in(&site, "ana@example.com").await;
        for page in ["/orders/A-1", &link] {
            let page = ana.visit(page).await.expect(200).text();
            assert!(page.contains("Escola da Luz") && page.contains("/accent/e6b800"), "{engine}: {page}");
        }
        let style = ana.get("/accent/e6b800").await.expect(200);
        assert!(style.header("content-type").unwrap().starts_with("text/css"), "{engine}");
        assert!(style.header("cache-control").unwrap().contains("immutable"), "{engine}");
        assert!(style.text().contains("#e6b800"), "dark pages have it as it is: {}", style.text());
        for wrong in ["E6B800", "e6b80", "red", "e6b800;}"] {
            ana.get(&format!("/accent/{wrong}")).await.expect(404);
        }
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_cannot_be_comes_back_with_its_error() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let before = luz.get("producer").await.expect(200).json();
        let form = form_at(&mut browser, IDENTITY, IDENTITY).await;
        for (field, typed) in [
            ("name", ""),
            ("language", "fr"),
            ("time_zone", "Manaus"),
            ("tax_id", "11222333000182"),
            ("privacy_url", "javascript:alert(1)"),
            ("url", "https://luz.example/?a=b"),
            ("email", "nobody"),
            ("whatsapp", "me"),
            ("accent", "blue"),
        ] {
            let refused = browser.press(&form, &[(field, typed), ("hours", "sempre")]).await.expect(422);
            assert!(!error_beside(&refused, field).is_empty(), "{engine}: {field}");
            assert!(refused.text().contains("value=\"sempre\""), "{engine}: what was typed is still there");
        }
        assert_eq!(luz.get("producer").await.expect(200).json(), before, "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_picture_is_shown_on_pages_and_in_mails_until_it_is_taken_away() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let answer = send_file(&mut browser, PNG).await.expect(303);
        let page = browser.follow(answer).await.expect(200).text();
        let address = format!("/logo/{}", page.split("src=\"/logo/").nth(1).unwrap().split('"').next().unwrap());

        let picture = site.browser().get(&address).await.expect(200);
        assert_eq!((picture.header("content-type"), &*picture.body), (Some("image/png"), PNG), "{engine}");
        assert!(picture.header("cache-control").unwrap().contains("immutable"), "{engine}");
        sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700)])).await;
        let mut ana = sign_in(&site, "ana@example.com").await;
        assert!(ana.visit("/orders/A-1").await.text().contains(&address), "{engine}");

        let form = form(&browser.get(IDENTITY).await, "/producer/settings/identity/logo/remove");
        browser.submit(&form, &[]).await.expect(200);
        assert!(!ana.visit("/orders/A-1").await.text().contains("/logo/"), "{engine}");
        site.browser().get(&address).await.expect(200);
        site.browser().get(&format!("/logo/{}", "0".repeat(64))).await.expect(404);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_is_refused_whatever_it_is_called() {
    for engine in ENGINES {
        let (site, _, mut browser) = shop(engine).await;
        let large = [PNG, &vec![0; 200_001 - PNG.len()]].concat();
        for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", &large] {
            let refused = send_file(&mut browser, bytes).await.expect(422);
            assert!(!error_beside(&refused, "file").is_empty(), "{engine}");
        }
        send_file(&mut browser, &vec![0; 300_000]).await.expect(413);
        browser.send(Request::new("POST", LOGO).form(&[])).await.expect(422);
        send_file(&mut site.browser(), PNG).await.expect(303);
        assert!(!browser.get(IDENTITY).await.text().contains("src=\"/logo/"), "{engine}");
        site.assert_sound().await;
    }
}
