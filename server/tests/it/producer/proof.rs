//! What opens or moves much asks for the password again when it was typed a while ago, and nothing is done until then.

use super::{Desk, Seen};
use crate::harness::{ANA, buy, each_world, producer};
use portal::catalogue::api_key;
use portal::on;
use portal::testing::World;
use std::time::Duration;

const QUARTER: Duration = Duration::from_secs(15 * 60 + 1);

fn asks_for_proof(seen: &Seen) -> bool {
    seen.status == 303 && seen.location.as_deref().is_some_and(|to| to.starts_with("/producer/proof"))
}

/// Presses the button that gives all the money of an order back.
async fn give(desk: &Desk, order: &str) -> Seen {
    let address = format!("/producer/orders/{order}/refund");
    let page = desk.get(&format!("{address}?what=everything")).await.expect(200);
    desk.press(&page.form(&address, None), &[("reason", "Combinado com o comprador")]).await
}

async fn given(world: &World) -> i64 {
    let sql = "select count(*) from events where name = 'refund.given'";
    let (count,): (i64,) =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
    count
}

#[tokio::test]
async fn a_key_many_links_and_a_large_refund_ask_for_the_password_again_and_a_small_one_does_not() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 100_000)]).await;
        buy(world, &luz, ANA, "P-2", &[("photo", 99_999)]).await;
        world.settle().await;
        world.clock.forward(Duration::from_secs(1));
        let desk = Desk::of(world, &luz).await;
        world.clock.forward(QUARTER);
        assert!(asks_for_proof(&give(&desk, "P-1").await));
        let keys = desk.get("/producer/settings/keys").await.expect(200);
        let new_key = keys.form("/producer/settings/keys", None);
        assert!(asks_for_proof(&desk.press(&new_key, &[("name", "loja")]).await));
        let sources = desk.get("/producer/settings/sources").await.expect(200);
        let new_source = sources.form("/producer/settings/sources", None);
        let typed = [("code", "guru"), ("token", "account-token-for-tests")];
        assert!(asks_for_proof(&desk.press(&new_source, &typed).await));
        let bulk = desk.get("/producer/links/bulk?target=order").await.expect(200);
        assert!(asks_for_proof(&desk.press(&bulk.form("/producer/links/bulk", None), &[]).await));
        world.settle().await;
        assert!(api_key::list(&world.portal).await.unwrap().is_empty());
        assert_eq!(given(world).await, 0);
        assert!(!asks_for_proof(&give(&desk, "P-2").await));
        assert_eq!(given(world).await, 1);
        // Typed just now, it is enough for all of them.
        let desk = Desk::of(world, &luz).await;
        assert!(!asks_for_proof(&give(&desk, "P-1").await));
        assert_eq!(given(world).await, 2);
        desk.press(&new_key, &[("name", "loja")]).await.expect(200);
        assert_eq!(api_key::list(&world.portal).await.unwrap().len(), 1);
    })
    .await;
}
