use super::{CANCEL, error_beside, form_at, shop};
use crate::harness::browserless::form;
use crate::harness::shop::{sell, sign_in, subscription, subscription_of};
use crate::harness::site::ENGINES;
use serde_json::json;

#[tokio::test]
async fn reasons_and_offers_are_those_that_buyers_read_in_the_order_of_their_numbers() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        sell(&luz, &subscription("A-1", "ana@example.com")).await;
        let shown = form_at(&mut browser, CANCEL, CANCEL).await;
        let reasons = [
            ("effect", "now"),
            ("reason_0_code", "moved"),
            ("reason_0_pt", "Mudei de área"),
            ("reason_0_en", "I moved on"),
            ("reason_1_code", "price"),
            ("reason_1_pt", "Ficou caro"),
        ];
        browser.submit(&shown, &reasons).await.expect(200);
        let shown = form_at(&mut browser, CANCEL, CANCEL).await;
        let offers = [
            ("offer_0_kind", "message"),
            ("offer_0_position", "2"),
            ("offer_1_kind", "discount"),
            ("offer_1_reason", "price"),
            ("offer_1_percent", "20"),
            ("offer_1_cycles", "3"),
            ("offer_1_position", "1"),
        ];
        browser.submit(&shown, &offers).await.expect(200);
        let cancel = luz.get("policy").await.expect(200).json()["cancel"].clone();
        let expected = json!({
            "effect": "now",
            "reasons": [
                {"code": "moved", "text": {"en": "I moved on", "pt-BR": "Mudei de área"}},
                {"code": "price", "text": {"pt-BR": "Ficou caro"}}
            ],
            "retention": [
                {"reason": "price", "offer": {"kind": "discount", "percent": 20, "cycles": 3}},
                {"reason": null, "offer": {"kind": "message"}}
            ]
        });
        assert_eq!(cancel, expected, "{engine}");

        // Saved again as it stands, nothing changes.
        let shown = form_at(&mut browser, CANCEL, CANCEL).await;
        browser.submit(&shown, &[]).await.expect(200);
        assert_eq!(luz.get("policy").await.expect(200).json()["cancel"], expected, "{engine}");

        let mut ana = sign_in(&site, "ana@example.com").await;
        let cancel = format!("{}/cancel", subscription_of(&mut ana).await);
        let what = ana.visit(&cancel).await.expect(200);
        let page = ana.submit(&form(&what, &format!("{cancel}/begin")), &[]).await.expect(200).text();
        assert!(page.contains("Ficou caro") && page.contains("20"), "{engine}: {page}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field_and_nothing_is_written() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let before = luz.get("policy").await.expect(200).json();
        let shown = form_at(&mut browser, CANCEL, CANCEL).await;
        let wrong = [
            (vec![("reason_0_code", "a b"), ("reason_0_pt", "x")], "reason_0_code", "1 a 64"),
            (vec![("reason_0_code", ""), ("reason_0_pt", "x")], "reason_0_code", "1 a 64"),
            (vec![("reason_0_code", "a")], "reason_0_pt", "ao menos um idioma"),
            (
                vec![("reason_0_code", "a"), ("reason_0_pt", "x"), ("reason_1_code", "a"), ("reason_1_pt", "y")],
                "reason_1_code",
                "outro motivo",
            ),
            (
                vec![("offer_1_kind", "discount"), ("offer_1_percent", "101"), ("offer_1_cycles", "1")],
                "offer_1_percent",
                "1 a 100",
            ),
            (vec![("offer_0_kind", "pause"), ("offer_0_cycles", "many")], "offer_0_cycles", "1 a 24"),
            (vec![("offer_0_kind", "pause"), ("offer_0_cycles", "25")], "offer_0_cycles", "1 a 24"),
            (vec![("offer_0_kind", "plan"), ("offer_0_target", "absent")], "offer_0_target", "plano seu"),
            (vec![("offer_0_kind", "message"), ("offer_0_reason", "gone")], "offer_0_reason", "não existe mais"),
        ];
        for (typed, field, words) in wrong {
            let refused = browser.press(&shown, &typed).await.expect(422);
            let error = error_beside(&refused, field);
            assert!(error.contains(words), "{engine}: {typed:?}: {error}");
            assert!(refused.text().contains(&format!("href=\"#{field}\"")), "{engine}: {typed:?}");
        }
        assert_eq!(luz.get("policy").await.expect(200).json(), before, "{engine}");
        site.assert_sound().await;
    }
}
