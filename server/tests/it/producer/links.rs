//! Links that a producer makes: one, sent, opened, acted on, revoked; many at once; as a file.

use super::Desk;
use crate::harness::browserless::Form;
use crate::harness::{ANA, DAY, buy, code, each_world, line, mails, paid_order, place, producer, sign_in};
use portal::Producer;
use portal::portal_link::{
    Audience, CampaignError, CampaignState, LinkError, audience, campaigns, count, links, make, revoke, send, start,
    stop,
};
use portal::refund::{new_request_id, request};
use portal::testing::World;
use std::time::Duration;
use types::{LinkPlace, OrderKind, OrderStatus};

async fn sold(world: &World) -> Producer {
    let luz = producer(world, "luz").await;
    buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
    luz
}

/// The path of an address.
fn path(url: &str) -> String {
    crate::harness::browserless::path_of(url).to_owned()
}

#[tokio::test]
async fn a_link_is_made_mailed_opened_acted_on_and_counts_once() {
    each_world(async |world| {
        let luz = sold(world).await;
        let desk = Desk::of(world, &luz).await;
        let page = desk.get("/producer/links").await.expect(200);
        assert!(page.text.contains("ainda não criou nenhum link"), "{}", page.text);
        let form = page.form("/producer/links", None);
        let unknown = desk.press(&form, &[("order", "P-9"), ("target", "refund"), ("send", "yes")]).await.expect(422);
        assert!(unknown.text.contains("Não há pedido com este código"), "{}", unknown.text);
        let made = desk.press(&form, &[("order", "P-1"), ("target", "refund"), ("send", "yes")]).await.expect(303);
        assert!(made.says("said-link-mailed"), "{made:?}");
        world.settle().await;
        assert_eq!(mails(world, "PortalLink"), 1);
        let one = async || links(&luz, None).await.unwrap().0.remove(0);
        let link = one().await;
        assert!(link.sent_at.is_some() && link.opened_at.is_none(), "{link:?}");
        assert_eq!((link.target, link.made_by.as_deref()), (LinkPlace::Refund, Some("luz@example.com")));

        // Looking changes nothing; it shows what an order link shows.
        let anybody = Desk::of_nobody(world);
        let address = path(&link.url);
        for _ in 0..3 {
            let seen = anybody.get(&address).await.expect(200).text;
            assert!(seen.contains("a***@example.com") && !seen.contains(ANA), "{seen}");
        }
        assert_eq!(one().await.opened_at, None);
        let seen = anybody.get(&address).await;
        for _ in 0..2 {
            anybody.press(&seen.form(&address, None), &[]).await.expect(303);
        }
        let opened = one().await.opened_at;
        assert!(opened.is_some());
        assert_eq!(one().await.acted_at, None);
        world.clock.forward(Duration::from_secs(600));
        let ana = sign_in(world, ANA).await;
        request(&ana, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        let acted = one().await;
        assert!(acted.acted_at > acted.opened_at && acted.opened_at == opened, "{acted:?}");
        let list = desk.get("/producer/links").await.expect(200).text;
        assert!(list.contains("Comprador agiu") && list.contains("Aberto"), "{list}");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_revoked_link_says_so_and_opens_nothing() {
    each_world(async |world| {
        let luz = sold(world).await;
        let made = make(&luz, &code("P-1"), LinkPlace::Order, false).await.unwrap();
        let (desk, anybody) = (Desk::of(world, &luz).await, Desk::of_nobody(world));
        let before = anybody.get(&path(&made.url)).await.expect(200);
        let list = desk.get("/producer/links").await;
        let form = list.form(&format!("/producer/links/{}/revoke", made.id), None);
        assert!(list.tells_first("Quem abrir o link vê que ele não vale mais", &form), "{}", list.text);
        assert!(desk.press(&form, &[]).await.expect(303).says("said-link-revoked"));
        assert!(desk.press(&form, &[]).await.expect(303).says("said-link-revoked"));
        let gone = anybody.get(&path(&made.url)).await.expect(410);
        assert!(gone.text.contains("não vale mais"), "{}", gone.text);
        anybody.press(&before.form(&path(&made.url), None), &[]).await.expect(410);
        assert!(matches!(send(&luz, made.id).await, Err(LinkError::TooLate)));
        world.settle().await;
        assert_eq!((mails(world, "SignInLink"), mails(world, "PortalLink")), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn the_owner_who_is_signed_in_goes_straight_to_the_place() {
    each_world(async |world| {
        let luz = sold(world).await;
        let made = make(&luz, &code("P-1"), LinkPlace::Refund, false).await.unwrap();
        let ana = sign_in(world, ANA).await;
        let token = portal::testing::session_of(
            &world.portal,
            portal::session::Holder::Buyer(ana.person()),
            &crate::harness::origin("192.0.2.9"),
        )
        .await;
        let browser = Desk::with_cookie(world, format!("aftersale={token}"));
        let led = browser.get(&path(&made.url)).await.expect(303);
        assert_eq!(led.location.as_deref(), Some("/orders/P-1/refund"));
    })
    .await;
}

#[tokio::test]
async fn another_producers_orders_and_links_are_absent() {
    each_world(async |world| {
        let luz = sold(world).await;
        let sol = producer(world, "sol").await;
        let made = make(&luz, &code("P-1"), LinkPlace::Order, false).await.unwrap();
        assert!(matches!(make(&sol, &code("P-1"), LinkPlace::Order, true).await, Err(LinkError::NotFound)));
        assert!(matches!(revoke(&sol, made.id).await, Err(LinkError::NotFound)));
        assert!(matches!(send(&sol, made.id).await, Err(LinkError::NotFound)));
        assert!(links(&sol, None).await.unwrap().0.is_empty());
        assert_eq!(count(&sol, &Audience::default()).await.unwrap().orders, 0);
        let campaign = start(&luz, &Audience::default(), LinkPlace::Order).await.unwrap();
        assert!(matches!(stop(&sol, campaign).await, Err(CampaignError::NotFound)));
        assert!(campaigns(&sol).await.unwrap().is_empty());
        let desk = Desk::of(world, &sol).await;
        let press = async |action: String| {
            desk.press(&Form { method: "post".to_owned(), action, fields: vec![] }, &[]).await.expect(404);
        };
        press(format!("/producer/links/{}/revoke", made.id)).await;
        press(format!("/producer/links/campaigns/{campaign}/stop")).await;
        world.settle().await;
    })
    .await;
}

/// 70 paid orders, one that is not paid, one of another kind, one of another product.
async fn many(world: &World) -> Producer {
    let luz = producer(world, "luz").await;
    for number in 0..70 {
        let who = format!("b{number}@example.com");
        buy(world, &luz, &who, &format!("Q-{number:02}"), &[("photo", 29_700)]).await;
    }
    let open = paid_order(world, "open@example.com", "R-1", &[("photo", 29_700)]);
    place(world, &luz, portal::intake::NewOrder { charge: None, ..open }).await;
    buy(world, &luz, "other@example.com", "R-2", &[("ebook", 1_990)]).await;
    world.settle().await;
    world.clock.forward(Duration::from_secs(1));
    luz
}

#[tokio::test]
async fn a_campaign_reaches_each_paid_order_once_a_few_a_minute() {
    each_world(async |world| {
        let luz = many(world).await;
        let all = Audience::default();
        assert_eq!(count(&luz, &all).await.unwrap().orders, 71);
        let photo =
            portal::portal_link::products(&luz).await.unwrap().into_iter().find(|one| one.name == "Curso photo");
        let photo = Audience { product: photo.map(|one| one.id), ..all.clone() };
        assert_eq!(count(&luz, &photo).await.unwrap().orders, 70);
        let kind = Audience { kind: Some(OrderKind::Subscription), ..all.clone() };
        assert_eq!(count(&luz, &kind).await.unwrap().orders, 0);
        let status = Audience { status: Some(OrderStatus::PartlyRefunded), ..all.clone() };
        assert_eq!(count(&luz, &status).await.unwrap().orders, 0);
        let later = Audience { from: Some(world.portal.now().plus(DAY)), ..all };
        assert_eq!(count(&luz, &later).await.unwrap().orders, 0);

        start(&luz, &photo, LinkPlace::Order).await.unwrap();
        assert!(matches!(start(&luz, &photo, LinkPlace::Order).await, Err(CampaignError::Running)));
        for sent in [30, 60, 70, 70] {
            world.settle().await;
            assert_eq!((campaigns(&luz).await.unwrap()[0].sent, mails(world, "PortalLink")), (sent, sent as usize));
            world.clock.forward(Duration::from_secs(60));
        }
        assert_eq!(campaigns(&luz).await.unwrap()[0].state, CampaignState::Done);
        let (page, next) = links(&luz, None).await.unwrap();
        assert!(page.len() == 25 && next.is_some() && page.iter().all(|link| link.is_of_campaign));
        // Another one reaches them again: once each, of its own.
        start(&luz, &photo, LinkPlace::Card).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_campaign_is_stopped_and_what_went_out_stays() {
    each_world(async |world| {
        let luz = many(world).await;
        let desk = Desk::of(world, &luz).await;
        let found =
            desk.get("/producer/links/bulk?target=order&product=&status=paid&kind=&from=&to=").await.expect(200);
        assert!(found.text.contains("71 pedidos"), "{}", found.text);
        let form = found.form("/producer/links/bulk", None);
        assert!(desk.press(&form, &[]).await.expect(303).says("said-campaign-started"));
        assert!(desk.press(&form, &[]).await.expect(303).says("said-campaign-running"));
        world.settle().await;
        let running = campaigns(&luz).await.unwrap().remove(0);
        let action = format!("/producer/links/campaigns/{}/stop", running.id);
        let form = desk.get("/producer/links").await.expect(200).form(&action, None);
        for _ in 0..2 {
            assert!(desk.press(&form, &[]).await.expect(303).says("said-campaign-stopped"));
        }
        world.clock.forward(DAY);
        world.settle().await;
        let stopped = campaigns(&luz).await.unwrap().remove(0);
        assert_eq!((stopped.state, stopped.sent), (CampaignState::Stopped, 30));
        assert_eq!(mails(world, "PortalLink"), 30);
    })
    .await;
}

#[tokio::test]
async fn the_file_has_each_order_and_no_formula() {
    each_world(async |world| {
        let luz = sold(world).await;
        let mut odd = paid_order(world, "eve@example.com", "P-2", &[("ebook", 1_990)]);
        odd.buyer.name = line("=HYPERLINK(\"x\")");
        place(world, &luz, odd).await;
        world.settle().await;
        let (found, next) = audience(&luz, &Audience::default(), LinkPlace::Card, None).await.unwrap();
        assert_eq!((found.len(), next), (2, None));
        let desk = Desk::of(world, &luz).await;
        let file = desk.get("/producer/links.csv?target=card&product=&status=&kind=&from=&to=").await.expect(200);
        assert!(file.kind.starts_with("text/csv"), "{file:?}");
        let lines: Vec<&str> = file.text.lines().collect();
        assert_eq!(lines[0], "\u{feff}Pedido;Nome;E-mail;Telefone;Produto;Data da compra;Link");
        assert!(lines.len() == 3 && lines[1].contains("?to=card"), "{lines:?}");
        assert!(file.text.contains(";\"'=HYPERLINK(\"\"x\"\")\";"), "{}", file.text);
        let wrong = desk.get("/producer/links/bulk?target=order&from=2026-02-01&to=2026-01-01").await.expect(422);
        assert!(wrong.text.contains("Confira as datas"), "{}", wrong.text);
    })
    .await;
}
