//! What an invoice asks money for.

use crate::stripe::books::Books;
use crate::stripe::currency::shown;
use crate::stripe::interval::day;
use crate::stripe::value::{join, maybe, text, whole};
use serde_json::{Value, json};

/// The line of a whole period of a subscription's item; nothing is asked in a trial.
pub(in crate::stripe) fn whole_period(books: &Books, item: &Value, period: (i64, i64), is_trial: bool) -> Value {
    let (price, quantity) = (&item["price"], whole(item, "quantity"));
    let amount = if is_trial { 0 } else { whole(price, "unit_amount") * quantity };
    let name = product(books, price);
    let unit = shown(whole(price, "unit_amount"), text(price, "currency"));
    let description = if is_trial {
        format!("Trial period for {name}")
    } else {
        format!("{quantity} × {name} (at {unit} / {})", text(&price["recurring"], "interval"))
    };
    let parent = json!({"invoice_item_details": null, "subscription_item_details": {"invoice_item": null,
        "proration": false, "proration_details": {"credited_items": null}, "subscription": item["subscription"],
        "subscription_item": item["id"]}, "type": "subscription_item_details"});
    blank(amount, text(price, "currency"), &description, period, quantity, pricing(price), parent)
}

fn product(books: &Books, price: &Value) -> String {
    books.get(text(price, "product")).and_then(|product| maybe(product, "name")).unwrap_or_default()
}

fn pricing(price: &Value) -> Value {
    json!({"price_details": {"price": price["id"], "product": price["product"]}, "type": "price_details",
        "unit_amount_decimal": price["unit_amount_decimal"]})
}

fn blank(
    amount: i64,
    currency: &str,
    description: &str,
    period: (i64, i64),
    quantity: i64,
    pricing: Value,
    parent: Value,
) -> Value {
    let details = ["subscription_item_details", "invoice_item_details"];
    let subscription = details.iter().find_map(|name| maybe(&parent[name], "subscription"));
    json!({"id": null, "object": "line_item", "amount": amount, "currency": currency, "description": description,
        "discount_amounts": [], "discountable": true, "discounts": [], "invoice": null, "livemode": false,
        "metadata": {}, "parent": parent, "period": {"start": period.0, "end": period.1},
        "pretax_credit_amounts": [], "pricing": pricing, "quantity": quantity,
        "quantity_decimal": quantity.to_string(), "subscription": subscription, "subtotal": amount, "taxes": []})
}

/// The line of an invoice item.
pub(in crate::stripe) fn of_pending(pending: &Value) -> Value {
    let details = &pending["parent"]["subscription_details"];
    let parent = json!({"invoice_item_details": {"invoice_item": pending["id"], "proration": pending["proration"],
        "proration_details": {"credited_items": null}, "subscription": details["subscription"]},
        "subscription_item_details": null, "type": "invoice_item_details"});
    let period = (whole(&pending["period"], "start"), whole(&pending["period"], "end"));
    let mut line = blank(
        whole(pending, "amount"),
        text(pending, "currency"),
        text(pending, "description"),
        period,
        whole(pending, "quantity"),
        pending["pricing"].clone(),
        parent,
    );
    line["metadata"] = pending["metadata"].clone();
    line["discountable"] = pending["discountable"].clone();
    line
}

/// An invoice item, without id, for the part of a period that remains: a credit for the old price of an item, or what
/// the new price costs.
pub(in crate::stripe) fn proration(
    books: &Books,
    subscription: &Value,
    item: &Value,
    amount: i64,
    period: (i64, i64),
) -> Value {
    let (price, quantity) = (&item["price"], whole(item, "quantity"));
    let name = product(books, price);
    let name = if quantity == 1 { name } else { format!("{quantity} × {name}") };
    let what = if amount < 0 { "Unused" } else { "Remaining" };
    pending(
        amount,
        text(price, "currency"),
        &format!("{what} time on {name} after {}", day(period.0)),
        period,
        json!({"id": null, "object": "invoiceitem", "customer": subscription["customer"], "date": period.0,
            "discountable": false, "parent": {"subscription_details": {"subscription": subscription["id"],
                "subscription_item": item["id"]}, "type": "subscription_details"},
            "pricing": pricing(price), "proration": true, "quantity": quantity}),
    )
}

/// An invoice item that waits for an invoice.
pub(in crate::stripe) fn pending(
    amount: i64,
    currency: &str,
    description: &str,
    period: (i64, i64),
    rest: Value,
) -> Value {
    let item = json!({"amount": amount, "currency": currency, "customer_account": null,
        "description": description, "discounts": [], "invoice": null, "livemode": false, "metadata": {},
        "net_amount": amount, "period": {"start": period.0, "end": period.1},
        "proration_details": {"discount_amounts": []}, "tax_rates": [], "test_clock": null});
    join(item, rest)
}

/// Keeps an invoice item until its customer's next invoice.
pub(in crate::stripe) fn keep(books: &mut Books, mut item: Value) -> String {
    let id = books.id("ii_");
    item["id"] = id.clone().into();
    books.put(item);
    books.tell("invoiceitem.created", &id);
    id
}

/// The invoice items of a subscription, or of a customer's own, that wait for an invoice.
pub(in crate::stripe) fn waiting(books: &Books, customer: &str, subscription: Option<&str>) -> Vec<Value> {
    let its = |item: &&Value| {
        let of = maybe(&item["parent"]["subscription_details"], "subscription");
        item["invoice"].is_null()
            && text(item, "customer") == customer
            && (of.is_none() || of.as_deref() == subscription)
    };
    books.all("invoiceitem").filter(its).cloned().collect()
}
