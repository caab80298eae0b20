//! Another card, another way to pay (rule 10): through the gateway's page and back, once, and no number anywhere.

mod hosted;
mod once;
mod owed;
mod swap;
mod tries;
mod webhooks;

use crate::harness::browserless::{Browser, Form, form};
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::shop;
use crate::harness::shop::{catalogue, club, order, sell};
use crate::harness::site::{Api, Site};
use crate::harness::{ANA, paid_order, place, producer, sign_in};
use portal::card::{begin, page, update};
use portal::intake::NewSubscription;
use portal::ports::{CardProgress, ChargeProgress, SavedCard};
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{Buyer, on};
use std::time::Duration;
use types::view::{CardPlace, SwapOutcome, SwapState};
use types::{CardUpdateId, DeclineReason, IntervalUnit, OrderKind, SubscriptionStatus};

/// A paid subscription at the gateway of the tests.
pub async fn subscribe(world: &World, producer: &portal::Producer, code: &str) {
    let mut order = paid_order(world, ANA, code, &[("photo", 4_990)]);
    order.kind = OrderKind::Subscription;
    order.subscription = Some(paid_month(world));
    place(world, producer, order).await;
}

/// A plan whose first month is paid from now on.
fn paid_month(world: &World) -> NewSubscription {
    let now = world.portal.now();
    let end = now.plus(Duration::from_secs(30 * 86_400));
    NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end: end,
        next_charge_at: Some(end),
        canceled_at: None,
        paid_at: Some(now),
        reference: None,
    }
}

/// Ana, signed in, and where the card of her only subscription is changed.
async fn subscriber(world: &World) -> (Buyer, CardPlace) {
    let producer = producer(world, "luz").await;
    subscribe(world, &producer, "P-1").await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let place = place_of(&buyer, "P-1").await;
    (buyer, place)
}

pub async fn place_of(buyer: &portal::Buyer, code: &str) -> CardPlace {
    CardPlace::Subscription(crate::harness::order(buyer, code).await.subscription.unwrap().id)
}

pub fn saved(token: &str) -> CardProgress {
    let (token, brand, last4) = (token.to_owned(), "visa".to_owned(), "1881".to_owned());
    CardProgress::Saved(SavedCard { token, brand, last4, exp_month: 8, exp_year: 2031 })
}

/// The id of the card update behind the address of the test gateway's page.
pub fn update_at(url: &str) -> CardUpdateId {
    url.rsplit('/').next().unwrap().parse().unwrap()
}

async fn shop(engine: &'static str) -> (Site, Api, Browser, String) {
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    sell(&luz, &club("A-2", ANA)).await;
    sell(&luz, &order("A-1", ANA, &[("foto", 29_700)])).await;
    let mut ana = shop::sign_in(&site, ANA).await;
    let page = ana.visit("/orders/A-2").await.expect(200).text();
    let id: String = page.split("/subscriptions/").nth(1).unwrap().chars().take(36).collect();
    (site, luz, ana, format!("/subscriptions/{id}/card"))
}

/// To the gateway's page for a card.
async fn to_gateway(ana: &mut Browser, address: &str) -> Answer {
    let page = ana.visit(address).await.expect(200);
    ana.submit(&form(&page, address), &[]).await.expect(200)
}

fn card_form(page: &Answer) -> Form {
    form(page, "/sandbox/pay/")
}

fn typed(number: &str) -> [(&str, &str); 3] {
    [("number", number), ("expiry", "12/31"), ("security_code", "123")]
}

/// A subscription whose renewal failed: what is owed, the buyer, and where the card is changed.
pub async fn overdue(world: &World) -> (portal::Buyer, CardPlace) {
    let producer = producer(world, "luz").await;
    subscribe(world, &producer, "P-1").await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let place = place_of(&buyer, "P-1").await;
    world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::ExpiredCard)]);
    world.clock.forward(Duration::from_secs(31 * 86_400));
    world.settle().await;
    let owed = page(&buyer, &place).await.unwrap().owed.expect("the renewal is owed");
    assert_eq!((owed.amount.amount, owed.failure), (4_990, Some(DeclineReason::ExpiredCard)));
    (buyer, place)
}

pub async fn swapped(world: &World, buyer: &portal::Buyer, place: &CardPlace) -> (CardUpdateId, SwapOutcome) {
    let id = update_at(&begin(buyer, place, new_request_id(&world.portal)).await.unwrap().url);
    world.gateway.end_card(&id.to_string(), saved("tok"));
    (id, outcome(buyer, place, id).await)
}

pub async fn outcome(buyer: &portal::Buyer, place: &CardPlace, id: CardUpdateId) -> SwapOutcome {
    let SwapState::Saved { outcome, .. } = update(buyer, place, id).await.unwrap().state else { panic!("not saved") };
    outcome
}

/// The webhooks that the product took, in the order in which they came.
async fn taken(site: &Site) -> Vec<String> {
    let sql = "select event_id from gateway_inbox where kind = 'card.saved' order by received_at";
    let rows: Vec<(String,)> =
        on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().map(|(id,)| id).collect()
}
