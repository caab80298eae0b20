use super::{error_beside, form_at, shop};
use crate::harness::browserless::form;
use crate::harness::shop::{order, sell};
use crate::harness::site::ENGINES;
use portal::on;
use serde_json::json;

const LINKS: &str = "/producer/settings/sign-in";

#[tokio::test]
async fn the_link_after_an_order_link_lives_as_long_as_the_producer_says() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let link = sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700)])).await;
        let of_installation = form_at(&mut browser, LINKS, LINKS).await;
        assert_eq!(of_installation.fields, [("minutes".to_owned(), "360".to_owned())], "{engine}");
        browser.submit(&of_installation, &[("minutes", "10")]).await.expect(200);
        for wrong in ["9", "361", "", "x"] {
            let refused = browser.press(&of_installation, &[("minutes", wrong)]).await.expect(422);
            assert!(refused.text().contains("de 10 minutos a 6 horas"), "{engine}");
        }
        assert_eq!(luz.get("policy").await.json()["sign_in"], json!({"order_link_minutes": 10}), "{engine}");

        let mut ana = site.browser();
        let page = ana.visit(&link).await.expect(200);
        ana.submit(&form(&page, "/o/"), &[]).await.expect(200);
        let sql = "select cast((max(expires_at) - max(created_at)) / 60000000 as bigint) from links";
        let (minutes,): (i64,) = on!(site.db().await.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).fetch_one(c).await.unwrap()
        });
        assert_eq!(minutes, 10, "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn mails_say_who_sends_them_and_a_wrong_address_is_refused() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let mails = "/producer/settings/mails";
        let sender = form_at(&mut browser, mails, "/producer/settings/mails/sender").await;
        let refused = browser.press(&sender, &[("reply_to", "nobody"), ("sender_name", "Luz")]).await.expect(422);
        assert!(error_beside(&refused, "reply_to").contains("e-mail"), "{engine}");
        assert!(refused.text().contains("value=\"Luz\""), "{engine}");
        browser.submit(&sender, &[("reply_to", "ola@luz.example"), ("sender_name", "Luz, ajuda")]).await.expect(200);
        let on_file = luz.get("producer").await.json();
        assert_eq!((&on_file["sender_name"], &on_file["reply_to"]), (&json!("Luz, ajuda"), &json!("ola@luz.example")));
        site.assert_sound().await;
    }
}
