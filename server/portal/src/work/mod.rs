//! The top of the rules: which feature does which job ([`Table`]), what follows from an event in other features
//! ([`follow()`]), and what recurs by itself. Only those who start a worker import this module.

mod follow;
mod job;
mod traces;

pub use follow::follow;
pub use job::{House, Job};
pub use traces::traces;

use crate::db::{Error, Statement, Tx};
use crate::event::{self, Event};
use crate::message::{Content, Draft, Writer};
use crate::outbox::{self, Dispatcher, MailAttempt, NewJob, Outcome, Run};
use crate::{
    Portal, access, account, billing, card, catalogue, connection, document, drawer, gateway_inbox, intake, ledger,
    login, mail, order, plan, policy, portal_link, purchases, refund, report, sales, search, session, sign_in,
    subscription, verify,
};
use futures::future::BoxFuture;
use ground::letter::Letter;
use ground::ports::MailError;
use ground::traces::Traces;
use std::sync::Arc;
use std::time::Duration;

/// The dispatcher of this product.
pub struct Table {
    writer: Arc<dyn Writer>,
}

impl Table {
    /// Mails are put into words by `writer`.
    pub fn new(writer: Arc<dyn Writer>) -> Self {
        Self { writer }
    }

    async fn run(&self, portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
        let draft = match job {
            Job::Access(job) => return access::run(portal, job, run).await,
            Job::Billing(job) => return billing::run(portal, job, run).await,
            Job::Refund(job) => return refund::run(portal, job, run).await,
            Job::Card(job) => return card::run(portal, job, run).await,
            Job::Plan(job) => return plan::run(portal, job, run).await,
            Job::Subscription(job) => return subscription::run(portal, job, run).await,
            Job::Account(job) => return account::run(portal, job, run).await,
            Job::PortalLink(job) => return portal_link::run(portal, job, run).await,
            Job::Ledger(job) => return ledger::run(portal, job, run).await,
            Job::House(job) => return run_house(portal, job).await,
            Job::AccessMail(mail) => access::draft(portal, mail).await?.map(|draft| draft.map(Content::Access)),
            Job::BillingMail(mail) => billing::draft(portal, mail).await?.map(|draft| draft.map(Content::Billing)),
            Job::RefundMail(mail) => refund::draft(portal, mail).await?.map(|draft| draft.map(Content::Refund)),
            Job::CardMail(mail) => card::draft(portal, mail).await?.map(|draft| draft.map(Content::Card)),
            Job::PlanMail(mail) => plan::draft(portal, mail).await?.map(|draft| draft.map(Content::Plan)),
            Job::SubscriptionMail(mail) => {
                subscription::draft(portal, mail).await?.map(|draft| draft.map(Content::Subscription))
            }
            Job::AccountMail(mail) => account::draft(portal, mail).await?.map(|draft| draft.map(Content::Account)),
            Job::LoginMail(mail) => login::draft(portal, mail).await?.map(|draft| draft.map(Content::Login)),
            Job::DrawerMail(mail) => drawer::draft(portal, mail).await?.map(|draft| draft.map(Content::Drawer)),
            Job::SignInMail(mail) => sign_in::draft(portal, mail).await?.map(|draft| draft.map(Content::SignIn)),
            Job::PortalLinkMail(mail) => {
                portal_link::draft(portal, mail).await?.map(|draft| draft.map(Content::PortalLink))
            }
            Job::PurchaseMail(mail) => purchases::draft(portal, mail).await?.map(|draft| draft.map(Content::Purchase)),
        };
        match draft {
            Some(draft) => Ok(Outcome::Mail(self.send(portal, draft).await)),
            None => Ok(Outcome::NothingToTell),
        }
    }

    /// Puts a mail into words and hands it over.
    async fn send(&self, portal: &Portal, draft: Draft<Content>) -> MailAttempt {
        let (kind, words) = (draft.content.kind(), self.writer.write(&draft, &portal.options.base_url));
        let Draft { id, to, language, person, order, sender, .. } = draft;
        let letter = Letter { id, to, sender, subject: words.subject, text: words.text, html: words.html };
        let answer = match letter.to.is_unknown() {
            true => Err(MailError::Refused("the address that came with the order could not be read".to_owned())),
            false => portal.ports.mail.send(&letter).await,
        };
        MailAttempt { letter: letter.id, kind, to: letter.to, language, person, order, answer }
    }
}

impl Dispatcher for Table {
    fn run<'a>(&'a self, portal: &'a Portal, payload: &'a str, run: Run<'a>) -> BoxFuture<'a, Result<Outcome, Error>> {
        Box::pin(async move {
            match serde_json::from_str::<Job>(payload) {
                Ok(job) => Self::run(self, portal, &job, run).await,
                Err(error) => Ok(Outcome::Dead(format!("not a job: {error}"))),
            }
        })
    }

    fn follow(&self, event: &Event) -> Vec<NewJob> {
        follow(event).iter().map(NewJob::of).collect()
    }

    fn traces(&self) -> &'static [&'static Traces] {
        traces()
    }

    fn start<'a>(&'a self, portal: &'a Portal, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            outbox::put(portal, tx, House::Tidy).await?;
            outbox::put(portal, tx, card::Job::Remind).await
        })
    }
}

async fn run_house(portal: &Portal, job: &House) -> Result<Outcome, Error> {
    match job {
        House::Tidy => tidy(portal).await,
    }
}

/// Forgets what nobody needs any more: counters of yesterday, links, sessions and quotes of last month. Comes again in
/// an hour.
async fn tidy(portal: &Portal) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    session::tidy(portal, &mut tx).await?;
    plan::tidy(portal, &mut tx).await?;
    sign_in::tidy(portal, &mut tx).await?;
    login::tidy(portal, &mut tx).await?;
    portal.commit(tx).await?;
    Ok(Outcome::At(portal.now().plus(Duration::from_secs(3600))))
}

/// Every statement of every store: a test prepares them all on both engines.
pub fn statements() -> Vec<Statement> {
    let of_features = [
        access::statements(),
        account::statements(),
        billing::statements(),
        card::statements(),
        catalogue::statements(),
        connection::statements(),
        document::statements(),
        drawer::statements(),
        event::statements(),
        gateway_inbox::statements(),
        intake::statements(),
        ledger::statements(),
        login::statements(),
        mail::statements(),
        order::statements(),
        outbox::statements(),
        plan::statements(),
        policy::statements(),
        portal_link::statements(),
        purchases::statements(),
        refund::statements(),
        report::statements(),
        sales::statements(),
        search::statements(),
        session::statements(),
        sign_in::statements(),
        subscription::statements(),
        verify::statements(),
    ];
    let of_traces = traces().iter().map(|traces| traces.statements);
    of_features.into_iter().chain(of_traces).flatten().copied().collect()
}
