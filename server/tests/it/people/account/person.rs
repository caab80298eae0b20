//! What people say of themselves, their language and their sessions.

use super::{bought, days, logged};
use crate::harness::{ANA, DAY, buy, code, each_world, email, line, order, origin, producer, sign_in};
use portal::account::{Profile, ask_erasure, view, write_profile};
use portal::refund::new_request_id;
use portal::{on, session};
use std::time::Duration;
use types::view::TimelineEvent;
use types::{EventName, Language, RefundState, TaxId};

#[tokio::test]
async fn what_people_say_of_themselves_is_kept_and_told_in_the_log_without_the_number() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let profile = Profile {
            name: line("Ana S. Souza"),
            phone: Some(line("(11) 99999-0001")),
            tax_id: TaxId::parse("12.ABC.345/01DE-35").ok(),
        };
        write_profile(&buyer, &profile).await.unwrap();
        write_profile(&buyer, &profile).await.unwrap();
        let seen = view(&buyer).await.unwrap();
        assert_eq!(seen.name.as_str(), "Ana S. Souza");
        assert_eq!(seen.phone.as_deref(), Some("(11) 99999-0001"));
        assert_eq!(seen.tax_id, profile.tax_id);
        let sql = "select after from events where name = 'account.profile_changed'";
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows.len(), 1, "what changes nothing is not told");
        assert!(rows[0].0.contains("**.ABC.345/01DE-**") && !rows[0].0.contains("12ABC"), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn a_corrected_name_reaches_the_member_area_and_no_later_order_takes_it_back() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("ebook", 4_700)]).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let access = world.area.access_of(ANA);
        let before = world.area.told().len();
        let profile = Profile { name: line("Ana Corrigida"), phone: None, tax_id: TaxId::parse("52998224725").ok() };
        write_profile(&buyer, &profile).await.unwrap();
        world.settle().await;
        let told = world.area.told();
        assert!(told.len() > before, "nothing was told");
        for telling in &told[before..] {
            assert_eq!((telling.is_active, telling.person.name.as_str()), (true, "Ana Corrigida"));
            assert_eq!(telling.person.tax_id.as_deref(), Some("52998224725"));
        }
        assert_eq!(world.area.access_of(ANA), access, "nothing else changed");

        write_profile(&buyer, &profile).await.unwrap();
        world.settle().await;
        assert_eq!(world.area.told().len(), told.len(), "what changes nothing is not told");
        buy(world, &producer, ANA, "P-2", &[("photo", 29_700)]).await;
        world.settle().await;
        let later = world.area.told().split_off(told.len());
        let names: Vec<_> = later.iter().map(|telling| telling.person.name.as_str()).collect();
        assert!(!names.is_empty() && names.iter().all(|name| *name == "Ana Corrigida"), "{names:?}");
    })
    .await;
}

#[tokio::test]
async fn a_chosen_language_stays_whatever_browser_comes() {
    each_world(async |world| {
        let buyer = bought(world).await;
        assert_eq!(view(&buyer).await.unwrap().language, None);
        session::set_language(&buyer, Language::English).await.unwrap();
        world.clock.forward(Duration::from_secs(120));
        // Signs in again from a page in Portuguese.
        let again = sign_in(world, ANA).await;
        assert_eq!((again.origin().language, again.language()), (Language::English, Some(Language::English)));
        assert_eq!(view(&again).await.unwrap().language, Some(Language::English));
    })
    .await;
}

#[tokio::test]
async fn one_session_or_all_of_them_end_at_once() {
    each_world(async |world| {
        let first = bought(world).await;
        world.clock.forward(Duration::from_secs(120));
        let second = sign_in(world, ANA).await;
        let seen = view(&first).await.unwrap().sessions;
        assert_eq!(seen.iter().map(|session| session.is_this).collect::<Vec<_>>(), [false, true]);
        assert!(session::end_one(&first, second.session()).await.unwrap());
        assert!(!session::end_one(&first, second.session()).await.unwrap(), "ended once");
        let producer = producer(world, "sol").await;
        buy(world, &producer, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(world, "bob@example.com").await;
        assert!(!session::end_one(&bob, first.session()).await.unwrap(), "somebody else's is absent");
        session::end_all(&first).await.unwrap();
        assert!(view(&first).await.unwrap().sessions.is_empty());
        assert_eq!(view(&bob).await.unwrap().sessions.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn words_to_a_producer_go_with_their_writer() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(DAY * 30);
        let buyer = sign_in(world, ANA).await;
        let form = new_request_id(&world.portal);
        let protocol = portal::refund::ask(&buyer, "P-1", form, "Estou doente.").await.unwrap();
        let no = portal::refund::Answer::Decline { reason: Some(line("Fora do prazo")) };
        let state = portal::refund::answer(&world.portal, &producer, &code("P-1"), &protocol, no).await.unwrap();
        assert_eq!(state, RefundState::Declined);
        let told = order(&buyer, "P-1").await.timeline;
        assert!(told.iter().any(|entry| entry.event == TimelineEvent::RefundDeclined(protocol.clone())), "{told:?}");
        assert_eq!(logged(world, EventName::RefundRequested).await, [(Some("Estou doente.".to_owned()),)]);
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        days(world, 8).await;
        assert_eq!(logged(world, EventName::AccountErased).await.len(), 1);
        assert_eq!(logged(world, EventName::RefundRequested).await, [(None,)]);
        assert_eq!(
            logged(world, EventName::RefundAnswered).await,
            [(Some("Fora do prazo".to_owned()),)],
            "the producer's stay"
        );
        assert!(!world.portal.db.dump().await.unwrap().contains("Estou doente"));
    })
    .await;
}

#[tokio::test]
async fn signing_out_and_choosing_a_language_are_in_the_log_once() {
    each_world(async |world| {
        let buyer = bought(world).await;
        for _ in 0..2 {
            session::set_language(&buyer, Language::English).await.unwrap();
        }
        assert_eq!(logged(world, EventName::AccountLanguageChosen).await.len(), 1);
        world.clock.forward(Duration::from_secs(120));
        let from = origin("198.51.100.9");
        let home = types::view::Target::Home;
        let request = portal::sign_in::request_purchases_link(&world.portal, &from, email(ANA), home).await.unwrap();
        world.settle().await;
        let (_, typed) = crate::harness::link_and_code(world, ANA);
        let code_for = portal::sign_in::CodeFor::Request(request.request);
        let token = portal::sign_in::enter_code(&world.portal, &from, code_for, &typed).await.unwrap().token;
        for _ in 0..2 {
            session::end(&world.portal, session::SessionKind::Buyer, &token, &from).await.unwrap();
        }
        session::end(&world.portal, session::SessionKind::Buyer, "no such token", &from).await.unwrap();
        assert_eq!(logged(world, EventName::SessionSignedOut).await.len(), 1);
    })
    .await;
}
