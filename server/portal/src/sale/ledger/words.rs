//! The words by which an order is found: of its buyer's name, address, tax id and phone, of what was sold, and whether
//! something of it is overdue. They are folded, so that whoever looks for `joao` finds `João`.
//!
//! The words of an order are written with it, in the transaction that works it out anew ([`write()`]). What was on file
//! before there were words has them written once, by a job.

use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::outbox::Outcome;
use crate::text::search_form;
use std::collections::BTreeSet;
use types::{OrderId, TaxId};
use uuid::Uuid;

/// How many words of a name count, and how many letters of a word.
const MOST: usize = 12;
const LONGEST: usize = 60;
/// The digits of a phone that everybody types: without country, area, and the nine before mobile numbers.
const PHONE_DIGITS: usize = 8;
/// How many orders have their words written in one transaction.
const BATCH: i64 = 100;

/// What kind of word it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum WordKind {
    /// A word of the buyer's name.
    Name,
    /// The buyer's address.
    Email,
    /// CPF or CNPJ, without marks.
    TaxId,
    /// The last eight digits of a phone.
    Phone,
    /// The code of a product that was sold.
    Product,
    /// A charge of its subscription or an instalment is overdue: the word is empty.
    Overdue,
}

impl WordKind {
    /// The word of the column.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::TaxId => "tax_id",
            Self::Phone => "phone",
            Self::Product => "product",
            Self::Overdue => "overdue",
        }
    }
}

/// A word and its kind.
pub(crate) type Word = (WordKind, String);

/// What of an order is found by words.
#[derive(Clone, Debug, Default)]
pub(super) struct Findable {
    pub email: String,
    pub buyer_name: String,
    pub tax_id: Option<String>,
    pub phone: Option<String>,
    pub products: Vec<String>,
    pub is_overdue: bool,
}

/// The words of a name: folded, without marks between them, each once.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let folded = search_form(name);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut seen = BTreeSet::new();
    let words = words.map(|word| word.chars().take(LONGEST).collect::<String>());
    words.filter(|word| seen.insert(word.clone())).take(MOST).collect()
}

/// A CPF or CNPJ as it is looked for; none for what has too few digits for anything.
pub(crate) fn tax_word(text: &str) -> Option<String> {
    let plain = || text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let word = TaxId::parse(text).map_or_else(|_| plain(), |id| id.as_str().to_owned());
    (word.len() >= PHONE_DIGITS).then(|| word.chars().take(LONGEST).collect())
}

/// The last eight digits of a phone, and what stands before them, without what is only dialled first.
pub(crate) fn phone_parts(text: &str) -> Option<(String, String)> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (before, last) = digits.split_at_checked(digits.len().checked_sub(PHONE_DIGITS)?)?;
    Some((before.trim_start_matches('0').to_owned(), last.to_owned()))
}

impl Findable {
    /// Every word.
    fn words(&self) -> BTreeSet<Word> {
        let mut words = BTreeSet::from([(WordKind::Email, self.email.clone())]);
        words.extend(name_words(&self.buyer_name).into_iter().map(|word| (WordKind::Name, word)));
        words.extend(self.tax_id.as_deref().and_then(tax_word).map(|word| (WordKind::TaxId, word)));
        let phone = self.phone.as_deref().and_then(phone_parts);
        words.extend(phone.map(|(_, last)| (WordKind::Phone, last)));
        words.extend(self.products.iter().map(|code| (WordKind::Product, code.clone())));
        words.extend(self.is_overdue.then(|| (WordKind::Overdue, String::new())));
        words
    }
}

/// Writes the words of a locked order as they are now; nothing where they are on file already.
pub(super) async fn write(tx: &mut Tx, id: OrderId) -> Result<(), Error> {
    let (place, findable) = store::words::findable(tx, id).await?;
    let words = findable.words();
    let kept = store::words::of_order(tx, id).await?;
    let is_same = kept.len() == words.len()
        && kept.iter().all(|(kind, word, ordered_at)| {
            let is_wanted = words.iter().any(|(wanted, text)| wanted.as_str() == kind && text == word);
            is_wanted && *ordered_at == place.ordered_at
        });
    if !is_same {
        if !kept.is_empty() {
            store::words::clear(tx, id).await?;
        }
        store::words::insert(tx, id, &place, &words).await?;
    }
    Ok(())
}

/// Writes the words of every order that has none yet. Safe to run twice, and after a crash at any point.
pub(super) async fn write_all(portal: &Portal) -> Result<Outcome, Error> {
    let mut behind = Uuid::nil();
    loop {
        let orders = store::words::without(&portal.db, behind, BATCH).await?;
        let Some(last) = orders.last() else { return Ok(Outcome::Done) };
        behind = last.0;
        let mut tx = portal.db.begin().await?;
        for order in orders {
            store::order::lock(&mut tx, order).await?;
            write(&mut tx, order).await?;
        }
        tx.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_words_without_case_accents_and_marks() {
        assert_eq!(name_words("  João D'Ávila-SOUZA  de souza"), ["joao", "d", "avila", "souza", "de"]);
        assert_eq!(name_words("Łukasz 王"), ["łukasz", "王"]);
        assert_eq!(name_words("%_\\"), Vec::<String>::new());
    }

    #[test]
    fn a_phone_is_known_by_its_last_digits_however_it_is_written() {
        for text in ["(11) 99999-0001", "+55 11 99999 0001", "005511999990001", "011999990001"] {
            let (before, last) = phone_parts(text).unwrap();
            assert_eq!(last, "99990001", "{text}");
            assert!(before.ends_with("119"), "{text}: {before}");
        }
        assert_eq!(phone_parts("1234567"), None);
        assert_eq!(phone_parts("99990001"), Some((String::new(), "99990001".to_owned())));
    }

    #[test]
    fn a_tax_id_is_one_word_with_and_without_marks() {
        assert_eq!(tax_word("529.982.247-25"), tax_word("52998224725"));
        assert_eq!(tax_word("12.abc.345/01de-35").as_deref(), Some("12ABC34501DE35"));
        assert_eq!(tax_word("-"), None);
    }
}
