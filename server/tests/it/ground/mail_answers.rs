//! What a mail server may answer, at each step, and what becomes of the letter: it is sent, tried again, or refused for
//! ever. A letter is refused for ever only over its recipient or itself; whatever else a server says may pass.

use crate::harness::smtp_receiver::{Does, Mood, Receiver, Step};
use End::{Again, Never, Sent};
use portal::message::Letter;
use portal::ports::{Mail, MailError};
use server::clock::SystemClock;
use server::mail::Smtp;
use std::sync::Arc;
use std::time::Duration;
use types::Email;

/// How long the server may take: far longer than it does, because machines that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(60);
/// The same where it answers nothing.
const SHORT: Duration = Duration::from_millis(400);

/// What becomes of a letter, and what is kept of what the server said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Sent,
    Again(&'static str),
    Never(&'static str),
}

/// What a server is like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Plain,
    /// Offers STARTTLS with a certificate that nobody vouches for, to somebody who wants no promise.
    Offers,
    /// The same to somebody who wants one.
    Promises,
    /// Wants an account.
    Accounts,
    /// Knows nothing of addresses outside of ASCII.
    NoSmtpUtf8,
}

use Kind::{Accounts, NoSmtpUtf8, Offers, Plain, Promises};

struct Row(Kind, Step, Does, End);

fn says(step: Step, words: &'static str, end: End) -> Row {
    Row(Plain, step, Does::Says(words.as_bytes()), end)
}

fn hangs(step: Step) -> Row {
    Row(Plain, step, Does::Hangs, Again("did not answer in time"))
}

fn cuts(step: Step, kept: &'static str) -> Row {
    Row(Plain, step, Does::Cuts, Again(kept))
}

/// Everything before somebody is named is about us.
fn opening() -> Vec<Row> {
    use Step::{Auth, Ehlo, Greeting, StartTls};
    vec![
        says(Greeting, "220 receiver.test", Sent),
        says(Greeting, "421 4.3.2 shutting down", Again("greeting: 421 4.3.2 shutting down")),
        says(Greeting, "554 5.7.1 no service for you", Again("greeting: 554 5.7.1")),
        says(Greeting, "550 access denied", Again("greeting: 550 access denied")),
        says(Ehlo, "504 5.5.2 need fully-qualified hostname", Again("greeting: 504 5.5.2")),
        says(Ehlo, "550 5.7.1 you are listed", Again("greeting: 550 5.7.1 you are listed")),
        says(Ehlo, "421 too many connections", Again("greeting: 421 too many")),
        Row(Offers, StartTls, Does::Says(b"454 4.7.0 TLS not available"), Sent),
        Row(Offers, StartTls, Does::Cuts, Sent),
        Row(Promises, StartTls, Does::Says(b"454 4.7.0 TLS not available"), Again("greeting: 454 4.7.0")),
        Row(Promises, StartTls, Does::Cuts, Again("greeting: ")),
        Row(Accounts, Auth, Does::Says(b"235 2.7.0 come in"), Sent),
        Row(Accounts, Auth, Does::Says(b"535 5.7.8 bad credentials"), Again("greeting: 535 5.7.8 bad credentials")),
        Row(Accounts, Auth, Does::Says(b"454 4.7.0 try later"), Again("greeting: 454 4.7.0 try later")),
        hangs(Greeting),
        cuts(Greeting, "greeting: "),
        hangs(Ehlo),
        cuts(Ehlo, "greeting: "),
        Row(Accounts, Auth, Does::Hangs, Again("did not answer in time")),
    ]
}

/// The sender is us too; the recipient may not exist.
fn addresses() -> Vec<Row> {
    use Step::{Mail, Rcpt};
    let long: &'static str = Box::leak(format!("550 5.1.1 {}", "no such user ".repeat(60)).into_boxed_str());
    let longer: &'static str = Box::leak(format!("550 5.1.1 {}", "no ".repeat(1_000)).into_boxed_str());
    vec![
        says(Mail, "550 5.1.8 sender rejected", Again("sender: 550 5.1.8")),
        says(Mail, "553 not owned by user", Again("sender: 553")),
        says(Mail, "452 4.3.1 no room", Again("sender: 452")),
        hangs(Mail),
        says(Rcpt, "550 5.1.1 no such user", Never("recipient: 550 5.1.1 no such user")),
        says(Rcpt, "550 5.1.10 recipient not found", Never("recipient: 550 5.1.10")),
        says(Rcpt, "551 user not local", Never("recipient: 551 user not local")),
        says(Rcpt, "553 5.1.3 what address", Never("recipient: 553 5.1.3")),
        says(Rcpt, "550-5.1.1 The account does not exist.\r\n550 5.1.1 Please check.", Never("recipient: 550 5.1.1")),
        says(Rcpt, "550 5.1.1 usuário não existe", Never("recipient: 550 5.1.1 usuário não existe")),
        says(Rcpt, long, Never("recipient: 550 5.1.1 no such user")),
        // What cannot be read as an answer is no word about a person.
        says(Rcpt, longer, Again("too long")),
        Row(Plain, Rcpt, Does::Says(b"550 5.1.1 usu\xe1rio n\xe3o existe"), Again("UTF-8")),
        says(Rcpt, "550-5.1.1 one\r\n250 5.1.1 other", Again("recipient: ")),
        says(Rcpt, "hello", Again("recipient: ")),
        says(Rcpt, "552 5.2.2 mailbox full", Again("recipient: 552 5.2.2")),
        says(Rcpt, "550 5.4.5 daily user sending limit exceeded", Again("recipient: 550 5.4.5")),
        says(Rcpt, "550 Connection frequency limited", Again("recipient: 550 Connection frequency limited")),
        says(Rcpt, "450 4.2.1 try later", Again("recipient: 450 4.2.1")),
        says(Rcpt, "451 4.7.1 greylisted", Again("recipient: 451 4.7.1")),
        hangs(Rcpt),
        cuts(Rcpt, "recipient: "),
    ]
}

/// The letter itself may be refused. Where nobody knows whether it was taken, it comes again under its Message-ID.
fn letters() -> Vec<Row> {
    use Step::{Body, Data, Text};
    vec![
        says(Data, "451 4.3.0 queue file write error", Again("letter: 451 4.3.0")),
        says(Data, "554 no valid recipients", Again("letter: 554 no valid recipients")),
        hangs(Data),
        cuts(Data, "letter: "),
        cuts(Text, "letter: "),
        says(Body, "552 5.3.4 message too big", Never("letter: 552 5.3.4 message too big")),
        says(Body, "550 5.7.1 looks like spam", Never("letter: 550 5.7.1 looks like spam")),
        says(Body, "554 5.7.0 try again later", Again("letter: 554 5.7.0 try again later")),
        says(Body, "452 4.3.1 insufficient storage", Again("letter: 452 4.3.1")),
        hangs(Body),
        cuts(Body, "letter: "),
        Row(NoSmtpUtf8, Step::Quit, Does::Says(b"221 bye"), Again("SMTPUTF8")),
    ]
}

#[tokio::test]
async fn every_answer_of_a_mail_server_has_its_end() {
    let table: Vec<Row> = opening().into_iter().chain(addresses()).chain(letters()).collect();
    assert!(table.len() >= 40, "{}", table.len());
    let mut wrong = Vec::new();
    for Row(kind, step, does, expected) in table {
        let found = end(kind, step, does).await;
        let is_right = match (&found, expected) {
            (Ok(()), Sent) => true,
            (Err(MailError::Temporary(words)), Again(kept)) | (Err(MailError::Refused(words)), Never(kept)) => {
                words.contains(kept) && words.chars().count() <= 500 && !words.contains(['\r', '\n'])
            }
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{kind:?} {step:?} {does:?}: {found:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_refusal_is_heard_although_the_server_is_slow_to_say_good_bye() {
    let receiver = Receiver::start().await;
    receiver.set(Mood::RefusesAndHangs("550 5.1.1 no such user"));
    let begun = tokio::time::Instant::now();
    let answer = smtp(&receiver, Plain, PATIENCE).send(&letter("ana@example.com")).await;
    assert!(matches!(answer, Err(MailError::Refused(_))), "{answer:?}");
    assert!(begun.elapsed() < PATIENCE, "nobody waits for a good-bye");
}

async fn end(kind: Kind, step: Step, does: Does) -> Result<(), MailError> {
    let receiver = match kind {
        Plain => Receiver::start().await,
        Offers | Promises => Receiver::start_with_starttls().await,
        Accounts => Receiver::start_with_accounts().await,
        NoSmtpUtf8 => Receiver::start_without_smtputf8().await,
    };
    receiver.set(Mood::At(step, does));
    let to = if kind == NoSmtpUtf8 { "joão@example.com" } else { "ana@example.com" };
    let patience = if does == Does::Hangs { SHORT } else { PATIENCE };
    let answer = smtp(&receiver, kind, patience).send(&letter(to)).await;
    // A letter that cannot be sent at all comes to no step of its own.
    assert!(kind == NoSmtpUtf8 || receiver.has_reached(step), "{kind:?} {step:?} {does:?} was not reached: {answer:?}");
    let taken = receiver.taken().len();
    assert_eq!(taken, usize::from(answer.is_ok()), "{step:?} {does:?}: {answer:?}");
    answer
}

fn smtp(receiver: &Receiver, kind: Kind, patience: Duration) -> Smtp {
    let url = match kind {
        Plain | NoSmtpUtf8 => receiver.url(),
        Offers => format!("{}?starttls=opportunistic", receiver.url()),
        Promises => format!("{}?starttls=required", receiver.url()),
        Accounts => receiver.url().replace("smtp://", "smtp://portal:secret@"),
    };
    let from = "Portal <portal@shop.test>".parse().unwrap();
    Smtp::new(&url, "portal.shop.test", from, Arc::new(SystemClock)).unwrap().with_patience(patience)
}

fn letter(to: &str) -> Letter {
    Letter {
        id: "letter".to_owned(),
        to: Email::parse(to).unwrap(),
        sender: None,
        subject: "Seu acesso à Área".to_owned(),
        text: "Olá\n".to_owned(),
        html: "<p>Olá</p>".to_owned(),
    }
}
