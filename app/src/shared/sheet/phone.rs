//! A phone in a cell: in groups as people read it, so that it is no number and no sum, and without its plus, with which
//! a formula begins.

/// The phone for a cell. What is none of digits and their marks stays as it is.
pub(crate) fn phone(text: &str) -> String {
    let is_phone = |letter: char| letter.is_ascii_digit() || " ()+-.".contains(letter);
    if !text.chars().all(is_phone) {
        return text.to_owned();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (country, rest) = match digits.strip_prefix("55").filter(|rest| matches!(rest.len(), 10 | 11)) {
        Some(rest) => ("55 ", rest),
        None => ("", digits.as_str()),
    };
    let has_plus = text.trim_start().starts_with('+');
    let is_known = !country.is_empty() || (!has_plus && matches!(rest.len(), 10 | 11));
    let grouped = if is_known { area_and_number(rest) } else { threes(rest) };
    format!("{country}{grouped}")
}

/// `11 99999-0001`.
fn area_and_number(digits: &str) -> String {
    let (area, number) = digits.split_at(2);
    let (first, last) = number.split_at(number.len() - 4);
    format!("{area} {first}-{last}")
}

fn threes(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::phone;

    #[test]
    fn phones_are_read_as_phones() {
        for (on_file, written) in [
            ("+5511999990001", "55 11 99999-0001"),
            ("5511999990001", "55 11 99999-0001"),
            ("(11) 3333-0001", "11 3333-0001"),
            ("11999990001", "11 99999-0001"),
            ("+351912345678", "351 912 345 678"),
            ("99990001", "999 900 01"),
            ("+55=cmd|' /C calc'!A0", "+55=cmd|' /C calc'!A0"),
            ("", ""),
        ] {
            assert_eq!(phone(on_file), written);
        }
    }
}
