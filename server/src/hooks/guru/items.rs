//! Parts that transactions and subscriptions have in common: buyer, card, method, and the lines of an order.

use super::NotTaken;
use super::event::needed;
use super::loose::Loose;
use super::wire::{Card, Contact, Offer, Product};
use portal::catalogue::offer::SourceOffer;
use portal::fingerprint;
use portal::intake::{self, NewBuyer, NewItem, Sold};
use types::{Code, Currency, Email, IntervalUnit, Line, Method, Money};

/// Buyer or subscriber. The address must be one; a name that cannot be shown is replaced by the address.
pub(super) fn buyer(contact: &Contact) -> Result<NewBuyer, NotTaken> {
    let email = needed(contact.email.text().and_then(|text| Email::parse(text).ok()), "the buyer's email")?;
    let name = contact.name.text().and_then(Line::clean).or_else(|| Line::clean(email.as_str()));
    let phone =
        format!("{}{}", contact.phone_local_code.text().unwrap_or(""), contact.phone_number.text().unwrap_or(""));
    Ok(NewBuyer {
        name: needed(name, "the buyer's name")?,
        email,
        tax_id: contact.doc.text().and_then(Line::clean),
        phone: contact.phone_number.text().and_then(|_| Line::clean(&phone)),
    })
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
pub(super) fn card(card: &Card) -> Option<intake::Card> {
    let last4 = card
        .last_digits
        .or(&card.last_four)
        .text()
        .filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let exp_month = card.expiration_month.int().filter(|month| (1..=12).contains(month))?;
    let exp_year = card.expiration_year.int().map(|year| if year < 100 { year + 2000 } else { year })?;
    let exp_year = Some(exp_year).filter(|year| (2000..=2200).contains(year))?;
    Some(intake::Card { brand: card.brand.text().and_then(Line::clean)?, last4: last4.to_owned(), exp_month, exp_year })
}

/// The product's code: what both kinds of webhook call it. `id` counts only where nothing else is there.
pub(super) fn product_code(product: &Product) -> Option<Code> {
    let names = [&product.marketplace_id, &product.internal_id, &product.id].into_iter().filter_map(Loose::text);
    names.clone().find_map(|name| Code::parse(name).ok()).or_else(|| stand_in(names.into_iter().next()?))
}

/// A code for a name that cannot be one.
fn stand_in(name: &str) -> Option<Code> {
    Code::parse(&format!("x-{}", &fingerprint(name.as_bytes())[..24])).ok()
}

/// What is sold by a line.
pub(super) fn sold(product: &Product, currency: Currency, interval: Option<(IntervalUnit, i64)>) -> Option<Sold> {
    let code = product_code(product)?;
    let name = product.name.text().and_then(Line::clean).or_else(|| Line::clean(code.as_str()))?;
    let offer = product.offer.object::<Offer>().and_then(|offer| {
        let id = offer.id.text()?;
        let code = Code::parse(id).ok().or_else(|| stand_in(id))?;
        let price = offer.value.amount(currency).or_else(|| product.unit_value.amount(currency)).unwrap_or(0);
        let name = offer.name.text().and_then(Line::clean).or_else(|| Line::clean(code.as_str()))?;
        Some(SourceOffer { code, name, price: Money::new(price, currency), interval })
    });
    Some(Sold::Reported { product: code, name, offer })
}

/// The lines of a transaction: its product, then its bumps, each product once. Their amounts sum up to `total`, what
/// the buyer paid: a discount or a surcharge is spread over the lines by their price.
pub(super) fn lines(
    product: &Product,
    items: &[Product],
    currency: Currency,
    total: Option<i64>,
    interval: Option<(IntervalUnit, i64)>,
) -> Option<(Vec<NewItem>, i64)> {
    let main = product_code(product).or_else(|| product_code(items.first()?))?;
    let is_main = |item: &&Product| product_code(item).as_ref() == Some(&main);
    let first = items.iter().find(is_main).unwrap_or(product);
    let mut lines: Vec<(Code, Sold, i64)> =
        vec![(main.clone(), sold(first, currency, interval)?, price(first, currency))];
    let listed_main = items.iter().position(|item| is_main(&item));
    for (index, item) in items.iter().take(100).enumerate() {
        let Some(code) = product_code(item).filter(|_| Some(index) != listed_main) else { continue };
        match lines.iter_mut().find(|(known, ..)| *known == code) {
            Some((_, _, amount)) => *amount += price(item, currency),
            None => lines.push((code, sold(item, currency, None)?, price(item, currency))),
        }
    }
    let prices: Vec<i64> = lines.iter().map(|(_, _, amount)| *amount).collect();
    let total = total.unwrap_or_else(|| prices.iter().sum());
    let amounts = spread(total, &prices);
    let items = lines.into_iter().zip(amounts).enumerate().map(|(index, ((_, sold, _), amount))| NewItem {
        sold,
        amount,
        is_bump: index > 0,
    });
    Some((items.collect(), total))
}

fn price(item: &Product, currency: Currency) -> i64 {
    let by_unit =
        || Some(item.unit_value.amount(currency)?.saturating_mul(item.qty.int().unwrap_or(1).clamp(1, 10_000)));
    item.total_value.amount(currency).or_else(by_unit).unwrap_or(0).min(1_000_000_000_000)
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
