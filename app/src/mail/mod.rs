//! The letters. Each file puts one kind of message into words; [`draft`] makes a text part and an HTML part of them.
//! The text part carries its link alone on a line, and a code alone on a line.

mod access;
mod account;
mod billing;
mod browser;
mod cancel;
mod card;
mod draft;
mod plan;
mod producer;
mod purchase;
mod refund;
mod sign_in_link;

pub(crate) use browser::known_name;

use crate::format::{self, Calendar};
use crate::text::Texts;
use draft::Draft;
use portal::message::{Content, Message, Words, Writer};
use types::{Instant, Money};

/// Puts every message into words, in every language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters;

impl Writer for Letters {
    fn write(&self, message: &Message) -> Words {
        let voice = Voice { texts: Texts::of(message.language), time_zone: &message.time_zone };
        draft(&voice, &message.content).finish(voice.texts)
    }
}

fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::SignInLink { url, code, expires_at, asked_at, asked_from, browser, product } => {
            let asked = sign_in_link::Asked { at: *asked_at, from: asked_from, browser };
            sign_in_link::draft(voice, url, code, *expires_at, &asked, product.as_deref())
        }
        Content::Purchase { seller, items, total, code, order_link, refundable_until } => {
            let bought = purchase::Bought { seller, items, total: *total, code, order_link };
            purchase::draft(voice, &bought, *refundable_until)
        }
        Content::RefundRequested(refund) => refund::requested(voice, refund),
        Content::RefundSent(refund) => refund::sent(voice, refund),
        Content::RefundSettled(refund) => refund::settled(voice, refund),
        Content::RefundFailed(refund) => refund::failed(voice, refund),
        Content::RefundAsked { refund, answer_by } => refund::asked(voice, refund, *answer_by),
        Content::RefundApproved(refund) => refund::approved(voice, refund),
        Content::RefundDeclined { refund, reason } => refund::declined(voice, refund, reason.as_deref()),
        Content::RefundWithdrawn(refund) => refund::withdrawn(voice, refund),
        Content::ProducerRefundAsked { refund, buyer, message, answer_by, url, is_late } => {
            let asked = producer::Asked { buyer, message, answer_by: *answer_by, url, is_late: *is_late };
            producer::refund_asked(voice, refund, &asked)
        }
        Content::PlanChanged(letter) => plan::changed(voice, letter),
        Content::PlanScheduled(letter) => plan::scheduled(voice, letter),
        Content::PlanUndone(letter) => plan::undone(voice, letter),
        Content::CardChanged { payment, at } => card::changed(voice, payment, *at),
        Content::MethodChanged(payment) => card::method_changed(voice, payment),
        Content::CardExpiring(payment) => card::expiring(voice, payment),
        Content::Canceled(letter) => cancel::canceled(voice, letter),
        Content::CancelUndone(letter) => cancel::undone(voice, letter),
        Content::SubscriptionEnded(letter) => cancel::ended(voice, letter),
        Content::ProducerCancelByHand { letter, gateway, buyer, is_undone } => {
            producer::cancel_by_hand(voice, letter, gateway, buyer, *is_undone)
        }
        Content::ProducerMessage { code, plan, buyer_name, buyer, message } => {
            producer::message(voice, code, plan, buyer_name, buyer, message)
        }
        Content::ChargeFailed { charge, reason, outlook, has_card } => {
            billing::failed(voice, charge, *reason, *outlook, *has_card)
        }
        Content::ChargeRecovered(charge) => billing::recovered(voice, charge),
        Content::RenewalAhead { charge, at, card } => billing::renewal(voice, charge, *at, card.as_ref()),
        Content::SlipIssued { charge, method, code, url, until } => {
            billing::slip(voice, charge, *method, code, url, *until)
        }
        Content::ProducerRefundFailed { refund, reason, buyer } => {
            producer::refund_failed(voice, refund, reason, buyer)
        }
        Content::ProducerRefundByHand { refund, gateway, buyer } => {
            producer::refund_by_hand(voice, refund, gateway, buyer)
        }
        Content::EmailChange { url, from, expires_at, asked } => {
            account::email_change(voice, url, from, *expires_at, asked)
        }
        Content::EmailNotice { to, account, expires_at, asked } => {
            account::email_notice(voice, to, account, *expires_at, asked)
        }
        Content::EmailChanged { from, to, sign_in, erasure } => {
            account::email_changed(voice, from, to, sign_in.as_deref(), erasure.as_ref())
        }
        Content::ErasureAsked { protocol, due_at, account } => {
            account::erasure_asked(voice, protocol, *due_at, account)
        }
        Content::ErasureUndone { protocol, by_purchase, account } => {
            account::erasure_undone(voice, protocol, *by_purchase, account)
        }
        Content::AccessExpiring(letter) => access::expiring(voice, letter),
        Content::AccessExpired(letter) => access::expired(voice, letter),
        Content::ProducerDeliveryStopped { member_area, buyer, is_grant, answer } => {
            producer::delivery_stopped(voice, member_area, buyer, *is_grant, answer)
        }
    }
}

/// The words of a language, and the zone in which hours are written.
struct Voice<'a> {
    texts: Texts,
    time_zone: &'a str,
}

impl Voice<'_> {
    fn money(&self, amount: Money) -> String {
        format::money(self.texts.language(), amount)
    }

    /// Days and hours, as they are to be written on the day of `now`.
    fn calendar(&self, now: Instant) -> Calendar {
        Calendar::new(self.texts.language(), self.time_zone, now)
    }
}

#[cfg(test)]
mod tests;
