//! Paying money back.
//!
//! A refund of a boleto waits (`requires_action`) until the buyer has named an account on the page that Stripe mails to
//! them: that is Stripe's business, and to us it is on its way.

use super::failure::Failure;
use super::form::Form;
use super::payment::Payment;
use super::wire::{List, Refund, Said, our_key};
use super::{KEY, Stripe, amount, no};
use portal::ports::{GatewayRefusal, RecordedRefund, RefundInstruction, RefundProgress, RefundReport};
use types::Instant;

const REFUNDS: &str = "/v1/refunds";

impl Stripe {
    pub(super) async fn pay_back(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        let amount = amount::to_stripe(instruction.amount)?;
        let payments = self.payments_of(&instruction.charge_reference).await?;
        let payment = choose(&payments, amount::to_stripe(instruction.charge_total).ok(), amount);
        let payment = payment.ok_or(Failure::No(GatewayRefusal::NotPaid))?;
        let form = Form::new().with(payment.parameter, &payment.id).with("amount", amount).with(KEY, &instruction.key);
        match self.post::<Refund>(REFUNDS, form, &instruction.key).await {
            Ok(refund) => Ok(report(&refund)),
            Err(Failure::Said(said)) => Err(refusal(*said)),
            Err(failure) => Err(failure),
        }
    }

    /// The refund with the key, among those of the payment; of a payment that Stripe does not know there is none.
    pub(super) async fn look_for_refund(
        &self,
        instruction: &RefundInstruction,
    ) -> Result<Option<RefundReport>, Failure> {
        let payments = match self.payments_of(&instruction.charge_reference).await {
            Err(Failure::Said(said)) if said.is_missing() => return Ok(None),
            payments => payments?,
        };
        for payment in payments {
            if let Some(refund) = self.refund_of(&payment, &instruction.key).await? {
                return Ok(Some(report(&refund)));
            }
        }
        Ok(None)
    }

    async fn refund_of(&self, payment: &Payment, key: &str) -> Result<Option<Refund>, Failure> {
        let mut after: Option<String> = None;
        loop {
            let page = self.refunds_of(payment, after.as_deref()).await?;
            after = page.data.last().map(|last| last.id.clone()).filter(|_| page.has_more);
            let found = page.data.into_iter().find(|refund| our_key(refund.metadata.as_ref()) == Some(key));
            if found.is_some() || after.is_none() {
                return Ok(found);
            }
        }
    }

    /// The next hundred of them; none of a payment that Stripe does not know.
    async fn refunds_of(&self, payment: &Payment, after: Option<&str>) -> Result<List<Refund>, Failure> {
        let question =
            Form::new().with(payment.parameter, &payment.id).with("limit", 100).with_some("starting_after", after);
        match self.get(REFUNDS, question).await {
            Err(Failure::Said(said)) if said.is_missing() => Ok(List { data: Vec::new(), has_more: false }),
            page => page,
        }
    }

    /// What has arrived of a payment's refunds. Nobody has more than a hundred.
    pub(super) async fn listed(&self, reference: &str) -> Result<Vec<RecordedRefund>, Failure> {
        let payments = self.payments_of(reference).await?;
        let [payment] = payments.as_slice() else {
            return Err(no("what went back is listed of one payment, and not of several"));
        };
        let page = self.refunds_of(payment, None).await?;
        Ok(page.data.iter().filter_map(recorded).collect())
    }
}

fn recorded(refund: &Refund) -> Option<RecordedRefund> {
    let amount = amount::of_stripe(refund.amount?, refund.currency.as_deref()?)?;
    let at = Instant::from_seconds(refund.created?);
    let key = our_key(refund.metadata.as_ref()).map(str::to_owned);
    let has_arrived = progress(refund) == RefundProgress::Succeeded;
    has_arrived.then(|| RecordedRefund { reference: refund.id.clone(), key, amount, at })
}

/// The newest payment of the amount that was charged, or of at least what is to go back, or any.
fn choose(payments: &[Payment], charged: Option<i64>, amount: i64) -> Option<&Payment> {
    let exact = payments.iter().find(|payment| charged.is_some() && payment.paid == charged);
    let enough = || payments.iter().find(|payment| payment.paid.is_some_and(|paid| paid >= amount));
    exact.or_else(enough).or(payments.first())
}

fn report(refund: &Refund) -> RefundReport {
    RefundReport { reference: refund.id.clone(), state: progress(refund) }
}

/// Where a refund stands.
pub(super) fn progress(refund: &Refund) -> RefundProgress {
    match refund.status.as_deref() {
        Some("succeeded") => RefundProgress::Succeeded,
        Some(status @ ("failed" | "canceled")) => {
            let reason = refund.failure_reason.as_deref().map_or_else(|| format!("it was {status}"), in_words);
            RefundProgress::Failed { reason }
        }
        _ => RefundProgress::Pending,
    }
}

fn in_words(reason: &str) -> String {
    match reason {
        "lost_or_stolen_card" => "the card was reported lost or stolen",
        "expired_or_canceled_card" => "the card expired or was closed",
        "charge_for_pending_refund_disputed" => "the buyer disputed the charge while the refund was on its way",
        "insufficient_funds" => "the balance at Stripe was too small",
        "declined" => "the bank of the buyer declined it",
        "merchant_request" => "it was called off at Stripe",
        "unknown" => "the bank of the buyer gave no reason",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// What Stripe says no to. For some of it there is no code, only words.
fn refusal(said: Said) -> Failure {
    let words = said.message.as_deref().unwrap_or_default();
    let is_too_much = said.param.as_deref() == Some("amount")
        && (words.contains("greater than") || words.contains("no more than the charge amount"));
    Failure::No(match said.code.as_deref() {
        Some("charge_already_refunded") => GatewayRefusal::AlreadyRefunded,
        Some("charge_disputed" | "refund_disputed_payment") => GatewayRefusal::Disputed,
        Some("balance_insufficient" | "insufficient_funds") => {
            GatewayRefusal::Other(format!("the balance at Stripe is too small: {}", said.words()))
        }
        Some("amount_too_large") => GatewayRefusal::OverRefund,
        _ if is_too_much => GatewayRefusal::OverRefund,
        _ if words.contains("does not have a successful charge") || words.contains("is not paid") => {
            GatewayRefusal::NotPaid
        }
        _ => return Failure::Said(Box::new(said)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn refused(error: Value) -> GatewayRefusal {
        match refusal(serde_json::from_value(error).unwrap()) {
            Failure::No(refusal) => refusal,
            Failure::Said(said) => GatewayRefusal::Other(said.words().to_owned()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_no_is_told_from_the_others() {
        let over = "Refund amount (R$20.00) is greater than unrefunded amount on charge (R$10.00)";
        let unpaid = "This PaymentIntent (pi_1) does not have a successful charge to refund.";
        for (error, expected) in [
            (json!({"code": "charge_already_refunded"}), GatewayRefusal::AlreadyRefunded),
            (json!({"param": "amount", "message": over}), GatewayRefusal::OverRefund),
            (json!({"code": "amount_too_large", "param": "amount"}), GatewayRefusal::OverRefund),
            (json!({"code": "charge_disputed"}), GatewayRefusal::Disputed),
            (json!({"code": "refund_disputed_payment"}), GatewayRefusal::Disputed),
            (json!({"message": unpaid}), GatewayRefusal::NotPaid),
            (json!({"message": "Charge ch_1 is not paid; cannot issue a refund."}), GatewayRefusal::NotPaid),
            (json!({"message": "Nope."}), GatewayRefusal::Other("Nope.".to_owned())),
        ] {
            assert_eq!(refused(error.clone()), expected, "{error}");
        }
        let poor = refused(json!({"code": "balance_insufficient", "message": "Top up."}));
        assert_eq!(poor.to_string(), "the balance at Stripe is too small: Top up.");
    }

    #[test]
    fn a_refund_stands_where_its_status_says_and_a_failure_is_in_words() {
        let stands = |status: &str, reason: Option<&str>| {
            let refund = json!({"id": "re_1", "status": status, "failure_reason": reason});
            progress(&serde_json::from_value(refund).unwrap())
        };
        assert_eq!(stands("succeeded", None), RefundProgress::Succeeded);
        for status in ["pending", "requires_action", "something_new"] {
            assert_eq!(stands(status, None), RefundProgress::Pending, "{status}");
        }
        for (status, reason, words) in [
            ("failed", Some("expired_or_canceled_card"), "the card expired or was closed"),
            ("failed", Some("a_new_reason"), "a new reason"),
            ("canceled", None, "it was canceled"),
        ] {
            assert_eq!(stands(status, reason), RefundProgress::Failed { reason: words.to_owned() });
        }
    }

    #[test]
    fn of_several_payments_the_one_that_was_charged_is_paid_back() {
        let payment = |id: &str, paid| Payment { parameter: "charge", id: id.to_owned(), paid };
        let payments = [payment("ch_3", Some(100)), payment("ch_2", Some(9990)), payment("ch_1", Some(5000))];
        let chosen = |charged, amount| choose(&payments, charged, amount).unwrap().id.clone();
        assert_eq!(chosen(Some(5000), 100), "ch_1");
        assert_eq!(chosen(Some(7777), 4000), "ch_2");
        assert_eq!(chosen(None, 20_000), "ch_3");
        let single = [payment("ch_9", None)];
        assert_eq!(choose(&single, Some(1), 1), Some(&single[0]));
        assert_eq!(choose(&[], Some(1), 1), None);
    }
}
