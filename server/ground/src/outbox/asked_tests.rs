//! Who asks for a job and who ends a run of it may do so at the same moment.

use super::store::{self, Claim, Clocks, Mark, Pool};
use super::{Dispatcher, Lane, NewJob, Outcome, Run, Work, put};
use crate::Keys;
use crate::db::{Db, Due, Error, JobRow, Tx};
use crate::event::Event;
use crate::portal::{Options, Portal};
use crate::testing::{Fakes, databases};
use crate::traces::Traces;
use futures::future::BoxFuture;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// A job of which there is one.
#[derive(Serialize)]
struct Sweep;

impl Work for Sweep {
    fn kind(&self) -> &'static str {
        "sweep"
    }

    fn subject(&self) -> Option<Uuid> {
        None
    }

    fn lane(&self) -> Lane {
        Lane::Shared("sweep".to_owned())
    }
}

/// These tests claim and mark by hand: nothing is ever run.
struct Idle;

impl Dispatcher for Idle {
    fn run<'a>(&'a self, _: &'a Portal, _: &'a str, _: Run<'a>) -> BoxFuture<'a, Result<Outcome, Error>> {
        Box::pin(async { Ok(Outcome::Done) })
    }

    fn follow(&self, _: &Event) -> Vec<NewJob> {
        Vec::new()
    }

    fn traces(&self) -> &'static [&'static Traces] {
        &[]
    }

    fn start<'a>(&'a self, _: &'a Portal, _: &'a mut Tx) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }
}

fn portal_over(db: Db) -> Portal {
    Portal::new(db, Fakes::default().ports(), Arc::new(Idle), Keys::new(&[42; 32]), Options::default())
}

/// Asks for a job in a lane of its own and claims it. Returns the claim, and how often it was asked for.
async fn claimed(portal: &Portal) -> (Claim, i64) {
    let mut tx = portal.db.begin().await.unwrap();
    put(portal, &mut tx, Sweep).await.unwrap();
    portal.commit(tx).await.unwrap();
    let clocks = Clocks { calendar: portal.now(), wall: portal.wall() };
    let lease_for = Duration::from_secs(20);
    let row = store::claim(&portal.db, Pool::Rest, "runner", clocks, lease_for, 1).await.unwrap().remove(0);
    (Claim { lane: row.lane, id: row.id, lease: "runner".to_owned(), fence: row.fence }, row.asked)
}

#[tokio::test]
async fn what_is_asked_for_while_a_run_ends_runs_again_also_when_the_asking_is_not_committed_yet() {
    for (engine, db) in databases().await {
        let portal = &portal_over(db);
        let db = &portal.db;
        let (claim, asked) = claimed(portal).await;
        let now = portal.now();
        let again = JobRow {
            id: portal.new_id(),
            kind: Sweep.kind(),
            payload: "null".to_owned(),
            lane: Some("sweep".to_owned()),
            subject: None,
            area: None,
            is_mail: false,
            created_at: now,
            due: Due::Calendar(now),
            is_afresh: false,
        };
        let mut asking = db.begin().await.unwrap();
        store::insert_all(asking.conn(), vec![again]).await.unwrap();
        let end = async {
            let mut tx = db.begin().await.unwrap();
            store::mark(&mut tx, &claim, asked, &Mark::Done, now).await.unwrap();
            tx.commit().await.unwrap();
        };
        let ask = async {
            // Long enough for whoever does not wait for this to be done.
            tokio::time::sleep(Duration::from_millis(200)).await;
            asking.commit().await.unwrap();
        };
        tokio::join!(end, ask);
        assert_eq!(store::waiting(db, now).await.unwrap(), 1, "{engine}: what was asked for is lost");
    }
}
