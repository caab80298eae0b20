//! The top of the house: which feature does which job, and what recurs by itself. Nothing imports this module but those who start a worker.

use crate::db::{Error, Statement, Tx};
use crate::message::{Content, Draft, Writer};
use crate::outbox::{self, Dispatcher, Lane, MailAttempt, Outcome, Run, Work};
use crate::{
    Portal, access, account, audit, billing, card, catalogue, document, gateway_inbox, intake, ledger, mail, order,
    plan, policy, purchases, refund, sales, session, sign_in, subscription, verify,
};
use futures::future::BoxFuture;
use ground::letter::Letter;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The jobs of the house itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Lets the gateways that live in this installation do what is due.
    #[serde(rename = "tend_gateways")]
    TendGateways,
    /// Removes what is no longer needed: old counters, links and sessions.
    #[serde(rename = "tidy")]
    Tidy,
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::TendGateways => "tend_gateways",
            Self::Tidy => "tidy",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::TendGateways | Self::Tidy => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::TendGateways => Lane::Shared("gateways".to_owned()),
            Self::Tidy => Lane::Shared("tidy".to_owned()),
        }
    }
}

/// Every job there is, as it stands in the queue: the word of its kind tells them apart.
#[derive(Deserialize)]
#[serde(untagged)]
enum Any {
    Access(access::Job),
    Billing(billing::Job),
    Refund(refund::Job),
    Card(card::Job),
    Plan(plan::Job),
    Subscription(subscription::Job),
    Account(account::Job),
    House(Job),
    AccessMail(access::Mail),
    BillingMail(billing::Mail),
    RefundMail(refund::Mail),
    CardMail(card::Mail),
    PlanMail(plan::Mail),
    SubscriptionMail(subscription::Mail),
    AccountMail(account::Mail),
    SignInMail(sign_in::Mail),
    PurchaseMail(purchases::Mail),
}

/// The dispatcher of this product.
pub struct Table {
    writer: Arc<dyn Writer>,
}

impl Table {
    /// Mails are put into words by `writer`.
    pub fn new(writer: Arc<dyn Writer>) -> Self {
        Self { writer }
    }

    async fn run(&self, portal: &Portal, job: &Any, run: Run<'_>) -> Result<Outcome, Error> {
        let draft = match job {
            Any::Access(job) => return access::run(portal, job, run).await,
            Any::Billing(job) => return billing::run(portal, job, run).await,
            Any::Refund(job) => return refund::run(portal, job, run).await,
            Any::Card(job) => return card::run(portal, job, run).await,
            Any::Plan(job) => return plan::run(portal, job, run).await,
            Any::Subscription(job) => return subscription::run(portal, job, run).await,
            Any::Account(job) => return account::run(portal, job, run).await,
            Any::House(job) => return run_house(portal, job).await,
            Any::AccessMail(mail) => access::draft(portal, mail).await?.map(|draft| draft.map(Content::Access)),
            Any::BillingMail(mail) => billing::draft(portal, mail).await?.map(|draft| draft.map(Content::Billing)),
            Any::RefundMail(mail) => refund::draft(portal, mail).await?.map(|draft| draft.map(Content::Refund)),
            Any::CardMail(mail) => card::draft(portal, mail).await?.map(|draft| draft.map(Content::Card)),
            Any::PlanMail(mail) => plan::draft(portal, mail).await?.map(|draft| draft.map(Content::Plan)),
            Any::SubscriptionMail(mail) => {
                subscription::draft(portal, mail).await?.map(|draft| draft.map(Content::Subscription))
            }
            Any::AccountMail(mail) => account::draft(portal, mail).await?.map(|draft| draft.map(Content::Account)),
            Any::SignInMail(mail) => sign_in::draft(portal, mail).await?.map(|draft| draft.map(Content::SignIn)),
            Any::PurchaseMail(mail) => purchases::draft(portal, mail).await?.map(|draft| draft.map(Content::Purchase)),
        };
        match draft {
            Some(draft) => Ok(Outcome::Mail(self.send(portal, draft).await)),
            None => Ok(Outcome::NothingToTell),
        }
    }

    /// Puts a mail into words and hands it over.
    async fn send(&self, portal: &Portal, draft: Draft<Content>) -> MailAttempt {
        let (kind, words) = (draft.content.word(), self.writer.write(&draft));
        let Draft { id, to, language, person, order, .. } = draft;
        let letter = Letter { id, to, subject: words.subject, text: words.text, html: words.html };
        let answer = portal.ports.mail.send(&letter).await;
        MailAttempt { letter: letter.id, kind, to: letter.to, language, person, order, answer }
    }
}

impl Dispatcher for Table {
    fn run<'a>(&'a self, portal: &'a Portal, payload: &'a str, run: Run<'a>) -> BoxFuture<'a, Result<Outcome, Error>> {
        Box::pin(async move {
            match serde_json::from_str::<Any>(payload) {
                Ok(job) => Self::run(self, portal, &job, run).await,
                Err(error) => Ok(Outcome::Dead(format!("not a job: {error}"))),
            }
        })
    }

    fn start<'a>(&'a self, portal: &'a Portal, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            outbox::put(portal, tx, Job::Tidy).await?;
            outbox::put(portal, tx, card::Job::Remind).await
        })
    }
}

async fn run_house(portal: &Portal, job: &Job) -> Result<Outcome, Error> {
    match job {
        Job::TendGateways => Ok(portal.ports.gateways.tend(portal).await?.map_or(Outcome::Done, Outcome::At)),
        Job::Tidy => tidy(portal).await,
    }
}

/// Forgets what nobody needs any more: counters of yesterday, links, sessions and quotes of last month. Comes again in an hour.
async fn tidy(portal: &Portal) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    session::tidy(portal, &mut tx).await?;
    plan::tidy(portal, &mut tx).await?;
    sign_in::tidy(portal, &mut tx).await?;
    portal.commit(tx).await?;
    Ok(Outcome::At(portal.now().plus(Duration::from_secs(3600))))
}

/// Every statement of every store: a test prepares them all on both engines.
pub fn statements() -> Vec<Statement> {
    let of_features = [
        access::statements(),
        &account::statements(),
        audit::statements(),
        billing::statements(),
        card::statements(),
        catalogue::statements(),
        document::statements(),
        gateway_inbox::statements(),
        intake::statements(),
        ledger::statements(),
        mail::statements(),
        order::statements(),
        outbox::statements(),
        plan::statements(),
        policy::statements(),
        purchases::statements(),
        refund::statements(),
        sales::statements(),
        session::statements(),
        sign_in::statements(),
        subscription::statements(),
        verify::statements(),
    ];
    of_features.concat()
}
