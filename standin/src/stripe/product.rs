//! Products.

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "active",
    "default_price",
    "description",
    "images",
    "metadata",
    "name",
    "statement_descriptor",
    "unit_label",
    "url",
];

/// `POST /v1/products`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&[NAMES, &["id"]].concat())?;
    params.needed("name")?;
    let id = match params.text("id")? {
        Some(id) if books.get(id).is_some() => {
            return Err(Failure::refused("resource_already_exists", format!("Product already exists: {id}.")));
        }
        Some(id) => id.to_owned(),
        None => books.id("prod_"),
    };
    make(books, &id, params)?;
    books.tell("product.created", &id);
    books.find("product", &id, "id")
}

/// A new product, which nobody is told of.
pub(super) fn make(books: &mut Books, id: &str, params: &Params) -> Result<(), Failure> {
    let now = books.now();
    let mut product = json!({"id": id, "object": "product", "active": true, "created": now, "default_price": null,
        "description": null, "images": [], "livemode": false, "marketing_features": [], "metadata": {}, "name": null,
        "package_dimensions": null, "shippable": null, "statement_descriptor": null, "tax_code": null,
        "type": "service", "unit_label": null, "updated": now, "url": null});
    fill(&mut product, params)?;
    books.put(product);
    Ok(())
}

/// `POST /v1/products/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(NAMES)?;
    let before = books.find("product", id, "id")?;
    let mut product = before.clone();
    fill(&mut product, params)?;
    product["updated"] = books.now().into();
    books.put(product);
    books.tell_change("product.updated", &before);
    books.find("product", id, "id")
}

fn fill(product: &mut Value, params: &Params) -> Result<(), Failure> {
    metadata::merge(product, params)?;
    for name in ["default_price", "description", "name", "statement_descriptor", "unit_label", "url"] {
        if params.has(name) {
            product[name] = json!(params.text(name)?);
        }
    }
    if let Some(active) = params.flag("active")? {
        product["active"] = active.into();
    }
    if params.has("images") {
        product["images"] = json!(params.list("images")?);
    }
    Ok(())
}

/// `GET /v1/products`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["active", "ids"]))?;
    let (active, ids) = (params.flag("active")?, params.list("ids")?);
    list::page(books, "product", "/v1/products", params, |one| {
        active.is_none_or(|active| one["active"] == active)
            && (ids.is_empty() || ids.iter().any(|id| one["id"] == id.as_str()))
    })
}
