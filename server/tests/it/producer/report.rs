//! The report: what is counted, of whom, and in which month.

use super::Desk;
use crate::harness::{ANA, DAY, buy, code, each_world, producer, sign_in};
use portal::Producer;
use portal::portal_link::make;
use portal::refund::{Answer, answer, ask, new_request_id, request};
use portal::report::{canceled, months, report};
use portal::testing::World;
use types::LinkPlace;

async fn of_this_month(world: &World, luz: &Producer) -> portal::report::Report {
    let zone = luz.zone().unwrap();
    let today = zone.day_of(world.portal.now());
    report(luz, &months(&zone, today.first_of_month(), today)).await.unwrap()
}

#[tokio::test]
async fn an_empty_report_says_what_will_stand_there() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        assert!(of_this_month(world, &luz).await.is_empty());
        let desk = Desk::of(world, &luz).await;
        let page = desk.get("/producer/report").await.expect(200).text;
        assert!(page.contains("Ainda não há o que contar"), "{page}");
        let wrong = desk.get("/producer/report?from=2026-05-01&to=2026-04-01").await.expect(422).text;
        assert!(wrong.contains("Confira as datas"), "{wrong}");
        desk.get("/producer/report?from=0001-01-01&to=9999-12-31").await.expect(200);
        Desk::of_nobody(world).get("/producer/report").await.expect_sign_in();
    })
    .await;
}

#[tokio::test]
async fn refunds_links_and_access_are_counted_for_their_producer_only() {
    each_world(async |world| {
        let (luz, sol) = (producer(world, "luz").await, producer(world, "sol").await);
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        buy(world, &luz, ANA, "P-2", &[("ebook", 1_990)]).await;
        world.settle().await;
        make(&luz, &code("P-1"), LinkPlace::Refund, true).await.unwrap();
        let ana = sign_in(world, ANA).await;
        request(&ana, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let found = of_this_month(world, &luz).await;
        let month = found.months.last().unwrap();
        assert_eq!((month.refunds, month.links, month.mailed, month.opened), (1, 1, 1, 0));
        assert_eq!((month.own_acts, month.all_acts), (1, 1));
        assert_eq!((found.refunds.len(), found.refunds[0].count, found.refunds[0].amount.amount), (1, 1, 29_700));
        assert_eq!(found.to_access.unwrap().count, 2);
        assert!(of_this_month(world, &sol).await.is_empty());
        let desk = Desk::of(world, &luz).await;
        let page = desk.get("/producer/report").await.expect(200).text;
        assert!(page.contains("<svg class=\"bars\"") && page.contains("Metade dos compradores"), "{page}");
        assert!(!page.contains("style="), "the policy of pages allows no styles inside");
    })
    .await;
}

#[tokio::test]
async fn the_time_to_decide_is_that_of_the_answer() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(DAY * 40);
        let ana = sign_in(world, ANA).await;
        let protocol = ask(&ana, "P-1", new_request_id(&world.portal), "x").await.unwrap();
        world.settle().await;
        world.clock.forward(DAY);
        answer(&world.portal, &luz, &code("P-1"), &protocol, Answer::Decline { reason: None }).await.unwrap();
        world.settle().await;
        let zone = luz.zone().unwrap();
        let today = zone.day_of(world.portal.now());
        let all = months(&zone, zone.day_of(world.portal.now().minus(DAY * 60)), today);
        let decided = report(&luz, &all).await.unwrap().to_decide.unwrap();
        assert_eq!((decided.count, decided.median / 3_600), (1, 24));
        assert!(canceled(&luz, &all, "", None).await.unwrap().0.is_empty());
    })
    .await;
}
