//! What falls due with time.

use super::Asaas;
use super::books::Books;
use super::payment::{Billing, Status};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Asaas {
    /// Moves the clock ahead and does, day by day, what falls due: payments of
    /// subscriptions are made 40 days ahead, cards on file are charged, what was not paid is
    /// overdue, the money of cards comes, refunds end. Returns when what the webhooks have to tell is told, or waits
    /// for an address that takes nothing.
    pub async fn forward(&self, by: Duration) {
        let mut left = by;
        loop {
            let step = left.min(DAY);
            self.shared.clock.forward(step);
            self.change(Books::fall_due);
            left -= step;
            if left.is_zero() {
                break;
            }
        }
        self.hooks().settle().await;
    }
}

impl Books {
    /// Does what is due now.
    fn fall_due(&mut self) {
        self.expire_checkouts();
        self.go_on();
        self.end_refunds();
        self.charge_cards();
        self.find_overdue();
        self.credit_cards();
    }

    fn ids(&self, wanted: impl Fn(&super::payment::Payment) -> bool) -> Vec<String> {
        self.payments.iter().filter(|payment| !payment.deleted && wanted(payment)).map(|one| one.id.clone()).collect()
    }

    fn end_refunds(&mut self) {
        for id in self.refunds_under_way() {
            self.finish_refunds(&id);
        }
        for id in std::mem::take(&mut self.denied) {
            self.deny_refunds(&id);
        }
    }

    /// On the due day the card on file is charged, once.
    fn charge_cards(&mut self) {
        let today = self.today();
        let due = self.ids(|payment| {
            let is_due = payment.status == Status::Pending && payment.due <= today;
            is_due && !payment.was_tried && payment.billing == Billing::CreditCard && payment.card.is_some()
        });
        for id in due {
            let token = self.payment(&id).ok().and_then(|payment| payment.card.clone());
            self.charge_stored_card(&id, &token.unwrap_or_default());
        }
    }

    fn find_overdue(&mut self) {
        let today = self.today();
        for id in self.ids(|payment| payment.status == Status::Pending && payment.due < today) {
            // It is pending: nothing refuses.
            let _ = self.overdue(&id);
        }
    }

    fn credit_cards(&mut self) {
        let today = self.today();
        let is_there = |payment: &super::payment::Payment| payment.credit.is_some_and(|day| day <= today);
        for id in self.ids(|payment| payment.status == Status::Confirmed && is_there(payment)) {
            self.credit(&id);
        }
    }
}
