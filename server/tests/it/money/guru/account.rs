//! Connecting the account: what is on file, what is seen of it, and that its webhooks come to a source.

use super::{TOKEN, account, shop};
use crate::harness::browserless::{form, forms};
use crate::harness::producers::signed_in;
use crate::harness::site::{ENGINES, Site};
use serde_json::{Value, json};
use standin::fault::Fault;

const PAGE: &str = "/producer/settings/connections";

#[tokio::test]
async fn an_account_is_connected_and_tested_and_names_no_address_of_its_own() {
    for engine in ENGINES {
        let (site, luz, guru) = shop(engine).await;
        let tested = luz.post("connections/guru/test", &json!({})).await.expect(200).json();
        let seen = json!({"live": false, "account": null, "lacks": [], "webhook_registered": false});
        assert_eq!(tested, seen, "{engine}");
        let on_file = luz.get("connections").await.expect(200).json();
        assert_eq!((&on_file[0]["webhook_url"], &on_file[0]["live"]), (&Value::Null, &json!(false)), "{engine}");

        let mut browser = signed_in(&site, "luz").await;
        let page = browser.get(PAGE).await.expect(200);
        assert!(page.text().contains("Vai para o endereço de uma origem de pedidos"), "{engine}: {}", page.text());
        assert!(!page.text().contains("/hooks/guru") && page.text().contains("Modo de teste"), "{engine}");
        guru.faults().plan("GET", "/subscriptions", Fault::Status(403));
        let page = browser.submit(&form(&page, &format!("{PAGE}/guru/test")), &[]).await.expect(200).text();
        assert!(page.contains("não respondeu como devia") && page.contains("subscriptions"), "{engine}: {page}");
        let dump = site.db().await.dump().await.unwrap();
        for (place, text) in
            [("page", page), ("answers", on_file.to_string()), ("database", dump), ("log", site.read_log())]
        {
            assert!(!text.contains(TOKEN), "{engine}: {place}");
        }
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_field() {
    for engine in ENGINES {
        let (site, luz, guru) = shop(engine).await;
        for (field, value) in [
            ("bills", json!("calendar")),
            ("user_token", json!("short")),
            ("access_token", json!("aact_of_luz_00000000")),
            ("webhook_secret", json!("a-secret-of-nobody")),
            ("base_url", json!("ftp://guru")),
        ] {
            let mut body = account(&guru);
            body[field] = value;
            let refused = luz.put("connections/outra", &body).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field, "{engine}: {refused}");
        }
        let mut body = account(&guru);
        body.as_object_mut().unwrap().remove("user_token");
        luz.put("connections/outra", &body).await.expect(422);

        let mut browser = signed_in(&site, "luz").await;
        let page = browser.get(PAGE).await.expect(200);
        let base_url = guru.base_url();
        let typed = [("code", "outra"), ("gateway", "guru"), ("secret_key", TOKEN), ("base_url", base_url.as_str())];
        let connect = forms(&page.text()).into_iter().find(|form| form.action == PAGE).expect("a form for an account");
        for (more, words) in [
            ([("bills", "calendar"), ("webhook_secret", "")], "Escolha uma das opções"),
            ([("bills", "gateway"), ("webhook_secret", "a-secret-of-nobody")], "Deixe vazio: os webhooks"),
        ] {
            let refused = browser.submit(&connect, &[&typed[..], &more].concat()).await.expect(422).text();
            assert!(refused.contains(words), "{engine}: {refused}");
        }
        browser.submit(&connect, &[&typed[..], &[("bills", "gateway")]].concat()).await.expect(200);
        luz.post("connections/outra/test", &json!({})).await.expect(200);
        site.assert_sound().await;
    }
}

/// Nothing real is moved by a server of development: all that Guru itself answers is real.
#[tokio::test]
async fn an_account_at_guru_itself_opens_nothing_in_development() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    let body = json!({"gateway": "guru", "bills": "gateway", "user_token": TOKEN});
    luz.put("connections/guru", &body).await.expect(200);
    luz.post("connections/guru/test", &json!({})).await.expect(500);
}
