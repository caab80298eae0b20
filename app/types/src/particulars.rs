//! What a producer says of itself to buyers: who it is before the law, and how it can be reached. All of it may be
//! absent, and what is absent is shown nowhere.

use crate::{Accent, Email, Line, TaxId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Everything that a producer says of itself.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// Who it is before the law.
    pub legal: Legal,
    /// How it can be reached.
    pub contacts: Contacts,
    /// How its pages look.
    pub look: Look,
    /// In whose name its mails go out.
    pub sending: Sending,
}

/// How a producer's pages and mails look.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// The colour of buttons and links.
    pub accent: Option<Accent>,
    /// The picture above pages and mails.
    pub logo: Option<PictureName>,
}

/// In whose name a producer's mails to buyers go out.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Sending {
    /// The name that a mailbox shows, where that is not the producer's.
    pub name: Option<Line>,
    /// Where answers go, where that is not where buyers write to.
    pub reply_to: Option<Email>,
}

/// What a picture is called: the SHA-256 of its bytes, 64 hexadecimal digits in small letters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PictureName(String);

/// The text is no name of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the name of a picture")]
pub struct InvalidPictureName;

impl PictureName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, InvalidPictureName> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_name = text.len() == 64 && text.bytes().all(is_digit);
        if is_name { Ok(Self(text.to_owned())) } else { Err(InvalidPictureName) }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PictureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PictureName {
    type Err = InvalidPictureName;

    fn from_str(text: &str) -> Result<Self, InvalidPictureName> {
        Self::parse(text)
    }
}

impl TryFrom<String> for PictureName {
    type Error = InvalidPictureName;

    fn try_from(text: String) -> Result<Self, InvalidPictureName> {
        Self::parse(&text)
    }
}

impl From<PictureName> for String {
    fn from(name: PictureName) -> Self {
        name.0
    }
}

/// Who a producer is before the law.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Legal {
    /// The name in the register, where that is another one.
    pub name: Option<Line>,
    /// CNPJ, or CPF of who sells as a person.
    pub tax_id: Option<TaxId>,
    /// Postal address.
    pub address: Option<Line>,
    /// Its privacy notice, on its own site.
    pub privacy_url: Option<String>,
    /// Its terms of sale, on its own site.
    pub terms_url: Option<String>,
}

/// How a producer can be reached.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Contacts {
    /// Where buyers write to, where that is not where the portal writes to.
    pub email: Option<Email>,
    /// Number on WhatsApp, with the country's code.
    pub whatsapp: Option<Line>,
    /// Phone number.
    pub phone: Option<Line>,
    /// Page for help, on its own site.
    pub url: Option<String>,
    /// When somebody answers, in the producer's words.
    pub hours: Option<Line>,
}

impl Legal {
    /// Name, tax id and address as they stand under a letter and on a receipt; no line when none of them is known.
    pub fn lines(&self) -> Vec<String> {
        let tax_id = self.tax_id.as_ref().map(|id| format!("{} {id}", if id.is_company() { "CNPJ" } else { "CPF" }));
        let text = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
        [text(&self.name), tax_id, text(&self.address)].into_iter().flatten().collect()
    }
}

impl Contacts {
    /// The digits of the number on WhatsApp, as its own address wants them.
    pub fn whatsapp_digits(&self) -> Option<String> {
        let digits = |number: &Line| number.as_str().chars().filter(char::is_ascii_digit).collect();
        self.whatsapp.as_ref().map(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_makes_no_line() {
        assert!(Legal::default().lines().is_empty());
        let tax_id = Some(TaxId::parse("11222333000181").unwrap());
        let address = Some(Line::parse("Rua das Flores, 10, São Paulo").unwrap());
        let legal = Legal { tax_id, ..Legal::default() };
        assert_eq!(legal.lines(), ["CNPJ 11.222.333/0001-81"]);
        let legal = Legal { name: Some(Line::parse("Luz Cursos Ltda").unwrap()), address, ..legal };
        assert_eq!(legal.lines(), ["Luz Cursos Ltda", "CNPJ 11.222.333/0001-81", "Rua das Flores, 10, São Paulo"]);
    }
}
