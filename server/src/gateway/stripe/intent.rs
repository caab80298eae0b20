//! Where a payment stands at Stripe, in the words of the port.

use super::failure::Failure;
use super::wire::{Intent, NextAction, Said};
use portal::ports::{ChargeProgress, ChargeReport};
use types::{DeclineReason, Instant};

/// Where it stands. None while the money is under way and nobody has anything to do, and for states that no call of
/// ours leads to.
pub(super) fn progress(intent: &Intent) -> Option<ChargeProgress> {
    let last_error = intent.last_payment_error.as_deref();
    Some(match intent.status.as_str() {
        "succeeded" => ChargeProgress::Paid,
        // A bank that asks in a way that needs Stripe's script in a page of ours cannot be answered.
        "requires_action" => intent
            .next_action
            .as_ref()
            .and_then(action)
            .unwrap_or(ChargeProgress::Declined(DeclineReason::AuthenticationFailed)),
        "requires_payment_method" | "canceled" => {
            ChargeProgress::Declined(last_error.map_or(DeclineReason::Generic, reason))
        }
        _ => return None,
    })
}

/// The same as a report. Neither paid nor declined is not known.
pub(super) fn report(intent: &Intent) -> Result<ChargeReport, Failure> {
    let state = progress(intent)
        .ok_or_else(|| Failure::Lost(format!("the payment {} is under way ({})", intent.id, intent.status)))?;
    Ok(ChargeReport { reference: intent.id.clone(), state })
}

/// How sure money is by it: of several payments with one key the one that took money counts.
pub(super) fn rank(intent: &Intent) -> u8 {
    match progress(intent) {
        Some(ChargeProgress::Paid) => 3,
        None => 2,
        Some(ChargeProgress::Waiting { .. } | ChargeProgress::ActionRequired { .. }) => 1,
        Some(ChargeProgress::Declined(_)) => 0,
    }
}

fn action(next: &NextAction) -> Option<ChargeProgress> {
    if let Some(boleto) = &next.boleto_display_details {
        return Some(waiting(&boleto.number, &boleto.hosted_voucher_url, boleto.expires_at));
    }
    if let Some(pix) = &next.pix_display_qr_code {
        return Some(waiting(&pix.data, &pix.hosted_instructions_url, pix.expires_at));
    }
    let url = next.redirect_to_url.as_ref()?.url.clone()?;
    Some(ChargeProgress::ActionRequired { url })
}

fn waiting(code: &str, url: &str, until: i64) -> ChargeProgress {
    ChargeProgress::Waiting { code: code.to_owned(), url: url.to_owned(), until: Instant::from_seconds(until) }
}

/// Whether the bank wants the buyer to be there.
pub(super) fn wants_buyer(said: &Said) -> bool {
    let wanted = Some("authentication_required");
    said.code.as_deref() == wanted || said.decline_code.as_deref() == wanted
}

/// Why it was not taken. The bank's word comes before Stripe's.
pub(super) fn reason(said: &Said) -> DeclineReason {
    let kind = said.payment_method.as_ref().map(|method| method.kind.as_str());
    if matches!(kind, Some("boleto" | "pix")) {
        return DeclineReason::Expired;
    }
    let words = [&said.decline_code, &said.code].into_iter().flatten();
    words.map(|word| of_word(word)).find(|reason| *reason != DeclineReason::Generic).unwrap_or(DeclineReason::Generic)
}

fn of_word(word: &str) -> DeclineReason {
    match word {
        "insufficient_funds" | "card_velocity_exceeded" | "withdrawal_count_limit_exceeded" => {
            DeclineReason::InsufficientFunds
        }
        "expired_card" | "invalid_expiry_month" | "invalid_expiry_year" => DeclineReason::ExpiredCard,
        "incorrect_number" | "invalid_number" => DeclineReason::IncorrectNumber,
        "incorrect_cvc" | "invalid_cvc" => DeclineReason::IncorrectCvc,
        "lost_card" => DeclineReason::LostCard,
        "stolen_card" => DeclineReason::StolenCard,
        "processing_error" | "issuer_not_available" | "reenter_transaction" | "try_again_later" => {
            DeclineReason::ProcessingError
        }
        "authentication_required"
        | "authentication_not_handled"
        | "payment_intent_authentication_failure"
        | "setup_intent_authentication_failure" => DeclineReason::AuthenticationFailed,
        "payment_intent_payment_attempt_expired" => DeclineReason::Expired,
        _ => DeclineReason::Generic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn stands(mut intent: Value) -> Option<ChargeProgress> {
        intent["id"] = json!("pi_1");
        progress(&serde_json::from_value(intent).unwrap())
    }

    #[test]
    fn a_payment_stands_where_its_status_and_its_next_action_say() {
        let boleto = json!({"number": "34191", "hosted_voucher_url": "https://b", "pdf": "https://p", "expires_at": 9});
        let pix = json!({"data": "000201", "hosted_instructions_url": "https://x", "expires_at": 9});
        let asks = |name: &str, what: Value| json!({"status": "requires_action", "next_action": {name: what}});
        let waits = |code: &str, url: &str| Some(waiting(code, url, 9));
        assert_eq!(stands(json!({"status": "succeeded"})), Some(ChargeProgress::Paid));
        assert_eq!(stands(asks("boleto_display_details", boleto)), waits("34191", "https://b"));
        assert_eq!(stands(asks("pix_display_qr_code", pix)), waits("000201", "https://x"));
        assert_eq!(
            stands(asks("redirect_to_url", json!({"url": "https://hooks"}))),
            Some(ChargeProgress::ActionRequired { url: "https://hooks".to_owned() })
        );
        for status in ["processing", "requires_capture", "requires_confirmation", "something_new"] {
            assert_eq!(stands(json!({"status": status})), None, "{status}");
        }
    }

    #[test]
    fn what_was_not_taken_says_why() {
        let declined = |error: Value| {
            let intent = json!({"status": "requires_payment_method", "last_payment_error": error});
            let Some(ChargeProgress::Declined(reason)) = stands(intent) else { panic!("declined") };
            reason
        };
        for (error, expected) in [
            (json!({"code": "card_declined", "decline_code": "insufficient_funds"}), DeclineReason::InsufficientFunds),
            (json!({"code": "card_declined", "decline_code": "generic_decline"}), DeclineReason::Generic),
            (json!({"code": "expired_card", "decline_code": "expired_card"}), DeclineReason::ExpiredCard),
            (json!({"code": "incorrect_cvc", "decline_code": "generic_decline"}), DeclineReason::IncorrectCvc),
            (json!({"code": "payment_intent_authentication_failure"}), DeclineReason::AuthenticationFailed),
            (json!({"code": "payment_intent_payment_attempt_expired"}), DeclineReason::Expired),
            (json!({"code": "x", "payment_method": {"id": "pm_1", "type": "boleto"}}), DeclineReason::Expired),
            (json!({"code": "card_declined", "decline_code": "pickup_card"}), DeclineReason::Generic),
            (Value::Null, DeclineReason::Generic),
        ] {
            assert_eq!(declined(error.clone()), expected, "{error}");
        }
        let script = json!({"status": "requires_action", "next_action": {"type": "use_stripe_sdk"}});
        assert_eq!(stands(script), Some(ChargeProgress::Declined(DeclineReason::AuthenticationFailed)));
    }
}
