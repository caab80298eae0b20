//! Amounts as Asaas writes them: decimals in reais. Nothing is reckoned with them: digits become centavos.

use super::failure::Failure;
use super::no;
use serde_json::Number;
use types::{Currency, Money};

/// Centavos of an amount that Asaas can be asked for.
pub(super) fn centavos(money: Money) -> Result<i64, Failure> {
    match money {
        Money { amount, currency: Currency::BRL } if amount > 0 => Ok(amount),
        _ => Err(no("Asaas takes amounts in reais only")),
    }
}

/// Centavos as the number that is sent.
pub(super) fn to_asaas(centavos: i64) -> Result<Number, Failure> {
    let text = format!("{}.{:02}", centavos / 100, centavos % 100);
    text.parse().map_err(|_| no("this is no amount"))
}

/// Centavos of a number that came; of more than two decimals the third rounds. None for what is no amount.
pub(super) fn of_asaas(number: &Number) -> Option<i64> {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if ![whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add((thousandths + 5) / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_go_there_and_come_back() {
        for (centavos, text) in [(29_700, "297"), (2_916, "29.16"), (10, "0.1"), (4_990, "49.9"), (5, "0.05")] {
            let sent = to_asaas(centavos).unwrap();
            assert_eq!(of_asaas(&sent), Some(centavos), "{sent}");
            let came: Number = text.parse().unwrap();
            assert_eq!(of_asaas(&came), Some(centavos), "{text}");
        }
        assert_eq!(serde_json::json!({ "value": to_asaas(2_916).unwrap() }).to_string(), r#"{"value":29.16}"#);
    }

    #[test]
    fn what_is_no_amount_in_reais_is_refused() {
        for money in [Money::new(100, Currency::parse("USD").unwrap()), Money::new(0, Currency::BRL)] {
            assert!(matches!(centavos(money), Err(Failure::No(_))), "{money:?}");
        }
        for text in ["-3.5", "1e30"] {
            assert_eq!(of_asaas(&text.parse().unwrap()), None, "{text}");
        }
    }
}
