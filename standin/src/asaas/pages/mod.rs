//! Pages on which buyers pay. Plain HTML, in Portuguese like Asaas' own, and each says that it is none of theirs.

mod checkout;
mod invoice;
mod refund;

use super::Asaas;
use crate::html;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

pub(super) fn routes() -> Router<Asaas> {
    let books = Router::new().route("/", get(books));
    books.merge(checkout::routes()).merge(invoice::routes()).merge(refund::routes())
}

/// What is in the books.
async fn books(State(asaas): State<Asaas>) -> Response {
    let payments = ["/id", "/billingType", "/value", "/status", "/dueDate"];
    let payments = html::table("Cobranças", &asaas.payments(), &payments);
    let subscriptions = ["/id", "/billingType", "/value", "/status", "/deleted", "/nextDueDate"];
    let subscriptions = html::table("Assinaturas", &asaas.subscriptions(), &subscriptions);
    page("Livros", &format!("{payments}{subscriptions}"))
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
