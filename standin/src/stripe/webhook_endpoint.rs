//! Where events are sent.

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::text;
use serde_json::{Value, json};
use std::time::Duration;

/// `POST /v1/webhook_endpoints`: only this answer has the secret.
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["api_version", "connect", "description", "enabled_events", "metadata", "url"])?;
    let (url, events) = (params.needed("url")?, params.list("enabled_events")?);
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(Failure::parameter("url_invalid", "url", "Invalid URL: An explicit scheme must be provided."));
    }
    if events.is_empty() {
        return Err(Failure::missing("enabled_events"));
    }
    let (id, secret) = (books.id("we_"), format!("whsec_standin{}", books.secret()));
    let endpoint = json!({"id": id, "object": "webhook_endpoint", "api_version": params.text("api_version")?,
        "application": null, "created": books.now(), "description": params.text("description")?,
        "enabled_events": events, "livemode": false, "metadata": metadata::read(params)?, "status": "enabled",
        "url": url});
    books.secrets.insert(id, vec![(secret.clone(), None)]);
    books.put(endpoint.clone());
    let mut answer = endpoint;
    answer["secret"] = secret.into();
    Ok(answer)
}

/// `POST /v1/webhook_endpoints/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["description", "disabled", "enabled_events", "metadata", "url"])?;
    let mut endpoint = books.find("webhook_endpoint", id, "id")?;
    metadata::merge(&mut endpoint, params)?;
    if let Some(is_disabled) = params.flag("disabled")? {
        endpoint["status"] = if is_disabled { "disabled" } else { "enabled" }.into();
    }
    if let Some(url) = params.text("url")? {
        endpoint["url"] = url.into();
    }
    if params.has("enabled_events") {
        endpoint["enabled_events"] = json!(params.list("enabled_events")?);
    }
    if params.has("description") {
        endpoint["description"] = json!(params.text("description")?);
    }
    books.put(endpoint);
    books.find("webhook_endpoint", id, "id")
}

/// `DELETE /v1/webhook_endpoints/{id}`
pub(super) fn delete(books: &mut Books, id: &str) -> Answer {
    books.find("webhook_endpoint", id, "id")?;
    books.remove(id);
    books.secrets.remove(id);
    Ok(json!({"id": id, "object": "webhook_endpoint", "deleted": true}))
}

/// `GET /v1/webhook_endpoints`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&[]))?;
    list::page(books, "webhook_endpoint", "/v1/webhook_endpoints", params, |_| true)
}

/// A new secret beside the old one, which signs as well for so long.
pub(super) fn roll(books: &mut Books, id: &str, keep: Duration) -> Option<String> {
    let until = books.now().saturating_add_unsigned(keep.as_secs());
    let secret = format!("whsec_standin{}", books.secret());
    let secrets = books.secrets.get_mut(id)?;
    for (_, end) in secrets.iter_mut() {
        *end = Some(end.map_or(until, |end| end.min(until)));
    }
    secrets.push((secret.clone(), None));
    Some(secret)
}

/// The secrets that sign what goes to an address. Two endpoints of one address sign with the secrets of both.
pub(super) fn secrets(books: &Books, url: &str) -> Vec<String> {
    let now = books.now();
    let of_url = |endpoint: &&Value| text(endpoint, "url") == url;
    books
        .all("webhook_endpoint")
        .filter(of_url)
        .filter_map(|endpoint| books.secrets.get(text(endpoint, "id")))
        .flatten()
        .filter(|(_, end)| end.is_none_or(|end| now < end))
        .map(|(secret, _)| secret.clone())
        .collect()
}
