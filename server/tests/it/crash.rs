//! A process may die anywhere: while a buyer's press is taken, while a job runs, between a call to the gateway and
//! writing down what it said. Each step of each way is tried, until the whole of it was run; then what is left goes on
//! by itself, and the effect is there once.

use crate::harness::{
    Cut, DAY, assert_sound, buy, code, email, end, line, place, seller, swift_world, wait_for_the_dead,
};
use crate::money::billing::plan as monthly;
use portal::Producer;
use portal::card::{self, begin};
use portal::catalogue::offer::{Offer, put_offer};
use portal::plan::{confirm, quote};
use portal::policy::{self, Effect, Policy};
use portal::ports::{CardProgress, ChargeProgress, RefundProgress, SavedCard};
use portal::refund::{self, new_request_id};
use portal::testing::{World, buyer};
use portal::{Buyer, on, plan, subscription};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use types::view::CardPlace;
use types::{CardUpdateId, Currency, DeclineReason, IntervalUnit, Method, Money, PersonId, QuoteId, SubscriptionId};
use uuid::Uuid;

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// One order in one world, cut at one step.
struct Case<'a> {
    world: &'a World,
    code: String,
    who: String,
    buyer: Buyer,
    subscription: Option<Uuid>,
}

impl<'a> Case<'a> {
    fn number() -> u32 {
        static LAST: AtomicU32 = AtomicU32::new(0);
        LAST.fetch_add(1, Ordering::Relaxed)
    }

    /// Anybody's plan of the month, paid until a month from now.
    async fn subscribed(world: &'a World, producer: &Producer) -> Self {
        let number = Self::number();
        let (number, who) = (format!("S-{number}"), format!("s{number}@example.com"));
        let mut new = monthly(world, &who, &number, Method::Card, 9_990);
        new.items[0].sold = portal::intake::Sold::Known { product: code("photo"), offer: code("basic") };
        place(world, producer, new).await;
        Self::known(world, number, who).await
    }

    /// Something sold once.
    async fn bought(world: &'a World, producer: &Producer) -> Self {
        let number = Self::number();
        let (number, who) = (format!("P-{number}"), format!("p{number}@example.com"));
        buy(world, producer, &who, &number, &[("photo", 29_700)]).await;
        Self::known(world, number, who).await
    }

    async fn known(world: &'a World, code: String, who: String) -> Self {
        world.settle().await;
        let sql =
            "select o.person_id, s.id from orders o left join subscriptions s on s.order_id = o.id where o.code = $1";
        let (person, subscription): (Uuid, Option<Uuid>) = on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).bind(&code).fetch_one(c).await.unwrap());
        let buyer = buyer(&world.portal, PersonId(person), email(&who));
        Self { world, code, who, buyer, subscription }
    }

    fn id(&self) -> SubscriptionId {
        SubscriptionId(self.subscription.unwrap())
    }

    fn place(&self) -> CardPlace {
        CardPlace::Subscription(self.id())
    }

    /// The worker dies at its n-th wait; another one takes over when the lease has run out. Whether it was done before
    /// it could die.
    async fn work(&self, step: u32) -> bool {
        let is_whole = Cut::at(step, self.world.settle()).await.is_some();
        self.take_over().await;
        is_whole
    }

    async fn take_over(&self) {
        wait_for_the_dead(self.world).await;
        for _ in 0..2 {
            self.world.clock.forward(Duration::from_secs(61));
            self.world.settle().await;
        }
    }

    /// Mails of this kind: the same one sent twice is one, whose id says so.
    fn mails(&self, subject: &str) -> usize {
        let letters = self.world.mail.taken().into_iter();
        let of_this = letters.filter(|letter| letter.to.as_str() == self.who && letter.subject == subject);
        of_this.map(|letter| letter.id).collect::<BTreeSet<_>>().len()
    }

    async fn count(&self, sql: &'static str, word: &str) -> i64 {
        let row: (i64,) = on!(self.world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&self.code).bind(word).fetch_one(c).await.unwrap()
        });
        row.0
    }

    /// Lines of the audit log about this order.
    async fn audited(&self, action: &str) -> i64 {
        let sql = "select count(*) from events a join orders o on o.id = a.order_id where o.code = $1 and a.name = $2";
        self.count(sql, action).await
    }

    async fn status(&self) -> String {
        let sql = "select s.status from subscriptions s join orders o on o.id = s.order_id where o.code = $1";
        let row: (String,) = on!(self.world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).bind(&self.code).fetch_one(c).await.unwrap());
        row.0
    }

    /// Charges of this buyer that the gateway took money by.
    fn paid(&self) -> Vec<i64> {
        let charges = self.world.gateway.charges_of(&self.who).into_iter();
        charges.filter(|(_, state)| *state == ChargeProgress::Paid).map(|(charge, _)| charge.amount.amount).collect()
    }
}

/// Dies one step later each time, until it does not die any more, at `least` steps at the least. A wait whose answer is
/// there already is no step: once is not enough to say that the last one was reached, and on a busy machine, which
/// meets few of them, another round follows.
async fn at_every_step(engine: &str, least: usize, mut dies_at: impl AsyncFnMut(u32) -> bool) {
    let mut deaths = BTreeSet::new();
    for _ in 0..20 {
        let (mut step, mut whole) = (0, 0);
        while whole < 3 {
            if dies_at(step).await {
                whole += 1;
            } else {
                whole = 0;
                deaths.insert(step);
            }
            step += 1;
            assert!(step < 2_000, "{engine}: no end");
        }
        if deaths.len() >= least {
            return;
        }
    }
    panic!("{engine}: {deaths:?} and not {least}: something runs elsewhere");
}

async fn shop(world: &World) -> Producer {
    let producer = seller(world, "luz").await;
    for (name, price, targets) in [("gold", 19_990, vec!["basic"]), ("basic", 9_990, vec!["gold"])] {
        let offer = Offer {
            code: code(name),
            product: code("photo"),
            name: line(&format!("Plano {name}")),
            price: Money::new(price, Currency::BRL),
            interval: Some((IntervalUnit::Month, 1)),
            installments_max: 12,
            change_targets: targets.into_iter().map(code).collect(),
        };
        put_offer(&world.portal, &producer, &offer).await.unwrap();
    }
    producer
}

#[tokio::test]
async fn a_cancellation_that_was_cut_off_anywhere_is_one_and_ends_on_its_day() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            let press = || subscription::cancel(&case.buyer, case.id(), form, "", "");
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!((case.status().await.as_str(), case.mails("Canceled")), ("ending", 1), "{engine} {step}");
            assert_eq!(case.audited("subscription.canceled").await, 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        at_every_step(engine, 10, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            subscription::cancel(&case.buyer, case.id(), form, "", "").await.unwrap();
            world.settle().await;
            assert_eq!(world.area.held(&case.who).len(), 2);
            world.clock.forward(DAY * 31);
            let is_whole = case.work(step).await;
            assert_eq!(
                (case.status().await.as_str(), case.mails("SubscriptionEnded")),
                ("ended", 1),
                "{engine} {step}"
            );
            assert_eq!(case.audited("subscription.ended").await, 1, "{engine} {step}");
            assert_eq!(case.paid().len(), 0, "{engine} {step}");
            assert!(world.area.held(&case.who).is_empty(), "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

#[tokio::test]
async fn a_cancellation_that_is_taken_back_is_taken_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let form = new_request_id(&world.portal);
            let protocol = subscription::cancel(&case.buyer, case.id(), form, "", "").await.unwrap();
            let press = || subscription::undo(&case.buyer, case.id(), protocol.as_str());
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!((case.status().await.as_str(), case.mails("CancelUndone")), ("active", 1), "{engine} {step}");
            assert_eq!(case.audited("subscription.cancel_undone").await, 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

/// A plan whose renewal was declined: what is owed is paid when another card is there.
async fn overdue<'a>(world: &'a World, producer: &Producer) -> Case<'a> {
    let case = Case::subscribed(world, producer).await;
    world.gateway.next_charges_of(&case.who, &[ChargeProgress::Declined(DeclineReason::ExpiredCard)]);
    world.clock.forward(DAY * 31);
    world.settle().await;
    assert_eq!((case.status().await.as_str(), case.paid().len()), ("past_due", 0));
    case
}

fn visit(url: &str) -> CardUpdateId {
    url.rsplit('/').next().unwrap().parse().unwrap()
}

fn typed(world: &World, visit: CardUpdateId) {
    let (token, brand, last4) = ("tok".to_owned(), "visa".to_owned(), "1881".to_owned());
    let card = SavedCard { token, brand, last4, exp_month: 8, exp_year: 2031 };
    world.gateway.end_card(&visit.to_string(), CardProgress::Saved(card));
}

async fn is_swapped_once(case: &Case<'_>, step: u32) {
    let engine = case.world.engine;
    let sql =
        "select count(*) from card_updates u join orders o on o.id = u.order_id where o.code = $1 and u.outcome = $2";
    assert_eq!(case.count(sql, "paid").await, 1, "{engine} {step}");
    assert_eq!(case.mails("CardChanged"), 1, "{engine} {step}");
    assert_eq!(case.audited("card.changed").await, 1, "{engine} {step}");
    assert_eq!(case.paid(), vec![9_990], "{engine} {step}");
    assert_eq!((case.status().await.as_str(), case.mails("ChargeRecovered")), ("active", 1), "{engine} {step}");
}

/// So that the calendar has nothing more to do with it.
async fn leave(case: &Case<'_>) {
    let form = new_request_id(&case.world.portal);
    subscription::cancel(&case.buyer, case.id(), form, "", "").await.unwrap();
}

#[tokio::test]
async fn a_card_is_swapped_once_and_pays_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = overdue(world, &producer).await;
            let (form, place) = (new_request_id(&world.portal), case.place());
            let is_whole = Cut::at(step, begin(&case.buyer, &place, form)).await.is_some();
            typed(world, visit(&begin(&case.buyer, &place, form).await.unwrap()));
            case.take_over().await;
            is_swapped_once(&case, step).await;
            leave(&case).await;
            is_whole
        })
        .await;
        // The buyer comes back from the gateway's page.
        at_every_step(engine, 10, async |step| {
            let case = overdue(world, &producer).await;
            let place = case.place();
            let id = visit(&begin(&case.buyer, &place, new_request_id(&world.portal)).await.unwrap());
            typed(world, id);
            let is_whole = Cut::at(step, card::update(&case.buyer, &place, id)).await.is_some();
            case.take_over().await;
            is_swapped_once(&case, step).await;
            leave(&case).await;
            is_whole
        })
        .await;
        // Nobody comes back, and the worker dies.
        at_every_step(engine, 10, async |step| {
            let case = overdue(world, &producer).await;
            typed(world, visit(&begin(&case.buyer, &case.place(), new_request_id(&world.portal)).await.unwrap()));
            world.clock.forward(Duration::from_secs(60));
            let is_whole = case.work(step).await;
            is_swapped_once(&case, step).await;
            leave(&case).await;
            is_whole
        })
        .await;
        assert_sound(world).await;

        end(swift).await;
    }
}

async fn is_changed_once(case: &Case<'_>, number: QuoteId, step: u32) {
    let engine = case.world.engine;
    let change = plan::change(&case.buyer, case.id(), number).await.unwrap().unwrap();
    assert_eq!((change.state.as_str(), case.mails("PlanChanged")), ("applied", 1), "{engine} {step}");
    assert_eq!((case.audited("plan.applied").await, case.paid()), (1, vec![change.due.amount]), "{engine} {step}");
    assert!(change.due.amount > 0);
}

#[tokio::test]
async fn a_plan_is_changed_and_paid_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            let press = || confirm(&case.buyer, case.id(), number, 1, true);
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!(case.audited("plan.asked").await, 1, "{engine} {step}");
            is_changed_once(&case, number, step).await;
            is_whole
        })
        .await;
        at_every_step(engine, 10, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            let is_whole = case.work(step).await;
            is_changed_once(&case, number, step).await;
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

/// A plan that begins with the renewal, and the press that says so or takes it back.
#[tokio::test]
async fn a_plan_that_waits_begins_once_or_is_taken_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        // Whoever leaves is gone at once, and does not come between.
        let mut policy = Policy::default();
        policy.cancel.effect = Effect::Now;
        policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        let golden = async || {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            world.settle().await;
            let number = quote(&case.buyer, case.id(), "basic").await.unwrap();
            (case, number)
        };
        at_every_step(engine, 3, async |step| {
            let (case, number) = golden().await;
            let press = || confirm(&case.buyer, case.id(), number, 1, true);
            let was_taken = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            let take_back = || plan::undo(&case.buyer, case.id(), number);
            let is_whole = Cut::at(step, take_back()).await.is_some() && was_taken;
            take_back().await.unwrap();
            world.settle().await;
            assert_eq!(case.mails("PlanScheduled"), 1, "{engine} {step}");
            assert_eq!(case.mails("PlanUndone"), 1, "{engine} {step}");
            let audited = (case.audited("plan.scheduled").await, case.audited("plan.undone").await);
            assert_eq!(audited, (1, 1), "{engine} {step}");
            leave(&case).await;
            is_whole
        })
        .await;
        at_every_step(engine, 10, async |step| {
            let (case, number) = golden().await;
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            world.settle().await;
            world.clock.forward(DAY * 31);
            let is_whole = case.work(step).await;
            let change = plan::change(&case.buyer, case.id(), number).await.unwrap().unwrap();
            assert_eq!((change.state.as_str(), case.mails("PlanChanged")), ("applied", 2), "{engine} {step}");
            assert_eq!(case.paid().last(), Some(&9_990), "{engine} {step}");
            assert_eq!(case.paid().len(), 2, "{engine} {step}");
            leave(&case).await;
            is_whole
        })
        .await;
        assert_sound(world).await;

        end(swift).await;
    }
}

#[tokio::test]
async fn money_goes_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::bought(world, &producer).await;
            let form = new_request_id(&world.portal);
            let press = || refund::request(&case.buyer, &case.code, form, &[]);
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            is_sent_once(&case, step).await;
            is_whole
        })
        .await;
        // The worker dies while it sends the money back, and the next one when it has arrived.
        at_every_step(engine, 10, async |step| {
            let case = Case::bought(world, &producer).await;
            refund::request(&case.buyer, &case.code, new_request_id(&world.portal), &[]).await.unwrap();
            let was_sent = case.work(step).await;
            is_sent_once(&case, step).await;
            for (refund, _) in world.gateway.refunds_of(&format!("ch_{}", case.code)) {
                world.gateway.refund_progress(&refund.key, RefundProgress::Succeeded);
            }
            world.clock.forward(DAY);
            let is_whole = case.work(step).await && was_sent;
            assert_eq!(case.mails("RefundSettled"), 1, "{engine} {step}");
            assert_eq!(case.audited("refund.advanced").await, 2, "{engine} {step}");
            assert_eq!(world.gateway.refunds_of(&format!("ch_{}", case.code)).len(), 1, "{engine} {step}");
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

async fn is_sent_once(case: &Case<'_>, step: u32) {
    let engine = case.world.engine;
    let sent: Vec<i64> =
        case.world.gateway.refunds_of(&format!("ch_{}", case.code)).iter().map(|it| it.0.amount.amount).collect();
    assert_eq!(sent, [29_700], "{engine} {step}");
    let sql = "select count(*) from orders o where o.code = $1 and o.status = $2";
    assert_eq!(case.count(sql, "refunded").await, 1, "{engine} {step}");
    assert_eq!(case.mails("RefundSent"), 1, "{engine} {step}");
    assert_eq!(case.audited("refund.requested").await, 1, "{engine} {step}");
    assert_eq!(case.mails("RefundRequested"), 1, "{engine} {step}");
    assert!(case.world.area.held(&case.who).is_empty(), "{engine} {step}");
}
