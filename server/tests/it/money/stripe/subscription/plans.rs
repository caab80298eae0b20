//! Another plan of a subscription that Stripe charges: at once, or with its next period.

use super::{Shop, price};
use crate::harness::browserless::{Form, form};
use crate::harness::shop::{other_plans, subscription_of};
use crate::harness::site::{ENGINES, eventually};
use standin::fault::Fault;

#[tokio::test]
async fn another_plan_is_reckoned_and_paid_at_stripe_with_the_figures_that_were_shown() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        other_plans(&shop.luz).await;
        price(&shop.stripe, "ouro", "9990").await;
        let (shown, confirm) = quoted(&mut shop, "ouro").await;
        let done = shop.ana.submit(&confirm, &[("consent", "yes")]).await.expect(200).text();
        assert!(done.contains("Clube Luz Ouro"), "{engine}: {done}");
        let paid = shop.has_payments(2).await;
        let due = paid.iter().map(|charge| charge["amount"]["amount"].as_i64().unwrap()).find(|due| *due != 4_990);
        let due = due.expect("a payment of the difference");
        let taken = format!("{},{:02}", due / 100, due % 100);
        assert!(shown.contains(&taken), "{engine}: {taken} in {shown}");
        assert_eq!(shop.plan_there(), "ouro", "{engine}");
        shop.stands("active").await;
        shop.site.assert_sound().await;
    }
}

/// What is due cannot be taken: nothing changes, here or there, and nothing is owed.
#[tokio::test]
async fn a_plan_whose_difference_the_bank_refuses_does_not_begin() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        other_plans(&shop.luz).await;
        price(&shop.stripe, "ouro", "9990").await;
        let (_, confirm) = quoted(&mut shop, "ouro").await;
        shop.stripe.fail_next_charge("insufficient_funds");
        shop.ana.submit(&confirm, &[("consent", "yes")]).await.expect(200);
        eventually("the old plan to be told of", async || {
            let order = shop.luz.order("A-2").await;
            let page = shop.ana.clone().visit("/orders/A-2").await.text();
            (order["subscription"]["plan"] == "Clube Luz mensal" && page.contains("Troca de plano não paga"))
                .then_some(())
        })
        .await;
        assert_eq!(shop.has_payments(1).await[0]["amount"]["amount"], 4_990, "{engine}");
        assert_eq!(shop.plan_there(), "clube", "{engine}");
        shop.site.assert_sound().await;
    }
}

/// The figures of another plan, and the form that agrees to them.
async fn quoted(shop: &mut Shop, offer: &str) -> (String, Form) {
    let address = format!("{}/plan", subscription_of(&mut shop.ana).await);
    let list = shop.ana.visit(&address).await.expect(200);
    assert!(list.text().contains("Clube Luz Ouro"), "{}", list.text());
    let fixed = shop.ana.submit(&form(&list, &format!("{address}/quote")), &[("offer", offer)]).await.expect(200);
    (fixed.text(), form(&fixed, &format!("{address}/confirm")))
}

/// Asks for another plan; the page that says what became of it.
async fn change_to(shop: &mut Shop, offer: &str) -> String {
    let (_, confirm) = quoted(shop, offer).await;
    shop.ana.submit(&confirm, &[("consent", "yes")]).await.expect(200).text()
}

async fn take_back(shop: &mut Shop) {
    let address = format!("{}/plan", subscription_of(&mut shop.ana).await);
    let page = shop.ana.visit(&address).await.expect(200);
    shop.ana.submit(&form(&page, &format!("{address}/undo")), &[]).await.expect(200);
}

/// Whether another plan waits for the renewal at Stripe.
async fn waits_there(shop: &Shop, waits: bool) {
    eventually(&format!("a plan to wait at Stripe: {waits}"), async || {
        let schedule = shop.there()["schedule"].as_str().and_then(|id| shop.stripe.object(id));
        let phases = schedule.map_or(0, |schedule| schedule["phases"].as_array().unwrap().len());
        (phases == if waits { 2 } else { 0 }).then_some(())
    })
    .await;
}

async fn with_cheaper(engine: &'static str) -> Shop {
    let shop = Shop::open(engine).await;
    other_plans(&shop.luz).await;
    price(&shop.stripe, "mini", "1990").await;
    shop
}

#[tokio::test]
async fn a_cheaper_plan_waits_for_the_renewal_at_stripe_and_begins_with_it() {
    for engine in ENGINES {
        let mut shop = with_cheaper(engine).await;
        shop.stripe.faults().plan("POST", "/v1/subscription_schedules", Fault::Lost);
        let done = change_to(&mut shop, "mini").await;
        assert!(done.contains("Clube Luz Mini"), "{engine}: {done}");
        waits_there(&shop, true).await;
        let plan = shop.luz.order("A-2").await["subscription"].clone();
        assert_eq!((&plan["plan"], &plan["price"]["amount"]), (&"Clube Luz mensal".into(), &4_990.into()), "{engine}");
        shop.forward(32).await;
        let mut paid: Vec<_> =
            shop.has_payments(2).await.iter().map(|charge| charge["amount"]["amount"].as_i64().unwrap()).collect();
        paid.sort_unstable();
        assert_eq!((paid, shop.plan_there().as_str()), (vec![1_990, 4_990], "mini"), "{engine}");
        eventually("the new plan to be on file", async || {
            let plan = shop.luz.order("A-2").await["subscription"].clone();
            (plan["plan"] == "Clube Luz Mini" && plan["price"]["amount"] == 1_990).then_some(())
        })
        .await;
        assert!(shop.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_plan_that_waits_is_taken_back_and_survives_a_cancellation_that_is() {
    for engine in ENGINES {
        let mut shop = with_cheaper(engine).await;
        change_to(&mut shop, "mini").await;
        waits_there(&shop, true).await;
        let receipt = shop.cancel().await;
        shop.ends_there(true).await;
        shop.undo(&receipt).await;
        shop.ends_there(false).await;
        waits_there(&shop, true).await;
        take_back(&mut shop).await;
        waits_there(&shop, false).await;
        shop.forward(32).await;
        let paid = shop.has_payments(2).await;
        assert!(paid.iter().all(|charge| charge["amount"]["amount"] == 4_990), "{engine}: {paid:?}");
        assert_eq!(shop.plan_there(), "clube", "{engine}");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_plan_that_costs_something_else_at_stripe_is_not_agreed_to() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        other_plans(&shop.luz).await;
        price(&shop.stripe, "mini", "2990").await;
        let address = format!("{}/plan", subscription_of(&mut shop.ana).await);
        let list = shop.ana.visit(&address).await.expect(200);
        let answer = shop.ana.submit(&form(&list, &format!("{address}/quote")), &[("offer", "mini")]).await.text();
        assert!(!answer.contains(&format!("{address}/confirm")), "{engine}: {answer}");
        assert!(shop.there()["schedule"].is_null(), "{engine}");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_plan_that_stripe_does_not_take_is_the_producers_to_set() {
    for engine in ENGINES {
        let mut shop = with_cheaper(engine).await;
        shop.stripe.faults().plan("POST", "/v1/subscription_schedules", Fault::Status(400));
        change_to(&mut shop, "mini").await;
        let mail = shop.site.mail.wait("luz@example.com", "Clube Luz Mini").await;
        assert!(mail.text.contains("A-2"), "{engine}: {mail:?}");
        assert!(shop.there()["schedule"].is_null(), "{engine}");
        shop.site.assert_sound().await;
    }
}
