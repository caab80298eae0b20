//! What can be bought.

mod shape;

use data_encoding::HEXLOWER;
use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Something that can be bought, once or again and again.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is sold by it.
    pub product: Product,
    /// Its price, in centavos.
    pub value: i64,
    /// How often it is charged; `None` for what is bought once.
    pub every: Option<(i64, Interval)>,
    /// How it can be paid.
    pub methods: Vec<Method>,
    /// Into how many parts a card divides it at most, without interest.
    pub parts: i64,
    /// Ids of the plans that are an upgrade of it.
    pub upgrades: Vec<String>,
    /// Ids of the plans that are a downgrade of it.
    pub downgrades: Vec<String>,
}

/// What is sold.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its UUID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its id at the marketplace: what transactions call `id`.
    pub marketplace_id: String,
}

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interval {
    /// `day`
    Day,
    /// `week`
    Week,
    /// `month`
    Month,
    /// `year`
    Year,
}

/// How somebody pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// `credit_card`
    CreditCard,
    /// `billet`: a boleto.
    Billet,
    /// `pix`
    Pix,
}

impl Method {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::CreditCard => "credit_card",
            Self::Billet => "billet",
            Self::Pix => "pix",
        }
    }

    /// The method of a word.
    pub(super) fn named(word: &str) -> Option<Self> {
        [Self::CreditCard, Self::Billet, Self::Pix].into_iter().find(|method| method.word() == word)
    }
}

impl Interval {
    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// So many days that Guru counts for one: it takes months for 30 and years for 365.
    fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 365,
        }
    }
}

/// A UUID that follows from the id of an offer.
fn product_id(offer: &str) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(offer.as_bytes()));
    format!("57a4d145-0000-4000-a000-{}", hash.get(..12).unwrap_or_default())
}

impl Offer {
    /// Something that is bought once, of a product of the same name, by any method.
    pub fn once(id: &str, name: &str, centavos: i64) -> Self {
        let product = Product { id: product_id(id), name: name.to_owned(), marketplace_id: id.to_owned() };
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            product,
            value: centavos,
            every: None,
            methods: vec![Method::CreditCard, Method::Billet, Method::Pix],
            parts: 12,
            upgrades: Vec::new(),
            downgrades: Vec::new(),
        }
    }

    /// A plan, charged once in so many of these.
    pub fn plan(id: &str, name: &str, centavos: i64, every: i64, interval: Interval) -> Self {
        Self { every: Some((every, interval)), ..Self::once(id, name, centavos) }
    }

    /// So many days Guru says that a cycle has.
    pub(super) fn days(&self) -> i64 {
        self.every.map_or(0, |(count, interval)| count * interval.days())
    }

    /// The day after a cycle that begins on this one.
    pub(super) fn after(&self, day: Date) -> Date {
        let span = match self.every {
            None => 0.days(),
            Some((count, Interval::Day)) => count.days(),
            Some((count, Interval::Week)) => (7 * count).days(),
            Some((count, Interval::Month)) => count.months(),
            Some((count, Interval::Year)) => count.years(),
        };
        day.saturating_add(span)
    }

    fn interval(&self) -> (i64, &'static str) {
        self.every.map_or((0, ""), |(count, interval)| (count, interval.word()))
    }
}
