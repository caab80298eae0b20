use super::{PLANS, form_at, neighbour, shop};
use crate::harness::browserless::Form;
use crate::harness::shop::{other_plans, sell, sign_in, subscription, subscription_of};
use crate::harness::site::ENGINES;

#[tokio::test]
async fn buyers_choose_among_the_plans_that_are_ticked() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        other_plans(&luz).await;
        sell(&luz, &subscription("A-1", "ana@example.com")).await;
        let mut ana = sign_in(&site, "ana@example.com").await;
        let plan = format!("{}/plan", subscription_of(&mut ana).await);
        let form = form_at(&mut browser, PLANS, PLANS).await;
        let ticked = |form: &Form| form.fields.iter().filter(|(name, _)| name.starts_with("target_")).count();
        assert_eq!(ticked(&form), 2, "{engine}: {form:?}");

        let fields = form.fields.iter().filter(|(name, value)| !(name == "target_clube" && value == "ouro"));
        let less = Form { fields: fields.cloned().collect(), ..form.clone() };
        browser.submit(&less, &[]).await.expect(200);
        let page = ana.visit(&plan).await.expect(200).text();
        assert!(page.contains("Clube Luz Mini") && !page.contains("Clube Luz Ouro"), "{engine}: {page}");
        browser.submit(&form, &[]).await.expect(200);
        assert!(ana.visit(&plan).await.text().contains("Clube Luz Ouro"), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_plan_of_somebody_else_is_not_there() {
    for engine in ENGINES {
        let (site, luz, mut browser) = shop(engine).await;
        other_plans(&luz).await;
        neighbour(&site).await;
        let form = form_at(&mut browser, PLANS, PLANS).await;
        for extra in [("shown", "sol"), ("target_clube", "sol"), ("target_clube", "absent"), ("target_clube", "a b")] {
            let mut fields = form.fields.clone();
            fields.push((extra.0.to_owned(), extra.1.to_owned()));
            browser.press(&Form { fields, ..form.clone() }, &[]).await.expect(404);
        }
        assert_eq!(form_at(&mut browser, PLANS, PLANS).await.fields, form.fields, "{engine}");
        site.assert_sound().await;
    }
}
