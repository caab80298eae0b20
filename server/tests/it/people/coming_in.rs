//! Coming in with a password: right and wrong ones, the second step, invitations, forgotten passwords.

use crate::harness::{each_world, email, line, origin, producer};
use portal::login::{
    self, Acceptance, Changed, CodeRefused, Door, Entered, InviteError, NewStaff, NotProved, NotRemoved, Refused,
    ResetError, Ticket, create_staff,
};
use portal::session::{resume_producer, resume_staff};
use portal::testing::{World, second_step_code};
use portal::{Origin, Portal, Producer, on};
use std::time::Duration;
use types::{LoginId, MemberRole, Slug, StaffRole};

const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "another long password";

fn from() -> Origin {
    origin("192.0.2.1")
}

async fn enter(portal: &Portal, door: Door, who: &str, password: &str, from: &Origin) -> Result<Entered, Refused> {
    login::enter(portal, door, (&email(who), password), from).await
}

/// The producer of whoever comes in with a password and nothing else.
async fn signed_in(world: &World, who: &str, password: &str) -> Producer {
    let Ok(Entered::In(token)) = enter(&world.portal, Door::Producer, who, password, &from()).await else {
        panic!("{who} is not in")
    };
    resume_producer(&world.portal, &token, from()).await.unwrap().unwrap()
}

fn login_of(producer: &Producer) -> LoginId {
    producer.member().unwrap().login
}

/// The link of the last mail to somebody.
fn link(world: &World, to: &str) -> String {
    let sent = world.mail.taken();
    let letter = sent.iter().rev().find(|letter| letter.to.as_str() == to).expect("a mail");
    let link = letter.text.split('"').find(|part| part.starts_with("http")).expect("a link");
    link.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_right_password_lets_in_and_everything_else_is_refused_alike() {
    each_world(async |world| {
        producer(world, "luz").await;
        let luz = signed_in(world, "LUZ@example.com", PASSWORD).await;
        let member = luz.member().unwrap();
        assert_eq!(
            (luz.slug().as_str(), member.role, member.email.as_str()),
            ("luz", MemberRole::Owner, "luz@example.com")
        );
        for (door, who, password) in [
            (Door::Producer, "luz@example.com", OTHER),
            (Door::Producer, "luz@example.com", ""),
            (Door::Producer, "nobody@example.com", PASSWORD),
            (Door::Staff, "luz@example.com", PASSWORD),
        ] {
            let refused = enter(&world.portal, door, who, password, &from()).await;
            assert!(matches!(refused, Err(Refused::Wrong)), "{door:?} {who}: {refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_slow_down_only_their_own_network() {
    each_world(async |world| {
        producer(world, "luz").await;
        let (portal, owner) = (&world.portal, origin("198.51.100.9"));
        for _ in 0..5 {
            let refused = enter(portal, Door::Producer, "luz@example.com", OTHER, &from()).await;
            assert!(matches!(refused, Err(Refused::Wrong)), "{refused:?}");
        }
        let refused = enter(portal, Door::Producer, "luz@example.com", PASSWORD, &from()).await;
        let Err(Refused::Limited { retry_after }) = refused else { panic!("{refused:?}") };
        assert!(retry_after <= Duration::from_secs(60), "{retry_after:?}");
        let elsewhere = enter(portal, Door::Producer, "luz@example.com", PASSWORD, &owner).await;
        assert!(matches!(elsewhere, Ok(Entered::In(_))), "nobody is locked out: {elsewhere:?}");
        world.clock.forward(Duration::from_secs(61));
        let later = enter(portal, Door::Producer, "luz@example.com", PASSWORD, &from()).await;
        assert!(matches!(later, Ok(Entered::In(_))), "{later:?}");
    })
    .await;
}

/// Turns the second step on; the secret, and the codes for the day on which it is lost.
async fn set_up(world: &World, door: Door, login: LoginId) -> (String, Vec<String>) {
    let portal = &world.portal;
    login::begin_set_up(portal, login).await.unwrap();
    let waits = login::pending_set_up(portal, login).await.unwrap().unwrap();
    login::begin_set_up(portal, login).await.unwrap();
    assert_eq!(login::pending_set_up(portal, login).await.unwrap().as_ref(), Some(&waits), "a page may be open");
    let wrong = login::confirm_set_up(portal, door, login, "000000", &from()).await;
    assert!(wrong.is_err());
    let code = second_step_code(&waits.secret, portal.wall());
    let codes = login::confirm_set_up(portal, door, login, &code, &from()).await.unwrap();
    (waits.secret, codes)
}

async fn ticket(world: &World, who: &str) -> Ticket {
    let entered = enter(&world.portal, Door::Producer, who, PASSWORD, &from()).await;
    let Ok(Entered::Code(ticket)) = entered else { panic!("{entered:?}") };
    let sealed = ticket.sealed(&world.portal).unwrap();
    assert_eq!(Ticket::open(&world.portal, Door::Staff, &sealed), None, "good at its own door only");
    Ticket::open(&world.portal, Door::Producer, &sealed).unwrap()
}

#[tokio::test]
async fn a_second_step_takes_each_code_once_and_stands_behind_the_password() {
    each_world(async |world| {
        producer(world, "luz").await;
        let (portal, who) = (&world.portal, "luz@example.com");
        let login = login_of(&signed_in(world, who, PASSWORD).await);
        let (secret, recovery) = set_up(world, Door::Producer, login).await;
        let ticket = ticket(world, who).await;
        let take = async |code: &str| login::enter_code(portal, Door::Producer, &ticket, code, &from()).await;
        let used = second_step_code(&secret, portal.wall());
        assert!(matches!(take(&used).await, Err(CodeRefused::Wrong)), "the code of the set-up was taken");
        world.clock.forward(Duration::from_secs(30));
        let next = second_step_code(&secret, portal.wall());
        let token = take(&next).await.unwrap();
        assert!(resume_producer(portal, &token, from()).await.unwrap().is_some());
        assert!(matches!(take(&next).await, Err(CodeRefused::Wrong)), "read over a shoulder");
        let typed = recovery[3].to_uppercase().replace('-', " ");
        take(&typed).await.unwrap();
        assert!(matches!(take(&typed).await, Err(CodeRefused::Wrong)), "once");
        assert_eq!(login::view(portal, login).await.unwrap().unwrap().codes_left, 9);
        for _ in 0..5 {
            let _ = take("123456").await;
        }
        assert!(matches!(take(&recovery[0]).await, Err(CodeRefused::Limited { .. })));
        world.clock.forward(Duration::from_secs(601));
        let sealed = ticket.sealed(portal).unwrap();
        assert_eq!(Ticket::open(portal, Door::Producer, &sealed), None, "ten minutes");
    })
    .await;
}

#[tokio::test]
async fn the_staff_is_not_in_before_a_second_step_is_set_up() {
    each_world(async |world| {
        let portal = &world.portal;
        let new = NewStaff {
            email: email("rui@example.com"),
            name: line("Rui"),
            role: StaffRole::Agent,
            password: PASSWORD.to_owned(),
        };
        let staff = create_staff(portal, new).await.unwrap();
        let entered = enter(portal, Door::Staff, "rui@example.com", PASSWORD, &from()).await;
        let Ok(Entered::SetUp(ticket)) = entered else { panic!("{entered:?}") };
        assert_eq!(login::enter_set_up(portal, &ticket, &from()).await.unwrap(), None, "not without its first code");
        set_up(world, Door::Staff, LoginId(staff.0)).await;
        let token = login::enter_set_up(portal, &ticket, &from()).await.unwrap().unwrap();
        assert_eq!(resume_staff(portal, &token, from()).await.unwrap().unwrap().id(), staff);
        let entered = enter(portal, Door::Staff, "rui@example.com", PASSWORD, &from()).await;
        assert!(matches!(entered, Ok(Entered::Code(_))), "{entered:?}");
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_a_link_that_works_once() {
    each_world(async |world| {
        producer(world, "luz").await;
        let (portal, who) = (&world.portal, email("luz@example.com"));
        let before = signed_in(world, who.as_str(), PASSWORD).await;
        let nobody = email("nobody@example.com");
        for address in [&who, &nobody] {
            login::ask_reset(portal, Door::Producer, address, &from()).await.unwrap();
        }
        world.settle().await;
        assert!(world.mail.taken().iter().all(|letter| letter.to != nobody), "a stranger gets no mail");
        let token = link(world, who.as_str());
        assert_eq!(login::reset_of_token(portal, Door::Producer, &token).await.unwrap(), Some(who.clone()));
        assert_eq!(login::reset_of_token(portal, Door::Staff, &token).await.unwrap(), None);
        let weak = login::reset(portal, Door::Producer, &token, "short", &from()).await;
        assert!(matches!(weak, Err(ResetError::Weak)));
        login::reset(portal, Door::Producer, &token, OTHER, &from()).await.unwrap();
        let twice = login::reset(portal, Door::Producer, &token, PASSWORD, &from()).await;
        assert!(matches!(twice, Err(ResetError::Ended)));
        let session = before.session().unwrap();
        let sql = "select ended_at from sessions where id = $1";
        let mut reader = portal.db.read().await.unwrap();
        let (ended,): (Option<i64>,) =
            on!(reader.conn(), c => sqlx::query_as(sql).bind(session.0).fetch_one(c).await.unwrap());
        assert!(ended.is_some(), "every session ended");
        drop(reader);
        signed_in(world, who.as_str(), OTHER).await;
        world.settle().await;
        assert_eq!(
            world.mail.taken().iter().filter(|letter| letter.to == who).count(),
            2,
            "the link, and that it is done"
        );
        for _ in 0..2 {
            login::ask_reset(portal, Door::Producer, &who, &from()).await.unwrap();
        }
        let limited = login::ask_reset(portal, Door::Producer, &who, &from()).await;
        assert!(matches!(limited, Err(ResetError::Limited { .. })), "{limited:?}");
        world.settle().await;
        let last = link(world, who.as_str());
        world.clock.forward(Duration::from_secs(3601));
        assert_eq!(login::reset_of_token(portal, Door::Producer, &last).await.unwrap(), None, "an hour");
    })
    .await;
}

async fn invite(world: &World, luz: &Producer, who: &str, role: MemberRole) -> String {
    login::invite(&world.portal, (luz, luz.member().unwrap()), &email(who), role).await.unwrap();
    world.settle().await;
    link(world, who)
}

async fn accept(
    world: &World,
    token: &str,
    name: Option<&str>,
    password: &str,
) -> Result<Option<String>, login::AcceptError> {
    let how = Acceptance { name: name.map(line), password: password.to_owned() };
    login::accept(&world.portal, token, how, &from()).await
}

#[tokio::test]
async fn somebody_works_for_several_producers_with_one_login_and_goes_from_one_to_the_other() {
    each_world(async |world| {
        producer(world, "luz").await;
        producer(world, "sol").await;
        let portal = &world.portal;
        let luz = signed_in(world, "luz@example.com", PASSWORD).await;
        let overtaken = invite(world, &luz, "rui@example.com", MemberRole::Owner).await;
        let token = invite(world, &luz, "rui@example.com", MemberRole::Agent).await;
        assert!(login::invitation_of_token(portal, &overtaken).await.unwrap().is_none(), "the last one counts");
        assert!(accept(world, &token, None, PASSWORD).await.is_err(), "a name is wanted");
        assert!(accept(world, &token, Some("Rui"), "short").await.is_err());
        let session = accept(world, &token, Some("Rui"), PASSWORD).await.unwrap().unwrap();
        let rui = resume_producer(portal, &session, from()).await.unwrap().unwrap();
        assert_eq!((rui.slug().as_str(), rui.member().unwrap().role), ("luz", MemberRole::Agent));
        assert!(accept(world, &token, Some("Eva"), PASSWORD).await.is_err(), "once");
        let again =
            login::invite(portal, (&luz, luz.member().unwrap()), &email("rui@example.com"), MemberRole::Owner).await;
        assert!(matches!(again, Err(InviteError::IsMember)));

        let sol = signed_in(world, "sol@example.com", PASSWORD).await;
        let token = invite(world, &sol, "rui@example.com", MemberRole::Owner).await;
        assert!(login::invitation_of_token(portal, &token).await.unwrap().unwrap().has_login);
        assert!(accept(world, &token, None, OTHER).await.is_err(), "whoever signs in already proves it");
        let session = accept(world, &token, None, PASSWORD).await.unwrap().unwrap();
        let rui = resume_producer(portal, &session, from()).await.unwrap().unwrap();
        assert_eq!((rui.slug().as_str(), rui.member().unwrap().role), ("sol", MemberRole::Owner));
        assert_eq!(login::employers(portal, rui.member().unwrap()).await.unwrap().len(), 2);
        let to = |slug| Slug::parse(slug).unwrap();
        let token = login::switch(portal, &rui, &to("luz")).await.unwrap().unwrap();
        assert!(resume_producer(portal, &session, from()).await.unwrap().is_none(), "the old session ended");
        let rui = resume_producer(portal, &token, from()).await.unwrap().unwrap();
        assert_eq!(rui.slug().as_str(), "luz");
        assert_eq!(login::switch(portal, &luz, &to("sol")).await.unwrap(), None, "not for whom one does not work");
    })
    .await;
}

#[tokio::test]
async fn a_producer_keeps_an_owner_and_whoever_is_removed_is_out() {
    each_world(async |world| {
        producer(world, "luz").await;
        let portal = &world.portal;
        let luz = signed_in(world, "luz@example.com", PASSWORD).await;
        let own = login_of(&luz);
        let token = invite(world, &luz, "rui@example.com", MemberRole::Agent).await;
        let session = accept(world, &token, Some("Rui"), PASSWORD).await.unwrap().unwrap();
        let rui = login_of(&resume_producer(portal, &session, from()).await.unwrap().unwrap());
        for refused in
            [login::remove(portal, &luz, own).await, login::set_role(portal, &luz, own, MemberRole::Agent).await]
        {
            assert!(matches!(refused, Err(NotRemoved::LastOwner)), "{refused:?}");
        }
        login::set_role(portal, &luz, rui, MemberRole::Owner).await.unwrap();
        assert!(resume_producer(portal, &session, from()).await.unwrap().is_none(), "a new session for a new role");
        login::set_role(portal, &luz, own, MemberRole::Agent).await.unwrap();
        let sol = producer(world, "sol").await;
        assert!(matches!(login::remove(portal, &sol, rui).await, Err(NotRemoved::NotFound)), "of another producer");
        let rui_in = signed_in(world, "rui@example.com", PASSWORD).await;
        login::remove(portal, &rui_in, own).await.unwrap();
        let gone = enter(portal, Door::Producer, "luz@example.com", PASSWORD, &from()).await;
        assert!(matches!(gone, Err(Refused::NoProducer)), "{gone:?}");
        assert_eq!(login::members(portal, &rui_in).await.unwrap().members.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_proof_is_good_for_a_quarter_of_an_hour_and_begins_a_new_session() {
    each_world(async |world| {
        producer(world, "luz").await;
        let portal = &world.portal;
        let luz = signed_in(world, "luz@example.com", PASSWORD).await;
        let since = luz.member().unwrap().since;
        assert!(login::is_fresh(portal, since));
        world.clock.forward(Duration::from_secs(15 * 60 + 1));
        assert!(!login::is_fresh(portal, since));
        let who = Changed::of_producer(&luz).unwrap();
        assert!(matches!(login::prove(portal, &who, OTHER, "").await, Err(NotProved::Wrong)));
        let token = login::prove(portal, &who, PASSWORD, "").await.unwrap();
        let again = resume_producer(portal, &token, from()).await.unwrap().unwrap();
        assert!(login::is_fresh(portal, again.member().unwrap().since));
        assert_ne!(again.session(), luz.session());
        let changed = login::change_password(portal, &Changed::of_producer(&again).unwrap(), PASSWORD, OTHER).await;
        let newest = resume_producer(portal, &changed.unwrap(), from()).await.unwrap().unwrap();
        assert!(resume_producer(portal, &token, from()).await.unwrap().is_none(), "every other session ended");
        assert_eq!(login_of(&newest), login_of(&luz));
        signed_in(world, "luz@example.com", OTHER).await;
    })
    .await;
}
