//! The sandbox, which the server tends: what is due there is done once, also when two processes tend it at the same
//! time and when one dies.

use crate::harness::{Cut, DAY, each_world, wait_for_the_dead};
use futures::future::join;
use portal::on;
use portal::ports::{ChargeInstruction, Charges, RefundInstruction, Refunds, StoredCard};
use portal::testing::World;
use server::gateway::sandbox::Sandbox;
use std::sync::Arc;
use types::{Currency, Method, Money};

/// The sandbox as a process of its own has it.
fn process(world: &World) -> Sandbox {
    let portal = &world.portal;
    let (clock, random) = (portal.ports.clock.clone(), portal.ports.random.clone());
    Sandbox::new(portal.db.clone(), clock, random, &portal.keys, Arc::default())
}

async fn charge(sandbox: &Sandbox, key: &str, method: Method, last4: Option<&str>) {
    let instruction = ChargeInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        amount: Money::new(4_990, Currency::BRL),
        method,
        card: last4.map(|last4| StoredCard { token: None, last4: last4.to_owned(), paid: None }),
        installments: 1,
        pay_until: None,
        email: "ana@example.com".to_owned(),
        payer: None,
        description: "Clube Luz".to_owned(),
        return_url: "https://portal.example/back".to_owned(),
    };
    sandbox.charge(&instruction).await.unwrap();
}

async fn refund(sandbox: &Sandbox, key: &str) {
    let instruction = RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: format!("ch-{key}"),
        charge_total: Money::new(4_990, Currency::BRL),
        method: Method::Card,
        payee: None,
        card_last4: Some("4242".to_owned()),
        amount: Money::new(1_000, Currency::BRL),
    };
    sandbox.refund(&instruction).await.unwrap();
}

async fn rows(world: &World, sql: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).fetch_all(c).await.unwrap()
    });
    rows.into_iter().map(|(row,)| row).collect()
}

/// Every webhook: what it is about, where it stands, how often it was tried.
async fn webhooks(world: &World) -> Vec<String> {
    let sql = "select kind || ' ' || state || ' ' || cast(attempts as text) from sandbox_webhooks order by 1";
    rows(world, sql).await
}

/// The webhooks that the product took.
async fn taken_webhooks(world: &World) -> Vec<String> {
    rows(world, "select kind from gateway_inbox order by 1").await
}

async fn tend_to_the_end(world: &World, sandbox: &Sandbox) {
    while sandbox.tend(&world.portal).await.unwrap() > 0 {}
}

#[tokio::test]
async fn two_processes_that_tend_at_once_do_everything_once() {
    each_world(async |world| {
        let (one, other) = (process(world), process(world));
        charge(&one, "boleto", Method::Boleto, None).await;
        charge(&one, "disputed", Method::Card, Some("0259")).await;
        refund(&one, "refund").await;
        world.clock.forward(DAY * 5);

        loop {
            let (first, second) = join(one.tend(&world.portal), other.tend(&world.portal)).await;
            if first.unwrap() + second.unwrap() == 0 {
                break;
            }
        }

        let payments = rows(world, "select method || ' ' || state from sandbox_payments order by 1").await;
        assert_eq!(payments, ["boleto paid", "card disputed"]);
        let all = ["charge.disputed", "charge.paid", "charge.paid", "refund.settled"];
        assert_eq!(webhooks(world).await, all.map(|kind| format!("{kind} taken 1")));
        assert_eq!(taken_webhooks(world).await, all);
    })
    .await;
}

#[tokio::test]
async fn a_process_that_dies_while_it_tends_leaves_the_rest_to_the_next() {
    each_world(async |world| {
        let (dies, next) = (process(world), process(world));
        for step in 1.. {
            charge(&dies, &format!("boleto-{step}"), Method::Boleto, None).await;
            refund(&dies, &format!("refund-{step}")).await;
            world.clock.forward(DAY * 5);

            let is_whole = Cut::at(step, dies.tend(&world.portal)).await.is_some();
            wait_for_the_dead(world).await;
            tend_to_the_end(world, &next).await;

            let count = step as usize;
            let all = [vec!["charge.paid"; count], vec!["refund.settled"; count]].concat();
            let taken: Vec<String> = all.iter().map(|kind| format!("{kind} taken 1")).collect();
            assert_eq!((webhooks(world).await, taken_webhooks(world).await), (taken, own(&all)), "died at wait {step}");
            if is_whole {
                break;
            }
        }
    })
    .await;
}

fn own(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
