//! Connections: a producer's own account at a gateway, whose secrets are kept and never shown.

use crate::harness::{ANA, DAY, code, each_world, line, order, paid_order, place, producer, sign_in};
use portal::connection::{self, Error, NewConnection, find, of_producer};
use portal::intake::NewOrder;
use portal::on;
use portal::refund::{new_request_id, request};
use portal::testing::{GatewayFault, World};
use std::collections::BTreeMap;
use types::{ConnectionBills, ConnectionState, RefundState};

const SECRET: &str = "sk_live_of_luz";
/// As the adapter reads it.
const ON_FILE: &str = r#"{"secret_key":"sk_live_of_luz"}"#;
const SIGNED_WITH: &str = "whsec_of_luz";

fn new(account: Option<&str>) -> NewConnection {
    NewConnection {
        code: code("test"),
        gateway: "stripe".to_owned(),
        account: account.map(str::to_owned),
        bills: ConnectionBills::Calendar,
        state: ConnectionState::Active,
        secrets: BTreeMap::from([("secret_key".to_owned(), SECRET.to_owned())]),
        webhook_secret: Some(SIGNED_WITH.to_owned()),
    }
}

/// What is sealed on file: the secrets and what webhooks are signed with.
async fn sealed(world: &World) -> Vec<(String, Option<String>)> {
    const SQL: &str = "select secrets_sealed, webhook_secret_sealed from connections order by created_at";
    on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(SQL).fetch_all(c).await.unwrap())
}

/// Everything that the log says of connections.
async fn log(world: &World) -> Vec<String> {
    const SQL: &str = "select coalesce(before, '') || coalesce(after, '') || body from events
        where name = 'connection.written'
        order by at";
    let rows: Vec<(String,)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(SQL).fetch_all(c).await.unwrap());
    rows.into_iter().map(|row| row.0).collect()
}

#[tokio::test]
async fn secrets_are_sealed_for_their_row_and_use_and_stand_nowhere_else() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let id = connection::put(&world.portal, &luz, &new(None)).await.unwrap();
        let kept = sealed(world).await;
        let [(secrets, Some(webhook))] = kept.as_slice() else { panic!("{kept:?}") };
        for (sealed, what, clear) in [(secrets, "secrets", ON_FILE), (webhook, "webhook", SIGNED_WITH)] {
            assert!(sealed.starts_with("v1.") && !sealed.contains(clear), "{sealed}");
            let place = [id.0.as_bytes().as_slice(), b":", what.as_bytes()].concat();
            assert_eq!(world.portal.keys.open(&place, sealed).unwrap(), clear);
            assert!(world.portal.keys.open(id.0.as_bytes(), sealed).is_err());
        }
        let log = log(world).await;
        assert_eq!(log.len(), 1);
        assert!(
            log[0].contains(&id.to_string()) && !log[0].contains(SECRET) && !log[0].contains(SIGNED_WITH),
            "{log:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_code_writes_again_and_keeps_the_secrets_that_are_not_named() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let without = NewConnection { secrets: BTreeMap::new(), webhook_secret: None, ..new(None) };
        let refused = connection::put(&world.portal, &luz, &without).await;
        assert!(matches!(refused, Err(Error::SecretMissing("secret_key"))), "{refused:?}");

        let id = connection::put(&world.portal, &luz, &new(None)).await.unwrap();
        let before = sealed(world).await;
        let again = NewConnection { account: Some("acct_1".to_owned()), state: ConnectionState::Disabled, ..without };
        assert_eq!(connection::put(&world.portal, &luz, &again).await.unwrap(), id);
        assert_eq!(sealed(world).await, before);
        let found = find(&world.portal, &luz, &code("test")).await.unwrap().unwrap();
        assert_eq!((found.id, found.state, found.account.as_deref()), (id, ConnectionState::Disabled, Some("acct_1")));
        assert!(found.has_webhook_secret);

        connection::put(&world.portal, &luz, &new(None)).await.unwrap();
        assert_ne!(sealed(world).await, before, "sealed anew");
        assert_eq!(of_producer(&world.portal, &luz).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn another_producer_does_not_see_it_and_may_use_the_same_code() {
    each_world(async |world| {
        let (luz, sol) = (producer(world, "luz").await, producer(world, "sol").await);
        let of_luz = connection::put(&world.portal, &luz, &new(Some("acct_luz"))).await.unwrap();
        assert_eq!(find(&world.portal, &sol, &code("test")).await.unwrap(), None);
        assert_eq!(of_producer(&world.portal, &sol).await.unwrap(), []);

        let of_sol = connection::put(&world.portal, &sol, &new(Some("acct_sol"))).await.unwrap();
        assert_ne!(of_luz, of_sol);
        let seen = of_producer(&world.portal, &luz).await.unwrap();
        assert_eq!(seen.iter().map(|seen| seen.account.as_deref()).collect::<Vec<_>>(), [Some("acct_luz")]);
    })
    .await;
}

#[tokio::test]
async fn an_instruction_names_the_account_of_the_connection_and_else_the_producer() {
    each_world(async |world| {
        let (luz, sol) = (producer(world, "luz").await, producer(world, "sol").await);
        connection::put(&world.portal, &luz, &new(Some("acct_luz"))).await.unwrap();
        for (producer, order) in [(&luz, "L-1"), (&sol, "S-1")] {
            place(world, producer, paid_order(world, ANA, order, &[("photo", 29_700)])).await;
        }
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        for order in ["L-1", "S-1"] {
            request(&buyer, order, new_request_id(&world.portal), &[]).await.unwrap();
        }
        world.settle().await;
        let mut accounts: Vec<String> = world.gateway.refunds().into_iter().map(|refund| refund.account).collect();
        let mut expected = ["acct_luz".to_owned(), sol.id().to_string()];
        accounts.sort();
        expected.sort();
        assert_eq!(accounts, expected);
    })
    .await;
}

#[tokio::test]
async fn an_account_in_use_is_reached_and_what_was_taken_at_another_is_paid_back_by_hand() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let shop = NewConnection { code: code("shop"), ..new(None) };
        connection::put(&world.portal, &luz, &shop).await.unwrap();
        for order in ["L-1", "L-2"] {
            let paid = paid_order(world, ANA, order, &[("photo", 29_700)]);
            place(world, &luz, NewOrder { gateway: line("shop"), ..paid }).await;
        }
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        request(&buyer, "L-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.refunds().len(), 1);
        let opened = world.gateway.opened();
        assert!(!opened.is_empty() && opened.iter().all(|secrets| secrets == ON_FILE), "{opened:?}");

        let out_of_use = NewConnection { state: ConnectionState::Disabled, ..shop };
        connection::put(&world.portal, &luz, &out_of_use).await.unwrap();
        request(&buyer, "L-2", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.refunds().len(), 1);
        let told = world.mail.taken().iter().filter(|letter| letter.subject == "ProducerRefundByHand").count();
        assert_eq!(told, 1);
    })
    .await;
}

#[tokio::test]
async fn money_in_doubt_is_asked_about_once_its_account_is_used_again() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let shop = NewConnection { code: code("shop"), ..new(None) };
        connection::put(&world.portal, &luz, &shop).await.unwrap();
        let paid = paid_order(world, ANA, "L-1", &[("photo", 29_700)]);
        place(world, &luz, NewOrder { gateway: line("shop"), ..paid }).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        world.gateway.fail_next(&[GatewayFault::LostAfter]);
        request(&buyer, "L-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let state = async || order(&buyer, "L-1").await.refunds[0].state;
        assert_eq!(state().await, RefundState::Reconciling);

        connection::put(&world.portal, &luz, &NewConnection { state: ConnectionState::Disabled, ..shop.clone() })
            .await
            .unwrap();
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!(state().await, RefundState::Reconciling, "nobody is told that it failed, or to pay it again");
        connection::put(&world.portal, &luz, &shop).await.unwrap();
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!((state().await, world.gateway.refunds().len()), (RefundState::Sent, 1));
        assert!(world.mail.taken().iter().all(|letter| letter.subject != "ProducerRefundByHand"));
    })
    .await;
}
