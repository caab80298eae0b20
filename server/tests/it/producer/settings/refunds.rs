use super::{REFUNDS, error_beside, form_at, neighbour, shop};
use crate::harness::shop::{order, sell, sign_in};
use crate::harness::site::ENGINES;
use serde_json::json;

const WINDOWS: &str = "/producer/settings/refunds/windows";

#[tokio::test]
async fn a_longer_window_shows_on_the_orders_and_a_shorter_one_than_the_law_gives_is_refused() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        neighbour(&site).await;
        sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700)])).await;
        let mut ana = sign_in(&site, "ana@example.com").await;
        let before = ana.visit("/orders/A-1").await.expect(200).text();

        let form = form_at(&mut browser, REFUNDS, WINDOWS).await;
        let refused = browser.press(&form, &[("window_foto", "6"), ("window_ebook", "30")]).await.expect(422);
        assert!(error_beside(&refused, "window_foto").contains("art. 49"), "{engine}");
        assert!(refused.text().contains("value=\"30\""), "what was typed is still there");
        for typed in [[("window_sol", "30"), ("window_ebook", "8")], [("window_absent", "30"), ("window_ebook", "8")]] {
            browser.press(&form, &typed).await.expect(404);
        }
        browser.submit(&form, &[("window_foto", "30")]).await.expect(200);

        let after = form_at(&mut browser, REFUNDS, WINDOWS).await.fields;
        let days = |name: &str| after.iter().find(|(field, _)| field == name).unwrap().1.clone();
        assert_eq!(
            (days("window_foto"), days("window_ebook"), days("window_clube")),
            ("30".into(), "7".into(), "7".into())
        );
        assert_ne!(ana.visit("/orders/A-1").await.expect(200).text(), before, "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn the_days_for_an_answer_are_kept_and_others_are_refused() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let days = async || luz.get("policy").await.expect(200).json()["refund"]["answer_days"].clone();
        let form = form_at(&mut browser, REFUNDS, REFUNDS).await;
        browser.submit(&form, &[("answer_days", "2")]).await.expect(200);
        for typed in ["0", "31", "", "two"] {
            let refused = browser.press(&form, &[("answer_days", typed)]).await.expect(422);
            assert!(error_beside(&refused, "answer_days").contains("1 a 30"), "{engine}");
        }
        assert_eq!(days().await, json!(2), "{engine}");
        site.assert_sound().await;
    }
}
