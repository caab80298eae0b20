//! Where a payment stands at Asaas, in the words of the port.

use super::wire::{Payment, Said};
use super::{day, payment};
use std::time::Duration;
use types::{DeclineReason, Instant};

/// How long after its last day a boleto may still be on its way from the bank: a weekend, and a day.
const ON_ITS_WAY: Duration = Duration::from_secs(3 * 86_400);

/// Where a payment of ours stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    /// Money came by it.
    Paid,
    /// It waits for the buyer.
    Waits,
    /// It waited long enough: it could be paid still, and should not be.
    Over,
    /// Nobody has anything to do, and nothing is known yet.
    UnderWay,
}

/// Where it stands. A boleto or Pix that is overdue may still be paid at Asaas, until it is removed there.
pub(super) fn standing(of: &Payment, now: Instant) -> Standing {
    match of.status.as_str() {
        _ if payment::is_paid(of) => Standing::Paid,
        "PENDING" | "OVERDUE" if of.is_slip() => match last_try(of) {
            Some(last) if now > last => Standing::Over,
            _ => Standing::Waits,
        },
        // A card that was charged does not wait: the bank, or Asaas, did not want it after all.
        "OVERDUE" => Standing::Over,
        _ => Standing::UnderWay,
    }
}

/// The last instant to pay a boleto or Pix.
pub(super) fn until(of: &Payment) -> Option<Instant> {
    day::end_of(of.due_date.as_deref()?)
}

fn last_try(of: &Payment) -> Option<Instant> {
    let until = until(of)?;
    Some(if of.is_boleto() { until.plus(ON_ITS_WAY) } else { until })
}

/// How sure money is by it: of several payments with one key the one that took money counts.
pub(super) fn rank(of: &Payment, now: Instant) -> u8 {
    match standing(of, now) {
        Standing::Paid => 3,
        Standing::UnderWay => 2,
        Standing::Waits => 1,
        Standing::Over => 0,
    }
}

/// Whether the bank said no to a card: Asaas answers that as it answers a wrong call.
pub(super) fn is_declined(said: &Said) -> bool {
    said.is("invalid_action") || said.mentions("não autorizada") || said.mentions("recusad")
}

/// Why. Asaas seldom says.
pub(super) fn reason(said: &Said) -> DeclineReason {
    let has = |words: &[&str]| words.iter().any(|word| said.mentions(word));
    if has(&["saldo insuficiente", "limite insuficiente", "sem limite"]) {
        DeclineReason::InsufficientFunds
    } else if has(&["expirad", "vencid"]) {
        DeclineReason::ExpiredCard
    } else {
        DeclineReason::Generic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn payment(status: &str, billing: &str) -> Payment {
        let of = json!({"id": "pay_1", "status": status, "value": 10, "billingType": billing, "dueDate": "2026-11-30"});
        serde_json::from_value(of).unwrap()
    }

    #[test]
    fn a_payment_stands_where_its_status_and_its_day_say() {
        let due = day::end_of("2026-11-30").unwrap();
        let later = |hours: u64| due.plus(Duration::from_secs(hours * 3600));
        for status in ["CONFIRMED", "RECEIVED", "RECEIVED_IN_CASH", "REFUNDED", "CHARGEBACK_REQUESTED"] {
            assert_eq!(standing(&payment(status, "CREDIT_CARD"), due), Standing::Paid, "{status}");
        }
        for status in ["PENDING", "AWAITING_RISK_ANALYSIS", "AUTHORIZED", "SOMETHING_NEW"] {
            assert_eq!(standing(&payment(status, "CREDIT_CARD"), due), Standing::UnderWay, "{status}");
        }
        for (status, billing, now, expected) in [
            ("PENDING", "PIX", due, Standing::Waits),
            ("OVERDUE", "PIX", later(1), Standing::Over),
            ("PENDING", "BOLETO", due, Standing::Waits),
            ("OVERDUE", "BOLETO", later(70), Standing::Waits),
            ("OVERDUE", "BOLETO", later(73), Standing::Over),
            ("RECEIVED", "BOLETO", later(99), Standing::Paid),
        ] {
            assert_eq!(standing(&payment(status, billing), now), expected, "{status} {billing}");
        }
    }

    #[test]
    fn a_bank_that_says_no_is_told_from_a_wrong_call() {
        let said = |code: &str, description: &str| Said { code: code.to_owned(), description: description.to_owned() };
        let declined = "Transação não autorizada. Verifique os dados do cartão de crédito e tente novamente.";
        assert!(is_declined(&said("invalid_action", "Não.")) && is_declined(&said("invalid_creditCard", declined)));
        assert!(!is_declined(&said("invalid_creditCard", "CreditCardToken x não encontrado.")));
        assert_eq!(reason(&said("invalid_action", declined)), DeclineReason::Generic);
        assert_eq!(reason(&said("invalid_action", "Cartão vencido.")), DeclineReason::ExpiredCard);
        assert_eq!(reason(&said("invalid_action", "Saldo insuficiente.")), DeclineReason::InsufficientFunds);
    }
}
