//! What a sale says beside its items: coupon, discount, taxes, the number under which the payment is known, and where
//! its buyer lives.

use super::loose::{Loose, Shape};
use super::wire::{Acquirer, Contact, Coupon, Payment, Tax};
use types::{Currency, Line, PostalAddress, SaleDetails};

/// What `payment` says. It is only shown: no sale is refused for a part of it that cannot be read, which is left out. A
/// discount or a tax of nothing is not said.
pub(super) fn details(payment: &Payment, currency: Currency) -> SaleDetails {
    let tax: Tax = part(&payment.tax);
    let amount = |of: &Loose| of.amount(currency).ok().flatten().filter(|amount| *amount > 0);
    let (discount, taxes) = (amount(&payment.discount_value), amount(&tax.value));
    // Before the discount and the taxes, which Guru does not say itself.
    let total = amount(&payment.total).or_else(|| amount(&payment.gross));
    let subtotal = total.map(|total| total + discount.unwrap_or(0) - taxes.unwrap_or(0));
    let is_other = discount.is_some() || taxes.is_some();
    SaleDetails {
        coupon: coupon(&payment.coupon),
        subtotal: subtotal.filter(|subtotal| is_other && *subtotal >= 0),
        discount,
        taxes,
        transaction: transaction(payment),
    }
}

/// Its code; a text or an object.
fn coupon(coupon: &Loose) -> Option<Line> {
    if let Ok(text) = coupon.text() {
        return text.and_then(Line::cut);
    }
    let Coupon { code, coupon_code, name } = part(coupon);
    line(code.or(&coupon_code).or(&name))
}

/// What the bank calls it, else the gateway.
fn transaction(payment: &Payment) -> Option<Line> {
    let Acquirer { tid, nsu } = part(&payment.acquirer);
    line(tid.or(&nsu).or(&payment.marketplace_id))
}

/// Where the buyer lives; only shown, too.
pub(super) fn address(contact: &Contact) -> PostalAddress {
    PostalAddress {
        street: line(&contact.address),
        number: line(&contact.address_number),
        complement: line(&contact.address_comp),
        district: line(&contact.address_district),
        city: line(&contact.address_city),
        state: line(&contact.address_state),
        postal_code: line(&contact.address_zip_code),
        country: line(&contact.address_country),
    }
}

fn part<T: Shape + Default>(of: &Loose) -> T {
    of.object().ok().flatten().unwrap_or_default()
}

fn line(of: &Loose) -> Option<Line> {
    of.text().ok().flatten().and_then(Line::cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(payment: serde_json::Value) -> SaleDetails {
        details(&serde_json::from_value(payment).unwrap(), Currency::BRL)
    }

    #[test]
    fn a_coupon_is_a_text_or_an_object_and_nothing_taken_off_is_not_said() {
        let said = read(json!({
            "total": 297.0, "discount_value": "30,00", "coupon": {"code": "BLACK10"}, "tax": {"rate": 0, "value": 0},
            "acquirer": {"tid": "10069930690A", "nsu": "120045"}
        }));
        assert_eq!((said.subtotal, said.discount, said.taxes), (Some(32_700), Some(3_000), None));
        assert_eq!(said.coupon.map(String::from).as_deref(), Some("BLACK10"));
        assert_eq!(said.transaction.map(String::from).as_deref(), Some("10069930690A"));
        let said = read(json!({"total": 297, "coupon": "BLACK10", "marketplace_id": "ch_1", "acquirer": []}));
        assert_eq!((said.subtotal, said.coupon.map(String::from).as_deref()), (None, Some("BLACK10")));
        assert_eq!(said.transaction.map(String::from).as_deref(), Some("ch_1"));
        assert!(read(json!({"total": 297, "coupon": null, "tax": "x", "discount_value": -5})).is_empty());
    }
}
