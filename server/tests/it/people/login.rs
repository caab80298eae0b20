//! Another password, an end, a key that is taken no more: what was made can be checked, changed and revoked.

use crate::harness::{call, each_world, email, line, origin, producer};
use axum::body::Body;
use axum::http::Request;
use portal::catalogue::api_key::{self, create_api_key};
use portal::login::{
    self, Door, Login, NewProducer, NewStaff, NotChanged, Who, begin_set_up, create_producer, create_staff, disable,
    forget_second_step, set_password,
};
use portal::session::{Holder, resume_producer, resume_staff};
use portal::testing::{World, second_step_code, session_of};
use portal::{Portal, on};
use types::{Language, Slug, StaffRole};

const OLD: &str = "correct horse battery";
const NEW: &str = "another long password";

/// A producer and somebody of the staff who have one e-mail.
async fn two_with_one_email(world: &World) -> [Login; 2] {
    producer(world, "luz").await;
    let (email, name) = (email("luz@example.com"), line("Rui"));
    let new = NewStaff { email: email.clone(), name, role: StaffRole::Agent, password: OLD.to_owned() };
    create_staff(&world.portal, new).await.unwrap();
    login::of_email(&world.portal, &email).await.unwrap().try_into().unwrap_or_else(|_| panic!("two"))
}

async fn begin(world: &World, login: &Login) -> String {
    let holder = match login.who {
        Who::Producer(id, ..) => Holder::Producer(login.id, id),
        Who::Staff(id, _) => Holder::Staff(id),
    };
    session_of(&world.portal, holder, &origin("192.0.2.1")).await
}

async fn opens(portal: &Portal, token: &str) -> bool {
    let producer = resume_producer(portal, token, origin("192.0.2.1")).await.unwrap();
    producer.is_some() || resume_staff(portal, token, origin("192.0.2.1")).await.unwrap().is_some()
}

async fn again(world: &World, login: &Login) -> Login {
    let found = login::of_email(&world.portal, &login.email).await.unwrap();
    found.into_iter().find(|other| other.who == login.who).unwrap()
}

/// What the log says of logins and keys: what happened, who did it, from where.
async fn log(portal: &Portal) -> Vec<(String, String, String)> {
    let sql = "select name, actor_kind, origin
        from events
        where name like 'staff.%' or name like 'producer.%' or name like 'api_key.%'
        order by name, id";
    on!(portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap())
}

#[tokio::test]
async fn another_password_ends_every_session_of_its_owner_and_of_nobody_else() {
    each_world(async |world| {
        let both = two_with_one_email(world).await;
        for (own, other, sessions) in [(0, 1, 2), (1, 0, 3)] {
            let [own, other] = [&both[own], &both[other]];
            assert!(own.has_password(OLD).await && !own.has_password(NEW).await);
            let (first, second, foreign) =
                (begin(world, own).await, begin(world, own).await, begin(world, other).await);
            let weak = set_password(&world.portal, own, "short").await;
            assert!(matches!(weak, Err(NotChanged::Password(_))) && opens(&world.portal, &first).await, "{weak:?}");
            // The second has the session too that the first left it.
            assert_eq!(set_password(&world.portal, own, NEW).await.unwrap(), sessions);
            let now = again(world, own).await;
            assert!(now.has_password(NEW).await && !now.has_password(OLD).await);
            assert!(!opens(&world.portal, &first).await && !opens(&world.portal, &second).await);
            assert!(opens(&world.portal, &foreign).await);
            set_password(&world.portal, own, OLD).await.unwrap();
        }
        let set = |name: &str| (name.to_owned(), "system".to_owned(), "command line".to_owned());
        let log = log(&world.portal).await;
        assert_eq!(log.iter().filter(|line| **line == set("staff.password_set")).count(), 2, "{log:?}");
        assert_eq!(log.iter().filter(|line| **line == set("producer.password_set")).count(), 2, "{log:?}");
        assert!(log.iter().all(|(.., origin)| origin == "command line"), "{log:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_disabled_is_out_and_stays_out() {
    each_world(async |world| {
        for own in two_with_one_email(world).await {
            let before = begin(world, &own).await;
            assert_eq!(disable(&world.portal, &own).await.unwrap(), Some(1));
            assert!(!opens(&world.portal, &before).await);
            // Whoever came in at the same moment, with a session that began a little later, is out as well.
            let after = begin(world, &own).await;
            assert!(!opens(&world.portal, &after).await);
            assert!(again(world, &own).await.disabled_at.is_some());
            assert_eq!(disable(&world.portal, &own).await.unwrap(), None, "disabled once");
            let refused = set_password(&world.portal, &own, NEW).await;
            assert!(matches!(refused, Err(NotChanged::Disabled)), "{refused:?}");
        }
        let names: Vec<String> = log(&world.portal).await.into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names, ["producer.created", "producer.disabled", "staff.created", "staff.disabled"]);
    })
    .await;
}

async fn ask(world: &World, key: &str) -> u16 {
    let request = Request::builder().uri("/api/v1/orders").header("authorization", format!("Bearer {key}"));
    call(world, request.body(Body::empty()).unwrap()).await.0
}

#[tokio::test]
async fn a_revoked_key_is_refused_by_the_next_call_and_the_others_go_on() {
    each_world(async |world| {
        let (portal, producer) = (&world.portal, producer(world, "luz").await);
        let (first, second) = (
            create_api_key(portal, &producer, &line("shop")).await.unwrap(),
            create_api_key(portal, &producer, &line("reports")).await.unwrap(),
        );
        assert_eq!([ask(world, &first).await, ask(world, &second).await], [200, 200]);
        let found = api_key::find(portal, &first).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.slug.as_str(), found.revoked_at), ("shop", "luz", None));
        assert!(api_key::revoke(portal, found.id).await.unwrap().unwrap().revoked_at.is_none());
        assert_eq!([ask(world, &first).await, ask(world, &second).await], [401, 200]);
        assert!(api_key::find(portal, &first).await.unwrap().unwrap().revoked_at.is_some());
        // Once more changes nothing; what is no key is none.
        assert!(api_key::revoke(portal, found.id).await.unwrap().unwrap().revoked_at.is_some());
        assert!(api_key::revoke(portal, portal.new_id()).await.unwrap().is_none());
        assert!(api_key::find(portal, "ask_none").await.unwrap().is_none());
        let names: Vec<String> = log(portal).await.into_iter().map(|(name, ..)| name).collect();
        assert_eq!(names.iter().filter(|name| *name == "api_key.revoked").count(), 1, "{names:?}");
    })
    .await;
}

#[tokio::test]
async fn when_a_key_was_last_used_is_known_to_the_hour() {
    each_world(async |world| {
        let (portal, producer) = (&world.portal, producer(world, "luz").await);
        let key = create_api_key(portal, &producer, &line("shop")).await.unwrap();
        let last = async || api_key::find(portal, &key).await.unwrap().unwrap().last_used_at;
        assert_eq!(last().await, None);
        let first = portal.wall();
        ask(world, &key).await;
        assert_eq!(last().await, Some(first));
        world.clock.forward(std::time::Duration::from_secs(3599));
        ask(world, &key).await;
        assert_eq!(last().await, Some(first), "written once an hour");
        world.clock.forward(std::time::Duration::from_secs(1));
        ask(world, &key).await;
        assert_eq!(last().await, Some(portal.wall()));
    })
    .await;
}

#[tokio::test]
async fn the_operator_takes_a_second_step_away_that_is_lost_and_a_disabled_login_owns_no_new_producer() {
    each_world(async |world| {
        let portal = &world.portal;
        for own in &two_with_one_email(world).await {
            assert!(!forget_second_step(portal, own).await.unwrap(), "there was none");
            begin_set_up(portal, own.id).await.unwrap();
            let secret = login::pending_set_up(portal, own.id).await.unwrap().unwrap().secret;
            let code = second_step_code(&secret, portal.wall());
            let door = if matches!(own.who, Who::Staff(..)) { Door::Staff } else { Door::Producer };
            login::confirm_set_up(portal, door, own.id, &code, &origin("192.0.2.1")).await.unwrap();
            assert!(forget_second_step(portal, own).await.unwrap());
            assert!(!forget_second_step(portal, own).await.unwrap(), "once");
        }
        let owner = login::of_email(portal, &email("luz@example.com")).await.unwrap();
        let owner = owner.iter().find(|login| matches!(login.who, Who::Producer(..))).unwrap();
        disable(portal, owner).await.unwrap();
        let new = NewProducer {
            slug: Slug::parse("sol").unwrap(),
            name: line("Escola Sol"),
            email: email("luz@example.com"),
            language: Language::Portuguese,
            time_zone: "America/Sao_Paulo".to_owned(),
            password: OLD.to_owned(),
        };
        let refused = create_producer(portal, new).await.map(drop);
        assert!(matches!(refused, Err(login::Error::Disabled)), "{refused:?}");
    })
    .await;
}
