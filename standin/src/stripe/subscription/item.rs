//! The items of a subscription: a price, how many, and the period that is paid.

use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::list;
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::price;
use crate::stripe::value::{data, text, whole};
use serde_json::{Value, json};

/// The current period of a subscription: that of its items, which is the same for all.
pub(in crate::stripe) fn period(subscription: &Value) -> (i64, i64) {
    let first = data(subscription, "items").first().cloned().unwrap_or_default();
    (whole(&first, "current_period_start"), whole(&first, "current_period_end"))
}

/// The same items in another period.
pub(in crate::stripe) fn in_period(mut items: Vec<Value>, period: (i64, i64)) -> Vec<Value> {
    for item in &mut items {
        item["current_period_start"] = period.0.into();
        item["current_period_end"] = period.1.into();
    }
    items
}

/// The items as a subscription holds them.
pub(super) fn listed(subscription: &str, items: &[Value]) -> Value {
    let mut listed =
        list::object(&format!("/v1/subscription_items?subscription={subscription}"), items.to_vec(), false);
    listed["total_count"] = items.len().into();
    listed
}

/// The items of a subscription after a call: one that is named by its id is changed or deleted, any other is new.
pub(super) fn after(books: &mut Books, subscription: &Value, wishes: &[Params]) -> Result<Vec<Value>, Failure> {
    let mut items = data(subscription, "items").to_vec();
    let (id, period) = (text(subscription, "id"), period(subscription));
    for wish in wishes {
        wish.only(&["deleted", "id", "metadata", "price", "price_data", "quantity"])?;
        match wish.text("id")? {
            None => items.push(make(books, id, wish, period)?),
            Some(item) => {
                let at = items.iter().position(|one| text(one, "id") == item);
                let at = at.ok_or_else(|| Failure::no_such("subscription_item", item, &wish.name("id")))?;
                if wish.flag("deleted")?.unwrap_or(false) {
                    items.remove(at);
                } else {
                    change(books, &mut items[at], wish)?;
                }
            }
        }
    }
    fit(&items)?;
    Ok(items)
}

fn change(books: &mut Books, item: &mut Value, wish: &Params) -> Result<(), Failure> {
    metadata::merge(item, wish)?;
    if wish.has("price") || wish.has("price_data") {
        let price = recurring(books, wish)?;
        item["plan"] = plan(&price);
        item["price"] = price;
    }
    if let Some(quantity) = wish.integer("quantity")? {
        item["quantity"] = quantity.into();
    }
    Ok(())
}

/// A new item.
pub(in crate::stripe) fn make(books: &mut Books, subscription: &str, wish: &Params, period: (i64, i64)) -> Answer {
    let price = recurring(books, wish)?;
    let (quantity, metadata) = (wish.integer("quantity")?.unwrap_or(1), metadata::read(wish)?);
    Ok(json!({"id": books.id("si_"), "object": "subscription_item", "billing_thresholds": null,
        "created": books.now(), "current_period_end": period.1, "current_period_start": period.0, "discounts": [],
        "metadata": metadata, "plan": plan(&price), "price": price, "quantity": quantity,
        "subscription": subscription, "tax_rates": []}))
}

/// The items of a phase of a schedule: those of the subscription with other prices, and more if there are more.
pub(super) fn of_phase(books: &Books, subscription: &Value, wanted: &[Value]) -> Vec<Value> {
    let old = data(subscription, "items");
    let one = |(at, wish): (usize, &Value)| {
        let mut item = old.get(at).or(old.first()).cloned().unwrap_or_default();
        if at >= old.len() {
            item["id"] = format!("{}x{at}", text(&item, "id")).into();
        }
        let price = books.get(text(wish, "price")).cloned().unwrap_or_default();
        item["plan"] = plan(&price);
        item["price"] = price;
        item["quantity"] = wish["quantity"].clone();
        item
    };
    wanted.iter().enumerate().map(one).collect()
}

fn recurring(books: &mut Books, wish: &Params) -> Answer {
    let price = price::named_or_new(books, wish)?;
    if price["recurring"].is_null() {
        let message = "The price specified is set to `type=one_time` but this field only accepts prices with \
                       `type=recurring`.";
        return Err(Failure::parameter("", &wish.name("price"), message));
    }
    Ok(price)
}

/// The items of one subscription are paid in one currency and as often.
pub(super) fn fit(items: &[Value]) -> Result<(), Failure> {
    let Some(first) = items.first() else {
        return Err(Failure::parameter("", "items", "A subscription must have at least one active price."));
    };
    let differs = |item: &&Value| {
        item["price"]["currency"] != first["price"]["currency"]
            || !crate::stripe::interval::is_same(&item["price"]["recurring"], &first["price"]["recurring"])
    };
    if items.iter().any(|item| differs(&item)) {
        let message = "Currency and interval fields must match across all prices on this subscription.";
        return Err(Failure::parameter("", "items", message));
    }
    Ok(())
}

/// A price in the shape of the older plans, which items still have.
fn plan(price: &Value) -> Value {
    let recurring = &price["recurring"];
    json!({"id": price["id"], "object": "plan", "active": price["active"], "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"], "billing_scheme": "per_unit", "created": price["created"],
        "currency": price["currency"], "interval": recurring["interval"],
        "interval_count": recurring["interval_count"], "livemode": false, "metadata": price["metadata"],
        "meter": null, "nickname": price["nickname"], "product": price["product"], "tiers_mode": null,
        "transform_usage": null, "trial_period_days": null, "usage_type": "licensed"})
}

/// `GET /v1/subscription_items`
pub(in crate::stripe) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["subscription"]))?;
    let subscription = books.find("subscription", params.needed("subscription")?, "subscription")?;
    list::page_of(data(&subscription, "items"), "/v1/subscription_items", params)
}

/// `GET /v1/subscription_items/{id}`
pub(in crate::stripe) fn retrieve(books: &Books, id: &str) -> Answer {
    let found = books.all("subscription").flat_map(|one| data(one, "items")).find(|item| text(item, "id") == id);
    found.cloned().ok_or_else(|| Failure::no_such("subscription_item", id, "id"))
}
