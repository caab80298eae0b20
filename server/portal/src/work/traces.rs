//! The list of all features that have tables, for whoever exports, erases or moves a person.

use crate::{
    access, account, billing, card, catalogue, connection, document, event, gateway_inbox, intake, ledger, mail,
    outbox, plan, policy, refund, search, session, sign_in, subscription,
};
use ground::traces::Traces;

/// In the order in which they are forgotten: what stands in a sale first.
static TRACES: [&Traces; 20] = [
    &ledger::TRACES,
    &billing::TRACES,
    &refund::TRACES,
    &plan::TRACES,
    &card::TRACES,
    &subscription::TRACES,
    &connection::TRACES,
    &document::TRACES,
    &access::TRACES,
    &account::TRACES,
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
    &TRACES
}
