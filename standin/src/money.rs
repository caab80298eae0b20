//! Amounts: decimals in BRL outside, whole centavos inside.

use serde_json::{Number, Value};

/// Centavos of a decimal, a number or a text; more than two decimals are rounded. `None` for what is no amount.
pub(crate) fn centavos(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => parse(&number.to_string()),
        Value::String(text) => parse(text.trim()),
        _ => None,
    }
}

fn parse(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || ![whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let whole: i64 = whole.parse().ok()?;
    Some(sign * (whole.checked_mul(100)? + (thousandths + 5) / 10))
}

/// A decimal of centavos, as a number.
pub(crate) fn decimal(centavos: i64) -> Value {
    if centavos % 100 == 0 {
        return Value::from(centavos / 100);
    }
    Number::from_f64(centavos as f64 / 100.0).map_or(Value::Null, Value::Number)
}

/// As people read it: `R$ 1234,50`.
pub(crate) fn reais(centavos: i64) -> String {
    format!("R$ {},{:02}", centavos / 100, centavos % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_decimal_is_read_digit_by_digit() {
        for (decimal, wanted) in [("29.16", 2916), ("100", 10_000), ("0.1", 10), ("19.995", 2000), ("-3.5", -350)] {
            assert_eq!(centavos(&json!(decimal)), Some(wanted), "{decimal}");
        }
        assert_eq!(centavos(&json!(29.16)), Some(2916));
        assert_eq!(centavos(&json!("twelve")), None);
        assert_eq!(centavos(&json!(null)), None);
    }

    #[test]
    fn centavos_are_written_as_the_number_that_was_meant() {
        assert_eq!(decimal(2916).to_string(), "29.16");
        assert_eq!(decimal(10_000).to_string(), "100");
        assert_eq!(decimal(10).to_string(), "0.1");
    }
}
