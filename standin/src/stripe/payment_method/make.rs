//! New payment methods: from test cards, from a form, from what a call describes.

use crate::stripe::books::{Books, Saved};
use crate::stripe::card::{self, Behaviour, Typed};
use crate::stripe::customer::address;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::params::Params;
use crate::stripe::value::text;
use serde_json::{Value, json};

/// When the cards of test payment methods expire.
const EXPIRES: (u32, u32) = (12, 2034);

/// A card that was shown, kept without its number.
pub(in crate::stripe) fn keep_card(books: &mut Books, card: &Typed<'_>, expires: (u32, u32), details: Value) -> String {
    let id = books.id("pm_");
    let (month, year) = expires;
    let last4 = &card.number[card.number.len() - 4..];
    let networks = json!({"available": [card.brand], "preferred": null});
    let shown = json!({"brand": card.brand, "checks": {"address_line1_check": null, "address_postal_code_check": null,
        "cvc_check": "pass"}, "country": card.country, "display_brand": card.brand, "exp_month": month,
        "exp_year": year, "fingerprint": books.fingerprint(card.number), "funding": card.funding,
        "generated_from": null, "last4": last4, "networks": networks, "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": true}, "wallet": null});
    let is_set_up = card.behaviour == Behaviour::IsSetUp;
    books.cards.insert(id.clone(), Saved { behaviour: card.behaviour, is_set_up });
    put(books, &id, "card", shown, details);
    id
}

fn put(books: &mut Books, id: &str, kind: &str, shown: Value, billing_details: Value) {
    let mut method = json!({"id": id, "object": "payment_method", "allow_redisplay": "unspecified",
        "billing_details": billing_details, "created": books.now(), "customer": null, "customer_account": null,
        "livemode": false, "metadata": {}, "type": kind});
    method[kind] = shown;
    books.put(method);
}

/// Billing details as they are when nobody gave any.
pub(in crate::stripe) fn no_details() -> Value {
    json!({"address": {"city": null, "country": null, "line1": null, "line2": null, "postal_code": null,
        "state": null}, "email": null, "name": null, "phone": null, "tax_id": null})
}

/// Billing details as they were sent.
pub(in crate::stripe) fn details(part: &Params) -> Answer {
    part.only(&["address", "email", "name", "phone", "tax_id"])?;
    let mut details = no_details();
    for name in ["email", "name", "phone", "tax_id"] {
        details[name] = json!(part.text(name)?);
    }
    let address = address(&part.part("address")?)?;
    if !address.is_null() {
        details["address"] = address;
    }
    Ok(details)
}

/// A new payment method from `payment_method_data`, or from the body of `POST /v1/payment_methods`.
pub(in crate::stripe) fn from_data(books: &mut Books, data: &Params) -> Result<String, Failure> {
    let kind = data.needed("type")?.to_owned();
    let details = details(&data.part("billing_details")?)?;
    match kind.as_str() {
        "card" => from_token(books, &data.part("card")?, details),
        "boleto" => {
            let tax_id = boleto_needs(data, &details)?;
            let id = books.id("pm_");
            put(books, &id, "boleto", json!({"tax_id": tax_id}), details);
            Ok(id)
        }
        "pix" => {
            let id = books.id("pm_");
            put(books, &id, "pix", json!({}), details);
            Ok(id)
        }
        _ => {
            let message = format!("The stand-in does not know the payment method type {kind}.");
            Err(Failure::parameter("", &data.name("type"), message))
        }
    }
}

fn from_token(books: &mut Books, card: &Params, details: Value) -> Result<String, Failure> {
    if card.has("number") {
        let message = "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use \
                       test tokens that map to the test card you are using.";
        return Err(Failure::parameter("", &card.name("number"), message));
    }
    let token = card.needed("token")?;
    let found = card::by_old_token(token).ok_or_else(|| Failure::no_such("token", token, &card.name("token")))?;
    Ok(keep_test_card(books, found, details))
}

fn keep_test_card(books: &mut Books, card: &'static card::Card, details: Value) -> String {
    keep_card(books, &card.typed(), EXPIRES, details)
}

/// A boleto is made out to somebody: name, e-mail address, address and tax number.
fn boleto_needs(data: &Params, details: &Value) -> Result<String, Failure> {
    let tax_id = data.part("boleto")?.needed("tax_id")?.to_owned();
    let digits = tax_id.chars().filter(char::is_ascii_digit).count();
    if !matches!(digits, 11 | 14) {
        let message = format!("Invalid boleto tax_id: {tax_id}");
        return Err(Failure::parameter("tax_id_invalid", &data.part("boleto")?.name("tax_id"), message));
    }
    let part = data.part("billing_details")?;
    for name in ["email", "name"] {
        part.needed(name)?;
    }
    for name in ["city", "country", "line1", "postal_code", "state"] {
        if details["address"][name].is_null() {
            return Err(Failure::missing(&part.part("address")?.name(name)));
        }
    }
    Ok(tax_id)
}

/// The payment method that a parameter names: its id, or a test payment method, which becomes a new one.
pub(in crate::stripe) fn named(books: &mut Books, name: &str, parameter: &str) -> Result<String, Failure> {
    match card::by_token(name) {
        Some(card) => Ok(keep_test_card(books, card, no_details())),
        None => books.find("payment_method", name, parameter).map(|found| text(&found, "id").to_owned()),
    }
}
