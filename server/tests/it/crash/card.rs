//! Another card, cut off anywhere.

use super::{Case, ENGINES, at_every_step, shop};
use crate::harness::{Cut, DAY, assert_sound, end, swift_world};
use portal::Producer;
use portal::card::begin;
use portal::ports::{CardProgress, ChargeProgress, SavedCard};
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{card, subscription};
use std::time::Duration;
use types::{CardUpdateId, DeclineReason};

/// A plan whose renewal was declined: what is owed is paid when another card is there.
async fn overdue<'a>(world: &'a World, producer: &Producer) -> Case<'a> {
    let case = Case::subscribed(world, producer).await;
    world.gateway.next_charges_of(&case.who, &[ChargeProgress::Declined(DeclineReason::ExpiredCard)]);
    world.clock.forward(DAY * 31);
    world.settle().await;
    assert_eq!((case.status().await.as_str(), case.paid().len()), ("past_due", 0));
    case
}

fn update_at(url: &str) -> CardUpdateId {
    url.rsplit('/').next().unwrap().parse().unwrap()
}

fn typed(world: &World, update: CardUpdateId) {
    let (token, brand, last4) = ("tok".to_owned(), "visa".to_owned(), "1881".to_owned());
    let card = SavedCard { token, brand, last4, exp_month: 8, exp_year: 2031 };
    world.gateway.end_card(&update.to_string(), CardProgress::Saved(card));
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
pub(super) async fn leave(case: &Case<'_>) {
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
            typed(world, update_at(&begin(&case.buyer, &place, form).await.unwrap().url));
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
            let id = update_at(&begin(&case.buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
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
            typed(
                world,
                update_at(&begin(&case.buyer, &case.place(), new_request_id(&world.portal)).await.unwrap().url),
            );
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
