//! What a typed card is, and what it will do. The number lives in this file's arguments for the length of one request
//! and nowhere else.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::str::FromStr;
use types::{DeclineReason, Instant};

/// What a card does, decided by its number when it is typed; by its last four digits for a card that was never typed
/// here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Behaviour {
    /// Whatever is asked.
    Works,
    /// Is refused when it is saved, and when it is charged.
    Declines(DeclineReason),
    /// Can be saved; every charge is refused.
    DeclinesLater,
    /// The bank asks for a confirmation when it is saved, never again.
    ConfirmsOnce,
    /// The bank asks for a confirmation every time.
    ConfirmsAlways,
    /// Is confirmed, and then refused.
    ConfirmsThen(DeclineReason),
    /// Cannot be reached, with unknown outcome.
    Outage,
    /// Is disputed with the bank after it was charged.
    Disputed,
}

/// Numbers by which a card is told what to do: those of Stripe, so that its documents hold here too.
const NUMBERS: &[(&str, Behaviour)] = &[
    ("4000000000000002", Behaviour::Declines(DeclineReason::Generic)),
    ("4000000000009995", Behaviour::Declines(DeclineReason::InsufficientFunds)),
    ("4000000000009987", Behaviour::Declines(DeclineReason::LostCard)),
    ("4000000000009979", Behaviour::Declines(DeclineReason::StolenCard)),
    ("4000000000000069", Behaviour::Declines(DeclineReason::ExpiredCard)),
    ("4000000000000127", Behaviour::Declines(DeclineReason::IncorrectCvc)),
    ("4000000000000119", Behaviour::Declines(DeclineReason::ProcessingError)),
    ("4000000000000341", Behaviour::DeclinesLater),
    ("4000002500003155", Behaviour::ConfirmsOnce),
    ("4000002760003184", Behaviour::ConfirmsAlways),
    ("4000008260003178", Behaviour::ConfirmsThen(DeclineReason::InsufficientFunds)),
    ("4000008400001629", Behaviour::ConfirmsThen(DeclineReason::Generic)),
    ("4000000000009999", Behaviour::Outage),
    ("4000000000000259", Behaviour::Disputed),
];

/// What follows from saving or charging a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Answer {
    Yes,
    No(DeclineReason),
    Confirm,
}

impl Behaviour {
    fn of_number(number: &str) -> Self {
        NUMBERS.iter().find(|(known, _)| *known == number).map_or(Self::Works, |(_, behaviour)| *behaviour)
    }

    /// For a card that came with an order.
    pub(super) fn of_last4(last4: &str) -> Self {
        NUMBERS.iter().find(|(known, _)| known.ends_with(last4)).map_or(Self::Works, |(_, behaviour)| *behaviour)
    }

    /// Saving it.
    pub(super) fn save(self) -> Answer {
        match self {
            Self::Works | Self::DeclinesLater | Self::Disputed => Answer::Yes,
            Self::Declines(reason) => Answer::No(reason),
            Self::Outage => Answer::No(DeclineReason::ProcessingError),
            Self::ConfirmsOnce | Self::ConfirmsAlways | Self::ConfirmsThen(_) => Answer::Confirm,
        }
    }

    /// Charging it. An outage is no answer: the caller asks about it first.
    pub(super) fn charge(self) -> Answer {
        match self {
            Self::Works | Self::ConfirmsOnce | Self::Disputed | Self::Outage => Answer::Yes,
            Self::Declines(reason) => Answer::No(reason),
            Self::DeclinesLater => Answer::No(DeclineReason::Generic),
            Self::ConfirmsAlways | Self::ConfirmsThen(_) => Answer::Confirm,
        }
    }

    /// What the bank says once the holder has confirmed.
    pub(super) fn confirmed(self) -> Result<(), DeclineReason> {
        if let Self::ConfirmsThen(reason) = self { Err(reason) } else { Ok(()) }
    }

    /// The word it is stored as.
    pub(super) fn to_column(self) -> String {
        match self {
            Self::Works => "works".to_owned(),
            Self::Declines(reason) => format!("declines:{reason}"),
            Self::DeclinesLater => "declines_later".to_owned(),
            Self::ConfirmsOnce => "confirms_once".to_owned(),
            Self::ConfirmsAlways => "confirms_always".to_owned(),
            Self::ConfirmsThen(reason) => format!("confirms_then:{reason}"),
            Self::Outage => "outage".to_owned(),
            Self::Disputed => "disputed".to_owned(),
        }
    }
}

impl FromStr for Behaviour {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word.split_once(':') {
            Some(("declines", reason)) => reason.parse().map(Self::Declines).map_err(drop),
            Some(("confirms_then", reason)) => reason.parse().map(Self::ConfirmsThen).map_err(drop),
            _ => match word {
                "works" => Ok(Self::Works),
                "declines_later" => Ok(Self::DeclinesLater),
                "confirms_once" => Ok(Self::ConfirmsOnce),
                "confirms_always" => Ok(Self::ConfirmsAlways),
                "outage" => Ok(Self::Outage),
                "disputed" => Ok(Self::Disputed),
                _ => Err(()),
            },
        }
    }
}

/// A card as it was typed. No `Debug`: it must not reach a log.
pub(super) struct Typed<'a> {
    pub(super) number: &'a str,
    pub(super) expiry: &'a str,
    pub(super) security_code: &'a str,
}

/// The day by which cards are good or not.
pub(super) fn day_of(now: Instant) -> Date {
    Timestamp::from_microsecond(now.micros()).unwrap_or(Timestamp::MAX).to_zoned_datetime(TimeZone::UTC).date()
}

/// Whether a card of this year and month is not good any more: it is until the last day of its month.
pub(super) fn has_expired(until: (i64, i64), today: Date) -> bool {
    until < (i64::from(today.year()), i64::from(today.month()))
}

/// All that is kept of a typed card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Card {
    pub(super) brand: &'static str,
    pub(super) last4: String,
    pub(super) exp_month: i64,
    pub(super) exp_year: i64,
    pub(super) behaviour: Behaviour,
}

/// What is wrong with what was typed, field by field.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Faults {
    pub(super) number: bool,
    pub(super) expiry: bool,
    pub(super) has_expired: bool,
    pub(super) security_code: bool,
}

impl Typed<'_> {
    /// The card, or every fault at once.
    pub(super) fn check(&self, today: Date) -> Result<Card, Faults> {
        let number = digits(self.number).filter(|digits| is_number(digits));
        let expiry = read_expiry(self.expiry);
        let code = self.security_code.trim();
        let has_expired = expiry.is_some_and(|until| has_expired(until, today));
        let faults = Faults {
            number: number.is_none(),
            expiry: expiry.is_none(),
            has_expired,
            security_code: !((3..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())),
        };
        match (number, expiry) {
            (Some(number), Some((exp_year, exp_month))) if faults == Faults::default() => Ok(Card {
                brand: brand(&number),
                last4: number[number.len() - 4..].to_owned(),
                exp_month,
                exp_year,
                behaviour: Behaviour::of_number(&number),
            }),
            _ => Err(faults),
        }
    }
}

/// The digits of a number that may be written in groups.
fn digits(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '\u{a0}')).collect();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// Numbers that are told here count although one of them, the outage, does not check.
fn is_number(digits: &str) -> bool {
    let is_told = NUMBERS.iter().any(|(known, _)| *known == digits);
    is_told || ((13..=19).contains(&digits.len()) && luhn(digits))
}

fn luhn(digits: &str) -> bool {
    let double = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let value = |(place, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        if place % 2 == 1 { double(digit) } else { digit }
    };
    digits.bytes().rev().enumerate().map(value).sum::<u32>().is_multiple_of(10)
}

/// Year and month of `08/31` or `08/2031`.
fn read_expiry(text: &str) -> Option<(i64, i64)> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (month, year) = text.split_once('/')?;
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(plain(month) && plain(year) && (1..=2).contains(&month.len())) {
        return None;
    }
    let year = match year.len() {
        2 => 2000 + year.parse::<i64>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let month: i64 = month.parse().ok()?;
    ((1..=12).contains(&month) && (2000..2100).contains(&year)).then_some((year, month))
}

fn brand(number: &str) -> &'static str {
    match number.as_bytes() {
        [b'4', ..] => "visa",
        [b'5', b'1'..=b'5', ..] | [b'2', b'2'..=b'7', ..] => "mastercard",
        [b'3', b'4' | b'7', ..] => "amex",
        [b'6', b'0', b'6', b'2', ..] => "hipercard",
        [b'3', b'0' | b'6' | b'8', ..] => "diners",
        [b'5' | b'6', ..] => "elo",
        _ => "card",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(number: &str, expiry: &str, code: &str) -> Result<Card, Faults> {
        Typed { number, expiry, security_code: code }.check(date(2026, 11, 30))
    }

    #[test]
    fn a_card_is_kept_as_brand_last_four_and_expiry_only() {
        let card = check("4242 4242-4242 4242", "8 / 31", "123").unwrap();
        assert_eq!((card.brand, card.last4.as_str(), card.exp_month, card.exp_year), ("visa", "4242", 8, 2031));
        assert_eq!(card.behaviour, Behaviour::Works);
        assert!(!format!("{card:?}").contains("42424242"));
        assert_eq!(check("5555555555554444", "11/2026", "1234").unwrap().brand, "mastercard");
    }

    #[test]
    fn every_fault_is_said_at_once() {
        assert_eq!(
            check("4242424242424241", "13/31", "12").unwrap_err(),
            Faults { number: true, expiry: true, has_expired: false, security_code: true }
        );
        assert!(check("4242424242424242", "10/26", "123").unwrap_err().has_expired);
        for (number, expiry, code) in
            [("", "", ""), ("４２４２", "1/1", "abc"), ("0", "//", "12345"), ("4242", "0/30", "１２３")]
        {
            assert!(check(number, expiry, code).is_err(), "{number} {expiry} {code}");
        }
    }

    #[test]
    fn every_known_number_is_a_card_and_its_behaviour_survives_its_word() {
        for (number, behaviour) in NUMBERS {
            assert!(luhn(number) || *behaviour == Behaviour::Outage, "{number}");
            assert_eq!(check(number, "12/30", "123").unwrap().behaviour, *behaviour);
            assert_eq!(Behaviour::of_last4(&number[12..]), *behaviour);
            assert_eq!(behaviour.to_column().parse(), Ok(*behaviour));
        }
        assert_eq!(Behaviour::of_last4("4242"), Behaviour::Works);
        assert_eq!("works".parse(), Ok(Behaviour::Works));
    }
}
