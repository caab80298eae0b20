//! What a card update tries, how often, and what it says of it.

use super::{outcome, overdue, paid_month, place_of, saved, subscribe, subscriber, swapped, update_at};
use crate::harness::{
    ANA, DAY, assert_sound, each_world, line, mails, place, producer, put_product_with_days, sign_in,
};
use crate::money::billing::{id_of, keeps, report};
use portal::Buyer;
use portal::billing;
use portal::card::{CardError, begin, change_method, page, update, use_for_others};
use portal::intake::Sold;
use portal::on;
use portal::policy::{self, Policy};
use portal::ports::ChargeProgress;
use portal::refund::new_request_id;
use portal::testing::{GatewayFault, World};
use std::time::Duration;
use types::view::{CardPlace, SwapOutcome};
use types::{DeclineReason, InvoiceState, Method, OrderKind, SubscriptionStatus};

const BANK: &str = "https://bank.test/confirm";

fn action_required() -> ChargeProgress {
    ChargeProgress::ActionRequired { url: BANK.to_owned() }
}

fn action() -> SwapOutcome {
    SwapOutcome::Action { url: BANK.to_owned() }
}

/// The key of the charge that stands so.
fn key(world: &World, is: fn(&ChargeProgress) -> bool) -> String {
    world.gateway.charges().into_iter().find(|(_, state)| is(state)).unwrap().0.key
}

fn waits(state: &ChargeProgress) -> bool {
    matches!(state, ChargeProgress::ActionRequired { .. })
}

/// A renewal that every day of the policy failed to charge, and that its producer keeps.
async fn suspended(world: &World) -> (Buyer, CardPlace) {
    let producer = producer(world, "luz").await;
    keeps(world, &producer).await;
    subscribe(world, &producer, "P-1").await;
    world.settle().await;
    world.gateway.next_charges(&vec![ChargeProgress::Declined(DeclineReason::ExpiredCard); 5]);
    for days in [30, 1, 2, 2, 2] {
        world.clock.forward(DAY * days);
        world.settle().await;
    }
    let buyer = sign_in(world, ANA).await;
    let place = place_of(&buyer, "P-1").await;
    (buyer, place)
}

async fn states(world: &World) -> Vec<InvoiceState> {
    let id = id_of(world, "P-1").await;
    let mut reader = world.portal.db.read().await.unwrap();
    billing::invoices_of(reader.conn(), id).await.unwrap().iter().map(|invoice| invoice.state.name()).collect()
}

#[tokio::test]
async fn what_is_suspended_is_charged_once_by_a_card_update_however_often_it_is_looked_at() {
    each_world(async |world| {
        let (buyer, place) = suspended(world).await;
        assert_eq!(states(world).await, [InvoiceState::Overdue]);
        let (charges, told) = (world.gateway.charges().len(), mails(world, "ChargeFailed"));
        world.gateway.next_charges(&[action_required()]);
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, action());
        for _ in 0..4 {
            assert_eq!(outcome(&buyer, &place, id).await, action());
            world.clock.forward(Duration::from_secs(1800));
            world.settle().await;
        }
        assert_eq!(world.gateway.charges().len(), charges + 1);
        assert_eq!(mails(world, "ChargeFailed"), told + 1);
        assert_sound(world).await;
        world.gateway.charge_progress(&key(world, waits), ChargeProgress::Paid);
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_try_that_has_ended_is_not_made_again_by_its_card_update() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[action_required()]);
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, action());
        let charges = world.gateway.charges().len();
        let reference = format!("test-charge-{}", key(world, waits));
        report(world, &reference, ChargeProgress::Declined(DeclineReason::AuthenticationFailed)).await;
        let refused = outcome(&buyer, &place, id).await;
        let reason = DeclineReason::AuthenticationFailed;
        assert!(matches!(refused, SwapOutcome::Declined { reason: said, .. } if said == reason), "{refused:?}");
        world.clock.forward(Duration::from_secs(3600));
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), charges);
    })
    .await;
}

#[tokio::test]
async fn a_card_update_that_was_cut_off_before_it_wrote_what_came_charges_once() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::LostCard)]);
        let (id, _) = swapped(world, &buyer, &place).await;
        let charges = world.gateway.charges().len();
        let sql = "update card_updates set outcome = null, outcome_reason = null where id = $1";
        let mut tx = world.portal.db.begin().await.unwrap();
        on!(tx.conn(), c => { sqlx::query(sql).bind(id.0).execute(c).await.unwrap(); });
        world.portal.commit(tx).await.unwrap();
        let again = outcome(&buyer, &place, id).await;
        assert!(matches!(again, SwapOutcome::Declined { reason: DeclineReason::LostCard, .. }), "{again:?}");
        assert_eq!(world.gateway.charges().len(), charges);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn many_looks_at_once_make_one_try() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        let charges = world.gateway.charges().len();
        world.gateway.next_charges(&vec![ChargeProgress::Declined(DeclineReason::LostCard); 6]);
        let id = update_at(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
        world.gateway.end_card(&id.to_string(), saved("tok"));
        let looks = futures::future::join_all((0..6).map(|_| update(&buyer, &place, id))).await;
        assert!(looks.iter().all(Result::is_ok), "{looks:?}");
        assert_eq!(world.gateway.charges().len(), charges + 1);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_owed_any_more_is_not_said_to_be_paid() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[action_required()]);
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, action());
        crate::money::billing::report_subscription(world, "P-1", |reported| {
            (reported.status, reported.next_charge_at) = (SubscriptionStatus::Ended, None);
        })
        .await;
        assert_eq!(states(world).await, [InvoiceState::Void]);
        let said = outcome(&buyer, &place, id).await;
        assert!(matches!(said, SwapOutcome::Void(amount) if amount.amount == 4_990), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_before_is_not_said_to_be_charged_on_the_new_card() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        world.gateway.next_charges(&[action_required()]);
        assert_eq!(swapped(world, &buyer, &place).await.1, action());
        // Confirmed, the gateway's word got lost, and then another card is entered.
        world.gateway.charge_progress(&key(world, waits), ChargeProgress::Paid);
        let id = update_at(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
        world.gateway.end_card(&id.to_string(), saved("third"));
        let said = outcome(&buyer, &place, id).await;
        assert!(matches!(said, SwapOutcome::PaidBefore(_)), "{said:?}");
        assert_eq!(states(world).await, [InvoiceState::Paid]);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn after_an_outage_the_new_card_is_tried_at_once() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        subscribe(world, &producer, "P-1").await;
        world.settle().await;
        world.gateway.fail_next_charges(&[GatewayFault::LostBefore]);
        world.clock.forward(DAY * 30);
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 0);
        let buyer = sign_in(world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let (id, came) = swapped(world, &buyer, &place).await;
        assert_eq!(came, SwapOutcome::Unknown, "the old try may still be on its way");
        world.clock.forward(Duration::from_secs(61));
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        world.settle().await;
        let charges = world.gateway.charges();
        assert_eq!(charges.len(), 1);
        assert_eq!(charges[0].0.card.as_ref().unwrap().token.as_deref(), Some("tok"));
    })
    .await;
}

/// A paid subscription to a product of its own.
async fn subscribe_to(world: &World, producer: &portal::Producer, order: &str, product: &str) {
    put_product_with_days(world, producer, product, None).await;
    let offer = portal::catalogue::offer::Offer {
        code: crate::harness::code(product),
        product: crate::harness::code(product),
        name: line("Mensal"),
        price: types::Money::new(4_990, types::Currency::BRL),
        interval: None,
        installments_max: 12,
        change_targets: vec![],
    };
    portal::catalogue::offer::put_offer(&world.portal, producer, &offer).await.unwrap();
    let mut new = crate::harness::paid_order(world, ANA, order, &[("photo", 4_990)]);
    new.items[0].sold = Sold::Known { product: crate::harness::code(product), offer: crate::harness::code(product) };
    new.kind = OrderKind::Subscription;
    new.subscription = Some(paid_month(world));
    place(world, producer, new).await;
}

#[tokio::test]
async fn a_card_is_not_used_where_the_producer_allows_no_other_card() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        subscribe(world, &producer, "P-1").await;
        subscribe_to(world, &producer, "P-2", "fixed").await;
        let mut policy = Policy::default();
        policy.payment.card_swap = false;
        let mut tx = world.portal.db.begin().await.unwrap();
        let product = crate::harness::code("fixed");
        policy::write(&mut tx, producer.id(), Some(&product), &policy, world.portal.now()).await.unwrap();
        tx.commit().await.unwrap();
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let fixed = place_of(&buyer, "P-2").await;
        let refused = begin(&buyer, &fixed, new_request_id(&world.portal)).await;
        assert!(matches!(refused, Err(CardError::Refused(_))), "{refused:?}");
        let (id, _) = swapped(world, &buyer, &place).await;
        assert!(update(&buyer, &place, id).await.unwrap().others.is_empty());
        let CardPlace::Subscription(chosen) = fixed else { unreachable!() };
        use_for_others(&buyer, &place, id, &[chosen]).await.unwrap();
        world.settle().await;
        assert_eq!(mails(world, "CardChanged"), 1);
        let untouched = page(&buyer, &CardPlace::Subscription(chosen)).await.unwrap();
        assert_ne!(untouched.payment.card.map(|card| card.last4), Some("1881".to_owned()));
    })
    .await;
}

/// Before, after and from where, of each entry of this kind.
async fn audited(world: &World, action: &str) -> Vec<(serde_json::Value, serde_json::Value, String)> {
    let sql = "select before, after, origin from events where name = $1 order by id";
    let rows: Vec<(Option<String>, Option<String>, String)> = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(action).fetch_all(c).await.unwrap()
    });
    let read = |text: Option<String>| text.map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default();
    rows.into_iter().map(|(before, after, origin)| (read(before), read(after), origin)).collect()
}

#[tokio::test]
async fn one_form_pressed_twice_at_once_changes_the_way_to_pay_once() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        let charges = world.gateway.charges().len();
        let pix = ChargeProgress::Waiting {
            code: "000201".to_owned(),
            url: "https://gateway.test/pix".to_owned(),
            until: world.portal.now().plus(DAY),
        };
        world.gateway.next_charges(&vec![pix; 4]);
        let form = new_request_id(&world.portal);
        let presses = (0..4).map(|_| change_method(&buyer, &place, form, Method::Pix));
        for pressed in futures::future::join_all(presses).await {
            pressed.unwrap();
        }
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), charges + 1);
        assert!(page(&buyer, &place).await.unwrap().open.is_some());
        let entries = audited(world, "method.changed").await;
        assert_eq!(entries.len(), 1, "{entries:?}");
        assert_eq!(mails(world, "MethodChanged"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_swap_is_audited_with_what_was_before_and_from_where_it_was_begun() {
    each_world(async |world| {
        let (buyer, place) = subscriber(world).await;
        let id = update_at(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
        world.gateway.end_card(&id.to_string(), saved("tok"));
        // The buyer never comes back: the job keeps the card.
        world.clock.forward(Duration::from_secs(120));
        world.settle().await;
        world.clock.forward(Duration::from_secs(1));
        swapped(world, &buyer, &place).await;
        let entries = audited(world, "card.changed").await;
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[1].0["card"], entries[0].1["card"], "what was after the first is before the second");
        assert_eq!((&entries[0].0["method"], &entries[0].1["card"]["last4"]), (&"card".into(), &"1881".into()));
        assert_ne!(entries[0].0, serde_json::Value::Null);
        for (_, _, origin) in &entries {
            assert!(origin.starts_with("198.51.100."), "{origin}");
        }
        world.settle().await;
    })
    .await;
}
