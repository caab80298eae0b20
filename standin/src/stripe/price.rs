//! Prices.

use super::books::Books;
use super::currency;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::product;
use super::value::{maybe, text};
use serde_json::{Value, json};

/// `POST /v1/prices`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&[
        "active",
        "currency",
        "lookup_key",
        "metadata",
        "nickname",
        "product",
        "product_data",
        "recurring",
        "tax_behavior",
        "transfer_lookup_key",
        "unit_amount",
    ])?;
    let price = make(books, params)?;
    let id = text(&price, "id").to_owned();
    fill_lookup_key(books, &id, params)?;
    books.tell("price.created", &id);
    books.find("price", &id, "id")
}

/// A new price, from a call or from `price_data`.
fn make(books: &mut Books, params: &Params) -> Answer {
    let currency = currency::read(params, "currency")?;
    let amount = params.integer("unit_amount")?.ok_or_else(|| Failure::missing(&params.name("unit_amount")))?;
    currency::whole(amount, &currency, "unit_amount")?;
    let recurring = recurring(&params.part("recurring")?)?;
    let product = product_of(books, params)?;
    let kind = if recurring.is_null() { "one_time" } else { "recurring" };
    let taxes = params.word("tax_behavior", &["exclusive", "inclusive", "unspecified"])?.unwrap_or("unspecified");
    let id = books.id("price_");
    let mut price = json!({"id": id, "object": "price", "active": params.flag("active")?.unwrap_or(true),
        "billing_scheme": "per_unit", "created": books.now(), "currency": currency, "custom_unit_amount": null,
        "livemode": false, "lookup_key": null, "metadata": {}, "nickname": params.text("nickname")?,
        "product": product, "recurring": recurring, "tax_behavior": taxes, "tiers_mode": null,
        "transform_quantity": null, "type": kind, "unit_amount": amount, "unit_amount_decimal": amount.to_string()});
    metadata::merge(&mut price, params)?;
    books.put(price.clone());
    Ok(price)
}

fn recurring(part: &Params) -> Answer {
    part.only(&["interval", "interval_count", "usage_type"])?;
    part.word("usage_type", &["licensed"])?;
    if part.is_empty() {
        return Ok(Value::Null);
    }
    let words = ["day", "week", "month", "year"];
    let interval = part.word("interval", &words)?.ok_or_else(|| Failure::missing(&part.name("interval")))?;
    let count = part.integer("interval_count")?.unwrap_or(1);
    let most = match interval {
        "day" => 1095,
        "week" => 156,
        "month" => 36,
        _ => 3,
    };
    if !(1..=most).contains(&count) {
        let message = format!("interval_count must be between 1 and {most} {interval}s.");
        return Err(Failure::parameter("parameter_invalid_integer", &part.name("interval_count"), message));
    }
    Ok(json!({"interval": interval, "interval_count": count, "meter": null, "trial_period_days": null,
        "usage_type": "licensed"}))
}

fn product_of(books: &mut Books, params: &Params) -> Result<String, Failure> {
    if params.has("product_data") {
        let data = params.part("product_data")?;
        data.only(&["description", "images", "metadata", "name", "statement_descriptor", "unit_label"])?;
        data.needed("name")?;
        let id = books.id("prod_");
        product::make(books, &id, &data)?;
        return Ok(id);
    }
    let product = params.needed("product")?;
    books.find("product", product, &params.name("product")).map(|_| product.to_owned())
}

/// The price that a line names, or a new one from its `price_data`.
pub(super) fn named_or_new(books: &mut Books, line: &Params) -> Answer {
    if line.has("price_data") {
        let data = line.part("price_data")?;
        data.only(&["currency", "product", "product_data", "recurring", "tax_behavior", "unit_amount"])?;
        return make(books, &data);
    }
    let id = line.needed("price")?;
    let price = books.find("price", id, &line.name("price"))?;
    if price["active"] == false {
        let message = "The price specified is inactive. This field only accepts active prices.";
        return Err(Failure::refused("price_inactive", message).with("param", line.name("price").into()));
    }
    Ok(price)
}

/// `POST /v1/prices/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["active", "lookup_key", "metadata", "nickname", "transfer_lookup_key"])?;
    let before = books.find("price", id, "id")?;
    let mut price = before.clone();
    metadata::merge(&mut price, params)?;
    if let Some(active) = params.flag("active")? {
        price["active"] = active.into();
    }
    if params.has("nickname") {
        price["nickname"] = json!(params.text("nickname")?);
    }
    books.put(price);
    fill_lookup_key(books, id, params)?;
    books.tell_change("price.updated", &before);
    books.find("price", id, "id")
}

/// A lookup key belongs to one active price; it may be taken over.
fn fill_lookup_key(books: &mut Books, id: &str, params: &Params) -> Result<(), Failure> {
    let Some(key) = params.text("lookup_key")?.map(str::to_owned) else { return Ok(()) };
    let has = |one: &&Value| maybe(one, "lookup_key").as_deref() == Some(&key) && one["id"] != id;
    let owner = books.all("price").find(has).map(|one| text(one, "id").to_owned());
    if let Some(owner) = owner {
        if params.flag("transfer_lookup_key")? != Some(true) {
            let message = format!("A price (`{owner}`) already uses that lookup key.");
            return Err(Failure::refused("resource_already_exists", message).with("param", "lookup_key".into()));
        }
        books.change(&owner, |price| price["lookup_key"] = Value::Null);
    }
    books.change(id, |price| price["lookup_key"] = key.into());
    Ok(())
}

/// `GET /v1/prices`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["active", "currency", "lookup_keys", "product", "type"]))?;
    let (active, keys) = (params.flag("active")?, params.list("lookup_keys")?);
    let (currency, product, kind) = (params.text("currency")?, params.text("product")?, params.text("type")?);
    let is = |one: &Value, name: &str, wanted: Option<&str>| wanted.is_none_or(|wanted| text(one, name) == wanted);
    list::page(books, "price", "/v1/prices", params, |one| {
        active.is_none_or(|active| one["active"] == active)
            && (keys.is_empty() || keys.iter().any(|key| text(one, "lookup_key") == key))
            && is(one, "currency", currency)
            && is(one, "product", product)
            && is(one, "type", kind)
    })
}
