//! Which function does which job.

use super::{ATTEMPTS, Hold, Job, Outcome};
use crate::db::Error;
use crate::portal::Portal;
use crate::{access, account, billing, card, order, plan, refund, sign_in, subscription};

/// A claimed job, how it is held, and how often it was tried, this time included.
pub(super) async fn run(portal: &Portal, job: &Job, hold: &Hold, attempt: i64) -> Result<Outcome, Error> {
    let is_last = attempt >= ATTEMPTS;
    match job {
        Job::MailLink { link } => sign_in::mail_link(portal, *link).await,
        Job::MailPurchase { order } => order::mail_purchase(portal, *order).await,
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
        Job::NoticeAccess { producer, person } => access::notice(portal, *producer, *person).await,
        Job::AdvanceErasure { erasure } => account::advance_erasure(portal, *erasure).await,
        Job::MailInvoice { invoice, moment, tries } => billing::mail_invoice(portal, *invoice, *moment, *tries).await,
        Job::MailRenewal { order, charge_at } => billing::mail_renewal(portal, *order, *charge_at).await,
        Job::AdvanceRefund { refund } => refund::advance(portal, *refund, is_last).await,
        Job::AdvancePlanChange { change } => plan::advance(portal, *change, is_last).await,
        Job::MailPlan { change, moment } => plan::mail_buyer(portal, *change, *moment).await,
        Job::MailProducerPlanReturn { change } => plan::mail_producer(portal, *change).await,
        Job::MailCancellation { cancellation, moment } => {
            subscription::mail_buyer(portal, *cancellation, *moment).await
        }
        Job::MailProducerCancellation { cancellation, moment } => {
            subscription::mail_producer(portal, *cancellation, *moment).await
        }
        Job::MailProducerMessage { retention } => subscription::mail_producer_message(portal, *retention).await,
        Job::FinishCancellation { cancellation } => subscription::finish(portal, *cancellation).await,
        Job::CarryPause { retention } => subscription::carry_on(portal, *retention).await,
        Job::Bill { order } => billing::advance(portal, *order, is_last).await,
        Job::AdvanceCardUpdate { update } => card::advance(portal, *update, is_last).await,
        Job::MailCardChanged { update, order } => card::mail_changed(portal, *update, *order).await,
        Job::MailMethodChanged { order, request, method } => card::mail_method(portal, *order, *request, *method).await,
        Job::MailCardExpiring { order } => card::mail_expiring(portal, *order).await,
        Job::RemindCards => card::remind(portal).await,
        Job::TendGateways => Ok(portal.ports.gateways.tend(portal).await?.map_or(Outcome::Done, Outcome::At)),
        Job::SyncAccess { area, person } => access::sync(portal, *area, *person, hold, is_last).await,
        Job::Tidy => sign_in::tidy(portal).await,
    }
}
