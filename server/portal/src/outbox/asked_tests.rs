//! Who asks for a job and who ends a run of it may do so at the same moment.

use super::store::{self, Clocks, Due, Hold, Mark, NewJob, Pool};
use super::{Job, put};
use crate::portal::Portal;
use crate::testing::worlds;
use std::time::Duration;

/// Asks for a job in a lane of its own and claims it; its hold, and how often it was asked for.
async fn claimed(portal: &Portal) -> (Hold, i64) {
    let mut tx = portal.db.begin().await.unwrap();
    put(portal, &mut tx, Job::Tidy).await.unwrap();
    portal.commit(tx).await.unwrap();
    let clocks = Clocks { calendar: portal.now(), wall: portal.wall() };
    let lease_for = Duration::from_secs(20);
    let row = store::claim(&portal.db, Pool::Rest, "runner", clocks, lease_for, 1).await.unwrap().remove(0);
    (Hold { lane: row.lane, id: row.id, lease: "runner".to_owned(), fence: row.fence }, row.asked)
}

#[tokio::test]
async fn what_is_asked_for_while_a_run_ends_runs_again_also_when_the_asking_is_not_committed_yet() {
    for world in worlds().await {
        let (portal, db) = (&world.portal, &world.portal.db);
        let (hold, asked) = claimed(portal).await;
        let (now, due) = (portal.now(), Due::Calendar(portal.now()));
        let again = NewJob { id: portal.new_id(), now, job: Job::Tidy, due, is_afresh: false };
        let mut asking = db.begin().await.unwrap();
        store::insert_all(asking.conn(), vec![again]).await.unwrap();
        let end = async {
            let mut tx = db.begin().await.unwrap();
            store::mark(&mut tx, &hold, asked, &Mark::Done, now).await.unwrap();
            tx.commit().await.unwrap();
        };
        let ask = async {
            // Long enough for whoever does not wait for this to be done.
            tokio::time::sleep(Duration::from_millis(200)).await;
            asking.commit().await.unwrap();
        };
        tokio::join!(end, ask);
        assert_eq!(store::waiting(db, now).await.unwrap(), 1, "{}: what was asked for is lost", world.engine);
    }
}
