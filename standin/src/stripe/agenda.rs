//! What falls due, and doing it in its order.

use super::books::Books;
use super::payment_intent::voucher;
use super::{checkout, invoice, refund, subscription};

/// In seconds.
pub(super) const HOUR: i64 = 60 * 60;

/// Something to do at a moment. Whoever does it looks first whether it still is to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Due {
    /// A boleto or a Pix of this payment intent expires.
    Voucher(String),
    RefundSucceeds(String),
    RefundFails(String),
    /// A checkout session expires.
    Session(String),
    /// A period of a subscription ends.
    Period(String),
    /// A subscription ends within a period.
    Cancel(String),
    /// The trial of a subscription ends soon.
    TrialEnds(String),
    /// The first payment of a subscription was not made in time.
    Incomplete(String),
    /// A change that waits for its payment lapses.
    PendingUpdate(String),
    /// An invoice is charged once more.
    Retry(String),
    /// An invoice that was sent was not paid in time.
    Overdue(String),
    /// The next phase of a schedule begins.
    Phase(String),
}

impl Books {
    /// The moment at which something falls due next.
    pub(super) fn next_due(&self) -> Option<i64> {
        self.agenda.first_key_value().map(|((at, _), _)| *at)
    }

    /// Does what has fallen due, each thing as at its moment.
    pub(super) fn catch_up(&mut self) {
        let now = self.clock.now();
        while let Some(entry) = self.agenda.first_entry()
            && entry.key().0 <= now
        {
            let ((at, _), due) = entry.remove_entry();
            self.moment = Some(at);
            self.fulfil(&due);
        }
        self.moment = None;
    }

    fn fulfil(&mut self, due: &Due) {
        match due {
            Due::Voucher(intent) => voucher::expire(self, intent),
            Due::RefundSucceeds(refund) => refund::succeed(self, refund),
            Due::RefundFails(refund) => refund::fail(self, refund, "expired_or_canceled_card"),
            Due::Session(session) => checkout::expire(self, session),
            Due::Period(id) => subscription::period::end(self, id),
            Due::Cancel(id) => subscription::end::at_moment(self, id),
            Due::TrialEnds(id) => subscription::period::warn(self, id),
            Due::Incomplete(id) => subscription::end::lapse(self, id),
            Due::PendingUpdate(id) => subscription::pending::lapse(self, id),
            Due::Retry(id) => invoice::collect::retry(self, id),
            Due::Overdue(id) => invoice::collect::overdue(self, id),
            Due::Phase(id) => subscription::schedule::step(self, id),
        }
    }
}
