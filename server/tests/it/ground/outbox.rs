//! The outbox: once asked for, done; twice at the same time, never.

use crate::harness::{ANA, Story, each_world};
use portal::Producer;
use portal::catalogue::member_area::{MemberArea, put_member_area};
use portal::on;
use portal::outbox;
use portal::ports::{MailError, Verdict};
use portal::sign_in::request_purchases_link;
use portal::work::House;
use std::collections::BTreeMap;
use std::time::Duration;
use types::OrderId;
use types::view::Target;
use uuid::Uuid;

use crate::harness::{area, buy, email, origin, producer, put_area, put_product_with_days};
use portal::testing::World;

#[tokio::test]
async fn a_job_that_fails_comes_again_and_the_mail_is_the_same() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, "ana@example.com", "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let before = world.mail.taken().len();
        world.mail.fail_next(MailError::Temporary("busy".to_owned()));
        request_purchases_link(&world.portal, &origin("192.0.2.1"), email("ana@example.com"), Target::Home)
            .await
            .unwrap();
        world.settle().await;
        assert_eq!(world.mail.taken().len(), before);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        assert_eq!(world.mail.taken().len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_mail_is_a_dead_letter_that_the_operator_sees() {
    let story = Story::leaves_dead_letters("the mail server refuses the mail for good");
    story
        .each(async |world| {
            let producer = producer(world, "luz").await;
            world.mail.fail_next(MailError::Refused("no such mailbox".to_owned()));
            buy(world, &producer, "ana@example.com", "P-1", &[("photo", 29_700)]).await;
            world.settle().await;
            let (lag, dead) = outbox::lag(&world.portal).await.unwrap();
            assert_eq!((lag, dead), (Duration::ZERO, 1));
        })
        .await;
}

#[tokio::test]
async fn a_lane_asked_for_many_times_is_one_job() {
    each_world(async |world| {
        let mut tx = world.portal.db.begin().await.unwrap();
        for _ in 0..5 {
            outbox::put(&world.portal, &mut tx, House::Tidy).await.unwrap();
        }
        world.portal.commit(tx).await.unwrap();
        assert_eq!(outbox::waiting(&world.portal, world.portal.now()).await.unwrap(), 1);
        assert_eq!(world.settle().await, 1);
        // It asked for itself again in an hour.
        world.clock.forward(Duration::from_secs(3601));
        assert_eq!(world.settle().await, 1);
    })
    .await;
}

#[tokio::test]
async fn jobs_of_one_batch_run_in_the_order_in_which_they_became_due() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        for number in 0..12 {
            buy(world, &producer, &format!("b{number}@example.com"), &format!("P-{number}"), &[("photo", 100)]).await;
        }
        let sql = "select id, code from orders order by id";
        let orders: Vec<(Uuid, String)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        let (mut tx, mut due) = (world.portal.db.begin().await.unwrap(), BTreeMap::new());
        for (number, (id, code)) in (0..).zip(orders) {
            // Neither in the order in which they were written nor against it.
            let at = world.portal.now().minus(Duration::from_secs(60 * (1 + number * 5 % 12)));
            outbox::put_at(&world.portal, &mut tx, portal::purchases::Mail::Purchase { order: OrderId(id) }, at)
                .await
                .unwrap();
            due.insert(at, code.replace("P-", "b") + "@example.com");
        }
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        // What was asked for with the purchases is due last of all.
        let told: Vec<String> = world.mail.taken().iter().take(12).map(|letter| letter.to.to_string()).collect();
        assert_eq!(told, due.into_values().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn workers_at_the_same_time_do_every_job_once() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        world.settle().await;
        for number in 0..40 {
            buy(world, &producer, &format!("b{number}@example.com"), &format!("P-{number}"), &[("photo", 100)]).await;
        }
        let now = world.portal.now();
        let runs = (0..4).map(|_| outbox::drain(&world.portal, now));
        let counts = futures::future::join_all(runs).await;
        // A purchase asks for a mail, for a look at access, and with that for a call of the member area.
        assert_eq!(counts.into_iter().map(Result::unwrap).sum::<usize>(), 120);
        assert_eq!(world.mail.taken().len(), 40);
        assert_eq!(world.area.told().len(), 40);
    })
    .await;
}

/// Runs the worker until `until` holds, and stops it; panics after ten seconds.
async fn work_until(world: &World, until: impl AsyncFn() -> bool) {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(outbox::work(world.portal.clone(), stopped));
    let waited = tokio::time::timeout(Duration::from_secs(10), async {
        while !until().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{}: it never came", world.engine));
    stop.send(true).unwrap();
    worker.await.unwrap();
}

async fn number(world: &World, sql: &'static str) -> i64 {
    let (number,): (i64,) =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
    number
}

/// The producer's member area is at another address from now on.
async fn move_area(world: &World, producer: &Producer) {
    let base_url = "https://other.example/api".to_owned();
    let area = MemberArea { base_url, content_url: None, api_key: None, ..area() };
    put_member_area(&world.portal, producer, &area).await.unwrap();
}

const AREA: &str = "https://area.example/api";
/// Jobs that call a member area, and those that find out which to call.
const ABOUT_ACCESS: &str = "select count(*) from jobs
    where kind in ('sync_access', 'look_at_access', 'look_at_product', 'wake_area')";

#[tokio::test]
async fn a_job_that_is_to_start_afresh_while_it_runs_runs_again_and_is_stranded_by_nothing() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let gate = world.area.hang(AREA);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        work_until(world, async || {
            if world.area.told().len() == 1 && gate.available_permits() == 0 {
                // The producer writes the area's key again while the call is under way.
                put_area(world, &producer).await;
                gate.add_permits(5);
            }
            number(world, ABOUT_ACCESS).await == 0
        })
        .await;
        assert!(!world.area.access_of(ANA).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_lands_after_a_revocation_is_taken_away_again() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let gate = world.area.hang(AREA);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        let slow = outbox::drain(&world.portal, world.portal.now());
        let rest = async {
            while world.area.told().is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            // The first runner stands still for longer than its lease. Access ends, the area moves, and a second runner
            // tells both.
            world.clock.forward(Duration::from_secs(60));
            put_product_with_days(world, &producer, "photo", 1).await;
            move_area(world, &producer).await;
            world.clock.forward(Duration::from_secs(3 * 86_400));
            outbox::drain(&world.portal, world.portal.now()).await.unwrap();
            assert!(world.area.told().len() > 1);
            assert_eq!(number(world, "select count(*) from access_tellings where is_active").await, 0);
            gate.add_permits(1);
        };
        let (ran, ()) = tokio::join!(slow, rest);
        ran.unwrap();
        world.settle().await;
        assert!(world.area.access_of(ANA).is_empty(), "{:?}", world.area.access_of(ANA));
        assert_eq!(number(world, "select count(*) from access_tellings where is_active").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_turned_calendar_makes_no_job_run_twice_at_the_same_time() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let gate = world.area.hang(AREA);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        let slow = outbox::drain(&world.portal, world.portal.now());
        let meanwhile = async {
            while world.area.told().is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            world.clock.turn_calendar(Duration::from_secs(86_400));
            outbox::drain(&world.portal, world.portal.now()).await.unwrap();
            assert_eq!(world.area.told().len(), 1);
            gate.add_permits(5);
        };
        let (ran, ()) = tokio::join!(slow, meanwhile);
        ran.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_failed_and_what_was_left_behind_comes_again_although_the_calendar_stands() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        world.area.fail_next(&[Verdict::Again(None)]);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward_wall(Duration::from_secs(10));
        world.settle().await;
        assert_eq!(world.area.told().len(), 2);
        assert!(!world.area.access_of(ANA).is_empty());
        // A runner that was killed while it had claimed a job.
        buy(world, &producer, "bob@example.com", "P-2", &[("photo", 29_700)]).await;
        let gate = world.area.hang(AREA);
        let killed = tokio::spawn({
            let portal = world.portal.clone();
            async move { outbox::drain(&portal, portal.now()).await }
        });
        while world.area.told().len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        killed.abort();
        gate.add_permits(5);
        world.settle().await;
        assert!(world.area.access_of("bob@example.com").is_empty());
        world.clock.forward_wall(Duration::from_secs(30));
        world.settle().await;
        assert!(!world.area.access_of("bob@example.com").is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_area_that_hangs_leaves_others_their_turn() {
    each_world(async |world| {
        let stuck = producer(world, "luz").await;
        for number in 0..100 {
            buy(world, &stuck, &format!("b{number}@example.com"), &format!("P-{number}"), &[("photo", 100)]).await;
        }
        let works = producer(world, "sol").await;
        move_area(world, &works).await;
        let gate = world.area.hang(AREA);
        // Behind a hundred others.
        world.clock.forward(Duration::from_secs(1));
        buy(world, &works, ANA, "S-1", &[("photo", 100)]).await;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(outbox::work(world.portal.clone(), stopped));
        let started = std::time::Instant::now();
        while world.area.access_of(ANA).is_empty() {
            assert!(started.elapsed() < Duration::from_secs(8), "starved");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(world.area.told().len() <= 5, "{} at once", world.area.told().len());
        // Told to stop, it lets go of what hangs, as if it had never been claimed.
        stop.send(true).unwrap();
        worker.await.unwrap();
        let claimed = "select count(*) from jobs where lease is not null or leased_until is not null or attempts > 0";
        assert_eq!(number(world, claimed).await, 0);
        gate.add_permits(100);
        world.settle().await;
        assert_eq!(number(world, "select count(*) from jobs where kind = 'sync_access'").await, 0);
    })
    .await;
}
