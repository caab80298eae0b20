//! Stripe's test cards: their numbers, the names of their test payment methods, and how they behave.

mod cards;

use cards::CARDS;

/// How a card behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::stripe) enum Behaviour {
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
pub(in crate::stripe) struct Card {
    pub(in crate::stripe) number: &'static str,
    /// The names of its test payment methods.
    tokens: &'static [&'static str],
    pub(in crate::stripe) brand: &'static str,
    pub(in crate::stripe) country: &'static str,
    pub(in crate::stripe) funding: &'static str,
    pub(in crate::stripe) behaviour: Behaviour,
}

/// The card of a test payment method.
pub(in crate::stripe) fn by_token(token: &str) -> Option<&'static Card> {
    CARDS.iter().find(|card| card.tokens.contains(&token))
}

/// The card of a token such as `tok_visa`.
pub(in crate::stripe) fn by_old_token(token: &str) -> Option<&'static Card> {
    let name = token.strip_prefix("tok_")?;
    by_token(&format!("pm_card_{name}"))
}

/// What was typed, as a card; one that is no test card behaves well.
pub(in crate::stripe) struct Typed<'a> {
    /// Its digits.
    pub(in crate::stripe) number: &'a str,
    pub(in crate::stripe) brand: &'static str,
    pub(in crate::stripe) country: &'static str,
    pub(in crate::stripe) funding: &'static str,
    pub(in crate::stripe) behaviour: Behaviour,
}

/// The card of a number; none if its check digit is wrong and it is none of the list.
pub(in crate::stripe) fn by_number(number: &str) -> Option<Typed<'_>> {
    let known = CARDS.iter().find(|card| card.number == number);
    match known {
        Some(card) => Some(card.typed()),
        None if is_luhn(number) => {
            Some(Typed { number, brand: brand(number), country: "US", funding: "credit", behaviour: Behaviour::Fine })
        }
        None => None,
    }
}

impl Card {
    /// The card as if it had been typed.
    pub(in crate::stripe) fn typed(&self) -> Typed<'static> {
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
pub(in crate::stripe) fn decline(reason: &str) -> (&str, &str, &'static str) {
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
            assert!(is_luhn(card.number) || card.behaviour == Behaviour::Unavailable, "{}", card.number);
        }
        tokens.sort_unstable();
        let all = tokens.len();
        tokens.dedup();
        assert_eq!(tokens.len(), all);
        assert!(by_number("4242424242424241").is_none());
        assert_eq!(by_number("4111111111111111").map(|card| card.behaviour), Some(Behaviour::Fine));
    }
}
