//! Letters over SMTP, to a server that is real but for its size, and to the built-in mailbox.

use crate::harness::smtp_receiver::{Mood, Receiver};
use portal::db::Db;
use portal::message::{Letter, Sender};
use portal::ports::{Mail, MailError};
use server::clock::SystemClock;
use server::mail::{Mailbox, Smtp, mailbox};
use std::sync::Arc;
use std::time::Duration;
use types::{Email, Legal, Look};

fn letter(id: &str) -> Letter {
    Letter {
        id: id.to_owned(),
        to: Email::parse("ana@example.com").unwrap(),
        sender: None,
        subject: "Seu acesso à Área".to_owned(),
        text: "Olá\n.\nhttps://portal.example.com/l/abc\n".to_owned(),
        html: "<p>Olá</p>".to_owned(),
    }
}

fn smtp(receiver: &Receiver) -> Smtp {
    let from = "Portal <portal@shop.test>".parse().unwrap();
    Smtp::new(&receiver.url(), "portal.shop.test", from, Arc::new(SystemClock)).unwrap()
}

#[tokio::test]
async fn a_letter_arrives_with_both_parts_and_the_same_message_id_each_time() {
    let receiver = Receiver::start().await;
    let smtp = smtp(&receiver);
    for _ in 0..2 {
        smtp.send(&letter("letter-1")).await.unwrap();
    }
    let taken = receiver.taken();
    assert_eq!(taken.len(), 2, "two letters over one connection");
    assert_eq!(receiver.connections(), 1, "two letters over one connection");
    for mail in taken {
        assert!(mail.from.contains("<portal@shop.test>") && mail.to[0].contains("<ana@example.com>"));
        for part in [
            "Message-ID: <letter-1@shop.test>",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "Auto-Submitted: auto-generated",
            "Date: ",
        ] {
            assert!(mail.content.contains(part), "{part} in {}", mail.content);
        }
    }
}

#[tokio::test]
async fn what_comes_again_and_what_does_not() {
    let receiver = Receiver::start().await;
    let smtp = smtp(&receiver);
    for (answer, is_temporary) in [
        ("450 4.2.1 try later", true),
        ("451 4.7.1 greylisted", true),
        ("530 5.7.0 authenticate first", true),
        ("550 5.1.1 no such user", false),
        ("553 5.1.3 what address", false),
        ("552 5.2.2 mailbox full", true),
        ("550 5.4.5 daily user sending limit exceeded", true),
    ] {
        receiver.set(Mood::Refuses(answer));
        let error = smtp.send(&letter("l")).await.unwrap_err();
        assert_eq!(matches!(error, MailError::Temporary(_)), is_temporary, "{answer}: {error}");
    }
    receiver.set(Mood::Breaks);
    assert!(matches!(smtp.send(&letter("l")).await, Err(MailError::Temporary(_))));
    receiver.set(Mood::Slow(Duration::from_millis(50)));
    smtp.send(&letter("l")).await.unwrap();
    assert_eq!(receiver.taken().len(), 1);
}

#[tokio::test]
async fn the_server_is_greeted_with_the_name_of_the_portal_and_a_domain_with_accents_goes_in_punycode() {
    let receiver = Receiver::start_without_smtputf8().await;
    let to = Email::parse("ana@münchen.de").unwrap();
    smtp(&receiver).send(&Letter { to, ..letter("letter-1") }).await.unwrap();
    let taken = receiver.taken();
    assert_eq!(receiver.greeting(), "EHLO portal.shop.test");
    assert!(taken[0].to[0].contains("<ana@xn--mnchen-3ya.de>"), "{:?}", taken[0].to);
    assert!(taken[0].content.is_ascii() && taken[0].content.contains("To: ana@xn--mnchen-3ya.de"));
}

#[tokio::test]
async fn a_letter_in_a_sellers_name_is_answered_to_him_and_a_long_link_stays_whole() {
    let receiver = Receiver::start().await;
    let (name, contact) = ("Escola Luz, São Paulo".to_owned(), Email::parse("oi@luz.test").unwrap());
    let sender = Sender { name, contact, legal: Legal::default(), look: Look::default(), mail_name: None };
    let link = format!("https://portal.example.com/l/{}", "a1B2".repeat(90));
    let text = format!("Olá\n{link}\n");
    let sent = Letter { sender: Some(sender), text, to: Email::parse("ana..b@docomo.ne.jp").unwrap(), ..letter("l") };
    smtp(&receiver).send(&sent).await.unwrap();
    let taken = &receiver.taken()[0];
    assert!(taken.to[0].contains("<\"ana..b\"@docomo.ne.jp>"), "{:?}", taken.to);
    assert!(taken.from.contains("<portal@shop.test>") && taken.content.contains("Reply-To: oi@luz.test"));
    assert!(!taken.content.contains("quoted-printable") && taken.content.contains("base64"), "{}", taken.content);
    let mail = crate::harness::mail_server::read(&taken.content.replace('\n', "\r\n"));
    assert!(mail.from.contains("Escola Luz, São Paulo via Portal"), "{}", mail.from);
    assert!(mail.text.lines().any(|line| line == link), "{}", mail.text);
}

#[tokio::test]
async fn starttls_without_a_promise_takes_any_certificate_and_goes_on_in_clear_and_with_one_neither() {
    let receiver = Receiver::start_with_starttls().await;
    let by = |wish: &str| {
        let from = "Portal <portal@shop.test>".parse().unwrap();
        let url = format!("{}?starttls={wish}", receiver.url());
        Smtp::new(&url, "portal.shop.test", from, Arc::new(SystemClock)).unwrap()
    };
    by("opportunistic").send(&letter("a")).await.unwrap();
    assert!(receiver.taken()[0].is_encrypted, "where it is offered it is used");
    receiver.set(Mood::CannotEncrypt);
    by("opportunistic").send(&letter("b")).await.unwrap();
    assert!(!receiver.taken()[1].is_encrypted, "454 is no reason to keep a letter");
    for mood in [Mood::CannotEncrypt, Mood::Takes] {
        receiver.set(mood);
        let error = by("required").send(&letter("c")).await.unwrap_err();
        assert!(matches!(error, MailError::Temporary(_)), "{mood:?}: {error}");
    }
    assert_eq!(receiver.taken().len(), 2, "nothing was sent to somebody whom nobody vouches for");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let from: lettre::message::Mailbox = "portal@shop.test".parse().unwrap();
    let nobody = Smtp::new("smtp://127.0.0.1:1", "portal.shop.test", from, Arc::new(SystemClock)).unwrap();
    assert!(matches!(nobody.send(&letter("l")).await, Err(MailError::Temporary(_))));
}

#[tokio::test]
async fn the_built_in_mailbox_keeps_a_letter_once() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}/t.db", folder.path().display())).await.unwrap();
    db.migrate().await.unwrap();
    let built_in = Mailbox::new(db.clone(), Arc::new(SystemClock));
    for id in ["a", "a", "b"] {
        built_in.send(&letter(id)).await.unwrap();
    }
    assert_eq!(mailbox::latest(&db, Some("Ana@Example.com")).await.unwrap().len(), 2);
    assert_eq!(mailbox::latest(&db, Some("other@example.com")).await.unwrap().len(), 0);
}
