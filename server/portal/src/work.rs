//! The top of the house: which feature does which job, and what recurs by itself. Nothing imports this module but those who start a worker.

use crate::Portal;
use crate::db::{Error, Statement, Tx};
use crate::job::Job;
use crate::message::{Draft, Writer};
use crate::outbox::{self, Dispatcher, Outcome, Run, SentLetter};
use crate::ports::MailError;
use crate::{
    access, account, audit, billing, card, catalogue, document, gateway_inbox, intake, ledger, order, plan, policy,
    purchases, refund, sales, session, sign_in, subscription, verify,
};
use futures::future::BoxFuture;
use ground::letter::Letter;
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
        if let Some(draft) = draft(portal, job).await? {
            return self.send(portal, draft).await;
        }
        work(portal, job, run).await
    }

    /// Writes a mail and hands it over.
    async fn send(&self, portal: &Portal, Draft { id, message }: Draft) -> Result<Outcome, Error> {
        let (kind, words) = (message.content.word(), self.writer.write(&message));
        let letter = Letter { id, to: message.to, subject: words.subject, text: words.text, html: words.html };
        Ok(match portal.ports.mail.send(&letter).await {
            Ok(()) => Outcome::Sent(SentLetter { id: letter.id, to: letter.to, kind }),
            Err(error @ MailError::Temporary(_)) => Outcome::Again { after: None, reason: error.to_string() },
            Err(error @ MailError::Refused(_)) => Outcome::Dead(error.to_string()),
        })
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

    fn start<'a>(&'a self, portal: &'a Portal, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            outbox::put(portal, tx, Job::Tidy).await?;
            outbox::put(portal, tx, Job::RemindCards).await
        })
    }
}

/// The mail that a job is, if there still is something to tell.
async fn draft(portal: &Portal, job: &Job) -> Result<Option<Draft>, Error> {
    match job {
        Job::MailLink { link } => sign_in::mail_link(portal, *link).await,
        Job::MailPurchase { order } => purchases::mail_purchase(portal, *order).await,
        Job::MailRefund { refund, moment } => refund::mail_buyer(portal, *refund, *moment).await,
        Job::MailProducerRefundFailed { refund } => refund::mail_producer_failed(portal, *refund).await,
        Job::MailProducerRefundByHand { refund } => refund::mail_producer_by_hand(portal, *refund).await,
        Job::MailProducerRefundAsked { refund } => refund::mail_producer_asked(portal, *refund).await,
        Job::RemindProducerRefund { refund } => refund::remind_producer(portal, *refund).await,
        Job::MailDeliveryStopped { delivery } => access::mail_delivery_stopped(portal, *delivery).await,
        Job::MailEmailChange { change } => account::mail_email_change(portal, *change).await,
        Job::MailEmailNotice { change } => account::mail_email_notice(portal, *change).await,
        Job::MailEmailChanged { change, to_old } => account::mail_email_changed(portal, *change, *to_old).await,
        Job::MailErasure { erasure, is_undone } => account::mail_erasure(portal, *erasure, *is_undone).await,
        Job::MailAccessNotice { notice } => access::mail_notice(portal, *notice).await,
        Job::MailInvoice { invoice, moment, tries } => billing::mail_invoice(portal, *invoice, *moment, *tries).await,
        Job::MailRenewal { order, charge_at } => billing::mail_renewal(portal, *order, *charge_at).await,
        Job::MailPlan { change, moment } => plan::mail_buyer(portal, *change, *moment).await,
        Job::MailProducerPlanReturn { change } => plan::mail_producer(portal, *change).await,
        Job::MailCancellation { cancellation, moment } => {
            subscription::mail_buyer(portal, *cancellation, *moment).await
        }
        Job::MailProducerCancellation { cancellation, moment } => {
            subscription::mail_producer(portal, *cancellation, *moment).await
        }
        Job::MailProducerMessage { retention } => subscription::mail_producer_message(portal, *retention).await,
        Job::MailCardChanged { update, order } => card::mail_changed(portal, *update, *order).await,
        Job::MailMethodChanged { order, request, method } => card::mail_method(portal, *order, *request, *method).await,
        Job::MailCardExpiring { order } => card::mail_expiring(portal, *order).await,
        _ => Ok(None),
    }
}

/// Does what a job asks for that is no mail; a mail that has nothing to tell any more is done.
async fn work(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::NoticeAccess { producer, person } => access::notice(portal, *producer, *person).await,
        Job::AdvanceErasure { erasure } => account::advance_erasure(portal, *erasure).await,
        Job::AdvanceRefund { refund } => refund::advance(portal, *refund, run.is_last()).await,
        Job::AdvancePlanChange { change } => plan::advance(portal, *change, run.is_last()).await,
        Job::FinishCancellation { cancellation } => subscription::finish(portal, *cancellation).await,
        Job::CarryPause { retention } => subscription::carry_on(portal, *retention).await,
        Job::Bill { order } => billing::advance(portal, *order, run.is_last()).await,
        Job::AdvanceCardUpdate { update } => card::advance(portal, *update, run.is_last()).await,
        Job::RemindCards => card::remind(portal).await,
        Job::TendGateways => Ok(portal.ports.gateways.tend(portal).await?.map_or(Outcome::Done, Outcome::At)),
        Job::SyncAccess { area, person } => access::sync(portal, *area, *person, run.hold, run.is_last()).await,
        Job::Tidy => tidy(portal).await,
        _ => Ok(Outcome::Done),
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
