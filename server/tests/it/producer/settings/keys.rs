use super::{KEYS, error_beside, form_at, shop};
use crate::harness::browserless::{Browser, form};
use crate::harness::shop::{GURU_TOKEN, guru, guru_source, send_hook};
use crate::harness::site::{Api, ENGINES};
use std::collections::BTreeMap;

/// The key that stands on the page that made it.
async fn make(browser: &mut Browser, name: &str) -> String {
    let form = form_at(browser, KEYS, KEYS).await;
    let page = browser.press(&form, &[("name", name)]).await.expect(200).text();
    let key = page.split("ask_").nth(1).unwrap_or_else(|| panic!("no key: {page}"));
    format!("ask_{}", key.split(['<', '"']).next().unwrap())
}

#[tokio::test]
async fn a_key_is_shown_once_works_at_once_and_is_refused_once_it_is_revoked() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let key = make(&mut browser, "planilha").await;
        let program = Api { key: key.clone(), ..luz };
        program.get("policy").await.expect(200);
        let page = browser.get(KEYS).await.expect(200);
        assert!(page.text().contains("planilha") && !page.text().contains(&key), "{engine}");

        // Somebody else's key is not there.
        site.producer("sol", "Escola Sol").await;
        let mut sol = crate::harness::producers::signed_in(&site, "sol").await;
        let own = form(&page, "/producer/settings/keys/");
        sol.press(&own, &[]).await.expect(404);
        program.get("policy").await.expect(200);

        let revoked = browser.submit(&own, &[]).await.expect(200).text();
        assert!(revoked.contains("Chave revogada"), "{engine}: {revoked}");
        program.get("policy").await.expect(401);

        let form = form_at(&mut browser, KEYS, KEYS).await;
        let refused = browser.press(&form, &[("name", " ")]).await.expect(422);
        assert!(!error_beside(&refused, "name").is_empty(), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn sources_stand_with_their_addresses() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let empty = browser.get("/producer/settings/sources").await.expect(200).text();
        assert!(empty.contains("Nenhum sistema"), "{engine}");
        let address = guru_source(&luz).await;
        let page = browser.get("/producer/settings/sources").await.expect(200).text();
        assert!(page.contains(&address) && !page.contains("guru-account-token"), "{engine}: {page}");
        let none = browser.get("/producer/settings/connections").await.expect(200).text();
        assert!(none.contains("Nenhuma conta"), "{engine}");
        site.assert_sound().await;
    }
}

const SOURCES: &str = "/producer/settings/sources";

#[tokio::test]
async fn a_source_is_connected_on_its_page_and_keeps_its_address_when_its_token_changes() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let form = form_at(&mut browser, SOURCES, SOURCES).await;
        for (field, typed) in [("code", "meu guru"), ("token", "curto"), ("token", "com espaço dentro"), ("kind", "x")]
        {
            let mut fields = BTreeMap::from([("code", "guru"), ("token", GURU_TOKEN)]);
            fields.insert(field, typed);
            let refused = browser.press(&form, &fields.into_iter().collect::<Vec<_>>()).await.expect(422);
            assert!(!error_beside(&refused, field).is_empty(), "{engine}: {field}");
        }
        let page = browser.submit(&form, &[("code", "guru"), ("token", GURU_TOKEN)]).await.expect(200).text();
        assert!(page.contains("Origem salva") && !page.contains(GURU_TOKEN), "{engine}: {page}");
        // The API names the same address, and what comes there counts.
        let path = guru_source(&luz).await;
        assert!(page.contains(&path), "{engine}: {page}");
        let mut body = guru("transaction_approved_course");
        send_hook(&site, &path, &body).await.expect(200);

        let other = "another-account-token-0000000000000001";
        browser.submit(&form, &[("code", "guru"), ("token", other)]).await.expect(200);
        send_hook(&site, &path, &body).await.expect(401);
        body["api_token"] = other.into();
        send_hook(&site, &path, &body).await.expect(200);
        site.assert_sound().await;
    }
}
