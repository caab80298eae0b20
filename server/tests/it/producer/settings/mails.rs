use super::{MAILS, error_beside, form_at, shop};
use crate::harness::site::ENGINES;
use serde_json::json;

#[tokio::test]
async fn notices_and_tries_are_kept_and_what_cannot_be_is_said() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let form = form_at(&mut browser, MAILS, MAILS).await;
        let typed = [("renewal_days", "5"), ("access_days", "0"), ("retry_days", "2, 4,8"), ("then", "keep")];
        browser.submit(&form, &typed).await.expect(200);
        let policy = luz.get("policy").await.expect(200).json();
        assert_eq!(policy["notice"], json!({"renewal_days": 5, "access_days": 0}), "{engine}");
        assert_eq!(policy["dunning"], json!({"retry_days": [2, 4, 8], "then": "keep"}), "{engine}");
        for (field, wrong) in [
            ("renewal_days", "61"),
            ("access_days", "x"),
            ("retry_days", "3, 1"),
            ("retry_days", "1, x"),
            ("retry_days", "61"),
        ] {
            let refused = browser.press(&form, &[(field, wrong)]).await.expect(422);
            assert!(!error_beside(&refused, field).is_empty(), "{engine}");
            assert!(refused.text().contains(&format!("value=\"{wrong}\"")), "{engine}: {wrong}");
        }
        assert_eq!(luz.get("policy").await.expect(200).json(), policy, "{engine}");
        site.assert_sound().await;
    }
}
