//! Phone numbers: as people group them, and as programs send them in parts.

use crate::{Line, cleaning};

/// The text is no phone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("must be a phone number of 8 to 15 digits")]
pub struct InvalidPhone;

/// Reads one as people type it: 8 to 15 digits, with blanks, brackets, dots, dashes and a plus. It stays as it was
/// grouped.
pub fn parse(text: &str) -> Result<Line, InvalidPhone> {
    let text = cleaning::strict(text);
    let has_shape = text.chars().all(|letter| letter.is_ascii_digit() || " ()+-.".contains(letter));
    let is_whole = has_shape && (8..=15).contains(&digits(&text).len()) && text.len() <= 30;
    Line::parse(&text).ok().filter(|_| is_whole).ok_or(InvalidPhone)
}

/// The digits of a number whose country code was sent beside it, with that code once: some senders write it into the
/// number as well. None for a number without digits.
pub fn whole(country: &str, number: &str) -> Option<Line> {
    let (country, number) = (cleaning::strict(country), cleaning::strict(number));
    let (country, plain) = (digits(&country), digits(&number));
    // A plus, or the two zeros that stand for it, begin a number that is whole.
    let abroad = plain.strip_prefix("00").or_else(|| number.starts_with('+').then_some(plain.as_str()));
    let whole = match abroad {
        Some(whole) => whole.to_owned(),
        None if has_country(&plain, &country) => plain,
        None => format!("{country}{}", plain.trim_start_matches('0')),
    };
    Line::cut(&whole).filter(|_| !digits(&number).is_empty())
}

/// A Brazilian number as people read it, `(11) 99999-0001`; another one, and one that somebody grouped, as it is.
pub fn grouped(text: &str) -> String {
    let plain = text.strip_prefix('+').unwrap_or(text);
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let (country, local) = match plain.strip_prefix("55") {
        Some(local) if matches!(local.len(), 10 | 11) => ("+55 ", local),
        _ => ("", plain),
    };
    let is_abroad = text.starts_with('+') && country.is_empty();
    if is_abroad || !matches!(local.len(), 10 | 11) {
        return text.to_owned();
    }
    let (area, number) = local.split_at(2);
    let (first, last) = number.split_at(number.len() - 4);
    format!("{country}({area}) {first}-{last}")
}

/// Whether a number begins with its country's code: what is left is then a whole number in that country. In Brazil
/// that has 10 or 11 digits, and 55 is also the area code of Santa Maria.
fn has_country(number: &str, country: &str) -> bool {
    let least = if country == "55" { 10 } else { 8 };
    !country.is_empty() && number.strip_prefix(country).is_some_and(|rest| rest.len() >= least)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_parts_has_its_country_code_once() {
        for (country, number, kept) in [
            ("55", "11999990001", "5511999990001"),
            ("+55", "(11) 99999-0001", "5511999990001"),
            ("55", "5511999990001", "5511999990001"),
            ("55", "+55 11 99999–0001", "5511999990001"),
            ("55", "005511999990001", "5511999990001"),
            ("55", "011999990001", "5511999990001"),
            // An area code that is the country's code too.
            ("55", "55999990001", "5555999990001"),
            ("351", "351912345678", "351912345678"),
            ("351", "912345678", "351912345678"),
            ("", "11999990001", "11999990001"),
        ] {
            assert_eq!(whole(country, number).unwrap().as_str(), kept, "{country} {number}");
        }
        assert_eq!((whole("55", ""), whole("55", "-")), (None, None));
    }

    #[test]
    fn a_brazilian_number_is_grouped_and_others_stay() {
        for (kept, read) in [
            ("11999990001", "(11) 99999-0001"),
            ("1133330001", "(11) 3333-0001"),
            ("5511999990001", "+55 (11) 99999-0001"),
            ("+5511999990001", "+55 (11) 99999-0001"),
            ("55999990001", "(55) 99999-0001"),
            ("+12025550123", "+12025550123"),
            ("351912345678", "351912345678"),
            ("(11) 99999-0001", "(11) 99999-0001"),
            ("***0001", "***0001"),
        ] {
            assert_eq!(grouped(kept), read);
        }
    }

    #[test]
    fn what_people_type_stays_as_they_grouped_it() {
        assert_eq!(parse(" (11) 99999\u{2011}0001\u{202c} ").unwrap().as_str(), "(11) 99999-0001");
        for wrong in ["", "1234567", "1234567890123456", "11 9999x-0001"] {
            assert_eq!(parse(wrong), Err(InvalidPhone), "{wrong:?}");
        }
    }
}
