//! Money: integer minor units plus a currency (rule 17). Foreign decimals are read as text, never through floats.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Money that changes hands today (ISO 4217), without funds, metals and test codes.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
    BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW \
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD \
    NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD \
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED \
    VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency of ISO 4217: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// An amount in minor units (cents) of a currency. Never negative where a view or an order holds it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: 9990 is R$ 99,90.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
}

/// The text is no amount or no currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidMoney {
    /// No currency of ISO 4217.
    #[error("must be a currency code of ISO 4217, such as BRL")]
    Currency,
    /// Not a plain decimal number.
    #[error("must be a decimal number such as 297 or 19.90")]
    Decimal,
    /// More decimals than the currency has.
    #[error("has more decimals than its currency")]
    TooPrecise,
    /// Does not fit.
    #[error("is too large")]
    TooLarge,
}

impl Currency {
    /// The Brazilian real.
    pub const BRL: Self = Self(*b"BRL");

    /// Reads a code in either case: webhooks send `pln`.
    pub fn parse(text: &str) -> Result<Self, InvalidMoney> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| InvalidMoney::Currency)?;
        let code = Self(code.map(|byte| byte.to_ascii_uppercase()));
        if CODES.as_bytes().chunks(4).any(|known| known.starts_with(&code.0)) {
            Ok(code)
        } else {
            Err(InvalidMoney::Currency)
        }
    }

    /// The three capital letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals an amount is written with: 2, but none for some and 3 for a few (ISO 4217).
    pub const fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidMoney;

    fn try_from(text: String) -> Result<Self, InvalidMoney> {
        Self::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl Money {
    /// `amount` minor units of `currency`.
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Reads a decimal in major units as other systems send it: `297`, `19.9`, `0.2500`, `-3`. Digits beyond the
    /// currency's are taken when they are zero.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, InvalidMoney> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || digits.ends_with('.') {
            return Err(InvalidMoney::Decimal);
        }
        let decimals = currency.decimals() as usize;
        let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
        if beyond.bytes().any(|byte| byte != b'0') {
            return Err(InvalidMoney::TooPrecise);
        }
        let minor: i64 = format!("{whole}{kept:0<decimals$}").parse().map_err(|_| InvalidMoney::TooLarge)?;
        Ok(Self::new(sign * minor, currency))
    }

    /// The sum; none when it does not fit or the currencies differ.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let amount = self.amount.checked_add(other.amount)?;
        (self.currency == other.currency).then_some(Self { amount, ..self })
    }
}

/// What `part` of `whole` is of an amount, in minor units, rounded half up (rule 12). Nothing of a whole that is empty.
pub fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let (amount, part, whole) = (i128::from(amount), i128::from(part), i128::from(whole));
    i64::try_from((2 * amount * part + whole) / (2 * whole)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_half_up() {
        // The golden values of rule 12.
        assert_eq!((share(9990, 7, 31), share(19_990, 7, 31)), (2256, 4514));
        assert_eq!((share(1, 1, 2), share(3, 1, 2), share(1, 1, 3), share(1, 5, 10)), (1, 2, 0, 1));
        assert_eq!((share(1990, 31_690, 31_690), share(5000, 1000, 10_000)), (1990, 500));
    }

    #[test]
    fn the_largest_amounts_have_shares_and_an_empty_whole_has_none() {
        assert_eq!(share(i64::MAX / 4, 1 << 40, 1 << 40), i64::MAX / 4);
        assert_eq!((share(i64::MAX, 365, 365), share(i64::MAX, i64::MAX, i64::MAX)), (i64::MAX, i64::MAX));
        assert_eq!((share(5, 5, 0), share(5, 0, 5), share(0, 5, 5)), (0, 0, 0));
    }

    fn brl(text: &str) -> Result<i64, InvalidMoney> {
        Money::parse_decimal(text, Currency::BRL).map(|money| money.amount)
    }

    #[test]
    fn decimals_are_read_as_text() {
        for (text, cents) in
            [("297", 29700), ("19.9", 1990), ("0.07", 7), ("0.2500", 25), ("-3.50", -350), ("316.90", 31690)]
        {
            assert_eq!(brl(text), Ok(cents), "{text}");
        }
        assert_eq!(Money::parse_decimal("500", Currency::parse("jpy").unwrap()).unwrap().amount, 500);
    }

    #[test]
    fn three_letters_are_not_a_currency_yet() {
        assert_eq!(Currency::parse("pln").unwrap().as_str(), "PLN");
        for text in ["NaN", "con", "XXX", "XTS", "R$ ", "BR", "", "BRL ", "   ", "A B"] {
            assert!(Currency::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_a_plain_decimal_is_refused() {
        for text in ["", ".5", "5.", "1e3", "1,50", "+1", " 1", "NaN", "--1", "0x10"] {
            assert_eq!(brl(text), Err(InvalidMoney::Decimal), "{text:?}");
        }
        assert_eq!(brl("0.005"), Err(InvalidMoney::TooPrecise));
        assert_eq!(brl("99999999999999999999"), Err(InvalidMoney::TooLarge));
    }
}
