//! Paying money back: a transaction as a whole, or not at all.
//!
//! Nothing at Guru keeps a transaction from being asked for twice but where it stands, so that is looked at first. Our
//! key stands in the comment of the refund: among several transactions of one subscription it tells which one went back
//! for it. One that went back by somebody else's hand went back all the same, and counts for whoever asks for all of
//! it.

use super::failure::Failure;
use super::history::Transacted;
use super::wire::Outcome;
use super::{Guru, MARK, comment};
use portal::ports::{GatewayRefusal, RefundInstruction, RefundProgress, RefundReport};
use serde_json::json;
use types::ChargeStatus;

impl Guru {
    pub(super) async fn pay_back(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        let transactions = self.transactions_of(&instruction.charge_reference).await?;
        if let Some(report) = known(&transactions, instruction) {
            return Ok(report);
        }
        let transaction = choose(&transactions, instruction).ok_or(Failure::No(GatewayRefusal::NotPaid))?;
        if let Some(refusal) = refusal(transaction, instruction) {
            return Err(Failure::No(refusal));
        }
        let path = format!("/transactions/{}/refund", transaction.id()?);
        let body = json!({ "comment": comment(&instruction.key) });
        match self.post::<Outcome>(&path, &body).await.map_err(Failure::of_token) {
            Ok(_) => Ok(report(transaction, RefundProgress::Pending)),
            Err(failure @ Failure::Said(_)) => self.look_for_refund(instruction).await?.ok_or(failure),
            Err(failure) => Err(failure),
        }
    }

    /// The refund that was asked for; of a transaction that Guru does not know there is none.
    pub(super) async fn look_for_refund(
        &self,
        instruction: &RefundInstruction,
    ) -> Result<Option<RefundReport>, Failure> {
        match self.transactions_of(&instruction.charge_reference).await {
            Ok(transactions) => Ok(known(&transactions, instruction)),
            Err(failure) if failure.is_missing() => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

/// The refund of an instruction among what went back.
fn known(transactions: &[Transacted], instruction: &RefundInstruction) -> Option<RefundReport> {
    let is_back = |one: &&Transacted| one.charge.status == ChargeStatus::Refunded;
    let is_ours =
        |one: &&Transacted| one.refund_reason.as_deref().is_some_and(|words| words.contains(&instruction.key));
    let is_by_hand = |one: &&Transacted| !one.refund_reason.as_deref().is_some_and(|words| words.contains(MARK));
    let is_whole = |one: &&Transacted| one.money() == instruction.amount;
    let ours = transactions.iter().filter(is_back).find(is_ours);
    let theirs = || choose(transactions, instruction).filter(is_back).filter(is_by_hand).filter(is_whole);
    ours.or_else(theirs).map(|one| report(one, RefundProgress::Succeeded))
}

/// The newest transaction that is paid, first of the amount that was charged, then of at least what is to go back;
/// where none is, the newest of that amount, or any.
fn choose<'a>(transactions: &'a [Transacted], instruction: &RefundInstruction) -> Option<&'a Transacted> {
    let newest = || transactions.iter().rev();
    let is_paid = |one: &&Transacted| one.charge.status == ChargeStatus::Paid;
    let is_exact = |one: &&Transacted| one.money() == instruction.charge_total;
    let is_enough = |one: &&Transacted| one.charge.amount >= instruction.amount.amount;
    let exact = newest().filter(is_paid).find(is_exact).or_else(|| newest().find(is_exact));
    exact.or_else(|| newest().filter(is_paid).find(is_enough)).or_else(|| newest().next())
}

/// What stands in the way of a refund.
fn refusal(transaction: &Transacted, instruction: &RefundInstruction) -> Option<GatewayRefusal> {
    let (there, wanted) = (transaction.money(), instruction.amount);
    let whole_only = "Guru pays a transaction back as a whole only, and here a part of it is to go back";
    match transaction.charge.status {
        ChargeStatus::Refunded => Some(GatewayRefusal::AlreadyRefunded),
        ChargeStatus::Disputed => Some(GatewayRefusal::Disputed),
        ChargeStatus::Paid if there.currency != wanted.currency => {
            Some(GatewayRefusal::Other(format!("the transaction was paid in {}", there.currency)))
        }
        ChargeStatus::Paid if there.amount < wanted.amount => Some(GatewayRefusal::OverRefund),
        ChargeStatus::Paid if there.amount > wanted.amount => Some(GatewayRefusal::Other(whole_only.to_owned())),
        ChargeStatus::Paid => None,
        _ => Some(GatewayRefusal::NotPaid),
    }
}

/// A refund has no name at Guru: it is its transaction.
fn report(transaction: &Transacted, state: RefundProgress) -> RefundReport {
    RefundReport { reference: transaction.charge.reference.clone(), state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::guru::wire::Transaction;
    use crate::gateway::guru::zone;
    use serde_json::Value;
    use types::{Currency, Method, Money};

    /// Transactions, the oldest first: status, total, and why it went back.
    fn transactions(of: &[(&str, &str, Option<&str>)]) -> Vec<Transacted> {
        let one = |(at, (status, total, reason)): (usize, &(&str, &str, Option<&str>))| {
            let body = format!(
                r#"{{"id":"t{at}","status":"{status}","dates":{{"created_at":1{at}00,"updated_at":1{at}00}},
                "payment":{{"method":"pix","total":{total},"refund_reason":{}}}}}"#,
                Value::from(*reason)
            );
            let wire: Transaction = serde_json::from_str(&body).unwrap();
            Transacted::read(&wire, &zone().unwrap()).unwrap().unwrap()
        };
        of.iter().enumerate().map(one).collect()
    }

    fn wish(key: &str, charged: i64, amount: i64) -> RefundInstruction {
        RefundInstruction {
            key: key.to_owned(),
            account: "luz".to_owned(),
            charge_reference: "sub_1".to_owned(),
            charge_total: Money::new(charged, Currency::BRL),
            method: Method::Pix,
            card_last4: None,
            amount: Money::new(amount, Currency::BRL),
            payee: None,
        }
    }

    #[test]
    fn of_several_transactions_the_newest_that_was_charged_and_is_paid_goes_back() {
        let history = transactions(&[
            ("approved", "49.9", None),
            ("approved", "49.90", None),
            ("refunded", "49.9", None),
            ("approved", "99.9", None),
            ("canceled", "49.9", None),
        ]);
        let chosen = |charged, amount| choose(&history, &wish("k", charged, amount)).unwrap().charge.reference.clone();
        assert_eq!(chosen(4_990, 4_990), "t1");
        assert_eq!(chosen(9_990, 9_990), "t3");
        assert_eq!(chosen(7_777, 5_000), "t3", "of another amount: one that is enough");
        assert!(choose(&[], &wish("k", 1, 1)).is_none());
    }

    #[test]
    fn a_refund_is_known_by_its_key_and_what_went_back_by_hand_is_no_other() {
        let ours = transactions(&[("refunded", "49.9", Some("Aftersale k1")), ("approved", "49.9", None)]);
        let name = |history: &[Transacted], wish| known(history, &wish).map(|report| report.reference);
        assert_eq!(name(&ours, wish("k1", 4_990, 4_990)).as_deref(), Some("t0"));
        assert_eq!(name(&ours, wish("k2", 4_990, 4_990)), None, "there is one that can go back");
        assert_eq!(name(&ours[..1], wish("k2", 4_990, 4_990)), None, "it went back for another key");
        let by_hand = transactions(&[("refunded", "49.9", Some("Arrependimento"))]);
        assert_eq!(name(&by_hand, wish("k2", 4_990, 4_990)).as_deref(), Some("t0"));
        assert_eq!(name(&by_hand, wish("k2", 4_990, 100)), None, "a part was never asked for");
    }

    #[test]
    fn what_stands_in_the_way_is_told_from_the_others() {
        let of = |status, amount| refusal(&transactions(&[(status, "49.9", None)])[0], &wish("k", 4_990, amount));
        assert_eq!(of("approved", 4_990), None);
        assert_eq!(of("dispute", 4_990), None, "a refund was asked for: the money is still there");
        assert_eq!(of("approved", 4_991), Some(GatewayRefusal::OverRefund));
        assert!(of("approved", 4_989).is_some_and(|refusal| refusal.to_string().contains("whole only")));
        assert_eq!(of("refunded", 4_990), Some(GatewayRefusal::AlreadyRefunded));
        assert_eq!(of("chargeback", 4_990), Some(GatewayRefusal::Disputed));
        for status in ["waiting_payment", "canceled", "expired"] {
            assert_eq!(of(status, 4_990), Some(GatewayRefusal::NotPaid), "{status}");
        }
        let dollars =
            RefundInstruction { amount: Money::new(4_990, Currency::parse("USD").unwrap()), ..wish("k", 1, 1) };
        assert!(refusal(&transactions(&[("approved", "49.9", None)])[0], &dollars).is_some());
    }
}
