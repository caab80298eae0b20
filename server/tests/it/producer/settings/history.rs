use super::{BUYERS, HISTORY, IDENTITY, form_at, shop, without};
use crate::harness::browserless::forms;
use crate::harness::producers::signed_in;
use crate::harness::site::ENGINES;
use serde_json::json;

#[tokio::test]
async fn a_change_is_told_and_taken_back_without_what_came_after_it() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let form = form_at(&mut browser, BUYERS, BUYERS).await;
        browser.submit(&without(form, &["card_swap"]), &[]).await.expect(200);
        let page = browser.get(HISTORY).await.expect(200);
        let newest = page.text().split("<li class=\"card\">").nth(1).unwrap().to_owned();
        for words in ["Regras para o comprador", "Por uma pessoa", "Trocar o cartão", "ligado → desligado"] {
            assert!(newest.contains(words), "{engine}: {words}: {newest}");
        }
        let undo = forms(&page.text()).into_iter().find(|form| form.action.ends_with("/undo")).unwrap();

        // Somebody writes another theme meanwhile: it stays.
        let meanwhile = json!({"payment": {"card_swap": false}, "notice": {"renewal_days": 9}});
        luz.put("policy", &meanwhile).await.expect(200);
        site.producer("sol", "Escola Sol").await;
        let mut sol = signed_in(&site, "sol").await;
        sol.press(&undo, &[]).await.expect(404);
        let undone = browser.submit(&undo, &[]).await.expect(200).text();
        assert!(undone.contains("Mudança desfeita"), "{engine}: {undone}");
        let policy = luz.get("policy").await.expect(200).json();
        assert_eq!((&policy["payment"]["card_swap"], &policy["notice"]["renewal_days"]), (&json!(true), &json!(9)));
        assert!(!sol.get(HISTORY).await.text().contains("/undo"), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn who_the_producer_is_can_be_taken_back_too() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let form = form_at(&mut browser, IDENTITY, IDENTITY).await;
        browser.submit(&form, &[("name", "Outra"), ("hours", "sempre")]).await.expect(200);
        let page = browser.get(HISTORY).await.expect(200).text();
        assert!(page.contains("Escola Luz → Outra"), "{engine}: {page}");
        let undo = forms(&page).into_iter().find(|form| form.action.ends_with("/undo")).unwrap();
        browser.submit(&undo, &[]).await.expect(200);
        let on_file = luz.get("producer").await.expect(200).json();
        assert_eq!((&on_file["name"], &on_file["contacts"]["hours"]), (&json!("Escola Luz"), &json!(null)), "{engine}");
        browser.get(&format!("{HISTORY}?after=x")).await.expect(404);
        site.assert_sound().await;
    }
}
