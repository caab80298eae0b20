//! The sandbox's webhooks, what may go wrong with them, and its clock.

use super::{card_form, shop, taken, to_gateway, typed};
use crate::harness::browserless::Browser;
use crate::harness::http::Request;
use crate::harness::shop::{order, sell};
use crate::harness::site::{Site, eventually};
use portal::on;
use std::time::Duration;

#[tokio::test]
async fn webhooks_are_signed_taken_once_and_refused_when_they_are_not() {
    for engine in crate::harness::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let admin = async |ana: &mut Browser, path: &str, fields: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            ana.send(Request::new("POST", path).form(&fields)).await.expect(303)
        };
        // Twice, and each first try with a wrong signature: the hook takes each once.
        admin(&mut ana, "/sandbox/fault", &[("fault", "duplicate")]).await;
        let hosted = to_gateway(&mut ana, &address).await;
        ana.submit(&card_form(&hosted), &typed("4242424242424242")).await.expect(200);
        let sandbox = eventually("the webhook to be taken", async || {
            let page = site.browser().get("/sandbox").await.expect(200).text();
            page.contains("taken (2) 200").then_some(page)
        })
        .await;
        assert!(sandbox.contains("card.saved"));
        let id = sandbox.split("evt_").nth(1).unwrap().chars().take(24).collect::<String>();
        admin(&mut ana, "/sandbox/redeliver", &[("id", &format!("evt_{id}"))]).await;
        for (headers, body) in [(None, "{}"), (Some("t=1,v1=00"), "{}"), (Some("v1=zz"), "")] {
            let request = Request::new("POST", "/hooks/sandbox/aaaa").body("application/json", body);
            let request = headers.into_iter().fold(request, |request, value| request.with("sbx-signature", value));
            site.browser().send(request).await.expect(401);
        }
        eventually("the webhook to be taken again", async || {
            site.browser().get("/sandbox").await.expect(200).text().contains("taken (2) 200").then_some(())
        })
        .await;
        let rows = crate::harness::rows::rows(&site.db().await, &[]).await;
        assert_eq!(rows["gateway_inbox"].len(), 1, "{:?}", rows["gateway_inbox"]);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn the_clock_moves_on_and_nobody_is_signed_out() {
    for engine in crate::harness::site::ENGINES {
        let (site, luz, mut ana, address) = shop(engine).await;
        sell(&luz, &order("B-1", "bia@example.com", &[("foto", 29_700)])).await;
        let fields = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "40".to_owned())];
        ana.send(Request::new("POST", "/sandbox/clock").form(&fields)).await.expect(303);
        let db = site.db().await;
        let mut number = 0;
        eventually("the portal to follow the clock", async || {
            number += 1;
            sell(&luz, &order(&format!("N-{number}"), "noa@example.com", &[("foto", 1)])).await;
            let sql = "select cast(max(created_at) - min(created_at) as bigint) from orders";
            let (apart,): (i64,) =
                on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
            (apart > 39 * 86_400 * 1_000_000).then_some(())
        })
        .await;
        ana.visit(&address).await.expect(200);
        shop::sign_in(&site, "bia@example.com").await;
        site.assert_sound().await;
    }
}

type Sent = (String, String, i64, Option<String>);

/// Every webhook of the sandbox, oldest first: id, state, tries, last answer.
async fn webhooks(site: &Site) -> Vec<Sent> {
    let sql =
        "select id, state, attempts, last_answer from sandbox_webhooks where kind = 'card.saved' order by created_at";
    on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap())
}

async fn swap_with_fault(site: &Site, ana: &mut Browser, address: &str, fault: &str) -> Vec<Sent> {
    let fields = [("fault".to_owned(), fault.to_owned())];
    ana.send(Request::new("POST", "/sandbox/fault").form(&fields)).await.expect(303);
    let before = webhooks(site).await.len();
    let hosted = to_gateway(ana, address).await;
    ana.submit(&card_form(&hosted), &typed("4242424242424242")).await.expect(200);
    let all = eventually("the webhook", async || Some(webhooks(site).await).filter(|all| all.len() > before)).await;
    all[before..].to_vec()
}

async fn becomes(site: &Site, id: &str, state: &str, tries: i64) -> Sent {
    eventually(&format!("{id} to be {state} after {tries}"), async || {
        webhooks(site).await.into_iter().find(|sent| sent.0 == id && sent.1 == state && sent.2 == tries)
    })
    .await
}

#[tokio::test]
async fn each_thing_that_may_go_wrong_with_webhooks_does() {
    for engine in crate::harness::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let move_on = async |ana: &mut Browser| {
            let fields = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "1".to_owned())];
            ana.send(Request::new("POST", "/sandbox/clock").form(&fields)).await.expect(303);
        };
        let dropped = swap_with_fault(&site, &mut ana, &address, "drop").await.remove(0).0;
        becomes(&site, &dropped, "dropped", 0).await;
        assert!(taken(&site).await.is_empty(), "{engine}");

        let twice = swap_with_fault(&site, &mut ana, &address, "duplicate").await.remove(0).0;
        becomes(&site, &twice, "taken", 2).await;
        assert_eq!(taken(&site).await, [twice.as_str()], "{engine}: taken once all the same");

        let corrupt = swap_with_fault(&site, &mut ana, &address, "corrupt").await.remove(0).0;
        assert_eq!(becomes(&site, &corrupt, "waiting", 1).await.3.as_deref(), Some("401"), "{engine}");
        move_on(&mut ana).await;
        becomes(&site, &corrupt, "taken", 2).await;

        let late = swap_with_fault(&site, &mut ana, &address, "delay").await.remove(0).0;
        tokio::time::sleep(Duration::from_secs(2)).await;
        becomes(&site, &late, "waiting", 0).await;
        assert!(!taken(&site).await.contains(&late), "{engine}");
        move_on(&mut ana).await;
        becomes(&site, &late, "taken", 1).await;

        let first = swap_with_fault(&site, &mut ana, &address, "reorder").await.remove(0).0;
        tokio::time::sleep(Duration::from_secs(2)).await;
        becomes(&site, &first, "waiting", 0).await;
        let second = swap_with_fault(&site, &mut ana, &address, "reorder").await.remove(0).0;
        becomes(&site, &first, "taken", 1).await;
        let order = taken(&site).await;
        let place = |id: &String| order.iter().position(|taken| taken == id);
        assert!(place(&second) < place(&first) && place(&second).is_some(), "{engine}: {order:?}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn moving_the_clock_by_weeks_does_what_is_due_on_each_of_their_days() {
    for engine in crate::harness::site::ENGINES {
        let (site, _luz, mut ana, _address) = shop(engine).await;
        let post = async |ana: &mut Browser, path: &str, fields: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            ana.send(Request::new("POST", path).form(&fields)).await.expect(303);
        };
        post(&mut ana, "/sandbox/fail-next", &[("count", "20")]).await;
        post(&mut ana, "/sandbox/clock", &[("turn", "forward"), ("days", "42")]).await;
        let sql = "select count(distinct created_at / 86400000000) from charges where status = 'failed'";
        let (days,): (i64,) =
            on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        assert!(days >= 3, "{engine}: tried on {days} days only");
        site.assert_sound().await;
    }
}
