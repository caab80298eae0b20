//! Subscriptions that Guru charges: what a buyer decides here is told there.

use super::{ANA, buyer, shop};
use crate::harness::browserless::{Browser, form, forms};
use crate::harness::shop::{cancel, other_plans, sign_in, subscription_of};
use crate::harness::site::{Api, ENGINES, Site, eventually};
use serde_json::Value;
use standin::fault::Fault;
use standin::guru::{Guru, Interval, Method, Offer};

/// A month of the club at Guru, whose order came by its webhooks.
struct Club {
    site: Site,
    luz: Api,
    guru: Guru,
    ana: Browser,
    /// Where the subscription is here.
    address: String,
}

impl Club {
    async fn open(engine: &'static str) -> Self {
        let (site, luz, guru) = shop(engine).await;
        let mut month = Offer::plan("clube", "Clube Luz", 4_990, 1, Interval::Month);
        (month.upgrades, month.downgrades) = (vec!["ouro".to_owned()], vec!["mini".to_owned()]);
        guru.offer(month);
        guru.offer(Offer::plan("mini", "Clube Luz Mini", 1_990, 1, Interval::Month));
        guru.offer(Offer::plan("ouro", "Clube Luz Ouro", 9_990, 1, Interval::Month));
        guru.buy(&buyer(), &["clube"], Method::CreditCard).unwrap();
        guru.hooks().settle().await;
        let mut ana = sign_in(&site, ANA).await;
        let address = subscription_of(&mut ana).await;
        Self { site, luz, guru, ana, address }
    }

    fn there(&self) -> Value {
        self.guru.subscriptions()[0].clone()
    }

    /// Which plan the next cycle begins with.
    async fn goes_on_with(&self, offer: &str) {
        eventually(&format!("the next cycle at Guru to be {offer}"), async || {
            (self.there()["next_product"]["offer"]["id"] == offer).then_some(())
        })
        .await;
    }

    async fn is_marked(&self, is_marked: bool) {
        eventually(&format!("Guru to have it marked: {is_marked}"), async || {
            (self.there()["cancel_at_cycle_end"] == i64::from(is_marked)).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn what_its_buyer_cancels_is_marked_at_guru_and_unmarked_when_that_is_taken_back() {
    for engine in ENGINES {
        let mut club = Club::open(engine).await;
        club.guru.faults().plan("POST", "/cancel", Fault::Lost);
        let (receipt, _) = cancel(&mut club.ana).await;
        club.is_marked(true).await;
        let undo = form(&receipt, &format!("{}/cancel/undo", club.address));
        club.ana.submit(&undo, &[]).await.expect(200);
        club.is_marked(false).await;
        eventually("it to go on here", async || {
            let page = club.ana.clone().visit(&club.address).await.text();
            (page.contains("Ativa") && page.contains("Cancelar renovação")).then_some(())
        })
        .await;
        assert!(club.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        club.site.assert_sound().await;
    }
}

#[tokio::test]
async fn another_card_that_guru_takes_by_its_script_only_is_not_offered() {
    for engine in ENGINES {
        let mut club = Club::open(engine).await;
        let page = club.ana.visit(&club.address).await.expect(200).text();
        assert!(page.contains("Cancelar renovação"), "{engine}: {page}");
        assert!(!page.contains(&format!("href=\"{}/card\"", club.address)), "{engine}: {page}");
        let card = club.ana.visit(&format!("{}/card", club.address)).await.text();
        assert!(!forms(&card).iter().any(|form| form.action.ends_with("/card")), "{engine}: {card}");
        club.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_cheaper_plan_is_gurus_with_the_next_cycle_and_is_taken_back_there() {
    for engine in ENGINES {
        let mut club = Club::open(engine).await;
        other_plans(&club.luz).await;
        let address = format!("{}/plan", club.address);
        let list = club.ana.visit(&address).await.expect(200);
        let fixed = club.ana.submit(&form(&list, &format!("{address}/quote")), &[("offer", "mini")]).await.expect(200);
        club.guru.faults().plan("PUT", "/next-offer", Fault::Lost);
        club.ana.submit(&form(&fixed, &format!("{address}/confirm")), &[]).await.expect(200);
        club.goes_on_with("mini").await;
        let page = club.ana.visit(&address).await.expect(200);
        club.ana.submit(&form(&page, &format!("{address}/undo")), &[]).await.expect(200);
        club.goes_on_with("clube").await;
        assert!(club.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        club.site.assert_sound().await;
    }
}
