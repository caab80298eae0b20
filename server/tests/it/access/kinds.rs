//! A member area is of a kind, and what an installation does not know it refuses, with the reason.

use crate::harness::{ANA, area, buy, code, each_world, order, producer, put_area, rule, sign_in};
use portal::catalogue::Error;
use portal::catalogue::access_rule::{AccessRule, put_access_rule};
use portal::catalogue::member_area::put_member_area;
use portal::ports::NotATarget;
use portal::testing::NOTHING;
use portal::{outbox, sales};
use types::DeliveryState;
use types::view::AccessView;

#[tokio::test]
async fn a_kind_that_is_not_known_is_refused_when_it_is_written() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        world.area.be_known(false);
        let written = put_member_area(&world.portal, &producer, &area()).await;
        assert!(matches!(written, Err(Error::UnknownKind)), "{written:?}");
        let written = put_access_rule(&world.portal, &producer, &rule("photo", "photo", &[333])).await;
        assert!(matches!(written, Err(Error::AreaOfUnknownKind)), "{written:?}");
    })
    .await;
}

#[tokio::test]
async fn a_rule_names_only_what_its_member_area_can_give() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        for word in [NOTHING, "two words", ""] {
            let rule = AccessRule { targets: vec![word.to_owned()], ..rule("photo", "photo", &[]) };
            match put_access_rule(&world.portal, &producer, &rule).await {
                Err(Error::NotATarget(NotATarget(named))) => assert_eq!(named, word),
                other => panic!("{word:?}: {other:?}"),
            }
        }
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).len(), 2, "the rule as it was");
    })
    .await;
}

#[tokio::test]
async fn what_an_area_of_an_unknown_kind_is_to_be_told_is_refused_until_the_kind_is_known() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        world.area.be_known(false);
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let reason = r#"this installation knows no member areas of the kind "memberkit""#;
        let deliveries = sales::find(&world.portal, &producer, &code("P-1")).await.unwrap().unwrap().deliveries;
        let seen: Vec<_> = deliveries.iter().map(|one| (one.state, one.last_error.as_deref())).collect();
        assert_eq!(seen, [(DeliveryState::Refused, Some(reason))]);
        let buyer = sign_in(world, ANA).await;
        assert!(matches!(order(&buyer, "P-1").await.items[0].access, AccessView::Delayed { .. }));
        let mails = world.mail.taken();
        let stopped: Vec<_> = mails.iter().filter(|mail| mail.subject == "ProducerDeliveryStopped").collect();
        assert_eq!(stopped.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["luz@example.com"]);
        assert!(stopped[0].text.contains("knows no member areas of the kind"), "{}", stopped[0].text);
        assert_eq!(outbox::lag(&world.portal).await.unwrap().1, 1, "the job says so to the operator");
        // The program is brought to a version that knows the kind, and the producer writes the area again.
        world.area.be_known(true);
        put_area(world, &producer).await;
        world.settle().await;
        assert_eq!((world.area.access_of(ANA).len(), world.area.told().len()), (2, 1));
        assert_eq!(outbox::lag(&world.portal).await.unwrap().1, 0);
    })
    .await;
}
