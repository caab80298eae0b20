use super::{BUYERS, CANCEL, IDENTITY, form_at, shop, without};
use crate::harness::browserless::Form;
use crate::harness::shop::{other_plans, sell, subscription};
use crate::harness::site::ENGINES;

/// The form as its second button sends it.
fn preview(form: Form) -> Form {
    Form { action: format!("{}/preview", form.action), ..form }
}

#[tokio::test]
async fn a_producer_sees_buyers_pages_with_what_is_not_saved() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let buyers = preview(form_at(&mut browser, BUYERS, BUYERS).await);
        let none = browser.press(&buyers, &[]).await.expect(200).text();
        assert!(none.contains("Ainda não há pedido"), "{engine}: {none}");

        other_plans(&luz).await;
        sell(&luz, &subscription("A-1", "ana@example.com")).await;
        let before = (luz.get("policy").await.json(), luz.get("producer").await.json());
        let on = browser.press(&buyers, &[]).await.expect(200).text();
        let off = browser.press(&without(buyers, &["card_swap", "plan_change"]), &[]).await.expect(200).text();
        for page in [&on, &off] {
            assert!(page.contains("Prévia") && page.contains("<div inert>"), "{engine}: {page}");
        }
        assert_ne!(on, off, "{engine}");

        let cancel = preview(form_at(&mut browser, CANCEL, CANCEL).await);
        let typed = [("reason_0_code", "moved"), ("reason_0_pt", "Mudei de área")];
        let seen = browser.press(&cancel, &typed).await.expect(200).text();
        assert!(seen.contains("Mudei de área") && seen.contains("Prévia"), "{engine}: {seen}");
        browser.press(&cancel, &[("reason_0_code", "moved")]).await.expect(422);

        let identity = preview(form_at(&mut browser, IDENTITY, IDENTITY).await);
        let typed = [("name", "Escola da Luz"), ("accent", "#e6b800")];
        let seen = browser.press(&identity, &typed).await.expect(200).text();
        assert!(seen.contains("Escola da Luz") && seen.contains("/accent/e6b800"), "{engine}: {seen}");
        browser.press(&identity, &[("name", "")]).await.expect(422);

        assert_eq!((luz.get("policy").await.json(), luz.get("producer").await.json()), before, "{engine}");
        site.assert_sound().await;
    }
}
