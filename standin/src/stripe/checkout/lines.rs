//! What a checkout session sells.

use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::list;
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::price;
use crate::stripe::value::{text, whole};
use serde_json::{Value, json};

/// The currency and the sum of the lines that a call describes.
pub(super) fn sum(books: &mut Books, params: &Params) -> Result<(String, i64), Failure> {
    let mut sum = None;
    for line in params.parts("line_items")? {
        line.only(&["price", "price_data", "quantity"])?;
        let (price, quantity) = (price::named_or_new(books, &line)?, line.integer("quantity")?.unwrap_or(1));
        if !price["recurring"].is_null() {
            let message = "You specified `payment` mode but passed a recurring price. The stand-in sells \
                           subscriptions only by its API.";
            return Err(Failure::parameter("", &line.name("price"), message));
        }
        let (currency, total) = sum.unwrap_or_else(|| (text(&price, "currency").to_owned(), 0));
        if text(&price, "currency") != currency {
            let message = "All prices on a Checkout Session must have the same currency.";
            return Err(Failure::parameter("", &line.name("price"), message));
        }
        sum = Some((currency, total + whole(&price, "unit_amount") * quantity));
    }
    sum.ok_or_else(|| Failure::missing("line_items"))
}

/// Keeps the lines and what the call said of the payment, beside the session.
pub(super) fn keep(books: &mut Books, session: &str, params: &Params) -> Result<(), Failure> {
    let mut data = Vec::new();
    for line in params.parts("line_items")? {
        let (price, quantity) = (price::named_or_new(books, &line)?, line.integer("quantity")?.unwrap_or(1));
        let name = books.get(text(&price, "product")).map(|product| product["name"].clone());
        let amount = whole(&price, "unit_amount") * quantity;
        data.push(json!({"id": books.id("li_"), "object": "item", "amount_discount": 0, "amount_subtotal": amount,
            "amount_tax": 0, "amount_total": amount, "currency": price["currency"], "description": name,
            "metadata": {}, "price": price, "quantity": quantity}));
    }
    let payment = params.part("payment_intent_data")?;
    let options = params.part("payment_method_options")?;
    let days = options.part("boleto")?.integer("expires_after_days")?;
    let seconds = options.part("pix")?.integer("expires_after_seconds")?;
    books.put(json!({"id": beside(session), "object": "standin.lines", "data": data,
        "description": payment.text("description")?, "metadata": metadata::read(&payment)?,
        "setup_future_usage": payment.text("setup_future_usage")?, "expires_after_days": days,
        "expires_after_seconds": seconds}));
    Ok(())
}

/// The id of what is kept beside a session.
pub(super) fn beside(session: &str) -> String {
    format!("lines_of_{session}")
}

/// The lines of a session.
pub(in crate::stripe) fn line_items(books: &Books, session: &str) -> Value {
    let data = books.get(&beside(session)).map(|kept| kept["data"].as_array().cloned().unwrap_or_default());
    list::object(&format!("/v1/checkout/sessions/{session}/line_items"), data.unwrap_or_default(), false)
}
