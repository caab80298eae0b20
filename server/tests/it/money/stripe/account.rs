//! Connecting the account: what is on file, what is seen of it, whose it is.

use super::{ANA, KEY, account, bought, give_back, shop};
use crate::harness::browserless::form;
use crate::harness::producers::signed_in;
use crate::harness::shop::sign_in;
use crate::harness::site::{ENGINES, Site};
use serde_json::json;
use standin::fault::Fault;

const PAGE: &str = "/producer/settings/connections";

#[tokio::test]
async fn an_account_is_connected_and_tested_and_its_key_is_nowhere() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let on_file = luz.get("connections").await.expect(200).json();
        assert_eq!((&on_file[0]["live"], &on_file[0]["has_webhook_secret"]), (&json!(false), &json!(true)), "{engine}");
        let endpoints = stripe.all("webhook_endpoint");
        assert_eq!(endpoints.len(), 1, "{engine}: registered once");
        assert_eq!(endpoints[0]["url"], on_file[0]["webhook_url"], "{engine}");
        luz.post("connections/loja/test", &json!({})).await.expect(200);
        assert_eq!(stripe.all("webhook_endpoint").len(), 1, "{engine}: and not again");

        let mut browser = signed_in(&site, "luz").await;
        let page = browser.get(PAGE).await.expect(200).text();
        assert!(page.contains("Modo de teste") && page.contains("Assinado"), "{engine}: {page}");
        let dump = site.db().await.dump().await.unwrap();
        for (place, text) in
            [("page", page), ("answers", on_file.to_string()), ("database", dump), ("log", site.read_log())]
        {
            assert!(!text.contains(KEY) && !text.contains("whsec_"), "{engine}: {place}");
        }
        // Somebody else does not see it, and cannot test it.
        let sol = site.producer("sol", "Escola Sol").await;
        assert_eq!(sol.get("connections").await.expect(200).json(), json!([]));
        sol.post("connections/loja/test", &json!({})).await.expect(404);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_field() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        for (field, value) in [
            ("gateway", json!("paypal")),
            ("bills", json!("nobody")),
            ("secret_key", json!("short")),
            ("base_url", json!("ftp://stripe")),
            ("webhook_secret", json!("with a blank")),
        ] {
            let mut body = account(&stripe);
            body[field] = value;
            let refused = luz.put("connections/outra", &body).await.expect(422).json();
            assert_eq!(refused["errors"][0]["field"], field, "{engine}: {refused}");
        }
        let mut body = account(&stripe);
        body.as_object_mut().unwrap().remove("secret_key");
        luz.put("connections/outra", &body).await.expect(422);
        // What is on file stays.
        luz.put("connections/loja", &body).await.expect(200);
        luz.post("connections/loja/test", &json!({})).await.expect(200);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_key_that_is_wrong_and_a_gateway_that_is_down_are_said_and_harm_nothing() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let mut body = account(&stripe);
        body["secret_key"] = json!("sk_test_of_nobody_00000000000000");
        luz.put("connections/loja", &body).await.expect(200);
        let refused = luz.post("connections/loja/test", &json!({})).await.expect(502).json();
        assert_eq!(refused["code"], "gateway_unavailable", "{engine}");
        let mut browser = signed_in(&site, "luz").await;
        let page = browser.get(PAGE).await.expect(200);
        assert!(page.text().contains("A última chamada falhou"), "{engine}: {}", page.text());

        // By the page's own button, once the key is right again.
        luz.put("connections/loja", &account(&stripe)).await.expect(200);
        stripe.faults().plan("GET", "/v1/account", Fault::Status(500));
        let page = browser.submit(&form(&page, &format!("{PAGE}/loja/test")), &[]).await.expect(200);
        assert!(page.text().contains("não respondeu como devia"), "{engine}");
        let page = browser.submit(&form(&page, &format!("{PAGE}/loja/test")), &[]).await.expect(200);
        assert!(page.text().contains("pode tudo o que é preciso"), "{engine}: {}", page.text());
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_account_out_of_use_is_the_producers_own_work_and_is_used_again() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        bought(&luz, &stripe, "A-1").await;
        bought(&luz, &stripe, "A-3").await;
        let mut browser = signed_in(&site, "luz").await;
        let switch = form(&browser.get(PAGE).await.expect(200), &format!("{PAGE}/loja/switch"));
        browser.submit(&switch, &[]).await.expect(200);
        let mut ana = sign_in(&site, ANA).await;
        give_back(&mut ana, "A-1").await;
        site.mail.wait("luz@example.com", "loja").await;
        assert!(stripe.refunds().is_empty(), "{engine}");
        browser.submit(&switch, &[]).await.expect(200);
        give_back(&mut ana, "A-3").await;
        super::status_is(&luz, "A-3", "refunded").await;
        assert_eq!(stripe.refunds().len(), 1, "{engine}");
        site.assert_sound().await;
    }
}

/// Nothing real is charged by a server of development.
#[tokio::test]
async fn a_key_for_real_money_opens_nothing_in_development() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    let stripe = standin::stripe::Stripe::start(([127, 0, 0, 1], 0).into(), "sk_live_of_luz_0000000000000000").unwrap();
    let mut body = account(&stripe);
    body["secret_key"] = json!("sk_live_of_luz_0000000000000000");
    luz.put("connections/loja", &body).await.expect(200);
    luz.post("connections/loja/test", &json!({})).await.expect(500);
}

/// What was seen of one account says nothing of another.
#[tokio::test]
async fn another_accounts_key_is_tested_anew_and_its_webhooks_are_registered_there() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let mut body = account(&stripe);
        body["enabled"] = json!(false);
        body.as_object_mut().unwrap().remove("secret_key");
        let kept = luz.put("connections/loja", &body).await.expect(200).json();
        assert_eq!((&kept["live"], kept["account"].is_string()), (&json!(false), true), "{engine}: the same key");

        let key = "sk_test_of_another_0000000000000";
        let other = stripe.account(key);
        let mut body = account(&stripe);
        body["secret_key"] = json!(key);
        let written = luz.put("connections/loja", &body).await.expect(200).json();
        assert_eq!(written["live"], json!(null), "{engine}: {written}");
        let tested = luz.post("connections/loja/test", &json!({})).await.expect(200).json();
        assert_eq!((&tested["webhook_registered"], other.all("webhook_endpoint").len()), (&json!(true), 1), "{engine}");
        assert_ne!(tested["account"], kept["account"], "{engine}");
        site.assert_sound().await;
    }
}

/// Whoever runs the installation sees how each account does, and no money moves for it.
#[tokio::test]
async fn the_doctor_looks_at_each_account_and_changes_nothing() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let before = site.db().await.dump().await.unwrap();
        let well = site.run(&["doctor"], "").await;
        let said = String::from_utf8(well.stdout).unwrap();
        assert_eq!(well.status.code(), Some(0), "{engine}: {said}");
        assert!(said.contains("connection luz/loja (stripe): test mode"), "{engine}: {said}");

        (0..20).for_each(|_| stripe.faults().plan("GET", "/v1/", Fault::Status(401)));
        let ill = site.run(&["doctor", "--json"], "").await;
        let said = String::from_utf8(ill.stdout).unwrap();
        assert_eq!(ill.status.code(), Some(2), "{engine}: {said}");
        let findings: serde_json::Value = serde_json::from_str(&said).unwrap();
        let broken = findings.as_array().unwrap().iter().find(|finding| finding["state"] == "broken").unwrap();
        assert_eq!(broken["what"], "connection luz/loja (stripe)", "{engine}");
        assert!(!said.contains(KEY), "{engine}");
        stripe.faults().clear();
        assert_eq!(site.db().await.dump().await.unwrap(), before, "{engine}");

        let mut unheard = account(&stripe);
        unheard["gateway"] = json!("asaas");
        unheard.as_object_mut().unwrap().remove("secret_key");
        unheard["access_token"] = json!("$aact_hmlg_nobody_has_this_key_at_all");
        luz.put("connections/outra", &unheard).await.expect(200);
        assert_eq!(site.run(&["doctor"], "").await.status.code(), Some(2), "{engine}: nobody is there");
        site.assert_sound().await;
    }
}
