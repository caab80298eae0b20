//! Currencies: how many decimals Stripe counts in, and the smallest and largest amounts it charges.

use super::error::Failure;
use super::params::Params;

const ZERO_DECIMAL: &[&str] =
    &["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];
const THREE_DECIMAL: &[&str] = &["bhd", "jod", "kwd", "omr", "tnd"];
/// They have no decimals any more and are sent as if they had two, both 0.
const TWO_EMPTY_DECIMALS: &[&str] = &["isk", "ugx"];
/// The other currencies that the stand-in knows, all of two decimals.
const TWO_DECIMAL: &[&str] = &[
    "aed", "ars", "aud", "bob", "brl", "cad", "chf", "cop", "crc", "czk", "dkk", "dop", "eur", "gbp", "gtq", "hkd",
    "hnl", "huf", "idr", "ils", "inr", "mxn", "myr", "nio", "nok", "nzd", "pen", "php", "pln", "ron", "sar", "sek",
    "sgd", "thb", "try", "twd", "uah", "usd", "uyu", "zar",
];
/// Eight digits, as Stripe says; the last is left to the rounding of three decimals.
const MOST: i64 = 99_999_999;

/// How many decimals the amounts of a currency have as they are sent.
pub(super) fn decimals(currency: &str) -> u32 {
    match currency {
        zero if ZERO_DECIMAL.contains(&zero) => 0,
        three if THREE_DECIMAL.contains(&three) => 3,
        _ => 2,
    }
}

/// The smallest charge, of those that Stripe documents; half a unit for others.
fn least(currency: &str) -> i64 {
    match currency {
        "aed" => 200,
        "czk" => 1500,
        "dkk" => 250,
        "gbp" => 30,
        "hkd" => 400,
        "huf" => 17500,
        "mxn" => 1000,
        "myr" => 200,
        "nok" | "sek" => 300,
        "pln" | "ron" => 200,
        "thb" => 1000,
        zero if ZERO_DECIMAL.contains(&zero) => 50,
        three if THREE_DECIMAL.contains(&three) => 500,
        _ => 50,
    }
}

/// The currency of a call: three letters, in lower case from here on.
pub(super) fn read(params: &Params, name: &str) -> Result<String, Failure> {
    let currency = params.needed(name)?.to_lowercase();
    let lists = [ZERO_DECIMAL, THREE_DECIMAL, TWO_EMPTY_DECIMALS, TWO_DECIMAL];
    if lists.iter().any(|list| list.contains(&currency.as_str())) {
        return Ok(currency);
    }
    let message = format!("Invalid currency: {currency}. The stand-in does not know it.");
    Err(Failure::parameter("", &params.name(name), message))
}

/// An amount that can be charged.
pub(super) fn chargeable(amount: i64, currency: &str, parameter: &str) -> Result<(), Failure> {
    if amount < least(currency) {
        let message = format!("Amount must be at least {} {currency} in minor units.", least(currency));
        return Err(Failure::parameter("amount_too_small", parameter, message));
    }
    if amount > MOST {
        let message = format!("Amount must be no more than {MOST} {currency} in minor units.");
        return Err(Failure::parameter("amount_too_large", parameter, message));
    }
    whole(amount, currency, parameter)
}

/// An amount that the currency has.
pub(super) fn whole(amount: i64, currency: &str, parameter: &str) -> Result<(), Failure> {
    let step = match currency {
        three if THREE_DECIMAL.contains(&three) => 10,
        empty if TWO_EMPTY_DECIMALS.contains(&empty) => 100,
        _ => 1,
    };
    if amount % step == 0 {
        return Ok(());
    }
    let message = format!("Invalid amount: in {currency} it must be evenly divisible by {step}.");
    Err(Failure::parameter("parameter_invalid_integer", parameter, message))
}

/// An amount for people: `BRL 12.34`.
pub(super) fn shown(amount: i64, currency: &str) -> String {
    let (decimals, sign) = (decimals(currency) as usize, if amount < 0 { "-" } else { "" });
    let digits = format!("{:0>width$}", amount.unsigned_abs(), width = decimals + 1);
    let (units, rest) = digits.split_at(digits.len() - decimals);
    let point = if decimals == 0 { "" } else { "." };
    format!("{} {sign}{units}{point}{rest}", currency.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_in_their_currency() {
        assert!(chargeable(1000, "brl", "amount").is_ok() && chargeable(49, "brl", "amount").is_err());
        assert!(chargeable(500, "jpy", "amount").is_ok() && chargeable(49, "jpy", "amount").is_err());
        assert!(chargeable(5010, "kwd", "amount").is_ok() && chargeable(5011, "kwd", "amount").is_err());
        assert!(chargeable(50_000, "isk", "amount").is_ok() && chargeable(50_050, "ugx", "amount").is_err());
    }

    #[test]
    fn amounts_are_shown_with_the_decimals_of_their_currency() {
        assert_eq!(shown(123_456, "brl"), "BRL 1234.56");
        assert_eq!(
            (shown(-5, "usd"), shown(500, "jpy"), shown(1230, "kwd")),
            ("USD -0.05".to_owned(), "JPY 500".to_owned(), "KWD 1.230".to_owned())
        );
    }
}
