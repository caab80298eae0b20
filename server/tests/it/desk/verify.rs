//! What verifies goes through all of the data in short steps.

use crate::harness::{buy, each_world, producer};
use portal::on;
use portal::testing::World;
use portal::verify::check_in_steps;
use server::gateway::sandbox;

async fn change(world: &World, sql: &'static str) {
    let mut tx = world.portal.db.begin().await.unwrap();
    on!(tx.conn(), c => { sqlx::query(sql).execute(c).await.unwrap(); });
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_breaks_is_found_in_whichever_step_it_is() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        for number in 0..7 {
            let who = format!("buyer-{number}@example.com");
            buy(world, &luz, &who, &format!("V-{number}"), &[("photo", 29_700)]).await;
        }
        world.settle().await;
        change(world, "update orders set total = total + 1 where code in ('V-0', 'V-3', 'V-6')").await;
        for rows in [1, 2, 3, 7, 100] {
            let broken = check_in_steps(&world.portal, sandbox::INVARIANTS, rows).await.unwrap();
            let [only] = &broken[..] else { panic!("{broken:?}") };
            let mut places = only.places.clone();
            places.sort();
            assert_eq!(places, ["V-0", "V-3", "V-6"], "in steps of {rows}");
        }
        change(world, "update orders set total = total - 1 where code in ('V-0', 'V-3', 'V-6')").await;
    })
    .await;
}
