//! Parts that transactions and subscriptions have in common: buyer, card, method, and the lines of an order.

use super::NotTaken;
use super::amount::MOST;
use super::details::address;
use super::event::{needed, unreadable};
use super::wire::{Card, Contact, Offer, Product};
use portal::catalogue::offer::SourceOffer;
use portal::fingerprint;
use portal::intake::{self, NewBuyer, NewItem, Sold};
use types::{Code, Currency, Email, IntervalUnit, Line, Method, Money, TaxId, phone};

/// Buyer or subscriber, as far as `contacts` know: the first that names a part counts. `order` is the code of the
/// order: a sale is kept even when nobody can be written to, until the address is put right. A name that nobody could
/// see is replaced by the address.
pub(super) fn buyer(contacts: &[&Contact], order: &str) -> Result<NewBuyer, NotTaken> {
    let email = first(contacts, |contact| contact.email.text())?.and_then(addressed);
    let name = first(contacts, |contact| contact.name.text())?.and_then(Line::cut);
    let by_address = || email.as_ref().and_then(|email| Line::cut(email.as_str()));
    let name = name.or_else(by_address).or_else(|| Line::cut(order));
    Ok(NewBuyer {
        name: needed(name, "contact.name")?,
        email: email.unwrap_or_else(|| Email::unknown(order)),
        tax_id: first(contacts, |contact| contact.doc.text())?.and_then(tax_id),
        phone: first(contacts, |contact| {
            let Some(number) = contact.phone_number.text()? else { return Ok(None) };
            Ok(phone::whole(contact.phone_local_code.text()?.unwrap_or_default(), number))
        })?,
        address: contacts
            .iter()
            .map(|contact| address(contact))
            .find(|address| !address.is_empty())
            .unwrap_or_default(),
    })
}

fn first<'a, T>(
    contacts: &[&'a Contact],
    part: impl Fn(&'a Contact) -> Result<Option<T>, NotTaken>,
) -> Result<Option<T>, NotTaken> {
    contacts.iter().find_map(|contact| part(contact).transpose()).transpose()
}

/// The address; of several the first that is one.
fn addressed(text: &str) -> Option<Email> {
    let one = |text: &str| Email::parse(text.trim_matches(['<', '>', '"', ' '])).ok();
    one(text).or_else(|| text.split([';', ',', ' ']).find_map(one))
}

/// How many products one order may have, as by API.
const MOST_LINES: usize = 100;

/// A CPF or CNPJ as it should be; anything else that stands for one as it came.
fn tax_id(text: &str) -> Option<Line> {
    TaxId::completed(text).and_then(|id| Line::cut(id.as_str())).or_else(|| Line::cut(text))
}

/// The method by Guru's word.
pub(super) fn method(word: Option<&str>) -> Method {
    match word {
        Some("credit_card" | "creditcard" | "debit_card" | "card") => Method::Card,
        Some("billet" | "boleto") => Method::Boleto,
        Some("pix") => Method::Pix,
        _ => Method::Other,
    }
}

/// The card, when everything that we keep of one is there.
pub(super) fn card(card: &Card) -> Result<Option<intake::Card>, NotTaken> {
    let last4 = card.last_digits.or(&card.last_four).text()?;
    let last4 = last4.filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let brand = card.brand.text()?.and_then(Line::cut);
    let month = card.expiration_month.int(0..=12)?.filter(|month| *month > 0);
    let year = card.expiration_year.int(0..=2200)?.filter(|year| *year > 0);
    let (Some(last4), Some(brand), Some(exp_month), Some(year)) = (last4, brand, month, year) else { return Ok(None) };
    let exp_year = if year < 100 { year + 2000 } else { year };
    Ok((exp_year >= 2000).then(|| intake::Card { brand, last4: last4.to_owned(), exp_month, exp_year }))
}

/// The product's code: what both kinds of webhook call it. `id` counts only where nothing else is there.
pub(super) fn product_code(product: &Product) -> Result<Option<Code>, NotTaken> {
    let names = [product.marketplace_id.text()?, product.internal_id.text()?, product.id.text()?];
    let mut names = names.into_iter().flatten();
    let Some(first) = names.clone().next() else { return Ok(None) };
    Ok(names.find_map(|name| Code::parse(name).ok()).or_else(|| stand_in(first)))
}

/// A code for a name that cannot be one.
fn stand_in(name: &str) -> Option<Code> {
    Code::parse(&format!("x-{}", &fingerprint(name.as_bytes())[..24])).ok()
}

/// What is sold by a line; none when it names no product.
fn sold(
    product: &Product,
    currency: Currency,
    interval: Option<(IntervalUnit, i64)>,
) -> Result<Option<(Code, Sold)>, NotTaken> {
    let Some(code) = product_code(product)? else { return Ok(None) };
    let name = product.name.text()?.and_then(Line::cut).or_else(|| Line::cut(code.as_str()));
    let offer = match product.offer.object::<Offer>()? {
        Some(offer) => source_offer(product, &offer, currency, interval)?,
        None => None,
    };
    let name = needed(name, product.name.at())?;
    Ok(Some((code.clone(), Sold::Reported { product: code, name, offer })))
}

fn source_offer(
    product: &Product,
    offer: &Offer,
    currency: Currency,
    interval: Option<(IntervalUnit, i64)>,
) -> Result<Option<SourceOffer>, NotTaken> {
    let Some(id) = offer.id.text()? else { return Ok(None) };
    let Some(code) = Code::parse(id).ok().or_else(|| stand_in(id)) else { return Ok(None) };
    let (listed, unit) = (offer.value.amount(currency)?, product.unit_value.amount(currency)?);
    let price = Money::new(listed.or(unit).unwrap_or(0), currency);
    let name = offer.name.text()?.and_then(Line::cut).or_else(|| Line::cut(code.as_str()));
    Ok(name.map(|name| SourceOffer { code, name, price, interval }))
}

/// The lines of a transaction: its product, then its bumps, each product once. Their amounts sum up to `total`, what
/// the buyer paid: a discount or a surcharge is spread over the lines by their price.
pub(super) fn lines(
    product: &Product,
    items: &[Product],
    currency: Currency,
    total: Option<i64>,
    interval: Option<(IntervalUnit, i64)>,
) -> Result<(Vec<NewItem>, i64), NotTaken> {
    if items.len() > MOST_LINES {
        return Err(unreadable(format_args!("items has more than {MOST_LINES} parts")));
    }
    let lines = priced(product, items, currency, interval)?;
    let prices: Vec<i64> = lines.iter().map(|(.., price)| *price).collect();
    let total = total.unwrap_or_else(|| prices.iter().sum());
    let lines = lines.into_iter().zip(spread(total, &prices)).enumerate();
    let items = lines.map(|(index, ((_, sold, _), amount))| NewItem { sold, amount, is_bump: index > 0 });
    Ok((items.collect(), total))
}

/// Each product once, the main one first, with the sum of its prices. The main product is listed among the items as a
/// rule, and is then read from there.
fn priced(
    product: &Product,
    items: &[Product],
    currency: Currency,
    interval: Option<(IntervalUnit, i64)>,
) -> Result<Vec<(Code, Sold, i64)>, NotTaken> {
    let codes = items.iter().map(product_code).collect::<Result<Vec<_>, _>>()?;
    if let Some(nameless) = codes.iter().position(Option::is_none) {
        return Err(unreadable(format_args!("items[{nameless}].id is missing")));
    }
    let main = needed(product_code(product)?.or_else(|| codes.first().cloned().flatten()), "product.id")?;
    let listed = codes.iter().position(|code| code.as_ref() == Some(&main));
    let first = listed.map_or(product, |at| &items[at]);
    let mut lines: Vec<(Code, Sold, i64)> = Vec::new();
    let others = items.iter().enumerate().filter(|(at, _)| Some(*at) != listed).map(|(_, item)| item);
    for (at, item) in std::iter::once(first).chain(others).enumerate() {
        let Some((code, sold)) = sold(item, currency, interval.filter(|_| at == 0))? else { continue };
        let price = price(item, currency)?;
        match lines.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, _, sum)) => *sum += price,
            None => lines.push((code, sold, price)),
        }
    }
    Ok(lines)
}

fn price(item: &Product, currency: Currency) -> Result<i64, NotTaken> {
    let (total, unit) = (item.total_value.amount(currency)?, item.unit_value.amount(currency)?);
    let quantity = item.qty.int(0..=10_000)?.unwrap_or(1).max(1);
    let price = total.or(unit.map(|unit| unit * quantity)).unwrap_or(0);
    if price > MOST { Err(unreadable(format_args!("{} is too large", item.unit_value.at()))) } else { Ok(price) }
}

/// Spreads `total` by weight, to the last minor unit; what rounding leaves goes to the first lines.
fn spread(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum == 0 {
        return weights.iter().enumerate().map(|(index, _)| if index == 0 { total } else { 0 }).collect();
    }
    let mut shares: Vec<i64> =
        weights.iter().map(|weight| (i128::from(total) * i128::from(*weight) / sum) as i64).collect();
    let left = total - shares.iter().sum::<i64>();
    for share in shares.iter_mut().take(left as usize) {
        *share += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_total_is_spread_to_the_last_cent() {
        assert_eq!(spread(31690, &[29700, 1990]), [29700, 1990]);
        assert_eq!(spread(30000, &[29700, 1990]), [28117, 1883]);
        assert_eq!(spread(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(spread(5, &[0, 0]), [5, 0]);
    }
}
