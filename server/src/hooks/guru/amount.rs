//! Amounts in major units, as programs write them and as people of a country do.

use types::{Currency, cleaning};

/// The greatest amount, in minor units.
pub(super) const MOST: i64 = 1_000_000_000_000;

/// A JSON number, in minor units of `currency`. Digits beyond the currency's are rounded half up: they come from the
/// other side's floats. None for what is negative, has an exponent, or is too large.
pub(super) fn of_number(text: &str, currency: Currency) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    minor(whole, fraction, currency)
}

/// An amount in a string: a number, or with marks between the thousands, with a comma, with the currency beside it:
/// `R$ 1.234,56`. A single mark before just three digits can be either, and is refused.
pub(super) fn of_text(text: &str, currency: Currency) -> Option<i64> {
    let plain: String = cleaning::strict(text).chars().filter(|letter| *letter != ' ').collect();
    let plain = [currency.as_str(), "R$", "US$", "$", "€"].iter().fold(plain, |text, sign| text.replace(sign, ""));
    let Some(last) = plain.rfind(['.', ',']) else { return minor(&plain, "", currency) };
    let (whole, fraction) = (&plain[..last], &plain[last + 1..]);
    let mark = &plain[last..=last];
    if whole.contains(['.', ',']) {
        // Either the last mark is the decimal one and the others are of the other kind, or all are between thousands.
        let joined = if whole.contains(mark) { thousands(&plain, mark)? } else { thousands(whole, other(mark))? };
        return minor(&joined, if whole.contains(mark) { "" } else { fraction }, currency);
    }
    let is_unclear = fraction.len() == 3 && whole != "0" && currency.decimals() != 3;
    if is_unclear { None } else { minor(whole, fraction, currency) }
}

fn other(mark: &str) -> &'static str {
    if mark == "." { "," } else { "." }
}

/// Digits with this mark between each three of them, joined.
fn thousands(text: &str, mark: &str) -> Option<String> {
    let mut groups = text.split(mark);
    let is_first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    (is_first && groups.all(|group| group.len() == 3)).then(|| text.replace(mark, ""))
}

fn minor(whole: &str, fraction: &str, currency: Currency) -> Option<i64> {
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_plain(whole) || !is_plain(fraction) {
        return None;
    }
    let decimals = currency.decimals() as usize;
    let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
    let minor: i64 = format!("{whole}{kept:0<decimals$}").parse().ok()?;
    let round_up = beyond.bytes().next().is_some_and(|digit| digit >= b'5');
    Some(minor + i64::from(round_up)).filter(|minor| *minor <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_their_text() {
        for (text, cents) in [
            ("297", 29_700),
            ("19.9", 1990),
            ("0.07", 7),
            ("478.8", 47_880),
            ("0.30000000000000004", 30),
            ("19.899999999999999", 1990),
        ] {
            assert_eq!(of_number(text, Currency::BRL), Some(cents), "{text}");
        }
        for text in ["-1", "1e3", "1E-2", "99999999999999999999", ".5"] {
            assert_eq!(of_number(text, Currency::BRL), None, "{text}");
        }
    }

    #[test]
    fn amounts_in_a_countrys_way_are_read_where_they_are_clear() {
        for (text, cents) in [
            ("19.90", 1990),
            ("297", 29_700),
            ("297,00", 29_700),
            ("1.234,56", 123_456),
            ("1,234.56", 123_456),
            ("R$\u{a0}1.234,56", 123_456),
            ("BRL 19,9", 1990),
            ("1.234.567", 123_456_700),
            ("1.234.567,8", 123_456_780),
            ("0.125", 13),
        ] {
            assert_eq!(of_text(text, Currency::BRL), Some(cents), "{text}");
        }
        for text in ["", "x", "-1", "1e3", "1.234", "1,234", "12.34.56", "1.23,45,6", "1.234,567,8", "1,2.3"] {
            assert_eq!(of_text(text, Currency::BRL), None, "{text}");
        }
    }
}
