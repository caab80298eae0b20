//! The list of all features that have tables, for whoever exports, erases or moves a person.

use crate::{
    access, account, billing, card, catalogue, connection, document, drawer, event, gateway_inbox, intake, ledger,
    login, mail, outbox, plan, policy, portal_link, refund, search, session, sign_in, subscription,
};
use ground::traces::Traces;

/// In the order in which they are forgotten: what stands in a sale first.
static TRACES: &[&Traces] = &[
    &ledger::TRACES,
    &billing::TRACES,
    &refund::TRACES,
    &plan::TRACES,
    &card::TRACES,
    &subscription::TRACES,
    &connection::TRACES,
    &document::TRACES,
    &portal_link::TRACES,
    &drawer::TRACES,
    &access::TRACES,
    &account::TRACES,
    &login::TRACES,
    &session::TRACES,
    &sign_in::TRACES,
    &event::TRACES,
    &mail::TRACES,
    &outbox::TRACES,
    &intake::TRACES,
    &gateway_inbox::TRACES,
    &catalogue::TRACES,
    &policy::TRACES,
    &search::TRACES,
];

/// What each feature has on file about people.
pub fn traces() -> &'static [&'static Traces] {
    TRACES
}
