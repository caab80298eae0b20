//! Cards of the tests in Brazil. Any other number is refused, so that nobody enters a real one.

/// What a card does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conduct {
    /// Every charge is paid.
    Pays,
    /// It is taken over, and every charge is declined.
    DeclinesLater,
    /// It is not even taken over.
    Declines,
}

/// What is kept of a card: never its number.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) conduct: Conduct,
    pub(crate) brand: &'static str,
    pub(crate) first6: String,
    pub(crate) last4: String,
}

/// Asaas' own numbers first, then those that whoever tests payments knows by heart.
const NUMBERS: [(&str, Conduct); 10] = [
    ("4444444444444444", Conduct::Pays),
    ("5162306219378829", Conduct::Pays),
    ("5184019740373151", Conduct::Declines),
    ("4916561358240741", Conduct::Declines),
    ("4242424242424242", Conduct::Pays),
    ("5555555555554444", Conduct::Pays),
    ("4111111111111111", Conduct::Pays),
    ("4000000000000002", Conduct::Declines),
    ("4000000000009995", Conduct::Declines),
    ("4000000000000341", Conduct::DeclinesLater),
];

/// The card of a number, with or without spaces; `None` for one that is not of the tests.
pub(crate) fn known(number: &str) -> Option<Known> {
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    let (_, conduct) = NUMBERS.iter().find(|(known, _)| *known == number)?;
    let brand = if number.starts_with('4') { "visa" } else { "mastercard" };
    let (first6, last4) = (number.get(..6)?.to_owned(), number.get(12..)?.to_owned());
    Some(Known { conduct: *conduct, brand, first6, last4 })
}

/// Returns whether a card with this expiry, as it was entered, is good in this month.
pub(crate) fn is_current(month: &str, year: &str, today: jiff::civil::Date) -> bool {
    let (Ok(month), Ok(year)) = (month.trim().parse::<i8>(), year.trim().parse::<i16>()) else { return false };
    let year = if year < 100 { 2000 + year } else { year };
    (1..=12).contains(&month) && (year, month) >= (today.year(), today.month())
}
