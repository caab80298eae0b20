//! An account that money is paid to: where a boleto was paid, there is no card that it could go back to.

use crate::{Email, Line, TaxId, cleaning};
use serde::{Deserialize, Serialize};

/// Whose account, and which.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Payee {
    /// Who holds it.
    pub holder: Line,
    /// The holder's CPF or CNPJ.
    pub tax_id: TaxId,
    /// The account.
    pub account: PayeeAccount,
}

/// How an account is named.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PayeeAccount {
    /// By a Pix key: CPF, CNPJ, e-mail, phone with country code, or a random key.
    Pix(String),
    /// By its bank.
    Bank {
        /// Three digits.
        bank: String,
        /// Up to five digits, without its check digit.
        branch: String,
        /// Up to thirteen digits.
        account: String,
        /// Its check digit: a digit or X.
        digit: String,
    },
}

/// The fields of a form, as they were typed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PayeeFields {
    /// Name of whoever holds the account, as the bank knows it.
    pub holder: String,
    /// CPF or CNPJ.
    pub tax_id: String,
    /// Pix key; where there is one, the bank's fields stay empty.
    pub pix_key: String,
    /// Bank code.
    pub bank: String,
    /// Number of the branch.
    pub branch: String,
    /// Number of the account, without its check digit.
    pub account: String,
    /// Its check digit.
    pub digit: String,
}

/// A field of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PayeeField {
    /// Name of whoever holds the account.
    Holder,
    /// CPF or CNPJ.
    TaxId,
    /// Pix key.
    PixKey,
    /// Bank code.
    Bank,
    /// Number of the branch.
    Branch,
    /// Number of the account.
    Account,
    /// Its check digit.
    Digit,
}

/// What is wrong with a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayeeFault {
    /// Nothing was typed.
    Missing,
    /// It is not what it should be.
    Invalid,
    /// A Pix key and an account of a bank: one of the two.
    Both,
}

impl PayeeField {
    /// The name of the field in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holder => "payee_holder",
            Self::TaxId => "payee_tax_id",
            Self::PixKey => "payee_pix_key",
            Self::Bank => "payee_bank",
            Self::Branch => "payee_branch",
            Self::Account => "payee_account",
            Self::Digit => "payee_digit",
        }
    }
}

impl Payee {
    /// Reads what was typed; every field that is wrong, with what is wrong with it.
    pub fn parse(fields: &PayeeFields) -> Result<Self, Vec<(PayeeField, PayeeFault)>> {
        let mut faults = Vec::new();
        let mut keep = |field, value: Result<String, PayeeFault>| match value {
            Ok(value) => value,
            Err(fault) => {
                faults.push((field, fault));
                String::new()
            }
        };
        let holder = keep(
            PayeeField::Holder,
            checked(&fields.holder, |text| Line::parse(text).ok().map(|line| line.to_string())),
        );
        let tax_id = keep(
            PayeeField::TaxId,
            checked(&fields.tax_id, |text| TaxId::parse(text).ok().map(|id| id.as_str().to_owned())),
        );
        let of_bank = [&fields.bank, &fields.branch, &fields.account, &fields.digit];
        let has_bank = of_bank.iter().any(|field| !field.trim().is_empty());
        let account = match (fields.pix_key.trim().is_empty(), has_bank) {
            (false, true) => {
                keep(PayeeField::PixKey, Err(PayeeFault::Both));
                PayeeAccount::Pix(String::new())
            }
            (true, false) => {
                keep(PayeeField::PixKey, Err(PayeeFault::Missing));
                PayeeAccount::Pix(String::new())
            }
            (false, false) => PayeeAccount::Pix(keep(PayeeField::PixKey, checked(&fields.pix_key, pix_key))),
            (true, true) => PayeeAccount::Bank {
                bank: keep(PayeeField::Bank, checked(&fields.bank, |text| digits(text, 3, 3))),
                branch: keep(PayeeField::Branch, checked(&fields.branch, |text| digits(text, 1, 5))),
                account: keep(PayeeField::Account, checked(&fields.account, |text| digits(text, 1, 13))),
                digit: keep(PayeeField::Digit, checked(&fields.digit, check_digit)),
            },
        };
        match (Line::parse(&holder), TaxId::parse(&tax_id)) {
            (Ok(holder), Ok(tax_id)) if faults.is_empty() => Ok(Self { holder, tax_id, account }),
            _ => Err(faults),
        }
    }

    /// Enough to recognise one's own and too little to use: `***.982.247-** · Pix •••901`.
    pub fn masked(&self) -> String {
        let end = |text: &str, length: usize| -> String {
            let skipped = text.chars().count().saturating_sub(length);
            format!("•••{}", text.chars().skip(skipped).collect::<String>())
        };
        let account = match &self.account {
            PayeeAccount::Pix(key) => format!("Pix {}", end(key, 3)),
            PayeeAccount::Bank { bank, account, digit, .. } => format!("{bank} {}-{digit}", end(account, 2)),
        };
        format!("{} · {account}", self.tax_id.masked())
    }
}

fn checked(typed: &str, read: impl Fn(&str) -> Option<String>) -> Result<String, PayeeFault> {
    match cleaning::strict(typed).as_str() {
        "" => Err(PayeeFault::Missing),
        text => read(text).ok_or(PayeeFault::Invalid),
    }
}

fn digits(text: &str, least: usize, most: usize) -> Option<String> {
    let plain: String = text.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
    ((least..=most).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_digit())).then_some(plain)
}

fn check_digit(text: &str) -> Option<String> {
    let digit = text.to_ascii_uppercase();
    (digit.len() == 1 && digit.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')).then_some(digit)
}

/// A Pix key, as banks write it.
fn pix_key(text: &str) -> Option<String> {
    if let Ok(id) = TaxId::parse(text) {
        return Some(id.as_str().to_owned());
    }
    if text.contains('@') {
        return Email::parse(text).ok().map(|email| email.to_string()).filter(|key| key.len() <= 77);
    }
    if text.len() == 36 && uuid::Uuid::try_parse(text).is_ok() {
        return Some(text.to_ascii_lowercase());
    }
    let phone: String = text.chars().filter(|letter| !matches!(letter, ' ' | '(' | ')' | '-')).collect();
    let number = phone.strip_prefix('+')?;
    ((10..=15).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pix_key: &str, bank: [&str; 4]) -> PayeeFields {
        let [bank, branch, account, digit] = bank.map(str::to_owned);
        PayeeFields {
            holder: "Ana Souza".to_owned(),
            tax_id: "529.982.247-25".to_owned(),
            pix_key: pix_key.to_owned(),
            bank,
            branch,
            account,
            digit,
        }
    }

    const NO_BANK: [&str; 4] = [""; 4];

    #[test]
    fn a_pix_key_is_a_tax_id_an_email_a_phone_or_a_random_key() {
        for (key, kept) in [
            ("529.982.247-25", "52998224725"),
            ("Ana@Example.com", "ana@example.com"),
            ("+55 (11) 99999-0001", "+5511999990001"),
            ("0B2D6C2E-1F7A-4B0C-9A56-0D4A9D0A7F11", "0b2d6c2e-1f7a-4b0c-9a56-0d4a9d0a7f11"),
        ] {
            let payee = Payee::parse(&typed(key, NO_BANK)).unwrap();
            assert_eq!(payee.account, PayeeAccount::Pix(kept.to_owned()));
        }
        for key in ["11999990001", "ana@", "529.982.247-26", "+55 11 x", "0b2d6c2e"] {
            let faults = Payee::parse(&typed(key, NO_BANK)).unwrap_err();
            assert_eq!(faults, [(PayeeField::PixKey, PayeeFault::Invalid)], "{key}");
        }
    }

    #[test]
    fn an_account_of_a_bank_has_all_its_numbers() {
        let payee = Payee::parse(&typed("", ["341", "1234", "56.789", "x"])).unwrap();
        assert_eq!(payee.masked(), "***.982.247-** · 341 •••89-X");
        let faults = Payee::parse(&typed("", ["34", "", "12a", "12"])).unwrap_err();
        let missing = |field| (field, PayeeFault::Missing);
        let invalid = |field| (field, PayeeFault::Invalid);
        let wanted = [
            invalid(PayeeField::Bank),
            missing(PayeeField::Branch),
            invalid(PayeeField::Account),
            invalid(PayeeField::Digit),
        ];
        assert_eq!(faults, wanted);
    }

    #[test]
    fn one_of_the_two_and_whose() {
        let both = Payee::parse(&typed("52998224725", ["341", "", "", ""])).unwrap_err();
        assert_eq!(both, [(PayeeField::PixKey, PayeeFault::Both)]);
        let nothing = Payee::parse(&PayeeFields::default()).unwrap_err();
        let fields: Vec<PayeeField> = nothing.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [PayeeField::Holder, PayeeField::TaxId, PayeeField::PixKey]);
    }
}
