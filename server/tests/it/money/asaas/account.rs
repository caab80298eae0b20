//! Connecting the account: what is on file, what is seen of it, whose it is.

use super::{TOKEN, account, ask, shop};
use crate::harness::browserless::{Form, form, forms};
use crate::harness::http::Answer;
use crate::harness::producers::signed_in;
use crate::harness::site::{ENGINES, Site};
use serde_json::{Value, json};
use standin::asaas::Asaas;
use standin::fault::Fault;

const PAGE: &str = "/producer/settings/connections";

async fn webhooks(asaas: &Asaas) -> Vec<Value> {
    ask(asaas, "GET", "/webhooks", &Value::Null).await.expect(200).json()["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_account_is_connected_and_tested_and_its_token_is_nowhere() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let on_file = luz.get("connections").await.expect(200).json();
        assert_eq!((&on_file[0]["live"], &on_file[0]["has_webhook_secret"]), (&json!(false), &json!(true)), "{engine}");
        assert_eq!(on_file[0]["account"], "Stand-in Ltda", "{engine}");
        let known = webhooks(&asaas).await;
        assert_eq!(known.len(), 1, "{engine}: registered once");
        assert_eq!(known[0]["url"], on_file[0]["webhook_url"], "{engine}");
        assert_eq!((&known[0]["hasAuthToken"], &known[0]["sendType"]), (&json!(true), &json!("SEQUENTIALLY")));
        luz.post("connections/loja/test", &json!({})).await.expect(200);
        assert_eq!(webhooks(&asaas).await.len(), 1, "{engine}: and not again");

        let mut browser = signed_in(&site, "luz").await;
        let page = browser.get(PAGE).await.expect(200).text();
        assert!(page.contains("Asaas") && page.contains("Modo de teste"), "{engine}: {page}");
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
        let (site, luz, asaas) = shop(engine).await;
        for (field, value) in [
            ("bills", json!("nobody")),
            ("access_token", json!("short")),
            ("secret_key", json!("sk_test_of_luz_0000")),
            ("base_url", json!("ftp://asaas")),
        ] {
            let mut body = account(&asaas);
            body[field] = value;
            let refused = luz.put("connections/outra", &body).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field, "{engine}: {refused}");
        }
        let mut body = account(&asaas);
        body.as_object_mut().unwrap().remove("access_token");
        luz.put("connections/outra", &body).await.expect(422);
        // What is on file stays.
        body["webhook_token"] = json!("a-secret-of-our-own");
        luz.put("connections/loja", &body).await.expect(200);
        luz.post("connections/loja/test", &json!({})).await.expect(200);
        site.assert_sound().await;
    }
}

fn connect_form(page: &Answer) -> Form {
    forms(&page.text()).into_iter().find(|form| form.action == PAGE).expect("a form for an account")
}

/// By the form of the settings, whose one field for a secret means what the chosen gateway calls it.
#[tokio::test]
async fn an_account_is_connected_on_the_page_and_what_is_wrong_with_it_is_said() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let mut browser = signed_in(&site, "luz").await;
        let base_url = asaas.base_url();
        let typed = |token: &'static str| {
            [("code", "nova"), ("gateway", "asaas"), ("secret_key", token), ("bills", "calendar")]
        };
        let page = browser.get(PAGE).await.expect(200);
        let with = |token| [&typed(token)[..], &[("base_url", base_url.as_str())]].concat();
        browser.submit(&connect_form(&page), &with("")).await.expect(422);
        let page = browser.submit(&connect_form(&page), &with("$aact_hmlg_of_nobody_0000")).await.expect(200);
        let test = format!("{PAGE}/nova/test");
        let page = browser.submit(&form(&page, &test), &[]).await.expect(200);
        assert!(page.text().contains("não respondeu como devia"), "{engine}");
        let page = browser.submit(&connect_form(&page), &with(TOKEN)).await.expect(200);
        asaas.faults().plan("GET", "/myAccount", Fault::Status(500));
        let page = browser.submit(&form(&page, &test), &[]).await.expect(200);
        assert!(page.text().contains("não respondeu como devia"), "{engine}");
        let page = browser.submit(&form(&page, &test), &[]).await.expect(200);
        assert!(page.text().contains("pode tudo o que é preciso"), "{engine}: {}", page.text());
        assert_eq!(luz.get("connections").await.expect(200).json().as_array().unwrap().len(), 2, "{engine}");
        site.assert_sound().await;
    }
}

/// Nothing real is charged by a server of development.
#[tokio::test]
async fn a_token_for_real_money_opens_nothing_in_development() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    let asaas = Asaas::start(([127, 0, 0, 1], 0).into(), "$aact_prod_of_luz_0000000000000000").unwrap();
    let mut body = account(&asaas);
    body["access_token"] = json!("$aact_prod_of_luz_0000000000000000");
    luz.put("connections/loja", &body).await.expect(200);
    luz.post("connections/loja/test", &json!({})).await.expect(500);
}
