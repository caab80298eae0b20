use super::{BUYERS, CANCEL, MAILS, form_at, neighbour, shop, without};
use crate::harness::shop::{other_plans, sell, sign_in, subscription, subscription_of};
use crate::harness::site::ENGINES;
use serde_json::json;

#[tokio::test]
async fn what_is_switched_off_buyers_cannot_do_and_what_the_form_does_not_show_stays() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        other_plans(&luz).await;
        sell(&luz, &subscription("A-1", "ana@example.com")).await;
        luz.put("policy", &json!({"refund": {"answer_days": 9}, "notice": {"renewal_days": 7}})).await.expect(200);
        let mut ana = sign_in(&site, "ana@example.com").await;
        let plan = format!("{}/plan", subscription_of(&mut ana).await);
        assert!(ana.visit(&plan).await.text().contains("Clube Luz Ouro"), "{engine}");

        let form = form_at(&mut browser, BUYERS, BUYERS).await;
        let on: Vec<&str> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(on, ["card_swap", "method_change", "plan_change", "upgrade", "downgrade"], "{engine}");
        let saved =
            browser.submit(&without(form, &["plan_change", "method_change"]), &[("upgrade", "period_end")]).await;
        assert!(saved.expect(200).text().contains("Configurações salvas"), "{engine}");

        let policy = luz.get("policy").await.expect(200).json();
        assert_eq!(policy["payment"], json!({"card_swap": true, "method_change": false}), "{engine}");
        assert_eq!(policy["plan"], json!({"change": false, "upgrade": "period_end", "downgrade": "period_end"}));
        assert_eq!((&policy["refund"]["answer_days"], &policy["notice"]["renewal_days"]), (&json!(9), &json!(7)));
        assert!(!ana.visit(&plan).await.text().contains("Clube Luz Ouro"), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_product_has_rules_of_its_own_until_it_follows_those_of_all_again() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        let of_club = format!("{BUYERS}?product=clube");
        let form = form_at(&mut browser, &of_club, BUYERS).await;
        browser.submit(&without(form, &["card_swap"]), &[]).await.expect(200);
        let swap = async |path: &str| luz.get(path).await.expect(200).json()["payment"]["card_swap"].clone();
        assert_eq!(swap("products/clube/policy").await, json!(false), "{engine}");
        assert_eq!((swap("policy").await, swap("products/foto/policy").await), (json!(true), json!(true)), "{engine}");
        assert!(browser.get(BUYERS).await.text().contains("?product=clube"), "{engine}");

        let follow = form_at(&mut browser, &format!("{CANCEL}?product=clube"), "/producer/settings/follow").await;
        let followed = browser.submit(&follow, &[]).await.expect(200).text();
        assert!(followed.contains("segue de novo") && followed.contains("value=\"clube\" selected"), "{followed}");
        assert_eq!(swap("products/clube/policy").await, json!(true), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_choice_that_is_none_comes_back_with_its_error_and_a_foreign_product_is_not_there() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        neighbour(&site).await;
        let before = luz.get("policy").await.expect(200).json();
        let form = form_at(&mut browser, BUYERS, BUYERS).await;
        let form = without(form, &["card_swap"]);
        let refused = browser.press(&form, &[("upgrade", "tomorrow")]).await.expect(422).text();
        assert!(refused.contains("href=\"#upgrade\"") && refused.contains("Escolha uma das opções"), "{refused}");
        let swap = refused.split("id=\"card_swap\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(!swap.contains("checked"), "what was typed is still there: {swap}");

        for product in ["sol", "absent", "a%2fb"] {
            for page in [BUYERS, CANCEL, MAILS] {
                browser.get(&format!("{page}?product={product}")).await.expect(404);
            }
            browser.press(&form, &[("product", product)]).await.expect(404);
        }
        assert_eq!(luz.get("policy").await.expect(200).json(), before, "{engine}");
        site.browser().get(BUYERS).await.expect(303);
        site.assert_sound().await;
    }
}
