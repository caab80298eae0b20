//! What a producer says of itself to buyers: who it is before the law, and how it can be reached. All of it may be
//! absent, and what is absent is shown nowhere.

use crate::{Email, Line, TaxId};
use serde::{Deserialize, Serialize};

/// Everything that a producer says of itself.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Particulars {
    /// Who it is before the law.
    pub legal: Legal,
    /// How it can be reached.
    pub contacts: Contacts,
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
