//! Brazilian tax ids: CPF of people, CNPJ of companies, also in the form with letters that is given out from July 2026
//! on.

use crate::cleaning;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A CPF (11 digits) or CNPJ (12 digits or capital letters and 2 digits) whose check digits are right; kept without its
/// marks.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxId(String);

/// The text is no CPF and no CNPJ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidTaxId {
    /// Not as many digits and letters as one of the two has.
    #[error("must have the 11 digits of a CPF or the 14 digits and letters of a CNPJ")]
    Shape,
    /// A digit was mistyped.
    #[error("has wrong check digits")]
    CheckDigits,
}

const CPF_LENGTH: usize = 11;
const CNPJ_LENGTH: usize = 14;

impl TaxId {
    /// Reads one as people type it: with dots, dashes and blanks or without, letters in either case.
    pub fn parse(text: &str) -> Result<Self, InvalidTaxId> {
        let is_mark = |letter: &char| matches!(letter, '.' | '-' | '/') || letter.is_whitespace();
        let plain: String = cleaning::strict(text).chars().filter(|letter| !is_mark(letter)).collect();
        let plain = plain.to_ascii_uppercase();
        let bytes = plain.as_bytes();
        let has_shape = match bytes.len() {
            CPF_LENGTH => bytes.iter().all(u8::is_ascii_digit),
            CNPJ_LENGTH => {
                bytes[..12].iter().all(u8::is_ascii_alphanumeric) && bytes[12..].iter().all(u8::is_ascii_digit)
            }
            _ => false,
        };
        if !has_shape {
            return Err(InvalidTaxId::Shape);
        }
        // All of one digit has right check digits and is nobody's.
        let is_uniform = bytes.iter().all(|byte| *byte == bytes[0]);
        if is_uniform || !has_check_digits(bytes) { Err(InvalidTaxId::CheckDigits) } else { Ok(Self(plain)) }
    }

    /// Reads what a program sent: a program that took it for a number has lost its leading zeros. They are put back
    /// where the check digits then fit.
    pub fn completed(text: &str) -> Option<Self> {
        let digits = cleaning::strict(text);
        let digits = digits.strip_suffix(".0").unwrap_or(&digits);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let padded = || [format!("{digits:0>CPF_LENGTH$}"), format!("{digits:0>CNPJ_LENGTH$}")];
        let completed = || padded().iter().find_map(|text| Self::parse(text).ok());
        Self::parse(text).ok().or_else(|| is_number.then(completed).flatten())
    }

    /// Whether it is a company's.
    pub fn is_company(&self) -> bool {
        self.0.len() == CNPJ_LENGTH
    }

    /// As it is kept: digits and capital letters only.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise one's own and too little to use: `***.982.247-**`, `**.ABC.345/01DE-**`.
    pub fn masked(&self) -> String {
        let edge = if self.is_company() { 2 } else { 3 };
        let hidden = |at: usize| at < edge || at >= self.0.len() - 2;
        let letters: String =
            self.0.chars().enumerate().map(|(at, letter)| if hidden(at) { '*' } else { letter }).collect();
        with_marks(&letters)
    }
}

/// `529.982.247-25`, `12.ABC.345/01DE-35`.
impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_marks(&self.0))
    }
}

/// `letters` are ASCII, of one of the two lengths.
fn with_marks(letters: &str) -> String {
    let part = |from: usize, to: usize| letters.get(from..to).unwrap_or_default();
    if letters.len() == CNPJ_LENGTH {
        format!("{}.{}.{}/{}-{}", part(0, 2), part(2, 5), part(5, 8), part(8, 12), part(12, 14))
    } else {
        format!("{}.{}.{}-{}", part(0, 3), part(3, 6), part(6, 9), part(9, 11))
    }
}

fn has_check_digits(bytes: &[u8]) -> bool {
    // Weights count up from the right; a CNPJ's begin again after 9.
    let highest = if bytes.len() == CNPJ_LENGTH { 9 } else { 11 };
    let body = bytes.len() - 2;
    [body, body + 1].iter().all(|length| check_digit(&bytes[..*length], highest) == u32::from(bytes[*length] - b'0'))
}

/// The digit that follows `bytes`. A letter counts as its ASCII code less 48, so that digits count as themselves.
fn check_digit(bytes: &[u8], highest: u32) -> u32 {
    let weights = (2..=highest).cycle();
    let sum: u32 = bytes.iter().rev().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let rest = sum % 11;
    if rest < 2 { 0 } else { 11 - rest }
}

impl TryFrom<String> for TaxId {
    type Error = InvalidTaxId;

    fn try_from(text: String) -> Result<Self, InvalidTaxId> {
        Self::parse(&text)
    }
}

impl From<TaxId> for String {
    fn from(id: TaxId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_companies_old_and_new_are_known_however_they_are_typed() {
        for (typed, kept, shown, masked) in [
            ("529.982.247-25", "52998224725", "529.982.247-25", "***.982.247-**"),
            (" 000 000 001 91 ", "00000000191", "000.000.001-91", "***.000.001-**"),
            ("11.222.333/0001-81", "11222333000181", "11.222.333/0001-81", "**.222.333/0001-**"),
            ("12.abc.345/01de-35", "12ABC34501DE35", "12.ABC.345/01DE-35", "**.ABC.345/01DE-**"),
            ("\u{202d}１１.222.333/0001–81", "11222333000181", "11.222.333/0001-81", "**.222.333/0001-**"),
        ] {
            let id = TaxId::parse(typed).unwrap();
            assert_eq!((id.as_str(), id.to_string().as_str(), id.masked().as_str()), (kept, shown, masked));
            assert_eq!(id.is_company(), kept.len() == 14);
        }
    }

    #[test]
    fn a_number_has_its_leading_zeros_again() {
        for (sent, kept) in [("191", "00000000191"), ("191.0", "00000000191"), ("52998224725", "52998224725")] {
            assert_eq!(TaxId::completed(sent).unwrap().as_str(), kept);
        }
        assert_eq!(TaxId::completed("12345678").map(|id| id.to_string()), None);
        assert_eq!(TaxId::completed("AB 123"), None);
    }

    #[test]
    fn each_wrong_character_is_seen() {
        for right in ["52998224725", "11222333000181", "12ABC34501DE35"] {
            for at in 0..right.len() {
                let mut letters: Vec<u8> = right.bytes().collect();
                // What differs by 11 looks the same to a check digit: B and 7.
                letters[at] = if (letters[at] - b'0') % 11 == 7 { b'8' } else { b'7' };
                let wrong = String::from_utf8(letters).unwrap();
                assert_eq!(TaxId::parse(&wrong), Err(InvalidTaxId::CheckDigits), "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_no_tax_id_is_refused() {
        for text in ["", "5299822472", "529982247255", "5299822472X", "12ABC34501DEX5", "a\0b"] {
            assert_eq!(TaxId::parse(text), Err(InvalidTaxId::Shape), "{text:?}");
        }
        for text in ["11111111111", "00000000000000"] {
            assert_eq!(TaxId::parse(text), Err(InvalidTaxId::CheckDigits), "{text:?}");
        }
    }
}
