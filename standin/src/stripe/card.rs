//! Stripe's test cards: their numbers, the names of their test payment methods, and how they behave.

/// How a card behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Behaviour {
    /// All goes well.
    Fine,
    /// It is declined with this code wherever it is shown, and can't be saved.
    Declined(&'static str),
    /// It can be saved; each charge is declined.
    DeclinedWhenCharged,
    /// The bank asks its owner when it is saved or charged on session; once saved it is charged without asking.
    AsksOnce,
    /// It was saved elsewhere: charged off session it asks nobody.
    IsSetUp,
    /// The bank asks its owner each time.
    AsksAlways,
    /// The bank asks its owner each time; the charge is then declined with this code.
    AsksThenDeclined(&'static str),
    /// Its refunds succeed and fail later.
    RefundFails,
    /// Its refunds are pending and succeed later.
    RefundPends,
    /// Its charges are disputed at once for this reason.
    Disputed(&'static str),
    /// Stripe itself fails.
    Unavailable,
}

/// A test card.
pub(super) struct Card {
    pub(super) number: &'static str,
    /// The names of its test payment methods.
    tokens: &'static [&'static str],
    pub(super) brand: &'static str,
    pub(super) country: &'static str,
    pub(super) funding: &'static str,
    pub(super) behaviour: Behaviour,
}

const fn credit(
    number: &'static str,
    tokens: &'static [&'static str],
    brand: &'static str,
    behaviour: Behaviour,
) -> Card {
    Card { number, tokens, brand, country: "US", funding: "credit", behaviour }
}

const fn visa(number: &'static str, tokens: &'static [&'static str], behaviour: Behaviour) -> Card {
    credit(number, tokens, "visa", behaviour)
}

use Behaviour::{
    AsksAlways, AsksOnce, AsksThenDeclined, Declined, DeclinedWhenCharged, Disputed, Fine, IsSetUp, RefundFails,
    RefundPends, Unavailable,
};

const CARDS: &[Card] = &[
    visa("4242424242424242", &["pm_card_visa", "pm_card_us"], Fine),
    Card { funding: "debit", ..visa("4000056655665556", &["pm_card_visa_debit"], Fine) },
    credit("5555555555554444", &["pm_card_mastercard"], "mastercard", Fine),
    Card { funding: "debit", ..credit("5200828282828210", &["pm_card_mastercard_debit"], "mastercard", Fine) },
    Card { funding: "prepaid", ..credit("5105105105105100", &["pm_card_mastercard_prepaid"], "mastercard", Fine) },
    credit("378282246310005", &["pm_card_amex"], "amex", Fine),
    credit("6011111111111117", &["pm_card_discover"], "discover", Fine),
    credit("3056930009020004", &["pm_card_diners"], "diners", Fine),
    credit("3566002020360505", &["pm_card_jcb"], "jcb", Fine),
    credit("6200000000000005", &["pm_card_unionpay"], "unionpay", Fine),
    Card { country: "BR", ..visa("4000000760000002", &["pm_card_br"], Fine) },
    Card { country: "MX", ..visa("4000004840008001", &["pm_card_mx"], Fine) },
    Card { country: "PT", ..visa("4000006200000007", &["pm_card_pt"], Fine) },
    visa("4000000000000077", &["pm_card_bypassPending"], Fine),
    visa("4000000000000002", &["pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"], Declined("generic_decline")),
    visa(
        "4000000000009995",
        &["pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"],
        Declined("insufficient_funds"),
    ),
    visa("4000000000009987", &["pm_card_visa_chargeDeclinedLostCard"], Declined("lost_card")),
    visa("4000000000009979", &["pm_card_visa_chargeDeclinedStolenCard"], Declined("stolen_card")),
    visa("4000000000000069", &["pm_card_chargeDeclinedExpiredCard"], Declined("expired_card")),
    visa("4000000000000127", &["pm_card_chargeDeclinedIncorrectCvc"], Declined("incorrect_cvc")),
    visa("4000000000000119", &["pm_card_chargeDeclinedProcessingError"], Declined("processing_error")),
    visa("4000000000006975", &["pm_card_visa_chargeDeclinedVelocityLimitExceeded"], Declined("card_velocity_exceeded")),
    visa("4100000000000019", &["pm_card_radarBlock"], Declined("fraudulent")),
    visa("4000000000000341", &["pm_card_chargeCustomerFail"], DeclinedWhenCharged),
    visa("4000002500003155", &["pm_card_authenticationRequiredOnSetup"], AsksOnce),
    visa("4000003800000446", &["pm_card_authenticationRequiredSetupForOffSession"], IsSetUp),
    visa("4000002760003184", &["pm_card_authenticationRequired"], AsksAlways),
    visa("4000000000003220", &["pm_card_threeDSecure2Required"], AsksAlways),
    visa("4000000000003063", &["pm_card_threeDSecureRequired"], AsksAlways),
    visa(
        "4000008260003178",
        &["pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"],
        AsksThenDeclined("insufficient_funds"),
    ),
    visa("4000008400001629", &["pm_card_threeDSecureRequiredChargeDeclined"], AsksThenDeclined("generic_decline")),
    visa("4000008400001280", &["pm_card_threeDSecureRequiredProcessingError"], AsksThenDeclined("processing_error")),
    visa("4000000000005126", &["pm_card_refundFail"], RefundFails),
    visa("4000000000007726", &["pm_card_pendingRefund"], RefundPends),
    visa("4000000000000259", &["pm_card_createDispute"], Disputed("fraudulent")),
    visa("4000000000002685", &["pm_card_createDisputeProductNotReceived"], Disputed("product_not_received")),
    visa("4000000000009999", &["pm_card_standinUnavailable"], Unavailable),
];

/// The card of a test payment method.
pub(super) fn by_token(token: &str) -> Option<&'static Card> {
    CARDS.iter().find(|card| card.tokens.contains(&token))
}

/// The card of a token such as `tok_visa`.
pub(super) fn by_old_token(token: &str) -> Option<&'static Card> {
    let name = token.strip_prefix("tok_")?;
    by_token(&format!("pm_card_{name}"))
}

/// What was typed, as a card; one that is no test card behaves well.
pub(super) struct Typed<'a> {
    /// Its digits.
    pub(super) number: &'a str,
    pub(super) brand: &'static str,
    pub(super) country: &'static str,
    pub(super) funding: &'static str,
    pub(super) behaviour: Behaviour,
}

/// The card of a number; none if its check digit is wrong and it is none of the list.
pub(super) fn by_number(number: &str) -> Option<Typed<'_>> {
    let known = CARDS.iter().find(|card| card.number == number);
    match known {
        Some(card) => Some(card.typed()),
        None if is_luhn(number) => {
            Some(Typed { number, brand: brand(number), country: "US", funding: "credit", behaviour: Fine })
        }
        None => None,
    }
}

impl Card {
    /// The card as if it had been typed.
    pub(super) fn typed(&self) -> Typed<'static> {
        let Self { number, brand, country, funding, behaviour, .. } = *self;
        Typed { number, brand, country, funding, behaviour }
    }
}

fn brand(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'4', ..] => "visa",
        [b'5', b'1'..=b'5', ..] | [b'2', b'2'..=b'7', ..] => "mastercard",
        [b'3', b'4' | b'7', ..] => "amex",
        [b'3', b'0' | b'6' | b'8', ..] => "diners",
        [b'3', b'5', ..] => "jcb",
        [b'6', b'2', ..] => "unionpay",
        [b'6', ..] => "discover",
        _ => "unknown",
    }
}

fn is_luhn(number: &str) -> bool {
    let is_long_enough = (12..=19).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
    let sum = number.bytes().rev().enumerate().fold(0_u32, |sum, (at, digit)| {
        let digit = u32::from(digit - b'0');
        let doubled = if at % 2 == 1 { digit * 2 } else { digit };
        sum + if doubled > 9 { doubled - 9 } else { doubled }
    });
    is_long_enough && sum % 10 == 0
}

/// A decline: the error's code, its decline code and its message.
pub(super) fn decline(reason: &str) -> (&str, &str, &'static str) {
    match reason {
        "insufficient_funds" => ("card_declined", reason, "Your card has insufficient funds."),
        "expired_card" => (reason, reason, "Your card has expired."),
        "incorrect_cvc" => (reason, reason, "Your card's security code is incorrect."),
        "processing_error" => {
            (reason, reason, "An error occurred while processing your card. Try again in a little bit.")
        }
        "authentication_required" => {
            (reason, reason, "Your card was declined. This transaction requires authentication.")
        }
        "card_velocity_exceeded" => {
            ("card_declined", reason, "Your card was declined for making repeated attempts too frequently.")
        }
        "card_declined" => (reason, "generic_decline", "Your card was declined."),
        _ => ("card_declined", reason, "Your card was declined."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_card_has_a_right_check_digit_and_each_name_is_there_once() {
        let mut tokens: Vec<&str> = CARDS.iter().flat_map(|card| card.tokens).copied().collect();
        for card in CARDS {
            assert!(is_luhn(card.number) || card.behaviour == Unavailable, "{}", card.number);
        }
        tokens.sort_unstable();
        let all = tokens.len();
        tokens.dedup();
        assert_eq!(tokens.len(), all);
        assert!(by_number("4242424242424241").is_none());
        assert_eq!(by_number("4111111111111111").map(|card| card.behaviour), Some(Fine));
    }
}
