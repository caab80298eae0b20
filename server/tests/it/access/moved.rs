//! An address is corrected while the first grant at the old one is on its way: nothing stays behind there, wherever the
//! grant was, and whoever died meanwhile.

use crate::harness::dice::Dice;
use crate::harness::{TestDatabase, assert_sound, buy, email, end, origin, paid_order, producer};
use futures::future::join;
use portal::account::{ask_email, confirm_email};
use portal::intake::{Way, place};
use portal::testing::{Gates, World, buyer};
use portal::{Producer, on, outbox};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use types::PersonId;

/// How often each way is tried on each engine. `cargo xtask soak` runs this again and again.
const ROUNDS: u64 = 16;

/// A worker that can be stopped, and killed.
struct Node {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Node {
    fn start(world: &World) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(outbox::work(world.portal.clone(), stopped)) }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }

    /// Its work is dropped wherever it is, and its leases run out.
    async fn kill(self, world: &World) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
        world.clock.forward(Duration::from_secs(30));
    }
}

/// Who corrects the address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Source,
    Buyer,
}

#[tokio::test]
async fn a_source_that_corrects_an_address_at_the_same_time_as_the_first_grant_leaves_nothing_behind() {
    on_both_engines(By::Source).await;
}

#[tokio::test]
async fn a_buyer_who_moves_at_the_same_time_as_the_first_grant_leaves_nothing_behind() {
    on_both_engines(By::Buyer).await;
}

async fn on_both_engines(by: By) {
    let (sqlite, postgres) = join(many_rounds("sqlite", by), many_rounds("postgres", by)).await;
    assert_eq!((sqlite, postgres), (vec![], vec![]), "rounds of {ROUNDS} that left something behind");
}

/// The rounds after which somebody has what they should not, or lacks what they should have.
async fn many_rounds(engine: &'static str, by: By) -> Vec<String> {
    let database = TestDatabase::new(engine).await;
    let world = World::over(engine, database.open().await);
    world.clock.run();
    let luz = producer(&world, "luz").await;
    let seed = RandomState::new().build_hasher().finish();
    let mut wrong = Vec::new();
    for round in 0..ROUNDS {
        let mut dice = Dice::of(engine, seed ^ round);
        let told = one_round(&world, &luz, by, round, &mut dice).await;
        let (old, new) = (world.area.access_of(&old(round)).len(), world.area.access_of(&new(round)).len());
        if (old, new) != (0, 2) {
            wrong.push(format!("{engine}, round {round}: old {old}, new {new}: {told}"));
        }
    }
    if wrong.is_empty() {
        assert_sound(&world).await;
    }
    end((world, database)).await;
    wrong
}

fn old(round: u64) -> String {
    format!("ana-{round}@exemplo.com")
}

fn new(round: u64) -> String {
    format!("ana-{round}@example.org")
}

/// Where the grant is when the address is corrected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum At {
    Asked,
    Arrived,
    Effective,
    Answered,
}

/// When the worker dies, seen from the end of the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Killed {
    Never,
    Before,
    After,
    /// The call is still at work in the area when everything else is done.
    LongBefore,
}

async fn one_round(world: &World, luz: &Producer, by: By, round: u64, dice: &mut Dice) -> String {
    let at = dice.pick(&[At::Asked, At::Arrived, At::Arrived, At::Effective, At::Effective, At::Answered]);
    let killed = dice.pick(&[Killed::Never, Killed::Never, Killed::Before, Killed::After, Killed::LongBefore]);
    let slow = world.area.slow_down(&old(round));
    let node = Node::start(world);
    let code = format!("P-{round}");
    buy(world, luz, &old(round), &code, &[("photo", 29_700)]).await;
    let person = person_of(world, &old(round)).await;
    let token = if by == By::Buyer { asked(world, person, round).await } else { String::new() };
    go_to(world, &slow, round, at).await;
    pause(dice).await;
    if killed == Killed::Before {
        node.kill(world).await;
        correct(world, luz, by, &code, round, &token).await;
        slow.open();
    } else if killed == Killed::LongBefore {
        node.kill(world).await;
        correct(world, luz, by, &code, round, &token).await;
        // Only the call that has arrived is slow.
        let arrived = world.area.let_others_pass(&old(round));
        world.settle().await;
        arrived.open();
        until(|| Some(()).filter(|()| at != At::Arrived || !world.area.access_of(&old(round)).is_empty())).await;
    } else {
        correct(world, luz, by, &code, round, &token).await;
        pause(dice).await;
        slow.open();
        if killed == Killed::After {
            pause(dice).await;
            node.kill(world).await;
        } else {
            node.end().await;
        }
    }
    for _ in 0..3 {
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
    }
    format!("{at:?}, killed {killed:?}")
}

async fn correct(world: &World, luz: &Producer, by: By, code: &str, round: u64, token: &str) {
    match by {
        By::Source => report(world, luz, code, &new(round)).await,
        By::Buyer => drop(confirm_email(&world.portal, &origin("192.0.2.9"), token).await.unwrap()),
    }
}

/// The source sends the order once more, with another address.
async fn report(world: &World, luz: &Producer, code: &str, address: &str) {
    let order = paid_order(world, address, code, &[("photo", 29_700)]);
    let mut tx = world.portal.db.begin().await.unwrap();
    place(&world.portal, &mut tx, luz, order, Way::Report("api")).await.unwrap();
    world.portal.commit(tx).await.unwrap();
}

/// The secret in the mail to the new address.
async fn asked(world: &World, person: PersonId, round: u64) -> String {
    let buyer = buyer(&world.portal, person, email(&old(round)));
    ask_email(&buyer, &email(&new(round))).await.unwrap();
    let letter = until(|| {
        let letters = world.mail.taken();
        letters.into_iter().find(|letter| letter.to.as_str() == new(round) && letter.subject == "EmailChange")
    });
    letter.await.text.split("/e/").nth(1).unwrap()[..26].to_owned()
}

async fn person_of(world: &World, address: &str) -> PersonId {
    let sql = "select id from people where email = $1";
    let (id,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(address).fetch_one(c).await.unwrap()
    });
    PersonId(id)
}

async fn go_to(world: &World, slow: &Gates, round: u64, at: At) {
    if at == At::Asked {
        return;
    }
    until(|| world.area.told().into_iter().find(|telling| telling.person.email == old(round))).await;
    if at == At::Arrived {
        return;
    }
    slow.effect.add_permits(1);
    until(|| Some(()).filter(|()| !world.area.access_of(&old(round)).is_empty())).await;
    if at == At::Answered {
        slow.open();
    }
}

async fn until<T>(probe: impl Fn() -> Option<T>) -> T {
    // Far longer than it takes, because machines that run tests are busy.
    for _ in 0..120_000 {
        if let Some(found) = probe() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("waited in vain");
}

async fn pause(dice: &mut Dice) {
    tokio::time::sleep(Duration::from_millis(dice.below(12))).await;
}
