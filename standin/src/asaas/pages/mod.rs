//! Pages on which buyers pay. Plain HTML, in Portuguese like Asaas' own, and each says that it is none of theirs.

mod checkout;
mod invoice;
mod refund;

use super::Asaas;
use crate::html;
use axum::Router;
use axum::response::Response;

pub(super) fn routes() -> Router<Asaas> {
    Router::new().merge(checkout::routes()).merge(invoice::routes()).merge(refund::routes())
}

/// A page of this stand-in. `body` is HTML.
fn page(title: &str, body: &str) -> Response {
    html::page("Asaas", title, body)
}

/// A page for what does not exist.
fn missing() -> Response {
    html::missing("Asaas")
}

/// The fields of a card.
const CARD_FIELDS: &str = "<label>Número do cartão <input name=\"number\" inputmode=\"numeric\" \
    autocomplete=\"off\" placeholder=\"4242 4242 4242 4242\" required></label>\
    <label>Nome impresso no cartão <input name=\"holderName\" autocomplete=\"off\" required></label>\
    <label>Mês de validade <input name=\"expiryMonth\" inputmode=\"numeric\" placeholder=\"12\" required></label>\
    <label>Ano de validade <input name=\"expiryYear\" inputmode=\"numeric\" placeholder=\"2030\" required></label>\
    <label>CCV <input name=\"ccv\" inputmode=\"numeric\" autocomplete=\"off\" required></label>";
